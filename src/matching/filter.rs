//! Tells at a glance that no name begins with a word, so that most words of a text are never looked up.
//!
//! The sets (Bloom 1970, in blocks of sixty-four bits) hold the first eight letters of the first word of every name in
//! all its forms, apart for words with a small first letter: nearly all names begin with a capital, and two thirds of
//! the words of German prose do not. Where a name has more words (`Der Freitag`, `In Verteidigung der Freiheit`), the
//! first letters of the next one are asked for as well: such names begin with the commonest words there are. What damage
//! could hide passes.

use super::forms::{Endings, each_form};

/// Bits for each name: as few as keep the sets in the nearer caches, as many as leave most of them empty.
const BITS_PER_NAME: usize = 16;

/// Blocks for words with a small first letter, with which few names begin.
const SMALL_BLOCKS: usize = 512;
const SMALL_SHIFT: u32 = 64 - SMALL_BLOCKS.trailing_zeros();

/// Bits for the first four letters.
const FOUR_BITS: u32 = 15;
const FOUR_BLOCKS: usize = (1 << FOUR_BITS) / 64;

/// The words with which names begin.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// The first four letters of words with a small first letter, to be asked first: it stays in the nearest cache.
    fours: [u64; FOUR_BLOCKS],
    /// By first byte: what is to be asked next.
    firsts: [First; 256],
    /// For words with a small first letter, and with any other.
    small: Vec<u64>,
    large: Vec<u64>,
    pairs: Vec<u64>,
    /// How far a hash is shifted to become the number of a block.
    shift: u32,
    buffer: String,
}

/// Which names may begin with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Begins {
    /// Those of one word.
    pub alone: bool,
    /// Those of several words, if the next one fits.
    pub longer: bool,
    /// The hash of the word; 0 where damage hides it.
    hash: u64,
}

impl Begins {
    const NO: Self = Self { alone: false, longer: false, hash: 0 };
    /// What cannot be told apart passes.
    const ANY: Self = Self { alone: true, longer: true, hash: 0 };
}

/// What a glance at a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glance {
    /// No name begins with it: so with most words.
    No,
    /// Names may begin with it.
    May(Begins),
    /// It must be looked at more closely ([`Filter::begins`]).
    Ask,
}

/// What a first byte says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum First {
    /// No name begins with it.
    Never,
    /// A small letter: the first four are to be asked.
    Small,
    /// Anything else.
    Perhaps,
}

impl First {
    /// What is known before any name is.
    fn of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' => Self::Small,
            // A hashtag's name stands behind its sign; what is not ASCII can be anything.
            b'A'..=b'Z' | b'#' | 0x80.. => Self::Perhaps,
            _ => Self::Never,
        }
    }
}

