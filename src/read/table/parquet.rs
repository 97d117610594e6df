//! Parquet: slices of rows, so that a file of any size fits.

use std::io::{Cursor, Seek};
use std::sync::Arc;

use polars::io::mmap::MmapBytesReader;
use polars::prelude::{
    AnyValue, ArrowDataType, ArrowSchema, Column, DataFrame, DataType, ParallelStrategy, ParquetReader, PolarsResult,
    SerReader,
};
use serde_json::Value;

use super::{Layout, Stored, finish, layout, place as place_of};
use crate::date::Date;
use crate::document::{DateSource, Document, Failure, Stage};
use crate::read::guard::{guarded, reason};
use crate::read::piece::{Content, Outcomes, Piece};
use crate::read::walk::{Flow, Place, Walker};

/// Bytes of rows that are unpacked at once, by what the file says of itself …
const SLICE_BYTES: u64 = 16 << 20;
/// … and rows, in any case.
const SLICE_ROWS: usize = 8192;
/// A piece ends with the row that makes its texts so long.
const PIECE_BYTES: usize = 256 * 1024;

/// Bytes of a table that was in an archive, for several readers.
#[derive(Clone)]
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

type Opened = Box<dyn MmapBytesReader>;

/// Reads the rows of a Parquet file; each is a document.
pub(super) fn pieces(walker: &mut Walker<'_>, stored: Stored, place: &Place<'_>) -> Flow {
    let open: Box<dyn Fn() -> PolarsResult<Opened>> = match stored {
        Stored::File(file) => Box::new(move || {
            let mut file = file.try_clone()?;
            file.rewind()?;
            Ok(Box::new(file))
        }),
        Stored::Memory(bytes) => {
            let bytes = Shared(Arc::new(bytes));
            Box::new(move || Ok(Box::new(Cursor::new(bytes.clone()))))
        }
    };
    let broken = |what: String| format!("cannot read {}: it is no Parquet file, or broken: {what}", place.name);
    let headed = flat(guarded(|| {
        let mut reader = ParquetReader::new(open()?);
        let schema = reader.schema()?;
        Ok((schema, reader.get_metadata()?.clone()))
    }));
    let (schema, metadata) = match headed {
        Ok(headed) => headed,
        Err(error) => return walker.fail(place.name, broken(error)),
    };
    let names = readable(&schema);
    let layout = match layout(names.clone(), walker.options, place.name) {
        Ok(layout) => layout,
        Err(failure) => return (walker.emit)(Err(failure)),
    };
    let mut first = 0usize;
    for group in &metadata.row_groups {
        let rows = group.num_rows();
        let bytes = (group.total_byte_size() as u64).max(1);
        let fitting = (rows as u64).saturating_mul(SLICE_BYTES) / bytes;
        let step = usize::try_from(fitting).unwrap_or(SLICE_ROWS).clamp(1, SLICE_ROWS);
        let end = first.saturating_add(rows);
        while first < end {
            let length = step.min(end - first);
            let slice = flat(guarded(|| {
                let mut reader = ParquetReader::new(open()?)
                    .with_slice(Some((first, length)))
                    .with_columns(Some(names.clone()))
                    .read_parallel(ParallelStrategy::None);
                reader.set_metadata(metadata.clone());
                reader.finish()
            }));
            let frame = match slice {
                Ok(frame) if frame.height() == length => frame,
                Ok(_) => return walker.fail(place.name, broken(format!("rows behind row {first} are missing"))),
                Err(error) => {
                    let message = format!("cannot read {} beyond row {first}: {error}", place.name);
                    return walker.fail(place.name, message);
                }
            };
            let handed_on = guarded(|| hand_on(walker, &frame, &layout, first, place));
            match handed_on {
                Ok(flow) => flow?,
                Err(cause) => return walker.fail(place.name, broken(reason(&*cause))),
            }
            first += length;
        }
    }
    if first == 0 { walker.fail(place.name, format!("{} has no row", place.name)) } else { Flow::Continue(()) }
}

fn flat<T>(outcome: std::thread::Result<PolarsResult<T>>) -> Result<T, String> {
    match outcome {
        Ok(inner) => inner.map_err(|error| error.to_string()),
        Err(cause) => Err(reason(&*cause)),
    }
}

