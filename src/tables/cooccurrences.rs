//! Which entities stand together in a document, and in a sentence.

use polars::prelude::DataFrame;
use rustc_hash::FxHashMap;

use super::column::{Count, Day, Score, Text, table};
use super::entities::{Days, Entities};
use super::{Place, TableError};
use crate::date::Date;
use crate::gazetteer::{EntityKey, Gazetteer};

table! {
    /// One row per pair.
    Rows {
        entity_a: Text, entity_b: Text, documents: Count, sentences: Count, npmi: Score, first_date: Day,
        last_date: Day,
    }
}

/// Entities of one document that are paired, in the order of its sentences: a register of thousands of names says
/// nothing about any two of them, and pairs grow with the square.
const MOST_ENTITIES: usize = 1000;

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    documents: u32,
    sentences: u32,
    days: Days,
}

#[derive(Default)]
pub(super) struct Cooccurrences {
    /// By the keys of two entities, the smaller first: a map for each, so that the pairs of one entity, which a document
    /// counts one after the other, lie together in memory.
    pairs: FxHashMap<EntityKey, FxHashMap<EntityKey, Tally>>,
    /// Sentence and entity of each mention of the document at hand.
    places: Vec<(u32, EntityKey)>,
}

impl Cooccurrences {
    pub(super) fn push(&mut self, day: Option<Date>, places: &[Place]) {
        self.places.clear();
        self.places.extend(places.iter().filter_map(|place| Some((place.sentence, place.entity?))));
        self.places.sort_unstable();
        self.places.dedup();
        self.places.truncate(MOST_ENTITIES);
        for sentence in self.places.chunk_by(|a, b| a.0 == b.0) {
            for (number, (_, a)) in sentence.iter().enumerate() {
                let pairs = self.pairs.entry(*a).or_default();
                for (_, b) in &sentence[number + 1..] {
                    pairs.entry(*b).or_default().sentences += 1;
                }
            }
        }
        self.places.iter_mut().for_each(|place| place.0 = 0);
        self.places.sort_unstable();
        self.places.dedup();
        for (number, (_, a)) in self.places.iter().enumerate() {
            let pairs = self.pairs.entry(*a).or_default();
            for (_, b) in &self.places[number + 1..] {
                let tally = pairs.entry(*b).or_default();
                tally.documents += 1;
                tally.days.see(day);
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
            .flat_map(|(&a, pairs)| pairs.iter().map(move |(&b, tally)| (a, b, tally)))
            .map(|(a, b, tally)| {
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
