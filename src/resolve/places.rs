//! Länder against cities, peoples, and words; towns.

use super::Reader;
use super::draft::Reading;
use crate::document::{Evidence, Kind, TokenKind};
use crate::gazetteer::{NameClass, NameRule};

/// Prepositions that put something in a place.
const LOCATIVE: &[&str] = &[
    "in",
    "In",
    "nach",
    "Nach",
    "aus",
    "Aus",
    "bei",
    "um",
    "Stadt",
    "Raum",
    "Flughafen",
    "Hauptstadt",
    "Bundeshauptstadt",
    "Messe",
    "Standort",
];

/// Words of political institutions behind the adjective of a city-state: `Berliner Senat`, not `Berliner Luft`.
const INSTITUTIONS: &[&str] = &[
    "Senat",
    "Landes",
    "Abgeordneten",
    "Bürgerschaft",
    "Innen",
    "Verwaltung",
    "Behörde",
    "Polizei",
    "Koalition",
    "Regierung",
    "Regierende",
    "Bürgermeister",
    "Datenschutz",
    "Verfassung",
    "CDU",
    "SPD",
    "Grüne",
    "FDP",
    "Linke",
    "AfD",
    "Justiz",
    "Finanz",
    "Kultus",
    "Bildungs",
    "Gesundheits",
    "Verkehrs",
    "Umwelt",
    "Wirtschafts",
    "Haushalt",
    "Schul",
    "Hochschul",
    "E-Government",
    "Digital",
    "IT-",
    "Ausländer",
    "Beauftragte",
    "Ministerpräsident",
    "Staats",
    "Landtag",
    "CIO",
    "Opposition",
    "Bezirk",
];

/// Nouns behind the adjective of a Land that speak of its people's ways or its nature.
const CULTURE: &[&str] = &[
    "Akzent",
    "Alpen",
    "Bier",
    "Brauchtum",
    "Dialekt",
    "Gemütlichkeit",
    "Humor",
    "Küche",
    "Landschaft",
    "Lebensart",
    "Mundart",
    "Musik",
    "Schweiz",
    "See",
    "Sprache",
    "Tracht",
    "Volksmusik",
    "Wald",
    "Wein",
    "Weißwurst",
    "Wurst",
];

