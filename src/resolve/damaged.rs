//! Names in words that damage has divided or joined: `Bundes-tag` where a line once ended, `IT-PlanungsratVorsitz` where a
//! kicker has lost the blank behind it.

use super::Reader;
use super::draft::Draft;
use crate::document::{Kind, Span, TokenKind};

/// How many words of a name are looked for before a divided word, and behind it.
const BEFORE: usize = 2;
const BEHIND: usize = 6;

/// Words behind a hyphen and a blank that show that it stands for an end left out: `Innen- und Justizministerium`.
const JOINING: &[&str] = &["und", "oder", "sowie", "bis", "bzw", "wie", "noch", "als", "u", "o", "statt", "in", "zum"];

impl Reader<'_> {
    /// Adds candidates that the search cannot see, because a hyphen stands inside of one of their words, or none of their
    /// ends does.
    pub(super) fn draft_damaged(&mut self) {
        let before = self.drafts.len();
        self.draft_divided();
        self.draft_glued_kicker();
        if self.drafts.len() > before {
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// `Bundes-tag`, `Bundes- tag`: behind a hyphen the second part of a German compound has a capital, but for adjectives
    /// (`OZG-konform`); a small letter is what is left of a line end, where the word without the hyphen is a name.
    fn draft_divided(&mut self) {
        let bytes = self.text.as_bytes();
        for at in memchr::memchr_iter(b'-', bytes) {
            let small = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_lowercase() || *byte == 0xC3);
            let spaced = bytes.get(at + 1) == Some(&b' ');
            if at > 0
                && (bytes[at - 1].is_ascii_lowercase() || bytes[at - 1] >= 0x80)
                && small(at + 1 + usize::from(spaced))
            {
                self.draft_divided_at(at, spaced);
            }
        }
    }

    fn draft_divided_at(&mut self, at: usize, spaced: bool) {
        let first = self.tokens.partition_point(|token| token.span.end as usize <= at);
        let last = first + usize::from(spaced);
        let Some(&head) = self.tokens.get(first).filter(|head| head.kind == TokenKind::Word) else { return };
        let end = if spaced { head.span.end as usize == at + 1 } else { head.span.end as usize > at + 1 };
        let capital = self.text[head.span.start as usize..].starts_with(char::is_uppercase);
        let behind = self.word(last);
        if !end || !capital || (spaced && (behind.len() < 3 || JOINING.contains(&behind))) {
            return;
        }
        let part = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or("");
        let (left, right) = (at as u32, at as u32 + 1 + u32::from(spaced));
        for begin in first.saturating_sub(BEFORE)..=first {
            for stop in (last..=last + BEHIND).rev() {
                let (Some(from), Some(to)) = (self.tokens.get(begin), self.tokens.get(stop)) else { continue };
                let span = Span::new(from.span.start, to.span.end);
                let name = format!("{}{}", part(span.start, left), part(right, span.end));
                if self.draft_as(&name, span, (begin, stop)) {
                    return;
                }
            }
        }
    }

    /// `IT-PlanungsratVorsitz wechselt`: in teasers that lost their marks the kicker runs into the headline, with a capital
    /// inside of a word. Länder, towns and persons are left out, after which companies are called (`SachsenEnergie`).
    fn draft_glued_kicker(&mut self) {
        const WORDS: usize = 8;
        for token in 0..self.tokens.len().min(WORDS) {
            let span = self.tokens[token].span;
            let word = span.of(self.text);
            let mut letters = word.char_indices().zip(word.chars().skip(1)).zip(word.chars().skip(2));
            let joint = letters
                .find(|(((_, one), two), three)| one.is_lowercase() && two.is_uppercase() && three.is_lowercase());
            let Some((((at, letter), _), _)) = joint else { continue };
            let known = self.drafts.iter().any(|draft| draft.tokens.1 == token && draft.span.end == span.end);
            let kicker = Span::new(self.tokens[0].span.start, span.start + (at + letter.len_utf8()) as u32);
            let named = !known && self.draft_as(kicker.of(self.text), kicker, (0, token));
            if named {
                let draft = self.drafts.len() - 1;
                let called_after = |kind| matches!(kind, Kind::Land | Kind::Municipality | Kind::Politician);
                if self.readings(draft).iter().any(|reading| called_after(reading.kind)) {
                    self.drafts.truncate(draft);
                }
            }
            return;
        }
    }

    /// Adds a candidate that stands in a span as a name, and takes out those inside of it; whether there is such a name.
    fn draft_as(&mut self, name: &str, span: Span, tokens: (usize, usize)) -> bool {
        let found = self.sources.lexicon.lookup(name);
        let first = self.readings.len();
        if found.is_empty() || self.read_names(&found).is_none() {
            self.readings.truncate(first);
            return false;
        }
        self.drafts.retain(|draft| !draft.span.overlaps(span));
        self.drafts.push(Draft {
            span,
            tokens,
            joined_before: false,
            joined_after: false,
            readings: (first as u32, self.readings.len() as u32),
            decision: None,
            refused: false,
        });
        true
    }
}
