//! Text that was UTF-8, was taken for Windows-1252 and saved again: `fÃ¼r`, `â€žOZGâ€œ`.
//!
//! Only pairs and triples that no right text has are put back: the first letters of such a pair (`Ã`, `Â`, `â`) are
//! letters of French or Portuguese, but no `¼`, `€` or `Ÿ` follows them there. A German capital (`Ä`, `Ö`, `Ü`) is never
//! taken for the beginning of one: `„EFÄ“` is right.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use encoding_rs::WINDOWS_1252;

/// Where mojibake may begin.
static BEGINS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(["Ã", "Â", "â", "Å", "Ë", "Ì", "ï", "ð", "√", "├"])
        .expect("ten short patterns")
});

/// Text that was damaged several times is put back so often.
const ROUNDS: usize = 3;

/// The text with its mojibake put back, and how many characters that were; `None` where there is none.
///
/// ```
/// use ressort::read::unscramble;
///
/// assert_eq!(unscramble("fÃ¼r die LÃ¤nder"), Some(("für die Länder".to_owned(), 2)));
/// assert_eq!(unscramble("fÃƒÂ¼r"), Some(("für".to_owned(), 3)));
/// assert_eq!(unscramble("„EFÄ“ und São Paulo, SÃO PAULO"), None);
/// ```
#[must_use]
pub fn unscramble(text: &str) -> Option<(String, u32)> {
    let (mut better, mut count) = round(text)?;
    for _ in 1..ROUNDS {
        match round(&better) {
            Some((again, more)) => (better, count) = (again, count + more),
            None => break,
        }
    }
    Some((better, count))
}

fn round(text: &str) -> Option<(String, u32)> {
    let mut out = String::new();
    let (mut count, mut done, mut from) = (0, 0, 0);
    while let Some(found) = BEGINS.find(&text.as_bytes()[from..]) {
        let at = from + found.start();
        from += found.end();
        // Spans of bytes begin at letters, as the patterns are whole letters.
        if let Some((letter, length)) = damaged(&text[at..], text[..at].chars().next_back()) {
            out.push_str(&text[done..at]);
            out.push(letter);
            (done, from) = (at + length, at + length);
            count += 1;
        }
    }
    (count > 0).then(|| {
        out.push_str(&text[done..]);
        (out, count)
    })
}

/// The character that the beginning of `text` was, and how many bytes it takes now.
fn damaged(text: &str, before: Option<char>) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if matches!(first, '√' | '├') {
        return other_tables(first, chars.next()?, before, chars.next());
    }
    let lead = byte(first)?;
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let (mut bytes, mut end) = ([0; 4], first.len_utf8());
    bytes[0] = lead;
    let mut second = None;
    for slot in &mut bytes[1..length] {
        let c = chars.next()?;
        *slot = byte(c)?;
        second = second.or(Some(c));
        end += c.len_utf8();
    }
    let letter = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    is_likely(letter, second?, before, chars.next()).then_some((letter, end))
}

/// Whether the text really says `letter` and not what stands there.
fn is_likely(letter: char, second: char, before: Option<char>, next: Option<char>) -> bool {
    let capital = before.is_some_and(char::is_uppercase);
    let letter_next = next.is_some_and(char::is_alphabetic);
    match letter {
        '\u{80}'..='\u{9f}' => second.is_control(),
        // The second character is a quotation mark, dash or blank that may as well follow a capital at the end of a word
        // (`AMANHÃ“`).
        '\u{a0}'..='\u{ff}' => {
            let mark = matches!(
                second,
                '‚' | '„' | '…' | '‘' | '’' | '“' | '”' | '–' | '—' | '‹' | '›' | '«' | '»' | '•' | '\u{a0}'
            );
            !(mark && capital && !letter_next)
        }
        // After Å stands the second half of š, ž, œ, which is a mark as well: only within a word.
        'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ' => {
            letter_next || before.is_some_and(|c| c.is_lowercase() || c == '€')
        }
        // Halves of quotation marks and umlauts that were damaged twice.
        'ˆ' | '˜' => matches!(before, Some('€' | 'Œ')),
        '\u{300}' | '\u{301}' | '\u{302}' | '\u{303}' | '\u{308}' => before.is_some_and(char::is_alphabetic),
        '\u{2000}'..='\u{206f}'
        | '\u{20ac}'
        | '\u{2122}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2200}'..='\u{22ff}'
        | '\u{25a0}'..='\u{27bf}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{feff}'
        | '\u{fffd}' => true,
        c => ('\u{1f300}'..='\u{1faff}').contains(&c),
    }
}

