//! Tokens, sentences, mentions and topics beside a bare scan of the same text, side by side in one run, in processor time.
//!
//! `cargo bench --no-default-features --bench text` prints MB/s on one core. The scan (daachorse, leftmost-longest,
//! 20,000 names, no word borders) is what a program pays that only looks for names and knows no German. Each round runs
//! every contender once over the same text, so that a busy machine is busy for all; the best of the rounds counts.
//!
//! The text is `../shared/corpus` (printed papers of the Bundestag), or the file that `RESSORT_CORPUS` names (JSON Lines
//! with a field `text`, gzip or not), and otherwise the example page, repeated.
#![allow(clippy::print_stdout)] // a benchmark prints its figures

use std::hint::black_box;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use cpu_time::ProcessTime;
use daachorse::{
    CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, DoubleArrayAhoCorasick,
    DoubleArrayAhoCorasickBuilder, MatchKind,
};
use ressort::text::{tokens_and_sentences_into, tokens_into};
use ressort::{Document, Gazetteer, Layers, Pipeline};
use unicode_segmentation::UnicodeSegmentation;

const PAGE: &str = include_str!("../examples/archive_page.txt");
const NAMES: usize = 20_000;
const ROUNDS: usize = 15;

/// Something that is run over a text, and counts what it finds.
type Contender<'a> = Box<dyn FnMut(&str) -> usize + 'a>;

fn main() {
    let (source, texts) = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let names = names();
    let charwise: CharwiseDoubleArrayAhoCorasick<u32> = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names)
        .expect("the names are distinct");
    let bytewise: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names)
        .expect("the names are distinct");

    let pipeline = |topics| {
        let layers = Layers { mentions: true, topics };
        Pipeline::builder().layers(layers).build().expect("the built-in data is valid")
    };
    let day = "2025-10-01".parse().expect("a day");
    let (mentions, whole) = (pipeline(false), pipeline(true));
    let mut tokens = Vec::new();
    let mut sentences = Vec::new();
    let mut contenders: [(&str, Contender<'_>); 7] = [
        ("scan, characters", Box::new(|text| charwise.leftmost_find_iter(text).count())),
        ("scan, bytes", Box::new(|text| bytewise.leftmost_find_iter(text).count())),
        ("tokens", {
            let mut tokens = Vec::new();
            Box::new(move |text| {
                tokens_into(text, &mut tokens);
                tokens.len()
            })
        }),
        (
            "tokens, sentences",
            Box::new(move |text| {
                tokens_and_sentences_into(text, &mut tokens, &mut sentences);
                sentences.len()
            }),
        ),
        ("unicode words", Box::new(|text| text.unicode_words().count())),
        ("to mentions", Box::new(|text| mentions.annotate(&Document::new(text).with_date(day)).mentions.len())),
        ("to topics", Box::new(|text| whole.annotate(&Document::new(text).with_date(day)).mentions.len())),
    ];
    let mut best = [Duration::MAX; 7];
    let mut found = [0; 7];
    for _ in 0..ROUNDS {
        for (index, (_, run)) in contenders.iter_mut().enumerate() {
            let start = ProcessTime::now();
            found[index] = texts.iter().map(|text| run(black_box(text))).sum();
            best[index] = best[index].min(start.elapsed());
        }
    }
    println!("{source}: {} texts, {:.1} MB, {} names", texts.len(), bytes as f64 / 1e6, names.len());
    for ((name, _), (time, found)) in contenders.iter().zip(best.iter().zip(found)) {
        println!("{name:<18} {:>6.0} MB/s  {found:>9} found", bytes as f64 / 1e6 / time.as_secs_f64());
    }
}

/// Where the texts are from, and the texts.
fn texts() -> (String, Vec<String>) {
    let corpus = std::env::var_os("RESSORT_CORPUS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/drucksachen_21.jsonl.gz"),
        PathBuf::from,
    );
    let Ok(bytes) = std::fs::read(&corpus) else {
        return ("example page".to_owned(), vec![PAGE.to_owned(); 1_000]);
    };
    let mut lines = String::new();
    if bytes.starts_with(&[0x1F, 0x8B]) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut lines).expect("gzip of UTF-8");
    } else {
        lines = String::from_utf8(bytes).expect("UTF-8");
    }
    let texts = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON Lines"))
        .filter_map(|record| record["text"].as_str().map(str::to_owned))
        .collect();
    (corpus.file_name().unwrap_or_default().to_string_lossy().into_owned(), texts)
}

/// Names of the gazetteers, and their genitives until there are enough.
fn names() -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    let plain = gazetteer.entities().flat_map(|(_, entity)| entity.names.iter().map(|name| name.text.to_string()));
    let mut names: Vec<String> = plain.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let plain = names.clone();
    for ending in ["s", "es", "-Umsetzung", "-Sprecherin", "er", "n"] {
        names.extend(plain.iter().map(|name| format!("{name}{ending}")));
    }
    names.sort_unstable();
    names.dedup();
    // Every n-th, so that all kinds are among them.
    let step = (names.len() / NAMES).max(1);
    let mut names: Vec<String> = names.into_iter().step_by(step).collect();
    names.truncate(NAMES);
    names
}
