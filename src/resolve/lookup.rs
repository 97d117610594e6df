//! What a name by itself can mean.

use super::{LATEST, Sources};
use crate::date::Date;
use crate::document::{Kind, Via};
use crate::gazetteer::NameClass;
use crate::pipeline::NameReading;

/// The readings of a name on a day, best first; see [`crate::Pipeline::lookup`].
pub(crate) fn readings_of(sources: Sources<'_>, name: &str, day: Option<Date>) -> Vec<NameReading> {
    let readings = readings_as_written(sources, name, day);
    if !readings.is_empty() {
        return readings;
    }
    // `Heinz Suhr (Politiker)`: what encyclopaedias put in brackets is not of the name.
    if let Some((plain, _)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        return readings_of(sources, plain, day);
    }
    match Heading::of(name) {
        Some(Heading::Place { name, kinds }) => {
            let mut readings = readings_as_written(sources, name, day);
            readings.retain(|reading| kinds.contains(&reading.kind));
            readings
        }
        Some(Heading::Person { given, surname }) => persons_of(sources, &given, &surname, day),
        None => Vec::new(),
    }
}

fn readings_as_written(sources: Sources<'_>, name: &str, day: Option<Date>) -> Vec<NameReading> {
    let on = day.unwrap_or(LATEST);
    let mut ranked: Vec<(u8, NameReading)> = Vec::new();
    for found in sources.lexicon.lookup(name) {
        let entry = sources.lexicon.name(found.name);
        let Some(entity) = entry.entity else { continue };
        let facts = sources.gazetteer.entity(entity);
        let valid = entry.valid.contains(on);
        let via = match (facts.kind, entry.class) {
            (Kind::Office, _) => Via::Role,
            (_, NameClass::Surname) => Via::Surname,
            (_, NameClass::Adjective) => Via::Adjective,
            (Kind::Party, _) => Via::Name,
            (_, NameClass::Abbreviation) => Via::Abbreviation,
            _ if found.inflected => Via::Inflected,
            _ => Via::Name,
        };
        let holder = (facts.kind == Kind::Office).then(|| sources.gazetteer.holder(entity, on)).flatten();
        // Valid names first, those of the Federation before those of a Land, full names before surnames.
        let regional = !facts.attributes.land.is_empty() && facts.kind != Kind::Land;
        let surname = entry.class == NameClass::Surname;
        let rank = u8::from(!valid) * 8 + u8::from(surname) * 4 + u8::from(regional) * 2 + u8::from(found.inflected);
        let (period, rule) = (entry.valid, entry.rule.clone());
        let reading = NameReading { entity, kind: facts.kind, via, valid, period, rule, holder };
        match ranked.iter_mut().find(|(_, known)| known.entity == entity) {
            Some(known) if rank < known.0 => *known = (rank, reading),
            Some(_) => {}
            None => ranked.push((rank, reading)),
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, reading)| reading).collect()
}

/// Persons of a heading. Registers write given names in full (`Baum, Gerhart Rudolf`) and initials
/// (`Möllemann, Jürgen W.`) where usage has one of them, so those behind the first may be missing.
fn persons_of(sources: Sources<'_>, given: &str, surname: &str, day: Option<Date>) -> Vec<NameReading> {
    let particles = particles_of(given);
    let names = given[..given.len() - particles.len()].trim_end();
    let first = names.split(' ').next().unwrap_or(names);
    for given in [names, first] {
        let name = [given, particles, surname].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
        let mut readings = readings_as_written(sources, &name.join(" "), day);
        readings.retain(|reading| reading.kind == Kind::Politician);
        if !readings.is_empty() {
            return readings;
        }
    }
    Vec::new()
}

/// What stands behind the given names and belongs to the surname: `von der` in `Ursula von der`, `Graf` in `Otto Graf`.
fn particles_of(given: &str) -> &str {
    const TITLES: [&str; 6] = ["Graf", "Gräfin", "Freiherr", "Freifrau", "Frhr.", "Prinz"];
    let mut start = given.len();
    for word in given.split(' ').rev() {
        if !TITLES.contains(&word) && !word.starts_with(char::is_lowercase) {
            break;
        }
        start = start.saturating_sub(word.len() + 1);
    }
    given[start..].trim_start()
}

