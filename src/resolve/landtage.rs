//! The parliament of a Land by its general word, and committees by their form: `Der Landtag berät` in a text on one Land,
//! `Ausschuss für Haushalt und Finanzen`. Every Land has both, so that the word alone names none; the definite article in
//! the singular speaks of the one that the text is about.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, TokenKind, Via};
use crate::gazetteer::EntityKey;

/// The word in its forms; `Landtagen` are several.
const LANDTAG: &[&str] = &["Landtag", "Landtags", "Landtages"];

/// Forms of the definite article of a masculine noun in the singular, alone or drawn together with a preposition.
const DEFINITE: &[&str] = &[
    "der", "Der", "dem", "Dem", "den", "Den", "des", "Des", "im", "Im", "vom", "Vom", "beim", "Beim", "am", "Am",
    "zum", "Zum",
];

/// A committee has no more subjects than this.
const MOST: usize = 6;

/// What stands behind the word.
enum Behind {
    Land(EntityKey),
    Stranger,
    Nothing,
}

impl Reader<'_> {
    /// Adds mentions for `der Landtag`.
    pub(super) fn add_landtage(&mut self) {
        let made: Vec<Draft> =
            self.signs.general.iter().filter_map(|&token| self.landtag_by_word(token as usize)).collect();
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// `Der Landtag`, where the text says of which Land.
    fn landtag_by_word(&self, token: usize) -> Option<Draft> {
        if !LANDTAG.contains(&self.word(token)) || !DEFINITE.contains(&self.word_before(token)) {
            return None;
        }
        let span = self.tokens[token].span;
        if self.drafts[self.drafts_over(span)].iter().any(|it| it.decision.is_some() && it.span.overlaps(span)) {
            return None;
        }
        let (land, evidence) = match self.behind_landtag(token) {
            Behind::Land(land) => (land, Evidence::LandBeside),
            Behind::Nothing => (self.land_of_the_landtag()?, Evidence::LandOfDocument),
            Behind::Stranger => return None,
        };
        let gazetteer = self.sources.gazetteer;
        let code = gazetteer.entity(land).id.strip_prefix("land:")?;
        // The city-states call theirs otherwise.
        let parliament = Some(code).filter(|code| !matches!(*code, "be" | "hb" | "hh"))?;
        let parliament = gazetteer.get(&format!("parliament:{parliament}/landtag"))?;
        let decision = Decision::new(Kind::Parliament, Some(parliament), Via::Anaphor, 0.75, vec![evidence]);
        Some(Draft::made(span, token, decision))
    }

    /// The Land that follows the word (`der Landtag in Sachsen`), or what makes it another one (`der Landtag von Südtirol`,
    /// `der Landtag Vorarlbergs`).
    fn behind_landtag(&self, token: usize) -> Behind {
        let joint = matches!(self.word(token + 1), "in" | "von" | "des");
        let place = self.tokens.get(token + 1 + usize::from(joint));
        let Some(place) = place.filter(|place| place.kind == TokenKind::Word) else { return Behind::Nothing };
        if !place.span.of(self.text).starts_with(char::is_uppercase) {
            return if self.word(token + 1) == "von" { Behind::Stranger } else { Behind::Nothing };
        }
        let found = self.drafts[self.drafts_over(place.span)]
            .iter()
            .find(|draft| draft.span.start == place.span.start && draft.decision.is_some());
        match found {
            Some(draft) if draft.kind() == Some(Kind::Land) && joint => {
                draft.entity().map_or(Behind::Nothing, Behind::Land)
            }
            // `im Landtag Innenminister Reul`
            Some(draft) if !joint && draft.kind() != Some(Kind::Land) => Behind::Nothing,
            // `hält im Landtag Reden`, but `der Landtag Vorarlberg`
            None if !joint && matches!(self.word_before(token), "im" | "Im") => Behind::Nothing,
            _ => Behind::Stranger,
        }
    }

    /// The Land of which a text speaks that says `der Landtag`: whose parliament alone it names, on whose government it
    /// is, or the only one that it names at all.
    fn land_of_the_landtag(&self) -> Option<EntityKey> {
        let mut named = self.parliaments_of_laender();
        match named.next() {
            Some(first) => named.all(|land| land == first).then_some(first),
            None => self.cabinet.or_else(|| self.only_land().filter(|&land| self.names_the_land(land))),
        }
    }

    /// `Der Wirtschaftsminister sprach im Landtag`: who speaks there is of its Land, not of the Federation.
    pub(super) fn land_of_landtag_beside(&self, draft: usize) -> Option<EntityKey> {
        let sentence = self.sentences.get(self.sentence_of(self.drafts[draft].span.start))?.span;
        let text = sentence.of(self.text);
        let spoken_of = memchr::memmem::find_iter(text.as_bytes(), b"im Landtag").any(|at| {
            let rest = &text[at + "im Landtag".len()..];
            !rest.starts_with(|letter: char| letter.is_alphabetic() || letter == '-')
        });
        if spoken_of { self.land_of_the_landtag() } else { None }
    }

    /// `im Ausschuss für Haushalt und Finanzen`: a committee that no gazetteer holds, in a text on a parliament.
    pub(super) fn add_committees(&mut self) {
        let mut made = Vec::new();
        for at in memchr::memmem::find_iter(self.text.as_bytes(), b"Ausschu") {
            let token = self.tokens.partition_point(|token| (token.span.start as usize) < at);
            if !matches!(self.word(token), "Ausschuss" | "Ausschusses" | "Ausschuß")
                || self.word(token + 1) != "für"
                || !(self.accepted.has_any(&[Kind::Parliament]) || self.is_parliamentary())
            {
                continue;
            }
            let Some(last) = self.last_subject(token + 2) else { continue };
            // A parliament watches over what governments do: `Ausschuss für Gefahrstoffe` is a board of experts.
            let is_portfolio = |word: &str| {
                let stem = ["fragen", "angelegenheiten", "politik"].iter().find_map(|end| word.strip_suffix(end));
                self.sources.knowledge.is_portfolio(stem.unwrap_or(word))
            };
            if !(token + 2..=last).any(|subject| is_portfolio(self.word(subject))) {
                continue;
            }
            let span = Span::new(self.tokens[token].span.start, self.tokens[last].span.end);
            let over = self.drafts_over(span);
            let known = |it: &Draft| it.decision.is_some() && it.kind() == Some(Kind::Parliament);
            if self.drafts[over.clone()].iter().any(|it| it.span.overlaps(span) && (known(it) || it.span == span))
                || self.is_elsewhere(last + 1)
            {
                continue;
            }
            for inside in over {
                if self.drafts[inside].span.overlaps(span) {
                    self.drafts[inside].decision = None;
                    self.drafts[inside].refused = true;
                }
            }
            let decision = Decision::new(Kind::Parliament, None, Via::Name, 0.7, vec![Evidence::Form]);
            let mut draft = Draft::made(span, token, decision);
            draft.tokens.1 = last;
            made.push(draft);
        }
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// `des Europäischen Parlaments`, `der Stadt Köln`, `des Sejm`: the house of somebody else; an advisory board of a
    /// ministry is none.
    fn is_elsewhere(&self, behind: usize) -> bool {
        const OTHERS: &[&str] = &[
            "Bezirk",
            "Bundesminister",
            "EU",
            "Europäisch",
            "Gemeinde",
            "Knesset",
            "Kongress",
            "Kreis",
            "Landkreis",
            "Nationalrat",
            "Rada",
            "Rat",
            "Repräsentantenhaus",
            "Sejm",
            "Senat",
            "Stadt",
            "US-",
            "Unterhaus",
            "Vereinten",
        ];
        matches!(self.word(behind), "des" | "der" | "im" | "in")
            && OTHERS.iter().any(|start| self.word(behind + 1).starts_with(start))
    }

    /// The last noun of the subjects that begin at a token: `Haushalt und Finanzen`, `Umwelt, digitale Infrastruktur und
    /// Verkehr`. Commas go on only towards an `und`.
    fn last_subject(&self, first: usize) -> Option<usize> {
        let mut last = self.subject_at(first)?;
        for _ in 0..MOST {
            let (sign, mut next) = (self.word(last + 1), last + 2);
            let closes = matches!(sign, "und" | "sowie" | "&");
            next += usize::from(closes && self.word(next) == "für");
            let goes_on = closes || (sign == "," && self.goes_on_to_and(next));
            if !goes_on {
                break;
            }
            match self.subject_at(next) {
                Some(noun) => last = noun,
                None => break,
            }
            if closes {
                break;
            }
        }
        Some(last)
    }

    fn goes_on_to_and(&self, mut at: usize) -> bool {
        for _ in 0..MOST {
            let Some(noun) = self.subject_at(at) else { return false };
            match self.word(noun + 1) {
                "und" | "sowie" | "&" => return self.subject_at(noun + 2).is_some() || self.word(noun + 2) == "für",
                "," => at = noun + 2,
                _ => return false,
            }
        }
        false
    }

    /// The noun of a subject: a capital, behind an adjective at most (`digitale Infrastruktur`, `Ländlichen Raum`).
    fn subject_at(&self, token: usize) -> Option<usize> {
        let is_noun = |token: usize| {
            self.tokens.get(token).is_some_and(|it| it.kind == TokenKind::Word)
                && self.word(token).starts_with(char::is_uppercase)
        };
        let adjective = ["che", "chen", "ale", "alen", "ige", "igen", "ive", "iven"]
            .iter()
            .any(|end| self.word(token).ends_with(end));
        if adjective && is_noun(token + 1) && self.sources.knowledge.is_portfolio(self.word(token + 1)) {
            return Some(token + 1);
        }
        is_noun(token).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing::entities;
    use crate::{Layers, Pipeline};

    #[test]
    fn the_landtag_is_that_of_the_land_of_the_text() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| entities(&pipeline, text);
        assert_eq!(read("Der Landtag in Sachsen tagt."), ["parliament:sn/landtag", "land:sn"]);
        assert_eq!(read("Hessen spart. Das beschloss der Landtag."), ["land:he", "parliament:he/landtag"]);
        // Two Länder, another state, any of them, a city-state.
        assert_eq!(read("Hessen und Bayern sparen, sagte man im Landtag."), ["land:he", "land:by"]);
        assert_eq!(read("Hessen grüßt. Der Landtag von Südtirol dankt."), ["land:he"]);
        assert_eq!(read("Hessen spart. Ein Landtag muss haushalten."), ["land:he"]);
    }

    #[test]
    fn committees_are_read_to_the_last_subject() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| {
            let annotation = pipeline.annotate(&crate::Document::new(text));
            let spans = annotation.mentions.iter().map(|mention| mention.span.of(text).to_owned());
            spans.collect::<Vec<_>>()
        };
        assert_eq!(
            read("Im Hessischen Landtag tagte der Ausschuss für Finanzen, Häfen und Steuern, Kinder saßen dabei."),
            ["Hessischen Landtag", "Ausschuss für Finanzen, Häfen und Steuern"]
        );
        assert!(read("Der Ausschuss für Parkplätze des Vereins tagte.").is_empty());
    }
}
