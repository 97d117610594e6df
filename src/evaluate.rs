//! How well the pipeline reads: what it finds against what a careful reader marked in the same texts.
//!
//! A gold file is JSON Lines, one document a line; [`read_gold`] says which fields it knows. [`evaluate`] runs the
//! pipeline over the documents and counts:
//!
//! - **mentions**: right where span and kind are exactly those of the gold; precision, recall and F1 for each kind,
//!   for all, and for the core of political text (ministries, politicians, Länder, programmes);
//! - **linking**: of the mentions found, how many have the entity of the gold; gold without an entity is not scored;
//! - **holders**: of the offices found, how many name the holder that the gold names;
//! - **non-mentions**: how many places that must not be found were found all the same;
//! - **tokens**, **sentences** and **sentence starts**: exact spans, exact first characters;
//! - **wholly right**: documents in which all of that is as in the gold (tokens apart), with nothing added.
//!
//! Gold that is marked uncertain counts neither as hit nor as miss, and neither does what is found in its place.
//! Governments, the Bundeswehr and international institutions ([`NOT_ANNOTATED`]) are found by the pipeline, but
//! readers who mark names of German politics leave them out; so they count neither way where the gold has none.
//!
//! ```
//! use ressort::Pipeline;
//! use ressort::evaluate::{evaluate, read_gold};
//!
//! let line = r#"{"id": "1", "date": "2025-10-09", "text": "Das BMDS lädt ein.",
//!     "mentions": [{"start": 4, "end": 8, "surface": "BMDS", "kind": "ministry", "entity": "ministry:bund/digitales"}]}"#
//!     .replace('\n', " ");
//! let gold = read_gold("gold.jsonl", line.as_bytes());
//! assert!(gold.problems.is_empty());
//!
//! let evaluation = evaluate(&Pipeline::builder().build()?, &gold.documents);
//! assert_eq!(evaluation.scores.all.f1(), Some(1.0));
//! assert_eq!(evaluation.scores.linking.right, 1);
//! assert!(evaluation.mistakes.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compare;
mod gold;
mod mistake;
mod scores;

pub use compare::{NOT_ANNOTATED, compare};
pub use gold::{CharSpan, GoldDocument, GoldFile, GoldMention, NonMention, read_gold};
pub use mistake::{Layer, Mistake};
pub use scores::{CONFIDENCE, Counts, Scores, Share};

use crate::document::{CharIndex, Document, Kind, Span};
use crate::pipeline::Pipeline;
use crate::text;

/// What was counted, and where it went wrong.
///
/// ```
/// use ressort::evaluate::Evaluation;
///
/// let mut evaluation = Evaluation::default();
/// evaluation.add(Evaluation::default());
/// assert_eq!(evaluation.scores.documents, 0);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// The counts.
    pub scores: Scores,
    /// Every difference between gold and prediction, in reading order of each document.
    pub mistakes: Vec<Mistake>,
}

impl Evaluation {
    /// Adds the counts and mistakes of other documents.
    ///
    /// ```
    /// use ressort::evaluate::{Evaluation, Scores};
    ///
    /// let one = Evaluation { scores: Scores { documents: 1, ..Scores::default() }, ..Evaluation::default() };
    /// let mut both = one.clone();
    /// both.add(one);
    /// assert_eq!(both.scores.documents, 2);
    /// ```
    pub fn add(&mut self, other: Self) {
        self.scores.add(&other.scores);
        self.mistakes.extend(other.mistakes);
    }
}

/// What the pipeline found in one document, in code points and ids, as gold has it.
///
/// ```
/// use ressort::evaluate::{CharSpan, Prediction};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let prediction = Prediction::new(&pipeline, &Document::new("Für Thüringen."));
/// assert_eq!(prediction.mentions[0].span, CharSpan::new(4, 13));
/// assert_eq!(prediction.mentions[0].entity.as_deref(), Some("land:th"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prediction {
    /// Mentions in reading order.
    pub mentions: Vec<Found>,
    /// Tokens in reading order.
    pub tokens: Vec<CharSpan>,
    /// Sentences in reading order.
    pub sentences: Vec<CharSpan>,
}

