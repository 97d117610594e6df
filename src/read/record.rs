//! A line of JSON Lines becomes a [`Document`].

use serde_json::Value;

use crate::date::parse_day;
use crate::document::{DateSource, Document};

/// Why a record is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The line is no JSON object.
    #[error("expected a JSON object on one line: {0}")]
    Json(String),
    /// The record has no text.
    #[error("the record has no field 'text' (a string)")]
    NoText,
    /// The date is none.
    #[error("the field 'date' is no day written YYYY-MM-DD: '{0}'")]
    Date(String),
}

/// Reads one line of JSON Lines: `text` is required (or `abstract`, to which a title is put before it), `id`, `title`
/// and `date` are known, all other fields are kept in [`Document::extra`].
///
/// # Errors
/// [`RecordError`] where the line is no such record.
///
/// ```
/// let document = ressort::read::record(r#"{"text":"Das BMDS lädt ein.","date":"2025-10-08"}"#)?;
/// assert_eq!(document.text, "Das BMDS lädt ein.");
/// # Ok::<(), ressort::read::RecordError>(())
/// ```
pub fn record(line: &str) -> Result<Document, RecordError> {
    let value: Value = serde_json::from_str(line).map_err(|error| RecordError::Json(error.to_string()))?;
    let Value::Object(mut fields) = value else {
        return Err(RecordError::Json("another JSON value stands there".to_owned()));
    };
    let mut string = |name: &str| match fields.shift_remove(name) {
        Some(Value::String(text)) => Some(text),
        Some(other) => {
            fields.insert(name.to_owned(), other);
            None
        }
        None => None,
    };
    let (id, title, date) = (string("id"), string("title"), string("date"));
    let text = if let Some(text) = string("text") {
        text
    } else {
        let body = string("abstract").ok_or(RecordError::NoText)?;
        title.as_ref().map_or_else(|| body.clone(), |title| format!("{title}\n{body}"))
    };
    let day = match date.as_deref().filter(|date| !date.is_empty()) {
        None => None,
        Some(date) => {
            let day = date.get(..10).unwrap_or(date);
            Some(parse_day(day).map_err(|_| RecordError::Date(date.to_owned()))?)
        }
    };
    Ok(Document {
        id: id.unwrap_or_default(),
        title,
        date: day,
        date_source: day.map(|_| DateSource::Record),
        text,
        extra: fields,
        ..Document::default()
    })
}
