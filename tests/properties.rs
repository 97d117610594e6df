//! What must hold for any text at all.

use std::sync::LazyLock;

use proptest::prelude::*;
use ressort::{Document, Pipeline};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::builder().build().expect("the built-in data is valid"));

/// Names, inflected names, marks, broken pieces: what documents are made of, and what damages them.
const PIECES: &[&str] = &[
    "BMDS",
    "BMWK",
    "Bundesministeriums der Finanzen",
    "Wirtschafts- und Digitalministerium",
    "Bayerns",
    "Hessen",
    "Digitalminister",
    "Bundesdigitalminister",
    "Karsten Wildberger",
    "Dr.",
    "Merz'",
    "OZG-Umsetzung",
    "d-NRW",
    "§ 1",
    "Abs. 5 GG",
    "Berlin",
    "Land Berlin",
    "Thüringer Landtag",
    "die Linke",
    "der Freistaat",
    "das Ministerium",
    "16.",
    "09.10.2025",
    "[09.10.2025]",
    "mehr...",
    ":",
    ".",
    "„",
    "“",
    "(",
    ")",
    ",",
    "/",
    "-",
    "–",
    "\u{ad}",
    "-\n",
    "\r\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "&nbsp;",
    "&shy;",
    "<b>",
    "🇩🇪",
    "👩‍👩‍👧",
    "u\u{308}",
    "ß",
    "ẞ",
    "ﬁ",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "İ",
    "日本",
    "*innen",
    ":innen",
    "https://bmds.bund.de/x",
    "a@b.de",
    "#ozg",
    "ehemalige",
    "wäre",
    "kein",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let join = proptest::sample::select(&["", " ", " ", " ", "\n"][..]);
    proptest::collection::vec((piece, join), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(piece, join)| [piece, join.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_sound(text in texts()) {
        let document = Document::new(text.as_str());
        let annotation = PIPELINE.annotate(&document);
        let mut at = 0;
        for token in &annotation.tokens {
            let between = text.get(at..token.span.start as usize).expect("tokens are sorted, at character borders");
            prop_assert!(between.chars().all(char::is_whitespace), "{between:?} lies in no token of {text:?}");
            prop_assert!(!token.span.is_empty());
            at = token.span.end as usize;
        }
        prop_assert!(text[at..].chars().all(char::is_whitespace));
        let mut sentence_end = 0;
        for sentence in &annotation.sentences {
            prop_assert!(sentence.span.start >= sentence_end && text.get(sentence.span.range()).is_some());
            sentence_end = sentence.span.end;
        }
        for token in &annotation.tokens {
            prop_assert!(annotation.sentences.iter().any(|sentence| sentence.span.covers(token.span)));
        }
        let mut mention_end = 0;
        for mention in &annotation.mentions {
            prop_assert!(mention.span.start >= mention_end && !mention.span.is_empty());
            prop_assert!(text.get(mention.span.range()).is_some(), "{:?}", mention.span);
            prop_assert!(annotation.sentences[mention.sentence as usize].span.start <= mention.span.start);
            prop_assert!((0.0..=1.0).contains(&mention.confidence));
            prop_assert!(mention.entity.is_some() || mention.candidates.len() != 1);
            mention_end = mention.span.end;
        }
        prop_assert_eq!(&annotation, &PIPELINE.annotate(&document), "the same text is read the same way twice");
    }

    #[test]
    fn pages_lose_no_word(text in texts()) {
        let words = |text: &str| -> Vec<String> {
            let kept = text.replace("mehr...", " ").replace(':', " ");
            kept.split_whitespace().filter(|word| !word.starts_with('[')).map(str::to_owned).collect()
        };
        let page = format!("Eins: Zwei\n[09.10.2025] {text}\nDrei: Vier\n[08.10.2025] Fünf mehr...\n");
        if let Some(items) = ressort::read::split_page(&page) {
            let joined: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
            let (joined, page) = (joined.join(" ").concat_words(), page.replace(['\u{feff}'], "\u{feff}"));
            for word in words(&page) {
                prop_assert!(joined.contains(&word.concat_words()), "{word:?} of {page:?}");
            }
        }
    }
}

trait ConcatWords {
    /// The text without white space, colons and links, which splitting may move or drop.
    fn concat_words(&self) -> String;
}

impl ConcatWords for str {
    fn concat_words(&self) -> String {
        self.chars().filter(|c| !c.is_whitespace() && *c != ':').collect()
    }
}
