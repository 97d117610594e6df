//! Why files cannot be written.

use std::path::{Path, PathBuf};

use polars::prelude::PolarsError;

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The system refuses.
    #[error("cannot write {}: {source}; check the folder, its rights and the space left", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The table cannot be put into its format, or what was written of it cannot be read back.
    #[error("cannot write {}: {source}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What the library for the format said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl WriteError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    pub(crate) fn table<E: Into<Box<dyn std::error::Error + Send + Sync>>>(path: &Path) -> impl FnOnce(E) -> Self {
        let path = path.to_owned();
        move |source| Self::Table { path, source: source.into() }
    }

    pub(crate) fn polars(path: &Path) -> impl FnOnce(PolarsError) -> Self {
        Self::table(path)
    }
}
