use super::*;
use crate::document::{Document, TopicScore};
use crate::text::tokens;
use crate::topics::{Scratch, Topics};

fn topics(text: &str) -> Vec<(String, Vec<String>)> {
    let document = Document::new(text);
    let topics = Seeds::embedded().topics(&document, &tokens(text), &mut Scratch::default());
    let terms = |topic: &TopicScore| topic.terms.iter().map(|term| term.text.clone()).collect();
    topics.iter().map(|topic| (topic.topic.to_string(), terms(topic))).collect()
}

fn has(text: &str, topic: &str) -> bool {
    topics(text).iter().any(|(id, _)| id == topic)
}

#[test]
fn inflected_seeds_are_found() {
    for (text, topic) in [
        ("Leitlinien für den Einsatz Künstlicher Intelligenz und von Sprachmodellen", "digital/ai"),
        ("KI-Agenten und KI-Assistenten in der Verwaltung", "digital/ai"),
        ("Breitbandausbau und Funklöcher", "digital/broadband-mobile"),
        ("Cyberangriffe mit Ransomware", "digital/cybersecurity"),
        ("Die Registermodernisierung und das NOOTS", "digital/registers"),
        ("Die elektronischen Patientenakten und das E-Rezept", "digital/e-health"),
    ] {
        assert!(has(text, topic), "{text}: {:?}", topics(text));
    }
}

#[test]
fn abbreviations_keep_their_spelling() {
    assert!(has("KI und LLM in Behörden", "digital/ai"));
    assert!(!has("Ki und llm und digital", "digital/ai"));
}

#[test]
fn weak_seeds_need_digital_policy_around_them() {
    assert_eq!(topics("Vergabe, Ausschreibung, Beschaffung und Finanzierung von Schulmilch"), []);
    assert!(has("Vergabe, Ausschreibung und Beschaffung digitaler Lösungen", "digital/procurement"));
}

#[test]
fn terms_stand_in_the_text() {
    let found = topics("EUDI-Wallet und eIDAS: die digitalen Identitäten kommen");
    assert_eq!(found[0].0, "digital/identity");
    assert_eq!(found[0].1, ["EUDI-Wallet", "eIDAS", "digitalen Identitäten"]);
}

#[test]
fn the_tables_are_well_formed() {
    let topics = include_str!("../../models/topics.tsv");
    let known: Vec<_> = topics.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    for line in include_str!("../../models/digital_seeds.tsv").lines().skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        assert_eq!(cells.len(), 4, "{line}");
        assert!(known.contains(&cells[0]), "{line}");
        assert!(matches!(cells[2], "strong" | "weak") && matches!(cells[3], "positive" | "negative"), "{line}");
    }
}

#[test]
fn every_built_in_term_can_be_found() {
    for line in include_str!("../../models/digital_seeds.tsv").lines().skip(1) {
        let seed = line.split('\t').nth(1).expect("the table is well formed");
        let document = Document::new(format!("Digital: {seed}"));
        let mut scratch = Scratch::default();
        let _ = Seeds::embedded().topics(&document, &tokens(&document.text), &mut scratch);
        assert!(scratch.seeds.found_any(), "{seed}");
    }
    // A text need not be searched where no word of it belongs to a term.
    assert!(Seeds::embedded().begin_with_words);
}

#[test]
fn terms_of_several_words_and_inside_of_compounds_are_found() {
    let found = |text: &str| {
        let seeds = Seeds::from_table("topic\tseed\na/a\tOZG 2.0\na/a\tEiner für Alle\na/a\t5 Punkte\na/b\tNOOTS\n")
            .expect("a table");
        let topics = seeds.topics(&Document::new(text), &tokens(text), &mut Scratch::default());
        topics.iter().map(|topic| topic.terms[0].text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("Mit OZG 2.0 geht es weiter"), ["OZG 2.0"]);
    assert_eq!(found("nach dem Prinzip Einer für Alle und einer für uns"), ["Einer für Alle"]);
    assert_eq!(found("in 5 Punkten"), ["5 Punkten"]);
    assert_eq!(found("der EU/NOOTS-Anschluss"), ["NOOTS-Anschluss"]);
    assert_eq!(found("Einer von allen, OZG"), Vec::<String>::new());
}

/// A headline and a body, as `Topics` sees them.
fn headed(headline: &str, body: &str) -> Document {
    let mut document = Document::new(format!("{headline}\n{body}"));
    document.title_span = Some(crate::Span::new(0, headline.len() as u32));
    document
}

#[test]
fn the_word_for_the_whole_domain_names_no_field_of_it() {
    let document = headed("Digitalisierung der Landwirtschaft", "Melkroboter im Stall und Drohnen über dem Acker.");
    let found = Topics::embedded().expect("the built-in models load").of(&document, &tokens(&document.text));
    let of_field = |id: &str| found.iter().any(|topic| &*topic.topic == id);
    assert!(!of_field("digital/governance") && !of_field("digital/online-services"), "{found:?}");
}

#[test]
fn a_term_alone_does_not_outvote_the_model() {
    let document = headed(
        "Schweinepest in Brandenburg",
        "Landwirte, Tierärzte und Jäger suchen Wildschweine und Kadaver im Wald; den Bürgerservice leitet ein Förster.",
    );
    let tokens = tokens(&document.text);
    let is_service = |topic: &TopicScore| &*topic.topic == "digital/online-services";
    let by_terms = Seeds::embedded().topics(&document, &tokens, &mut Scratch::default());
    let by_both = Topics::embedded().expect("the built-in models load").of(&document, &tokens);
    assert!(by_terms.iter().any(is_service), "{by_terms:?}");
    assert!(!by_both.iter().any(is_service), "{by_both:?}");
}

#[test]
fn a_strong_term_that_is_newer_than_the_labels_counts() {
    let document = headed("Sechs Orte fangen an", "Die Modellkommunen erproben den neuen Onlinedienst.");
    let found = Topics::embedded().expect("the built-in models load").of(&document, &tokens(&document.text));
    assert!(found.iter().any(|topic| &*topic.topic == "digital/online-services"), "{found:?}");
}
