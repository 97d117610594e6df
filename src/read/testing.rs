//! Reading bytes in tests.

use std::ops::ControlFlow;

use super::walk::{Emit, walk_bytes};
use super::{Piece, ReadOptions};
use crate::document::{Document, Failure};

/// The pieces of a file that holds these bytes.
pub(super) fn pieces_of(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Result<Piece, Failure>> {
    let mut pieces = Vec::new();
    let emit: &mut Emit<'_> = &mut |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    };
    assert!(walk_bytes(name, bytes, options, emit).is_continue());
    pieces
}

/// Its documents and failures.
pub(super) fn documents_of(name: &str, bytes: &[u8], options: &ReadOptions) -> (Vec<Document>, Vec<Failure>) {
    let (mut documents, mut failures) = (Vec::new(), Vec::new());
    for piece in pieces_of(name, bytes, options) {
        for outcome in piece.map_or_else(|failure| vec![Err(failure)], |piece| piece.documents(options)) {
            match outcome {
                Ok(document) => documents.push(document),
                Err(failure) => failures.push(failure),
            }
        }
    }
    (documents, failures)
}
