//! Words: letters with everything that German writes inside them.

use super::abbreviations::{begins_sentence, is_abbreviation, needs_number};
use super::bytes::{Class, char_at, char_before, class, is_apostrophe, is_hyphen, is_latin, is_space_at, is_word_char};
use super::runs::letters_and_digits;
use super::tokens::{Scanned, address};
use super::web;
use crate::document::{Token, TokenKind};

/// Scans the word that begins with the letter at `at`.
pub(super) fn scan(text: &str, at: usize, previous: Option<&Token>) -> Scanned {
    scan_from(text, at, letters(text, at), previous)
}

/// Like [`scan`], where the letters are known to go to `end`.
#[inline]
pub(super) fn scan_from(text: &str, at: usize, end: usize, previous: Option<&Token>) -> Scanned {
    if matches!(text.as_bytes().get(end), Some(b':' | b'.'))
        && may_be_scheme(text.as_bytes()[at], text.as_bytes()[at + 1])
        && let Some(found) = address(text, at)
    {
        return found;
    }
    if let Some(end) = spaced_out(text, at, end, previous) {
        return Scanned::new(end, TokenKind::Word);
    }
    go_on(text, at, end, previous)
}

/// Whether an address can begin with these bytes: `http`, `www`, `ftp`, `mailto`.
#[inline]
fn may_be_scheme(first: u8, second: u8) -> bool {
    matches!((first | 0x20, second | 0x20), (b'h' | b'f', b't') | (b'w', b'w') | (b'm', b'a'))
}

/// `V o r b e m e r k u n g`: a heading that was set with blanks between its letters; `end` is the end of the first.
///
/// Two blanks stand between its words. At least four single letters that are not a list (`A B C D`, `x x x x`) make a
/// word; behind such a word two suffice (`d e r`).
fn spaced_out(text: &str, at: usize, end: usize, previous: Option<&Token>) -> Option<usize> {
    // The first letter is one character and stands alone.
    let bytes = text.as_bytes();
    if end > at + 2 || bytes.get(end) != Some(&b' ') || text[at..end].chars().nth(1).is_some() {
        return None;
    }
    let letter = |at: usize| {
        let (c, len) = char_at(text, at).filter(|(c, _)| c.is_alphabetic())?;
        let alone = char_at(text, at + len).is_none_or(|(c, _)| !is_word_char(c) && !c.is_ascii_digit());
        alone.then_some((c, at + len))
    };
    let (mut stop, mut count, mut before) = (end, 1, char_at(text, at)?.0);
    let (mut small, mut falls) = (0, false);
    while bytes.get(stop) == Some(&b' ')
        && let Some((c, end)) = letter(stop + 1)
        && !c.is_uppercase()
    {
        falls |= c.to_lowercase().lt(before.to_lowercase());
        (stop, count, before) = (end, count + 1, c);
        small += 1;
    }
    let goes_on = previous.is_some_and(|token| {
        let word = token.span.of(text);
        &text[token.span.end as usize..at] == "  " && word.len() > 3 && word.as_bytes().get(1) == Some(&b' ')
    });
    // In a list letters ascend or stay the same.
    (small + 1 == count && count >= if goes_on { 2 } else { 4 } && (falls || goes_on)).then_some(stop)
}

