//! Web and e-mail addresses, HTML tags and entities: one token each, never searched for names.

use super::tokens::Scanned;
use crate::document::TokenKind;

/// Endings of German public web addresses and of files; what stands before them with a dot is an address.
const DOMAINS: &[&str] = &[
    "de", "com", "org", "net", "eu", "info", "berlin", "hamburg", "bayern", "nrw", "koeln", "saarland", "ruhr",
    "digital", "gov", "edu", "io", "ai", "at", "ch", "uk", "fr", "tv",
];
const FILES: &[&str] = &[
    "pdf", "html", "htm", "xml", "json", "jsonl", "csv", "tsv", "txt", "md", "doc", "docx", "xls", "xlsx", "odt",
    "ods", "ppt", "pptx", "zip", "png", "jpg", "jpeg", "gif", "svg", "mp3", "mp4", "php", "aspx", "exe", "parquet",
];

/// An address that begins with a scheme, `www.` or a name before `@`.
pub(super) fn scan(text: &str, at: usize) -> Option<Scanned> {
    let rest = &text.as_bytes()[at..];
    let scheme = [&b"http://"[..], b"https://", b"ftp://", b"www.", b"mailto:"]
        .iter()
        .any(|start| rest.len() > start.len() && rest[..start.len()].eq_ignore_ascii_case(start));
    scheme.then(|| Scanned::new(end_of_address(text, at), TokenKind::Url))
}

/// Where an address that begins at `at` ends: at white space, a quotation mark or a bracket that was not opened
/// inside; marks that close the sentence are not part of it.
///
/// An address that a printed paper broke at the end of a line goes on in the next, where what stands there can be
/// nothing but a piece of an address (`www.niu⏎s.de/medien`).
pub(super) fn end_of_address(text: &str, at: usize) -> usize {
    let mut end = end_of_line_of_address(text, at);
    while text.as_bytes().get(end) == Some(&b'\n') {
        let divided = text[..end].ends_with('-');
        if !is_piece_of_address(text[end + 1..].split(char::is_whitespace).next().unwrap_or(""), divided) {
            break;
        }
        let stop = end_of_line_of_address(text, end + 1);
        if stop == end + 1 {
            break;
        }
        end = stop;
    }
    end
}

/// Whether a piece of text between blanks is the rest of an address: it begins small and has the marks of one inside.
/// Behind a hyphen (`divided`) less is asked: nothing else can follow there.
fn is_piece_of_address(piece: &str, divided: bool) -> bool {
    let piece = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '/');
    let begins = piece.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "/?&=%_-.".contains(c));
    let scheme = piece.starts_with("http") || piece.starts_with("www.");
    let hyphens = piece.bytes().filter(|&byte| byte == b'-').count();
    let path = piece.bytes().enumerate().any(|(index, byte)| {
        matches!(byte, b'/' | b'?' | b'=' | b'%' | b'_' | b'#')
            && (index > 0 || piece.len() > 1)
            && !piece.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/')
    });
    let file = piece.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    let marked = path || file || hyphens >= 2;
    !scheme && !piece.is_empty() && piece.is_ascii() && if divided { begins || marked } else { begins && marked }
}

fn end_of_line_of_address(text: &str, at: usize) -> usize {
    // Most of an address are bytes about which nothing is to be asked.
    let usual = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'=' | b'%');
    let at_first = at + text.as_bytes()[at..].iter().take_while(|byte| usual(byte)).count();
    let mut end = at_first;
    let mut open = 0_i32;
    for (offset, c) in text[at_first..].char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => break,
            ')' => open -= 1,
            '<' | '>' | '"' | '„' | '“' | '”' | '»' | '«' | '‚' | '‘' | '’' | '[' | ']' | '{' | '}' | '|' | '\\' =>
            {
                break;
            }
            c if c.is_whitespace() || c.is_control() => break,
            _ => {}
        }
        end = at_first + offset + c.len_utf8();
    }
    trim_marks(text, at, end)
}

/// Takes marks that end sentences off an address.
fn trim_marks(text: &str, at: usize, end: usize) -> usize {
    let trimmed = text[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '…', '–', '—']);
    if trimmed.is_empty() { end } else { at + trimmed.len() }
}

/// An e-mail address whose local part ends at `local_end`, where the `@` stands.
pub(super) fn email(text: &str, local_end: usize) -> Option<usize> {
    let rest = text.as_bytes().get(local_end..)?;
    if rest.first() != Some(&b'@') {
        return None;
    }
    let domain = rest[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let end = local_end + 1 + domain;
    let end = trim_marks(text, local_end, end);
    text[local_end + 1..end].contains('.').then_some(end)
}

/// What a word with an inner dot is: `bund.de`, `bericht.pdf`.
pub(super) fn dotted(word: &str) -> Option<TokenKind> {
    let (name, ending) = word.rsplit_once('.')?;
    if name.is_empty() || ending.is_empty() {
        return None;
    }
    let is = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(ending));
    (is(FILES) || (is(DOMAINS) && name != "ver")).then_some(TokenKind::Url)
}

/// An HTML tag at `<`: `<b>`, `</p>`, `<a href="…">`.
pub(super) fn tag(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    let name = 1 + usize::from(rest.get(1) == Some(&b'/'));
    if !rest.get(name)?.is_ascii_alphabetic() && rest.get(1) != Some(&b'!') {
        return None;
    }
    let close = rest.iter().take(500).position(|&byte| byte == b'>')?;
    // `a <b und c> d` is no tag: a tag has attributes with `=` behind its name, or nothing.
    let inside = std::str::from_utf8(&rest[name..close]).ok()?.trim_end_matches('/').trim_end();
    let plain = inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let rest_is_text = !plain && !inside.contains('=') && !inside.starts_with('!') && !inside.starts_with("--");
    (!rest_is_text && !inside.contains('<')).then_some(at + close + 1)
}

/// An HTML entity at `&`: its length and the character it stands for.
pub(super) fn entity(rest: &[u8]) -> Option<(usize, char)> {
    let end = rest.iter().take(12).position(|&byte| byte == b';')?;
    let name = std::str::from_utf8(rest.get(1..end)?).ok()?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        ENTITIES.iter().find(|(known, _)| *known == name)?.1
    };
    Some((end + 1, c))
}

/// Entities that German pages leave behind.
const ENTITIES: &[(&str, char)] = &[
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("shy", '\u{AD}'),
    ("nbsp", '\u{A0}'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("bdquo", '„'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("sect", '§'),
    ("euro", '€'),
    ("middot", '·'),
    ("bull", '•'),
    ("deg", '°'),
    ("times", '×'),
    ("copy", '©'),
    ("reg", '®'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
];
