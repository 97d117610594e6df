//! The words of a text, each once, and the memory of words that were met before.
//!
//! What a word adds to each label does not depend on the text around it, so it is worked out once for each word and
//! kept: most words of a text then cost one look-up. A word is known by the hash of its spelling, so that it need not
//! even be folded again.

use crate::document::{Token, TokenKind};
use crate::text::fold_into;

/// Memory is cleared before a text once it holds this many words or bytes of words, so that it stays bounded.
const MAX_WORDS: usize = 1 << 17;
const MAX_BYTES: usize = 1 << 23;
/// Marks a free slot.
const NO_WORD: u32 = u32::MAX;

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
    /// The folded words, one behind the other.
    folded: String,
    /// Spelling to word, and folded form to word: open addressing, a power of two of slots.
    spellings: Table,
    forms: Table,
    /// Which text it is, to tell words of this text from others.
    text: u32,
    /// The words of the text in the order in which they first occur.
    pub(super) distinct: Vec<u32>,
    /// Token and word of each occurrence.
    pub(super) occurrences: Vec<(u32, u32)>,
    /// What each model remembers.
    pub(super) memories: Vec<Memory>,
    pub(super) sums: Vec<f32>,
}

/// What one model has worked out for words.
#[derive(Debug)]
pub(super) struct Memory {
    /// Fingerprint of the model.
    pub model: u64,
    /// Lanes of each word, behind each other.
    pub lanes: Vec<f32>,
    /// Whether the lanes of a word are filled.
    pub filled: Vec<bool>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    /// Where its folded form stands.
    from: u32,
    to: u32,
    hash: u64,
    /// The last text in which it occurred, and how often it did there.
    text: u32,
    count: f32,
}

#[derive(Debug, Default)]
struct Table {
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl Scratch {
    /// Reads the words of a text; those of its first line count twice, for a headline says in a few words what the
    /// text is about.
    pub(super) fn read(&mut self, text: &str, tokens: &[Token]) {
        if self.words.len() > MAX_WORDS || self.folded.len() > MAX_BYTES || self.text == u32::MAX {
            *self = Self::default();
        }
        self.text += 1;
        self.distinct.clear();
        self.occurrences.clear();
        let headline = text.find('\n').unwrap_or(0) as u32;
        for (index, token) in tokens.iter().enumerate() {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation | TokenKind::Hashtag) {
                continue;
            }
            let word = self.word(token.span.of(text));
            let entry = &mut self.words[word as usize];
            if entry.text != self.text {
                entry.text = self.text;
                entry.count = 0.0;
                self.distinct.push(word);
            }
            entry.count += if token.span.start < headline { 2.0 } else { 1.0 };
            self.occurrences.push((index as u32, word));
        }
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

    /// How often a word of the text stands in it; twice as often as it does in the headline.
    pub(super) fn count(&self, word: u32) -> f32 {
        self.words[word as usize].count
    }

    /// The number of a word, a new one if need be.
    pub(super) fn word(&mut self, spelling: &str) -> u32 {
        let key = spelling_hash(spelling.as_bytes());
        if let Some(word) = self.spellings.get(key) {
            return word;
        }
        let from = self.folded.len();
        fold_into(spelling, &mut self.folded);
        let hash = super::features::word_hash(&self.folded.as_bytes()[from..]);
        let word = if let Some(word) = self.forms.get(hash) {
            self.folded.truncate(from);
            word
        } else {
            let word = self.words.len() as u32;
            let to = self.folded.len() as u32;
            self.words.push(Word { from: from as u32, to, hash, text: 0, count: 0.0 });
            self.forms.insert(hash, word);
            word
        };
        self.spellings.insert(key, word);
        word
    }
}

impl Table {
    fn get(&self, key: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = key as usize & mask;
        loop {
            let (found, word) = self.slots[at];
            if word == NO_WORD {
                return None;
            }
            if found == key {
                return Some(word);
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, key: u64, word: u32) {
        if self.used * 2 >= self.slots.len() {
            let larger = vec![(0, NO_WORD); (self.slots.len() * 2).max(1024)];
            let old = std::mem::replace(&mut self.slots, larger);
            for (key, word) in old.into_iter().filter(|slot| slot.1 != NO_WORD) {
                self.put(key, word);
            }
        }
        self.used += 1;
        self.put(key, word);
    }

    fn put(&mut self, key: u64, word: u32) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].1 != NO_WORD {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, word);
    }
}

/// A hash of the bytes as they stand, eight at a time.
fn spelling_hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| step(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let hash = step(hash, u64::from_le_bytes(last));
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn read(scratch: &mut Scratch, text: &str) -> Vec<(String, f32)> {
        scratch.read(text, &tokens(text));
        scratch.distinct.iter().map(|word| (scratch.form(*word).to_owned(), scratch.count(*word))).collect()
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
        let words: Vec<u32> = (0..5000).map(|n| scratch.word(&format!("wort{n}"))).collect();
        assert!(words.iter().enumerate().all(|(n, word)| scratch.form(*word) == format!("wort{n}")));
        assert!(words.iter().enumerate().all(|(n, word)| scratch.word(&format!("Wort{n}")) == *word));
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
