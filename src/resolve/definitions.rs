//! What the text itself says of its abbreviations: `Kommunale Datenzentrale (KDZ)` teaches `KDZ` to the whole document,
//! and `Body-Mass-Index (BMI)` says that `BMI` is no ministry in it.

use super::Reader;
use super::draft::{Decision, Draft, Reading};
use crate::document::{Evidence, Kind, Span, TokenKind, Via};
use crate::gazetteer::{EntityKey, NameRule};

/// An abbreviation in brackets behind its long form.
struct Definition<'t> {
    abbreviation: &'t str,
    /// The long form, where it is a mention.
    entity: Option<(EntityKey, Kind)>,
    /// The words before the bracket.
    long_form: &'t str,
    /// Where the bracket opens.
    at: u32,
}

impl<'t> Reader<'t> {
    /// Reads the definitions of the document and follows them.
    pub(super) fn follow_definitions(&mut self) {
        let mut definitions = self.definitions();
        // The first definition of an abbreviation counts.
        definitions.sort_by_key(|definition| definition.abbreviation);
        definitions.dedup_by_key(|definition| definition.abbreviation);
        if definitions.is_empty() {
            return;
        }
        let mut taught = Vec::new();
        for definition in &definitions {
            let Some((entity, kind)) = definition.entity else { continue };
            for at in memchr::memmem::find_iter(self.text.as_bytes(), definition.abbreviation) {
                let token = self.tokens.partition_point(|token| (token.span.start as usize) < at);
                if let Some(rest) = self.word(token).strip_prefix(definition.abbreviation)
                    && self.tokens[token].span.start as usize == at
                    && (rest.is_empty() || rest.starts_with('-'))
                {
                    taught.push((token, definition.abbreviation.len() as u32, !rest.is_empty(), entity, kind));
                }
            }
        }
        taught.sort_by_key(|(token, ..)| *token);
        for (token, length, compound, entity, kind) in taught {
            self.teach(token, length, compound, entity, kind);
        }
        self.drafts.sort_by_key(|draft| draft.span.start);
        for definition in definitions.iter().filter(|definition| definition.entity.is_none()) {
            self.refuse_other_meanings(definition);
        }
    }

