//! A trained model: which areas a text is about, and which of its words say so.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::error::ModelError;
use super::features::{BUCKETS, Feature, Scratch};
use super::format::{self, Head, Places};
use super::slug;
use crate::document::{Token, TopicScore, TopicTerm};
use crate::fingerprint::fnv1a;

/// A document gets at most this many areas.
const MAX_AREAS: usize = 4;
/// A topic is explained by at most this many terms.
pub(super) const MAX_TERMS: usize = 5;
/// Words in more than one document of so many explain nothing (`die`, `zur`); where there are fewer labels, words in
/// more than a label's equal share of the documents.
const COMMON_SHARE: usize = 7;

/// A linear model with one weight for each feature and label, and probabilities as its scores.
///
/// ```
/// use ressort::text::tokens;
/// use ressort::topics::{Model, Scratch};
///
/// let model = Model::embedded()?;
/// let text = "Ausbau der Schienenwege zwischen Leipzig und Dresden";
/// let topics = model.topics(text, &tokens(text), &mut Scratch::default());
/// assert_eq!(&*topics[0].topic, "area/verkehr");
/// assert_eq!(topics[0].terms[0].text, "Schienenwege");
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    head: Head,
    places: Places,
    /// Topic id and name of each label.
    names: Vec<(Arc<str>, Arc<str>)>,
    /// The kept buckets, 64 to a word, and how many are kept before the word.
    kept: Vec<(u64, u32)>,
}

