//! What a text is about.
//!
//! `area/…` topics are the 28 areas (Sachgebiete) by which the documentation of the Bundestag files its papers; a
//! [`Model`] learned them from its indexers. `digital/…` topics are finer ones of digital policy: a second model learned
//! them from the keywords of the same papers, and their terms ([`Seeds`]) say what is newer than those. [`Topics`] gives
//! all; [`train`] makes a model of the user's own, and [`Seeds::from_table`] a tagger of a list of terms alone.

mod calibrate;
mod design;
mod error;
mod evaluate;
mod explain;
mod features;
mod format;
mod forms;
mod index;
mod model;
mod pack;
mod sections;
mod seed_search;
mod seeds;
mod solver;
mod train;
mod weigh;
mod words;

use std::cell::RefCell;
use std::path::Path;

use crate::document::{Document, Token, TopicScore};

pub use error::{ModelError, TrainError};
pub use evaluate::{Confusion, Counts, Figure, Figures, LabelFigures, evaluate, evaluate_tagger};
pub use explain::Explanation;
pub use model::Model;
pub use sections::Section;
pub use seeds::Seeds;
pub use train::{Example, Settings, train, train_and_calibrate, train_and_validate};
pub use words::Scratch;

/// Of a learned topic terms alone count where the model holds it for at least so likely, or where they score so much. On
/// 2019, with a model trained to 2018, one in a hundred was best; with three in a thousand half a point of F1 is lost (2020),
/// and kept what newer texts are plainly about in words that the labels did not know (`Onlinedienst`, `Modellkommune`).
const POSSIBLE: f32 = 0.003;
const SURE: f32 = 0.75;

thread_local! {
    /// Buffers, kept from document to document.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Everything that finds topics.
///
/// ```
/// use ressort::Document;
/// use ressort::text::tokens;
/// use ressort::topics::Topics;
///
/// let topics = Topics::embedded()?;
/// let document = Document::new("Glasfaserausbau und Mobilfunk im ländlichen Raum");
/// let found = topics.of(&document, &tokens(&document.text));
/// assert!(found.iter().any(|topic| &*topic.topic == "digital/broadband-mobile"));
/// assert!(found.iter().any(|topic| &*topic.topic == "area/medien-kommunikation-und-informationstechnik"));
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Topics {
    /// `None` for a tagger of terms alone.
    model: Option<Model>,
    seeds: Option<Seeds>,
    /// Learned topics that seeds find too.
    digital: Option<Digital>,
}

/// The model of digital topics.
#[derive(Debug, Clone)]
struct Digital {
    model: Model,
    /// For each topic of the seeds its label in the model, if it was learned.
    labels: Vec<Option<usize>>,
}

impl Topics {
    /// All that is built in: the areas and the digital topics.
    ///
    /// # Errors
    /// Only where the program was built with a damaged model.
    ///
    /// ```
    /// assert_eq!(ressort::topics::Topics::embedded()?.labels().count(), 28 + 19);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn embedded() -> Result<Self, ModelError> {
        let (seeds, model) = (Seeds::embedded(), Model::embedded_digital()?);
        let label = |topic: &str| model.labels().position(|(id, _)| id == topic);
        let labels = seeds.labels().map(|(topic, _)| label(topic)).collect();
        Ok(Self { model: Some(Model::embedded()?), seeds: Some(seeds), digital: Some(Digital { model, labels }) })
    }

    /// The topics of a model of the user's own, and no others.
    ///
    /// ```
    /// use ressort::topics::{Model, Topics};
    /// assert_eq!(Topics::new(Model::embedded()?).labels().count(), 28);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self { model: Some(model), seeds: None, digital: None }
    }

    /// The topics of a taxonomy with terms, and no others: a tagger that has learned nothing.
    ///
    /// ```
    /// use ressort::topics::{Seeds, Topics};
    /// assert!(Topics::from_seeds(Seeds::embedded()).model().is_none());
    /// ```
    #[must_use]
    pub fn from_seeds(seeds: Seeds) -> Self {
        Self { model: None, seeds: Some(seeds), digital: None }
    }

    /// A model, or a taxonomy with terms as [`Seeds::from_table`] reads it, from a file.
    ///
    /// # Errors
    /// Where it is neither.
    ///
    /// ```
    /// let error = ressort::topics::Topics::from_file("no/such/file.bin").unwrap_err();
    /// assert!(error.to_string().contains("no/such/file.bin"));
    /// ```
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ModelError> {
        let path = path.as_ref();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tsv")) {
            let table = std::fs::read_to_string(path).map_err(|error| ModelError::unread(path, &error))?;
            return Ok(Self::from_seeds(Seeds::from_table(&table)?));
        }
        Ok(Self::new(Model::from_file(path)?))
    }

    /// The model: of the areas, or the user's own; `None` where topics come from terms alone.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// A number that is another where other models are used; `None` where topics come from terms alone.
    ///
    /// ```
    /// # use ressort::topics::Topics;
    /// assert!(Topics::embedded()?.fingerprint().is_some());
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> Option<u64> {
        let digital = self.digital.as_ref().map_or(0, |digital| digital.model.fingerprint());
        self.model.as_ref().map(|model| model.fingerprint() ^ digital.rotate_left(1))
    }

    /// Id and name of all topics.
    ///
    /// ```
    /// use ressort::topics::Topics;
    /// assert!(Topics::embedded()?.labels().any(|label| label == ("area/verkehr", "Verkehr")));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.model.iter().flat_map(Model::labels).chain(self.seeds.iter().flat_map(Seeds::labels))
    }

    /// The topics of a document, best first: at most four of the model and three of the seeds.
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::topics::Topics;
    /// assert_eq!(Topics::embedded()?.of(&Document::new(""), &[]), []);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn of(&self, document: &Document, tokens: &[Token]) -> Vec<TopicScore> {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.read(&document.text, tokens);
            let mut topics = match &self.model {
                Some(model) => model.topics_read(&document.text, tokens, scratch),
                None => Vec::new(),
            };
            match (&self.seeds, &self.digital) {
                (Some(seeds), Some(digital)) => topics.extend(digital.topics(seeds, document, tokens, scratch)),
                (Some(seeds), None) => topics.extend(seeds.topics_read(document, tokens, scratch)),
                _ => {}
            }
            topics.sort_by(|a, b| b.score.total_cmp(&a.score));
            topics
        })
    }

    /// Everything that the models say for and against each topic; see [`Model::explain`]. Of digital topics these are
    /// the learned ones: what seeds add to their scores stands in the terms of [`Topics::of`].
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::topics::Topics;
    /// assert!(Topics::embedded()?.explain(&Document::new(""), &[]).len() > 28);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, document: &Document, tokens: &[Token]) -> Vec<Explanation> {
        let models = self.model.iter().chain(self.digital.iter().map(|digital| &digital.model));
        SCRATCH.with_borrow_mut(|scratch| {
            models.flat_map(|model| model.explain(&document.text, tokens, scratch)).collect()
        })
    }

    /// [`evaluate`] for all topics with ids that begin with `prefix`, by their ids.
    ///
    /// ```
    /// use ressort::topics::{Example, Topics};
    /// let labels = Some(vec!["digital/e-health".into()]);
    /// let examples = [Example { text: "Elektronische Patientenakte".into(), labels, ..Example::default() }];
    /// let figures = Topics::embedded()?.evaluate("digital/", &examples, 1);
    /// assert_eq!(figures.micro.right, 1);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn evaluate(&self, prefix: &str, examples: &[Example], least: usize) -> Figures {
        let names: Vec<String> =
            self.labels().map(|(topic, _)| topic.to_owned()).filter(|topic| topic.starts_with(prefix)).collect();
        let of_label = names.clone();
        let mut document = Document::default();
        evaluate_tagger(names, examples, least, |text, tokens, likely| {
            text.clone_into(&mut document.text);
            document.title_span = text.find('\n').map(|end| crate::Span::new(0, end as u32));
            let topics = self.of(&document, tokens);
            likely.clear();
            likely.resize(of_label.len(), 0.0);
            let mut given = Vec::new();
            for topic in &topics {
                if let Some(label) = of_label.iter().position(|label| *label == *topic.topic) {
                    likely[label] = topic.score;
                    given.push(label);
                }
            }
            given
        })
    }
}

