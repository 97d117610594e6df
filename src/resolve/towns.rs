//! Towns and villages whose names are words, surnames, or borne by several: they need a place around them, and where
//! several have the name, the Land or Kreis in the document.

use super::Reader;
use super::address::{ADDRESSES, DEGREES, is_title};
use super::draft::Reading;
use crate::document::{Evidence, Kind};
use crate::gazetteer::{EntityKey, NameClass, NameRule};

/// Words for a town or its head: what follows is its name.
const TYPES: &[&str] = &[
    "Stadt",
    "Städte",
    "Städten",
    "Gemeinde",
    "Gemeinden",
    "Ortsgemeinde",
    "Samtgemeinde",
    "Verbandsgemeinde",
    "Kreisstadt",
    "Landeshauptstadt",
    "Universitätsstadt",
    "Hansestadt",
    "Großstadt",
    "Kleinstadt",
    "Kommune",
    "Ort",
    "Dorf",
    "Flecken",
    "Ortschaft",
    "Bürgermeister",
    "Bürgermeisterin",
    "Oberbürgermeister",
    "Oberbürgermeisterin",
    "Stadtrat",
    "Gemeinderat",
    "Stadtverwaltung",
    "Gemeindeverwaltung",
    "Rathaus",
    "Stadtwerke",
    "Bahnhof",
    "Hauptbahnhof",
    "Flughafen",
    "Fliegerhorst",
    "Zwischenlager",
    "Zwischenlagers",
    "Erstaufnahmeeinrichtung",
    "Standort",
    "Atomkraftwerk",
    "Kernkraftwerk",
    "Truppenübungsplatz",
    "Zollamt",
    "Raum",
    "Großraum",
];

/// Prepositions that place something. `bei` and `von` stand before persons as often.
const LOCATIVE: &[&str] = &["in", "In", "aus", "Aus", "nach", "Nach"];

/// Words that join a place to one before it.
const JOINERS: &[&str] = &["und", "oder", "sowie", ",", "/", "bzw."];

/// What stands between places at the head of a line, or on a railway line.
const DIVIDERS: &[&str] = &["–", "/", "|"];

/// What begins the Land behind a town.
const LANDS: &[&str] = &[
    "Baden-Württemberg",
    "Bayern",
    "Brandenburg",
    "Hessen",
    "Mecklenburg-Vorpommern",
    "MV",
    "Niedersachsen",
    "Nordrhein-Westfalen",
    "NRW",
    "Rheinland-Pfalz",
    "Saarland",
    "Sachsen",
    "Sachsen-Anhalt",
    "Schleswig-Holstein",
    "Thüringen",
    "Oberbayern",
    "Niederbayern",
    "Oberpfalz",
    "Oberfranken",
    "Mittelfranken",
    "Unterfranken",
    "Schwaben",
];

/// The Regierungsbezirke of Bavaria with the beginning of the official keys of their towns.
const BEZIRKE: &[(&str, &str)] = &[
    ("Oberbayern", "091"),
    ("Niederbayern", "092"),
    ("Oberpfalz", "093"),
    ("Oberfranken", "094"),
    ("Mittelfranken", "095"),
    ("Unterfranken", "096"),
    ("Schwaben", "097"),
];

