//! What a text is about.
//!
//! `area/…` topics are the 28 areas (Sachgebiete) by which the documentation of the Bundestag files its papers; a
//! [`Model`] learned them from its indexers. `digital/…` topics are finer ones of digital policy, found by their terms
//! ([`Seeds`]). [`Topics`] gives both; [`train`] makes a model of the user's own.

mod calibrate;
mod error;
mod evaluate;
mod features;
mod format;
mod forms;
mod model;
mod seeds;
mod solver;
mod train;

use std::cell::RefCell;

use crate::document::{Document, Token, TopicScore};

pub use error::{ModelError, TrainError};
pub use evaluate::{Counts, Figures, evaluate};
pub use features::Scratch;
pub use model::Model;
pub use seeds::{SeedScratch, Seeds};
pub use train::{Example, Settings, train};

thread_local! {
    /// Buffers, kept from document to document.
    static SCRATCH: RefCell<(Scratch, SeedScratch)> = RefCell::default();
}

/// Everything that finds topics.
///
/// ```
/// use ressort::Document;
/// use ressort::text::tokens;
/// use ressort::topics::{Model, Topics};
///
/// let topics = Topics::new(Model::embedded()?);
/// let document = Document::new("Glasfaserausbau und Mobilfunk im ländlichen Raum");
/// let found = topics.of(&document, &tokens(&document.text));
/// assert!(found.iter().any(|topic| &*topic.topic == "digital/broadband-mobile"));
/// assert!(found.iter().any(|topic| &*topic.topic == "area/medien-kommunikation-und-informationstechnik"));
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Topics {
    model: Model,
    seeds: Seeds,
}

impl Topics {
    /// A model, and the built-in seeds.
    ///
    /// ```
    /// use ressort::topics::{Model, Topics};
    /// let topics = Topics::new(Model::embedded()?);
    /// assert_eq!(topics.labels().count(), 28 + 19);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self { model, seeds: Seeds::embedded() }
    }

    /// The model of the areas.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Id and name of all topics.
    ///
    /// ```
    /// use ressort::topics::{Model, Topics};
    /// let topics = Topics::new(Model::embedded()?);
    /// assert!(topics.labels().any(|label| label == ("area/verkehr", "Verkehr")));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.model.labels().chain(self.seeds.labels())
    }

    /// The topics of a document, best first: at most four areas and three digital ones.
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::topics::{Model, Topics};
    /// assert_eq!(Topics::new(Model::embedded()?).of(&Document::new(""), &[]), []);
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn of(&self, document: &Document, tokens: &[Token]) -> Vec<TopicScore> {
        SCRATCH.with_borrow_mut(|(scratch, seed_scratch)| {
            let mut topics = self.model.topics(&document.text, tokens, scratch);
            topics.extend(self.seeds.topics(document, tokens, seed_scratch));
            topics.sort_by(|a, b| b.score.total_cmp(&a.score));
            topics
        })
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
