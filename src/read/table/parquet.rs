//! Parquet: slices of rows, so that a file of any size fits.
//!
//! A length that a damaged file names must not be believed: memory that cannot be had ends the process, which nothing
//! catches. So the footer, the headers of pages and what they unpack to are read here, within limits, and the decoder of
//! another only sees pages that hold what they say.

mod cell;
mod columns;
mod delta;
mod footer;
mod pages;
mod source;
mod thrift;
mod unpack;

use super::{Layout, Stored, finish, layout, place as place_of};
use crate::document::{DateSource, Document, Failure, Stage};
use crate::read::guard::{guarded, reason};
use crate::read::piece::{Content, Outcomes, Piece};
use crate::read::walk::{Flow, Place, Walker};
use cell::Cell;
use columns::Column;
use footer::{Footer, Group};
use source::{Budget, Source};

/// Bytes of pages of a column that are unpacked at once …
const SLICE_BYTES: u64 = 16 << 20;
/// … and rows, in any case …
const SLICE_ROWS: usize = 8192;
/// … and cells.
const SLICE_CELLS: usize = 1 << 20;
/// A piece ends with the row that makes its texts so long.
const PIECE_BYTES: usize = 256 * 1024;
/// Rows that any file may have, however small, and for each of its bytes.
const FREE_ROWS: u64 = 1 << 20;
const ROWS_PER_BYTE: u64 = 100;

/// Reads the rows of a Parquet file; each is a document.
pub(super) fn pieces(walker: &mut Walker<'_>, stored: Stored, place: &Place<'_>) -> Flow {
    let broken = |what: String| format!("cannot read {}: it is no Parquet file, or broken: {what}", place.name);
    let opened = Source::of(stored).and_then(|source| Footer::of(&source).map(|footer| (source, footer)));
    let (source, mut footer) = match opened {
        Ok(opened) => opened,
        Err(error) => return walker.fail(place.name, broken(error)),
    };
    let names = footer.fields.iter().map(|field| field.name.clone()).collect();
    let layout = match layout(names, walker.options, place.name) {
        Ok(layout) => layout,
        Err(failure) => return (walker.emit)(Err(failure)),
    };
    if footer.rows > FREE_ROWS.saturating_add(source.length().saturating_mul(ROWS_PER_BYTE)) {
        return walker.fail(place.name, broken(format!("it cannot have {} rows", footer.rows)));
    }
    let budget = Budget::new(walker.options.limits.ratio, source.length());
    let step = (SLICE_CELLS / footer.fields.len().max(1)).clamp(1, SLICE_ROWS);
    let mut first = 0;
    while let Some(group) = footer.next_group() {
        let beyond = |first: u64, error: String| format!("cannot read {} beyond row {first}: {error}", place.name);
        let opened = group.and_then(|group| {
            let columns = open(&source, &budget, &footer, &group)?;
            Ok((columns, group.rows))
        });
        let (mut columns, mut left) = match opened {
            Ok(opened) => opened,
            Err(error) => return walker.fail(place.name, beyond(first, error)),
        };
        while left > 0 {
            let most = step.min(usize::try_from(left).unwrap_or(step));
            let rows = match guarded(|| fill(&mut columns, most)) {
                Ok(Ok(rows)) => rows,
                Ok(Err(error)) => return walker.fail(place.name, beyond(first, error)),
                Err(cause) => return walker.fail(place.name, beyond(first, reason(&*cause))),
            };
            if rows == 0 {
                return walker.fail(place.name, broken(format!("rows behind row {first} are missing")));
            }
            let slice = Slice { first, rows, layout: &layout, budget: &budget };
            match guarded(|| slice.hand_on(walker, &mut columns, place)) {
                Ok(Ok(flow)) => flow?,
                Ok(Err(error)) => return walker.fail(place.name, beyond(first, error)),
                Err(cause) => return walker.fail(place.name, broken(reason(&*cause))),
            }
            first += rows as u64;
            left -= rows as u64;
        }
    }
    if first == 0 { walker.fail(place.name, format!("{} has no row", place.name)) } else { Flow::Continue(()) }
}

type Columns = Vec<Box<dyn Column>>;

fn open(source: &Source, budget: &std::sync::Arc<Budget>, footer: &Footer, group: &Group) -> Result<Columns, String> {
    let fields = footer.fields.iter().zip(&group.chunks);
    fields.map(|(field, chunk)| columns::open(source, budget, field, *chunk, group.rows)).collect()
}

/// Reads on in all columns, to that row at most; says how many rows are there in all of them.
fn fill(columns: &mut Columns, most: usize) -> Result<usize, String> {
    columns.iter_mut().try_fold(most, |rows, column| Ok(rows.min(column.fill(most)?)))
}

/// Rows that were read.
struct Slice<'s> {
    first: u64,
    rows: usize,
    layout: &'s Layout,
    budget: &'s Budget,
}

impl Slice<'_> {
    fn hand_on(&self, walker: &mut Walker<'_>, columns: &mut Columns, place: &Place<'_>) -> Result<Flow, String> {
        let (mut outcomes, mut bytes) = (Outcomes::new(), 0);
        let limit = walker.options.limits.document_bytes;
        for at in 0..self.rows {
            let row = u32::try_from(self.first + at as u64).unwrap_or(u32::MAX);
            let cells: Vec<Cell<'_>> = columns.iter_mut().map(|column| column.next()).collect();
            let length = cells.iter().fold(0usize, |length, cell| length.saturating_add(cell.bytes()));
            self.budget.spend(length as u64)?;
            let left_out = match cells.get(self.layout.text) {
                Some(Cell::Damaged(_)) => Some("the text is no UTF-8".to_owned()),
                Some(text) if text.bytes() as u64 > limit => {
                    Some(format!("the text is longer than {} MB", limit >> 20))
                }
                Some(text) if (length - text.bytes()) as u64 > limit => {
                    Some(format!("the other cells are longer than {} MB", limit >> 20))
                }
                _ => None,
            };
            match left_out {
                Some(why) => {
                    let message = format!("{}{why}; it is left out", place_of(place.name, row));
                    outcomes.push(Err(Failure::new(place.name, Some(row), Stage::Read, message)));
                }
                None => {
                    bytes += length;
                    outcomes.extend(document(&cells, self.layout, row, place.name));
                }
            }
            if bytes >= PIECE_BYTES || at + 1 == self.rows {
                walker.meter.earn(bytes as u64);
                bytes = 0;
                let piece = Piece::new(place.name, Content::Ready(std::mem::take(&mut outcomes)));
                if let flow @ Flow::Break(()) = (walker.emit)(Ok(piece)) {
                    return Ok(flow);
                }
            }
        }
        Ok(Flow::Continue(()))
    }
}

fn document(cells: &[Cell<'_>], layout: &Layout, row: u32, name: &str) -> Outcomes {
    let cell = |which: Option<usize>| which.and_then(|which| cells.get(which)).copied().unwrap_or(Cell::Null);
    let words = |which| cell(which).words().into_owned();
    let title = Some(words(layout.title)).filter(|title| !title.trim().is_empty());
    let extra = layout.further().map(|(which, name)| (name.to_owned(), cell(Some(which)).value())).collect();
    let text = words(Some(layout.text));
    let mut document = Document { text, id: words(layout.id), title, extra, ..Document::default() };
    document.date = cell(layout.date).day();
    let written = document.date.is_none().then(|| words(layout.date));
    if document.date.is_some() {
        document.date_source = Some(DateSource::Record);
    }
    finish(document, written.as_deref(), name, row).collect()
}

#[cfg(test)]
#[path = "parquet_tests.rs"]
mod tests;
