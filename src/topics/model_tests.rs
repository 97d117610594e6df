use std::sync::LazyLock;

use super::super::explain::MAX_TERMS;
use super::super::train::{Example, Settings, train};
use super::*;
use crate::document::TopicScore;
use crate::text::tokens;

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let texts = [
        ("Ausbau der Schienenwege und Bahnhöfe in Strecke", "Verkehr"),
        ("Mehr Personal in der Krankenpflege im Haus", "Gesundheit"),
        ("Sanierung von Autobahnbrücken bei Kilometer", "Verkehr"),
        ("Vergütung der Krankenhäuser in Stufe", "Gesundheit"),
    ];
    let example = |n: usize| {
        let (text, label) = texts[n % 4];
        Example {
            text: format!("{text} {n}\nDie Bundesregierung"),
            labels: Some(vec![label.into()]),
            ..Example::default()
        }
    };
    (0..60).map(example).collect()
});

fn settings() -> Settings {
    Settings { min_examples: 1, rows: 2000, prefix: "area".to_owned(), ..Settings::default() }
}

fn model() -> Model {
    train(&EXAMPLES, &settings()).expect("there are enough examples")
}

fn topics(model: &Model, text: &str) -> Vec<TopicScore> {
    model.topics(text, &tokens(text), &mut Scratch::default())
}

#[test]
fn same_examples_same_bytes() {
    assert!(model().as_bytes() == model().as_bytes());
}

#[test]
fn compounds_are_understood_and_explained() {
    let found = topics(&model(), "Die Schienenwegeausbau-Pläne");
    assert_eq!(&*found[0].topic, "area/verkehr");
    assert_eq!(found[0].terms[0].text, "Schienenwegeausbau-Pläne");
    assert!(found[0].terms[0].weight > 0.0);
}

#[test]
fn terms_for_and_against_add_up_to_the_score() {
    let model = model();
    for text in [
        "Bahnhöfe und Krankenpflege",
        "Die Schienenwegeausbau-Pläne\nVergütung der Krankenhäuser, Vergütung, Stufe und Schienenwege",
        "",
    ] {
        for label in model.explain(text, &tokens(text), &mut Scratch::default()) {
            let sum: f32 = label.terms.iter().map(|term| term.weight).sum();
            let odds = (label.score / (1.0 - label.score)).ln();
            assert!((label.base + sum - odds).abs() < 2e-3, "{text}: {} {odds}", label.base + sum);
            assert!(label.terms.is_sorted_by(|a, b| a.weight >= b.weight));
        }
    }
    let text = "Sanierung der Schienenwege im Krankenhaus";
    let explained = model.explain(text, &tokens(text), &mut Scratch::default());
    let weight = |label: usize, word: &str| {
        explained[label].terms.iter().find(|term| term.text == word).map(|term| term.weight).expect("it is a word")
    };
    // Gesundheit, then Verkehr.
    assert!(weight(0, "Krankenhaus") > 0.0 && weight(0, "Schienenwege") < 0.0, "{explained:?}");
    assert!(weight(1, "Krankenhaus") < 0.0 && weight(1, "Schienenwege") > 0.0, "{explained:?}");
}

#[test]
fn what_is_remembered_changes_nothing() {
    let (model, mut scratch) = (model(), Scratch::default());
    for text in ["Ausbau der Schienenwege", "Krankenhäuser und Schienenwege", "Ausbau der Schienenwege"] {
        let fresh = topics(&model, text);
        assert_eq!(model.topics(text, &tokens(text), &mut scratch), fresh, "{text}");
    }
}

#[test]
fn calibrating_again_changes_probabilities_and_no_weights() {
    let model = model();
    // Every second example of the later ones has the wrong label: nothing is likely any more.
    let mut later = EXAMPLES.clone();
    for example in later.iter_mut().step_by(3) {
        example.labels = Some(vec!["Gesundheit".into()]);
    }
    let (again, figures) = model.calibrated(&later).expect("there are enough examples");
    assert_eq!(figures.examples, later.len());
    let text = "Ausbau der Schienenwege";
    let explain = |model: &Model| model.explain(text, &tokens(text), &mut Scratch::default()).remove(1);
    let (before, after) = (explain(&model), explain(&again));
    assert!(after.score < before.score, "{} {}", after.score, before.score);
    let told = before.terms.iter().zip(&after.terms).filter(|(before, _)| before.weight != 0.0);
    let ratios: Vec<f32> = told.map(|(before, after)| after.weight / before.weight).collect();
    assert!(ratios.len() > 1 && ratios.iter().all(|ratio| (ratio - ratios[0]).abs() < 1e-3), "{ratios:?}");
}

