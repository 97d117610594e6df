//! `ressort discover INPUT...`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use serde_json::json;

use crate::batch::{Outcome, all_cores, annotate_all};
use crate::discover::{Discovery, Find};
use crate::pipeline::{Layers, Pipeline};
use crate::read::{self, ReadOptions};

/// Lists names that no gazetteer holds, with how often they were found and sentences that show them.
///
/// Titles before unknown names, quoted names of programmes, compounds such as …strategie, unexplained abbreviations. The
/// table is a gazetteer in the making: keep the rows that are right, correct name and kind, and give it to --gazetteer.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text file, JSON Lines file, folder, pattern, or - for standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Gazetteer of your own, whose names are known already.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Leaves out what was found less often.
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: u32,
    /// How to print it: a gazetteer in the making (tab separated), or JSON.
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut builder = Pipeline::builder().layers(Layers { mentions: true, topics: false });
    for file in &args.gazetteer {
        builder = builder.gazetteer_file(file);
    }
    let pipeline = builder.build()?;
    let (sources, failures) = read::expand(&args.input);
    let documents = failures
        .into_iter()
        .map(Err)
        .chain(sources.into_iter().flat_map(|source| source.documents(&ReadOptions::default())));
    let (mut discovery, mut done, mut failed) = (Discovery::default(), 0, 0);
    annotate_all(&pipeline, documents, all_cores(), |outcome| {
        match outcome {
            Outcome::Annotated(document, annotation) => {
                done += 1;
                discovery.add(&document, &annotation);
            }
            Outcome::Failed(failure) => {
                failed += 1;
                writeln!(anstream::stderr(), "ressort: {}", failure.message)?;
            }
        }
        Ok::<(), std::io::Error>(())
    })?;
    ensure!(done > 0, "no document could be read");
    let finds = discovery.finish(args.least);
    let mut out = std::io::stdout().lock();
    if args.format == "json" {
        let rows: Vec<_> = finds.iter().map(to_json).collect();
        serde_json::to_writer_pretty(&mut out, &rows).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        writeln!(out, "name\tkind\tfull\tnote")?;
        for find in &finds {
            let example = find.examples.first().map_or("", |(_, sentence)| sentence);
            writeln!(
                out,
                "{}\t{}\t{}\t{} in {} documents: {}",
                find.name,
                find.kind.map_or("?", crate::Kind::as_str),
                find.long_form.as_deref().unwrap_or_default(),
                find.mentions,
                find.documents,
                example.replace('\t', " "),
            )?;
        }
    }
    Ok(ExitCode::from(u8::from(failed > 0)))
}

fn to_json(find: &Find) -> serde_json::Value {
    let example = |(document, sentence): &(String, String)| json!({ "document": document, "sentence": sentence });
    json!({
        "name": find.name,
        "kind": find.kind.map(crate::Kind::as_str),
        "long_form": find.long_form,
        "mentions": find.mentions,
        "documents": find.documents,
        "examples": find.examples.iter().map(example).collect::<Vec<_>>(),
    })
}
