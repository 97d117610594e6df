//! Offices and ministries in the plural: `die Innenministerinnen und Innenminister`, `der SPD-geführten Innenressorts`. They
//! are those of many governments and name none.

use super::Reader;
use super::address::is_degrees;
use super::company::is_indefinite;
use crate::document::Kind;

impl Reader<'_> {
    /// The word before a noun and its adjectives in small letters: `ein` in `ein eigenes Digitalministerium`.
    pub(super) fn article_before(&self, token: usize) -> &str {
        const ADJECTIVES: usize = 3;
        let adjective = |word: &str| {
            let small = word.starts_with(char::is_lowercase) || word.ends_with("geführten");
            small
                && word.len() > 4
                && ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end))
                && !is_indefinite(word)
        };
        let mut at = token;
        for _ in 0..ADJECTIVES {
            match at.checked_sub(1) {
                Some(before) if adjective(self.word(before)) => at = before,
                _ => break,
            }
        }
        self.word_before(at)
    }

    /// `die Digitalminister`, `alle Innenminister`, `die Minister der Länder`.
    pub(super) fn is_plural(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let surface = own.span.of(self.text);
        let word = surface.split_whitespace().next().unwrap_or("");
        let before = self.word_before(own.tokens.0);
        let article = self.article_before(own.tokens.0);
        let behind = |distance: usize| self.word(own.tokens.1 + distance);
        let masculine = word.ends_with("minister") || word.ends_with("kanzler") || word.ends_with("präsidenten");
        let plural_word = word.ends_with("innen") || word.ends_with("ministern");
        let chiefs = word.ends_with("chefs") && !matches!(before, "des" | "eines");
        let counted = matches!(
            before,
            "alle"
                | "aller"
                | "viele"
                | "mehrere"
                | "mehrerer"
                | "beide"
                | "beiden"
                | "zwei"
                | "drei"
                | "die"
                | "Die"
                | "Alle"
        );
        // `Konferenz der Ministerpräsidenten`: behind `der` this form is a genitive plural, a single one is `der
        // Ministerpräsident` or `der Ministerpräsidentin`.
        let genitive = word.ends_with("präsidenten") && matches!(before, "der" | "Der");
        // `Ministerpräsidenten beraten`, `eine Runde von Ministerpräsidenten`, `die Kanzlerin und Ministerpräsidenten`: in
        // the singular dative and accusative have an article, or a name behind.
        let bare = word == "Ministerpräsidenten"
            && ((self.heads_a_sentence(draft) && behind(1).starts_with(char::is_lowercase))
                || (matches!(before, "und" | "von" | "zwischen" | "mit" | "unter" | "bei" | "durch")
                    && !behind(1).starts_with(char::is_uppercase)
                    && !matches!(behind(1), "des" | "der" | "von" | "in" | "im")));
        plural_word
            || bare
            || chiefs
            || genitive
            || (masculine && (counted || is_number(before)) && !self.opens_a_relative_clause(draft))
            // `die zuständigen Innenminister`; `der unionsgeführten Innenressorts`, for one is `des Innenressorts`.
            || (masculine && matches!(article, "die" | "Die") && !self.opens_a_relative_clause(draft))
            || (word.ends_with("ressorts") && matches!(article, "der" | "die" | "den" | "Der" | "Die" | "Den"))
            // `die Innenministerinnen und Innenminister`
            || (masculine
                && matches!(before, "und" | "sowie" | "bzw." | "oder")
                && own.tokens.0 > 1
                && self.word(own.tokens.0 - 2).ends_with("innen"))
            || (behind(1) == "der" && matches!(behind(2), "Länder" | "Bundesländer"))
            || (matches!(behind(1), "von" | "aus") && matches!((behind(2), behind(4)), ("Bund", "Ländern" | "Land")))
    }

    /// `die Vorhaben, die Außenminister Wadephul nennt`: behind a comma `die` can be a relative pronoun, where the name of
    /// one person follows the office and no list of several.
    fn opens_a_relative_clause(&self, draft: usize) -> bool {
        let first = self.drafts[draft].tokens.0;
        let person = draft + 1;
        first >= 2
            && self.word_before(first) == "die"
            && self.word(first - 2) == ","
            && person < self.drafts.len()
            && is_degrees(self.between(draft, person))
            && self.readings(person).iter().any(|reading| reading.kind == Kind::Politician)
            && self.word(self.drafts[person].tokens.1 + 1).starts_with(char::is_lowercase)
            && !matches!(self.word(self.drafts[person].tokens.1 + 1), "und" | "sowie")
    }

    /// `stellvertretender Ministerpräsident`, `Vize-Ministerpräsidentin`: who stands in for the holder has another office.
    pub(super) fn is_a_deputy(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        let start = self.tokens[own.tokens.0].span.start as usize;
        let prefix = self.text.get(start..own.span.start as usize).unwrap_or("");
        prefix == "Vize-"
            || before.get(1..).is_some_and(|rest| rest.starts_with("tellvertretend") || rest.starts_with("tellv."))
    }
}

/// `zehn`, `15`: more than one, and no year.
fn is_number(word: &str) -> bool {
    matches!(
        word,
        "vier" | "fünf" | "sechs" | "sieben" | "acht" | "neun" | "zehn" | "elf" | "zwölf" | "sechzehn" | "Zehn"
    ) || (word.len() < 3 && word != "1" && word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty())
}
