//! Which forms of a name German grammar allows.

use crate::document::Kind;
use crate::gazetteer::NameClass;

/// The endings that one word of a name takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endings {
    /// None: words behind the head of the name (`für Digitales`).
    Fixed,
    /// Genitive only: persons, places (`Habecks`, `Merz'`, `Hessens`).
    Genitive,
    /// Those of the noun that heads the name (`Bundesministeriums`, `Gesetzes`).
    Noun,
    /// Those of an adjective before the head, or of a noun that is declined like one (`Deutschen`, `Beauftragten`).
    Adjective,
    /// Those of the adjective of a Land, on a bare stem (`bayerisch`: `bayerische`).
    BareAdjective,
    /// Genitive `s` on capitals (`OZGs`).
    Abbreviation,
}

/// How the letters' case must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Any.
    Free,
    /// A capital first letter, or all capitals.
    Initial,
    /// As it stands, or all capitals: mixed case (`BundID`, `AfD`).
    Mixed,
    /// As it stands: capitals (`OZG`), and names whose letters also make a common word.
    Exact,
}

/// The endings of each piece of a name of this class and kind.
pub(super) fn endings(pieces: &[&str], kind: Option<Kind>, class: NameClass) -> Vec<Endings> {
    let last = pieces.len().saturating_sub(1);
    match (class, kind) {
        (NameClass::Abbreviation, _) => return pieces.iter().map(|_| Endings::Abbreviation).collect(),
        (NameClass::Adjective, _) => {
            // `Berliner`, `Bremer` take no ending.
            let bare = |piece: &&str| if piece.ends_with("er") { Endings::Fixed } else { Endings::BareAdjective };
            return (0..pieces.len()).map(|i| if i == last { bare(&pieces[i]) } else { Endings::Fixed }).collect();
        }
        // `des Landkreises München`, `des Rhein-Sieg-Kreises`, `der Stadt Essen`; a Kreis is a noun with a town behind it.
        (_, Some(Kind::Municipality)) if pieces.iter().any(|piece| is_district(piece)) => {
            return pieces
                .iter()
                .map(|piece| match piece {
                    piece if is_district(piece) => Endings::Noun,
                    piece if piece.ends_with("ischer") => Endings::Adjective,
                    _ => Endings::Fixed,
                })
                .collect();
        }
        (NameClass::Surname, _) | (_, Some(Kind::Politician | Kind::Municipality)) => {
            return (0..pieces.len()).map(|i| if i == last { Endings::Genitive } else { Endings::Fixed }).collect();
        }
        // `des Freistaats Sachsen`, `der Freien Hansestadt Bremen`, but `Sachsen-Anhalts`.
        (_, Some(Kind::Land)) if pieces.iter().all(|piece| !matches!(*piece, "Freistaat" | "Hansestadt")) => {
            let ending = if pieces[last].ends_with("land") { Endings::Noun } else { Endings::Genitive };
            return (0..pieces.len()).map(|i| if i == last { ending } else { Endings::Fixed }).collect();
        }
        _ => {}
    }
    // The head phrase reaches to the first small word that is not `und`.
    let is_small = |piece: &str| piece.starts_with(char::is_lowercase) && piece.len() < 5;
    let end = (1..pieces.len())
        .find(|&i| is_small(pieces[i]) && pieces[i] != "und" && pieces[i] != "u")
        .unwrap_or(pieces.len());
    (0..pieces.len())
        .map(|i| {
            let piece = pieces[i];
            if i >= end || !piece.chars().next().is_some_and(char::is_alphabetic) || piece == "und" {
                return Endings::Fixed;
            }
            let declined = ["e", "er", "es", "en", "em"].iter().any(|ending| piece.ends_with(ending));
            let before_head = i + 1 < end;
            // Nouns declined like adjectives: `Beauftragte`, `Vorsitzender`, `die Linke`, `die Grünen`.
            let like_adjective = ["tragte", "tragter", "sitzende", "sitzender", "ordnete", "ordneter"]
                .iter()
                .any(|ending| piece.ends_with(ending))
                || (kind == Some(Kind::Party) && declined);
            if declined && (before_head || like_adjective) { Endings::Adjective } else { Endings::Noun }
        })
        .collect()
}

/// The word for a Kreis, alone or as the end of its name.
fn is_district(piece: &str) -> bool {
    piece.ends_with("kreis") || matches!(piece, "Kreis" | "Regionalverband")
}

