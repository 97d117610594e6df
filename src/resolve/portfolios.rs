//! Offices and ministries that stand without a Land or a name, in a text that has said whose they are.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Reader;
use super::draft::Reading;
use super::offices::Choice;
use crate::document::{Evidence, Kind};
use crate::gazetteer::EntityKey;

/// So many sentences behind `Innenminister Herbert Reul` `der Innenminister` is he, whatever else the text is about.
const NEAR: usize = 2;

/// Portfolios of governments (`nw/inneres`), and the drafts that tell them, in their order.
pub(super) type Told<'a> = FxHashMap<&'a str, Vec<usize>>;

impl<'a> Reader<'a> {
    /// The portfolios that the text tells: by an office or ministry with its Land or holder beside it, by one that a single
    /// government has (`Bundesinnenminister`), or by the name of who holds the office on the day.
    pub(super) fn portfolios_told(&self) -> Told<'a> {
        let mut told = Told::default();
        let mut note = |entity: EntityKey, draft: usize| told.entry(self.portfolio(entity)).or_default().push(draft);
        for draft in 0..self.drafts.len() {
            if let Some(person) = self.politician_at(draft) {
                let mandates = self.sources.knowledge.offices(self.sources.gazetteer, person);
                mandates.filter(|it| it.period.contains(self.day)).for_each(|it| note(it.office, draft));
            } else if let Some(entity) = self.office_told(draft) {
                note(entity, draft);
            }
        }
        told
    }

    /// `Innenminister Herbert Reul … der Innenminister … das Innenministerium`: what the press of a Land calls so is its
    /// own. The government named last before counts, or behind where none is named before; in a text on the Federation
    /// only one that was named just now.
    pub(super) fn of_government_named(&self, draft: usize, readings: &[Reading]) -> Option<Reading> {
        let named = || readings.iter().filter_map(|it| Some((it, self.told.get(self.portfolio(it.entity))?)));
        let before = named().filter_map(|(reading, places)| {
            let last = places[..places.partition_point(|&place| place < draft)].last()?;
            Some((*last, reading))
        });
        let behind = named().filter_map(|(reading, places)| {
            let first = places[places.partition_point(|&place| place <= draft)..].first()?;
            Some((*first, reading))
        });
        let (other, reading) = before
            .min_by_key(|(place, reading)| (Reverse(*place), reading.time))
            .or_else(|| behind.min_by_key(|(place, reading)| (*place, reading.time)))?;
        let sentence = |draft: usize| self.sentence_of(self.drafts[draft].span.start);
        let near = other < draft && sentence(draft) - sentence(other) <= NEAR;
        let alone = named().all(|(other, _)| self.portfolio(other.entity) == self.portfolio(reading.entity));
        (!self.is_federal(reading)
            && (near || (alone && !self.is_on_the_federation()))
            && self.may_be_called(draft, reading.entity))
        .then_some(*reading)
    }

    /// The Land on whose government the text is: it tells two members or houses of one government at least, and of no
    /// other. What such a text calls `das Finanzministerium` is that of the Land.
    pub(super) fn land_of_cabinet(&self) -> Option<EntityKey> {
        let gazetteer = self.sources.gazetteer;
        let government =
            |portfolio: &'a str| Some(portfolio.split_once('/')?.0).filter(|it| it.len() == 2 || *it == "bund");
        let told = || self.told.iter().filter_map(|(portfolio, places)| Some((government(portfolio)?, places)));
        let (first, places) = told().next()?;
        // Whoever holds two offices is one.
        let several = told().any(|(_, others)| others.first() != places.first());
        let alone = told().all(|(other, _)| other == first);
        let land = gazetteer.get(&format!("land:{first}"))?;
        (alone && several && !self.is_on_the_federation()).then_some(land)
    }

    /// The reading that is the office of the person named beside, made of another one where the list does not say it.
    pub(super) fn of_own_office(&self, draft: usize, readings: &[Reading]) -> Option<Choice> {
        let (office, person) = self.own_office(draft)?;
        let house = readings.iter().any(|reading| reading.kind != Kind::Office);
        if house || self.sources.gazetteer.entity(office).attributes.land.is_empty() {
            return None;
        }
        let known = readings.iter().find(|reading| reading.entity == office).copied();
        let reading = known.or_else(|| readings.first().map(|reading| Reading { entity: office, ..*reading }))?;
        Some(Choice { reading, confidence: 0.9, evidence: Evidence::NamedHolder, holder: Some(person), modifier: None })
    }

    fn politician_at(&self, draft: usize) -> Option<EntityKey> {
        let draft = &self.drafts[draft];
        draft.entity().filter(|_| draft.kind() == Some(Kind::Politician))
    }

    fn office_told(&self, draft: usize) -> Option<EntityKey> {
        let first = self.readings(draft).first().map(|reading| reading.entity);
        let only = first.filter(|first| self.readings(draft).iter().all(|reading| reading.entity == *first));
        let is_told = |it: &Evidence| matches!(it, Evidence::NamedHolder | Evidence::LandBeside);
        let entity = match &self.drafts[draft].decision {
            Some(decision) if decision.evidence.iter().any(is_told) => decision.entity,
            Some(decision) => only.filter(|only| decision.entity == Some(*only)),
            // `Minister für Kultur` in a text on Thüringen is not the one of Sachsen-Anhalt, and tells nothing of it.
            None => only.filter(|only| self.drafts[draft].is_open() && !self.is_of_another_land(*only)),
        }?;
        matches!(self.sources.gazetteer.entity(entity).kind, Kind::Office | Kind::Ministry).then_some(entity)
    }

    /// Whether an office or ministry is that of a Land, while the text is on another one.
    fn is_of_another_land(&self, entity: EntityKey) -> bool {
        let own = self.sources.knowledge.land_of(self.sources.gazetteer, entity);
        own.is_some() && self.only_land().or_else(|| self.land_of_landtag()).is_some_and(|land| own != Some(land))
    }

    fn portfolio(&self, entity: EntityKey) -> &'a str {
        let id = self.sources.gazetteer.entity(entity).id.as_ref();
        id.split_once(':').map_or(id, |(_, portfolio)| portfolio)
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
