//! Which entities stand together in a document, and in a sentence.

use std::collections::BTreeSet;

use polars::prelude::DataFrame;
use rustc_hash::FxHashMap;

use super::TableError;
use super::column::{Count, Day, Score, Text, table};
use super::entities::{Days, Entities};
use crate::date::Date;
use crate::document::Annotation;
use crate::gazetteer::{EntityKey, Gazetteer};

table! {
    /// One row per pair.
    Rows {
        entity_a: Text, entity_b: Text, documents: Count, sentences: Count, npmi: Score, first_date: Day,
        last_date: Day,
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    documents: u32,
    sentences: u32,
    days: Days,
}

#[derive(Default)]
pub(super) struct Cooccurrences {
    pairs: FxHashMap<(EntityKey, EntityKey), Tally>,
}

impl Cooccurrences {
    pub(super) fn push(&mut self, day: Option<Date>, annotation: &Annotation) {
        let places: BTreeSet<(u32, EntityKey)> =
            annotation.mentions.iter().filter_map(|mention| Some((mention.sentence, mention.entity?))).collect();
        let entities: Vec<EntityKey> =
            places.iter().map(|(_, key)| *key).collect::<BTreeSet<_>>().into_iter().collect();
        for pair in pairs(&entities) {
            let tally = self.pairs.entry(pair).or_default();
            tally.documents += 1;
            tally.days.see(day);
        }
        let places: Vec<(u32, EntityKey)> = places.into_iter().collect();
        for sentence in places.chunk_by(|a, b| a.0 == b.0) {
            let entities: Vec<EntityKey> = sentence.iter().map(|(_, key)| *key).collect();
            for pair in pairs(&entities) {
                self.pairs.entry(pair).or_default().sentences += 1;
            }
        }
    }

    pub(super) fn frame(
        &self,
        gazetteer: &Gazetteer,
        entities: &Entities,
        documents: u32,
    ) -> Result<DataFrame, TableError> {
        let id = |key: EntityKey| gazetteer.entity(key).id.as_ref();
        let mut pairs: Vec<((&str, &str), f64, Tally)> = self
            .pairs
            .iter()
            .map(|(&(a, b), tally)| {
                let npmi = npmi(tally.documents, entities.documents_of(a), entities.documents_of(b), documents);
                let (first, second) = if id(a) <= id(b) { (id(a), id(b)) } else { (id(b), id(a)) };
                ((first, second), npmi, *tally)
            })
            .collect();
        pairs.sort_by(|(a, _, x), (b, _, y)| {
            y.documents.cmp(&x.documents).then_with(|| y.sentences.cmp(&x.sentences)).then_with(|| a.cmp(b))
        });
        let mut rows = Rows::default();
        for ((a, b), npmi, tally) in pairs {
            rows.entity_a.push(a);
            rows.entity_b.push(b);
            rows.documents.push(tally.documents);
            rows.sentences.push(tally.sentences);
            rows.npmi.push(npmi);
            rows.first_date.push(tally.days.first);
            rows.last_date.push(tally.days.last);
        }
        rows.take()
    }
}

fn pairs(entities: &[EntityKey]) -> impl Iterator<Item = (EntityKey, EntityKey)> {
    entities.iter().enumerate().flat_map(|(index, a)| entities[index + 1..].iter().map(|b| (*a, *b)))
}

/// Normalised pointwise mutual information over documents (Bouma 2009): 1 where the two stand only together, 0 where
/// they meet as often as chance has it, towards -1 where they avoid each other. 0 where both stand in every document:
/// nothing can be learnt from that.
fn npmi(both: u32, a: u32, b: u32, documents: u32) -> f64 {
    if both == documents {
        return 0.0;
    }
    let share = |count: u32| f64::from(count) / f64::from(documents);
    (share(both) / (share(a) * share(b))).ln() / -share(both).ln()
}

#[cfg(test)]
mod tests {
    use super::npmi;

    #[test]
    fn together_by_chance_never() {
        assert!((npmi(5, 5, 5, 100) - 1.0).abs() < 1e-12);
        assert!(npmi(25, 50, 50, 100).abs() < 1e-12);
        assert!(npmi(1, 50, 50, 100) < -0.5);
        assert!(npmi(7, 7, 7, 7).abs() < 1e-12);
    }
}
