//! Kreise that are called by the name of their town: `die Kreise Kleve und Viersen`, `Olpe, Landkreis`.

use super::Reader;
use crate::document::Kind;
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
