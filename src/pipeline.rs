//! The stages in their order, behind one call.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::date::{Date, Period};
use crate::document::{Annotation, Document, Kind, Via};
use crate::gazetteer::{EntityKey, Gazetteer, GazetteerBuilder, GazetteerError, NameRule};
use crate::matching::{Lexicon, Scratch};
use crate::resolve::{Anaphors, Knowledge, Sources, readings_of, resolve};
use crate::text::tokens_and_sentences_into;
use crate::topics::{ModelError, Topics};

/// All stages, built once and then read by any number of threads. Cloning is cheap.
///
/// ```
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Das BMWK und das BMDV luden ein.").with_date("2023-11-21".parse()?);
/// let annotation = pipeline.annotate(&document);
/// let entities: Vec<_> = annotation.mentions.iter().filter_map(|mention| mention.entity).collect();
/// assert_eq!(pipeline.gazetteer().entity(entities[1]).id, "ministry:bund/verkehr");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pipeline {
    gazetteer: Arc<Gazetteer>,
    lexicon: Arc<Lexicon>,
    knowledge: Arc<Knowledge>,
    topics: Option<Arc<Topics>>,
    anaphors: Anaphors,
    languages: Languages,
    layers: Layers,
}

/// Which stages run. Tokens and sentences always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    /// Find and link mentions.
    pub mentions: bool,
    /// Tag topics.
    pub topics: bool,
}

impl Default for Layers {
    fn default() -> Self {
        Self { mentions: true, topics: true }
    }
}

/// In documents of which languages names and topics are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Languages {
    /// German, and documents of which the language is not known.
    #[default]
    German,
    /// Any.
    Any,
}

/// Settings from which a [`Pipeline`] is built.
#[derive(Debug, Clone, Default)]
pub struct PipelineBuilder {
    gazetteer: GazetteerBuilder,
    model: Option<PathBuf>,
    anaphors: Anaphors,
    languages: Languages,
    layers: Layers,
}

/// Why a pipeline cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A gazetteer given by the caller cannot be used.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// The topic model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// What a name can mean, as [`Pipeline::lookup`] gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReading {
    /// The entity.
    pub entity: EntityKey,
    /// What it is.
    pub kind: Kind,
    /// How the name says it.
    pub via: Via,
    /// Whether it was the name on the day.
    pub valid: bool,
    /// When it was the name.
    pub period: Period,
    /// What a text must have beside the name for this reading.
    pub rule: NameRule,
    /// For an office: who held it on the day.
    pub holder: Option<EntityKey>,
}

thread_local! {
    /// Buffers of the matcher, kept from document to document.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Pipeline {
    /// Settings with the built-in gazetteers and topic model.
    #[must_use]
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Tokens, sentences, mentions and topics of one document.
    #[must_use]
    pub fn annotate(&self, document: &Document) -> Annotation {
        // German prose has a token every 6 bytes.
        let mut annotation =
            Annotation { tokens: Vec::with_capacity(document.text.len() / 5 + 8), ..Annotation::default() };
        tokens_and_sentences_into(&document.text, &mut annotation.tokens, &mut annotation.sentences);
        if self.languages == Languages::German && document.is_foreign() {
            return annotation;
        }
        if self.layers.mentions {
            SCRATCH.with_borrow_mut(|scratch| {
                self.lexicon.search(&document.text, &annotation.tokens, scratch);
                resolve(self.sources(), document, scratch, self.anaphors, &mut annotation);
            });
        }
        if let Some(topics) = &self.topics {
            annotation.topics = topics.of(document, &annotation.tokens);
        }
        annotation
    }

    /// What a name can mean on a day, best reading first; without a day, what it means latest.
    ///
    /// ```
    /// use ressort::Pipeline;
    ///
    /// let pipeline = Pipeline::builder().build()?;
    /// let readings = pipeline.lookup("Bundeskanzlerin", Some("2020-03-01".parse()?));
    /// let holder = readings[0].holder.expect("the office was held");
    /// assert_eq!(pipeline.gazetteer().entity(holder).name, "Angela Merkel");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lookup(&self, name: &str, day: Option<Date>) -> Vec<NameReading> {
        readings_of(self.sources(), name, day)
    }

    /// The gazetteer that its mentions refer to.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// What its topics come from; `None` where [`Layers::topics`] is off.
    #[must_use]
    pub fn topics(&self) -> Option<&Topics> {
        self.topics.as_deref()
    }

    /// What its annotations depend on, for records of how tables were made: hashes of gazetteers and model, and what is
    /// switched on.
    #[must_use]
    pub fn settings(&self) -> serde_json::Value {
        let hex = |hash: u64| format!("{hash:016x}");
        let gazetteers: serde_json::Map<String, serde_json::Value> =
            self.gazetteer.fingerprints().map(|(file, hash)| (file.to_owned(), hex(hash).into())).collect();
        serde_json::json!({
            "gazetteers": gazetteers,
            "model": self.topics().and_then(Topics::fingerprint).map(hex),
            "layers": format!("{:?}", self.layers),
            "anaphors": format!("{:?}", self.anaphors),
            "languages": format!("{:?}", self.languages),
        })
    }

    fn sources(&self) -> Sources<'_> {
        Sources { gazetteer: &self.gazetteer, lexicon: &self.lexicon, knowledge: &self.knowledge }
    }
}

