//! What a user names on the command line becomes a list of sources.

use std::path::{Path, PathBuf};

use super::Source;
use crate::document::{Failure, Stage};

/// Endings of the files that are read from a folder.
const READABLE: [&str; 6] = ["txt", "text", "md", "jsonl", "ndjson", "asc"];

/// Files, folders (with all folders in them), patterns (`2025/*.txt`) and `-` as sources, in the order given, the files
/// of a folder or pattern by name. Hidden files are passed over; other files of a folder that cannot be read are
/// failures, so that nothing is left out in silence.
///
/// ```
/// let (sources, failures) = ressort::read::expand(&["src/read/*.nichts".into()]);
/// assert!(sources.is_empty());
/// assert!(failures[0].message.contains("no file matches"));
/// ```
#[must_use]
pub fn expand(inputs: &[PathBuf]) -> (Vec<Source>, Vec<Failure>) {
    let (mut sources, mut failures) = (Vec::new(), Vec::new());
    for input in inputs {
        let name = input.display().to_string();
        if name == "-" {
            sources.push(Source::Stdin);
        } else if input.is_dir() {
            folder(input, &mut sources, &mut failures);
        } else if !input.exists() && name.contains(['*', '?', '[']) {
            pattern(&name, &mut sources, &mut failures);
        } else {
            sources.push(Source::File(input.clone()));
        }
    }
    (sources, failures)
}

fn folder(path: &Path, sources: &mut Vec<Source>, failures: &mut Vec<Failure>) {
    let name = path.display().to_string();
    let before = sources.len();
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries = walkdir::WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    for entry in entries {
        match entry {
            Err(error) => {
                let place = error.path().map_or_else(|| name.clone(), |path| path.display().to_string());
                failures.push(Failure::new(&place, None, Stage::Read, format!("cannot read {place}: {error}")));
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let known = entry
                    .path()
                    .extension()
                    .is_some_and(|end| READABLE.iter().any(|known| end.eq_ignore_ascii_case(known)));
                if known {
                    sources.push(Source::File(entry.into_path()));
                } else {
                    let place = entry.path().display().to_string();
                    let message = format!("not read: {place} ends in none of .{}", READABLE.join(", ."));
                    failures.push(Failure::new(&place, None, Stage::Read, message));
                }
            }
        }
    }
    if sources.len() == before {
        let message = format!("the folder {name} holds no file that ends in .{}", READABLE.join(", ."));
        failures.push(Failure::new(&name, None, Stage::Read, message));
    }
}

fn pattern(name: &str, sources: &mut Vec<Source>, failures: &mut Vec<Failure>) {
    let mut failed = |message: String| failures.push(Failure::new(name, None, Stage::Read, message));
    let before = sources.len();
    match glob::glob(name) {
        Err(error) => failed(format!("'{name}' is no pattern: {error}")),
        Ok(paths) => {
            for path in paths {
                match path {
                    Ok(path) if path.is_dir() => {}
                    Ok(path) => sources.push(Source::File(path)),
                    Err(error) => failed(format!("cannot read {}: {}", error.path().display(), error.error())),
                }
            }
            if sources.len() == before {
                failed(format!("no file matches '{name}'"));
            }
        }
    }
}
