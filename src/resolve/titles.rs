//! Titles without a portfolio: `Hessens Ministerin`, `Staatsminister (Hessen)` name an office of the Land beside them; who
//! holds it and which it is, says the person named with them or elsewhere in the document.

use super::Reader;
use super::address::is_degrees;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};
use crate::gazetteer::EntityKey;

/// Titles of members of a government, with the gender of who bears them.
const TITLES: &[(&str, &str)] = &[
    ("Minister", "m"),
    ("Ministers", "m"),
    ("Ministerin", "f"),
    ("Staatsminister", "m"),
    ("Staatsministers", "m"),
    ("Staatsministerin", "f"),
    ("Senator", "m"),
    ("Senators", "m"),
    ("Senatorin", "f"),
];

impl Reader<'_> {
    /// Adds mentions for titles beside a Land.
    pub(super) fn add_titles(&mut self) {
        let mut made = Vec::new();
        for land in 0..self.drafts.len() {
            if self.drafts[land].kind() != Some(Kind::Land) {
                continue;
            }
            let Some(entity) = self.drafts[land].entity() else { continue };
            let (first, last) = self.drafts[land].tokens;
            let via = self.drafts[land].decision.as_ref().map(|decision| decision.via);
            let genitive = self.drafts[land].span.of(self.text).ends_with(['s', '\'', '’']);
            // `Hessens Ministerin`, `die hessische Ministerin`, `Staatsminister (Hessen)`.
            let token = if genitive || via == Some(Via::Adjective) {
                last + 1
            } else if matches!(self.word_before(first), "(") && first >= 2 {
                first - 2
            } else {
                continue;
            };
            let Some((_, gender)) = TITLES.iter().find(|(title, _)| *title == self.word(token)) else { continue };
            let span = self.tokens[token].span;
            if self.drafts.iter().any(|draft| draft.span.overlaps(span) && draft.decision.is_some()) {
                continue;
            }
            made.push(Draft::made(Span::new(span.start, span.end), token, self.read_title(entity, token, gender)));
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    fn read_title(&self, land: EntityKey, token: usize, gender: &str) -> Decision {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let office_of = |person: EntityKey| {
            let mut offices = knowledge.offices(gazetteer, person).filter(|mandate| {
                mandate.period.contains(self.day) && knowledge.land_of(gazetteer, mandate.office) == Some(land)
            });
            let first = offices.next()?.office;
            offices.all(|mandate| mandate.office == first).then_some(first)
        };
        let span = self.tokens[token].span;
        let beside = self.drafts.iter().find(|draft| {
            let behind = draft.span.start >= span.end
                && is_degrees(self.text.get(span.end as usize..draft.span.start as usize).unwrap_or("\0"));
            let before = draft.span.end <= span.start
                && self.text.get(draft.span.end as usize..span.start as usize).is_some_and(|gap| gap.trim() == ",");
            draft.kind() == Some(Kind::Politician) && (behind || before)
        });
        let persons = beside.and_then(Draft::entity).map_or_else(
            || {
                // The only member of that government in the document whose gender fits.
                let fits = |person: &EntityKey| {
                    *gazetteer.entity(*person).attributes.gender == *gender && office_of(*person).is_some()
                };
                let mut persons: Vec<EntityKey> = self
                    .drafts
                    .iter()
                    .filter(|draft| draft.kind() == Some(Kind::Politician))
                    .filter_map(Draft::entity)
                    .filter(fits)
                    .collect();
                persons.sort_unstable();
                persons.dedup();
                persons
            },
            |person| vec![person],
        );
        let evidence = if beside.is_some() { Evidence::NamedHolder } else { Evidence::LandBeside };
        let mut decision = Decision::new(Kind::Office, None, Via::Role, 0.75, vec![evidence]);
        if let [person] = persons[..] {
            decision.entity = office_of(person);
            decision.holder = Some(person);
        }
        decision
    }
}