/// The byte that became this character when it was read as Windows-1252 (or as ISO 8859-1, where it has no character).
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => Some(c as u8),
        '\u{100}'..='\u{2122}' => {
            let mut buffer = [0; 4];
            let (bytes, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!lost).then(|| bytes[0])
        }
        _ => None,
    }
}

/// German letters that were taken for Mac Roman (`√º`) or for CP850 (`├╝`).
fn other_tables(first: char, second: char, before: Option<char>, next: Option<char>) -> Option<(char, usize)> {
    let letter = match (first, second) {
        ('√', '§') | ('├', 'ñ') => 'ä',
        ('√', '∂') | ('├', 'Â' | '╢') => 'ö',
        ('√', 'º') | ('├', '╝') => 'ü',
        ('√', 'ü') | ('├', '¤' | 'ƒ') => 'ß',
        ('√', 'Ñ') | ('├', 'ä') => 'Ä',
        ('√', 'ñ') | ('├', 'û') => 'Ö',
        ('√', 'ú') | ('├', '£') => 'Ü',
        _ => return None,
    };
    let beside = before.is_some_and(char::is_alphabetic) || next.is_some_and(char::is_alphabetic);
    beside.then_some((letter, first.len_utf8() + second.len_utf8()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// UTF-8 read as Windows-1252.
    fn scramble(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn german_comes_back_whole() {
        for text in [
            "Für die Länder gilt § 3 – „größer“ ist ‚besser‘ … 5 €, Öl, Übung, Ärger, GRÜSSE",
            "café à la carte, 20 °C, 5\u{a0}%, m², «Zug», ﬁnal, ≥ 3, • Punkt, SÖDER",
            "u\u{308}ber 👍 und →",
        ] {
            let once = scramble(text);
            assert_eq!(unscramble(&once).unwrap().0, text, "{once}");
            assert_eq!(unscramble(&scramble(&once)).unwrap().0, text);
            // Damage in one place only.
            let mixed = format!("Für Größe. {once} Ähnlich.");
            assert_eq!(unscramble(&mixed).unwrap().0, format!("Für Größe. {text} Ähnlich."));
        }
        assert_eq!(unscramble("f√ºr L√§nder, gr√∂√üer").unwrap().0, "für Länder, größer");
        assert_eq!(unscramble("f├╝r L├ñnder").unwrap().0, "für Länder");
    }

    #[test]
    fn right_text_stays() {
        for text in [
            "„EFÄ“, „RÜ“ und Ä… nein. AMANHÃ“ und SÃO PAULO, MÃE, João, São, Château, pâté, là-bas",
            "âge, Âme, Île-de-France, ï, naïve, Århus, „BODÅ“, ðÐ, √2, √ü, ├── Ordner",
            "5 °C – 10 £, ½ Â ½",
        ] {
            assert_eq!(unscramble(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_of_european_letters_stays_as_it_is(text in "[a-zA-ZäöüßÄÖÜéèêàâçñáíóúãõÃÂÅåæøØ .,;:!?0-9()\n-]{0,200}") {
            prop_assert_eq!(unscramble(&text), None);
        }

        #[test]
        fn any_text_is_survived(text in "\\PC{0,80}") {
            if let Some((better, count)) = unscramble(&text) {
                prop_assert!(count > 0 && better.len() < text.len());
            }
        }
    }
}
