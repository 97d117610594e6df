//! One document and what was found in it, on its way to Python.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use ressort::document::{CharIndex, Evidence, Modifier};
use ressort::write::{JsonLayers, json_object};
use ressort::{Annotation, Document, Gazetteer, Mention, Pipeline, Span, TokenKind};

use crate::error;

/// A document with its annotation. `ressort.Document` shows what is in it.
#[pyclass(frozen, module = "ressort._ressort")]
pub(crate) struct Annotated {
    pub(crate) pipeline: Pipeline,
    pub(crate) document: Document,
    pub(crate) annotation: Annotation,
}

/// Topic, label, score and terms.
type TopicFields<'py> = (String, String, f64, Bound<'py, PyTuple>);

#[pymethods]
impl Annotated {
    /// The text that all offsets refer to.
    #[getter]
    fn text(&self) -> &str {
        &self.document.text
    }

    #[getter]
    fn id(&self) -> &str {
        &self.document.id
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.document.title.as_deref()
    }

    #[getter]
    fn date(&self) -> Option<String> {
        self.document.date.map(|day| day.to_string())
    }

    #[getter]
    fn language(&self) -> Option<&str> {
        self.document.language.as_deref()
    }

    /// The day as of which names were read, and where it is from.
    #[getter]
    fn as_of(&self) -> (Option<String>, &'static str) {
        (self.annotation.date.day().map(|day| day.to_string()), self.annotation.date.as_str())
    }

    /// The fields of each mention, in the order of `ressort.Mention`.
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let chars = CharIndex::new(&self.document.text);
        self.annotation.mentions.iter().map(|mention| self.mention(py, &chars, mention)).collect()
    }

    /// Topic, label, score, terms.
    fn topics<'py>(&self, py: Python<'py>) -> PyResult<Vec<TopicFields<'py>>> {
        let topics = self.annotation.topics.iter().map(|topic| {
            let terms = PyTuple::new(py, topic.terms.iter().map(|term| &term.text))?;
            Ok((topic.topic.to_string(), topic.label.to_string(), rounded(topic.score), terms))
        });
        topics.collect()
    }

    /// Start and end of each sentence, in code points.
    fn sentences(&self) -> Vec<(u32, u32)> {
        let chars = CharIndex::new(&self.document.text);
        self.annotation.sentences.iter().map(|sentence| pair(&chars, sentence.span)).collect()
    }

    /// Start, end and kind of each token.
    fn tokens(&self) -> Vec<(u32, u32, &'static str)> {
        let chars = CharIndex::new(&self.document.text);
        let token = |token: &ressort::Token| {
            let (start, end) = pair(&chars, token.span);
            (start, end, kind(token.kind))
        };
        self.annotation.tokens.iter().map(token).collect()
    }

    /// The program's JSON object with these layers, separated by commas.
    fn json(&self, layers: &str) -> PyResult<String> {
        let layers: JsonLayers =
            layers.parse().map_err(|unknown: ressort::write::UnknownLayer| error::option(unknown.to_string()))?;
        let object = json_object(self.pipeline.gazetteer(), layers, &self.document, &self.annotation);
        serde_json::to_string(&object).map_err(|error| error::input(error.to_string()))
    }
}

impl Annotated {
    fn mention<'py>(&self, py: Python<'py>, chars: &CharIndex<'_>, mention: &Mention) -> PyResult<Bound<'py, PyTuple>> {
        let gazetteer: &Gazetteer = self.pipeline.gazetteer();
        let id = |key| gazetteer.entity(key).id.as_ref();
        let (start, end) = pair(chars, mention.span);
        let place = (start, end, mention.span.start, mention.span.end, mention.sentence);
        let what = (
            mention.span.of(&self.document.text),
            mention.kind.as_str(),
            mention.entity.map(id),
            mention.entity.map(|key| gazetteer.name_on(key, self.annotation.date.day())),
            mention.via.as_str(),
            mention.holder.map(id),
            mention.modifier.map(Modifier::as_str),
            mention.entity.map(|key| gazetteer.land_code(key)).filter(|land| !land.is_empty()),
            mention.region.as_str(),
            rounded(mention.confidence),
        );
        let why = (
            PyTuple::new(py, mention.candidates.iter().map(|key| id(*key)))?,
            PyTuple::new(py, mention.evidence.iter().copied().map(Evidence::as_str))?,
            PyTuple::new(py, mention.flags.names().collect::<Vec<_>>())?,
        );
        let fields = [place.into_pyobject(py)?, what.into_pyobject(py)?, why.into_pyobject(py)?];
        PyTuple::new(py, fields.iter().flat_map(PyTupleMethods::iter).collect::<Vec<_>>())
    }
}

fn pair(chars: &CharIndex<'_>, span: Span) -> (u32, u32) {
    (chars.chars_before(span.start), chars.chars_before(span.end))
}

/// A score with four digits, as in the tables.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Word => "word",
        TokenKind::Abbreviation => "abbreviation",
        TokenKind::Number => "number",
        TokenKind::Ordinal => "ordinal",
        TokenKind::Date => "date",
        TokenKind::Time => "time",
        TokenKind::Url => "url",
        TokenKind::Email => "email",
        TokenKind::Hashtag => "hashtag",
        TokenKind::Handle => "handle",
        TokenKind::HtmlEntity => "html_entity",
        TokenKind::HtmlTag => "html_tag",
        TokenKind::Punctuation => "punctuation",
        TokenKind::Symbol => "symbol",
    }
}
