//! A trained model: which areas a text is about, and which of its words say so.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::calibrate::{calibrate, cross_validate};
use super::error::{ModelError, TrainError};
use super::evaluate::Figures;
use super::features::{BUCKETS, damped};
use super::format::{self, Head, Label, Places};
use super::train::{Example, NEEDED};
use super::words::{Memory, Scratch};
use crate::document::{Token, TopicScore, TopicTerm};
use crate::text::tokens_into;

/// A document gets at most this many topics of a model.
const MAX_GIVEN: usize = 4;
/// The length of the vector of a text. Where it is 1, a price of errors is needed that is a hundred times as high.
pub(super) const LENGTH: f32 = 2.0;
/// Of a text with fewer known words than this (a headline) little can be said.
const FEW_WORDS: usize = 5;
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
    fingerprint: u64,
}

/// What speaks for and against a label.
///
/// ```
/// use ressort::topics::{Model, Scratch};
/// let nothing = Model::embedded()?.explain("", &[], &mut Scratch::default());
/// assert!(nothing.iter().all(|label| label.terms.is_empty() && label.base < 0.0));
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Topic id.
    pub topic: Arc<str>,
    /// Name of the topic.
    pub label: Arc<str>,
    /// Probability.
    pub score: f32,
    /// Log-odds of a text that says nothing.
    pub base: f32,
    /// All words of the text, each once, and what each adds to the log-odds: the strongest for the topic first, the
    /// strongest against it last.
    pub terms: Vec<TopicTerm>,
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

    /// The built-in model of digital topics.
    ///
    /// # Errors
    /// Only where the program was built with a damaged model.
    ///
    /// ```
    /// let model = ressort::topics::Model::embedded_digital()?;
    /// assert!(model.labels().all(|(topic, _)| topic.starts_with("digital/")));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn embedded_digital() -> Result<Self, ModelError> {
        Self::from_bytes(&include_bytes!("../../models/digital.bin")[..])
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
        let names = head.labels.iter().map(|label| (label.topic.as_str().into(), label.name.as_str().into()));
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
        // Behind magic and version stands the checksum of all the rest.
        let fingerprint =
            bytes.get(12..20).map_or(0, |sum| sum.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
        Ok(Self { bytes, head, places, names, kept, fingerprint })
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
    /// assert!(ressort::topics::Model::embedded()?.as_bytes().len() < 10_000_000);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A number that is another for another model (the checksum in its file), so that a run can say what made it.
    ///
    /// ```
    /// # use ressort::topics::Model;
    /// assert_eq!(Model::embedded()?.fingerprint(), Model::embedded()?.fingerprint());
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
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

    /// The topics of a text, best first, with the words that speak for them.
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
        scratch.read(text, tokens);
        self.topics_read(text, tokens, scratch)
    }

    /// [`Model::topics`] of a text whose words were read.
    pub(super) fn topics_read(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        let mut probabilities = Vec::with_capacity(self.names.len());
        let factor = self.weigh(scratch, &mut probabilities);
        let explained = self.decide_read(&probabilities, scratch).into_iter().map(|label| TopicScore {
            topic: self.names[label].0.clone(),
            label: self.names[label].1.clone(),
            score: probabilities[label],
            terms: self.terms(label, text, tokens, scratch, factor),
        });
        explained.collect()
    }

    /// [`Model::decide`], and more careful where little of the text is known: then only what is more likely than not.
    pub(super) fn decide_read(&self, probabilities: &[f32], scratch: &Scratch) -> Vec<usize> {
        let known = scratch.distinct.iter().filter(|word| self.word_row(scratch.hash(**word)).is_some());
        let few = known.take(FEW_WORDS).count();
        if few == 0 {
            Vec::new()
        } else if few < FEW_WORDS {
            decide(probabilities, |label| self.head.labels[label].threshold.max(0.5), 0.5)
        } else {
            self.decide(probabilities)
        }
    }

    /// Everything that speaks for and against each label, in the order of [`Model::labels`].
    ///
    /// The model is linear: the weights of the terms and the base add up to the log-odds of the score, exactly.
    ///
    /// ```
    /// use ressort::text::tokens;
    /// use ressort::topics::{Model, Scratch};
    /// let text = "Mehr Personal in der Altenpflege";
    /// for label in Model::embedded()?.explain(text, &tokens(text), &mut Scratch::default()) {
    ///     let sum: f32 = label.terms.iter().map(|term| term.weight).sum();
    ///     assert!((label.base + sum - (label.score / (1.0 - label.score)).ln()).abs() < 1e-3);
    /// }
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<Explanation> {
        let mut probabilities = Vec::new();
        scratch.read(text, tokens);
        let factor = self.weigh(scratch, &mut probabilities);
        let explanation = |(label, score): (usize, &f32)| {
            let Label { slope, bias, offset, .. } = self.head.labels[label];
            let mut terms = self.credits(label, text, tokens, scratch, factor, false);
            terms.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            Explanation {
                topic: self.names[label].0.clone(),
                label: self.names[label].1.clone(),
                score: *score,
                base: slope * bias + offset,
                terms,
            }
        };
        probabilities.iter().enumerate().map(explanation).collect()
    }

    /// The same model with probabilities and thresholds fitted to other examples, later ones than it was trained on; and
    /// how good it is on them: half of them are judged by what was chosen on the other half. What counts for and
    /// against a topic stays as it is.
    ///
    /// # Errors
    /// Where no example has labels.
    ///
    /// ```
    /// use ressort::topics::{Model, TrainError};
    /// assert_eq!(Model::embedded()?.calibrated(&[]).unwrap_err(), TrainError::TooFew { found: 0, needed: 20 });
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn calibrated(&self, examples: &[Example]) -> Result<(Self, Figures), TrainError> {
        let (mut margins, mut gold) = (Vec::new(), Vec::new());
        let (mut scratch, mut tokens, mut likely) = (Scratch::default(), Vec::new(), Vec::new());
        for example in examples {
            let Some(labels) = &example.labels else { continue };
            tokens_into(&example.text, &mut tokens);
            scratch.read(&example.text, &tokens);
            let factor = self.weigh(&mut scratch, &mut likely);
            let labels_of_model = self.head.labels.iter().zip(&scratch.sums);
            margins.push(labels_of_model.map(|(label, sum)| sum * factor + label.bias).collect::<Vec<f32>>());
            let number = |name: &String| self.head.labels.iter().position(|label| label.name == *name);
            gold.push(labels.iter().filter_map(number).map(|label| label as u16).collect::<Vec<u16>>());
        }
        if gold.len() < NEEDED {
            return Err(TrainError::TooFew { found: gold.len(), needed: NEEDED });
        }
        let gold: Vec<&[u16]> = gold.iter().map(Vec::as_slice).collect();
        let chosen = calibrate(&margins, &gold, self.names.len());
        let figures =
            cross_validate(&margins, &gold, self.head.labels.iter().map(|label| label.name.clone()).collect());
        let mut head = self.head.clone();
        head.fallback = chosen.fallback;
        for ((label, fit), threshold) in head.labels.iter_mut().zip(&chosen.platt).zip(&chosen.thresholds) {
            (label.slope, label.offset, label.threshold) = (fit.slope, fit.offset, *threshold);
        }
        let bits: Vec<u64> = self.kept.iter().map(|(bits, _)| *bits).collect();
        let idf = &self.bytes[self.places.idf..self.places.weights];
        let weights: Vec<i8> = self.bytes[self.places.weights..].iter().map(|weight| weight.cast_signed()).collect();
        Ok((Self::from_bytes(format::write(&head, &bits, idf, &weights))?, figures))
    }

    /// Probabilities of a text whose words were read; returns the factor that brings its sums to length 1.
    pub(super) fn weigh(&self, scratch: &mut Scratch, probabilities: &mut Vec<f32>) -> f32 {
        let memory = self.remember(scratch);
        let (labels, stride) = (self.names.len(), self.stride());
        let mut sums_of_text = std::mem::take(&mut scratch.sums);
        let lanes = &scratch.memories[memory].lanes;
        sums_of_text.clear();
        sums_of_text.resize(stride, 0.0);
        let mut square = 0.0;
        for word in &scratch.distinct {
            let times = damped(scratch.count(*word));
            let lanes = &lanes[*word as usize * stride..][..stride];
            for (sums, lanes) in sums_of_text.as_chunks_mut::<8>().0.iter_mut().zip(lanes.as_chunks::<8>().0) {
                for (sum, lane) in sums.iter_mut().zip(lanes) {
                    *sum += times * lane;
                }
            }
            square += times * times * lanes[labels];
        }
        let factor = LENGTH / square.sqrt().max(1e-6);
        probabilities.clear();
        let margins = self.head.labels.iter().zip(&sums_of_text);
        probabilities
            .extend(margins.map(|(label, sum)| sigmoid(label.slope * (sum * factor + label.bias) + label.offset)));
        scratch.sums = sums_of_text;
        factor
    }

    /// One lane for each label, one for the square of the word's length, and up to a multiple of eight.
    fn stride(&self) -> usize {
        (self.names.len() + 1).next_multiple_of(8)
    }

    /// Works out the lanes of the words that were not met before; returns which memory holds them.
    fn remember(&self, scratch: &mut Scratch) -> usize {
        let memory = scratch.memories.iter().position(|memory| memory.model == self.fingerprint);
        let memory = memory.unwrap_or_else(|| {
            scratch.memories.push(Memory { model: self.fingerprint, lanes: Vec::new(), filled: Vec::new() });
            scratch.memories.len() - 1
        });
        let stride = self.stride();
        let Memory { mut lanes, mut filled, .. } = std::mem::replace(
            &mut scratch.memories[memory],
            Memory { model: self.fingerprint, lanes: Vec::new(), filled: Vec::new() },
        );
        for word in &scratch.distinct {
            let at = *word as usize;
            if filled.get(at) != Some(&true) {
                if filled.len() <= at {
                    filled.resize(at + 1, false);
                    lanes.resize((at + 1) * stride, 0.0);
                }
                self.fill(scratch.form(*word), &mut lanes[at * stride..][..stride]);
                filled[at] = true;
            }
        }
        scratch.memories[memory] = Memory { model: self.fingerprint, lanes, filled };
        memory
    }

    /// What a word adds to each label, standing once in a text of length 1, and the square of its own length.
    fn fill(&self, form: &str, lanes: &mut [f32]) {
        let labels = self.names.len();
        self.head.shape.features(form, |bucket, weight| {
            if let Some(row) = self.row_of(bucket) {
                let value = weight * self.idf(row);
                for (lane, packed) in lanes.iter_mut().zip(self.row(row)) {
                    *lane += value * unpack(*packed);
                }
                lanes[labels] += value * value;
            }
        });
        for (lane, label) in lanes.iter_mut().zip(&self.head.labels) {
            *lane *= label.scale;
        }
    }

    /// What each distinct word of the text adds to the log-odds of a label.
    fn credits(
        &self,
        label: usize,
        text: &str,
        tokens: &[Token],
        scratch: &Scratch,
        factor: f32,
        only_telling: bool,
    ) -> Vec<TopicTerm> {
        let Some(memory) = scratch.memories.iter().find(|memory| memory.model == self.fingerprint) else {
            return Vec::new();
        };
        let stride = self.stride();
        let factor = factor * self.head.labels[label].slope;
        let mut found: Vec<(f32, u32)> = scratch
            .distinct
            .iter()
            .map(|word| (damped(scratch.count(*word)) * memory.lanes[*word as usize * stride + label] * factor, *word))
            .filter(|(weight, word)| !only_telling || *weight > 0.0 && !self.is_common(scratch.hash(*word)))
            .collect();
        if only_telling {
            // By weight; a stable sort keeps the order of the text where weights agree.
            found.sort_by(|a, b| b.0.total_cmp(&a.0));
            found.truncate(MAX_TERMS);
        }
        let term = |(weight, word): (f32, u32)| {
            let occurrence = scratch.occurrences.iter().find(|occurrence| occurrence.1 == word);
            let text = occurrence.map_or("", |(token, _)| tokens[*token as usize].span.of(text));
            TopicTerm { text: text.to_owned(), weight }
        };
        found.into_iter().map(term).collect()
    }

    /// The words that added most to a label, as they stand in the text.
    pub(super) fn terms(
        &self,
        label: usize,
        text: &str,
        tokens: &[Token],
        scratch: &Scratch,
        factor: f32,
    ) -> Vec<TopicTerm> {
        self.credits(label, text, tokens, scratch, factor, true)
    }

    fn is_common(&self, word_hash: u64) -> bool {
        let share = self.head.labels.len().clamp(2, COMMON_SHARE) as f32;
        self.word_row(word_hash).is_some_and(|row| self.idf(row) < 1.0 + share.ln())
    }

    fn word_row(&self, word_hash: u64) -> Option<u32> {
        self.row_of(super::features::bucket(word_hash))
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
    given.truncate(MAX_GIVEN);
    if given.is_empty() {
        given.extend((0..probabilities.len()).min_by(best_first).filter(|best| probabilities[*best] >= fallback));
    }
    given
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
