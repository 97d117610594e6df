use super::*;
use crate::text::tokens;

fn topics(text: &str) -> Vec<(String, Vec<String>)> {
    let document = Document::new(text);
    let topics = Seeds::embedded().topics(&document, &tokens(text), &mut SeedScratch::default());
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
