//! Tables divided by the day of the document, in folders that query engines understand (`year=2025/month=10`).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use polars::prelude::*;
use rustc_hash::FxHashMap;

use super::files::FrameWriter;
use super::segment::Written;
use super::{Format, Partition, WriteError};
use crate::tables::Table;

/// Where documents without a day go; the name that Hive and its successors read as null.
const NO_DAY: &str = "__HIVE_DEFAULT_PARTITION__";

/// Writes one table; the paths of its files.
pub(super) fn write(
    segments: &[Written],
    table: Table,
    format: Format,
    partition: Partition,
    folder: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    let root = folder.join(table.as_str());
    let part = folder.join(format!(".{}.part", table.as_str()));
    if part.exists() {
        fs::remove_dir_all(&part).map_err(WriteError::file(&part))?;
    }
    let name = format!("{}.{}", table.as_str(), format.as_str());
    let mut writers: BTreeMap<String, FrameWriter> = BTreeMap::new();
    for segment in segments {
        let Ok(documents) = segment.frame(Table::Documents) else { continue };
        let rows = if table == Table::Documents { documents.clone() } else { segment.frame(table)? };
        for (key, rows) in divided(&documents, &rows, partition).map_err(WriteError::polars(&root))? {
            let path = part.join(&key).join(&name);
            if !writers.contains_key(&key) {
                let folder = part.join(&key);
                fs::create_dir_all(&folder).map_err(WriteError::file(&folder))?;
                let file = File::create(&path).map_err(WriteError::file(&path))?;
                let writer = FrameWriter::new(file, format, rows.schema()).map_err(WriteError::polars(&path))?;
                writers.insert(key.clone(), writer);
            }
            if let Some(writer) = writers.get_mut(&key) {
                writer.write(&rows).map_err(WriteError::polars(&path))?;
            }
        }
    }
    let mut paths = Vec::new();
    for (key, writer) in writers {
        let (from, to) = (part.join(&key).join(&name), root.join(&key).join(&name));
        writer.finish().map_err(WriteError::polars(&to))?;
        fs::create_dir_all(root.join(&key)).map_err(WriteError::file(&to))?;
        fs::rename(&from, &to).map_err(WriteError::file(&to))?;
        paths.push(to);
    }
    if part.exists() {
        fs::remove_dir_all(&part).map_err(WriteError::file(&part))?;
    }
    Ok(paths)
}

/// The rows of each partition, in their order.
fn divided(documents: &DataFrame, rows: &DataFrame, partition: Partition) -> PolarsResult<Vec<(String, DataFrame)>> {
    let ids = documents.column("doc_id")?.str()?;
    let dates = documents.column("date")?.date()?;
    let (years, months) = (dates.year(), dates.month());
    let mut keys = FxHashMap::default();
    for (row, id) in ids.iter().enumerate() {
        let key = match (years.get(row), months.get(row), partition) {
            (Some(year), Some(month), Partition::Month) => format!("year={year}/month={month:02}"),
            (Some(year), _, Partition::Year) => format!("year={year}"),
            (_, _, Partition::Month) => format!("year={NO_DAY}/month={NO_DAY}"),
            (_, _, Partition::Year) => format!("year={NO_DAY}"),
        };
        keys.insert(id, key);
    }
    let mut places: BTreeMap<&str, Vec<IdxSize>> = BTreeMap::new();
    for (row, id) in rows.column("doc_id")?.str()?.iter().enumerate() {
        let key = keys.get(&id).map_or(NO_DAY, String::as_str);
        places.entry(key).or_default().push(row as IdxSize);
    }
    places
        .into_iter()
        .map(|(key, places)| Ok((key.to_owned(), rows.take(&IdxCa::from_vec("".into(), places))?)))
        .collect()
}
