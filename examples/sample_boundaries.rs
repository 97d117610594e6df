//! Draws places of a corpus for a person to read: sentence ends, places that were passed over, hyphens at line ends.
//!
//! ```sh
//! cargo run --no-default-features --example sample_boundaries -- CORPUS.jsonl.gz ends 200 7
//! cargo run --no-default-features --example sample_boundaries -- CORPUS.jsonl.gz hyphens 200 7 --context
//! ```
//!
//! The corpus is JSON Lines with `id` and `text`, gzip or not. Each line of output is an id and a byte offset; with
//! `--context` also the text around it, with `‖` at the place. The same seed draws the same places as long as the rules
//! are the same. `ends` are sentence ends inside of a document; `passed` are line breaks and full stops, question and
//! exclamation marks before a blank that end none; `hyphens` are those behind a letter at the end of a line.
#![allow(clippy::print_stdout)] // an example prints what it draws

use std::collections::BTreeSet;
use std::io::Read;

use ressort::text::{sentences, tokens};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, what, count, seed, rest @ ..] = arguments.as_slice() else {
        return Err("arguments: CORPUS ends|passed|hyphens COUNT SEED [--context]".into());
    };
    let (count, mut state): (usize, u64) = (count.parse()?, seed.parse()?);
    let texts = read(path)?;
    let places: Vec<(usize, usize)> = texts
        .iter()
        .enumerate()
        .flat_map(|(index, (_, text))| places(text, what).into_iter().map(move |offset| (index, offset)))
        .collect();
    let mut drawn = BTreeSet::new();
    while drawn.len() < count.min(places.len()) {
        drawn.insert(usize::try_from(random(&mut state) % places.len() as u64)?);
    }
    println!("# {} of {} places, seed {seed}", drawn.len(), places.len());
    for place in drawn {
        let (index, offset) = places[place];
        let (id, text) = &texts[index];
        if rest.iter().any(|flag| flag == "--context") {
            let before: String = text[..offset].chars().rev().take(110).collect::<Vec<_>>().into_iter().rev().collect();
            let behind: String = text[offset..].chars().take(90).collect();
            println!("{id}\t{offset}\t{}‖{}", before.replace('\n', "⏎"), behind.replace('\n', "⏎"));
        } else {
            println!("{id}\t{offset}");
        }
    }
    Ok(())
}

fn places(text: &str, what: &str) -> Vec<usize> {
    let tokens = tokens(text);
    let ends: BTreeSet<usize> = sentences(text, &tokens).iter().map(|sentence| sentence.span.end as usize).collect();
    let last = tokens.last().map_or(0, |token| token.span.end as usize);
    let passes = |offset: usize| offset < last && !ends.contains(&offset);
    match what {
        "ends" => ends.into_iter().filter(|&end| end < last).collect(),
        "hyphens" => text
            .match_indices('-')
            .filter(|(at, _)| {
                text[..*at].ends_with(char::is_alphanumeric) && text[at + 1..].trim_start_matches(' ').starts_with('\n')
            })
            .map(|(at, _)| at + 1)
            .collect(),
        _ => tokens
            .windows(2)
            .filter(|pair| {
                let (end, begin) = (pair[0].span.end as usize, pair[1].span.start as usize);
                let mark = matches!(pair[0].span.of(text), "." | "!" | "?") && end < begin;
                (mark || text[end..begin].contains('\n')) && passes(end)
            })
            .map(|pair| pair[0].span.end as usize)
            .collect(),
    }
}

fn read(path: &str) -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(path)?;
    let mut lines = String::new();
    if bytes.starts_with(&[0x1F, 0x8B]) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut lines)?;
    } else {
        lines = String::from_utf8(bytes)?;
    }
    let field = |record: &serde_json::Value, name: &str| record[name].as_str().unwrap_or("").to_owned();
    lines
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line)?;
            Ok((field(&record, "id"), field(&record, "text")))
        })
        .collect()
}

/// The next number of a splitmix64 sequence.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
