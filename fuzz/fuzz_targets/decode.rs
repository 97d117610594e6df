//! Encodings: any bytes become text, well-formed UTF-8 stays as it is, and mending a text makes it shorter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ressort::read::{decode_as, language, unscramble};

const LABELS: [Option<&str>; 6] =
    [None, Some("utf-8"), Some("iso-8859-15"), Some("windows-1251"), Some("utf-16le"), Some("x")];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let decoded = decode_as(rest, LABELS[usize::from(*first) % LABELS.len()]);
    if let Ok(text) = std::str::from_utf8(rest)
        && !text.contains('\0')
        && !text.starts_with('\u{feff}')
    {
        assert_eq!(decoded.text, text);
    }
    if decoded.replaced == 0 && !rest.is_empty() && decoded.encoding == "UTF-8" {
        assert!(!decoded.text.contains('\u{fffd}') || String::from_utf8_lossy(rest).contains('\u{fffd}'));
    }
    if let Some((better, count)) = unscramble(&decoded.text) {
        assert!(count > 0 && better.len() < decoded.text.len());
    }
    let _ = language(&decoded.text);
});