impl Reader<'_> {
    /// Decides names of Länder and towns.
    pub(super) fn settle_places(&mut self) {
        for draft in 0..self.drafts.len() {
            if !self.drafts[draft].is_open() {
                continue;
            }
            let readings = self.readings(draft);
            let of = |kind: Kind| {
                readings.iter().find(|reading| reading.kind == kind && *self.rule(reading) != NameRule::Land).copied()
            };
            match (of(Kind::Land), of(Kind::Municipality)) {
                (Some(land), city) => self.settle_land(draft, land, city),
                (None, Some(city))
                    if readings.len() == 1
                        && *self.rule(&city) == NameRule::None
                        && !self.is_part_of_a_longer_name(draft) =>
                {
                    self.accept(draft, city, 0.93, vec![Evidence::UniqueName]);
                }
                _ => {}
            }
        }
    }

    fn settle_land(&mut self, draft: usize, land: Reading, city: Option<Reading>) {
        let tokens = self.drafts[draft].tokens;
        let before = self.word_before(tokens.0);
        let next = self.word(tokens.1 + 1);
        if land.class == NameClass::Adjective {
            self.settle_adjective(draft, land, next);
            return;
        }
        if self.is_people(draft, &land, before) || self.is_family_name(before, tokens.0) {
            self.drafts[draft].refused = true;
            return;
        }
        let Some(city) = city else {
            self.accept(draft, land, 0.97, vec![Evidence::UniqueName]);
            return;
        };
        // A city-state: the city where something is placed, the Land where it acts as one.
        if matches!(before, "Land" | "Landes" | "Bundesland" | "Lande")
            || self.is_listed_with_a_land(draft)
            || acts_as_land(next)
        {
            self.accept(draft, land, 0.9, vec![Evidence::Company]);
        } else if LOCATIVE.contains(&before) || self.is_address(draft) {
            self.accept(draft, city, 0.85, vec![]);
        } else if land.inflected || self.drafts[draft].joined_after {
            self.accept(draft, land, 0.75, vec![]);
        } else {
            self.accept(draft, city, 0.6, vec![]);
        }
    }

    /// `bayerische Polizei`; `Berliner` only before an institution.
    fn settle_adjective(&mut self, draft: usize, land: Reading, next: &str) {
        let surface = self.drafts[draft].span.of(self.text);
        if surface.ends_with("er") && surface.starts_with(char::is_uppercase) {
            let noun = next.starts_with(char::is_uppercase);
            // `Thüringer`, `Brandenburger`, `Saarländer` come from no city; `Berliner`, `Hamburger`, `Bremer` do.
            let city = matches!(surface, "Berliner" | "Hamburger" | "Bremer");
            let institution = INSTITUTIONS
                .iter()
                .any(|word| next.starts_with(word) || next.to_lowercase().contains(&word.to_lowercase()));
            let person = self.sources.knowledge.is_first_name(next) || next.is_empty();
            if noun && !person && (!city || institution) {
                self.accept(draft, land, 0.9, vec![]);
            }
            return;
        }
        // `der sächsische Dialekt`: culture and nature of a region, not its government.
        if CULTURE.iter().any(|word| next.starts_with(word)) {
            self.drafts[draft].refused = true;
            return;
        }
        self.accept(draft, land, 0.93, vec![Evidence::UniqueName]);
    }

    /// `viele Sachsen`, `die Bayern und die Hessen`: the people of the Land.
    fn is_people(&self, draft: usize, land: &Reading, before: &str) -> bool {
        if land.inflected || self.drafts[draft].joined_after {
            return false;
        }
        let surface = self.drafts[draft].span.of(self.text);
        let plural = surface.ends_with("en") || surface == "Bayern";
        let counted = matches!(
            before,
            "viele"
                | "Viele"
                | "alle"
                | "Alle"
                | "einige"
                | "manche"
                | "mehrere"
                | "wenige"
                | "wir"
                | "Wir"
                | "den"
                | "die"
                | "Die"
                | "beide"
                | "junge"
                | "Millionen"
                | "Mehr"
        );
        // `Die Sachsen`, but `die Sachsen-Anhalt betreffen`; Länder with an article are feminine nowhere.
        plural && counted && self.word(self.drafts[draft].tokens.1 + 1) != "betreffenden"
    }

    /// `Philipp von Hessen`: a noble family.
    fn is_family_name(&self, before: &str, token: usize) -> bool {
        before == "von" && token >= 2 && {
            let name = self.word(token - 2);
            self.sources.knowledge.is_first_name(name)
                || matches!(
                    name,
                    "Prinz" | "Prinzessin" | "Herzog" | "Kurfürst" | "Landgraf" | "König" | "Haus" | "Graf"
                )
        }
    }

    /// `Bayern, Berlin und Hessen`: a Land stands beside it, divided by a comma, `und` or a slash; or in the row of a
    /// table above or below, with nothing but figures between the two.
    fn is_listed_with_a_land(&self, draft: usize) -> bool {
        let listed = |first: usize, second: usize, other: usize| {
            let is_land = |reading: &Reading| reading.kind == Kind::Land && reading.class != NameClass::Adjective;
            self.readings(other).iter().any(is_land)
                && !self.readings(other).iter().any(|reading| reading.kind == Kind::Municipality)
                && {
                    let between = self.between(first, second);
                    // `Bremen und das Saarland`: that Land has an article of its own.
                    let joiner = between.trim();
                    let mut articled = [" das", " dem", " des", " im", " vom", " zum"].iter();
                    let joiner = articled.find_map(|article| joiner.strip_suffix(article)).unwrap_or(joiner);
                    matches!(joiner, "," | "und" | "/" | "oder" | "sowie" | "-" | "") && between != " "
                        || is_row_of_figures(between)
                }
        };
        (draft > 0 && listed(draft - 1, draft, draft - 1))
            || (draft + 1 < self.drafts.len() && listed(draft, draft + 1, draft + 1))
    }

    /// `Berlin, den 5. Mai`, `10117 Berlin`.
    fn is_address(&self, draft: usize) -> bool {
        let (first, last) = self.drafts[draft].tokens;
        let code = self.word_before(first);
        (self.word(last + 1) == "," && self.word(last + 2) == "den")
            || (code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// A town inside a hyphenated name, or between a first name and nothing: `Oliver Münster`, `Hagen-Straße`.
    fn is_part_of_a_longer_name(&self, draft: usize) -> bool {
        let draft = &self.drafts[draft];
        let before = self.word_before(draft.tokens.0);
        let next = self.tokens.get(draft.tokens.1 + 1);
        // A street is named after a town.
        let street = next.is_some_and(|token| {
            token.kind == TokenKind::Word
                && matches!(token.span.of(self.text), "Straße" | "Str" | "Allee" | "Platz" | "Weg" | "GmbH" | "AG")
        });
        draft.joined_before || street || self.sources.knowledge.is_first_name(before)
    }
}

/// Whether a line ends between two names and all else are figures: `Bremen 220 (10,5)\nHamburg 330 (13,6)`.
fn is_row_of_figures(between: &str) -> bool {
    between.contains('\n') && between.len() < 200 && !between.contains(char::is_alphabetic)
}

/// Verbs that follow a Land that acts.
fn acts_as_land(next: &str) -> bool {
    matches!(next, "stimmte" | "stimmt" | "enthielt" | "beantragt" | "beantragte" | "enthält" | "lehnt" | "lehnte")
}
