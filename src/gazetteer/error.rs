//! What can be wrong with a gazetteer.

use std::fmt;
use std::path::PathBuf;

/// Why a gazetteer file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file cannot be read.
    #[error("{}: cannot read the gazetteer: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Rows of the file state no usable fact.
    #[error("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid {
        /// All that was found, in the order of the file.
        problems: Vec<Problem>,
    },
}

/// One thing that is wrong at one place of a gazetteer file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    pub(super) fn new(file: &str, line: u64, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.remedy)
    }
}
