//! The day of an article where no meta data tell it: elements that are called a date, the address, the line below a headline.

use std::sync::LazyLock;

use dom_query::{Element, NodeRef};
use regex::Regex;

use super::super::dates::{full_dates, name_date, of_line, stamp_date};
use super::blocks::{Block, attribute};
use crate::date::Date;

/// An element that holds a day holds little more: the time, the author.
const LONGEST: usize = 80;

/// Parts of the names of elements with the day of something else than the text: an event, its end, a later change.
const OTHER_DAYS: &[&str] = &[
    "event",
    "termin",
    "calend",
    "kalender",
    "updat",
    "modif",
    "aktualis",
    "birth",
    "geburt",
    "expir",
    "valid",
    "gueltig",
    "deadline",
    "frist",
    "start",
    "begin",
    "end-",
    "ende",
    "journey",
    "print",
    "druck",
    "comment",
    "kommentar",
];

/// Whether class or identifier of an element say that its text is the day of publication: `post-date`, `newsdatum`,
/// `artikeldatum`, `published`.
pub(super) fn is_named_so(names: &str) -> bool {
    let mut words = names.split(|c: char| !c.is_ascii_alphanumeric());
    let is_day = |word: &str| {
        let other = word.ends_with("ndidate") || word.ends_with("mandate");
        word.ends_with("datum")
            || (word.ends_with("date") && !other)
            || matches!(word, "published" | "posted" | "timestamp")
    };
    words.any(is_day) && !OTHER_DAYS.iter().any(|other| names.contains(other))
}

/// The day of an element: that of its machine-readable attribute, else the only one in its text.
pub(super) fn of_element(node: NodeRef<'_>, element: &Element) -> Option<Date> {
    let stamp = ["datetime", "content"].iter().find_map(|name| attribute(element, name).and_then(stamp_date));
    stamp.or_else(|| {
        let text = node.text();
        let text = text.trim();
        // `14:45 Uhr bis 15:45 Uhr` is when something takes place.
        let only = text.len() <= LONGEST && full_dates(text).len() <= 1 && !text.contains(" bis ");
        only.then(|| stamp_date(text)).flatten()
    })
}

/// The day in the address of a page, as systems that keep a folder for each day have it: `…/2025/10/09/meldung`.
pub(super) fn of_address(address: &str) -> Option<Date> {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    // `…/2025/10/09/meldung/`: the last folder is what a file is elsewhere.
    name_date(path.trim_end_matches('/'))
}

/// The line below a headline that says who wrote when: `Donnerstag, 9.10.2025, 19:51 von Erika Beispiel`, `Von Erika
/// Beispiel am 09.10.2025`, `Do 9. Oktober 2025, 08:30 | Politik`. Only for lines beside a headline: anywhere else such a
/// line can be a row of dates.
pub(super) fn of_byline(line: &str) -> Option<Date> {
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)^(?:(?:von|by|autor(?:in)?:?)\s+[^.:;!?\d]{3,50}?(?:\s+am|[,|·•–-])?\s*)?(?:\(?(?:(?:mo|di|mi|do|fr|sa|so)\p{L}*[.,|\s]+(?:den\s+)?)?)",
            r"\d{1,2}\.\s?(?:\d{1,2}\.|\p{L}{3,9}\.?)\s?(?:\d{4}|\d{2})\)?",
            r"(?:\s*$|[,\s]+(?:um\s+)?\d{1,2}[:.]\d{2}\b|\s*[|·•>/–]|,?\s+(?:von|by)\s)",
        ))
        .expect("the pattern is well formed")
    });
    let line = line.trim();
    let found = BYLINE.find(line).filter(|_| line.len() <= 2 * LONGEST)?;
    let range = line.contains(" bis ");
    let days = full_dates(found.as_str());
    match days.as_slice() {
        [day] if !range => Some(*day),
        // A year of two digits behind single ones numbers a section, unless the time or a name follows.
        [] if !range && found.as_str().contains([',', '|']) => {
            found.as_str().find(|c: char| c.is_ascii_digit()).and_then(|at| stamp_date(&found.as_str()[at..]))
        }
        _ => None,
    }
}

/// The day shown away from the headline: an element below it that is called a date, first within the text and then in
/// its foot, or a line of the foot that says so (`Dieser Artikel wurde am 9. Oktober 2025 veröffentlicht`).
pub(super) fn below(blocks: &[Block]) -> Option<Date> {
    let own = blocks.iter().filter(|block| !block.around);
    let foot = || blocks.iter().filter(|block| block.around && !block.apart);
    let told = || {
        foot()
            .filter(|block| block.text.len() <= 2 * LONGEST)
            .find_map(|block| of_line(&block.text).or_else(|| of_sentence(&block.text)))
    };
    own.clone().find_map(|block| block.time).or_else(|| foot().find_map(|block| block.time)).or_else(told)
}

/// `Dieser Artikel wurde am 9. Oktober 2025 um 14:48 von … veröffentlicht`.
fn of_sentence(text: &str) -> Option<Date> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:Dieser|Der) (?:Artikel|Beitrag|Eintrag|Text) (?:wurde|erschien|ist) .{0,30}?am ")
            .expect("the pattern is well formed")
    });
    let found = SAID.find(text)?;
    let days = full_dates(&text[found.end()..]);
    days.first().copied().filter(|_| days.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_elements() {
        for name in ["post-date", "newsdatum", "nfy-ar-date", "entry-date published", "publishdate_date", "widget-date"]
        {
            assert!(is_named_so(name), "{name}");
        }
        for name in [
            "event-date",
            "update",
            "last-updated",
            "dateien",
            "start-date",
            "candidate-list",
            "validate",
            "comment-date",
        ] {
            assert!(!is_named_so(name), "{name}");
        }
    }

    #[test]
    fn addresses() {
        let day = |address| of_address(address).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(day("https://land.example/blog/2025/10/09/meldung/"), "2025-10-09");
        assert_eq!(day("https://land.example/2025/10/09/meldung/?seite=2"), "2025-10-09");
        assert_eq!(day("https://land.example/pm-2025-10-09.html"), "2025-10-09");
        assert_eq!(day("https://land.example/2025/10/meldung"), "");
    }

    #[test]
    fn lines_below_a_headline() {
        for line in [
            "Donnerstag, 9.10.2025, 19:51 > Erika",
            "09.10.2025, 16:20 von erika",
            "Von Erika Beispiel am 09.10.2025, 11:51 | 0 Meinungen",
            "Do 9. Oktober 2025, 08:30 | Politik",
            "Donnerstag | 9. Oktober 2025 | 15:49 von Erika in Politik",
            "9.10.25, 16:20",
        ] {
            assert_eq!(of_byline(line).map(|day| day.to_string()).as_deref(), Some("2025-10-09"), "{line}");
        }
        for line in [
            "9. Oktober 2025 bis 11. Oktober 2025",
            "9. Oktober 2025, Köln, Messe",
            "Am 9. Oktober 2025 tagte er.",
            "1.2.10",
        ] {
            assert_eq!(of_byline(line), None, "{line}");
        }
    }
}
