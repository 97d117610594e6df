//! The words of a text, each once, and the memory of words that were met before.
//!
//! What a word adds to each label does not depend on the text around it, so it is worked out once for each word and
//! kept: most words of a text then cost one look-up. A word is known by the hash of its spelling, so that it need not
//! even be folded again.

use super::features::damped;
use super::seed_search::SeedScratch;
use crate::document::{Token, TokenKind};
use crate::text::fold_into;

/// Memory is cleared before a text once it holds this many words or bytes of words, so that it stays bounded.
const MAX_WORDS: usize = 1 << 17;
const MAX_BYTES: usize = 1 << 23;
/// A slot holds the number of a word in so many lower bits.
const NUMBER_BITS: u32 = 24;
/// Marks a free slot.
const NO_WORD: u64 = (1 << NUMBER_BITS) - 1;
/// A spelling that was not met before.
const NEW: u32 = u32::MAX;
/// Words are numbered up to this; where a text has more, all others count as the last one.
const LAST_WORD: u32 = NO_WORD as u32 - 1;

/// Buffers for topics, and what was worked out for words met before; kept from text to text.
///
/// What is remembered never changes a result, only how fast it comes.
///
/// ```
/// let scratch = ressort::topics::Scratch::default();
/// assert!(format!("{scratch:?}").starts_with("Scratch"));
/// ```
#[derive(Debug, Default)]
pub struct Scratch {
    words: Vec<Word>,
    /// Of each word the last text in which it occurred, and how often it did there: apart from the rest, for every
    /// token touches it.
    counts: Vec<(u32, f32)>,
    /// The folded words, one behind the other.
    folded: String,
    /// Spelling to word, and folded form to word.
    spellings: Table,
    forms: Table,
    /// Which text it is, to tell words of this text from others.
    text: u32,
    /// The words of the text in the order in which they first occur, and what each weighs.
    pub(super) distinct: Vec<u32>,
    pub(super) times: Vec<f32>,
    /// Hashes of the spellings of the text.
    keys: Vec<u64>,
    /// Token and word of each occurrence.
    pub(super) occurrences: Vec<(u32, u32)>,
    /// How many tokens are words in the narrow sense.
    pub(super) plain_words: usize,
    /// What each model remembers.
    pub(super) memories: Vec<Memory>,
    pub(super) sums: Vec<f32>,
    /// Lanes of a word before they are packed.
    pub(super) lanes: Vec<f32>,
    /// Pieces of a word.
    pub(super) pieces: Vec<u32>,
    pub(super) seeds: SeedScratch,
}

/// What one model has worked out for words.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Fingerprint of the model.
    pub model: u64,
    /// The row of each word, behind each other: lanes (i8), and the upper halves of their step and of the square of the
    /// word's length. Packed, for what must be fetched from memory takes longer than what is computed.
    pub rows: Vec<u8>,
    /// What is known of each word: bits.
    pub flags: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    /// Where its folded form stands.
    from: u32,
    to: u32,
    hash: u64,
}

/// Open addressing, a power of two of slots. What is touched for every token must be small: a slot has the upper bits of
/// a hash, and its place comes from the lower ones.
#[derive(Debug, Default)]
struct Table {
    slots: Vec<u64>,
    /// Hash and word of all that was put in, for when the table grows.
    entries: Vec<(u64, u32)>,
}

impl Scratch {
    /// Reads the words of a text; those of its first line count twice, for a headline says in a few words what the
    /// text is about.
    pub(super) fn read(&mut self, text: &str, tokens: &[Token]) {
        if self.words.len() > MAX_WORDS || self.folded.len() > MAX_BYTES || self.text == u32::MAX {
            *self = Self::default();
        }
        self.text += 1;
        self.plain_words = 0;
        // One step for all tokens after the other: what one token must fetch from memory then comes while others are
        // worked on, for nothing is decided in between.
        self.keys.clear();
        self.occurrences.clear();
        for (index, token) in (0..).zip(tokens) {
            if matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation | TokenKind::Hashtag) {
                self.plain_words += usize::from(token.kind == TokenKind::Word);
                self.keys.push(spelling_hash(token.span.of(text).as_bytes()));
                self.occurrences.push((index, NEW));
            }
        }
        self.find_words(text, tokens);
        self.count_words(text, tokens);
    }

    /// Fills in the words of the occurrences.
    fn find_words(&mut self, text: &str, tokens: &[Token]) {
        let (keys, mut occurrences) = (std::mem::take(&mut self.keys), std::mem::take(&mut self.occurrences));
        let mut new = 0;
        for (key, (_, word)) in keys.iter().zip(&mut occurrences) {
            *word = self.spellings.get(*key).unwrap_or(NEW);
            new += usize::from(*word == NEW);
        }
        if new > 0 {
            for (key, (index, word)) in keys.iter().zip(&mut occurrences).filter(|(_, (_, word))| *word == NEW) {
                // A spelling that is new may be so twice.
                let known = if new > 1 { self.spellings.get(*key) } else { None };
                *word = known.unwrap_or_else(|| self.new_spelling(tokens[*index as usize].span.of(text), *key));
            }
        }
        (self.keys, self.occurrences) = (keys, occurrences);
    }

    /// Finds the distinct words and counts them.
    fn count_words(&mut self, text: &str, tokens: &[Token]) {
        let headline = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(0) as u32;
        let in_headline = tokens.partition_point(|token| token.span.start < headline) as u32;
        self.distinct.clear();
        self.distinct.resize(self.occurrences.len(), 0);
        let mut count = 0;
        for (index, word) in &self.occurrences {
            let of_word = &mut self.counts[*word as usize];
            let is_first = of_word.0 != self.text;
            self.distinct[count] = *word;
            count += usize::from(is_first);
            let before = if is_first { 0.0 } else { of_word.1 };
            *of_word = (self.text, before + if *index < in_headline { 2.0 } else { 1.0 });
        }
        self.distinct.truncate(count);
        self.times.clear();
        self.times.extend(self.distinct.iter().map(|word| damped(self.counts[*word as usize].1)));
    }

    /// How many words are known.
    pub(super) fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The folded form of a word.
    pub(super) fn form(&self, word: u32) -> &str {
        let Word { from, to, .. } = self.words[word as usize];
        &self.folded[from as usize..to as usize]
    }

    /// Hash of the folded form.
    pub(super) fn hash(&self, word: u32) -> u64 {
        self.words[word as usize].hash
    }

    #[cold]
    fn new_spelling(&mut self, spelling: &str, key: u64) -> u32 {
        let from = self.folded.len();
        fold_into(spelling, &mut self.folded);
        let hash = spelling_hash(&self.folded.as_bytes()[from..]);
        let word = if let Some(word) = self.forms.get(hash) {
            self.folded.truncate(from);
            word
        } else if self.words.len() as u32 > LAST_WORD {
            self.folded.truncate(from);
            LAST_WORD
        } else {
            let word = self.words.len() as u32;
            let to = self.folded.len() as u32;
            self.words.push(Word { from: from as u32, to, hash });
            self.counts.push((0, 0.0));
            self.forms.insert(hash, word);
            word
        };
        self.spellings.insert(key, word);
        word
    }
}

