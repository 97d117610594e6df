//! Archives of web crawlers (WARC): the pages, texts and papers among their responses.

mod http;

use std::io::{self, BufRead, Read};

use super::Format;
use super::archive::member_name;
use super::decode::decode_as;
use super::piece::{Content, Piece};
use super::walk::{Flow, Place, Walker};
use crate::date::{Date, parse_day};

/// Bytes of the headers of one record.
const HEADERS: u64 = 1 << 16;

/// What the headers of a record say.
#[derive(Debug, Default)]
struct Record {
    kind: String,
    length: u64,
    uri: String,
    day: Option<Date>,
    mime: String,
}

/// Reads the records one by one; each response that was a success and holds a text is a piece, named by its address.
/// Other records are passed over.
pub(super) fn walk(walker: &mut Walker<'_>, reader: &mut dyn BufRead, place: &Place<'_>) -> Flow {
    let mut number = 0u64;
    loop {
        let record = match header(reader) {
            Ok(Some(record)) => record,
            Ok(None) if number == 0 => return walker.fail(place.name, format!("{} holds no record", place.name)),
            Ok(None) => return Flow::Continue(()),
            Err(error) => return broken(walker, number, &error, place),
        };
        number += 1;
        let mut body = reader.take(record.length);
        let found = contents(&record, &mut body, walker.options.limits.document_bytes);
        let rest = io::copy(&mut body, &mut io::sink());
        let missing = body.limit();
        match (found, rest) {
            (_, Err(error)) => return broken(walker, number - 1, &error, place),
            (_, Ok(_)) if missing > 0 => {
                let error = io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends within a record");
                return broken(walker, number - 1, &error, place);
            }
            (Ok(None), _) => {}
            (Err(error), _) => {
                let name = format!("{}!/{}", place.name, member_name(record.uri.as_bytes()));
                walker.fail(&name, format!("{name}: {error}"))?;
            }
            (Ok(Some((format, bytes))), _) => {
                walker.meter.earn(record.length);
                let name = format!("{}!/{}", place.name, member_name(record.uri.as_bytes()));
                let content = Content::Bytes { format, first: 0, bytes };
                (walker.emit)(Ok(Piece { crawled: record.day, ..Piece::new(&name, content) }))?;
            }
        }
    }
}

fn broken(walker: &mut Walker<'_>, read: u64, error: &io::Error, place: &Place<'_>) -> Flow {
    let message = format!("{} is broken behind its record {read}: {error}; the rest is not read", place.name);
    walker.fail(place.name, message)
}

/// The headers of the next record.
fn header(reader: &mut dyn BufRead) -> io::Result<Option<Record>> {
    let mut lines = Lines { reader: reader.take(HEADERS) };
    let version = loop {
        match lines.next()? {
            None => return Ok(None),
            Some(line) if line.trim().is_empty() => {}
            Some(line) => break line,
        }
    };
    let invalid = |message: &str| io::Error::new(io::ErrorKind::InvalidData, message.to_owned());
    if !version.starts_with("WARC/") {
        return Err(invalid("a record does not begin with 'WARC/'"));
    }
    let (mut record, mut length) = (Record::default(), None);
    loop {
        let line = lines.next()?.ok_or_else(|| invalid("the headers of a record do not end"))?;
        if line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => record.kind = value.to_ascii_lowercase(),
            "content-length" => length = value.parse().ok(),
            "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut record.uri),
            "warc-date" => record.day = value.get(..10).and_then(|day| parse_day(day).ok()),
            "content-type" => value.clone_into(&mut record.mime),
            _ => {}
        }
    }
    record.length = length.ok_or_else(|| invalid("a record has no length"))?;
    Ok(Some(record))
}

/// Lines of a header, of which only so many bytes are read.
struct Lines<R> {
    reader: io::Take<R>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        self.reader.read_until(b'\n', &mut line)?;
        if !line.is_empty() && !line.ends_with(b"\n") && self.reader.limit() == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the headers of a record are too long"));
        }
        Ok((!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned()))
    }
}

