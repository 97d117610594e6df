//! What a run is to read, kept beside its segments so that it can go on.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use xxhash_rust::xxh3::Xxh3Default;

use super::ExtractError;
use crate::document::{Failure, Stage};
use crate::read::{self, Source};
use crate::write::{Folder, WriteError};

/// Name of the file that holds the plan.
pub(super) const FILE: &str = "plan.json";
/// Names of the notes of a segment.
pub(super) const STATE: &str = "state.json";
pub(super) const INPUTS: &str = "inputs.jsonl";
pub(super) const SKETCHES: &str = "sketches";

/// What a run is to read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Plan {
    /// What the rows depend on, beside the inputs.
    pub(super) settings: Value,
    pub(super) inputs: Vec<Input>,
    /// What was wrong with the inputs as they were named.
    failures: Vec<(String, String)>,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Input {
    /// Its path, `-` for standard input.
    pub(super) source: String,
    /// Its size; 0 where it has none.
    pub(super) bytes: u64,
    /// When it was last written, in nanoseconds since 1970.
    modified: u64,
    /// Hash of its bytes (XXH3, 128 bits), known when it was read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) hash: String,
}

/// How much was read: so many sources, and so many loads of the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) source: usize,
    pub(super) loads: u64,
}

impl Plan {
    pub(super) fn new(inputs: &[PathBuf], settings: Value) -> Self {
        let (sources, failures) = read::expand(inputs);
        Self {
            settings,
            inputs: sources.iter().map(Input::of).collect(),
            failures: failures.into_iter().map(|failure| (failure.source, failure.message)).collect(),
        }
    }

    pub(super) fn load(path: &Path) -> Result<Self, ExtractError> {
        let damaged = |message: String| ExtractError::Damaged { path: path.to_owned(), message };
        let bytes = fs::read(path).map_err(|error| damaged(error.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))
    }

    pub(super) fn save(&self, path: &Path) -> Result<(), ExtractError> {
        let json = serde_json::to_vec(self).map_err(std::io::Error::from);
        Ok(json.map_err(WriteError::file(path)).and_then(|json| write_whole(path, &json))?)
    }

    pub(super) fn failures(&self) -> impl Iterator<Item = Failure> {
        self.failures.iter().map(|(source, message)| Failure::new(source, None, Stage::Read, message.as_str()))
    }

    /// Whether a run with these settings is the one that was planned.
    pub(super) fn check(&self, settings: &Value) -> Result<(), ExtractError> {
        let Some((was, is)) = self.settings.as_object().zip(settings.as_object()) else {
            return Err(ExtractError::OtherRun("its settings are not known".to_owned()));
        };
        match is.iter().find(|(name, value)| was.get(*name) != Some(value)) {
            None => Ok(()),
            Some((name, value)) => {
                let was = was.get(name).unwrap_or(&Value::Null);
                Err(ExtractError::OtherRun(format!("'{name}' was {was} and is {value}")))
            }
        }
    }

    /// Whether the inputs that are still to be read are as they were.
    pub(super) fn check_unchanged(&self, position: Position) -> Result<(), ExtractError> {
        let rest = self.inputs.iter().skip(position.source).filter(|input| input.source != "-");
        for input in rest {
            let now = Input::of(&input.to_source());
            if (now.bytes, now.modified) != (input.bytes, input.modified) {
                return Err(ExtractError::OtherRun(format!("{} has changed since", input.source)));
            }
        }
        Ok(())
    }
}

impl Input {
    fn of(source: &Source) -> Self {
        let metadata = match source {
            Source::File(path) => fs::metadata(path).ok(),
            Source::Stdin => None,
        };
        let bytes = metadata.as_ref().filter(|metadata| metadata.is_file()).map_or(0, fs::Metadata::len);
        let modified = metadata
            .and_then(|metadata| metadata.modified().ok())
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos() as u64);
        Self { source: source.name(), bytes, modified, hash: String::new() }
    }

    pub(super) fn to_source(&self) -> Source {
        if self.source == "-" { Source::Stdin } else { Source::File(PathBuf::from(&self.source)) }
    }

    /// The same input with the hash of its bytes; without one where it is no file that can be read.
    pub(super) fn hashed(&self) -> Self {
        let hash = if self.source == "-" { None } else { hash_of(Path::new(&self.source)).ok() };
        Self { hash: hash.unwrap_or_default(), ..self.clone() }
    }
}

fn hash_of(path: &Path) -> std::io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?;
    let (mut hash, mut buffer) = (Xxh3Default::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(format!("{:032x}", hash.digest128())),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// Keeps what the segments say of inputs and sketches beside the tables, for [`Start::Update`](super::Start::Update).
pub(super) fn keep_notes(folder: &Folder) -> Result<(), WriteError> {
    for name in [INPUTS, SKETCHES] {
        let mut all = Vec::new();
        for segment in folder.segments() {
            all.extend(segment.note(name)?);
        }
        write_whole(&folder.work_file(name), &all)?;
    }
    Ok(())
}

/// Writes a file that is there as a whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    fs::write(&part, bytes).and_then(|()| fs::rename(&part, path)).map_err(WriteError::file(path))
}
