//! Persons in indexes, surname first: `Köktürk, Cansin (Die Linke)`, `Notz, Konstantin von, Dr. (BÜNDNIS 90/DIE GRÜNEN)`.

use super::Reader;
use super::address::DEGREES;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};
use crate::gazetteer::{EntityKey, NameClass};

/// Particles of nobility, which an index puts behind the first name.
const PARTICLES: &[&str] = &["von", "van", "de", "der", "den", "zu", "Graf", "Freiherr"];

/// The tokens of an entry: surname, first and last token behind the comma.
struct Entry {
    surname: usize,
    given: (usize, usize),
}

impl Reader<'_> {
    /// Reads the entries before the parties in brackets; a name that no gazetteer holds stays without entity.
    pub(super) fn settle_indexes(&mut self) {
        let mut made = Vec::new();
        for draft in 0..self.drafts.len() {
            let Some(party) = self.readings(draft).iter().find(|reading| reading.kind == Kind::Party) else { continue };
            let party = party.entity;
            let open = self.drafts[draft].tokens.0.checked_sub(1).filter(|&open| matches!(self.word(open), "(" | "["));
            let Some(entry) = open.and_then(|open| self.entry_before(open)) else { continue };
            let span = Span::new(self.tokens[entry.surname].span.start, self.tokens[entry.given.1].span.end);
            let person = self.person_of(&entry, party);
            let confidence = if person.is_some() { 0.95 } else { 0.6 };
            let mut decision =
                Decision::new(Kind::Politician, person, Via::Name, confidence, vec![Evidence::PartyBehind]);
            if person.is_none() {
                decision.evidence.push(Evidence::Form);
            }
            let mut entry_draft = Draft::made(span, entry.surname, decision);
            entry_draft.tokens.1 = entry.given.1;
            made.push(entry_draft);
        }
        if made.is_empty() {
            return;
        }
        for entry in &made {
            for other in self.drafts.iter_mut().filter(|other| other.span.overlaps(entry.span)) {
                other.decision = None;
                other.refused = true;
            }
            self.accepted.note(Kind::Politician, entry.entity());
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// `Surname, First names[, Dr.]` before a bracket.
    fn entry_before(&self, open: usize) -> Option<Entry> {
        let mut last = open.checked_sub(1)?;
        while DEGREES.contains(&self.word(last)) {
            last = last.checked_sub(1)?;
        }
        if last + 1 < open && self.word(last) == "," {
            last = last.checked_sub(1)?;
        }
        let comma = (last.saturating_sub(4)..last).rev().find(|&at| self.word(at) == ",")?;
        let given = (comma + 1, last);
        let is_given = |at: usize| {
            let word = self.word(at);
            self.sources.knowledge.is_first_name(word)
                || PARTICLES.contains(&word)
                // `Protschka, Alexander J. (AfD)`
                || (word.len() <= 3 && word.ends_with('.') && word.starts_with(char::is_uppercase))
        };
        // `Rehlinger, Mario Voigt (CDU)` is a list of full names.
        if !self.sources.knowledge.is_first_name(self.word(given.0)) || !(given.0..=given.1).all(is_given) {
            return None;
        }
        let surname = comma.checked_sub(1).filter(|&at| self.word(at).starts_with(char::is_uppercase))?;
        // `Anna Müller, Thomas (SPD)`: a full name before the comma is a person of its own.
        let covered = |draft: &Draft| draft.decision.is_some() && draft.tokens.0 < surname && draft.tokens.1 >= surname;
        let apart =
            self.text[self.tokens[surname].span.start as usize..self.tokens[last].span.end as usize].contains("\n\n");
        (!apart && !self.drafts.iter().any(covered)).then_some(Entry { surname, given })
    }

    /// Who bears the name, the given names put first again.
    fn person_of(&self, entry: &Entry, party: EntityKey) -> Option<EntityKey> {
        let surname = self.word(entry.surname);
        let given = self.tokens[entry.given.0].span.start..self.tokens[entry.given.1].span.end;
        let given = &self.text[given.start as usize..given.end as usize];
        let first = self.word(entry.given.0);
        let named = |name: &str| -> Vec<EntityKey> {
            let found = self.sources.lexicon.lookup(name);
            let names = found.iter().map(|found| self.sources.lexicon.name(found.name));
            let persons = names.filter(|name| name.kind == Some(Kind::Politician) && name.class != NameClass::Surname);
            persons.filter_map(|name| name.entity).collect()
        };
        let mut persons = named(&format!("{given} {surname}"));
        if persons.is_empty() && first != given {
            persons = named(&format!("{first} {surname}"));
        }
        let mut members = persons.iter().filter(|&&person| self.is_member_of(person, party));
        match (members.next(), members.next()) {
            (Some(&person), None) => Some(person),
            (None, None) if persons.len() == 1 => persons.first().copied(),
            _ => {
                let mut sitting = persons.iter().filter(|&&person| self.sits(person));
                sitting.next().copied().filter(|_| sitting.next().is_none())
            }
        }
    }
}
