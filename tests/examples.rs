//! Every example of `gazetteers/examples.tsv`, read by the whole pipeline.
//!
//! A row says that a surface in a text of a date means an entity, or with `-` that it must not be found. Rows that are
//! not right yet stand in `tests/gold/examples_known_failures.tsv` with the reason; there may be at most
//! [`KNOWN_FAILURES_AT_MOST`], a number that may only be lowered.
#![allow(clippy::print_stderr)] // rows that have become right are for the person who runs the test

use std::collections::BTreeSet;

use ressort::date::parse_day;
use ressort::{Document, Layers, Pipeline};

const EXAMPLES: &str = include_str!("../gazetteers/examples.tsv");
const KNOWN_FAILURES: &str = include_str!("gold/examples_known_failures.tsv");
const KNOWN_FAILURES_AT_MOST: usize = 3;

/// Rows of a table without its header and its comments, with their line numbers.
fn rows(table: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    lines.skip(1).map(|(index, line)| (index + 1, line.split('\t').collect()))
}

/// What is wrong with the reading of a row, if anything.
fn failure(pipeline: &Pipeline, text: &str, surface: &str, entity: &str, date: &str) -> Option<String> {
    let mut document = Document::new(text);
    if !date.is_empty() {
        document = document.with_date(parse_day(date).expect("the date of an example"));
    }
    let annotation = pipeline.annotate(&document);
    let places: Vec<_> = text.match_indices(surface).map(|(start, _)| start..start + surface.len()).collect();
    assert!(!places.is_empty(), "'{surface}' does not stand in: {text}");
    let overlapping = annotation.mentions.iter().filter(|mention| {
        let span = mention.span.range();
        places.iter().any(|place| span.start < place.end && place.start < span.end)
    });
    let found: Vec<_> = overlapping
        .map(|mention| {
            let id = mention.entity.map_or("unlinked", |key| &pipeline.gazetteer().entity(key).id);
            (places.contains(&mention.span.range()), mention.span.of(text), id)
        })
        .collect();
    let right =
        if entity == "-" { found.is_empty() } else { found.iter().any(|&(exact, _, id)| exact && id == entity) };
    (!right).then(|| {
        let found: Vec<_> = found.iter().map(|(_, surface, id)| format!("'{surface}' {id}")).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        format!("'{surface}' {entity} ({date}): found {found} | {text}")
    })
}

#[test]
fn every_example_is_read_as_its_row_says() {
    let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
    let known: BTreeSet<(&str, &str)> = rows(KNOWN_FAILURES).map(|(_, row)| (row[0], row[1])).collect();
    assert!(known.len() <= KNOWN_FAILURES_AT_MOST, "the list of known failures may only shrink");
    let mut unknown = Vec::new();
    let mut seen = 0;
    for (line, row) in rows(EXAMPLES) {
        let [text, surface, entity, date, ..] = row[..] else { panic!("examples.tsv:{line}: too few columns") };
        seen += 1;
        let is_known = known.contains(&(text, surface));
        match failure(&pipeline, text, surface, entity, date) {
            Some(what) if !is_known => unknown.push(format!("examples.tsv:{line}: {what}")),
            None if is_known => eprintln!("examples.tsv:{line} is right now: take it out of the known failures"),
            _ => {}
        }
    }
    assert!(seen > 700, "{seen} examples");
    assert!(unknown.is_empty(), "{} rows are wrong:\n{}", unknown.len(), unknown.join("\n"));
}
