//! Rows of a gazetteer file.

use std::borrow::Cow;
use std::path::Path;

use super::entity::Text;
use super::error::{GazetteerError, Problem};
use crate::fingerprint::{Fingerprint, fnv1a};

/// A file's header and rows.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub file: String,
    pub header: Vec<Text>,
    pub rows: Vec<Row>,
    /// FNV-1a of the bytes.
    pub fingerprint: Fingerprint,
}

/// One line, with its cells.
#[derive(Debug)]
pub(super) struct Row {
    pub line: u64,
    pub cells: Vec<Text>,
}

impl Table {
    /// Splits a file that is part of the program: tabs only, no quoting, nothing copied.
    pub(super) fn embedded(file: &str, text: &'static str) -> Self {
        let mut lines = text.lines();
        let header = lines.next().map(|line| cells(line, 0)).unwrap_or_default();
        let columns = header.len();
        let rows = lines.zip(2..).map(|(line, number)| Row { line: number, cells: cells(line, columns) }).collect();
        Self { file: file.to_owned(), header, rows, fingerprint: Fingerprint::Of(text) }
    }

    /// Reads a user's file, comma-, semicolon- or tab-separated as its first line shows.
    pub(super) fn read(path: &Path) -> Result<Self, GazetteerError> {
        let bytes = std::fs::read(path).map_err(|source| GazetteerError::Read { path: path.to_owned(), source })?;
        let file = path.display().to_string();
        let invalid = |line, what: String, remedy: &str| GazetteerError::Invalid {
            problems: vec![Problem::new(&file, line, what, remedy)],
        };
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
            invalid(line, "the file is not UTF-8".to_owned(), "save it as UTF-8 and try again")
        })?;
        let text = text.trim_start_matches('\u{FEFF}');
        let first = text.lines().next().unwrap_or("");
        let delimiter =
            [b'\t', b';', b','].into_iter().max_by_key(|&sign| first.bytes().filter(|&b| b == sign).count());
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b'\t')).flexible(true).from_reader(text.as_bytes());
        let own = |record: &csv::StringRecord| record.iter().map(|cell| Cow::Owned(cell.trim().to_owned())).collect();
        let header = reader.headers().map(own).map_err(|error| {
            invalid(1, format!("the header cannot be read: {error}"), "begin with a line of column names: name, kind")
        })?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line);
                invalid(line, format!("the row cannot be read: {error}"), "check its quotation marks")
            })?;
            rows.push(Row { line: record.position().map_or(0, csv::Position::line), cells: own(&record) });
        }
        Ok(Self { file, header, rows, fingerprint: Fingerprint::Is(fnv1a(&bytes)) })
    }

    /// The index of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }
}

/// The cells of a line; there are thousands of lines at start-up, so they are cut without a search for characters.
fn cells(line: &'static str, columns: usize) -> Vec<Text> {
    let mut cells = Vec::with_capacity(columns);
    let mut start = 0;
    for tab in memchr::memchr_iter(b'\t', line.as_bytes()) {
        cells.push(Cow::Borrowed(&line[start..tab]));
        start = tab + 1;
    }
    cells.push(Cow::Borrowed(&line[start..]));
    cells
}

impl Row {
    /// The text of a cell; empty where the row is too short or there is no such column.
    pub(super) fn cell(&self, column: Option<usize>) -> Text {
        column.and_then(|column| self.cells.get(column)).cloned().unwrap_or_default()
    }

    /// Like [`Self::cell`], to look at.
    pub(super) fn text(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", AsRef::as_ref)
    }

    /// The values of a cell that `|` divides.
    pub(super) fn values(&self, column: Option<usize>) -> Vec<Text> {
        match self.cell(column) {
            Cow::Borrowed("") => Vec::new(),
            Cow::Borrowed(text) => values(text).map(Cow::Borrowed).collect(),
            Cow::Owned(text) => values(&text).map(|value| Cow::Owned(value.to_owned())).collect(),
        }
    }
}

fn values(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').map(str::trim).filter(|value| !value.is_empty())
}
