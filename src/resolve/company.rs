//! Names that need company: ambiguous abbreviations, parties that are common words, names of several programmes.

use super::Reader;
use super::draft::Reading;
use crate::document::{Evidence, Kind, TokenKind};
use crate::gazetteer::{NameClass, NameRule};

/// Kinds whose names make politics or administration the subject of a document.
const POLITICAL: [Kind; 9] = [
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

impl Reader<'_> {
    /// Decides drafts with a rule by what else was accepted.
    pub(super) fn settle_by_company(&mut self) {
        for draft in 0..self.drafts.len() {
            if !self.drafts[draft].is_open() {
                continue;
            }
            let readings = self.readings(draft).to_vec();
            if readings.iter().any(|reading| reading.class == NameClass::Surname || reading.kind == Kind::Office) {
                continue;
            }
            let mut fitting = readings.iter().filter_map(|reading| Some((*reading, self.company(draft, reading)?)));
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
        match self.rule(reading) {
            // Places are settled with the towns.
            NameRule::None | NameRule::Exact | NameRule::Place | NameRule::Typed => None,
            NameRule::With(ids) => ids.iter().find_map(|id| {
                let wanted = self.sources.gazetteer.get(id)?;
                self.drafts.iter().any(|other| other.entity() == Some(wanted)).then_some((0.9, Evidence::Company))
            }),
            NameRule::Cited => self.cited(draft, reading),
            NameRule::Land => self.stands_among_lands(draft).then_some((0.85, Evidence::Company)),
            NameRule::Context => self.context(draft, reading),
        }
    }

    /// `§ 3 WBO`: letters that mean many things are the law's where a norm is cited, or where its long form stands.
    fn cited(&self, draft: usize, reading: &Reading) -> Option<(f32, Evidence)> {
        if self.ends_citation(draft) {
            return Some((0.95, Evidence::Company));
        }
        let mut others = self.drafts.iter().enumerate().filter(|&(other, _)| other != draft);
        others.any(|(_, known)| known.entity() == Some(reading.entity)).then_some((0.95, Evidence::LongFormInDocument))
    }

    fn context(&self, draft: usize, reading: &Reading) -> Option<(f32, Evidence)> {
        if self.has_foreign_gender(draft, reading) || self.is_european_union(draft) {
            return None;
        }
        // The long form in the document teaches the abbreviation.
        let known = self
            .drafts
            .iter()
            .enumerate()
            .any(|(other, known)| other != draft && known.entity() == Some(reading.entity));
        if known {
            return Some((0.95, Evidence::LongFormInDocument));
        }
        let own = &self.drafts[draft];
        let before = self.word_before(own.tokens.0);
        let ours = |kinds: &[Kind]| {
            self.drafts
                .iter()
                .enumerate()
                .any(|(other, known)| other != draft && known.kind().is_some_and(|kind| kinds.contains(&kind)))
        };
        match reading.kind {
            Kind::Party => {
                self.context_of_party(draft, before, ours(&[Kind::Party, Kind::Parliament, Kind::Politician]))
            }
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
                placed.then_some((0.8, Evidence::Company))
            }
            _ => self.context_of_institution(draft, reading, before, ours(&POLITICAL)),
        }
    }

    /// `die Linke`, `die Grünen`: a party or a sort of people?
    fn context_of_party(&self, draft: usize, before: &str, politics: bool) -> Option<(f32, Evidence)> {
        // `viele Linke`, `ein Grüner` are people.
        if matches!(
            before,
            "viele" | "Viele" | "einige" | "manche" | "mehrere" | "alle" | "ein" | "eine" | "einen" | "linke" | "junge"
        ) {
            return None;
        }
        let grouped = matches!(
            before,
            "Fraktion" | "Partei" | "Bundestagsfraktion" | "Abgeordneten" | "Landtagsfraktion" | "[" | "("
        );
        let articled = matches!(
            before,
            "die" | "Die" | "DIE" | "der" | "den" | "Den" | "Der" | "von" | "bei" | "und" | "," | "/" | "mit"
        );
        (grouped || (articled && politics) || self.has_party_beside(draft))
            .then_some((0.85, Evidence::Company))
            .or_else(|| {
                (matches!(before, "die" | "Die") && self.is_group_subject(draft)).then_some((0.7, Evidence::Company))
            })
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
        if matches!(before, "ein" | "eine" | "einen" | "einem" | "einer" | "eines") {
            return None; // `einen BA in VWL`: institutions take the definite article
        }
        if reading.kind == Kind::Law && self.ends_citation(draft) {
            return Some((0.95, Evidence::Company));
        }
        let definite = matches!(
            before,
            "das" | "Das" | "des" | "dem" | "Dem" | "im" | "Im" | "vom" | "beim" | "die" | "Die" | "der" | "Der"
        );
        let own_article = definite && matches!(reading.kind, Kind::Ministry | Kind::Body);
        (politics || own_article).then_some((0.85, Evidence::Company))
    }

    /// `die AA`, `der BMZ`: a ministry is neuter, so an abbreviation with a feminine article is not its name. In a
    /// compound the article is that of the last part: `die BMZ-Sprecherin`.
    fn has_foreign_gender(&self, draft: usize, reading: &Reading) -> bool {
        let own = &self.drafts[draft];
        reading.kind == Kind::Ministry
            && reading.class == NameClass::Abbreviation
            && !own.joined_after
            && matches!(self.word_before(own.tokens.0), "die" | "Die" | "der" | "Der" | "eine" | "einer")
    }

    /// `die Mitgliedstaaten der Union`: in European law the Union is the European one.
    fn is_european_union(&self, draft: usize) -> bool {
        let span = self.drafts[draft].span;
        span.of(self.text) == "Union" && {
            let sentence =
                self.sentences.get(self.sentence_of(span.start)).map_or("", |sentence| sentence.span.of(self.text));
            ["EU-", "EU ", "uropäisch", "itgliedst"].iter().any(|sign| sentence.contains(sign))
        }
    }

    /// `§ 17 BMG`, `Art. 91c Abs. 5 GG`: a citation of a norm ends with its law.
    fn ends_citation(&self, draft: usize) -> bool {
        let first = self.drafts[draft].tokens.0;
        (first.saturating_sub(12)..first)
            .rev()
            .map(|token| self.word(token))
            .take_while(|word| {
                word.starts_with(|c: char| c.is_ascii_digit())
                    || word.len() == 1
                    || CITATION.contains(word)
                    || matches!(*word, "und" | "bis" | "oder" | "in" | "Verbindung" | "mit")
            })
            .any(|word| matches!(word, "§" | "§§" | "Art." | "Artikel" | "Artikels" | "Artikeln" | "Paragraf"))
    }

    /// Whether a party was named within a few words.
    fn has_party_beside(&self, draft: usize) -> bool {
        let near = |other: usize| {
            let (first, second) = (draft.min(other), draft.max(other));
            self.drafts[other].kind() == Some(Kind::Party) && self.between(first, second).len() < 30
        };
        (draft > 0 && near(draft - 1)) || (draft + 1 < self.drafts.len() && near(draft + 1))
    }

    /// Whether a verb in the singular or plural follows directly, as behind a group: `die Linke wählt`, `die Union gewann`.
    fn is_group_subject(&self, draft: usize) -> bool {
        let next = self.word(self.drafts[draft].tokens.1 + 1);
        next.starts_with(char::is_lowercase)
            && (next.ends_with('t') || next.ends_with("te") || next.ends_with("en") || next.ends_with("ann"))
    }

    /// Whether what the hyphen adds belongs to institutions: `BMI-Sprecher`, not `BMI-Rechner`.
    fn is_institutional_tail(&self, draft: usize) -> bool {
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
        ]
        .iter()
        .any(|word| tail.contains(word))
    }

    /// Whether other Länder stand in the same sentence: `MV und SH kooperieren`.
    fn stands_among_lands(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let sentence = self.sentence_of(own.span.start);
        // `BW-Soldaten`: a compound alone shows nothing.
        if own.joined_after && !self.is_institutional_tail(draft) && !self.word(own.tokens.1).contains("-Land") {
            return false;
        }
        // `MV Agusta`: a capitalised word behind makes another name.
        let next = self.tokens.get(own.tokens.1 + 1);
        if next.is_some_and(|token| {
            token.kind == TokenKind::Word && token.span.of(self.text).starts_with(char::is_uppercase)
        }) && !own.joined_after
        {
            return false;
        }
        self.drafts.iter().enumerate().any(|(other, known)| {
            other != draft
                && self.sentence_of(known.span.start) == sentence
                && !known.joined_after
                && (known.kind() == Some(Kind::Land)
                    || (known.is_open()
                        && self.readings(other).iter().any(|reading| *self.rule(reading) == NameRule::Land)))
        })
    }
}
