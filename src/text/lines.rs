//! Line breaks: where one ends a sentence that has no mark at its end, and where it was only the paper that ended.

use super::abbreviations::begins_sentence;
use super::numbers::counts;
use crate::document::{Token, TokenKind};

/// What a line break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// The sentence goes on in the next line, or there is no line break.
    GoesOn,
    /// A heading, list item or paragraph is over.
    Ends,
}

/// The lines of a text, visited from the first to the last.
pub(super) struct Lines<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Width of the longest wrapped line in bytes; `None` where a line is a paragraph, unset before it is asked for.
    wrap: Option<Option<usize>>,
    /// Where the current line begins.
    start: usize,
    /// Width of the line before, in bytes; 0 at the beginning of a paragraph.
    before: usize,
    /// End of a running head in the middle of an open sentence.
    head: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, wrap: None, start: 0, before: 0, head: 0 }
    }

    /// What lies behind the token at `index`, whose line is not over before.
    pub(super) fn at(&mut self, index: usize) -> Break {
        let Some(next) = self.tokens.get(index + 1) else { return Break::GoesOn };
        let (end, begin) = (self.tokens[index].span.end as usize, next.span.start as usize);
        let breaks = self.text.as_bytes()[end..begin].iter().filter(|&&byte| byte == b'\n').count();
        if breaks == 0 {
            return Break::GoesOn;
        }
        let width = end.saturating_sub(self.start);
        let before = std::mem::replace(&mut self.before, width);
        self.start = begin;
        if end <= self.head {
            return if end == self.head { Break::GoesOn } else { self.decide(index, breaks, width, before) };
        }
        if let Some(head) = self.running_head(begin) {
            // The sentence that it interrupts goes on behind it with a small letter.
            let rest = self.text[head..].trim_start();
            if self.is_open(index) || rest.starts_with(char::is_lowercase) {
                self.head = head;
                return Break::GoesOn;
            }
            return Break::Ends;
        }
        self.decide(index, breaks, width, before)
    }

    fn decide(&mut self, index: usize, breaks: usize, width: usize, before: usize) -> Break {
        let (token, next) = (self.tokens[index], self.tokens[index + 1]);
        if breaks > 1 {
            self.before = 0;
            return Break::Ends;
        }
        let last = token.span.of(self.text);
        let word = next.span.of(self.text);
        let first = word.chars().next().unwrap_or(' ');
        let ends = |ends: bool| if ends { Break::Ends } else { Break::GoesOn };
        if matches!(first, '•' | '·' | '\u{F0B7}' | '▪' | '■' | '➢') {
            return Break::Ends;
        }
        // Letters with spaces between them are a heading.
        if is_spaced_out(last) || is_spaced_out(word) {
            return ends(!(is_spaced_out(last) && is_spaced_out(word)));
        }
        // A line that ends with a comma, a colon, a hyphen or an abbreviation goes on, and so does one before a small
        // letter.
        if matches!(last, "," | ":" | ";" | "–" | "-" | "(" | "„" | "/" | "§" | "§§")
            || last.ends_with('-')
            || first.is_lowercase()
        {
            return Break::GoesOn;
        }
        let Some(longest) = self.wrapped_width() else { return ends(token.kind != TokenKind::Abbreviation) };
        if token.kind == TokenKind::Abbreviation {
            return Break::GoesOn;
        }
        let item = matches!(next.kind, TokenKind::Ordinal) || matches!(first, '–' | '-') || word.starts_with('[');
        let starts = next.kind == TokenKind::Word && begins_sentence(word) && !self.is_party(index + 1);
        // Behind an article, a preposition or any other small word something is missing, unless a sentence begins.
        if token.kind == TokenKind::Word && last.starts_with(char::is_lowercase) {
            return ends(starts || (item && next.kind == TokenKind::Ordinal && !is_function_word(last)));
        }
        if counts(last) {
            return Break::GoesOn;
        }
        // A line with room for the next word is a heading or the end of a paragraph. How wide its column is its
        // neighbours show: questions are set narrower than answers.
        let ahead =
            self.text[next.span.start as usize..].bytes().take(longest).take_while(|&byte| byte != b'\n').count();
        let column = before.max(ahead).clamp(longest * 3 / 5, longest);
        let room = width + 1 + word.len() + 3 < column;
        ends(room && (first.is_uppercase() || item || first.is_numeric() || matches!(first, '„' | '(' | '§' | '*')))
    }

    /// Whether the sentence up to the token cannot be over: it ends with a small word, a comma or a hyphen.
    fn is_open(&self, index: usize) -> bool {
        let token = self.tokens[index];
        let last = token.span.of(self.text);
        match token.kind {
            TokenKind::Word => last.starts_with(char::is_lowercase) || last.ends_with('-'),
            TokenKind::Punctuation => matches!(last, "," | "(" | "„" | "–"),
            _ => false,
        }
    }

    /// `Die⏎Linke`: the article is part of the name.
    fn is_party(&self, index: usize) -> bool {
        self.tokens[index].span.of(self.text) == "Die"
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|next| matches!(next.span.of(self.text), "Linke" | "LINKE" | "Grünen"))
    }

    /// The end of the running head of a printed paper that begins at `begin` and fills its line:
    /// `Deutscher Bundestag – 21. Wahlperiode – 3 – Drucksache 21/112`.
    fn running_head(&self, begin: usize) -> Option<usize> {
        let rest = &self.text[begin..];
        if !(rest.starts_with("Deutscher Bundestag –") || rest.starts_with("Drucksache ")) {
            return None;
        }
        let line = rest.split('\n').next().unwrap_or("");
        let head = line.len() < 110
            && line.contains("Wahlperiode")
            && line.contains("Drucksache")
            && line.contains("Deutscher Bundestag")
            && line.contains('–');
        head.then(|| begin + line.trim_end().len())
    }

    /// Width at which the lines of the text were wrapped, or `None` where a line is a paragraph.
    fn wrapped_width(&mut self) -> Option<usize> {
        *self.wrap.get_or_insert_with(|| wrapped_width(self.text))
    }
}

