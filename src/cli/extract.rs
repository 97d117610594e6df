//! `ressort extract INPUT...`.

use std::io::{BufWriter, StdoutLock, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::summary;
use crate::batch::{Outcome, all_cores, annotate_all};
use crate::date::{Date, parse_day};
use crate::document::{DateSource, Document, Failure};
use crate::pipeline::{Layers, Pipeline};
use crate::read::{self, Split};
use crate::resolve::Anaphors;
use crate::tables::{Frames, Tables};
use crate::topics::Topics;
use crate::write::{Folder, Format, JsonLayers, json_object};

/// Rows gathered before they are written: large enough for good row groups, small beside the texts under way.
const ROWS_AT_A_TIME: usize = 1 << 17;

/// Finds and links names, tags topics, writes tables.
///
/// Without -o, or with -o -, one JSON object per document goes to standard output. With -o DIR the tables documents,
/// mentions, entities, topics, cooccurrences and errors are written there, and run.json says what made them.
///
/// Exit code: 0 all went well; 1 finished, but some documents failed (listed in errors); 2 nothing could be done.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text file, JSON Lines file (.jsonl), folder, pattern, or - for standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Folder for the tables, or - for JSON Lines on standard output.
    #[arg(short, long, value_name = "DIR", default_value = "-")]
    output: PathBuf,
    /// Format of the tables; can be given several times. [default: parquet and csv]
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<Format>,
    /// Whether a page that lists several items becomes several documents.
    #[arg(long, default_value = "auto", value_parser = ["auto", "none"])]
    split: String,
    /// Day of documents without one of their own.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Gazetteer of your own (TSV or CSV); can be given several times.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// What the JSON objects hold: tokens, sentences, mentions, topics, text.
    #[arg(long, value_name = "LIST", default_value = "mentions,topics")]
    layers: JsonLayers,
    /// Put the text into the JSON objects.
    #[arg(long)]
    with_text: bool,
    /// Leaves general words (der Freistaat) alone that stand for names said before.
    #[arg(long)]
    no_anaphors: bool,
    /// Threads that annotate. [default: one per core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let date =
        args.date.as_deref().map(|date| parse_day(date).with_context(|| format!("--date {date}"))).transpose()?;
    let mut builder = Pipeline::builder().layers(Layers { mentions: args.layers.mentions, topics: args.layers.topics });
    for file in &args.gazetteer {
        builder = builder.gazetteer_file(file);
    }
    if args.no_anaphors {
        builder = builder.anaphors(Anaphors::Ignore);
    }
    let pipeline = builder.build()?;
    let mut layers = args.layers;
    layers.text |= args.with_text;
    let mut run = Run { layers, pipeline: &pipeline, output: Output::open(args)?, done: 0, failed: 0 };
    let progress = progress_bar();
    let (sources, failures) = read::expand(&args.input);
    let split = if args.split == "none" { Split::None } else { Split::Auto };
    let documents = failures.into_iter().map(Err).chain(sources.into_iter().flat_map(move |source| {
        source.documents(split).map(move |outcome| outcome.map(|document| dated(document, date)))
    }));
    annotate_all(&pipeline, documents, args.threads.unwrap_or_else(all_cores), |outcome| {
        progress.inc(1);
        progress.suspend_if(matches!(outcome, Outcome::Failed(_)), || run.take(outcome))
    })?;
    progress.finish_and_clear();
    run.finish(args, began.elapsed())
}

/// The document, with the day given on the command line where it has none of its own.
fn dated(mut document: Document, date: Option<Date>) -> Document {
    if document.date.is_none() && date.is_some() {
        document.date = date;
        document.date_source = Some(DateSource::Given);
    }
    document
}

/// A counter on standard error, shown only on a terminal.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} documents, {per_sec}, {elapsed}");
    let bar = ProgressBar::new_spinner();
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

trait SuspendIf {
    /// Runs `work`, with the bar out of the way where it prints.
    fn suspend_if<T>(&self, prints: bool, work: impl FnOnce() -> T) -> T;
}

