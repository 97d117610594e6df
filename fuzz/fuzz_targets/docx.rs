//! Texts of Word: no panic, no endless work, spans at character borders inside of the text.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;
use ressort::read::Format;

/// The bytes are the text part of an archive that is whole; broken archives are the business of the reader of ZIP.
fn archive(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("word/document.xml", options).expect("memory takes it");
    archive.write_all(data).expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

fuzz_target!(|data: &[u8]| common::check(Format::Docx, &archive(data)));
