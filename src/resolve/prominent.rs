//! Surnames alone, of those whom everybody knows: who leads a government or a ministry on the day, or did lately.

use super::draft::Reading;
use super::persons::only;
use super::words::{MODAL, PREPOSITIONS, SAYS, STRONG};
use super::{LATEST, Reader};
use crate::document::{Evidence, Kind};

/// Rivers that are surnames: the river has an article (`an der Maas`), the person none (`Maas wirbt`).
const RIVERS: &[&str] = &["Maas", "Rhein"];

/// Words that are no nouns: inside of a sentence German writes them small, unless somebody is called so (`dort sitzt Frei`).
const UNINFLECTED: &[&str] = &[
    "Frei", "Fromm", "Hoch", "Jung", "Klein", "Klug", "Kurz", "Lang", "Scharf", "Schon", "Stark", "Stolz", "Weil",
    "Wild", "Wüst",
];

impl Reader<'_> {
    /// `unter Wildberger`, `Habecks Haus`: the press names who leads a government or a ministry by the surname alone.
    pub(super) fn prominent_bearer(
        &self,
        draft: usize,
        readings: &[Reading],
        common: bool,
    ) -> Option<(Reading, f32, Evidence)> {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let leads = |reading: &&Reading| knowledge.is_prominent(gazetteer, reading.entity, self.day);
        let led = |reading: &&Reading| knowledge.was_prominent(gazetteer, reading.entity, self.day);
        // `unter Ramsauer, Dobrindt und Scheuer`: long ago, but among others, and nobody else of that name is known. Alone
        // it can be a brewery, or a Norwegian.
        let alone = || {
            let known = |it: &Reading| {
                self.day != LATEST
                    && (knowledge.once_prominent(gazetteer, it.entity, self.day)
                        || self.sits(it.entity)
                        || self.is_in_office(it.entity))
            };
            // `Rainhard Mixl`: a first name that is not the bearer's.
            let first = self.word_before(self.drafts[draft].tokens.0).starts_with(char::is_uppercase);
            let among = self.stands_among_politicians(draft) || self.contrasts_with_a_politician(draft);
            let alone = !common && (!first || self.heads_a_sentence(draft)) && among;
            // `Stolpe und Schönbohm`: the one who is in office rather than a namesake.
            let in_office = || only(readings.iter().filter(|it| self.is_in_office(it.entity)));
            only(readings.iter()).or_else(in_office).filter(|it| alone && known(it))
        };
        let reading =
            only(readings.iter().filter(leads)).or_else(|| only(readings.iter().filter(led))).or_else(alone)?;
        let own = &self.drafts[draft];
        let surface = own.span.of(self.text);
        let before = self.word_before(own.tokens.0);
        let next = self.word(own.tokens.1 + 1);
        // `Habeck Bau GmbH`, `Klingbeil & Söhne`: a longer name.
        // In a headline of capitals (`SÖDER LEHNT AB`) the case of the next word says nothing.
        let shouted = |word: &str| word.chars().count() > 1 && !word.contains(char::is_lowercase);
        // `weil Scholz Kanzler ist`: an office is no part of a name.
        let office = self.drafts.get(draft + 1).filter(|next| next.tokens.0 == own.tokens.1 + 1);
        let contrasted = self.contrasts_with_a_politician(draft);
        let longer = next.starts_with(char::is_uppercase)
            && !contrasted
            && !(shouted(surface) && shouted(next))
            && office.is_none_or(|office| office.kind() != Some(Kind::Office));
        if longer && !reading.inflected || matches!(next, "&" | "-" | "GmbH" | "AG") {
            return None;
        }
        let word = [surface, surface.trim_end_matches('s'), surface.trim_end_matches(['\'', '’'])]
            .iter()
            .any(|form| knowledge.is_word(form));
        let apostrophe = surface.ends_with(['\'', '’']);
        let head = self.heads_a_sentence(draft);
        // `Wüst: Wir brauchen Tempo`: a headline that quotes.
        let quoted = head && next == ":" && self.word(own.tokens.1 + 2).starts_with(char::is_uppercase);
        let accepted = if word {
            // `Kraft sagte`, but `mit Kraft`; `sagt Reiche`: a plural would have `sagen`, and a thing an article.
            apostrophe
                || quoted
                || (!head && (self.speaks(draft) || SAYS.contains(&before)))
                || (RIVERS.contains(&surface) && (self.speaks(draft) || self.acts(draft)))
                || (!head && UNINFLECTED.contains(&surface) && !self.is_paired(draft))
        } else if common {
            apostrophe
                || quoted
                || (head && !knowledge.is_first_name(surface) && self.is_in_a_headline(draft))
                || self.speaks(draft)
                || self.acts(draft)
                || contrasted
                || self.stands_among_politicians(draft)
                || (!head
                    && (PREPOSITIONS.contains(&before) || (reading.inflected && next.starts_with(char::is_uppercase))))
                // `Spahns Fraktion jubelte`: a genitive before its noun, where politics is talked of.
                || (head
                    && reading.inflected
                    && next.starts_with(char::is_uppercase)
                    && self.accepted.has_any(&[Kind::Party, Kind::Office, Kind::Parliament]))
                || (!head
                    && before.starts_with(char::is_lowercase)
                    && (before.ends_with(['t', 'h', 'e', 'n']) || STRONG.contains(&before) || MODAL.contains(&before)))
        } else {
            true
        };
        accepted.then_some((reading, 0.7, Evidence::HolderOnDay))
    }

    /// `von Klein auf`, `Lang und Breit`, `über Kurz oder Lang`: set phrases, in which adjectives are capitalised too.
    fn is_paired(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        !before.starts_with(char::is_lowercase)
            || PREPOSITIONS.contains(&before)
            || matches!(before, "und" | "oder" | "zu")
            || matches!(self.word(own.tokens.1 + 1), "und" | "oder" | "auf" | "bis")
    }
}
