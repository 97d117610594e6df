//! Labelled records, as `train` and `evaluate` read them.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::topics::Example;

#[derive(Debug, Deserialize)]
struct Record {
    title: Option<String>,
    #[serde(rename = "abstract")]
    summary: Option<String>,
    text: Option<String>,
    areas: Option<Vec<String>>,
    labels: Option<Vec<String>>,
    date: Option<String>,
}

/// All labelled records, and how many lines are none; these are named on standard error.
pub(super) fn read_examples(input: &[PathBuf]) -> anyhow::Result<(Vec<Example>, usize)> {
    let (mut examples, mut failed) = (Vec::new(), 0);
    for path in input {
        let lines: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(std::io::stdin().lock())
        } else {
            let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            Box::new(BufReader::new(file))
        };
        for (number, line) in (1_usize..).zip(lines.lines()) {
            let line = line.with_context(|| format!("{}:{number}: cannot read on", path.display()))?;
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<Record>(&line) {
                Ok(record) => examples.extend(example(record)),
                Err(error) => {
                    failed += 1;
                    let place = path.display();
                    writeln!(anstream::stderr(), "ressort: {place}:{number}: no record with title and areas: {error}")?;
                }
            }
        }
    }
    Ok((examples, failed))
}

fn example(record: Record) -> Option<Example> {
    let labels = record.areas.or(record.labels).filter(|labels| !labels.is_empty())?;
    let parts = [record.title, record.summary, record.text];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    Some(Example { text, labels, date: record.date.unwrap_or_default() })
}
