//! One JSON object per document.

use std::str::FromStr;

use serde_json::{Map, Value, json};

use crate::document::{Annotation, CharIndex, Document, Modifier, Span};
use crate::gazetteer::{EntityKey, Gazetteer};

/// Which parts of an annotation an object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // five independent switches
pub struct JsonLayers {
    /// `tokens`, as pairs of offsets.
    pub tokens: bool,
    /// `sentences`, as pairs of offsets.
    pub sentences: bool,
    /// `mentions`.
    pub mentions: bool,
    /// `topics`.
    pub topics: bool,
    /// The document's `text`.
    pub text: bool,
}

impl Default for JsonLayers {
    fn default() -> Self {
        Self { tokens: false, sentences: false, mentions: true, topics: true, text: false }
    }
}

/// A list of layers names one that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no layer: name some of tokens, sentences, mentions, topics, text, separated by commas")]
pub struct UnknownLayer(pub String);

impl FromStr for JsonLayers {
    type Err = UnknownLayer;

    /// Reads a list: `tokens,mentions`.
    ///
    /// ```
    /// let layers: ressort::write::JsonLayers = "tokens,mentions".parse()?;
    /// assert!(layers.tokens && !layers.topics);
    /// # Ok::<(), ressort::write::UnknownLayer>(())
    /// ```
    fn from_str(list: &str) -> Result<Self, UnknownLayer> {
        let mut layers = Self { tokens: false, sentences: false, mentions: false, topics: false, text: false };
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name {
                "tokens" => layers.tokens = true,
                "sentences" => layers.sentences = true,
                "mentions" => layers.mentions = true,
                "topics" => layers.topics = true,
                "text" => layers.text = true,
                other => return Err(UnknownLayer(other.to_owned())),
            }
        }
        Ok(layers)
    }
}

/// A document and what was found in it as a JSON object; offsets count Unicode code points. Further fields of the record
/// that the document was read from are passed through, unless they have the name of a field of ours.
///
/// ```
/// use ressort::write::{JsonLayers, json_object};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Für das BMDS.");
/// let object = json_object(pipeline.gazetteer(), JsonLayers::default(), &document, &pipeline.annotate(&document));
/// assert_eq!(object["mentions"][0]["start"], 8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn json_object(
    gazetteer: &Gazetteer,
    layers: JsonLayers,
    document: &Document,
    annotation: &Annotation,
) -> Map<String, Value> {
    let chars = CharIndex::new(&document.text);
    let pair = |span: Span| json!([chars.chars_before(span.start), chars.chars_before(span.end)]);
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| {
        object.insert(name.to_owned(), value);
    };
    put("id", document.id.as_str().into());
    put("source", document.source.as_str().into());
    put("item", document.item.into());
    put("title", document.title.as_deref().into());
    put("kicker", document.kicker.as_deref().into());
    put("date", document.date.map(|day| day.to_string()).into());
    if let Some(first) = &document.duplicate_of {
        put("duplicate_of", first.as_str().into());
    }
    if layers.mentions && document.date.is_none() {
        // Names were read as of this day all the same.
        let day = annotation.date.day().map(|day| day.to_string());
        put("as_of", json!({"date": day, "source": annotation.date.as_str()}));
    }
    if layers.text {
        put("text", document.text.as_str().into());
    }
    if layers.tokens {
        put("tokens", annotation.tokens.iter().map(|token| pair(token.span)).collect());
    }
    if layers.sentences {
        put("sentences", annotation.sentences.iter().map(|sentence| pair(sentence.span)).collect());
    }
    if layers.mentions {
        put("mentions", mentions(gazetteer, document, annotation, &chars));
    }
    if layers.topics {
        put("topics", topics(annotation));
    }
    for (name, value) in &document.extra {
        object.entry(name).or_insert_with(|| value.clone());
    }
    object
}

fn mentions(gazetteer: &Gazetteer, document: &Document, annotation: &Annotation, chars: &CharIndex<'_>) -> Value {
    let id = |key: EntityKey| gazetteer.entity(key).id.as_ref();
    annotation
        .mentions
        .iter()
        .map(|mention| {
            json!({
                "start": chars.chars_before(mention.span.start),
                "end": chars.chars_before(mention.span.end),
                "surface": mention.span.of(&document.text),
                "kind": mention.kind.as_str(),
                "entity": mention.entity.map(id),
                "name": mention.entity.map(|key| gazetteer.name_on(key, annotation.date.day())),
                "via": mention.via.as_str(),
                "holder": mention.holder.map(id),
                "modifier": mention.modifier.map(Modifier::as_str),
                "region": mention.region.as_str(),
                "confidence": rounded(mention.confidence),
                "sentence": mention.sentence,
                "evidence": mention.evidence.iter().map(|evidence| evidence.as_str()).collect::<Vec<_>>(),
                "flags": mention.flags.names().collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn topics(annotation: &Annotation) -> Value {
    annotation
        .topics
        .iter()
        .map(|topic| {
            let terms: Vec<&str> = topic.terms.iter().map(|term| term.text.as_str()).collect();
            json!({"topic": &*topic.topic, "score": rounded(topic.score), "terms": terms})
        })
        .collect()
}

/// A score with three digits.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}
