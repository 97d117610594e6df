//! Pages that are lists.
use super::meta::Meta;
use crate::document::Document;
use dom_query::Document as Tree;
pub(super) fn items(_: &Tree, _: &Meta) -> Option<Vec<Document>> {
    None
}