/// A mention that the pipeline found; see [`Prediction`].
///
/// ```
/// use ressort::Kind;
/// use ressort::evaluate::{CharSpan, Found};
///
/// let found = Found { span: CharSpan::new(0, 4), surface: "BMDS".into(), kind: Kind::Ministry, entity: None, holder: None, confidence: 0.9 };
/// assert_eq!(found.span.end - found.span.start, 4);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where it stands.
    pub span: CharSpan,
    /// The text there.
    pub surface: String,
    /// What kind of thing it names.
    pub kind: Kind,
    /// Id of the entity it is linked to.
    pub entity: Option<String>,
    /// For an office: id of its holder.
    pub holder: Option<String>,
    /// How sure the pipeline is, 0 to 1.
    pub confidence: f32,
}

impl Prediction {
    /// Runs the pipeline over one document.
    ///
    /// ```
    /// use ressort::evaluate::Prediction;
    /// use ressort::{Document, Pipeline};
    ///
    /// let prediction = Prediction::new(&Pipeline::builder().build()?, &Document::new("Es regnet. Es schneit."));
    /// assert_eq!((prediction.sentences.len(), prediction.tokens.len()), (2, 6));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(pipeline: &Pipeline, document: &Document) -> Self {
        let annotation = pipeline.annotate(document);
        let chars = CharIndex::new(&document.text);
        let place = |span: Span| CharSpan::new(chars.chars_before(span.start), chars.chars_before(span.end));
        let id = |key| pipeline.gazetteer().entity(key).id.to_string();
        Self {
            mentions: annotation
                .mentions
                .iter()
                .map(|mention| Found {
                    span: place(mention.span),
                    surface: mention.span.of(&document.text).to_owned(),
                    kind: mention.kind,
                    entity: mention.entity.map(id),
                    holder: mention.holder.map(id),
                    confidence: mention.confidence,
                })
                .collect(),
            tokens: annotation.tokens.iter().map(|token| place(token.span)).collect(),
            sentences: annotation.sentences.iter().map(|sentence| place(sentence.span)).collect(),
        }
    }
}

/// Compares tokens and sentences only: no names are looked for, so no pipeline is needed.
///
/// ```
/// use ressort::evaluate::{evaluate_text, read_gold};
///
/// let gold = read_gold("gold.jsonl", br#"{"text": "Es taut.", "tokens": [[0, 2], [3, 7], [7, 8]], "sentences": [[0, 8]]}"#);
/// let evaluation = evaluate_text(&gold.documents);
/// assert_eq!((evaluation.scores.tokens.hit, evaluation.scores.sentences.hit), (3, 1));
/// ```
#[must_use]
pub fn evaluate_text(gold: &[GoldDocument]) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for document in gold {
        let text = &document.document.text;
        let tokens = text::tokens(text);
        let chars = CharIndex::new(text);
        let place = |span: Span| CharSpan::new(chars.chars_before(span.start), chars.chars_before(span.end));
        let prediction = Prediction {
            sentences: text::sentences(text, &tokens).iter().map(|sentence| place(sentence.span)).collect(),
            tokens: tokens.iter().map(|token| place(token.span)).collect(),
            mentions: Vec::new(),
        };
        let gold = GoldDocument { mentions: None, non_mentions: Vec::new(), ..document.clone() };
        evaluation.add(compare(&gold, &prediction));
    }
    evaluation
}

/// Runs the pipeline over gold documents and compares what it finds; see [the module](self).
///
/// ```
/// use ressort::Pipeline;
/// use ressort::evaluate::{evaluate, read_gold};
///
/// let gold = read_gold("gold.jsonl", br#"{"text": "Der Himmel ist blau.", "mentions": []}"#);
/// let evaluation = evaluate(&Pipeline::builder().build()?, &gold.documents);
/// assert_eq!(evaluation.scores.wholly_right.right, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn evaluate(pipeline: &Pipeline, gold: &[GoldDocument]) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for document in gold {
        evaluation.add(compare(document, &Prediction::new(pipeline, &document.document)));
    }
    evaluation
}
