//! Länder against cities, peoples, and words; towns.

use super::Reader;
use super::draft::Reading;
use super::place_words::{BODIES, CLUBS, CULTURE, INSTITUTIONS, LOCATIVE, PAPERS, QUARTERS, REALMS};
use super::words::{COMPANIES, PRODUCTS};
use crate::document::{Evidence, Kind, TokenKind};
use crate::gazetteer::{NameClass, NameRule};

impl Reader<'_> {
    /// Decides names of Länder and towns.
    pub(super) fn settle_places(&mut self) {
        for draft in 0..self.drafts.len() {
            if !self.drafts[draft].is_open() {
                continue;
            }
            let readings = self.readings(draft);
            if readings.iter().all(|reading| reading.kind == Kind::Municipality) && self.is_articled_town(draft) {
                self.drafts[draft].refused = true;
                continue;
            }
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
        // `Bayern-Trainer`, `Bremens Stürmer`: a club by the name of its home.
        let of_a_club = if self.drafts[draft].joined_after {
            let tail = self.word(tokens.1).rsplit('-').next();
            tail.is_some_and(|tail| is_of_sports(tail) || PRODUCTS.contains(&tail))
        } else {
            land.inflected && is_of_sports(next)
        };
        let of_a_body = self.is_name_of_a_body(tokens.0)
            || CLUBS.contains(&before)
            || REALMS.contains(&before)
            || is_legal_form(next)
            || (next == "e." && self.word(tokens.1 + 2) == "V.")
            || (next.starts_with(char::is_uppercase)
                && COMPANIES.contains(&next)
                && !self.drafts[draft].joined_after
                && !land.inflected);
        if self.is_people(draft, &land, before) || self.is_family_name(before, tokens.0) || of_a_body || of_a_club {
            self.drafts[draft].refused = true;
            return;
        }
        let Some(city) = city else {
            self.accept(draft, land, 0.97, vec![Evidence::UniqueName]);
            return;
        };
        // A city-state: the city where something is placed, the Land where it acts as one.
        if matches!(
            before,
            "Land" | "Landes" | "Bundesland" | "Lande" | "Länder" | "Ländern" | "Bundesländer" | "Bundesländern"
        ) || self.is_listed_with_a_land(draft)
            || acts_as_land(next)
            || self.is_one_of_the_city_states(draft)
            || self.is_governed(tokens.0)
        {
            self.accept(draft, land, 0.9, vec![Evidence::Company]);
        } else if LOCATIVE.contains(&before)
            || self.is_address(draft)
            || self.is_dateline(draft)
            || self.is_part_of_the_city(draft)
        {
            self.accept(draft, city, 0.85, vec![]);
        } else if self.speaks_of_the_bundesrat(draft) {
            self.accept(draft, land, 0.75, vec![Evidence::Company]);
        } else if land.inflected || self.drafts[draft].joined_after || self.shares_a_sentence_with_a_land(draft) {
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
            let culture = CULTURE.iter().any(|word| next.starts_with(word)) || PAPERS.contains(&next);
            if noun && !person && !culture && (!city || institution) {
                self.accept(draft, land, 0.9, vec![]);
            }
            return;
        }
        // `der sächsische Dialekt`: culture and nature of a region, not its government.
        let paper = surface.starts_with(char::is_uppercase) && PAPERS.contains(&next);
        if paper || CULTURE.iter().any(|word| next.starts_with(word)) {
            self.drafts[draft].refused = true;
            return;
        }
        self.accept(draft, land, 0.93, vec![Evidence::UniqueName]);
    }

    /// `viele Sachsen`, `die Bayern und die Hessen`: the people of the Land.
    fn is_people(&self, draft: usize, land: &Reading, before: &str) -> bool {
        // `die Freie Hansestadt Bremen`: no people is called by so long a name.
        let several = self.drafts[draft].tokens.0 != self.drafts[draft].tokens.1;
        if land.inflected || self.drafts[draft].joined_after || several {
            return false;
        }
        let surface = self.drafts[draft].span.of(self.text);
        let plural = surface.ends_with("en") || surface == "Bayern";
        let counted = matches!(
            before,
            "meisten"
                | "Manche"
                | "Einige"
                | "Mehrere"
                | "viele"
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
                | "zwei"
                | "Zwei"
                | "drei"
                | "Drei"
                | "vier"
                | "fünf"
                | "sechs"
                | "zehn"
        );
        // `Die Sachsen`, but `die Sachsen-Anhalt betreffen`; Länder with an article are feminine nowhere.
        plural && counted && self.word(self.drafts[draft].tokens.1 + 1) != "betreffenden"
    }

    /// `Philipp von Hessen`, `Familie Sachsen`: a noble family, or one that is called like the Land.
    fn is_family_name(&self, before: &str, token: usize) -> bool {
        if matches!(before, "Familie" | "Eheleute" | "Herr" | "Herrn" | "Frau") {
            return true;
        }
        // `sagt Andreas Hessen`, but a row of a table begins with the Land.
        let adjacent = token > 0
            && before.starts_with(char::is_uppercase)
            && self.text.get(self.tokens[token - 1].span.end as usize..self.tokens[token].span.start as usize)
                == Some(" ");
        if adjacent && self.sources.knowledge.is_first_name(before) && self.word(token + 1) != "(" {
            return true;
        }
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
    /// table above or below, with nothing but figures between the two. In `Hessen, Berlin, Hamburg und Bremen` the
    /// city-states pass it on.
    fn is_listed_with_a_land(&self, draft: usize) -> bool {
        const CITY_STATES: usize = 3;
        let last = self.drafts.len() - 1;
        let back = (draft.saturating_sub(CITY_STATES)..draft).rev().map(|other| (other, other + 1, other));
        let on = (draft + 1..=last.min(draft + CITY_STATES)).map(|other| (other - 1, other, other));
        self.leads_to_a_land(back) || self.leads_to_a_land(on)
    }

    /// Whether steps from one name of a list to the next (first, second, the new one of the two) lead over city-states
    /// to another Land.
    fn leads_to_a_land(&self, steps: impl Iterator<Item = (usize, usize, usize)>) -> bool {
        for (first, second, other) in steps {
            let readings = self.readings(other);
            let between = self.between(first, second);
            // `Bremen und das Saarland`: that Land has an article of its own; `in Bayern und in Berlin`: a preposition.
            let joiner = between.trim();
            let mut articled = [" das", " dem", " des", " im", " vom", " zum", " in", " aus", " von"].iter();
            let joiner = articled.find_map(|article| joiner.strip_suffix(article)).unwrap_or(joiner);
            let listed = matches!(joiner, "," | "und" | "/" | "oder" | "sowie" | "-" | "") && between != " "
                || is_row_of_figures(between);
            let land =
                readings.iter().any(|reading| reading.kind == Kind::Land && reading.class != NameClass::Adjective);
            if !listed || !land {
                return false;
            }
            if !readings.iter().any(|reading| reading.kind == Kind::Municipality) {
                return true;
            }
        }
        false
    }

    /// `der Senat von Berlin`, `die Regierung in Hamburg`: what governs a Land, with a preposition.
    fn is_governed(&self, first: usize) -> bool {
        const GOVERNMENTS: &[&str] =
            &["Senat", "Senats", "Regierung", "Landesregierung", "Abgeordnetenhaus", "Bürgerschaft", "Landesverband"];
        let before = first.checked_sub(2).map_or("", |token| self.word(token));
        match self.word_before(first) {
            // `der Regierende Bürgermeister von Berlin` heads the Land.
            "von" => GOVERNMENTS.contains(&before) || self.is_head_of_a_city_state(first),
            // `SPD und Grüne regieren in Hamburg`; in Berlin the Federation governs too.
            "in" if before.starts_with("regier") || before.starts_with("Koalition") => self.word(first) != "Berlin",
            // `die Bürgerschaftswahl in Hamburg`: a chamber of this name is a Land's. (In Bremen the city has one too, but the
            // election is of both.)
            "in" => ["Bürgerschaftswahl", "Abgeordnetenhauswahl", "Landtagswahl"]
                .iter()
                .any(|word| before.starts_with(word)),
            _ => false,
        }
    }

    fn is_head_of_a_city_state(&self, first: usize) -> bool {
        let back = |distance: usize| first.checked_sub(distance).map_or("", |token| self.word(token));
        back(2).starts_with("Bürgermeister") && back(3).starts_with("Regierende")
    }

    /// `BERLIN (dpa) -`, `Hamburg (epd).`: where an agency has its news from.
    fn is_dateline(&self, draft: usize) -> bool {
        let last = self.drafts[draft].tokens.1;
        self.word(last + 1) == "("
            && ["dpa", "epd", "afp", "AFP", "KNA", "dts", "ots", "rtr", "Reuters"]
                .iter()
                .any(|agency| self.word(last + 2).starts_with(agency))
    }

    /// `Berlin, Hamburg und Bremen bilden die Stadtstaaten`: the word says that they are Länder.
    fn is_one_of_the_city_states(&self, draft: usize) -> bool {
        let sentence = self.sentence_of(self.drafts[draft].span.start);
        self.signs.city_states.iter().any(|&token| self.sentence_of(self.tokens[token as usize].span.start) == sentence)
    }

    /// `Hamburg habe 21 Fälle genannt, in Hessen seien es 25`: without a preposition, beside another Land.
    fn shares_a_sentence_with_a_land(&self, draft: usize) -> bool {
        const NEAR: usize = 100;
        let sentence = self.sentence_of(self.drafts[draft].span.start);
        let Some(sentence) = self.sentences.get(sentence).map(|sentence| sentence.span) else { return false };
        // `Hannover, Osnabrück und Bremen`, `Hamburg–Hannover`: a town among towns.
        let town = |other: usize| {
            let gap = self.between(draft.min(other), draft.max(other));
            let readings = self.readings(other);
            matches!(gap.trim(), "," | "und" | "oder" | "–" | "-" | "—")
                && !readings.is_empty()
                && readings.iter().all(|reading| reading.kind == Kind::Municipality)
        };
        if draft.checked_sub(1).is_some_and(town) || (draft + 1 < self.drafts.len() && town(draft + 1)) {
            return false;
        }
        // A table without marks is one sentence of thousands of names.
        let over = self.drafts_over(sentence);
        let mut near = over.start.max(draft.saturating_sub(NEAR))..over.end.min(draft + NEAR);
        near.any(|other| {
            let readings = self.readings(other);
            self.drafts[other].span.overlaps(sentence)
                && readings.iter().any(|reading| {
                    reading.kind == Kind::Land
                        && reading.class == NameClass::Full
                        && *self.rule(reading) == NameRule::None
                })
                && !readings.iter().any(|reading| reading.kind == Kind::Municipality)
        })
    }

    /// `Hamburg und Bremen stimmten im Bundesrat zu`: in the same sentence as the Bundesrat, a Land acts.
    fn speaks_of_the_bundesrat(&self, draft: usize) -> bool {
        let Some(house) = self.sources.gazetteer.get("parliament:bundesrat").filter(|house| self.accepted.has(*house))
        else {
            return false;
        };
        let sentence = self.sentences.get(self.sentence_of(self.drafts[draft].span.start));
        sentence.is_some_and(|sentence| {
            let mut near = self.drafts[self.drafts_over(sentence.span)].iter();
            near.any(|other| other.entity() == Some(house) && other.span.overlaps(sentence.span))
        })
    }

    /// `an der Fulda`, `das Essen`: towns take no article, rivers and meals do. Names of several words (`der Landkreis Fulda`)
    /// and of Kreise may have one.
    fn is_articled_town(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        own.tokens.0 == own.tokens.1
            && !own.joined_after
            && !own.span.of(self.text).contains("reis")
            && matches!(
                before,
                "am" | "Am"
                    | "im"
                    | "Im"
                    | "zum"
                    | "Zum"
                    | "vom"
                    | "Vom"
                    | "beim"
                    | "Beim"
                    | "das"
                    | "Das"
                    | "die"
                    | "Die"
                    | "der"
                    | "Der"
                    | "dem"
                    | "Dem"
                    | "den"
                    | "Den"
            )
    }

    /// `Berlin-Ostbahnhof`, `Hamburg-Altona`: stations and quarters are the city's, not the Land's.
    fn is_part_of_the_city(&self, draft: usize) -> bool {
        let draft = &self.drafts[draft];
        draft.joined_after && QUARTERS.iter().any(|end| self.word(draft.tokens.1).ends_with(end))
    }

    /// `Berlin, den 5. Mai`, `10117 Berlin`.
    fn is_address(&self, draft: usize) -> bool {
        let (first, last) = self.drafts[draft].tokens;
        let code = self.word_before(first);
        (self.word(last + 1) == "," && self.word(last + 2) == "den")
            || (code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// A town inside a hyphenated name, or between a first name and nothing: `Oliver Münster`, `Hagen-Straße`.
    pub(super) fn is_part_of_a_longer_name(&self, draft: usize) -> bool {
        let draft = &self.drafts[draft];
        let before = self.word_before(draft.tokens.0);
        let next = self.tokens.get(draft.tokens.1 + 1);
        // A street is named after a town.
        let street = next.is_some_and(|token| {
            token.kind == TokenKind::Word
                && matches!(token.span.of(self.text), "Straße" | "Str" | "Allee" | "Platz" | "Weg")
        });
        draft.joined_before
            || CLUBS.contains(&before)
            || REALMS.contains(&before)
            || street
            || is_legal_form(self.word(draft.tokens.1 + 1))
            || self.sources.knowledge.is_first_name(before)
            || self.is_name_of_a_body(draft.tokens.0)
    }

    /// `Universität Konstanz`, `Landgerichts Essen`, `HZA Stralsund`: a court, a university, an office of the customs;
    /// the town is a part of its name and acts in nothing.
    fn is_name_of_a_body(&self, first: usize) -> bool {
        let mut before = self.word_before(first);
        if before == "zu" {
            before = first.checked_sub(2).map_or("", |token| self.word(token)); // `Universität zu Köln`
        }
        let head = before.rsplit('-').next().unwrap_or(before); // `Heinrich-Heine-Universität Düsseldorf`
        BODIES.contains(&head) || head.strip_suffix('s').is_some_and(|word| BODIES.contains(&word))
    }
}

/// What a club has and a Land has not.
fn is_of_sports(noun: &str) -> bool {
    const SPORTS: &[&str] = &[
        "Angreifer",
        "Coach",
        "Fans",
        "Kapitän",
        "Keeper",
        "Profi",
        "Profis",
        "Spieler",
        "Star",
        "Stars",
        "Stürmer",
        "Torhüter",
        "Torjäger",
        "Torwart",
        "Trainer",
        "Vorstand",
    ];
    SPORTS.contains(&noun)
}

/// `Messe Berlin GmbH`, `Sportfreunde Köln e.V.`: behind a town, the end of the name of a company or a club.
fn is_legal_form(next: &str) -> bool {
    matches!(next, "AG" | "GmbH" | "gGmbH" | "mbH" | "KG" | "eG" | "e.V." | "e.V" | "e. V." | "AöR")
}

/// Whether a line ends between two names and all else are figures: `Bremen 220 (10,5)\nHamburg 330 (13,6)`.
pub(super) fn is_row_of_figures(between: &str) -> bool {
    between.contains('\n') && between.len() < 200 && !between.contains(char::is_alphabetic)
}

/// Verbs that follow a Land that acts.
fn acts_as_land(next: &str) -> bool {
    matches!(
        next,
        "stimmte"
            | "stimmt"
            | "enthielt"
            | "beantragt"
            | "beantragte"
            | "klagt"
            | "klagte"
            | "enthält"
            | "lehnt"
            | "lehnte"
    )
}
