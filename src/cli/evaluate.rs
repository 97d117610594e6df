//! `ressort evaluate`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::document::Kind;
use crate::evaluate::{
    CONFIDENCE, Counts, Evaluation, GoldDocument, Mistake, Scores, Share, evaluate, evaluate_text, read_gold,
};
use crate::pipeline::{Layers, Pipeline, PipelineBuilder};

/// Compares what is found with gold: precision, recall and F1 by kind, linking, tokens, sentences.
///
/// Governments, the Bundeswehr and international institutions count neither way where the gold does not mark them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Gold files: JSON Lines, one document a line, with text, date and mentions.
    #[arg(required = true)]
    gold: Vec<PathBuf>,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
    /// Lists every mistake, one a line.
    #[arg(long)]
    errors: bool,
    /// Compares tokens only (with --sentences: both); names are not looked for.
    #[arg(long)]
    tokens: bool,
    /// Compares sentences only (with --tokens: both); names are not looked for.
    #[arg(long)]
    sentences: bool,
    /// Adds a gazetteer of your own (TSV or CSV).
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

impl Args {
    /// The documents, without the layers that were not asked for.
    fn chosen(&self, mut documents: Vec<GoldDocument>) -> Vec<GoldDocument> {
        let all = !self.tokens && !self.sentences;
        for document in &mut documents {
            document.tokens = document.tokens.take().filter(|_| all || self.tokens);
            document.sentences = document.sentences.take().filter(|_| all || self.sentences);
            document.sentence_starts = document.sentence_starts.take().filter(|_| all || self.sentences);
        }
        documents
    }
}

/// The JSON output.
#[derive(Serialize)]
struct Report<'a> {
    files: Vec<FileReport<'a>>,
    /// All files together.
    all: &'a Scores,
    /// Lines and files that could not be read.
    problems: &'a [String],
}

#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    #[serde(flatten)]
    scores: &'a Scores,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Mistake]>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    // Without names there is nothing to build.
    let pipeline = if args.tokens || args.sentences {
        None
    } else {
        let builder = Pipeline::builder().layers(Layers { mentions: true, topics: false });
        Some(args.gazetteer.iter().fold(builder, PipelineBuilder::gazetteer_file).build()?)
    };

    let mut problems = Vec::new();
    let mut evaluations: Vec<(String, Evaluation)> = Vec::new();
    for path in &args.gold {
        let name = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => {
                let gold = read_gold(&name, &bytes);
                problems.extend(gold.problems.iter().map(ToString::to_string));
                if !gold.documents.is_empty() {
                    let documents = args.chosen(gold.documents);
                    let evaluation = pipeline
                        .as_ref()
                        .map_or_else(|| evaluate_text(&documents), |pipeline| evaluate(pipeline, &documents));
                    evaluations.push((name, evaluation));
                }
            }
            Err(error) => problems.push(format!("{name}: cannot be read: {error}")),
        }
    }
    let mut all = Scores::default();
    for (_, evaluation) in &evaluations {
        all.add(&evaluation.scores);
    }

    for problem in &problems {
        writeln!(anstream::stderr(), "{problem}")?;
    }
    if evaluations.is_empty() {
        anyhow::bail!("no gold document to evaluate");
    }
    let mut out = std::io::stdout().lock();
    if args.format == "json" {
        let report = Report {
            files: evaluations
                .iter()
                .map(|(name, evaluation)| FileReport {
                    file: name,
                    scores: &evaluation.scores,
                    errors: args.errors.then_some(evaluation.mistakes.as_slice()),
                })
                .collect(),
            all: &all,
            problems: &problems,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?)?;
    } else {
        for (name, evaluation) in &evaluations {
            write_table(&mut out, name, &evaluation.scores)?;
            if args.errors {
                for mistake in &evaluation.mistakes {
                    writeln!(out, "{mistake}")?;
                }
                writeln!(out)?;
            }
        }
        if evaluations.len() > 1 {
            write_table(&mut out, "all files", &all)?;
        }
    }
    Ok(ExitCode::from(u8::from(!problems.is_empty())))
}

fn write_table(out: &mut impl Write, name: &str, scores: &Scores) -> std::io::Result<()> {
    let documents = if scores.documents == 1 { "document" } else { "documents" };
    writeln!(out, "{name}: {} {documents}", scores.documents)?;
    writeln!(
        out,
        "{:<16} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "", "precision", "recall", "F1", "hit", "missed", "extra"
    )?;
    for kind in Kind::ALL {
        if let Some(counts) = scores.kinds.get(kind.as_str()) {
            write_counts(out, kind.as_str(), *counts)?;
        }
    }
    for (label, counts) in [
        ("all mentions", scores.all),
        ("core", scores.core),
        ("tokens", scores.tokens),
        ("sentences", scores.sentences),
        ("sentence starts", scores.sentence_starts),
    ] {
        write_counts(out, label, counts)?;
    }
    for (label, share) in [
        ("linked right", scores.linking),
        ("holders right", scores.holders),
        ("non-mentions hit", scores.non_mentions_found),
        ("wholly right", scores.wholly_right),
    ] {
        let Share { right, of } = share;
        if of > 0 {
            writeln!(out, "{label:<16} {:>9} ({right} of {of})", figure(share.ratio()))?;
        }
    }
    for (index, share) in scores.confidence.iter().enumerate().filter(|(_, share)| share.of > 0) {
        let to = CONFIDENCE.get(index + 1).copied().unwrap_or(1.0);
        let label = format!("sure {:.1}-{to:.1}", CONFIDENCE[index]);
        writeln!(out, "{label:<16} {:>9} ({} of {} right)", figure(share.ratio()), share.right, share.of)?;
    }
    writeln!(out)
}

fn write_counts(out: &mut impl Write, label: &str, counts: Counts) -> std::io::Result<()> {
    if counts == Counts::default() {
        return Ok(());
    }
    writeln!(
        out,
        "{label:<16} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7}",
        figure(counts.precision()),
        figure(counts.recall()),
        figure(counts.f1()),
        counts.hit,
        counts.missed,
        counts.extra
    )
}

fn figure(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"))
}
