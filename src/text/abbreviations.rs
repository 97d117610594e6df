//! Abbreviations that end in a full stop, from `abbreviations.tsv`, and words that begin sentences.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Own list, compiled for this project (CC0): what German law, administration and press shorten, with expansions as
/// common usage has them; entries beyond common usage were met in printed papers of the Bundestag. Column `use`: `x`
/// where it can be the last word of a sentence, `n` where its letters are also a word (`dieser Art.`) and only a number
/// behind it makes it an abbreviation.
const ABBREVIATIONS: &str = include_str!("abbreviations.tsv");
const STARTERS: &str = include_str!("starters.txt");

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

/// The lengths (in bytes) of listed words, as bits, by their first two bytes, five bits of each. Most words need no
/// look-up.
type Lengths = [u32; 1024];

/// Whether a word of these first bytes and of this length can be listed.
#[inline]
fn fits(lengths: &Lengths, word: &[u8]) -> bool {
    let (first, second) = (word.first().copied().unwrap_or(0), word.get(1).copied().unwrap_or(0));
    // One bit too few for the longest words only means that they are looked up.
    lengths[place(first, second)] >> word.len().min(31) & 1 != 0
}

#[inline]
const fn place(first: u8, second: u8) -> usize {
    (first as usize & 31) << 5 | second as usize & 31
}

/// Adds the word `list[start..end]`.
const fn add(lengths: &mut Lengths, list: &[u8], start: usize, end: usize) {
    let second = if end > start + 1 { list[start + 1] } else { 0 };
    let len = if end - start < 31 { end - start } else { 31 };
    lengths[place(list[start], second)] |= 1 << len;
}

/// Of abbreviations without their final stop: what stands before the first tab of a line.
static ABBREVIATION_LENGTHS: Lengths = {
    let list = ABBREVIATIONS.as_bytes();
    let mut lengths = [0; 1024];
    let (mut start, mut at) = (0, 0);
    while at < list.len() {
        if list[at] == b'\t' && at > start + 1 && list[at - 1] == b'.' {
            add(&mut lengths, list, start, at - 1);
        }
        if list[at] == b'\n' {
            start = at + 1;
        }
        at += 1;
    }
    lengths
};

/// Whether `word` (without its full stop) is an abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    fits(&ABBREVIATION_LENGTHS, word.as_bytes()) && KNOWN.contains_key(word)
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

/// Of starters.
static STARTER_LENGTHS: Lengths = {
    let list = STARTERS.as_bytes();
    let mut lengths = [0; 1024];
    let (mut start, mut at) = (0, 0);
    while at < list.len() {
        if list[at] == b' ' || list[at] == b'\n' {
            if at > start {
                add(&mut lengths, list, start, at);
            }
            start = at + 1;
        }
        at += 1;
    }
    lengths
};

/// Whether the capitalised word nearly always begins a sentence where it follows a full stop.
pub(super) fn begins_sentence(word: &str) -> bool {
    fits(&STARTER_LENGTHS, word.as_bytes()) && BEGINS.contains(word)
}

/// Words that, capitalised in the middle of a sentence, show that a new one began without a mark before it. No surname
/// is among them: `Gestern lobte Weil den Beschluss.`
pub(super) const OPENERS: &[&str] = &[
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

/// Of openers.
static OPENER_LENGTHS: Lengths = {
    let mut lengths = [0; 1024];
    let mut index = 0;
    while index < OPENERS.len() {
        let word = OPENERS[index].as_bytes();
        add(&mut lengths, word, 0, word.len());
        index += 1;
    }
    lengths
};

/// Whether the word, capitalised in the middle of a sentence, shows that a new one began without a mark before it.
pub(super) fn opens_sentence(word: &str) -> bool {
    fits(&OPENER_LENGTHS, word.as_bytes()) && KNOWN_OPENERS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_well_formed() {
        for line in ABBREVIATIONS.lines().skip(1) {
            assert!(line.contains('\t'), "{line}");
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
