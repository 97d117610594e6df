//! `ressort report` and `ressort show --html`, from outside.

#![cfg(feature = "cli")]

use std::fs::File;
use std::io::Read;
use std::path::Path;

use assert_cmd::Command;
use base64::Engine;
use polars::prelude::*;
use serde_json::Value;

fn ressort() -> Command {
    Command::cargo_bin("ressort").expect("the program is built")
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn extract(input: &Path, folder: &Path, format: &str) {
    run(ressort().arg("extract").arg(input).arg("-o").arg(folder).args(["--format", format]));
}

/// What the page reads: the header and the columns.
struct Data {
    header: Value,
    bytes: Vec<u8>,
}

impl Data {
    fn of(html: &str) -> Self {
        let start = html.find("id=\"data\">").expect("the page has data") + "id=\"data\">".len();
        let packed = &html[start..start + html[start..].find('<').unwrap()];
        let deflated = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
        let mut bytes = Vec::new();
        flate2::read::DeflateDecoder::new(&deflated[..]).read_to_end(&mut bytes).unwrap();
        let length = u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize;
        let columns = bytes.split_off(4 + length);
        Self { header: serde_json::from_slice(&bytes[4..]).unwrap(), bytes: columns }
    }

    fn column(&self, name: &str) -> Vec<u32> {
        let place = &self.header["columns"][name];
        let mut at = place[0].as_u64().unwrap() as usize;
        let mut next = || {
            let (mut value, mut shift) = (0_u32, 0);
            loop {
                let byte = self.bytes[at];
                at += 1;
                value |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    return value;
                }
            }
        };
        (0..place[1].as_u64().unwrap()).map(|_| next()).collect()
    }

    /// A column of which the differences are stored.
    fn summed(&self, name: &str) -> Vec<u32> {
        let mut value = 0_u32;
        let step = |step: u32| (step >> 1) ^ 0_u32.wrapping_sub(step & 1);
        self.column(name)
            .into_iter()
            .map(|zigzag| {
                value = value.wrapping_add(step(zigzag));
                value
            })
            .collect()
    }

    fn texts(&self, name: &str) -> Vec<&str> {
        self.header[name].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    }
}

fn table(folder: &Path, name: &str) -> DataFrame {
    ParquetReader::new(File::open(folder.join(format!("{name}.parquet"))).unwrap()).finish().unwrap()
}

#[test]
fn the_data_of_the_page_is_that_of_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    extract(Path::new("examples/archive_page.txt"), folder.path(), "parquet");
    run(ressort().arg("report").arg(folder.path()));
    let data = Data::of(&std::fs::read_to_string(folder.path().join("report.html")).unwrap());

    let (documents, mentions) = (table(folder.path(), "documents"), table(folder.path(), "mentions"));
    assert_eq!(data.texts("docId").len(), documents.height());
    assert_eq!(data.column("rowCount").iter().sum::<u32>() as usize, mentions.height());
    // Every entity has the mentions in its rows that the table counts.
    let entities = table(folder.path(), "entities");
    let totals: Vec<u32> = entities.column("mentions").unwrap().u32().unwrap().into_no_null_iter().collect();
    let mut found = vec![0; totals.len()];
    for (entity, count) in data.column("rowEntity").iter().zip(data.column("rowCount")) {
        if let Some(sum) = found.get_mut(*entity as usize) {
            *sum += count;
        }
    }
    assert_eq!(found, totals);
    // One document: polars and the page agree on what it mentions.
    let ids = mentions.column("doc_id").unwrap().str().unwrap();
    for (number, id) in data.texts("docId").into_iter().enumerate() {
        let of_document: BooleanChunked = ids.iter().map(|cell| cell == Some(id)).collect();
        let expected = mentions.filter(&of_document).unwrap().height();
        let rows = data.summed("rowDoc").into_iter().zip(data.column("rowCount"));
        let sum: u32 = rows.filter(|(document, _)| *document as usize == number).map(|(_, count)| count).sum();
        assert_eq!(sum as usize, expected, "{id}");
    }
    assert_eq!(data.column("tagTopic").len(), table(folder.path(), "topics").height());
}

#[test]
fn parquet_and_csv_give_the_same_page_and_always_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("formel.jsonl");
    let record = r#"{"id":"=1+1","title":"=SUMME(A1)","date":"2025-10-09","text":"Das BMDS lädt Bayern ein."}"#;
    std::fs::write(&input, format!("{record}\n")).unwrap();
    let page = |format: &str| {
        let tables = folder.path().join(format);
        extract(&input, &tables, format);
        // The call differs, and how long it took.
        std::fs::remove_file(tables.join("run.json")).unwrap();
        let make = || run(ressort().arg("report").arg(&tables).args(["-o", "-", "--title", "Gleich"]));
        let first = make();
        assert_eq!(first, make());
        first
    };
    let (parquet, csv) = (page("parquet"), page("csv"));
    assert_eq!(Data::of(&parquet).header, Data::of(&csv).header);
    assert_eq!(parquet, csv);
    assert_eq!(Data::of(&csv).texts("docTitle"), ["=SUMME(A1)"]);
}

#[test]
fn a_table_divided_into_folders_is_read_as_one() {
    let folder = tempfile::tempdir().unwrap();
    extract(Path::new("examples/archive_page.txt"), folder.path(), "parquet");
    let page = || run(ressort().arg("report").arg(folder.path()).args(["-o", "-"]));
    let whole = page();
    let documents = table(folder.path(), "documents");
    std::fs::remove_file(folder.path().join("documents.parquet")).unwrap();
    for (part, offset, length) in [("year=2024", 0, 1), ("year=2025", 1, documents.height() - 1)] {
        let path = folder.path().join("documents").join(part);
        std::fs::create_dir_all(&path).unwrap();
        let file = File::create(path.join("documents.parquet")).unwrap();
        ParquetWriter::new(file).finish(&mut documents.slice(offset, length)).unwrap();
    }
    assert_eq!(page(), whole);
}