/// Goes on with a word of which `at..end` is already read.
pub(super) fn go_on(text: &str, at: usize, mut end: usize, previous: Option<&Token>) -> Scanned {
    let mut dotted = false;
    while let Some((c, len)) = joiner(text, end) {
        let next = end + len;
        let step = match c {
            '.' => match full_stop(text, at, end, previous) {
                Stop::Abbreviation(end) => return Scanned::new(end, TokenKind::Abbreviation),
                Stop::Ordinal(end) => return Scanned::new(end, TokenKind::Ordinal),
                Stop::Inner(stop) => {
                    dotted = stop > end + 1;
                    Some(stop)
                }
                Stop::Outside => None,
            },
            '@' => match web::email(text, end) {
                Some(end) => return Scanned::new(end, TokenKind::Email),
                None => None,
            },
            c if is_hyphen(c) => match hyphen(text, end, next) {
                Hyphen::Joins(end) => Some(end),
                Hyphen::Trails => {
                    end = next;
                    None
                }
                Hyphen::Outside => None,
            },
            c if is_apostrophe(c) => apostrophe(text, at, end, next),
            '_' => {
                char_at(text, next).filter(|(c, _)| is_word_char(*c) || c.is_ascii_digit()).map(|_| letters(text, next))
            }
            ':' | '*' | '·' => gender_ending(text, next, c == '*').filter(|_| end - at >= 2),
            '/' => {
                let suffix = next + usize::from(text.as_bytes().get(next) == Some(&b'-'));
                gender_ending(text, suffix, false).filter(|&stop| {
                    end - at >= 3
                        && matches!(&text[suffix..stop], "in" | "innen" | "r" if suffix > next || stop - suffix > 1)
                })
            }
            '(' => optional_ending(text, next),
            // `R&D`, `F&E`: single capitals around it.
            '&' => {
                let capital = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
                (capital(char_before(text, end)) && capital(char_at(text, next).map(|(c, _)| c)))
                    .then(|| letters(text, next))
            }
            _ => None,
        };
        match step {
            Some(until) => end = until,
            None => break,
        }
    }
    if dotted && let Some(kind) = web::dotted(&text[at..end]) {
        // `bund.de/ozg` goes on behind the domain.
        let end = if text.as_bytes().get(end) == Some(&b'/') { web::end_of_address(text, at) } else { end };
        return Scanned::new(end, kind);
    }
    Scanned::new(end, TokenKind::Word)
}

/// The mark at `end`, if it is one that can stand inside a word.
#[inline]
fn joiner(text: &str, end: usize) -> Option<(char, usize)> {
    let &byte = text.as_bytes().get(end)?;
    match byte {
        b'-' | b'.' | b'@' | b'_' | b':' | b'*' | b'/' | b'(' | b'\'' | b'`' | b'&' => Some((char::from(byte), 1)),
        0x80.. => char_at(text, end).filter(|&(c, _)| is_hyphen(c) || is_apostrophe(c) || c == '·'),
        _ => None,
    }
}

/// Where the run of letters, digits and letter-like characters from `at` ends.
#[inline]
pub(super) fn letters(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = letters_and_digits_within(text, at);
    while let Some(&byte) = bytes.get(end) {
        match class(byte) {
            Class::Letter | Class::Digit => end = letters_and_digits_within(text, end),
            Class::Wide => match char_at(text, end) {
                Some((c, len)) if is_word_char(c) || matches!(c, '²' | '³' | '₀'..='₉') => end += len,
                _ => break,
            },
            // `f&uuml;r`: an entity of a letter is that letter.
            Class::Mark if byte == b'&' => match web::entity(&bytes[end..]) {
                Some((len, c)) if is_latin(c) || c == '\u{AD}' => end += len,
                _ => break,
            },
            _ => break,
        }
    }
    end
}