/// The text of a record and its format; `None` where there is none to read.
fn contents(record: &Record, body: &mut dyn BufRead, limit: u64) -> io::Result<Option<(Format, Vec<u8>)>> {
    let message = match record.kind.as_str() {
        "response" if record.mime.starts_with("application/http") => match http::headers(body)? {
            Some(message) => message,
            None => return Ok(None),
        },
        "resource" | "conversion" => http::Message::of_type(&record.mime),
        _ => return Ok(None),
    };
    // The crawler's own questions, and what it was told to leave alone.
    let Some(format) = format_of(&message.mime).filter(|_| !record.uri.ends_with("/robots.txt")) else {
        return Ok(None);
    };
    let bytes = message.payload(body, limit)?;
    if bytes.trim_ascii().is_empty() {
        return Ok(None);
    }
    let textual = matches!(format, Format::Html | Format::Text | Format::Xml | Format::Feed);
    match message.charset.as_deref().filter(|_| textual && std::str::from_utf8(&bytes).is_err()) {
        None => Ok(Some((format, bytes))),
        // A byte order mark tells the readers of formats, whatever the page says of itself.
        Some(charset) => {
            let text = decode_as(&bytes, Some(charset)).text;
            Ok(Some((format, ["\u{feff}", &text].concat().into_bytes())))
        }
    }
}

fn format_of(mime: &str) -> Option<Format> {
    Some(match mime {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Text,
        "application/pdf" => Format::Pdf,
        "application/rss+xml" | "application/atom+xml" => Format::Feed,
        "text/xml" | "application/xml" => Format::Xml,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Format::Docx,
        "application/vnd.oasis.opendocument.text" => Format::Odt,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::pieces_of;
    use super::*;
    use crate::read::ReadOptions;

    fn record(kind: &str, uri: &str, body: &[u8]) -> Vec<u8> {
        let mime = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
        let header = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-10-09T08:00:00Z\r\n\
             Content-Type: {mime}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [header.as_bytes(), body, b"\r\n\r\n"].concat()
    }

    fn texts(warc: &[u8]) -> Vec<Result<(String, Format, String), String>> {
        pieces_of("crawl.warc", warc, &ReadOptions::default())
            .into_iter()
            .map(|piece| match piece {
                Ok(Piece { source, content: Content::Bytes { format, bytes, .. }, crawled, .. }) => {
                    assert_eq!(crawled.unwrap().to_string(), "2025-10-09");
                    Ok((source, format, String::from_utf8(bytes).unwrap()))
                }
                Ok(other) => panic!("{other:?}"),
                Err(failure) => Err(failure.message),
            })
            .collect()
    }

    #[test]
    fn responses_with_text_are_pieces() {
        let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nDas \r\n4;x=y\r\nBMDS\r\n0\r\n\r\n";
        let warc = [
            record("warcinfo", "", b"software: x"),
            record("request", "https://a.de/", b"GET / HTTP/1.1\r\n\r\n"),
            record(
                "response",
                "https://a.de/1",
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"ISO-8859-1\"\r\n\r\n<p>f\xfcr",
            ),
            record("response", "https://a.de/2", chunked),
            record("response", "https://a.de/bild", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
            record("response", "https://a.de/weg", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nweg"),
            record("conversion", "https://a.de/3", "für".as_bytes()),
        ]
        .concat();
        let of =
            |uri: &str, format, text: &str| Ok((format!("crawl.warc!/https://a.de/{uri}"), format, text.to_owned()));
        let expected =
            [of("1", Format::Html, "\u{feff}<p>für"), of("2", Format::Text, "Das BMDS"), of("3", Format::Text, "für")];
        assert_eq!(texts(&warc), expected);
        // Cut off anywhere: what is whole is there, and one failure for the rest.
        let cut = texts(&warc[..warc.len() - 6]);
        assert_eq!(cut[..2], expected[..2]);
        assert!(cut[2].as_ref().unwrap_err().contains("behind its record 6"), "{cut:?}");
        assert_eq!(texts(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n").len(), 1);
    }
}
