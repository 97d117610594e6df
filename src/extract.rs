//! Whole archives into tables: reading, annotating and writing overlap, memory is bounded, and a run that was
//! interrupted goes on where it stopped.
//!
//! A run is a sequence of segments. A segment is complete on disk or not there; where it ends depends on the input
//! alone. So a run that is killed at any moment goes on behind its last segment ([`Start::Resume`]) and ends with the
//! same bytes as one that was not, on any number of threads.

mod error;
mod gather;
mod load;
mod plan;
mod update;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use polars::prelude::DataFrame;
use serde_json::{Value, json};

use crate::batch::{all_cores, ordered};
use crate::date::Date;
use crate::document::Failure;
use crate::pipeline::Pipeline;
use crate::read::ReadOptions;
use crate::tables::Table;
use crate::write::{Folder, Format, JsonLayers, Partition, Segment, WriteError};
use gather::Gathered;
use load::{annotate, produce};
use plan::{Plan, Position};

pub use error::ExtractError;

/// Where a run begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Start {
    /// At the beginning; what an interrupted run left is dropped.
    #[default]
    Anew,
    /// Where an interrupted run stopped; at the beginning where there was none.
    Resume,
    /// With the rows of the last complete run for those inputs that have not changed since.
    Update,
}

/// What to read, and where the tables go.
///
/// ```
/// use std::sync::atomic::AtomicBool;
///
/// use ressort::Pipeline;
/// use ressort::extract::Extraction;
///
/// let folder = std::env::temp_dir().join("ressort-doctest-extract");
/// let extraction = Extraction::new(["examples/archive_page.txt"], &folder);
/// let report = extraction.run(&Pipeline::builder().build()?, &AtomicBool::new(false), &mut |_| {})?;
/// assert_eq!(report.progress.documents, 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Extraction {
    /// Files, folders, archives, patterns; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// The folder for the tables.
    pub output: PathBuf,
    /// Their formats.
    pub formats: Vec<Format>,
    /// Whether tables of rows are divided by the document's day.
    pub partition: Option<Partition>,
    /// What the objects in `annotations.jsonl` hold.
    pub layers: JsonLayers,
    /// How sources are read.
    pub read: ReadOptions,
    /// Threads that parse and annotate.
    pub threads: NonZeroUsize,
    /// Where the run begins.
    pub start: Start,
    /// Rows of a segment, and so of a row group: smaller ones need less memory, and lose less when the run is killed.
    pub segment_rows: usize,
}

/// Rows of a segment unless told otherwise.
const SEGMENT_ROWS: usize = 1 << 17;

