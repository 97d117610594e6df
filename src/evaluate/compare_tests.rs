use super::*;
use crate::document::Kind;
use crate::evaluate::read_gold;

fn gold(fields: &str) -> GoldDocument {
    let file = read_gold("gold.jsonl", format!("{{{fields}}}").replace('\n', " ").as_bytes());
    assert!(file.problems.is_empty(), "{:?}", file.problems);
    file.documents.into_iter().next().unwrap()
}

fn found(text: &str, surface: &str, kind: Kind, entity: &str) -> Found {
    let span = occurrences(text, surface).next().unwrap();
    Found { span, surface: surface.into(), kind, entity: Some(entity.into()), holder: None, confidence: 0.9 }
}

fn prediction(mentions: Vec<Found>) -> Prediction {
    Prediction { mentions, ..Prediction::default() }
}

const TEXT: &str = "Das BMI prüft den Bescheid aus Hessen.";

#[test]
fn an_exact_span_of_another_kind_is_a_miss_and_an_extra() {
    let gold = gold(&format!(
        r#""text": "{TEXT}", "mentions": [{{"start": 4, "end": 7, "kind": "ministry", "entity": "ministry:bund/inneres"}}]"#
    ));
    let evaluation = compare(&gold, &prediction(vec![found(TEXT, "BMI", Kind::Body, "body:bmi")]));
    assert_eq!(evaluation.scores.kinds["ministry"], Counts { hit: 0, missed: 1, extra: 0 });
    assert_eq!(evaluation.scores.kinds["body"], Counts { hit: 0, missed: 0, extra: 1 });
    assert_eq!(evaluation.scores.core, Counts { hit: 0, missed: 1, extra: 0 });
    assert_eq!(evaluation.scores.linking.of, 0);
    assert_eq!(evaluation.mistakes.len(), 1, "one line for both");
    assert!(evaluation.mistakes[0].to_string().contains("found body 'BMI' body:bmi"));
}

#[test]
fn uncertain_gold_counts_neither_way() {
    let fields =
        r#""text": "Das BMI prüft.", "mentions": [{"start": 4, "end": 7, "kind": "ministry", "uncertain": true}]"#;
    let nothing = compare(&gold(fields), &Prediction::default());
    assert_eq!((nothing.scores.all, nothing.scores.wholly_right.right), (Counts::default(), 1));
    let other = compare(&gold(fields), &prediction(vec![found("Das BMI prüft.", "BMI prüft", Kind::Body, "body:x")]));
    assert_eq!((other.scores.all, other.scores.wholly_right.right), (Counts::default(), 1));
}

#[test]
fn uncertain_gold_without_offsets_spares_one_place() {
    let text = "Hessen und Hessen";
    let gold =
        gold(&format!(r#""text": "{text}", "mentions": [{{"surface": "Hessen", "kind": "land", "uncertain": true}}]"#));
    let first = found(text, "Hessen", Kind::Land, "land:he");
    let second = Found { span: CharSpan::new(11, 17), ..first.clone() };
    let evaluation = compare(&gold, &prediction(vec![first, second]));
    assert_eq!(evaluation.scores.all, Counts { hit: 0, missed: 0, extra: 1 });
}

#[test]
fn gold_without_entity_is_not_scored_for_linking() {
    let gold = gold(&format!(
        r#""text": "{TEXT}", "mentions": [{{"start": 31, "end": 37, "surface": "Hessen", "kind": "land", "entity": null}}]"#
    ));
    let evaluation = compare(&gold, &prediction(vec![found(TEXT, "Hessen", Kind::Land, "land:sn")]));
    assert_eq!(evaluation.scores.all.hit, 1);
    assert_eq!(evaluation.scores.linking.of, 0);
    assert_eq!(evaluation.scores.wholly_right.right, 1);
}

#[test]
fn a_wrong_entity_or_holder_is_a_mistake() {
    let text = "Der Bundesdigitalminister kommt.";
    let gold = gold(&format!(
        r#""text": "{text}", "mentions": [{{"surface": "Bundesdigitalminister", "kind": "office",
            "entity": "office:bund/digitales", "holder": "politician:karsten-wildberger"}}]"#
    ));
    let mut office = found(text, "Bundesdigitalminister", Kind::Office, "office:bund/verkehr");
    office.holder = Some("politician:volker-wissing".into());
    let evaluation = compare(&gold, &prediction(vec![office]));
    assert_eq!((evaluation.scores.linking.right, evaluation.scores.linking.of), (0, 1));
    assert_eq!((evaluation.scores.holders.right, evaluation.scores.holders.of), (0, 1));
    assert_eq!(evaluation.scores.wholly_right.right, 0);
    assert_eq!(evaluation.mistakes.len(), 2);
}

