//! Entities and topics by month.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::DataFrame;

use super::column::{Count, Day, Score, Text, table};
use super::{Place, TableError};
use crate::date::Date;
use crate::gazetteer::{EntityKey, Gazetteer};

table! {
    /// One row per entity or topic and month.
    Rows {
        what: Text, id: Text, name: Text, kind: Text, month: Day, mentions: Count, documents: Count, share: Score,
    }
}

/// The first day of a month; `None` holds the documents without date.
type Month = Option<Date>;

#[derive(Default)]
pub(super) struct Counts {
    documents: BTreeMap<Month, u32>,
    /// Mentions and documents.
    entities: BTreeMap<(EntityKey, Month), (u32, u32)>,
    /// Label and documents.
    topics: BTreeMap<(Arc<str>, Month), (Arc<str>, u32)>,
    /// Entities of the document at hand.
    seen: Vec<EntityKey>,
}

impl Counts {
    /// Counts a document with these mentions and topics, each with its label.
    pub(super) fn push(&mut self, day: Option<Date>, places: &[Place], topics: &[(Arc<str>, Arc<str>)]) {
        let month = day.map(Date::first_of_month);
        *self.documents.entry(month).or_default() += 1;
        self.seen.clear();
        self.seen.extend(places.iter().filter_map(|place| place.entity));
        self.seen.sort_unstable();
        for same in self.seen.chunk_by(PartialEq::eq) {
            let (mentions, documents) = self.entities.entry((same[0], month)).or_default();
            *mentions += same.len() as u32;
            *documents += 1;
        }
        for (topic, label) in topics {
            self.topics.entry((topic.clone(), month)).or_insert_with(|| (label.clone(), 0)).1 += 1;
        }
    }

    /// Entities by id, then topics by id, each by month; documents without date come first.
    pub(super) fn frame(&self, gazetteer: &Gazetteer) -> Result<DataFrame, TableError> {
        let mut rows = Rows::default();
        let share = |documents: u32, month| f64::from(documents) / f64::from(self.documents[month]);
        let mut entities: Vec<_> =
            self.entities.iter().map(|((key, month), counts)| (gazetteer.entity(*key), month, *counts)).collect();
        entities.sort_by(|(a, x, _), (b, y, _)| a.id.cmp(&b.id).then_with(|| x.cmp(y)));
        for (entity, month, (mentions, documents)) in entities {
            rows.what.push("entity");
            rows.id.push(entity.id.as_ref());
            rows.name.push(entity.name.as_ref());
            rows.kind.push(entity.kind.as_str());
            rows.month.push(*month);
            rows.mentions.push(mentions);
            rows.documents.push(documents);
            rows.share.push(share(documents, month));
        }
        for ((topic, month), (label, documents)) in &self.topics {
            rows.what.push("topic");
            rows.id.push(&**topic);
            rows.name.push(&**label);
            rows.kind.push(None);
            rows.month.push(*month);
            rows.mentions.push(None);
            rows.documents.push(*documents);
            rows.share.push(share(*documents, month));
        }
        rows.take()
    }
}
