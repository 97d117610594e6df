//! The tables of a run, read back from their folder.

use std::fs::File;
use std::path::{Path, PathBuf};

use polars::prelude::*;
use serde_json::Value;

use super::ReportError;
use crate::date::Date;
use crate::tables::Table;

/// The tables that a report is made of.
pub(super) struct Run {
    pub(super) documents: Sheet,
    pub(super) mentions: Sheet,
    pub(super) entities: Sheet,
    pub(super) topics: Sheet,
    pub(super) errors: Sheet,
    /// `run.json`; null where there is none.
    pub(super) made_by: Value,
}

/// A table whose cells are read by the names of their columns.
pub(super) struct Sheet {
    path: PathBuf,
    frame: DataFrame,
    /// Whether it is from a CSV file: all cells are texts, and formulas are defused.
    is_csv: bool,
}

impl Run {
    pub(super) fn read(folder: &Path) -> Result<Self, ReportError> {
        let sheet = |table| Sheet::read(folder, table);
        let made_by = std::fs::read_to_string(folder.join("run.json")).ok();
        Ok(Self {
            documents: sheet(Table::Documents)?,
            mentions: sheet(Table::Mentions)?,
            entities: sheet(Table::Entities)?,
            topics: sheet(Table::Topics)?,
            errors: sheet(Table::Errors)?,
            made_by: made_by.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null),
        })
    }
}

impl Sheet {
    /// Reads `NAME.parquet`, else `NAME.csv`, else the files of that name in the folders of a partitioned table.
    fn read(folder: &Path, table: Table) -> Result<Self, ReportError> {
        let name = table.as_str();
        let (parquet, csv) = (format!("{name}.parquet"), format!("{name}.csv"));
        let single = |file: &str| vec![folder.join(file)].into_iter().filter(|path| path.is_file()).collect();
        let parts = |file: &str| files_named(&folder.join(name), file);
        let choices = [(false, single(&parquet)), (true, single(&csv)), (false, parts(&parquet)), (true, parts(&csv))];
        let Some((is_csv, paths)) = choices.into_iter().find(|(_, paths): &(bool, Vec<PathBuf>)| !paths.is_empty())
        else {
            return Err(ReportError::NoTable { folder: folder.to_owned(), table: name });
        };
        let mut whole: Option<DataFrame> = None;
        for path in &paths {
            let broken = |source| ReportError::Table { path: path.clone(), source };
            let file = File::open(path).map_err(|source| ReportError::File { path: path.clone(), source })?;
            let frame = if is_csv {
                CsvReadOptions::default().with_infer_schema_length(Some(0)).into_reader_with_file_handle(file).finish()
            } else {
                ParquetReader::new(file).finish()
            };
            let frame = frame.map_err(broken)?;
            match &mut whole {
                Some(whole) => whole.vstack_mut(&frame).map(|_| ()).map_err(broken)?,
                None => whole = Some(frame),
            }
        }
        Ok(Self { frame: whole.unwrap_or_default(), is_csv, path: folder.join(name) })
    }

    pub(super) fn height(&self) -> usize {
        self.frame.height()
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.frame.column(column).is_ok()
    }

    /// The cells of a column of texts. The column is empty where an older run does not have it.
    pub(super) fn texts(&self, column: &str) -> Result<Vec<Option<&str>>, ReportError> {
        let Ok(cells) = self.frame.column(column) else { return Ok(vec![None; self.height()]) };
        let cells = cells.str().map_err(|source| self.broken(source))?;
        Ok(cells.iter().map(|cell| cell.map(|text| if self.is_csv { armed(text) } else { text })).collect())
    }

    /// The cells of a column of counts.
    pub(super) fn counts(&self, column: &str) -> Result<Vec<Option<u32>>, ReportError> {
        let Ok(cells) = self.frame.column(column) else { return Ok(vec![None; self.height()]) };
        if self.is_csv {
            return Ok(self.texts(column)?.into_iter().map(|cell| cell.and_then(|text| text.parse().ok())).collect());
        }
        Ok(cells.u32().map_err(|source| self.broken(source))?.iter().collect())
    }

    /// The cells of a column of scores, as thousandths.
    pub(super) fn thousandths(&self, column: &str) -> Result<Vec<u32>, ReportError> {
        let rounded = |score: Option<f64>| (score.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0).round() as u32;
        if self.is_csv {
            return Ok(self
                .texts(column)?
                .into_iter()
                .map(|cell| rounded(cell.and_then(|text| text.parse().ok())))
                .collect());
        }
        let Ok(cells) = self.frame.column(column) else { return Ok(vec![0; self.height()]) };
        Ok(cells.f64().map_err(|source| self.broken(source))?.iter().map(rounded).collect())
    }

    /// The cells of a column of days, as days since 1970.
    pub(super) fn days(&self, column: &str) -> Result<Vec<Option<i32>>, ReportError> {
        let Ok(cells) = self.frame.column(column) else { return Ok(vec![None; self.height()]) };
        if self.is_csv {
            let day = |text: &str| {
                text.parse::<Date>().ok().map(|day| (day - Date::new(1970, 1, 1).unwrap_or_default()).get_days())
            };
            return Ok(self.texts(column)?.into_iter().map(|cell| cell.and_then(day)).collect());
        }
        let days = cells.cast(&DataType::Int32).map_err(|source| self.broken(source))?;
        let days = days.i32().map_err(|source| self.broken(source))?;
        Ok(days.iter().collect())
    }

    fn broken(&self, source: PolarsError) -> ReportError {
        ReportError::Table { path: self.path.clone(), source }
    }
}

/// The files of a name in a folder and those below it, in the order of their paths.
fn files_named(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) if entry.file_name() == name => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// The text of a cell without the apostrophe that defuses it for spreadsheets.
fn armed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => text,
        _ => cell,
    }
}
