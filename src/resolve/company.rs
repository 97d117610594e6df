//! Names that need company: ambiguous abbreviations, parties that are common words, names of several programmes.

use super::draft::{Reading, Time};
use super::parties::counts_people;
use super::{Reader, gender};
use crate::document::{Evidence, Kind, TokenKind};
use crate::gazetteer::{EntityKey, NameClass, NameRule};

/// Kinds whose names make politics or administration the subject of a document.
pub(super) const POLITICAL: [Kind; 9] = [
    Kind::Ministry,
    Kind::Office,
    Kind::Parliament,
    Kind::Party,
    Kind::Politician,
    Kind::Land,
    Kind::Law,
    Kind::Body,
    Kind::Programme,
];

/// Kinds whose names show that the text is on those who govern.
const GOVERNING: [Kind; 6] =
    [Kind::Ministry, Kind::Office, Kind::Parliament, Kind::Party, Kind::Politician, Kind::Land];

/// Words that stand between the sign of a citation and the law that is cited.
const CITATION: [&str; 16] = [
    "§",
    "§§",
    "Art.",
    "Artikel",
    "Artikels",
    "Artikeln",
    "Paragraf",
    "Abs.",
    "Absatz",
    "Absatzes",
    "Satz",
    "S.",
    "Nr.",
    "Nummer",
    "Buchstabe",
    "ff.",
];

/// What Länder do, and what little else does that has two letters for a name.
const GOVERNS: [&str; 23] = [
    "baut",
    "beschließt",
    "bremst",
    "digitalisiert",
    "enthält",
    "fordert",
    "fördert",
    "führt",
    "genehmigt",
    "investiert",
    "klagt",
    "kooperiert",
    "kündigt",
    "lehnt",
    "meldet",
    "novelliert",
    "plant",
    "setzt",
    "startet",
    "stimmt",
    "übernimmt",
    "will",
    "zahlt",
];

