//! Letters that stand for something else in the words around them: `die FW rückte zum Brand aus`, `100 NKR`.

use super::Reader;
use super::draft::Reading;
use super::gender::of_article;
use super::words::{COMPANY, FOREIGN};
use crate::document::{Kind, TokenKind};
use crate::gazetteer::NameClass;

/// How many words of a clause are looked at on each side.
const NEAR: usize = 12;

/// How far from a word for a number plate the letters on it stand.
const ON_A_PLATE: usize = 4;

impl Reader<'_> {
    /// Whether the abbreviation of a draft speaks of something that no gazetteer holds.
    pub(super) fn means_something_else(&self, draft: usize, reading: &Reading) -> bool {
        reading.class == NameClass::Abbreviation
            && (self.is_a_unit(draft, reading)
                || (!self.has_article_of_a_ministry(draft, reading) && self.clause_speaks_of_something_else(draft)))
    }

    /// Whether a name that means one thing in Germany is here that of somebody else: `das österreichische BKA`, `die BSI`,
    /// `der SPD-Chip`.
    pub(super) fn is_somebody_elses(&self, draft: usize, reading: &Reading) -> bool {
        if !matches!(reading.kind, Kind::Body | Kind::Law | Kind::Ministry | Kind::Parliament | Kind::Party) {
            return false;
        }
        self.has_foreign_owner(draft)
            || (reading.kind == Kind::Party && self.is_at_home_abroad(draft))
            || (reading.class == NameClass::Abbreviation
                && (self.is_a_company(draft)
                    || self.is_of_a_feminine(draft, reading)
                    || self.clause_speaks_of_something_else(draft)))
    }

    /// `die BSI Group`, `BMG Ventures`: a word behind that ends the names of companies.
    fn is_a_company(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        !own.joined_after && COMPANY.contains(&self.word(own.tokens.1 + 1))
    }

    /// `die BSI`: the Bundesamt is neuter, so another institution has the letters. Only `die` tells so much: people say `das
    /// KfW` of the bank, and `des FMSA Neuordnungsgesetzes` has the article of the law.
    fn is_of_a_feminine(&self, draft: usize, reading: &Reading) -> bool {
        let own = &self.drafts[draft];
        reading.kind == Kind::Body
            && matches!(self.word_before(own.tokens.0), "die" | "Die")
            && !self.word(own.tokens.1 + 1).starts_with(char::is_uppercase)
            && self.has_foreign_gender(draft, reading)
    }

    /// The same for names that need company; persons take no article (`die AKK`).
    pub(super) fn is_of_others(&self, draft: usize, reading: &Reading) -> bool {
        (reading.kind == Kind::Party && self.is_at_home_abroad(draft))
            || (reading.kind != Kind::Programme && self.has_foreign_owner(draft))
            || (reading.kind == Kind::Politician && of_article(self.word_before(self.drafts[draft].tokens.0)).is_some())
    }

    /// `das österreichische StGB`, `der Schweizer SGB`, `Polens Bundesrat`: the adjective or the genitive of another state
    /// directly before a name says whose it is. In a compound it belongs to the last part: `russische BND-Agenten`.
    pub(super) fn has_foreign_owner(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        let genitive = before.starts_with(char::is_uppercase) && before.ends_with('s');
        let adjective = before.starts_with(char::is_lowercase) && before.contains("isch");
        if own.joined_before || own.joined_after || !(genitive || adjective || before.starts_with("Schweizer")) {
            return false;
        }
        let before = before.to_lowercase();
        FOREIGN.iter().any(|stem| before.starts_with(stem))
    }

    /// `die Republikaner in den USA`, `die Grünen in Österreich`
    pub(super) fn is_at_home_abroad(&self, draft: usize) -> bool {
        let last = self.drafts[draft].tokens.1;
        if self.word(last + 1) != "in" {
            return false;
        }
        let article = matches!(self.word(last + 2), "den" | "der");
        let place = self.word(last + if article { 3 } else { 2 });
        place == "USA" || (place.starts_with(char::is_uppercase) && FOREIGN.contains(&place.to_lowercase().as_str()))
    }

    /// `Autos mit GG auf dem Nummernschild`: letters beside a word for a number plate are those of a Kreis or a state.
    fn is_on_a_number_plate(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let plate = |token: usize| {
            let word = self.word(token);
            ["ennzeichen", "ennzeichens", "ummernschild", "ummernschilds", "ummernschildern"]
                .iter()
                .any(|end| word.ends_with(end))
        };
        own.span.of(self.text).len() <= 3
            && !own.joined_after
            && (own.tokens.0.saturating_sub(ON_A_PLATE)..own.tokens.1 + 1 + ON_A_PLATE).any(plate)
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
        if self.is_on_a_number_plate(draft) {
            return true;
        }
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
