//! `ressort evaluate` from outside.

#![cfg(feature = "cli")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

fn evaluate() -> Command {
    let mut command = Command::cargo_bin("ressort").expect("the program is built");
    command.arg("evaluate");
    command
}

fn file(content: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gold.jsonl");
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

const RIGHT: &str =
    r#"{"id":"a","text":"In Hessen.","mentions":[{"start":3,"end":9,"kind":"land","entity":"land:he"}]}"#;
const WRONG: &str = r#"{"id":"b","text":"Im Wald.","mentions":[{"start":3,"end":7,"kind":"programme"}]}"#;

#[test]
fn figures_come_as_a_table_and_mistakes_as_lines() {
    let (_folder, path) = file(&format!("{RIGHT}\n{WRONG}\n"));
    evaluate()
        .arg("--errors")
        .arg(path)
        .assert()
        .code(0)
        .stdout(contains("land                 1.000   1.000   1.000       1       0       0"))
        .stdout(contains("b programme: expected 'Wald', found nothing | Im Wald."));
}

#[test]
fn json_has_a_fixed_shape() {
    let (_folder, path) = file(RIGHT);
    let output = evaluate().args(["--format", "json", "--errors"]).arg(path).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&report), "files all problems");
    assert_eq!(
        keys(&report["files"][0]),
        "file documents kinds all core linking holders confidence non_mentions_found tokens sentences sentence_starts wholly_right \
         errors"
    );
    assert_eq!(
        report["files"][0]["kinds"]["land"],
        serde_json::json!({"precision": 1.0, "recall": 1.0, "f1": 1.0, "hit": 1, "missed": 0, "extra": 0})
    );
}

#[test]
fn tokens_and_sentences_can_be_compared_alone() {
    let gold = r#"{"id":"c","text":"In Hessen. Gut.","mentions":[],"tokens":[[0,2],[3,9],[9,10],[11,15]],"sentences":[[0,10],[11,15]]}"#;
    let (_folder, path) = file(gold);
    evaluate()
        .args(["--tokens", "--sentences", "--errors"])
        .arg(&path)
        .assert()
        .code(0)
        .stdout(contains("tokens               0.600   0.750   0.667       3       1       2"))
        .stdout(contains("sentences            1.000   1.000   1.000       2       0       0"))
        .stdout(contains("c token: expected 'Gut.', found 'Gut' '.'"))
        .stdout(contains("land").not());
    evaluate().arg("--sentences").arg(&path).assert().code(0).stdout(contains("tokens").not());
}

#[test]
fn bad_lines_are_named_and_the_rest_is_evaluated() {
    let (_folder, path) = file(&format!("{RIGHT}\n{{\"text\": 7}}\n"));
    evaluate().arg(path).assert().code(1).stderr(contains("gold.jsonl:2: no gold document"));
}

#[test]
fn nothing_to_evaluate_is_exit_code_two() {
    let (_folder, path) = file("kaputt\n");
    evaluate().arg(path).assert().code(2).stderr(contains("no gold document to evaluate"));
    evaluate().arg("gibt-es-nicht.jsonl").assert().code(2).stderr(contains("gibt-es-nicht.jsonl: cannot be read"));
}