impl Table {
    #[inline]
    fn get(&self, key: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = key as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot & NO_WORD == NO_WORD {
                return None;
            }
            if (slot ^ key) >> NUMBER_BITS == 0 {
                return Some((slot & NO_WORD) as u32);
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, key: u64, word: u32) {
        self.entries.push((key, word));
        if self.entries.len() * 2 > self.slots.len() {
            self.slots = vec![NO_WORD; (self.slots.len() * 4).max(4096)];
            for entry in 0..self.entries.len() {
                self.put(self.entries[entry]);
            }
        } else {
            self.put((key, word));
        }
    }

    fn put(&mut self, (key, word): (u64, u32)) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at] & NO_WORD != NO_WORD {
            at = (at + 1) & mask;
        }
        self.slots[at] = key & !NO_WORD | u64::from(word);
    }
}

/// A hash of the bytes as they stand, eight at a time; every bit of it depends on every byte. It is part of the model's
/// format: never change it.
#[inline]
pub(super) fn spelling_hash(bytes: &[u8]) -> u64 {
    // Both halves of a product of 128 bits: the upper one mixes what the lower one only moves up.
    let step = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word) * 0x9E37_79B9_7F4A_7C15;
        product as u64 ^ (product >> 64) as u64
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(0x2545_F491_4F6C_DD1D, |hash, word| step(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    step(step(hash, u64::from_le_bytes(last)), bytes.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn read(scratch: &mut Scratch, text: &str) -> Vec<(String, f32)> {
        scratch.read(text, &tokens(text));
        scratch.distinct.iter().map(|word| (scratch.form(*word).to_owned(), scratch.counts[*word as usize].1)).collect()
    }

    #[test]
    fn spellings_of_a_word_are_one_word_and_the_headline_counts_twice() {
        let mut scratch = Scratch::default();
        let expected = [("strassen".to_owned(), 3.0), ("und".to_owned(), 1.0), ("zuege".to_owned(), 1.0)];
        assert_eq!(read(&mut scratch, "Straßen\nSTRASSEN und Züge"), expected);
        assert_eq!(read(&mut scratch, "Züge"), [("zuege".to_owned(), 1.0)]);
    }

    #[test]
    fn many_words_are_told_apart() {
        let mut scratch = Scratch::default();
        let text = |begin: &str| (0..5000).map(|n| format!("{begin}{n}")).collect::<Vec<_>>().join(" ");
        read(&mut scratch, &text("wort"));
        let words = scratch.distinct.clone();
        let forms: Vec<&str> = words.iter().map(|word| scratch.form(*word)).collect();
        assert_eq!(forms, (0..5000).map(|n| format!("wort{n}")).collect::<Vec<_>>());
        read(&mut scratch, &text("Wort"));
        assert_eq!(scratch.distinct, words);
    }

    #[test]
    fn hashes_never_change_and_differ_in_their_upper_bits() {
        assert_eq!(spelling_hash(b"verkehr"), 12_825_189_393_985_520_180);
        let upper: std::collections::BTreeSet<u64> =
            (0..100_000).map(|n| spelling_hash(format!("wort{n}").as_bytes()) >> 24).collect();
        assert_eq!(upper.len(), 100_000);
    }

    #[test]
    fn memory_stays_bounded() {
        let mut scratch = Scratch::default();
        for n in 0..60 {
            let text: Vec<String> = (0..5000).map(|word| format!("w{n}x{word}")).collect();
            read(&mut scratch, &text.join(" "));
        }
        assert!(scratch.words.len() <= MAX_WORDS + 5000, "{}", scratch.words.len());
    }
}
