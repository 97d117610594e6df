//! Holds what is found against the names that people annotated in `GermEval` 2014 (Wikipedia and news, without dates).
//!
//! `cargo run --release --example germeval -- dev.tsv` prints how many of the annotated places that bear the name of a
//! Land are found as a Land, and how many of the mentions of Länder, politicians, parties and ministries lie on an
//! annotated name, outer or inner, with derived words and parts of words. What is left over follows, a line each.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;

use ressort::{Document, Kind, Layers, Pipeline, Span};

/// The Länder in the forms that German has of them, and whether a city bears the name, too.
const LAENDER: [(&str, bool); 17] = [
    ("Baden-Württemberg", false),
    ("Bayern", false),
    ("Berlin", true),
    ("Brandenburg", false),
    ("Bremen", true),
    ("Hamburg", true),
    ("Hessen", false),
    ("Mecklenburg-Vorpommern", false),
    ("Niedersachsen", false),
    ("Nordrhein-Westfalen", false),
    ("Rheinland-Pfalz", false),
    ("Saarland", false),
    ("Saarlande", false),
    ("Sachsen", false),
    ("Sachsen-Anhalt", false),
    ("Schleswig-Holstein", false),
    ("Thüringen", false),
];

/// A name of the gold: its span and its tag (`LOC`, `PERpart`).
struct Name {
    span: Span,
    tag: String,
}

/// A sentence of the gold, its tokens joined by spaces.
#[derive(Default)]
struct Sentence {
    text: String,
    names: Vec<Name>,
}

impl Sentence {
    fn push(&mut self, line: &str) {
        let mut columns = line.split('\t').skip(1);
        let token = columns.next().unwrap_or_default();
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len() as u32;
        self.text.push_str(token);
        let end = self.text.len() as u32;
        for (level, tag) in columns.enumerate() {
            let level = format!("/{level}");
            if let Some(tag) = tag.strip_prefix("B-") {
                self.names.push(Name { span: Span::new(start, end), tag: tag.to_owned() + &level });
            } else if let Some(tag) = tag.strip_prefix("I-") {
                let tag = tag.to_owned() + &level;
                if let Some(name) = self.names.iter_mut().rev().find(|name| name.tag == tag) {
                    name.span = Span::new(name.span.start, end);
                }
            }
        }
    }
}

fn sentences(table: &str) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::default()];
    for line in table.lines() {
        if line.trim().is_empty() {
            sentences.push(Sentence::default());
        } else if !line.starts_with('#') {
            sentences.last_mut().expect("there is always one").push(line);
        }
    }
    sentences
}

/// Whether an annotated name is that of a Land, with or without genitive, and whether a city bears it.
fn land(name: &str) -> Option<bool> {
    let bare = name.strip_suffix('s').unwrap_or(name);
    LAENDER.iter().find(|(land, _)| *land == name || *land == bare).map(|&(_, city)| city)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: germeval FILE")?;
    let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build()?;
    let (mut laender, mut cities, mut on_names) = (Share::default(), Share::default(), Share::default());
    let mut by_kind: BTreeMap<&str, Share> = BTreeMap::new();
    for sentence in sentences(&std::fs::read_to_string(path)?) {
        let annotation = pipeline.annotate(&Document::new(sentence.text.as_str()));
        for name in sentence.names.iter().filter(|name| name.tag.starts_with("LOC/")) {
            let Some(city) = land(name.span.of(&sentence.text)) else { continue };
            let over = annotation.mentions.iter().find(|mention| overlap(mention.span, name.span));
            let hit = over.is_some_and(|mention| mention.kind == Kind::Land && mention.span == name.span);
            let share = if city { &mut cities } else { &mut laender };
            let found = over.map_or("nothing", |mention| mention.kind.as_str());
            share.add(hit, || format!("{found}\t{}", marked(&sentence.text, name.span)));
        }
        for mention in &annotation.mentions {
            if !matches!(mention.kind, Kind::Land | Kind::Politician | Kind::Party | Kind::Ministry) {
                continue;
            }
            let hit = sentence.names.iter().any(|name| overlap(name.span, mention.span));
            let entity = mention.entity.map_or("?", |key| pipeline.gazetteer().entity(key).id.as_ref());
            on_names.add(hit, || format!("{entity}\t{}", marked(&sentence.text, mention.span)));
            by_kind.entry(mention.kind.as_str()).or_default().add(hit, String::new);
        }
    }
    laender.print("annotated names of Länder that no city bears, found as a Land");
    cities.print("annotated Berlin, Bremen and Hamburg, found as a Land (city readings included)");
    on_names.print("mentions of Länder, politicians, parties and ministries on an annotated name");
    for (kind, share) in &by_kind {
        println!("  {kind}: {} of {}", share.hits, share.all);
    }
    Ok(())
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

fn marked(text: &str, span: Span) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    format!("{}[[{}]]{}", &text[..start], &text[start..end], &text[end..])
}

#[derive(Default)]
struct Share {
    hits: usize,
    all: usize,
    rest: Vec<String>,
}

impl Share {
    fn add(&mut self, hit: bool, left_over: impl FnOnce() -> String) {
        self.all += 1;
        if hit {
            self.hits += 1;
        } else {
            self.rest.push(left_over());
        }
    }

    fn print(&self, what: &str) {
        let share = 100.0 * self.hits as f64 / self.all.max(1) as f64;
        println!("{share:.1} % ({} of {}) {what}", self.hits, self.all);
        for line in &self.rest {
            println!("  {line}");
        }
    }
}
