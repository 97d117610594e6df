//! Annotations become data frames with fixed schemas.
//!
//! | table | one row per | columns |
//! |---|---|---|
//! | `documents` | document | `doc_id`, source, item, title, kicker, date, `date_source`, language, chars, tokens, sentences, mentions, topic, `as_of`, `as_of_source`, `duplicate_of` |
//! | `mentions` | mention | `doc_id`, mention, start, end (code points), `start_byte`, `end_byte`, sentence, surface, kind, entity, name, via, holder, modifier, land, region, confidence, context (the sentence), candidates, evidence |
//! | `entities` | entity that is mentioned, or holds an office that is | entity, kind, name, abbreviation, wikidata, ags, iso, party, land, parent, `valid_from`, `valid_to`, mentions, documents, `first_date`, `last_date` |
//! | `topics` | document and topic | `doc_id`, topic, label, score, rank (from 1), terms |
//! | `cooccurrences` | pair of entities in one document | `entity_a`, `entity_b`, documents, sentences, npmi, `first_date`, `last_date` |
//! | `counts` | entity or topic, and month | what (entity, topic), id, name, kind, month (its first day; null: no date), mentions, documents, share (of the documents of the month) |
//! | `errors` | thing that went wrong | source, item, stage, message |
//!
//! Where a cell holds several values they are separated by `|`.

mod column;
mod cooccurrences;
mod counts;
mod entities;
mod rows;
mod tabulate;

use std::sync::Arc;

use polars::prelude::DataFrame;
use rustc_hash::FxHashMap;

use crate::date::Date;
use crate::document::{Annotation, Document, Failure};
use crate::gazetteer::{EntityKey, Gazetteer};
use cooccurrences::Cooccurrences;
use counts::Counts;
use entities::Entities;
use rows::{Documents, Errors, Mentions, Topics};

pub(crate) use column::day_of;
#[cfg(feature = "extract")]
pub(crate) use rows::LONGEST_CONTEXT;
pub use tabulate::tabulate;

/// Why a table cannot be built: memory, or more rows than a frame holds.
#[derive(Debug, thiserror::Error)]
#[error("a table cannot be built: {0}")]
pub struct TableError(#[from] polars::prelude::PolarsError);

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row per document.
    Documents,
    /// One row per mention.
    Mentions,
    /// One row per entity.
    Entities,
    /// One row per document and topic.
    Topics,
    /// One row per pair of entities.
    Cooccurrences,
    /// One row per entity or topic and month.
    Counts,
    /// One row per thing that went wrong.
    Errors,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 7] = [
        Self::Documents,
        Self::Mentions,
        Self::Entities,
        Self::Topics,
        Self::Cooccurrences,
        Self::Counts,
        Self::Errors,
    ];

    /// Its name, which is also that of its files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Mentions => "mentions",
            Self::Entities => "entities",
            Self::Topics => "topics",
            Self::Cooccurrences => "cooccurrences",
            Self::Counts => "counts",
            Self::Errors => "errors",
        }
    }
}

/// Gathers annotated documents into tables.
///
/// ```
/// use ressort::tables::Tables;
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Das BMDS lädt ein.").with_date("2025-10-08".parse()?);
/// let mut tables = Tables::default();
/// tables.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document));
/// let frames = tables.finish(pipeline.gazetteer())?;
/// assert_eq!(frames.mentions.height(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Tables {
    documents: Documents,
    mentions: Mentions,
    topics: Topics,
    errors: Errors,
    entities: Entities,
    cooccurrences: Cooccurrences,
    counts: Counts,
    /// The mentions of the document at hand.
    places: Vec<Place>,
    /// Its topics and their labels.
    labels: Vec<(Arc<str>, Arc<str>)>,
}

/// A mention, as far as it is counted.
#[derive(Debug, Clone, Copy)]
struct Place {
    sentence: u32,
    entity: Option<EntityKey>,
    holder: Option<EntityKey>,
}

/// The tables of a run as polars frames.
#[derive(Debug, Clone)]
pub struct Frames {
    /// One row per document.
    pub documents: DataFrame,
    /// One row per mention.
    pub mentions: DataFrame,
    /// One row per entity, most mentioned first.
    pub entities: DataFrame,
    /// One row per document and topic.
    pub topics: DataFrame,
    /// One row per pair of entities, most frequent first.
    pub cooccurrences: DataFrame,
    /// One row per entity or topic and month.
    pub counts: DataFrame,
    /// One row per thing that went wrong.
    pub errors: DataFrame,
}

impl Frames {
    /// Each table with its name.
    pub fn into_tables(self) -> [(Table, DataFrame); 7] {
        [
            (Table::Documents, self.documents),
            (Table::Mentions, self.mentions),
            (Table::Entities, self.entities),
            (Table::Topics, self.topics),
            (Table::Cooccurrences, self.cooccurrences),
            (Table::Counts, self.counts),
            (Table::Errors, self.errors),
        ]
    }
}

