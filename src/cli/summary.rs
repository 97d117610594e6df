//! What a run says at its end.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use owo_colors::OwoColorize;
use polars::prelude::DataFrame;
use serde_json::{Value, json};

use crate::tables::TableError;

/// Entities shown at the end of a run.
const SHOWN: usize = 12;

/// How much a run read and found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    documents: u64,
    errors: u64,
    mentions: u64,
    entities: usize,
}

impl Counts {
    pub(super) fn new(documents: u64, errors: u64, entities: &DataFrame) -> Result<Self, TableError> {
        let mentions = entities.column("mentions")?.u32()?.iter().flatten().map(u64::from).sum();
        Ok(Self { documents, errors, mentions, entities: entities.height() })
    }

    pub(super) fn to_json(self) -> Value {
        json!({
            "documents": self.documents,
            "errors": self.errors,
            "linked_mentions": self.mentions,
            "entities": self.entities,
        })
    }
}

/// Counts, the most mentioned entities, and where the tables are.
pub(super) fn print(
    out: &mut impl Write,
    counts: &Counts,
    entities: &DataFrame,
    folder: &Path,
    duration: Duration,
) -> anyhow::Result<()> {
    let Counts { documents, errors, mentions, entities: number } = counts;
    writeln!(
        out,
        "{documents} documents, {mentions} linked mentions of {number} entities, {errors} errors, {:.1} s",
        duration.as_secs_f64()
    )?;
    let text = |column: &str, row: usize| -> anyhow::Result<String> {
        Ok(entities.column(column)?.str()?.get(row).unwrap_or("").to_owned())
    };
    let count =
        |column: &str, row: usize| -> anyhow::Result<u32> { Ok(entities.column(column)?.u32()?.get(row).unwrap_or(0)) };
    if entities.height() > 0 {
        writeln!(out, "\n{}", "mentions  documents  kind          entity".bold())?;
    }
    for row in 0..entities.height().min(SHOWN) {
        writeln!(
            out,
            "{:>8}  {:>9}  {:<12}  {}  {}",
            count("mentions", row)?,
            count("documents", row)?,
            text("kind", row)?,
            text("name", row)?,
            text("entity", row)?.dimmed()
        )?;
    }
    writeln!(out, "\ntables in {}", folder.display())?;
    Ok(())
}
