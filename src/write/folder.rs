//! A folder of tables.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use polars::io::csv::write::BatchedWriter as CsvBatches;
use polars::io::parquet::write::BatchedWriter as ParquetBatches;
use polars::prelude::*;

use super::csv::defused;
use super::part::PartFile;
use crate::tables::Table;

/// A format of table files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Apache Parquet: real dates, dictionary-encoded texts, zstd.
    Parquet,
    /// RFC 4180 in UTF-8, formulas defused.
    Csv,
    /// JSON Lines, one object per document: `annotations.jsonl`.
    Jsonl,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Parquet, Self::Csv, Self::Jsonl];

    /// Its name, which is also the ending of its files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| format!("'{text}' is no format: one of parquet, csv, jsonl"))
    }
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The system refuses.
    #[error("cannot write {}: {source}; check the folder, its rights and the space left", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The table cannot be put into its format.
    #[error("cannot write {}: {source}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What polars said.
        source: PolarsError,
    },
}

/// Writes tables into a folder, piece by piece. A file appears under its name only when [`Folder::finish`] is called;
/// files of the same names are replaced then, others are left alone.
///
/// ```
/// use ressort::tables::Tables;
/// use ressort::write::{Folder, Format};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Das BMDS lädt ein.");
/// let mut tables = Tables::default();
/// tables.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document));
///
/// let path = std::env::temp_dir().join("ressort-doctest");
/// let mut folder = Folder::create(&path, &[Format::Csv])?;
/// for (table, frame) in tables.finish(pipeline.gazetteer())?.into_tables() {
///     folder.write(table, &frame)?;
/// }
/// folder.finish()?;
/// assert!(std::fs::read_to_string(path.join("mentions.csv"))?.contains("ministry:bund/digitales"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Folder {
    path: PathBuf,
    formats: Vec<Format>,
    tables: BTreeMap<(Table, Format), (PartFile, TableWriter)>,
    lines: Option<(PartFile, BufWriter<File>)>,
}

enum TableWriter {
    Parquet(Box<ParquetBatches<File>>),
    Csv(CsvBatches<File>),
}

impl Folder {
    /// Makes the folder where there is none.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be made or written to.
    pub fn create(path: impl AsRef<Path>, formats: &[Format]) -> Result<Self, WriteError> {
        let path = path.as_ref().to_owned();
        std::fs::create_dir_all(&path).map_err(|source| WriteError::File { path: path.clone(), source })?;
        let mut folder = Self { path, formats: formats.to_vec(), tables: BTreeMap::new(), lines: None };
        folder.formats.sort_unstable();
        folder.formats.dedup();
        if folder.formats.contains(&Format::Jsonl) {
            let (part, file) = PartFile::create(&folder.path, "annotations.jsonl")?;
            folder.lines = Some((part, BufWriter::new(file)));
        }
        Ok(folder)
    }

    /// Adds rows to a table; a table without rows gets its files, too.
    ///
    /// # Errors
    /// [`WriteError`] with the file.
    pub fn write(&mut self, table: Table, frame: &DataFrame) -> Result<(), WriteError> {
        for &format in self.formats.iter().filter(|format| **format != Format::Jsonl) {
            let name = format!("{}.{}", table.as_str(), format.as_str());
            let path = self.path.join(&name);
            let refused = |source| WriteError::Table { path: path.clone(), source };
            if !self.tables.contains_key(&(table, format)) {
                let (part, file) = PartFile::create(&self.path, &name)?;
                let writer = TableWriter::new(format, file, frame).map_err(refused)?;
                self.tables.insert((table, format), (part, writer));
            }
            if let Some((_, writer)) = self.tables.get_mut(&(table, format)) {
                writer.write(frame).map_err(refused)?;
            }
        }
        Ok(())
    }

    /// Adds an object to `annotations.jsonl`, where that format was asked for.
    ///
    /// # Errors
    /// [`WriteError`] with the file.
    pub fn write_object(
        &mut self,
        object: impl FnOnce() -> serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), WriteError> {
        let Some((part, lines)) = &mut self.lines else { return Ok(()) };
        let written = serde_json::to_writer(&mut *lines, &object()).map_err(std::io::Error::from);
        written
            .and_then(|()| lines.write_all(b"\n"))
            .map_err(|source| WriteError::File { path: part.path().to_owned(), source })
    }

    /// Completes all files and gives them their names; the paths, sorted.
    ///
    /// # Errors
    /// [`WriteError`] with the file.
    pub fn finish(self) -> Result<Vec<PathBuf>, WriteError> {
        let mut complete = Vec::new();
        for (part, writer) in self.tables.into_values() {
            writer.finish().map_err(|source| WriteError::Table { path: part.path().to_owned(), source })?;
            complete.push(part);
        }
        if let Some((part, mut lines)) = self.lines {
            lines.flush().map_err(|source| WriteError::File { path: part.path().to_owned(), source })?;
            complete.push(part);
        }
        // Named when all are complete, so that tables of two runs never stand side by side for long.
        let mut paths = complete.into_iter().map(PartFile::keep).collect::<Result<Vec<_>, _>>()?;
        paths.sort();
        Ok(paths)
    }
}

impl std::fmt::Debug for Folder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Folder").field("path", &self.path).field("formats", &self.formats).finish_non_exhaustive()
    }
}

impl TableWriter {
    fn new(format: Format, file: File, frame: &DataFrame) -> PolarsResult<Self> {
        Ok(match format {
            Format::Parquet => Self::Parquet(Box::new(
                ParquetWriter::new(file).with_compression(ParquetCompression::Zstd(None)).batched(frame.schema())?,
            )),
            _ => Self::Csv(
                CsvWriter::new(file)
                    .include_header(true)
                    .with_line_terminator("\r\n".into())
                    .batched(frame.schema())?,
            ),
        })
    }

    fn write(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        if frame.height() == 0 {
            return Ok(());
        }
        match self {
            Self::Parquet(writer) => writer.write_batch(frame),
            Self::Csv(writer) => writer.write_batch(&defused(frame)?),
        }
    }

    fn finish(self) -> PolarsResult<()> {
        match self {
            Self::Parquet(writer) => writer.finish().map(|_| ()),
            Self::Csv(mut writer) => writer.finish(),
        }
    }
}
