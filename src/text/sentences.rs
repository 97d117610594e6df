//! Sentences, from tokens.

use super::abbreviations::{begins_sentence, can_end_sentence};
use crate::document::{Sentence, Span, Token, TokenKind};

/// The sentences of a text, from its tokens: every token lies in exactly one.
///
/// Headings and list items without a full stop are sentences of their own. Text that was wrapped at a fixed width
/// (printed papers, e-mails) is told from text with one paragraph a line by its line lengths.
///
/// ```
/// use ressort::text::{sentences, tokens};
///
/// let text = "Der Gipfel fand am 20. und 21. November statt. Er war gut besucht.";
/// let tokens = tokens(text);
/// let sentences: Vec<_> = sentences(text, &tokens).iter().map(|sentence| sentence.span.of(text)).collect();
/// assert_eq!(sentences, ["Der Gipfel fand am 20. und 21. November statt.", "Er war gut besucht."]);
/// ```
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 12 + 1);
    sentences_into(text, tokens, &mut sentences);
    sentences
}

/// Like [`sentences`], into a vector that the caller keeps from document to document.
pub fn sentences_into(text: &str, tokens: &[Token], sentences: &mut Vec<Sentence>) {
    sentences.clear();
    let Some(first) = tokens.first() else { return };
    let wrap = wrapped_width(text);
    let mut start = first.span.start;
    let mut line_start = 0;
    let mut index = 0;
    while index < tokens.len() {
        let mut last = index;
        if ends_sentence(text, tokens, &mut last) || breaks_line(text, tokens, last, wrap, &mut line_start) {
            sentences.push(Sentence { span: Span::new(start, tokens[last].span.end) });
            if let Some(next) = tokens.get(last + 1) {
                start = next.span.start;
            } else {
                return;
            }
        }
        index = last + 1;
    }
    if let Some(last) = tokens.last() {
        sentences.push(Sentence { span: Span::new(start, last.span.end) });
    }
}

/// Marks that belong to the sentence that they follow without a space.
fn closes(mark: &str) -> bool {
    matches!(mark, "“" | "”" | "\"" | "«" | "»" | "‹" | "›" | "‘" | "’" | "'" | "''" | ")" | "]")
}

/// Whether the token at `*at` ends a sentence by its mark; moves `*at` on to the closing marks behind it.
fn ends_sentence(text: &str, tokens: &[Token], at: &mut usize) -> bool {
    let token = tokens[*at];
    let mark = match token.kind {
        TokenKind::Punctuation | TokenKind::Abbreviation => token.span.of(text),
        _ => return false,
    };
    let abbreviation = token.kind == TokenKind::Abbreviation;
    if abbreviation {
        let ends = can_end_sentence(mark)
            || (*at > 0 && can_end_sentence(&text[tokens[*at - 1].span.start as usize..token.span.end as usize]));
        if !ends {
            return false;
        }
    } else if !matches!(mark.as_bytes()[0], b'.' | b'!' | b'?') && mark != "…" {
        return false;
    }
    // Further marks of the same end: `?!`, and closing quotes and brackets.
    let mut last = *at;
    while let Some(next) = tokens.get(last + 1) {
        let glued = next.span.start == tokens[last].span.end;
        let mark = next.span.of(text);
        if !(glued
            && next.kind == TokenKind::Punctuation
            && (closes(mark) || matches!(mark.as_bytes()[0], b'!' | b'?' | b'.')))
        {
            break;
        }
        last += 1;
    }
    let Some(next) = tokens.get(last + 1) else {
        *at = last;
        return true;
    };
    let gap = &text[tokens[last].span.end as usize..next.span.start as usize];
    let word = next.span.of(text);
    let first = word.chars().next().unwrap_or(' ');
    let ends = if abbreviation {
        // Behind an abbreviation only a word that begins sentences shows an end.
        gap.contains("\n\n") || (!gap.is_empty() && begins_sentence(word))
    } else if gap.is_empty() {
        // `Wort.Wort`: glued by a web page; a comma or a bracket goes on.
        mark == "." && next.kind == TokenKind::Word && first.is_uppercase() && last == *at
    } else if first.is_lowercase() {
        // `(Beifall!) rief er`, `sagte er. oder`: a small letter goes on, unless the name is written so (`ver.di`).
        // `mehr...` closes a teaser.
        next.kind == TokenKind::Url
            || word.contains('.')
            || (mark != "…" && !mark.starts_with("..") && is_lower_start(word))
    } else {
        !matches!(word, "," | ";" | ":" | ")" | "]" | "–" | "—" | "-")
            || (mark == "." && matches!(word, "–" | "—" | "-"))
    };
    if ends {
        *at = last;
    }
    ends
}

/// Small words with which a sentence or teaser link begins although they are not capitalised: `mehr...`, `eGovernment`.
fn is_lower_start(word: &str) -> bool {
    matches!(word, "mehr" | "weiterlesen") || word.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Width at which the lines of the text were wrapped, or `None` where a line is a paragraph.
fn wrapped_width(text: &str) -> Option<usize> {
    let mut lines = 0_usize;
    let mut middling = 0_usize;
    let mut open = 0_usize;
    let mut longest = 0;
    for line in text.lines().take(400) {
        let line = line.trim_end();
        if line.is_empty() {
            continue;
        }
        lines += 1;
        let width = line.len();
        if (40..=130).contains(&width) {
            middling += 1;
            longest = longest.max(width);
            let last = line.as_bytes()[width - 1];
            open += usize::from(last.is_ascii_lowercase() || last == b',' || last == b'-');
        }
    }
    // Wrapped lines are of a middling length, and many end in the middle of a sentence.
    (lines >= 3 && middling * 2 > lines && open * 3 > middling).then_some(longest)
}

/// Whether the line break behind the token at `at` ends a sentence that has no mark at its end.
fn breaks_line(text: &str, tokens: &[Token], at: usize, wrap: Option<usize>, line_start: &mut usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    let (end, begin) = (tokens[at].span.end as usize, next.span.start as usize);
    if begin - end <= 1 && text.as_bytes()[end..begin] != *b"\n" {
        return false;
    }
    let gap = &text[end..begin];
    let breaks = gap.matches('\n').count();
    if breaks == 0 {
        return false;
    }
    let width = end.saturating_sub(*line_start);
    *line_start = begin;
    if breaks > 1 {
        return true;
    }
    let last = tokens[at].span.of(text);
    let word = next.span.of(text);
    let first = word.chars().next().unwrap_or(' ');
    // A line that ends with a comma, a colon, a hyphen or an abbreviation goes on, and so does one before a small letter.
    if matches!(last, "," | ":" | ";" | "–" | "-" | "(" | "„" | "/") || last.ends_with('-') || first.is_lowercase()
    {
        return matches!(first, '•' | '·');
    }
    match wrap {
        None => tokens[at].kind != TokenKind::Abbreviation,
        Some(longest) => {
            // In wrapped text a line well short of the width is a heading or the end of a paragraph, if what follows
            // could not have stood in it.
            let room = width + word.len() + 12 < longest;
            let item = matches!(next.kind, TokenKind::Ordinal)
                || matches!(first, '•' | '–' | '-' | '·')
                || word.starts_with('[');
            room && (first.is_uppercase() || item || first == '„')
                && tokens[at].kind != TokenKind::Abbreviation
                && !matches!(
                    last,
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
                )
        }
    }
}
