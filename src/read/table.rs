//! Tables with a document in each row: CSV and Parquet.

mod csv;
#[cfg(feature = "tables")]
mod parquet;

use std::fs::File;

use super::dates::stamp_date;
use super::options::{Columns, ReadOptions};
use super::plain::notes;
use super::walk::{Flow, Place, Walker};
use crate::document::{DateSource, Document, Failure, Stage};

pub use csv::Rows;
pub(super) use csv::{documents as csv_documents, is_csv, pieces as csv_pieces};

/// Usual names of columns, German and English, the likeliest first.
const TEXT: [&str; 12] = [
    "text",
    "volltext",
    "inhalt",
    "fulltext",
    "full_text",
    "body",
    "content",
    "artikel",
    "beitrag",
    "meldung",
    "nachricht",
    "abstract",
];
const DATE: [&str; 11] = [
    "date",
    "datum",
    "tag",
    "veröffentlicht",
    "veröffentlicht am",
    "erschienen",
    "published",
    "publication_date",
    "date_published",
    "created",
    "timestamp",
];
const TITLE: [&str; 7] = ["title", "titel", "überschrift", "headline", "schlagzeile", "betreff", "subject"];
const ID: [&str; 6] = ["id", "doc_id", "kennung", "identifier", "nr", "nummer"];

/// A Parquet file, on disk or in an archive.
#[derive(Debug)]
#[cfg_attr(not(feature = "tables"), allow(dead_code, reason = "nothing reads it then"))]
pub(super) enum Stored {
    File(File),
    Memory(Vec<u8>),
}

/// Which column of a table holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    names: Vec<String>,
    text: usize,
    date: Option<usize>,
    title: Option<usize>,
    id: Option<usize>,
}

impl Layout {
    /// Finds the columns by the names that the user gave, else by the usual ones.
    fn of(names: Vec<String>, columns: &Columns) -> Result<Self, String> {
        let at = |wanted: &str| names.iter().position(|name| name.trim().to_lowercase() == wanted.to_lowercase());
        let there = || names.iter().map(|name| name.trim()).collect::<Vec<_>>().join(", ");
        let find = |given: &Option<String>, usual: &[&str]| match given {
            None => Ok(usual.iter().find_map(|name| at(name))),
            Some(given) => {
                let exact = names.iter().position(|name| name == given);
                let found = exact.or_else(|| at(given));
                found.map(Some).ok_or_else(|| format!("no column is named '{given}'; its columns are: {}", there()))
            }
        };
        let text = find(&columns.text, &TEXT)?.ok_or_else(|| {
            format!(
                "no column has a usual name of the text; say which it is with --text-column; its columns are: {}",
                there()
            )
        })?;
        let other = |found: Option<usize>| found.filter(|at| *at != text);
        let date = other(find(&columns.date, &DATE)?);
        let title = other(find(&columns.title, &TITLE)?);
        let id = other(find(&columns.id, &ID)?);
        Ok(Self { names, text, date, title, id })
    }

    /// The columns that are passed through.
    fn further(&self) -> impl Iterator<Item = (usize, &str)> {
        let known = [Some(self.text), self.date, self.title, self.id];
        self.names.iter().enumerate().filter(move |(at, _)| !known.contains(&Some(*at))).map(|(at, name)| (at, &**name))
    }
}

/// The document of a row, and what the user should hear about it.
fn finish(
    mut document: Document,
    date: Option<&str>,
    name: &str,
    row: u32,
) -> impl Iterator<Item = Result<Document, Failure>> {
    let place = place(name, row);
    let mut told = Vec::new();
    name.clone_into(&mut document.source);
    document.item = row;
    if document.id.is_empty() {
        document.id = format!("{name}#{}", u64::from(row) + 1);
    }
    if let Some(cell) = date.filter(|cell| !cell.trim().is_empty()) {
        document.date = stamp_date(cell);
        if document.date.is_none() {
            let message = format!("{place}no day can be read from '{}'", cell.chars().take(40).collect::<String>());
            told.push(Failure::new(name, Some(row), Stage::Read, message));
        }
    }
    document.date_source = document.date.map(|_| DateSource::Record);
    told.extend(notes(&document, &place));
    std::iter::once(Ok(document)).chain(told.into_iter().map(Err))
}

fn place(name: &str, row: u32) -> String {
    format!("{name}, row {}: ", u64::from(row) + 1)
}

impl Walker<'_> {
    #[cfg(not(feature = "tables"))]
    pub(super) fn parquet(&mut self, stored: Stored, place: &Place<'_>) -> Flow {
        drop(stored);
        self.fail(place.name, "this program was built without the feature 'tables'; build it with '--features tables'")
    }

    #[cfg(feature = "tables")]
    pub(super) fn parquet(&mut self, stored: Stored, place: &Place<'_>) -> Flow {
        parquet::pieces(self, stored, place)
    }
}

/// What every row of a table is read by; kept apart from the options, which say it by names.
fn layout(names: Vec<String>, options: &ReadOptions, name: &str) -> Result<Layout, Failure> {
    Layout::of(names, &options.columns)
        .map_err(|message| Failure::new(name, None, Stage::Read, format!("{name}: {message}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_usual_names_and_by_given_ones() {
        let names = || ["Nr", "Überschrift", "Datum", "Volltext", "Land"].map(str::to_owned).to_vec();
        let layout = Layout::of(names(), &Columns::default()).unwrap();
        assert_eq!((layout.id, layout.title, layout.date, layout.text), (Some(0), Some(1), Some(2), 3));
        assert_eq!(layout.further().collect::<Vec<_>>(), [(4, "Land")]);
        let columns = Columns { text: Some("land".into()), ..Columns::default() };
        assert_eq!(Layout::of(names(), &columns).unwrap().text, 4);
        let columns = Columns { date: Some("Tag".into()), ..Columns::default() };
        let message = Layout::of(names(), &columns).unwrap_err();
        assert_eq!(message, "no column is named 'Tag'; its columns are: Nr, Überschrift, Datum, Volltext, Land");
        assert!(Layout::of(vec!["a".into()], &Columns::default()).unwrap_err().contains("its columns are: a"));
    }
}
