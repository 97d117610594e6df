//! `ressort gazetteer lookup`: what a name means on a day, and why.

use std::io::Write;
use std::process::ExitCode;

use super::{View, print_json};
use crate::pipeline::{Layers, Pipeline, PipelineBuilder};
use crate::write::{reading_object, reading_reason};

pub(super) fn lookup(out: &mut impl Write, name: &str, view: &View) -> anyhow::Result<ExitCode> {
    let day = view.day()?;
    let builder = Pipeline::builder().layers(Layers { mentions: true, topics: false });
    let pipeline = view.gazetteer.iter().fold(builder, PipelineBuilder::gazetteer_file).build()?;
    let gazetteer = pipeline.gazetteer();
    let readings = pipeline.lookup(name, day);
    if view.is_json() {
        let rows: Vec<_> = readings.iter().map(|reading| reading_object(gazetteer, name, reading, day)).collect();
        print_json(out, &rows)?;
    } else {
        for reading in &readings {
            let entity = gazetteer.entity(reading.entity);
            writeln!(out, "{:<32} {:<12} {}", entity.id, reading.kind, gazetteer.name_on(reading.entity, day))?;
            writeln!(out, "    {}", reading_reason(gazetteer, name, reading, day))?;
        }
    }
    Ok(ExitCode::from(u8::from(readings.is_empty())))
}
