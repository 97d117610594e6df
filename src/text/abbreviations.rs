//! Abbreviations that end in a full stop, from `abbreviations.tsv`, and words that begin sentences.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Own list, compiled for this project (CC0): what German law, administration and press shorten, with expansions as
/// common usage has them; entries beyond common usage were met in printed papers of the Bundestag. Column `use`: `x`
/// where it can be the last word of a sentence, `n` where its letters are also a word (`dieser Art.`) and only a number
/// behind it makes it an abbreviation.
const ABBREVIATIONS: &str = include_str!("abbreviations.tsv");
const STARTERS: &str = include_str!("starters.txt");

/// Bytes of the longest abbreviation; longer words need no look-up.
const LONGEST: usize = 16;

/// Abbreviations without white space and final stop, with the letter of their column `use`.
static KNOWN: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    ABBREVIATIONS
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let abbreviation = cells.next()?.strip_suffix('.')?;
            Some((abbreviation, cells.nth(1).unwrap_or("")))
        })
        .collect()
});

static BEGINS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| STARTERS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect());

/// Whether `word` (without its full stop) is an abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    word.len() <= LONGEST && KNOWN.contains_key(word)
}

/// Whether the letters are a word too, so that they are an abbreviation only before a number.
pub(super) fn needs_number(word: &str) -> bool {
    KNOWN.get(word) == Some(&"n")
}

/// Whether the abbreviation (with its full stop and any inner white space) can be the last word of a sentence.
pub(super) fn can_end_sentence(abbreviation: &str) -> bool {
    let bare = abbreviation.strip_suffix('.').unwrap_or(abbreviation);
    if !bare.contains(char::is_whitespace) {
        return KNOWN.get(bare) == Some(&"x");
    }
    let joined: String = bare.split_whitespace().collect();
    KNOWN.get(joined.as_str()) == Some(&"x")
}

/// For each first byte of a starter the lengths (in bytes) that such starters have, as bits.
static STARTER_LENGTHS: [u32; 256] = {
    let list = STARTERS.as_bytes();
    let mut lengths = [0; 256];
    let (mut start, mut at) = (0, 0);
    while at < list.len() {
        if list[at] == b' ' || list[at] == b'\n' {
            if at > start && at - start < 32 {
                lengths[list[start] as usize] |= 1 << (at - start);
            }
            start = at + 1;
        }
        at += 1;
    }
    lengths
};

/// Whether a word with this first byte and length can be a starter at all: most need no look-up.
#[inline]
fn may_begin_sentence(word: &[u8]) -> bool {
    let len = u32::try_from(word.len()).unwrap_or(u32::MAX);
    word.first().is_some_and(|&first| STARTER_LENGTHS[usize::from(first)].checked_shr(len).unwrap_or(0) & 1 != 0)
}

/// Whether the capitalised word nearly always begins a sentence where it follows a full stop.
pub(super) fn begins_sentence(word: &str) -> bool {
    may_begin_sentence(word.as_bytes()) && BEGINS.contains(word)
}

/// Words that, capitalised in the middle of a sentence, show that a new one began without a mark before it. No surname
/// is among them: `Gestern lobte Weil den Beschluss.`
const OPENERS: &[&str] = &[
    "Ich",
    "Wir",
    "Es",
    "Er",
    "Man",
    "Seit",
    "Seitdem",
    "Leider",
    "War",
    "Wenn",
    "Obwohl",
    "Als",
    "Dann",
    "Doch",
    "Aber",
    "Auch",
    "Während",
    "Nachdem",
    "Trotz",
    "Wegen",
    "Dort",
    "Dieser",
    "Diese",
    "Dieses",
    "Diesen",
    "Diesem",
    "Damit",
    "Dabei",
    "Dazu",
    "Daher",
    "Deshalb",
    "Jedoch",
    "Hier",
    "Hat",
    "Ist",
    "Sind",
    "Wurde",
    "Wurden",
    "Kann",
    "Konnte",
    "Sehr",
    "Nur",
    "Über",
    "Nun",
    "Jetzt",
    "Heute",
    "Gestern",
    "Bereits",
    "Zudem",
    "Außerdem",
    "Wie",
    "Warum",
    "Wer",
    "Was",
    "Insgesamt",
    "Mein",
    "Meine",
    "Seine",
    "Unsere",
    "Eine",
    "Einen",
    "Einer",
    "Einem",
];

static KNOWN_OPENERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| OPENERS.iter().copied().collect());

/// Which bytes begin an opener.
pub(super) const fn first_bytes_of_openers() -> [bool; 256] {
    let mut begins = [false; 256];
    let mut index = 0;
    while index < OPENERS.len() {
        begins[OPENERS[index].as_bytes()[0] as usize] = true;
        index += 1;
    }
    begins
}

/// For the first two bytes of an opener, five bits of each, the lengths (in bytes) that such openers have, as bits.
static OPENER_LENGTHS: [u16; 1024] = {
    let mut lengths = [0; 1024];
    let mut index = 0;
    while index < OPENERS.len() {
        let word = OPENERS[index].as_bytes();
        lengths[place(word[0], word[1])] |= 1 << word.len();
        index += 1;
    }
    lengths
};

#[inline]
const fn place(first: u8, second: u8) -> usize {
    (first as usize & 31) << 5 | second as usize & 31
}

/// Whether a word with these first bytes and this length (in bytes) can be an opener at all: 1 where it can, else 0.
#[inline]
pub(super) fn may_open_sentence(first: u8, second: u8, len: u32) -> u8 {
    // Lengths beyond 15 bytes come round again; the word itself is compared later.
    (OPENER_LENGTHS[place(first, second)] >> (len & 15)) as u8 & 1
}

/// Whether the word, capitalised in the middle of a sentence, shows that a new one began without a mark before it.
pub(super) fn opens_sentence(word: &str) -> bool {
    KNOWN_OPENERS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_well_formed() {
        for line in ABBREVIATIONS.lines().skip(1) {
            assert!(line.find('\t').is_some_and(|len| len <= LONGEST + 1), "{line}");
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(cells[0].ends_with('.') && !cells[0].contains(' '), "{line}");
            assert!(!cells[1].is_empty(), "{line}");
            assert!(matches!(cells[2], "" | "x" | "n"), "{line}");
        }
    }

    #[test]
    fn knows_which_abbreviations_end_a_sentence() {
        assert!(can_end_sentence("usw."));
        assert!(can_end_sentence("e. V."));
        assert!(!can_end_sentence("Dr."));
        assert!(!can_end_sentence("z. B."));
    }
}
