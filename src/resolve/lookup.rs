//! What a name by itself can mean.

use super::{LATEST, Sources};
use crate::date::Date;
use crate::document::{Kind, Via};
use crate::gazetteer::NameClass;
use crate::pipeline::NameReading;

/// The readings of a name on a day, best first; see [`crate::Pipeline::lookup`].
pub(crate) fn readings_of(sources: Sources<'_>, name: &str, day: Option<Date>) -> Vec<NameReading> {
    let on = day.unwrap_or(LATEST);
    let mut ranked: Vec<(u8, NameReading)> = Vec::new();
    for found in sources.lexicon.lookup(name) {
        let entry = sources.lexicon.name(found.name);
        let Some(entity) = entry.entity else { continue };
        let facts = sources.gazetteer.entity(entity);
        let valid = entry.valid.contains(on);
        let via = match (facts.kind, entry.class) {
            (Kind::Office, _) => Via::Role,
            (_, NameClass::Surname) => Via::Surname,
            (_, NameClass::Adjective) => Via::Adjective,
            (Kind::Party, _) => Via::Name,
            (_, NameClass::Abbreviation) => Via::Abbreviation,
            _ if found.inflected => Via::Inflected,
            _ => Via::Name,
        };
        let holder = (facts.kind == Kind::Office).then(|| sources.gazetteer.holder(entity, on)).flatten();
        // Valid names first, those of the Federation before those of a Land, full names before surnames.
        let regional = !facts.attributes.land.is_empty() && facts.kind != Kind::Land;
        let surname = entry.class == NameClass::Surname;
        let rank = u8::from(!valid) * 8 + u8::from(surname) * 4 + u8::from(regional) * 2 + u8::from(found.inflected);
        let (period, rule) = (entry.valid, entry.rule.clone());
        let reading = NameReading { entity, kind: facts.kind, via, valid, period, rule, holder };
        match ranked.iter_mut().find(|(_, known)| known.entity == entity) {
            Some(known) if rank < known.0 => *known = (rank, reading),
            Some(_) => {}
            None => ranked.push((rank, reading)),
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, reading)| reading).collect()
}
