//! What of a text a model looks at: hashed words, pairs of words, and pieces of words.
//!
//! Pieces of three to five letters are there because German writes compounds as one word: a model that has learned
//! `pflegeversicherung` then knows something about `Pflegegrad` and `Rentenversicherungsbeitrag`.

use crate::document::{Token, TokenKind};
use crate::text::fold_into;

/// Features are hashed into 2 to the power of this many buckets; of these a model keeps the telling ones.
pub(super) const BUCKET_BITS: u32 = 22;
/// Number of buckets.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;
/// Words, pairs, pieces: each group is brought to length 1 by itself, or else the many pieces would drown the words.
pub(super) const GROUPS: usize = 3;

const WORD: u64 = 0;
const PAIR: u64 = 1;
const PIECE: u64 = 2;

/// Hashes begin differently in each group. They are part of the model's format: never change them.
const SEEDS: [u64; GROUPS] = [0xCBF2_9CE4_8422_2325, 0x84D2_2A1F_9E37_79B1, 0xA24B_AED4_963E_E407];
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// Buffers for features, kept from text to text.
///
/// ```
/// let scratch = ressort::topics::Scratch::default();
/// assert!(format!("{scratch:?}").starts_with("Scratch"));
/// ```
#[derive(Debug, Default)]
pub struct Scratch {
    folded: String,
    padded: Vec<u8>,
    /// Index into the tokens, and hash of the folded word, for each word of the text.
    pub(super) words: Vec<(u32, u64)>,
    /// Group, row and word of each occurrence, packed in this order into 2, 30 and 32 bits.
    pub(super) hits: Vec<u64>,
    pub(super) features: Vec<Feature>,
    pub(super) margins: Vec<f32>,
    pub(super) credit: Vec<f32>,
}

/// A feature of one text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feature {
    /// Which of the groups.
    pub group: u8,
    /// Row of the model.
    pub row: u32,
    /// How often it occurs, and once it has been weighed, its value.
    pub value: f32,
    /// Its occurrences in [`Scratch::hits`].
    pub hits: (u32, u32),
}

impl Scratch {
    /// Finds the features of a text; `row_of` says which row stands for a bucket, if any does.
    pub(super) fn count(&mut self, text: &str, tokens: &[Token], row_of: impl Fn(u32) -> Option<u32>) {
        self.words.clear();
        self.hits.clear();
        let mut before: Option<(u32, u64)> = None;
        let headline = text.find('\n').unwrap_or(0) as u32;
        for (index, token) in tokens.iter().enumerate() {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation | TokenKind::Hashtag) {
                before = None;
                continue;
            }
            let word = self.words.len() as u32;
            self.folded.clear();
            fold_into(token.span.of(text), &mut self.folded);
            let hash = fnv(SEEDS[0], self.folded.as_bytes());
            self.words.push((index as u32, hash));
            // A headline says in a few words what the text is about: they count twice.
            let twice = token.span.start < headline;
            let mut add = |group: u64, hash: u64, word: u32| {
                if let Some(row) = row_of(bucket(hash)) {
                    let hit = group << 62 | u64::from(row) << 32 | u64::from(word);
                    self.hits.push(hit);
                    if twice {
                        self.hits.push(hit);
                    }
                }
            };
            add(WORD, hash, word);
            if let Some((word, first)) = before {
                // Credited to the first word; the explanation shares it with the one behind.
                add(PAIR, fnv(SEEDS[1] ^ first, &hash.to_le_bytes()), word);
            }
            before = Some((word, hash));
            for part in self.folded.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1) {
                if part.len() < self.folded.len() {
                    add(WORD, fnv(SEEDS[0], part.as_bytes()), word);
                }
                self.padded.clear();
                self.padded.push(b'<');
                self.padded.extend_from_slice(part.as_bytes());
                self.padded.push(b'>');
                for start in 0..self.padded.len().saturating_sub(2) {
                    let mut hash = SEEDS[2];
                    for (length, byte) in self.padded[start..].iter().take(5).enumerate() {
                        hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
                        if length >= 2 {
                            add(PIECE, hash, word);
                        }
                    }
                }
            }
        }
        self.hits.sort_unstable();
        self.features.clear();
        let mut from = 0;
        for same in self.hits.chunk_by(|a, b| a >> 32 == b >> 32) {
            let (group, row) = ((same[0] >> 62) as u8, (same[0] >> 32) as u32 & 0x3FFF_FFFF);
            let to = from + same.len() as u32;
            self.features.push(Feature { group, row, value: same.len() as f32, hits: (from, to) });
            from = to;
        }
    }

    /// Takes features that were counted before: group, row, how often.
    pub(super) fn fill(&mut self, counted: impl Iterator<Item = (u32, u32, f32)>) {
        self.features.clear();
        self.features.extend(counted.map(|(group, row, value)| Feature {
            group: group as u8,
            row,
            value,
            hits: (0, 0),
        }));
    }

    /// Turns counts into values: damped, times the rarity of the feature, each group brought to its weight.
    pub(super) fn weigh(&mut self, group_weights: [f32; GROUPS], idf_of: impl Fn(u32) -> f32) {
        let mut squares = [0.0_f32; GROUPS];
        for feature in &mut self.features {
            feature.value = (1.0 + feature.value.ln()) * idf_of(feature.row);
            squares[usize::from(feature.group)] += feature.value * feature.value;
        }
        let factors: [f32; GROUPS] =
            std::array::from_fn(|group| group_weights[group] / squares[group].sqrt().max(1e-6));
        for feature in &mut self.features {
            feature.value *= factors[usize::from(feature.group)];
        }
    }
}

fn fnv(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

/// The upper bits of the mixed hash; the lower ones of FNV are weak.
pub(super) fn bucket(hash: u64) -> u32 {
    ((hash ^ hash >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BUCKET_BITS)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn rows(text: &str) -> Vec<(u8, u32)> {
        let mut scratch = Scratch::default();
        scratch.count(text, &tokens(text), Some);
        scratch.features.iter().map(|feature| (feature.group, feature.row)).collect()
    }

    #[test]
    fn compounds_share_pieces() {
        let one = rows("Pflegeversicherung");
        let shared = rows("Rentenversicherung").into_iter().filter(|row| one.contains(row)).count();
        assert!(shared > 20, "{shared}");
        assert!(rows("Kfz").iter().all(|row| !one.contains(row)));
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(rows("Straßenbau für Züge"), rows("STRASSENBAU FUER ZUEGE"));
    }

    #[test]
    fn hashes_never_change() {
        assert_eq!(bucket(fnv(SEEDS[0], b"verkehr")), 1_046_057);
    }
}
