//! Full names of persons; namesakes told apart by party, office, seat and age.

use super::draft::Reading;
use super::persons::only;
use super::words::NAMED_AFTER;
use super::{LATEST, Reader};
use crate::document::{Evidence, Kind};
use crate::gazetteer::{EntityKey, NameClass, NameRule};

impl Reader<'_> {
    /// Links full names; among namesakes decide office, party and age.
    pub(super) fn settle_full_names(&mut self) {
        let mut of_laender = Vec::new();
        for draft in 0..self.drafts.len() {
            if !self.drafts[draft].is_open() {
                continue;
            }
            // A name that very many people have can ask for the authority that its bearer led.
            let full = |reading: &&Reading| {
                reading.kind == Kind::Politician
                    && reading.class != NameClass::Surname
                    && *self.rule(reading) == NameRule::None
            };
            if !self.readings(draft).iter().any(|reading| full(&reading)) {
                continue;
            }
            let before = self.word_before(self.drafts[draft].tokens.0);
            if before.len() > 4 && NAMED_AFTER.contains(&before) {
                self.drafts[draft].refused = true;
                continue;
            }
            // `Petra Merkel-Schmidt`: a double surname.
            if self.drafts[draft].joined_after && self.goes_on_with_a_surname(draft) {
                self.drafts[draft].refused = true;
                continue;
            }
            let readings: Vec<Reading> = self.readings(draft).iter().filter(full).copied().collect();
            if readings.iter().any(|reading| self.is_of_laender_only(reading)) {
                of_laender.push((draft, readings));
                continue;
            }
            match self.namesake(draft, &readings) {
                Some((reading, confidence, evidence)) => self.accept(draft, reading, confidence, vec![evidence]),
                None if readings.len() > 1 => self.accept_undecided(draft, 0.5, vec![]),
                None => self.drafts[draft].refused = true,
            }
        }
        self.settle_members_of_laender(of_laender);
    }

    /// Whether what the hyphen adds is a surname too.
    fn goes_on_with_a_surname(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let end = self.tokens[own.tokens.1].span.end as usize;
        let rest = self.text.get(own.span.end as usize..end).and_then(|rest| rest.strip_prefix('-'));
        rest.is_some_and(|rest| {
            let found = self.sources.lexicon.lookup(rest);
            found.iter().any(|found| self.sources.lexicon.name(found.name).class == NameClass::Surname)
        })
    }

    pub(super) fn namesake(&self, draft: usize, readings: &[Reading]) -> Option<(Reading, f32, Evidence)> {
        let gazetteer = self.sources.gazetteer;
        if let [reading] = *readings {
            // `Hans Müller aus Bad Tölz`: very many people bear such a name; one who sat in parliament long ago, and led
            // nothing, is not likely to be meant.
            let surname = crate::matching::surname(&gazetteer.entity(reading.entity).name).unwrap_or_default();
            if self.sources.knowledge.is_common_surname(surname)
                && !self.is_of_age(reading.entity, 22..85)
                && !self.sources.knowledge.ever_prominent(gazetteer, reading.entity)
                && self.party_behind(draft).is_none()
            {
                return None;
            }
            // `Stefan Müller [Freie Demokraten]`: of many who are called so, one of another party. A rare name stays with
            // who changed it.
            if self.sources.knowledge.is_common_surname(surname)
                && !gazetteer.entity(reading.entity).attributes.party.is_empty()
                && self.party_behind(draft).is_some_and(|party| !self.is_member_of(reading.entity, party))
                && !self.sources.knowledge.ever_prominent(gazetteer, reading.entity)
            {
                return None;
            }
            return Some((reading, 0.97, Evidence::UniqueName));
        }
        if let Some(party) = self.party_behind(draft)
            && let Some(reading) = only(readings.iter().filter(|reading| self.is_member_of(reading.entity, party)))
        {
            return Some((reading, 0.93, Evidence::PartyBehind));
        }
        if let Some(reading) = only(readings.iter().filter(|reading| self.is_in_office(reading.entity))) {
            return Some((reading, 0.9, Evidence::HolderOnDay));
        }
        if let Some(reading) = only(readings.iter().filter(|reading| self.sits(reading.entity))) {
            return Some((reading, 0.85, Evidence::HolderOnDay));
        }
        if self.day == LATEST {
            return None;
        }
        let of_age = |reading: &&Reading| self.is_of_age(reading.entity, 18..95);
        only(readings.iter().filter(of_age)).map(|reading| (reading, 0.75, Evidence::ValidOnDay))
    }

    /// Whether the person's age on the day is within a range; true where it is not known.
    pub(super) fn is_of_age(&self, person: EntityKey, ages: std::ops::Range<i16>) -> bool {
        if self.day == LATEST {
            return true;
        }
        let born = &self.sources.gazetteer.entity(person).attributes.born;
        let born = born.get(..4).and_then(|year| year.parse::<i16>().ok());
        born.is_none_or(|born| ages.contains(&(self.day.year() - born)))
    }

    /// Whether the person belongs to the party, or to one of the two that form a group.
    pub(super) fn is_member_of(&self, person: EntityKey, party: EntityKey) -> bool {
        let gazetteer = self.sources.gazetteer;
        let own = gazetteer.entity(person).attributes.party.as_ref();
        match gazetteer.entity(party).id.strip_prefix("party:") {
            Some("cdu-csu") => matches!(own, "cdu" | "csu"),
            party => party == Some(own),
        }
    }

    /// `Gerhard Schröder (SPD)`: the party that stands in brackets behind a name.
    pub(super) fn party_behind(&self, draft: usize) -> Option<EntityKey> {
        let next = draft + 1;
        if next >= self.drafts.len() || !matches!(self.between(draft, next).trim(), "(" | "[" | ",") {
            return None;
        }
        self.readings(next).iter().find(|reading| reading.kind == Kind::Party).map(|reading| reading.entity)
    }

    /// `Herr Curio von der AfD`, `Frau Mast aus der SPD-Fraktion`: the party that a preposition joins to a name.
    pub(super) fn party_joined_behind(&self, draft: usize) -> Option<EntityKey> {
        let next = draft + 1;
        let joined = next < self.drafts.len()
            && matches!(
                self.between(draft, next).trim(),
                "von der"
                    | "von den"
                    | "von"
                    | "vom"
                    | "aus der"
                    | "für die"
                    | "von der Fraktion"
                    | "von der Fraktion der"
            );
        let party = |reading: &&Reading| reading.kind == Kind::Party;
        joined.then(|| self.readings(next).iter().find(party).map(|reading| reading.entity)).flatten()
    }

    /// Whether the person is a member of the Bundestag on the day.
    pub(super) fn sits(&self, person: EntityKey) -> bool {
        self.sources.knowledge.sits(self.sources.gazetteer, person, self.day)
    }

    pub(super) fn is_in_office(&self, person: EntityKey) -> bool {
        self.sources.knowledge.is_in_office(self.sources.gazetteer, person, self.day)
    }

    /// `Michael Müller (SPD), Berlins früherer Regierender Bürgermeister`: of several who are called so, the one who held the
    /// office beside.
    pub(super) fn tell_namesakes_apart(&mut self, office: usize, holder: EntityKey) {
        const NEAR: usize = 3;
        for other in office.saturating_sub(NEAR)..self.drafts.len().min(office + 1 + NEAR) {
            let Some(decision) = &mut self.drafts[other].decision else { continue };
            if decision.kind == Kind::Politician && decision.entity.is_none() && decision.candidates.contains(&holder) {
                decision.entity = Some(holder);
                decision.confidence = 0.85;
                decision.evidence.push(Evidence::HolderOnDay);
                self.accepted.note(Kind::Politician, Some(holder));
            }
        }
    }
}
