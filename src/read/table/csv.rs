//! CSV: `;`, `,` or tabs between the cells, a header, line breaks in quoted cells.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::Value;

use super::{Layout, finish, layout, place};
use crate::document::{Document, Failure, Stage};
use crate::read::decode::{Reading, is_binary};
use crate::read::options::ReadOptions;
use crate::read::piece::{Content, Outcomes, Piece};

/// A piece ends with the row that makes it so long.
const PIECE_BYTES: usize = 256 * 1024;
/// After so many broken rows no more are read.
const BROKEN_ROWS: u32 = 100;

/// How the rows of a CSV file are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    layout: Layout,
    delimiter: u8,
}

/// Whether a text begins like a table with a column of texts, for input without a name.
pub(in crate::read) fn is_csv(start: &[u8], options: &ReadOptions) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let Some(end) = memchr::memchr(b'\n', start) else { return false };
    let line = &start[..end];
    let delimiter = delimiter(line);
    line.contains(&delimiter) && Layout::of(cells(line, delimiter), &options.columns).is_ok()
}

/// Divides a stream of rows. A broken row is a failure, and reading goes on with the line behind its first.
pub(in crate::read) fn pieces(
    reader: &mut dyn BufRead,
    name: &str,
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<Piece, Failure>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let failure = |row: Option<u32>, message: String| Failure::new(name, row, Stage::Read, message);
    let mut source = Stream { reader, bytes: Vec::new(), done: 0, ended: false, limit: options.limits.document_bytes };
    let (rows, header) = match source.header(options, name) {
        Ok(found) => found,
        Err(failure) => return emit(Err(failure)),
    };
    source.done = header;
    let rows = Arc::new(rows);
    let (mut row, mut broken) = (0u32, 0);
    loop {
        let (first, begin) = (row, source.done);
        let stopped = loop {
            match source.next(rows.delimiter) {
                Next::Row if source.done - begin >= PIECE_BYTES => {
                    row = row.saturating_add(1);
                    break None;
                }
                Next::Row => row = row.saturating_add(1),
                stopped => break Some(stopped),
            }
        };
        let bytes = source.bytes[begin..source.done].to_vec();
        if !bytes.trim_ascii().is_empty() {
            if first == 0 && is_binary(&bytes) {
                return emit(Err(failure(None, format!("{name} holds no text; check what it is"))));
            }
            emit(Ok(Piece::new(name, Content::Rows { rows: Arc::clone(&rows), first, bytes })))?;
        }
        let message = match stopped {
            None => None,
            Some(Next::Ended) if row == 0 => {
                return emit(Err(failure(None, format!("{name} has a header and no row"))));
            }
            Some(Next::Ended | Next::Row) => return ControlFlow::Continue(()),
            Some(Next::Failed(error)) => {
                return emit(Err(failure(Some(row), format!("cannot read {name} beyond row {row}: {error}"))));
            }
            Some(Next::Quote) => Some("a quotation mark is missing, or one too many; the line is left out".to_owned()),
            Some(Next::TooLong) => Some(format!(
                "longer than {} MB; is a quotation mark missing? The line is left out",
                source.limit >> 20
            )),
        };
        if let Some(message) = message {
            emit(Err(failure(Some(row), format!("{}{message}", place(name, row)))))?;
            broken += 1;
            row = row.saturating_add(1);
            if broken >= BROKEN_ROWS {
                let message = format!("{name}: {broken} rows are broken; the rest is not read");
                return emit(Err(failure(Some(row), message)));
            }
            if let Err(error) = source.skip_line() {
                return emit(Err(failure(Some(row), format!("cannot read {name} beyond row {row}: {error}"))));
            }
        }
        source.forget();
    }
}

/// What comes next in a stream of rows.
enum Next {
    /// A whole row; it ends at `done`.
    Row,
    Ended,
    /// A quoted cell goes on behind its quotation mark, or never ends.
    Quote,
    TooLong,
    Failed(std::io::Error),
}

struct Stream<'r> {
    reader: &'r mut dyn BufRead,
    bytes: Vec<u8>,
    /// Rows up to here were found.
    done: usize,
    ended: bool,
    limit: u64,
}

