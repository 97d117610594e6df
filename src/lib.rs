//! `ressort` reads German political and administrative text and says who and what is in it, and what it is about.

#![forbid(unsafe_code)]

#[cfg(feature = "cli")]
pub mod cli;
pub mod date;
pub mod document;
pub mod gazetteer;
pub mod matching;
mod pipeline;
pub mod read;
pub mod resolve;
pub mod text;

pub use document::{
    Annotation, Document, Evidence, Kind, Mention, Modifier, Region, Sentence, Span, Token, TokenKind, TopicScore, Via,
};
pub use gazetteer::{Entity, EntityKey, Gazetteer};
pub use pipeline::{BuildError, Layers, NameReading, Pipeline, PipelineBuilder};
