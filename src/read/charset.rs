//! Bytes of a document that says itself in which encoding it is.

use super::decode::decode_as;

/// Bytes as text, with the number of malformed sequences that were replaced: a byte order mark decides, then whether
/// they are UTF-8, then what the document `declared`.
///
/// Pages that declare Windows-1252 and are UTF-8 are common (a template kept from before), and what is well-formed UTF-8
/// with letters beyond ASCII is hardly ever anything else.
pub(super) fn decode_with(bytes: &[u8], declared: Option<&str>) -> (String, u32) {
    let decoded = decode_as(bytes, declared);
    (decoded.text, decoded.replaced)
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
