//! Gold against recorded floors, and the project's own sentences, one for each rule of German.
//!
//! `tests/gold/sentences.jsonl` comes with the project and must be wholly right, but for the sentences named in
//! `tests/gold/floors.json`. Larger gold lies outside of the project: in the folder that `RESSORT_GOLD` names, or
//! in `../shared/gold`. Where it is absent its test is skipped, unless `RESSORT_REQUIRE_GOLD` is set.
//!
//! To see the figures and raise the floors: `cargo test --test gold -- --nocapture`.
#![allow(clippy::print_stderr)] // that a test was skipped, and what it measured, is for the person who runs it

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ressort::evaluate::{Evaluation, Layer, Scores, evaluate, read_gold};
use ressort::{Layers, Pipeline};
use serde::Deserialize;

#[derive(Deserialize)]
struct Floors {
    /// Sentences that are not right yet, each with the reason.
    known_wrong: BTreeMap<String, String>,
    /// By file and figure, the value below which it must not fall.
    files: BTreeMap<String, BTreeMap<String, f64>>,
}

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().expect("the built-in gazetteers load")
});

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn floors() -> Floors {
    let text = std::fs::read_to_string(here("tests/gold/floors.json")).expect("the floors can be read");
    serde_json::from_str(&text).expect("the floors are well formed")
}

fn evaluate_file(path: &Path) -> Evaluation {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let gold = read_gold(&path.display().to_string(), &bytes);
    assert!(gold.problems.is_empty(), "{}", gold.problems[0]);
    evaluate(&PIPELINE, &gold.documents)
}

/// All figures of a file under the names they have in `floors.json`.
fn figures(scores: &Scores) -> BTreeMap<String, f64> {
    let counts = [
        ("f1.all", scores.all),
        ("f1.core", scores.core),
        ("f1.tokens", scores.tokens),
        ("f1.sentences", scores.sentences),
        ("f1.sentence_starts", scores.sentence_starts),
    ];
    let shares = [
        ("linking", scores.linking.ratio()),
        ("holders", scores.holders.ratio()),
        ("non_mentions_avoided", scores.non_mentions_found.ratio().map(|found| 1.0 - found)),
        ("wholly_right", scores.wholly_right.ratio()),
    ];
    let by_kind = scores.kinds.iter().map(|(kind, counts)| (format!("f1.{kind}"), counts.f1()));
    let counts = counts.iter().map(|(name, counts)| ((*name).to_owned(), counts.f1()));
    let shares = shares.iter().map(|(name, share)| ((*name).to_owned(), *share));
    by_kind.chain(counts).chain(shares).filter_map(|(name, figure)| Some((name, figure?))).collect()
}

fn gold_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("RESSORT_GOLD").map_or_else(|| here("../shared/gold"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("RESSORT_REQUIRE_GOLD").is_none(),
        "RESSORT_REQUIRE_GOLD is set, but there is no gold in {}",
        folder.display()
    );
    eprintln!("SKIPPED: no gold in {}; name its folder in RESSORT_GOLD", folder.display());
    None
}

#[test]
fn our_own_sentences_are_wholly_right() {
    let known = floors().known_wrong;
    let evaluation = evaluate_file(&here("tests/gold/sentences.jsonl"));
    assert!(evaluation.scores.documents >= 60, "{} sentences", evaluation.scores.documents);
    let mistakes: Vec<_> = evaluation.mistakes.iter().filter(|mistake| mistake.layer != Layer::Token).collect();
    for id in known.keys().filter(|id| mistakes.iter().all(|mistake| &mistake.document != *id)) {
        eprintln!("{id} is right now: take it out of known_wrong in tests/gold/floors.json");
    }
    let unknown: Vec<_> =
        mistakes.iter().filter(|mistake| !known.contains_key(&mistake.document)).map(ToString::to_string).collect();
    assert!(unknown.is_empty(), "\n{}", unknown.join("\n"));
}

#[test]
fn no_figure_falls_below_its_floor() {
    let Some(folder) = gold_folder() else { return };
    let mut fallen = Vec::new();
    for (file, floors) in floors().files {
        let measured = figures(&evaluate_file(&folder.join(&file)).scores);
        let rounded: BTreeMap<_, _> =
            measured.iter().map(|(name, figure)| (name, (figure * 1000.0 + 1e-9).floor() / 1000.0)).collect();
        eprintln!("{file}: {}", serde_json::to_string_pretty(&rounded).expect("figures are numbers"));
        for (name, floor) in floors {
            match measured.get(&name) {
                Some(figure) if *figure + 1e-9 >= floor => {}
                Some(figure) => fallen.push(format!("{file}: {name} is {figure:.4}, below its floor {floor}")),
                None => fallen.push(format!("{file}: {name} was not measured; its floor is {floor}")),
            }
        }
    }
    assert!(fallen.is_empty(), "\n{}", fallen.join("\n"));
}
