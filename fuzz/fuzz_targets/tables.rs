//! CSV: no panic, an end, and failures that name the source.
#![no_main]

#[path = "read.rs"]
mod read;

use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 2] = ["t.csv", "t.tsv"];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    read::read(NAMES[usize::from(*first) % NAMES.len()], rest);
});
