//! The entities of a run, counted over all its documents.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::column::{Count, Day, Text, table};
use super::{Place, TableError};
use crate::date::Date;
use crate::gazetteer::{Entity, EntityKey, Gazetteer, Name, NameClass};

table! {
    /// One row per entity.
    Rows {
        entity: Text, kind: Text, name: Text, abbreviation: Text, wikidata: Text, ags: Text, iso: Text, party: Text,
        land: Text, parent: Text, valid_from: Day, valid_to: Day, mentions: Count, documents: Count, first_date: Day,
        last_date: Day,
    }
}

/// How often, and from when to when.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) mentions: u32,
    pub(super) documents: u32,
    pub(super) days: Days,
}

/// The first and the last day on which something was seen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Days {
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
}

impl Days {
    pub(super) fn see(&mut self, day: Option<Date>) {
        if let Some(day) = day {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
        }
    }
}

#[derive(Default)]
pub(super) struct Entities {
    tallies: BTreeMap<EntityKey, Tally>,
    documents: u32,
    /// Entities of the document at hand.
    seen: Vec<EntityKey>,
}

impl Entities {
    pub(super) fn push(&mut self, day: Option<Date>, places: &[Place]) {
        self.documents += 1;
        self.seen.clear();
        for place in places {
            if let Some(key) = place.entity {
                self.tallies.entry(key).or_default().mentions += 1;
                self.seen.push(key);
            }
            // So that every id of the mentions has its row.
            if let Some(holder) = place.holder {
                self.tallies.entry(holder).or_default();
            }
        }
        self.seen.sort_unstable();
        self.seen.dedup();
        for key in &self.seen {
            let tally = self.tallies.entry(*key).or_default();
            tally.documents += 1;
            tally.days.see(day);
        }
    }

    pub(super) fn documents_seen(&self) -> u32 {
        self.documents
    }

    pub(super) fn documents_of(&self, key: EntityKey) -> u32 {
        self.tallies.get(&key).map_or(0, |tally| tally.documents)
    }

    pub(super) fn frame(&self, gazetteer: &Gazetteer) -> Result<DataFrame, TableError> {
        let mut tallies: Vec<(&Entity, EntityKey, Tally)> =
            self.tallies.iter().map(|(key, tally)| (gazetteer.entity(*key), *key, *tally)).collect();
        tallies.sort_by(|(a, _, x), (b, _, y)| y.mentions.cmp(&x.mentions).then_with(|| a.id.cmp(&b.id)));
        let mut rows = Rows::default();
        for (entity, key, tally) in tallies {
            let known = &entity.attributes;
            rows.entity.push(entity.id.as_ref());
            rows.kind.push(entity.kind.as_str());
            rows.name.push(entity.name.as_ref());
            rows.abbreviation.push(abbreviation(entity));
            rows.wikidata.push_known(&known.wikidata);
            rows.ags.push_known(&known.ags);
            rows.iso.push_known(&known.iso);
            rows.party.push_known(&known.party);
            rows.land.push_known(gazetteer.land_code(key));
            rows.parent.push_known(&known.parent);
            rows.valid_from.push(known.valid.from);
            rows.valid_to.push(known.valid.to);
            rows.mentions.push(tally.mentions);
            rows.documents.push(tally.documents);
            rows.first_date.push(tally.days.first);
            rows.last_date.push(tally.days.last);
        }
        rows.take()
    }
}

/// The abbreviation in use last. Of several, the official one: the code of a Land (`NI`, not `NDS`), and the spelling with
/// small letters and without a hyphen, since capitals alone are how it is typed in a hurry (`BMVg`, not `BMVG`).
fn abbreviation(entity: &Entity) -> Option<&str> {
    let code = entity.attributes.iso.rsplit('-').next();
    let rank = |name: &Name| {
        let text = name.text.as_ref();
        let last = name.valid.to.map_or((1, None), |day| (0, Some(day)));
        (last, code == Some(text), text.contains(char::is_lowercase), !text.contains('-'))
    };
    let abbreviations = entity.names.iter().filter(|name| name.class == NameClass::Abbreviation);
    // Of those of one rank the first: `max_by_key` would take the last.
    abbreviations.rev().max_by_key(|name| rank(name)).map(|name| name.text.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_abbreviation_is_shown() {
        let gazetteer = Gazetteer::embedded();
        let shown = |id: &str| abbreviation(gazetteer.entity(gazetteer.get(id).unwrap()));
        for (id, expected) in [
            ("ministry:bund/verteidigung", "BMVg"),
            ("ministry:bund/kanzleramt", "BKAmt"),
            ("ministry:bund/digitales", "BMDS"),
            // The one of today, not one of the earlier ministries.
            ("ministry:bund/wirtschaft", "BMWE"),
            ("land:ni", "NI"),
            ("land:st", "ST"),
            ("land:mv", "MV"),
        ] {
            assert_eq!(shown(id), Some(expected), "{id}");
        }
    }
}
