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
            let (first, person) = self.person_of(&entry, party);
            // `der Ministerpräsident, Daniel Günther (CDU)`: a full name, and what stands before the comma is no surname.
            if person.is_none() && self.is_known_by(entry.given) {
                continue;
            }
            let span = Span::new(self.tokens[first].span.start, self.tokens[entry.given.1].span.end);
            let confidence = if person.is_some() { 0.95 } else { 0.6 };
            let mut decision =
                Decision::new(Kind::Politician, person, Via::Name, confidence, vec![Evidence::PartyBehind]);
            if person.is_none() {
                decision.evidence.push(Evidence::Form);
            }
            let mut entry_draft = Draft::made(span, first, decision);
            entry_draft.tokens.1 = entry.given.1;
            made.push(entry_draft);
        }
        if made.is_empty() {
            return;
        }
        for entry in &made {
            let over = self.drafts_over(entry.span);
            for other in self.drafts[over].iter_mut().filter(|other| other.span.overlaps(entry.span)) {
                other.decision = None;
                other.refused = true;
            }
            self.accepted.note(Kind::Politician, entry.entity());
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// Whether the given names are the full name of somebody whom the gazetteers know.
    fn is_known_by(&self, given: (usize, usize)) -> bool {
        let person = |draft: &Draft| draft.tokens == given && draft.kind() == Some(Kind::Politician);
        let over = self.drafts_over(self.tokens[given.0].span);
        self.drafts[over].iter().any(person)
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
                || (word.len() == 1 && word.starts_with(char::is_uppercase) && self.word(at + 1) == ".")
                || (word == "." && self.word_before(at).len() == 1)
        };
        // `Neuhäuser, Charlotte Antonia (Die Linke)`: with the first of the given names the person is known.
        let known = || {
            let name = format!("{} {}", self.word(given.0), comma.checked_sub(1).map_or("", |at| self.word(at)));
            given.1 == given.0 + 1 && !self.persons_named(&name).is_empty()
        };
        // `Rehlinger, Mario Voigt (CDU)` is a list of full names.
        if !self.sources.knowledge.is_first_name(self.word(given.0)) || !((given.0..=given.1).all(is_given) || known())
        {
            return None;
        }
        let surname = comma.checked_sub(1).filter(|&at| self.word(at).starts_with(char::is_uppercase))?;
        // `Anna Müller, Thomas (SPD)`: a full name before the comma is a person of its own.
        let covered = |draft: &Draft| draft.decision.is_some() && draft.tokens.0 < surname && draft.tokens.1 >= surname;
        let apart =
            self.text[self.tokens[surname].span.start as usize..self.tokens[last].span.end as usize].contains("\n\n");
        let over = self.drafts_over(self.tokens[surname].span);
        (!apart && !self.drafts[over].iter().any(covered)).then_some(Entry { surname, given })
    }

    /// Who bears the name, the given names put first again; with the first token of the surname, which can have several
    /// words: `Taher Saleh, Kassem`.
    fn person_of(&self, entry: &Entry, party: EntityKey) -> (usize, Option<EntityKey>) {
        let text = |first: usize, last: usize| {
            &self.text[self.tokens[first].span.start as usize..self.tokens[last].span.end as usize]
        };
        let (given, first) = (text(entry.given.0, entry.given.1), self.word(entry.given.0));
        for more in (0..=2).rev() {
            let Some(start) = entry.surname.checked_sub(more) else { continue };
            let surname = text(start, entry.surname);
            // `63 Storch`, the number of a question before the name.
            if more > 0 && !surname.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-') {
                continue;
            }
            let mut persons = self.persons_named(&format!("{given} {surname}"));
            if persons.is_empty() && first != given {
                persons = self.persons_named(&format!("{first} {surname}"));
            }
            if !persons.is_empty() {
                return (start, self.of_party(&persons, party));
            }
        }
        (entry.surname, None)
    }

    /// The persons who bear a full name.
    fn persons_named(&self, name: &str) -> Vec<EntityKey> {
        let found = self.sources.lexicon.lookup(name);
        let names = found.iter().map(|found| self.sources.lexicon.name(found.name));
        let persons = names.filter(|name| name.kind == Some(Kind::Politician) && name.class != NameClass::Surname);
        let mut persons: Vec<EntityKey> = persons.filter_map(|name| name.entity).collect();
        persons.sort_unstable();
        persons.dedup();
        persons
    }

    /// The one of them that is of the party, the only one, or the only one that sits.
    fn of_party(&self, persons: &[EntityKey], party: EntityKey) -> Option<EntityKey> {
        let of_party = |person: &&EntityKey| self.is_member_of(**person, party);
        // Members of a Landtag give way to a namesake whom the whole Federation knows.
        let known = |person: &&EntityKey| !self.sources.knowledge.is_of_laender_only(**person);
        let several = persons.iter().filter(of_party).nth(1).is_some();
        let mut members = persons.iter().filter(|person| of_party(person) && (!several || known(person)));
        match (members.next(), members.next()) {
            (Some(&person), None) => Some(person),
            (None, None) if persons.len() == 1 => persons.first().copied().filter(|person| known(&person)),
            _ => {
                let mut sitting = persons.iter().filter(|&&person| self.sits(person));
                sitting.next().copied().filter(|_| sitting.next().is_none())
            }
        }
    }
}
