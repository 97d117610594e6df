use std::fmt::Write as _;
use std::io::Write as _;

use super::*;
use crate::document::DateSource;

fn message(bytes: &[u8]) -> String {
    documents(bytes, "x.pdf").remove(0).unwrap_err().message
}

fn text(bytes: &[u8]) -> String {
    documents(bytes, "x.pdf").remove(0).unwrap().text
}

/// A PDF of pages, each a list of pieces of text with their places.
fn pdf(pages: &[Vec<(f64, f64, String)>]) -> Vec<u8> {
    let contents = pages.iter().map(|page| {
        let mut content = String::new();
        for (x, y, text) in page {
            let (encoded, _, _) = encoding_rs::WINDOWS_1252.encode(text);
            let bytes: String = encoded.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(content, "BT /F 10 Tf {x} {y} Td <{bytes}> Tj ET").unwrap();
        }
        ("".to_owned(), content.into_bytes())
    });
    with_contents(&contents.collect::<Vec<_>>())
}

fn with_contents(contents: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |file: &mut Vec<u8>, body: &[u8]| {
        offsets.push(file.len());
        write!(file, "{} 0 obj\n", offsets.len()).unwrap();
        file.extend_from_slice(body);
        file.extend_from_slice(b"\nendobj\n");
    };
    object(&mut file, b"<</Type/Catalog/Pages 2 0 R>>");
    let kids: String = (0..contents.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    object(&mut file, format!("<</Type/Pages/Count {}/Kids[{kids}]>>", contents.len()).as_bytes());
    object(&mut file, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    for (number, (filter, content)) in contents.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * number
        );
        object(&mut file, page.as_bytes());
        let mut stream = format!("<</Length {}{filter}>>\nstream\n", content.len()).into_bytes();
        stream.extend_from_slice(content);
        stream.extend_from_slice(b"\nendstream");
        object(&mut file, &stream);
    }
    let start = file.len();
    let count = offsets.len() + 1;
    write!(file, "xref\n0 {count}\n0000000000 65535 f \n").unwrap();
    for offset in &offsets {
        write!(file, "{offset:010} 00000 n \n").unwrap();
    }
    write!(file, "trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file
}

fn at(x: f64, y: f64, text: &str) -> (f64, f64, String) {
    (x, y, text.to_owned())
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "Der Bundestag hat gestern beraten und das Ge-",
        "setz beschlossen, das die Bundes- und Landes-",
        "mittel bündelt und die Länder Baden-",
        "Württemberg und Hessen stärkt. Es folgt noch",
        "ein Satz, der in der zweiten Spalte weiter-",
    ];
    let right = [
        "geht und dort endet. Die Kommunen hatten sich",
        "anderes gewünscht, sagte der Vorsitzende am",
        "Rande der Sitzung im Paul-Löbe-Haus und auch",
        "danach noch einmal vor der Presse, die ihm",
        "lange zuhörte.",
    ];
    let mut page = vec![at(60.0, 800.0, "Eine Überschrift, die über beide Spalten des Blattes läuft und lang ist")];
    for (number, (left, right)) in left.iter().zip(right).enumerate() {
        let y = 760.0 - 12.0 * number as f64;
        page.push(at(60.0, y, left));
        page.push(at(310.0, y, right));
    }
    assert_eq!(
        text(&pdf(&[page])),
        "Eine Überschrift, die über beide Spalten des Blattes läuft und lang ist\n\
         Der Bundestag hat gestern beraten und das Gesetz beschlossen, das die Bundes- und Landesmittel bündelt und die \
         Länder Baden-Württemberg und Hessen stärkt. Es folgt noch ein Satz, der in der zweiten Spalte weitergeht und dort \
         endet. Die Kommunen hatten sich anderes gewünscht, sagte der Vorsitzende am Rande der Sitzung im Paul-Löbe-Haus \
         und auch danach noch einmal vor der Presse, die ihm lange zuhörte."
    );
}

