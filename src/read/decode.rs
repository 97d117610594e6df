//! Bytes become text.

/// Bytes as text: a byte order mark is dropped, malformed sequences become `U+FFFD` and are counted.
///
/// ```
/// assert_eq!(ressort::read::decode(b"f\xfcr"), ("f\u{fffd}r".to_owned(), 1));
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, u32) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
            replaced += 1;
        }
    }
    (text, replaced)
}
