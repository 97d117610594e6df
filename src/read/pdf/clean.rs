//! Lines of pages become paragraphs, without what belongs to the paper they are printed on.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::layout::{Line, Segment, lines};

/// `7`, `– 7 –`, `Seite 7 von 12`, `7/12`, `VII`.
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s–—|-]*(?:(?:Seite|S\.|Blatt)\s*)?(?:\d{1,5}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s*(?:von|/)\s*\d{1,5})?[\s–—|-]*$")
        .expect("the pattern is well formed")
});

/// The running head and foot are among so many lines at either end of a page.
const HEAD_ROWS: usize = 4;
/// A line stands apart from the one before by more than so many times the usual distance.
const APART: f64 = 1.35;

/// The text of all pages: heads, feet and numbers of pages are left out, lines are joined to paragraphs, words that were
/// divided at the end of a line are whole again.
pub(super) fn text(mut pages: Vec<Vec<Segment>>) -> String {
    drop_running(&mut pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for page in pages {
        let mut of_page = of_page(&lines(page));
        // A paragraph goes on behind the page break: it has no end, and the next begins in the middle of a sentence.
        if let (Some(last), Some(first)) = (paragraphs.last_mut(), of_page.first())
            && last.goes_on(first)
        {
            let first = of_page.remove(0);
            last.push(&first.text);
        }
        paragraphs.extend(of_page);
    }
    let lines: Vec<String> = paragraphs.into_iter().map(|paragraph| tidy(&paragraph.text)).collect();
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Leaves out rows in the margin that stand on several pages alike but for their numbers, and numbers of pages.
fn drop_running(pages: &mut [Vec<Segment>]) {
    let keys: Vec<Vec<(String, Vec<usize>)>> = pages.iter().map(|page| margin_rows(page)).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for rows in &keys {
        let mut distinct: Vec<&str> = rows.iter().map(|(key, _)| key.as_str()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        for key in distinct {
            *counts.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() < 4 { 2 } else { 3 };
    for (page, rows) in pages.iter_mut().zip(&keys) {
        let mut running = vec![false; page.len()];
        for (key, row) in rows {
            let number = row.len() == 1 && PAGE_NUMBER.is_match(&page[row[0]].text);
            if number || (counts[key.as_str()] >= enough && key.len() < 300) {
                row.iter().for_each(|&at| running[at] = true);
            }
        }
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !running[at - 1]
        });
    }
}

/// The first and last rows of a page, as far as they stand in its margins: their words in order of the alphabet, as on
/// left and right pages the same stand in turned order, with numbers as `#`; and their segments.
fn margin_rows(page: &[Segment]) -> Vec<(String, Vec<usize>)> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for (at, segment) in page.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if (page[row[0]].y - segment.y).abs() < 0.3 * segment.size => row.push(at),
            _ => rows.push(vec![at]),
        }
    }
    let count = rows.len();
    let ends = rows.into_iter().enumerate().filter(|(at, _)| *at < HEAD_ROWS || at + HEAD_ROWS >= count);
    ends.map(|(_, row)| row)
        .filter(|row| row.iter().all(|&at| page[at].margin))
        .map(|row| {
            let words = row.iter().flat_map(|&at| page[at].text.split_whitespace());
            let mut words: Vec<String> = words.map(without_digits).collect();
            words.sort_unstable();
            (words.join(" "), row)
        })
        .collect()
}

fn without_digits(word: &str) -> String {
    let mut flat = String::with_capacity(word.len());
    for c in word.chars() {
        if !c.is_ascii_digit() {
            flat.push(c);
        } else if !flat.ends_with('#') {
            flat.push('#');
        }
    }
    flat
}

struct Paragraph {
    text: String,
    size: f64,
}

impl Paragraph {
    /// Puts the next line behind the text.
    fn push(&mut self, line: &str) {
        join(&mut self.text, line);
    }

    fn goes_on(&self, next: &Self) -> bool {
        let ends = self.text.ends_with(['.', '!', '?', ':', '“', '"', ')', '»', '«']);
        let begins = next.text.chars().next().is_some_and(char::is_lowercase);
        let divided = self.text.ends_with(['-', '\u{ad}', '\u{2010}', '\u{fffe}']);
        !ends && (begins || divided) && (self.size - next.size).abs() < 1.0
    }
}