/// The first word of a name, as the filter is told of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstWord<'n> {
    /// The word, folded.
    pub word: &'n str,
    /// The endings that it takes.
    pub endings: Endings,
    /// Whether the name can begin with a small letter.
    pub small: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl Filter {
    /// An empty set that is large enough for so many names.
    pub(super) fn with_capacity(names: usize) -> Self {
        let blocks = (names * BITS_PER_NAME / 64).next_power_of_two().max(64);
        let [small, large, pairs] = [SMALL_BLOCKS, blocks, blocks].map(|blocks| vec![0; blocks]);
        let firsts = std::array::from_fn(|byte| First::of(byte as u8));
        Self {
            fours: [0; FOUR_BLOCKS],
            firsts,
            small,
            large,
            pairs,
            shift: 64 - blocks.trailing_zeros(),
            buffer: String::new(),
        }
    }

    /// Adds the first word of a name, and the second, in all forms that differ in the letters which are asked for.
    pub(super) fn add(&mut self, first: FirstWord<'_>, next: Option<(&str, Endings)>) {
        if let Some(byte) = first.word.bytes().next()
            && self.firsts[usize::from(byte)] == First::Never
        {
            self.firsts[usize::from(byte)] = First::Perhaps;
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        each_beginning(first.word, first.endings, 8, &mut buffer, |form| {
            let hash = hash(eight(form.as_bytes()));
            let mask = any(hash) | if next.is_some() { longer(hash) } else { alone(hash) };
            self.large[(hash >> self.shift) as usize] |= mask;
            if first.small {
                self.small[(hash >> SMALL_SHIFT) as usize] |= mask;
                let hash = four_hash(eight(&form.as_bytes()[..form.len().min(4)]) as u32);
                self.fours[hash as usize / 64] |= 1 << (hash % 64);
            }
        });
        if let Some((word, endings)) = next {
            let mut second = String::new();
            each_beginning(word, endings, 4, &mut second, |next| {
                let Some(key) = four(next.as_bytes()) else { return };
                each_beginning(first.word, first.endings, 8, &mut buffer, |form| {
                    let hash = pair(hash(eight(form.as_bytes())), key);
                    self.pairs[(hash >> self.shift) as usize] |= any(hash) | alone(hash);
                });
            });
        }
        self.buffer = buffer;
    }

    /// What a glance at the word `start..end` tells, in which no hyphen and no entity is, and behind which none stands.
    #[inline]
    pub(super) fn glance(&self, bytes: &[u8], start: usize, end: usize) -> Glance {
        let Some(chunk) = bytes.get(start..).and_then(<[u8]>::first_chunk) else { return Glance::Ask };
        let (len, first) = (end - start, chunk[0]);
        let mut letters = u64::from_le_bytes(*chunk) & WITHIN[len.min(8)];
        // A small `l` before a consonant is an `I` that was misread: `lnformationsfreiheitsgesetz`.
        let misread = first == b'l' && len >= 8 && !is_vowel(chunk[1]) && chunk[1] != 0xC3;
        match self.firsts[usize::from(first)] {
            First::Never => return Glance::No,
            _ if misread => return Glance::Ask,
            First::Small => {
                let four = letters as u32;
                let hash = four_hash(four) as usize;
                let wide = four & HIGH as u32 != 0;
                let digits = len >= 8 && four & LETTER as u32 != LETTER as u32;
                if !wide && !digits && self.fours[hash / 64] >> (hash % 64) & 1 == 0 {
                    return Glance::No;
                }
            }
            First::Perhaps => {}
        }
        let mut small = first.is_ascii_lowercase();
        if letters & HIGH != 0 {
            if !is_sign(&bytes[start..end]) {
                let Some(folded) = fold_eight(letters) else { return Glance::Ask };
                letters = folded;
            }
            small |= first == 0xC3 && chunk[1] >= 0x9F;
        }
        if len >= 8 && letters & LETTER != LETTER && first.is_ascii_alphabetic() {
            return Glance::Ask;
        }
        match self.find(letters, small) {
            Begins::NO => Glance::No,
            begins => Glance::May(begins),
        }
    }

    /// Whether a name may begin with the word `start..end` as written; `hyphen` where a hyphen follows it (`bayern-` in
    /// `bayern- und bundesweit` is written small). Never says no where one does.
    pub(super) fn begins(&self, bytes: &[u8], start: usize, end: usize, hyphen: bool) -> Begins {
        let Some(chunk) = bytes.get(start..).and_then(<[u8]>::first_chunk) else {
            return self.begins_oddly(bytes.get(start..end).unwrap_or(&[]), hyphen);
        };
        let (raw, len) = (u64::from_le_bytes(*chunk), end - start);
        let letters = raw & WITHIN[len.min(8)];
        let first = letters as u8;
        let small = first.is_ascii_lowercase() && !hyphen;
        let odd = letters & HIGH != 0 || (len >= 8 && (letters & LETTER != LETTER || first == b'l'));
        if odd {
            return self.begins_oddly(&bytes[start..end], hyphen);
        }
        self.find(letters, small)
    }

    #[inline]
    fn find(&self, letters: u64, small: bool) -> Begins {
        let hash = hash(letters);
        let block = if small {
            self.small.get((hash >> SMALL_SHIFT) as usize)
        } else {
            self.large.get((hash >> self.shift) as usize)
        };
        let Some(block) = block.filter(|&&block| block & any(hash) != 0) else { return Begins::NO };
        Begins { alone: block & alone(hash) != 0, longer: block & longer(hash) != 0, hash }
    }

    /// Words with umlauts in front, and long ones with digits or a small `l`, which a scanner can have misread.
    fn begins_oddly(&self, word: &[u8], hyphen: bool) -> Begins {
        let Some(&first) = word.first() else { return Begins::NO };
        let mut small = first.is_ascii_lowercase();
        if word.len() >= 8 && word.is_ascii() {
            let misread = first == b'l' && !is_vowel(word[1]);
            if misread || (first.is_ascii_alphabetic() && word[..8].iter().any(u8::is_ascii_digit)) {
                return Begins::ANY;
            }
        }
        let sign = is_sign(word);
        let mut letters = [0; 9];
        let len = word.len().min(9);
        letters[..len].copy_from_slice(&word[..len]);
        if !sign {
            if !fold_umlauts(&mut letters[..len]) {
                return Begins::ANY;
            }
            small |= first == 0xC3 && word[1] >= 0x9F;
        }
        self.find(eight(&letters[..len.min(8)]), small && !hyphen)
    }

    /// Whether a name of several words may begin so and go on with `next` as written.
    pub(super) fn goes_on(&self, begins: Begins, next: &[u8]) -> bool {
        if begins.hash == 0 {
            return begins.longer;
        }
        let misread = next.len() >= 8
            && (next[0] == b'l' || next[1..4].iter().any(|&byte| byte.is_ascii_digit() || byte == b'I'));
        let Some(key) = four(next).filter(|_| !misread) else { return true };
        let hash = pair(begins.hash, key);
        let mask = any(hash) | alone(hash);
        begins.longer && self.pairs.get((hash >> self.shift) as usize).is_some_and(|block| block & mask == mask)
    }
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = EACH * 0x80;
/// The bit that letters have and digits and most signs lack.
const LETTER: u64 = EACH * 0x40;
/// The bit that small letters have and capitals lack; signs and digits have it as well.
const SMALL: u64 = EACH * 0x20;

/// Calls `use_form` with each form of a folded word, or only with the word where no ending changes its first letters.
fn each_beginning(word: &str, endings: Endings, letters: usize, buffer: &mut String, use_form: impl FnMut(&str)) {
    // Two letters of an ending may fall away: `Deutscher`, `Deutsche`.
    let endings = if word.len() >= letters + 2 { Endings::Fixed } else { endings };
    each_form(word, endings, buffer, use_form);
}

/// Writes umlauts and ß out, in place: they are as long as the letters they stand for. False where anything else but
/// ASCII is in the word, or what can be damage.
fn fold_umlauts(word: &mut [u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = word.get(at) {
        if byte < 0x80 {
            if matches!(byte, b'-' | b'&') {
                return false;
            }
            at += 1;
            continue;
        }
        match word.get(at..at + 2) {
            Some(pair) => {
                let Some(letters) = umlaut(pair) else { return false };
                word[at..at + 2].copy_from_slice(letters);
            }
            // Half of a letter behind those that count.
            None if at >= 8 => return true,
            None => return false,
        }
        at += 2;
    }
    true
}

/// The same for the first eight bytes of a word that has no hyphen; `None` where it needs a closer look.
#[inline]
fn fold_eight(letters: u64) -> Option<u64> {
    let high = letters & HIGH;
    let mut folded = letters;
    let mut rest = high;
    while rest != 0 {
        let shift = rest.trailing_zeros() - 7;
        if shift > 48 {
            return None;
        }
        let pair = (letters >> shift) as u16;
        let written = u16::from_le_bytes(*umlaut(&pair.to_le_bytes())?);
        folded = folded & !(0xFFFF << shift) | u64::from(written) << shift;
        rest &= !(0x8080 << shift);
    }
    Some(folded)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// `§`, `„`, `–` by themselves; others of these signs disappear in words, or stand for an apostrophe.
fn is_sign(word: &[u8]) -> bool {
    match *word {
        [0xC2, sign] => !matches!(sign, 0xAD | 0xB4),
        [0xE2, 0x80, sign] => !matches!(sign, 0x8B..=0x8F | 0x98 | 0x99),
        _ => false,
    }
}

fn umlaut(bytes: &[u8]) -> Option<&'static [u8; 2]> {
    match bytes {
        [0xC3, 0xA4 | 0x84] => Some(b"ae"),
        [0xC3, 0xB6 | 0x96] => Some(b"oe"),
        [0xC3, 0xBC | 0x9C] => Some(b"ue"),
        [0xC3, 0x9F] => Some(b"ss"),
        _ => None,
    }
}

/// The first eight bytes of a word.
fn eight(word: &[u8]) -> u64 {
    let mut eight = [0; 8];
    let len = word.len().min(8);
    eight[..len].copy_from_slice(&word[..len]);
    u64::from_le_bytes(eight)
}

/// The first four letters of a word, the umlauts written out; `None` where damage could hide them.
#[inline]
fn four(word: &[u8]) -> Option<u32> {
    if let Some(chunk) = word.first_chunk() {
        let letters = u32::from_le_bytes(*chunk);
        if letters & HIGH as u32 == 0 && letters & LETTER as u32 == LETTER as u32 {
            return Some(letters | SMALL as u32);
        }
    }
    four_of_any(word)
}

fn four_of_any(word: &[u8]) -> Option<u32> {
    let mut four = [0; 5];
    let len = word.len().min(5);
    four[..len].copy_from_slice(&word[..len]);
    let mut at = 0;
    while at < len.min(4) {
        let byte = four[at];
        if byte >= 0x80 {
            let letters = *umlaut(four.get(at..at + 2)?)?;
            four[at..at + 2].copy_from_slice(&letters);
            at += 2;
            continue;
        }
        if matches!(byte, b'-' | b'&' | b'#' | b' ' | b'\n') {
            return None;
        }
        at += 1;
    }
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]) | SMALL as u32)
}

