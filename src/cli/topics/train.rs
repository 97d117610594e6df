//! `ressort topics train`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;

use super::evaluate::print_figures;
use super::examples::{Fields, read_examples};
use crate::topics::{Example, Settings, train_and_calibrate, train_and_validate};

/// Trains a model from labelled records (JSON Lines, CSV, TSV, Parquet).
///
/// The report says how good it is on records that it has not seen: those of the last year, or every tenth. The model is
/// then trained on all. Half of the unseen records are judged by thresholds chosen on the other half.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File with records, or - for JSON Lines on standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// File for the model.
    #[arg(short, long, value_name = "FILE", required_unless_present = "ablate")]
    output: Option<PathBuf>,
    #[command(flatten)]
    fields: Fields,
    /// What stands before the / of a topic's id, where labels are names and no ids.
    #[arg(long, default_value = "topic")]
    prefix: String,
    /// How many features are learned.
    #[arg(long, value_name = "N")]
    rows: Option<usize>,
    /// For how many of the commonest words the model keeps what their features add up to; each takes a byte for each
    /// label, and ten.
    #[arg(long, value_name = "N")]
    words: Option<usize>,
    /// How many pieces of words it keeps for all other words; each takes a byte for each label, and two.
    #[arg(long, value_name = "N")]
    pieces: Option<usize>,
    /// Price of errors: the higher, the closer the model follows the records.
    #[arg(long)]
    cost: Option<f32>,
    /// After so many years a record counts half; 0: all count the same.
    #[arg(long, value_name = "YEARS")]
    half_life: Option<f32>,
    /// Later records, not learned from, to which probabilities and thresholds are fitted in place of the last year.
    #[arg(long, value_name = "FILE")]
    calibrate: Option<PathBuf>,
    /// In place of a model: what each kind of feature is worth, measured on these records, which are not learned from.
    /// Half of them are judged by thresholds chosen on the other half.
    #[arg(long, value_name = "FILE")]
    ablate: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let (examples, failed) = read_examples(&args.input, &args.fields)?;
    let default = Settings::default();
    let settings = Settings {
        prefix: args.prefix.clone(),
        rows: args.rows.unwrap_or(default.rows),
        words: args.words.unwrap_or(default.words),
        spare_pieces: args.pieces.unwrap_or(default.spare_pieces),
        cost: args.cost.unwrap_or(default.cost),
        half_life: args.half_life.unwrap_or(default.half_life),
        ..default
    };
    if let Some(path) = &args.ablate {
        let (unseen, unread) = read_examples(std::slice::from_ref(path), &args.fields)?;
        ablate(&examples, &unseen, &settings)?;
        return Ok(super::code(failed + unread));
    }
    let Some(output) = &args.output else { return Ok(super::code(failed)) };
    let (model, figures) = match &args.calibrate {
        Some(path) => {
            let (later, _) = read_examples(std::slice::from_ref(path), &args.fields)?;
            train_and_calibrate(&examples, &later, &settings)?
        }
        None => train_and_validate(&examples, &settings)?,
    };
    drop(examples);
    write(output, model.as_bytes())?;
    let mut out = anstream::stderr();
    writeln!(out, "On records held out of training:")?;
    print_figures(&mut out, &figures)?;
    let (count, last) = model.origin();
    let until = if last.is_empty() { String::new() } else { format!(" to {last}") };
    writeln!(
        out,
        "{} labels from {count} examples{until} in {:.0} s: {}, {} bytes",
        model.labels().count(),
        began.elapsed().as_secs_f64(),
        output.display(),
        model.as_bytes().len(),
    )?;
    Ok(super::code(failed))
}

/// Under its final name only when it is complete.
fn write(output: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut part = output.as_os_str().to_owned();
    part.push(".part");
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, output));
    written.with_context(|| format!("cannot write {}", output.display()))
}

/// Trains with one thing changed at a time.
fn ablate(examples: &[Example], unseen: &[Example], settings: &Settings) -> anyhow::Result<()> {
    let with = |change: &dyn Fn(&mut Settings)| {
        let mut changed = settings.clone();
        change(&mut changed);
        changed
    };
    let variants = [
        ("as shipped", settings.clone()),
        ("pieces of 3 to 5 letters", with(&|s| s.pieces = (3, 5))),
        ("pieces of 4 to 6 letters", with(&|s| s.pieces = (4, 6))),
        ("no parts of hyphen compounds", with(&|s| s.parts = false)),
        ("words and parts alone", with(&|s| s.pieces = (0, 0))),
        ("words alone", with(&|s| (s.pieces, s.parts) = ((0, 0), false))),
        ("no teacher: labelled records alone", with(&|s| s.taught = 0.0)),
        ("half as many features", with(&|s| s.rows /= 2)),
        ("half as many words and pieces", with(&|s| (s.words, s.spare_pieces) = (s.words / 2, s.spare_pieces / 2))),
    ];
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<38} {:>24} {:>24} {:>24} {:>11}", "", "micro F1", "macro F1", "top-1", "calibration")?;
    for (name, settings) in variants {
        let (_, figures) = train_and_calibrate(examples, unseen, &settings)?;
        let mut line = format!("{name:<38}");
        for figure in [figures.micro_f1, figures.macro_f1, figures.top1] {
            write!(line, " {:>24}", figure.to_string())?;
        }
        writeln!(out, "{line} {:>11.4}", figures.calibration_error.value)?;
        out.flush()?;
    }
    Ok(())
}
