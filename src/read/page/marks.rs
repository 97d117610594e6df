//! Marks by which an item of a page can be told: dates, times, links to the whole text.

use std::sync::LazyLock;

use regex::Regex;

use super::super::dates::{full_dates, of_line};
use crate::date::Date;

/// The link to the whole text, which belongs to the page and not to the item, at the end of a line: `mehr...`,
/// `Weiterlesen »`, `[mehr]`, `Zum Artikel`, `mehr: https://…`.
static MORE_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|\s+)[\[(→»>]*\s*(?:",
        r"(?:mehr|weiterlesen|weiter lesen|weiter)\s?(?:\.\.\.|…|»|→|>>?|\])",
        r"|(?:Mehr|Mehr lesen|mehr lesen|Weiterlesen|Weiter lesen|weiterlesen|Mehr erfahren|mehr erfahren|Mehr dazu|Mehr Informationen|Zum Artikel|Zum Beitrag|Zur Meldung|Zur Pressemitteilung|Zum Volltext|Details|Lesen Sie mehr)",
        r"\s?(?:\.\.\.|…|»|→|>>?|\])?",
        r")\s*$",
    ))
    .expect("the pattern is well formed")
});

/// A line that is nothing but an address, with or without a word before it.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[\p{L} ]{2,30}:\s*|[→»>*-]\s*)?<?(?:https?://|www\.)\S+>?\s*$")
        .expect("the pattern is well formed")
});

/// A date at the beginning of a line, and what follows it: `[09.10.2025] Text`, `09.10.2025: Text`, `9. Oktober 2025 – Text`.
static DATE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\s*[\[(]?(?P<date>\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{2}\.\d{2}\.\d{2}|\d{4}-\d{2}-\d{2}",
        r"|\d{1,2}\.\s?(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s\d{4})",
        r"(?:,?\s+\d{1,2}[:.]\d{2}(?:\s*Uhr)?)?[\])]?\s*[:|–-]?\s+(?P<text>\S.{19,})$",
    ))
    .expect("the pattern is well formed")
});

/// The time of an entry in a ticker, alone or before its text: `14:30 Uhr`, `14.30 Uhr: Text`, `14:30 Text`.
static TIME_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:\[|\+\+\+\s*)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:\s*Uhr\b)?\]?\s*(?:[:|–-]|\+\+\+)?\s*(?P<text>.*)$")
        .expect("the pattern is well formed")
});

/// The line without the link at its end; `None` where it has none.
pub(in crate::read) fn without_more(line: &str) -> Option<&str> {
    if ADDRESS.is_match(line) {
        return Some("");
    }
    MORE_AT_END.find(line).map(|found| line[..found.start()].trim_end())
}

/// The day of a line that is nothing but a date, perhaps with the name of a paper or the sort of text.
pub(in crate::read) fn day_line(line: &str) -> Option<Date> {
    if line.len() > 90 || line.contains("Stand") {
        return None;
    }
    of_line(line.trim().trim_matches(['[', ']', '(', ')', '|', '•', ' ']))
}

/// The day at the beginning of a line, and the text behind it.
pub(in crate::read) fn day_before(line: &str) -> Option<(Date, &str)> {
    let found = DATE_BEFORE.captures(line)?;
    let day = *full_dates(found.name("date")?.as_str()).first()?;
    Some((day, found.name("text")?.as_str()))
}

/// The minute of the day at the beginning of a line, and the text behind it.
pub(super) fn time_before(line: &str) -> Option<(u16, &str)> {
    let found = TIME_BEFORE.captures(line)?;
    let minute = found["hour"].parse::<u16>().ok()? * 60 + found["minute"].parse::<u16>().ok()?;
    Some((minute, found.name("text")?.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_whole_text() {
        for (line, rest) in [
            ("Der Senat prüft. mehr...", Some("Der Senat prüft.")),
            ("Der Senat prüft … Weiterlesen »", Some("Der Senat prüft …")),
            ("Weiterlesen", Some("")),
            ("[mehr]", Some("")),
            ("→ Zum Artikel", Some("")),
            ("https://beispiel.example/a", Some("")),
            ("Mehr: https://beispiel.example/a", Some("")),
            ("Die Länder wollen mehr", None),
            ("Der Senat will mehr.", None),
            ("Siehe www.bund.de und andere", None),
        ] {
            assert_eq!(without_more(line), rest, "{line}");
        }
    }

    #[test]
    fn dates_and_times() {
        let day = |day: &str| Some(day.parse().unwrap());
        assert_eq!(day_line("Handelsblatt, 9. Oktober 2025"), day("2025-10-09"));
        assert_eq!(day_line("[09.10.2025]"), day("2025-10-09"));
        assert_eq!(day_line("Stand: 9. Oktober 2025"), None);
        assert_eq!(day_before("09.10.2025: Der Senat prüft das Gesetz.").unwrap().1, "Der Senat prüft das Gesetz.");
        assert_eq!(day_before("09.10.2025: Kurz"), None);
        assert_eq!(time_before("14:30 Uhr: Der Rat tagt."), Some((870, "Der Rat tagt.")));
        assert_eq!(time_before("25:30 Uhr"), None);
    }
}
