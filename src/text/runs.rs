//! Runs of letters, sixty-four bytes at a time.
//!
//! Most of a German text is letters between a space and a space. What a byte is, is computed for a block of bytes at
//! once, without a branch and without waiting for where the word before ended; a bit for each byte remains, and where words
//! begin and end are the bits that are set: [Langdale and Lemire, Parsing gigabytes of JSON per second, 2019], read JSON
//! so.
//!
//! [Langdale and Lemire, Parsing gigabytes of JSON per second, 2019]: https://doi.org/10.1007/s00778-019-00578-5

use std::num::NonZeroU64;

use wide::u8x16;

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;
const BLOCK: usize = 64;

/// What stands where nothing has to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// A word.
    Word,
    /// A comma behind a word.
    Comma,
    /// A line break behind a word; it is no token.
    Break,
}

/// Finds runs in one text, from its beginning to its end.
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    /// Where the block begins whose bits are known.
    start: usize,
    /// Bytes that can be part of a word: ASCII letters and digits, and both bytes of `À`…`ÿ`; none behind the end of the
    /// text.
    inside: u64,
    /// ASCII letters.
    letters: u64,
    /// Blanks.
    blanks: u64,
    /// Commas and line breaks.
    others: u64,
}

impl<'a> Runs<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut runs = Self { bytes, start: 0, inside: 0, letters: 0, blanks: 0, others: 0 };
        runs.load(0);
        runs
    }

    /// Where the run of ASCII letters, ASCII digits and letters of Latin-1 (`Ä`…`ÿ`) from `at` ends.
    ///
    /// `×` and `÷` lie among the letters of Latin-1; the run ends inside of them, before their second byte, which no
    /// caller takes for the end of a word.
    #[inline]
    pub(super) fn end(&mut self, at: usize) -> usize {
        let mut at = at;
        while at < self.bytes.len() {
            self.reach(at);
            let outside = !self.inside >> (at - self.start);
            if outside != 0 {
                return at + outside.trailing_zeros() as usize;
            }
            at = self.start + BLOCK;
        }
        self.bytes.len()
    }

    /// Goes over the words from `at` on that nothing has to be asked about: at least two letters, the first of them ASCII,
    /// with a blank, a comma or a line break behind. `push` gets where each begins and ends, each comma and each line break.
    /// Returns where something else stands; it can be `at` itself.
    #[inline]
    pub(super) fn plain_words(&mut self, at: usize, mut push: impl FnMut(usize, usize, Plain)) -> usize {
        self.reach(at);
        let mut here = at - self.start;
        loop {
            let start = self.start;
            let inside = self.inside & (!0 << here);
            let mut ends = !inside & (inside << 1);
            let marks = self.blanks | self.others;
            while let Some(next) = NonZeroU64::new(ends) {
                let end = next.trailing_zeros() as usize;
                // Where a letter stands here, the next end is that of its word.
                let plain = self.letters >> here & marks >> end & 1 != 0;
                if !plain || end - here < 2 {
                    return start + here;
                }
                ends &= ends - 1;
                push(start + here, start + end, Plain::Word);
                here = end + 1;
                if self.others >> end & 1 != 0 {
                    if self.bytes.get(start + end) == Some(&b',') {
                        push(start + end, start + here, Plain::Comma);
                        here += usize::from(self.bytes.get(start + here) == Some(&b' '));
                    } else {
                        push(start + end, start + here, Plain::Break);
                    }
                }
            }
            // A word that goes on behind the block is looked at again from its beginning, unless it fills the block.
            if here == 0 || start + here >= self.bytes.len() {
                return start + here;
            }
            self.load(start + here);
            here = 0;
        }
    }

    /// Makes the block known in which `at` lies.
    #[inline]
    fn reach(&mut self, at: usize) {
        if at.wrapping_sub(self.start) >= BLOCK {
            self.load(at);
        }
    }

    #[inline(never)]
    fn load(&mut self, start: usize) {
        self.start = start;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let mut padded = [0; BLOCK];
        let block = rest.first_chunk().unwrap_or_else(|| {
            padded[..rest.len()].copy_from_slice(rest);
            &padded
        });
        (self.inside, self.letters, self.blanks, self.others) = (0, 0, 0, 0);
        for (index, sixteen) in block.as_chunks().0.iter().enumerate() {
            let bytes = u8x16::new(*sixteen);
            let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
            let within = |bytes: u8x16, first: u8, last: u8| {
                let offset = bytes - u8x16::splat(first);
                offset.simd_eq(offset.min(u8x16::splat(last - first)))
            };
            let letter = within(bytes | u8x16::splat(0x20), b'a', b'z');
            let second = within(bytes, 0x80, 0xBF) & !(is(0x97) | is(0xB7));
            let inside = letter | within(bytes, b'0', b'9') | second | is(0xC3);
            let place = |mask: u8x16| u64::from(mask.to_bitmask()) << (index * 16);
            self.inside |= place(inside);
            self.letters |= place(letter);
            self.blanks |= place(is(b' '));
            self.others |= place(is(b',') | is(b'\n'));
        }
    }
}

