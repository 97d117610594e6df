//! Draws mentions or sentences at random, to be judged by hand: the judgements in `tests/gold/judged_*.tsv` were made
//! from what this prints.
//!
//! `cargo run --release --example sample -- mentions papers.jsonl 300 1` prints 300 mentions drawn with seed 1, one a
//! line: document, start and end in code points, kind, entity, how it was found, and the text around it.
//! `… -- sentences papers.jsonl 300 1` prints sentences with what was found in them. Ids of entities behind the seed
//! (`… 300 1 body:bundesregierung`) leave the mentions of these entities out before drawing.
#![allow(clippy::print_stdout)]

use std::path::PathBuf;

use ressort::document::CharIndex;
use ressort::read::{ReadOptions, Source, Split};
use ressort::{Annotation, Document, Layers, Mention, Pipeline, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, file, count, seed, without @ ..] = arguments.as_slice() else {
        return Err("usage: sample mentions|sentences FILE COUNT SEED [WITHOUT_ID...]".into());
    };
    let (count, mut random) = (count.parse::<usize>()?, Random(seed.parse()?));
    let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build()?;
    let annotated: Vec<(Document, Annotation)> = Source::File(PathBuf::from(file))
        .documents(&ReadOptions { split: Split::None, ..ReadOptions::default() })
        .flatten()
        .map(|document| {
            let mut annotation = pipeline.annotate(&document);
            if what == "mentions" {
                annotation.mentions.retain(|mention| !without.iter().any(|id| id == entity(&pipeline, mention)));
            }
            (document, annotation)
        })
        .collect();
    let size = |annotation: &Annotation| match what.as_str() {
        "mentions" => annotation.mentions.len(),
        _ => annotation.sentences.len(),
    };
    let total: usize = annotated.iter().map(|(_, annotation)| size(annotation)).sum();
    if total == 0 {
        return Err("nothing to draw from".into());
    }
    let mut chosen: Vec<usize> = (0..count).map(|_| random.below(total)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let mut before = 0;
    let mut chosen = chosen.into_iter().peekable();
    for (document, annotation) in &annotated {
        let own = size(annotation);
        let index = CharIndex::new(&document.text);
        while let Some(drawn) = chosen.next_if(|drawn| *drawn < before + own) {
            if what == "mentions" {
                print_mention(&pipeline, document, &index, &annotation.mentions[drawn - before]);
            } else {
                print_sentence(&pipeline, document, &index, annotation, drawn - before);
            }
        }
        before += own;
    }
    Ok(())
}

fn entity<'p>(pipeline: &'p Pipeline, mention: &Mention) -> &'p str {
    mention.entity.map_or("?", |key| pipeline.gazetteer().entity(key).id.as_ref())
}

fn print_mention(pipeline: &Pipeline, document: &Document, index: &CharIndex, mention: &Mention) {
    let Span { start, end } = mention.span;
    let text = &document.text;
    let from = text.floor_char_boundary((start as usize).saturating_sub(90));
    let to = text.ceil_char_boundary((end as usize + 70).min(text.len()));
    println!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}[[{}]]{}",
        document.id,
        index.chars_before(start),
        index.chars_before(end),
        mention.kind,
        entity(pipeline, mention),
        mention.via,
        one_line(&text[from..start as usize]),
        one_line(mention.span.of(text)),
        one_line(&text[end as usize..to]),
    );
}

fn print_sentence(pipeline: &Pipeline, document: &Document, index: &CharIndex, annotation: &Annotation, number: usize) {
    let span = annotation.sentences[number].span;
    let found: Vec<String> = annotation
        .mentions
        .iter()
        .filter(|mention| mention.sentence as usize == number)
        .map(|mention| format!("{} = {}", one_line(mention.span.of(&document.text)), entity(pipeline, mention)))
        .collect();
    println!(
        "{}\t{}\t{}\t{}\t{}",
        document.id,
        index.chars_before(span.start),
        index.chars_before(span.end),
        one_line(span.of(&document.text)),
        found.join("; "),
    );
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// `SplitMix64` (Steele, Lea, Flood 2014): the same seed draws the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) % limit as u64) as usize
    }
}
