//! Byte ranges, and their conversion to code points.

use std::ops::Range;

/// A half-open range of byte offsets into a document's text, always at character borders.
///
/// ```
/// use ressort::Span;
/// let text = "Für Bürger";
/// let span = Span::new(5, 12);
/// assert_eq!(span.of(text), "Bürger");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The part of `text` that it covers; empty where it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The same as a range for slicing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Converts byte offsets of one text to code point offsets.
///
/// It keeps one count per 64 bytes, so a lookup counts at most 63 bytes.
///
/// ```
/// use ressort::document::CharIndex;
/// let index = CharIndex::new("📢 BMDS");
/// assert_eq!(index.chars_before(5), 2);
/// ```
#[derive(Debug, Clone)]
pub struct CharIndex<'t> {
    text: &'t [u8],
    /// Code points before each block; empty where the text is ASCII and both counts agree.
    blocks: Vec<u32>,
}

const BLOCK: usize = 64;

impl<'t> CharIndex<'t> {
    /// Counts the text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        if text.is_ascii() {
            return Self { text: bytes, blocks: Vec::new() };
        }
        let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0;
        for block in bytes.chunks(BLOCK) {
            blocks.push(count);
            count += code_points(block);
        }
        Self { text: bytes, blocks }
    }

    /// How many code points begin before the byte offset `byte`.
    #[must_use]
    pub fn chars_before(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let block = byte / BLOCK;
        match self.blocks.get(block) {
            Some(before) => before + code_points(&self.text[block * BLOCK..byte]),
            None if self.blocks.is_empty() => u32::try_from(byte).unwrap_or(u32::MAX),
            None => self.blocks.last().copied().unwrap_or(0) + code_points(&self.text[(block - 1) * BLOCK..byte]),
        }
    }
}

/// Code points that begin in `bytes`: every byte but continuation bytes.
#[allow(clippy::cast_possible_truncation)] // texts are shorter than 4 GiB
fn code_points(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn chars_before_agrees_with_counting(text in ".{0,200}") {
            let index = CharIndex::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.chars_before(byte as u32) as usize, chars);
            }
            prop_assert_eq!(index.chars_before(text.len() as u32) as usize, text.chars().count());
        }
    }

    #[test]
    fn counts_to_the_very_end_of_a_full_block() {
        let text = "ä".repeat(32);
        assert_eq!(text.len(), BLOCK);
        assert_eq!(CharIndex::new(&text).chars_before(64), 32);
    }
}
