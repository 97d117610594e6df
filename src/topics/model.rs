//! A trained model: which areas a text is about, and which of its words say so.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::calibrate::{calibrate, cross_validate};
use super::error::{ModelError, TrainError};
use super::evaluate::Figures;
use super::format::{self, Head, Places};
use super::index::{PieceIndex, WordIndex};
use super::train::{Example, NEEDED};
use super::words::Scratch;
use crate::text::tokens_into;

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
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) head: Head,
    pub(super) places: Places,
    /// Topic id and name of each label.
    pub(super) names: Vec<(Arc<str>, Arc<str>)>,
    pub(super) words: WordIndex,
    pub(super) pieces: PieceIndex,
    fingerprint: u64,
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
        let (head, places, buckets) = format::read(&bytes)?;
        let names = head.labels.iter().map(|label| (label.topic.as_str().into(), label.name.as_str().into()));
        let names = names.collect();
        let words = WordIndex::new(&bytes[places.keys..places.heads]);
        let pieces = PieceIndex::new(&buckets);
        // Behind magic and version stands the checksum of all the rest.
        let fingerprint =
            bytes.get(12..20).map_or(0, |sum| sum.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
        Ok(Self { bytes, head, places, names, words, pieces, fingerprint })
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
        Self::from_bytes(std::fs::read(path).map_err(|error| ModelError::unread(path, &error))?)
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
        Ok((Self::from_bytes(format::write(&head, &self.bytes[self.places.keys..]))?, figures))
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
