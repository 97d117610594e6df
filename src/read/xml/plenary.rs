//! Plenary protocols of the Bundestag since its 19th term: one document per speech.

use serde_json::{Map, Value};

use super::tree::Element;
use crate::date::Date;
use crate::document::{DateSource, Document};
use crate::read::{line_date, stamp_date};

/// The speeches of a protocol, those given in writing included; the protocol as one document where it has none.
///
/// The text of a speech begins with the line that names its speaker, as in print, and holds the questions put in between
/// with theirs. What is not said by a speaker is kept beside it, in [`Document::extra`]: interjections and applause
/// (`comments`), and what the chair says before a speech and after the last one (`chair_before`, `chair_after`).
pub(super) fn speeches(root: &Element) -> Vec<Document> {
    let session = Session::of(root);
    let mut reader = Reader { session: &session, speeches: Vec::new(), chair: String::new() };
    reader.walk(root, &Agenda::default());
    let chair = reader.chair;
    let mut speeches = reader.speeches;
    if let Some(last) = speeches.last_mut() {
        put(&mut last.extra, "chair_after", Some(chair));
        return speeches;
    }
    let mut lines = Vec::new();
    root.lines(&mut lines);
    let mut whole = Document::new(lines.join("\n"));
    session.describe(&mut whole);
    vec![whole]
}

/// What is the same for all speeches of a protocol.
struct Session {
    term: Option<String>,
    number: Option<String>,
    date: Option<Date>,
}

impl Session {
    fn of(root: &Element) -> Self {
        let told = |attribute: &str, element: &str| {
            root.attribute(attribute).map(str::to_owned).or_else(|| root.text_of(element))
        };
        let date = root.attribute("sitzung-datum").and_then(stamp_date).or_else(|| {
            let date = root
                .named("veranstaltungsdaten")
                .and_then(|event| event.named("datum"))
                .or_else(|| root.named("datum"))?;
            date.attribute("date").and_then(stamp_date).or_else(|| stamp_date(&date.text()))
        });
        Self { term: told("wahlperiode", "wahlperiode"), number: told("sitzung-nr", "sitzungsnr"), date }
    }

    fn describe(&self, document: &mut Document) {
        document.date = self.date.or_else(|| line_date(&document.text));
        document.date_source = document.date.map(|_| DateSource::Record);
        document.language = Some("de".to_owned());
        put(&mut document.extra, "term", self.term.clone());
        put(&mut document.extra, "session", self.number.clone());
    }
}

/// The agenda item under which is spoken.
#[derive(Debug, Clone, Default)]
struct Agenda {
    item: Option<String>,
    title: Option<String>,
}

struct Reader<'s> {
    session: &'s Session,
    speeches: Vec<Document>,
    /// What the chair has said since the last speech.
    chair: String,
}

impl Reader<'_> {
    fn walk(&mut self, element: &Element, agenda: &Agenda) {
        for inner in element.elements() {
            match inner.name.as_str() {
                "rede" => self.speech(inner, agenda),
                "vorspann" | "rednerliste" | "kopfdaten" => {}
                "tagesordnungspunkt" | "anlagen-text" => self.walk(inner, &agenda_of(inner)),
                "sitzungsbeginn" => {
                    let agenda = Agenda { item: Some("Sitzungsbeginn".to_owned()), title: None };
                    self.walk(inner, &agenda);
                }
                "p" | "name" if element.is("tagesordnungspunkt") || element.is("sitzungsbeginn") => {
                    line(&mut self.chair, &said(inner));
                }
                _ => self.walk(inner, agenda),
            }
        }
    }

    fn speech(&mut self, speech: &Element, agenda: &Agenda) {
        let mut extra = Map::new();
        put(&mut extra, "chair_before", Some(std::mem::take(&mut self.chair)));
        let mut comments = Vec::new();
        let mut text = String::new();
        let mut speaker: Option<&Element> = None;
        // The chair speaks from `<name>` to the next line that names a speaker; at the end, it is no part of the speech.
        let mut chair: Option<String> = None;
        for inner in speech.elements() {
            match inner.name.as_str() {
                "kommentar" => comments.push(Value::from(inner.text())),
                "name" => line(chair.get_or_insert_default(), &inner.text()),
                "p" if inner.named("redner").is_some() => {
                    if let Some(chair) = chair.take() {
                        line(&mut text, &chair);
                    }
                    let named = inner.named("redner").expect("it was just found");
                    speaker = speaker.or(Some(named));
                    let printed = inner.text_without(|part| part.is("redner"));
                    line(&mut text, &if printed.is_empty() { printed_name(named) + ":" } else { printed });
                }
                _ => line(chair.as_mut().unwrap_or(&mut text), &said(inner)),
            }
        }
        self.chair = chair.unwrap_or_default();
        put(&mut extra, "speech", speech.attribute("id").map(str::to_owned));
        if let Some(speaker) = speaker {
            put(&mut extra, "speaker", Some(name(speaker)));
            put(&mut extra, "speaker_id", speaker.attribute("id").map(str::to_owned));
            put(&mut extra, "party", speaker.text_of("fraktion"));
            put(&mut extra, "role", speaker.text_of("rolle_lang").or_else(|| speaker.text_of("rolle_kurz")));
            put(&mut extra, "land", speaker.text_of("bdland"));
        }
        put(&mut extra, "agenda_item", agenda.item.clone());
        put(&mut extra, "agenda_title", agenda.title.clone());
        if !comments.is_empty() {
            extra.insert("comments".to_owned(), Value::Array(comments));
        }
        let mut document = Document { extra, ..Document::new(text) };
        self.session.describe(&mut document);
        self.speeches.push(document);
    }
}

/// The item's number, and its titles as they are called up.
fn agenda_of(element: &Element) -> Agenda {
    let item = element.attribute("top-id").or_else(|| element.attribute("anlagen-typ")).map(str::to_owned);
    let class =
        |paragraph: &Element, start: &str| paragraph.attribute("klasse").is_some_and(|class| class.starts_with(start));
    let paragraphs = || element.elements().filter(|inner| inner.is("p"));
    let bold: Vec<String> = paragraphs()
        .filter(|paragraph| class(paragraph, "T_fett"))
        .map(Element::text)
        .filter(|text| !text.starts_with("Drucksache"))
        .collect();
    let mut titles = bold;
    if titles.is_empty() {
        titles.extend(paragraphs().filter(|paragraph| class(paragraph, "T_NaS")).map(Element::text));
    }
    Agenda { item, title: (!titles.is_empty()).then(|| titles.join("; ")) }
}

/// The words of a paragraph, without the numbers of notes and the notes.
fn said(element: &Element) -> String {
    let note = |part: &Element| part.is("sup") || part.is("fussnote") || part.is("kommentar") || part.is("a");
    element.text_without(note)
}

/// `Dr. Erika Beispiel`; particles (`von`, `Graf`) stand before the family name.
fn name(speaker: &Element) -> String {
    let parts = ["titel", "vorname", "namenszusatz", "nachname"];
    let parts: Vec<String> = parts.iter().filter_map(|part| speaker.text_of(part)).collect();
    parts.join(" ")
}

fn printed_name(speaker: &Element) -> String {
    let role = speaker.text_of("rolle_lang").map(|role| format!(", {role}"));
    let party = || speaker.text_of("fraktion").map(|party| format!(" ({party})"));
    name(speaker) + &role.or_else(party).unwrap_or_default()
}

fn line(text: &mut String, line: &str) {
    if !line.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}

fn put(extra: &mut Map<String, Value>, name: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        extra.insert(name.to_owned(), Value::from(value));
    }
}
