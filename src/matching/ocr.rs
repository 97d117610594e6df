//! Letters that scanners confuse: `Bundesmini8terium`, `RheinIand-Pfalz`, `lnformationsfreiheitsgesetz`.

/// What else a letter or digit can have been, in the middle of a word.
const CONFUSED: &[(char, &[char])] =
    &[('8', &['s', 'b']), ('5', &['s']), ('0', &['o']), ('1', &['l', 'i']), ('6', &['b']), ('I', &['l'])];

/// Whether a word has a sign of a confusion: a digit or a capital `I` behind a small letter, or a small `l` at the
/// beginning, before a consonant. Short words would be read as anything.
pub(super) fn is_suspicious(word: &str) -> bool {
    let bytes = word.as_bytes();
    // Nearly all words have neither.
    let signs = bytes.iter().filter(|byte| byte.is_ascii_digit() || **byte == b'I').count();
    if bytes.len() < 8 || (signs == 0 && bytes[0] != b'l') {
        return false;
    }
    let inside = bytes.windows(3).any(|three| {
        (three[1].is_ascii_digit() || three[1] == b'I')
            && three[0].is_ascii_lowercase()
            && three[2].is_ascii_lowercase()
    });
    inside || (bytes[0] == b'l' && matches!(bytes[1], b'n' | b'm' | b'd' | b't' | b'r' | b's' | b'h'))
}

/// The words that it can have been, the likeliest first.
pub(super) fn repairs(word: &str) -> impl Iterator<Item = String> + '_ {
    let first = word.strip_prefix('l').map(|rest| format!("I{rest}"));
    let inside = CONFUSED.iter().flat_map(move |(wrong, rights)| {
        let found = word.char_indices().skip(1).find(|(_, c)| c == wrong).map(|(at, _)| at);
        rights.iter().filter_map(move |right| {
            let at = found?;
            Some(format!("{}{right}{}", &word[..at], &word[at + wrong.len_utf8()..]))
        })
    });
    first.into_iter().chain(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confusions_of_scanners() {
        for (word, meant) in [
            ("Bundesmini8terium", "Bundesministerium"),
            ("RheinIand", "Rheinland"),
            ("lnformationsfreiheitsgesetz", "Informationsfreiheitsgesetz"),
            ("Bundesre1ierung", "Bundesrelierung"),
        ] {
            assert!(is_suspicious(word), "{word}");
            assert!(repairs(word).any(|repaired| repaired == meant), "{word}");
        }
        for word in ["Landesregierung", "E-Government", "BundID-Konto", "landesweit", "2025", "DIN18014"] {
            assert!(!is_suspicious(word), "{word}");
        }
    }
}
