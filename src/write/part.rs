//! Files that appear under their name only when they are complete.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::WriteError;

/// A file under construction: `.NAME.part` until [`PartFile::keep`]; removed where that is never called.
#[derive(Debug)]
pub(super) struct PartFile {
    path: PathBuf,
    part: PathBuf,
    kept: bool,
}

impl PartFile {
    /// Creates the file in a folder that exists.
    pub(super) fn create(folder: &Path, name: &str) -> Result<(Self, File), WriteError> {
        let part = folder.join(format!(".{name}.part"));
        let file = File::create(&part).map_err(WriteError::file(&part))?;
        Ok((Self { path: folder.join(name), part, kept: false }, file))
    }

    /// Gives the complete file its name, over an older one.
    pub(super) fn keep(mut self) -> Result<PathBuf, WriteError> {
        std::fs::rename(&self.part, &self.path).map_err(WriteError::file(&self.path))?;
        self.kept = true;
        Ok(self.path.clone())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.kept {
            // Nobody can be told here, and a part file left behind does no harm.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}
