//! Numbers: dates, times, ordinals, decimals, and words that begin with digits.

use super::abbreviations::begins_sentence;
use super::bytes::{char_at, ends_words, is_hyphen, is_word_char};
use super::tokens::Scanned;
use super::words;
use crate::document::{Token, TokenKind};

/// Scans what begins with the digit at `at`.
pub(super) fn scan(text: &str, at: usize, previous: Option<&Token>) -> Scanned {
    let bytes = text.as_bytes();
    let plain = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if ends_words(bytes, plain) && bytes.get(plain) != Some(&b',') {
        return Scanned::new(plain, TokenKind::Number);
    }
    if plain == at + 4
        && bytes.get(plain) == Some(&b'-')
        && let Some(end) = iso_date(bytes, at)
    {
        return Scanned::new(end, TokenKind::Date);
    }
    let end = grouped(bytes, plain);
    let number = &text[at..end];
    if let Some((c, len)) = char_at(text, end) {
        if is_word_char(c) {
            // `2023KI`: a year glued to a headline by a web page; `5G`, `3D`, `1a`, `90er` are words.
            let year = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
            let headline = c.is_uppercase() && char_at(text, end + len).is_some_and(|(c, _)| is_word_char(c));
            if !(year && headline) {
                return words::go_on(text, at, words::letters(text, end), previous);
            }
            return Scanned::new(end, TokenKind::Number);
        }
        let follows = char_at(text, end + len).map(|(c, _)| c);
        if is_hyphen(c) && follows.is_none_or(|c| is_word_char(c) || c.is_whitespace()) {
            return words::go_on(text, at, end, previous); // 10-jährige, 10- bis 12-jährige
        }
    }
    // `100%ig`
    if bytes.get(end) == Some(&b'%') && bytes[end + 1..].starts_with(b"ig") {
        return words::go_on(text, at, words::letters(text, end + 1), previous);
    }
    if bytes.get(end) == Some(&b'.') {
        if is_day_and_month(number) {
            return Scanned::new(end + 1, TokenKind::Date); // 09.10.
        }
        if is_ordinal(text, at, end, previous) {
            return Scanned::new(end + 1, TokenKind::Ordinal);
        }
    }
    Scanned::new(end, if end == plain { TokenKind::Number } else { kind(number) })
}

/// The end of digits with single separators between them, of which the first run ends at `plain`.
fn grouped(bytes: &[u8], plain: usize) -> usize {
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let mut end = plain;
    while matches!(bytes.get(end), Some(b'.' | b',' | b':' | b'/' | b'\''))
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    {
        end = digits(end + 1);
    }
    end
}