/// What a run tells while it goes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// The inputs are known.
    Planned {
        /// How many there are to read.
        inputs: usize,
        /// Their size in bytes, as far as it is known.
        bytes: u64,
        /// How many are taken over from the last run.
        kept: usize,
        /// Documents that an interrupted run had written already.
        resumed: u64,
    },
    /// Something went wrong, and has a row in `errors`.
    Failed(&'e Failure),
    /// More was done.
    Progress(&'e Progress),
    /// Something the user should know.
    Warning(&'e str),
    /// All is annotated; the files are put together.
    Writing,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents annotated.
    pub documents: u64,
    /// Rows of `errors`.
    pub failures: u64,
    /// Mentions found.
    pub mentions: u64,
    /// Documents that are duplicates of others.
    pub duplicates: u64,
    /// Documents that are not in German.
    pub foreign: u64,
    /// Bytes of text annotated.
    pub text_bytes: u64,
    /// Bytes of the inputs that are done.
    pub input_bytes: u64,
    /// Bytes that were read of the input at hand, as far as that is known.
    pub reached: u64,
    /// The first and the last day of the documents.
    pub days: Option<(Date, Date)>,
}

/// What a run did.
#[derive(Debug)]
pub struct Report {
    /// The counts at its end.
    pub progress: Progress,
    /// Whether all input was read; if not, [`Start::Resume`] goes on.
    pub complete: bool,
    /// The table `entities`, most mentioned first; empty where the run is not complete.
    pub entities: DataFrame,
    /// The files written.
    pub paths: Vec<PathBuf>,
    /// What did not fit into a format.
    pub warnings: Vec<String>,
    /// Hashes of what made the tables, and the counts: what `run.json` holds.
    pub description: Value,
    /// How long it took.
    pub duration: Duration,
}

impl Extraction {
    /// From these inputs into this folder, as Parquet and CSV, on all cores.
    pub fn new<P: Into<PathBuf>>(inputs: impl IntoIterator<Item = P>, output: impl Into<PathBuf>) -> Self {
        Self {
            inputs: inputs.into_iter().map(Into::into).collect(),
            output: output.into(),
            formats: vec![Format::Parquet, Format::Csv],
            partition: None,
            layers: JsonLayers::default(),
            read: ReadOptions::default(),
            threads: all_cores(),
            start: Start::Anew,
            segment_rows: SEGMENT_ROWS,
        }
    }

    /// Runs until the input ends or `stop` is set; what is under way then is finished and kept, and the run can be
    /// resumed. `watch` hears what happens, on the caller's thread.
    ///
    /// # Errors
    /// [`ExtractError`] where the folder cannot be written, or there is nothing to go on with.
    pub fn run(
        &self,
        pipeline: &Pipeline,
        stop: &AtomicBool,
        watch: &mut dyn FnMut(&Event<'_>),
    ) -> Result<Report, ExtractError> {
        let began = Instant::now();
        let prepared = self.prepare(pipeline, watch)?;
        let Prepared { folder, plan, mut gathered, position } = prepared;
        let finished = AtomicBool::new(false);
        let (to_disk, segments) = bounded::<(Segment, bool)>(1);
        let (folder, annotated) = thread::scope(|scope| {
            let writer = scope.spawn(move || -> Result<Folder, WriteError> {
                let mut folder = folder;
                for (segment, full) in segments {
                    if full { folder.add(&segment)? } else { folder.interrupt(&segment)? }
                }
                Ok(folder)
            });
            let annotated = ordered(
                self.threads,
                |send| produce(&plan, position, &self.read, stop, &finished, send),
                |loads| annotate(pipeline, &self.read, loads),
                |chunk| {
                    gathered.take(pipeline.gazetteer(), chunk, watch);
                    watch(&Event::Progress(&gathered.progress));
                    // An error means that the writer ended with one of its own, which is heard below.
                    let sent =
                        !gathered.is_full(self.segment_rows) || to_disk.send((gathered.segment()?, true)).is_ok();
                    Ok(if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
                },
            );
            let annotated: Result<(), ExtractError> = annotated.and_then(|()| {
                let _ = to_disk.send((gathered.segment()?, finished.load(Ordering::Relaxed)));
                Ok(())
            });
            drop(to_disk);
            let folder = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (folder, annotated)
        });
        let folder = folder?;
        annotated?;
        let mut report = Report {
            progress: gathered.progress,
            complete: finished.load(Ordering::Relaxed),
            entities: DataFrame::empty(),
            paths: Vec::new(),
            warnings: Vec::new(),
            description: Value::Null,
            duration: Duration::ZERO,
        };
        if report.complete {
            watch(&Event::Writing);
            finish(pipeline, folder, gathered, &plan, &mut report)?;
        }
        report.duration = began.elapsed();
        if report.complete {
            self.describe(pipeline, &mut report)?;
        }
        Ok(report)
    }

    fn prepare(&self, pipeline: &Pipeline, watch: &mut dyn FnMut(&Event<'_>)) -> Result<Prepared, ExtractError> {
        let settings = self.settings(pipeline);
        let mut gathered = Gathered::new(self.layers, self.formats.contains(&Format::Jsonl));
        let folder = Folder::open(&self.output, &self.formats)?.partitioned(self.partition);
        let saved = folder.work_file(plan::FILE);
        let mut kept = 0;
        let (folder, plan, position) = if self.start == Start::Resume && saved.exists() && !folder.is_complete() {
            let plan = Plan::load(&saved)?;
            plan.check(&settings)?;
            let position = gathered.resume(pipeline.gazetteer(), &folder)?;
            plan.check_unchanged(position)?;
            (folder, plan, position)
        } else {
            let mut plan = Plan::new(&self.inputs, settings);
            let obstacle = if self.start == Start::Update && folder.is_complete() {
                update::obstacle(self, &saved, &plan)
            } else {
                Some(String::new())
            };
            let folder = match obstacle {
                None => {
                    let (folder, taken) = update::keep(self, pipeline.gazetteer(), &folder, &mut plan, &mut gathered)?;
                    kept = taken;
                    folder
                }
                Some(obstacle) => {
                    if !obstacle.is_empty() {
                        watch(&Event::Warning(&format!("the rows of the last run cannot be used: {obstacle}")));
                    }
                    Folder::create(&self.output, &self.formats)?.partitioned(self.partition)
                }
            };
            plan.save(&saved)?;
            (folder, plan, Position::default())
        };
        watch(&Event::Planned {
            inputs: plan.inputs.len(),
            bytes: plan.inputs.iter().map(|input| input.bytes).sum(),
            kept,
            resumed: gathered.progress.documents,
        });
        Ok(Prepared { folder, plan, gathered, position })
    }

    /// What the rows depend on, beside the inputs.
    fn settings(&self, pipeline: &Pipeline) -> Value {
        let formats: Vec<&str> = self.formats.iter().map(|format| format.as_str()).collect();
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "pipeline": pipeline.settings(),
            "formats": formats,
            "partition": self.partition.map(Partition::as_str),
            "layers": format!("{:?}", self.layers),
            "read": format!("{:?}", self.read),
            "segment_rows": self.segment_rows,
        })
    }

    /// Writes `run.json`, from which a table can be traced to what made it.
    fn describe(&self, pipeline: &Pipeline, report: &mut Report) -> Result<(), ExtractError> {
        let progress = &report.progress;
        let pipeline = pipeline.settings();
        report.description = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "arguments": std::env::args().skip(1).collect::<Vec<_>>(),
            "gazetteers": pipeline["gazetteers"],
            "model": pipeline["model"],
            "settings": report.description,
            "counts": {
                "documents": progress.documents,
                "errors": progress.failures,
                "mentions": progress.mentions,
                "entities": report.entities.height(),
                "duplicates": progress.duplicates,
                "not_german": progress.foreign,
            },
            "duration_seconds": (report.duration.as_secs_f64() * 1000.0).round() / 1000.0,
        });
        let path = self.output.join("run.json");
        plan::write_whole(&path, format!("{:#}\n", report.description).as_bytes())?;
        report.paths.push(path);
        Ok(())
    }
}

/// Puts the tables together.
fn finish(
    pipeline: &Pipeline,
    folder: Folder,
    gathered: Gathered,
    plan: &Plan,
    report: &mut Report,
) -> Result<(), ExtractError> {
    plan::keep_notes(&folder)?;
    let totals = gathered.totals(pipeline.gazetteer())?;
    if let Some((_, entities)) = totals.iter().find(|(table, _)| *table == Table::Entities) {
        report.entities = entities.clone();
    }
    report.description = plan.settings.clone();
    let finished = folder.finish(totals)?;
    report.paths = finished.paths;
    report.warnings = finished.warnings;
    Ok(())
}

/// All that a run needs before its first document.
struct Prepared {
    folder: Folder,
    plan: Plan,
    gathered: Gathered,
    position: Position,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that were read of an input each time that a run said how far it was.
    fn reached(name: &str, bytes: &[u8]) -> Vec<u64> {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join(name);
        std::fs::write(&input, bytes).unwrap();
        let mut extraction = Extraction::new([&input], folder.path().join("tables"));
        extraction.threads = NonZeroUsize::MIN;
        let layers = crate::Layers { mentions: false, topics: false };
        let pipeline = Pipeline::builder().layers(layers).build().unwrap();
        let mut reached = Vec::new();
        let mut watch = |event: &Event<'_>| {
            if let Event::Progress(progress) = event {
                reached.push(progress.reached);
            }
        };
        extraction.run(&pipeline, &AtomicBool::new(false), &mut watch).unwrap();
        reached
    }

    #[test]
    fn a_run_says_how_far_it_is_in_a_large_input() {
        let line = |number: usize| {
            format!("{{\"text\": \"{number}. Das BMDS lädt ein. {}\"}}\n", "Mehr davon und noch viel mehr ".repeat(30))
        };
        let lines: String = (0..1500).map(line).collect();
        let half: String = (0..750).map(line).collect();
        let zip = {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for number in 0..4 {
                let stored =
                    zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
                zip.start_file(format!("{number}.jsonl"), stored).unwrap();
                std::io::Write::write_all(&mut zip, half.as_bytes()).unwrap();
            }
            zip.finish().unwrap().into_inner()
        };
        for (name, bytes) in [("a.jsonl", lines.as_bytes()), ("a.zip", &zip)] {
            let reached = reached(name, bytes);
            let between = reached.iter().filter(|&&at| 0 < at && at < bytes.len() as u64).count();
            assert!(between > 2, "{name}: {reached:?}");
            assert_eq!(reached.last(), Some(&0), "{name}: nothing is at hand at the end");
        }
    }
}
