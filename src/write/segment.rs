//! Segments: the rows of a stretch of a run, on disk, complete or not there.

use std::fs;
use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;

use super::files::{read_frame, write_frame};
use super::{Format, WriteError};
use crate::tables::Table;

/// The rows of a stretch of a run.
#[derive(Debug, Default)]
pub struct Segment {
    /// Rows of the tables.
    pub frames: Vec<(Table, DataFrame)>,
    /// Objects for `annotations.jsonl`, each ended by a line feed.
    pub lines: Vec<u8>,
    /// What else must be known to go on behind it, by name.
    pub notes: Vec<(&'static str, Vec<u8>)>,
}

/// A segment that was written.
#[derive(Debug, Clone)]
pub struct Written {
    path: PathBuf,
    readable: Format,
}

/// Name of the file with the objects.
pub(crate) const LINES: &str = "annotations.jsonl";

/// The format that segments can be read back from.
pub(super) fn readable(formats: &[Format]) -> Format {
    if formats.contains(&Format::Parquet) { Format::Parquet } else { Format::Arrow }
}

impl Segment {
    /// Writes it into a folder of its own, which has its name only when all is in it.
    pub(super) fn write(&self, path: &Path, formats: &[Format]) -> Result<Written, WriteError> {
        let part = path.with_extension("part");
        if part.exists() {
            fs::remove_dir_all(&part).map_err(WriteError::file(&part))?;
        }
        fs::create_dir_all(&part).map_err(WriteError::file(&part))?;
        let readable = readable(formats);
        for (table, frame) in &self.frames {
            for format in [Format::Parquet, Format::Csv, Format::Arrow] {
                if format == readable || formats.contains(&format) {
                    write_frame(&part.join(file_name(*table, format)), format, frame)?;
                }
            }
        }
        let put = |name: &str, bytes: &[u8]| {
            let file = part.join(name);
            fs::write(&file, bytes).map_err(WriteError::file(&file))
        };
        if formats.contains(&Format::Jsonl) {
            put(LINES, &self.lines)?;
        }
        for (name, bytes) in &self.notes {
            put(name, bytes)?;
        }
        if path.exists() {
            fs::remove_dir_all(path).map_err(WriteError::file(path))?;
        }
        fs::rename(&part, path).map_err(WriteError::file(path))?;
        Ok(Written { path: path.to_owned(), readable })
    }
}

impl Written {
    pub(super) fn at(path: PathBuf, readable: Format) -> Self {
        Self { path, readable }
    }

    /// Rows of a table.
    ///
    /// # Errors
    /// [`WriteError`] where they cannot be read.
    pub fn frame(&self, table: Table) -> Result<DataFrame, WriteError> {
        read_frame(&self.file(table, self.readable), self.readable)
    }

    /// A note, by its name.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be read.
    pub fn note(&self, name: &str) -> Result<Vec<u8>, WriteError> {
        let path = self.path.join(name);
        fs::read(&path).map_err(WriteError::file(&path))
    }

    /// Everything in it; `notes` names the notes.
    ///
    /// # Errors
    /// [`WriteError`] where a part cannot be read.
    pub fn read(&self, tables: &[Table], notes: &[&'static str]) -> Result<Segment, WriteError> {
        let lines = self.path.join(LINES);
        Ok(Segment {
            frames: tables.iter().map(|&table| Ok((table, self.frame(table)?))).collect::<Result<_, WriteError>>()?,
            lines: if lines.exists() { fs::read(&lines).map_err(WriteError::file(&lines))? } else { Vec::new() },
            notes: notes.iter().map(|&name| Ok((name, self.note(name)?))).collect::<Result<_, WriteError>>()?,
        })
    }

    pub(super) fn path(&self) -> PathBuf {
        self.path.clone()
    }

    pub(super) fn file(&self, table: Table, format: Format) -> PathBuf {
        self.path.join(file_name(table, format))
    }

    pub(super) fn lines(&self) -> PathBuf {
        self.path.join(LINES)
    }
}

pub(super) fn file_name(table: Table, format: Format) -> String {
    format!("{}.{}", table.as_str(), format.as_str())
}
