//! Differences between gold and prediction, for people to read.

use std::fmt;

use serde::Serialize;

use super::gold::CharSpan;
use crate::document::Kind;

/// What a mistake is about.
///
/// ```
/// use ressort::Kind;
/// use ressort::evaluate::Layer;
/// assert_eq!(Layer::Mention(Kind::Land).to_string(), "land");
/// assert_eq!(Layer::Sentence.to_string(), "sentence");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// A mention of that kind.
    Mention(Kind),
    /// A place that must not be found.
    NonMention,
    /// A token.
    Token,
    /// A sentence, or its beginning.
    Sentence,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mention(kind) => kind.as_str(),
            Self::NonMention => "non-mention",
            Self::Token => "token",
            Self::Sentence => "sentence",
        })
    }
}

impl Serialize for Layer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One difference between gold and prediction. Printed, it is one line.
///
/// ```
/// use ressort::Kind;
/// use ressort::evaluate::{CharSpan, Layer, Mistake};
///
/// let mistake = Mistake {
///     document: "7".into(),
///     layer: Layer::Mention(Kind::Land),
///     start: 3,
///     expected: Some("'Essen' land:he".into()),
///     found: None,
///     sentence: "In Essen.".into(),
/// };
/// assert_eq!(mistake.to_string(), "7 land: expected 'Essen' land:he, found nothing | In Essen.");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Id of the document.
    pub document: String,
    /// What it is about.
    pub layer: Layer,
    /// Where it is, in code points.
    pub start: u32,
    /// What the gold has; `None` where it has nothing there.
    pub expected: Option<String>,
    /// What was found; `None` where nothing was.
    pub found: Option<String>,
    /// The sentence in which it is.
    pub sentence: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_nothing = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        let (expected, found) = (or_nothing(&self.expected), or_nothing(&self.found));
        write!(f, "{} {}: expected {expected}, found {found} | {}", self.document, self.layer, self.sentence)
    }
}

/// The text of a span on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentence in which `at` lies, or all of a text without sentences, on one line.
pub(super) fn sentence_at(text: &str, sentences: &[CharSpan], at: u32) -> String {
    let sentence = sentences.iter().find(|sentence| at < sentence.end);
    one_line(sentence.map_or(text, |sentence| sentence.of(text)))
}
