use crate::document::{Document, Failure};
use crate::read::testing::documents_of;
use crate::read::{Columns, Limits, ReadOptions};

fn read(bytes: &[u8]) -> (Vec<Document>, Vec<Failure>) {
    documents_of("t.csv", bytes, &ReadOptions::default())
}

#[test]
fn a_german_table() {
    let (documents, failures) = read(
        "Nr;Titel;Datum;Volltext;Land\r\n7;Wahl;09.10.25;\"Erste Zeile;\r\nzweite \"\"Zeile\"\"\";HE\r\n;;9. Oktober 2025;Öl;\r\n"
            .as_bytes(),
    );
    assert_eq!(failures, []);
    assert_eq!(documents[0].text, "Erste Zeile;\r\nzweite \"Zeile\"");
    assert_eq!((documents[0].id.as_str(), documents[0].title.as_deref(), documents[0].item), ("7", Some("Wahl"), 0));
    assert_eq!(documents[0].extra["Land"], "HE");
    assert_eq!((documents[1].id.as_str(), documents[1].title.as_deref()), ("t.csv#2", None));
    assert!(documents.iter().all(|document| document.date == Some("2025-10-09".parse().unwrap())));
}

#[test]
fn separators_and_encodings() {
    let latin1: Vec<u8> = "id\ttext\n1\tFür Größe\n".chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = "\u{feff}id\ttext\n1\tFür Größe\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf8 = "\u{feff}id,text\n1,Für Größe";
    let excel = "sep=,\nid,text\n1,Für Größe\n";
    for bytes in [&latin1, &wide, utf8.as_bytes(), excel.as_bytes()] {
        let (documents, failures) = read(bytes);
        assert_eq!((documents[0].text.as_str(), documents.len(), failures), ("Für Größe", 1, vec![]));
    }
}

#[test]
fn broken_rows_are_named_and_the_others_are_there() {
    let (documents, failures) = read(b"id;text\n1;gut\n2;\"offen\n3;\"gut\"\n4;a;b\n5\n6;gut\n");
    let ids: Vec<_> = documents.iter().map(|document| (document.id.as_str(), document.text.as_str())).collect();
    assert_eq!(ids, [("1", "gut"), ("3", "gut"), ("6", "gut")]);
    let told: Vec<_> = failures.iter().map(|failure| failure.item.unwrap()).collect();
    assert_eq!(told, [1, 3, 4], "{failures:?}");
    let (documents, failures) = read(b"id;text\n1;gut\n2;\"offen\n3;gut\n");
    assert_eq!((documents.len(), failures.len()), (2, 1), "{failures:?}");
}

#[test]
fn a_table_without_the_column_says_which_there_are() {
    let columns = Columns { text: Some("Rede".into()), ..Columns::default() };
    let options = ReadOptions { columns, ..ReadOptions::default() };
    let (documents, failures) = documents_of("t.csv", b"id;text\n1;a\n", &options);
    assert!(documents.is_empty());
    assert_eq!(failures[0].message, "t.csv: no column is named 'Rede'; its columns are: id, text");
}

#[test]
fn a_quote_that_never_ends_is_bounded() {
    let limits = Limits { document_bytes: 1000, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let long = format!("id;text\n1;gut\n2;\"{}\n3;gut\n", "x ".repeat(5000));
    let (documents, failures) = documents_of("t.csv", long.as_bytes(), &options);
    assert_eq!((documents.len(), failures.len()), (2, 1), "{failures:?}");
    let (documents, failures) = read("id;text\n".to_string().as_bytes());
    assert_eq!((documents.len(), failures.len()), (0, 1));
    let quotes = format!("id;text\n{}", "1;\"\n".repeat(100_000));
    let (_, failures) = read(quotes.as_bytes());
    assert!(failures.len() <= 101);
}

#[test]
fn pieces_give_the_same_as_the_whole() {
    let rows: Vec<String> =
        (0..9000).map(|n| format!("{n};\"Zeile {n};\nnoch eine mit etwas mehr Text darin\"\r\n")).collect();
    let rows = rows.concat();
    let (documents, failures) = read(format!("id;text\r\n{rows}").as_bytes());
    assert_eq!((documents.len(), failures.len()), (9000, 0));
    assert!(
        documents.iter().enumerate().all(|(n, document)| document.id == n.to_string() && document.item == n as u32)
    );
}
