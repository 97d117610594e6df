//! `ressort` reads German political and administrative text and says who and what is in it, and what it is about.

#![forbid(unsafe_code)]

pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod date;
pub mod discover;
pub mod document;
pub mod evaluate;
#[cfg(feature = "extract")]
pub mod extract;
mod fingerprint;
pub mod gazetteer;
pub mod matching;
mod pipeline;
pub mod read;
#[cfg(feature = "report")]
pub mod report;
pub mod resolve;
#[cfg(feature = "tables")]
pub mod tables;
pub mod text;
pub mod topics;
pub mod write;

pub use document::{
    Annotation, Document, Evidence, Failure, Kind, Mention, Modifier, Region, Sentence, Span, Token, TokenKind,
    TopicScore, Via,
};
pub use gazetteer::{Entity, EntityKey, Gazetteer};
pub use pipeline::{BuildError, Languages, Layers, NameReading, Pipeline, PipelineBuilder};