impl Model {
    /// The built-in model of the areas (Sachgebiete) of the Bundestag's documentation.
    ///
    /// # Errors
    /// Only where the program was built with a damaged model.
    ///
    /// ```
    /// let model = ressort::topics::Model::embedded()?;
    /// assert_eq!(model.labels().count(), 28);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_bytes(&include_bytes!("../../models/areas.bin")[..])
    }

    /// Reads a model, and checks all of it.
    ///
    /// # Errors
    /// Where the bytes are no model, of another version, or damaged.
    ///
    /// ```
    /// use ressort::topics::Model;
    /// let bytes = Model::embedded()?.as_bytes().to_vec();
    /// assert!(Model::from_bytes(bytes).is_ok());
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        let (head, places) = format::read(&bytes)?;
        let names =
            head.labels.iter().map(|label| (format!("area/{}", slug(&label.name)).into(), label.name.as_str().into()));
        let names = names.collect();
        let mut before = 0;
        let (words, _) = bytes[places.buckets..places.buckets + BUCKETS / 8].as_chunks::<8>();
        let kept = words.iter().map(|word| {
            let bits = u64::from_le_bytes(*word);
            let entry = (bits, before);
            before += bits.count_ones();
            entry
        });
        let kept = kept.collect();
        Ok(Self { bytes, head, places, names, kept })
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// Where the file cannot be read or is no model.
    ///
    /// ```
    /// let error = ressort::topics::Model::from_file("no/such/file.bin").unwrap_err();
    /// assert!(error.to_string().contains("no/such/file.bin"));
    /// ```
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ModelError> {
        let path = path.as_ref();
        let error =
            |error: std::io::Error| ModelError::Read { path: path.display().to_string(), message: error.to_string() };
        Self::from_bytes(std::fs::read(path).map_err(error)?)
    }

    /// The bytes of the model file.
    ///
    /// ```
    /// assert!(ressort::topics::Model::embedded()?.as_bytes().len() < 8_000_000);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A number that is another for another model (FNV-1a of its bytes), so that a run can say what made it.
    ///
    /// ```
    /// # use ressort::topics::Model;
    /// assert_eq!(Model::embedded()?.fingerprint(), Model::embedded()?.fingerprint());
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        fnv1a(&self.bytes)
    }

    /// Topic id and name of each label.
    ///
    /// ```
    /// let model = ressort::topics::Model::embedded()?;
    /// assert!(model.labels().any(|label| label == ("area/oeffentliche-finanzen-steuern-und-abgaben", "Öffentliche Finanzen, Steuern und Abgaben")));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(topic, name)| (&**topic, &**name))
    }

    /// The probability from which each label is given, in the order of [`Model::labels`].
    ///
    /// ```
    /// let model = ressort::topics::Model::embedded()?;
    /// assert!(model.thresholds().all(|threshold| (0.0..=1.0).contains(&threshold)));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn thresholds(&self) -> impl Iterator<Item = f32> {
        self.head.labels.iter().map(|label| label.threshold)
    }

    /// How many examples it was trained on, and the latest of their days.
    ///
    /// ```
    /// let model = ressort::topics::Model::embedded()?;
    /// assert!(model.origin().1 < "2020-01-01");
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn origin(&self) -> (u32, &str) {
        (self.head.examples, &self.head.last_day)
    }

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
        self.margins(text, tokens, scratch);
        probabilities.clear();
        let labels = self.head.labels.iter().zip(&scratch.margins);
        probabilities.extend(labels.map(|(label, margin)| sigmoid(label.slope * margin + label.offset)));
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

    /// The areas of a text, best first, with the words that speak for them.
    ///
    /// ```
    /// use ressort::text::tokens;
    /// use ressort::topics::{Model, Scratch};
    /// let text = "Mehr Personal in der Altenpflege";
    /// let topics = Model::embedded()?.topics(text, &tokens(text), &mut Scratch::default());
    /// assert!(topics.iter().any(|topic| &*topic.topic == "area/gesundheit"));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn topics(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        let mut probabilities = Vec::with_capacity(self.names.len());
        self.probabilities(text, tokens, scratch, &mut probabilities);
        if scratch.features.is_empty() {
            return Vec::new();
        }
        let given = self.decide(&probabilities);
        let explained = given.into_iter().map(|label| TopicScore {
            topic: self.names[label].0.clone(),
            label: self.names[label].1.clone(),
            score: probabilities[label],
            terms: self.terms(label, text, tokens, scratch),
        });
        explained.collect()
    }

    /// Weighted sums, before they become probabilities.
    fn margins(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) {
        scratch.count(text, tokens, |bucket| self.row_of(bucket));
        scratch.weigh(self.head.group_weights, |row| self.idf(row));
        scratch.margins.clear();
        scratch.margins.resize(self.head.labels.len(), 0.0);
        for feature in &scratch.features {
            for (margin, packed) in scratch.margins.iter_mut().zip(self.row(feature.row)) {
                *margin += feature.value * unpack(*packed);
            }
        }
        for (margin, label) in scratch.margins.iter_mut().zip(&self.head.labels) {
            *margin = *margin * label.scale + label.bias;
        }
    }

    /// The words that added most to a label, as they stand in the text.
    fn terms(&self, label: usize, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicTerm> {
        let Scratch { words, hits, features, credit, .. } = scratch;
        let factor = self.head.labels[label].scale * self.head.labels[label].slope;
        credit.clear();
        credit.resize(words.len() + 1, 0.0);
        for feature in features.iter() {
            let Feature { group, row, value, hits: (from, to) } = *feature;
            let share = value * factor * unpack(self.row(row)[label]) / (to - from) as f32;
            for hit in &hits[from as usize..to as usize] {
                let word = *hit as u32 as usize;
                if group == 1 {
                    credit[word] += share / 2.0;
                    credit[word + 1] += share / 2.0;
                } else {
                    credit[word] += share;
                }
            }
        }
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_unstable_by_key(|word| (words[*word].1, *word));
        let same = order.chunk_by(|a, b| words[*a].1 == words[*b].1);
        let mut terms: Vec<(f32, usize)> = same
            .filter(|same| !self.is_common(words[same[0]].1))
            .map(|same| (same.iter().map(|word| credit[*word]).sum(), same[0]))
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        terms.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        terms.truncate(MAX_TERMS);
        let term = |(weight, word): (f32, usize)| {
            let token = &tokens[words[word].0 as usize];
            TopicTerm { text: token.span.of(text).to_owned(), weight }
        };
        terms.into_iter().map(term).collect()
    }

    fn is_common(&self, word_hash: u64) -> bool {
        let share = self.head.labels.len().clamp(2, COMMON_SHARE) as f32;
        self.row_of(super::features::bucket(word_hash)).is_some_and(|row| self.idf(row) < 1.0 + share.ln())
    }

    fn row_of(&self, bucket: u32) -> Option<u32> {
        let (bits, before) = self.kept[bucket as usize / 64];
        let bit = 1_u64 << (bucket % 64);
        (bits & bit != 0).then(|| before + (bits & (bit - 1)).count_ones())
    }

    fn row(&self, row: u32) -> &[u8] {
        let labels = self.head.labels.len();
        let from = self.places.weights + row as usize * labels;
        &self.bytes[from..from + labels]
    }

    fn idf(&self, row: u32) -> f32 {
        format::unpack_idf(self.bytes[self.places.idf + row as usize])
    }
}

/// A weight in steps of its label's scale. Steps grow with the weight, for most weights are small and matter still.
fn unpack(packed: u8) -> f32 {
    let step = f32::from(packed.cast_signed());
    step * step.abs()
}

/// The inverse of [`unpack`], for a weight over its label's scale.
pub(super) fn pack(weight: f32) -> i8 {
    (weight.abs().sqrt().round().min(127.0) * weight.signum()) as i8
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
    given.truncate(MAX_AREAS);
    if given.is_empty() {
        given.extend((0..probabilities.len()).min_by(best_first).filter(|best| probabilities[*best] >= fallback));
    }
    given
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
