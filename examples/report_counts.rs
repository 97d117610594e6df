//! What a filter of the report should leave, computed from the tables with polars: for the browser tests.
//!
//! `cargo run --example report_counts -- DIR FILTERS`, where FILTERS is a JSON array of objects with the keys of the
//! report's address (`von`, `bis`, `art`, `land`, `thema`, `name`, `q`); printed is an array of counts in the same order.

#![allow(clippy::print_stdout)] // that is its purpose

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use polars::prelude::*;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(filters)) = (arguments.next(), arguments.next()) else {
        return Err("give the folder of a run and the filters".into());
    };
    let read = |name: &str| -> Outcome<DataFrame> {
        Ok(ParquetReader::new(File::open(Path::new(&folder).join(format!("{name}.parquet")))?).finish()?)
    };
    let tables = Tables {
        documents: read("documents")?,
        mentions: read("mentions")?,
        entities: read("entities")?,
        topics: read("topics")?,
    };
    let filters: Vec<Value> = serde_json::from_str(&filters)?;
    let counts = filters.iter().map(|filter| tables.count(filter)).collect::<Outcome<Vec<_>>>()?;
    println!("{}", Value::from(counts));
    Ok(())
}

struct Tables {
    documents: DataFrame,
    mentions: DataFrame,
    entities: DataFrame,
    topics: DataFrame,
}

impl Tables {
    fn count(&self, filter: &Value) -> Outcome<Value> {
        let given = |name: &str| filter[name].as_str().filter(|text| !text.is_empty());
        let mut documents = self.documents.clone();
        if let Ok(duplicates) = documents.column("duplicate_of") {
            documents = documents.filter(&duplicates.is_null())?;
        }
        let days = documents.column("date")?.cast(&DataType::String)?;
        let days: Vec<Option<String>> = days.str()?.iter().map(|day| day.map(str::to_owned)).collect();
        let (from, to) = (given("von"), given("bis"));
        if from.is_some() || to.is_some() {
            let inside = |day: &Option<String>| {
                day.as_deref().is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
            };
            documents = documents.filter(&days.iter().map(inside).collect())?;
        }
        if let Some(land) = given("land") {
            documents = keep(&documents, &owners(&self.mentions, "land", &|cell| cell == land)?)?;
        }
        if let Some(topic) = given("thema") {
            documents = keep(&documents, &owners(&self.topics, "topic", &|cell| cell == topic)?)?;
        }
        for name in given("name").into_iter().flat_map(|names| names.split('|')) {
            documents = keep(&documents, &owners(&self.mentions, "entity", &|cell| cell == name)?)?;
        }
        for word in given("q").into_iter().flat_map(str::split_whitespace).map(str::to_lowercase) {
            let mut found = BTreeSet::new();
            for column in ["title", "kicker"] {
                found.extend(owners(&self.documents, column, &|cell| cell.to_lowercase().contains(&word))?);
            }
            let (ids, names) = (self.entities.column("entity")?.str()?, self.entities.column("name")?.str()?);
            let short = self.entities.column("abbreviation")?.str()?;
            let with_word: BTreeSet<&str> = ids
                .iter()
                .zip(names.iter().zip(short.iter()))
                .filter(|(_, (name, short))| {
                    [name, short].into_iter().flatten().any(|text| text.to_lowercase().contains(&word))
                })
                .filter_map(|(id, _)| id)
                .collect();
            found.extend(owners(&self.mentions, "entity", &|cell| with_word.contains(cell))?);
            documents = keep(&documents, &found)?;
        }
        let left: BTreeSet<&str> = documents.column("doc_id")?.str()?.iter().flatten().collect();
        let kinds = self.mentions.column("kind")?.str()?;
        let counted: BooleanChunked = self
            .mentions
            .column("doc_id")?
            .str()?
            .iter()
            .zip(kinds.iter())
            .map(|(id, kind)| {
                id.is_some_and(|id| left.contains(id)) && given("art").is_none_or(|wanted| kind == Some(wanted))
            })
            .collect();
        let mentions = self.mentions.filter(&counted)?;
        let entities = mentions.column("entity")?.drop_nulls().n_unique()?;
        Ok(json!({"documents": documents.height(), "mentions": mentions.height(), "entities": entities}))
    }
}

/// The documents of the rows whose cell passes.
fn owners(frame: &DataFrame, column: &str, test: &dyn Fn(&str) -> bool) -> Outcome<BTreeSet<String>> {
    let passing: BooleanChunked = frame.column(column)?.str()?.iter().map(|cell| cell.is_some_and(test)).collect();
    let rows = frame.filter(&passing)?;
    Ok(rows.column("doc_id")?.str()?.iter().flatten().map(str::to_owned).collect())
}

fn keep(documents: &DataFrame, ids: &BTreeSet<String>) -> Outcome<DataFrame> {
    Ok(documents
        .filter(&documents.column("doc_id")?.str()?.iter().map(|id| id.is_some_and(|id| ids.contains(id))).collect())?)
}