fn iso_date(bytes: &[u8], at: usize) -> Option<usize> {
    let date = bytes.get(at..at + 10)?;
    let shape = date.iter().enumerate().all(|(index, byte)| match index {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let ends = !bytes.get(at + 10).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    (shape && ends).then_some(at + 10)
}

/// `09.10`: a day and a month.
fn is_day_and_month(number: &str) -> bool {
    let Some((day, month)) = number.split_once('.') else { return false };
    let within =
        |part: &str, most: u8| part.len() <= 2 && part.parse().is_ok_and(|value: u8| (1..=most).contains(&value));
    within(day, 31) && within(month, 12)
}

fn kind(number: &str) -> TokenKind {
    if let Some((day_and_month, year)) = number.rsplit_once('.')
        && matches!(year.len(), 2 | 4)
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && is_day_and_month(day_and_month)
    {
        return TokenKind::Date;
    }
    let mut parts = number.split(':');
    let hour = parts.next().unwrap_or("");
    let clock = |part: &str| part.len() == 2 && part.parse().is_ok_and(|value: u8| value < 60);
    let rest = parts.clone().count();
    if (1..=2).contains(&rest) && hour.parse().is_ok_and(|hour: u8| hour < 25) && parts.all(clock) {
        return TokenKind::Time;
    }
    TokenKind::Number
}

/// Words after which a number is counted, not ordered: the full stop behind it ends the sentence.
const COUNTED: &[&str] = &[
    "Nr.",
    "Abs.",
    "Art.",
    "§",
    "§§",
    "S.",
    "Seite",
    "Artikel",
    "Absatz",
    "Absatzes",
    "Nummer",
    "Kapitel",
    "Punkt",
    "Platz",
    "Ziffer",
    "Satz",
    "Drucksache",
    "Drs.",
    "Bundestagsdrucksache",
    "rund",
    "etwa",
    "circa",
    "ca.",
    "Frage",
    "Fragen",
    "Buchstabe",
    "Stufe",
    "Jahr",
    "Jahre",
    "Jahres",
    "Abschnitt",
    "Anlage",
    "Titel",
    "Randnummer",
    "Rn.",
    "Einzelplan",
    "über",
    "knapp",
    "mehr",
    "als",
];

/// Whether a number is counted behind the word, so that a line break between them says nothing.
pub(super) fn counts(word: &str) -> bool {
    matches!(
        word,
        "Artikel"
            | "Absatz"
            | "Absatzes"
            | "Nummer"
            | "Satz"
            | "Satzes"
            | "Seite"
            | "Drucksache"
            | "Frage"
            | "Buchstabe"
    ) || word.ends_with("drucksache")
}

/// Words after which a number with a full stop is ordered: articles and prepositions that need a noun behind it.
const ORDERED: &[&str] = &[
    "der", "die", "das", "dem", "den", "des", "am", "im", "zum", "zur", "beim", "vom", "ein", "eine", "einen", "einem",
    "einer", "eines", "ihr", "ihren", "ihrem", "ihrer", "sein", "seinen", "seinem", "seiner", "seines", "jeder",
    "jede", "jedem", "jeden", "jedes", "dieser", "diesem", "diesen", "unser", "unserem", "Der", "Die", "Das", "Am",
    "Im", "Zum", "Zur", "Beim", "Vom",
];

const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jan",
    "Feb",
    "Mär",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Okt",
    "Nov",
    "Dez",
    "Maerz",
];

/// Whether the word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether the full stop at `dot` makes the plain number before it an ordinal, and does not end a sentence.
fn is_ordinal(text: &str, at: usize, dot: usize, previous: Option<&Token>) -> bool {
    let number = &text[at..dot];
    if number.len() > 3 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let before = previous.map_or("", |token| token.span.of(text));
    let gap_before = previous.map_or("\n", |token| &text[token.span.end as usize..at]);
    let behind = &text[dot + 1..];
    let rest = behind.trim_start();
    let gap = &behind[..behind.len() - rest.len()];
    // `„3. Nach § 29 wird …“`: an item that is quoted.
    if matches!(before, "„" | "‚") && gap_before.is_empty() && !gap.is_empty() && !rest.is_empty() {
        return true;
    }
    // The number of a list item or heading stands first in its line.
    if gap_before.contains('\n') && !gap.is_empty() && !rest.is_empty() && !ORDERED.contains(&before) {
        return true;
    }
    if gap.matches('\n').count() > 1 {
        return false;
    }
    let Some(next) = rest.chars().next() else { return false };
    if gap.is_empty() {
        // `der 5./6. Klasse`, `am 3.,`: without a space only before marks that cannot begin a sentence.
        return matches!(next, '/' | ',' | '–' | '-' | ';' | ':') || (next == ')' && ORDERED.contains(&before));
    }
    if next.is_ascii_digit() {
        // `3. 11. 2023` and `11. 2023`.
        let day = number.parse().is_ok_and(|value: u8| value <= 31);
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        return day && (rest.as_bytes().get(run) == Some(&b'.') || run == 4);
    }
    if !is_word_char(next) {
        return ORDERED.contains(&before) && matches!(next, '„' | '"' | '»' | '(' | '–' | '‚');
    }
    if !next.is_uppercase() {
        return true;
    }
    let word = &rest[..words::letters(rest, 0)];
    if MONTHS.contains(&word) {
        return true;
    }
    !begins_sentence(word) && !COUNTED.contains(&before)
}