/// The columns of plain values; lists and structures are left out.
fn readable(schema: &ArrowSchema) -> Vec<String> {
    use ArrowDataType as Type;
    let plain = |kind: &ArrowDataType| {
        let kind = if let Type::Dictionary(_, values, _) = kind { values } else { kind };
        matches!(
            kind,
            Type::Utf8
                | Type::LargeUtf8
                | Type::Utf8View
                | Type::Boolean
                | Type::Int32
                | Type::Int64
                | Type::UInt32
                | Type::UInt64
                | Type::Float32
                | Type::Float64
                | Type::Date32
                | Type::Timestamp(..)
        )
    };
    schema.iter().filter(|(_, field)| plain(field.dtype())).map(|(name, _)| name.to_string()).collect()
}

fn hand_on(walker: &mut Walker<'_>, frame: &DataFrame, layout: &Layout, first: usize, place: &Place<'_>) -> Flow {
    let column = |at: usize| frame.columns().get(at);
    let (mut outcomes, mut bytes) = (Outcomes::new(), 0);
    let limit = walker.options.limits.document_bytes;
    for at in 0..frame.height() {
        let row = u32::try_from(first + at).unwrap_or(u32::MAX);
        let text = column(layout.text).map(|column| words(column, at)).unwrap_or_default();
        bytes += text.len();
        if text.len() as u64 > limit {
            let message =
                format!("{}the text is longer than {} MB; it is left out", place_of(place.name, row), limit >> 20);
            outcomes.push(Err(Failure::new(place.name, Some(row), Stage::Read, message)));
        } else {
            outcomes.extend(document(frame, layout, text, at, row, place.name));
        }
        if bytes >= PIECE_BYTES || at + 1 == frame.height() {
            walker.meter.earn(bytes as u64);
            bytes = 0;
            (walker.emit)(Ok(Piece::new(place.name, Content::Ready(std::mem::take(&mut outcomes)))))?;
        }
    }
    Flow::Continue(())
}

fn document(frame: &DataFrame, layout: &Layout, text: String, at: usize, row: u32, name: &str) -> Outcomes {
    let column = |at: usize| frame.columns().get(at);
    let cell = |which: Option<usize>| which.and_then(column).map(|column| words(column, at)).unwrap_or_default();
    let title = Some(cell(layout.title)).filter(|title| !title.trim().is_empty());
    let extra = layout
        .further()
        .filter_map(|(which, name)| Some((name.to_owned(), value(&column(which)?.get(at).ok()?))))
        .collect();
    let mut document = Document { text, id: cell(layout.id), title, extra, ..Document::default() };
    document.date = layout.date.and_then(column).and_then(|column| day(&column.get(at).ok()?));
    let written = document.date.is_none().then(|| cell(layout.date));
    if document.date.is_some() {
        document.date_source = Some(DateSource::Record);
    }
    finish(document, written.as_deref(), name, row).collect()
}

/// What a cell says.
fn words(column: &Column, at: usize) -> String {
    match column.get(at) {
        Err(_) | Ok(AnyValue::Null) => String::new(),
        Ok(AnyValue::String(text)) => text.to_owned(),
        Ok(value) => match value.get_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        },
    }
}

fn value(value: &AnyValue<'_>) -> Value {
    match value {
        AnyValue::Null => Value::Null,
        AnyValue::Boolean(yes) => Value::Bool(*yes),
        AnyValue::Int32(number) => (*number).into(),
        AnyValue::Int64(number) => (*number).into(),
        AnyValue::UInt32(number) => (*number).into(),
        AnyValue::UInt64(number) => (*number).into(),
        AnyValue::Float32(number) => f64::from(*number).into(),
        AnyValue::Float64(number) => (*number).into(),
        other => other.get_str().map_or_else(|| other.to_string(), str::to_owned).into(),
    }
}

/// The day of a cell with a date or a time.
fn day(value: &AnyValue<'_>) -> Option<Date> {
    let days = match value {
        AnyValue::Date(days) => i64::from(*days),
        AnyValue::Datetime(..) | AnyValue::DatetimeOwned(..) => {
            let AnyValue::Date(days) = value.cast(&DataType::Date) else { return None };
            i64::from(days)
        }
        _ => return None,
    };
    Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
#[path = "parquet_tests.rs"]
mod tests;
