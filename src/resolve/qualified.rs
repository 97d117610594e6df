//! Names that are common nouns too, and words beside them that say that another thing is meant: `die europäische
//! Datenstrategie`, `die Breitbandförderprogramme des Bundes`.

use super::Reader;
use super::draft::Reading;
use crate::document::Kind;
use crate::gazetteer::NameClass;

impl Reader<'_> {
    /// Whether a name of a programme stands for several things, or for that of another government.
    pub(super) fn is_another_programme(&self, draft: usize, reading: &Reading) -> bool {
        reading.kind == Kind::Programme && (self.is_several(draft, reading) || self.is_anothers(draft, reading))
    }

    /// `Breitbandförderprogramme des Bundes`: the plural of a programme is no name of one.
    fn is_several(&self, draft: usize, reading: &Reading) -> bool {
        // `mit eigenen Startchancen`, `bessere Startchancen`: the plural that the programme is called by, with an adjective
        // that tells one from others; `eine eigene Modernisierungsagenda` is one.
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        if !own.joined_after
            && reading.class == NameClass::Short
            && own.span.of(self.text).ends_with('n')
            && ["eigene", "bessere", "gleiche", "ungleiche", "schlechtere"].iter().any(|word| before.starts_with(word))
        {
            return true;
        }
        let mut words = self.drafts[draft].span.of(self.text).split_whitespace();
        reading.inflected
            && words.any(|word| {
                ["programme", "programmen", "projekte", "projekten", "strategien", "Programme", "Projekte"]
                    .iter()
                    .any(|end| word.ends_with(end))
            })
    }

    /// `die europäische Datenstrategie`, `die Datenstrategie der EU-Kommission`, `die bayerische 5G-Strategie`: a name
    /// of one word that only says what the thing is about is anybody's who is named beside it.
    fn is_anothers(&self, draft: usize, reading: &Reading) -> bool {
        let own = &self.drafts[draft];
        let surface = own.span.of(self.text);
        if !surface.ends_with("strategie") && !surface.ends_with("Strategie") && !surface.ends_with("agenda")
            || own.tokens.0 != own.tokens.1
            || !self.sources.gazetteer.entity(reading.entity).attributes.land.is_empty()
        {
            return false;
        }
        let before = self.word_before(own.tokens.0);
        // `eine Wasserstoffstrategie hat auch der Konzern`: one of several.
        if reading.class == NameClass::Short && matches!(before, "eine" | "Eine" | "einer" | "keine" | "Keine") {
            return true;
        }
        let european = |word: &str| {
            ["europäisch", "Europäisch", "EU-", "unionsweit"].iter().any(|start| word.starts_with(start))
                || word == "EU"
        };
        let behind = |distance: usize| self.word(own.tokens.1 + distance);
        if european(before)
            || (behind(1) == "der" && (european(behind(2)) || matches!(behind(2), "Kommission" | "Länder")))
            || (behind(1) == "des" && behind(2) == "Landes")
            || self.is_foreign(draft)
        {
            return true;
        }
        let of_land = |other: usize| {
            let other = &self.readings(other);
            other.iter().any(|reading| reading.kind == Kind::Land && reading.class != NameClass::Demonym)
        };
        // `Bayerns Datenstrategie`, `die bayerische Datenstrategie`.
        draft.checked_sub(1).is_some_and(|other| self.drafts[other].tokens.1 + 1 == own.tokens.0 && of_land(other))
            || (draft + 1 < self.drafts.len() && self.between(draft, draft + 1) == " " && of_land(draft + 1))
    }
}
