//! Members of a parliament in a list, whom the gazetteers do not know.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, TokenKind, Via};

impl Reader<'_> {
    /// `der Abgeordneten Gerrit Huy, Rosa Musterfrau, René Bochmann`: what stands in a list between the full names of two
    /// politicians is a third one, new in the house or with a misprint in the name. It stays without entity.
    pub(super) fn add_listed_members(&mut self) {
        let mut made = Vec::new();
        let mut last: Option<usize> = None;
        for draft in 0..self.drafts.len() {
            let own = &self.drafts[draft];
            // A full name: two words or more.
            if own.kind() != Some(Kind::Politician) || own.tokens.1 == own.tokens.0 {
                continue;
            }
            if let Some(before) = last.replace(draft) {
                self.read_gap(before, draft, &mut made);
            }
        }
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// The names between two politicians, if there is nothing else between them.
    fn read_gap(&self, before: usize, behind: usize, made: &mut Vec<Draft>) {
        let (open, close) = (self.drafts[before].tokens.1 + 1, self.drafts[behind].tokens.0);
        // One or two names with titles, not a paragraph.
        if close < open + 4 || close > open + 12 || self.word(open) != "," || !self.is_parliamentary() {
            return;
        }
        let (start, end) = (self.drafts[before].span.end, self.drafts[behind].span.start);
        if self.text.get(start as usize..end as usize).is_none_or(|gap| gap.contains("\n\n")) {
            return;
        }
        let mut names = Vec::new();
        let mut from = open + 1;
        for at in open + 1..close {
            let word = self.word(at);
            if word == "," {
                names.push((from, at));
                from = at + 1;
            } else if from == at && is_title(word) {
                from = at + 1;
            } else if !is_part_of_a_name(word, self.tokens[at].kind) {
                return;
            }
        }
        // What is left behind the last comma is the title of the next one.
        if from != close || names.iter().any(|(from, to)| !(2..=4).contains(&to.saturating_sub(*from))) {
            return;
        }
        for (from, to) in names {
            let known = self.sources.knowledge.is_first_name(self.word(from));
            let span = Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end);
            let taken = self.drafts.iter().any(|other| other.decision.is_some() && other.span.overlaps(span));
            if known && !taken {
                let decision = Decision::new(Kind::Politician, None, Via::Name, 0.6, vec![Evidence::Company]);
                let mut draft = Draft::made(span, from, decision);
                draft.tokens.1 = to - 1;
                made.push(draft);
            }
        }
    }
}

fn is_title(word: &str) -> bool {
    super::address::DEGREES.contains(&word)
}

/// Whether a word can stand in a person's name: a capital, an initial, a particle of nobility.
fn is_part_of_a_name(word: &str, kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Abbreviation)
        && (word.starts_with(char::is_uppercase) || matches!(word, "von" | "van" | "de" | "der" | "zu"))
        || word == "."
}
