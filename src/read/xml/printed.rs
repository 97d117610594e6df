//! Speeches in the running text of a printed protocol.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::document::Document;

/// The line that names who speaks: `Dr. Erika Beispiel (SPD):`, `Erika Beispiel (Musterstadt) (CDU/CSU):`, `Dr. Max Muster,
/// Bundesminister der Finanzen:`, `Vizepräsidentin Petra Muster:`. Old prints have the party in square brackets or the
/// speaker in reverse (`Dr. Schäfer (SPD):`).
static SPEAKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?<chair>(?:Alterspräsident|Präsident|Vizepräsident)(?:in)?)\s+(?<chairname>\p{Lu}[\p{L} .'’-]{2,60})",
        r"|(?<name>(?:Frau |Graf |Freiherr |Dr\. |Prof\. |h\. ?c\. |Dr\.-Ing\. )*\p{Lu}[\p{L} .'’-]{1,60}?)(?: \((?<place>\p{Lu}[\p{L}./ -]{1,30})\))?",
        r"(?:\s?[(\[](?<party>CDU/CSU|CDU|CSU|SPD|F\.D\.P\.|FDP|AfD|PDS(?:/LL|/Linke Liste)?|DIE LINKE|Die Linke|GRÜNE|DIE GRÜNEN|BÜNDNIS ?90/DIE ?GRÜNEN|BSW|fraktionslos|DP|GB/BHE|KPD|BP|Z|SSW)[)\]]",
        r"|, (?<role>(?:Bundes|Staats|Parl|Minister|Beauftragt|Senator|Wehrbeauftragt|Ministerpräsident)[^:]{2,120}))",
        r"):\s*$",
    ))
    .expect("the pattern is well formed")
});

/// A speech is at least so many bytes: shorter are interjections, questions and formulas.
const LEAST_SPEECHES: usize = 2;

/// The speeches of a protocol's text, each with its speaker's line; none where fewer than two such lines stand in it.
/// What the chair says is no speech and is kept beside the one that follows.
pub(super) fn speeches(text: &str) -> Vec<Document> {
    let mut speeches: Vec<Document> = Vec::new();
    let mut chair = String::new();
    let mut by_chair = true;
    let mut body: Vec<&str> = Vec::new();
    let close = |body: &mut Vec<&str>, speeches: &mut Vec<Document>| {
        if let Some(last) = speeches.last_mut() {
            for line in body.drain(..) {
                last.text.push('\n');
                last.text.push_str(line);
            }
            last.text.truncate(last.text.trim_end().len());
        }
        body.clear();
    };
    for line in text.lines() {
        let found = SPEAKER.captures(line.trim());
        let Some(found) = found else {
            if by_chair {
                chair.push_str(line);
                chair.push('\n');
            } else {
                body.push(line);
            }
            continue;
        };
        if !by_chair {
            close(&mut body, &mut speeches);
        }
        by_chair = found.name("chair").is_some();
        if by_chair {
            chair.push_str(line);
            chair.push('\n');
            continue;
        }
        let mut speech = Document::new(line.trim());
        let mut put = |name: &str, value: &str| {
            speech.extra.insert(name.to_owned(), Value::from(value));
        };
        let before = std::mem::take(&mut chair);
        // What stands before the first speech is the table of contents too.
        if !speeches.is_empty() && !before.trim().is_empty() {
            put("chair_before", before.trim());
        }
        for (group, field) in [("name", "speaker"), ("party", "party"), ("role", "role"), ("place", "place")] {
            if let Some(value) = found.name(group) {
                put(field, value.as_str().trim());
            }
        }
        speeches.push(speech);
    }
    if !by_chair {
        close(&mut body, &mut speeches);
    }
    if speeches.len() < LEAST_SPEECHES { Vec::new() } else { speeches }
}
