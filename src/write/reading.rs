//! What a name means, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::date::{Date, Period};
use crate::gazetteer::Gazetteer;
use crate::pipeline::NameReading;

/// A reading of `name` as a JSON object, as `ressort gazetteer lookup --format json` prints it.
///
/// ```
/// use ressort::Pipeline;
/// use ressort::write::reading_object;
///
/// let pipeline = Pipeline::builder().build()?;
/// let day = Some("2023-11-21".parse()?);
/// let reading = &pipeline.lookup("Bundesdigitalminister", day)[0];
/// let object = reading_object(pipeline.gazetteer(), "Bundesdigitalminister", reading, day);
/// assert_eq!(object["holder"], "politician:volker-wissing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn reading_object(
    gazetteer: &Gazetteer,
    name: &str,
    reading: &NameReading,
    day: Option<Date>,
) -> Map<String, Value> {
    let fields = [
        ("entity", gazetteer.entity(reading.entity).id.as_ref().into()),
        ("kind", reading.kind.as_str().into()),
        ("name", gazetteer.name_on(reading.entity, day).into()),
        ("via", reading.via.as_str().into()),
        ("holder", reading.holder.map(|key| gazetteer.entity(key).id.as_ref()).into()),
        ("valid", period_object(reading.period)),
        ("why", reading_reason(gazetteer, name, reading, day).into()),
    ];
    fields.into_iter().map(|(field, value): (&str, Value)| (field.to_owned(), value)).collect()
}

/// A period as a JSON object; an open end is null.
pub(crate) fn period_object(period: Period) -> Value {
    json!({ "from": period.from.map(|day| day.to_string()), "to": period.to.map(|day| day.to_string()) })
}

/// One sentence: how the name says it, since when, who held the office, what a text must have beside it.
///
/// ```
/// use ressort::Pipeline;
/// use ressort::write::reading_reason;
///
/// let pipeline = Pipeline::builder().build()?;
/// let reading = &pipeline.lookup("BMDS", None)[0];
/// assert!(reading_reason(pipeline.gazetteer(), "BMDS", reading, None).contains("via abbreviation"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn reading_reason(gazetteer: &Gazetteer, name: &str, reading: &NameReading, day: Option<Date>) -> String {
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
