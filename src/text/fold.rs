//! The form under which words are looked up.

use unicode_normalization::char::decompose_canonical;

use super::bytes::is_hyphen;
use super::web;

/// The look-up form of a word: small letters, umlauts and ß written out, marks of other languages dropped, damage
/// repaired. Soft hyphens, hyphens at line ends, NFD umlauts and HTML entities disappear, so that all spellings of a
/// name agree.
///
/// ```
/// use ressort::text::fold;
/// assert_eq!(fold("Thüringen"), "thueringen");
/// assert_eq!(fold("THUERINGEN"), "thueringen");
/// assert_eq!(fold("Digitali-\nsierung"), "digitalisierung");
/// assert_eq!(fold("f&uuml;r"), "fuer");
/// assert_eq!(fold("B u n d e s r a t"), "bundesrat");
/// assert_eq!(fold("Straße"), fold("STRASSE"));
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 4);
    fold_into(word, &mut folded);
    folded
}

/// Like [`fold`], appended to a buffer that the caller keeps.
pub fn fold_into(word: &str, folded: &mut String) {
    let bytes = word.as_bytes();
    // Most letters of most words are plain: they are taken over at once.
    let plain = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let start = folded.len();
    folded.push_str(&word[..plain]);
    folded[start..].make_ascii_lowercase();
    let mut at = plain;
    let spaced = plain < bytes.len() && is_spaced_out(word);
    while let Some(c) = word[at..].chars().next() {
        if c == '&'
            && let Some((len, c)) = web::entity(&bytes[at..])
        {
            fold_char(c, folded);
            at += len;
            continue;
        }
        let next = at + c.len_utf8();
        if is_hyphen(c) {
            // A hyphen at a line end before a small letter only divides the word, unless an abbreviation or a number
            // stands before it (`EU-⏎weit`, `10-⏎prozentig`), which would have it anyway.
            let rest = word[next..].trim_start();
            let broken = rest.len() < word.len() - next;
            let before = word[..at].rsplit(is_hyphen).next().unwrap_or("");
            let divides = rest.starts_with(char::is_lowercase) && before.ends_with(char::is_lowercase);
            at = word.len() - rest.len();
            if !(broken && (divides || divides_capitals(before, rest))) {
                folded.push('-');
            }
            continue;
        }
        if c != ' ' || !spaced {
            fold_char(c, folded);
        }
        at = next;
    }
}

/// `V o r b e m e r k u n g`: one word, with a blank behind each letter. The first letters show it.
fn is_spaced_out(word: &str) -> bool {
    let mut chars = word.chars();
    (0..3).all(|_| chars.next().is_some_and(char::is_alphabetic) && matches!(chars.next(), Some(' ') | None))
}

/// Names written in capitals, as they are divided at line ends.
const CAPITALS: &[(&str, &str)] = &[("GRÜ", "NEN"), ("BÜND", "NIS"), ("LIN", "KE"), ("KRI", "TIS")];

/// Whether a hyphen at a line end only divides a name in capitals: `BÜND-⏎NIS`, but not `CDU-⏎NRW`.
pub(crate) fn divides_capitals(before: &str, rest: &str) -> bool {
    CAPITALS.iter().any(|(one, other)| before.ends_with(one) && rest.starts_with(other))
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        '\0'..='\x7F' => folded.push(c),
        'ä' | 'Ä' | 'æ' | 'Æ' => folded.push_str("ae"),
        'ö' | 'Ö' | 'œ' | 'Œ' => folded.push_str("oe"),
        'ü' | 'Ü' => folded.push_str("ue"),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' => folded.push('i'),
        // NFD: the two dots behind their vowel.
        '\u{308}' if folded.ends_with(['a', 'o', 'u']) => folded.push('e'),
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{300}'..='\u{36F}' => {}
        '’' | 'ʼ' | '´' | '‘' => folded.push('\''),
        'ﬁ' => folded.push_str("fi"),
        'ﬂ' => folded.push_str("fl"),
        'ﬀ' => folded.push_str("ff"),
        'ﬃ' => folded.push_str("ffi"),
        'ﬄ' => folded.push_str("ffl"),
        _ => {
            for c in c.to_lowercase() {
                decompose_canonical(c, |part| {
                    if !('\u{300}'..='\u{36F}').contains(&part) {
                        folded.push(part);
                    }
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_a_name_agree() {
        for (one, other) in [
            ("Özdemir", "Oezdemir"),
            ("O\u{308}zdemir", "Özdemir"),
            ("Mecklenburg-Vor-\npommern", "Mecklenburg-Vorpommern"),
            ("Mecklenburg-\nVorpommern", "Mecklenburg-Vorpommern"),
            ("BÜNDNIS 90/DIE GRÜ-\nNEN", "Bündnis 90/Die Grünen"),
            ("EU-\nweit", "EU-weit"),
            ("10-\nprozentig", "10-prozentig"),
            ("B u n d e s r a t", "Bundesrat"),
            ("OZG\u{2011}Umsetzung", "OZG-Umsetzung"),
            ("Online\u{AD}zugangs\u{AD}gesetz", "Onlinezugangsgesetz"),
            ("Ahmetović", "Ahmetovic"),
            ("Merz’", "Merz'"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }
}