impl PipelineBuilder {
    /// Adds a gazetteer file of the user's own; see [`GazetteerBuilder::file`].
    #[must_use]
    pub fn gazetteer_file(mut self, path: impl AsRef<Path>) -> Self {
        self.gazetteer = self.gazetteer.file(path);
        self
    }

    /// Takes topics of the user's own in place of the built-in ones: a model that `ressort topics train` made, or a
    /// taxonomy with terms; see [`Topics::from_file`].
    ///
    /// ```
    /// use ressort::{BuildError, Pipeline};
    /// let error = Pipeline::builder().model_file("no/such/file.bin").build().unwrap_err();
    /// assert!(matches!(error, BuildError::Model(_)));
    /// ```
    #[must_use]
    pub fn model_file(mut self, path: impl AsRef<Path>) -> Self {
        self.model = Some(path.as_ref().to_owned());
        self
    }

    /// Leaves the built-in gazetteers out.
    #[must_use]
    pub fn without_embedded_gazetteers(mut self) -> Self {
        self.gazetteer = self.gazetteer.without_embedded();
        self
    }

    /// Whether general words (`der Freistaat`) stand for names said before; they do unless told otherwise.
    #[must_use]
    pub fn anaphors(mut self, anaphors: Anaphors) -> Self {
        self.anaphors = anaphors;
        self
    }

    /// In documents of which languages names and topics are looked for; German ones unless told otherwise.
    ///
    /// ```
    /// use ressort::{Document, Languages, Pipeline};
    ///
    /// let document = Document { language: Some("en".to_owned()), ..Document::new("The BMDS said so.") };
    /// let pipeline = Pipeline::builder().build()?;
    /// assert!(pipeline.annotate(&document).mentions.is_empty());
    /// let pipeline = Pipeline::builder().languages(Languages::Any).build()?;
    /// assert_eq!(pipeline.annotate(&document).mentions.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn languages(mut self, languages: Languages) -> Self {
        self.languages = languages;
        self
    }

    /// Which stages run; all unless told otherwise.
    #[must_use]
    pub fn layers(mut self, layers: Layers) -> Self {
        self.layers = layers;
        self
    }

    /// Loads and compiles everything.
    ///
    /// # Errors
    /// Where a gazetteer or model given by the caller cannot be used.
    pub fn build(self) -> Result<Pipeline, BuildError> {
        let gazetteer = self.gazetteer.build()?;
        let lexicon = Lexicon::new(&gazetteer);
        let knowledge = Knowledge::new(&gazetteer);
        let topics = if self.layers.topics {
            Some(Arc::new(self.model.map_or_else(Topics::embedded, Topics::from_file)?))
        } else {
            None
        };
        Ok(Pipeline {
            gazetteer: Arc::new(gazetteer),
            lexicon: Arc::new(lexicon),
            knowledge: Arc::new(knowledge),
            topics,
            anaphors: self.anaphors,
            languages: self.languages,
            layers: self.layers,
        })
    }
}
