//! `ressort gazetteer lookup`: what a name means on a day, and why.

use std::fmt::Write as _;
use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{View, period_json, print_json};
use crate::date::Date;
use crate::gazetteer::Gazetteer;
use crate::pipeline::{Layers, NameReading, Pipeline, PipelineBuilder};

pub(super) fn lookup(out: &mut impl Write, name: &str, view: &View) -> anyhow::Result<ExitCode> {
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
                    "valid": period_json(reading.period),
                    "why": why(gazetteer, name, reading, day),
                })
            })
            .collect();
        print_json(out, &rows)?;
    } else {
        for reading in &readings {
            let entity = gazetteer.entity(reading.entity);
            writeln!(out, "{:<32} {:<12} {}", entity.id, reading.kind, gazetteer.name_on(reading.entity, day))?;
            writeln!(out, "    {}", why(gazetteer, name, reading, day))?;
        }
    }
    Ok(ExitCode::from(u8::from(readings.is_empty())))
}

/// One sentence: how the name says it, since when, who held the office, what a text must have beside it.
fn why(gazetteer: &Gazetteer, name: &str, reading: &NameReading, day: Option<Date>) -> String {
    let mut why = match (reading.period.is_always(), reading.valid, day) {
        (true, ..) => format!("'{name}' names it at all times"),
        (false, true, _) => format!("'{name}' names it ({})", reading.period),
        (false, false, Some(day)) => format!("'{name}' did not name it on {day}, but {}", reading.period),
        (false, false, None) => format!("'{name}' named it {}", reading.period),
    };
    let _ = write!(why, ", via {}", reading.via.as_str()); // a String takes everything
    if let Some(holder) = reading.holder {
        let holder = gazetteer.entity(holder);
        let when = day.map_or_else(|| "now".to_owned(), |day| format!("on {day}"));
        let _ = write!(why, "; held {when} by {} ({})", holder.name, holder.id);
    }
    let rule = reading.rule.to_string();
    if !rule.is_empty() {
        let _ = write!(why, "; in a text it needs {rule}");
    }
    why
}
