//! A folder of tables, written segment by segment.

use std::fs;
use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;

use super::part::PartFile;
use super::segment::{LINES, Segment, Written, file_name, readable};
use super::{Format, Partition, WriteError, files, partition};
use crate::tables::Table;

/// The folder inside the folder where segments wait until the run is complete.
const WORK: &str = ".ressort";
/// The file in it that says that the tables beside it are complete.
const COMPLETE: &str = "complete";

/// Writes tables into a folder, segment by segment.
///
/// A segment that [`Folder::add`] wrote outlives the program, however that ends: [`Folder::open`] finds it. The tables
/// appear when [`Folder::finish`] is called; files of the same names are replaced then, others are left alone.
///
/// ```
/// use ressort::tables::Tables;
/// use ressort::write::{Folder, Format, Segment};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Das BMDS lädt ein.");
/// let mut tables = Tables::default();
/// tables.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document));
///
/// let path = std::env::temp_dir().join("ressort-doctest");
/// let mut folder = Folder::create(&path, &[Format::Csv])?;
/// let frames = tables.finish(pipeline.gazetteer())?.into_tables().into();
/// folder.add(&Segment { frames, ..Segment::default() })?;
/// folder.finish(Vec::new())?;
/// assert!(std::fs::read_to_string(path.join("mentions.csv"))?.contains("ministry:bund/digitales"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    formats: Vec<Format>,
    partition: Option<Partition>,
    segments: Vec<Written>,
    /// Rows that were written when the last run was interrupted, before their segment was full.
    unfinished: Option<Written>,
}

/// What a finished folder holds.
#[derive(Debug, Default)]
pub struct Finished {
    /// The files, sorted.
    pub paths: Vec<PathBuf>,
    /// What did not fit into a format.
    pub warnings: Vec<String>,
}

impl Folder {
    /// Begins anew: makes the folder where there is none, and drops segments of an unfinished run.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be made or written to.
    pub fn create(path: impl AsRef<Path>, formats: &[Format]) -> Result<Self, WriteError> {
        let folder = Self::open(path, formats)?;
        let complete = folder.work_file(COMPLETE);
        if complete.exists() {
            fs::remove_file(&complete).map_err(WriteError::file(&complete))?;
        }
        discard(folder.segments.iter().chain(&folder.unfinished))?;
        Ok(Self { segments: Vec::new(), unfinished: None, ..folder })
    }

    /// Goes on behind the segments that are there.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be made or read.
    pub fn open(path: impl AsRef<Path>, formats: &[Format]) -> Result<Self, WriteError> {
        let path = path.as_ref().to_owned();
        let work = path.join(WORK);
        fs::create_dir_all(&work).map_err(WriteError::file(&work))?;
        let mut formats = formats.to_vec();
        formats.sort_unstable();
        formats.dedup();
        let readable = readable(&formats);
        let mut folder = Self { path, formats, partition: None, segments: Vec::new(), unfinished: None };
        while folder.segment_path().exists() {
            folder.segments.push(Written::at(folder.segment_path(), readable));
        }
        folder.unfinished =
            Some(folder.unfinished_path()).filter(|path| path.exists()).map(|path| Written::at(path, readable));
        Ok(folder)
    }

    /// Divides `documents`, `mentions` and `topics` into files by the document's day.
    #[must_use]
    pub fn partitioned(mut self, partition: Option<Partition>) -> Self {
        self.partition = partition;
        self
    }

    /// The segments that are there.
    #[must_use]
    pub fn segments(&self) -> &[Written] {
        &self.segments
    }

    /// What was kept of a segment that was not full when a run was interrupted.
    #[must_use]
    pub fn unfinished(&self) -> Option<&Written> {
        self.unfinished.as_ref()
    }

    /// A file beside the segments.
    #[must_use]
    pub fn work_file(&self, name: &str) -> PathBuf {
        self.path.join(WORK).join(name)
    }

