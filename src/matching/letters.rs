//! Letters of a word eight at a time: a hash that is the same for small and capital letters, and what sort of letters
//! they are.

/// What a look at the letters of a word tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// The same for all spellings in small and capital letters.
    pub hash: u64,
    /// Whether a byte is not ASCII.
    pub wide: bool,
    /// Whether all bytes are letters, or signs that share their bits with letters: `@`, `[`, `{` …
    pub plain: bool,
}

const EACH: u64 = 0x0101_0101_0101_0101;
/// The bit that small letters have and capitals lack; signs and digits have it as well.
const SMALL: u64 = EACH * 0x20;
const HIGH: u64 = EACH * 0x80;
/// The bit that letters have and digits and most signs lack.
const LETTER: u64 = EACH * 0x40;

/// Odd numbers without a pattern, from the fractional parts of square roots (as in SHA-512).
const MIX: [u64; 3] = [0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B];

/// Reads the word `start..end`.
#[inline]
pub(super) fn read(bytes: &[u8], start: usize, end: usize) -> Letters {
    let len = end.saturating_sub(start);
    let (first, last, within) = if len >= 8 {
        (eight(bytes, start), eight(bytes, end - 8), !0)
    } else {
        let within = (1_u64 << (len * 8)) - 1;
        (eight(bytes, start) & within, 0, within)
    };
    let (mut any, mut all) = (first | last, (first | !within) & if len >= 8 { last } else { !0 });
    let mut hash = ((first | SMALL & within) ^ (len as u64).wrapping_mul(MIX[2])).wrapping_mul(MIX[0]);
    hash = (hash ^ (hash >> 32) ^ (last | SMALL)).wrapping_mul(MIX[1]);
    let mut at = start + 8;
    while at + 8 < end {
        let middle = eight(bytes, at);
        (any, all) = (any | middle, all & middle);
        hash = (hash ^ (hash >> 32) ^ (middle | SMALL)).wrapping_mul(MIX[0]);
        at += 8;
    }
    Letters { hash: hash ^ (hash >> 32), wide: any & HIGH != 0, plain: all & LETTER == LETTER }
}

/// The hash of a whole word.
#[inline]
pub(super) fn hash(word: &[u8]) -> u64 {
    read(word, 0, word.len()).hash
}

/// Eight bytes from `at` on, zeros behind the end.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest(bytes, at),
    }
}

#[cold]
fn rest(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let mut chunk = [0; 8];
    chunk[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_capital_letters_agree() {
        for word in ["", "GG", "Hessen", "Bayerisch", "Bundesministerium", "Onlinezugangsgesetzänderungsgesetz"] {
            let capitals = word.to_ascii_uppercase();
            assert_eq!(hash(word.as_bytes()), hash(capitals.as_bytes()), "{word}");
            let text = format!("im {word} und");
            assert_eq!(read(text.as_bytes(), 3, 3 + word.len()).hash, hash(word.as_bytes()), "{word}");
        }
        let words = ["hessen", "hessens", "hesse", "hessisch", "bundesministerium", "bundesministerien", "hes", "he"];
        for (index, word) in words.iter().enumerate() {
            for other in &words[..index] {
                assert_ne!(hash(word.as_bytes()), hash(other.as_bytes()), "{word} {other}");
            }
        }
    }

    #[test]
    fn tells_letters_from_signs_anywhere_in_the_word() {
        for len in 1..40 {
            let word = "a".repeat(len);
            let letters = read(word.as_bytes(), 0, len);
            assert!(letters.plain && !letters.wide);
            for at in 0..len {
                let digit = format!("{}8{}", &word[..at], &word[at + 1..]);
                assert!(!read(digit.as_bytes(), 0, digit.len()).plain, "{digit}");
                let umlaut = format!("{}ä{}", &word[..at], &word[at + 1..]);
                assert!(read(umlaut.as_bytes(), 0, umlaut.len()).wide, "{umlaut}");
            }
        }
    }
}
