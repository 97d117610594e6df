//! The same press release in ten places: exact and near duplicates.
//!
//! A text is reduced to a [`Sketch`]: a hash of its tokens, and the smallest hashes of its runs of three words in 32
//! bins (`MinHash` with one permutation: Li, Owen, Zhang, One Permutation Hashing, NIPS 2012; empty bins filled as in
//! Shrivastava, Optimal Densification, ICML 2017). The share of equal bins estimates the share of common runs (the
//! Jaccard index). Candidates share one of eight bands of four bins; of two texts with
//! 90 % common runs nearly all are candidates.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::document::{Token, TokenKind};

/// Bins of a sketch.
const BINS: usize = 32;
/// Bins that a candidate must share in one place.
const BAND: usize = 4;
/// Places for a band.
const BANDS: usize = BINS / BAND;
/// Bins of 32 that near duplicates share at least: an estimated seven eighths of their runs of three words.
const NEAR: usize = 28;
/// A text with fewer runs of three words has no near duplicates: questions to the government about August and about
/// October differ in one word, and are two.
const FEWEST_RUNS: u32 = 60;
/// Documents after which the older half is forgotten, so that memory stays bounded.
const REMEMBERED: usize = 1 << 18;
/// Candidates of one band that are looked at, the latest first: texts from a template may share a band by thousands.
const CANDIDATES: usize = 64;
/// The end of a chain of candidates.
const NONE: u32 = u32::MAX;

/// What a text is compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of all tokens; white space does not count.
    pub exact: u64,
    /// The bins; `None` where the text is too short.
    pub bins: Option<[u8; BINS]>,
}

