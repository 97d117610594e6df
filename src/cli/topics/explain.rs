//! `ressort topics explain`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use serde_json::{Value, json};

use crate::document::{Document, TopicTerm};
use crate::read::{self, ReadOptions};
use crate::text::tokens;
use crate::topics::{Explanation, Topics};

/// Says what documents are about, and which of their words speak for and against it.
///
/// The model is linear: the base and the weights of all words add up to the log-odds of the score. With --all the words
/// of every topic are printed, given or not.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text file, JSON Lines file, folder, pattern, or - for standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Model, or taxonomy with terms (.tsv), of your own. [default: the built-in models]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Explain the topics that were not given too.
    #[arg(long)]
    all: bool,
    /// Tag the sections of long documents too.
    #[arg(long)]
    sections: bool,
    /// Print so many words for, and so many against.
    #[arg(long, value_name = "N", default_value_t = 5)]
    terms: usize,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let topics = super::topics(args.model.as_deref())?;
    let (sources, failures) = read::expand(&args.input);
    let mut out = std::io::stdout().lock();
    let (mut done, mut failed) = (0, 0);
    let documents = sources.iter().flat_map(|source| source.documents(&ReadOptions::default()));
    for outcome in failures.into_iter().map(Err).chain(documents) {
        match outcome {
            Ok(document) => {
                done += 1;
                let told = tell(&topics, &document, args);
                if args.format == "json" {
                    writeln!(out, "{told}")?;
                } else {
                    print(&mut out, &told)?;
                }
            }
            Err(failure) => {
                failed += 1;
                writeln!(anstream::stderr(), "ressort: {}", failure.message)?;
            }
        }
    }
    ensure!(done > 0, "no document could be read");
    Ok(super::code(failed))
}

fn terms<'t>(terms: impl Iterator<Item = &'t TopicTerm>) -> Value {
    terms.map(|term| json!({ "text": term.text, "weight": term.weight })).collect()
}

/// Words for and against a topic of a model.
fn explanation(label: &Explanation, count: usize) -> Value {
    let speaks_for = label.terms.iter().filter(|term| term.weight > 0.0);
    let against = label.terms.iter().rev().filter(|term| term.weight < 0.0);
    let told: f32 = speaks_for.clone().take(count).chain(against.clone().take(count)).map(|term| term.weight).sum();
    let all: f32 = label.terms.iter().map(|term| term.weight).sum();
    json!({
        "topic": &*label.topic, "label": &*label.label, "score": label.score, "base": label.base,
        "for": terms(speaks_for.take(count)), "against": terms(against.take(count)), "others": all - told,
        "log_odds": label.base + all,
    })
}

fn tell(topics: &Topics, document: &Document, args: &Args) -> Value {
    let tokens = tokens(&document.text);
    let found = topics.of(document, &tokens);
    let explained = topics.explain(document, &tokens);
    let score = |topic: &crate::TopicScore| {
        let mut told = json!({
            "topic": &*topic.topic, "label": &*topic.label, "score": topic.score, "terms": terms(topic.terms.iter()),
        });
        if let Some(label) = explained.iter().find(|label| label.topic == topic.topic) {
            told["model"] = explanation(label, args.terms);
        }
        told
    };
    let given: Vec<Value> = found.iter().map(score).collect();
    let mut told = json!({ "id": document.id, "title": document.title, "topics": given });
    if args.all {
        let others = explained.iter().filter(|label| found.iter().all(|topic| topic.topic != label.topic));
        told["others"] = others.map(|label| explanation(label, args.terms)).collect();
    }
    if args.sections {
        let section = |section: &crate::topics::Section| {
            let topics: Vec<_> =
                section.topics.iter().map(|topic| json!({ "topic": &*topic.topic, "score": topic.score })).collect();
            let begins: String =
                section.span.of(&document.text).lines().next().unwrap_or_default().chars().take(60).collect();
            json!({ "start_byte": section.span.start, "end_byte": section.span.end, "begins": begins, "topics": topics })
        };
        told["sections"] = topics.sections(document, &tokens).iter().map(section).collect();
    }
    told
}

fn list(terms: &Value) -> String {
    let term = |term: &Value| {
        format!("{} {:+.2}", term["text"].as_str().unwrap_or_default(), term["weight"].as_f64().unwrap_or_default())
    };
    terms.as_array().into_iter().flatten().map(term).collect::<Vec<_>>().join(", ")
}

fn print(out: &mut impl Write, told: &Value) -> std::io::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let number = |value: &Value| value.as_f64().unwrap_or_default();
    writeln!(out, "{}: {}", text(&told["id"]), text(&told["title"]))?;
    let each = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for topic in each(&told["topics"]).iter().chain(&each(&told["others"])) {
        writeln!(out, "  {:>4.2} {:<40} {}", number(&topic["score"]), text(&topic["topic"]), list(&topic["terms"]))?;
        let model = if topic["model"].is_null() { topic } else { &topic["model"] };
        if model["log_odds"].is_number() {
            writeln!(out, "       for:     {}", list(&model["for"]))?;
            writeln!(out, "       against: {}", list(&model["against"]))?;
            let (base, others) = (number(&model["base"]), number(&model["others"]));
            writeln!(
                out,
                "       base {base:+.2}, other words {others:+.2}: log-odds {:+.2}",
                number(&model["log_odds"])
            )?;
        }
    }
    for section in each(&told["sections"]) {
        let topics: Vec<_> = each(&section["topics"])
            .iter()
            .map(|topic| format!("{} {:.2}", text(&topic["topic"]), number(&topic["score"])))
            .collect();
        writeln!(
            out,
            "  {:>8} {:<60} {}",
            number(&section["start_byte"]),
            text(&section["begins"]),
            topics.join(", ")
        )?;
    }
    Ok(())
}
