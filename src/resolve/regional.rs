//! Bodies and associations that a Land or town completes: `Landesmedienanstalt Saarland`, `Landesamt für Umwelt Bayern`,
//! `Verbraucherzentrale Thüringen`. The place is a part of their name and acts in nothing.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};

/// Nouns for bodies that a place follows directly.
const BODIES: &[&str] = &[
    "Ärztekammer",
    "Apothekerkammer",
    "Architektenkammer",
    "Aufbaubank",
    "Digitalagentur",
    "Energieagentur",
    "Förderbank",
    "Handelskammer",
    "Handwerkskammer",
    "Ingenieurkammer",
    "Investitionsbank",
    "Landesärztekammer",
    "Landeskriminalamt",
    "Landesmedienanstalt",
    "Landeszahnärztekammer",
    "Landwirtschaftskammer",
    "LfV",
    "LKA",
    "Medienanstalt",
    "Pflegekammer",
    "Psychotherapeutenkammer",
    "Rechtsanwaltskammer",
    "Steuerberaterkammer",
];

/// Authorities and courts that are called by the town where they sit: the town acts in nothing there, so that it was
/// refused before.
const SEATED: &[&str] = &[
    "Amtsgericht",
    "Arbeitsgericht",
    "Finanzgericht",
    "Generalstaatsanwaltschaft",
    "Hauptzollamt",
    "Landessozialgericht",
    "Landgericht",
    "Oberlandesgericht",
    "Oberverwaltungsgericht",
    "Sozialgericht",
    "Staatsanwaltschaft",
    "Verwaltungsgericht",
    "Verwaltungsgerichtshof",
];

/// Nouns for bodies between which and the place stands what they are for.
const BODIES_FOR: &[&str] = &["Landesamt", "Landesanstalt", "Landesbetrieb", "Landesinstitut", "Landeszentrale"];

/// Nouns for associations that a place follows directly.
const ASSOCIATIONS: &[&str] = &[
    "Bauernverband",
    "Feuerwehrverband",
    "Flüchtlingsrat",
    "Frauenrat",
    "Gemeindetag",
    "Handelsverband",
    "Hausärzteverband",
    "Krankenhausgesellschaft",
    "Landesbauernverband",
    "Landesfeuerwehrverband",
    "Landesfrauenrat",
    "Landesjugendring",
    "Landessportbund",
    "Landkreistag",
    "Philologenverband",
    "Städtetag",
    "Verbraucherzentrale",
];

/// The most words between `für` and the place.
const LONGEST: usize = 6;

impl Reader<'_> {
    /// Makes one mention of a body and the place behind it, where no gazetteer holds the whole name.
    pub(super) fn add_regional_bodies(&mut self) {
        let mut made = Vec::new();
        for place in 0..self.drafts.len() {
            let own = &self.drafts[place];
            let stands_alone = matches!(own.kind(), Some(Kind::Land | Kind::Municipality)) && !own.joined_after;
            if !stands_alone && !own.joined_after && !own.joined_before && own.decision.is_none() {
                made.extend(self.seated_body(place));
                continue;
            }
            if !stands_alone || own.decision.as_ref().is_some_and(|decision| decision.via == Via::Adjective) {
                continue;
            }
            let Some((head, kind)) = self.head_of_name(own.tokens.0) else { continue };
            let (start, end) = (self.tokens[head].span.start, own.span.end);
            // `Landesmedienanstalt\n\nSaarland`: a heading and what stands under it.
            if self.text[start as usize..end as usize].contains("\n\n") {
                continue;
            }
            let decision = Decision::new(kind, None, Via::Name, 0.75, vec![Evidence::Form]);
            let mut draft = Draft::made(Span::new(start, end), head, decision);
            draft.tokens.1 = own.tokens.1;
            made.push(draft);
        }
        for draft in made {
            for other in self.drafts.iter_mut().filter(|other| other.span.overlaps(draft.span)) {
                other.decision = None;
                other.refused = true;
            }
            self.drafts.push(draft);
        }
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// `Landgericht Köln`, `Amtsgerichts Celle`, `Staatsanwaltschaft München I`: a court or an office of justice and the town.
    fn seated_body(&self, place: usize) -> Option<Draft> {
        let own = &self.drafts[place];
        let head = own.tokens.0.checked_sub(1)?;
        let noun = self.word(head);
        let bare = noun.strip_suffix("es").or_else(|| noun.strip_suffix('s')).unwrap_or(noun);
        let is_place = |reading: &super::draft::Reading| matches!(reading.kind, Kind::Municipality | Kind::Land);
        let gap = self.text.get(self.tokens[head].span.end as usize..own.span.start as usize);
        if !(SEATED.contains(&noun) || SEATED.contains(&bare))
            || !matches!(gap, Some(" " | "\n" | " \n"))
            || !self.readings(place).iter().any(is_place)
        {
            return None;
        }
        // `München I`
        let number = own.tokens.1 + 1;
        let last = if matches!(self.word(number), "I" | "II") { number } else { own.tokens.1 };
        let via = if noun == bare || SEATED.contains(&noun) { Via::Name } else { Via::Inflected };
        let decision = Decision::new(Kind::Body, None, via, 0.75, vec![Evidence::Form]);
        let span = Span::new(self.tokens[head].span.start, self.tokens[last].span.end.max(own.span.end));
        let mut draft = Draft::made(span, head, decision);
        draft.tokens.1 = last;
        Some(draft)
    }

    /// The token of the noun with which the name of a body begins that a place at the token ends.
    fn head_of_name(&self, place: usize) -> Option<(usize, Kind)> {
        let before = place.checked_sub(1)?;
        let noun = self.word(before);
        let is =
            |nouns: &[&str]| nouns.contains(&noun) || noun.strip_suffix('s').is_some_and(|noun| nouns.contains(&noun));
        if is(BODIES) {
            return Some((before, Kind::Body));
        }
        if is(ASSOCIATIONS) {
            return Some((before, Kind::Association));
        }
        let mut at = before;
        for _ in 0..LONGEST {
            let word = self.word(at);
            if word == "für" {
                let head = at.checked_sub(1)?;
                let noun = self.word(head);
                let noun = noun.strip_suffix("es").or_else(|| noun.strip_suffix('s')).unwrap_or(noun);
                return (at < before && BODIES_FOR.contains(&noun)).then_some((head, Kind::Body));
            }
            if !word.starts_with(char::is_uppercase) && !matches!(word, "und" | ",") {
                return None;
            }
            at = at.checked_sub(1)?;
        }
        None
    }
}
