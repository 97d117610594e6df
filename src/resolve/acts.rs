//! Acts of the European Union by their numbers: `Verordnung (EU) 2016/679`, `Richtlinie 2014/24/EU`. The number says which
//! act is meant, so one that the gazetteers hold is linked; another stays a mention without entity, as other statutes do
//! that are known by their form.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};

/// Who issued an act, as it stands in the bracket or behind the number.
const UNIONS: &[&str] = &["EU", "EG", "EWG", "EGKS", "Euratom", "EURATOM", "EAG", "GASP", "JI"];

/// First parts of compounds that say what sort of act it is, not which one: `Durchführungsverordnung`.
const SORTS: &[&str] =
    &["", "eu", "eg", "ewg", "durchführungs", "änderungs", "rahmen", "ausführungs", "grund", "einzel", "tochter"];

/// What an act is. Before 2015 each sort had numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Regulation,
    Directive,
    Decision,
    /// All sorts: since 2015 they share one series.
    Any,
}

/// The number of an act in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ActNumber {
    sort: Sort,
    year: u16,
    number: u32,
}

impl ActNumber {
    /// The year of the common series.
    const COMMON: u16 = 2015;

    /// Reads `2016/679`, `910/2014`, `95/46`. Regulations had the year behind until 2014, all other acts before.
    fn read(sort: Sort, digits: &str, counted: bool) -> Option<Self> {
        let (first, second) = digits.split_once('/')?;
        let behind = sort == Sort::Regulation
            && year(second).is_some_and(|year| counted || year < Self::COMMON)
            && (counted || year(first).is_none_or(|year| year < Self::COMMON));
        let (year_digits, number) = if behind { (second, first) } else { (first, second) };
        let (year, number) = (year(year_digits)?, number.parse().ok()?);
        let sort = if year < Self::COMMON { sort } else { Sort::Any };
        Some(Self { sort, year, number })
    }

    /// The number in an act's name as gazetteers state it: `Verordnung (EU) Nr. 910/2014`.
    pub(super) fn in_name(name: &str) -> Option<Self> {
        if !name.contains('/') {
            return None;
        }
        let mut words = name.split_whitespace();
        let (sort, named) = sort_of(words.find(|word| sort_of(word).is_some())?)?;
        let last = words.next_back()?;
        let digits = last.split_once("/E").map_or(last, |(digits, _)| digits);
        let counted = words.any(|word| word == "Nr.");
        (!named && digits.starts_with(|c: char| c.is_ascii_digit())).then(|| Self::read(sort, digits, counted))?
    }
}

/// Four digits, or two of the last century.
fn year(digits: &str) -> Option<u16> {
    let value: u16 = digits.parse().ok()?;
    match digits.len() {
        4 => (1952..=2099).contains(&value).then_some(value),
        2 => (52..=99).contains(&value).then_some(1900 + value),
        _ => None,
    }
}

/// The sort of act that a word names, and whether it is the name of one act (`Fluggastrechteverordnung`).
fn sort_of(word: &str) -> Option<(Sort, bool)> {
    let sort = match word {
        "VO" => return Some((Sort::Regulation, false)),
        "RL" => return Some((Sort::Directive, false)),
        _ if word.starts_with(char::is_uppercase) => word.to_lowercase(),
        _ => return None,
    };
    let ends: &[(&str, Sort)] = &[
        ("verordnung", Sort::Regulation),
        ("verordnungen", Sort::Regulation),
        ("richtlinie", Sort::Directive),
        ("richtlinien", Sort::Directive),
        ("beschluss", Sort::Decision),
        ("beschlusses", Sort::Decision),
        ("beschlüsse", Sort::Decision),
        ("beschlüssen", Sort::Decision),
        ("entscheidung", Sort::Decision),
    ];
    let (head, kind) = ends.iter().find_map(|(end, kind)| Some((sort.strip_suffix(end)?, *kind)))?;
    Some((kind, !SORTS.contains(&head.trim_end_matches('-'))))
}