    /// `Long Form (ABC)`: brackets around one word in capitals whose letters follow those of the words before.
    fn definitions(&self) -> Vec<Definition<'t>> {
        let mut found = Vec::new();
        for &open in &self.signs.brackets {
            let open = open as usize;
            let token = self.tokens[open];
            if open == 0 || token.kind != TokenKind::Punctuation {
                continue;
            }
            let abbreviation = self.word(open + 1);
            if !matches!(self.word(open + 2), ")" | "," | ";" | "–") || !is_abbreviation(abbreviation) {
                continue;
            }
            let behind = self.drafts.partition_point(|draft| draft.span.start < token.span.start);
            let before = self.drafts[..behind].last().filter(|draft| draft.tokens.1 + 1 == open && !draft.joined_after);
            let mention = before
                .and_then(|draft| Some((draft.entity()?, draft.kind()?, draft.span)))
                .filter(|(_, _, span)| abbreviates(abbreviation, span.of(self.text)));
            if let Some((entity, kind, span)) = mention {
                let long_form = span.of(self.text);
                let entity = Some(self.house_of(entity).map_or((entity, kind), |house| (house, Kind::Ministry)));
                found.push(Definition { abbreviation, entity, long_form, at: token.span.start });
                continue;
            }
            // The words that the letters stand for: at most two more than there are letters.
            let first = (open.saturating_sub(abbreviation.chars().count() + 2)..open).find(|&first| {
                let word = self.word(first);
                word.starts_with(char::is_uppercase)
                    && self.tokens[first..open].iter().all(|token| matches!(token.kind, TokenKind::Word))
                    && abbreviates(
                        abbreviation,
                        &self.text[self.tokens[first].span.start as usize..token.span.start as usize],
                    )
            });
            if let Some(first) = first {
                let long_form = &self.text[self.tokens[first].span.start as usize..token.span.start as usize];
                found.push(Definition { abbreviation, entity: None, long_form, at: token.span.start });
            }
        }
        found
    }

    /// `des Bundesministers des Innern (BMI)`: the letters are those of the house that the minister leads.
    fn house_of(&self, entity: EntityKey) -> Option<EntityKey> {
        let gazetteer = self.sources.gazetteer;
        let office = gazetteer.entity(entity);
        if office.kind != Kind::Office {
            return None;
        }
        gazetteer.get(&office.attributes.parent).filter(|&house| gazetteer.entity(house).kind == Kind::Ministry)
    }

    /// A place of the abbreviation means the entity, whether a gazetteer holds the abbreviation or not.
    fn teach(&mut self, token: usize, length: u32, compound: bool, entity: EntityKey, kind: Kind) {
        let start = self.tokens[token].span.start;
        let span = Span::new(start, start + length);
        let via = if compound { Via::Compound } else { Via::Abbreviation };
        // An article that does not agree speaks of something else: `der DSC` after `Datenschutzcockpit (DSC)`.
        let agrees = compound || self.article_agrees(token, entity).unwrap_or(true);
        let decision = agrees.then(|| Decision::new(kind, Some(entity), via, 0.93, vec![Evidence::LongFormInDocument]));
        match self.drafts.iter().position(|draft| draft.span.overlaps(span)) {
            Some(known) if self.drafts[known].span == span => {
                let draft = &mut self.drafts[known];
                if draft.entity() != Some(entity) || decision.is_none() {
                    draft.refused = decision.is_none();
                    draft.decision = decision;
                }
            }
            Some(_) => {}
            None => self.drafts.extend(decision.map(|decision| Draft::made(span, token, decision))),
        }
    }

    /// The document uses the letters for something that no gazetteer holds: what they mean elsewhere does not count.
    fn refuse_other_meanings(&mut self, definition: &Definition<'_>) {
        for draft in 0..self.drafts.len() {
            if self.drafts[draft].span.of(self.text) != definition.abbreviation {
                continue;
            }
            // Names that need no company (`Adam (AfD)` in an index) are not given up for a likeness of letters, but where
            // the words are known to mean something else (`British Standards Institution (BSI)`). With the article of the
            // one that the gazetteer holds (`das BSI`) it is meant all the same.
            let plain = |reading: &Reading| matches!(self.rule(reading), NameRule::None | NameRule::Exact);
            // `Colorado State University (CSU)`: word by word, and from there on.
            let spelled = || {
                self.drafts[draft].span.start > definition.at
                    && are_initials(definition.abbreviation, definition.long_form)
            };
            let another = || {
                (self.is_another_meaning(definition.abbreviation, definition.long_form) || spelled())
                    && !matches!(self.word_before(self.drafts[draft].tokens.0), "das" | "Das" | "des")
            };
            if self.readings(draft).iter().all(plain) && !another() {
                continue;
            }
            let names =
                self.readings(draft).iter().flat_map(|reading| &self.sources.gazetteer.entity(reading.entity).names);
            // A long form in other words (`Ministerium des Inneren (BMI)`) shares at least one of them.
            let same = names.clone().any(|name| shares_a_word(&name.text, definition.long_form));
            if !same {
                self.drafts[draft].decision = None;
                self.drafts[draft].refused = true;
            }
        }
    }
}

/// Two to ten letters, at least two of them capitals.
fn is_abbreviation(word: &str) -> bool {
    (2..=12).contains(&word.len())
        && word.chars().all(|c| c.is_alphabetic() || c == '-')
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether the letters of the abbreviation stand in the long form in their order, the first at its beginning. Compounds
/// are why they need not begin words: `Bundesnetzagentur (BNetzA)`.
pub(crate) fn abbreviates(abbreviation: &str, long_form: &str) -> bool {
    let mut letters = abbreviation.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    let mut long = long_form.chars().flat_map(char::to_lowercase);
    let first = letters.next();
    long_form.chars().count() > abbreviation.chars().count() + 2
        && first.is_some()
        && long.next() == first
        && letters.all(|letter| long.any(|other| other == letter))
}

/// Whether the long form has a capitalised word for each of three or more letters.
fn are_initials(abbreviation: &str, long_form: &str) -> bool {
    abbreviation.chars().count() > 2
        && abbreviation.chars().all(char::is_uppercase)
        && long_form.split_whitespace().map(|word| word.chars().next()).eq(abbreviation.chars().map(Some))
}

/// Whether two names have a word of at least six letters in common, up to its ending.
fn shares_a_word(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() >= 6)
            .map(str::to_lowercase)
            .collect()
    };
    let others = words(other);
    words(one).iter().any(|word| {
        let stem: String = word.chars().take(6).collect();
        others.iter().any(|other| other.starts_with(&stem))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_long_forms() {
        assert!(abbreviates("BNetzA", "Bundesnetzagentur"));
        assert!(abbreviates("BMDS", "Bundesministerium für Digitales und Staatsmodernisierung"));
        assert!(abbreviates("BMI", "Body-Mass-Index"));
        assert!(!abbreviates("CDU", "Friedrich Merz"));
        assert!(!abbreviates("SPD", "Sachsen"));
    }

    #[test]
    fn long_forms_in_other_words_are_the_same() {
        assert!(shares_a_word("Bundesministerium des Innern", "Bundesministeriums des Inneren"));
        assert!(!shares_a_word("Bundesministerium des Innern", "Body-Mass-Index"));
    }
}
