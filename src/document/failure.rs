//! What went wrong with one document, while the rest goes on.

use std::fmt;

/// The stage at which something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Finding, opening or decoding it.
    Read,
    /// Finding names and topics in it.
    Annotate,
}

impl Stage {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Annotate => "annotate",
        }
    }
}

/// Something that went wrong with one source or document: a row of the `errors` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Path or name of the source.
    pub source: String,
    /// Number of the item in it, from 0, where it is about one; in JSON Lines that of the line.
    pub item: Option<u32>,
    /// Where it went wrong.
    pub stage: Stage,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Failure {
    /// A failure of one source, or of one item of it.
    pub fn new(source: &str, item: Option<u32>, stage: Stage, message: impl Into<String>) -> Self {
        Self { source: source.to_owned(), item, stage, message: message.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.contains(&self.source) {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.source, self.message)
        }
    }
}
