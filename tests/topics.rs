//! Topics from outside: the program with data of the user's own, and the topics of a page of news.
#![allow(clippy::print_stderr)] // that a test was skipped is for the person who runs it
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use ressort::Document;
use ressort::text::tokens;
use ressort::topics::{Model, Topics};
use tempfile::TempDir;

fn ressort() -> Command {
    Command::cargo_bin("ressort").expect("the program is built")
}

/// 80 records of two labels, with a semicolon between labels where there are two.
fn records() -> Vec<(String, &'static str)> {
    let texts = [
        ("Ausbau der Schienenwege und Bahnhöfe", "Verkehr"),
        ("Mehr Personal in der Krankenpflege", "Gesundheit"),
        ("Sanierung von Autobahnbrücken", "Verkehr"),
        ("Krankenhäuser an der Schiene", "Gesundheit; Verkehr"),
    ];
    (0..80).map(|n| (format!("{} in Abschnitt {n}", texts[n % 4].0), texts[n % 4].1)).collect()
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("the file can be written");
    path.display().to_string()
}

#[test]
fn a_model_of_your_own_is_trained_from_csv_or_json_and_used() {
    let folder = TempDir::new().expect("a folder");
    let csv: Vec<String> = records().iter().map(|(text, label)| format!("\"{text}\",{label}\n")).collect();
    let csv = write(&folder, "data.csv", &format!("inhalt,thema\n{}", csv.concat()));
    let lines = records().into_iter().map(|(text, label)| {
        let labels: Vec<&str> = label.split("; ").collect();
        serde_json::json!({ "inhalt": text, "thema": labels }).to_string() + "\n"
    });
    let json = write(&folder, "data.jsonl", &lines.collect::<String>());
    let train = |data: &str, model: &str| {
        let model = folder.path().join(model);
        ressort()
            .args(["topics", "train", data, "--text", "inhalt", "--labels", "thema", "--prefix", "thema", "-o"])
            .arg(&model)
            .assert()
            .success()
            .stderr(contains("On records held out of training").and(contains("micro F1")));
        model
    };
    let (one, other) = (train(&csv, "one.bin"), train(&json, "other.bin"));
    assert!(fs::read(&one).expect("a model") == fs::read(other).expect("a model"), "the same records, another model");
    ressort()
        .args(["topics", "list", "--model"])
        .arg(&one)
        .assert()
        .success()
        .stdout("thema/gesundheit                                     Gesundheit\nthema/verkehr                                        Verkehr\n");
    let text = write(&folder, "text.txt", "Ausbau der Schienenwege zwischen zwei Bahnhöfen und Autobahnbrücken");
    ressort()
        .args(["topics", "explain", &text, "--model"])
        .arg(&one)
        .assert()
        .success()
        .stdout(contains("thema/verkehr").and(contains("for:")).and(contains("against:")).and(contains("log-odds")));
    for (format, expected) in [("table", "micro F1"), ("json", "\"calibration_error\""), ("csv", "label,precision")] {
        ressort()
            .args(["topics", "evaluate", &csv, "--text", "inhalt", "--labels", "thema", "--format", format, "--model"])
            .arg(&one)
            .assert()
            .success()
            .stdout(contains(expected));
    }
}

#[test]
fn the_same_records_in_parquet_csv_and_tsv_give_the_same_model() {
    use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};
    let folder = TempDir::new().expect("a folder");
    let records = records();
    let texts: Vec<&str> = records.iter().map(|(text, _)| text.as_str()).collect();
    let cells: Vec<&str> = records.iter().map(|(_, label)| *label).collect();
    let lists: Vec<Series> =
        cells.iter().map(|cell| Series::new("".into(), cell.split("; ").collect::<Vec<_>>())).collect();
    let parquet = |name: &str, labels: Series| {
        let columns = vec![Column::from(Series::new("inhalt".into(), &texts)), Column::from(labels)];
        let mut frame = DataFrame::new(texts.len(), columns).expect("columns of the same length");
        let path = folder.path().join(name);
        ParquetWriter::new(fs::File::create(&path).expect("a file")).finish(&mut frame).expect("a table");
        path.display().to_string()
    };
    let rows = |separator: &str| {
        let rows = records.iter().map(|(text, label)| format!("{text}{separator}{label}"));
        format!("inhalt{separator}thema\n{}\n", rows.collect::<Vec<_>>().join("\n"))
    };
    let files = [
        parquet("cells.parquet", Series::new("thema".into(), &cells)),
        parquet("lists.parquet", Series::new("thema".into(), lists)),
        write(&folder, "data.csv", &rows(",")),
        write(&folder, "data.tsv", &rows("\t")),
    ];
    let models = files.map(|file| {
        let model = folder.path().join("model.bin");
        let fields = ["--text", "inhalt", "--labels", "thema"];
        ressort().args(["topics", "train", &file, "-o"]).arg(&model).args(fields).assert().success();
        fs::read(model).expect("a model")
    });
    assert!(models.iter().all(|model| *model == models[0]));
}

