//! Statutes that no gazetteer holds, by the form of their names: `Lobbyregistergesetz`, `§ 31a BtMG`. They are mentions
//! without an entity: what they are is plain, which one is not for us to guess.

use super::Reader;
use super::draft::{Decision, Draft};
use super::signs::Beginnings;
use crate::document::{Evidence, Kind, Span, Via};

/// Ends of compounds that name a statute or an ordinance, with whether the end is an inflected one.
const ENDS: &[(&str, bool)] = &[
    ("gesetz", false),
    ("gesetzes", true),
    ("gesetzbuch", false),
    ("gesetzbuchs", true),
    ("gesetzbuches", true),
    ("verordnung", false),
];

/// First parts of such compounds that speak of a sort of statutes, not of one: `Landesgesetz`, `Rechtsverordnung`; and of
/// other things that are `verordnet`: `Heilmittelverordnung`.
const SORTS: &[&str] = &[
    "allgemein",
    "anpassungs",
    "artikel",
    "ausnahme",
    "arzneimittel",
    "ausführungs",
    "änderungs",
    "begleit",
    "beschleunigungs",
    "bundes",
    "durchführungs",
    "eil",
    "einführungs",
    "einspruchs",
    "einzel",
    "entlastungs",
    "ergänzungs",
    "ermächtigungs",
    "eu-",
    "eg-",
    "fach",
    "förder",
    "heilmittel",
    "hilfsmittel",
    "kirchen",
    "landes",
    "länder",
    "mantel",
    "maßnahme",
    "minister",
    "muster",
    "natur",
    "nachfolge",
    "not",
    "parlaments",
    "rahmen",
    "rechts",
    "reform",
    "sammel",
    "schutz",
    "sicherungs",
    "sonder",
    "spezial",
    "stamm",
    "steuer",
    "straf",
    "umsetzungs",
    "verfahrens",
    "vertrags",
    "vorgänger",
    "vorschalt",
    "zivil",
    "zustimmungs",
];

/// Words in capitals behind a section that are no statute: gazettes, parts of a norm, currencies.
const NO_STATUTES: &[&str] =
    &["BGBl", "ABl", "BAnz", "GVBl", "EUR", "Rn", "Rdnr", "Alt", "Hs", "Halbs", "BT-Drs", "EU", "EG"];

/// Ordinals that are part of a statute's title, in the forms that stand before it.
const ORDINALS: &[&str] = &["erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"];

impl<'t> Reader<'t> {
    /// `des Zweiten Corona-Steuerhilfegesetzes`: the second one is another statute than that of the same name without a
    /// number; where the gazetteers hold it, they found it as a whole.
    pub(super) fn count_laws(&mut self) {
        for draft in 0..self.drafts.len() {
            let own = &self.drafts[draft];
            if own.kind() != Some(Kind::Law) || own.joined_before || own.joined_after {
                continue;
            }
            let (first, last) = own.tokens;
            // `Nachtragshaushaltsgesetz 2020`: a year can belong to the name.
            let dated = last == first + 1 && self.word(last).len() == 4;
            let Some(before) = first.checked_sub(1).filter(|_| first == last || dated) else { continue };
            let Some(rank) = ordinal(self.word(before)) else { continue };
            if names_a_statute(self.word(first)).is_none() {
                continue;
            }
            let capital = self.word(before).starts_with(char::is_uppercase);
            let start = self.tokens[before].span.start;
            let own = &mut self.drafts[draft];
            if let Some(decision) = &mut own.decision
                && rank > 0
            {
                decision.entity = None;
                decision.confidence = 0.8;
            }
            if capital {
                own.span.start = start;
                own.tokens.0 = before;
            }
        }
    }

