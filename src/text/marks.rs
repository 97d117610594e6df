//! Punctuation, signs, emoji, and what begins with them.

use unicode_segmentation::UnicodeSegmentation;

use super::bytes::{char_at, char_before, is_latin, is_word_char};
use super::tokens::Scanned;
use super::{web, words};
use crate::document::{Token, TokenKind};

/// Scans what begins with the ASCII mark at `at`.
pub(super) fn scan(text: &str, at: usize, previous: Option<&Token>) -> Scanned {
    let bytes = text.as_bytes();
    let next = bytes.get(at + 1).copied();
    let next_char = char_at(text, at + 1).map(|(c, _)| c);
    let fresh =
        at == 0 || char_before(text, at).is_some_and(|c| c.is_whitespace() || matches!(c, '(' | '[' | '„' | '"' | '/'));
    let one = |kind| Scanned::new(at + 1, kind);
    match bytes[at] {
        b'<' => web::tag(text, at).map_or(one(TokenKind::Symbol), |end| Scanned::new(end, TokenKind::HtmlTag)),
        b'&' => match web::entity(&bytes[at..]) {
            // A word that begins with a letter written as an entity: `&Ouml;ffentlich`.
            Some((_, c)) if is_latin(c) => words::scan(text, at, previous),
            Some((len, _)) => Scanned::new(at + len, TokenKind::HtmlEntity),
            None => one(TokenKind::Symbol),
        },
        b'@' if fresh && next_char.is_some_and(is_word_char) => name(text, at, TokenKind::Handle),
        b'#' if next_char.is_some_and(is_word_char) => name(text, at, TokenKind::Hashtag),
        // Quotation marks of typesetting: ``so''.
        // A shortened `es`, `ein` …: `Ich fand 's gut`.
        b'\'' if fresh && clitic(text, at).is_some() => {
            Scanned::new(clitic(text, at).unwrap_or(at + 1), TokenKind::Word)
        }
        b'`' | b'\'' if next == Some(bytes[at]) => Scanned::new(at + 2, TokenKind::Punctuation),
        b'.' | b'*' | b'_' | b'=' | b'~' => {
            let run = bytes[at..].iter().take_while(|&&byte| byte == bytes[at]).count();
            Scanned::new(
                at + run,
                if matches!(bytes[at], b'=' | b'~') { TokenKind::Symbol } else { TokenKind::Punctuation },
            )
        }
        b'-' => {
            let run = bytes[at..].iter().take_while(|&&byte| byte == b'-').count();
            // `-ministerin` behind `Finanzminister und`: a truncated word.
            if run == 1 && fresh && next_char.is_some_and(|c| is_word_char(c) && c.is_lowercase()) {
                return words::go_on(text, at, words::letters(text, at + 1), previous);
            }
            Scanned::new(at + run, TokenKind::Punctuation)
        }
        b'(' => bracketed_beginning(text, at)
            .map_or(one(TokenKind::Punctuation), |end| words::go_on(text, at, end, previous)),
        b':' | b';' if fresh => {
            emoticon(&text[at..]).map_or(one(TokenKind::Punctuation), |len| Scanned::new(at + len, TokenKind::Symbol))
        }
        b'+' | b'|' | b'>' | b'^' | b'`' | b'$' | b'%' | b'#' | b'@' => one(TokenKind::Symbol),
        _ => one(TokenKind::Punctuation),
    }
}

/// Scans what begins with a character that is neither ASCII nor a Latin letter.
pub(super) fn scan_wide(text: &str, at: usize) -> Scanned {
    let Some((c, len)) = char_at(text, at) else { return Scanned::new(at + 1, TokenKind::Symbol) };
    match c {
        '–' | '—' | '„' | '“' | '”' | '‚' | '‘' | '’' | '«' | '»' | '‹' | '›' | '…' | '·' | '•' | '¿' | '¡' | '‐'
        | '‑' | '‒' | '―' | '‟' | '‛' | '′' | '″' | '¶' => {
            Scanned::new(at + len, TokenKind::Punctuation)
        }
        // `20 °C`
        '°' if matches!(text.as_bytes().get(at + len), Some(b'C' | b'F'))
            && !char_at(text, at + len + 1).is_some_and(|(c, _)| is_word_char(c)) =>
        {
            Scanned::new(at + len + 1, TokenKind::Symbol)
        }
        '§' => {
            let run = text[at..].chars().take_while(|&c| c == '§').count();
            Scanned::new(at + run * len, TokenKind::Symbol)
        }
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {
            // A stray joiner before a word is part of it; elsewhere it stands alone.
            let end = words::letters(text, at + len);
            let kind = if end > at + len { TokenKind::Word } else { TokenKind::Symbol };
            Scanned::new(end, kind)
        }
        c if c.is_alphanumeric() => {
            let word = text[at..].split_word_bounds().next().unwrap_or("");
            Scanned::new(at + word.trim_end().len().max(len), TokenKind::Word)
        }
        _ => {
            // Emoji with their modifiers, and any other sign, are one grapheme.
            let sign = text[at..].graphemes(true).next().unwrap_or("");
            // One that joins to what follows (an Arabic number sign) does not take white space with it.
            Scanned::new(at + sign.trim_end().len().max(len), TokenKind::Symbol)
        }
    }
}

/// A handle or hashtag: letters, digits and low lines.
fn name(text: &str, at: usize, kind: TokenKind) -> Scanned {
    let mut end = words::letters(text, at + 1);
    while text.as_bytes().get(end) == Some(&b'_') {
        end = words::letters(text, end + 1);
    }
    Scanned::new(end, kind)
}

/// `(Neu)Start`: a beginning in brackets to which the word is glued.
fn bracketed_beginning(text: &str, at: usize) -> Option<usize> {
    let inner = words::letters(text, at + 1);
    let glued = inner > at + 1
        && inner - at <= 16
        && text.as_bytes().get(inner) == Some(&b')')
        && char_at(text, inner + 1).is_some_and(|(c, _)| is_word_char(c));
    glued.then(|| words::letters(text, inner + 1))
}

/// The end of a word that lost its beginning: `'s`, `'ne`, `'rum`.
fn clitic(text: &str, at: usize) -> Option<usize> {
    let end = words::letters(text, at + 1);
    matches!(
        &text[at + 1..end],
        "s" | "n" | "ne" | "nen" | "nem" | "ner" | "rum" | "raus" | "rein" | "runter" | "rauf" | "türlich"
    )
    .then_some(end)
    .filter(|&end| text.as_bytes().get(end) != Some(&b'\''))
}

/// The length of an emoticon.
fn emoticon(rest: &str) -> Option<usize> {
    [":-)", ":-(", ";-)", ":-D", ":-/", ":-P", ":)", ":(", ";)", ":D", ":P"]
        .iter()
        .find(|face| rest.starts_with(**face) && !rest[face.len()..].starts_with(|c: char| c.is_alphanumeric()))
        .map(|face| face.len())
}
