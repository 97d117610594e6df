//! Parquet: no panic that is not caught, an end, bounded memory, and failures that name the source.
#![no_main]

#[path = "read.rs"]
mod read;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| read::read("t.parquet", data));
