//! Tokens divided at their hyphens.

use crate::document::{Span, Token, TokenKind};
use crate::text::{divides_capitals, fold_into};

/// A part of a token between hyphens, or a whole token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, without the hyphens around it.
    pub span: Span,
    /// Index of its token.
    pub token: u32,
    /// Whether folding it only makes its letters small.
    pub plain: bool,
    /// Number of its stem in the lexicon, once it was asked for; [`Piece::UNKNOWN`] where no name has such a piece.
    pub word: u32,
    /// The node of the trie that names beginning with it start from; 0 for none.
    pub(super) root: u32,
}

impl Piece {
    /// The number of stems that no name has.
    pub const UNKNOWN: u32 = u32::MAX;
    /// The piece has not been looked up yet.
    pub(super) const UNREAD: u32 = u32::MAX - 1;
}

/// Calls `push` for each piece of the token.
pub(super) fn split(text: &str, token: &Token, mut push: impl FnMut(Span)) {
    let span = token.span;
    let divisible = matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Abbreviation);
    let surface = span.of(text);
    if !divisible || !surface.bytes().any(|byte| byte == b'-' || byte >= 0xE2) {
        let skip = u32::from(token.kind == TokenKind::Hashtag);
        push(Span::new(span.start + skip, span.end));
        return;
    }
    // Where the piece begins, and from where on the next hyphen is looked for.
    let (mut start, mut from) = (0, 0);
    let mut add = |start: usize, end: usize| {
        if start < end {
            push(Span::new(span.start + start as u32, span.start + end as u32));
        }
    };
    while let Some(at) = surface.as_bytes()[from..].iter().position(|&byte| byte == b'-' || byte >= 0xE2) {
        let at = from + at;
        let Some(c) = surface[at..].chars().next() else { break };
        from = at + c.len_utf8();
        if !is_hyphen(c) {
            continue;
        }
        let next_line = surface[from..].trim_start();
        let broken = next_line.len() < surface.len() - from;
        let divides = next_line.starts_with(char::is_lowercase) || divides_capitals(&surface[..at], next_line);
        if broken && divides {
            // `Vor-⏎pommern`, `BÜND-⏎NIS`: the hyphen only divides the word at the line end.
            continue;
        }
        add(start, at);
        from = surface.len() - next_line.len();
        start = from;
    }
    add(start, surface.len());
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{FE63}' | '\u{FF0D}')
}

/// The letters that German endings are made of, small or capital.
static IN_ENDINGS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte] = matches!(byte as u8 | 0x20, b'e' | b'm' | b'n' | b'r' | b's' | b'\'');
        byte += 1;
    }
    letters
};

/// The stem under which a folded or plain word is looked up: what is left when all letters of German endings are off.
///
/// It is the same for a word and for all its forms, and for many other words too: the forms tell those apart.
pub(super) fn stem(folded: &str) -> &str {
    let bytes = folded.as_bytes();
    let mut end = bytes.len();
    while end > 3 && IN_ENDINGS[usize::from(bytes[end - 1])] {
        end -= 1;
    }
    // Only ASCII letters were taken off, so the end is a char border.
    folded.get(..end).unwrap_or(folded)
}

/// Whether folding a word only makes its letters small.
pub(super) fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Folds a piece into a buffer that the caller keeps, and gives its look-up form back.
pub(super) fn folded<'b>(text: &str, span: Span, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    fold_into(span.of(text), buffer);
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{fold, tokens};

    fn pieces(text: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        for token in tokens(text) {
            split(text, &token, |span| pieces.push(fold(span.of(text))));
        }
        pieces
    }

    #[test]
    fn tokens_divide_at_hyphens_but_not_at_line_ends_inside_words() {
        assert_eq!(pieces("Die OZG-Umsetzung"), ["die", "ozg", "umsetzung"]);
        assert_eq!(pieces("Mecklenburg-Vor-\npommern"), ["mecklenburg", "vorpommern"]);
        assert_eq!(pieces("Mecklenburg-\nVorpommern"), ["mecklenburg", "vorpommern"]);
        assert_eq!(pieces("BÜND-\nNIS 90/DIE GRÜNEN"), ["buendnis", "90", "/", "die", "gruenen"]);
        assert_eq!(pieces("Wirtschafts- und"), ["wirtschafts", "und"]);
        assert_eq!(pieces("CDU/CSU"), ["cdu", "/", "csu"]);
    }

    #[test]
    fn forms_share_their_stem() {
        for (base, form) in [
            ("Hessen", "Hessens"),
            ("Merz", "Merz'"),
            ("Gesetz", "Gesetzes"),
            ("Deutscher", "Deutschen"),
            ("Bundesministerium", "Bundesministeriums"),
            ("Präsident", "Präsidenten"),
        ] {
            assert_eq!(stem(&fold(base)), stem(&fold(form)), "{base}");
        }
    }
}
