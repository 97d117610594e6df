use proptest::prelude::*;

use super::tokens;
use crate::document::TokenKind::{self, *};

fn words(text: &str) -> Vec<&str> {
    tokens(text).iter().map(|token| token.span.of(text)).collect()
}

/// Each line: the text with its tokens divided by `|`; blanks beside `|` are those of the text.
#[test]
fn tables_of_german_tokens() {
    let cases = [
        "Die| OZG-Umsetzung| stockt| vor| Ort|.",
        "Das| E-Government-Gesetz| gilt|,| geht's| auch| ohne|?",
        "z.| B.| und| z.B.| d.| h.| i.d.R.| u.| a.| bzw.",
        "Dr.| h.| c.| Müller|,| Prof.| Dr.| Sinemus",
        "Nr.| 3| und| Art.| 91c| Abs.| 5| GG",
        "§§| 3| ff.| und| §| 12a| Abs.|2",
        "zum| 16.| Digital-Gipfel| am| 20.| und| 21.| November",
        "am| 20.| November| 2023|.| Er| kam|.",
        "am| 20|.| Er| kam|.",
        "im| 19.| Jahrhundert|,| die| 2.| Lesung",
        "Das| war| 2023|.| Dann| kam| Platz| 3|.| Gut| so|.",
        "[|09.10.2025|]| Bayerns| Digitalminister",
        "über| 1.000| Gäste|,| 2,5| %| und| 14:30| Uhr",
        "die| 10-jährige| 5G| 2.0| 19/24112| 90er| 3D",
        "Bürgermeister*innen|,| Minister:innen|,| Bürger/-innen|,| BürgerInnen|,| Expert_innen",
        "Die| Initiative| (Neu)Start| KfZ| will| bündeln|.",
        "Das| Wirtschafts-| und| das| Digitalministerium",
        "Finanzminister| und| -ministerinnen",
        "Digitali-\nsierung| im| Land",
        "Wirtschafts-|\nund| Digitalministerium",
        "Mecklenburg-Vor-\npommern| baut",
        "Digital-Gipfel| 2023|KI| als| Motor",
        "ver.di| und| die| Komm.ONE| verhandeln|.| Ein| Ergebnis",
        "www.bmds.bund.de| –| Folgen| Sie| @bmds|,| #Digitalgipfel|!",
        "post@bund.de|,| https://www.bund.de/ozg?x=1|.",
        "Bundesministerium| f&uuml;r| Verkehr",
        "<b>|Hessen|</b>|:|&nbsp;|Neue",
        "„|Wir| haben| Wildwuchs| entwickelt|.|“|,| sagte",
        "Merz'| Pläne| und| Habecks| Haus",
        "die| ‚|Grünen|‘| und| 'das| Haus|'| sagt",
        "ln| §| 12a| Abs.|2| des",
        "Die| Art| und| Art.| 5|;| dieser| Art|.",
        "Drucksache| 21/1234| liegt| vor|.",
        "A.| Merkel| und| F.-W.| Steinmeier",
        "CDU|/|CSU| und| BÜNDNIS| 90|/|DIE| GRÜNEN",
        "jede:r| Bürger(innen)| Kolleg(inn)en",
        "Kultusministerin| a.D.| und| e.| V.",
        "(|Beifall| bei| der| SPD|)",
        "Warte|…| oder| warte|...| mehr|...",
        "📢| BMDS| startet| 👩‍💻| 🇩🇪",
        "von| 18| bis| 20| Uhr| 3,5-prozentig",
        "vom| 3.| 11.| 2023| bis| 09.10.| statt",
    ];
    for case in cases {
        let text = case.replace('|', "");
        let expected: Vec<&str> = case.split('|').map(str::trim_start).collect();
        // Single quotes glue only in the table's own spelling: `'das`.
        let expected: Vec<&str> = expected
            .iter()
            .flat_map(|token| match token.strip_prefix('\'') {
                Some(rest) if !rest.is_empty() => vec!["'", rest],
                _ => vec![*token],
            })
            .collect();
        assert_eq!(words(&text), expected, "{text}");
    }
}