impl Sketch {
    /// The sketch of a text with its tokens; `None` where there are none.
    ///
    /// ```
    /// use ressort::batch::Sketch;
    /// use ressort::text::tokens;
    ///
    /// let sketch = |text: &str| Sketch::of(text, &tokens(text)).expect("there are tokens");
    /// assert_eq!(sketch("Das BMDS\nlädt ein.").exact, sketch("Das BMDS lädt  ein.").exact);
    /// assert!(sketch("Das BMDS lädt ein.").bins.is_none());
    /// ```
    #[must_use]
    pub fn of(text: &str, tokens: &[Token]) -> Option<Self> {
        if tokens.is_empty() {
            return None;
        }
        let hasher = FxBuildHasher;
        let (mut exact, mut runs) = (0_u64, 0_u32);
        let mut least = [u32::MAX; BINS];
        let (mut first, mut second) = (0_u64, 0_u64);
        for token in tokens {
            let word = hasher.hash_one(token.span.of(text).as_bytes());
            exact = (exact.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
            if token.kind == TokenKind::Punctuation {
                continue;
            }
            if first != 0 {
                // Mixed so that bin and value do not depend on each other (the finalizer of `SplitMix64`).
                let mut run = first.rotate_left(40) ^ second.rotate_left(20) ^ word;
                run = (run ^ (run >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                run = (run ^ (run >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                let bin = (run >> 59) as usize;
                least[bin] = least[bin].min(run as u32);
                runs += 1;
            }
            (first, second) = (second, word | 1);
        }
        Some(Self { exact, bins: (runs >= FEWEST_RUNS).then(|| filled(&least)) })
    }
}

/// One byte per bin; an empty bin takes that of another, always the same for its place.
fn filled(least: &[u32; BINS]) -> [u8; BINS] {
    std::array::from_fn(|bin| {
        let mut from = bin;
        let mut step = 0_u64;
        while least[from] == u32::MAX {
            step += 1;
            from = FxBuildHasher.hash_one((bin as u64, step)) as usize % BINS;
        }
        // The low bytes of minima are biased towards small values, the bits mixed once more are not.
        (least[from].wrapping_mul(0x9e37_79b1) >> 24) as u8
    })
}

/// Tells which documents were seen before.
///
/// It remembers the last quarter to half million documents that were no duplicates.
#[derive(Debug, Default)]
pub struct Duplicates {
    young: Generation,
    old: Generation,
}

#[derive(Debug, Default)]
struct Generation {
    exact: FxHashMap<u64, u32>,
    /// The latest document with a band, by the band's hash.
    bands: FxHashMap<u32, u32>,
    /// The document before it with the same band.
    before: Vec<[u32; BANDS]>,
    bins: Vec<[u8; BINS]>,
    /// The ids one behind another, and where each ends.
    ids: String,
    ends: Vec<u32>,
}

impl Duplicates {
    /// The id of the first document of which this one is a duplicate; where there is none, this one is remembered.
    ///
    /// ```
    /// use ressort::batch::{Duplicates, Sketch};
    /// use ressort::text::tokens;
    ///
    /// let mut duplicates = Duplicates::default();
    /// let sketch = Sketch::of("Das BMDS lädt ein.", &tokens("Das BMDS lädt ein.")).expect("there are tokens");
    /// assert_eq!(duplicates.first_of("a", &sketch), None);
    /// assert_eq!(duplicates.first_of("b", &sketch), Some("a"));
    /// ```
    pub fn first_of(&mut self, id: &str, sketch: &Sketch) -> Option<&str> {
        if let Some(at) = self.young.find(sketch) {
            return Some(self.young.id(at));
        }
        if let Some(at) = self.old.find(sketch) {
            return Some(self.old.id(at));
        }
        self.remember(id, sketch);
        None
    }

    /// Adds a document that is known to be no duplicate.
    pub fn remember(&mut self, id: &str, sketch: &Sketch) {
        if self.young.ends.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.add(id, sketch);
    }
}

impl Generation {
    fn find(&self, sketch: &Sketch) -> Option<u32> {
        if let Some(&at) = self.exact.get(&sketch.exact) {
            return Some(at);
        }
        let bins = sketch.bins.as_ref()?;
        let near = |at: u32| self.bins[at as usize].iter().zip(bins).filter(|(a, b)| a == b).count() >= NEAR;
        let mut first = None;
        for (number, band) in bands(bins).enumerate() {
            let mut at = self.bands.get(&band).copied().unwrap_or(NONE);
            for _ in 0..CANDIDATES {
                if at == NONE {
                    break;
                }
                if near(at) {
                    first = Some(first.map_or(at, |first: u32| first.min(at)));
                }
                at = self.before[at as usize][number];
            }
        }
        first
    }

    fn add(&mut self, id: &str, sketch: &Sketch) {
        let at = self.ends.len() as u32;
        self.ids.push_str(id);
        self.ends.push(self.ids.len() as u32);
        self.exact.entry(sketch.exact).or_insert(at);
        self.bins.push(sketch.bins.unwrap_or_default());
        let mut before = [NONE; BANDS];
        for (number, band) in sketch.bins.iter().flat_map(bands).enumerate() {
            before[number] = self.bands.insert(band, at).unwrap_or(NONE);
        }
        self.before.push(before);
    }

    fn id(&self, at: u32) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.ids[start as usize..self.ends[at as usize] as usize]
    }
}

/// A key for each band, which depends also on which band it is.
fn bands(bins: &[u8; BINS]) -> impl Iterator<Item = u32> {
    bins.chunks_exact(BAND).zip(0_u8..).map(|band| FxBuildHasher.hash_one(band) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    const RELEASE: &str = "Das Bundesministerium für Digitales und Staatsmodernisierung hat heute den Entwurf eines \
        Gesetzes vorgelegt, das den Zugang zu Verwaltungsleistungen vereinfachen soll. Bürgerinnen und Bürger sollen \
        Anträge künftig mit wenigen Angaben stellen können; was der Staat schon weiß, fragt er nicht noch einmal ab. \
        Die Länder haben dem Vorhaben bereits im Frühjahr zugestimmt, offen ist noch die Verteilung der Kosten. \
        Der Bundestag berät den Entwurf voraussichtlich im Herbst, in Kraft treten soll er zum neuen Jahr.";

    fn sketch(text: &str) -> Sketch {
        Sketch::of(text, &tokens(text)).unwrap()
    }

    #[test]
    fn an_edited_release_is_a_duplicate_and_another_text_is_not() {
        let mut duplicates = Duplicates::default();
        assert_eq!(duplicates.first_of("a", &sketch(RELEASE)), None);
        let edited = format!("(Meldung) {}", RELEASE.replace("heute", "am Mittwoch"));
        assert_eq!(duplicates.first_of("b", &sketch(&edited)), Some("a"));
        let half: String = RELEASE.chars().take(230).chain("Mehr dazu im Dossier. ".repeat(9).chars()).collect();
        assert_eq!(duplicates.first_of("c", &sketch(&half)), None);
    }

    #[test]
    fn two_questions_that_differ_in_a_month_are_two() {
        let question = |month: &str| {
            format!(
                "Korrekturbitten des Auswärtigen Amts gegenüber Medien im {month} 2019 (Nachfrage zur Antwort der \
                 Bundesregierung auf die Kleine Anfrage auf Bundestagsdrucksache 19/7472, insgesamt zwei Einzelfragen)"
            )
        };
        let mut duplicates = Duplicates::default();
        assert_eq!(duplicates.first_of("a", &sketch(&question("August"))), None);
        assert_eq!(duplicates.first_of("b", &sketch(&question("Oktober"))), None);
    }

    #[test]
    fn short_texts_are_duplicates_only_of_the_same_words() {
        let mut duplicates = Duplicates::default();
        assert_eq!(duplicates.first_of("a", &sketch("Der Bundestag berät heute den Haushalt.")), None);
        assert_eq!(duplicates.first_of("b", &sketch("Der Bundestag berät morgen den Haushalt.")), None);
        assert_eq!(duplicates.first_of("c", &sketch("Der Bundestag berät\nheute den Haushalt.")), Some("a"));
    }
}
