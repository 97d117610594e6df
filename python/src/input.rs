//! What callers give: texts, days and identifiers, one by one, in lists, or in columns of any library that speaks Arrow.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::timezone::Tz;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray, downcast_integer_array};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_schema::{DataType, TimeUnit};
use chrono::{DateTime, Offset, TimeZone};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyString};
use pyo3_arrow::input::AnyArray;
use ressort::date::{Date, parse_day};

use crate::error;

/// A column of texts.
pub(crate) enum Texts {
    Arrow(Vec<Strings>),
    List(Vec<Option<String>>),
}

/// One array of a column of texts.
pub(crate) enum Strings {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    Categories { keys: Vec<usize>, nulls: Option<NullBuffer>, values: Box<Strings> },
    Nulls(usize),
}

/// The days of a column of texts.
pub(crate) enum Days {
    Unknown,
    All(Date),
    Each(Vec<Option<Date>>),
}

impl Texts {
    /// A column named `what` in messages.
    pub(crate) fn from_python(given: &Bound<'_, PyAny>, what: &str) -> PyResult<Self> {
        if given.is_instance_of::<PyString>() || given.is_instance_of::<PyBytes>() {
            return Err(error::input(format!(
                "{what}: one {} is no column; put it into a list, or use annotate() for one text",
                type_name(given)
            )));
        }
        if let Some(chunks) = arrow_chunks(given, what)? {
            return chunks.into_iter().map(|chunk| Strings::of(chunk, what)).collect::<PyResult<_>>().map(Self::Arrow);
        }
        let mut texts = Vec::with_capacity(given.len().unwrap_or(0));
        for (row, value) in items(given, what)?.enumerate() {
            let value = value?;
            texts.push(if is_null(&value)? {
                None
            } else if let Ok(text) = value.cast::<PyString>() {
                Some(text_of(text)?.into_owned())
            } else {
                return Err(error::input(format!(
                    "{what}, row {row}: {} is no text; give str or None",
                    type_name(&value)
                )));
            });
        }
        Ok(Self::List(texts))
    }

    /// Identifiers, which may be numbers.
    pub(crate) fn ids(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(chunks) = arrow_chunks(given, "ids")? {
            if chunks.iter().any(|chunk| chunk.data_type().is_integer()) {
                return Ok(Self::List(chunks.iter().flat_map(numbers).collect()));
            }
            return chunks.into_iter().map(|chunk| Strings::of(chunk, "ids")).collect::<PyResult<_>>().map(Self::Arrow);
        }
        if given.is_instance_of::<PyString>() {
            return Err(error::input("ids: one str is no column; give one id for each text"));
        }
        let mut ids = Vec::new();
        for (row, value) in items(given, "ids")?.enumerate() {
            let value = value?;
            ids.push(if is_null(&value)? {
                None
            } else if value.is_instance_of::<PyString>() || value.is_instance_of::<PyInt>() {
                Some(text_of(&value.str()?)?.into_owned())
            } else {
                return Err(error::input(format!(
                    "ids, row {row}: {} is no id; give str, int or None",
                    type_name(&value)
                )));
            });
        }
        Ok(Self::List(ids))
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Arrow(chunks) => chunks.iter().map(Strings::len).sum(),
            Self::List(texts) => texts.len(),
        }
    }

    /// All texts in their order.
    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = Option<Cow<'_, str>>> + Send + '_> {
        match self {
            Self::Arrow(chunks) => {
                Box::new(chunks.iter().flat_map(|chunk| (0..chunk.len()).map(move |at| chunk.get(at))))
            }
            Self::List(texts) => Box::new(texts.iter().map(|text| text.as_deref().map(Cow::Borrowed))),
        }
    }
}

impl Strings {
    fn of(array: ArrayRef, what: &str) -> PyResult<Self> {
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Small(array.as_string().clone())),
            DataType::LargeUtf8 => Ok(Self::Large(array.as_string().clone())),
            DataType::Utf8View => Ok(Self::View(array.as_string_view().clone())),
            DataType::Null => Ok(Self::Nulls(array.len())),
            DataType::Dictionary(..) => {
                let categories = array.as_any_dictionary();
                let values = Self::of(categories.values().clone(), what)?;
                let keys = if values.len() == 0 { vec![0; array.len()] } else { categories.normalized_keys() };
                Ok(Self::Categories { nulls: array.logical_nulls(), keys, values: Box::new(values) })
            }
            _ => Err(no_text(&array, what)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Small(array) => array.len(),
            Self::Large(array) => array.len(),
            Self::View(array) => array.len(),
            Self::Categories { keys, .. } => keys.len(),
            Self::Nulls(length) => *length,
        }
    }

    /// The text of a row. Bytes that are no UTF-8, which some libraries let through, are replaced.
    fn get(&self, at: usize) -> Option<Cow<'_, str>> {
        let bytes = match self {
            Self::Small(array) => array.is_valid(at).then(|| array.value(at).as_bytes()),
            Self::Large(array) => array.is_valid(at).then(|| array.value(at).as_bytes()),
            Self::View(array) => array.is_valid(at).then(|| array.value(at).as_bytes()),
            Self::Categories { keys, nulls, values } => {
                return nulls.as_ref().is_none_or(|nulls| nulls.is_valid(at)).then(|| values.get(keys[at])).flatten();
            }
            Self::Nulls(_) => None,
        };
        bytes.map(String::from_utf8_lossy)
    }
}

