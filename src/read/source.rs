//! What documents are read from.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, bounded};

use super::options::ReadOptions;
use super::piece::Piece;
use super::walk::walk;
use crate::document::{Document, Failure};

/// Pieces that wait for the caller of [`Documents`].
const WAITING: usize = 4;

/// Where documents are read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Standard input; its format is told by its first bytes.
    Stdin,
    /// A file; its format is told by its name.
    File(PathBuf),
}

impl Source {
    /// The name used in tables and messages: the path as given, `-` for standard input.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Reads it, document by document, on a thread of its own that waits for the caller.
    ///
    /// ```
    /// use ressort::read::{ReadOptions, Source};
    ///
    /// let missing = Source::File("gibt-es-nicht.txt".into());
    /// let failure = missing.documents(&ReadOptions::default()).next().expect("one outcome").unwrap_err();
    /// assert_eq!(failure.source, "gibt-es-nicht.txt");
    /// ```
    #[must_use]
    pub fn documents(&self, options: &ReadOptions) -> Documents {
        let (send, pieces) = bounded(WAITING);
        let (source, settings) = (self.clone(), options.clone());
        thread::spawn(move || {
            walk(&source, &settings, &mut |piece| match send.send(piece) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            })
        });
        Documents { pieces, options: options.clone(), ready: VecDeque::new() }
    }
}

/// The documents of one [`Source`], in their order.
#[derive(Debug)]
pub struct Documents {
    pieces: Receiver<Result<Piece, Failure>>,
    options: ReadOptions,
    ready: VecDeque<Result<Document, Failure>>,
}

impl Iterator for Documents {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(outcome) = self.ready.pop_front() {
                return Some(outcome);
            }
            match self.pieces.recv() {
                Ok(Ok(piece)) => self.ready.extend(piece.documents(&self.options)),
                Ok(Err(failure)) => return Some(Err(failure)),
                Err(_) => return None,
            }
        }
    }
}
