//! What a model makes of the words of a text: probabilities and decisions.
//!
//! What a word adds to each label stands in its lanes, which are worked out once for each word and remembered. Common
//! words have them in the model; those of others are the sum of their pieces.

use super::features::{is_compound, parts};
use super::format::{TOGETHER, WORD_HEAD, pack_half, pack_lanes, unpack_half, unpack_idf};
use super::model::Model;
use super::words::{Memory, Scratch, spelling_hash};
use crate::document::Token;

/// A document gets at most this many topics of a model.
const MAX_GIVEN: usize = 4;
/// The length of the vector of a text. Where it is 1, a price of errors is needed that is a hundred times as high.
pub(super) const LENGTH: f32 = 2.0;
/// Of a text with fewer known words than this (a headline) little can be said.
const FEW_WORDS: usize = 5;
/// Lanes of so many pieces add up within sixteen bits.
const MOST_PIECES: usize = 256;
/// Bits of what is remembered of a word: that it is remembered; that the model knows the word as a whole; and that it is
/// too common to explain anything.
const FILLED: u8 = 1;
pub(super) const KNOWN: u8 = 2;
pub(super) const COMMON: u8 = 4;

impl Model {
    /// The probability of each label, in the order of [`Model::labels`].
    ///
    /// ```
    /// use ressort::topics::{Model, Scratch};
    /// let model = Model::embedded()?;
    /// let mut probabilities = Vec::new();
    /// model.probabilities("", &[], &mut Scratch::default(), &mut probabilities);
    /// assert_eq!(probabilities.len(), 28);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn probabilities(&self, text: &str, tokens: &[Token], scratch: &mut Scratch, probabilities: &mut Vec<f32>) {
        scratch.read(text, tokens);
        self.weigh(scratch, probabilities);
    }

    /// Which labels these probabilities earn, best first, as indices into [`Model::labels`]: those above their
    /// thresholds, or the best alone where it is likely enough; four at most.
    ///
    /// ```
    /// use ressort::topics::Model;
    /// let model = Model::embedded()?;
    /// assert!(model.decide(&[0.0; 28]).is_empty());
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn decide(&self, probabilities: &[f32]) -> Vec<usize> {
        decide(probabilities, |label| self.head.labels[label].threshold, self.head.fallback)
    }

    /// [`Model::decide`], and more careful where little of the text is known: then only what is more likely than not.
    pub(super) fn decide_read(&self, probabilities: &[f32], scratch: &Scratch) -> Vec<usize> {
        let Some(memory) = self.memory(scratch) else { return Vec::new() };
        let known = scratch.distinct.iter().filter(|word| memory.flags[**word as usize] & KNOWN != 0);
        let few = known.take(FEW_WORDS).count();
        if few == 0 {
            Vec::new()
        } else if few < FEW_WORDS {
            decide(probabilities, |label| self.head.labels[label].threshold.max(0.5), 0.5)
        } else {
            self.decide(probabilities)
        }
    }

    /// Probabilities of a text whose words were read; returns the factor that brings its sums to the same length.
    pub(super) fn weigh(&self, scratch: &mut Scratch, probabilities: &mut Vec<f32>) -> f32 {
        let memory = self.remember(scratch);
        let mut sums = std::mem::take(&mut scratch.sums);
        sums.clear();
        sums.resize(self.width(), 0.0);
        let rows = &scratch.memories[memory].rows;
        let mut square = 0.0;
        for (word, times) in scratch.distinct.iter().zip(&scratch.times) {
            let (lanes, step, of_word) = self.row(rows, *word);
            let step = times * step;
            add_lanes(&mut sums, lanes, step);
            square += times * times * of_word;
        }
        let factor = LENGTH / square.sqrt().max(1e-6);
        probabilities.clear();
        let margins = self.head.labels.iter().zip(&sums);
        probabilities
            .extend(margins.map(|(label, sum)| sigmoid(label.slope * (sum * factor + label.bias) + label.offset)));
        scratch.sums = sums;
        factor
    }

    /// One lane for each label, and up to a multiple of eight.
    fn width(&self) -> usize {
        self.names.len().next_multiple_of(8)
    }

    /// Lanes of a word, their step, and the square of its length.
    #[inline]
    fn row<'r>(&self, rows: &'r [u8], word: u32) -> (&'r [u8], f32, f32) {
        let width = self.width();
        let row = &rows[word as usize * (width + 4)..][..width + 4];
        let (lanes, rest) = row.split_at(width);
        (lanes, unpack_half([rest[0], rest[1]]), unpack_half([rest[2], rest[3]]))
    }

    /// What a word adds to a label, standing once in a text of length 1.
    pub(super) fn lane(&self, memory: &Memory, word: u32, label: usize) -> f32 {
        let (lanes, step, _) = self.row(&memory.rows, word);
        step * f32::from(lanes[label].cast_signed())
    }

    /// What this model remembers.
    pub(super) fn memory<'s>(&self, scratch: &'s Scratch) -> Option<&'s Memory> {
        scratch.memories.iter().find(|memory| memory.model == self.fingerprint())
    }

    /// Works out the lanes of the words that were not met before; returns which memory holds them.
    fn remember(&self, scratch: &mut Scratch) -> usize {
        let model = self.fingerprint();
        let memory = scratch.memories.iter().position(|memory| memory.model == model).unwrap_or_else(|| {
            scratch.memories.push(Memory { model, ..Memory::default() });
            scratch.memories.len() - 1
        });
        let size = self.width() + 4;
        let Memory { mut rows, mut flags, .. } = std::mem::take(&mut scratch.memories[memory]);
        let (mut pieces, mut lanes) = (std::mem::take(&mut scratch.pieces), std::mem::take(&mut scratch.lanes));
        if flags.len() < scratch.word_count() {
            flags.resize(scratch.word_count(), 0);
            rows.resize(scratch.word_count() * size, 0);
        }
        for word in &scratch.distinct {
            let at = *word as usize;
            if flags[at] == 0 {
                let row = &mut rows[at * size..][..size];
                flags[at] = FILLED
                    | match self.words.row(scratch.hash(*word)) {
                        Some(known) => self.copy_word(known, row),
                        None => {
                            self.sum_up(scratch.form(*word), &mut lanes, &mut pieces);
                            self.pack(&lanes, row);
                            0
                        }
                    };
            }
        }
        (scratch.pieces, scratch.lanes) = (pieces, lanes);
        scratch.memories[memory] = Memory { model, rows, flags };
        memory
    }

    /// Copies the row of a word that the model has; returns what is known of it.
    fn copy_word(&self, known: usize, row: &mut [u8]) -> u8 {
        let (head, known_lanes) = self.word_row(known);
        let (lanes, rest) = row.split_at_mut(self.width());
        lanes[..known_lanes.len()].copy_from_slice(known_lanes);
        rest.copy_from_slice(&head[..4]);
        head[4] & (KNOWN | COMMON)
    }

    /// Step, square and flags of a word that the model has, and its lanes.
    fn word_row(&self, known: usize) -> (&[u8], &[u8]) {
        let width = self.names.len();
        (
            &self.bytes[self.places.heads + known * WORD_HEAD..][..WORD_HEAD],
            &self.bytes[self.places.words + known * width..][..width],
        )
    }

    /// Packs lanes and the square behind them.
    fn pack(&self, lanes: &[f32], row: &mut [u8]) {
        let (lanes, square) = lanes.split_at(self.names.len());
        let (packed, rest) = row.split_at_mut(self.width());
        let step = pack_lanes(lanes, 0.0, packed.iter_mut());
        rest[..2].copy_from_slice(&step.to_le_bytes());
        rest[2..].copy_from_slice(&pack_half(square[0]).to_le_bytes());
    }

    /// Lanes of a word that the model does not have, and the square of its length behind them: the sum of its parts and
    /// pieces.
    fn sum_up(&self, form: &str, lanes: &mut Vec<f32>, pieces: &mut Vec<u32>) {
        lanes.clear();
        lanes.resize(self.names.len() + 1, 0.0);
        let shape = self.head.shape;
        let compound = is_compound(form);
        for part in parts(form) {
            let row = if compound && shape.parts { self.words.row(spelling_hash(part.as_bytes())) } else { None };
            if let Some(row) = row {
                self.add_word(row, lanes);
                continue;
            }
            self.add_pieces(part, lanes, pieces);
        }
    }

    fn add_word(&self, known: usize, lanes: &mut [f32]) {
        let (head, known_lanes) = self.word_row(known);
        add_lanes(lanes, known_lanes, unpack_half([head[0], head[1]]));
        lanes[known_lanes.len()] += unpack_half([head[2], head[3]]);
    }

    fn add_pieces(&self, part: &str, lanes: &mut [f32], pieces: &mut Vec<u32>) {
        pieces.clear();
        self.head.shape.pieces(part.as_bytes(), |bucket| pieces.push(bucket));
        // First which are kept, then where, then their lanes, eight of all pieces after eight of all: nothing is decided in
        // between, so that the processor need not wait for one piece to fetch the others.
        let mut kept = 0;
        for at in 0..pieces.len() {
            let bucket = pieces[at];
            pieces[kept] = bucket;
            kept += usize::from(self.pieces.has(bucket));
        }
        pieces.truncate(kept);
        for piece in pieces.iter_mut() {
            *piece = self.pieces.row(*piece);
        }
        let width = self.names.len();
        let all = &self.bytes[self.places.pieces..];
        for some in pieces.chunks(MOST_PIECES) {
            for (column, lanes) in lanes[..width].chunks_mut(TOGETHER).enumerate() {
                let mut sums = [0_i16; TOGETHER];
                for piece in some {
                    let from = *piece as usize * width + column * TOGETHER;
                    let Some(packed) = all.get(from..).and_then(<[u8]>::first_chunk::<TOGETHER>) else { continue };
                    for (sum, lane) in sums.iter_mut().zip(packed) {
                        *sum += i16::from(lane.cast_signed());
                    }
                }
                for (lane, sum) in lanes.iter_mut().zip(sums) {
                    *lane += self.head.piece_step * f32::from(sum);
                }
            }
        }
        let rarities = &self.bytes[self.places.rarities..];
        let value = |piece: &u32| self.head.shape.piece_weight * unpack_idf(rarities[*piece as usize]);
        lanes[width] += pieces.iter().map(|piece| value(piece).powi(2)).sum::<f32>();
    }
}

