//! What loading costs: the built-in gazetteers, and a list of a million names beside them.
//!
//! `cargo run --release --no-default-features --example large_list [NAMES]`
//!
//! Prints processor time and memory of both, and how fast a text is read with either. Time and memory are those the
//! system counts for this process (`/proc`); elsewhere than on Linux only the wall time is known.
#![allow(clippy::print_stdout)] // the figures are what it is for

use std::fmt::Write as _;
use std::time::Instant;

use ressort::{Document, Layers, Pipeline};

const PAGE: &str = include_str!("archive_page.txt");
/// Parts of made-up names of companies and initiatives; a million differ. Half of them begin like words of the text.
const FIRST: [&str; 10] =
    ["Nordische", "Deutsche", "Der", "Die", "Digitale", "Das", "Sachsen", "Neue", "Bundes", "Süddeutsche"];
const SECOND: [&str; 10] =
    ["Verwaltungs", "Energie", "Wasser", "Daten", "Bildungs", "Verkehrs", "Gesundheits", "Wohnungs", "Forst", "Medien"];
const THIRD: [&str; 10] = [
    "gesellschaft",
    "stiftung",
    "werkstatt",
    "genossenschaft",
    "akademie",
    "agentur",
    "initiative",
    "union",
    "kammer",
    "bank",
];

fn main() {
    let names: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let (cpu, start) = (processor_seconds(), Instant::now());
    let ours = pipeline(None);
    report("built-in gazetteers", cpu, start);

    let path = std::env::temp_dir().join(format!("ressort-large-list-{}.csv", std::process::id()));
    std::fs::write(&path, list(names)).expect("the list can be written");
    let (cpu, start) = (processor_seconds(), Instant::now());
    let both = pipeline(Some(&path));
    report(&format!("with a list of {names} names"), cpu, start);
    std::fs::remove_file(&path).ok();

    let documents = documents();
    let ours = rate(&ours, &documents);
    let both = rate(&both, &documents);
    println!("reading: {ours:.1} MB/s with ours alone, {both:.1} MB/s with the list, {:.2} times slower", ours / both);
}

fn pipeline(list: Option<&std::path::Path>) -> Pipeline {
    let builder = Pipeline::builder().layers(Layers { mentions: true, topics: false });
    let builder = if let Some(path) = list { builder.gazetteer_file(path) } else { builder };
    builder.build().expect("the gazetteers load")
}

/// `Nordische Energiestiftung Gera 17` and so on, as a list of two columns.
fn list(names: usize) -> String {
    let mut list = String::from("name,kind\n");
    for number in 0..names {
        let (a, b, c, d) = (number % 10, number / 10 % 10, number / 100 % 10, number / 1000);
        writeln!(list, "{} {}{} {}{d},association", FIRST[a], SECOND[b], THIRD[c], ["Bund", "Nord", "Ost"][d % 3])
            .expect("a String takes everything");
    }
    list
}

fn documents() -> Vec<Document> {
    let items = ressort::read::split_page(PAGE).expect("the example is a page");
    items.iter().cycle().take(items.len() * 2000).cloned().collect()
}

/// Megabytes of text in a second, the best of three.
fn rate(pipeline: &Pipeline, documents: &[Document]) -> f64 {
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    (0..3)
        .map(|_| {
            let start = Instant::now();
            let mentions: usize = documents.iter().map(|document| pipeline.annotate(document).mentions.len()).sum();
            assert!(mentions > 0, "the example has mentions");
            bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
        })
        .fold(0.0, f64::max)
}

fn report(what: &str, cpu: Option<f64>, start: Instant) {
    let wall = start.elapsed().as_secs_f64();
    let used = processor_seconds()
        .zip(cpu)
        .map_or_else(String::new, |(now, then)| format!(", {:.3} s of processor time", now - then));
    let memory = status_megabytes("VmRSS").map_or_else(String::new, |mb| format!(", {mb:.0} MB now"));
    let peak = status_megabytes("VmHWM").map_or_else(String::new, |mb| format!(", {mb:.0} MB at most"));
    println!("{what}: {wall:.3} s{used}{memory}{peak}");
}

/// User and system time of this process.
fn processor_seconds() -> Option<f64> {
    // Nanoseconds on a processor stand first.
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn status_megabytes(field: &str) -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}