/// How the case of a piece must agree.
pub(super) fn case(piece: &str, class: NameClass, exact: bool) -> Case {
    let first_upper = piece.starts_with(char::is_uppercase);
    let (upper, letters) = if piece.is_ascii() {
        let count = |is: fn(&u8) -> bool| piece.bytes().filter(is).count();
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_alphabetic))
    } else {
        let count = |is: fn(char) -> bool| piece.chars().filter(|c| is(*c)).count();
        (count(char::is_uppercase), count(char::is_alphabetic))
    };
    if exact || class == NameClass::Abbreviation || (upper == letters && letters > 1) {
        Case::Exact
    } else if class == NameClass::Adjective && !first_upper {
        Case::Free
    } else if upper > 1 || (upper == 1 && !first_upper) {
        Case::Mixed
    } else if first_upper {
        Case::Initial
    } else {
        Case::Free
    }
}

const ADJECTIVE: [&str; 5] = ["e", "er", "es", "en", "em"];

/// Whether the folded `form` is one of the folded `base`; `Some(true)` where an ending differs.
pub(super) fn form_of(form: &str, base: &str, endings: Endings) -> Option<bool> {
    if form == base {
        return (endings != Endings::BareAdjective).then_some(false);
    }
    let fits = match endings {
        Endings::Fixed => false,
        Endings::Genitive => match form.strip_prefix(base) {
            // `Merz'`, `Strauß'`; `Habecks`; the old `Habeck's`.
            Some("'") => base.ends_with(['s', 'x', 'z']),
            Some("s" | "'s") => !base.ends_with(['s', 'x', 'z']),
            _ => false,
        },
        Endings::Abbreviation => matches!(form.strip_prefix(base), Some("s" | "'s")),
        Endings::Noun => match form.strip_prefix(base) {
            Some("s" | "'s" | "es" | "e") => true,
            // Weak masculines: `Präsidenten`, `Senaten` does not exist but harms nobody; `Freistaaten` are several, and
            // what stands behind is the name of one (`den Freistaaten Bayern und Sachsen`).
            Some("en") => {
                ["ent", "ist", "at", "ung", "schaft", "ion"].iter().any(|end| base.ends_with(end))
                    && base != "freistaat"
            }
            Some("ses" | "sen") => base.ends_with("nis"),
            // Feminines have no ending but in the plural: `zwei Richtlinien`, `die Bauordnungen`.
            Some("n") => base.ends_with("ie") || base.ends_with("stelle") || base.ends_with("gabe"),
            _ => false,
        },
        Endings::Adjective => {
            ADJECTIVE.iter().any(|ending| {
                base.strip_suffix(ending)
                    .and_then(|stem| form.strip_prefix(stem))
                    .is_some_and(|rest| ADJECTIVE.contains(&rest))
            }) || matches!(form.strip_prefix(base), Some("n" | "r" | "s" | "m")) && base.ends_with('e')
        }
        Endings::BareAdjective => form.strip_prefix(base).is_some_and(|rest| ADJECTIVE.contains(&rest)),
    };
    fits.then_some(true)
}

/// Calls `use_form` with every form of the folded `base`, in a buffer that the caller keeps: all that [`form_of`] knows.
pub(super) fn each_form(base: &str, endings: Endings, buffer: &mut String, mut use_form: impl FnMut(&str)) {
    if endings != Endings::BareAdjective {
        use_form(base);
    }
    let mut all = |stem: &str, endings: &[&str]| {
        buffer.clear();
        buffer.push_str(stem);
        for ending in endings {
            buffer.truncate(stem.len());
            buffer.push_str(ending);
            use_form(buffer);
        }
    };
    match endings {
        Endings::Fixed => {}
        Endings::Genitive if base.ends_with(['s', 'x', 'z']) => all(base, &["'"]),
        Endings::Genitive | Endings::Abbreviation => all(base, &["s", "'s"]),
        Endings::Noun => all(base, &["s", "'s", "es", "e", "en", "ses", "sen", "n"]),
        Endings::BareAdjective => all(base, &ADJECTIVE),
        Endings::Adjective => {
            for stem in ADJECTIVE.iter().filter_map(|ending| base.strip_suffix(ending)) {
                all(stem, &ADJECTIVE);
            }
            if base.ends_with('e') {
                all(base, &["n", "r", "s", "m"]);
            }
        }
    }
}

