//! What is counted, and the figures made of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::Kind;

/// Hits, misses and extras, from which precision, recall and F1 follow.
///
/// ```
/// use ressort::evaluate::Counts;
///
/// let counts = Counts { hit: 3, missed: 1, extra: 0 };
/// assert_eq!(counts.precision(), Some(1.0));
/// assert_eq!(counts.recall(), Some(0.75));
/// assert_eq!(Counts::default().f1(), None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(into = "CountsWithFigures")]
pub struct Counts {
    /// In the gold, and found.
    pub hit: u32,
    /// In the gold, but not found.
    pub missed: u32,
    /// Found, but not in the gold.
    pub extra: u32,
}

impl Counts {
    /// Share of what was found that is right; `None` where nothing was found.
    ///
    /// ```
    /// assert_eq!(ressort::evaluate::Counts { hit: 1, missed: 5, extra: 1 }.precision(), Some(0.5));
    /// ```
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.hit, self.hit + self.extra)
    }

    /// Share of the gold that was found; `None` where there is none.
    ///
    /// ```
    /// assert_eq!(ressort::evaluate::Counts { hit: 1, missed: 3, extra: 9 }.recall(), Some(0.25));
    /// ```
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.hit, self.hit + self.missed)
    }

    /// Harmonic mean of precision and recall; `None` where there is no gold and nothing was found.
    ///
    /// ```
    /// assert_eq!(ressort::evaluate::Counts { hit: 2, missed: 1, extra: 1 }.f1(), Some(2.0 / 3.0));
    /// ```
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.hit, 2 * self.hit + self.missed + self.extra)
    }

    /// Adds the counts of others.
    ///
    /// ```
    /// use ressort::evaluate::Counts;
    /// let mut counts = Counts { hit: 1, missed: 0, extra: 0 };
    /// counts.add(Counts { hit: 1, missed: 2, extra: 3 });
    /// assert_eq!(counts, Counts { hit: 2, missed: 2, extra: 3 });
    /// ```
    pub fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.missed += other.missed;
        self.extra += other.extra;
    }
}

/// How many of some things are as they should be.
///
/// ```
/// use ressort::evaluate::Share;
/// assert_eq!(Share { right: 1, of: 4 }.ratio(), Some(0.25));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(into = "ShareWithRatio")]
pub struct Share {
    /// How many are.
    pub right: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// The share; `None` of nothing.
    ///
    /// ```
    /// assert_eq!(ressort::evaluate::Share { right: 0, of: 0 }.ratio(), None);
    /// ```
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        ratio(self.right, self.of)
    }

    pub(super) fn count(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

/// Where the classes of confidence begin in [`Scores::confidence`]; the last goes up to 1.
pub const CONFIDENCE: [f32; 5] = [0.0, 0.6, 0.7, 0.8, 0.9];

/// All counts of some documents; see [the module](super) for what they mean.
///
/// ```
/// use ressort::evaluate::Scores;
/// let json = serde_json::to_value(Scores::default())?;
/// assert!(json["all"]["f1"].is_null());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Scores {
    /// Documents compared.
    pub documents: u32,
    /// Mentions, by the name of their kind.
    pub kinds: BTreeMap<&'static str, Counts>,
    /// Mentions of all kinds.
    pub all: Counts,
    /// Mentions of ministries, politicians, Länder and programmes.
    pub core: Counts,
    /// Mentions found whose entity is that of the gold.
    pub linking: Share,
    /// Offices found whose holder is that of the gold.
    pub holders: Share,
    /// Mentions by the confidence with which they were found, in the classes of [`CONFIDENCE`], and how many of them
    /// are right in place, kind and entity.
    pub confidence: [Share; CONFIDENCE.len()],
    /// Places that must not be found, and how many of them were.
    pub non_mentions_found: Share,
    /// Tokens.
    pub tokens: Counts,
    /// Sentences.
    pub sentences: Counts,
    /// First characters of sentences.
    pub sentence_starts: Counts,
    /// Documents in which everything but the tokens is as in the gold.
    pub wholly_right: Share,
}

impl Scores {
    /// Adds the counts of other documents.
    ///
    /// ```
    /// use ressort::evaluate::{Scores, Share};
    /// let mut scores = Scores { linking: Share { right: 1, of: 2 }, ..Scores::default() };
    /// scores.add(&scores.clone());
    /// assert_eq!(scores.linking, Share { right: 2, of: 4 });
    /// ```
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        for (kind, counts) in &other.kinds {
            self.kinds.entry(kind).or_default().add(*counts);
        }
        self.all.add(other.all);
        self.core.add(other.core);
        self.linking.add(other.linking);
        self.holders.add(other.holders);
        for (class, other) in self.confidence.iter_mut().zip(other.confidence) {
            class.add(other);
        }
        self.non_mentions_found.add(other.non_mentions_found);
        self.tokens.add(other.tokens);
        self.sentences.add(other.sentences);
        self.sentence_starts.add(other.sentence_starts);
        self.wholly_right.add(other.wholly_right);
    }

    /// Counts a mention that was found, under its confidence.
    pub(super) fn count_confidence(&mut self, confidence: f32, right: bool) {
        let class = CONFIDENCE.iter().rposition(|&from| confidence >= from).unwrap_or(0);
        self.confidence[class].count(right);
    }

    /// Counts mentions of one kind, and those of all kinds and of the core with them.
    pub(super) fn count(&mut self, kind: Kind, counts: Counts) {
        self.kinds.entry(kind.as_str()).or_default().add(counts);
        self.all.add(counts);
        if matches!(kind, Kind::Ministry | Kind::Politician | Kind::Land | Kind::Programme) {
            self.core.add(counts);
        }
    }
}

fn ratio(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// Four digits: enough to see one document among thousands, and the same on every machine.
fn rounded(figure: Option<f64>) -> Option<f64> {
    figure.map(|figure| (figure * 10_000.0).round() / 10_000.0)
}

#[derive(Serialize)]
struct CountsWithFigures {
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    hit: u32,
    missed: u32,
    extra: u32,
}

impl From<Counts> for CountsWithFigures {
    fn from(counts: Counts) -> Self {
        let Counts { hit, missed, extra } = counts;
        let figure = |figure: fn(Counts) -> Option<f64>| rounded(figure(counts));
        Self {
            precision: figure(Counts::precision),
            recall: figure(Counts::recall),
            f1: figure(Counts::f1),
            hit,
            missed,
            extra,
        }
    }
}

#[derive(Serialize)]
struct ShareWithRatio {
    ratio: Option<f64>,
    right: u32,
    of: u32,
}

impl From<Share> for ShareWithRatio {
    fn from(share: Share) -> Self {
        Self { ratio: rounded(share.ratio()), right: share.right, of: share.of }
    }
}
