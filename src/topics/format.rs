//! The bytes of a model.
//!
//! All numbers are little-endian: magic (8 bytes), version (u32), checksum of all that follows (u64), number of labels
//! (u16), words (u32), pieces (u32), shortest and longest piece, whether parts of hyphen compounds count (u8 each), weight
//! of a piece, step of all pieces, fallback (f32 each), number of examples (u32), last day (string); for each label its
//! topic id and name (strings), bias, slope, offset, threshold (f32 each). Then the words, the commonest first: upper 40
//! bits of each one's hash; step and squared length (u16 each) and flags (u8) of each; the lanes (i8) of each. Then the
//! pieces, by bucket: bytes of the list of buckets (u32), distance of each bucket from the one before (seven bits to a byte,
//! the lower ones first); the rarity (u8) of each; the lanes of each. Eight bytes of 0 end the file, so that any row can be
//! read eight lanes at a time. A string is a u16 length and UTF-8; a u16 of a step or length is the upper half of an f32.
//!
//! What is alike stands together, and lanes are no finer than they need be: that is what makes archives of the program
//! small, which deflate it.
//!
//! History: version 1 had pairs of words and one length for each group of features; version 2 kept what a word adds
//! apart from the text around it; version 3 held that sum for each common word, and pieces for all others alone; version
//! 4 keeps lanes coarser and apart from what belongs to them.

use super::error::ModelError;
use super::features::{BUCKETS, Shape};

const MAGIC: &[u8; 8] = b"ressort\x01";
const VERSION: u32 = 4;
const MAX_LABELS: usize = 1000;
/// Words are numbered in 24 bits.
pub(super) const MAX_WORDS: usize = (1 << 24) - 1;
/// Rarity is kept in steps: 1 is that of a feature in every document.
const IDF_STEP: f32 = 0.05;
/// Behind magic, version and checksum.
const HEADER: usize = 8 + 4 + 8;
/// Bytes of the hash of a word.
pub(super) const KEY: usize = 5;
/// The upper half of 2 to the power of 20, far beyond what training gives.
const MAX_HALF: u16 = 0x4980;

/// A label as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub topic: String,
    pub name: String,
    pub bias: f32,
    /// Slope and offset by which a margin becomes log-odds.
    pub slope: f32,
    pub offset: f32,
    /// Probability from which the label is given.
    pub threshold: f32,
}

/// All but the large parts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub labels: Vec<Label>,
    pub words: usize,
    pub pieces: usize,
    pub shape: Shape,
    /// What one of the steps is worth by which the lanes of pieces are counted.
    pub piece_step: f32,
    /// Probability from which the best label is given where none reaches its threshold.
    pub fallback: f32,
    pub examples: u32,
    pub last_day: String,
}

/// Where the large parts begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places {
    pub keys: usize,
    /// Steps, squares and flags of the words, and their lanes.
    pub heads: usize,
    pub words: usize,
    /// Rarities of the pieces, and their lanes.
    pub rarities: usize,
    pub pieces: usize,
}

/// Bytes of what belongs to a word: step, square, flags.
pub(super) const WORD_HEAD: usize = 5;
/// Rows can be read up to a multiple of so many lanes.
pub(super) const TOGETHER: usize = 8;

/// The large parts as they stand in the file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub keys: Vec<u8>,
    pub heads: Vec<u8>,
    pub words: Vec<u8>,
    pub buckets: Vec<u32>,
    pub rarities: Vec<u8>,
    pub pieces: Vec<u8>,
}

impl Rows {
    /// One behind the other, from the keys on.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut buckets = Vec::with_capacity(self.buckets.len() * 2);
        let mut before = 0;
        for bucket in &self.buckets {
            let mut distance = bucket - before;
            before = *bucket;
            while distance >= 0x80 {
                buckets.push(distance as u8 | 0x80);
                distance >>= 7;
            }
            buckets.push(distance as u8);
        }
        let length = (buckets.len() as u32).to_le_bytes();
        let (words, pieces) = ([&*self.keys, &self.heads, &self.words], [&*self.rarities, &self.pieces]);
        [words.concat(), [length.as_slice(), &buckets].concat(), pieces.concat(), vec![0; TOGETHER]].concat()
    }
}

/// Packs a rarity.
pub(super) fn pack_idf(idf: f32) -> u8 {
    ((idf - 1.0) / IDF_STEP).round().clamp(0.0, 255.0) as u8
}

/// Unpacks a rarity.
pub(super) fn unpack_idf(packed: u8) -> f32 {
    1.0 + f32::from(packed) * IDF_STEP
}

