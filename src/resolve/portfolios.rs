//! Offices and ministries that stand without a Land or a name, in a text that has said whose they are.

use super::Reader;
use super::draft::Reading;
use crate::document::{Evidence, Kind};
use crate::gazetteer::EntityKey;

/// So many sentences behind `Innenminister Herbert Reul` `der Innenminister` is he, whatever else the text is about.
const NEAR: usize = 2;

impl Reader<'_> {
    /// `Innenminister Herbert Reul … der Innenminister … das Innenministerium`: what the press of a Land calls so is its
    /// own. The government named last before counts, or behind where none is named before; in a text on the Federation
    /// only one that was named just now.
    pub(super) fn of_government_named(&self, draft: usize, readings: &[Reading]) -> Option<Reading> {
        let named: Vec<(usize, Reading)> = (0..self.drafts.len())
            .filter(|&other| other != draft)
            .filter_map(|other| Some((other, self.told_by(other, readings)?)))
            .collect();
        let behind = named.partition_point(|(other, _)| *other < draft);
        let (other, reading) = *named[..behind].last().or(named.first())?;
        let sentence = |draft: usize| self.sentence_of(self.drafts[draft].span.start);
        let near = other < draft && sentence(draft) - sentence(other) <= NEAR;
        let alone = named.iter().all(|(_, other)| self.portfolio(other.entity) == self.portfolio(reading.entity));
        (!self.is_federal(&reading)
            && (near || (alone && !self.is_on_the_federation()))
            && self.may_be_called(draft, reading.entity))
        .then_some(reading)
    }

    /// The reading whose government a mention tells: an office or ministry of it, or by name who holds the office on the day
    /// (`Joachim Herrmann … der Innenminister`).
    fn told_by(&self, other: usize, readings: &[Reading]) -> Option<Reading> {
        let decision = self.drafts[other].decision.as_ref()?;
        if decision.kind != Kind::Politician {
            return self.same_portfolio(readings, self.office_told(other)?);
        }
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let mandates = knowledge.offices(gazetteer, decision.entity?);
        mandates
            .filter(|mandate| mandate.period.contains(self.day))
            .find_map(|mandate| self.same_portfolio(readings, mandate.office))
    }

    /// The office or ministry of a draft whose text tells the government: by the Land or the holder beside it, or because
    /// only one government has it (`Bundesinnenminister`).
    fn office_told(&self, draft: usize) -> Option<EntityKey> {
        let decision = self.drafts[draft].decision.as_ref()?;
        let entity = decision.entity.filter(|_| matches!(decision.kind, Kind::Office | Kind::Ministry))?;
        let told = decision.evidence.iter().any(|it| matches!(it, Evidence::NamedHolder | Evidence::LandBeside));
        (told || self.readings(draft).iter().all(|reading| reading.entity == entity)).then_some(entity)
    }

    /// The reading that is of the same government and portfolio: `office:nw/inneres` and `ministry:nw/inneres`.
    fn same_portfolio(&self, readings: &[Reading], entity: EntityKey) -> Option<Reading> {
        let portfolio = self.portfolio(entity);
        let of_portfolio = readings.iter().filter(|reading| self.portfolio(reading.entity) == portfolio);
        of_portfolio.min_by_key(|reading| reading.time).copied()
    }

    fn portfolio(&self, entity: EntityKey) -> &str {
        let id = self.sources.gazetteer.entity(entity).id.as_ref();
        id.split_once(':').map_or(id, |(_, portfolio)| portfolio)
    }

    /// Whether the text names the Bundestag or the Federal Government.
    fn is_on_the_federation(&self) -> bool {
        let gazetteer = self.sources.gazetteer;
        ["parliament:bundestag", "body:bundesregierung"]
            .iter()
            .any(|id| gazetteer.get(id).is_some_and(|entity| self.accepted.has(entity)))
    }

    /// Whether the form fits the holder of the day: `die Innenministerin` is no man, and where a woman holds the office it
    /// is what she is called.
    fn may_be_called(&self, draft: usize, office: EntityKey) -> bool {
        let gazetteer = self.sources.gazetteer;
        let word = self.drafts[draft].span.of(self.text).split_whitespace().next().unwrap_or("");
        let feminine = word.ends_with("in");
        gazetteer.holder(office, self.day).is_none_or(|holder| {
            match gazetteer.entity(holder).attributes.gender.as_ref() {
                "f" => feminine,
                "m" => !feminine,
                _ => true,
            }
        })
    }
}
