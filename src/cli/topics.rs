//! `ressort topics train|evaluate|explain|list`.

mod evaluate;
mod examples;
mod explain;
mod train;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use crate::topics::Topics;

/// Says what texts are about; trains and evaluates the models that do.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    Train(train::Args),
    Evaluate(evaluate::Args),
    Explain(explain::Args),
    /// Lists the topics.
    List {
        /// Model, or taxonomy with terms (.tsv), of your own. [default: the built-in models]
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// How to print it.
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    match &args.task {
        Task::Train(args) => train::run(args),
        Task::Evaluate(args) => evaluate::run(args),
        Task::Explain(args) => explain::run(args),
        Task::List { model, format } => run_list(model.as_deref(), format == "json"),
    }
}

/// The built-in topics or the user's own; a tagger that has learned nothing says so.
fn topics(path: Option<&Path>) -> anyhow::Result<Topics> {
    let topics = path.map_or_else(Topics::embedded, Topics::from_file)?;
    if let (Some(path), None) = (path, topics.model()) {
        writeln!(
            anstream::stderr(),
            "ressort: {} has terms, but no model was trained: topics come from the terms alone (zero-shot), and scores are \
             no probabilities",
            path.display()
        )?;
    }
    Ok(topics)
}

fn code(failed: usize) -> ExitCode {
    ExitCode::from(u8::from(failed > 0))
}

fn run_list(path: Option<&Path>, as_json: bool) -> anyhow::Result<ExitCode> {
    let topics = topics(path)?;
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
