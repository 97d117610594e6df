use std::io::Write as _;

use super::*;
use crate::document::{DateSource, Document};

const TEXT: &str = "Bericht zur Verwaltung\nBerlin, den 9. Oktober 2025\nDas Bundesministerium des Innern (BMI) prüft & fördert.\
                    \nQuelle: eigene Erhebung.\nErste Zeile\nzweite Zeile\tmit Tabulator\nLand\tAnteil\nHessen\t12,5 %\nSchluss.";

fn read(documents: Outcomes) -> Document {
    documents.into_iter().next().unwrap().unwrap()
}

fn packed(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let notes = "<w:footnotes xmlns:w='w'><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>Quelle: eigene Erhebung.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let styles = "<w:styles xmlns:w='w'><w:style w:styleId='Titel'><w:name w:val='Title'/></w:style></w:styles>";
    let about = "<c:p xmlns:c='c'><dc:creator>Erika</dc:creator><dcterms:created>2020-01-01T00:00:00Z</dcterms:created><dcterms:modified>2021-02-03T00:00:00Z</dcterms:modified></c:p>";
    packed(&[
        ("word/document.xml", &format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")),
        ("word/footnotes.xml", notes),
        ("word/styles.xml", styles),
        ("docProps/core.xml", about),
    ])
}

#[test]
fn a_text_of_word() {
    let body = "<w:p><w:pPr><w:pStyle w:val='Titel'/></w:pPr><w:r><w:t>Bericht zur </w:t></w:r><w:r><w:t>Verwaltung</w:t></w:r></w:p>\
        <w:p><w:r><w:t>Berlin, den 9. Oktober 2025</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space='preserve'>Das Bundesministerium des Innern (BMI) </w:t></w:r><w:del><w:r><w:delText>verwirft</w:delText></w:r></w:del><w:r><w:t>prüft &amp; fördert.</w:t><w:footnoteReference w:id='2'/></w:r><w:r><w:instrText>PAGEREF</w:instrText></w:r></w:p>\
        <w:p/><w:p><w:r><w:t>Erste Zeile</w:t><w:br/><w:t>zweite Zeile</w:t><w:tab/><w:t>mit Tabulator</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Land</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Anteil</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>Hessen</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12,5 %</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:t>Schluss.</w:t></w:r></w:p>";
    let options = ReadOptions::default();
    let document = read(docx(&word(body), "a.docx", &options));
    assert_eq!(document.text, TEXT);
    assert_eq!(document.title.as_deref(), Some("Bericht zur Verwaltung"));
    assert_eq!((document.date, document.date_source), (Some("2025-10-09".parse().unwrap()), Some(DateSource::Text)));
    assert_eq!(document.extra["author"], "Erika");
    let other = read(docx(&word("<w:p><w:r><w:t>Nur ein Satz.</w:t></w:r></w:p>"), "a.docx", &options));
    assert_eq!((other.date, other.date_source), (Some("2021-02-03".parse().unwrap()), Some(DateSource::Properties)));
    assert_eq!(other.title, None);
}

#[test]
fn the_main_part_can_be_numbered() {
    let text = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Text im Netz</w:t></w:r></w:p></w:body></w:document>";
    let document = read(docx(&packed(&[("word/document2.xml", text)]), "a.docx", &ReadOptions::default()));
    assert_eq!(document.text, "Text im Netz");
}

#[test]
fn a_text_of_libre_office() {
    let content = "<office:document-content><office:automatic-styles><style:style style:name='P1' style:parent-style-name='Title'/></office:automatic-styles>\
        <office:body><office:text><text:tracked-changes><text:p>gelöscht</text:p></text:tracked-changes>\
        <text:p text:style-name='P1'>Bericht zur\n   Verwaltung</text:p><text:p>Berlin, den<text:s/>9. Oktober 2025</text:p>\
        <text:p>Das Bundesministerium des <text:span>Innern</text:span> (BMI) prüft &amp; fördert.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Quelle: eigene Erhebung.</text:p></text:note-body></text:note><office:annotation><text:p>Stimmt das?</text:p></office:annotation></text:p>\
        <text:p/><text:p>Erste Zeile<text:line-break/>zweite Zeile<text:tab/>mit Tabulator</text:p>\
        <table:table><table:table-row><table:table-cell><text:p>Land</text:p></table:table-cell><table:table-cell><text:p>Anteil</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>Hessen</text:p></table:table-cell><table:table-cell><text:p>12,5 %</text:p></table:table-cell></table:table-row></table:table>\
        <text:p>Schluss.</text:p></office:text></office:body></office:document-content>";
    let document = read(odt(&packed(&[("content.xml", content)]), "a.odt", &ReadOptions::default()));
    assert_eq!(document.text, TEXT);
    assert_eq!(document.title.as_deref(), Some("Bericht zur Verwaltung"));
}

#[test]
fn files_of_the_programs_themselves() {
    let options = ReadOptions::default();
    let word = read(docx(include_bytes!("../../../tests/formats/report.docx"), "report.docx", &options));
    let odt = read(odt(include_bytes!("../../../tests/formats/report.odt"), "report.odt", &options));
    assert_eq!(word.text, odt.text);
    assert_eq!(word.title.as_deref(), Some("Bericht zur Lage der Verwaltung"));
    assert!(
        word.text.starts_with("Bericht zur Lage der Verwaltung\nBerlin, den 9. Oktober 2025\nDie Bundesregierung hat")
    );
    assert!(word.text.ends_with("Land\tAnteil\nHessen\t12,5 %\nBremen\t3 %"), "{}", word.text);
}

#[test]
fn broken_files_and_bombs_are_refused() {
    let options = ReadOptions::default();
    let message = |documents: Outcomes| documents.into_iter().next().unwrap().unwrap_err().message;
    assert!(message(docx(b"PK", "a.docx", &options)).contains("no DOCX"));
    assert!(message(docx(b"\xd0\xcf\x11\xe0\xa1", "a.docx", &options)).contains("password"));
    assert!(message(odt(&packed(&[("x", "")]), "a.odt", &options)).contains("content.xml"));
    assert!(message(docx(&packed(&[("ppt/presentation.xml", "")]), "a.pptx", &options)).contains("save it as PDF"));
    assert!(message(docx(&packed(&[("xl/workbook.xml", "")]), "a.xlsx", &options)).contains("save it as CSV"));
    let bomb = format!("<w:p>{}</w:p>", " ".repeat(65 << 20));
    assert!(message(docx(&word(&bomb), "a.docx", &options)).contains("longer than 64 MB"));
    let deep = word(&"<w:tbl><w:tr><w:tc>".repeat(200_000));
    assert!(!docx(&deep, "a.docx", &options).is_empty());
    let whole = word("<w:p><w:r><w:t>Text</w:t></w:r></w:p>");
    for length in (0..whole.len()).step_by(13) {
        assert!(message(docx(&whole[..length], "a.docx", &options)).contains("no DOCX"));
    }
}