#[test]
fn kinds_of_tokens() {
    let cases: [(&str, TokenKind); 14] = [
        ("Haus", Word),
        ("usw.", Abbreviation),
        ("1.000", Number),
        ("09.10.2025", Date),
        ("2025-10-09", Date),
        ("14:30", Time),
        ("www.bund.de", Url),
        ("bericht.pdf", Url),
        ("a@b.de", Email),
        ("#ozg", Hashtag),
        ("@bmds", Handle),
        ("&nbsp;", HtmlEntity),
        ("</p>", HtmlTag),
        ("€", Symbol),
    ];
    for (text, kind) in cases {
        let tokens = tokens(text);
        assert_eq!(tokens.len(), 1, "{text}");
        assert_eq!(tokens[0].kind, kind, "{text}");
    }
}

/// What holds of the tokens of any text.
fn check(text: &str) {
    let tokens = tokens(text);
    let mut end = 0;
    for token in &tokens {
        let (start, stop) = (token.span.start as usize, token.span.end as usize);
        assert!(start >= end && stop > start, "{text:?}: {token:?}");
        assert!(text.is_char_boundary(start) && text.is_char_boundary(stop), "{text:?}: {token:?}");
        assert!(
            text[end..start].chars().all(char::is_whitespace),
            "{text:?}: {:?} lies between tokens",
            &text[end..start]
        );
        assert!(!text[start..].starts_with(char::is_whitespace), "{text:?}: {token:?}");
        end = stop;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "{text:?}");
    let sentences = super::super::sentences(text, &tokens);
    let mut index = 0;
    for sentence in &sentences {
        assert_eq!(sentence.span.start, tokens[index].span.start, "{text:?}");
        while index < tokens.len() && tokens[index].span.end <= sentence.span.end {
            index += 1;
        }
        assert_eq!(sentence.span.end, tokens[index - 1].span.end, "{text:?}");
    }
    assert_eq!(index, tokens.len(), "{text:?}");
    // In one go they are the same.
    let (mut other_tokens, mut other_sentences) = (Vec::new(), Vec::new());
    super::super::tokens_and_sentences_into(text, &mut other_tokens, &mut other_sentences);
    assert_eq!((other_tokens, other_sentences), (tokens, sentences), "{text:?}");
}

#[test]
fn entities_of_other_scripts_are_passed() {
    for text in ["nach Sainte-Lagu&#1105;/Schepers", "&#1105;", "a&#x3B1;b", "&#1105;&#1105;/"] {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The short way and the way by all rules agree, for German, for what looks like it, and for any text.
    #[test]
    fn both_ways_give_the_same_tokens(text in "([A-Za-zäöüÄÖÜßéñ×÷0-9]|[a-zäöüß]{2,12} |[A-Z][a-zäöüß]{3,20}|[-.,:;!?*_/()&<>#@'’„“‚‘ \n\u{AD}\u{308}\u{A0}]|日|я|👍){0,120}") {
        let (mut fast, mut general) = (Vec::new(), Vec::new());
        super::scan::<true, true>(&text, &mut fast);
        super::scan::<false, false>(&text, &mut general);
        prop_assert_eq!(fast, general);
    }

    #[test]
    fn both_ways_agree_on_any_text(text in ".{0,60}") {
        let (mut fast, mut general) = (Vec::new(), Vec::new());
        super::scan::<true, true>(&text, &mut fast);
        super::scan::<false, false>(&text, &mut general);
        prop_assert_eq!(fast, general);
    }

    /// Where there are only letters, commas and blanks, words are those of UAX #29.
    #[test]
    fn plain_words_are_those_of_unicode(text in "([a-zäöüßéèñA-ZÄÖÜ]{2,14}[ ,]|[а-яё]{2,9} |[α-ω]{2,9} ){0,20}") {
        let ours = tokens(&text);
        let ours: Vec<&str> = ours.iter().filter(|token| token.kind == Word).map(|token| token.span.of(&text)).collect();
        let theirs: Vec<&str> = unicode_segmentation::UnicodeSegmentation::unicode_words(text.as_str()).collect();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn any_text_is_covered(text in ".{0,60}") {
        check(&text);
    }

    #[test]
    fn german_looking_text_is_covered(text in "([A-Za-zäöüß0-9]|[-.,:;!?*_/()&<>#@'’„“‚‘ \n\u{AD}\u{308}]|Abs\\.|z\\. B\\.|&uuml;|&#1105;|\\d\\. |www\\.|…){0,60}") {
        check(&text);
    }
}
