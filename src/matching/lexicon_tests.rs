use std::sync::LazyLock;

use super::*;
use crate::text::tokens;

static LEXICON: LazyLock<(Gazetteer, Lexicon)> = LazyLock::new(|| {
    let gazetteer = Gazetteer::embedded();
    let lexicon = Lexicon::new(&gazetteer);
    (gazetteer, lexicon)
});

/// Surfaces found, leaving out bare surnames.
fn found(text: &str) -> Vec<&str> {
    let (_, lexicon) = &*LEXICON;
    let mut scratch = Scratch::default();
    lexicon.search(text, &tokens(text), &mut scratch);
    let candidates = scratch.candidates.iter().filter(|candidate| {
        scratch.found[candidate.found.0 as usize..candidate.found.1 as usize]
            .iter()
            .any(|found| lexicon.name(found.name).class != NameClass::Surname)
    });
    candidates.map(|candidate| candidate.span.of(text)).collect()
}

#[test]
fn finds_names_in_their_german_forms() {
    for (text, surfaces) in [
        ("Ein Sprecher des Bundesministeriums der Finanzen schwieg.", &["Bundesministeriums der Finanzen"][..]),
        ("Die OZG-Umsetzung und das OZG-Änderungsgesetz", &["OZG", "OZG-Änderungsgesetz"]),
        ("des Onlinezugangsgesetzes", &["Onlinezugangsgesetzes"]),
        (
            "Das Bundesministerium für Digitales und Staatsmodernisierung",
            &["Bundesministerium für Digitales und Staatsmodernisierung"],
        ),
        (
            "der Deutschland-Stack, des Deutschland-Stacks, ein Deutschlandstack",
            &["Deutschland-Stack", "Deutschland-Stacks", "Deutschlandstack"],
        ),
        ("Mecklenburg-Vor-\npommern baut", &["Mecklenburg-Vor-\npommern"]),
        ("BAYERN UND HESSEN", &["BAYERN", "HESSEN"]),
        (
            "Der Bundesdigitalminister und die Bundesministerin für Digitales und Verkehr",
            &["Bundesdigitalminister", "Bundesministerin für Digitales und Verkehr"],
        ),
        ("Das Bundesministerium f&uuml;r Verkehr", &["Bundesministerium f&uuml;r Verkehr"]),
        (
            "des Nationalen Normenkontrollrates, dem Deutschen Bundestage",
            &["Nationalen Normenkontrollrates", "Deutschen Bundestage"],
        ),
        (
            "der Digitalpakt Schule und die STRASSENVERKEHRS-ORDNUNG",
            &["Digitalpakt Schule", "STRASSENVERKEHRS-ORDNUNG"],
        ),
        ("nach der Strassenverkehrszulassungsordnung", &["Strassenverkehrszulassungsordnung"]),
        ("im Fünften Buch Sozialgesetzbuch", &["Fünften Buch Sozialgesetzbuch"]),
        ("des Rhein-Sieg-Kreises und des Landkreises München", &["Rhein-Sieg-Kreises", "Landkreises München"]),
        ("in Thu\u{308}ringen und Thueringen", &["Thu\u{308}ringen", "Thueringen"]),
    ] {
        assert_eq!(found(text), surfaces, "{text}");
    }
}

#[test]
fn finds_nothing_inside_other_words() {
    for text in ["Obersachsen", "sachlich", "www.bmds.bund.de", "@bmds", "Bundestagsdrucksache", "ozg", "Niederbayern"]
    {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn surnames_keep_their_particles() {
    assert_eq!(surname("Ursula von der Leyen"), Some("von der Leyen"));
    assert_eq!(surname("Robert Habeck"), Some("Habeck"));
    assert_eq!(surname("Marie-Agnes Strack-Zimmermann"), Some("Strack-Zimmermann"));
    assert_eq!(surname("Pelé"), None);
}

#[test]
fn lookup_takes_the_whole_text() {
    let (gazetteer, lexicon) = &*LEXICON;
    let ids = |text: &str| -> Vec<&str> {
        lexicon
            .lookup(text)
            .iter()
            .filter_map(|found| lexicon.name(found.name).entity)
            .map(|key| gazetteer.entity(key).id.as_ref())
            .collect()
    };
    assert!(ids("BMDS").contains(&"ministry:bund/digitales"));
    assert!(ids("Das BMDS").is_empty());
    assert!(ids("").is_empty());
}
