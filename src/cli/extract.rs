//! `ressort extract INPUT...`.

use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

use super::progress::{Log, Watcher};
use super::summary;
use crate::batch::{Outcome, all_cores, annotate_all};
use crate::date::parse_day;
use crate::extract::{Extraction, Start};
use crate::pipeline::{Languages, Layers, Pipeline};
use crate::read::{self, Columns, ReadOptions, Split};
use crate::resolve::Anaphors;
use crate::write::{Format, JsonLayers, Partition, json_object};

/// Finds and links names, tags topics, writes tables.
///
/// Without -o, or with -o -, one JSON object per document goes to standard output. With -o DIR the tables documents,
/// mentions, entities, topics, cooccurrences and errors are written there, and run.json says what made them. A run that
/// was interrupted goes on with --resume, and ends with the same bytes as one that was not.
///
/// Exit code: 0 all went well; 1 finished, but some documents failed (listed in errors); 2 nothing could be done;
/// 130 interrupted, to be resumed.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools)] // switches of the command line
pub(super) struct Args {
    /// File, folder, archive, pattern, or - for standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Folder for the tables, or - for JSON Lines on standard output.
    #[arg(short, long, value_name = "DIR", default_value = "-")]
    output: PathBuf,
    /// Format of the tables: parquet, csv, jsonl, arrow, xlsx; can be given several times. [default: parquet and csv]
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<Format>,
    /// Divide documents, mentions and topics into a file for each year or month of the documents.
    #[arg(long, value_name = "year|month")]
    partition: Option<Partition>,
    /// Go on where a run into the same folder was interrupted.
    #[arg(long, conflicts_with = "update")]
    resume: bool,
    /// Keep the rows of the last run for inputs that have not changed since.
    #[arg(long)]
    update: bool,
    /// Whether a page that lists several items becomes several documents.
    #[arg(long, default_value = "auto", value_parser = ["auto", "none"])]
    split: String,
    /// Day of documents without one of their own.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Column with the text, in CSV and Parquet files. [default: text, or what it is usually called]
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Column with the day.
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// Column with the headline.
    #[arg(long, value_name = "NAME")]
    title_column: Option<String>,
    /// Column with the identifier.
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// Look for names and topics in documents that are not in German, too.
    #[arg(long)]
    any_language: bool,
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
    /// Rows after which a stretch of the run is written and safe: fewer need less memory.
    #[arg(long, value_name = "N", default_value_t = NonZeroUsize::new(1 << 17).unwrap_or(NonZeroUsize::MIN))]
    segment_rows: NonZeroUsize,
    /// No progress and no summary; what went wrong is still said.
    #[arg(short, long)]
    quiet: bool,
    /// How to say what happens: as text, or as JSON, one object per line, on standard error.
    #[arg(long, value_name = "text|json", default_value = "text")]
    log: Log,
}

impl Args {
    fn languages(&self) -> Languages {
        if self.any_language { Languages::Any } else { Languages::German }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let date =
        args.date.as_deref().map(|date| parse_day(date).with_context(|| format!("--date {date}"))).transpose()?;
    let mut builder = Pipeline::builder().layers(Layers { mentions: args.layers.mentions, topics: args.layers.topics });
    for file in &args.gazetteer {
        builder = builder.gazetteer_file(file);
    }
    if args.no_anaphors {
        builder = builder.anaphors(Anaphors::Ignore);
    }
    let pipeline = builder.languages(args.languages()).build()?;
    let options = ReadOptions {
        split: if args.split == "none" { Split::None } else { Split::Auto },
        date,
        columns: Columns {
            text: args.text_column.clone(),
            date: args.date_column.clone(),
            title: args.title_column.clone(),
            id: args.id_column.clone(),
        },
        ..ReadOptions::default()
    };
    let mut layers = args.layers;
    layers.text |= args.with_text;
    if args.output == Path::new("-") {
        print_lines(args, &pipeline, &options, layers)
    } else {
        write_tables(args, &pipeline, options, layers)
    }
}

/// One JSON object per document on standard output.
fn print_lines(
    args: &Args,
    pipeline: &Pipeline,
    options: &ReadOptions,
    layers: JsonLayers,
) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut watcher = Watcher::new(args.log, args.quiet);
    let (sources, failures) = read::expand(&args.input);
    let documents =
        failures.into_iter().map(Err).chain(sources.into_iter().flat_map(|source| source.documents(options)));
    let (mut done, mut failed) = (0, 0);
    annotate_all(pipeline, documents, args.threads.unwrap_or_else(all_cores), |outcome| -> anyhow::Result<()> {
        match outcome {
            Outcome::Annotated(document, annotation) => {
                done += 1;
                let object = json_object(pipeline.gazetteer(), layers, &document, &annotation);
                serde_json::to_writer(&mut out, &object).map_err(std::io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Outcome::Failed(failure) => {
                failed += 1;
                watcher.failed(&failure);
            }
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(exit_code(done, failed))
}

fn write_tables(
    args: &Args,
    pipeline: &Pipeline,
    options: ReadOptions,
    layers: JsonLayers,
) -> anyhow::Result<ExitCode> {
    let mut extraction = Extraction::new(args.input.iter().cloned(), &args.output);
    if !args.format.is_empty() {
        extraction.formats.clone_from(&args.format);
    }
    extraction.partition = args.partition;
    extraction.layers = layers;
    extraction.read = options;
    extraction.threads = args.threads.unwrap_or_else(all_cores);
    extraction.segment_rows = args.segment_rows.get();
    extraction.start = match (args.resume, args.update) {
        (true, _) => Start::Resume,
        (_, true) => Start::Update,
        _ => Start::Anew,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // Where the handler cannot be set, an interrupt ends the program at once, and the run can be resumed all the same.
    let _ = ctrlc::set_handler(move || {
        // Who asks twice does not want to wait.
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let mut watcher = Watcher::new(args.log, args.quiet);
    let report = extraction.run(pipeline, &stop, &mut |event| watcher.see(event))?;
    watcher.finish(&report);
    if !report.complete {
        watcher.say("interrupted; --resume goes on from here");
        return Ok(ExitCode::from(130));
    }
    if !args.quiet && args.log == Log::Text {
        let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
        summary::print(&mut out, &report, &args.output, args.languages())?;
    }
    Ok(exit_code(report.progress.documents, report.progress.failures))
}

fn exit_code(done: u64, failed: u64) -> ExitCode {
    match (done, failed) {
        (_, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(2),
        _ => ExitCode::from(1),
    }
}
