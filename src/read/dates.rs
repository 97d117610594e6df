//! Dates as German texts, file names and feeds write them.

mod line;
mod name;
mod stamp;

use std::sync::LazyLock;

use regex::Regex;

use crate::date::Date;

pub use line::line_date;
pub(in crate::read) use line::of_line;
pub use name::name_date;
pub use stamp::stamp_date;

/// `21. November 2023`, `21.11.2023`, `09.10.25`, `2023-11-21`. Months also in the Austrian form (`Jänner`), as some
/// sources have it. A year of two digits stands only behind two and two, as `2.1.10` numbers a section or a release.
static FULL_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:(?<d>\d{1,2})\.\s?(?<name>J[aä]n(?:uar|ner)|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s(?<y>\d{4})",
        r"|(?<d2>\d{1,2})\.\s?(?<m2>\d{1,2})\.\s?(?<y2>\d{4})",
        r"|(?<d4>\d{2})\.(?<m4>\d{2})\.(?<y4>\d{2})",
        r"|(?<y3>\d{4})-(?<m3>\d{2})-(?<d3>\d{2}))\b",
    ))
    .expect("the pattern is well formed")
});

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"];

/// The latest day that the text names in full, up to and including `limit`.
///
/// News are written on or after the last day of the event that they tell of; a later day is a deadline or a plan, which
/// is why a caller that knows a limit should give it.
///
/// ```
/// let text = "Am 20. und 21. November 2023 fand der Gipfel statt. Frist: 31.12.2030.";
/// let limit = Some("2025-10-09".parse()?);
/// assert_eq!(ressort::read::latest_date(text, limit), Some("2023-11-21".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn latest_date(text: &str, limit: Option<Date>) -> Option<Date> {
    full_dates(text).into_iter().filter(|day| limit.is_none_or(|max| *day <= max)).max()
}

/// All days that the text names in full, in reading order.
///
/// ```
/// let days = ressort::read::full_dates("Am 3. März 2020, am 04.05.2021 und am 09.10.25; Version 2.1.10.");
/// assert_eq!(days, ["2020-03-03".parse()?, "2021-05-04".parse()?, "2025-10-09".parse()?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn full_dates(text: &str) -> Vec<Date> {
    FULL_DATE
        .captures_iter(text)
        .filter(|found| {
            // `09.10.25.3` and `7.09.10.25` are numbers of sections and addresses.
            let whole = found.get(0).filter(|_| found.name("y4").is_some());
            whole.is_none_or(|whole| !goes_on(&text[..whole.start()], &text[whole.end()..]))
        })
        .filter_map(|found| day(&found))
        .collect()
}

fn goes_on(before: &str, behind: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    before.strip_suffix(['.', ':']).is_some_and(|rest| digit(rest.chars().next_back()))
        || behind.strip_prefix(['.', ':']).is_some_and(|rest| digit(rest.chars().next()))
}

fn day(found: &regex::Captures<'_>) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let (year, month, day) = if let Some(name) = found.name("name") {
        (number("y")?, month(name.as_str())?, number("d")?)
    } else if let Some(year) = number("y2") {
        (year, number("m2")?, number("d2")?)
    } else if let Some(year) = number("y4") {
        (century(year), number("m4")?, number("d4")?)
    } else {
        (number("y3")?, number("m3")?, number("d3")?)
    };
    civil(year, month, day)
}

/// The number of a month whose name begins as German or English writes it.
fn month(name: &str) -> Option<i16> {
    let start: String = name.to_lowercase().replace("jän", "jan").chars().take(3).collect();
    let english = match start.as_str() {
        "mar" | "mrz" => "mär",
        "may" => "mai",
        "oct" => "okt",
        "dec" => "dez",
        other => other,
    };
    let at = MONTHS.iter().position(|month| month.to_lowercase() == english)?;
    i16::try_from(at + 1).ok()
}

/// A year of two digits: the texts begin with the Federal Republic, in 1949, and nobody abbreviates years to come.
fn century(year: i16) -> i16 {
    year + if year < 49 { 2000 } else { 1900 }
}

/// A day that exists.
fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latest(text: &str) -> Option<String> {
        latest_date(text, None).map(|day| day.to_string())
    }

    #[test]
    fn reads_german_dates() {
        assert_eq!(latest("vom 3. März 2020 bis 04.03.2020").as_deref(), Some("2020-03-04"));
        assert_eq!(latest("am 9. Jänner 2024").as_deref(), Some("2024-01-09"));
        assert_eq!(latest("Stand 2025-10-01").as_deref(), Some("2025-10-01"));
        assert_eq!(latest("am 09.10.25, um 9 Uhr").as_deref(), Some("2025-10-09"));
        assert_eq!(latest("am 09.10.98.").as_deref(), Some("1998-10-09"));
    }

    #[test]
    fn a_month_or_an_impossible_day_is_no_date() {
        assert_eq!(latest("im November 2023; 31.02.2024; 2024-13-01; Version 2.10.2023a"), None);
        assert_eq!(latest("Abschnitt 2.1.10, Release 10.11.12.3, 10.0.10.11.12, 31.02.25"), None);
    }
}
