//! `ressort gazetteer check|list|show|lookup|fmt|coverage`.

mod coverage;

mod list;
mod lookup;
mod show;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde_json::Value;

use crate::date::{Date, parse_day};
use crate::document::Kind;
use crate::gazetteer::{Gazetteer, GazetteerBuilder, NameClass, check_embedded, format_table};

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
        /// Only those of this Land (`by`, `Bayern`), or of the Federation (`bund`).
        #[arg(long)]
        land: Option<String>,
        #[command(flatten)]
        view: View,
    },
    /// Shows the whole dated story of one entity: names, words, holders, parts.
    Show {
        /// Its id: ministry:bund/digitales.
        entity: String,
        #[command(flatten)]
        view: View,
    },
    /// Says what a name means on a day and why, best reading first.
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
        Task::List { kind, land, view } => list::list(out, kind, land.as_deref(), &view),
        Task::Show { entity, view } => show::show(out, &entity, &view),
        Task::Lookup { name, view } => lookup::lookup(out, &name, &view),
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
