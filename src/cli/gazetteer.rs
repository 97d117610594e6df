//! `ressort gazetteer check|lookup`.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use crate::date::parse_day;
use crate::gazetteer::check_embedded;
use crate::pipeline::{Layers, Pipeline};

/// Checks the gazetteers, or says what a name means.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Validates the built-in gazetteers.
    Check,
    /// Says what a name means on a day, best reading first.
    Lookup {
        /// The name: `BMDS`, `Bundesdigitalminister`.
        name: String,
        /// The day; without it, the latest meaning.
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<String>,
        /// How to print it.
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
}

pub(super) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match args.task {
        Task::Check => {
            let problems = check_embedded();
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            Ok(ExitCode::from(u8::from(!problems.is_empty())))
        }
        Task::Lookup { name, date, format } => {
            let day =
                date.as_deref().map(|date| parse_day(date).with_context(|| format!("--date {date}"))).transpose()?;
            let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build()?;
            let gazetteer = pipeline.gazetteer();
            let readings = pipeline.lookup(&name, day);
            if format == "json" {
                let rows: Vec<_> = readings
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
                writeln!(out, "{}", serde_json::to_string_pretty(&rows).map_err(std::io::Error::from)?)?;
            } else {
                for reading in &readings {
                    let holder = reading.holder.map_or("", |key| &gazetteer.entity(key).name);
                    let entity = gazetteer.entity(reading.entity);
                    writeln!(
                        out,
                        "{:<32} {:<12} {:<40} {holder}",
                        entity.id,
                        reading.kind,
                        gazetteer.name_on(reading.entity, day)
                    )?;
                }
            }
            Ok(ExitCode::from(u8::from(readings.is_empty())))
        }
    }
}
