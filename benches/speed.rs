//! Throughput of each stage, beside a floor: a bare scan of the same bytes for the same names.
//!
//! `cargo bench` prints MB/s. The floor (daachorse, leftmost-longest, no word borders, no inflection, no linking) is
//! what finding the names costs at least; the ratio of a stage to it says what the German costs.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use divan::Bencher;
use divan::counter::BytesCount;
use ressort::{Document, Gazetteer, Layers, Pipeline};

const PAGE: &str = include_str!("../examples/archive_page.txt");

fn main() {
    divan::main();
}

/// The items of the page as documents, as often as it takes to hold a megabyte.
fn documents() -> Vec<Document> {
    let items = ressort::read::split_page(PAGE).expect("the example is a page");
    items.iter().cycle().take(items.len() * (1_000_000 / PAGE.len())).cloned().collect()
}

fn bytes(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|document| document.text.len()).sum::<usize>())
}

#[divan::bench]
fn floor_scan_for_names(bencher: Bencher<'_, '_>) {
    let gazetteer = Gazetteer::embedded();
    let mut names: Vec<&str> = gazetteer
        .entities()
        .flat_map(|(_, entity)| entity.names.iter().map(|name| name.text.as_ref()))
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    let scan: CharwiseDoubleArrayAhoCorasick<u32> = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(names)
        .expect("the names are distinct");
    let documents = documents();
    bencher
        .counter(bytes(&documents))
        .bench(|| documents.iter().map(|document| scan.leftmost_find_iter(&document.text).count()).sum::<usize>());
}

#[divan::bench]
fn tokens(bencher: Bencher<'_, '_>) {
    let documents = documents();
    bencher.counter(bytes(&documents)).bench(|| {
        let mut tokens = Vec::new();
        let mut count = 0;
        for document in &documents {
            ressort::text::tokens_into(&document.text, &mut tokens);
            count += tokens.len();
        }
        count
    });
}

#[divan::bench]
fn tokens_and_sentences(bencher: Bencher<'_, '_>) {
    let documents = documents();
    bencher.counter(bytes(&documents)).bench(|| {
        documents
            .iter()
            .map(|document| ressort::text::sentences(&document.text, &ressort::text::tokens(&document.text)).len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn mentions(bencher: Bencher<'_, '_>) {
    annotate(bencher, Layers { mentions: true, topics: false });
}

#[divan::bench]
fn whole_pipeline(bencher: Bencher<'_, '_>) {
    annotate(bencher, Layers::default());
}

fn annotate(bencher: Bencher<'_, '_>, layers: Layers) {
    let pipeline = Pipeline::builder().layers(layers).build().expect("the built-in data is valid");
    let documents = documents();
    bencher
        .counter(bytes(&documents))
        .bench(|| documents.iter().map(|document| pipeline.annotate(document).mentions.len()).sum::<usize>());
}
