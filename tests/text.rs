//! Tokens and sentences against two tables that a German reader can check: `tests/gold/tokens.txt` and
//! `tests/gold/sentence_cases.txt`.

use std::path::Path;

use ressort::text::{sentences, tokens};

/// The cases of a table, with `⏎` and `\u{…}` read.
fn cases(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(name);
    let table = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#') || line.starts_with("#D"))
        .map(read)
        .collect()
}

fn read(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("\\u{") {
        let (code, behind) = behind.split_once('}').expect("a code ends with a brace");
        text.push_str(before);
        text.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code is a character"));
        rest = behind;
    }
    text.push_str(rest);
    text.replace('⏎', "\n")
}

/// Compares what was found with what a table divides by `mark`; blanks at the borders do not count.
fn differences(table: &str, mark: char, find: impl Fn(&str) -> Vec<String>) -> (usize, Vec<String>) {
    let cases = cases(table);
    let wrong = cases
        .iter()
        .filter_map(|case| {
            let text = case.replace(mark, "");
            let expected: Vec<&str> = case.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
            let found = find(&text);
            (found != expected).then(|| format!("expected {expected:?}\n   found {found:?}"))
        })
        .collect();
    (cases.len(), wrong)
}

#[test]
fn tokens_are_those_of_the_table() {
    let (count, wrong) = differences("tokens.txt", '|', |text| {
        tokens(text).iter().map(|token| token.span.of(text).to_owned()).collect()
    });
    assert!(count >= 200, "{count} cases");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn sentences_are_those_of_the_table() {
    let (count, wrong) = differences("sentence_cases.txt", '‖', |text| {
        sentences(text, &tokens(text)).iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
    });
    assert!(count >= 100, "{count} cases");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