/// Like [`letters_and_digits`], but ends at the border of a character.
#[inline]
fn letters_and_digits_within(text: &str, at: usize) -> usize {
    let mut end = letters_and_digits(text.as_bytes(), at);
    // The run can end inside of `×` and `÷`.
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

enum Hyphen {
    /// The word goes on and ends there.
    Joins(usize),
    /// The hyphen is the word's last character: `Wirtschafts-`.
    Trails,
    /// The hyphen is a dash, no part of the word.
    Outside,
}

/// Words behind a hyphen at a line end that show a truncated word, not one that goes on in the next line.
const COORDINATORS: &[&str] =
    &["und", "oder", "bzw", "sowie", "als", "noch", "bis", "statt", "wie", "u", "o", "aber", "beziehungsweise"];

/// A hyphen at `at`, with `next` behind it.
///
/// At a line end it goes on with the next line's first word (`Digitali-⏎sierung`, `Mecklenburg-⏎Vorpommern`),
/// unless that word coordinates (`Wirtschafts-⏎und Digitalministerium`).
fn hyphen(text: &str, at: usize, next: usize) -> Hyphen {
    let Some((c, _)) = char_at(text, next) else { return Hyphen::Trails };
    if is_word_char(c) || c.is_ascii_digit() {
        return Hyphen::Joins(letters(text, next));
    }
    if c.is_whitespace() {
        if let Some(start) = next_line(text, next)
            && char_at(text, start).is_some_and(|(c, _)| is_word_char(c) || c.is_ascii_digit())
        {
            let end = letters(text, start);
            let dash = char_before(text, at)
                .is_none_or(|c| !is_word_char(c) && !c.is_ascii_digit() && !('₀'..='₉').contains(&c));
            // A date in the next cell of a table: `Um-⏎26.09.2023`.
            let date = char_before(text, at).is_some_and(char::is_lowercase)
                && text[start..].starts_with(|c: char| c.is_ascii_digit())
                && text.as_bytes().get(end) == Some(&b'.');
            if !dash && !date && !COORDINATORS.contains(&&text[start..end]) && !interrupts(text, start, end) {
                return Hyphen::Joins(end);
            }
        }
        return Hyphen::Trails;
    }
    if matches!(c, ',' | ')' | '/' | ';' | '“' | '"' | '«' | '”' | '.') { Hyphen::Trails } else { Hyphen::Outside }
}

/// Whether the line that begins with the word `start..end` cannot go on with a broken word: a box or a running head
/// that stands in the middle of the page begins a sentence of its own (`Gesundheitsbehör-⏎Die Antwort wurde …`), or was
/// set upright (`Gesetzent-⏎V⏎orabfassung`).
fn interrupts(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    let alone = word.chars().nth(1).is_none() && text.as_bytes().get(end) == Some(&b'\n');
    alone || begins_sentence(word) || word == "Vorabfassung" || text[start..].starts_with("Deutscher Bundestag –")
}

/// The first character of the next line, where only one line break with blanks around it lies before it.
fn next_line(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let blanks = |mut at: usize| {
        while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        at
    };
    let line_end = blanks(at);
    (bytes.get(line_end) == Some(&b'\n')).then(|| blanks(line_end + 1))
}

/// An apostrophe: inside a word (`geht's`), or as a genitive ending (`Merz'`).
fn apostrophe(text: &str, word: usize, at: usize, next: usize) -> Option<usize> {
    if char_at(text, next).is_some_and(|(c, _)| is_word_char(c) && c != '\u{AD}') {
        return Some(letters(text, next));
    }
    // The genitive of a name that ends in an s-sound; elsewhere it closes a quotation.
    let hissing = char_before(text, at).is_some_and(|c| matches!(c, 's' | 'ß' | 'x' | 'z' | 'S' | 'X' | 'Z'));
    let named = char_at(text, word).is_some_and(|(c, _)| c.is_uppercase());
    let mark = &text[at..next];
    (hissing && named && matches!(mark, "'" | "’") && is_space_at(text, next) && !quotation_is_open(text, word))
        .then_some(next)
}

/// Whether a single quotation mark opened shortly before `at` and has not closed yet.
fn quotation_is_open(text: &str, at: usize) -> bool {
    let start = (at.saturating_sub(200)..=at).find(|&start| text.is_char_boundary(start)).unwrap_or(at);
    let mut open = false;
    let mut before = ' ';
    for c in text[start..at].chars() {
        let opens = matches!(c, '‚' | '‹' | '›') || (matches!(c, '\'' | '‘' | '’') && !before.is_alphanumeric());
        if opens {
            open = true;
        } else if matches!(c, '\'' | '‘' | '’') && before.is_alphanumeric() {
            open = false;
        }
        before = c;
    }
    open
}

/// An ending behind a gender mark (`Bürger*innen`, `Minister:innen`, `jede:r`), and what a hyphen adds.
fn gender_ending(text: &str, at: usize, star: bool) -> Option<usize> {
    let end = letters(text, at);
    // `Beamt:innenrecht`, `der*die`: a compound, and a pair of articles.
    if text[at..end].strip_prefix("innen").is_some_and(|rest| rest.len() > 2 && rest.starts_with(char::is_lowercase))
        || (star && matches!(&text[at..end], "die" | "der" | "dem" | "den" | "eine" | "ihre" | "seine"))
    {
        return Some(end);
    }
    matches!(&text[at..end], "in" | "innen" | "r" | "n" | "e" | "en" | "m" | "er" | "x" | "frau" | "frauen")
        .then_some(end)
}

/// An ending in brackets: `Bürger(innen)`, `Kolleg(inn)en`.
fn optional_ending(text: &str, at: usize) -> Option<usize> {
    let close = letters(text, at);
    let fits = matches!(&text[at..close], "in" | "innen" | "inn" | "r" | "n" | "e" | "en" | "s" | "es" | "nen");
    (fits && text.as_bytes().get(close) == Some(&b')')).then(|| letters(text, close + 1))
}

enum Stop {
    /// The full stop belongs to an abbreviation that ends there.
    Abbreviation(usize),
    /// The full stop makes a Roman numeral an ordinal.
    Ordinal(usize),
    /// The dot is inside a word that goes on to there: `ver.di`, `bund.de`.
    Inner(usize),
    /// The full stop is a token of its own.
    Outside,
}

/// A full stop at `dot` behind the word that begins at `at`.
fn full_stop(text: &str, at: usize, dot: usize, previous: Option<&Token>) -> Stop {
    let word = &text[at..dot];
    let behind = dot + 1;
    let next = char_at(text, behind).map(|(c, _)| c);
    // Most full stops end a sentence, behind a word that is not shortened and no number.
    if word.len() > 3
        && matches!(next, None | Some(' ' | '\n' | '\r'))
        && !is_abbreviation(word)
        && !is_roman(word)
        && !word.ends_with("str")
        && !word.bytes().any(|byte| matches!(byte, b'-' | b'.'))
    {
        return Stop::Outside;
    }
    let is_letter = |c: char| is_word_char(c) && c != '\u{AD}';
    if next.is_some_and(is_letter) {
        return inner_dot(text, at, dot);
    }
    if next.is_some_and(|c| c.is_ascii_digit()) {
        if char_before(text, dot).is_some_and(|c| c.is_ascii_digit()) {
            return Stop::Inner(letters(text, behind));
        }
        return if is_abbreviation(word) { Stop::Abbreviation(behind) } else { Stop::Outside };
    }
    // `F.-W.`, `Dipl.-Ing.`: the word goes on behind the stop.
    let short = word.len() <= 5 && (dot - at == 1 || is_abbreviation(word));
    if short && next == Some('-') && char_at(text, behind + 1).is_some_and(|(c, _)| is_letter(c)) {
        return Stop::Inner(behind);
    }
    // What follows in the same paragraph.
    let gap = text[behind..].len() - text[behind..].trim_start().len();
    let paragraph_ends = text[behind..behind + gap].matches('\n').count() > 1;
    let follower = text[behind + gap..].chars().next().filter(|_| !paragraph_ends);
    let following = follower.filter(|&c| is_word_char(c)).map(|_| &text[behind + gap..letters(text, behind + gap)]);
    // The last initial of `F.-W.` counts by itself.
    let last = word.rsplit_once(".-").map_or(word, |(_, last)| last);
    // `NKR-Nr.`, `EU-Abs.`: the last part of a compound is shortened.
    let shortened =
        word.rsplit_once('-').is_some_and(|(_, part)| part.len() > 1 && is_abbreviation(part) && !needs_number(part));
    let street = word.len() > 4 && word.ends_with("str") && follower.is_some_and(|c| c.is_ascii_digit());
    if (shortened || street) && !paragraph_ends {
        return Stop::Abbreviation(behind);
    }
    let single = last.chars().nth(1).is_none();
    if is_abbreviation(word) {
        let number = follower.is_some_and(|c| c.is_ascii_digit()) || following.is_some_and(is_roman);
        if !needs_number(word) || number || (word.len() <= 2 && gap == 0 && matches!(next, Some(',' | '–' | '-' | '/')))
        {
            return Stop::Abbreviation(behind);
        }
    }
    let part = single || (last.len() <= 3 && previous.is_some_and(|token| token.kind == TokenKind::Abbreviation));
    if part {
        // `z. B.`, `i. d. R.`: parts of a known abbreviation written with spaces.
        if is_part_of_abbreviation(text, at, behind, previous) {
            return Stop::Abbreviation(behind);
        }
        // An initial stands before a name: `A. Merkel`.
        let initial = following.is_some_and(|word| {
            word.chars().next().is_some_and(char::is_uppercase) && !begins_sentence(word) && !paragraph_ends
        });
        let upper = single && last.chars().all(char::is_uppercase);
        if upper && initial && gap > 0 {
            return Stop::Abbreviation(behind);
        }
        if single && !upper && follower.is_some_and(|c| is_word_char(c) && !c.is_uppercase()) {
            return Stop::Abbreviation(behind);
        }
    }
    if is_roman(word) && gap > 0 {
        // The number of a heading stands first in its line.
        let heading = previous.is_none_or(|token| text[token.span.end as usize..at].contains('\n'));
        let goes_on = following.is_some_and(|next| heading || !begins_sentence(next));
        if goes_on {
            return Stop::Ordinal(behind);
        }
    }
    Stop::Outside
}

/// A dot between letters without a space.
fn inner_dot(text: &str, at: usize, dot: usize) -> Stop {
    // `z.B.`, `i.d.R.`, `U.S.A.`: short parts, each with its full stop.
    let bytes = text.as_bytes();
    let mut end = dot + 1;
    let mut singles = dot - at <= 2;
    loop {
        let stop = letters(text, end);
        if stop == end || bytes.get(stop) != Some(&b'.') || stop - end > 4 {
            break;
        }
        singles &= text[end..stop].chars().nth(1).is_none();
        end = stop + 1;
        if is_abbreviation(&text[at..stop])
            && !char_at(text, end).is_some_and(|(c, _)| is_latin(c) || c.is_ascii_alphabetic())
        {
            return Stop::Abbreviation(end);
        }
    }
    if singles && end > dot + 1 {
        return Stop::Abbreviation(end);
    }
    let word = &text[at..dot];
    let lower_before = char_before(text, dot).is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let run = letters(text, dot + 1);
    let next = &text[dot + 1..run];
    let lower_behind = next.chars().next().is_some_and(|c| !c.is_uppercase());
    if lower_behind && !is_abbreviation(word) {
        return Stop::Inner(run); // ver.di, bund.de
    }
    if is_abbreviation(word) {
        return Stop::Abbreviation(dot + 1); // Dr.Müller
    }
    // A brand (Komm.ONE), not the end of a sentence glued to the next: capitals behind a short capitalised word.
    let brand = lower_before
        && word.len() <= 5
        && word.chars().next().is_some_and(char::is_uppercase)
        && next.len() >= 2
        && next.chars().all(char::is_uppercase);
    if brand { Stop::Inner(run) } else { Stop::Outside }
}

/// Whether the one-letter part `at..behind` belongs to a known abbreviation with spaces, looking one part back and
/// two ahead.
fn is_part_of_abbreviation(text: &str, at: usize, behind: usize, previous: Option<&Token>) -> bool {
    let mut parts: [&str; 4] = [""; 4];
    let mut count = 0;
    // Back over parts before it: `i. d. R.`
    let mut here = at;
    if previous.is_some_and(|token| token.kind == TokenKind::Abbreviation && token.span.len() <= 4) {
        for _ in 0..2 {
            let before = text[..here].trim_end_matches([' ', '\u{A0}', '\u{202F}', '\u{2009}']);
            let Some(stem) = before.strip_suffix('.').filter(|_| before.len() < here) else { break };
            let letters: usize = stem.chars().rev().take_while(|&c| is_word_char(c)).take(4).map(char::len_utf8).sum();
            if letters == 0 || letters > 3 {
                break;
            }
            here = stem.len() - letters;
        }
    }
    while count < parts.len() {
        let end = letters(text, here);
        if end == here || end - here > 4 || text.as_bytes().get(end) != Some(&b'.') {
            break;
        }
        parts[count] = &text[here..end];
        count += 1;
        let rest = &text[end + 1..];
        here = end + 1 + (rest.len() - rest.trim_start_matches([' ', '\u{A0}', '\u{202F}', '\u{2009}']).len());
    }
    // Any run of parts that includes ours and is known.
    let ours = (0..count).find(|&index| std::ptr::eq(parts[index].as_ptr(), text[at..].as_ptr()));
    let Some(ours) = ours.filter(|_| behind > at) else { return false };
    (0..=ours)
        .any(|first| (ours + 1..=count).any(|last| last - first > 1 && is_abbreviation(&parts[first..last].join("."))))
}

/// Roman numerals up to 89, as in `XIV.`
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 7 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
}