impl Reader<'_> {
    /// Decides drafts with a rule by what else was accepted.
    pub(super) fn settle_by_company(&mut self) {
        for draft in 0..self.drafts.len() {
            if !self.drafts[draft].is_open() {
                continue;
            }
            let readings = self.readings(draft);
            if readings.iter().any(|reading| reading.class == NameClass::Surname || reading.kind == Kind::Office) {
                continue;
            }
            // `§ 3 BMG`: behind the sign of a norm the letters are a law's, whatever else they mean in the document.
            let cited = readings.len() > 1
                && readings.iter().any(|reading| reading.kind == Kind::Law)
                && self.ends_citation(draft);
            let mut fitting = readings
                .iter()
                .filter(|reading| !cited || reading.kind == Kind::Law)
                .filter(|reading| !self.is_another_programme(draft, reading))
                .filter_map(|reading| Some((*reading, self.company(draft, reading)?)));
            let best = fitting.by_ref().min_by_key(|(reading, (_, evidence))| {
                // A name that names its company outright wins over one that any company satisfies.
                (
                    reading.time,
                    !matches!(self.rule(reading), NameRule::With(_)),
                    *evidence != Evidence::LongFormInDocument,
                )
            });
            if let Some((reading, (confidence, evidence))) = best {
                self.accept(draft, reading, confidence, vec![evidence]);
            }
        }
    }

    /// Whether the company that a reading needs is there, with confidence and evidence.
    fn company(&self, draft: usize, reading: &Reading) -> Option<(f32, Evidence)> {
        // `SDG-Verordnung`: the last part says that the letters are those of a law.
        let own = &self.drafts[draft];
        if reading.kind == Kind::Law && own.joined_after && *self.rule(reading) != NameRule::None {
            let tail = self.word(own.tokens.1).rsplit_once('-').map_or("", |(_, tail)| tail);
            if ["Verordnung", "Richtlinie", "Novelle", "Gesetz"].iter().any(|word| tail.starts_with(word)) {
                return Some((0.9, Evidence::CompoundPart));
            }
        }
        match self.rule(reading) {
            // Places are settled with the towns.
            NameRule::None | NameRule::Exact | NameRule::Place | NameRule::Typed => None,
            // `Die SDGs` are several of them.
            NameRule::With(_)
                if reading.class == NameClass::Abbreviation
                    && reading.inflected
                    && matches!(self.word_before(own.tokens.0), "die" | "Die") =>
            {
                None
            }
            NameRule::With(ids) => ids.iter().find_map(|id| {
                let wanted = self.sources.gazetteer.get(id)?;
                self.accepted.has(wanted).then_some((0.9, Evidence::Company))
            }),
            NameRule::Land if self.has_foreign_gender(draft, reading) => None,
            NameRule::Cited => self.cited(draft, reading),
            NameRule::Land | NameRule::Context if self.means_something_else(draft, reading) => None,
            NameRule::Land => self.stands_among_lands(draft).then_some((0.85, Evidence::Company)),
            // What everybody plans is not yet the programme that was called so later.
            NameRule::Context if reading.kind == Kind::Programme && reading.time == Time::Future => None,
            NameRule::Context => self.context(draft, reading),
        }
    }

    /// `§ 3 WBO`: letters that mean many things are the law's where a norm is cited, or where its long form stands.
    fn cited(&self, draft: usize, reading: &Reading) -> Option<(f32, Evidence)> {
        if self.ends_citation(draft) {
            return Some((0.95, Evidence::Company));
        }
        self.accepted.has(reading.entity).then_some((0.95, Evidence::LongFormInDocument))
    }

    fn context(&self, draft: usize, reading: &Reading) -> Option<(f32, Evidence)> {
        let own = &self.drafts[draft];
        // `(<em>Grüne</em>)`: tags are no words.
        let words = self.tokens[..own.tokens.0].iter().rev();
        let before = words.into_iter().find(|token| token.kind != TokenKind::HtmlTag);
        let before = before.map_or("", |token| token.span.of(self.text));
        // `einen BA in VWL`, `mein BMI`: institutions take the definite article, and nobody owns them.
        if self.has_foreign_gender(draft, reading)
            || (reading.class == NameClass::Abbreviation && self.is_of_a_company(draft))
            || self.is_european_union(draft)
            || (reading.class == NameClass::Abbreviation && !own.joined_after && is_indefinite(before))
            || (reading.kind == Kind::Party && !own.joined_after && counts_people(before))
            // `die US-Republikaner`: a party of another state.
            || (reading.kind == Kind::Party && own.joined_before && self.is_foreign(draft))
            || self.is_of_others(draft, reading)
            // `Die SDGs`: several of them.
            || (reading.class == NameClass::Abbreviation && reading.inflected && matches!(before, "die" | "Die"))
        {
            return None;
        }
        // The long form in the document teaches the abbreviation.
        if self.accepted.has(reading.entity) {
            return Some((0.95, Evidence::LongFormInDocument));
        }
        match reading.kind {
            Kind::Party => self.context_of_party(
                draft,
                before,
                self.accepted.has_any(&[Kind::Party, Kind::Parliament, Kind::Politician]),
            ),
            Kind::Municipality => {
                let placed = matches!(
                    before,
                    "in" | "In"
                        | "aus"
                        | "Aus"
                        | "nach"
                        | "bei"
                        | "Stadt"
                        | "Kreis"
                        | "Landkreis"
                        | "Gemeinde"
                        | "Landeshauptstadt"
                        | "Oberbürgermeister"
                        | "Bürgermeister"
                        | "Raum"
                );
                (placed || self.is_kicker(draft)).then_some((0.8, Evidence::Company))
            }
            _ => self.context_of_institution(draft, reading, before, self.accepted.has_any(&POLITICAL)),
        }
    }

    /// An abbreviation or a common word that is also the name of an institution, law or programme.
    fn context_of_institution(
        &self,
        draft: usize,
        reading: &Reading,
        before: &str,
        politics: bool,
    ) -> Option<(f32, Evidence)> {
        let own = &self.drafts[draft];
        // An abbreviation inside a compound with a common noun (`BMI-Rechner`) is not vouched for by others.
        if own.joined_after
            && reading.class == NameClass::Abbreviation
            && reading.kind == Kind::Ministry
            && !self.is_institutional_tail(draft)
        {
            return None;
        }
        if is_indefinite(before) {
            return None;
        }
        if reading.kind == Kind::Law && self.ends_citation(draft) {
            return Some((0.95, Evidence::Company));
        }
        let definite = matches!(
            before,
            "das" | "Das" | "des" | "dem" | "Dem" | "im" | "Im" | "vom" | "beim" | "die" | "Die" | "der" | "Der"
        );
        let own_article = definite && matches!(reading.kind, Kind::Ministry | Kind::Body);
        // `Die DVC`: the article is that of the long form.
        let agrees = definite && self.article_agrees(own.tokens.0, reading.entity) == Some(true);
        let institutional = own.joined_after && self.is_institutional_tail(draft);
        // `die Mobilfunkstrategie des Bundes`: whose it is stands behind it.
        let federal = matches!(
            (self.word(own.tokens.1 + 1), self.word(own.tokens.1 + 2)),
            ("des", "Bundes") | ("der", "Bundesregierung")
        );
        if politics || own_article || federal {
            return Some((0.85, Evidence::Company));
        }
        (reading.class == NameClass::Abbreviation && (agrees || institutional)).then_some((0.7, Evidence::Company))
    }

    /// `die Plattenfirma BMG`, `die US-Behörde EPA`: a noun or another state before the letters says that they are those of
    /// somebody else.
    fn is_of_a_company(&self, draft: usize) -> bool {
        let before = self.word_before(self.drafts[draft].tokens.0);
        before.starts_with("US-")
            || ["firma", "konzern", "label", "verlag", "hersteller", "brauerei", "Firma", "Konzern", "Verlag", "Band"]
                .iter()
                .any(|noun| before.ends_with(noun))
    }

    /// `die AA`, `die BMZ`: a ministry is neuter, so an abbreviation with a feminine article is not its name. In a
    /// compound the article is that of the last part: `die BMZ-Sprecherin`.
    pub(super) fn has_foreign_gender(&self, draft: usize, reading: &Reading) -> bool {
        let own = &self.drafts[draft];
        if reading.class != NameClass::Abbreviation || own.joined_after {
            return false;
        }
        // Länder and parties have no gender of a head noun; abbreviations of Länder take no article at all.
        match reading.kind {
            Kind::Land => gender::of_article(self.word_before(own.tokens.0)).is_some(),
            Kind::Party => false,
            _ => {
                self.article_agrees(own.tokens.0, reading.entity) == Some(false)
                    || self.is_masculine(own.tokens.0)
                        && gender::of_name(&self.sources.gazetteer.entity(reading.entity).name)
                            .is_some_and(|own| !own.agree(gender::Genders::MASCULINE))
            }
        }
    }

    /// `der dritte BA`: with an adjective in -e behind it, `der` is masculine.
    fn is_masculine(&self, token: usize) -> bool {
        let adjective = self.word_before(token);
        adjective.starts_with(char::is_lowercase)
            && adjective.len() > 3
            && adjective.ends_with('e')
            && token >= 2
            && matches!(self.word(token - 2), "der" | "Der")
    }

    /// Whether the article before a token agrees with the gender of an entity's name; `None` where there is no article,
    /// or where the name does not tell its gender.
    pub(super) fn article_agrees(&self, token: usize, entity: EntityKey) -> Option<bool> {
        let article = gender::of_article(self.word_before(token))?;
        let own = gender::of_name(&self.sources.gazetteer.entity(entity).name)?;
        Some(article.agree(own))
    }

    /// `§ 17 BMG`, `Art. 91c Abs. 5 GG`: a citation of a norm ends with its law.
    pub(super) fn ends_citation(&self, draft: usize) -> bool {
        let first = self.drafts[draft].tokens.0;
        (first.saturating_sub(12)..first)
            .rev()
            .map(|token| self.word(token))
            .take_while(|word| is_inside_citation(word))
            .any(|word| matches!(word, "§" | "§§" | "Art." | "Artikel" | "Artikels" | "Artikeln" | "Paragraf"))
    }

    /// Whether what the hyphen adds belongs to institutions: `BMI-Sprecher`, not `BMI-Rechner`.
    pub(super) fn is_institutional_tail(&self, draft: usize) -> bool {
        let token = self.word(self.drafts[draft].tokens.1);
        let Some((_, tail)) = token.rsplit_once('-') else { return false };
        [
            "precher",
            "inister",
            "Chef",
            "Haus",
            "Staatssekretär",
            "Entwurf",
            "Papier",
            "Vorlage",
            "Bericht",
            "Erlass",
            "Referat",
            "Abteilung",
            "Mitarbeiter",
            "Etat",
            "Studie",
            "Gutachten",
            "Förder",
            // What belongs to programmes, registers and services of the administration.
            "Portal",
            "Leistung",
            "Umsetzung",
            "Verfahren",
            "Register",
            "Nutzerkonto",
            "Schnittstelle",
            "Anbindung",
            "Anschluss",
            "Baustein",
            "Dienst",
            "Standard",
            // What belongs to Länder.
            "Landtag",
            "Land",
            "Regierung",
            "Koalition",
            "Kommunen",
            "Kabinett",
            "Polizei",
        ]
        .iter()
        .any(|word| tail.contains(word))
    }

    /// `Hamm: Box für Dokumente`: the place at the beginning of a line, with a colon behind, is where the news are from.
    pub(super) fn is_kicker(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let first = |line: &str| line.trim().is_empty() || line.trim_end().ends_with(" /");
        self.line_before(own.span.start).is_some_and(first) && matches!(self.word(own.tokens.1 + 1), ":" | "/")
    }

    /// `BW und BY`, `BW 5, BY 7`: two codes vouch for each other; not where a number follows that may belong to the letters
    /// (`der SL sagte, SN 4711 fehle`), unless nothing but figures stands between.
    fn is_listed_with(&self, draft: usize, other: usize) -> bool {
        let figure = self.word(self.drafts[draft].tokens.1 + 1).starts_with(|c: char| c.is_ascii_digit());
        !figure || !self.between(draft.min(other), draft.max(other)).contains(char::is_alphabetic)
    }

    /// `ST 180.106.339 10.499.704`: the code of a Land at the beginning of a line of figures, in a table whose line before
    /// or behind begins with another.
    fn is_row_of_a_table(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let first = self.line_before(own.span.start).is_some_and(|line| line.trim().is_empty());
        let figure = self.word(own.tokens.1 + 1).starts_with(|c: char| c.is_ascii_digit());
        if !first || !figure || own.joined_after {
            return false;
        }
        let row = |other: usize| {
            let (first, second) = (draft.min(other), draft.max(other));
            super::places::is_row_of_figures(self.between(first, second))
                && self.readings(other).iter().any(|reading| reading.kind == Kind::Land)
        };
        draft.checked_sub(1).is_some_and(row) || (draft + 1 < self.drafts.len() && row(draft + 1))
    }

    /// Whether other Länder stand in the same sentence: `MV und SH kooperieren`.
    fn stands_among_lands(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let sentence = self.sentence_of(own.span.start);
        // `BW-Soldaten`: a compound alone shows nothing.
        if own.joined_after {
            // `Im LSA-Landtag`: what the hyphen adds is that of a Land.
            let tail = self.word(own.tokens.1).rsplit_once('-').map_or("", |(_, tail)| tail);
            let of_a_land = ["Land", "Minister", "Regierung", "Kabinett", "Koalition", "Haushalt", "Staatskanzlei"];
            // `SH-Innenministerin`: a portfolio before the word changes nothing.
            let portfolio = || tail.contains("minister") && !tail.starts_with("Bundes");
            if of_a_land.iter().any(|word| tail.starts_with(word)) || portfolio() {
                return true;
            }
            if !self.is_institutional_tail(draft) {
                return false;
            }
        }
        // `MV Agusta`: a capitalised word behind makes another name.
        let next = self.tokens.get(own.tokens.1 + 1);
        if next.is_some_and(|token| {
            token.kind == TokenKind::Word && token.span.of(self.text).starts_with(char::is_uppercase)
        }) && !own.joined_after
        {
            return false;
        }
        // `Bildungsministerium MV`, `SPD SH`: as captions and groups have it.
        if !own.joined_after && self.follows_an_institution(draft) {
            return true;
        }
        // `RP meldet Erfolge`: at the head of a sentence, without an article, who governs acts.
        let acts = self.heads_a_sentence(draft) && GOVERNS.contains(&self.word(own.tokens.1 + 1));
        if acts || self.is_row_of_a_table(draft) || is_collection_of_law(self.word_before(own.tokens.0)) {
            return true;
        }
        // `Lücken in MV`: without an article one is in a place; an assembly of members, a unit or a company takes one.
        let placed = matches!(self.word_before(own.tokens.0), "in" | "In" | "aus" | "Aus" | "nach");
        if placed && !own.joined_after && self.is_on_government() {
            return true;
        }
        // `die MV beschloss, der MV spielt`: the same letters again vouch for nothing.
        let own_land = self.readings(draft).iter().find(|reading| reading.kind == Kind::Land).map(|land| land.entity);
        self.drafts.iter().enumerate().any(|(other, known)| {
            other != draft
                && !self.readings(other).iter().any(|reading| Some(reading.entity) == own_land)
                && self.sentence_of(known.span.start) == sentence
                && (known.kind() == Some(Kind::Land)
                    || (!known.joined_after
                        && known.is_open()
                        && self.is_listed_with(draft, other)
                        && self.readings(other).iter().any(|reading| *self.rule(reading) == NameRule::Land)))
        })
    }

    fn follows_an_institution(&self, draft: usize) -> bool {
        let Some(before) = draft.checked_sub(1).filter(|&before| self.between(before, draft) == " ") else {
            return false;
        };
        let kinds = [Kind::Ministry, Kind::Parliament];
        let readings = self.readings(before);
        !self.drafts[before].joined_after && !readings.is_empty() && readings.iter().all(|it| kinds.contains(&it.kind))
    }

    /// Whether the text names who governs, or an office, whosever it is.
    fn is_on_government(&self) -> bool {
        let is_office = |draft: usize| {
            let readings = self.readings(draft);
            !readings.is_empty() && readings.iter().all(|reading| reading.kind == Kind::Office)
        };
        self.accepted.has_any(&GOVERNING) || (0..self.drafts.len()).any(is_office)
    }
}

