//! What a byte or character can be at the beginning of a token.

/// What a byte can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// ASCII white space.
    Space,
    /// ASCII letter.
    Letter,
    /// ASCII digit.
    Digit,
    /// A mark that is always a token of its own: comma, closing bracket, question and exclamation mark.
    Plain,
    /// All other ASCII punctuation and signs, which may begin something longer.
    Mark,
    /// A byte of a longer character.
    Wide,
}

const fn class_of(byte: u8) -> Class {
    match byte {
        b'\t' | b'\n' | 0x0B | 0x0C | b'\r' | b' ' => Class::Space,
        b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b',' | b')' | b'?' | b'!' | b']' => Class::Plain,
        0x80.. => Class::Wide,
        _ => Class::Mark,
    }
}

static CLASSES: [Class; 256] = {
    let mut table = [Class::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = class_of(byte as u8);
        byte += 1;
    }
    table
};

/// Whether a word whose letters stop at `end` is over there, whatever stands further on: at the end of the text, before
/// a blank, or before a mark that never belongs to a word.
#[inline]
pub(super) fn ends_words(bytes: &[u8], end: usize) -> bool {
    bytes.get(end).is_none_or(|&byte| matches!(class(byte), Class::Space | Class::Plain) || byte == b';')
}

/// The class of a byte, by table.
#[inline]
pub(super) fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

/// The character at a byte offset, with its length in bytes; `None` at the end.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    let c = text.get(at..)?.chars().next()?;
    Some((c, c.len_utf8()))
}

/// The character before a byte offset.
#[inline]
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Letters of Latin script and what rides on them: combining marks (NFD umlauts) and soft hyphens.
#[inline]
pub(super) fn is_word_char(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c >= '\u{AA}'
            && (is_latin(c) || matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}' | '\u{2060}')))
}

/// Letters of Latin script beyond ASCII.
#[inline]
pub(super) fn is_latin(c: char) -> bool {
    matches!(c, 'ª' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | '\u{1E00}'..='\u{1EFF}' | '\u{FB00}'..='\u{FB06}')
}

/// Hyphens that join parts of one word: the common one and those of Unicode, the unbreakable one included.
#[inline]
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{FE63}' | '\u{FF0D}')
}

/// Apostrophes that can stand inside or at the end of a word.
#[inline]
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}' | '\u{B4}' | '`' | '\u{2018}')
}

/// White space or the end of the text.
#[inline]
pub(super) fn is_space_at(text: &str, at: usize) -> bool {
    char_at(text, at).is_none_or(|(c, _)| c.is_whitespace())
}
