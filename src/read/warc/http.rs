//! HTTP messages as crawlers store them.

use std::io::{self, BufRead, Read};

use super::Lines;

/// Bytes of the headers of one message.
const HEADERS: u64 = 1 << 16;

/// What the headers of a message say about its payload.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// Type in lower case, without parameters.
    pub(super) mime: String,
    pub(super) charset: Option<String>,
    chunked: bool,
    packed: String,
}

/// Reads the headers of a response; `None` where it was no success.
pub(super) fn headers(body: &mut dyn BufRead) -> io::Result<Option<Message>> {
    let mut lines = Lines { reader: body.take(HEADERS) };
    let status = lines.next()?.unwrap_or_default();
    let success = status.split_ascii_whitespace().nth(1).is_some_and(|code| code.starts_with('2'));
    if !status.starts_with("HTTP/") || !success {
        return Ok(None);
    }
    let mut message = Message::default();
    while let Some(line) = lines.next()? {
        if line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                let Message { mime, charset, .. } = Message::of_type(value);
                (message.mime, message.charset) = (mime, charset);
            }
            "transfer-encoding" => message.chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => message.packed = value.to_ascii_lowercase(),
            _ => {}
        }
    }
    Ok(Some(message))
}

impl Message {
    /// What a content type says: `text/html; charset=ISO-8859-1`.
    pub(super) fn of_type(value: &str) -> Self {
        let mut parts = value.split(';');
        let mime = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        });
        Self { mime, charset, ..Self::default() }
    }

    /// The payload, put together and unpacked, of at most `limit` bytes.
    pub(super) fn payload(&self, body: &mut dyn BufRead, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = bounded(body, limit)?;
        // Crawlers that store what they put together keep the header all the same.
        let bytes = if self.chunked { whole(&bytes).unwrap_or(bytes) } else { bytes };
        unpacked(&self.packed, bytes, limit)
    }
}

fn bounded(reader: &mut dyn Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if reader.take(limit + 1).read_to_end(&mut bytes)? as u64 > limit {
        return Err(io::Error::other(format!("longer than {} MB", limit >> 20)));
    }
    Ok(bytes)
}

/// Chunks put together; `None` where there are none.
fn whole(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (bytes, Vec::with_capacity(bytes.len()));
    loop {
        let end = memchr::memchr(b'\n', rest.get(..rest.len().min(100))?)?;
        let line = std::str::from_utf8(rest[..end].trim_ascii()).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..length)?);
        rest = rest[length..].strip_prefix(b"\r\n").or_else(|| rest[length..].strip_prefix(b"\n"))?;
    }
}

#[cfg(feature = "archives")]
fn unpacked(packed: &str, bytes: Vec<u8>, limit: u64) -> io::Result<Vec<u8>> {
    match packed {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            bounded(&mut flate2::bufread::MultiGzDecoder::new(&bytes[..]), limit)
        }
        "deflate" => bounded(&mut flate2::bufread::ZlibDecoder::new(&bytes[..]), limit).or(Ok(bytes)),
        "zstd" if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            bounded(&mut zstd::Decoder::with_buffer(&bytes[..])?, limit)
        }
        "br" => Err(io::Error::other("it is packed by Brotli, which is not read")),
        _ => Ok(bytes),
    }
}

#[cfg(not(feature = "archives"))]
fn unpacked(packed: &str, bytes: Vec<u8>, _: u64) -> io::Result<Vec<u8>> {
    match packed {
        "" | "identity" => Ok(bytes),
        _ => Err(io::Error::other("it is packed; build this program with the feature 'archives'")),
    }
}
