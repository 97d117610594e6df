//! Why a run cannot begin or go on.

use std::path::PathBuf;

use crate::tables::TableError;
use crate::write::WriteError;

/// Why a run cannot begin or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// A file cannot be written, or a segment not read back.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A table cannot be built.
    #[error(transparent)]
    Table(#[from] TableError),
    /// What an earlier run left cannot be understood.
    #[error("{} is damaged: {message}; run again without --resume and --update", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The run that was interrupted was another one.
    #[error("the interrupted run cannot go on: {0}; run again without --resume to start over")]
    OtherRun(String),
}