impl Days {
    /// One day for all texts, or a column with a day for each.
    pub(crate) fn from_python(given: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(given) = given.filter(|given| !given.is_none()) else { return Ok(Self::Unknown) };
        if let Some(chunks) = arrow_chunks(given, "dates")? {
            return arrow_days(&chunks).map(Self::Each);
        }
        if given.is_instance_of::<PyString>() || given.hasattr(intern!(given.py(), "isoformat"))? {
            return Ok(day(given, None)?.map_or(Self::Unknown, Self::All));
        }
        let each = items(given, "dates")?.enumerate().map(|(row, value)| day(&value?, Some(row)));
        each.collect::<PyResult<_>>().map(Self::Each)
    }

    pub(crate) fn len(&self) -> Option<usize> {
        match self {
            Self::Each(days) => Some(days.len()),
            _ => None,
        }
    }

    pub(crate) fn get(&self, row: usize) -> Option<Date> {
        match self {
            Self::Unknown => None,
            Self::All(day) => Some(*day),
            Self::Each(days) => days.get(row).copied().flatten(),
        }
    }
}

/// The day that a value of Python means: `date`, `datetime` and its kin of numpy and pandas, or text.
pub(crate) fn day(value: &Bound<'_, PyAny>, row: Option<usize>) -> PyResult<Option<Date>> {
    let py = value.py();
    if is_null(value)? {
        return Ok(None);
    }
    let text = if let Ok(text) = value.cast::<PyString>() {
        text_of(text)?.into_owned()
    } else if value.hasattr(intern!(py, "isoformat"))? {
        value.call_method0(intern!(py, "isoformat"))?.str()?.to_string_lossy().into_owned()
    } else if value.get_type().name()? == "datetime64" {
        value.str()?.to_string_lossy().into_owned()
    } else {
        return Err(error::date(
            format!("{} is no date: give str (YYYY-MM-DD), date or datetime", type_name(value)),
            row,
        ));
    };
    text_day(&text, row)
}

/// A time of day behind the day is passed over, as in records.
fn text_day(text: &str, row: Option<usize>) -> PyResult<Option<Date>> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.get(..10).filter(|_| matches!(text.as_bytes().get(10), Some(b'T' | b' '))).unwrap_or(text);
    let day = parse_day(day).map_err(|error| error::date(error, row))?;
    // Python's days begin with the year 1.
    if day.year() < 1 { Err(error::date(format!("'{text}' is no date"), row)) } else { Ok(Some(day)) }
}

/// Whole numbers as text.
fn numbers(array: &ArrayRef) -> Vec<Option<String>> {
    downcast_integer_array!(
        array => array.iter().map(|number| number.map(|number| number.to_string())).collect(),
        _ => vec![None; array.len()]
    )
}

