//! Kreise that are called by the name of their town: `die Kreise Kleve und Viersen`, `Olpe, Landkreis`.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};
use crate::gazetteer::EntityKey;

/// Words behind which a list of Kreise begins.
const KREISE: &[&str] = &["Kreise", "Kreisen", "Landkreise", "Landkreisen"];

/// What divides the names of a list.
const DIVIDERS: &[&str] = &[",", "und", "oder", "sowie", "/", "bzw."];

/// Words inside the names of towns and Kreise: `Neustadt an der Aisch`, `Wesel-Kreis`.
const INSIDE: &[&str] = &["am", "an", "der", "im", "in", "-"];

/// Words for towns; a list that they begin or go on names no Kreise.
const TOWNS: &[&str] = &["Städte", "Städten", "Stadt", "Städteregion", "Gemeinde", "Gemeinden"];

impl Reader<'_> {
    /// Where Kreise are spoken of, a town's name stands for the Kreis that has the same name.
    pub(super) fn settle_kreise(&mut self) {
        self.read_lists_of_kreise();
        for draft in 0..self.drafts.len() {
            if self.drafts[draft].kind() != Some(Kind::Municipality) {
                continue;
            }
            let Some(kreis) = self.kreis_of_the_same_name(draft) else { continue };
            if !self.is_called_a_kreis(draft) {
                continue;
            }
            if let Some(decision) = &mut self.drafts[draft].decision {
                decision.entity = Some(kreis);
            }
            self.accepted.note(Kind::Municipality, Some(kreis));
        }
    }

    /// `in den Landkreisen Wesermarsch, Celle und Uelzen`: what is joined behind the plural is a Kreis by its name alone,
    /// whether a town bears it (`Celle`) or none (`Wesermarsch`).
    fn read_lists_of_kreise(&mut self) {
        for at in memchr::memmem::find_iter(self.text.as_bytes(), b"reise") {
            let head = self.tokens.partition_point(|token| (token.span.end as usize) <= at);
            if KREISE.contains(&self.word(head)) {
                self.read_list_of_kreise(head);
            }
        }
    }

    fn read_list_of_kreise(&mut self, head: usize) {
        const MOST: usize = 40;
        let mut first = head + 1;
        for _ in 0..MOST {
            let Some((last, kreis)) = self.kreis_at(first) else { return };
            let span = Span::new(self.tokens[first].span.start, self.tokens[last].span.end);
            let over = self.drafts_over(span);
            match self.drafts[over].iter_mut().find(|draft| draft.span.overlaps(span)) {
                // `die Landkreise Celle und …`: one mention with the first of them.
                Some(draft) if draft.span.start < span.start => {}
                Some(draft) => {
                    let decision =
                        Decision::new(Kind::Municipality, Some(kreis), Via::Name, 0.85, vec![Evidence::Company]);
                    (draft.span, draft.tokens) = (span, (first, last));
                    (draft.decision, draft.refused) = (Some(decision), false);
                }
                None => {
                    let decision =
                        Decision::new(Kind::Municipality, Some(kreis), Via::Name, 0.85, vec![Evidence::Company]);
                    let mut draft = Draft::made(span, first, decision);
                    draft.tokens.1 = last;
                    let place = self.drafts.partition_point(|draft| draft.span.start < span.start);
                    self.drafts.insert(place, draft);
                }
            }
            self.accepted.note(Kind::Municipality, Some(kreis));
            if !DIVIDERS.contains(&self.word(last + 1)) {
                return;
            }
            first = last + 2;
        }
    }

    /// The longest name of a Kreis that begins at a token, without its general word.
    fn kreis_at(&self, first: usize) -> Option<(usize, EntityKey)> {
        const LONGEST: usize = 5; // `Neustadt an der Aisch-Bad Windsheim`
        if !self.word(first).starts_with(char::is_uppercase) {
            return None;
        }
        let mut found = None;
        for last in first..(first + LONGEST).min(self.tokens.len()) {
            let word = self.word(last);
            if !word.starts_with(char::is_uppercase) && !INSIDE.contains(&word) {
                break;
            }
            let name = &self.text[self.tokens[first].span.start as usize..self.tokens[last].span.end as usize];
            let kreis = ["Landkreis", "Kreis"].iter().find_map(|word| {
                let found = self.sources.lexicon.lookup(&format!("{word} {name}"));
                found.iter().find_map(|found| self.sources.lexicon.name(found.name).entity)
            });
            found = kreis.map(|kreis| (last, kreis)).or(found);
        }
        found
    }

    /// `Kreis Viersen` for Viersen, the town in it.
    fn kreis_of_the_same_name(&self, draft: usize) -> Option<EntityKey> {
        let gazetteer = self.sources.gazetteer;
        let town = gazetteer.entity(self.drafts[draft].entity()?);
        if let Some(kreis) = gazetteer.get(&town.attributes.parent)
            && gazetteer.entity(kreis).name.split_once(' ').is_some_and(|(_, name)| *name == *town.name)
        {
            return Some(kreis);
        }
        // A town that belongs to no Kreis gives its name to the one around it: `Landratsamt Rosenheim`.
        if !super::towns::is_of_a_kreis(self.word_before(self.drafts[draft].tokens.0)) {
            return None;
        }
        let found = self.sources.lexicon.lookup(&format!("Landkreis {}", town.name));
        found.iter().find_map(|found| self.sources.lexicon.name(found.name).entity)
    }

    /// `Recklinghausen, Landkreis 2 200`; `in den Kreisen Unna, Wesel und Viersen`.
    fn is_called_a_kreis(&self, draft: usize) -> bool {
        const LONGEST_LIST: usize = 60; // tokens
        let (first, last) = self.drafts[draft].tokens;
        if super::towns::is_of_a_kreis(self.word_before(first)) {
            return true;
        }
        // `Rust, Landkreis Emmendingen` is the town in that Kreis.
        if self.word(last + 1) == ","
            && matches!(self.word(last + 2), "Landkreis" | "Kreis")
            && !self.word(last + 3).starts_with(char::is_uppercase)
        {
            return true;
        }
        for token in (first.saturating_sub(LONGEST_LIST)..first).rev() {
            let word = self.word(token);
            if KREISE.contains(&word) {
                return true;
            }
            let name = word.starts_with(char::is_uppercase) && !TOWNS.contains(&word);
            if !name && !DIVIDERS.contains(&word) && !INSIDE.contains(&word) {
                return false;
            }
        }
        false
    }
}