/// Like [`Runs::end`], for one run.
#[inline]
pub(super) fn letters_and_digits(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(chunk) = bytes.get(end..).and_then(<[u8]>::first_chunk) {
        let outside = !word_bytes(u64::from_le_bytes(*chunk)) & HIGH;
        if outside != 0 {
            return end + (outside.trailing_zeros() / 8) as usize;
        }
        end += 8;
    }
    while bytes.get(end).is_some_and(|&byte| word_bytes(u64::from(byte)) & 0x80 != 0) {
        end += 1;
    }
    end
}

/// The high bit of each byte that can belong to a word of ASCII letters, digits and letters of Latin-1.
#[inline]
fn word_bytes(eight: u64) -> u64 {
    let low = eight & !HIGH;
    // Adding what lacks to 0x80 sets the high bit of bytes that are at least so large; no byte carries into the next.
    let at_least = |bytes: u64, byte: u8| bytes + ONES * u64::from(0x80 - byte);
    let small = low | (ONES * 0x20);
    let letter = at_least(small, b'a') & !at_least(small, b'z' + 1) & !eight;
    let digit = at_least(low, b'0') & !at_least(low, b'9' + 1) & !eight;
    // The first byte of `À`…`ÿ` is 0xC3; the second bytes are 0x80 to 0xBF, except 0x97 (×) and 0xB7 (÷).
    let differs = |byte: u8| {
        let other = eight ^ (ONES * u64::from(byte));
        ((other & !HIGH) + !HIGH) | other
    };
    let second = eight & !(eight << 1) & differs(0x97) & differs(0xB7);
    (letter | digit | second | !differs(0xC3)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::{Runs, letters_and_digits};

    #[test]
    fn ends_where_the_letters_end() {
        for (text, end) in [
            ("", 0),
            ("ab", 2),
            ("Straße und", 7),
            ("Übergrößenträger, sagt", 20),
            ("90er-Jahre", 4),
            ("Onlinezugangsgesetzänderungsgesetz", 35),
            ("a@b", 1),
            ("a[", 1),
            ("a`", 1),
            ("a{", 1),
            ("9:", 1),
            ("9/", 1),
            ("sagt „ja“ und mehr", 4),
            ("Maß\u{AD}nahmen", 4),
            ("abcdefgh\u{A0}i", 8),
        ] {
            assert_eq!(letters_and_digits(text.as_bytes(), 0), end, "{text}");
            assert_eq!(Runs::new(text.as_bytes()).end(0), end, "{text}");
        }
        assert_eq!(letters_and_digits("3×4".as_bytes(), 0), 2, "inside of the sign");
    }

    #[test]
    fn every_byte_is_judged_alone() {
        for byte in 0..=255_u8 {
            let expected = byte.is_ascii_alphanumeric()
                || byte == 0xC3
                || matches!(byte, 0x80..=0xBF if byte != 0x97 && byte != 0xB7);
            for place in 0..16 {
                let mut bytes = *b"aZ0z9AaabbbbbbbB";
                bytes[place] = byte;
                let end = if expected { 16 } else { place };
                assert_eq!(letters_and_digits(&bytes, 0), end, "{byte:#x} at {place}");
                assert_eq!(Runs::new(&bytes).end(0), end, "{byte:#x} at {place}");
            }
        }
    }

    #[test]
    fn blocks_join() {
        let text = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen ".repeat(9) + &"ä".repeat(500);
        let mut runs = Runs::new(text.as_bytes());
        let mut at = 0;
        while at < text.len() {
            let end = runs.end(at);
            assert_eq!(end, letters_and_digits(text.as_bytes(), at));
            at = end + 1;
        }
    }
}
