//! Runs that are killed, interrupted or repeated end as if nothing had happened.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FORMATS: &str = "parquet,csv,jsonl,arrow";

fn extract(input: &Path, output: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("ressort"));
    command.args(["extract", "--quiet", "--segment-rows", "900", "--format", FORMATS, "-o"]);
    command.arg(output).arg(input).stderr(Stdio::null()).stdout(Stdio::null());
    command
}

/// A folder with files of JSON Lines: items of the example page, many of them repeated, and a broken line in each file.
fn archive(files: usize, documents: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let items = ressort::read::split_page(include_str!("../examples/archive_page.txt")).unwrap();
    for file in 0..files {
        let mut lines = String::new();
        for number in 0..documents {
            let item = &items[(number * 7 + file) % items.len()];
            let text = format!("{} Fassung {}.", item.text, number % 50);
            let date = format!("20{:02}-0{}-15", 10 + number % 15, 1 + number % 9);
            writeln!(lines, "{}", serde_json::json!({"id": format!("m{number}"), "date": date, "text": text})).unwrap();
        }
        lines.push_str("kaputt\n");
        fs::write(folder.path().join(format!("{file:02}.jsonl")), lines).unwrap();
    }
    folder
}

/// The files of a folder of tables, without the description of the run.
fn tables(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "run.json")
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .filter(|(path, _)| !path.starts_with(".ressort"))
        .collect()
}

fn same(folder: &Path, expected: &BTreeMap<PathBuf, Vec<u8>>, case: &str) {
    let found = tables(folder);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{case}");
    for (path, bytes) in expected {
        assert!(found[path] == *bytes, "{case}: {} differs", path.display());
    }
}

