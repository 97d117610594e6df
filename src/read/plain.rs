//! Plain text: one document, or the items of a page.

use super::decode::{decode_as, is_binary};
use super::finish::{finish, refused};
use super::options::{ReadOptions, Split};
use super::piece::Outcomes;
use super::{split_page, unscramble};
use crate::document::{Document, Failure, Stage};

pub(super) fn documents(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    // A picture, an archive, a program: letters found in it would be chance.
    if is_binary(bytes) {
        return refused(
            name,
            "this is no text: it is full of control characters; leave it out, or name it by its format",
        );
    }
    let decoded = decode_as(bytes, None);
    let (text, mended) = unscramble(&decoded.text).unwrap_or((decoded.text, 0));
    let items = match options.split {
        Split::Auto => split_page(&text),
        Split::None => None,
    };
    let mut documents = items.unwrap_or_else(|| vec![Document::new(text)]);
    for document in &mut documents {
        document.encoding = Some(decoded.encoding);
    }
    // The bytes are those of the whole file; which item they fell into is seen by the replacement characters.
    if let Some(first) = documents.first_mut() {
        first.replaced = decoded.replaced;
        first.mended = decoded.mended + mended;
    }
    finish(documents, name, None)
}

/// What the user should hear about a document that was read.
pub(super) fn notes(document: &Document, place: &str) -> Vec<Failure> {
    let note = |message: String| Failure::new(&document.source, Some(document.item), Stage::Read, message);
    let mut notes = Vec::new();
    if document.replaced > 0 {
        let count = document.replaced;
        notes.push(note(format!(
            "{place}{count} byte sequences mean nothing in the encoding of the text and were replaced by U+FFFD"
        )));
    }
    if document.text.trim().is_empty() {
        notes.push(note(format!("{place}the document is empty; it has a row in the tables and nothing in it")));
    }
    notes
}