    /// Writes the next segment.
    ///
    /// # Errors
    /// [`WriteError`] with the file.
    pub fn add(&mut self, segment: &Segment) -> Result<(), WriteError> {
        let written = segment.write(&self.segment_path(), &self.formats)?;
        if let Some(stale) = self.unfinished.take() {
            fs::remove_dir_all(stale.path()).map_err(WriteError::file(&stale.path()))?;
        }
        self.segments.push(written);
        Ok(())
    }

    /// Keeps what there is of the next segment; whoever goes on reads it from [`Folder::unfinished`].
    ///
    /// # Errors
    /// [`WriteError`] with the file.
    pub fn interrupt(&mut self, segment: &Segment) -> Result<(), WriteError> {
        self.unfinished = Some(segment.write(&self.unfinished_path(), &self.formats)?);
        Ok(())
    }

    /// Puts the segments together, adds tables that are counted over all of them, gives all files their names and
    /// removes the segments.
    ///
    /// # Errors
    /// [`WriteError`] with the file.
    pub fn finish(mut self, totals: Vec<(Table, DataFrame)>) -> Result<Finished, WriteError> {
        if !totals.is_empty() {
            let segment = Segment { frames: totals, ..Segment::default() };
            let written = segment.write(&self.work_file("totals"), &self.formats)?;
            self.segments.push(written);
        }
        let mut finished = Finished::default();
        let mut complete = Vec::new();
        for format in self.formats.clone() {
            match format {
                Format::Jsonl => {
                    let parts: Vec<PathBuf> =
                        self.segments.iter().map(Written::lines).filter(|path| path.exists()).collect();
                    complete.push(self.merged(LINES, &parts, format)?);
                }
                Format::Xlsx => {
                    let (part, file) = PartFile::create(&self.path, "tables.xlsx")?;
                    super::xlsx::write(&self.segments, file, part.path(), &mut finished.warnings)?;
                    complete.push(part);
                }
                _ => {
                    for table in Table::ALL {
                        complete.extend(self.table(table, format, &mut finished.paths)?);
                    }
                }
            }
        }
        // Named when all are complete, so that tables of two runs never stand side by side for long.
        for part in complete {
            finished.paths.push(part.keep()?);
        }
        finished.paths.sort();
        let complete = self.work_file(COMPLETE);
        fs::write(&complete, b"").map_err(WriteError::file(&complete))?;
        discard(&self.segments)?;
        Ok(finished)
    }

    /// Whether the tables are complete: there is nothing to go on with.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.work_file(COMPLETE).exists()
    }

    /// One table in one format; `None` where it is divided into a folder of files, or not there.
    fn table(&self, table: Table, format: Format, paths: &mut Vec<PathBuf>) -> Result<Option<PartFile>, WriteError> {
        let divided = matches!(table, Table::Documents | Table::Mentions | Table::Topics);
        if let (Some(partition), true) = (self.partition, divided) {
            paths.extend(partition::write(&self.segments, table, format, partition, &self.path)?);
            return Ok(None);
        }
        let parts: Vec<PathBuf> =
            self.segments.iter().map(|written| written.file(table, format)).filter(|path| path.exists()).collect();
        if parts.is_empty() { Ok(None) } else { self.merged(&file_name(table, format), &parts, format).map(Some) }
    }

    fn merged(&self, name: &str, parts: &[PathBuf], format: Format) -> Result<PartFile, WriteError> {
        let (part, file) = PartFile::create(&self.path, name)?;
        files::merge(parts, format, file, part.path())?;
        Ok(part)
    }

    fn segment_path(&self) -> PathBuf {
        self.work_file(&format!("{:06}", self.segments.len()))
    }

    fn unfinished_path(&self) -> PathBuf {
        self.work_file(&format!("{:06}.unfinished", self.segments.len()))
    }
}

/// Removes segments, from the end, so that what is left when this is interrupted is still a beginning.
fn discard<'w>(segments: impl IntoIterator<Item = &'w Written>) -> Result<(), WriteError> {
    let mut paths: Vec<PathBuf> = segments.into_iter().map(Written::path).collect();
    while let Some(path) = paths.pop() {
        fs::remove_dir_all(&path).map_err(WriteError::file(&path))?;
    }
    Ok(())
}
