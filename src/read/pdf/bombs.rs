//! Streams that grow without measure when they are unpacked.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

/// One stream grows to so many bytes at most: a picture of an A3 page at 400 dots per inch has a hundred million.
const MOST_OF_ONE: u64 = 160 << 20;
/// All streams that are no pictures together.
const MOST_OF_ALL: u64 = 400 << 20;
/// A stream that cannot be unpacked here, being compressed by another method or encrypted, can grow a thousand times.
const MOST_UNKNOWN: usize = 512 << 10;
/// The dictionary of a stream stands in so many bytes before it.
const DICTIONARY: usize = 4096;

/// Refuses a file with a stream that is a bomb: the reader unpacks streams whole, so it is tried out here first, without
/// keeping what comes out.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let refuse = || Err("the PDF unpacks to far more than its size, as only a trap does; leave it out".to_owned());
    let encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let mut all = 0;
    let mut end_of_last = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            end_of_last = at;
            continue;
        }
        let from = at.saturating_sub(DICTIONARY).max(end_of_last);
        let dictionary = names(&bytes[from..at]);
        let start = at + b"stream".len();
        let space = bytes[start..].iter().take(4).take_while(|byte| byte.is_ascii_whitespace()).count();
        let data = &bytes[start + space..];
        let has = |name: &str| dictionary.contains(name);
        let methods = ["/FlateDecode", "/Fl ", "/Fl]", "/LZWDecode", "/LZW ", "/RunLengthDecode", "/RL "];
        let compressed: usize = methods.iter().map(|method| dictionary.matches(method).count()).sum();
        let picture = has("/Image") && !has("/ObjStm") && !has("/XRef");
        // Twice a thousand times; and what says elsewhere how it is compressed hides it.
        if compressed > 1 || dictionary.split("/Filter").skip(1).any(is_reference) {
            return refuse();
        }
        if compressed == 0 {
            continue;
        }
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        if (encrypted || !has("/Fl")) && length > MOST_UNKNOWN && !picture {
            return Err("a stream of the PDF is too long to be unpacked safely; save the PDF anew".to_owned());
        }
        let grown = size(ZlibDecoder::new(data)).max(size(DeflateDecoder::new(data)));
        all += if picture { 0 } else { grown };
        if grown > MOST_OF_ONE || all > MOST_OF_ALL {
            return refuse();
        }
    }
    Ok(())
}

/// How many bytes come out, up to the limit.
fn size(reader: impl Read) -> u64 {
    let mut reader = reader.take(MOST_OF_ONE + 1);
    let mut buffer = vec![0; 1 << 15];
    let mut size = 0;
    while let Ok(read) = reader.read(&mut buffer) {
        if read == 0 {
            break;
        }
        size += read as u64;
    }
    size
}

/// The dictionary as text, with names as they are read: `/Flate#44ecode` is one of them.
fn names(bytes: &[u8]) -> String {
    let start = memmem::rfind(bytes, b"obj").unwrap_or(0);
    let text = String::from_utf8_lossy(&bytes[start..]);
    let mut names = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('#') {
        names.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        names.push(code.map_or('#', char::from));
        rest = &rest[at + if code.is_some() { 3 } else { 1 }..];
    }
    names.push_str(rest);
    names
}

fn is_reference(behind: &str) -> bool {
    behind.trim_start().starts_with(|c: char| c.is_ascii_digit())
}