/// A hash of the first letters that is the same for small and capital ones.
#[inline]
const fn hash(letters: u64) -> u64 {
    let mixed = (letters | SMALL).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The product leaves little of the last letters in the lower bits.
    mixed ^ mixed >> 29
}

/// The number of the bit for the first four letters.
#[inline]
const fn four_hash(four: u32) -> u32 {
    (four | SMALL as u32).wrapping_mul(0x9E37_79B1) >> (32 - FOUR_BITS)
}

/// The bit in a block of all words with a hash.
#[inline]
const fn any(hash: u64) -> u64 {
    1 << (hash & 63)
}

/// The bit of names of one word.
#[inline]
const fn alone(hash: u64) -> u64 {
    1 << (hash >> 6 & 63)
}

/// The bit of names of several words.
#[inline]
const fn longer(hash: u64) -> u64 {
    1 << (hash >> 12 & 63)
}

/// The bytes that belong to a word of so many.
static WITHIN: [u64; 9] =
    [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF, !0];

#[inline]
const fn pair(first: u64, next: u32) -> u64 {
    hash(first ^ (next as u64) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter() -> Filter {
        let mut filter = Filter::with_capacity(1000);
        for (word, endings, small) in [
            ("bund", Endings::Noun, false),
            ("gg", Endings::Abbreviation, false),
            ("informationsfreiheitsgesetz", Endings::Noun, false),
            ("bayerisch", Endings::BareAdjective, true),
            ("oezdemir", Endings::Genitive, false),
            ("buendnis", Endings::Noun, false),
            ("gruene", Endings::Adjective, false),
        ] {
            filter.add(FirstWord { word, endings, small }, None);
        }
        filter.add(FirstWord { word: "der", endings: Endings::Fixed, small: false }, Some(("freitag", Endings::Noun)));
        filter.add(
            FirstWord { word: "deutsche", endings: Endings::Adjective, small: false },
            Some(("ki", Endings::Noun)),
        );
        filter
    }

    fn passes(begins: Begins) -> [bool; 2] {
        [begins.alone, begins.longer]
    }

    /// The word at the end of a text and in the middle of one.
    fn begins(filter: &Filter, word: &str, hyphen: bool) -> Begins {
        let begins = filter.begins(word.as_bytes(), 0, word.len(), hyphen);
        let text = format!("im {word} und sonst noch irgendwo");
        assert_eq!(filter.begins(text.as_bytes(), 3, 3 + word.len(), hyphen), begins, "{word}");
        if !word.is_empty() && !hyphen {
            match filter.glance(text.as_bytes(), 3, 3 + word.len()) {
                Glance::No => assert_eq!(begins, Begins::NO, "{word}"),
                Glance::May(glanced) => assert_eq!(begins, glanced, "{word}"),
                Glance::Ask => {}
            }
        }
        begins
    }

    #[test]
    fn forms_in_all_their_spellings() {
        let filter = filter();
        for word in [
            "Bund",
            "BUNDES",
            "B\u{AD}und",
            "GG",
            "GGs",
            "bayerische",
            "Bayerischer",
            "Özdemir",
            "ÖZDEMIRS",
            "Oezdemir",
            "BÜNDNISSES",
            "Grünen",
            "Informations\u{AD}freiheitsgesetz",
            "lnformationsfreiheitsgesetz",
            "Inf0rmationsfreiheitsgesetz",
        ] {
            assert!(begins(&filter, word, false).alone, "{word}");
        }
        for word in [
            "bundesweit",
            "Bundesweite",
            "Gegenwart",
            "und",
            "Haus",
            "für",
            "§",
            "„",
            "–",
            "bund",
            "Rückkehrö",
            "Grünau",
        ] {
            assert_eq!(passes(begins(&filter, word, false)), [false; 2], "{word}");
        }
        assert!(begins(&filter, "bund", true).alone);
        assert_eq!(passes(begins(&filter, "", false)), [false; 2]);
    }

    #[test]
    fn common_words_ask_for_the_next_one() {
        let filter = filter();
        let goes_on = |word: &str, next: &str| filter.goes_on(begins(&filter, word, false), next.as_bytes());
        for (word, next) in [
            ("Der", "Freitag"),
            ("DER", "FREITAGS"),
            ("Der", "Frei\u{AD}tag"),
            ("Der", "F&ouml;"),
            ("Der", "F8eitagsblatt"),
            ("Deutschen", "KI"),
            ("Deutschen", "KIs"),
        ] {
            assert!(goes_on(word, next), "{word} {next}");
        }
        for (word, next) in [("Der", "Bund"), ("Der", "für"), ("Deutschen", "Kinder"), ("der", "Freitag"), ("Der", "")]
        {
            assert!(!goes_on(word, next), "{word} {next}");
        }
    }
}
