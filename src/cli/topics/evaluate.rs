//! `ressort topics evaluate`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::examples::{Fields, read_examples};
use crate::topics::{Counts, Figure, Figures, evaluate};

/// Compares topics with labelled records (JSON Lines, CSV, TSV, Parquet) that the model has not seen.
///
/// Intervals hold in 95 of 100 samples drawn from the records.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File with records, or - for JSON Lines on standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Model, or taxonomy with terms (.tsv), of your own. [default: the built-in models]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    #[command(flatten)]
    fields: Fields,
    /// Compare topics whose ids begin so, by their ids. [default: the labels of the model, by their names]
    #[arg(long, value_name = "PREFIX")]
    topics: Option<String>,
    /// Labels that hold less often are left out of the macro F1.
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: usize,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = ["table", "json", "csv"])]
    format: String,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let topics = super::topics(args.model.as_deref())?;
    let (examples, failed) = read_examples(&args.input, &args.fields)?;
    let figures = match (&args.topics, topics.model()) {
        (None, Some(model)) => evaluate(model, &examples, args.least),
        (prefix, _) => topics.evaluate(prefix.as_deref().unwrap_or_default(), &examples, args.least),
    };
    ensure!(figures.examples > 0, "no record has labels: the fields named by --labels are missing or empty");
    let mut out = std::io::stdout().lock();
    match args.format.as_str() {
        "json" => {
            serde_json::to_writer_pretty(&mut out, &figures_json(&figures)).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        "csv" => print_csv(&mut out, &figures)?,
        _ => print_figures(&mut out, &figures)?,
    }
    Ok(super::code(failed))
}

fn figure(figure: Figure) -> Value {
    json!({ "value": figure.value, "low": figure.low, "high": figure.high })
}

fn counts(counts: &Counts) -> Value {
    json!({
        "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
        "right": counts.right, "given": counts.given, "gold": counts.gold,
    })
}

fn figures_json(figures: &Figures) -> Value {
    let label = |label: &crate::topics::LabelFigures| {
        let mut all = counts(&label.counts);
        all["interval"] = figure(label.f1);
        all["calibration_error"] = label.calibration_error.into();
        (label.name.clone(), all)
    };
    let labels: serde_json::Map<_, _> = figures.labels.iter().map(label).collect();
    let confusion =
        |pair: &crate::topics::Confusion| json!({ "missed": pair.missed, "given": pair.given, "count": pair.count });
    json!({
        "examples": figures.examples,
        "micro": counts(&figures.micro),
        "micro_f1": figure(figures.micro_f1),
        "macro_f1": figure(figures.macro_f1),
        "macro_labels": figures.macro_labels,
        "top1": figure(figures.top1),
        "calibration_error": figure(figures.calibration_error),
        "baseline": { "label": figures.commonest, "micro": counts(&figures.baseline) },
        "labels": labels,
        "confusions": figures.confusions.iter().map(confusion).collect::<Vec<_>>(),
    })
}

/// One row for each label, and one for all.
fn print_csv(out: &mut impl Write, figures: &Figures) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "label",
        "precision",
        "recall",
        "f1",
        "f1_low",
        "f1_high",
        "right",
        "given",
        "gold",
        "calibration_error",
    ])?;
    let mut row = |name: &str, counts: &Counts, f1: Figure, error: f64| {
        let numbers = [counts.precision(), counts.recall(), f1.value, f1.low, f1.high].map(|n| format!("{n:.4}"));
        let whole = [counts.right, counts.given, counts.gold].map(|n| n.to_string());
        let cells = std::iter::once(name.to_owned()).chain(numbers).chain(whole).chain([format!("{error:.4}")]);
        table.write_record(cells)
    };
    for label in &figures.labels {
        row(&label.name, &label.counts, label.f1, label.calibration_error)?;
    }
    row("(all)", &figures.micro, figures.micro_f1, figures.calibration_error.value)?;
    table.flush().context("cannot write the table")
}

pub(super) fn print_figures(out: &mut impl Write, figures: &Figures) -> std::io::Result<()> {
    let wide = figures.labels.iter().map(|label| label.name.chars().count()).max().unwrap_or(0).max(20);
    writeln!(
        out,
        "{:<wide$} {:>9} {:>9} {:>22} {:>7} {:>11}",
        "", "precision", "recall", "F1", "holds", "calibration"
    )?;
    for label in &figures.labels {
        writeln!(
            out,
            "{:<wide$} {:>9.3} {:>9.3} {:>22} {:>7} {:>11.4}",
            label.name,
            label.counts.precision(),
            label.counts.recall(),
            label.f1.to_string(),
            label.counts.gold,
            label.calibration_error
        )?;
    }
    writeln!(out)?;
    if !figures.confusions.is_empty() {
        writeln!(out, "Most often missed, and what was given in its place:")?;
        for pair in figures.confusions.iter().take(10) {
            writeln!(out, "{:>5} {} / {}", pair.count, pair.missed, pair.given)?;
        }
        writeln!(out)?;
    }
    let all = &figures.micro;
    writeln!(out, "examples          {:>7}", figures.examples)?;
    writeln!(out, "micro F1          {}", figures.micro_f1)?;
    writeln!(out, "  precision       {:.3}", all.precision())?;
    writeln!(out, "  recall          {:.3}", all.recall())?;
    writeln!(out, "macro F1          {} over {} labels", figures.macro_f1, figures.macro_labels)?;
    writeln!(out, "top-1             {}", figures.top1)?;
    writeln!(
        out,
        "calibration error {:.4} ({:.4} to {:.4})",
        figures.calibration_error.value, figures.calibration_error.low, figures.calibration_error.high
    )?;
    writeln!(out, "always {}: micro F1 {:.3}", figures.commonest, figures.baseline.f1())
}
