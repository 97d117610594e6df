//! Titles and houses whose portfolios are listed: `Ministerin für Kultur und Tourismus`, `Ministerium für Soziales, Arbeit
//! und Familie`. The press shortens official names, puts their parts in another order, or uses those of before and after;
//! which office is meant, each portfolio says by itself (`Kulturminister`).

use super::Reader;
use super::draft::Draft;
use crate::document::{Kind, Span};
use crate::gazetteer::ministry_of_office;
use crate::matching::Found;

/// Words before the list, with the end by which one portfolio makes a name of the same sort.
const HEADS: &[(&str, &str)] = &[
    ("Minister", "minister"),
    ("Ministers", "minister"),
    ("Ministerin", "minister"),
    ("Staatsminister", "minister"),
    ("Staatsministers", "minister"),
    ("Staatsministerin", "minister"),
    ("Ministerium", "ministerium"),
    ("Ministeriums", "ministerium"),
    ("Staatsministerium", "ministerium"),
    ("Staatsministeriums", "ministerium"),
    ("Senatsverwaltung", "verwaltung"),
];

/// A list has no more portfolios than any government ever gave one house.
const MOST: usize = 8;

/// Where a list ends, and the nouns in it.
struct List {
    last: usize,
    nouns: Vec<usize>,
}

