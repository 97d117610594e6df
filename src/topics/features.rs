//! What a model sees of a word: the hashed word itself, its parts at hyphens, and pieces of it.
//!
//! Pieces of three to six letters are there because German writes compounds as one word: a model that has learned
//! `Pflegeversicherung` then knows something about `Pflegegrad` and `Rentenversicherungsbeitrag`. `Shape` says which
//! of these a model uses, so that what each is worth can be measured.

/// Features are hashed into 2 to the power of this many buckets; of these a model keeps the telling ones.
pub(super) const BUCKET_BITS: u32 = 22;
/// Number of buckets.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;
/// A word longer than this many bytes gives pieces of its beginning only.
const MAX_PIECES: usize = 80;

/// Hashes begin differently for words and pieces. They are part of the model's format: never change them.
const WORD_SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PIECE_SEED: u64 = 0xA24B_AED4_963E_E407;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// Which features a word has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// Shortest and longest piece, in bytes of the folded word with a mark at both ends; none where the longest is 0.
    pub shortest: u8,
    pub longest: u8,
    /// Whether the parts of a hyphen compound count as words too.
    pub parts: bool,
    /// Weight of a piece beside that of a word.
    pub piece_weight: f32,
}

impl Shape {
    /// Calls `add` with bucket and weight of each feature of a folded word.
    pub(super) fn features(self, form: &str, mut add: impl FnMut(u32, f32)) {
        add(bucket(word_hash(form.as_bytes())), 1.0);
        let compound = is_compound(form);
        for part in parts(form) {
            if compound && self.parts {
                add(bucket(word_hash(part.as_bytes())), 1.0);
            }
            self.pieces(part.as_bytes(), |bucket| add(bucket, self.piece_weight));
        }
    }

    /// Calls `add` with the bucket of each piece of a part of a word.
    #[inline]
    pub(super) fn pieces(self, part: &[u8], mut add: impl FnMut(u32)) {
        let (shortest, longest) = (usize::from(self.shortest.max(1)), usize::from(self.longest));
        // `<part>`: a piece knows whether it begins or ends the word.
        let mut marked = [b'>'; MAX_PIECES + 2];
        let length = part.len().min(MAX_PIECES);
        marked[0] = b'<';
        marked[1..=length].copy_from_slice(&part[..length]);
        let marked = &marked[..length + 2];
        for start in 0..marked.len() {
            let mut hash = PIECE_SEED;
            for (at, byte) in (1..).zip(&marked[start..marked.len().min(start + longest)]) {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
                if at >= shortest {
                    add(bucket(hash));
                }
            }
        }
    }
}

/// The parts of a folded word at hyphens and other marks inside.
pub(super) fn parts(form: &str) -> impl Iterator<Item = &str> {
    form.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1)
}

/// Whether a folded word has parts.
pub(super) fn is_compound(form: &str) -> bool {
    form.contains(|c: char| !c.is_alphanumeric())
}

/// The hash of a folded word (FNV-1a).
pub(super) fn word_hash(form: &[u8]) -> u64 {
    form.iter().fold(WORD_SEED, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

/// The upper bits of the mixed hash; the lower ones of FNV are weak.
pub(super) fn bucket(hash: u64) -> u32 {
    ((hash ^ hash >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BUCKET_BITS)) as u32
}

/// What a word that stands `count` times weighs: ever less with each time.
pub(super) fn damped(count: f32) -> f32 {
    // Most words stand once, or once in the headline; a logarithm takes as long as all else that is done for a word.
    if count <= 1.0 {
        1.0
    } else if count <= 2.0 {
        1.0 + std::f32::consts::LN_2
    } else {
        1.0 + count.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { shortest: 3, longest: 6, parts: true, piece_weight: 0.5 };

    fn features(form: &str) -> Vec<u32> {
        let mut all = Vec::new();
        SHAPE.features(form, |bucket, _| all.push(bucket));
        all
    }

    #[test]
    fn compounds_share_pieces() {
        let one = features("pflegeversicherung");
        let shared = features("pflegeversicherungsbeitrag").iter().filter(|bucket| one.contains(bucket)).count();
        assert!(shared > 40, "{shared}");
        assert!(features("kfz").iter().all(|bucket| !one.contains(bucket)));
    }

    #[test]
    fn parts_of_a_hyphen_compound_are_words() {
        assert!(features("ozg-umsetzung").contains(&features("umsetzung")[0]));
    }

    #[test]
    fn hashes_never_change() {
        assert_eq!(bucket(word_hash(b"verkehr")), 1_046_057);
        assert_eq!(features("bahn").len(), 1 + 4 + 3 + 2 + 1);
    }

    #[test]
    fn endless_words_end() {
        assert!(features(&"a".repeat(1_000_000)).len() < 400);
    }
}
