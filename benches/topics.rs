//! Throughput of topics from tokens, on one core, beside the tokenizer: megabytes of text in a second of processor time.
//!
//! `RESSORT_TEXTS=records.jsonl cargo bench --no-default-features --bench topics` takes the fields title and abstract (or
//! text) of records; without it the example page is read again and again. *Cold* begins with an empty memory of words,
//! as a program does; *warm* has met all of the texts before, which is the upper limit.
//! `benches/topics_sklearn.py` measures scikit-learn's pipelines on the same records.
#![allow(clippy::print_stdout)] // a table for the person who runs it

use std::hint::black_box;
use std::time::Duration;

use cpu_time::{ProcessTime, ThreadTime};
use ressort::Document;
use ressort::document::Token;
use ressort::text::tokens;
use ressort::topics::{Model, Scratch, Topics};

/// Runs of which the median is printed.
const RUNS: usize = 7;

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

/// Prints the median speed of a piece of work, which says how long it took.
fn measure(name: &str, megabytes: f64, mut work: impl FnMut() -> Duration) {
    let mut times: Vec<f64> = (0..RUNS).map(|_| work().as_secs_f64()).collect();
    times.sort_by(f64::total_cmp);
    let speed = |seconds: f64| megabytes / seconds;
    println!(
        "{name:<36} {:8.1} MB/s  ({:.1} to {:.1})",
        speed(times[RUNS / 2]),
        speed(times[RUNS - 1]),
        speed(times[0])
    );
}

/// Processor time of this thread.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = ThreadTime::now();
    black_box(work());
    begun.elapsed()
}

fn main() {
    let texts = documents();
    let megabytes = texts.iter().map(|document| document.text.len()).sum::<usize>() as f64 / 1e6;
    let documents: Vec<(&Document, Vec<Token>)> =
        texts.iter().map(|document| (document, tokens(&document.text))).collect();
    println!("{megabytes:.1} MB in {} documents", documents.len());
    let mut buffer = Vec::new();
    measure("tokens alone", megabytes, || {
        timed(|| {
            for document in &texts {
                ressort::text::tokens_into(&document.text, &mut buffer);
                black_box(buffer.len());
            }
        })
    });
    let models = [("areas", Model::embedded()), ("digital", Model::embedded_digital())];
    for (name, model) in models {
        let model = model.expect("the built-in models load");
        let mut likely = Vec::new();
        let mut run = |scratch: &mut Scratch| {
            timed(|| {
                for (document, tokens) in &documents {
                    model.probabilities(&document.text, tokens, scratch, &mut likely);
                    black_box(likely.first());
                }
            })
        };
        measure(&format!("{name} from tokens, cold"), megabytes, || run(&mut Scratch::default()));
        let mut scratch = Scratch::default();
        run(&mut scratch);
        measure(&format!("{name} from tokens, warm"), megabytes, || run(&mut scratch));
    }
    let topics = Topics::embedded().expect("the built-in models load");
    let run = || {
        timed(|| {
            for (document, tokens) in &documents {
                black_box(topics.of(document, tokens));
            }
        })
    };
    // Memory belongs to a thread: a new thread knows no word.
    let in_thread = || std::thread::scope(|scope| scope.spawn(run).join().expect("tagging never fails"));
    measure("all topics and terms, cold", megabytes, in_thread);
    run();
    measure("all topics and terms, warm", megabytes, run);
    let begun = ProcessTime::now();
    for _ in 0..RUNS {
        black_box(Topics::embedded().map(|topics| topics.labels().count()).is_ok());
    }
    println!("{:<36} {:8.2} ms", "loading all", begun.elapsed().as_secs_f64() * 1e3 / RUNS as f64);
}
