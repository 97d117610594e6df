//! The day as of which a document without date is read: what its text proves.

use super::Sources;
use super::address::is_degrees;
use crate::date::{Date, Period};
use crate::document::{DateBasis, Document, Kind, Span, Token, TokenKind};
use crate::gazetteer::EntityKey;
use crate::matching::{Candidate, Scratch};
use crate::read::full_dates;
use crate::text::is_month;

/// Finds the day: the document's own; else one on which all persons held the offices beside their names; else the middle
/// one of the days that the text names in full, for the first may be history and the last a deadline.
pub(super) fn day_of(sources: Sources<'_>, document: &Document, tokens: &[Token], scratch: &Scratch) -> DateBasis {
    if let Some(day) = document.date {
        return DateBasis::Document(day);
    }
    let mut days = days_named(&document.text, tokens);
    days.sort_unstable();
    let common = terms_of_holders(sources, &document.text, scratch);
    if let Some(common) = common {
        days.retain(|day| common.contains(*day));
        if let Some(day) = days.last() {
            return DateBasis::Holders(*day);
        }
        // An open end is now: there the latest reading is the right one.
        return common.to.map_or(DateBasis::Latest, |to| {
            let last = to.yesterday().unwrap_or(to);
            DateBasis::Holders(common.from.map_or(last, |from| from.max(last)))
        });
    }
    days.get(days.len() / 2).copied().map_or(DateBasis::Latest, DateBasis::Text)
}

/// The days that a text names in full. The pattern of dates is only held against the tokens around a month or a date in
/// digits, for a text has few of them.
fn days_named(text: &str, tokens: &[Token]) -> Vec<Date> {
    let mut days = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let span = token.span;
        let month = || {
            matches!(text.as_bytes()[span.start as usize], b'A' | b'D' | b'F' | b'J' | b'M' | b'N' | b'O' | b'S')
                && token.kind == TokenKind::Word
                && (3..=9).contains(&span.len())
                && is_month(span.of(text))
        };
        let around = if token.kind == TokenKind::Date {
            span
        } else if index > 0 && index + 1 < tokens.len() && month() {
            Span::new(tokens[index - 1].span.start, tokens[index + 1].span.end)
        } else {
            continue;
        };
        days.extend(full_dates(around.of(text)));
    }
    days
}

/// The time in which every person of the text held the office beside the name; `None` where no office is beside one, or
/// where they held them at different times.
fn terms_of_holders(sources: Sources<'_>, text: &str, scratch: &Scratch) -> Option<Period> {
    let mut common: Option<Period> = None;
    for pair in scratch.candidates.windows(2) {
        let between = text.get(pair[0].span.end as usize..pair[1].span.start as usize)?;
        if !is_degrees(between) {
            continue;
        }
        let offices = entities(sources, scratch, &pair[0], Kind::Office);
        let persons = entities(sources, scratch, &pair[1], Kind::Politician);
        let mut terms = offices.iter().flat_map(|office| {
            sources.gazetteer.mandates_of(*office).iter().filter(|mandate| persons.contains(&mandate.person))
        });
        // Several terms prove nothing: either can be meant.
        let (Some(term), None) = (terms.next(), terms.next()) else { continue };
        common = Some(match common {
            None => term.period,
            Some(known) => {
                let from = known.from.max(term.period.from);
                let to = match (known.to, term.period.to) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
                if from.zip(to).is_some_and(|(from, to)| from >= to) {
                    return None;
                }
                Period { from, to }
            }
        });
    }
    common
}

fn entities(sources: Sources<'_>, scratch: &Scratch, candidate: &Candidate, kind: Kind) -> Vec<EntityKey> {
    let found = &scratch.found[candidate.found.0 as usize..candidate.found.1 as usize];
    let names = found.iter().map(|found| sources.lexicon.name(found.name));
    names.filter(|name| name.kind == Some(kind)).filter_map(|name| name.entity).collect()
}