fn arrow_days(chunks: &[ArrayRef]) -> PyResult<Vec<Option<Date>>> {
    let mut days = Vec::with_capacity(chunks.iter().map(Array::len).sum());
    for chunk in chunks {
        let row = days.len();
        match chunk.data_type() {
            DataType::Null => days.extend(std::iter::repeat_n(None, chunk.len())),
            DataType::Date32 => {
                for cell in chunk.as_primitive::<Date32Type>() {
                    days.push(cell.map(|cell| day_of(cell.into(), days.len())).transpose()?);
                }
            }
            DataType::Date64 => {
                for cell in chunk.as_primitive::<Date64Type>() {
                    days.push(cell.map(|cell| day_of(cell.div_euclid(DAY * 1000), days.len())).transpose()?);
                }
            }
            DataType::Timestamp(unit, zone) => {
                let zone = zone.as_ref().map(|zone| zone.parse::<Tz>()).transpose().map_err(|_| {
                    let zone = zone.as_deref().unwrap_or_default();
                    error::date(format!("the time zone '{zone}' of the column is unknown: cast it to dates"), None)
                })?;
                let (cells, second): (ScalarBuffer<i64>, i64) = match unit {
                    TimeUnit::Second => (chunk.as_primitive::<TimestampSecondType>().values().clone(), 1),
                    TimeUnit::Millisecond => (chunk.as_primitive::<TimestampMillisecondType>().values().clone(), 1000),
                    TimeUnit::Microsecond => {
                        (chunk.as_primitive::<TimestampMicrosecondType>().values().clone(), 1_000_000)
                    }
                    TimeUnit::Nanosecond => {
                        (chunk.as_primitive::<TimestampNanosecondType>().values().clone(), 1_000_000_000)
                    }
                };
                for (at, cell) in cells.iter().enumerate() {
                    let seconds = cell.div_euclid(second);
                    // A point in time is taken as the day that its own zone has.
                    let local = seconds + zone.map_or(0, |zone| seconds_east(zone, seconds));
                    let day = chunk.is_valid(at).then(|| day_of(local.div_euclid(DAY), row + at));
                    days.push(day.transpose()?);
                }
            }
            other => {
                let strings = Strings::of(chunk.clone(), "dates").map_err(|_| {
                    error::date(
                        format!("a column of {other} holds no dates: give dates, timestamps or text (YYYY-MM-DD)"),
                        None,
                    )
                })?;
                for at in 0..strings.len() {
                    days.push(strings.get(at).map_or(Ok(None), |text| text_day(&text, Some(row + at)))?);
                }
            }
        }
    }
    Ok(days)
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// How far a zone was ahead of UTC at that moment.
fn seconds_east(zone: Tz, seconds: i64) -> i64 {
    DateTime::from_timestamp(seconds, 0)
        .map_or(0, |moment| zone.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc().into())
}

/// The day so many days after 1970 began, from the year 1 to 9999.
fn day_of(days: i64, row: usize) -> PyResult<Date> {
    let day = ressort::date::day_after_1970(days).filter(|day| day.year() > 0);
    day.ok_or_else(|| error::date(format!("{days} days after 1970 is no date that can be written"), Some(row)))
}

/// The arrays of an object that speaks Arrow; of a table, those of its only column.
fn arrow_chunks(given: &Bound<'_, PyAny>, what: &str) -> PyResult<Option<Vec<ArrayRef>>> {
    let py = given.py();
    if !given.hasattr(intern!(py, "__arrow_c_stream__"))? && !given.hasattr(intern!(py, "__arrow_c_array__"))? {
        return Ok(None);
    }
    let chunks = given.extract::<AnyArray>().and_then(|array| Ok(array.into_chunked_array()?)).map_err(|cause| {
        let error = error::input(format!(
            "{what}: {} cannot be read as one column of Arrow data ({}); give a column of strings",
            type_name(given),
            cause.value(py)
        ));
        error.set_cause(py, Some(cause));
        error
    })?;
    let (chunks, field) = chunks.into_inner();
    let DataType::Struct(fields) = field.data_type() else { return Ok(Some(chunks)) };
    if fields.len() != 1 {
        let names: Vec<_> = fields.iter().map(|field| field.name().as_str()).collect();
        return Err(error::input(format!(
            "{what}: a table with {} columns ({}) is no column; choose one, or use annotate_frame()",
            names.len(),
            names.join(", ")
        )));
    }
    Ok(Some(chunks.iter().map(|chunk| chunk.as_struct().column(0).clone()).collect()))
}

fn items<'py>(given: &Bound<'py, PyAny>, what: &str) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, PyAny>>>> {
    given.try_iter().map_err(|_| {
        error::input(format!(
            "{what}: {} is no column; give a list, or a column of polars, pyarrow, pandas or DuckDB",
            type_name(given)
        ))
    })
}

/// `None`, `NaN`, `pandas.NA`, `NaT`.
fn is_null(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        return Ok(true);
    }
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBool>() {
        return Ok(false);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let kind = value.get_type().name()?;
    Ok(kind == "NAType" || kind == "NaTType" || (kind == "datetime64" && value.str()? == "NaT"))
}

/// The text of a `str`. A lone surrogate, which no UTF-8 can hold, becomes `U+FFFD`, so that all offsets stay.
pub(crate) fn text_of<'t>(text: &'t Bound<'_, PyString>) -> PyResult<Cow<'t, str>> {
    if let Ok(text) = text.to_str() {
        return Ok(Cow::Borrowed(text));
    }
    let encoded = text.call_method1(intern!(text.py(), "encode"), ("utf-8", "surrogatepass"))?;
    let mut bytes = encoded.cast::<PyBytes>()?.as_bytes().to_vec();
    let mut at = 0;
    while at + 2 < bytes.len() {
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
        at += 1;
    }
    Ok(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))
}

fn no_text(array: &ArrayRef, what: &str) -> PyErr {
    error::input(format!("{what}: a column of {} holds no texts; give a column of strings", array.data_type()))
}

pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "it".to_owned(), |name| name.to_string())
}
