//! Plain text: one document, or the items of a page.

use super::finish::{finish, refused};
use super::options::{ReadOptions, Split};
use super::piece::Outcomes;
use super::{decode, split_page};
use crate::document::{Document, Failure, Stage};

pub(super) fn documents(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    let (text, replaced) = decode(bytes);
    // A picture, an archive, a program: letters found in it would be chance.
    if replaced as usize > 8 + text.len() / 20 {
        let message = format!(
            "this is no text in UTF-8: {replaced} byte sequences of {} bytes are malformed; convert it, or leave it out",
            bytes.len()
        );
        return refused(name, message);
    }
    let items = match options.split {
        Split::Auto => split_page(&text),
        Split::None => None,
    };
    let mut documents = items.unwrap_or_else(|| vec![Document::new(text)]);
    // The bytes are those of the whole file; which item they fell into is seen by the replacement characters.
    if let Some(first) = documents.first_mut() {
        first.replaced = replaced;
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
            "{place}{count} byte sequences are not UTF-8 and were replaced by U+FFFD; convert the file to UTF-8"
        )));
    }
    if document.text.trim().is_empty() {
        notes.push(note(format!("{place}the document is empty; it has a row in the tables and nothing in it")));
    }
    notes
}