    /// Adds statutes that are known by their form.
    pub(super) fn add_laws_by_form(&mut self) {
        self.drafts.sort_by_key(|draft| draft.span.start);
        let mut made = Vec::new();
        let mut learned: Vec<&'t str> = Vec::new();
        for &sign in &self.signs.sections {
            if let Some(cited) = self.cited_statute(sign as usize) {
                let abbreviation = self.word(cited);
                if !learned.contains(&abbreviation) {
                    learned.push(abbreviation);
                }
            }
        }
        for &index in &self.signs.statutes {
            let index = index as usize;
            let span = self.tokens[index].span;
            if let Some(inflected) = names_a_statute(span.of(self.text))
                && !self.is_covered(span)
                && (!super::company::is_indefinite(self.word_before(index))
                    // `Entwurf eines Faire-Mieten-Gesetzes`: the title of a bill.
                    || (index >= 2 && self.word(index - 2).starts_with("Entwurf")))
            {
                let via = if inflected { Via::Inflected } else { Via::Name };
                let mut decision = statute(via, Evidence::Form);
                // `Lobbyregistergesetz (LobbyRG)` teaches the abbreviation; `Kassenversicherungsverordnung (KassenSichV)`, a
                // slip of the pen, is what the known abbreviation behind it says.
                let abbreviation = self.word(index + 2);
                if self.word(index + 1) == "(" && self.word(index + 3) == ")" {
                    let behind = self.tokens[index + 2].span;
                    let known =
                        self.drafts.iter().find(|draft| draft.span == behind && draft.kind() == Some(Kind::Law));
                    if let Some(entity) = known.and_then(Draft::entity) {
                        decision.entity = Some(entity);
                        decision.evidence.push(Evidence::LongFormInDocument);
                    } else if is_statute_abbreviation(abbreviation) {
                        learned.push(abbreviation);
                    }
                }
                // `(Lobbyregistergesetz – LobbyRG)`, as the titles of statutes have it.
                if matches!(self.word(index + 1), "–" | "-" | "—")
                    && self.word(index + 3) == ")"
                    && is_statute_abbreviation(abbreviation)
                {
                    learned.push(abbreviation);
                }
                made.push(Draft::made(span, index, decision));
            }
        }
        if !learned.is_empty() {
            let begins = Beginnings::of(learned.iter().copied());
            for (index, token) in self.tokens.iter().enumerate() {
                if !begins.may_be(self.text.as_bytes(), token) {
                    continue;
                }
                let word = token.span.of(self.text);
                if word.as_bytes()[0].is_ascii_uppercase() && learned.contains(&word) && !self.is_covered(token.span) {
                    made.push(Draft::made(token.span, index, statute(Via::Abbreviation, Evidence::Citation)));
                }
            }
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// `§ 31a Abs. 1 BtMG`: the statute at the end of a citation, as a token that no name covers.
    fn cited_statute(&self, sign: usize) -> Option<usize> {
        (sign + 1..sign + 16).find(|&at| !super::company::is_inside_citation(self.word(at))).filter(|&at| {
            at > sign + 1
                && self.tokens.get(at).is_some_and(|token| !self.is_covered(token.span))
                && is_statute_abbreviation(self.word(at))
        })
    }

    /// Whether a draft overlaps the span, decided or not: its letters have been read already. Drafts must be sorted.
    fn is_covered(&self, span: Span) -> bool {
        let behind = self.drafts.partition_point(|draft| draft.span.start < span.end);
        self.drafts[behind.saturating_sub(2)..behind].iter().any(|draft| draft.span.overlaps(span))
    }
}

/// `Zweites`, `dritten`: the place in a row, from 0 on.
fn ordinal(word: &str) -> Option<usize> {
    let stem = ["es", "en", "em", "er", "e"].iter().find_map(|end| word.strip_suffix(end))?;
    ORDINALS.iter().position(|ordinal| ordinal.eq_ignore_ascii_case(stem))
}

fn statute(via: Via, evidence: Evidence) -> Decision {
    Decision::new(Kind::Law, None, via, 0.8, vec![evidence])
}

/// Whether a compound names a statute, and whether it is inflected.
pub(crate) fn names_a_statute(word: &str) -> Option<bool> {
    // `Faire-Mieten-Gesetz`: several words before the last hyphen are a title; one can be an author (`Ampel-Gesetz`).
    let titled = word
        .rsplit_once('-')
        .is_some_and(|(head, last)| head.contains('-') && matches!(last, "Gesetz" | "Gesetzes" | "Verordnung"));
    if titled {
        return Some(word.ends_with("Gesetzes"));
    }
    let (end, inflected) = ENDS.iter().find(|(end, _)| word.ends_with(end))?;
    let head = word[..word.len() - end.len()].to_lowercase();
    let head = head.trim_end_matches('-');
    let sort = SORTS.iter().any(|sort| head == sort.trim_end_matches('-'));
    (head.chars().count() >= 4 && !sort).then_some(*inflected)
}

/// `Bauordnung`, `Gemeindeordnung`: acts of Länder that are not called `Gesetz`. Every Land has one, so that they are names
/// only behind its adjective: `die Hessische Gemeindeordnung`.
const ORDERS: &[&str] = &[
    "Bauordnung",
    "Landesbauordnung",
    "Gemeindeordnung",
    "Landkreisordnung",
    "Kreisordnung",
    "Bezirksordnung",
    "Amtsordnung",
    "Kommunalordnung",
    "Kommunalverfassung",
    "Verfassung",
    "Haushaltsordnung",
    "Landeshaushaltsordnung",
];

/// The same behind the adjective of a Land.
pub(crate) fn names_a_law_of_a_land(word: &str) -> Option<bool> {
    names_a_statute(word).or_else(|| ORDERS.contains(&word).then_some(false))
}

/// `BtMG`, `StrlSchV`: two to twelve letters with at least two capitals, the last of which stands for Gesetz, Verordnung,
/// Ordnung, Buch or Vertrag.
fn is_statute_abbreviation(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or(word);
    (3..=14).contains(&letters.len())
        && letters.chars().all(|c| c.is_alphabetic() || c == '-')
        && letters.chars().filter(|c| c.is_uppercase()).count() >= 2
        && letters.ends_with(['G', 'V', 'O', 'B'])
        && !NO_STATUTES.contains(&letters)
        && !letters.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_statutes() {
        for (word, read) in [
            ("Lobbyregistergesetz", Some(false)),
            ("Weinbergrechtegesetzes", Some(true)),
            ("Trinkwasserverordnung", Some(false)),
            ("Faire-Mieten-Gesetzes", Some(true)),
            ("Ampel-Gesetz", None),
            ("Landesgesetz", None),
            ("Rechtsverordnung", None),
            ("EU-Verordnung", None),
            ("Heilmittelverordnung", None),
            ("Gesetz", None),
        ] {
            assert_eq!(names_a_statute(word), read, "{word}");
        }
        assert_eq!(ordinal("Zweiten"), Some(1));
        assert_eq!(ordinal("erstes"), Some(0));
        assert_eq!(ordinal("Achtung"), None);
        for word in ["BtMG", "StrlSchV", "BHO", "TKG", "AWG"] {
            assert!(is_statute_abbreviation(word), "{word}");
        }
        for word in ["EUR", "BGBl", "XIV", "Abs", "Nr", "Berlin"] {
            assert!(!is_statute_abbreviation(word), "{word}");
        }
    }
}
