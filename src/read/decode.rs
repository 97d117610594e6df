//! Bytes become text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::codepage::{self, Charset};

/// Bytes of the start by which UTF-16 is told from text in single bytes.
const START: usize = 4096;

/// What bytes say, and how they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Byte sequences without meaning, which became `U+FFFD`.
    pub replaced: u32,
    /// Letters in Windows-1252 in the middle of UTF-8 that were read as what they are.
    pub mended: u32,
}

/// Bytes as text, and how many malformed sequences became `U+FFFD`; the encoding is found as in [`decode_as`].
///
/// ```
/// use ressort::read::decode;
///
/// assert_eq!(decode("für".as_bytes()), ("für".to_owned(), 0));
/// assert_eq!(decode(b"f\xfcr"), ("für".to_owned(), 0));
/// assert_eq!(decode("für \u{fb}\u{fb}".as_bytes().split_last().unwrap().1), ("für û\u{fffd}".to_owned(), 1));
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, u32) {
    let decoded = decode_as(bytes, None);
    (decoded.text, decoded.replaced)
}

/// Bytes as text. A byte order mark says what they are; else UTF-16 shows by its zero bytes and UTF-8 by being well
/// formed; else what is `declared` (a label as in HTTP or HTML) counts; else it is the encoding in which the bytes make
/// the best German: Windows-1252, ISO 8859-15, Mac Roman, CP850, or what a detector for the web says.
///
/// ```
/// use ressort::read::decode_as;
///
/// let dos = decode_as(b"Der Beschlu\xe1 f\x81r die L\x84nder", None);
/// assert_eq!((dos.text.as_str(), dos.encoding), ("Der Beschluß für die Länder", "CP850"));
/// let polish = decode_as(b"Ministerstwo Cyfryzacji og\xb3asza", Some("iso-8859-2"));
/// assert_eq!(polish.text, "Ministerstwo Cyfryzacji ogłasza");
/// ```
#[must_use]
pub fn decode_as(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Reading::of_encoding(encoding).apply(&bytes[length..]);
    }
    match std::str::from_utf8(bytes) {
        // Zero bytes are valid UTF-8, and UTF-16 of plain letters is full of them.
        Ok(text) if !text.starts_with('\0') && utf16(bytes).is_none() => {
            Decoded { text: text.to_owned(), encoding: UTF_8.name(), replaced: 0, mended: 0 }
        }
        _ => Reading::of(bytes, declared).apply(bytes),
    }
}

/// How bytes are read; found once for many lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// UTF-8, perhaps with foreign bytes.
    Utf8,
    /// Another encoding.
    Other(Charset),
}

impl Reading {
    fn of_encoding(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 { Self::Utf8 } else { Self::Other(Charset::Web(encoding)) }
    }

    /// How bytes without a byte order mark are read.
    pub(super) fn of(bytes: &[u8], declared: Option<&str>) -> Self {
        if let Some(encoding) = utf16(bytes) {
            return Self::Other(Charset::Web(encoding));
        }
        match std::str::from_utf8(bytes) {
            Err(error) if error.error_len().is_some() && !is_mostly_utf8(bytes) => {}
            // Well formed, or cut off within its last letter.
            _ => return Self::Utf8,
        }
        let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
        Self::Other(match declared.filter(|encoding| *encoding != UTF_8 && *encoding != WINDOWS_1252) {
            Some(encoding) => Charset::Web(encoding),
            None => codepage::guess(bytes),
        })
    }

    pub(super) fn apply(self, bytes: &[u8]) -> Decoded {
        match self {
            Self::Utf8 => broken_utf8(bytes),
            Self::Other(charset) => {
                let (text, replaced) = charset.decode(bytes);
                Decoded { text: text.into_owned(), encoding: charset.name(), replaced, mended: 0 }
            }
        }
    }
}

/// UTF-16 without a mark: in Latin letters every other byte is zero.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(START) & !1];
    let pairs = start.len() / 2;
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = |zeros: usize| pairs >= 2 && zeros * 10 > pairs * 6;
    let few = |zeros: usize| zeros * 20 <= pairs;
    if most(odd) && few(even) {
        Some(UTF_16LE)
    } else if most(even) && few(odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes that are not well formed are UTF-8 all the same: a letter of several bytes does not come about by
/// chance, and a few foreign bytes (a quotation from elsewhere, a break) do not make it another encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good * 4 >= bad
}

/// UTF-8 with foreign bytes: those that are a letter or mark of Windows-1252 in its place are read as such.
fn broken_utf8(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let (mut replaced, mut mended) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let before = text.chars().next_back().unwrap_or(' ');
        let next = chunks.peek().and_then(|next| next.valid().chars().next()).unwrap_or(' ');
        let (windows, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
        let mut letters = windows.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if codepage::points(before, letter, next) >= 2 => {
                text.push(letter);
                mended += 1;
            }
            _ => {
                text.push('\u{fffd}');
                replaced += 1;
            }
        }
    }
    Decoded { text, encoding: UTF_8.name(), replaced, mended }
}

/// Whether bytes are no text in any encoding: a picture, a program. Control characters tell, for which text has no use.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1 << 16)];
    if Encoding::for_bom(start).is_some() || utf16(start).is_some() {
        return false;
    }
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=31 | 127) && **byte != 0x1b && **byte != 0x1a;
    let controls = start.iter().filter(control).count();
    controls > 2 + start.len() / 100
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
