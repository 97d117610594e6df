//! The scanner: one pass over the bytes of a text.

use super::bytes::{Class, char_at, class, ends_words, is_latin};
use super::runs::Runs;
use super::{marks, numbers, web, words};
use crate::document::{Span, Token, TokenKind};

/// The tokens of a text, in reading order.
///
/// Spans are in bytes. Tokens neither overlap nor reorder, and only white space lies between them.
/// Text beyond 4 GiB gets no tokens: spans are 32 bits wide.
///
/// ```
/// use ressort::text::tokens;
///
/// let text = "Nach Art. 91c Abs. 5 GG startet die OZG-Umsetzung am 3. Mai.";
/// let words: Vec<_> = tokens(text).iter().map(|token| token.span.of(text)).collect();
/// assert_eq!(words, [
///     "Nach", "Art.", "91c", "Abs.", "5", "GG", "startet", "die", "OZG-Umsetzung", "am", "3.", "Mai", ".",
/// ]);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    // German prose has a token every 6 bytes.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 8);
    tokens_into(text, &mut tokens);
    tokens
}

/// Like [`tokens`], into a vector that the caller keeps from document to document.
///
/// ```
/// use ressort::text::tokens_into;
///
/// let mut tokens = Vec::new();
/// tokens_into("Der Bund zahlt 1.000 Euro.", &mut tokens);
/// assert_eq!(tokens.len(), 6);
/// ```
pub fn tokens_into(text: &str, tokens: &mut Vec<Token>) {
    scan::<true>(text, tokens);
}

/// Scans a text: `FAST` takes the short way for words that end at a blank or a comma, else each word is looked at by
/// all rules. Both give the same tokens.
fn scan<const FAST: bool>(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    if u32::try_from(text.len()).is_err() {
        return;
    }
    let bytes = text.as_bytes();
    let mut runs = Runs::new(bytes);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Nearly every word ends at a space, a comma or a bracket, and nothing more is to be asked. Single letters can
        // be those of a heading with blanks between its letters.
        if FAST && (byte.is_ascii_alphabetic() || byte == 0xC3) {
            let end = runs.end(at);
            if ends_words(bytes, end) && end > at + 1 + usize::from(byte == 0xC3) {
                tokens.push(Token { span: Span::new(at as u32, end as u32), kind: TokenKind::Word });
                at = end + usize::from(bytes.get(end) == Some(&b' '));
                continue;
            }
            // An ASCII mark stands behind the letters: they need not be read again.
            if byte.is_ascii_alphabetic()
                && bytes.get(end).is_some_and(|&mark| mark < 0x80 && mark != b'&' && mark != b' ')
            {
                let scanned = words::scan_from(text, at, end, tokens.last());
                tokens.push(Token { span: Span::new(at as u32, scanned.end as u32), kind: scanned.kind });
                at = scanned.end;
                continue;
            }
        }
        let scanned = match class(byte) {
            Class::Space => {
                at += 1;
                while bytes.get(at).is_some_and(|&byte| matches!(byte, b' ' | b'\n')) {
                    at += 1;
                }
                continue;
            }
            Class::Letter => words::scan(text, at, tokens.last()),
            Class::Digit => numbers::scan(text, at, tokens.last()),
            Class::Plain => Scanned::new(at + 1, TokenKind::Punctuation),
            Class::Mark => marks::scan(text, at, tokens.last()),
            Class::Wide => match char_at(text, at) {
                Some((c, len)) if c.is_whitespace() => {
                    at += len;
                    continue;
                }
                Some((c, _)) if is_latin(c) => words::scan(text, at, tokens.last()),
                _ => marks::scan_wide(text, at),
            },
        };
        debug_assert!(scanned.end > at, "a scanner must move on");
        tokens.push(Token { span: Span::new(at as u32, scanned.end as u32), kind: scanned.kind });
        at = scanned.end;
    }
}

/// Where a token ends, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scanned {
    /// Byte offset behind the token.
    pub end: usize,
    /// What it looks like.
    pub kind: TokenKind,
}

impl Scanned {
    pub(super) const fn new(end: usize, kind: TokenKind) -> Self {
        Self { end, kind }
    }
}

/// A web address, e-mail address … that begins here, whatever its first character.
pub(super) fn address(text: &str, at: usize) -> Option<Scanned> {
    web::scan(text, at)
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;