#[test]
fn little_is_said_of_texts_of_few_words() {
    let model = Model::embedded().expect("the built-in model loads");
    let count = |text: &str| topics(&model, text).len();
    assert_eq!((count("Und nun?"), count("Täglich Vollgas geben")), (0, 0));
    assert!(count("Ausbau der Schienenwege und Bahnhöfe im ländlichen Raum") > 0);
}

#[test]
fn a_teacher_labels_examples_that_have_hints_alone() {
    let mut examples = EXAMPLES.clone();
    for example in &mut examples {
        example.hints =
            vec![if example.labels.as_deref() == Some(&["Verkehr".into()]) { "Bahn" } else { "Arzt" }.into()];
    }
    let untaught = model();
    examples.extend((0..40).map(|n| Example {
        text: format!("Weichenstörung zum {n}. Mal"),
        hints: vec!["Bahn".into()],
        ..Example::default()
    }));
    let taught = train(&examples, &settings()).expect("there are enough examples");
    let likely = |model: &Model| {
        let (text, mut likely) = ("Weichenstörung", Vec::new());
        model.probabilities(text, &tokens(text), &mut Scratch::default(), &mut likely);
        likely[1]
    };
    assert!(likely(&taught) > 0.8 && likely(&taught) > likely(&untaught), "{} {}", likely(&taught), likely(&untaught));
    assert_eq!(taught.origin().0, untaught.origin().0);
}

#[test]
fn the_index_holds_the_words_and_nothing_else() {
    let model = Model::embedded().expect("the built-in model loads");
    assert_eq!(model.words.len(), model.head.words);
}

#[test]
fn texts_without_known_words_have_no_topics() {
    assert_eq!(topics(&model(), ""), []);
    assert_eq!(topics(&model(), "12,5 % §§ 3"), []);
}

#[test]
fn terms_are_strongest_first_and_each_once() {
    let found = topics(&model(), "Bahnhöfe, BAHNHÖFE und Autobahnbrücken: Ausbau, Sanierung, Strecke, Schienenwege");
    let terms: Vec<_> = found[0].terms.iter().map(|term| crate::text::fold(&term.text)).collect();
    assert_eq!(terms.len(), MAX_TERMS);
    assert_eq!(terms.iter().filter(|term| *term == "bahnhoefe").count(), 1);
    assert!(found[0].terms.is_sorted_by(|a, b| a.weight >= b.weight));
}

#[test]
fn broken_bytes_are_errors() {
    let good = model().as_bytes().to_vec();
    for length in [0, 7, 8, 11, 12, 19, 20, 40, 100, good.len() / 2, good.len() - 1] {
        assert!(Model::from_bytes(good[..length].to_vec()).is_err(), "{length}");
    }
    for at in [0, 8, 12, 20, 30, 60, 1000, good.len() - 1] {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        assert!(Model::from_bytes(bytes).is_err(), "{at}");
    }
    let mut longer = good.clone();
    longer.push(0);
    assert_eq!(Model::from_bytes(longer).unwrap_err(), ModelError::Checksum);
    let mut newer = good;
    newer[8] = 9;
    assert_eq!(Model::from_bytes(newer).unwrap_err(), ModelError::Version { found: 9, known: 4 });
}

#[test]
fn broken_parts_behind_a_fitting_checksum_are_errors() {
    let good = model().as_bytes().to_vec();
    for at in 20..200 {
        for value in [0, 0xFF, 0x80] {
            let mut bytes = good.clone();
            bytes[at] = value;
            let sum = format::checksum(&bytes[20..]);
            bytes[12..20].copy_from_slice(&sum.to_le_bytes());
            // Either refused, or a model that works.
            if let Ok(model) = Model::from_bytes(bytes) {
                let _ = topics(&model, "Ausbau der Schienenwege");
            }
        }
    }
}
