//! The line of a text that dates it.

use std::sync::LazyLock;

use regex::Regex;

use super::{FULL_DATE, civil, day, month};
use crate::date::Date;

/// A text is dated at its head, or, if it is a letter or a law, at its foot: in so many lines.
const LINES: usize = 14;
/// A line that dates a text is no sentence.
const LONGEST: usize = 140;

/// What stands before the date in a line that dates the text: a place (`Berlin, den`, `Bonn –`), a word that says so
/// (`Stand:`, `Datum:`, `Veröffentlicht am`), the day of the week, the number of a press release.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[\s\[(|–-]*(?:",
        r"(?:(?:Stand|Datum|Erstellt|Erscheinungsdatum|Ausgabe|Redaktionsschluss|Redaktionsstand|Veröffentlichung|Veröffentlicht|Erschienen|Publiziert|Pressemitteilung|Presseinformation|Pressemeldung|Medieninformation|Meldung|Nachricht|Newsletter|Drucksache)(?:sdatum)?",
        r"(?:\s+(?:Nr\.?\s*)?[\d/.-]+)?\s*[:,|–-]?\s*(?:(?:am|vom|den|der|des|dem)\s+)?)",
        r"|(?:\p{Lu}[\p{L}./() -]{1,40},\s+(?:den|der|am|im)\s+)",
        r"|(?:\p{Lu}[\p{L}./() -]{1,40}(?:,|\s+[–|/-])\s+)",
        r")?(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Mo|Di|Mi|Do|Fr|Sa|So)\.?,?\s+(?:(?:den|der)\s+)?)?$",
    ))
    .expect("the pattern is well formed")
});

/// What may stand behind it: nothing, a time, the number of the release, a name of the sort of text.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[\s\])|.,–-]*(?:(?:um\s+)?\d{1,2}[:.]\d{2}(?:\s*Uhr)?[\s|.,–-]*)?",
        r"(?:(?:Pressemitteilung|Presseinformation|Pressemeldung|Medieninformation|Meldung|Nr\.|Nummer|PM|Artikel|Bericht)[\p{L}\d\s./|-]{0,40})?$",
    ))
    .expect("the pattern is well formed")
});

/// `Berlin, 9. Oktober 2025 – Das Kabinett hat …`: the place and day before the first sentence of a report.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}./() -]{1,40},?\s+(?:den\s+|am\s+)?$").expect("the pattern is well formed")
});

/// `Stand: Oktober 2025`, `Ausgabe Oktober 2025`.
static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:Stand|Redaktionsstand|Ausgabe)(?:\s*:\s*|\s+)(?:(?:im|vom)\s+)?(J[aä]n(?:uar|ner)|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s+(\d{4})\b",
    )
    .expect("the pattern is well formed")
});

/// The day that a text says it is from: the date alone in a line near its head or foot, or with nothing but a place
/// (`Berlin, den 9. Oktober 2025`) or a word that says so (`Stand: 09.10.25`).
///
/// Days named in sentences are those of events, not that of the text. A text that gives its month only (`Stand: Oktober
/// 2025`) is taken as of the month's last day: what happened within the month, such as the renaming of a ministry, it may
/// know, and what happened later it cannot.
///
/// ```
/// use ressort::read::line_date;
///
/// assert_eq!(line_date("Leitfaden\nStand: Oktober 2025\nText."), Some("2025-10-31".parse()?));
/// assert_eq!(line_date("Am 9. Oktober 2025 trat der Rat zusammen."), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn line_date(text: &str) -> Option<Date> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let head = 0..lines.len().min(LINES);
    let foot = (lines.len().saturating_sub(LINES)..lines.len()).rev();
    head.clone().chain(foot).find_map(|at| {
        let day = of_line(lines[at])?;
        // A date alone in a line dates a text at its head only; in the middle of a sentence it was wrapped into its line.
        let alone = lines[at].starts_with(|c: char| c.is_ascii_digit());
        let wrapped = || at > 0 && lines[at - 1].rsplit(' ').next().is_some_and(|word| RUNNING.contains(&word));
        (!alone || (head.contains(&at) && !wrapped())).then_some(day)
    })
}

/// Words after which a date goes on with a sentence.
const RUNNING: &[&str] = &[
    "am", "vom", "zum", "bis", "den", "dem", "der", "des", "und", "seit", "ab", "im", "Stichtag", "oder", "nach", "vor",
];

/// The day of a line that is one.
pub(in crate::read) fn of_line(line: &str) -> Option<Date> {
    let line = line.trim();
    let start = line.char_indices().nth(LONGEST).map_or(line, |(at, _)| &line[..at]);
    if let Some(found) = FULL_DATE.captures(start) {
        let whole = found.get(0)?;
        let (before, behind) = (&line[..whole.start()], &line[whole.end()..]);
        let balanced = line.matches('(').count() == line.matches(')').count();
        let alone = balanced && line.len() <= LONGEST && BEFORE.is_match(before) && BEHIND.is_match(behind);
        let dateline =
            DATELINE.is_match(before) && [" – ", " - ", ": ", " | "].iter().any(|mark| behind.starts_with(mark));
        return (alone || dateline).then(|| day(&found)).flatten();
    }
    let found = MONTH.captures(start)?;
    if line.len() > LONGEST {
        return None;
    }
    let first = civil(found[2].parse().ok()?, month(&found[1])?, 1)?;
    Some(first.last_of_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        line_date(text).map(|day| day.to_string()).unwrap_or_default()
    }

    #[test]
    fn lines_that_date_a_text() {
        for (line, day) in [
            ("Berlin, den 9. Oktober 2025", "2025-10-09"),
            ("Berlin, 09.10.25", "2025-10-09"),
            ("9. Oktober 2025", "2025-10-09"),
            ("Donnerstag, 9. Oktober 2025, 14:30 Uhr", "2025-10-09"),
            ("Stand: 9. Oktober 2025", "2025-10-09"),
            ("Stand: Februar 2024", "2024-02-29"),
            ("(Stand Oktober 2025)", "2025-10-31"),
            ("Veröffentlicht am 09.10.2025", "2025-10-09"),
            ("Pressemitteilung Nr. 12/2025 vom 9. Oktober 2025", "2025-10-09"),
            ("09.10.2025 | Pressemitteilung", "2025-10-09"),
            ("Frankfurt (Oder), den 9. Oktober 2025", "2025-10-09"),
            ("Berlin, 9. Oktober 2025 – Das Kabinett hat heute den Entwurf beschlossen.", "2025-10-09"),
            ("Bonn, 31. Februar 2025", ""),
            ("Das Kabinett beschloss am 9. Oktober 2025 den Entwurf.", ""),
            ("Frist ist der 9. Oktober 2025.", ""),
            ("Am 9. Oktober 2025", ""),
            ("9. Oktober 2025).", ""),
        ] {
            assert_eq!(read(&format!("Kopf\n{line}\nEs folgt der Text, der lang ist.")), day, "{line}");
        }
    }

    #[test]
    fn a_day_that_was_wrapped_into_a_line_is_none() {
        assert_eq!(read("Der Bericht liegt bis zum\n9. Oktober 2025\nvor."), "");
    }

    #[test]
    fn a_day_deep_inside_is_not_that_of_the_text() {
        let filler = "Ein Absatz ohne Datum.\n".repeat(20);
        assert_eq!(read(&format!("{filler}9. Oktober 2025\n{filler}")), "");
        assert_eq!(read(&format!("{filler}Bonn, den 9. Oktober 1990\nDer Bundeskanzler")), "1990-10-09");
    }
}
