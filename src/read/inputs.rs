//! What a user names on the command line becomes a list of sources.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::format::recognise;
use super::{Format, Source};
use crate::document::{Failure, Stage};

/// Bytes that show the format of a file whose name does not tell it.
const START: u64 = 1024;

/// Files, folders (with all folders in them), patterns (`2025/*.txt`) and `-` as sources, in the order given, the files
/// of a folder or pattern by name. Hidden files are passed over; other files of a folder that cannot be read are
/// failures, so that nothing is left out in silence.
///
/// Links in a folder are not followed, and pipes and devices in it are not opened: only what the user names is.
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
            Ok(entry) => match readable(entry.path(), entry.file_type()) {
                Ok(()) => sources.push(Source::File(entry.into_path())),
                Err(message) => {
                    failures.push(Failure::new(&entry.path().display().to_string(), None, Stage::Read, message));
                }
            },
        }
    }
    if sources.len() == before {
        let message = format!("the folder {name} holds no file that can be read");
        failures.push(Failure::new(&name, None, Stage::Read, message));
    }
}

/// Whether a file in a folder is read; if not, why.
fn readable(path: &Path, kind: std::fs::FileType) -> Result<(), String> {
    let place = path.display().to_string();
    if kind.is_symlink() {
        return Err(format!("not read: {place} is a link, and links in folders are not followed"));
    }
    if !kind.is_file() {
        return Err(format!("not read: {place} is no file but a pipe, a socket or a device"));
    }
    if Format::of_name(&place).is_some() {
        return Ok(());
    }
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(START).read_to_end(&mut start))
        .map_err(|error| format!("cannot read {place}: {error}"))?;
    match recognise(&start, "", &place)? {
        Some(_) => Ok(()),
        None => Err(format!("not read: neither the name nor the first bytes of {place} tell its format")),
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
                    Ok(path) if path.is_file() => sources.push(Source::File(path)),
                    Ok(path) => failed(format!("not read: {} is no file", path.display())),
                    Err(error) => failed(format!("cannot read {}: {}", error.path().display(), error.error())),
                }
            }
            if sources.len() == before {
                failed(format!("no file matches '{name}'"));
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_folder_are_told_by_name_or_bytes_and_nothing_else_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.txt"), "Text").unwrap();
        std::fs::write(at("b"), "{\"text\":\"x\"}").unwrap();
        std::fs::write(at("c"), "nur Text").unwrap();
        std::fs::write(at("d.png"), b"\x89PNG\r\n").unwrap();
        std::fs::write(at(".versteckt.txt"), "Text").unwrap();
        std::os::unix::fs::symlink(at("a.txt"), at("e.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("f")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("g.txt")).unwrap();
        let (sources, failures) = expand(&[folder.path().to_path_buf()]);
        assert_eq!(sources, [Source::File(at("a.txt")), Source::File(at("b"))]);
        let told: Vec<_> = failures.iter().map(|failure| failure.source.clone()).collect();
        assert_eq!(told, ["c", "d.png", "e.txt", "f", "g.txt"].map(|name| at(name).display().to_string()));
    }
}