/// The upper half of a number that is not below 0, rounded up.
pub(super) fn pack_half(number: f32) -> u16 {
    ((number.max(0.0).to_bits().saturating_add(0xFFFF)) >> 16).min(u32::from(MAX_HALF) - 1) as u16
}

/// The number of an upper half.
pub(super) fn unpack_half(bytes: [u8; 2]) -> f32 {
    f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16)
}

/// Packs numbers into steps (i8), of which the largest has 127 or fewer, for no step is below `least`; returns the upper
/// half of a step.
pub(super) fn pack_lanes<'o>(lanes: &[f32], least: f32, out: impl Iterator<Item = &'o mut u8>) -> u16 {
    let largest = lanes.iter().fold(0.0_f32, |largest, lane| largest.max(lane.abs()));
    let step = pack_half((largest / 127.0).max(least));
    let steps = 1.0 / unpack_half(step.to_le_bytes()).max(f32::MIN_POSITIVE);
    for (out, lane) in out.zip(lanes) {
        // Rounds to the nearest, and needs no call as `round` does.
        *out = ((lane * steps + 0.5_f32.copysign(*lane)).clamp(-127.0, 127.0) as i8).cast_unsigned();
    }
    step
}

/// Puts a model together from its head and its large parts.
pub(super) fn write(head: &Head, rows: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() + 4096);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&(head.labels.len() as u16).to_le_bytes());
    out.extend_from_slice(&(head.words as u32).to_le_bytes());
    out.extend_from_slice(&(head.pieces as u32).to_le_bytes());
    let Shape { shortest, longest, parts, piece_weight } = head.shape;
    out.extend_from_slice(&[shortest, longest, u8::from(parts)]);
    for number in [piece_weight, head.piece_step, head.fallback] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&head.examples.to_le_bytes());
    write_string(&mut out, &head.last_day);
    for label in &head.labels {
        write_string(&mut out, &label.topic);
        write_string(&mut out, &label.name);
        for number in [label.bias, label.slope, label.offset, label.threshold] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
    out.extend_from_slice(rows);
    let sum = checksum(&out[HEADER..]);
    out[12..HEADER].copy_from_slice(&sum.to_le_bytes());
    out
}

fn write_string(out: &mut Vec<u8>, text: &str) {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    out.extend_from_slice(&(end as u16).to_le_bytes());
    out.extend_from_slice(&text.as_bytes()[..end]);
}

/// Takes a model apart; whatever the bytes are, it ends with a model or an error. Gives the buckets of the pieces too.
pub(super) fn read(bytes: &[u8]) -> Result<(Head, Places, Vec<u32>), ModelError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ModelError::NoModel);
    }
    let mut reader = Reader { bytes, at: MAGIC.len() };
    let version = reader.u32()?;
    if version != VERSION {
        return Err(ModelError::Version { found: version, known: VERSION });
    }
    let sum = u64::from_le_bytes(reader.array()?);
    if sum != checksum(&bytes[reader.at..]) {
        return Err(ModelError::Checksum);
    }
    let label_count = usize::from(u16::from_le_bytes(reader.array()?));
    if label_count == 0 || label_count > MAX_LABELS {
        return Err(ModelError::Malformed("its number of labels is not 1 to 1000"));
    }
    let (words, pieces) = (reader.u32()? as usize, reader.u32()? as usize);
    if words > MAX_WORDS || pieces > BUCKETS {
        return Err(ModelError::Malformed("it has too many words or pieces"));
    }
    let [shortest, longest, parts] = reader.array()?;
    let piece_weight = reader.number()?;
    let shape = Shape { shortest, longest, parts: parts != 0, piece_weight };
    let (piece_step, fallback) = (reader.number()?, reader.number()?);
    let examples = reader.u32()?;
    let last_day = reader.string()?;
    let mut labels: Vec<Label> = Vec::with_capacity(label_count);
    for _ in 0..label_count {
        let label = Label {
            topic: reader.string()?,
            name: reader.string()?,
            bias: reader.number()?,
            slope: reader.number()?,
            offset: reader.number()?,
            threshold: reader.number()?,
        };
        labels.push(label);
    }
    let keys = reader.skip(words * KEY)?;
    let heads = reader.heads(words)?;
    let word_lanes = reader.skip(words * label_count)?;
    let length = reader.u32()? as usize;
    let from = reader.skip(length)?;
    let buckets = buckets(&bytes[from..from + length], pieces)?;
    let rarities = reader.skip(pieces)?;
    let piece_lanes = reader.skip(pieces * label_count)?;
    if reader.skip(TOGETHER)? + TOGETHER != bytes.len() {
        return Err(ModelError::Malformed("something follows its weights"));
    }
    let head = Head { labels, words, pieces, shape, piece_step, fallback, examples, last_day };
    Ok((head, Places { keys, heads, words: word_lanes, rarities, pieces: piece_lanes }, buckets))
}

