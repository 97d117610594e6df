//! The built program from outside.

#![cfg(feature = "cli")]

use assert_cmd::Command;

fn ressort() -> Command {
    Command::cargo_bin("ressort").expect("the program is built")
}

#[test]
fn a_broken_line_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("meldungen.jsonl");
    std::fs::write(&file, "{\"text\":\"Entwicklungsminister Müller reiste ab.\",\"date\":\"2017-03-01\"}\nkaputt\n")
        .unwrap();
    let output = ressort().arg("extract").arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["mentions"][0]["holder"], "politician:gerd-mueller");
    assert_eq!(document["mentions"][1]["entity"], "politician:gerd-mueller");
    assert_eq!(document["mentions"][1]["start"], 21);
    assert!(String::from_utf8_lossy(&output.stderr).contains("meldungen.jsonl:2: expected a JSON object"));
}

#[test]
fn nothing_to_read_is_exit_code_two() {
    ressort()
        .args(["extract", "gibt-es-nicht.txt"])
        .assert()
        .code(2)
        .stderr(predicates::str::contains("cannot read gibt-es-nicht.txt"));
    ressort().args(["extract", "-", "--date", "gestern"]).assert().code(2);
}

#[test]
fn a_name_is_read_as_of_the_day() {
    for (day, holder) in [("2023-01-01", "politician:volker-wissing"), ("2026-01-01", "politician:karsten-wildberger")]
    {
        let output = ressort()
            .args(["gazetteer", "lookup", "Bundesdigitalminister", "--format", "json", "--date", day])
            .output()
            .unwrap();
        let readings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(readings[0]["holder"], holder, "{day}");
    }
}

const PAGE: &str = "Kongress 2024Praxis im Blick\n\nAm 25. Juni 2024 sprach das BMI.\n\
                    Hessen: Vorn dabei\n[11.09.2025] Das BMDS lobt. mehr...\nJena: Neue App\n[08.09.2025] Sie kommt. mehr...\n";

/// A folder with a page, JSON Lines with a broken line, an empty text, bytes that are not UTF-8, and a strange file.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("seite.txt", PAGE.as_bytes());
    write(
        "meldungen.jsonl",
        b"{\"text\":\"Das BMDS.\",\"date\":\"2025-10-01\",\"id\":\"a\"}\n{\"text\":\"=1\",\"id\":\"a\"}\n[]\n",
    );
    write("leer.txt", b"");
    write("latin1.txt", b"F\xfcr das BMDS.");
    write("bild.png", b"\x89PNG");
    folder
}

#[test]
fn an_archive_becomes_tables_and_nothing_is_lost() {
    let folder = archive();
    let tables = folder.path().join("tabellen");
    let output = ressort().arg("extract").arg(folder.path()).arg("-o").arg(&tables).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let read = |name: &str| std::fs::read_to_string(tables.join(name)).unwrap();
    assert_eq!(read("documents.csv").lines().count(), 1 + 3 + 2 + 1 + 1);
    let errors = read("errors.csv");
    for told in ["meldungen.jsonl:3: expected a JSON object", "the document is empty", "bild.png"] {
        assert!(errors.contains(told), "{told} in {errors}");
    }
    assert!(!errors.contains("latin1"), "another encoding is no error: {errors}");
    let documents = read("documents.csv");
    assert!(documents.contains("seite.txt#1,"), "{documents}");
    assert!(documents.contains("Kongress 2024,2024-06-25,text"), "{documents}");
    assert!(documents.contains("\r\na~2,"), "{documents}");
    let run: serde_json::Value = serde_json::from_str(&read("run.json")).unwrap();
    assert_eq!(run["counts"]["documents"], 7);
    assert_eq!(run["counts"]["errors"], 3);
    assert!(
        std::fs::read_dir(&tables).unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".part"))
    );
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = archive();
    let run = |threads: &str| {
        let tables = folder.path().join(format!(".tabellen-{threads}"));
        let formats = ["--format", "parquet", "--format", "csv,jsonl", "--threads", threads];
        ressort().arg("extract").arg(folder.path()).arg("-o").arg(&tables).args(formats).assert().code(1);
        let mut files: Vec<_> = std::fs::read_dir(&tables)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_name() != "run.json" && entry.file_name() != ".ressort")
            .map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    };
    let one = run("1");
    assert_eq!(one.len(), 15);
    assert!(one == run("4"));
}

#[test]
fn a_folder_without_texts_and_a_bad_gazetteer_are_named() {
    let folder = tempfile::tempdir().unwrap();
    ressort().arg("extract").arg(folder.path()).assert().code(2).stderr(predicates::str::contains("holds no file"));
    let gazetteer = folder.path().join("eigene.tsv");
    std::fs::write(&gazetteer, "id\tkind\tname\tvalid_from\nbody:x\tbody\tX-Amt\t2025-13-01\n").unwrap();
    ressort()
        .args(["extract", "-", "--gazetteer"])
        .arg(&gazetteer)
        .write_stdin("Das X-Amt.")
        .assert()
        .code(2)
        .stderr(predicates::str::contains("eigene.tsv:2"));
}

#[test]
fn the_summary_says_whether_other_languages_were_searched() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("a.txt");
    std::fs::write(&input, "The government of Bavaria has decided that all of its agencies should use open standards.")
        .unwrap();
    let summary = |more: &[&str]| {
        let output = ressort().arg("extract").arg(&input).arg("-o").arg(folder.path().join("out")).args(more).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert!(summary(&[]).contains("1 are not in German and were not searched"));
    assert!(summary(&["--any-language"]).contains("1 are not in German and were searched all the same"));
}

#[test]
fn standard_input_is_a_text_or_json_lines() {
    let output = ressort()
        .args(["extract", "-", "--layers", "tokens,sentences,mentions", "--with-text", "--date", "2025-10-01"])
        .write_stdin("{\"text\":\"Für das BMDS.\",\"quelle\":\"x\"}\n")
        .output()
        .unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["quelle"], "x");
    assert_eq!(document["tokens"][2], serde_json::json!([8, 12]));
    assert_eq!(document["text"], "Für das BMDS.");
    assert_eq!(document["date"], "2025-10-01");
    assert!(document.get("topics").is_none());
    let output = ressort().args(["extract", "-"]).write_stdin(PAGE).output().unwrap();
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 3);
}
