//! The day in the name of a file.

use std::sync::LazyLock;

use regex::Regex;

use super::civil;
use crate::date::Date;

/// Year first: `2025-10-09`, `2025_10_09`, `20251009`; day first: `09.10.2025`, `9-10-2025`. The separators are alike, as
/// in `2025-10_09` a number follows a month.
static IN_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(?<y>(?:19|20)\d{2})(?:-(?<m1>\d{1,2})-(?<d1>\d{1,2})|_(?<m2>\d{1,2})_(?<d2>\d{1,2})|\.(?<m3>\d{1,2})\.(?<d3>\d{1,2})|(?<m4>\d{2})(?<d4>\d{2}))",
        r"|(?:(?<d5>\d{1,2})-(?<m5>\d{1,2})-|(?<d6>\d{1,2})_(?<m6>\d{1,2})_|(?<d7>\d{1,2})\.(?<m7>\d{1,2})\.)(?<y5>(?:19|20)\d{2}))",
    ))
    .expect("the pattern is well formed")
});

/// The folders of a page that is stored under its address: `…/2025/10/09/meldung.html`.
static FOLDERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"/(?<y>(?:19|20)\d{2})/(?<m1>\d{1,2})/(?<d1>\d{1,2})/[^!]*$").expect("the pattern is well formed")
});

/// The day that a file's name holds, `2025-10-09_pm.pdf`, `PM_20251009.html`, `09.10.2025.txt`, or that of the folders
/// `2025/10/09/` around it. Where a name holds several (a period), it is that of the last. An archive's own name does not
/// count: it tells when the archive was made.
///
/// ```
/// use ressort::read::name_date;
///
/// assert_eq!(name_date("PM_20251009.html"), Some("2025-10-09".parse()?));
/// assert_eq!(name_date("export_2025-11-01.zip!/drs_2012345678.pdf"), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn name_date(name: &str) -> Option<Date> {
    let within = name.rsplit("!/").next().unwrap_or(name).replace('\\', "/");
    let file = within.rsplit('/').next().unwrap_or(&within);
    let mut latest = None;
    let mut at = 0;
    while let Some(found) = IN_NAME.captures_at(file, at) {
        let Some(whole) = found.get(0) else { break };
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside = digit(file[..whole.start()].chars().next_back()) || digit(file[whole.end()..].chars().next());
        match (!inside).then(|| day(&found)).flatten() {
            Some(day) => {
                latest = latest.max(Some(day));
                at = whole.end();
            }
            // `1_2025-10-09`: what looks like a day can begin one digit before another that is one.
            None => at = whole.start() + 1,
        }
    }
    latest.or_else(|| day(&FOLDERS.captures(&format!("/{within}"))?))
}

fn day(found: &regex::Captures<'_>) -> Option<Date> {
    let number = |names: &[&str]| {
        names.iter().find_map(|name| found.name(name)).and_then(|digits| digits.as_str().parse::<i16>().ok())
    };
    civil(
        number(&["y", "y5"])?,
        number(&["m1", "m2", "m3", "m4", "m5", "m6", "m7"])?,
        number(&["d1", "d2", "d3", "d4", "d5", "d6", "d7"])?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_names() {
        for (name, day) in [
            ("2025-10-09_pm.pdf", "2025-10-09"),
            ("archiv/PM_20251009.html", "2025-10-09"),
            ("09.10.2025", "2025-10-09"),
            ("pm 9-10-2025.docx", "2025-10-09"),
            ("pm_12_2025-10-09.txt", "2025-10-09"),
            ("2025-10-01_bis_2025-10-09.txt", "2025-10-09"),
            ("spiegel.html!/2025/10/09/a.html", "2025-10-09"),
            ("www.land.de/2025/10/09/meldung/index.html", "2025-10-09"),
            ("export_2025-11-01.zip!/a.txt", ""),
            ("2025-02-30.txt", ""),
            ("drs_2012345678.pdf", ""),
            ("21_2025.xml", ""),
            ("120251009.txt", ""),
        ] {
            assert_eq!(name_date(name).map(|day| day.to_string()).unwrap_or_default(), day, "{name}");
        }
    }
}
