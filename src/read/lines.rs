//! JSON Lines: pieces of many lines, each line a document.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use super::options::ReadOptions;
use super::piece::{Content, Outcomes, Piece};
use super::plain::notes;
use super::walk::Emit;
use super::{Format, decode, record};
use crate::document::{Document, Failure, Stage};

/// A piece ends with the line that makes it so long.
const PIECE_BYTES: usize = 256 * 1024;

/// Divides a stream of lines. A line beyond the limit is passed over, and the failure says so.
pub(super) fn pieces(
    mut reader: impl BufRead,
    name: &str,
    options: &ReadOptions,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    let limit = options.limits.document_bytes;
    let (mut bytes, mut first, mut number) = (Vec::new(), 0, 0);
    loop {
        let start = bytes.len();
        let read = reader.by_ref().take(limit + 1).read_until(b'\n', &mut bytes);
        let failed = |message: String| Err(Failure::new(name, Some(number), Stage::Read, message));
        let (failure, ends) = match read {
            Ok(0) => (None, true),
            Err(error) => {
                bytes.truncate(start);
                (Some(failed(format!("cannot read {name} beyond line {number}: {error}"))), true)
            }
            Ok(length) if length as u64 > limit && bytes.last() != Some(&b'\n') => {
                bytes.truncate(start);
                let skipped = skip_line(&mut reader);
                let message =
                    format!("{name}:{}: the line is longer than {} MB; it is left out", number + 1, limit >> 20);
                (Some(failed(message)), skipped.is_err())
            }
            Ok(_) => (None, false),
        };
        if bytes.len() >= PIECE_BYTES || ((failure.is_some() || ends) && !bytes.is_empty()) {
            let content = Content::Bytes { format: Format::JsonLines, first, bytes: std::mem::take(&mut bytes) };
            emit(Ok(Piece { source: name.to_owned(), content }))?;
            first = number + u32::from(failure.is_none() && !ends);
        }
        if let Some(failure) = failure {
            emit(failure)?;
            first = number + 1;
        }
        if ends {
            return ControlFlow::Continue(());
        }
        number += 1;
    }
}

fn skip_line(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        if let Some(at) = memchr::memchr(b'\n', buffer) {
            reader.consume(at + 1);
            return Ok(());
        }
        let length = buffer.len();
        reader.consume(length);
    }
}

/// The documents of a piece whose first line has the number `first`.
pub(super) fn documents(bytes: &[u8], name: &str, first: u32) -> Outcomes {
    let mut outcomes = Vec::new();
    let mut rest = bytes;
    let mut number = first;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        let (text, replaced) = decode(line);
        if !text.trim().is_empty() {
            outcomes.extend(document(&text, name, number, replaced));
        }
        number += 1;
    }
    outcomes
}

fn document(text: &str, name: &str, number: u32, replaced: u32) -> Outcomes {
    let place = format!("{name}:{}: ", number + 1);
    match record(text) {
        Err(error) => vec![Err(Failure::new(name, Some(number), Stage::Read, format!("{place}{error}")))],
        Ok(mut document) => {
            name.clone_into(&mut document.source);
            document.item = number;
            document.replaced = replaced;
            if document.id.is_empty() {
                document.id = format!("{name}#{}", number + 1);
            }
            with_notes(document, &place)
        }
    }
}

fn with_notes(document: Document, place: &str) -> Outcomes {
    let notes = notes(&document, place);
    std::iter::once(Ok(document)).chain(notes.into_iter().map(Err)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    #[test]
    fn pieces_number_their_lines_and_a_long_line_is_left_out() {
        let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(300));
        let lines = format!("{{\"text\":\"a\"}}\n\n{long}{{\"text\":\"b\"}}");
        let limits = Limits { document_bytes: 200, ..Limits::default() };
        let options = ReadOptions { limits, ..ReadOptions::default() };
        let mut outcomes = Vec::new();
        let flow = pieces(lines.as_bytes(), "l", &options, &mut |piece| {
            match piece {
                Ok(piece) => outcomes.extend(piece.documents(&options)),
                Err(failure) => outcomes.push(Err(failure)),
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        let seen: Vec<_> = outcomes
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => (document.item, document.text.as_str()),
                Err(failure) => (failure.item.unwrap(), failure.message.as_str()),
            })
            .collect();
        assert_eq!(seen, [(0, "a"), (2, "l:3: the line is longer than 0 MB; it is left out"), (3, "b")]);
    }
}