#[test]
fn gold_without_offsets_takes_the_first_free_mention_of_its_surface() {
    let text = "Hessen, Hessen, Hessen";
    let mention = r#"{"surface": "Hessen", "kind": "land", "entity": "land:he"}"#;
    let gold = gold(&format!(r#""text": "{text}", "mentions": [{mention}, {mention}]"#));
    let at = |start| Found { span: CharSpan::new(start, start + 6), ..found(text, "Hessen", Kind::Land, "land:he") };
    let three = compare(&gold, &prediction(vec![at(0), at(8), at(16)]));
    assert_eq!(three.scores.all, Counts { hit: 2, missed: 0, extra: 1 });
    let one = compare(&gold, &prediction(vec![at(8)]));
    assert_eq!(one.scores.all, Counts { hit: 1, missed: 1, extra: 0 });
}

#[test]
fn a_non_mention_is_hit_by_extras_of_its_kind_only() {
    let fields = r#""text": "Das Essen aus Essen.", "mentions": [{"start": 14, "end": 19, "kind": "municipality"}],
        "non_mentions": [{"start": 4, "end": 9, "surface": "Essen", "kind": "municipality", "why": "Nahrung"}]"#;
    let first = found("Das Essen aus Essen.", "Essen", Kind::Municipality, "municipality:05113000");
    let second = Found { span: CharSpan::new(14, 19), ..first.clone() };
    let both = compare(&gold(fields), &prediction(vec![first.clone(), second.clone()]));
    assert_eq!((both.scores.non_mentions_found.right, both.scores.non_mentions_found.of), (1, 1));
    assert_eq!(both.scores.wholly_right.right, 0);
    let as_party = compare(&gold(fields), &prediction(vec![Found { kind: Kind::Party, ..first }, second]));
    assert_eq!(as_party.scores.non_mentions_found.right, 0);
}

#[test]
fn a_right_mention_around_a_non_mention_does_not_hit_it() {
    let text = "Am Main in Frankfurt am Main.";
    let fields = format!(
        r#""text": "{text}", "mentions": [{{"start": 11, "end": 28, "kind": "municipality"}}],
        "non_mentions": [{{"start": 24, "end": 28, "surface": "Main"}}]"#
    );
    let city = found(text, "Frankfurt am Main", Kind::Municipality, "municipality:06412000");
    assert_eq!(compare(&gold(&fields), &prediction(vec![city])).scores.non_mentions_found.right, 0);
}

#[test]
fn governments_count_only_where_the_gold_has_them() {
    let text = "Die Bundesregierung antwortet.";
    let government = || prediction(vec![found(text, "Bundesregierung", Kind::Body, "body:bundesregierung")]);
    let none = compare(&gold(&format!(r#""text": "{text}", "mentions": []"#)), &government());
    assert_eq!((none.scores.all, none.scores.wholly_right.right), (Counts::default(), 1));
    let marked = gold(&format!(r#""text": "{text}", "mentions": [{{"start": 4, "end": 19, "kind": "body"}}]"#));
    assert_eq!(compare(&marked, &government()).scores.all.hit, 1);
    assert_eq!(compare(&marked, &Prediction::default()).scores.all.missed, 1);
}

#[test]
fn tokens_and_sentences_are_counted_by_exact_span() {
    let gold = gold(
        r#""text": "Es geht. Gut.", "tokens": [[0, 2], [3, 7], [7, 8], [9, 12], [12, 13]],
        "sentences": [[0, 8], [9, 13]], "sentence_starts": [0, 9]"#,
    );
    let spans = |pairs: &[(u32, u32)]| pairs.iter().map(|&pair| CharSpan::from(pair)).collect();
    let found = Prediction {
        mentions: vec![found("Es geht. Gut.", "Gut", Kind::Party, "party:x")],
        tokens: spans(&[(0, 2), (3, 8), (9, 12), (12, 13)]),
        sentences: spans(&[(0, 13)]),
    };
    let evaluation = compare(&gold, &found);
    assert_eq!(evaluation.scores.tokens, Counts { hit: 3, missed: 2, extra: 1 });
    assert_eq!(evaluation.scores.sentences, Counts { hit: 0, missed: 2, extra: 1 });
    assert_eq!(evaluation.scores.sentence_starts, Counts { hit: 1, missed: 1, extra: 0 });
    assert_eq!(evaluation.scores.all, Counts::default(), "gold without mentions says nothing about them");
    assert_eq!(evaluation.scores.wholly_right.of, 0);
    assert!(evaluation.mistakes.iter().any(|mistake| mistake.to_string().contains("token: expected 'geht'")));
}
