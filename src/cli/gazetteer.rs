//! `ressort gazetteer check|list|show|lookup|fmt|coverage`.

mod coverage;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::date::{Date, Period, parse_day};
use crate::document::Kind;
use crate::gazetteer::{Entity, EntityKey, Gazetteer, GazetteerBuilder, NameClass, check_embedded, format_table};
use crate::pipeline::{Layers, Pipeline, PipelineBuilder};

/// Checks and shows the gazetteers, or says what a name means.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Validates the built-in gazetteers, or files of your own beside them.
    Check {
        /// Gazetteers of your own (TSV or CSV).
        files: Vec<PathBuf>,
    },
    /// Lists entities.
    List {
        /// Only this kind: ministry, politician, land …
        #[arg(long)]
        kind: Option<Kind>,
        #[command(flatten)]
        view: View,
    },
    /// Shows all that is known about one entity.
    Show {
        /// Its id: ministry:bund/digitales.
        entity: String,
        #[command(flatten)]
        view: View,
    },
    /// Says what a name means on a day, best reading first.
    Lookup {
        /// The name: `BMDS`, `Bundesdigitalminister`.
        name: String,
        #[command(flatten)]
        view: View,
    },
    /// Brings gazetteer files into their normal form: sorted, without stray blanks, letters composed.
    Fmt {
        /// The files; they are changed in place.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Change nothing; exit code 1 where a file would change.
        #[arg(long)]
        check: bool,
    },
    /// Measures how many headings of a subject index are known: ministries of the Federation, Länder, parties, members
    /// of federal governments (`Kohl, Dr.Helmut`). Prints the misses; exit code 1 below 99 %.
    Coverage {
        /// JSON Lines with `descriptors` (a list of headings) and `date`; `-` reads standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Debug, clap::Args)]
struct View {
    /// The day; without it, the latest meaning.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
    /// Gazetteer of your own (TSV or CSV); can be given several times.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

impl View {
    fn day(&self) -> anyhow::Result<Option<Date>> {
        self.date.as_deref().map(|date| parse_day(date).with_context(|| format!("--date {date}"))).transpose()
    }

    fn is_json(&self) -> bool {
        self.format == "json"
    }

    fn load(&self) -> anyhow::Result<Gazetteer> {
        Ok(self.gazetteer.iter().fold(Gazetteer::builder(), GazetteerBuilder::file).build()?)
    }
}

pub(super) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let out = &mut std::io::stdout().lock();
    match args.task {
        Task::Check { files } => check(out, &files),
        Task::List { kind, view } => list(out, kind, &view),
        Task::Show { entity, view } => show(out, &entity, &view),
        Task::Lookup { name, view } => lookup(out, &name, &view),
        Task::Fmt { files, check } => fmt(out, &files, check),
        Task::Coverage { files } => coverage::run(out, &files),
    }
}

fn check(out: &mut impl Write, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut sound = true;
    for problem in check_embedded() {
        writeln!(out, "{problem}")?;
        sound = false;
    }
    for file in files {
        if let Err(error) = Gazetteer::builder().file(file).build() {
            writeln!(out, "{error}")?;
            sound = false;
        }
    }
    if sound {
        writeln!(out, "{} entities, no problems", Gazetteer::embedded().entities().len())?;
    }
    Ok(ExitCode::from(u8::from(!sound)))
}

fn list(out: &mut impl Write, kind: Option<Kind>, view: &View) -> anyhow::Result<ExitCode> {
    let (gazetteer, day) = (view.load()?, view.day()?);
    let mut rows: Vec<(EntityKey, &Entity)> = gazetteer
        .entities()
        .filter(|(_, entity)| kind.is_none_or(|kind| entity.kind == kind))
        .filter(|(_, entity)| day.is_none_or(|day| entity.attributes.valid.contains(day)))
        .collect();
    rows.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    if view.is_json() {
        let rows: Vec<Value> = rows
            .iter()
            .map(|(key, entity)| {
                json!({
                    "entity": entity.id,
                    "kind": entity.kind.as_str(),
                    "name": gazetteer.name_on(*key, day),
                    "land": known(&entity.attributes.land),
                    "party": known(&entity.attributes.party),
                })
            })
            .collect();
        print_json(out, &rows)?;
    } else {
        for (key, entity) in &rows {
            writeln!(out, "{:<48} {}", entity.id, gazetteer.name_on(*key, day))?;
        }
    }
    Ok(ExitCode::from(u8::from(rows.is_empty())))
}

fn show(out: &mut impl Write, id: &str, view: &View) -> anyhow::Result<ExitCode> {
    let (gazetteer, day) = (view.load()?, view.day()?);
    let Some(key) = gazetteer.get(id) else {
        bail!("'{id}' is no entity of the gazetteers; 'ressort gazetteer lookup NAME' finds the id of a name");
    };
    let entity = gazetteer.entity(key);
    let during = |period: Period| day.is_none_or(|day| period.contains(day));
    let names: Vec<_> = entity.names.iter().filter(|name| during(name.valid)).collect();
    // From an office to its holders, from a person to the offices.
    let mandates: Vec<_> = gazetteer
        .mandates()
        .iter()
        .filter(|mandate| (mandate.office == key || mandate.person == key) && during(mandate.period))
        .map(|mandate| (if mandate.office == key { mandate.person } else { mandate.office }, mandate))
        .collect();
    let facts = &entity.attributes;
    let attributes = [
        ("land", &facts.land),
        ("party", &facts.party),
        ("born", &facts.born),
        ("wikidata", &facts.wikidata),
        ("ags", &facts.ags),
        ("iso", &facts.iso),
        ("parent", &facts.parent),
        ("note", &facts.note),
        ("source", &facts.source),
    ];
    if view.is_json() {
        let mut object =
            json!({ "entity": entity.id, "kind": entity.kind.as_str(), "name": gazetteer.name_on(key, day) });
        for (name, value) in attributes {
            object[name] = known(value);
        }
        object["valid"] = period_json(facts.valid);
        object["names"] = names
            .iter()
            .map(|name| json!({ "text": name.text, "class": class(name.class), "valid": period_json(name.valid) }))
            .collect();
        object["mandates"] = mandates
            .iter()
            .map(|(other, mandate)| {
                json!({
                    "entity": gazetteer.entity(*other).id,
                    "name": gazetteer.entity(*other).name,
                    "valid": period_json(mandate.period),
                    "acting": mandate.acting,
                })
            })
            .collect();
        print_json(out, &object)?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{}  {}  {}", entity.id, entity.kind, gazetteer.name_on(key, day))?;
    writeln!(out, "  {:<13} {}", "valid", facts.valid)?;
    for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "  {name:<13} {value}")?;
    }
    for name in names {
        writeln!(out, "  {:<13} {}  {}", class(name.class), name.text, name.valid)?;
    }
    for (other, mandate) in mandates {
        let acting = if mandate.acting { ", acting" } else { "" };
        let other = gazetteer.entity(other);
        writeln!(out, "  {:<13} {} ({})  {}{acting}", "mandate", other.name, other.id, mandate.period)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn lookup(out: &mut impl Write, name: &str, view: &View) -> anyhow::Result<ExitCode> {
    let day = view.day()?;
    let builder = Pipeline::builder().layers(Layers { mentions: true, topics: false });
    let pipeline = view.gazetteer.iter().fold(builder, PipelineBuilder::gazetteer_file).build()?;
    let gazetteer = pipeline.gazetteer();
    let readings = pipeline.lookup(name, day);
    if view.is_json() {
        let rows: Vec<Value> = readings
            .iter()
            .map(|reading| {
                json!({
                    "entity": gazetteer.entity(reading.entity).id,
                    "kind": reading.kind.as_str(),
                    "name": gazetteer.name_on(reading.entity, day),
                    "via": reading.via.as_str(),
                    "holder": reading.holder.map(|key| &gazetteer.entity(key).id),
                })
            })
            .collect();
        print_json(out, &rows)?;
    } else {
        for reading in &readings {
            let holder = reading.holder.map_or("", |key| &gazetteer.entity(key).name);
            let entity = gazetteer.entity(reading.entity);
            let name = gazetteer.name_on(reading.entity, day);
            writeln!(out, "{:<32} {:<12} {name:<40} {holder}", entity.id, reading.kind)?;
        }
    }
    Ok(ExitCode::from(u8::from(readings.is_empty())))
}

fn fmt(out: &mut impl Write, files: &[PathBuf], check: bool) -> anyhow::Result<ExitCode> {
    let mut changes = false;
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let tidy = format_table(&text);
        if tidy == text {
            continue;
        }
        changes = true;
        writeln!(out, "{}", file.display())?;
        if !check {
            replace(file, &tidy).with_context(|| format!("cannot write {}", file.display()))?;
        }
    }
    Ok(ExitCode::from(u8::from(check && changes)))
}

/// Writes beside the file first, so that a full disk does not cost the user the file.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let part = file.with_extension("part");
    std::fs::write(&part, text)?;
    std::fs::rename(part, file)
}

fn print_json(out: &mut impl Write, value: &impl serde::Serialize) -> anyhow::Result<()> {
    writeln!(out, "{}", serde_json::to_string_pretty(value).map_err(std::io::Error::from)?)?;
    Ok(())
}

/// An unknown fact is null.
fn known(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

fn period_json(period: Period) -> Value {
    json!({ "from": period.from.map(|day| day.to_string()), "to": period.to.map(|day| day.to_string()) })
}

fn class(class: NameClass) -> &'static str {
    match class {
        NameClass::Full => "name",
        NameClass::Short => "short name",
        NameClass::Abbreviation => "abbreviation",
        NameClass::Adjective => "adjective",
        NameClass::Demonym => "demonym",
        NameClass::Surname => "surname",
    }
}