/// Whether the case of the piece as written agrees with that of the name.
pub(super) fn case_fits(written: &str, base: &str, case: Case) -> bool {
    let capitals = || written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    match case {
        Case::Free => true,
        Case::Initial => written.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
        Case::Exact | Case::Mixed => {
            if case == Case::Mixed && (capitals() || is_common_spelling(written, base)) {
                return true;
            }
            // Joiners that damage leaves inside are no letters.
            let mut written = written.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{308}'));
            let same = base.chars().all(|c| written.next() == Some(c));
            // `EMAS` is no genitive of `EMA`: the ending of an abbreviation has small letters.
            (same && !written.any(char::is_uppercase)) || !base.is_ascii()
        }
    }
}

/// `Digitalpakt` for `DigitalPakt`: capitals inside words are a fashion that German spelling does not follow. Short
/// words are left alone, since their capitals tell them from others (`NExT`).
fn is_common_spelling(written: &str, base: &str) -> bool {
    let mut letters = written.chars();
    base.len() > 7
        && base.starts_with(char::is_uppercase)
        && letters.next().is_some_and(char::is_uppercase)
        && letters.all(|c| !c.is_uppercase())
}

/// The ways to write a name of two or three words that hyphens join: `Straßenverkehrs-Zulassungs-Ordnung`,
/// `Straßenverkehrszulassungsordnung`, `Straßenverkehrs-Zulassungsordnung`. None where the joint would hide a word
/// (`KI-Verordnung`, `Pkw-Maut`): abbreviations and words with capitals inside are not written together with others.
pub(super) fn joined(words: &[&str]) -> Vec<String> {
    let plain = |word: &&str| word.len() > 2 && word.chars().filter(|c| c.is_uppercase()).count() <= 1;
    if !(2..=3).contains(&words.len()) || !words.iter().all(plain) {
        return Vec::new();
    }
    let lower = |word: &str| word.to_lowercase();
    match *words {
        [first, second] => vec![format!("{first}{}", lower(second))],
        [first, second, third] => vec![
            format!("{first}{}{}", lower(second), lower(third)),
            format!("{first}-{second}{}", lower(third)),
            format!("{first}{}-{third}", lower(second)),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    /// Base forms with forms that are theirs and forms that are not.
    #[test]
    fn forms_of_german_names() {
        let cases: &[(&str, Endings, &[&str], &[&str])] = &[
            ("Bundesministerium", Endings::Noun, &["Bundesministeriums"], &["Bundesministerien", "Bundesminister"]),
            (
                "Onlinezugangsgesetz",
                Endings::Noun,
                &["Onlinezugangsgesetzes", "Onlinezugangsgesetze"],
                &["Onlinezugangsgesetzen"],
            ),
            ("Bundestag", Endings::Noun, &["Bundestags", "Bundestages", "Bundestage"], &["Bundestagen"]),
            ("Deutscher", Endings::Adjective, &["Deutschen", "Deutsche", "Deutschem"], &["Deutsch", "Deutschland"]),
            (
                "Bundesbeauftragter",
                Endings::Adjective,
                &["Bundesbeauftragte", "Bundesbeauftragten"],
                &["Bundesbeauftragt"],
            ),
            ("Bundespräsident", Endings::Noun, &["Bundespräsidenten"], &["Bundespräsidentin"]),
            ("Bündnis", Endings::Noun, &["Bündnisses"], &[]),
            ("Hessen", Endings::Genitive, &["Hessens"], &["Hessen'", "Hesse"]),
            ("Merz", Endings::Genitive, &["Merz'", "Merz’"], &["Merzs"]),
            ("Habeck", Endings::Genitive, &["Habecks", "Habeck's"], &["Habecken"]),
            ("bayerisch", Endings::BareAdjective, &["bayerische", "bayerischen", "bayerischer"], &["bayerisch"]),
            ("OZG", Endings::Abbreviation, &["OZGs"], &["OZGes"]),
            ("Richtlinie", Endings::Noun, &["Richtlinien"], &["Richtlinies-", "Richtlinient"]),
            ("Bauordnung", Endings::Noun, &["Bauordnungen"], &["Bauordnungn"]),
            ("Ausschuss", Endings::Noun, &["Ausschusses", "Ausschußes"], &["Ausschüsse"]),
            ("Nationaler", Endings::Adjective, &["Nationalen", "Nationale"], &["National"]),
            (
                "Normenkontrollrat",
                Endings::Noun,
                &["Normenkontrollrats", "Normenkontrollrates"],
                &["Normenkontrollräte"],
            ),
        ];
        for (base, endings, forms, others) in cases {
            for form in *forms {
                assert_eq!(form_of(&fold(form), &fold(base), *endings), Some(true), "{base}: {form}");
            }
            for other in *others {
                assert_eq!(form_of(&fold(other), &fold(base), *endings), None, "{base}: {other}");
            }
        }
    }

    #[test]
    fn each_form_is_listed() {
        const ALL: [Endings; 6] = [
            Endings::Fixed,
            Endings::Genitive,
            Endings::Noun,
            Endings::Adjective,
            Endings::BareAdjective,
            Endings::Abbreviation,
        ];
        let tails = ["", "e", "er", "es", "en", "em", "n", "r", "s", "m", "'", "'s", "ses", "sen", "t"];
        for base in ["gesetz", "hessen", "merz", "deutscher", "beauftragte", "buendnis", "praesident", "stelle", "ozg"]
        {
            for endings in ALL {
                let mut listed = Vec::new();
                each_form(base, endings, &mut String::new(), |form| listed.push(form.to_owned()));
                for cut in 0..3 {
                    for form in tails.iter().map(|tail| format!("{}{tail}", &base[..base.len() - cut])) {
                        let fits = form_of(&form, base, endings).is_some();
                        assert!(!fits || listed.contains(&form), "{base}: {form} as {endings:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn heads_are_declined_and_what_follows_is_not() {
        use Endings::{Adjective, Fixed, Noun};
        let of = |name: &str, kind| {
            let pieces: Vec<&str> = name.split(' ').collect();
            endings(&pieces, Some(kind), NameClass::Full)
        };
        assert_eq!(of("Bundesministerium für Digitales", Kind::Ministry), [Noun, Fixed, Fixed]);
        assert_eq!(of("Deutscher Bundestag", Kind::Parliament), [Adjective, Noun]);
        assert_eq!(
            of("Deutscher Städte und Gemeindebund", Kind::Association),
            [Adjective, Adjective.min_noun(), Fixed, Noun]
        );
    }

    #[test]
    fn districts_are_declined() {
        use Endings::{Adjective, Fixed, Genitive, Noun};
        let of = |pieces: &[&str]| endings(pieces, Some(Kind::Municipality), NameClass::Full);
        assert_eq!(of(&["Landkreis", "München"]), [Noun, Fixed]);
        assert_eq!(of(&["Rhein", "Sieg", "Kreis"]), [Fixed, Fixed, Noun]);
        assert_eq!(of(&["Oberbergischer", "Kreis"]), [Adjective, Noun]);
        assert_eq!(of(&["Bad", "Homburg"]), [Fixed, Genitive]);
    }

    #[test]
    fn hyphens_may_be_left_out_between_plain_words() {
        assert_eq!(joined(&["Deutschland", "Stack"]), ["Deutschlandstack"]);
        assert_eq!(
            joined(&["Straßenverkehrs", "Zulassungs", "Ordnung"]),
            [
                "Straßenverkehrszulassungsordnung",
                "Straßenverkehrs-Zulassungsordnung",
                "Straßenverkehrszulassungs-Ordnung"
            ]
        );
        assert!(joined(&["KI", "Verordnung"]).is_empty());
        assert!(joined(&["BundID", "Konto"]).is_empty());
    }

    #[test]
    fn capitals_inside_words_are_a_matter_of_taste() {
        assert!(case_fits("Digitalpakt", "DigitalPakt", Case::Mixed));
        assert!(case_fits("DIGITALPAKT", "DigitalPakt", Case::Mixed));
        assert!(!case_fits("digitalpakt", "DigitalPakt", Case::Mixed));
        assert!(!case_fits("Next", "NExT", Case::Mixed));
    }

    impl Endings {
        /// `Städte` before the head looks like an adjective; that adds no form that exists.
        fn min_noun(self) -> Self {
            self
        }
    }

    #[test]
    fn case_of_abbreviations_is_exact() {
        assert!(case_fits("OZG", "OZG", Case::Exact));
        assert!(!case_fits("Ozg", "OZG", Case::Exact));
        assert!(case_fits("OZGs", "OZG", Case::Exact));
        assert!(!case_fits("EMAS", "EMA", Case::Exact));
        assert!(case_fits("BITKOM", "Bitkom", Case::Initial));
        assert!(!case_fits("linke", "Linke", Case::Initial));
    }
}
