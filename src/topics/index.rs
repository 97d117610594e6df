//! Where a model finds the row of a word or of a piece.

use super::features::BUCKETS;
use super::format::KEY;

/// Words by the upper 40 bits of their hashes: open addressing, a power of two of slots. The hash stands in the upper
/// bits of a slot, whose place comes from the uppermost ones, and the row in the lower ones.
#[derive(Debug, Clone)]
pub(super) struct WordIndex {
    slots: Vec<u64>,
    shift: u32,
}

const ROW_BITS: u32 = 24;
/// The row of a free slot.
const NO_ROW: u64 = (1 << ROW_BITS) - 1;

impl WordIndex {
    /// From the keys of all words.
    pub(super) fn new(keys: &[u8]) -> Self {
        let (keys, _) = keys.as_chunks::<KEY>();
        let bits = (keys.len() * 2).next_power_of_two().trailing_zeros().max(1);
        let mut index = Self { slots: vec![NO_ROW; 1 << bits], shift: 64 - bits };
        let mask = index.slots.len() - 1;
        for (row, upper) in (0..).zip(keys) {
            let mut key = [0; 8];
            key[8 - KEY..].copy_from_slice(upper);
            let key = u64::from_le_bytes(key);
            let mut at = (key >> index.shift) as usize;
            while index.slots[at] & NO_ROW != NO_ROW {
                at = (at + 1) & mask;
            }
            index.slots[at] = key | row;
        }
        index
    }

    /// How many words it holds.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.slots.iter().filter(|slot| **slot & NO_ROW != NO_ROW).count()
    }

    /// The row of the word with this hash.
    pub(super) fn row(&self, hash: u64) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        loop {
            let slot = self.slots[at & mask];
            if slot & NO_ROW == NO_ROW {
                return None;
            }
            if (slot ^ hash) >> ROW_BITS == 0 {
                return Some((slot & NO_ROW) as usize);
            }
            at += 1;
        }
    }
}

/// The bytes of a hash that a model keeps.
pub(super) fn key(hash: u64) -> [u8; KEY] {
    let mut key = [0; KEY];
    key.copy_from_slice(&hash.to_le_bytes()[8 - KEY..]);
    key
}

/// Pieces by their buckets: a bit for each bucket, and how many are kept before each 32, which stands beside the bits, so
/// that both are fetched together.
#[derive(Debug, Clone)]
pub(super) struct PieceIndex {
    groups: Vec<(u32, u32)>,
}

impl PieceIndex {
    /// From the kept buckets, which rise.
    pub(super) fn new(buckets: &[u32]) -> Self {
        let mut groups = vec![(0_u32, 0_u32); BUCKETS / 32];
        for bucket in buckets {
            groups[*bucket as usize / 32].0 |= 1 << (bucket % 32);
        }
        let mut sum = 0;
        for (bits, before) in &mut groups {
            *before = sum;
            sum += bits.count_ones();
        }
        Self { groups }
    }

    /// Whether the piece is kept.
    #[inline]
    pub(super) fn has(&self, bucket: u32) -> bool {
        self.groups[bucket as usize / 32].0 >> (bucket % 32) & 1 == 1
    }

    /// The row of a piece that is kept.
    #[inline]
    pub(super) fn row(&self, bucket: u32) -> u32 {
        let (bits, before) = self.groups[bucket as usize / 32];
        before + (bits & ((1 << (bucket % 32)) - 1)).count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_hash_and_others_are_not() {
        let hash = |n: u64| (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let keys: Vec<u8> = (0..1000).flat_map(|n| key(hash(n))).collect();
        let index = WordIndex::new(&keys);
        assert!((0..1000).all(|n| index.row(hash(n)) == Some(n as usize)));
        assert!((1000..9000).all(|n| index.row(hash(n)).is_none()));
        assert_eq!(WordIndex::new(&[]).row(hash(0)), None);
    }

    #[test]
    fn pieces_are_numbered_by_bucket() {
        let index = PieceIndex::new(&[3, 64, 70, 4_000_000]);
        assert_eq!([3, 64, 70, 4_000_000].map(|bucket| index.row(bucket)), [0, 1, 2, 3]);
        assert!(index.has(64) && index.has(4_000_000) && !index.has(65) && !index.has(0));
    }
}
