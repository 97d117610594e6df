#![allow(clippy::format_collect, clippy::format_push_string, reason = "speed does not count in tests")]

use super::*;

fn read(bytes: &[u8]) -> Vec<Document> {
    documents(bytes, "21054.xml", &ReadOptions::default()).into_iter().filter_map(Result::ok).collect()
}

fn refusal(text: &str) -> String {
    documents(text.as_bytes(), "x.xml", &ReadOptions::default()).remove(0).unwrap_err().message
}

#[test]
fn a_document_per_speech() {
    let speeches = read(include_bytes!("../../../tests/formats/protocol.xml"));
    assert_eq!(speeches.len(), 3);
    let field =
        |number: usize, name: &str| speeches[number].extra.get(name).and_then(|value| value.as_str()).unwrap_or("");
    assert_eq!(field(0, "speaker"), "Dr. Erika von Beispiel");
    assert_eq!(field(0, "role"), "Bundesministerin für Digitales und Staatsmodernisierung");
    assert_eq!(field(0, "agenda_item"), "Tagesordnungspunkt 4");
    assert_eq!(field(0, "agenda_title"), "Verwaltung vereinfachen");
    assert_eq!((field(0, "term"), field(0, "session"), field(0, "speech")), ("21", "54", "ID215400100"));
    assert_eq!(field(1, "party"), "SPD");
    assert_eq!(field(2, "agenda_item"), "Zu Protokoll gegebene Reden");
    for speech in &speeches {
        assert_eq!(speech.date, Some("2026-01-29".parse().unwrap()));
        assert_eq!(speech.date_source, Some(DateSource::Record));
    }
    assert_eq!(
        speeches[0].text,
        "Dr. Erika von Beispiel, Bundesministerin für Digitales und Staatsmodernisierung:\n\
         Frau Präsidentin! Meine Damen und Herren! Wir vereinfachen & beschleunigen.\n\
         Max Muster (AfD):\nWann?\n\
         Dr. Erika von Beispiel, Bundesministerin für Digitales und Staatsmodernisierung:\nBald."
    );
    assert_eq!(speeches[0].extra["comments"][0], "(Beifall bei der CDU/CSU)");
    assert!(field(0, "chair_before").starts_with("Präsidentin Julia Muster:\nIch rufe auf"));
    assert_eq!(field(1, "chair_before"), "Präsidentin Julia Muster:\nFür die SPD spricht nun Kollege Probe.");
    assert!(speeches[1].text.starts_with("Peter Probe (Musterstadt) (SPD):\n"));
    assert_eq!(speeches[1].id, "21054.xml#1");
}

#[test]
fn a_paper_and_an_old_protocol() {
    let paper = read(include_bytes!("../../../tests/formats/paper.xml")).remove(0);
    assert_eq!(paper.title.as_deref(), Some("Stand der Registermodernisierung"));
    assert_eq!(paper.date, Some("2014-03-12".parse().unwrap()));
    assert_eq!(paper.text, "Stand der Registermodernisierung\nDeutscher Bundestag\nDrucksache 18/777\nDas BMI prüft.");
    assert_eq!(paper.extra["number"], "18/777");
    assert_eq!(paper.extra["authors"][0], "Fraktion DIE LINKE.");
    let old = "<DOCUMENT><DOKUMENTART>PLENARPROTOKOLL</DOKUMENTART><DATUM>12.03.2014</DATUM><TEXT>Inhalt:\nPeter Probe (SPD) 5\n\
               Präsident Dr. Max Muster:\nDie Sitzung ist eröffnet.\nPeter Probe (SPD):\nHerr Präsident!\n(Beifall)\n\
               Vizepräsidentin Ute Muster:\nDanke.\nDr. Eva Beispiel, Bundesministerin der Finanzen:\nVerehrte Kollegen!\n</TEXT></DOCUMENT>";
    let speeches = read(old.as_bytes());
    let texts: Vec<&str> = speeches.iter().map(|speech| speech.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Peter Probe (SPD):\nHerr Präsident!\n(Beifall)",
            "Dr. Eva Beispiel, Bundesministerin der Finanzen:\nVerehrte Kollegen!"
        ]
    );
    assert_eq!(speeches[0].extra["party"], "SPD");
    assert_eq!(speeches[1].extra["chair_before"], "Vizepräsidentin Ute Muster:\nDanke.");
}

#[test]
fn other_xml_is_its_text() {
    let text = "<?xml version='1.0' encoding='iso-8859-1'?><norm><titel>Gr\u{fc}ne Netze</titel><datum>2024-05-01</datum>\
                <p>Ein <b>fetter</b> Satz &unbekannt; &#228;</p><p/></norm>";
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let document = read(&bytes).remove(0);
    assert_eq!(document.text, "Grüne Netze\n2024-05-01\nEin fetter Satz &unbekannt; ä");
    assert_eq!(document.date, Some("2024-05-01".parse().unwrap()));
}

#[test]
fn xml_made_to_exhaust_the_reader() {
    let mut laughs = "<!DOCTYPE a [<!ENTITY l0 \"ha\">".to_owned();
    for level in 1..30 {
        laughs += &format!("<!ENTITY l{level} \"&l{};&l{};\">", level - 1, level - 1);
    }
    laughs += "]><a b='&l29;'>&l29;</a>";
    assert!(refusal(&laughs).contains("defines &l29; itself"));
    assert!(refusal(&"<a>".repeat(1 << 20)).contains("nested more than"));
    assert!(refusal(&format!("<a>{}</a>", "<b/>".repeat(3 << 20))).contains("parts"));
    assert!(refusal("<a>\n<b>Text").contains("breaks off inside of <b>"));
    assert!(refusal("<a>\n</b>").contains("line 2"));
    assert!(refusal("kein XML").contains("no XML"));
}