impl Reader<'_> {
    /// Drops the readings from `first` on whose rule asks for a place where there is none. Where a place is meant, no
    /// surname is.
    pub(super) fn keep_placed(&mut self, first: usize, tokens: (usize, usize)) {
        if !self.readings[first..].iter().any(|reading| self.rule(reading).is_of_place()) {
            return;
        }
        let typed = self.is_typed(tokens);
        let placed = typed || self.is_placed(tokens);
        let person = self.readings[first..].iter().any(|reading| reading.kind == Kind::Politician);
        let mut kept = first;
        for index in first..self.readings.len() {
            let reading = self.readings[index];
            let keep = match self.rule(&reading) {
                // `nach Wissing`: what somebody says, or where one goes.
                NameRule::Place => typed || (placed && !(person && self.word_before(tokens.0) != "in")),
                NameRule::Typed => typed,
                _ => !(reading.kind == Kind::Politician && typed),
            };
            if keep {
                self.readings[kept] = reading;
                kept += 1;
            }
        }
        self.readings.truncate(kept);
    }

    /// `Stadt Essen`, `Bürgermeister von Hof`, `Rust (Ortenaukreis)`, `Singen, Baden-Württemberg`.
    fn is_typed(&self, (first, last): (usize, usize)) -> bool {
        let before = self.word_before(first);
        let two_before = first.checked_sub(2).map_or("", |token| self.word(token));
        // `Minister Dr. Buchholz, Schleswig-Holstein`: behind a title or a degree stands a person.
        if DEGREES.contains(&before) || ADDRESSES.contains(&before) || is_title(before) {
            return false;
        }
        let joined = matches!(before, "von" | "in" | "der");
        // `Oberbürgermeister Karl Mustermann`: the village of Karl has no second word.
        let person = before.contains("ürgermeister")
            && first == last
            && self.sources.knowledge.is_first_name(self.word(first))
            && self.word(last + 1).starts_with(char::is_uppercase);
        if person {
            return false;
        }
        if is_type(before) || (joined && is_type(two_before)) || is_of_a_kreis(before) {
            return true;
        }
        // `die Fischer von Büsum`, `die Bürger von Hof`: in the plural with its article, behind a noun that is no title. One
        // person can have the name: `die Abgeordnete von Storch`.
        let (noun, article) = (two_before, first.checked_sub(3).map_or("", |token| self.word(token)));
        if before == "von"
            && matches!(article, "die" | "Die")
            && noun.ends_with(['r', 'n'])
            && !noun.ends_with("in")
            && noun.starts_with(char::is_uppercase)
            && !is_title(noun)
            && !ADDRESSES.contains(&noun)
        {
            return true;
        }
        // `der Landrat von Anhalt-Bitterfeld`; `Landrat Hof` is a man.
        if joined && (is_of_a_kreis(two_before) || matches!(two_before, "Landrat" | "Landrats" | "Landrätin")) {
            return true;
        }
        let (next, behind) = (self.word(last + 1), self.word(last + 2));
        // `Gorlebens Bürgermeisterin`: the genitive before the office that only a town has.
        if self.word(last).ends_with('s')
            && matches!(next, "Bürgermeister" | "Bürgermeisterin" | "Oberbürgermeister" | "Oberbürgermeisterin")
        {
            return true;
        }
        let is_region = |word: &str| {
            LANDS.contains(&word)
                || matches!(word, "Landkreis" | "Kreis" | "Lkr" | "Lkr." | "Landkreises")
                || (word.ends_with("kreis") && word.starts_with(char::is_uppercase))
        };
        (matches!(next, "(" | "," | "/") && is_region(behind))
            || (next == "im" && is_region(behind))
            // `nach Roth in Mittelfranken`: a preposition before it, and where the place lies behind.
            || (next == "in" && is_region(behind) && LOCATIVE.contains(&before))
    }

    /// `in Essen`, `aus Hof und Wissen`.
    fn is_placed(&self, (first, _): (usize, usize)) -> bool {
        let before = self.word_before(first);
        // `Unna: Termine online`: where the news of a line are from.
        if LOCATIVE.contains(&before) || (self.word(first + 1) == ":" && self.begins_a_line(first)) {
            return true;
        }
        // `Marburg – Wetzlar: Bus hält digital`, `Bremen – Uelzen – Hannover`: towns at the head of a line, or along one.
        if DIVIDERS.contains(&before)
            && self.drafts.last().is_some_and(|draft| {
                draft.tokens.1 + 2 == first
                    && (self.begins_a_line(draft.tokens.0) || DIVIDERS.contains(&self.word_before(draft.tokens.0)))
                    && self.readings(self.drafts.len() - 1).iter().any(|reading| reading.kind == Kind::Municipality)
            })
        {
            return true;
        }
        // `Wittenberge. Der Minister …`, `Zangberg — Wer …`: from where the report is, at its head.
        if first == 0 && matches!(self.word(1), "." | "–" | "—" | "-") {
            return true;
        }
        // `in Bochum, Essen und Witten`: what is joined to a place is one.
        JOINERS.contains(&before)
            && self.drafts.last().is_some_and(|draft| {
                draft.tokens.1 + 2 == first
                    && self.readings(self.drafts.len() - 1).iter().any(|reading| reading.kind == Kind::Municipality)
                    && (LOCATIVE.contains(&self.word_before(draft.tokens.0))
                        || is_type(self.word_before(draft.tokens.0))
                        || JOINERS.contains(&self.word_before(draft.tokens.0)))
            })
    }

    /// Whether a token is the first of its line.
    pub(super) fn begins_a_line(&self, token: usize) -> bool {
        let start = self.tokens.get(token).map_or(0, |token| token.span.start);
        self.line_before(start).is_some_and(|line| line.trim().is_empty())
    }

    /// Decides what is left of towns: one bearer, or the one in a Land or Kreis that the document names; else it
    /// keeps its candidates.
    pub(super) fn settle_towns(&mut self) {
        for draft in 0..self.drafts.len() {
            let readings = self.readings(draft);
            let asks = |reading: &Reading| reading.kind == Kind::Municipality && self.rule(reading).is_of_place();
            if !self.drafts[draft].is_open()
                || !readings.iter().any(asks)
                || !readings.iter().all(|reading| reading.kind == Kind::Municipality)
            {
                continue;
            }
            // `Staatsanwaltschaft Essen`: a body that sits there; `Inhaus-Essen`: a word behind a hyphen.
            if self.is_part_of_a_longer_name(draft) || self.is_one_of_several(draft) {
                self.drafts[draft].refused = true;
                continue;
            }
            if let [only] = *readings {
                self.accept(draft, only, 0.85, vec![Evidence::Company]);
                continue;
            }
            let is_near = |reading: &Reading| self.is_in_named_region(draft, reading.entity);
            // `Bergen (Niedersachsen)` is Bergen rather than Bergen an der Dumme.
            let near = the_only(readings, is_near)
                .or_else(|| the_only(readings, |reading| is_near(reading) && reading.class == NameClass::Full));
            // `Essen` by itself is the city on the Ruhr: its name asks for less than those of the villages.
            match near.or_else(|| the_only(readings, |reading| !self.rule(reading).is_of_place())) {
                Some(reading) => self.accept(draft, reading, 0.85, vec![Evidence::Company]),
                None => self.accept_undecided(draft, 0.6, vec![Evidence::Company]),
            }
        }
    }

    /// `in einer zugigen Halle`: no town has an indefinite article, whatever town of that name the text is on.
    fn is_one_of_several(&self, draft: usize) -> bool {
        let first = self.drafts[draft].tokens.0;
        let article = |token: Option<usize>| {
            token
                .is_some_and(|token| matches!(self.word(token), "ein" | "eine" | "einer" | "einem" | "einen" | "eines"))
        };
        let adjective = self.word_before(first);
        article(first.checked_sub(1))
            || (adjective.starts_with(char::is_lowercase)
                && ["e", "en", "er", "es", "em"].iter().any(|ending| adjective.ends_with(ending))
                && article(first.checked_sub(2)))
    }

    /// Whether the document names the Kreis or the Land of a town.
    fn is_in_named_region(&self, draft: usize, town: EntityKey) -> bool {
        let gazetteer = self.sources.gazetteer;
        // `Roth in Mittelfranken`: the official key of a town begins with that of its Regierungsbezirk.
        let last = self.drafts[draft].tokens.1;
        if matches!(self.word(last + 1), "in" | "(" | "," | "/")
            && let Some((_, bezirk)) = BEZIRKE.iter().find(|(name, _)| *name == self.word(last + 2))
        {
            return gazetteer.entity(town).attributes.ags.starts_with(bezirk);
        }
        let kreis = gazetteer.get(&gazetteer.entity(town).attributes.parent);
        let land = self.sources.knowledge.land_of(gazetteer, town);
        self.drafts.iter().enumerate().any(|(other, known)| {
            let entity = known.entity();
            other != draft && entity.is_some() && (entity == kreis || entity == land)
        })
    }
}

