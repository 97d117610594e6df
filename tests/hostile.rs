//! A folder of files that are made to break a reader, with good ones between them.
//!
//! Everything is made from a seed. Each bad file must be one row of `errors`, each good one must have the rows that it
//! has without the bad ones, and the program must end in time, without a panic.
#![cfg(all(unix, feature = "archives", feature = "cli", feature = "formats"))]

#[path = "hostile/make.rs"]
mod make;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;

/// Far more than is needed, on a slow machine, without optimisation.
const BOUND: Duration = Duration::from_secs(400);

/// The rows of a table by the file that they are about, named without its folder; the folder is taken out of all cells.
fn rows(table: &Path, folder: &Path) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut reader = csv::Reader::from_path(table).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|other| other == name);
    let about = column("source").or_else(|| column("doc_id")).unwrap();
    let prefix = format!("{}/", folder.display());
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for record in reader.records() {
        let record: Vec<String> = record.unwrap().iter().map(|cell| cell.replace(&prefix, "")).collect();
        let name = record[about].split(['!', '#', '~']).next().unwrap().to_owned();
        rows.entry(name).or_default().push(record);
    }
    rows
}

fn extract(folder: &Path, tables: &Path) -> std::process::Output {
    let mut command = Command::cargo_bin("ressort").unwrap();
    command.arg("extract").arg(folder).arg("-o").arg(tables).args(["--format", "csv", "--quiet", "--threads", "2"]);
    command.timeout(BOUND).output().unwrap()
}

#[test]
fn each_bad_file_is_one_error_and_the_good_ones_are_whole() {
    let place = tempfile::tempdir().unwrap();
    let (all, alone) = (place.path().join("alle"), place.path().join("gute"));
    std::fs::create_dir_all(&all).unwrap();
    std::fs::create_dir_all(&alone).unwrap();
    let bad = make::bad(&all);
    let good = make::good(&all);
    assert!(bad.len() >= 200, "{}", bad.len());
    for name in &good {
        std::fs::copy(all.join(name), alone.join(name)).unwrap();
    }
    let output = extract(&all, &place.path().join("tabellen"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    let errors = rows(&place.path().join("tabellen/errors.csv"), &all);
    let wrong: Vec<_> = bad
        .iter()
        .filter_map(|name| match errors.get(name).map_or(&[][..], Vec::as_slice) {
            [_] => None,
            other => Some(format!("{name}: {other:?}")),
        })
        .collect();
    assert!(wrong.is_empty(), "not one row of errors each:\n{}", wrong.join("\n"));
    for name in errors.keys() {
        assert!(bad.contains(name), "{name} is good: {:?}", errors[name]);
    }

    let output = extract(&alone, &place.path().join("tabellen-gute"));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for table in ["documents.csv", "mentions.csv", "topics.csv"] {
        let expected = rows(&place.path().join("tabellen-gute").join(table), &alone);
        let found = rows(&place.path().join("tabellen").join(table), &all);
        for name in &good {
            assert_eq!(found.get(name), expected.get(name), "{table}: {name}");
            assert!(table != "documents.csv" || !expected[name].is_empty());
        }
    }
}

#[test]
fn streams_without_end_are_left() {
    use std::process::{Command, Stdio};
    for line in ["y", "{", "{\"a", "{\"a\":1}"] {
        let mut endless = Command::new("yes").arg(line).stdout(Stdio::piped()).spawn().unwrap();
        let output = Command::new(assert_cmd::cargo::cargo_bin("ressort"))
            .args(["extract", "-", "--quiet"])
            .stdin(endless.stdout.take().unwrap())
            .output()
            .unwrap();
        endless.kill().unwrap();
        endless.wait().unwrap();
        assert!(matches!(output.status.code(), Some(1 | 2)), "{line}: {:?}", output.status);
        assert!(output.stderr.len() < 10_000, "{line}");
    }
}
