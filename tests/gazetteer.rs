//! `ressort gazetteer` from outside.

#![cfg(feature = "cli")]

use assert_cmd::Command;
use serde_json::Value;

fn gazetteer(args: &[&str]) -> std::process::Output {
    Command::cargo_bin("ressort").expect("the program is built").arg("gazetteer").args(args).output().unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = gazetteer(args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_built_in_files_are_sound() {
    let output = gazetteer(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn sixteen_laender() {
    let rows = json(&["list", "--kind", "land", "--format", "json"]);
    let ids: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["entity"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 16);
    assert!(ids.contains(&"land:th") && ids.is_sorted());
}

#[test]
fn a_ministry_is_shown_as_of_a_day() {
    let shown = json(&["show", "ministry:bund/verkehr", "--date", "2023-01-01", "--format", "json"]);
    assert_eq!(shown["name"], "Bundesministerium für Digitales und Verkehr");
    let holders = json(&["show", "office:bund/kanzler", "--date", "2020-01-01", "--format", "json"]);
    assert_eq!(holders["mandates"][0]["entity"], "politician:angela-merkel");
}

#[test]
fn a_ministry_tells_its_story() {
    let shown = json(&["show", "ministry:bund/verkehr", "--format", "json"]);
    let names: Vec<&str> = shown["names"].as_array().unwrap().iter().filter_map(|name| name["text"].as_str()).collect();
    assert!(names.contains(&"BMDV") && names.contains(&"BMVI"), "{names:?}");
    assert_eq!(shown["office"], "office:bund/verkehr");
    let heads: Vec<&str> = shown["heads"].as_array().unwrap().iter().filter_map(|head| head["name"].as_str()).collect();
    assert!(heads.contains(&"Andreas Scheuer") && heads.contains(&"Volker Wissing"), "{heads:?}");
}

#[test]
fn entities_are_listed_by_land() {
    let rows = json(&["list", "--kind", "parliament", "--land", "Bayern", "--format", "json"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["land"] == "by"), "{rows}");
    let output = gazetteer(&["list", "--land", "mond"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("'mond' is no Land; write bund or one of bb, be"));
}

#[test]
fn a_reading_says_why() {
    let rows = json(&["lookup", "Bundesdigitalminister", "--date", "2023-11-20", "--format", "json"]);
    assert_eq!(rows[0]["entity"], "office:bund/verkehr");
    let why = rows[0]["why"].as_str().unwrap();
    assert!(why.contains("held on 2023-11-20 by Volker Wissing"), "{why}");
    let rows = json(&["lookup", "Singen", "--format", "json"]);
    assert!(rows[0]["why"].as_str().unwrap().contains("in a text it needs"), "{rows}");
}

#[test]
fn what_is_not_there_is_said() {
    assert_eq!(gazetteer(&["show", "ministry:bund/mond"]).status.code(), Some(2));
    assert_eq!(gazetteer(&["lookup", "Mondministerium"]).status.code(), Some(1));
}

#[test]
fn files_are_brought_into_their_form() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eigene.tsv");
    std::fs::write(&file, "id\tkind\tname\nbody:b\tbody\tB-Amt \nbody:a\tbody\tA-Amt\n").unwrap();
    let path = file.to_str().unwrap();
    assert_eq!(gazetteer(&["fmt", "--check", path]).status.code(), Some(1));
    assert_eq!(gazetteer(&["fmt", path]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "id\tkind\tname\nbody:a\tbody\tA-Amt\nbody:b\tbody\tB-Amt\n");
    assert_eq!(gazetteer(&["check", path]).status.code(), Some(0));
}
