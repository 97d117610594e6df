//! Elliptic parts: `Wirtschafts-` in `Wirtschafts- und Digitalministerium`, `-rat` in `Bundestag und -rat`.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Kind, Span, Via};
use crate::gazetteer::{EntityKey, NameRule};

impl Reader<'_> {
    /// Reads words that end in a hyphen with the end of the word that they share it with, and those that begin with one
    /// with its beginning.
    pub(super) fn add_coordinated(&mut self) {
        self.add_hanging_ends();
        let mut made = Vec::new();
        for index in 0..self.drafts.len() {
            let Some(kind) = self.drafts[index].kind().filter(|kind| shares_its_end(*kind)) else { continue };
            let full = self.drafts[index].span.of(self.text);
            let mut token = self.drafts[index].tokens.0;
            // `das bayerische Innen- und das hessische Digitalministerium`: each part has a Land of its own.
            let mut crossed_a_land = false;
            // `das Innen-, das Finanz- und das Digitalministerium`: parts before, divided by commas, conjunctions, articles.
            while let Some(before) = token.checked_sub(1) {
                let word = self.word(before);
                if joins(word) {
                    token = before;
                    continue;
                }
                let Some(head) =
                    word.strip_suffix('-').filter(|head| head.starts_with(char::is_uppercase) && head.len() > 3)
                else {
                    if token == self.drafts[index].tokens.0 && self.land_adjective(before, index).is_some() {
                        (token, crossed_a_land) = (before, true);
                        continue;
                    }
                    break;
                };
                token = before;
                let span = self.tokens[before].span;
                let own_land = before.checked_sub(1).and_then(|beside| self.land_adjective(beside, index));
                if crossed_a_land && own_land.is_none() {
                    break; // whose it is, remains open
                }
                let covered = self.drafts.iter().any(|draft| draft.decision.is_some() && draft.span.overlaps(span));
                if let (false, Some(decision)) = (covered, self.read_with_ending(head, full, kind, index, own_land)) {
                    made.push(Draft::made(Span::new(span.start, span.end), before, decision));
                }
            }
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// The Land whose adjective is the token, among the drafts shortly before one.
    fn land_adjective(&self, token: usize, draft: usize) -> Option<EntityKey> {
        const NEAR: usize = 4;
        let near = &self.drafts[draft.saturating_sub(NEAR)..draft];
        let found = near.iter().rev().find(|near| near.tokens.1 == token)?;
        let decision = found.decision.as_ref()?;
        (decision.kind == Kind::Land && decision.via == Via::Adjective).then_some(decision.entity).flatten()
    }

    /// `Wirtschafts` + an end of `Digitalministerium`, where that is a name of the same sort of thing, of the same Land or of
    /// its own.
    fn read_with_ending(
        &self,
        head: &str,
        full: &str,
        kind: Kind,
        model: usize,
        land: Option<EntityKey>,
    ) -> Option<Decision> {
        let gazetteer = self.sources.gazetteer;
        let entity = self.drafts[model].entity()?;
        let land = match land {
            Some(land) => gazetteer.entity(land).id.strip_prefix("land:")?,
            None => gazetteer.entity(entity).attributes.land.as_ref(),
        };
        let mut ends = full.char_indices().skip(2).map(|(at, _)| &full[at..]).filter(|end| end.len() >= 4);
        let entity = ends.find_map(|end| self.named(&format!("{head}{end}"), kind, land))?;
        Some(self.coordinated(entity, kind, full, self.drafts[model].decision.as_ref()))
    }

    /// The entity of a sort and a Land that is called so on the day, whatever else is around.
    fn named(&self, name: &str, kind: Kind, land: &str) -> Option<EntityKey> {
        let (gazetteer, lexicon) = (self.sources.gazetteer, self.sources.lexicon);
        let portfolio = matches!(kind, Kind::Ministry | Kind::Office);
        let found = lexicon.lookup(name);
        let names = found.iter().map(|found| lexicon.name(found.name));
        names
            .filter(|name| name.valid.contains(self.day))
            .filter(|name| portfolio || matches!(name.rule, NameRule::None | NameRule::Exact))
            .filter_map(|name| name.entity)
            .find(|&entity| {
                let facts = gazetteer.entity(entity);
                facts.kind == kind && facts.attributes.land.as_ref() == land
            })
    }

    /// What a part is decided to be; `full` is the word beside it, `told` what that was decided to be.
    fn coordinated(&self, entity: EntityKey, kind: Kind, full: &str, told: Option<&Decision>) -> Decision {
        let mut decision = Decision::new(kind, Some(entity), Via::Coordination, 0.85, vec![]);
        if kind == Kind::Office {
            let gazetteer = self.sources.gazetteer;
            // `wird Finanz- und Wirtschaftsminister`: of the person who was named with the last of them.
            let held = |person: &EntityKey| {
                self.sources.knowledge.offices(gazetteer, *person).any(|mandate| mandate.office == entity)
            };
            let person = told.and_then(|told| told.holder).filter(held);
            // `Kultur- und Tourismusministerin`: no man.
            let feminine = full.ends_with("in");
            let fits = |holder: &EntityKey| !feminine || gazetteer.entity(*holder).attributes.gender.as_ref() != "m";
            decision.modifier = told.and_then(|told| told.modifier);
            // `der ehemalige Innen- und Justizminister`: not who holds it now.
            let now = || gazetteer.holder(entity, self.day).filter(|_| decision.modifier.is_none());
            decision.holder = person.or_else(now).filter(fits);
        }
        decision
    }

    /// `Bundestag und -rat`, `Bundesinnen- und -justizministerium`: the second word lacks the beginning that the first has.
    /// A word that begins with a hyphen and a small letter is only ever such an end.
    fn add_hanging_ends(&mut self) {
        let bytes = self.text.as_bytes();
        let mut made = Vec::new();
        for at in memchr::memchr_iter(b'-', bytes) {
            let hangs = at > 0
                && bytes[at - 1].is_ascii_whitespace()
                && bytes.get(at + 1).is_some_and(|next| next.is_ascii_lowercase() || *next == 0xC3);
            if hangs && let Some(draft) = self.read_with_beginning(at as u32) {
                made.push(draft);
            }
        }
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// The word from a hyphen on, with the beginning of the word that a conjunction joins to it.
    fn read_with_beginning(&self, at: u32) -> Option<Draft> {
        const BEGINNING: usize = 4;
        let token = self.tokens.partition_point(|token| token.span.start < at);
        let end = self.word(token).strip_prefix('-').filter(|_| self.tokens[token].span.start == at)?;
        if !matches!(self.word_before(token), "und" | "oder" | "sowie" | "wie" | "noch" | "bzw.") {
            return None;
        }
        let first = token.checked_sub(2)?;
        let word = self.word(first);
        let model = self.drafts.iter().position(|draft| draft.tokens.1 == first && draft.decision.is_some());
        let kinds = match (model, word.strip_suffix('-')) {
            (Some(model), _) => {
                vec![self.drafts[model].kind().filter(|kind| shares_its_end(*kind) || *kind == Kind::Parliament)?]
            }
            (None, Some(_)) => vec![Kind::Ministry, Kind::Office],
            (None, None) => return None,
        };
        let land = model.and_then(|model| self.drafts[model].entity());
        let land = land.map_or("", |model| self.sources.gazetteer.entity(model).attributes.land.as_ref());
        let beginnings = word.char_indices().rev().map(|(cut, _)| &word[..cut]);
        let (entity, kind) = beginnings.take_while(|beginning| beginning.len() >= BEGINNING).find_map(|beginning| {
            let name = format!("{beginning}{end}");
            kinds.iter().find_map(|&kind| Some((self.named(&name, kind, land)?, kind)))
        })?;
        let told = model.and_then(|model| self.drafts[model].decision.as_ref());
        let mut decision = self.coordinated(entity, kind, end, told);
        if model.is_none() && kind == Kind::Office {
            // `des ehemaligen Bundeswirtschafts- und -verteidigungsministers Karl-Theodor zu Guttenberg`
            decision.modifier = self.modifier_before(first);
            let named = self.drafts.iter().find(|draft| draft.tokens.0 == token + 1);
            let person = named.filter(|draft| draft.kind() == Some(Kind::Politician)).and_then(Draft::entity);
            let holds = |person: &EntityKey| {
                self.sources.knowledge.offices(self.sources.gazetteer, *person).any(|mandate| mandate.office == entity)
            };
            if person.is_some() || decision.modifier.is_some() {
                decision.holder = person.filter(holds);
            }
        }
        Some(Draft::made(self.tokens[token].span, token, decision))
    }
}

/// Sorts of things whose names are compounds that drop what they share: `Kreditwesen- und Versicherungsaufsichtsgesetz`,
/// `Bundesverwaltungs- wie Bundessozialgericht`, `Konrad-Adenauer- und Heinrich-Böll-Stiftung`.
fn shares_its_end(kind: Kind) -> bool {
    matches!(kind, Kind::Ministry | Kind::Office | Kind::Law | Kind::Body | Kind::Association)
}

/// Words that stand between the parts.
fn joins(word: &str) -> bool {
    matches!(
        word,
        "und"
            | "oder"
            | "sowie"
            | "wie"
            // `weder Innen- noch Justizministerium`, `sowohl das Innen- als auch das Justizministerium`
            | "noch"
            | "als"
            | "auch"
            | "bzw."
            | "/"
            | ","
            | "das"
            | "der"
            | "die"
            | "dem"
            | "den"
            | "des"
            // `vom Innen- an das Finanzministerium`, `vom Umwelt- ins Innenministerium`
            | "an"
            | "ans"
            | "auf"
            | "in"
            | "ins"
            | "zum"
    )
}
