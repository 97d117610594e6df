//! Letters that stand for something else in the words around them: `die FW rückte zum Brand aus`, `100 NKR`.

use super::Reader;
use super::draft::Reading;
use crate::document::{Kind, TokenKind};
use crate::gazetteer::NameClass;

/// How many words of a clause are looked at on each side.
const NEAR: usize = 12;

impl Reader<'_> {
    /// Whether the abbreviation of a draft speaks of something that no gazetteer holds.
    pub(super) fn means_something_else(&self, draft: usize, reading: &Reading) -> bool {
        reading.class == NameClass::Abbreviation
            && (self.is_a_unit(draft, reading)
                || (!self.has_article_of_a_ministry(draft, reading) && self.clause_speaks_of_something_else(draft)))
    }

    /// `20 MV`, `100 NKR`: behind a number stands what is counted; not behind a year, nor where a norm is cited.
    fn is_a_unit(&self, draft: usize, reading: &Reading) -> bool {
        let own = &self.drafts[draft];
        let Some(before) = own.tokens.0.checked_sub(1) else { return false };
        let number = self.word(before);
        let gap = self.text.get(self.tokens[before].span.end as usize..own.span.start as usize);
        self.tokens[before].kind == TokenKind::Number
            && number.len() < 4
            && reading.kind != Kind::Law
            && gap == Some(" ")
            && !own.joined_after
            // In tables and lists the figure belongs to the code before it: `BY 14, BW 12`.
            && !matches!(self.word_before(before).as_bytes(), [b'A'..=b'Z', b'A'..=b'Z', ..] | [b',' | b'|'])
            && !self.ends_citation(draft)
    }

    /// `das BMI`: a ministry is neuter; what shares its letters is mostly not.
    fn has_article_of_a_ministry(&self, draft: usize, reading: &Reading) -> bool {
        let own = &self.drafts[draft];
        reading.kind == Kind::Ministry
            && !own.joined_after
            && matches!(self.word_before(own.tokens.0), "das" | "Das" | "des" | "Des" | "ans" | "fürs")
    }

    /// Whether the words that a text gives for an abbreviation are those of the other meaning.
    pub(super) fn is_another_meaning(&self, abbreviation: &str, long_form: &str) -> bool {
        let words = self.sources.knowledge.other_meanings(abbreviation);
        long_form.split_whitespace().any(|word| speaks_of(words, word))
    }

    /// Whether a word of the same clause, or what a hyphen adds, speaks of the other meaning.
    fn clause_speaks_of_something_else(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let words = self.sources.knowledge.other_meanings(own.span.of(self.text));
        if words.is_empty() {
            return false;
        }
        let speaks = |word: &str| speaks_of(words, word);
        if own.joined_after && self.word(own.tokens.1).split('-').skip(1).any(speaks) {
            return true;
        }
        let inside = |token: &usize| {
            let token = self.word(*token);
            !matches!(token, "," | ";" | ":" | "." | "!" | "?" | "–")
        };
        let before = (own.tokens.0.saturating_sub(NEAR)..own.tokens.0).rev().take_while(inside);
        let behind = (own.tokens.1 + 1..self.tokens.len().min(own.tokens.1 + 1 + NEAR)).take_while(inside);
        before.chain(behind).any(|token| speaks(self.word(token)))
    }
}

/// Whether one of the signs (how a word begins, or with a full stop the whole) is in the word.
fn speaks_of(signs: &[&str], word: &str) -> bool {
    let word = word.to_lowercase();
    signs.iter().any(|sign| match sign.strip_suffix('.') {
        Some(whole) => word == whole,
        None => word.starts_with(sign),
    })
}