#[test]
fn a_killed_run_goes_on_and_ends_with_the_same_bytes() {
    let kills: u32 = std::env::var("RESSORT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(8);
    let input = archive(4, 400);
    let folder = tempfile::tempdir().unwrap();
    let undisturbed = folder.path().join("undisturbed");
    let began = Instant::now();
    assert_eq!(extract(input.path(), &undisturbed).status().unwrap().code(), Some(1));
    // How long a run takes; less, as soon as one shows that the first was held up.
    let mut duration = began.elapsed();
    let expected = tables(&undisturbed);
    assert!(expected.len() > 18, "{:?}", expected.keys());

    let mut killed = 0;
    let mut moment = 17;
    for case in 0..kills {
        let output = folder.path().join(format!("killed-{case}"));
        // A run is killed again and again, until one gets through; each time it may get a little further.
        for attempt in 0..40 {
            let mut run = extract(input.path(), &output).arg("--resume").spawn().unwrap();
            moment = (moment * 37 + 11) % 101;
            let mut wait = duration.mul_f64(f64::from(moment) / 80.0);
            if attempt > 5 {
                wait *= attempt;
            }
            let deadline = Instant::now() + wait;
            let status = loop {
                if let Some(status) = run.try_wait().unwrap() {
                    break Some(status);
                }
                if Instant::now() >= deadline {
                    break None;
                }
                std::thread::sleep(Duration::from_millis(2));
            };
            if let Some(status) = status {
                assert_eq!(status.code(), Some(1));
                if attempt == 0 {
                    duration = duration.mul_f64(0.6);
                }
                break;
            }
            run.kill().unwrap();
            run.wait().unwrap();
            killed += 1;
        }
        same(&output, &expected, &format!("killed run {case}"));
    }
    assert!(killed >= kills / 2, "only {killed} runs were killed before they were done");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_finishes_what_is_under_way_and_goes_on() {
    let input = archive(8, 1000);
    let folder = tempfile::tempdir().unwrap();
    let undisturbed = folder.path().join("undisturbed");
    extract(input.path(), &undisturbed).status().unwrap();
    let expected = tables(&undisturbed);

    let output = folder.path().join("interrupted");
    let mut interrupted = 0;
    for segment in ["000000", "000003", "000006"] {
        let mut run = extract(input.path(), &output).args(["--resume", "--threads", "1"]).spawn().unwrap();
        while !output.join(".ressort").join(segment).exists() && run.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
        if run.wait().unwrap().code() == Some(130) {
            interrupted += 1;
            assert!(!output.join("mentions.csv").exists());
        }
    }
    extract(input.path(), &output).arg("--resume").status().unwrap();
    assert!(interrupted > 0);
    same(&output, &expected, "interrupted run");
}

#[test]
fn another_run_is_not_resumed() {
    let input = archive(2, 300);
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("tables");
    let mut run = extract(input.path(), &output).spawn().unwrap();
    while !output.join(".ressort/plan.json").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let other = Command::new(assert_cmd::cargo::cargo_bin("ressort"))
        .args(["extract", "--resume", "--format", "csv", "-o"])
        .args([&output, input.path()])
        .output()
        .unwrap();
    assert_eq!(other.status.code(), Some(2));
    let message = String::from_utf8_lossy(&other.stderr);
    assert!(message.contains("the interrupted run cannot go on: 'formats'"), "{message}");
}

#[test]
fn an_update_reads_what_changed_and_keeps_the_rest() {
    let input = archive(3, 200);
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("tables");
    extract(input.path(), &output).status().unwrap();

    // One file changes, one goes, one comes.
    let changed = input.path().join("00.jsonl");
    fs::write(&changed, "{\"id\":\"neu\",\"text\":\"Das BMDS lädt ein.\",\"date\":\"2025-10-09\"}\n").unwrap();
    fs::remove_file(input.path().join("01.jsonl")).unwrap();
    fs::copy(&changed, input.path().join("99.jsonl")).unwrap();
    let log = Command::new(assert_cmd::cargo::cargo_bin("ressort"))
        .args(["extract", "--update", "--segment-rows", "900", "--log", "json", "--format", FORMATS, "-o"])
        .args([&output, input.path()])
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&log.stderr);
    assert!(log.contains(r#""inputs":2"#) && log.contains(r#""kept":1"#), "{log}");

    // The same rows as a run over what is there now, the kept ones first.
    let anew = folder.path().join("anew");
    extract(input.path(), &anew).status().unwrap();
    let rows = |folder: &Path, table: &str| {
        let text = fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap();
        // Ids of the same name are numbered in the order in which they come.
        let topics = |line: &str| line.split_once(',').map_or_else(String::new, |(_, rest)| rest.to_owned());
        let mut lines: Vec<String> =
            text.lines().map(|line| if table == "topics" { topics(line) } else { line.to_owned() }).collect();
        lines.sort();
        lines
    };
    for table in ["entities", "cooccurrences", "topics", "errors"] {
        assert!(rows(&output, table) == rows(&anew, table), "{table}");
    }
    assert_eq!(rows(&output, "mentions").len(), rows(&anew, "mentions").len());
    let documents = fs::read_to_string(output.join("documents.csv")).unwrap();
    assert!(documents.lines().last().unwrap().starts_with("neu~2,"), "{documents}");
    assert!(documents.lines().last().unwrap().ends_with(",neu"), "{documents}");
    let objects = fs::read_to_string(output.join("annotations.jsonl")).unwrap();
    assert_eq!(objects.lines().count(), documents.lines().count() - 1);
}

#[test]
fn duplicates_are_marked_and_tables_can_be_partitioned() {
    let input = archive(2, 120);
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new(assert_cmd::cargo::cargo_bin("ressort"))
        .args(["extract", "--quiet", "--partition", "month", "--format", "parquet,csv", "-o"])
        .args([folder.path(), input.path()])
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    let part = fs::read_to_string(folder.path().join("documents/year=2010/month=01/documents.csv")).unwrap();
    let rows: usize = tables(folder.path())
        .iter()
        .filter(|(path, _)| path.ends_with("documents.csv"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).lines().count() - 1)
        .sum();
    assert_eq!(rows, 240);
    assert!(part.lines().skip(1).all(|line| line.contains(",2010-01-15,")), "{part}");
    assert!(folder.path().join("mentions/year=2010/month=01/mentions.parquet").exists());
    // Each item comes several times in the same version.
    assert!(part.lines().skip(1).any(|line| line.trim_end().rsplit(',').next().unwrap().starts_with('m')), "{part}");
}
