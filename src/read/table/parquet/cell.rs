//! What a cell says, as words, as a value and as a day.

use std::borrow::Cow;

use polars::prelude::{AnyValue, TimeUnit};
use serde_json::Value;

use crate::date::Date;

const DAY_SECONDS: i64 = 86_400;
/// Days before and after 1970 that have a name: 260,000 years.
const DAYS: i64 = 95_000_000;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'c> {
    Null,
    Text(&'c str),
    /// A text that is no UTF-8.
    Damaged(&'c [u8]),
    Truth(bool),
    Number(i64),
    Unsigned(u64),
    Single(f32),
    Double(f64),
    /// Days since 1970.
    Day(i32),
    /// The time since 1970, and whether it is one of UTC rather than of a clock.
    Time(i64, TimeUnit, bool),
}

impl<'c> Cell<'c> {
    /// How many bytes of text it has.
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Damaged(bytes) => bytes.len(),
            _ => 0,
        }
    }

    /// What it says.
    pub(super) fn words(self) -> Cow<'c, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Damaged(bytes) => String::from_utf8_lossy(bytes),
            Self::Truth(yes) => yes.to_string().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Unsigned(number) => number.to_string().into(),
            Self::Single(number) => AnyValue::Float32(number).to_string().into(),
            Self::Double(number) => AnyValue::Float64(number).to_string().into(),
            Self::Day(days) if i64::from(days).abs() < DAYS => AnyValue::Date(days).to_string().into(),
            Self::Day(days) => days.to_string().into(),
            Self::Time(time, unit, zoned) => match self.days() {
                Some(days) if days.abs() < DAYS => {
                    let clock = AnyValue::Datetime(time, unit, None);
                    if zoned { format!("{clock} UTC").into() } else { clock.to_string().into() }
                }
                _ => time.to_string().into(),
            },
        }
    }

    pub(super) fn value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Truth(yes) => yes.into(),
            Self::Number(number) => number.into(),
            Self::Unsigned(number) => number.into(),
            Self::Single(number) => f64::from(number).into(),
            Self::Double(number) => number.into(),
            other => other.words().into(),
        }
    }

    fn days(self) -> Option<i64> {
        match self {
            Self::Day(days) => Some(days.into()),
            Self::Time(time, unit, _) => {
                let second = match unit {
                    TimeUnit::Milliseconds => 1_000,
                    TimeUnit::Microseconds => 1_000_000,
                    TimeUnit::Nanoseconds => 1_000_000_000,
                };
                Some(time.div_euclid(second * DAY_SECONDS))
            }
            _ => None,
        }
    }

    /// The day of a cell with a date or a time.
    pub(super) fn day(self) -> Option<Date> {
        Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(self.days()?).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_days_and_words() {
        let time = Cell::Time(-1, TimeUnit::Milliseconds, false);
        assert_eq!(time.day().unwrap().to_string(), "1969-12-31");
        assert_eq!(time.words(), "1969-12-31 23:59:59.999");
        let time = Cell::Time(20_370 * 86_400_000_000, TimeUnit::Microseconds, true);
        assert_eq!(
            (time.day().unwrap().to_string(), time.words()),
            ("2025-10-09".into(), "2025-10-09 00:00:00 UTC".into())
        );
        for unit in [TimeUnit::Milliseconds, TimeUnit::Microseconds, TimeUnit::Nanoseconds] {
            for time in [i64::MIN, i64::MAX] {
                let cell = Cell::Time(time, unit, false);
                assert!(!cell.words().is_empty() && !cell.value().is_null());
                let _ = cell.day();
            }
        }
        assert_eq!(Cell::Day(i32::MAX).words(), i32::MAX.to_string());
        assert_eq!(Cell::Day(i32::MIN).day(), None);
        assert_eq!(Cell::Damaged(b"f\xfcr").words(), "f\u{fffd}r");
    }
}
