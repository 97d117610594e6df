//! The stages in their order, behind one call.

use std::sync::Arc;

use crate::document::{Annotation, Document};
use crate::gazetteer::Gazetteer;

/// All stages, built once and then read by any number of threads.
#[derive(Debug, Clone)]
pub struct Pipeline {
    gazetteer: Arc<Gazetteer>,
}

/// Settings from which a [`Pipeline`] is built.
#[derive(Debug, Clone, Default)]
pub struct PipelineBuilder {}

/// Why a pipeline cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {}

impl Pipeline {
    /// Settings with the built-in gazetteers and topic model.
    #[must_use]
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Tokens, sentences, mentions and topics of one document.
    #[must_use]
    pub fn annotate(&self, _document: &Document) -> Annotation {
        Annotation::default()
    }

    /// The gazetteer that its mentions refer to.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}

impl PipelineBuilder {
    /// Loads and compiles everything.
    ///
    /// # Errors
    /// Where a gazetteer or model given by the caller cannot be used.
    pub fn build(self) -> Result<Pipeline, BuildError> {
        Ok(Pipeline { gazetteer: Arc::new(Gazetteer::default()) })
    }
}