/// `GVBl LSA`, `PolR BW`: gazettes of laws, and the law of a Land, are named with its code.
fn is_collection_of_law(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.ends_with("Bl") || (word.ends_with('R') && word.contains(char::is_lowercase))
}

/// Indefinite articles and possessives: `ein`, `keines`, `unsere`.
pub(super) fn is_indefinite(word: &str) -> bool {
    const STEMS: &[&str] = &["ein", "kein", "mein", "dein", "sein", "ihr", "unser"];
    declines(word, STEMS)
}

/// The indefinite article in its forms.
pub(super) fn is_indefinite_article(word: &str) -> bool {
    declines(word, &["ein"])
}

/// Whether the word is one of the stems with an ending of an article; its first letter can be a capital.
fn declines(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| {
        word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem))
            && matches!(&word[stem.len()..], "" | "e" | "en" | "em" | "er" | "es")
    })
}

/// Whether a word can stand between the sign of a citation and the law that is cited: `§§ 3 bis 5 Abs. 2 Nr. 1 Buchstabe a`.
pub(super) fn is_inside_citation(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || word.len() == 1
        || CITATION.contains(&word)
        || matches!(word, "und" | "bis" | "oder" | "in" | "Verbindung" | "mit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_possessives_in_their_forms() {
        for word in ["ein", "Eine", "eines", "keiner", "meines", "unser", "unsere", "Ihrem", "seinen"] {
            assert!(is_indefinite(word), "{word}");
        }
        for word in ["der", "einig", "seit", "ihrig", "kleine", "Eins", "über", ""] {
            assert!(!is_indefinite(word), "{word}");
        }
        assert!(is_indefinite_article("eines") && !is_indefinite_article("keines"));
    }
}
