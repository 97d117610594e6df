//! The bytes of a model.
//!
//! All numbers are little-endian: magic (8 bytes), version (u32), checksum of all that follows (u64), number of labels
//! (u16), rows (u32), shortest and longest piece (u8 each), whether parts of hyphen compounds count and
//! whether newer words do as older ones (u8 each), weight of a piece (f32), fallback (f32), number of examples (u32), last day (string); for each label its topic id and name (strings),
//! scale, bias, slope, offset, threshold (f32 each); the kept buckets (one bit each), the rarity of each row (u8), the
//! weights (i8, row by row). A string is a u16 length and UTF-8.
//!
//! History: version 1 had pairs of words and one length for each group of features; version 2 keeps what a word adds
//! apart from the text around it.

use super::error::ModelError;
use super::features::{BUCKETS, Shape};

const MAGIC: &[u8; 8] = b"ressort\x01";
const VERSION: u32 = 2;
const MAX_LABELS: usize = 1000;
/// Rarity is kept in steps: 1 is that of a feature in every document.
const IDF_STEP: f32 = 0.05;
/// Behind magic, version and checksum.
const HEADER: usize = 8 + 4 + 8;

/// A label as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub topic: String,
    pub name: String,
    /// Weight of a step; see [`super::model::unpack`].
    pub scale: f32,
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
    pub rows: usize,
    pub shape: Shape,
    /// Probability from which the best label is given where none reaches its threshold.
    pub fallback: f32,
    pub examples: u32,
    pub last_day: String,
}

/// Where the large parts begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places {
    pub buckets: usize,
    pub idf: usize,
    pub weights: usize,
}

/// Packs a rarity.
pub(super) fn pack_idf(idf: f32) -> u8 {
    ((idf - 1.0) / IDF_STEP).round().clamp(0.0, 255.0) as u8
}

/// Unpacks a rarity.
pub(super) fn unpack_idf(packed: u8) -> f32 {
    1.0 + f32::from(packed) * IDF_STEP
}

/// Puts a model together.
pub(super) fn write(head: &Head, kept: &[u64], idf: &[u8], weights: &[i8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(weights.len() + idf.len() + BUCKETS / 8 + 4096);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&(head.labels.len() as u16).to_le_bytes());
    out.extend_from_slice(&(head.rows as u32).to_le_bytes());
    out.extend_from_slice(&[
        head.shape.shortest,
        head.shape.longest,
        u8::from(head.shape.parts),
        u8::from(head.shape.newer),
    ]);
    out.extend_from_slice(&head.shape.piece_weight.to_le_bytes());
    out.extend_from_slice(&head.fallback.to_le_bytes());
    out.extend_from_slice(&head.examples.to_le_bytes());
    write_string(&mut out, &head.last_day);
    for label in &head.labels {
        write_string(&mut out, &label.topic);
        write_string(&mut out, &label.name);
        for number in [label.scale, label.bias, label.slope, label.offset, label.threshold] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
    out.extend(kept.iter().flat_map(|word| word.to_le_bytes()));
    out.extend_from_slice(idf);
    out.extend(weights.iter().map(|weight| weight.cast_unsigned()));
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

/// Takes a model apart; whatever the bytes are, it ends with a model or an error.
pub(super) fn read(bytes: &[u8]) -> Result<(Head, Places), ModelError> {
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
    let rows = reader.u32()? as usize;
    if rows > BUCKETS {
        return Err(ModelError::Malformed("it has more rows than buckets"));
    }
    let [shortest, longest, parts, newer] = reader.array()?;
    let piece_weight = reader.number()?;
    let shape = Shape { shortest, longest, parts: parts != 0, piece_weight, newer: newer != 0 };
    let fallback = reader.number()?;
    let examples = reader.u32()?;
    let last_day = reader.string()?;
    let mut labels: Vec<Label> = Vec::with_capacity(label_count);
    for _ in 0..label_count {
        let label = Label {
            topic: reader.string()?,
            name: reader.string()?,
            scale: reader.number()?,
            bias: reader.number()?,
            slope: reader.number()?,
            offset: reader.number()?,
            threshold: reader.number()?,
        };
        labels.push(label);
    }
    let buckets = reader.skip(BUCKETS / 8)?;
    let kept: usize = bytes[buckets..reader.at].iter().map(|byte| byte.count_ones() as usize).sum();
    if kept != rows {
        return Err(ModelError::Malformed("its rows and buckets do not agree"));
    }
    let idf = reader.skip(rows)?;
    let weights = reader.skip(rows * label_count)?;
    if reader.at != bytes.len() {
        return Err(ModelError::Malformed("something follows its weights"));
    }
    Ok((Head { labels, rows, shape, fallback, examples, last_day }, Places { buckets, idf, weights }))
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
