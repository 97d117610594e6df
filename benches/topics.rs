//! Throughput of topics from tokens, on one core, beside the tokenizer.
//!
//! `RESSORT_TEXTS=records.jsonl cargo bench --bench topics` takes the fields title and abstract (or text) of records;
//! without it the example page is read again and again, whose words are then all known: that is the upper limit.
//! `benches/topics_sklearn.py` measures scikit-learn's pipelines on the same records.

use divan::Bencher;
use divan::counter::BytesCount;
use ressort::Document;
use ressort::document::Token;
use ressort::text::tokens;
use ressort::topics::{Model, Scratch, Topics};

fn main() {
    divan::main();
}

fn documents() -> Vec<Document> {
    let Some(path) = std::env::var_os("RESSORT_TEXTS") else {
        let items =
            ressort::read::split_page(include_str!("../examples/archive_page.txt")).expect("the example is a page");
        return items.iter().cycle().take(items.len() * 200).cloned().collect();
    };
    let records = std::fs::read_to_string(path).expect("RESSORT_TEXTS names a file of JSON Lines");
    let document = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("a line is a record");
        let fields = ["title", "abstract", "text"].iter().filter_map(|field| record[*field].as_str());
        Document::new(fields.collect::<Vec<_>>().join("\n"))
    };
    records.lines().map(document).collect()
}

fn tokenized() -> (Vec<(Document, Vec<Token>)>, BytesCount) {
    let documents = documents();
    let bytes = BytesCount::new(documents.iter().map(|document| document.text.len()).sum::<usize>());
    (documents.into_iter().map(|document| (tokens(&document.text), document)).map(|(t, d)| (d, t)).collect(), bytes)
}

#[divan::bench]
fn tokens_alone(bencher: Bencher<'_, '_>) {
    let (documents, bytes) = tokenized();
    bencher.counter(bytes).bench_local(|| {
        let mut tokens = Vec::new();
        documents
            .iter()
            .map(|(document, _)| {
                ressort::text::tokens_into(&document.text, &mut tokens);
                tokens.len()
            })
            .sum::<usize>()
    });
}

fn probabilities(bencher: Bencher<'_, '_>, model: &Model) {
    let (documents, bytes) = tokenized();
    let (mut scratch, mut likely) = (Scratch::default(), Vec::new());
    bencher.counter(bytes).bench_local(|| {
        for (document, tokens) in &documents {
            model.probabilities(&document.text, tokens, &mut scratch, &mut likely);
        }
        likely.first().copied()
    });
}

/// Probabilities of the 28 areas, from tokens.
#[divan::bench]
fn areas_from_tokens(bencher: Bencher<'_, '_>) {
    probabilities(bencher, &Model::embedded().expect("the built-in model loads"));
}

/// Probabilities of the digital topics, from tokens.
#[divan::bench]
fn digital_from_tokens(bencher: Bencher<'_, '_>) {
    probabilities(bencher, &Model::embedded_digital().expect("the built-in model loads"));
}

/// Both models, seeds, decisions and explanations, from tokens.
#[divan::bench]
fn topics_from_tokens(bencher: Bencher<'_, '_>) {
    let topics = Topics::embedded().expect("the built-in models load");
    let (documents, bytes) = tokenized();
    bencher
        .counter(bytes)
        .bench_local(|| documents.iter().map(|(document, tokens)| topics.of(document, tokens).len()).sum::<usize>());
}

/// From bytes of the program to a model that can be used.
#[divan::bench]
fn load_both_models(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Topics::embedded().map(|topics| topics.labels().count()));
}
