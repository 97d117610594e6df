//! Offices and ministries in the plural: `die Innenministerinnen und Innenminister`, `der SPD-geführten Innenressorts`. They
//! are those of many governments and name none.

use super::Reader;
use super::company::is_indefinite;

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
        // `Ministerpräsidenten beraten`: in the singular the accusative has an article.
        let bare = word == "Ministerpräsidenten"
            && self.heads_a_sentence(draft)
            && self.word(own.tokens.1 + 1).starts_with(char::is_lowercase);
        plural_word
            || bare
            || chiefs
            || (masculine && (counted || is_number(before)))
            // `die zuständigen Innenminister`; `der unionsgeführten Innenressorts`, for one is `des Innenressorts`.
            || (masculine && matches!(article, "die" | "Die"))
            || (word.ends_with("ressorts") && matches!(article, "der" | "die" | "den" | "Der" | "Die" | "Den"))
            // `die Innenministerinnen und Innenminister`
            || (masculine
                && matches!(before, "und" | "sowie" | "bzw." | "oder")
                && own.tokens.0 > 1
                && self.word(own.tokens.0 - 2).ends_with("innen"))
            || (behind(1) == "der" && matches!(behind(2), "Länder" | "Bundesländer"))
            || (matches!(behind(1), "von" | "aus") && matches!((behind(2), behind(4)), ("Bund", "Ländern" | "Land")))
    }
}

/// `zehn`, `15`: more than one, and no year.
fn is_number(word: &str) -> bool {
    matches!(
        word,
        "vier" | "fünf" | "sechs" | "sieben" | "acht" | "neun" | "zehn" | "elf" | "zwölf" | "sechzehn" | "Zehn"
    ) || (word.len() < 3 && word != "1" && word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty())
}
