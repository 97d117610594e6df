//! Where between two tokens a sentence could end, noted while the tokens are made.
//!
//! Between two words with one blank between them, and behind a comma, nothing is to be decided, and that is nearly always
//! so. What tells it is at hand when a token is made; later it would cost a pass of its own over all tokens.

use super::abbreviations::OPENERS;
use crate::document::{Token, TokenKind};

/// The numbers of the tokens before which a sentence could end, in order. There may be some too many.
#[derive(Debug, Default)]
pub(super) struct Stops {
    /// The numbers, and behind `count` of them room for more: a number is always written, and counted if it is a stop.
    found: Vec<u32>,
    count: usize,
    /// Whether the last token, or what lies behind it, is something to look at.
    pending: bool,
}

impl Stops {
    /// None yet, with room for those of a text of this length in bytes.
    pub(super) fn for_text(len: usize) -> Self {
        Self { found: vec![0; len / 16 + 1], count: 0, pending: false }
    }

    /// The stops of tokens that were made without them.
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        let bytes = text.as_bytes();
        let mut stops = Self::for_text(text.len());
        let mut end = 0;
        for (number, token) in tokens.iter().enumerate() {
            stops.gap(bytes, end, token.span.start as usize);
            stops.push(bytes, number, *token);
            end = token.span.end as usize;
        }
        stops
    }

    /// Adds the token with this number.
    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8], number: usize, token: Token) {
        self.note(number, self.pending | may_open(bytes, token));
        self.pending = is_mark(bytes, &token);
    }

    /// Adds a word with this number.
    #[inline]
    pub(super) fn push_word(&mut self, bytes: &[u8], number: usize, token: Token) {
        self.note(number, self.pending | may_open(bytes, token));
        self.pending = false;
    }

    /// Stops come at no time that could be foreseen, so there is no branch for them.
    #[inline]
    fn note(&mut self, number: usize, stops: bool) {
        if self.count >= self.found.len() {
            self.grow();
        }
        if let Some(place) = self.found.get_mut(self.count) {
            *place = number as u32;
            self.count += usize::from(stops);
        }
    }

    #[cold]
    fn grow(&mut self) {
        self.found.resize(2 * self.found.len() + 64, 0);
    }

    /// White space lies between `end`, where the last token ended, and `start`.
    #[inline]
    pub(super) fn gap(&mut self, bytes: &[u8], end: usize, start: usize) {
        self.pending |= is_break(bytes, end, start);
    }

    /// A line ends behind the last token.
    #[inline]
    pub(super) fn line_ends(&mut self) {
        self.pending = true;
    }

    /// The numbers of the tokens.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.found.iter().take(self.count).map(|&number| number as usize)
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
    if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
        return false;
    }
    let first = || bytes.get(token.span.start as usize).copied().unwrap_or(b' ');
    match token.kind {
        TokenKind::Abbreviation => true,
        TokenKind::Punctuation => matches!(first(), b'.' | b'!' | b'?' | 0xE2),
        // Emoticons and emoji.
        TokenKind::Symbol => matches!(first(), b':' | b';' | 0xE2 | 0xF0..),
        _ => false,
    }
}

/// Whether the token can be a word that shows a sentence to begin, by its first four bytes.
#[inline]
pub(super) fn may_open(bytes: &[u8], token: Token) -> bool {
    let rest = bytes.get(token.span.start as usize..).unwrap_or(&[]);
    let four = rest.first_chunk().map_or_else(|| first_four(rest), |chunk| u32::from_le_bytes(*chunk));
    let place = place(four & WITHIN[(token.span.len() as usize).min(4)]);
    OPENS[place / 64] >> (place % 64) & 1 != 0
}

/// The bytes that belong to a word of so many.
static WITHIN: [u32; 5] = [0, 0xFF, 0xFFFF, 0xFF_FFFF, !0];

/// Bits for the beginnings of openers.
const OPENS_BITS: u32 = 12;

/// Where the bit of words is that begin with these bytes.
#[inline]
const fn place(four: u32) -> usize {
    (four.wrapping_mul(0x9E37_79B1) >> (32 - OPENS_BITS)) as usize
}

/// The first four bytes of a word, as many as there are.
const fn first_four(word: &[u8]) -> u32 {
    let (mut four, mut at) = (0, 0);
    while at < word.len() && at < 4 {
        four |= (word[at] as u32) << (8 * at);
        at += 1;
    }
    four
}

/// The beginnings of all openers.
static OPENS: [u64; 1 << (OPENS_BITS - 6)] = {
    let mut bits = [0; 1 << (OPENS_BITS - 6)];
    let mut index = 0;
    while index < OPENERS.len() {
        let place = place(first_four(OPENERS[index].as_bytes()));
        bits[place / 64] |= 1 << (place % 64);
        index += 1;
    }
    bits
};