impl SuspendIf for ProgressBar {
    fn suspend_if<T>(&self, prints: bool, work: impl FnOnce() -> T) -> T {
        if prints { self.suspend(work) } else { work() }
    }
}

enum Output {
    Lines(BufWriter<StdoutLock<'static>>),
    Tables(Box<(Folder, Tables)>),
}

impl Output {
    fn open(args: &Args) -> anyhow::Result<Self> {
        if args.output == Path::new("-") {
            return Ok(Self::Lines(BufWriter::new(std::io::stdout().lock())));
        }
        let formats = if args.format.is_empty() { &[Format::Parquet, Format::Csv][..] } else { &args.format };
        Ok(Self::Tables(Box::new((Folder::create(&args.output, formats)?, Tables::default()))))
    }
}

struct Run<'p> {
    pipeline: &'p Pipeline,
    layers: JsonLayers,
    output: Output,
    done: u64,
    failed: u64,
}

impl Run<'_> {
    fn take(&mut self, outcome: Outcome) -> anyhow::Result<()> {
        match outcome {
            Outcome::Annotated(document, annotation) => {
                self.done += 1;
                let object = || json_object(self.pipeline.gazetteer(), self.layers, &document, &annotation);
                match &mut self.output {
                    Output::Lines(out) => {
                        serde_json::to_writer(&mut *out, &object()).map_err(std::io::Error::from)?;
                        out.write_all(b"\n")?;
                    }
                    Output::Tables(both) => {
                        let (folder, tables) = &mut **both;
                        tables.push(self.pipeline.gazetteer(), &document, &annotation);
                        folder.write_object(object)?;
                        if tables.waiting() >= ROWS_AT_A_TIME {
                            for (table, frame) in tables.take_rows()? {
                                folder.write(table, &frame)?;
                            }
                        }
                    }
                }
            }
            Outcome::Failed(failure) => self.fail(&failure),
        }
        Ok(())
    }

    fn fail(&mut self, failure: &Failure) {
        self.failed += 1;
        let _ = writeln!(anstream::stderr(), "ressort: {failure}");
        if let Output::Tables(both) = &mut self.output {
            both.1.fail(failure);
        }
    }

    fn finish(self, args: &Args, duration: Duration) -> anyhow::Result<ExitCode> {
        match self.output {
            Output::Lines(mut out) => out.flush()?,
            Output::Tables(both) => {
                let (mut folder, tables) = *both;
                let gazetteer = self.pipeline.gazetteer();
                let frames: Frames = tables.finish(gazetteer)?;
                let entities = frames.entities.clone();
                for (table, frame) in frames.into_tables() {
                    folder.write(table, &frame)?;
                }
                folder.finish()?;
                let counts = summary::Counts::new(self.done, self.failed, &entities)?;
                let hashes: serde_json::Map<_, _> = gazetteer
                    .fingerprints()
                    .map(|(file, hash)| (file.to_owned(), format!("{hash:016x}").into()))
                    .collect();
                let run = json!({
                    "version": env!("CARGO_PKG_VERSION"),
                    "arguments": std::env::args().skip(1).collect::<Vec<_>>(),
                    "gazetteers": hashes,
                    "model": self.pipeline.topics().and_then(Topics::fingerprint).map(|hash| format!("{hash:016x}")),
                    "counts": counts.to_json(),
                    "duration_seconds": (duration.as_secs_f64() * 1000.0).round() / 1000.0,
                });
                let path = args.output.join("run.json");
                std::fs::write(&path, serde_json::to_string_pretty(&run).map_err(std::io::Error::from)? + "\n")
                    .with_context(|| format!("cannot write {}", path.display()))?;
                let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
                summary::print(&mut out, &counts, &entities, &args.output, duration)?;
            }
        }
        Ok(match (self.done, self.failed) {
            (_, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(2),
            _ => ExitCode::from(1),
        })
    }
}
