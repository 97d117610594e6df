//! Tells at a glance that no name begins with a word, so that most words of a text are never looked up.
//!
//! Two sets of stems, for words with a small and a capital first letter: nearly all names begin with a capital, and two
//! thirds of the words of German prose do not. A word is held against the first four letters of the stems, and then
//! against whole stems (Bloom 1970, with one hash). Only plain words are told apart; umlauts, entities and damage pass.

/// Bits for hashes of the first four letters; 8 KiB, to stay in the nearest cache.
const FIRST_BITS: u32 = 16;
/// Bits for hashes of whole stems.
const STEM_BITS: u32 = 18;

/// The stems with which names begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    /// For words with a small first letter, and with any other.
    small: Stems,
    large: Stems,
}

#[derive(Debug, Clone)]
struct Stems {
    first: Vec<u64>,
    whole: Vec<u64>,
}

impl Default for Stems {
    fn default() -> Self {
        Self { first: vec![0; 1 << (FIRST_BITS - 6)], whole: vec![0; 1 << (STEM_BITS - 6)] }
    }
}

impl Filter {
    /// Adds a name's first word, folded, and the stem of it; `small` where the name can begin with a small letter.
    pub(super) fn add(&mut self, word: &str, stem: &str, small: bool) {
        for stems in [Some(&mut self.large), small.then_some(&mut self.small)].into_iter().flatten() {
            stems.add(stem.as_bytes());
            // `Illmensee` has a stem of three letters, but no form of it is short.
            if stem.len() < 4 {
                stems.add_first(word.as_bytes());
            }
        }
    }

    /// Whether a name may begin with the word as written; `hyphen` where a hyphen follows it (`bayern-` in `bayern- und
    /// bundesweit` is written small). Never false where one does.
    #[inline]
    pub(super) fn may_begin(&self, word: &[u8], hyphen: bool) -> bool {
        let Some(&first) = word.first() else { return false };
        let stems = if first.is_ascii_lowercase() && !hyphen { &self.small } else { &self.large };
        if let Some(four) = word.first_chunk::<4>() {
            let raw = u32::from_le_bytes(*four);
            // A small l can be a capital I that a scanner misread: `lnformation`.
            let misread = first == b'l' && !matches!(four[1], b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
            // Most long words are told by their beginning; the others by their stem.
            let plain = raw & 0x8080_8080 == 0 && four.iter().all(u8::is_ascii_alphabetic);
            if plain && !misread && !stems.has(&stems.first, first_hash(raw | 0x2020_2020)) && word.len() > 8 {
                return word.iter().any(u8::is_ascii_digit);
            }
            if misread {
                return true;
            }
        }
        match stem_hash(word) {
            Some(hash) => stems.has(&stems.whole, hash >> (32 - STEM_BITS)),
            None => true,
        }
    }
}

impl Stems {
    fn add_first(&mut self, word: &[u8]) {
        let four: [u8; 4] = std::array::from_fn(|at| word.get(at).copied().unwrap_or(0));
        set(&mut self.first, first_hash(u32::from_le_bytes(four) | 0x2020_2020));
    }

    fn add(&mut self, stem: &[u8]) {
        self.add_first(stem);
        if let Some(hash) = stem_hash(stem) {
            set(&mut self.whole, hash >> (32 - STEM_BITS));
        }
    }

    #[inline]
    #[allow(clippy::unused_self)] // reads as a question to the set
    fn has(&self, bits: &[u64], hash: u32) -> bool {
        bits[hash as usize / 64] >> (hash % 64) & 1 == 1
    }
}

fn set(bits: &mut [u64], hash: u32) {
    bits[hash as usize / 64] |= 1 << (hash % 64);
}

fn first_hash(four: u32) -> u32 {
    four.wrapping_mul(0x9E37_79B1) >> (32 - FIRST_BITS)
}

/// A hash of the word's stem, as [`super::pieces::stem`] takes it from the folded word; `None` where folding could change
/// more than capitals: umlauts, entities, hyphens at line ends, and digits that a scanner could have misread.
#[inline]
fn stem_hash(word: &[u8]) -> Option<u32> {
    let mut end = word.len();
    while end > 3 && matches!(word[end - 1] | 0x20, b'e' | b'm' | b'n' | b'r' | b's' | b'\'') {
        end -= 1;
    }
    let mut hash = 0x811C_9DC5_u32;
    let mut plain = true;
    for byte in &word[..end] {
        plain &= byte.is_ascii_alphabetic() || matches!(byte, b' '..=b'%' | b'\''..=b',' | b'.'..=b'@');
        hash = (hash ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193);
    }
    let misread = word.len() >= 8 && word[0].is_ascii_alphabetic() && word.iter().any(u8::is_ascii_digit);
    (plain && !misread).then(|| hash.wrapping_mul(0x9E37_79B1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_in_all_their_spellings() {
        let mut filter = Filter::default();
        for (stem, small) in [
            ("bund", false),
            ("gg", false),
            ("informatio", false),
            ("bayerisch", true),
            ("oezdi", false),
            ("ill", false),
        ] {
            filter.add(stem, stem, small);
        }
        filter.add("illmensee", "ill", false);
        for word in
            ["Bund", "BUNDES", "Bun-\nd", "GG", "bayerische", "Bayerischer", "Özdemir", "lnformation", "Illmensee"]
        {
            assert!(filter.may_begin(word.as_bytes(), false), "{word}");
        }
        for word in ["bundesweit", "Bundesweite", "Gegenwart", "informiert", "und", "Haus", "GGs"] {
            assert!(!filter.may_begin(word.as_bytes(), false), "{word}");
        }
        assert!(filter.may_begin(b"bund", true));
        assert!(!filter.may_begin(b"", false));
    }
}
