//! From learned weights to a model: sums for the words that are common, and pieces for those that are not.

use super::design::Design;
use super::features::{bucket, word_hash};
use super::format::{self, Head, KEY, MAX_WORDS, Rows, pack_half, pack_lanes, unpack_half, unpack_idf};
use super::index::key;
use super::solver::{Block, LANES};
use super::weigh::{COMMON, KNOWN};
use super::words::spelling_hash;

/// Words in more than one document of so many explain nothing (`die`, `zur`); where there are fewer labels, words in
/// more than a label's equal share of the documents.
const COMMON_SHARE: usize = 7;
/// Lanes are kept in steps of this share of their root mean square. What is lost by that is one part in fourteen of a lane
/// and evens out over the words of a text; by shares of a tenth to a half no figure of the areas or the digital fields
/// changed by more than chance, and a deflated model takes half as much as with steps as fine as a byte allows.
const COARSE: f32 = 0.25;
/// A word in one example alone is a name or an error more often than not; its pieces say as much.
const LEAST_EXAMPLES: u32 = 2;

/// Learned weights, by bucket.
struct Learned<'l> {
    design: &'l Design,
    weights: &'l [Block],
    rows: Vec<u32>,
    labels: usize,
}

impl Learned<'_> {
    fn row(&self, bucket: u32) -> Option<usize> {
        Some(self.rows[bucket as usize] as usize).filter(|row| *row != u32::MAX as usize)
    }

    fn idf(&self, row: usize) -> f32 {
        unpack_idf(self.design.idf[row])
    }

    fn weight(&self, row: usize, label: usize) -> f32 {
        self.weights[label / LANES][row][label % LANES]
    }
}

/// The bytes of a model that keeps at most so many words and pieces.
pub(super) fn pack(mut head: Head, design: &Design, weights: &[Block], words: usize, spare_pieces: usize) -> Vec<u8> {
    let learned = Learned { design, weights, rows: design.rows(), labels: head.labels.len() };
    let mut rows = Rows::default();
    let is_kept = add_words(&learned, &head, words.min(MAX_WORDS), &mut rows);
    head.words = rows.keys.len() / KEY;
    head.piece_step = add_pieces(&learned, &head, &is_kept, spare_pieces, &mut rows);
    head.pieces = rows.buckets.len();
    format::write(&head, &rows.bytes())
}

/// Adds the commonest words; says of each word of the vocabulary whether it was added.
fn add_words(learned: &Learned<'_>, head: &Head, count: usize, out: &mut Rows) -> Vec<bool> {
    let common = 1.0 + (learned.labels.clamp(2, COMMON_SHARE) as f32).ln();
    let (mut all, mut others) = (Vec::new(), Vec::new());
    let add = |(form, examples): &(Box<str>, u32)| {
        if out.keys.len() / KEY >= count || *examples < LEAST_EXAMPLES {
            return false;
        }
        let from = all.len();
        all.resize(from + learned.labels, 0.0);
        let mut square = 0.0;
        head.shape.features(form, |bucket, weight| {
            let Some(row) = learned.row(bucket) else { return };
            let value = weight * learned.idf(row);
            square += value * value;
            for (label, sum) in all[from..].iter_mut().enumerate() {
                *sum += value * learned.weight(row, label);
            }
        });
        let flags = learned
            .row(bucket(word_hash(form.as_bytes())))
            .map_or(0, |row| KNOWN | if learned.idf(row) < common { COMMON } else { 0 });
        out.keys.extend(key(spelling_hash(form.as_bytes())));
        others.push((pack_half(square), flags));
        true
    };
    let is_kept = learned.design.vocabulary.iter().map(add).collect();
    let least = coarse(&all);
    out.words.resize(all.len(), 0);
    let rows = all.chunks_exact(learned.labels).zip(out.words.chunks_exact_mut(learned.labels));
    for ((sums, lanes), (square, flags)) in rows.zip(others) {
        out.heads.extend(pack_lanes(sums, least, lanes.iter_mut()).to_le_bytes());
        out.heads.extend(square.to_le_bytes());
        out.heads.push(flags);
    }
    is_kept
}

/// Adds the pieces that say most of the words that were not added; returns their step.
fn add_pieces(learned: &Learned<'_>, head: &Head, is_kept: &[bool], count: usize, out: &mut Rows) -> f32 {
    let mut uses = vec![0_u32; learned.design.idf.len()];
    let mut buckets = vec![u32::MAX; uses.len()];
    for ((form, examples), is_kept) in learned.design.vocabulary.iter().zip(is_kept) {
        for part in super::features::parts(form) {
            head.shape.pieces(part.as_bytes(), |bucket| {
                if let Some(row) = learned.row(bucket) {
                    buckets[row] = bucket;
                    uses[row] += if *is_kept { 0 } else { *examples };
                }
            });
        }
    }
    let weight = head.shape.piece_weight;
    let telling = |row: usize| {
        let square: f64 = (0..learned.labels).map(|label| f64::from(learned.weight(row, label)).powi(2)).sum();
        square * f64::from(learned.idf(row)).powi(2) * (f64::from(uses[row]) + 0.5)
    };
    let mut order: Vec<(f64, usize)> =
        (0..uses.len()).filter(|row| buckets[*row] != u32::MAX).map(|row| (telling(row), row)).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order.truncate(count);
    // Rows are in the order of their buckets.
    order.sort_unstable_by_key(|(_, row)| *row);
    let mut all = Vec::with_capacity(order.len() * learned.labels);
    for (_, row) in order {
        let value = weight * learned.idf(row);
        all.extend((0..learned.labels).map(|label| value * learned.weight(row, label)));
        out.buckets.push(buckets[row]);
        out.rarities.push(learned.design.idf[row]);
    }
    out.pieces.resize(all.len(), 0);
    // One step for all, so that pieces can be added before they are multiplied.
    unpack_half(pack_lanes(&all, coarse(&all), out.pieces.iter_mut()).to_le_bytes())
}

/// The least step that lanes need.
fn coarse(lanes: &[f32]) -> f32 {
    let squares: f64 = lanes.iter().map(|lane| f64::from(*lane).powi(2)).sum();
    COARSE * (squares / lanes.len().max(1) as f64).sqrt() as f32
}
