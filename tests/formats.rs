//! Files of each format, from their path to their documents.

#![cfg(feature = "formats")]

use ressort::document::DateSource;
use ressort::read::{Format, ReadOptions, Source};

/// File, number of documents, what the first begins with, its day, and where that is from.
const FILES: &[(&str, usize, &str, &str, DateSource)] = &[
    ("news.html", 1, "Deutsche Verwaltungscloud: Neue Regeln", "2025-10-09", DateSource::Page),
    ("press_release.html", 1, "Land fördert schnelles Internet\u{20}", "2025-10-09", DateSource::Text),
    ("teasers.html", 3, "Breitband: Land fördert", "2025-10-09", DateSource::Item),
    ("protocol.xml", 3, "Dr. Erika von Beispiel, Bundesministerin", "2026-01-29", DateSource::Record),
    ("paper.xml", 1, "Stand der Registermodernisierung\n", "2014-03-12", DateSource::Record),
    ("feed.rss", 3, "Bayern: Neue Cloud", "2024-03-12", DateSource::Feed),
    ("mail.eml", 3, "Einladung: Anhörung", "2025-10-09", DateSource::Header),
    ("two_columns.pdf", 1, "Bericht zur Lage der Verwaltung\n", "2025-10-09", DateSource::Text),
    ("report.docx", 1, "Bericht zur Lage der Verwaltung\n", "2025-10-09", DateSource::Text),
    ("report.odt", 1, "Bericht zur Lage der Verwaltung\n", "2025-10-09", DateSource::Text),
];

#[test]
fn every_file_becomes_its_documents() {
    for (file, count, begin, day, source) in FILES {
        let path = format!("{}/tests/formats/{file}", env!("CARGO_MANIFEST_DIR"));
        let outcomes = Source::File(path.clone().into()).documents(&ReadOptions::default());
        let documents: Vec<_> = outcomes.collect::<Result<_, _>>().unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(documents.len(), *count, "{file}");
        assert!(documents[0].text.starts_with(begin), "{file}: {}", documents[0].text);
        assert_eq!(documents[0].date.map(|day| day.to_string()).as_deref(), Some(*day), "{file}");
        assert_eq!(documents[0].date_source, Some(*source), "{file}");
        let ids: std::collections::BTreeSet<_> = documents.iter().map(|document| &document.id).collect();
        assert_eq!(ids.len(), *count, "{file}: identifiers are unique");
        for (number, document) in documents.iter().enumerate().filter(|(_, document)| document.source == path) {
            assert_eq!(document.item as usize, number, "{file}");
        }
    }
}

/// A file under the wrong name is a failure that says what to do, or, where it is text, a text.
#[test]
fn a_wrong_ending_is_no_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, ..) in FILES {
        let bytes =
            std::fs::read(format!("{}/tests/formats/{file}", env!("CARGO_MANIFEST_DIR"))).expect("the file is there");
        for ending in ["html", "xml", "rss", "eml", "pdf", "docx", "odt"] {
            let path = folder.path().join(format!("x.{ending}"));
            assert!(Format::of_name(&path.to_string_lossy()).is_some());
            for content in [&bytes[..], &bytes[..bytes.len() / 2]] {
                std::fs::write(&path, content).expect("the folder takes it");
                let outcomes: Vec<_> = Source::File(path.clone()).documents(&ReadOptions::default()).collect();
                assert!(!outcomes.is_empty(), "{file} as {ending}");
            }
        }
    }
}
