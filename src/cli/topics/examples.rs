//! Labelled records, as `train` and `evaluate` read them: JSON Lines, CSV, TSV, Parquet.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use polars::prelude::{AnyValue, ParquetReader, SerReader};
use serde_json::Value;

use crate::topics::Example;

/// Which fields of a record hold what.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Fields {
    /// Fields that make up the text, the headline first; missing ones are passed over.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "title,abstract,text")]
    text: Vec<String>,
    /// Field with the labels: a list, or several in a cell with | or ; between them; of several fields the first that
    /// the record has.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "areas,labels")]
    labels: Vec<String>,
    /// Field with the day (YYYY-MM-DD).
    #[arg(long, value_name = "FIELD", default_value = "date")]
    date: String,
    /// Field with keywords of others: a teacher labels the records that have keywords but no labels.
    #[arg(long, value_name = "FIELD")]
    hints: Option<String>,
    /// Table (.tsv) with topics in its first column and labels of the records in its second: the topics are what is
    /// learned or compared. A record whose labels are all unknown to the table has no topic.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
}

/// All records that have labels or hints, and how many lines are none; these are named on standard error.
pub(super) fn read_examples(input: &[PathBuf], fields: &Fields) -> anyhow::Result<(Vec<Example>, usize)> {
    let map = fields.map.as_deref().map(read_map).transpose()?;
    let mut reader = Reader { fields, map, examples: Vec::new(), failed: 0 };
    for path in input {
        reader.read(path)?;
    }
    Ok((reader.examples, reader.failed))
}

/// Topic of each label.
fn read_map(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut map = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()).skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let mut cells = line.split('\t').map(str::trim);
        let (topic, label) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let place = path.display();
        ensure!(!topic.is_empty() && !label.is_empty(), "{place}:{number}: topic or label is empty");
        map.insert(label.to_owned(), topic.to_owned());
    }
    Ok(map)
}

struct Reader<'f> {
    fields: &'f Fields,
    map: Option<BTreeMap<String, String>>,
    examples: Vec<Example>,
    failed: usize,
}

impl Reader<'_> {
    fn read(&mut self, path: &Path) -> anyhow::Result<()> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let file = || File::open(path).with_context(|| format!("cannot read {}", path.display()));
        match extension.as_str() {
            "csv" => self.read_csv(path, file()?, b','),
            "tsv" => self.read_csv(path, file()?, b'\t'),
            "parquet" => self.read_parquet(path, file()?),
            _ if path == Path::new("-") => self.read_json(path, std::io::stdin().lock()),
            _ => self.read_json(path, BufReader::new(file()?)),
        }
    }

    fn read_json(&mut self, path: &Path, lines: impl BufRead) -> anyhow::Result<()> {
        for (number, line) in (1_usize..).zip(lines.lines()) {
            let line = line.with_context(|| format!("{}:{number}: cannot read on", path.display()))?;
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<serde_json::Map<String, Value>>(&line) {
                Ok(record) => self.add(|field| record.get(field).map(values)),
                Err(error) => self.fail(path, number, &error)?,
            }
        }
        Ok(())
    }

    fn read_csv(&mut self, path: &Path, file: impl Read, delimiter: u8) -> anyhow::Result<()> {
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(file);
        let headers = rows.headers().with_context(|| format!("cannot read {}", path.display()))?.clone();
        for (number, row) in (2..).zip(rows.records()) {
            match row {
                Ok(row) => {
                    let column = |field: &str| headers.iter().position(|header| header.trim() == field);
                    self.add(|field| column(field).and_then(|at| row.get(at)).map(|cell| vec![cell.to_owned()]));
                }
                Err(error) => self.fail(path, number, &error)?,
            }
        }
        Ok(())
    }

    fn read_parquet(&mut self, path: &Path, file: File) -> anyhow::Result<()> {
        let frame = ParquetReader::new(file).finish().with_context(|| format!("cannot read {}", path.display()))?;
        for row in 0..frame.height() {
            self.add(|field| {
                let cell = frame.column(field).ok()?.get(row).ok()?;
                match cell {
                    AnyValue::Null => None,
                    AnyValue::List(list) => Some(list.iter().map(|value| value.str_value().into_owned()).collect()),
                    other => Some(vec![other.str_value().into_owned()]),
                }
            });
        }
        Ok(())
    }

    fn fail(&mut self, path: &Path, number: usize, error: &dyn std::fmt::Display) -> std::io::Result<()> {
        self.failed += 1;
        writeln!(anstream::stderr(), "ressort: {}:{number}: no record: {error}", path.display())
    }

    /// Takes a record: `get` gives the values of a field, `None` where it has none.
    fn add(&mut self, get: impl Fn(&str) -> Option<Vec<String>>) {
        let text = self.fields.text.iter().filter_map(|field| get(field)).map(|values| values.join(" "));
        let text = text.collect::<Vec<_>>().join("\n");
        let list = |field: &str| get(field).map(|values| split(&values)).unwrap_or_default();
        let labels = self.fields.labels.iter().map(|field| list(field)).find(|labels| !labels.is_empty());
        let labels = match (&self.map, labels) {
            // Whoever indexed the record gave keywords, but none of a topic: it has no topic.
            (Some(map), Some(labels)) => {
                let mut topics: Vec<String> = labels.iter().filter_map(|label| map.get(label).cloned()).collect();
                topics.sort_unstable();
                topics.dedup();
                Some(topics)
            }
            (_, labels) => labels,
        };
        let hints = self.fields.hints.as_ref().map(|field| list(field)).unwrap_or_default();
        if labels.is_some() || !hints.is_empty() {
            let date = get(&self.fields.date).map(|values| values.concat()).unwrap_or_default();
            self.examples.push(Example { text, labels, hints, date });
        }
    }
}

/// The values of a JSON field: of a list, all.
fn values(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().flat_map(self::values).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// One value can hold several labels; a list is taken as it is, for a label can contain a semicolon.
fn split(values: &[String]) -> Vec<String> {
    let cell = |cell: &String| -> Vec<String> {
        let separator = if cell.contains('|') { '|' } else { ';' };
        cell.split(separator).map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()).collect()
    };
    match values {
        [one] => cell(one),
        several => several.iter().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()).collect(),
    }
}
