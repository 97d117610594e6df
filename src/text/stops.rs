//! Where between two tokens a sentence could end, noted while the tokens are made.
//!
//! Between two words with one blank between them, and behind a comma, nothing is to be decided, and that is nearly always
//! so. What tells it is at hand when a token is made; later it would cost a pass of its own over all tokens.

use super::abbreviations::OPENERS;
use crate::document::{Token, TokenKind};

/// The numbers of the tokens before which a sentence could end, in order. There may be some too many.
#[derive(Debug, Default)]
pub(super) struct Stops {
    found: Vec<u32>,
    /// Whether the last token, or what lies behind it, is something to look at.
    pending: bool,
}

impl Stops {
    /// None yet, with room for those of a text of this length in bytes.
    pub(super) fn for_text(len: usize) -> Self {
        Self { found: Vec::with_capacity(len / 16 + 1), pending: false }
    }

    /// The stops of tokens that were made without them.
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        let bytes = text.as_bytes();
        let mut stops = Self::for_text(text.len());
        let mut end = 0;
        for (number, token) in tokens.iter().enumerate() {
            stops.gap(bytes, end, token.span.start as usize);
            stops.push(bytes, number, token);
            end = token.span.end as usize;
        }
        stops
    }

    /// Adds the token with this number.
    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8], number: usize, token: &Token) {
        if self.pending | may_open(bytes, token.span.start as usize) {
            self.found.push(number as u32);
        }
        self.pending = is_mark(bytes, token);
    }

    /// White space lies between `end`, where the last token ended, and `start`.
    #[inline]
    pub(super) fn gap(&mut self, bytes: &[u8], end: usize, start: usize) {
        self.pending |= is_break(bytes, end, start);
    }

    /// The numbers of the tokens.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.found.iter().map(|&number| number as usize)
    }
}

/// Whether more than a blank lies between the tokens that end and begin there.
#[inline]
pub(super) fn is_break(bytes: &[u8], end: usize, start: usize) -> bool {
    start > end + 1 || (start > end && bytes.get(end) == Some(&b'\n'))
}

/// Whether a sentence can end with this token by its own mark.
#[inline]
pub(super) fn is_mark(bytes: &[u8], token: &Token) -> bool {
    let first = || bytes.get(token.span.start as usize).copied().unwrap_or(b' ');
    match token.kind {
        TokenKind::Abbreviation => true,
        TokenKind::Punctuation => matches!(first(), b'.' | b'!' | b'?' | 0xE2),
        // Emoticons and emoji.
        TokenKind::Symbol => matches!(first(), b':' | b';' | 0xE2 | 0xF0..),
        _ => false,
    }
}

/// Whether the word that begins there can be one that shows a sentence to begin, by its first two bytes.
#[inline]
pub(super) fn may_open(bytes: &[u8], at: usize) -> bool {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    SECOND_LETTERS[usize::from(byte(at))] >> (byte(at + 1) & 31) & 1 != 0
}

/// For each first byte of an opener its second bytes, five bits of each, as bits.
static SECOND_LETTERS: [u32; 256] = {
    let mut rows = [0; 256];
    let mut index = 0;
    while index < OPENERS.len() {
        let word = OPENERS[index].as_bytes();
        rows[word[0] as usize] |= 1 << (word[1] & 31);
        index += 1;
    }
    rows
};
