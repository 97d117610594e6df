//! Documents become tokens and sentences.

use unicode_segmentation::UnicodeSegmentation;

use crate::document::{Sentence, Span, Token, TokenKind};

/// The tokens of a text, in reading order.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    text.split_word_bound_indices()
        .filter(|(_, word)| !word.trim().is_empty())
        .map(|(start, word)| Token {
            span: Span::new(start as u32, (start + word.len()) as u32),
            kind: if word.chars().all(char::is_alphanumeric) { TokenKind::Word } else { TokenKind::Punctuation },
        })
        .collect()
}

/// The sentences of a text, from its tokens.
#[must_use]
pub fn sentences(_text: &str, tokens: &[Token]) -> Vec<Sentence> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => vec![Sentence { span: Span::new(first.span.start, last.span.end) }],
        _ => Vec::new(),
    }
}
