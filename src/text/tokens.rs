//! The scanner: one pass over the bytes of a text.

use super::bytes::{Class, char_at, class, ends_words, is_latin};
use super::runs::{Plain, Runs};
use super::stops::Stops;
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
    scan::<true, false>(text, tokens);
}

/// Like [`tokens_into`], with the places where a sentence could end.
pub(super) fn tokens_with_stops(text: &str, tokens: &mut Vec<Token>) -> Stops {
    scan::<true, true>(text, tokens)
}

/// Scans a text: `FAST` takes the short way for words that end at a blank or a comma, else each word is looked at by
/// all rules. Both give the same tokens. The stops are noted where `STOPS` asks for them.
fn scan<const FAST: bool, const STOPS: bool>(text: &str, tokens: &mut Vec<Token>) -> Stops {
    tokens.clear();
    let mut made = Made::<STOPS> { bytes: text.as_bytes(), tokens, stops: Stops::default() };
    if u32::try_from(text.len()).is_err() {
        return made.stops;
    }
    if STOPS {
        made.stops = Stops::for_text(text.len());
    }
    let bytes = text.as_bytes();
    let mut runs = Runs::new(bytes);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let mut byte = byte;
        if FAST && byte.is_ascii_alphabetic() {
            at = runs.plain_words(at, |start, end, what| made.push_plain(start, end, what));
            let Some(&next) = bytes.get(at) else { break };
            byte = next;
        }
        // Other words that end at a space, a comma or a bracket; nothing more is to be asked. Single letters can be those
        // of a heading with blanks between its letters.
        let letter = byte.is_ascii_alphabetic();
        let end = if FAST && (letter || byte == 0xC3) { runs.end(at) } else { at };
        let scanned = match class(byte) {
            _ if end > at + 1 + usize::from(!letter) && ends_words(bytes, end) => Scanned::new(end, TokenKind::Word),
            // An ASCII mark stands behind the letters: they need not be read again.
            Class::Letter
                if bytes.get(end).is_some_and(|&mark| end > at && mark < 0x80 && !matches!(mark, b'&' | b' ')) =>
            {
                words::scan_from(text, at, end, made.last())
            }
            Class::Space => {
                at += 1;
                while bytes.get(at).is_some_and(|&byte| matches!(byte, b' ' | b'\n')) {
                    at += 1;
                }
                made.gap(at);
                continue;
            }
            Class::Letter => words::scan(text, at, made.last()),
            Class::Digit => numbers::scan(text, at, made.last()),
            Class::Plain => Scanned::new(at + 1, TokenKind::Punctuation),
            Class::Mark => marks::scan(text, at, made.last()),
            Class::Wide => match char_at(text, at) {
                Some((c, len)) if c.is_whitespace() => {
                    at += len;
                    made.gap(at);
                    continue;
                }
                Some((c, _)) if is_latin(c) => words::scan(text, at, made.last()),
                _ => marks::scan_wide(text, at),
            },
        };
        debug_assert!(scanned.end > at, "a scanner must move on");
        made.push(at, scanned.end, scanned.kind);
        at = scanned.end + usize::from(bytes.get(scanned.end) == Some(&b' '));
    }
    made.stops
}

/// The tokens made so far, and where a sentence could end between them.
struct Made<'a, const STOPS: bool> {
    bytes: &'a [u8],
    tokens: &'a mut Vec<Token>,
    stops: Stops,
}

impl<const STOPS: bool> Made<'_, STOPS> {
    #[inline]
    fn push(&mut self, at: usize, end: usize, kind: TokenKind) {
        let token = Token { span: Span::new(at as u32, end as u32), kind };
        if STOPS {
            self.stops.push(self.bytes, self.tokens.len(), token);
        }
        self.tokens.push(token);
    }

    /// What [`Runs::plain_words`] finds.
    #[inline]
    fn push_plain(&mut self, at: usize, end: usize, what: Plain) {
        let token = |kind| Token { span: Span::new(at as u32, end as u32), kind };
        match what {
            Plain::Word => {
                let token = token(TokenKind::Word);
                if STOPS {
                    self.stops.push_word(self.bytes, self.tokens.len(), token);
                }
                self.tokens.push(token);
            }
            // No sentence ends before a comma nor by one.
            Plain::Comma => self.tokens.push(token(TokenKind::Punctuation)),
            Plain::Break if STOPS => self.stops.line_ends(),
            Plain::Break => {}
        }
    }

    fn last(&self) -> Option<&Token> {
        self.tokens.last()
    }

    /// White space goes from the last token to `at`.
    #[inline]
    fn gap(&mut self, at: usize) {
        if STOPS && let Some(last) = self.tokens.last() {
            self.stops.gap(self.bytes, last.span.end as usize, at);
        }
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