/// A name in the order of registers and catalogues, what tells it apart behind the comma.
#[derive(Debug, PartialEq)]
enum Heading<'n> {
    /// `Bayern, Land`; `Bonn, Stadt`.
    Place { name: &'n str, kinds: &'static [Kind] },
    /// `Kohl, Dr.Helmut`; `Schmidt (Hamburg), Helmut`; `Leyen, Ursula von der`.
    Person { given: String, surname: String },
}

impl<'n> Heading<'n> {
    fn of(name: &'n str) -> Option<Self> {
        let (before, behind) = name.split_once(", ")?;
        let (before, behind) = (before.trim(), behind.trim());
        match behind {
            "Land" | "Freistaat" | "Bundesland" => return Some(Self::Place { name: before, kinds: &[Kind::Land] }),
            "Stadt" | "Kreis" | "Landkreis" | "Markt" | "Gemeinde" | "Flecken" => {
                return Some(Self::Place { name: before, kinds: &[Kind::Municipality] });
            }
            _ => {}
        }
        // Members of the same name are told apart by their constituency: `Klein (München), Hans`.
        let surname = before.split(" (").next().unwrap_or(before);
        let mut given = behind;
        while let Some(rest) = without_degree(given) {
            given = rest;
        }
        (!surname.is_empty() && !given.is_empty())
            .then(|| Self::Person { given: given.to_owned(), surname: surname.to_owned() })
    }
}

/// Academic degrees stand before the given name, in old registers without a blank: `Dr.Dr.Theodor`.
fn without_degree(given: &str) -> Option<&str> {
    const DEGREES: [&str; 7] = ["Prof.", "Dr.-Ing.", "Dr.", "D.", "h.c.", "Dipl.-Ing.", "PD"];
    DEGREES.iter().find_map(|degree| given.strip_prefix(degree)).map(str::trim_start).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Layers, Pipeline};

    #[test]
    fn degrees_and_particles_are_told_from_names() {
        let person =
            |given: &str, surname: &str| Heading::Person { given: given.to_owned(), surname: surname.to_owned() };
        assert_eq!(Heading::of("Kohl, Dr.Helmut"), Some(person("Helmut", "Kohl")));
        assert_eq!(Heading::of("Oberländer, Dr.Dr.Theodor"), Some(person("Theodor", "Oberländer")));
        assert_eq!(Heading::of("Klein (München), Hans"), Some(person("Hans", "Klein")));
        assert_eq!(particles_of("Ursula von der"), "von der");
        assert_eq!(particles_of("Otto Graf"), "Graf");
        assert_eq!(particles_of("Gerhart Rudolf"), "");
        assert_eq!(particles_of("von"), "von");
        for odd in ["", ",", ", ", "Müller,", "Müller, ", ", Hans", "Müller, Dr.", "ä, ö"] {
            let _ = Heading::of(odd);
        }
    }

    #[test]
    fn names_in_the_order_of_registers_are_found() {
        let pipeline =
            Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().expect("the gazetteers load");
        let found = |name: &str| {
            let readings = pipeline.lookup(name, None);
            readings.first().map(|reading| pipeline.gazetteer().entity(reading.entity).id.to_string())
        };
        for (heading, entity) in [
            ("Kohl, Dr.Helmut", "politician:helmut-kohl"),
            ("Leyen, Ursula von der", "politician:ursula-von-der-leyen"),
            ("Lambsdorff, Dr.Otto Graf", "politician:otto-graf-lambsdorff"),
            ("Baum, Gerhart Rudolf", "politician:gerhart-baum"),
            ("Franke (Hannover), Egon", "politician:egon-franke"),
            ("Bayern, Land", "land:by"),
            ("Heinz Suhr (Politiker)", "politician:heinz-suhr"),
            ("Hamburg, Land", "land:hh"),
        ] {
            assert_eq!(found(heading).as_deref(), Some(entity), "{heading}");
        }
        assert_eq!(found("Tschernobyl, Stadt"), None);
        assert_eq!(found("Bundestag, Deutscher"), None);
    }
}