impl Digital {
    /// What seeds or the model find: the score is the chance that not both are wrong.
    fn topics(&self, seeds: &Seeds, document: &Document, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        seeds.weigh(document, tokens, scratch);
        let mut likely = Vec::with_capacity(self.labels.len());
        let factor = self.model.weigh(scratch, &mut likely);
        let decided = self.model.decide_read(&likely, scratch);
        let mut given: Vec<(f32, usize)> = Vec::new();
        for (topic, label) in self.labels.iter().enumerate() {
            let by_seeds = scratch.seeds.score(topic);
            let by_model = label.map_or(0.0, |label| likely[label]);
            // A term alone means little where the model, which sees the whole text, holds the topic for impossible.
            let term_counts = label.is_none() || by_model >= POSSIBLE || by_seeds >= SURE;
            if by_seeds >= seed_search::THRESHOLD && term_counts || label.is_some_and(|label| decided.contains(&label))
            {
                given.push((1.0 - (1.0 - by_seeds) * (1.0 - by_model), topic));
            }
        }
        given.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        given.truncate(seed_search::MAX_DIGITAL);
        let topic = |(score, topic): (f32, usize)| {
            let mut terms = seeds.terms(topic, &document.text, tokens, &scratch.seeds);
            if let Some(label) = self.labels[topic] {
                for term in self.model.terms(label, &document.text, tokens, scratch, factor) {
                    if terms.len() < explain::MAX_TERMS && terms.iter().all(|known| !known.text.contains(&term.text)) {
                        terms.push(term);
                    }
                }
            }
            let (id, name) = seeds.label(topic);
            TopicScore { topic: id.clone(), label: name.clone(), score, terms }
        };
        given.into_iter().map(topic).collect()
    }
}

/// A name as the last part of a topic id: ASCII, small letters, `-` between words.
///
/// ```
/// use ressort::topics::slug;
/// assert_eq!(slug("Öffentliche Finanzen, Steuern und Abgaben"), "oeffentliche-finanzen-steuern-und-abgaben");
/// assert_eq!(slug("Neue Bundesländer / innerdeutsche Beziehungen"), "neue-bundeslaender-innerdeutsche-beziehungen");
/// ```
#[must_use]
pub fn slug(name: &str) -> String {
    let folded = crate::text::fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
