//! Days and periods of days.
//!
//! Facts of politics have day precision: a ministry is renamed and a minister sworn in on a day, and
//! on that day the new name and the new holder count. So a [`Period`] is half-open, `from <= day < to`,
//! and either end can be open.

use std::fmt;
use std::str::FromStr;

/// A day of the civil calendar, written `YYYY-MM-DD`. Re-exported from [`jiff`].
pub use jiff::civil::Date;

/// A half-open period of days, `from <= day < to`; an end that is `None` is open.
///
/// ```
/// use ressort::date::Period;
///
/// let wissing_as_digital_minister = Period::parse("2021-12-08", "2025-05-06")?;
/// assert!(wissing_as_digital_minister.contains("2023-11-20".parse()?));
/// assert!(!wissing_as_digital_minister.contains("2025-05-06".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day, or `None` where the beginning is open.
    pub from: Option<Date>,
    /// The first day that no longer belongs to it, or `None` where the end is open.
    pub to: Option<Date>,
}

/// Why a date of a gazetteer, an option or a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct DateError {
    /// The text that was given.
    pub text: String,
}

impl Period {
    /// The period that is open at both ends.
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// Reads both ends; an empty text is an open end, `YYYY-MM` and `YYYY` stand for their first day.
    ///
    /// # Errors
    /// [`DateError`] with the text that is not a date.
    pub fn parse(from: &str, to: &str) -> Result<Self, DateError> {
        Ok(Self { from: parse_open(from)?, to: parse_open(to)? })
    }

    /// Whether `day` lies in the period.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    /// Whether the two periods share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |to: Option<Date>, from: Option<Date>| matches!((to, from), (Some(to), Some(from)) if to <= from);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// Whether the period ended on or before `day`.
    #[must_use]
    pub fn is_over(&self, day: Date) -> bool {
        self.to.is_some_and(|to| to <= day)
    }

    /// Whether the period has an open beginning and an open end.
    #[must_use]
    pub fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("always"),
            (Some(from), None) => write!(f, "since {from}"),
            (None, Some(to)) => write!(f, "until {to}"),
            (Some(from), Some(to)) => write!(f, "{from} to {to}"),
        }
    }
}

/// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; the shorter forms stand for their first day.
///
/// ```
/// use ressort::date::parse_day;
/// assert_eq!(parse_day("2025-05")?.to_string(), "2025-05-01");
/// assert!(parse_day("31.02.2025").is_err());
/// # Ok::<(), ressort::date::DateError>(())
/// ```
///
/// # Errors
/// [`DateError`] where the text has another form or names a day that does not exist.
pub fn parse_day(text: &str) -> Result<Date, DateError> {
    let error = || DateError { text: text.to_owned() };
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or("01"), parts.next().unwrap_or("01"));
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) || parts.next().is_some() {
        return Err(error());
    }
    let number = |part: &str| i16::from_str(part).map_err(|_| error());
    #[allow(clippy::cast_possible_truncation)] // two digits fit
    Date::new(number(year)?, number(month)? as i8, number(day)? as i8).map_err(|_| error())
}

/// The day so many days after the first of 1970, as columns of dates count; `None` where no date can say it.
///
/// ```
/// use ressort::date::day_after_1970;
///
/// assert_eq!(day_after_1970(20_000).map(|day| day.to_string()).as_deref(), Some("2024-10-04"));
/// assert_eq!(day_after_1970(i64::MIN), None);
/// ```
#[must_use]
pub fn day_after_1970(days: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn parse_open(text: &str) -> Result<Option<Date>, DateError> {
    if text.is_empty() { Ok(None) } else { parse_day(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period::parse(from, to).unwrap()
    }

    #[test]
    fn the_day_of_a_handover_belongs_to_the_new_period() {
        let day = "2021-12-08".parse().unwrap();
        assert!(!period("2018-03-14", "2021-12-08").contains(day));
        assert!(period("2021-12-08", "").contains(day));
    }

    #[test]
    fn periods_that_touch_do_not_overlap() {
        assert!(!period("", "2021-12-08").overlaps(&period("2021-12-08", "")));
        assert!(period("", "2021-12-09").overlaps(&period("2021-12-08", "")));
        assert!(Period::ALWAYS.overlaps(&period("2021", "2022")));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "2025-13", "2025-02-30", "25-01-01", "2025-1-1", "2025-01-01-01", "heute", "+202-01-01"] {
            assert!(parse_day(text).is_err(), "{text}");
        }
    }
}
