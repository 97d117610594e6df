//! `ressort gazetteer list`: entities by kind, Land and day.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::{View, known, print_json};
use crate::document::Kind;
use crate::gazetteer::{Entity, EntityKey, Gazetteer};

/// Whose entities to list.
#[derive(Debug, Clone)]
enum Level {
    All,
    Federation,
    Land(String),
}

pub(super) fn list(
    out: &mut impl Write,
    kind: Option<Kind>,
    land: Option<&str>,
    view: &View,
) -> anyhow::Result<ExitCode> {
    let (gazetteer, day) = (view.load()?, view.day()?);
    let level = level(&gazetteer, land)?;
    let belongs = |entity: &Entity| match &level {
        Level::All => true,
        Level::Federation => entity.attributes.land.is_empty() && entity.kind != Kind::Land,
        Level::Land(code) => entity.attributes.land == *code || entity.id.strip_prefix("land:") == Some(code),
    };
    let mut rows: Vec<(EntityKey, &Entity)> = gazetteer
        .entities()
        .filter(|(_, entity)| kind.is_none_or(|kind| entity.kind == kind))
        .filter(|(_, entity)| belongs(entity))
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
        let width = rows.iter().map(|(_, entity)| entity.id.len()).max().unwrap_or(0).min(56);
        for (key, entity) in &rows {
            let name = gazetteer.name_on(*key, day);
            writeln!(out, "{:<width$}  {:<4}  {name}", entity.id, entity.attributes.land)?;
        }
    }
    Ok(ExitCode::from(u8::from(rows.is_empty())))
}

/// `by`, `BY`, `Bayern`, `land:by`, or `bund`.
fn level(gazetteer: &Gazetteer, land: Option<&str>) -> anyhow::Result<Level> {
    let Some(text) = land else { return Ok(Level::All) };
    let code = text.strip_prefix("land:").unwrap_or(text).to_lowercase();
    if code == "bund" {
        return Ok(Level::Federation);
    }
    let lands = || gazetteer.entities().filter(|(_, entity)| entity.kind == Kind::Land);
    let found = lands().find_map(|(_, entity)| {
        let own = entity.id.strip_prefix("land:")?;
        (own == code || entity.name.to_lowercase() == code).then(|| own.to_owned())
    });
    let Some(found) = found else {
        let mut codes: Vec<&str> = lands().filter_map(|(_, entity)| entity.id.strip_prefix("land:")).collect();
        codes.sort_unstable();
        bail!("'{text}' is no Land; write bund or one of {}", codes.join(", "));
    };
    Ok(Level::Land(found))
}