/// An act as the text cites it.
#[derive(Clone, Copy)]
struct Cited {
    /// First token, and the end of the number in bytes.
    first: usize,
    end: u32,
    sort: Sort,
    number: Option<ActNumber>,
    /// The token of the word that is a name by itself.
    named: Option<usize>,
    /// Whether a part is shared with the act before it.
    elliptic: bool,
    /// Whether the text says that it is one of the Union.
    of_union: bool,
}

impl Reader<'_> {
    /// Adds acts of the Union, in the order of the text.
    pub(super) fn add_acts(&mut self) {
        let mut last: Option<Cited> = None;
        let mut made = Vec::new();
        for number in 0..self.signs.fractions.len() {
            let token = self.signs.fractions[number] as usize;
            let Some(cited) = self.cited_act(token, last.as_ref()) else { continue };
            made.extend(self.read_act(&cited));
            if cited.named.is_none()
                && let Some(named) = self.name_beside(&cited)
            {
                made.extend(self.read_act(&Cited { named: Some(named), ..cited }));
            }
            last = Some(cited);
        }
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// Reads an act backwards from the token of its number.
    fn cited_act(&self, token: usize, last: Option<&Cited>) -> Option<Cited> {
        let span = self.tokens[token].span;
        let rest = &self.text[span.start as usize..];
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '/').map_or(rest, |end| &rest[..end]);
        let suffix = digits.ends_with('/').then(|| self.union_behind(span.start + digits.len() as u32)).flatten();
        let digits = digits.trim_end_matches('/');
        let end = span.start + digits.len() as u32 + suffix.map_or(0, |suffix| suffix + 1);
        let mut first = token;
        let counted = matches!(self.word_before(first), "Nr." | "Nr");
        first -= usize::from(counted);
        let bracket = self.union_before(first);
        first = bracket.unwrap_or(first);
        let of_union = suffix.is_some() || bracket.is_some();
        let before = first.checked_sub(1)?;
        if let Some((sort, named)) = sort_of(self.word(before)) {
            let number = ActNumber::read(sort, digits, counted);
            let own = self.word(before);
            let of_union = of_union || own.starts_with("EU-") || own.starts_with("EG-");
            // `Delegierte Verordnung`: the adjective belongs to the sort.
            let delegated = matches!(self.word_before(before), "Delegierte" | "Delegierten" | "Delegierter");
            let named = named.then_some(before);
            return Some(Cited {
                first: before - usize::from(delegated),
                end,
                sort,
                number,
                named,
                elliptic: false,
                of_union,
            });
        }
        // `Richtlinien (EU) 2019/771 und (EU) 2020/1828`: the sort is said once.
        let shared = last.filter(|last| {
            of_union
                && matches!(self.word(before), "und" | "," | "sowie" | "oder" | "bzw.")
                && before > 0
                && self.tokens[before - 1].span.end == last.end
        })?;
        let number = ActNumber::read(shared.sort, digits, counted);
        Some(Cited { first, end, sort: shared.sort, number, named: None, elliptic: true, of_union })
    }

    /// `Zahlungskonten-Richtlinie (Richtlinie 2014/92/EU)`, `Richtlinie 2014/92/EU (Zahlungskonten-Richtlinie)`: the name
    /// that stands beside the number, one of them in brackets.
    fn name_beside(&self, cited: &Cited) -> Option<usize> {
        let named = |token: usize| sort_of(self.word(token)).is_some_and(|(_, named)| named).then_some(token);
        let before = (self.word_before(cited.first) == "(").then(|| cited.first.checked_sub(2)).flatten();
        before.and_then(named).or_else(|| {
            let behind = self.tokens.partition_point(|token| token.span.start < cited.end);
            (self.word(behind) == "(" && self.word(behind + 2) == ")").then(|| named(behind + 1)).flatten()
        })
    }

    /// Bytes of `EU`, `EG` … from an offset on, where a word ends behind them.
    fn union_behind(&self, at: u32) -> Option<u32> {
        let rest = self.text.get(at as usize..)?;
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        UNIONS.contains(&&rest[..end]).then_some(end as u32)
    }

    /// `(EU)`, `(EU, Euratom)` before a token: the token of its opening bracket.
    fn union_before(&self, token: usize) -> Option<usize> {
        let close = token.checked_sub(1).filter(|&close| self.word(close) == ")")?;
        let inner = |at: usize| UNIONS.contains(&self.word(at)) || matches!(self.word(at), "," | "/");
        let open = (close.saturating_sub(5)..close).rev().find(|&at| !inner(at))?;
        (open + 1 < close && self.word(open) == "(").then_some(open)
    }

    /// Links what has been found of an act already; gives a draft where nothing has.
    fn read_act(&mut self, cited: &Cited) -> Option<Draft> {
        let entity = cited.number.and_then(|number| self.sources.knowledge.act(number));
        if !cited.of_union && entity.is_none() {
            return None; // `Beschluss 12/2020` of whatever council
        }
        let span = match cited.named {
            Some(token) => self.tokens[token].span,
            None => Span::new(self.tokens[cited.first].span.start, cited.end),
        };
        if self.text.get(span.range()).is_none_or(|text| text.contains("\n\n")) {
            return None;
        }
        let confidence = if entity.is_some() { 0.95 } else { 0.85 };
        let mut known = false;
        let over = self.drafts_over(span);
        for draft in self.drafts[over].iter_mut().filter(|draft| draft.span.overlaps(span)) {
            let Some(decision) = &mut draft.decision else { continue };
            if decision.kind == Kind::Law && (cited.named.is_some() || draft.span == span) {
                // The number says which one a name means that the gazetteers do not know.
                if decision.entity.is_none() && entity.is_some() {
                    decision.entity = entity;
                    decision.candidates.clear();
                    decision.confidence = confidence;
                    decision.evidence.push(Evidence::Citation);
                }
                known = true;
            } else {
                draft.decision = None; // `EU` inside of it
                draft.refused = true;
            }
        }
        let via = if cited.elliptic { Via::Coordination } else { Via::Name };
        let decision = Decision::new(Kind::Law, entity, via, confidence, vec![Evidence::Citation]);
        (!known).then(|| Draft::made(span, cited.named.unwrap_or(cited.first), decision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_their_series() {
        let read = |name: &str| ActNumber::in_name(name).map(|act| (act.sort, act.year, act.number));
        assert_eq!(read("Verordnung (EU) 2016/679"), Some((Sort::Any, 2016, 679)));
        assert_eq!(read("Richtlinie (EU) 2016/680"), Some((Sort::Any, 2016, 680)));
        assert_eq!(read("Verordnung (EU) Nr. 910/2014"), Some((Sort::Regulation, 2014, 910)));
        assert_eq!(read("Verordnung (EG) Nr. 2006/2004"), Some((Sort::Regulation, 2004, 2006)));
        assert_eq!(read("Verordnung (EU) 2019/1999"), Some((Sort::Any, 2019, 1999)));
        assert_eq!(read("Verordnung (EG) Nr. 2027/97"), Some((Sort::Regulation, 1997, 2027)));
        assert_eq!(read("Richtlinie 2014/24/EU"), Some((Sort::Directive, 2014, 24)));
        assert_eq!(read("Richtlinie 95/46/EG"), Some((Sort::Directive, 1995, 46)));
        assert_eq!(read("Digitale-Dienste-Gesetz"), None);
        assert_eq!(read("Gesetz zur Arbeitslosengeld II/Sozialgeld-Verordnung"), None);
    }

    #[test]
    fn sorts_and_names() {
        for (word, named) in [
            ("Verordnung", false),
            ("Richtlinien", false),
            ("Durchführungsverordnung", false),
            ("EU-Verordnung", false),
            ("Fluggastrechteverordnung", true),
            ("KI-Verordnung", true),
        ] {
            assert_eq!(sort_of(word).map(|(_, named)| named), Some(named), "{word}");
        }
        assert_eq!(sort_of("verordnung"), None);
        assert_eq!(sort_of("Gesetz"), None);
    }
}
