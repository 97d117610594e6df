//! Surnames, which follow from full names, offices and forms of address.

use super::Reader;
use super::address::{ADDRESSES, DEGREES, PRESIDENTS, TITLES, is_degrees, is_title};
use super::bearers::{is_declined_behind, is_strong_adjective};
use super::draft::Reading;
use super::words::{COMPANY, DETERMINERS, SPEECH, STRONG, TRADES};
use crate::document::{Evidence, Kind, Via};
use crate::gazetteer::{EntityKey, NameClass};

impl Reader<'_> {
    /// Links surnames to persons of the document, holders of offices, or not at all.
    pub(super) fn settle_surnames(&mut self) {
        // The second look: a surname that an office or another place explained stands for the person in the whole
        // document.
        if self.settle_surnames_once() {
            self.settle_surnames_once();
        }
    }

    /// Whether any was linked.
    fn settle_surnames_once(&mut self) -> bool {
        let mut settled = false;
        for draft in 0..self.drafts.len() {
            if !self.drafts[draft].is_open() {
                continue;
            }
            let surname = |reading: &&Reading| reading.class == NameClass::Surname;
            let mut readings: Vec<Reading> = self.readings(draft).iter().filter(surname).copied().collect();
            self.keep_to_the_chamber(draft, &mut readings);
            if readings.is_empty() {
                continue;
            }
            // `R. Habeck`: whose first name begins with another letter is not meant. `Thomas L. Kemmerich`: the letter is
            // that of a second name.
            if let Some(initial) = self.initial_before(draft) {
                let before = self.drafts[draft].tokens.0.checked_sub(2).map_or("", |first| self.word(first));
                let second = self.sources.knowledge.is_first_name(before);
                readings.retain(|reading| {
                    let name = &self.sources.gazetteer.entity(reading.entity).name;
                    if second { name.split(' ').next() == Some(before) } else { name.starts_with(initial) }
                });
                let bearer = if second {
                    only(readings.iter()).map(|reading| (reading, 0.9, Evidence::UniqueName))
                } else {
                    self.initialled_bearer(draft, &readings)
                };
                if let Some((reading, confidence, evidence)) = bearer {
                    settled = true;
                    self.accept(draft, reading, confidence, vec![evidence]);
                    let own = &mut self.drafts[draft];
                    own.tokens.0 -= 1 + usize::from(second);
                    own.span.start = self.tokens[own.tokens.0].span.start;
                    if let Some(decision) = own.decision.as_mut().filter(|_| second) {
                        decision.via = Via::Name;
                    }
                }
                continue;
            }
            if self.begins_a_full_name(draft) && self.named_by_office(draft, &readings).is_none() {
                continue;
            }
            if self.is_form_of_address(draft) || self.is_of_a_couple(draft) {
                self.drafts[draft].refused = true;
                continue;
            }
            if let Some((reading, confidence, evidence)) = self.bearer(draft, &readings) {
                settled = true;
                self.accept(draft, reading, confidence, vec![evidence]);
            } else if !self.drafts[draft].joined_before
                && self.title_before(draft).is_some_and(|title| {
                    TITLES.contains(&title) || (ADDRESSES.contains(&title) && self.is_parliamentary())
                })
            {
                settled = true;
                // `Frau Kollegin Werner-Muggendorfer`: behind a title it is a double name.
                if self.drafts[draft].joined_after {
                    let whole = self.tokens[self.drafts[draft].tokens.1].span.end;
                    let own = &mut self.drafts[draft];
                    (own.span.end, own.joined_after) = (whole, false);
                }
                self.accept_undecided(draft, 0.5, vec![Evidence::TitleBefore]);
            }
        }
        settled
    }

    /// The initial of a first name directly before a surname: `R.`
    fn initial_before(&self, draft: usize) -> Option<char> {
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        let mut letters = before.chars();
        let initial = letters.next().filter(|letter| letter.is_uppercase())?;
        let gap = self.tokens.get(own.tokens.0.checked_sub(1)?).map(|token| token.span.end)?;
        (letters.as_str() == "." && !own.joined_before && own.span.start.saturating_sub(gap) <= 1).then_some(initial)
    }

    /// Who is meant by initial and surname: somebody of the document, one in office, or one known by the surname alone.
    fn initialled_bearer(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        self.known_bearer(draft, readings).or_else(|| {
            let in_office = || only(readings.iter().filter(|reading| self.is_in_office(reading.entity)));
            let known = in_office().or_else(|| self.member(readings)).or_else(|| self.lately_prominent(readings))?;
            Some((known, 0.85, Evidence::HolderOnDay))
        })
    }

    fn is_no_person(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        // `Zum Braten gab es Kohl`: what there is is no person.
        let exists = self.word_before(own.tokens.0) == "es"
            && own.tokens.0.checked_sub(2).is_some_and(|verb| matches!(self.word(verb), "gab" | "gibt"));
        // `die Weimer Media Group`: a company bears its founder's name.
        let behind = self.word(own.tokens.1 + 1);
        exists || (!own.joined_after && (COMPANY.contains(&behind) || behind == "&"))
    }

    fn bearer(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        let own = &self.drafts[draft];
        if own.joined_before && !self.follows_a_prefix(draft) {
            return None; // `Müller-Weil` is another name
        }
        if self.is_no_person(draft) {
            return None;
        }
        // `Entwicklungsminister Müller`, `Müller war Entwicklungsminister`: the office says who.
        let by_office = self.named_by_office(draft, readings).or_else(|| self.named_by_office_behind(draft, readings));
        if let Some(found) = by_office.or_else(|| self.named_by_plural(draft, readings)) {
            return Some(found);
        }
        // `Reul (NRW)`, `Bas (Arbeit)`: the brackets say whose minister or of what.
        if let Some(reading) = self.in_office_by_brackets(draft, readings) {
            return Some((reading, 0.85, Evidence::HolderOnDay));
        }
        let title = self.title_before(draft).unwrap_or("");
        // `der Bäcker Habeck`, `ein Schreiner namens Schulze`: somebody else; whom one knows is not introduced by name.
        if TRADES.contains(&title)
            || title == "namens"
            || (is_age(title) && self.known_bearer(draft, readings).is_none())
        {
            return None;
        }
        // `Frau Schneider` is none of the gentlemen of that name, nor is `Frau Minister Schneider`.
        let two_before = own.tokens.0.checked_sub(2).map_or("", |at| self.word(at));
        let fitting = self.of_gender_and_case(two_before, title, readings);
        let readings = &fitting[..];
        let surface = own.span.of(self.text);
        let common = self.sources.knowledge.is_common_surname(surface)
            || self.sources.knowledge.is_common_surname(surface.trim_end_matches('s'))
            || self.sources.knowledge.is_word(surface);
        let titled = is_title(title)
            // `der Parlamentarische Geschäftsführer Bilger`
            || (title.starts_with("Geschäftsführer") && two_before.starts_with("Parlamentarisch"));
        let addressed = ADDRESSES.contains(&title);
        if own.joined_after {
            return self.bearer_in_compound(draft, readings, common);
        }
        if !titled && !addressed {
            let determined = DETERMINERS.contains(&title.to_lowercase().as_str())
                // `vor steigendem Pegel`: an adjective with the ending that an article would have.
                || (self.sources.knowledge.is_word(surface)
                    && (is_strong_adjective(title) || is_declined_behind(two_before, title)));
            // `Christina Lang` beside `Ricarda Lang`: somebody else.
            if determined || (self.sources.knowledge.is_first_name(title) && !self.is_inside_a_mention(own.tokens.0)) {
                return None;
            }
        }
        let known = self.known_bearer(draft, readings);
        if known.is_none() && self.is_of_an_unknown_person(surface) {
            return None;
        }
        let of_the_land;
        let all = readings;
        let readings = if (titled || addressed || self.party_behind(draft).is_some()) && self.is_of_a_landtag() {
            of_the_land = self.known_in_a_landtag(readings);
            &of_the_land
        } else {
            readings
        };
        // In a Landtag too, where the name is rare.
        let of_party = self.bearer_of_party(draft, if common { readings } else { all }, titled || addressed);
        if let Some(reading) = of_party {
            return Some((reading, 0.85, Evidence::PartyBehind));
        }
        if let Some((reading, confidence, evidence)) = known {
            // `Weil die Mittel fehlen`: at the head of a sentence a common word says nothing, but in a list of politicians
            // (`Merz und Söder wollen das`).
            if common
                && !titled
                && !addressed
                && self.heads_a_sentence(draft)
                && !self.speaks(draft)
                && !self.acts(draft)
                && self.may_be_a_word(draft)
                && !self.stands_among_politicians(draft)
            {
                return None;
            }
            return Some((reading, confidence, evidence));
        }
        // `Niedersachsens Lies`: who leads the Land that stands before in the genitive.
        if let Some(reading) = self.head_of_land_before(draft, readings) {
            return Some((reading, 0.8, Evidence::LandBeside));
        }
        // `SPD-Politiker Döring`, `Herr Steffen`: no state secretary or head of an authority whom nothing else names.
        let official = |reading: &Reading| {
            (common || readings.len() > 1) && !title.starts_with("Staatssekretär") && self.is_official(reading.entity)
        };
        let in_office = only(readings.iter().filter(|reading| self.is_in_office(reading.entity) && !official(reading)));
        if titled {
            return self.titled_bearer(title, two_before, readings, in_office);
        }
        // `Frau Müller aus meinem Wahlkreis`: none of the house.
        let at_home =
            self.word(own.tokens.1 + 1) == "aus" && matches!(self.word(own.tokens.1 + 2), "meinem" | "meiner");
        if addressed && (at_home || self.is_of_somewhere_else(draft)) {
            return None;
        }
        if addressed {
            return self.addressed_bearer(readings, in_office, common, surface);
        }
        if PRESIDENTS.contains(&title) {
            let vice = || self.member(readings).filter(|_| title.starts_with("Vize"));
            let reading = in_office.or_else(vice).filter(|_| self.is_parliamentary());
            return reading.map(|reading| (reading, 0.7, Evidence::TitleBefore));
        }
        if let Some(reading) = self.acting_bearer(draft, title, readings, common) {
            return Some((reading, 0.7, Evidence::HolderOnDay));
        }
        self.prominent_bearer(draft, readings, common)
    }

    /// The only reading that is a member of the Bundestag on the day.
    pub(super) fn member(&self, readings: &[Reading]) -> Option<Reading> {
        only(readings.iter().filter(|reading| self.sits(reading.entity)))
    }

    /// `Herr Lindner ist weg`: the only reading that led a government or a ministry until a few years ago.
    pub(super) fn lately_prominent(&self, readings: &[Reading]) -> Option<Reading> {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        only(readings.iter().filter(|reading| knowledge.was_prominent(gazetteer, reading.entity, self.day)))
    }

    /// The reading that is alone, or alone of an age to be in politics on the day; nobody speaks to those who sat when the
    /// oldest of today were born.
    pub(super) fn contemporary(&self, readings: &[Reading]) -> Option<Reading> {
        only(readings.iter())
            .filter(|it| self.is_of_age(it.entity, 18..95))
            .or_else(|| only(readings.iter().filter(|reading| self.is_of_age(reading.entity, 22..75))))
    }

    /// `die Ministerpräsidenten Söder (CSU) und Wüst (CDU)`: an office in the plural before several surnames names an
    /// office of each of them.
    fn named_by_plural(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        let mut other = draft;
        while let Some(before) = other.checked_sub(1) {
            let gap = self.between(before, other);
            let listed = gap
                .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ','))
                .all(|word| matches!(word, "" | "und" | "sowie") || DEGREES.contains(&word));
            if !listed || gap.len() > 40 {
                return None;
            }
            let plural = &self.drafts[before];
            let offices = self.readings(before).iter().filter(|reading| reading.kind == Kind::Office);
            if plural.refused && offices.clone().next().is_some() {
                let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
                let holds = |reading: &&Reading| {
                    offices.clone().any(|office| knowledge.held(gazetteer, reading.entity, office.entity, self.day))
                };
                return only(readings.iter().filter(holds)).map(|reading| (reading, 0.9, Evidence::TitleBefore));
            }
            let person = self.readings(before).iter().any(|reading| reading.kind == Kind::Politician);
            let party = self.readings(before).iter().any(|reading| reading.kind == Kind::Party);
            if !person && !party {
                return None;
            }
            other = before;
        }
        None
    }

    /// `Minister Hermann Schaufler`, `Senator Hans-Heinrich Sander`: a given name that is also a surname, and the
    /// surname behind it is of somebody whom the gazetteers do not know.
    fn begins_a_full_name(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let next = own.tokens.1 + 1;
        let knowledge = self.sources.knowledge;
        if !knowledge.is_first_name(own.span.of(self.text)) {
            return false;
        }
        if own.joined_after {
            let whole = self.tokens.get(own.tokens.1).map_or(own.span.end, |token| token.span.end);
            let rest = self.text.get(own.span.end as usize..whole as usize).unwrap_or("");
            return rest.strip_prefix('-').is_some_and(|second| knowledge.is_first_name(second));
        }
        let close = self.tokens.get(next).is_some_and(|token| {
            self.text.get(own.span.end as usize..token.span.start as usize).is_some_and(|gap| gap == " " || gap == "\n")
        });
        close && self.word(next).chars().next().is_some_and(char::is_uppercase)
    }

    /// The holder of the office that stands directly before the surname.
    fn named_by_office(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        let before = draft.checked_sub(1)?;
        let decision = self.drafts[before].decision.as_ref().filter(|decision| decision.kind == Kind::Office)?;
        let holder = decision.holder.filter(|_| is_degrees(self.between(before, draft)))?;
        let reading = readings.iter().find(|reading| reading.entity == holder)?;
        Some((*reading, 0.95, Evidence::TitleBefore))
    }

    /// The holder of the office that the sentence says the person had: `Genscher war bis 1992 Außenminister`.
    fn named_by_office_behind(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        let decision = self.drafts.get(draft + 1)?.decision.as_ref()?;
        let named = decision.kind == Kind::Office && decision.evidence.contains(&Evidence::NamedHolder);
        let holder = decision.holder.filter(|_| named && !self.heads_with_a_word(draft))?;
        let reading = readings.iter().find(|reading| reading.entity == holder)?;
        (self.person_before(draft + 1).is_some_and(|(person, _)| person == draft)).then_some((
            *reading,
            0.9,
            Evidence::NamedHolder,
        ))
    }

    /// `Weil das so war`: at the head of a sentence a word of the language is one.
    fn heads_with_a_word(&self, draft: usize) -> bool {
        self.heads_a_sentence(draft) && self.sources.knowledge.is_word(self.drafts[draft].span.of(self.text))
    }

    /// The bearer among the persons that the document has named: the latest before, else the only one after.
    pub(super) fn known_bearer(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        if !readings.iter().any(|reading| self.accepted.has(reading.entity)) {
            return None;
        }
        let of = |other: usize| {
            let decided = &self.drafts[other];
            (decided.kind() == Some(Kind::Politician)).then(|| decided.entity()).flatten()
        };
        let reading = |person: EntityKey| readings.iter().find(|reading| reading.entity == person).copied();
        if let Some(found) = (0..draft).rev().find_map(|other| reading(of(other)?)) {
            return Some((found, 0.95, Evidence::FullNameInDocument));
        }
        let mut after = (draft + 1..self.drafts.len()).filter_map(|other| reading(of(other)?));
        let found = after.next()?;
        after.all(|other| other.entity == found.entity).then_some((found, 0.85, Evidence::FullNameInDocument))
    }

    pub(super) fn heads_a_sentence(&self, draft: usize) -> bool {
        let start = self.drafts[draft].span.start;
        self.sentences.get(self.sentence_of(start)).is_some_and(|sentence| sentence.span.start == start)
    }

    /// Whether a verb of speech or in the past tense follows.
    pub(super) fn speaks(&self, draft: usize) -> bool {
        let next = self.word(self.drafts[draft].tokens.1 + 1);
        SPEECH.contains(&next)
            || STRONG.contains(&next)
            || (next.ends_with("te") && next.len() > 4 && next.starts_with(char::is_lowercase))
    }

    /// Whether a verb in the present tense follows: `Lindner geht`, `Wagenknecht gründet`.
    pub(super) fn acts(&self, draft: usize) -> bool {
        const NO_VERBS: &[&str] = &[
            "bereit",
            "dort",
            "erst",
            "fast",
            "jetzt",
            "längst",
            "meist",
            "nicht",
            "samt",
            "selbst",
            "seit",
            "sonst",
            "statt",
            "unweit",
            "vorerst",
            "zuerst",
            "zuletzt",
            "zunächst",
        ];
        let next = self.word(self.drafts[draft].tokens.1 + 1);
        next.len() > 3 && next.ends_with('t') && next.starts_with(char::is_lowercase) && !NO_VERBS.contains(&next)
    }

    /// `Merz, Klingbeil und Söder`: a list, in which the next one is a politician.
    pub(super) fn stands_among_politicians(&self, draft: usize) -> bool {
        // `Merz und Dobrindt kritisierten das`: two surnames of leaders vouch for each other.
        let politician = |other: usize| match self.drafts[other].kind() {
            Some(kind) => kind == Kind::Politician,
            None => self.drafts[other].is_open() && self.is_led(self.readings(other)),
        };
        let joined = |gap: &str| matches!(gap.trim(), "," | "und" | "sowie" | "/");
        let before = draft.checked_sub(1).is_some_and(|other| politician(other) && joined(self.between(other, draft)));
        let behind = draft + 1;
        before || (behind < self.drafts.len() && politician(behind) && joined(self.between(draft, behind)))
    }

    /// Whether one bearer of a surname leads a government, a ministry or a party on the day.
    fn is_led(&self, readings: &[Reading]) -> bool {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let leads = |reading: &&Reading| {
            reading.class == NameClass::Surname && knowledge.is_prominent(gazetteer, reading.entity, self.day)
        };
        only(readings.iter().filter(leads)).is_some()
    }

    /// `Kretschmer war dagegen`: many have the name, but it is no word that could stand there, nor a first name.
    fn may_be_a_word(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        self.sources.knowledge.is_word(own.span.of(self.text))
            || self.word(own.tokens.1 + 1).starts_with(char::is_uppercase)
    }

    fn is_inside_a_mention(&self, token: usize) -> bool {
        self.drafts.iter().any(|draft| draft.decision.is_some() && draft.tokens.0 < token && token <= draft.tokens.1)
    }
}

/// `der 34-jährige Schwabe`: where somebody is from, unless the text has named one who is called so.
fn is_age(word: &str) -> bool {
    ["-jährige", "-jähriger", "-jährigen"].iter().any(|end| word.ends_with(end))
}

/// The only reading, if there is one.
pub(super) fn only<'r>(mut readings: impl Iterator<Item = &'r Reading>) -> Option<Reading> {
    let first = readings.next()?;
    readings.all(|other| other.entity == first.entity).then_some(*first)
}
