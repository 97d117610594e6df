//! Tokens and sentences of any text: no panic, every character that is not white space in exactly one token, spans at
//! character borders, sentences that partition the tokens.
//!
//! The bytes are read as pieces of a text that German tokenization has rules for, and as raw text between them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ressort::text::{fold, sentences, tokens, tokens_and_sentences_into};

/// What rules look for; a byte from 0x80 chooses one.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "Dr. ", "z. B. ", "z.B.", "Abs. 5 ", "§§ 3 ff. ", "16. ", "20. und 21. November", "09.10.2025", "14:30", "1.000", "2,5 %",
    "2.0", "5G", "10-jährige", "19/24112", "*innen", ":in ", "/-innen", "BürgerInnen", "(Neu)Start", "Bürger(innen)",
    "https://bund.de/a", "www.niu\ns.de/a-b-c", "mailto:", "a@b.de", "#ozg", "@bmds", "bericht.pdf", ":-)", "👩‍👩‍👧", "🇩🇪",
    "u\u{308}", "\u{AD}", "\u{200B}", "\u{FEFF}", "\u{A0}", "\u{2009}", "-\n", "-\r\n  ", "\n", "\n\n", "\r\n", "…", "...",
    "„", "“", "‚", "‘", "»", "«", "›", "‹", "\"", "'", "''", "``", "’s ", "–", "—", "×", "÷", "²", "&uuml;", "&nbsp;", "&#1105;",
    "&#x3B1;", "<b>", "</p>", "<a href=\"x\">", "V o r b e m e r k u n g", "  d e r", "ß", "Ö", "é", "İ", "ﬁ", "日本語", "кот", "عربى",
    "ไทย", "Wir", "Die ", "Seit 1964 ", "usw.", "e. V.", "A. ", "F.-W. ", "XIV. ", "Nr. 3", "Deutscher Bundestag – 21. Wahlperiode",
    "Drucksache 21/1 – 3 –", "• ", "- ", "am 20. ", "im Jahr 2023. ", "Merz' ", "'das ", "ver.di", "Komm.ONE", "R&D", "  ",
];

fuzz_target!(|data: &[u8]| {
    let mut text = String::new();
    for chunk in data.chunk_by(|one, other| (*one < 0x80) == (*other < 0x80)) {
        // Plain letters, and letters of several bytes, are themselves; any other byte stands for one of the pieces.
        if let Ok(letters) = std::str::from_utf8(chunk) {
            text.push_str(letters);
        } else {
            for byte in chunk {
                text.push_str(PIECES[usize::from(byte - 0x80) % PIECES.len()]);
            }
        }
    }
    check(&text);
});

fn check(text: &str) {
    let tokens = tokens(text);
    let mut end = 0;
    for token in &tokens {
        let (start, stop) = (token.span.start as usize, token.span.end as usize);
        assert!(start >= end && stop > start, "{token:?}");
        assert!(text[end..start].chars().all(char::is_whitespace), "{:?} lies in no token", &text[end..start]);
        let word = &text[start..stop];
        assert!(!word.starts_with(char::is_whitespace) && !word.ends_with(char::is_whitespace), "{word:?}");
        let _ = fold(word);
        end = stop;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "{:?} lies in no token", &text[end..]);

    let sentences = sentences(text, &tokens);
    let (mut other_tokens, mut other_sentences) = (Vec::new(), Vec::new());
    tokens_and_sentences_into(text, &mut other_tokens, &mut other_sentences);
    assert!(other_tokens == tokens && other_sentences == sentences, "in one go they are the same");

    let mut index = 0;
    for sentence in &sentences {
        assert_eq!(sentence.span.start, tokens[index].span.start, "a sentence begins with a token");
        while tokens.get(index).is_some_and(|token| token.span.end <= sentence.span.end) {
            index += 1;
        }
        assert_eq!(sentence.span.end, tokens[index - 1].span.end, "a sentence ends with a token");
    }
    assert_eq!(index, tokens.len(), "every token lies in a sentence");
}
