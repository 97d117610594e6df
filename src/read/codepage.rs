//! Which single-byte encoding German text is in.
//!
//! Detectors made for the web do not know CP850 and Mac Roman well and take ISO 8859-15 for Windows-1252, which loses the
//! euro. German settles it: the letters äöüß stand beside letters, quotation marks at the edges of words, `§` and `€`
//! beside blanks and figures. Under the wrong table they turn up elsewhere (`fŸr`, `f†r`).

use std::borrow::Cow;
use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1252};

/// The upper half of CP850, the code page of DOS and of the Windows command line in Western Europe.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// High bytes that are looked at; more do not change the verdict.
const LOOKED_AT: usize = 4000;

/// A single-byte encoding, or another one that a detector for the web found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Web(&'static Encoding),
    Cp850,
}

impl Charset {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Cp850 => "CP850",
        }
    }

    /// The text, and how many byte sequences had no meaning.
    pub(super) fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, u32) {
        match self {
            Self::Web(encoding) => {
                let (text, malformed) = encoding.decode_without_bom_handling(bytes);
                let replaced = if malformed { text.matches('\u{fffd}').count().max(1) as u32 } else { 0 };
                (text, replaced)
            }
            Self::Cp850 => {
                let upper = &TABLES.cp850;
                let char_of = |byte: &u8| if byte.is_ascii() { *byte as char } else { upper[usize::from(byte - 128)] };
                (Cow::Owned(bytes.iter().map(char_of).collect()), 0)
            }
        }
    }
}

type Upper = [char; 128];

struct Tables {
    windows: Upper,
    latin9: Upper,
    mac: Upper,
    cp850: Upper,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let web = |encoding: &'static Encoding| {
        let bytes: Vec<u8> = (128..=255).collect();
        upper(&encoding.decode_without_bom_handling(&bytes).0)
    };
    Tables { windows: web(WINDOWS_1252), latin9: web(ISO_8859_15), mac: web(MACINTOSH), cp850: upper(CP850) }
});

fn upper(text: &str) -> Upper {
    let mut table = ['\u{fffd}'; 128];
    for (slot, c) in table.iter_mut().zip(text.chars()) {
        *slot = c;
    }
    table
}

/// The encoding that bytes which are not UTF-8 are most likely in.
pub(super) fn guess(bytes: &[u8]) -> Charset {
    let tables = &*TABLES;
    let candidates = [
        (Charset::Web(WINDOWS_1252), &tables.windows),
        (Charset::Web(ISO_8859_15), &tables.latin9),
        (Charset::Cp850, &tables.cp850),
        (Charset::Web(MACINTOSH), &tables.mac),
    ];
    let (mut best, mut points) = (candidates[0].0, i64::MIN);
    for (charset, table) in candidates {
        let sum = score(bytes, table);
        if sum > points {
            (best, points) = (charset, sum);
        }
    }
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).take(LOOKED_AT).map(|_| 1_i64).sum::<i64>();
    // Text in another alphabet makes no sense under any of them.
    if points < high {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes[..bytes.len().min(1 << 16)], true);
        let found = detector.guess(None, Utf8Detection::Deny);
        if found != WINDOWS_1252 {
            return Charset::Web(found);
        }
    }
    best
}

/// How well a table explains the bytes above ASCII, in points.
fn score(bytes: &[u8], upper: &Upper) -> i64 {
    let char_at = |at: usize| match bytes.get(at) {
        None => ' ',
        Some(byte) if byte.is_ascii() => *byte as char,
        Some(byte) => upper[usize::from(byte - 128)],
    };
    let high = bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).take(LOOKED_AT);
    high.map(|(at, _)| i64::from(points(char_at(at.wrapping_sub(1)), char_at(at), char_at(at + 1)))).sum()
}

/// Whether a character is one of German or Western European text, given its neighbours.
pub(super) fn points(before: char, c: char, next: char) -> i32 {
    let (letter_before, letter_next) = (before.is_alphabetic(), next.is_alphabetic());
    let inside = letter_before && letter_next;
    let beside = letter_before || letter_next;
    let yes = |condition: bool, good: i32, bad: i32| if condition { good } else { bad };
    match c {
        'ä' | 'ö' | 'ü' => yes(beside && !next.is_uppercase(), 3, -2),
        'ß' => yes(before.is_lowercase() && !next.is_uppercase(), 3, -3),
        'Ä' | 'Ö' | 'Ü' => yes(letter_next && !before.is_lowercase(), 3, -3),
        'é' | 'è' | 'ê' | 'à' | 'á' | 'â' | 'ç' | 'ñ' | 'ë' | 'ï' | 'ô' | 'ó' | 'í' | 'ú' | 'û' | 'î' | 'å' | 'ø'
        | 'æ' | 'œ' => yes(beside && !next.is_uppercase(), 1, -2),
        'É' | 'À' | 'Ç' | 'Å' | 'Ø' => yes(letter_next && !before.is_lowercase(), 1, -3),
        '„' | '‚' | '‹' | '«' => {
            yes(!letter_before && !next.is_whitespace() || c == '«' && letter_before, 2, -2)
        }
        '“' | '”' | '›' | '»' | '‘' => yes(!inside, 2, -2),
        '’' => yes(letter_before, 2, -1),
        '–' | '—' => yes(!beside, 2, -1),
        '•' | '·' => yes(!beside, 1, -1),
        '§' => yes(!letter_before && (next.is_whitespace() || next.is_ascii_digit() || next == '§'), 2, -3),
        '€' => yes(!beside, 2, -2),
        '°' | '²' | '³' => yes(!inside, 1, -3),
        '…' | '\u{ad}' | '\u{a0}' => 1,
        '®' | '©' | '™' | '×' | '±' | '½' | '¼' | '´' | '¨' => yes(!inside, 0, -3),
        _ => -3,
    }
}
