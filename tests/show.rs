//! `ressort show` and `ressort discover`, from outside.

#![cfg(feature = "cli")]

use assert_cmd::Command;

fn ressort() -> Command {
    Command::cargo_bin("ressort").expect("the program is built")
}

fn stdout(command: &mut Command, input: &str) -> String {
    let output = command.write_stdin(input).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn mentions_are_shown_in_their_text_with_the_reasons() {
    let shown = stdout(
        ressort().args(["show", "-", "--why", "--date", "2023-05-02"]),
        "Bundesdigitalminister Volker Wissing lud ein. Das BMDV zahlt, sagte Wissing.",
    );
    for part in [
        "[Bundesdigitalminister](office) [Volker Wissing](politician) lud ein.",
        "office:bund/verkehr held by politician:volker-wissing",
        "the person named with it held the office",
        "it was the name on the day",
        "the full name stands in the document",
        "speaker",
    ] {
        assert!(shown.contains(part), "{part} is missing:\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "no colours where the output is no terminal");
}

#[test]
fn general_words_are_left_alone_on_wish() {
    let text = "Bayern zahlt. Der Freistaat hat Geld.";
    assert!(stdout(ressort().args(["show", "-"]), text).contains("[Freistaat](land)"));
    assert!(!stdout(ressort().args(["show", "-", "--no-anaphors"]), text).contains("[Freistaat]"));
}

#[test]
fn unknown_names_are_listed_as_a_gazetteer_in_the_making() {
    let text = "Staatssekretärin Anna Beispielfrau lobte das Quallenfanggesetz. Das Quallenfanggesetz hilft, so Karsten \
                Wildberger.";
    let table = stdout(ressort().args(["discover", "-", "--least", "1"]), text);
    assert!(table.starts_with("name\tkind\tfull\tnote\n"), "{table}");
    assert!(table.contains("Quallenfanggesetz\tlaw\t\t2 in 1 documents:"), "{table}");
    assert!(table.contains("Anna Beispielfrau\tpolitician\t"), "{table}");
    assert!(!table.contains("Wildberger\t"), "{table}");
    // What it prints can be given back as a gazetteer.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eigene.tsv");
    std::fs::write(&file, &table).unwrap();
    let shown = stdout(ressort().args(["show", "-", "--gazetteer"]).arg(&file), text);
    assert!(shown.contains("[Anna Beispielfrau](politician)"), "{shown}");
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bild.txt");
    std::fs::write(&file, (0..4000_u32).map(|n| (n * 37 % 251) as u8).collect::<Vec<_>>()).unwrap();
    let output = ressort().arg("extract").arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is no text, whatever its name says"));
}
