//! The built program from outside.

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
