//! JSON Lines: pieces of many lines, each line a document.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use super::decode::{Decoded, Reading, is_binary};
use super::options::ReadOptions;
use super::piece::{Content, Outcomes, Piece};
use super::plain::notes;
use super::{Format, record};
use crate::document::{Document, Failure, Stage};

/// A piece ends with the line that makes it so long.
const PIECE_BYTES: usize = 256 * 1024;
/// After so many pieces without anything that looks like a record, no more are read: the stream is something else.
const FRUITLESS_PIECES: u32 = 16;
/// Of broken lines one after another so many are named each.
const NAMED_LINES: u32 = 20;

/// Divides a stream of lines. A line beyond the limit is passed over, and the failure says so. A stream that is no JSON
/// Lines at all is one failure.
pub(super) fn pieces(
    mut reader: impl BufRead,
    name: &str,
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<Piece, Failure>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let limit = options.limits.document_bytes;
    let (mut bytes, mut first, mut number, mut fruitless) = (Vec::new(), 0u32, 0u32, 0);
    let mut begun = false;
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
                let message = format!(
                    "{name}:{}: the line is longer than {} MB; it is left out",
                    u64::from(number) + 1,
                    limit >> 20
                );
                (Some(failed(message)), skipped.is_err())
            }
            Ok(_) => (None, false),
        };
        if bytes.len() >= PIECE_BYTES || ((failure.is_some() || ends) && !bytes.is_empty()) {
            let likely = has_record(&bytes);
            if !begun
                && !likely
                && let Some(message) = refuse(&bytes, name)
            {
                return emit(Err(Failure::new(name, None, Stage::Read, message)));
            }
            fruitless = if likely { 0 } else { fruitless + 1 };
            if fruitless >= FRUITLESS_PIECES {
                let message = format!(
                    "{name}:{}: no line of the last {} MB is a JSON object with a field 'text'; the rest is not read",
                    u64::from(number) + 1,
                    (PIECE_BYTES * FRUITLESS_PIECES as usize) >> 20
                );
                return emit(Err(Failure::new(name, Some(number), Stage::Read, message)));
            }
            let content = Content::Bytes { format: Format::JsonLines, first, bytes: std::mem::take(&mut bytes) };
            begun = true;
            emit(Ok(Piece::new(name, content)))?;
            first = number.saturating_add(u32::from(failure.is_none() && !ends));
        }
        if let Some(failure) = failure {
            emit(failure)?;
            first = number.saturating_add(1);
        }
        if ends {
            return ControlFlow::Continue(());
        }
        number = number.saturating_add(1);
    }
}

/// Whether a line of the piece looks like a record.
pub(super) fn has_record(bytes: &[u8]) -> bool {
    let is_object = |line: &[u8]| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
        let has = |field: &str| memchr::memmem::find(line, field.as_bytes()).is_some();
        line.starts_with(b"{") && line.ends_with(b"}") && (has("\"text\"") || has("\"abstract\""))
    };
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\n', rest) {
        if is_object(&rest[..at]) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    is_object(rest)
}

/// Why what begins so is no JSON Lines; `None` where single lines can be named instead.
fn refuse(bytes: &[u8], name: &str) -> Option<String> {
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    if is_binary(bytes) {
        Some(format!("{name} holds no text; check what it is, or name it by its format"))
    } else if lines > NAMED_LINES as usize {
        Some(format!(
            "none of the first {lines} lines of {name} is a JSON object with a field 'text'; JSON Lines has one in each line"
        ))
    } else {
        None
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
    // One encoding for all lines: a single one may have too few letters to tell.
    let reading = if std::str::from_utf8(bytes).is_ok() { None } else { Some(Reading::of(bytes, None)) };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rest = bytes;
    let (mut number, mut broken) = (first, 0);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        let decoded = match (reading, std::str::from_utf8(line)) {
            (None, Ok(text)) => outcome(text, name, number, None),
            (reading, _) => {
                let decoded = reading.unwrap_or(Reading::Utf8).apply(line);
                outcome(&decoded.text, name, number, Some(&decoded))
            }
        };
        match decoded {
            None => {}
            Some(Ok(document)) => {
                close(&mut broken, name, number, &mut outcomes);
                outcomes.extend(with_notes(document, &place(name, number)));
            }
            Some(Err(failure)) => {
                broken += 1;
                if broken <= NAMED_LINES {
                    outcomes.push(Err(failure));
                }
            }
        }
        number = number.saturating_add(1);
    }
    close(&mut broken, name, number, &mut outcomes);
    outcomes
}

/// Ends a run of broken lines before line `number`.
fn close(broken: &mut u32, name: &str, number: u32, outcomes: &mut Outcomes) {
    let run = std::mem::take(broken);
    if run > NAMED_LINES {
        let message = format!(
            "{}{} more lines up to this one are no documents",
            place(name, number.saturating_sub(1)),
            run - NAMED_LINES
        );
        outcomes.push(Err(Failure::new(name, number.checked_sub(1), Stage::Read, message)));
    }
}

fn place(name: &str, number: u32) -> String {
    format!("{name}:{}: ", u64::from(number) + 1)
}

/// What a line is; `None` where it is blank.
fn outcome(text: &str, name: &str, number: u32, decoded: Option<&Decoded>) -> Option<Result<Document, Failure>> {
    if text.trim().is_empty() {
        return None;
    }
    let failure = |error| Failure::new(name, Some(number), Stage::Read, format!("{}{error}", place(name, number)));
    Some(record(text).map_err(failure).map(|mut document| {
        name.clone_into(&mut document.source);
        document.item = number;
        document.encoding = Some(decoded.map_or("UTF-8", |decoded| decoded.encoding));
        document.replaced = decoded.map_or(0, |decoded| decoded.replaced);
        document.mended = decoded.map_or(0, |decoded| decoded.mended);
        if document.id.is_empty() {
            document.id = format!("{name}#{}", u64::from(number) + 1);
        }
        document
    }))
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