#[test]
fn what_stems_from_documents_is_never_markup() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("boese.jsonl");
    let evil = "</script><script>alert('1')</script><img src=x onerror=alert(1)> \u{202e}Das BMDS\" zahlt.";
    let record = serde_json::json!({"id": evil, "title": evil, "date": "2025-10-09", "text": evil});
    std::fs::write(&input, format!("{record}\n")).unwrap();
    extract(&input, folder.path(), "parquet");
    let report = run(ressort().arg("report").arg(folder.path()).args(["-o", "-", "--title", evil]));
    let view = run(ressort().args(["show", "--html"]).arg(&input));
    for page in [&report, &view] {
        assert!(!page.contains("<img"), "an element of a document became one of the page");
        assert!(!page.contains("<script>alert") && !page.contains("alert('1')"));
        assert!(page.contains("default-src 'none'"));
    }
    assert_eq!(report.matches("<script").count(), 2, "the data and the program");
    assert_eq!(view.matches("<script").count(), 1);
    assert!(Data::of(&report).texts("context")[0].contains("</script>"), "the text itself is kept as it is");
    assert!(view.contains("&lt;/script&gt;"));
}

#[test]
fn the_page_asks_for_nothing_from_outside() {
    let folder = tempfile::tempdir().unwrap();
    extract(Path::new("examples/archive_page.txt"), folder.path(), "parquet");
    let page = run(ressort().arg("report").arg(folder.path()).args(["-o", "-", "--lang", "en"]));
    assert!(page.contains("<html lang=\"en\">"));
    for attribute in ["src=\"http", "href=\"http", "url(http", "@import", "fetch(", "XMLHttpRequest", "WebSocket"] {
        assert!(!page.contains(attribute), "{attribute}");
    }
}

#[test]
fn ten_thousand_documents_full_of_names_take_three_megabytes_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("viele.jsonl");
    let names = [
        "das BMDS",
        "der Bundesrat",
        "Bayern",
        "Hessen",
        "das Bundesministerium der Finanzen",
        "Karsten Wildberger",
        "das OZG",
        "die FITKO",
        "der Deutschland-Stack",
        "Sachsen",
        "der Deutsche Städtetag",
        "das BSI",
        "Leipzig",
        "die SPD",
        "Friedrich Merz",
        "das Grundgesetz",
        "das Onlinezugangsgesetz",
        "Thüringen",
        "das BMI",
        "der Nationale Normenkontrollrat",
    ];
    let mut lines = String::new();
    for number in 0..10_000_usize {
        // Different names and words in each document, so that nothing compresses because it repeats.
        let mut text = String::new();
        for sentence in 0..12 {
            let seed = (number * 31 + sentence * 7919) ^ (number >> 3);
            let (one, other) = (names[seed % names.len()], names[(seed / 7) % names.len()]);
            let (case, place, plan) = (seed % 9973, seed * 2_654_435_761, seed % 7919);
            let said = format!("Im Fall {case} sprach am Ort {place:x} {one} mit {other} über Vorhaben {plan}. ");
            text.push_str(&said);
        }
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let title =
            format!("Vorhaben {:x} und Anhörung {} in Sachen {:x}", number * 2_654_435_761, number, number * 40_503);
        let date = format!("2025-{month:02}-{day:02}");
        lines +=
            &serde_json::json!({"id": format!("d{number}"), "title": title, "date": date, "text": text}).to_string();
        lines.push('\n');
    }
    std::fs::write(&input, lines).unwrap();
    extract(&input, folder.path(), "parquet");
    let html = run(ressort().arg("report").arg(folder.path()).args(["-o", "-"]));
    assert!(html.len() <= 3_000_000, "{} bytes", html.len());
    let data = Data::of(&html);
    assert_eq!(data.texts("docId").len(), 10_000);
    assert_eq!(data.column("rowCount").iter().sum::<u32>() as usize, table(folder.path(), "mentions").height());
}

#[test]
fn a_folder_without_tables_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = ressort().arg("report").arg(folder.path()).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("has no documents.parquet and no documents.csv; 'ressort extract"), "{message}");
    let output = ressort().args(["report", "no/such/folder"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("is no folder"));
}

#[test]
fn a_run_without_documents_has_a_page_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("kaputt.jsonl");
    std::fs::write(&input, "{\"id\": \"ohne Text\"}\n").unwrap();
    let tables = folder.path().join("tables");
    ressort().arg("extract").arg(&input).arg("-o").arg(&tables).output().unwrap();
    let html = run(ressort().arg("report").arg(&tables).args(["-o", "-"]));
    assert!(html.contains("<title>Namen und Themen in 0 Dokumenten</title>"));
    assert_eq!(Data::of(&html).header["errorCount"], 1);
}

#[test]
fn the_document_view_says_what_each_mention_is_and_why() {
    let view = run(ressort().args(["show", "--html", "examples/archive_page.txt"]));
    for part in [
        "class=\"m office\" href=\"#d0m9\"><bdi>Bundesdigitalminister</bdi>",
        "politician:volker-wissing",
        "die daneben genannte Person hatte das Amt",
        "Sicherheit ",
        "Verwaltungsdigitalisierung",
    ] {
        assert!(view.contains(part), "{part} is missing");
    }
    let english = run(ressort().args(["show", "--html", "--lang", "en", "examples/archive_page.txt"]));
    assert!(english.contains("the person named with it held the office"));
}
