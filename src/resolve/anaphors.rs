//! General words that stand for a name said before: `der Freistaat`, `das Bundesland`, `das Haus`, and `Land` beside
//! `Bund` (`Digitalkooperation zwischen Bund und Land`).

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};
use crate::gazetteer::EntityKey;

impl Reader<'_> {
    /// Adds mentions for general words whose antecedent is plain.
    pub(super) fn add_anaphors(&mut self) {
        let mut made = Vec::new();
        for &token in &self.signs.general {
            let token = token as usize;
            let word = self.word(token);
            // One Land beside the Federation, without article: that of the same sentence. `Bund und Land` without a
            // Land in the sentence is all of them.
            let paired =
                word == "Land" && token >= 2 && self.word(token - 1) == "und" && self.word(token - 2) == "Bund";
            let kind = match word {
                "Land" if paired => Kind::Land,
                "Freistaat" | "Freistaats" | "Freistaates" | "Bundesland" | "Bundeslandes" => Kind::Land,
                "Ministerium" | "Ministeriums" | "Haus" | "Ressort" => Kind::Ministry,
                _ => continue,
            };
            if !paired
                && !matches!(
                    self.word_before(token),
                    "der" | "Der" | "das" | "Das" | "dem" | "den" | "des" | "im" | "Im" | "vom" | "beim"
                )
            {
                continue;
            }
            let span = self.tokens[token].span;
            let next = self.tokens.get(token + 1).map_or(u32::MAX, |token| token.span.start);
            // `das Bundesland Hessen`, `das Ministerium für Verkehr`, `das Hohe Haus`, `das Haus der Geschichte`.
            if self
                .drafts
                .iter()
                .any(|draft| draft.span.overlaps(span) || (draft.span.start == next && draft.decision.is_some()))
                || matches!(self.word(token + 1), "für" | "des" | "der" | "von")
            {
                continue;
            }
            let sentence = self.sentence_of(span.start);
            let fits = |draft: &&Draft| {
                let free = |id: &str| matches!(id, "land:by" | "land:sn" | "land:th");
                draft.span.end <= span.start
                    && draft.kind() == Some(kind)
                    && draft.entity().is_some_and(|entity| {
                        !word.starts_with("Freistaat") || free(&self.sources.gazetteer.entity(entity).id)
                    })
            };
            let near = match kind {
                _ if paired => 0,
                Kind::Ministry => 2,
                _ => 6,
            };
            let antecedent = self.drafts.iter().filter(fits).max_by_key(|draft| draft.span.start);
            let Some(antecedent) = antecedent.filter(|draft| sentence - self.sentence_of(draft.span.start) <= near)
            else {
                continue;
            };
            // `Bayern und Sachsen kooperieren. Der Freistaat …`: two in the sentence that could be meant.
            let rival = |draft: &&Draft| {
                draft.entity() != antecedent.entity()
                    && self.sentence_of(draft.span.start) == self.sentence_of(antecedent.span.start)
            };
            if !paired && self.drafts.iter().filter(fits).any(|draft| rival(&draft)) {
                continue;
            }
            // `das Haus` is a ministry only right behind one.
            if matches!(word, "Haus" | "Ressort") && sentence - self.sentence_of(antecedent.span.start) > 1 {
                continue;
            }
            let decision = Decision::new(kind, antecedent.entity(), Via::Anaphor, 0.75, vec![Evidence::Antecedent]);
            made.push(Draft::made(span, token, decision));
        }
        self.drafts.extend(made);
        self.add_pairs();
    }

    /// `Vitako und die KGSt …, die beiden Verbände`: two of a kind in the sentence or the one before, and no third.
    fn add_pairs(&mut self) {
        let mut made = Vec::new();
        for at in memchr::memmem::find_iter(self.text.as_bytes(), b"beiden ") {
            let token = self.tokens.partition_point(|token| (token.span.start as usize) < at);
            if token == 0 || self.word(token) != "beiden" {
                continue;
            }
            let kind = match self.word(token + 1) {
                "Verbände" | "Verbänden" | "Organisationen" => Kind::Association,
                "Länder" | "Ländern" | "Bundesländer" | "Bundesländern" => Kind::Land,
                "Ministerien" | "Häuser" | "Ressorts" => Kind::Ministry,
                "Parteien" => Kind::Party,
                "Städte" | "Städten" | "Kommunen" => Kind::Municipality,
                "Behörden" => Kind::Body,
                _ => continue,
            };
            let span = Span::new(self.tokens[token].span.start, self.tokens[token + 1].span.end);
            let sentence = self.sentence_of(span.start);
            let mut named: Vec<EntityKey> = Vec::new();
            for draft in &self.drafts {
                let near = draft.span.end <= span.start && self.sentence_of(draft.span.start) + 1 >= sentence;
                if let Some(entity) = draft.entity().filter(|_| near && draft.kind() == Some(kind))
                    && !named.contains(&entity)
                {
                    named.push(entity);
                }
            }
            if named.len() == 2
                && !self.drafts.iter().any(|draft| draft.decision.is_some() && draft.span.overlaps(span))
            {
                let mut decision = Decision::new(kind, None, Via::Anaphor, 0.75, vec![Evidence::Antecedent]);
                decision.candidates = named;
                made.push(Draft::made(span, token, decision));
            }
        }
        self.drafts.extend(made);
    }
}
