//! Runs of letters, sixty-four bytes at a time.
//!
//! Most of a German text is letters between a space and a space. What is a letter is computed for a block of bytes at
//! once, without a branch and without waiting for where the word before ended; a bit for each byte remains, and the end
//! of a word is the next bit that is set.

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;
const BLOCK: usize = 64;

/// Finds the ends of runs in one text, from its beginning to its end.
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    /// Where the block begins whose bits are known.
    start: usize,
    /// A bit for each byte of the block that is not part of a word; bytes behind the end of the text are none.
    outside: u64,
}

impl<'a> Runs<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut runs = Self { bytes, start: 0, outside: 0 };
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
            if at.wrapping_sub(self.start) >= BLOCK {
                self.load(at - at % BLOCK);
            }
            let outside = self.outside >> (at - self.start);
            if outside != 0 {
                return at + outside.trailing_zeros() as usize;
            }
            at = self.start + BLOCK;
        }
        self.bytes.len()
    }

    #[inline(never)]
    fn load(&mut self, start: usize) {
        self.start = start;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        self.outside = match rest.first_chunk() {
            Some(block) => !bits(block),
            None => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                !bits(&block)
            }
        };
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

/// A bit for each byte that can belong to a word.
fn bits(block: &[u8; BLOCK]) -> u64 {
    // Byte by byte, in a loop without branches: compilers make it one of sixteen bytes at a time.
    let inside: [u8; BLOCK] = block.map(|byte| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        let second = byte.wrapping_sub(0x80) < 0x40 && byte != 0x97 && byte != 0xB7;
        u8::from(letter) | u8::from(digit) | u8::from(second) | u8::from(byte == 0xC3)
    });
    let (eights, _) = inside.as_chunks::<8>();
    let mut bits = 0;
    for (index, eight) in eights.iter().enumerate() {
        // The product moves the eight low bits next to each other into the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << (index * 8);
    }
    bits
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