/// Adds packed lanes.
#[inline]
fn add_lanes(sums: &mut [f32], packed: &[u8], step: f32) {
    for (sum, lane) in sums.iter_mut().zip(packed) {
        *sum += step * f32::from(lane.cast_signed());
    }
}

pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// See [`Model::decide`].
pub(super) fn decide(probabilities: &[f32], threshold: impl Fn(usize) -> f32, fallback: f32) -> Vec<usize> {
    let best_first = |a: &usize, b: &usize| probabilities[*b].total_cmp(&probabilities[*a]).then(a.cmp(b));
    let mut given: Vec<usize> =
        (0..probabilities.len()).filter(|label| probabilities[*label] >= threshold(*label)).collect();
    given.sort_unstable_by(best_first);
    given.truncate(MAX_GIVEN);
    if given.is_empty() {
        given.extend((0..probabilities.len()).min_by(best_first).filter(|best| probabilities[*best] >= fallback));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions() {
        assert_eq!(decide(&[0.3, 0.9, 0.5], |_| 0.4, 0.1), [1, 2]);
        assert_eq!(decide(&[0.3, 0.2], |_| 0.4, 0.25), [0]);
        assert_eq!(decide(&[0.2, 0.1], |_| 0.4, 0.25), Vec::<usize>::new());
        assert_eq!(decide(&[0.9; 9], |_| 0.4, 0.25).len(), MAX_GIVEN);
    }
}
