//! Tells at a glance that no name begins with a word, so that most words of a text are never looked up.
//!
//! Two sets of beginnings, for words with a small and a capital first letter: nearly all names begin with a capital, and
//! two thirds of the words of German prose do not. A beginning is the first four bytes of the folded stem; stems shorter
//! than that are in sets of their own, which only short words are held against.

/// Bits for hashes of four bytes; 8 KiB, to stay in the nearest cache.
const LONG_BITS: u32 = 16;
/// Bits for pairs of bytes.
const SHORT_BITS: u32 = 12;
/// A form of a name has at most so many bytes more than its stem: `Ems` in `Emsen'` and the like.
const LONGEST_ENDING: usize = 5;
/// Stems below this many bytes are short.
const LONG_STEM: usize = 4;

/// The beginnings of all names.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// Words with a small first letter, and with any other.
    small: Beginnings,
    large: Beginnings,
}

#[derive(Debug, Clone)]
struct Beginnings {
    long: Vec<u64>,
    short: Vec<u64>,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { long: vec![0; 1 << (LONG_BITS - 6)], short: vec![0; 1 << (SHORT_BITS - 6)] }
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self { small: Beginnings::default(), large: Beginnings::default() }
    }
}

impl Filter {
    /// Adds a name by its first word, folded, and the stem of it; `small` where it can begin with a small letter.
    pub(super) fn add(&mut self, word: &str, stem: &str, small: bool) {
        for beginnings in [Some(&mut self.large), small.then_some(&mut self.small)].into_iter().flatten() {
            beginnings.add(stem.as_bytes());
            // `Illmensee` has a stem of three letters, but no form of it is short.
            if stem.len() < LONG_STEM && word.len() >= LONG_STEM {
                beginnings.add(word.as_bytes());
            }
        }
    }

    /// Whether a name may begin with the word as written; `hyphen` where a hyphen follows it (`bayern-` in `bayern- und
    /// bundesweit` is written small). Never false where one does.
    #[inline]
    pub(super) fn may_begin(&self, word: &[u8], hyphen: bool) -> bool {
        let Some(&first) = word.first() else { return false };
        let beginnings = if first.is_ascii_lowercase() && !hyphen { &self.small } else { &self.large };
        if let Some(four) = word.first_chunk::<4>() {
            let raw = u32::from_le_bytes(*four);
            // Umlauts, entities, hyphens at line ends, digits that a scanner took for letters: look closely.
            if raw & 0x8080_8080 != 0 || !four.iter().all(u8::is_ascii_alphabetic) {
                return true;
            }
            // A small l can be a capital I that a scanner misread: `lnformation`.
            if first == b'l' && !matches!(four[1], b'a' | b'e' | b'i' | b'o' | b'u' | b'y') {
                return true;
            }
            return beginnings.has_long(raw | 0x2020_2020)
                || (word.len() < LONG_STEM + LONGEST_ENDING && beginnings.has_short([four[0] | 0x20, four[1] | 0x20]));
        }
        word.iter().any(|byte| !byte.is_ascii_alphabetic())
            || beginnings.has_short([first | 0x20, word.get(1).copied().unwrap_or(0) | 0x20])
    }
}

impl Beginnings {
    fn add(&mut self, stem: &[u8]) {
        match stem.first_chunk::<4>() {
            Some(four) => {
                let hash = hash_long(u32::from_le_bytes(*four) | 0x2020_2020);
                self.long[hash / 64] |= 1 << (hash % 64);
            }
            None => {
                // A stem of one letter can go on with any ending.
                let seconds: Vec<u8> = match stem.get(1) {
                    Some(second) => vec![second | 0x20],
                    None => vec![b'e', b'm', b'n', b'r', b's', b' '],
                };
                for second in seconds {
                    let hash = hash_short([stem.first().copied().unwrap_or(0) | 0x20, second]);
                    self.short[hash / 64] |= 1 << (hash % 64);
                }
            }
        }
    }

    fn has_long(&self, four: u32) -> bool {
        let hash = hash_long(four);
        self.long[hash / 64] >> (hash % 64) & 1 == 1
    }

    fn has_short(&self, two: [u8; 2]) -> bool {
        let hash = hash_short(two);
        self.short[hash / 64] >> (hash % 64) & 1 == 1
    }
}

fn hash_long(four: u32) -> usize {
    (four.wrapping_mul(0x9E37_79B1) >> (32 - LONG_BITS)) as usize
}

fn hash_short([first, second]: [u8; 2]) -> usize {
    (u32::from(first & 0x3F) << 6 | u32::from(second & 0x3F)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_in_all_their_spellings() {
        let mut filter = Filter::default();
        for (stem, small) in [
            ("bund", false),
            ("gg", false),
            ("informati", false),
            ("bayerisch", true),
            ("oezdi", false),
            ("ill", false),
        ] {
            filter.add(if stem == "ill" { "illmensee" } else { stem }, stem, small);
        }
        for word in [
            "Bundesamt",
            "BUNDESAMT",
            "Bun-\ndesamt",
            "GG",
            "GGs",
            "bayerische",
            "Bayerische",
            "Özdemir",
            "lnformation",
        ] {
            assert!(filter.may_begin(word.as_bytes(), false), "{word}");
        }
        for word in ["bundesweit", "Gegenwart", "informiert", "und", "Haus"] {
            assert!(!filter.may_begin(word.as_bytes(), false), "{word}");
        }
        assert!(filter.may_begin(b"bund", true));
        assert!(!filter.may_begin(b"", false));
    }
}