impl Stream<'_> {
    /// Reads more; whether there was any.
    fn more(&mut self) -> std::io::Result<bool> {
        let length = self.bytes.len();
        let buffer = self.reader.fill_buf()?;
        self.bytes.extend_from_slice(buffer);
        let read = buffer.len();
        self.reader.consume(read);
        self.ended = self.bytes.len() == length;
        Ok(!self.ended)
    }

    /// Drops what was handed on.
    fn forget(&mut self) {
        self.bytes.drain(..self.done);
        self.done = 0;
    }

    /// The layout, by the first line, and where the rows begin.
    fn header(&mut self, options: &ReadOptions, name: &str) -> Result<(Rows, usize), Failure> {
        let failed = |message: String| Failure::new(name, None, Stage::Read, message);
        while memchr::memchr(b'\n', &self.bytes[self.done..]).is_none() && (self.bytes.len() as u64) < self.limit {
            if !self.more().map_err(|error| failed(format!("cannot read {name}: {error}")))? {
                break;
            }
        }
        let mut begin = if self.bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let line = |bytes: &[u8]| memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        if is_binary(&self.bytes) {
            return Err(failed(format!("{name} holds no text; check what it is")));
        }
        let mut end = begin + line(&self.bytes[begin..]);
        let mut given = None;
        // Excel's own line, which says how the rest is divided.
        if let Some(mark) = self.bytes[begin..end].strip_prefix(b"sep=") {
            given = mark.first().copied().filter(u8::is_ascii);
            begin = end;
            end = begin + line(&self.bytes[begin..]);
        }
        let delimiter = given.unwrap_or_else(|| delimiter(&self.bytes[begin..end]));
        // Names of columns can hold line breaks as well.
        self.done = begin;
        match self.next(delimiter) {
            Next::Row => {}
            Next::Failed(error) => return Err(failed(format!("cannot read {name}: {error}"))),
            _ => return Err(failed(format!("{name} has no header, or a broken one"))),
        }
        let names = cells(&self.bytes[begin..self.done], delimiter);
        Ok((Rows { layout: layout(names, options, name)?, delimiter }, self.done))
    }

    /// Finds the end of the next row.
    fn next(&mut self, delimiter: u8) -> Next {
        let begin = self.done;
        let mut at = begin;
        let mut state = State::Start;
        loop {
            while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
                match state {
                    State::Start if rest[0] == b'"' => {
                        (state, at) = (State::Quoted, at + 1);
                    }
                    State::Start | State::Plain => match memchr::memchr2(delimiter, b'\n', rest) {
                        Some(end) if rest[end] == b'\n' => {
                            self.done = at + end + 1;
                            return Next::Row;
                        }
                        Some(end) => (state, at) = (State::Start, at + end + 1),
                        None => (state, at) = (State::Plain, self.bytes.len()),
                    },
                    State::Quoted => match memchr::memchr(b'"', rest) {
                        Some(end) => (state, at) = (State::Closed, at + end + 1),
                        None => at = self.bytes.len(),
                    },
                    State::Closed => match rest[0] {
                        b'"' => (state, at) = (State::Quoted, at + 1),
                        byte if byte == delimiter => (state, at) = (State::Start, at + 1),
                        b'\n' => {
                            self.done = at + 1;
                            return Next::Row;
                        }
                        b'\r' | b' ' => at += 1,
                        _ => return Next::Quote,
                    },
                }
            }
            if (self.bytes.len() - begin) as u64 > self.limit {
                return Next::TooLong;
            }
            if self.ended {
                self.done = if matches!(state, State::Quoted) { begin } else { self.bytes.len() };
                return match state {
                    State::Quoted => Next::Quote,
                    _ if begin == self.bytes.len() => Next::Ended,
                    _ => Next::Row,
                };
            }
            if let Err(error) = self.more() {
                return Next::Failed(error);
            }
        }
    }

    /// Passes over the rest of the line.
    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.bytes[self.done..]) {
                self.done += at + 1;
                return Ok(());
            }
            self.bytes.clear();
            self.done = 0;
            if self.ended || !self.more()? {
                return Ok(());
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// At the start of a cell.
    Start,
    /// In a cell without quotation marks.
    Plain,
    Quoted,
    /// Behind a quotation mark that closes the cell, or is the first of two.
    Closed,
}

/// The mark that divides the header most often.
fn delimiter(line: &[u8]) -> u8 {
    let times = |mark: u8| memchr::memchr_iter(mark, line).count();
    [b';', b'\t', b','].into_iter().rev().max_by_key(|mark| times(*mark)).unwrap_or(b',')
}

fn cells(line: &[u8], delimiter: u8) -> Vec<String> {
    let text = Reading::of(line, None).apply(line).text;
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    let first = reader.records().next().and_then(Result::ok).unwrap_or_default();
    first.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The documents of rows, the first of which has the number `first`.
pub(in crate::read) fn documents(rows: &Rows, bytes: &[u8], name: &str, first: u32) -> Outcomes {
    let reading = if std::str::from_utf8(bytes).is_ok() { Reading::Utf8 } else { Reading::of(bytes, None) };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(rows.delimiter).from_reader(bytes);
    let (mut outcomes, mut record, mut row) = (Vec::new(), ByteRecord::new(), first);
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return outcomes,
            Err(error) => {
                let message = format!("{}{error}", place(name, row));
                outcomes.push(Err(Failure::new(name, Some(row), Stage::Read, message)));
                return outcomes;
            }
        }
        match document(rows, &record, reading) {
            Ok((document, date)) => outcomes.extend(finish(document, date.as_deref(), name, row)),
            Err(message) => {
                let message = format!("{}{message}", place(name, row));
                outcomes.push(Err(Failure::new(name, Some(row), Stage::Read, message)));
            }
        }
        row = row.saturating_add(1);
    }
}

fn document(rows: &Rows, record: &ByteRecord, reading: Reading) -> Result<(Document, Option<String>), String> {
    let layout = &rows.layout;
    let (wanted, there) = (layout.names.len(), record.len());
    // Spreadsheets leave separators behind where cells were deleted.
    let superfluous = record.iter().skip(wanted).any(|cell| !cell.is_empty());
    if there < wanted || superfluous {
        return Err(format!("{there} cells under {wanted} names; is a separator or a quotation mark missing?"));
    }
    let mut document = Document { encoding: Some("UTF-8"), ..Document::default() };
    let mut cell = |at: usize| {
        let bytes = record.get(at).unwrap_or_default();
        if let (Reading::Utf8, Ok(text)) = (reading, std::str::from_utf8(bytes)) {
            return text.to_owned();
        }
        let decoded = reading.apply(bytes);
        document.replaced += decoded.replaced;
        document.mended += decoded.mended;
        document.encoding = Some(decoded.encoding);
        decoded.text
    };
    let text = cell(layout.text);
    let id = layout.id.map(&mut cell).unwrap_or_default();
    let title = layout.title.map(&mut cell).filter(|title| !title.trim().is_empty());
    let date = layout.date.map(&mut cell);
    let extra = layout.further().map(|(at, name)| (name.to_owned(), Value::String(cell(at)))).collect();
    Ok((Document { text, id: id.trim().to_owned(), title, extra, ..document }, date))
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
