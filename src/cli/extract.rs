//! `ressort extract INPUT... -o -`.

use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::json;

use crate::date::{Date, parse_day};
use crate::document::{CharIndex, DateSource, Document};
use crate::pipeline::{Layers, Pipeline};
use crate::read;

/// Finds and links names; prints one JSON object per document.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text file, JSON Lines file (`.jsonl`), or `-` for a text on standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Day of documents without one of their own.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Gazetteer of your own (TSV or CSV); can be given several times.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Where to write; for now only `-`, standard output.
    #[arg(short, long, default_value = "-")]
    output: String,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if args.output != "-" {
        bail!("only '-o -' (JSON Lines on standard output) is written so far");
    }
    let date =
        args.date.as_deref().map(|date| parse_day(date).with_context(|| format!("--date {date}"))).transpose()?;
    let mut builder = Pipeline::builder().layers(Layers { mentions: true, topics: false });
    for file in &args.gazetteer {
        builder = builder.gazetteer_file(file);
    }
    let mut run =
        Run { pipeline: builder.build()?, date, out: BufWriter::new(std::io::stdout().lock()), done: 0, failed: 0 };
    for input in &args.input {
        if let Err(error) = run.input(input) {
            if error.chain().any(|cause| {
                cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            }) {
                return Ok(ExitCode::SUCCESS);
            }
            run.complain(&format!("{error:#}"));
        }
    }
    run.out.flush()?;
    Ok(match (run.done, run.failed) {
        (_, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(2),
        _ => ExitCode::from(1),
    })
}

struct Run<W> {
    pipeline: Pipeline,
    date: Option<Date>,
    out: W,
    done: u64,
    failed: u64,
}

impl<W: Write> Run<W> {
    fn complain(&mut self, what: &str) {
        self.failed += 1;
        let _ = writeln!(anstream::stderr(), "ressort: {what}");
    }

    fn input(&mut self, path: &Path) -> anyhow::Result<()> {
        let name = path.display().to_string();
        let open = || std::fs::File::open(path).with_context(|| format!("cannot read {name}"));
        if path.extension().is_some_and(|end| end == "jsonl" || end == "ndjson") {
            let mut lines = BufReader::new(open()?);
            let mut line = Vec::new();
            for number in 1_u64.. {
                line.clear();
                if lines.read_until(b'\n', &mut line).with_context(|| format!("cannot read {name}"))? == 0 {
                    break;
                }
                let (text, replaced) = read::decode(&line);
                if text.trim().is_empty() {
                    continue;
                }
                match read::record(&text) {
                    Ok(mut document) => {
                        document.replaced = replaced;
                        if document.id.is_empty() {
                            document.id = format!("{name}#{number}");
                        }
                        self.document(document, &name)?;
                    }
                    Err(error) => self.complain(&format!("{name}:{number}: {error}")),
                }
            }
            return Ok(());
        }
        let mut bytes = Vec::new();
        if name == "-" {
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        } else {
            open()?.read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
        }
        let (text, replaced) = read::decode(&bytes);
        self.document(Document { id: name.clone(), text, replaced, ..Document::default() }, &name)
    }

    fn document(&mut self, mut document: Document, source: &str) -> anyhow::Result<()> {
        source.clone_into(&mut document.source);
        if document.date.is_none() && self.date.is_some() {
            document.date = self.date;
            document.date_source = Some(DateSource::Given);
        }
        let annotation = self.pipeline.annotate(&document);
        let gazetteer = self.pipeline.gazetteer();
        let chars = CharIndex::new(&document.text);
        let mentions: Vec<_> = annotation
            .mentions
            .iter()
            .map(|mention| {
                json!({
                    "start": chars.chars_before(mention.span.start),
                    "end": chars.chars_before(mention.span.end),
                    "surface": mention.span.of(&document.text),
                    "kind": mention.kind.as_str(),
                    "entity": mention.entity.map(|key| &gazetteer.entity(key).id),
                    "name": mention.entity.map(|key| gazetteer.name_on(key, document.date)),
                    "via": mention.via.as_str(),
                    "holder": mention.holder.map(|key| &gazetteer.entity(key).id),
                    "modifier": mention.modifier.map(crate::Modifier::as_str),
                    "region": mention.region.as_str(),
                    "confidence": (f64::from(mention.confidence) * 1000.0).round() / 1000.0,
                    "sentence": mention.sentence,
                })
            })
            .collect();
        let mut object = serde_json::Map::new();
        object.insert("id".to_owned(), document.id.into());
        object.insert("source".to_owned(), document.source.into());
        object.insert("item".to_owned(), document.item.into());
        object.insert("title".to_owned(), document.title.into());
        object.insert("kicker".to_owned(), document.kicker.into());
        object.insert("date".to_owned(), document.date.map(|day| day.to_string()).into());
        object.insert("mentions".to_owned(), mentions.into());
        for (name, value) in document.extra {
            object.entry(name).or_insert(value);
        }
        serde_json::to_writer(&mut self.out, &object).map_err(std::io::Error::from)?;
        self.out.write_all(b"\n")?;
        self.done += 1;
        Ok(())
    }
}
