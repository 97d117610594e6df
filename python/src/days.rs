//! Days that callers give: one by one, in lists, or in columns.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use polars_arrow::array::PrimitiveArray;
use polars_arrow::datatypes::{ArrowDataType, TimeUnit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;
use ressort::date::{Date, parse_day};

use crate::error;
use crate::input::{ArrayRef, Strings, arrow_chunks, is_null, items, text_of, type_name};

/// The days of a column of texts.
pub(crate) enum Days {
    Unknown,
    All(Date),
    Each(Vec<Option<Date>>),
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
    if day.year() < 1 { Err(error::date(format!("'{text}' is no date: write YYYY-MM-DD"), row)) } else { Ok(Some(day)) }
}

/// Days of the cells of arrays.
fn arrow_days(chunks: &[ArrayRef]) -> PyResult<Vec<Option<Date>>> {
    let mut days = Vec::with_capacity(chunks.iter().map(|chunk| chunk.len()).sum());
    for chunk in chunks {
        let row = days.len();
        let whole = chunk.as_any().downcast_ref::<PrimitiveArray<i32>>();
        let fine = chunk.as_any().downcast_ref::<PrimitiveArray<i64>>();
        let mut push = |days_since: Option<i64>| -> PyResult<()> {
            days.push(days_since.map(|since| day_of(since, days.len())).transpose()?);
            Ok(())
        };
        match (chunk.dtype().to_storage(), whole, fine) {
            (ArrowDataType::Date32, Some(cells), _) => {
                cells.iter().try_for_each(|cell| push(cell.map(|cell| i64::from(*cell))))?;
            }
            (ArrowDataType::Date64, _, Some(cells)) => {
                cells.iter().try_for_each(|cell| push(cell.map(|cell| cell.div_euclid(DAY * 1000))))?;
            }
            (ArrowDataType::Timestamp(unit, zone), _, Some(cells)) => {
                let zone = zone.as_deref().map(zone_of).transpose()?;
                let second = match unit {
                    TimeUnit::Second => 1,
                    TimeUnit::Millisecond => 1000,
                    TimeUnit::Microsecond => 1_000_000,
                    TimeUnit::Nanosecond => 1_000_000_000,
                };
                cells.iter().try_for_each(|cell| {
                    push(cell.map(|cell| {
                        let seconds = cell.div_euclid(second);
                        // A point in time is taken as the day that its own zone has.
                        (seconds + zone.as_ref().map_or(0, |zone| seconds_east(zone, seconds))).div_euclid(DAY)
                    }))
                })?;
            }
            (other, ..) => {
                let strings = Strings::of(chunk.clone(), "dates").map_err(|_| {
                    let message =
                        format!("a column of {other:?} holds no dates: give dates, timestamps or text (YYYY-MM-DD)");
                    error::date(message, None)
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

/// A zone by its name (`Europe/Berlin`) or as an offset (`+02:00`).
fn zone_of(name: &str) -> PyResult<TimeZone> {
    let offset = || {
        let (sign, rest) = (name.strip_prefix('-').map_or(1, |_| -1), name.strip_prefix(['+', '-'])?);
        let (hours, minutes) = (rest.get(..2)?.parse::<i32>().ok()?, rest.get(rest.len() - 2..)?.parse::<i32>().ok()?);
        Some(TimeZone::fixed(Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?))
    };
    offset().or_else(|| TimeZone::get(name).ok()).ok_or_else(|| {
        error::date(format!("the time zone '{name}' of the column is unknown here: cast it to dates"), None)
    })
}

/// How far a zone was ahead of UTC at that moment.
fn seconds_east(zone: &TimeZone, seconds: i64) -> i64 {
    Timestamp::from_second(seconds).map_or(0, |moment| zone.to_offset(moment).seconds().into())
}

/// The day so many days after 1970 began, from the year 1 to 9999.
fn day_of(days: i64, row: usize) -> PyResult<Date> {
    let day = ressort::date::day_after_1970(days).filter(|day| day.year() > 0);
    day.ok_or_else(|| error::date(format!("{days} days after 1970 is no date that can be written"), Some(row)))
}
