//! How fast the library itself makes tables of texts: seconds of processor and of wall, for `python/benches/column.py`.
//!
//! `cargo run --release --example column -- TEXTS.jsonl`
#![allow(clippy::print_stdout)] // an example prints its figures

use std::error::Error;
use std::time::Instant;

use cpu_time::ProcessTime;
use ressort::batch::all_cores;
use ressort::tables::{TableError, tabulate};
use ressort::{Document, Pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give a file of JSON Lines with text and date")?;
    let lines = std::fs::read_to_string(&path)?;
    let documents: Vec<Document> = lines.lines().map(ressort::read::record).collect::<Result<_, _>>()?;
    let pipeline = Pipeline::builder().build()?;
    let run = |documents: &[Document]| {
        // Copies, as of the cells of a column.
        tabulate(&pipeline, documents.iter().cloned().map(Ok), all_cores(), |_| Ok::<(), TableError>(()))
    };
    run(&documents[..documents.len().min(200)])?;
    let (processor, wall) = (ProcessTime::now(), Instant::now());
    let frames = run(&documents)?;
    println!("{} {}", processor.elapsed().as_secs_f64(), wall.elapsed().as_secs_f64());
    drop(frames);
    Ok(())
}