fn of_page(lines: &[Line]) -> Vec<Paragraph> {
    let pitch = usual_pitch(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        match (before, paragraphs.last_mut()) {
            (Some(last), Some(paragraph)) if follows(last, line, pitch) => paragraph.push(&line.text),
            (Some(last), Some(paragraph)) if last.column != line.column => {
                // The next column goes on with the paragraph, as the next page does.
                let next = Paragraph { text: line.text.clone(), size: line.size };
                if paragraph.goes_on(&next) { paragraph.push(&next.text) } else { paragraphs.push(next) }
            }
            _ => paragraphs.push(Paragraph { text: line.text.clone(), size: line.size }),
        }
        before = Some(line);
    }
    paragraphs
}

/// The usual distance of two lines.
fn usual_pitch(lines: &[Line]) -> f64 {
    let mut pitches: Vec<f64> = lines
        .windows(2)
        .filter(|pair| pair[0].column == pair[1].column && pair[1].y > pair[0].y)
        .map(|pair| pair[1].y - pair[0].y)
        .filter(|pitch| *pitch < 60.0)
        .collect();
    pitches.sort_by(f64::total_cmp);
    // Most lines are followed by one of their paragraph; a third of the way up, the larger gaps do not count.
    pitches.get(pitches.len() / 3).copied().unwrap_or(14.0)
}

/// Whether a line goes on with the paragraph of the one before.
fn follows(last: &Line, line: &Line, pitch: f64) -> bool {
    let distance = line.y - last.y;
    let usual = pitch.max(0.9 * last.size);
    if last.column != line.column || distance <= 0.0 || distance > APART * usual || (last.size - line.size).abs() > 1.2
    {
        return false;
    }
    let table = last.text.contains('\t') || line.text.contains('\t');
    let listed = begins_list(&line.text);
    // The last line of a paragraph ends early; the next word would have had room behind it.
    let word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f64;
    let room = last.to - last.end - 0.3 * last.size;
    let early = room > word * 0.5 * line.size;
    let divided = last.text.ends_with(['-', '\u{ad}', '\u{2010}', '\u{fffe}']);
    let indented = line.x - last.x > 0.8 * line.size && last.x - last.from < 0.5 * line.size;
    !table && !listed && (divided || !early) && !(indented && last.text.ends_with(['.', '!', '?', ':', '“']))
}

fn begins_list(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    let blank = chars.next().is_some_and(char::is_whitespace);
    matches!(first, Some('•' | '▪' | '■' | '◦' | '‣' | '●' | '○' | '\u{f0b7}' | '\u{f0a7}'))
        || (blank && matches!(first, Some('–' | '-' | '*')))
}

/// Words that keep the hyphen before them: `Bundes- und Landesmittel`.
const KEPT: &[&str] = &["und", "oder", "bzw", "beziehungsweise", "sowie", "als", "noch", "statt", "bis", "wie", "aber"];

/// Puts a line behind a text; a word divided at the line's end is whole again.
fn join(text: &mut String, line: &str) {
    let soft = text.ends_with(['\u{ad}', '\u{fffe}', '\u{2}']);
    let hard = text.ends_with(['-', '\u{2010}']);
    let next = line.chars().next().unwrap_or(' ');
    let word: String = line.chars().take_while(|c| c.is_alphabetic()).collect();
    let letter_before = text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    if soft {
        text.pop();
    } else if hard && letter_before && next.is_lowercase() && !KEPT.contains(&word.as_str()) {
        text.pop();
    } else if hard && letter_before && (next.is_uppercase() || next.is_ascii_digit()) {
        // `Baden-⏎Württemberg`, `COVID-⏎19` keep it.
    } else {
        text.push(' ');
    }
    text.push_str(line);
}

/// Ligatures as the letters they stand for, no soft hyphens before a line break, no control characters.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => tidied.push_str("ff"),
            '\u{fb01}' => tidied.push_str("fi"),
            '\u{fb02}' => tidied.push_str("fl"),
            '\u{fb03}' => tidied.push_str("ffi"),
            '\u{fb04}' => tidied.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => tidied.push_str("st"),
            '\u{ad}' | '\u{fffe}' | '\u{200b}' => {}
            '\t' => tidied.push('\t'),
            c if c.is_control() => {}
            c => tidied.push(c),
        }
    }
    // A letter and its accent apart (`u` `¨` as U+0308) are one.
    use unicode_normalization::UnicodeNormalization;
    let combined = tidied.chars().any(|c| ('\u{300}'..='\u{36f}').contains(&c));
    let tidied = if combined { tidied.nfc().collect() } else { tidied };
    tidied.trim().to_owned()
}
