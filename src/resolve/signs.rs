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
}

impl Signs {
    pub(super) fn read(text: &str, tokens: &[Token]) -> Self {
        let mut signs = Self::default();
        let bytes = text.as_bytes();
        for (index, token) in tokens.iter().enumerate() {
            let range = token.span.range();
            let (first, length) = (bytes[range.start], range.len());
            match first {
                b'(' => signs.brackets.push(index as u32),
                b'"' => signs.quotes.push(index as u32),
                // `§`, `«`, `»`.
                0xC2 => match bytes.get(range.start + 1) {
                    Some(0xA7) => signs.sections.push(index as u32),
                    Some(0xAB | 0xBB) => signs.quotes.push(index as u32),
                    _ => {}
                },
                // `„“”‚‘` and other signs of the same block.
                0xE2 if length <= 3 => signs.quotes.push(index as u32),
                b'A'..=b'Z' | 0xC3 => {
                    if length >= 12 {
                        // …gesetz, …gesetzes, …gesetzbuch, …verordnung.
                        if token.kind == TokenKind::Word && matches!(bytes[range.end - 1], b'z' | b's' | b'h' | b'g') {
                            signs.statutes.push(index as u32);
                        }
                    } else if length >= 4 {
                        match (first, bytes[range.start + 1]) {
                            (b'A', b'r')
                                if matches!(&bytes[range], b"Art." | b"Artikel" | b"Artikels" | b"Artikeln") =>
                            {
                                signs.sections.push(index as u32);
                            }
                            (b'B' | b'F' | b'H' | b'L' | b'M' | b'R', b'u' | b'r' | b'a' | b'i' | b'e') => {
                                signs.general.push(index as u32);
                            }
                            _ => {}
                        }
                    }
                    // `Bundeslandes`, `Ministeriums` are longer than most.
                    if (12..=13).contains(&length) && matches!(first, b'B' | b'M') {
                        signs.general.push(index as u32);
                    }
                }
                _ => {}
            }
        }
        signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn each_rule_finds_its_tokens() {
        let text =
            "„Art. 5 GG“ (neu), § 3: das Ministerium, des Bundeslandes, das Lobbyregistergesetz. \"Ja\" und Haus";
        let tokens = tokens(text);
        let signs = Signs::read(text, &tokens);
        let words =
            |list: &[u32]| -> Vec<&str> { list.iter().map(|&token| tokens[token as usize].span.of(text)).collect() };
        assert_eq!(words(&signs.brackets), ["("]);
        assert_eq!(words(&signs.sections), ["Art.", "§"]);
        assert_eq!(words(&signs.general), ["Ministerium", "Bundeslandes", "Haus"]);
        assert!(words(&signs.statutes).contains(&"Lobbyregistergesetz"));
        assert_eq!(words(&signs.quotes), ["„", "“", "\"", "\""]);
    }
}
