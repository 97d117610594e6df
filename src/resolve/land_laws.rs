//! Statutes of Länder that no gazetteer holds: `das Bayerische Versammlungsgesetz` and `Hessens Klimaschutzgesetz` are not
//! the Federation's acts of the same word; `das Thüringer Architekten- und Ingenieurkammergesetz` is one name.

use super::Reader;
use super::draft::{Decision, Draft};
use super::laws::names_a_law_of_a_land;
use crate::document::{Evidence, Kind, Via};
use crate::gazetteer::NameClass;

impl Reader<'_> {
    /// Takes laws that stand beside a Land from the Federation, and gives them what belongs to their names.
    pub(super) fn give_laws_to_laender(&mut self) {
        self.add_short_laws_of_laender();
        for draft in 0..self.drafts.len() {
            let own = &self.drafts[draft];
            let (first, last) = own.tokens;
            if own.kind() != Some(Kind::Law)
                || own.joined_before
                || own.joined_after
                || names_a_law_of_a_land(self.word(first)).is_none()
                || !(first == last || (last == first + 1 && self.word(last).len() == 4))
                || self.word(first).starts_with("Bundes")
                || own.entity().is_some_and(|law| !self.sources.gazetteer.entity(law).attributes.land.is_empty())
                // `Berliner Landesantidiskriminierungsgesetz`: the word itself is a Land's.
                || (own.entity().is_some() && self.word(first).starts_with("Landes"))
            {
                continue;
            }
            let parts = self.first_of_parts(first);
            let start = parts.unwrap_or(first);
            let adjective = self.adjective_of_a_land(draft, start);
            // `im Asyl- und Aufenthaltsgesetz` can be two acts of the Federation.
            let whole = parts
                .filter(|_| adjective.is_some() || self.drafts[draft].entity().is_none() || self.is_of_a_landtag());
            let capital = adjective.filter(|_| self.word(start - 1).starts_with(char::is_uppercase));
            if let Some(begin) = capital.map(|_| start - 1).or(whole) {
                self.drafts[draft].span.start = self.tokens[begin].span.start;
                self.drafts[draft].tokens.0 = begin;
            }
            // In capitals the adjective is a part of the name.
            if let Some(land) = capital {
                self.drafts[land].decision = None;
                self.drafts[land].refused = true;
            }
            if (whole.is_some() || adjective.is_some() || self.is_of_a_land_beside(draft))
                && let Some(decision) = &mut self.drafts[draft].decision
            {
                decision.entity = None;
                decision.confidence = 0.8;
                if decision.via == Via::Compound {
                    decision.via = Via::Name;
                }
            }
        }
    }

    /// `das Thüringer Schulgesetz`, `des Bayerischen Straßen- und Wegegesetzes`: behind the Land's adjective in capitals a
    /// statute with so short a name that elsewhere it would be any.
    fn add_short_laws_of_laender(&mut self) {
        let mut made = Vec::new();
        for land in 0..self.drafts.len() {
            let own = &self.drafts[land];
            let via = own.decision.as_ref().map(|decision| decision.via);
            if via != Some(Via::Adjective)
                || own.kind() != Some(Kind::Land)
                || !own.span.of(self.text).starts_with(char::is_uppercase)
            {
                continue;
            }
            let mut head = own.tokens.1 + 1;
            while self.word(head).ends_with('-') && matches!(self.word(head + 1), "und" | "sowie" | ",") {
                head += 2;
            }
            let Some(inflected) = names_a_law_of_a_land(self.word(head)) else { continue };
            let span = self.tokens[head].span;
            let over = self.drafts_over(span);
            if !self.drafts[over].iter().any(|other| other.decision.is_some() && other.span.overlaps(span)) {
                let via = if inflected { Via::Inflected } else { Via::Name };
                let decision = Decision::new(Kind::Law, None, via, 0.8, vec![Evidence::LandBeside]);
                made.push(Draft::made(span, head, decision));
            }
        }
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// `Teilhabe- und Integrationsgesetz`, `Länder- und Kommunal-Infrastrukturgesetz`: where the parts share the end of a
    /// statute that is one, the first of them. With it none is the name of a statute by itself.
    fn first_of_parts(&self, head: usize) -> Option<usize> {
        let mut first = None;
        let mut at = head;
        while let Some(before) = at.checked_sub(2) {
            let joint = self.word(at - 1);
            if !(matches!(joint, "und" | "sowie") && first.is_none() || joint == "," && first.is_some()) {
                break;
            }
            let Some(part) = self.word(before).strip_suffix('-').filter(|part| part.starts_with(char::is_uppercase))
            else {
                break;
            };
            let is_law = |name: &str| {
                let found = self.sources.lexicon.lookup(name);
                found.iter().any(|found| self.sources.lexicon.name(found.name).kind == Some(Kind::Law))
            };
            if is_law(part) || ["gesetz", "sgesetz", "verordnung"].iter().any(|end| is_law(&format!("{part}{end}"))) {
                return None;
            }
            first = Some(before);
            at = before;
        }
        first
    }

    /// The draft of the Land's adjective that stands directly before a token: `bayerisch`, `Thüringer`, `Hamburger`.
    fn adjective_of_a_land(&self, draft: usize, start: usize) -> Option<usize> {
        let land = (draft.saturating_sub(4)..draft).rev().find(|&other| self.drafts[other].tokens.1 + 1 == start)?;
        let adjective = |land: usize| {
            let mut readings = self.readings(land).iter();
            readings.any(|reading| reading.kind == Kind::Land && reading.class == NameClass::Adjective)
        };
        let close = self.text.get(self.drafts[land].span.end as usize..self.tokens[start].span.start as usize);
        (close == Some(" ") && self.drafts[land].tokens.0 == self.drafts[land].tokens.1 && adjective(land))
            .then_some(land)
    }

    /// `Hessens Klimaschutzgesetz`, `das Klimaschutzgesetz des Landes Hessen`, `das Klimaschutzgesetz Baden-Württemberg`.
    fn is_of_a_land_beside(&self, draft: usize) -> bool {
        let land = |other: usize| self.drafts[other].kind() == Some(Kind::Land);
        let before = draft.checked_sub(1).is_some_and(|other| {
            land(other)
                && self.between(other, draft) == " "
                && self.drafts[other].span.of(self.text).ends_with(['s', '\'', '’'])
        });
        let behind = draft + 1;
        before
            || (behind < self.drafts.len()
                && land(behind)
                && !self.drafts[behind].joined_after
                && (matches!(self.between(draft, behind), " des Landes " | " des Freistaates " | " des Freistaats ")
                    || (self.between(draft, behind) == " " && !self.drafts[behind].span.of(self.text).ends_with('s'))))
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing::entities;
    use crate::{Layers, Pipeline};

    #[test]
    fn laws_beside_a_land_are_not_those_of_the_federation() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| entities(&pipeline, text);
        assert_eq!(read("Das hessische Klimaschutzgesetz gilt."), ["land:he", "-"]);
        assert_eq!(read("Das Bayerische Versammlungsgesetz gilt."), ["-"]);
        assert_eq!(read("Das Klimaschutzgesetz des Landes Hessen gilt."), ["-", "land:he"]);
        assert_eq!(read("Das Versammlungsgesetz gilt."), ["law:versammlg"]);
    }
}
