//! The forms in which German texts show a seed term.

use crate::text::{fold, tokens};

/// What can stand behind a noun or adjective.
const ENDINGS: &[&str] = &["s", "es", "e", "en", "n", "er", "ern", "em", "ens", "in", "innen", "'"];
const ADJECTIVE_ENDINGS: &[&str] = &["e", "er", "es", "en", "em"];

/// Whether the spelling of a term tells it from other words: all capitals, or short with a capital inside.
/// `KI`, `eID`, `BundID`, `KONSENS`; but neither `Cloud` nor `DigitalPakt`.
pub(super) fn is_marked(seed: &str) -> bool {
    let capitals = seed.chars().filter(|c| c.is_uppercase()).count();
    let all = capitals > 1 && !seed.chars().any(char::is_lowercase);
    let inside = seed.len() <= 6 && seed.split('-').any(|word| word.chars().skip(1).any(char::is_uppercase));
    !seed.contains(' ') && (all || inside)
}

/// The folded forms of a term that the automaton looks for, all but endings of its last word: tokens with one blank
/// between them; adjectives with every ending; plurals with umlaut.
pub(super) fn variants(seed: &str) -> Vec<String> {
    let tokens = tokens(seed);
    let mut all = vec![String::new()];
    for (index, token) in tokens.iter().enumerate() {
        let word = token.span.of(seed);
        let folded = fold(word);
        let last = index + 1 == tokens.len();
        let stem =
            ADJECTIVE_ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending)).filter(|stem| stem.len() > 3);
        let forms: Vec<String> = match stem {
            Some(stem) if !last && word.chars().all(char::is_alphabetic) => {
                ADJECTIVE_ENDINGS.iter().map(|ending| format!("{stem}{ending}")).collect()
            }
            _ if last => [Some(folded.clone()), umlaut(&folded)].into_iter().flatten().collect(),
            _ => vec![folded],
        };
        let longer = |start: &String| {
            let blank = if start.is_empty() { "" } else { " " };
            forms.iter().map(|form| format!("{start}{blank}{form}")).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// The stem of a plural with umlaut, with its e: `bauantraege`, `funkloeche(r)`.
fn umlaut(folded: &str) -> Option<String> {
    let at = folded.rfind(['a', 'e', 'i', 'o', 'u'])?;
    let (vowel, behind) = (&folded[at..=at], &folded[at + 1..]);
    let before = folded[..at].chars().next_back();
    let simple = !before.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
    (simple && matches!(vowel, "a" | "o" | "u") && (1..=3).contains(&behind.len()) && folded.len() > 5)
        .then(|| format!("{}{vowel}e{behind}e", &folded[..at]))
}

/// Whether what was found at `start..end` is the term and not a part of another word: it begins where a token or a part
/// of a hyphen compound begins, and ends where one ends, but for an ending; or it begins a closed compound.
pub(super) fn fits(folded: &str, start: usize, end: usize, compounds: bool) -> bool {
    let bytes = folded.as_bytes();
    if start > 0 && !matches!(bytes[start - 1], b' ' | b'-' | b'/' | b'#') {
        return false;
    }
    let rest = &folded[end..];
    let length = rest.find([' ', '-', '/', ':', '*']).unwrap_or(rest.len());
    let ending = &rest[..length];
    ending.is_empty() || ENDINGS.contains(&ending) || (compounds && ending.len() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_marks_abbreviations() {
        for (seed, marked) in [("KI", true), ("eID", true), ("Cloud", false), ("Open Source", false), ("E-Akte", false)]
        {
            assert_eq!(is_marked(seed), marked, "{seed}");
        }
    }

    #[test]
    fn adjectives_and_plurals() {
        assert!(variants("Künstliche Intelligenz").contains(&"kuenstlicher intelligenz".to_owned()));
        assert!(variants("Bauantrag").contains(&"bauantraege".to_owned()));
    }

    #[test]
    fn borders() {
        for (text, term, compounds, expected) in [
            ("ki-strategie ", "ki", false, true),
            ("kiel ", "ki", false, false),
            ("glasfaserausbau ", "glasfaser", true, true),
            ("glasfaserausbau ", "glasfaser", false, false),
            ("wallets ", "wallet", false, true),
            ("eu-wallet ", "wallet", false, true),
            ("digitalminister:innen ", "digitalminister", false, true),
        ] {
            let start = text.find(term).unwrap_or_default();
            assert_eq!(fits(text, start, start + term.len(), compounds), expected, "{text} {term}");
        }
    }
}
