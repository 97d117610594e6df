//! Bytes and markup become a tree, within bounds.

use std::sync::LazyLock;

use dom_query::Document;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use regex::Regex;
use tendril::{StrTendril, TendrilSink};

use super::Refused;
use super::sink::Watched;

/// The parser is given so many bytes before the tree is looked at again.
const CHUNK: usize = 4096;
/// What people write is nested some thirty deep; the parser's cost grows with the depth.
const DEEPEST: u32 = 400;
/// A node takes about two hundred bytes.
const MOST_NODES: usize = 400_000;

/// A tag has so many attributes at most: the parser compares each with all others.
const MOST_ATTRIBUTES: usize = 10_000;

/// `<meta charset="…">` and `<meta http-equiv="Content-Type" content="text/html; charset=…">`; `<?xml encoding="…"?>`.
static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:<meta\b[^>]*?\bcharset\s*=\s*|<\?xml\b[^>]*?\bencoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]+)"#)
        .expect("the pattern is well formed")
});

/// The encoding that a page declares in its head.
pub(in crate::read) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    Some(CHARSET.captures(&head)?[1].to_owned())
}

/// The tree of a page; refused where it is deeper or larger than a page can be.
///
/// The parser is fed in small parts, so that a page of fifty megabytes of `<b>` ends early.
pub(super) fn parse(html: &str) -> Result<Document, Refused> {
    if has_endless_tag(html) {
        return Err(format!("a tag has more than {MOST_ATTRIBUTES} attributes; save the page as text"));
    }
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Watched::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(rest.floor_char_boundary(CHUNK));
        rest = behind;
        parser.process(StrTendril::from_slice(chunk));
        let watched = &parser.tokenizer.sink.sink;
        if watched.nodes() > MOST_NODES {
            return Err(format!("the page has more than {MOST_NODES} elements; divide it, or save it as text"));
        }
        if watched.deepest() > DEEPEST {
            return Err(format!("the page is nested more than {DEEPEST} deep; save it as text"));
        }
    }
    Ok(parser.finish())
}

/// Whether a tag has more attributes than any that somebody wrote: words outside of quotes are counted.
fn has_endless_tag(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut words, mut quote, mut before) = (0, 0, b' ');
        while let Some(&byte) = bytes.get(at) {
            if quote != 0 {
                quote = if byte == quote { 0 } else { quote };
            } else if before == b'=' && matches!(byte, b'"' | b'\'') {
                quote = byte;
            } else if byte == b'>' {
                break;
            } else if matches!(before, b' ' | b'\n' | b'\t' | b'\r' | b'/' | 12 | b'"' | b'\'') {
                words += usize::from(!byte.is_ascii_whitespace());
            }
            before = byte;
            at += 1;
        }
        if words > MOST_ATTRIBUTES {
            return true;
        }
    }
    false
}