/// The buckets of a list of distances.
fn buckets(bytes: &[u8], count: usize) -> Result<Vec<u32>, ModelError> {
    let wrong = ModelError::Malformed("its list of pieces is broken");
    let mut buckets = Vec::with_capacity(count.min(bytes.len()));
    let (mut bucket, mut distance, mut shift) = (0_u32, 0_u32, 0);
    for byte in bytes {
        if shift > 21 {
            return Err(wrong);
        }
        distance |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            bucket = bucket.saturating_add(distance);
            let rises = buckets.last().is_none_or(|last| *last < bucket);
            if !rises || bucket as usize >= BUCKETS {
                return Err(wrong);
            }
            buckets.push(bucket);
            (distance, shift) = (0, 0);
        }
    }
    if buckets.len() == count && shift == 0 { Ok(buckets) } else { Err(wrong) }
}

/// FNV-1a over words of eight bytes, which is fast enough to be checked at every start.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(0xCBF2_9CE4_8422_2325, |hash, word| step(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(step(hash, bytes.len() as u64), |hash, byte| step(hash, u64::from(*byte)))
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    /// Moves on by `length` bytes and says where they begin.
    fn skip(&mut self, length: usize) -> Result<usize, ModelError> {
        let from = self.at;
        let to = from.checked_add(length).filter(|to| *to <= self.bytes.len());
        self.at = to.ok_or(ModelError::Malformed("it ends too early"))?;
        Ok(from)
    }

    /// Moves on by the heads of so many words, none of whose steps and squares is too large.
    fn heads(&mut self, count: usize) -> Result<usize, ModelError> {
        let from = self.skip(count * WORD_HEAD)?;
        let too_large = |head: &[u8]| [0, 2].iter().any(|at| u16::from_le_bytes([head[*at], head[at + 1]]) >= MAX_HALF);
        if self.bytes[from..self.at].chunks_exact(WORD_HEAD).any(too_large) {
            return Err(ModelError::Malformed("one of its numbers is none, or too large"));
        }
        Ok(from)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let from = self.skip(N)?;
        let mut array = [0; N];
        array.copy_from_slice(&self.bytes[from..self.at]);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn number(&mut self) -> Result<f32, ModelError> {
        let number = f32::from_le_bytes(self.array()?);
        // Far beyond what training gives, and far below where sums would overflow.
        if number.is_finite() && number.abs() < 1e6 {
            Ok(number)
        } else {
            Err(ModelError::Malformed("one of its numbers is none, or too large"))
        }
    }

    fn string(&mut self) -> Result<String, ModelError> {
        let length = usize::from(u16::from_le_bytes(self.array()?));
        let from = self.skip(length)?;
        let text = std::str::from_utf8(&self.bytes[from..self.at]);
        Ok(text.map_err(|_| ModelError::Malformed("one of its names is not UTF-8"))?.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_never_below_the_number() {
        for number in [0.0, 1e-9, 0.013, 1.0, 3.7, 900.5_f32] {
            let half = unpack_half(pack_half(number).to_le_bytes());
            assert!(half >= number && half <= number * 1.008, "{number} {half}");
        }
    }

    #[test]
    fn packed_lanes_are_off_by_half_a_step_at_most() {
        let (lanes, mut packed) = ([0.5, -3.2, 0.011, 0.0, 3.19], [0; 5]);
        let step = unpack_half(pack_lanes(&lanes, 0.0, packed.iter_mut()).to_le_bytes());
        for (lane, packed) in lanes.iter().zip(packed) {
            assert!((lane - step * f32::from(packed.cast_signed())).abs() <= step * 0.501, "{lane} {packed} {step}");
        }
        assert_eq!(pack_lanes(&[0.0, 0.0], 0.0, packed.iter_mut()), 0);
    }

    #[test]
    fn packed_lanes_are_no_finer_than_asked() {
        let mut packed = [0; 3];
        let step = unpack_half(pack_lanes(&[0.5, -0.24, 2.2], 0.5, packed.iter_mut()).to_le_bytes());
        assert_eq!((step, packed), (0.5, [1, 0, 4]));
    }

    #[test]
    fn broken_lists_of_pieces_are_refused() {
        assert_eq!(buckets(&[5, 0x80 | 3, 1], 2).ok(), Some(vec![5, 5 + 3 + 128]));
        for (bytes, count) in
            [(&[5, 0][..], 2), (&[5], 2), (&[0x80], 1), (&[0xFF; 9], 1), (&[0xFF, 0xFF, 0xFF, 0x7F, 1], 2)]
        {
            assert!(buckets(bytes, count).is_err(), "{bytes:?}");
        }
    }
}