#[test]
fn heads_feet_and_numbers_of_pages_are_left_out() {
    let page = |number: usize, body: &[&str]| {
        // Left and right pages have the number on the outer side.
        let mut page = if number.is_multiple_of(2) {
            vec![
                at(60.0, 800.0, "Deutscher Bundestag – 20. Wahlperiode"),
                at(280.0, 800.0, &format!("– {number} –")),
                at(420.0, 800.0, "Drucksache 20/777"),
            ]
        } else {
            vec![
                at(60.0, 800.0, "Drucksache 20/777"),
                at(280.0, 800.0, &format!("– {number} –")),
                at(370.0, 800.0, "Deutscher Bundestag – 20. Wahlperiode"),
            ]
        };
        for (line, text) in body.iter().enumerate() {
            page.push(at(60.0, 700.0 - 12.0 * line as f64, text));
        }
        page.push(at(290.0, 40.0, &number.to_string()));
        page
    };
    let pages = [
        page(1, &["Die Bundesregierung teilt die Auffassung, dass die Verwaltung moderner werden"]),
        page(2, &["muss. Das Bundeskanzleramt prüft dies."]),
        page(3, &["1", "Zweiter Absatz mit einer Liste:", "• erstens", "• zweitens"]),
    ];
    assert_eq!(
        text(&pdf(&pages)),
        "Die Bundesregierung teilt die Auffassung, dass die Verwaltung moderner werden muss. Das Bundeskanzleramt prüft dies.\n\
         1\nZweiter Absatz mit einer Liste:\n• erstens\n• zweitens"
    );
}

#[test]
fn a_table_keeps_its_rows() {
    let rows = [
        ("Land", "Anteil"),
        ("Hessen", "12,5"),
        ("Bremen", "3,0"),
        ("Bayern", "17,1"),
        ("Berlin", "4,4"),
        ("Sachsen", "5,9"),
    ];
    let page = rows.iter().enumerate().flat_map(|(number, (land, share))| {
        let y = 700.0 - 14.0 * number as f64;
        [at(60.0, y, land), at(300.0, y, share)]
    });
    assert!(text(&pdf(&[page.collect()])).starts_with("Land\tAnteil\nHessen\t12,5\nBremen\t3,0\n"));
}

#[test]
fn a_print_of_a_browser() {
    let read =
        documents(include_bytes!("../../../tests/formats/two_columns.pdf"), "two_columns.pdf").remove(0).unwrap();
    assert_eq!((read.date, read.date_source), (Some("2025-10-09".parse().unwrap()), Some(DateSource::Text)));
    let lines: Vec<&str> = read.text.lines().collect();
    assert_eq!(lines[..2], ["Bericht zur Lage der Verwaltung", "Berlin, den 9. Oktober 2025"]);
    assert_eq!(lines[2], lines[3]);
    assert!(
        lines[2].starts_with("Die Bundesregierung hat") && lines[2].ends_with("„Pflichtaufgaben ohne Finanzierung“."),
        "{}",
        lines[2]
    );
    assert!(lines[2].contains("Länder, darunter Baden-Württemberg und Mecklenburg-Vorpommern, kritisierten den Zeitplan; die Fördermittelvergabe"), "{}", lines[2]);
    assert_eq!(lines[lines.len() - 3..], ["Land Anteil", "Hessen 12,5 %", "Bremen 3 %"]);
}

#[test]
fn what_is_no_pdf_or_has_no_text_says_so() {
    assert!(message(b"kein PDF").contains("no PDF"));
    assert!(message(&pdf(&[vec![]])).contains("OCR"));
    let whole = pdf(&[vec![at(60.0, 700.0, "Das BMDS.")]]);
    assert_eq!(text(&whole), "Das BMDS.");
    // Wherever a file breaks off, and whichever byte of it is wrong, there is one outcome.
    for length in (0..whole.len()).step_by(7) {
        assert_eq!(documents(&whole[..length], "x.pdf").len(), 1);
        let mut broken = whole.clone();
        broken[length] = broken[length].wrapping_add(13);
        assert!(!documents(&broken, "x.pdf").is_empty());
    }
}

#[test]
fn bombs_are_refused() {
    let packed = |bytes: &[u8]| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let filter = "/Filter/FlateDecode".to_owned();
    let good = packed(b"BT /F 10 Tf 60 700 Td (Das BMDS.) Tj ET");
    assert_eq!(text(&with_contents(&[(filter.clone(), good.clone())])), "Das BMDS.");
    let zeros = packed(&vec![b' '; 170 << 20]);
    assert!(message(&with_contents(&[(filter.clone(), zeros.clone())])).contains("trap"));
    assert!(message(&with_contents(&[("/Filter/Flate#44ecode".to_owned(), zeros)])).contains("trap"));
    let twice = "/Filter[/FlateDecode/FlateDecode]".to_owned();
    assert!(message(&with_contents(&[(twice, packed(&good))])).contains("trap"));
    assert!(message(&with_contents(&[("/Filter 9 0 R".to_owned(), good)])).contains("trap"));
    let endless = "BT /F 1 Tf 60 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n".repeat(20_000);
    assert!(message(&with_contents(&[(String::new(), endless.into_bytes())])).contains("too long"));
}