/// `Stadt`, `Rathaus`, and in the genitive: `im Hof des Rathauses von Hof`.
fn is_type(word: &str) -> bool {
    let genitive = || word.strip_suffix("es").or_else(|| word.strip_suffix('s'));
    TYPES.contains(&word) || genitive().is_some_and(|base| TYPES.contains(&base))
}

/// The one reading that fits; `None` where none does, or several.
fn the_only(readings: &[Reading], fits: impl Fn(&Reading) -> bool) -> Option<Reading> {
    let mut fitting = readings.iter().filter(|reading| fits(reading));
    fitting.next().copied().filter(|_| fitting.next().is_none())
}

/// `das Landratsamt Rosenheim`, `der Kreistag Viersen`: what a Kreis has, and no town.
pub(super) fn is_of_a_kreis(word: &str) -> bool {
    matches!(
        word,
        "Landratsamt" | "Landratsamts" | "Kreisverwaltung" | "Landkreisverwaltung" | "Kreistag" | "Kreistags"
    )
}

#[cfg(test)]
mod tests {
    use crate::{Document, Layers, Pipeline};
    use std::sync::LazyLock;

    static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
        Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().expect("the gazetteers load")
    });

    /// `Ulm=08421000 Halle=?`: places found, with their keys; `?` where candidates are left.
    fn places(text: &str) -> String {
        let annotation = PIPELINE.annotate(&Document::new(text));
        let places = annotation.mentions.iter().filter(|mention| mention.kind == crate::Kind::Municipality);
        places
            .map(|mention| {
                let key = mention.entity.map(|key| PIPELINE.gazetteer().entity(key).attributes.ags.as_ref());
                format!("{}={}", mention.span.of(text), key.unwrap_or("?"))
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn villages_need_a_place_around_them() {
        for (text, expected) in [
            ("Der Bundestag hörte eine Bürgermeisterin aus Gorleben.", "Gorleben=03354007"),
            // A noun, a surname, an infinitive, a direction.
            ("Im Wald brennt es, das Buch liegt auf dem Berg.", ""),
            ("Bundesminister Wissing wies das zurück.", ""),
            ("Das Singen half, man zog nach Norden.", ""),
            ("Die Gemeinde Wald (Landkreis Cham) klagt.", "Wald=09372169 Landkreis Cham=09372"),
            ("Man baut in Ahaus, Gorleben und Biblis.", "Ahaus=05554004 Gorleben=03354007 Biblis=06431003"),
        ] {
            assert_eq!(places(text), expected, "{text}");
        }
    }

    #[test]
    fn namesakes_keep_their_candidates_until_a_region_is_named() {
        assert_eq!(places("Der Zug hält in Frankfurt."), "Frankfurt=?");
        assert_eq!(places("In Hessen wird in Frankfurt gebaut."), "Frankfurt=06412000");
        assert_eq!(places("Brandenburg baut in Frankfurt eine Brücke."), "Frankfurt=12053000");
        assert_eq!(places("Geübt wird bei Bergen (Niedersachsen)."), "Bergen=03351004");
        assert_eq!(places("Die Stadt Neustadt wehrt sich."), "Neustadt=?");
    }
}