impl Reader<'_> {
    /// Adds drafts for lists that are no official name; where one begins with an official name (`Ministerium für
    /// Wirtschaft` in `Ministerium für Wirtschaft, Wissenschaft und Kunst`), that name is not meant.
    pub(super) fn draft_listed(&mut self) {
        let mut heads: Vec<u32> = self.signs.general.iter().chain(&self.signs.heads).copied().collect();
        heads.sort_unstable();
        heads.dedup();
        let mut made = Vec::new();
        for head in heads {
            let head = head as usize;
            if self.word(head + 1) != "für" {
                continue;
            }
            let word = self.word(head);
            let Some((_, end)) = HEADS.iter().find(|(title, _)| *title == word) else { continue };
            let Some(list) = self.list_of_portfolios(head + 2) else { continue };
            let span = Span::new(self.tokens[head].span.start, self.tokens[list.last].span.end);
            // An official name says more than its parts: `Bayerisches Staatsministerium für Digitales`.
            let official = |draft: usize| {
                let own = self.drafts[draft].span;
                let house = |kind| matches!(kind, Kind::Ministry | Kind::Office);
                own.start <= span.start && own.end >= span.end && self.readings(draft).iter().any(|it| house(it.kind))
            };
            if self.drafts_over(span).any(official) {
                continue;
            }
            let first = self.readings.len();
            for &noun in &list.nouns {
                self.read_portfolio(self.word(noun), end, first);
            }
            if self.readings.len() == first {
                continue;
            }
            let over = self.drafts_over(span);
            for draft in self.drafts[over].iter_mut().filter(|draft| draft.span.overlaps(span)) {
                draft.refused = true;
            }
            made.push(Draft {
                span,
                tokens: (head, list.last),
                joined_before: false,
                joined_after: false,
                readings: (first as u32, self.readings.len() as u32),
                decision: None,
                refused: false,
            });
        }
        if !made.is_empty() {
            let listed: Vec<u32> = made.iter().map(|draft| draft.span.start).collect();
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
            self.listed = self.drop_federal_readings(listed);
        }
    }

    /// `Kultur, Bundes- und Europaangelegenheiten`, `Umwelt, Energie, Naturschutz und Forsten`, `Ländlichen Raum`. Commas
    /// go on only towards an `und`: behind `Ministerin für Kultur, …` anything may stand.
    fn list_of_portfolios(&self, first: usize) -> Option<List> {
        let mut list = List { last: first, nouns: Vec::new() };
        let mut pending = Vec::new();
        let mut at = first;
        while list.nouns.len() + pending.len() < MOST {
            // `Bundes-`: the rest follows behind the conjunction.
            let elliptic = self.word(at).ends_with('-') && self.word(at).starts_with(char::is_uppercase);
            let noun = if elliptic { at } else { self.portfolio_at(at).or_else(|| self.unknown_at(at, first))? };
            pending.push(noun);
            let (sign, closes) = (self.word(noun + 1), !elliptic && list.nouns.len() + pending.len() > 1);
            let joined = at > first && matches!(self.word(at - 1), "und" | "sowie" | "&" | "für");
            if !elliptic && (at == first || (closes && joined)) {
                list.nouns.append(&mut pending);
                list.last = noun;
            }
            at = match sign {
                "," if !joined || self.word(at.saturating_sub(2)).ends_with('-') => noun + 2,
                "und" | "sowie" | "&" if self.word(noun + 2) == "für" => noun + 3,
                "und" | "sowie" | "&" => noun + 2,
                _ => break,
            };
            let elliptic = self.word(at).ends_with('-') && self.word(at).starts_with(char::is_uppercase);
            if !elliptic && self.portfolio_at(at).or_else(|| self.unknown_at(at, first)).is_none() {
                break;
            }
        }
        list.nouns.retain(|&noun| !self.word(noun).ends_with('-'));
        (!list.nouns.is_empty()).then_some(list)
    }

    /// The noun of the portfolio that begins at a token: `Forsten`, `digitale Gesellschaft`, `Ländlichen Raum`.
    fn portfolio_at(&self, token: usize) -> Option<usize> {
        let knowledge = self.sources.knowledge;
        let (word, next) = (self.word(token), self.word(token + 1));
        // `Regionale Entwicklung`, `Ländlicher Raum`, `digitale Gesellschaft`.
        let stem = ["e", "en", "er", "es"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or("");
        let adjective = ["al", "ch", "ig", "iv", "är"].iter().any(|end| stem.ends_with(end));
        if adjective && knowledge.is_portfolio(next) {
            return Some(token + 1);
        }
        knowledge.is_portfolio(word).then_some(token)
    }

    /// `Handel` in `Wirtschaft, Handel und Tourismus`: in the middle of a list a noun that no house bears.
    fn unknown_at(&self, token: usize, first: usize) -> Option<usize> {
        let word = self.word(token);
        let middle =
            token > first && self.word(token - 1) == "," && matches!(self.word(token + 1), "," | "und" | "sowie");
        let noun = word.starts_with(char::is_uppercase) && !self.sources.knowledge.is_first_name(word);
        (middle && noun).then_some(token)
    }

    /// Adds what the portfolio alone names, in the order of the list: a house is called after the first that fits.
    fn read_portfolio(&mut self, noun: &str, end: &str, first: usize) {
        let ends: &[&str] = if end == "verwaltung" { &["senator", "senatorin"] } else { &[end] };
        let mut found: Vec<Found> = Vec::new();
        for stem in stems(noun) {
            found.extend(ends.iter().flat_map(|end| self.sources.lexicon.lookup(&format!("{stem}{end}"))));
        }
        let from = self.readings.len();
        if self.read_names(&found).is_none() {
            self.readings.truncate(from);
            return;
        }
        let wanted = if end == "minister" { Kind::Office } else { Kind::Ministry };
        let mut kept = from;
        for at in from..self.readings.len() {
            let mut reading = self.readings[at];
            // The house of the senator.
            if end == "verwaltung"
                && let Some(house) = ministry_of_office(self.sources.gazetteer, reading.entity)
            {
                (reading.entity, reading.kind) = (house, Kind::Ministry);
            }
            let known = self.readings[first..kept].iter().any(|other| other.entity == reading.entity);
            if reading.kind == wanted && !known {
                self.readings[kept] = reading;
                kept += 1;
            }
        }
        self.readings.truncate(kept);
    }

    /// Titles of the Federation are all known by their full names: another list is that of a Land, unless the person named
    /// with it is a minister of the Federation (`der designierte Minister für Digitalisierung …`).
    fn drop_federal_readings(&mut self, listed: Vec<u32>) -> Vec<u32> {
        for draft in 0..self.drafts.len() {
            let own = &self.drafts[draft];
            if own.refused || listed.binary_search(&own.span.start).is_err() {
                continue;
            }
            let (from, to) = self.drafts[draft].readings;
            let named = self.by_person(draft, self.readings(draft)).map(|choice| choice.reading);
            let keep = |reading: &super::draft::Reading, reader: &Self| match named {
                Some(named) => reading.entity == named.entity,
                None => !reader.is_federal(reading),
            };
            let mut kept = from;
            for at in from..to {
                let reading = self.readings[at as usize];
                if keep(&reading, self) {
                    self.readings[kept as usize] = reading;
                    kept += 1;
                }
            }
            self.drafts[draft].readings.1 = kept;
            self.drafts[draft].refused |= kept == from;
        }
        listed
    }

    /// Whether the portfolios of a title were read one by one.
    pub(super) fn is_listed(&self, draft: usize) -> bool {
        !self.listed.is_empty() && self.listed.binary_search(&self.drafts[draft].span.start).is_ok()
    }
}

/// The forms that a portfolio takes in a compound: `Kultur`, `Wirtschafts`, `Familien`, `Sozial` of `Soziales`, `Finanz` of
/// `Finanzen`, `Innen` of `Inneres`, `Europa` of `Europaangelegenheiten`.
fn stems(noun: &str) -> impl Iterator<Item = String> {
    let mut stems = vec![noun.to_owned(), format!("{noun}s"), format!("{noun}n")];
    if noun == "Inneres" {
        stems.push("Innen".to_owned());
    }
    stems.extend(["es", "en", "angelegenheiten"].iter().filter_map(|end| noun.strip_suffix(end)).map(str::to_owned));
    stems.into_iter().filter(|stem| stem.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_portfolio_is_called_in_a_compound() {
        for (noun, stem) in [
            ("Kultur", "Kultur"),
            ("Wirtschaft", "Wirtschafts"),
            ("Soziales", "Sozial"),
            ("Finanzen", "Finanz"),
            ("Inneres", "Innen"),
            ("Europaangelegenheiten", "Europa"),
        ] {
            assert!(stems(noun).any(|it| it == stem), "{noun}");
        }
    }
}
