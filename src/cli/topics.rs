//! `ressort topics train|evaluate|explain|list`.

mod examples;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, ensure};
use serde_json::json;

use self::examples::read_examples;
use crate::read::{self, Split};
use crate::text::tokens;
use crate::topics::{Counts, Figures, Model, Settings, Topics, evaluate, train};

/// Says what texts are about; trains and evaluates the model that does.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Trains a model from labelled records.
    ///
    /// A record is a JSON object on a line: title and abstract, or text; areas or labels (a list of names); date.
    /// Records without labels are passed over.
    Train {
        /// JSON Lines file, or - for standard input.
        #[arg(required = true)]
        input: Vec<PathBuf>,
        /// File for the model.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Compares a model with labelled records that it has not seen.
    Evaluate {
        /// JSON Lines file, or - for standard input.
        #[arg(required = true)]
        input: Vec<PathBuf>,
        /// Model of your own. [default: the built-in one]
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// How to print it.
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
    /// Says what documents are about, and which of their words say so.
    Explain {
        /// Text file, JSON Lines file, folder, pattern, or - for standard input.
        #[arg(required = true)]
        input: Vec<PathBuf>,
        /// Model of your own. [default: the built-in one]
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// How to print it.
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
    /// Lists the topics.
    List {
        /// Model of your own. [default: the built-in one]
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// How to print it.
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    match &args.task {
        Task::Train { input, output } => run_train(input, output),
        Task::Evaluate { input, model, format } => run_evaluate(input, model.as_deref(), format == "json"),
        Task::Explain { input, model, format } => run_explain(input, model.as_deref(), format == "json"),
        Task::List { model, format } => run_list(model.as_deref(), format == "json"),
    }
}

fn model(path: Option<&Path>) -> anyhow::Result<Model> {
    Ok(path.map_or_else(Model::embedded, Model::from_file)?)
}

fn code(failed: usize) -> ExitCode {
    ExitCode::from(u8::from(failed > 0))
}

fn run_train(input: &[PathBuf], output: &Path) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let (examples, failed) = read_examples(input)?;
    let model = train(&examples, &Settings::default())?;
    drop(examples);
    // Under its final name only when it is complete.
    let mut part = output.as_os_str().to_owned();
    part.push(".part");
    let written = std::fs::write(&part, model.as_bytes()).and_then(|()| std::fs::rename(&part, output));
    written.with_context(|| format!("cannot write {}", output.display()))?;
    let (count, last) = model.origin();
    let until = if last.is_empty() { String::new() } else { format!(" to {last}") };
    writeln!(
        anstream::stderr(),
        "{} labels from {count} examples{until} in {:.0} s: {}, {} bytes",
        model.labels().count(),
        began.elapsed().as_secs_f64(),
        output.display(),
        model.as_bytes().len(),
    )?;
    Ok(code(failed))
}

fn run_evaluate(input: &[PathBuf], path: Option<&Path>, as_json: bool) -> anyhow::Result<ExitCode> {
    let model = model(path)?;
    let (examples, failed) = read_examples(input)?;
    let figures = evaluate(&model, &examples);
    ensure!(figures.examples > 0, "no record has labels: the fields 'areas' and 'labels' are missing or empty");
    let mut out = std::io::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, &figures_json(&figures)).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        print_figures(&mut out, &figures)?;
    }
    Ok(code(failed))
}

fn figures_json(figures: &Figures) -> serde_json::Value {
    let counts = |counts: &Counts| {
        json!({
            "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
            "right": counts.right, "given": counts.given, "gold": counts.gold,
        })
    };
    let labels: serde_json::Map<_, _> =
        figures.labels.iter().map(|(name, label)| (name.clone(), counts(label))).collect();
    json!({
        "examples": figures.examples,
        "micro": counts(&figures.micro),
        "macro_f1": figures.macro_f1,
        "calibration_error": figures.calibration_error,
        "baseline": { "label": figures.commonest, "micro": counts(&figures.baseline) },
        "labels": labels,
    })
}

fn print_figures(out: &mut impl Write, figures: &Figures) -> std::io::Result<()> {
    let mut line = |name: &str, counts: &Counts| {
        let (precision, recall) = (counts.precision(), counts.recall());
        writeln!(out, "{name:<50} {precision:>9.3} {recall:>9.3} {:>9.3} {:>7}", counts.f1(), counts.gold)
    };
    for (name, counts) in &figures.labels {
        line(name, counts)?;
    }
    line("all (micro)", &figures.micro)?;
    line(&format!("baseline: always {}", figures.commonest), &figures.baseline)?;
    writeln!(out, "(columns: precision, recall, F1, how often it holds)")?;
    writeln!(
        out,
        "{} examples, macro F1 {:.3}, calibration error {:.4}",
        figures.examples, figures.macro_f1, figures.calibration_error
    )
}

fn run_explain(input: &[PathBuf], path: Option<&Path>, as_json: bool) -> anyhow::Result<ExitCode> {
    let topics = Topics::new(model(path)?);
    let (sources, failures) = read::expand(input);
    let mut out = std::io::stdout().lock();
    let (mut done, mut failed) = (0, 0);
    let documents = sources.iter().flat_map(|source| source.documents(Split::Auto));
    for outcome in failures.into_iter().map(Err).chain(documents) {
        let document = match outcome {
            Ok(document) => document,
            Err(failure) => {
                failed += 1;
                writeln!(anstream::stderr(), "ressort: {}", failure.message)?;
                continue;
            }
        };
        done += 1;
        let found = topics.of(&document, &tokens(&document.text));
        if as_json {
            let topic = |topic: &crate::TopicScore| {
                let terms = topic.terms.iter().map(|term| json!({ "text": term.text, "weight": term.weight }));
                let terms: Vec<_> = terms.collect();
                json!({ "topic": &*topic.topic, "label": &*topic.label, "score": topic.score, "terms": terms })
            };
            let topics: Vec<_> = found.iter().map(topic).collect();
            writeln!(out, "{}", json!({ "id": document.id, "title": document.title, "topics": topics }))?;
        } else {
            writeln!(out, "{}: {}", document.id, document.title.as_deref().unwrap_or_default())?;
            for topic in &found {
                let terms = topic.terms.iter().map(|term| format!("{} {:+.2}", term.text, term.weight));
                let terms = terms.collect::<Vec<_>>().join(", ");
                writeln!(out, "  {:>4.2} {:<40} {terms}", topic.score, topic.topic)?;
            }
        }
    }
    ensure!(done > 0, "no document could be read");
    Ok(code(failed))
}

fn run_list(path: Option<&Path>, as_json: bool) -> anyhow::Result<ExitCode> {
    let topics = Topics::new(model(path)?);
    let mut out = std::io::stdout().lock();
    if as_json {
        let rows: Vec<_> = topics.labels().map(|(topic, label)| json!({ "topic": topic, "label": label })).collect();
        serde_json::to_writer_pretty(&mut out, &rows).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        for (topic, label) in topics.labels() {
            writeln!(out, "{topic:<52} {label}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
