//! `ressort gazetteer coverage`: how many headings of a subject index the gazetteers know.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::date::{Date, parse_day};
use crate::document::Kind;
use crate::gazetteer::Gazetteer;
use crate::pipeline::{Layers, Pipeline};

/// The share that has to be found.
const ENOUGH: f64 = 0.99;

/// A record of an index: the human headings of a document.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    date: String,
    #[serde(default)]
    descriptors: Vec<String>,
}

/// What a heading names, by its own words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Ministry,
    Land,
    Party,
    Member,
}

impl Class {
    const fn label(self) -> &'static str {
        match self {
            Self::Ministry => "federal ministries",
            Self::Land => "Länder",
            Self::Party => "parties",
            Self::Member => "members of federal governments",
        }
    }

    /// The kinds that are right for it. The ministries were called after their head until 1994: `Der Bundesminister
    /// der Justiz` is both.
    const fn kinds(self, heading: &str) -> &'static [Kind] {
        match self {
            Self::Ministry if heading.len() > 14 && is_head(heading) => &[Kind::Office, Kind::Ministry],
            Self::Ministry => &[Kind::Ministry],
            Self::Land => &[Kind::Land],
            Self::Party => &[Kind::Party],
            Self::Member => &[Kind::Politician],
        }
    }
}

const fn is_head(heading: &str) -> bool {
    // `Bundesminister ` and no `ium` behind it.
    heading.as_bytes()[14] == b' '
}

#[derive(Default)]
struct Counts {
    named: usize,
    found: usize,
    /// Misses, with how often, and the first document's day.
    misses: BTreeMap<String, (usize, String)>,
}

pub(super) fn run(out: &mut impl Write, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build()?;
    let reader = Classes::new(pipeline.gazetteer());
    let mut all: BTreeMap<Class, Counts> = BTreeMap::new();
    for file in files {
        let place = file.display();
        let open: Box<dyn BufRead> = if file.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(BufReader::new(std::fs::File::open(file).with_context(|| format!("cannot read {place}"))?))
        };
        for (number, line) in open.lines().enumerate() {
            let line = line.with_context(|| format!("{place}:{}", number + 1))?;
            let record: Record = serde_json::from_str(&line).with_context(|| format!("{place}:{}", number + 1))?;
            let day: Option<Date> = parse_day(&record.date).ok();
            for heading in &record.descriptors {
                let Some(class) = reader.class(heading) else { continue };
                let counts = all.entry(class).or_default();
                counts.named += 1;
                let first = pipeline.lookup(heading, day).first().map(|reading| reading.kind);
                if first.is_some_and(|kind| class.kinds(heading).contains(&kind)) {
                    counts.found += 1;
                } else {
                    counts.misses.entry(heading.clone()).or_insert((0, record.date.clone())).0 += 1;
                }
            }
        }
    }
    print(out, &all)
}

fn print(out: &mut impl Write, all: &BTreeMap<Class, Counts>) -> anyhow::Result<ExitCode> {
    let share = |found: usize, named: usize| found as f64 / named.max(1) as f64;
    for (class, counts) in all {
        let (found, named) = (counts.found, counts.named);
        writeln!(out, "{:<32} {found:>6} of {named:>6}  {:.4}", class.label(), share(found, named))?;
    }
    let (found, named) =
        all.values().fold((0, 0), |(found, named), counts| (found + counts.found, named + counts.named));
    writeln!(out, "{:<32} {found:>6} of {named:>6}  {:.4}", "all", share(found, named))?;
    for (class, counts) in all {
        for (heading, (times, date)) in &counts.misses {
            writeln!(out, "miss\t{}\t{heading}\t{times}\tfirst {date}", class.label())?;
        }
    }
    Ok(ExitCode::from(u8::from(share(found, named) < ENOUGH)))
}

/// Tells what headings name without asking the lookup that is measured.
struct Classes {
    laender: FxHashSet<String>,
    parties: FxHashSet<String>,
    /// Surname and first letter of the given name of all who held a federal office of government.
    members: FxHashSet<(String, char)>,
}

impl Classes {
    fn new(gazetteer: &Gazetteer) -> Self {
        let names = |kind: Kind| -> FxHashSet<String> {
            gazetteer
                .entities()
                .filter(|(_, entity)| entity.kind == kind)
                .flat_map(|(_, entity)| {
                    entity.names.iter().map(|name| name.text.to_string()).chain([entity.name.to_string()])
                })
                .collect()
        };
        let laender = gazetteer.entities().filter(|(_, entity)| entity.kind == Kind::Land);
        let of_government = |office: &str| {
            office
                .strip_prefix("office:bund/")
                .is_some_and(|path| !path.contains('/') && !matches!(path, "praesident" | "cio" | "kultur"))
        };
        let members = gazetteer
            .mandates()
            .iter()
            .filter(|mandate| of_government(&gazetteer.entity(mandate.office).id))
            .filter_map(|mandate| {
                let name = gazetteer.entity(mandate.person).name.as_ref();
                let (_, surname) = name.rsplit_once(' ')?;
                Some((surname.to_owned(), name.chars().next()?))
            })
            .collect();
        Self { laender: laender.map(|(_, land)| land.name.to_string()).collect(), parties: names(Kind::Party), members }
    }

    fn class(&self, heading: &str) -> Option<Class> {
        let federal = ["Bundesministerium der ", "Bundesministerium des ", "Bundesministerium für "];
        let heads = ["Bundesminister der ", "Bundesminister des ", "Bundesminister für "];
        let plain = ["Auswärtiges Amt", "Bundeskanzleramt"];
        if plain.contains(&heading) || federal.iter().chain(&heads).any(|start| heading.starts_with(start)) {
            return Some(Class::Ministry);
        }
        if self.laender.contains(heading.strip_suffix(", Land").unwrap_or(heading)) {
            return Some(Class::Land);
        }
        if self.parties.contains(heading) {
            return Some(Class::Party);
        }
        let (surname, given) = heading.split_once(", ")?;
        let surname = surname.split(" (").next()?;
        let given = given.trim_start_matches("Prof.").trim_start_matches("Dr.").trim_start();
        self.members.contains(&(surname.to_owned(), given.chars().next()?)).then_some(Class::Member)
    }
}
