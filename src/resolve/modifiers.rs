//! Words that say that an office or name is not meant as of now.

use super::Reader;
use crate::document::{Modifier, TokenKind};

/// Adjectives before a name, by the stem that their endings follow.
const ADJECTIVES: &[(&str, Modifier)] = &[
    ("früher", Modifier::Former),
    ("ehemalig", Modifier::Former),
    ("einstig", Modifier::Former),
    ("damalig", Modifier::Former),
    ("vormalig", Modifier::Former),
    ("vorherig", Modifier::Former),
    ("vorig", Modifier::Former),
    ("zurückgetreten", Modifier::Former),
    ("entlassen", Modifier::Former),
    ("abberufen", Modifier::Former),
    ("gestürzt", Modifier::Former),
    ("bisherig", Modifier::Outgoing),
    ("abgewählt", Modifier::Outgoing),
    ("scheidend", Modifier::Outgoing),
    ("ausscheidend", Modifier::Outgoing),
    ("designiert", Modifier::Designated),
    ("künftig", Modifier::Designated),
    ("zukünftig", Modifier::Designated),
    ("angehend", Modifier::Designated),
    ("nominiert", Modifier::Designated),
    ("kommissarisch", Modifier::Acting),
    ("geschäftsführend", Modifier::Acting),
    ("neu", Modifier::New),
];

/// Beginnings of the compound that the name ends: `Ex-Minister`, `Noch-Kanzler`.
const PREFIXES: &[(&str, Modifier)] =
    &[("Ex", Modifier::Former), ("Alt", Modifier::Former), ("Noch", Modifier::Outgoing), ("Neu", Modifier::New)];

/// No adjective of the list is longer, in bytes and with its ending.
const LONGEST: usize = 24;

/// A word in small letters; a longer one than is asked for as it stands.
fn small_letters<'w>(word: &'w str, letters: &'w mut [u8; LONGEST]) -> &'w str {
    let Some(letters) = letters.get_mut(..word.len()) else { return word };
    letters.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    // `À`…`Þ`: the second byte of the small letter is 0x20 further on.
    for at in 1..letters.len() {
        if letters[at - 1] == 0xC3 && matches!(letters[at], 0x80..=0x96 | 0x98..=0x9E) {
            letters[at] += 0x20;
        }
    }
    std::str::from_utf8(letters).unwrap_or(word)
}

impl Reader<'_> {
    /// What the words before a token say of the name that begins there: `der frühere hessische Minister`.
    pub(super) fn modifier_before(&self, token: usize) -> Option<Modifier> {
        let surface = self.word(token);
        for (prefix, modifier) in PREFIXES {
            if surface.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-')) {
                return Some(*modifier);
            }
        }
        if surface.starts_with("Altkanzler") || surface.starts_with("Altbundes") || surface.starts_with("Exkanzler") {
            return Some(Modifier::Former);
        }
        for back in 1..=3 {
            let Some(at) = token.checked_sub(back) else { break };
            let word = self.word(at);
            if self.tokens[at].kind != TokenKind::Word {
                break;
            }
            let mut letters = [0; LONGEST];
            let lower = small_letters(word, &mut letters);
            let found = ADJECTIVES.iter().find(|(stem, _)| {
                stem.as_bytes().first() == lower.as_bytes().first()
                    && lower
                        .strip_prefix(stem)
                        .is_some_and(|ending| matches!(ending, "e" | "er" | "en" | "em" | "es" | ""))
            });
            if let Some((_, modifier)) = found {
                return Some(*modifier);
            }
            if matches!(lower, "kein" | "keine" | "keinen" | "keinem" | "keiner" | "keines") {
                return Some(Modifier::Negated);
            }
            // Only further adjectives may stand between.
            let adjective = ["e", "er", "en", "em", "es"].iter().any(|ending| word.ends_with(ending));
            if !adjective || matches!(lower, "der" | "den" | "dem" | "des") {
                break;
            }
        }
        None
    }

    /// Whether the sentence says of the thing named at a token that there is none: `Einen Digitalminister gibt es nicht`.
    pub(super) fn is_denied(&self, token: usize) -> bool {
        if !matches!(
            self.word_before(token),
            "Ein" | "Eine" | "Einen" | "ein" | "eine" | "einen" | "eigenen" | "eigenes" | "eigene"
        ) {
            return false;
        }
        let sentence = self.sentence_of(self.tokens[token].span.start);
        let end = self.sentences.get(sentence).map_or(u32::MAX, |sentence| sentence.span.end);
        let words =
            || (token + 1..self.tokens.len()).take_while(|&at| self.tokens[at].span.end <= end).map(|at| self.word(at));
        let exists = words().take(4).any(|word| matches!(word, "gibt" | "gab" | "existiert" | "existierte"));
        exists && words().take(14).any(|word| matches!(word, "nicht" | "nie" | "keinen" | "bislang"))
    }
}
