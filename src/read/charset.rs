//! Bytes of a document that says itself in which encoding it is.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes as text, with the number of malformed sequences that were replaced: a byte order mark decides, then whether
/// they are UTF-8, then what the document `declared`.
///
/// Pages that declare Windows-1252 and are UTF-8 are common (a template kept from before), and what is well-formed UTF-8
/// with letters beyond ASCII is hardly ever anything else. What declares UTF-8 and is none at all is read as
/// Windows-1252, the usual encoding of old German pages; ISO 8859-1 means the same, as the web standard has it.
pub(super) fn decode_with(bytes: &[u8], declared: Option<&str>) -> (String, u32) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[length..]);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // UTF-16 of ASCII letters is valid UTF-8, with every second byte zero.
        let label = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
        let wide = label.filter(|label| label.name().starts_with("UTF-16") && text.contains('\0'));
        return wide.map_or_else(|| (text.to_owned(), 0), |label| decoded(label, bytes));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
    if declared != UTF_8 {
        return decoded(declared, bytes);
    }
    let (mut letters, mut malformed) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        malformed += usize::from(!chunk.invalid().is_empty());
    }
    decoded(if malformed > letters { WINDOWS_1252 } else { UTF_8 }, bytes)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> (String, u32) {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let replaced = if malformed { text.matches('\u{fffd}').count() } else { 0 };
    (text.into_owned(), u32::try_from(replaced).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_then_the_bytes_then_the_declaration_decide() {
        let read = |bytes: &[u8], declared: Option<&str>| decode_with(bytes, declared);
        assert_eq!(read(b"\xff\xfef\0\xfc\0r\0", Some("utf-8")), ("für".into(), 0));
        assert_eq!(read("für".as_bytes(), Some("iso-8859-1")), ("für".into(), 0));
        assert_eq!(read(b"f\xfcr 5 \x80", Some("iso-8859-1")), ("für 5 €".into(), 0));
        assert_eq!(read(b"f\xfcr 5 \xa4", Some("iso-8859-15")), ("für 5 €".into(), 0));
        assert_eq!(read(b"f\xfcr", Some("utf-8")), ("für".into(), 0));
        assert_eq!(read(b"f\0u\0r\0", Some("utf-16le")), ("fur".into(), 0));
        assert_eq!(read("f\u{fc}r, \u{fc}ber, gro\u{df}".as_bytes(), None), ("für, über, groß".into(), 0));
        assert_eq!(read(b"f\xc3\xbcr \xc3\xbcber\xff", None), ("für über\u{fffd}".into(), 1));
    }
}
