//! What tests of several rules ask.

use crate::{Document, Pipeline};

/// The entities of a text of 14 July 2022, `-` where a mention has none.
pub(super) fn entities(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let document = Document::new(text).with_date("2022-07-14".parse().unwrap());
    let mentions = pipeline.annotate(&document).mentions;
    let name = |entity: Option<_>| entity.map_or("-", |entity| pipeline.gazetteer().entity(entity).id.as_ref());
    mentions.iter().map(|mention| name(mention.entity).to_owned()).collect()
}
