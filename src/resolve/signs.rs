//! The tokens at which rules of the resolver begin, found in one pass, so that each rule need not read the whole text.

use crate::document::{Token, TokenKind};

/// Indices of tokens, in reading order.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Opening brackets: definitions.
    pub brackets: Vec<u32>,
    /// `§`, `Art.`, `Artikel`: citations.
    pub sections: Vec<u32>,
    /// Long words that end like the name of a statute.
    pub statutes: Vec<u32>,
    /// Words that can stand for a name said before: `Freistaat`, `Ministerium`, `Land` …
    pub general: Vec<u32>,
    /// Quotation marks.
    pub quotes: Vec<u32>,
    /// Long words whose letters are set apart: `B u n d e s r a t`.
    pub spaced: Vec<u32>,
    /// `Stadtstaaten`.
    pub city_states: Vec<u32>,
    /// `Staatssekretär`, `Bundesministerin`: long titles before names.
    pub titles: Vec<u32>,
    /// Numbers with a slash: acts of the European Union.
    pub fractions: Vec<u32>,
    /// `Staatsministerin`, `Senatsverwaltung`: long words before a list of portfolios.
    pub heads: Vec<u32>,
}

/// From which length on a token with this first byte can be a sign; most are words in small letters, and never are.
static LENGTHS: [u32; 256] = {
    let mut lengths = [u32::MAX; 256];
    let mut byte = 0;
    while byte < 256 {
        lengths[byte] = match byte as u8 {
            b'(' | b'"' | 0xC2 | 0xE2 => 1,
            b'0'..=b'9' => 5,
            b'A' | b'B' | b'F' | b'G' | b'H' | b'L' | b'M' | b'R' => 4,
            b'A'..=b'Z' | 0xC3 => 12,
            _ => u32::MAX,
        };
        byte += 1;
    }
    lengths
};

impl Signs {
    pub(super) fn read(text: &str, tokens: &[Token]) -> Self {
        let mut signs = Self::default();
        let bytes = text.as_bytes();
        for (index, token) in tokens.iter().enumerate() {
            if token.span.len() >= LENGTHS[usize::from(bytes[token.span.start as usize])] {
                signs.note(bytes, index as u32, token);
            }
        }
        signs
    }

    #[inline]
    fn note(&mut self, bytes: &[u8], index: u32, token: &Token) {
        let word = &bytes[token.span.range()];
        match *word {
            [b'(', ..] => self.brackets.push(index),
            [b'0'..=b'9', ..] if word[1..].contains(&b'/') => self.fractions.push(index),
            [0xC2, 0xA7, ..] => self.sections.push(index),
            // `"`, `«`, `»`; `„“”‚‘` and other signs of the same block.
            [b'"', ..] | [0xC2, 0xAB | 0xBB, ..] | [0xE2, _, _] => self.quotes.push(index),
            [first @ (b'A'..=b'Z' | 0xC3), second, _, _, ..] => {
                if second == b' ' {
                    self.spaced.push(index);
                } else if word.len() >= 12 {
                    let end = &word[word.len() - 4..];
                    if (first, second) == (b'S', b't') && word.starts_with(b"Stadtstaat") {
                        self.city_states.push(index);
                    }
                    if [&b"Staatssekret"[..], b"Bundesminister", b"Landtagspr"]
                        .iter()
                        .any(|title| word.starts_with(title))
                    {
                        self.titles.push(index);
                    }
                    if (first, second) == (b'S', b't') && word.starts_with(b"Staatsminister")
                        || (first, second) == (b'S', b'e') && word.starts_with(b"Senatsverwaltung")
                    {
                        self.heads.push(index);
                    }
                    // …gesetz, …gesetzes, …gesetzbuch in its forms, …verordnung.
                    if token.kind == TokenKind::Word
                        && matches!(end, b"setz" | b"tzes" | b"buch" | b"uchs" | b"ches" | b"nung")
                    {
                        self.statutes.push(index);
                    }
                } else if (first, second) == (b'A', b'r') {
                    if matches!(word, b"Art." | b"Artikel" | b"Artikels" | b"Artikeln") {
                        self.sections.push(index);
                    }
                } else if (matches!(first, b'B' | b'F' | b'H' | b'L' | b'M' | b'R')
                    && matches!(second, b'u' | b'r' | b'a' | b'i' | b'e'))
                    || word == b"Gesetz"
                {
                    self.general.push(index);
                }
                // `Bundeslandes`, `Ministeriums` are longer than most.
                if (12..=13).contains(&word.len()) && matches!(first, b'B' | b'M') {
                    self.general.push(index);
                }
            }
            _ => {}
        }
    }
}

/// The first two bytes of words that are looked for in a whole text, so that few tokens are compared with them.
#[derive(Debug)]
pub(super) struct Beginnings([bool; 256]);

impl Beginnings {
    /// Those of words of at least two bytes.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut begins = [false; 256];
        for word in words {
            if let &[first, second, ..] = word.as_bytes() {
                begins[Self::place(first, second)] = true;
            }
        }
        Self(begins)
    }

    /// Whether one of the words may begin with the token.
    #[inline]
    pub(super) fn may_be(&self, bytes: &[u8], token: &Token) -> bool {
        let start = token.span.start as usize;
        token.span.len() > 1 && bytes.get(start..start + 2).is_some_and(|two| self.0[Self::place(two[0], two[1])])
    }

    #[inline]
    fn place(first: u8, second: u8) -> usize {
        usize::from(first.wrapping_mul(31) ^ second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn each_rule_finds_its_tokens() {
        let text = "„Art. 5 GG“ (neu), § 3 2016/679 1.234,5: das Ministerium, des Bundeslandes, das Lobbyregistergesetz. \"Ja\" und Haus B u n d e s r a t Stadtstaaten";
        let tokens = tokens(text);
        let signs = Signs::read(text, &tokens);
        let words =
            |list: &[u32]| -> Vec<&str> { list.iter().map(|&token| tokens[token as usize].span.of(text)).collect() };
        assert_eq!(words(&signs.brackets), ["("]);
        assert_eq!(words(&signs.sections), ["Art.", "§"]);
        assert_eq!(words(&signs.general), ["Ministerium", "Bundeslandes", "Haus"]);
        assert!(words(&signs.statutes).contains(&"Lobbyregistergesetz"));
        assert_eq!(words(&signs.city_states), ["Stadtstaaten"]);
        assert_eq!(words(&signs.spaced), ["B u n d e s r a t"]);
        assert_eq!(words(&signs.fractions), ["2016/679"]);
        assert_eq!(words(&signs.quotes), ["„", "“", "\"", "\""]);
    }
}
