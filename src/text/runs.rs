//! Runs of letters, eight bytes at a time.
//!
//! Most of a German text is letters between a space and a space. Where the run ends is computed for eight bytes at once
//! without a branch, so that the processor has nothing to guess for each letter.

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

/// Where the run of ASCII letters, ASCII digits and letters of Latin-1 (`Ä`…`ÿ`) from `at` ends.
///
/// `×` and `÷` lie among the letters of Latin-1; the run ends inside of them, before their second byte, which no
/// caller takes for the end of a word.
#[inline]
pub(super) fn letters_and_digits(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(chunk) = bytes.get(end..end + 8).and_then(|chunk| <[u8; 8]>::try_from(chunk).ok()) {
        let outside = !word_bytes(u64::from_le_bytes(chunk)) & HIGH;
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
    use super::letters_and_digits;

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
        }
        assert_eq!(letters_and_digits("3×4".as_bytes(), 0), 2, "inside of the sign");
    }

    #[test]
    fn every_byte_is_judged_alone() {
        for byte in 0..=255_u8 {
            let expected = byte.is_ascii_alphanumeric()
                || byte == 0xC3
                || matches!(byte, 0x80..=0xBF if byte != 0x97 && byte != 0xB7);
            for place in 0..8 {
                let mut bytes = *b"aZ0z9Aaa";
                bytes[place] = byte;
                assert_eq!(letters_and_digits(&bytes, 0), if expected { 8 } else { place }, "{byte:#x} at {place}");
            }
        }
    }
}
