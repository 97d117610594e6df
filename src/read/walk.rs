//! From sources to pieces: opening, and dividing what is large.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use super::options::ReadOptions;
use super::piece::{Content, Piece};
use super::{Format, Source, lines};
use crate::document::{Failure, Stage};

/// Takes pieces, and says whether it wants more.
pub type Emit<'e> = dyn FnMut(Result<Piece, Failure>) -> ControlFlow<()> + 'e;

/// Reads a source and hands its pieces to `emit`, in their order, until there are no more or `emit` breaks.
///
/// Little is done here, so that one thread can feed many: [`Piece::documents`] does the rest. What cannot be read is
/// handed on as a [`Failure`].
pub fn walk(source: &Source, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let name = source.name();
    match open(source) {
        Ok((format, reader)) => stream(format, reader, &name, options, emit),
        Err(error) => {
            let message = format!("cannot read {name}: {error}; check the path and its rights");
            emit(Err(Failure::new(&name, None, Stage::Read, message)))
        }
    }
}

fn open(source: &Source) -> std::io::Result<(Format, Box<dyn BufRead>)> {
    Ok(match source {
        Source::Stdin => {
            let mut reader = BufReader::with_capacity(1 << 16, std::io::stdin());
            let format = Format::of_start(reader.fill_buf()?);
            (format, Box::new(reader))
        }
        Source::File(path) => {
            let file = File::open(path)?;
            // Opening a folder succeeds; reading it does not.
            if file.metadata()?.is_dir() {
                return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
            }
            let format = Format::of_name(&path.to_string_lossy()).unwrap_or(Format::Text);
            (format, Box::new(BufReader::with_capacity(1 << 16, file)))
        }
    })
}

/// Reads a stream in one format.
fn stream(
    format: Format,
    reader: Box<dyn BufRead + '_>,
    name: &str,
    options: &ReadOptions,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    match format {
        Format::JsonLines => lines::pieces(reader, name, options, emit),
        format => whole(format, reader, name, options, emit),
    }
}

/// A stream that is one piece.
fn whole(format: Format, reader: impl Read, name: &str, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let limit = options.limits.document_bytes;
    let mut bytes = Vec::new();
    let outcome = match reader.take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(format!("cannot read {name}: {error}")),
        Ok(read) if read as u64 > limit => Err(format!("longer than {} MB; split it", limit >> 20)),
        Ok(_) => Ok(Piece::new(name, Content::Bytes { format, first: 0, bytes })),
    };
    emit(outcome.map_err(|message| Failure::new(name, None, Stage::Read, message)))
}
