//! How fast sources are read, and how much memory that takes: `cargo run --release --no-default-features --features
//! archives --example reading -- FILE…`, with `-` for standard input. Prints megabytes of text per processor second.

#![allow(clippy::print_stdout, clippy::print_stderr)] // an example speaks to its caller

use std::time::Duration;

use cpu_time::ProcessTime;
use ressort::read::{ReadOptions, Source};

/// The most memory that the process had at once, in MB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes >> 10)
}

fn main() {
    for path in std::env::args_os().skip(1) {
        let source = if path == "-" { Source::Stdin } else { Source::File(path.into()) };
        let began = ProcessTime::now();
        let (mut documents, mut failures, mut bytes) = (0u64, 0u64, 0u64);
        for outcome in source.documents(&ReadOptions::default()) {
            match outcome {
                Ok(document) => {
                    documents += 1;
                    bytes += document.text.len() as u64;
                }
                Err(failure) => {
                    failures += 1;
                    eprintln!("{failure}");
                }
            }
        }
        let time: Duration = began.elapsed();
        println!(
            "{}: {documents} documents, {failures} failures, {} MB of text, {:.1} MB per processor second, at most {} MB of memory",
            source.name(),
            bytes >> 20,
            bytes as f64 / 1e6 / time.as_secs_f64(),
            peak().unwrap_or_default()
        );
    }
}