/// The documented command for the areas, with a teacher and later records, on a small sample.
#[test]
fn training_again_gives_the_same_bytes() {
    let folder = TempDir::new().expect("a folder");
    let lines = |year: u32| {
        let line = move |(n, (text, label)): (usize, (String, &str))| {
            let labels: Vec<&str> = if n % 3 == 0 { Vec::new() } else { label.split("; ").collect() };
            let keyword = if label.contains("Verkehr") { "Bahn" } else { "Arzt" };
            serde_json::json!({ "title": text, "date": format!("{year}-0{}-01", 1 + n % 9), "areas": labels,
                "descriptors": [keyword, "Deutschland"] })
            .to_string()
                + "\n"
        };
        records().into_iter().enumerate().map(line).collect::<String>()
    };
    let (train, dev) = (write(&folder, "train.jsonl", &lines(2019)), write(&folder, "dev.jsonl", &lines(2020)));
    let model = |name: &str| {
        let path = folder.path().join(name);
        ressort()
            .args(["topics", "train", &train, "--hints", "descriptors", "--prefix", "area", "--calibrate", &dev, "-o"])
            .arg(&path)
            .assert()
            .success()
            .stderr(contains("2 labels from 53 examples to 2019-09-01"));
        fs::read(path).expect("a model")
    };
    assert!(model("one.bin") == model("other.bin"));
    ressort()
        .args(["topics", "train", &train, "--hints", "descriptors", "--ablate", &dev])
        .assert()
        .success()
        .stdout(contains("as shipped").and(contains("words alone")).and(contains("no teacher")));
}

/// The card says which models it describes.
#[test]
fn the_card_belongs_to_the_models() {
    let card = include_str!("../models/MODEL_CARD.md");
    for model in [Model::embedded(), Model::embedded_digital()] {
        let fingerprint = format!("{:016x}", model.expect("the built-in models load").fingerprint());
        assert!(card.contains(&fingerprint), "MODEL_CARD.md does not name {fingerprint}");
    }
}

#[test]
fn terms_alone_make_a_tagger_that_says_so() {
    let folder = TempDir::new().expect("a folder");
    let terms =
        write(&folder, "wald.tsv", "topic\tlabel\tseed\nthema/wald\tWald\tForst\nthema/wald\tWald\tBorkenkäfer\n");
    let text = write(&folder, "text.txt", "Borkenkäfer bedrohen die Forsten");
    ressort()
        .args(["topics", "explain", &text, "--model", &terms])
        .assert()
        .success()
        .stdout(contains("thema/wald"))
        .stderr(contains("no model was trained"));
    let wrong = write(&folder, "wrong.tsv", "topic\tlabel\nthema/wald\tWald\n");
    ressort()
        .args(["topics", "explain", &text, "--model", &wrong])
        .assert()
        .failure()
        .stderr(contains("columns topic and seed"));
}

#[test]
fn mapped_labels_are_learned_and_records_without_one_are_none() {
    let folder = TempDir::new().expect("a folder");
    let lines = records().into_iter().map(|(text, label)| {
        let keywords: Vec<&str> = label.split("; ").chain(["Deutschland"]).collect();
        serde_json::json!({ "title": text, "keywords": keywords }).to_string() + "\n"
    });
    let data = write(&folder, "data.jsonl", &lines.collect::<String>());
    let map = write(&folder, "map.tsv", "topic\tkeyword\treason\nmy/rail\tVerkehr\tthe topic itself\n");
    let model = folder.path().join("model.bin");
    let fields = ["--labels", "keywords", "--map", &map];
    ressort().args(["topics", "train", &data, "-o"]).arg(&model).args(fields).assert().success();
    ressort().args(["topics", "list", "--model"]).arg(&model).assert().success().stdout(contains("my/rail"));
    ressort()
        .args(["topics", "evaluate", &data, "--model"])
        .arg(&model)
        .args(fields)
        .assert()
        .success()
        .stdout(contains("my/rail").and(contains("examples               80")));
}

fn gold_folder() -> Option<PathBuf> {
    let named = std::env::var_os("RESSORT_GOLD").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold"));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("RESSORT_REQUIRE_GOLD").is_none(), "there is no gold in {}", folder.display());
    eprintln!("SKIPPED: no gold in {}; name its folder in RESSORT_GOLD", folder.display());
    None
}

/// Items of the page of which one of the gold topics must be among our first two.
const PAGE_FLOOR: usize = 15;

#[test]
fn topics_of_the_page_are_among_the_first_two() {
    let Some(folder) = gold_folder() else { return };
    let gold = fs::read_to_string(folder.join("seed/seed_gold.jsonl")).expect("the gold can be read");
    let topics = Topics::embedded().expect("the built-in models load");
    let (mut agree, mut count) = (0, 0);
    for line in gold.lines() {
        let item: serde_json::Value = serde_json::from_str(line).expect("the gold is well formed");
        let text = |field: &str| item[field].as_str().unwrap_or_default();
        let headline = format!("{}: {}", text("kicker"), text("title"));
        let mut document = Document::new(format!("{headline}\n{}", text("body")));
        document.title_span = Some(ressort::Span::new(0, headline.len() as u32));
        let found = topics.of(&document, &tokens(&document.text));
        let digital = found.iter().filter(|topic| topic.topic.starts_with("digital/")).take(2);
        let ours: Vec<String> = digital.map(|topic| topic.topic.to_string()).collect();
        let right =
            item["topics"].as_array().is_some_and(|gold| gold.iter().any(|id| ours.iter().any(|our| id == our)));
        eprintln!("{} {headline}: {ours:?} / {}", if right { " " } else { "!" }, item["topics"]);
        agree += usize::from(right);
        count += 1;
    }
    assert!(agree >= PAGE_FLOOR, "{agree} of {count} items agree, below the floor {PAGE_FLOOR}");
}
