//! The day of a time stamp in markup, feeds and mails.

use std::sync::LazyLock;

use regex::Regex;

use super::{FULL_DATE, century, civil, day, month};
use crate::date::Date;

/// `2025-10-09T14:30:00+02:00`, `20251009`, `D:20251009143000+02'00'`, `2025-10`.
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:D:)?(?<y>\d{4})(?:-(?<m>\d{1,2})-(?<d>\d{1,2})|(?<m2>\d{2})(?<d2>\d{2}))(?:\D|\d{4}|$)")
        .expect("the pattern is well formed")
});

/// `Di, 12 Mär 2024 09:00:00 +0100`, `Tue, 12 Mar 2024`, `12. Mrz. 24`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{L}{2,10}\.?,?\s+)?(?<d>\d{1,2})\.?[\s-]+(?<name>\p{L}{3,9})\.?[\s-]+(?<y>\d{4}|\d{2})(?:\D|$)")
        .expect("the pattern is well formed")
});

/// `March 12, 2024`, as systems set up in English write it.
static AMERICAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{L}{2,10}\.?,?\s+)?(?<name>\p{L}{3,9})\.?\s+(?<d>\d{1,2}),?\s+(?<y>\d{4})(?:\D|$)")
        .expect("the pattern is well formed")
});

/// `8.5.12`, `Do, 9.10.25`: what would number a section elsewhere is a day where a day is meant.
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{L}{2,10}\.?,?\s+)?(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{2})(?:[^\d.]|\.?$)")
        .expect("the pattern is well formed")
});

/// The day of a time stamp: ISO 8601, RFC 822 with English or German names (`Di, 12 Mär 2024`), that of PDF properties, or
/// a German date. The day is that of the stamp's own time zone, as it was read where it was written.
///
/// ```
/// use ressort::read::stamp_date;
///
/// assert_eq!(stamp_date("Di, 12 Mär 2024 09:00:00 +0100"), Some("2024-03-12".parse()?));
/// assert_eq!(stamp_date("2024-03-12T23:30:00+01:00"), Some("2024-03-12".parse()?));
/// assert_eq!(stamp_date("2024-13-12"), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn stamp_date(stamp: &str) -> Option<Date> {
    let stamp = stamp.trim();
    if let Some(found) = YEAR_FIRST.captures(stamp) {
        let number = |names: [&str; 2]| {
            names.iter().find_map(|name| found.name(name)).and_then(|digits| digits.as_str().parse::<i16>().ok())
        };
        return civil(number(["y", "y"])?, number(["m", "m2"])?, number(["d", "d2"])?);
    }
    if let Some(found) = NAMED.captures(stamp).or_else(|| AMERICAN.captures(stamp)) {
        let year: i16 = found["y"].parse().ok()?;
        let year = if found["y"].len() == 2 { century(year) } else { year };
        return civil(year, month(&found["name"])?, found["d"].parse().ok()?);
    }
    if let Some(found) = SHORT.captures(stamp) {
        let number = |name: &str| found[name].parse().ok();
        return civil(century(number("y")?), number("m")?, number("d")?);
    }
    day(&FULL_DATE.captures(stamp)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        for (stamp, day) in [
            ("2025-10-09", "2025-10-09"),
            ("2025-10-09 14:30", "2025-10-09"),
            ("20251009", "2025-10-09"),
            ("D:20251009143000+02'00'", "2025-10-09"),
            ("Thu, 09 Oct 2025 14:30:00 GMT", "2025-10-09"),
            ("Do, 9 Okt 2025 14:30:00 +0200", "2025-10-09"),
            ("Donnerstag, 9. Oktober 2025 - 14:30", "2025-10-09"),
            ("9 Dez. 25", "2025-12-09"),
            ("9.10.25", "2025-10-09"),
            ("Do, 9.10.25, 14:30", "2025-10-09"),
            ("2.1.10.3", ""),
            ("Di, 12 Mrz 2024", "2024-03-12"),
            ("October 9, 2025", "2025-10-09"),
            ("09.10.2025 14:30 Uhr", "2025-10-09"),
            ("Stand 09.10.25", "2025-10-09"),
            ("2025-02-30", ""),
            ("31 Feb 2025", ""),
            ("gestern", ""),
            ("1760012345", ""),
        ] {
            assert_eq!(stamp_date(stamp).map(|day| day.to_string()).unwrap_or_default(), day, "{stamp}");
        }
    }
}