/// Lines that are looked at to see how a text was wrapped.
const SAMPLE: usize = 250;

fn wrapped_width(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut lines, mut middling, mut open, mut longest) = (0_usize, 0_usize, 0_usize, 0);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]).take(SAMPLE) {
        let line = bytes[start..end].trim_ascii();
        start = end + 1;
        let Some(last) = line.last() else { continue };
        lines += 1;
        if (40..=130).contains(&line.len()) {
            middling += 1;
            longest = longest.max(line.len());
            open += usize::from(last.is_ascii_lowercase() || matches!(last, b',' | b'-'));
        }
    }
    // Wrapped lines are of a middling length, and many end in the middle of a sentence.
    (lines >= 3 && middling * 2 > lines && open * 3 > middling).then_some(longest)
}

/// `V o r b e m e r k u n g`: a token with blanks between its letters.
fn is_spaced_out(token: &str) -> bool {
    token.as_bytes().iter().skip(1).take(2).any(|&byte| byte == b' ')
        && token.split(' ').all(|letter| letter.chars().nth(1).is_none())
}

/// Words behind which a noun or number must follow.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "der"
            | "die"
            | "das"
            | "des"
            | "dem"
            | "den"
            | "und"
            | "oder"
            | "für"
            | "von"
            | "vom"
            | "zum"
            | "zur"
            | "im"
            | "in"
            | "am"
            | "an"
            | "auf"
            | "mit"
            | "bei"
            | "nach"
            | "über"
            | "zu"
            | "aus"
            | "ab"
            | "bis"
            | "seit"
            | "einem"
            | "einer"
            | "eines"
            | "ein"
            | "eine"
            | "beim"
            | "gemäß"
            | "zwischen"
            | "dieser"
            | "diesem"
            | "diese"
    )
}