impl Tables {
    /// Adds a document and what was found in it by a pipeline with this gazetteer.
    pub fn push(&mut self, gazetteer: &Gazetteer, document: &Document, annotation: &Annotation) {
        self.documents.push(document, annotation);
        self.mentions.push(gazetteer, document, annotation);
        self.topics.push(document, annotation);
        self.places.clear();
        self.places.extend(annotation.mentions.iter().map(|mention| Place {
            sentence: mention.sentence,
            entity: mention.entity,
            holder: mention.holder,
        }));
        self.labels.clear();
        self.labels.extend(annotation.topics.iter().map(|topic| (topic.topic.clone(), topic.label.clone())));
        self.count(document.date);
    }

    /// Counts the document whose mentions are in `places` and whose topics are in `labels`.
    fn count(&mut self, day: Option<Date>) {
        self.entities.push(day, &self.places);
        self.cooccurrences.push(day, &self.places);
        self.counts.push(day, &self.places, &self.labels);
    }

    /// Counts documents whose rows are written already, as [`Tables::take_rows`] returned them; the rows themselves are
    /// not taken up again. What [`Tables::finish`] returns is then as if the documents had been pushed.
    ///
    /// # Errors
    /// [`TableError`] where columns are missing.
    pub fn count_rows(
        &mut self,
        gazetteer: &Gazetteer,
        documents: &DataFrame,
        mentions: &DataFrame,
        topics: &DataFrame,
    ) -> Result<(), TableError> {
        let key = |id: Option<&str>| id.and_then(|id| gazetteer.get(id));
        let (ids, days) = (documents.column("doc_id")?.str()?, documents.column("date")?.date()?);
        let owners = mentions.column("doc_id")?.str()?;
        let sentences = mentions.column("sentence")?.u32()?;
        let (entities, holders) = (mentions.column("entity")?.str()?, mentions.column("holder")?.str()?);
        let tagged = topics.column("doc_id")?.str()?;
        let (names, labels) = (topics.column("topic")?.str()?, topics.column("label")?.str()?);
        let mut known: FxHashMap<String, Arc<str>> = FxHashMap::default();
        let mut shared = |text: Option<&str>| -> Arc<str> {
            let text = text.unwrap_or_default();
            known.entry(text.to_owned()).or_insert_with(|| Arc::from(text)).clone()
        };
        let (mut row, mut topic) = (0, 0);
        for (id, day) in ids.iter().zip(days.physical().iter()) {
            self.places.clear();
            while row < mentions.height() && owners.get(row) == id {
                self.places.push(Place {
                    sentence: sentences.get(row).unwrap_or(0),
                    entity: key(entities.get(row)),
                    holder: key(holders.get(row)),
                });
                row += 1;
            }
            self.labels.clear();
            while topic < topics.height() && tagged.get(topic) == id {
                self.labels.push((shared(names.get(topic)), shared(labels.get(topic))));
                topic += 1;
            }
            self.count(day.and_then(day_of));
        }
        Ok(())
    }

    /// Adds something that went wrong.
    pub fn fail(&mut self, failure: &Failure) {
        self.errors.push(failure);
    }

    /// How many rows wait to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.documents.item.len() + self.mentions.mention.len() + self.topics.rank.len() + self.errors.item.len()
    }

    /// The rows added since the last call, so that a long run can write them and keep its memory bounded. What
    /// [`Tables::finish`] returns then begins behind them; `entities`, `cooccurrences` and `counts` are counted over all.
    ///
    /// # Errors
    /// [`TableError`] where polars cannot hold them.
    pub fn take_rows(&mut self) -> Result<[(Table, DataFrame); 4], TableError> {
        Ok([
            (Table::Documents, self.documents.take()?),
            (Table::Mentions, self.mentions.take()?),
            (Table::Topics, self.topics.take()?),
            (Table::Errors, self.errors.take()?),
        ])
    }

    /// All tables.
    ///
    /// # Errors
    /// [`TableError`] where polars cannot hold them.
    pub fn finish(mut self, gazetteer: &Gazetteer) -> Result<Frames, TableError> {
        let documents = self.entities.documents_seen();
        Ok(Frames {
            cooccurrences: self.cooccurrences.frame(gazetteer, &self.entities, documents)?,
            entities: self.entities.frame(gazetteer)?,
            counts: self.counts.frame(gazetteer)?,
            documents: self.documents.take()?,
            mentions: self.mentions.take()?,
            topics: self.topics.take()?,
            errors: self.errors.take()?,
        })
    }
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("waiting", &self.waiting()).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "tables_tests.rs"]
mod tests;
