//! Elliptic parts: `Wirtschafts-` in `Wirtschafts- und Digitalministerium`.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Kind, Span, Via};
use crate::gazetteer::EntityKey;

impl Reader<'_> {
    /// Reads words that end in a hyphen with the end of the word that they share it with.
    pub(super) fn add_coordinated(&mut self) {
        let mut made = Vec::new();
        for index in 0..self.drafts.len() {
            let Some(kind) = self.drafts[index].kind().filter(|kind| matches!(kind, Kind::Ministry | Kind::Office))
            else {
                continue;
            };
            let full = self.drafts[index].span.of(self.text);
            let mut token = self.drafts[index].tokens.0;
            // `das Innen-, das Finanz- und das Digitalministerium`: parts before, divided by commas, conjunctions, articles.
            while let Some(before) = token.checked_sub(1) {
                let word = self.word(before);
                if matches!(
                    word,
                    "und"
                        | "oder"
                        | "sowie"
                        | "wie"
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
                ) {
                    token = before;
                    continue;
                }
                let Some(head) =
                    word.strip_suffix('-').filter(|head| head.starts_with(char::is_uppercase) && head.len() > 3)
                else {
                    break;
                };
                token = before;
                let span = self.tokens[before].span;
                let covered = self.drafts.iter().any(|draft| draft.decision.is_some() && draft.span.overlaps(span));
                if let (false, Some(decision)) = (covered, self.read_with_ending(head, full, kind, index)) {
                    made.push(Draft::made(Span::new(span.start, span.end), before, decision));
                }
            }
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// `Wirtschafts` + an end of `Digitalministerium`, where that is a name of the same sort of thing.
    fn read_with_ending(&self, head: &str, full: &str, kind: Kind, model: usize) -> Option<Decision> {
        let gazetteer = self.sources.gazetteer;
        let told = self.drafts[model].decision.as_ref();
        let model = self.drafts[model].entity()?;
        let land = gazetteer.entity(model).attributes.land.as_ref();
        full.char_indices().skip(2).map(|(at, _)| &full[at..]).filter(|end| end.len() >= 4).find_map(|end| {
            let found = self.sources.lexicon.lookup(&format!("{head}{end}"));
            let names = found
                .iter()
                .map(|found| self.sources.lexicon.name(found.name))
                .filter(|name| name.valid.contains(self.day));
            let entity = names.filter_map(|name| name.entity).find(|&entity| {
                let facts = gazetteer.entity(entity);
                facts.kind == kind && facts.attributes.land.as_ref() == land
            })?;
            let mut decision = Decision::new(kind, Some(entity), Via::Coordination, 0.85, vec![]);
            // `wird Finanz- und Wirtschaftsminister`: of the person who was named with the last of them.
            let knowledge = self.sources.knowledge;
            let person = told
                .and_then(|told| told.holder)
                .filter(|person| knowledge.offices(gazetteer, *person).any(|mandate| mandate.office == entity));
            // `Kultur- und Tourismusministerin`: no man.
            let feminine = full.ends_with("in");
            let fits = |holder: &EntityKey| !feminine || gazetteer.entity(*holder).attributes.gender.as_ref() != "m";
            let holder = || person.or_else(|| gazetteer.holder(entity, self.day)).filter(fits);
            decision.holder = (kind == Kind::Office).then(holder).flatten();
            Some(decision)
        })
    }
}
