//! PDF: no panic, no endless work, spans at character borders inside of the text.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;
use ressort::read::Format;

fuzz_target!(|data: &[u8]| common::check(Format::Pdf, data));
