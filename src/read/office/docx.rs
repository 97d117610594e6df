//! `word/document.xml` of Office Open XML.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;

use super::super::xml_text::resolved;
use super::text::{Builder, Paragraph};
use super::{Archive, MOST_OF_PART, part_of};

/// The paragraphs of the text with their notes; what was deleted under tracking of changes, and the codes of fields, are
/// left out.
pub(super) fn paragraphs(archive: &mut Archive<'_>, limit: u64) -> Result<Vec<Paragraph>, String> {
    let mut notes = FxHashMap::default();
    for part in ["footnotes", "endnotes"] {
        if let Ok(xml) = part_of(archive, &format!("word/{part}.xml"), MOST_OF_PART) {
            notes_of(&xml, &part[..part.len() - 1], &mut notes);
        }
    }
    // The styles of a German Word are called `Titel` and `berschrift1`; their English names stand in another part.
    let styles = part_of(archive, "word/styles.xml", MOST_OF_PART).map(|xml| titles(&xml)).unwrap_or_default();
    // Word for the web calls it `word/document2.xml`.
    let is_main = |name: &String| {
        let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let names = archive.file_names().filter_map(Result::ok).map(Cow::into_owned);
    let main = names.filter(is_main).min().unwrap_or_else(|| "word/document.xml".to_owned());
    let xml = part_of(archive, &main, limit)?;
    let mut builder = Builder::default();
    read(&xml, &mut builder, &styles, &notes)?;
    Ok(builder.paragraphs)
}

/// The identifiers of the styles of headlines, with whether it is that of the title.
fn titles(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut id, mut found) = (String::new(), Vec::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "style" => {
                id = value(&start, "styleId").unwrap_or_default();
            }
            Event::Empty(start) if start.local_name().as_ref() == "name" => {
                let name = value(&start, "val").unwrap_or_default().to_lowercase();
                if matches!(name.as_str(), "title" | "heading 1") {
                    found.push(std::mem::take(&mut id));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

fn notes_of(xml: &str, element: &str, notes: &mut FxHashMap<String, String>) {
    let mut reader = Reader::from_str(xml);
    let (mut id, mut text) = (None, String::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.local_name().as_ref() == element => {
                // The lines above notes are notes too, with a type of their own.
                id = value(&start, "id").filter(|_| value(&start, "type").is_none());
                text.clear();
            }
            Event::End(end) if end.local_name().as_ref() == element => {
                if let Some(id) = id.take() {
                    notes.insert(format!("{element}{id}"), text.trim().to_owned());
                }
            }
            Event::End(end) if end.local_name().as_ref() == "p" => text.push(' '),
            Event::Text(part) => text.push_str(&part.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) => text.push_str(&resolved(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
}

fn read(xml: &str, builder: &mut Builder, titles: &[String], notes: &FxHashMap<String, String>) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    // Within `<w:t>` is text; what was deleted is in `<w:delText>`, a field's code in `<w:instrText>`. A picture stands
    // twice, for old programs in `<mc:Fallback>`.
    let (mut in_text, mut fallback) = (false, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| format!("the text is broken ({error}); save the file anew"))?;
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "Fallback" => fallback += 1,
                "t" => in_text = true,
                "tr" => builder.begin_row(),
                "tc" => builder.begin_cell(),
                _ => mark(&start, builder, titles, notes),
            },
            Event::Empty(start) => mark(&start, builder, titles, notes),
            Event::End(end) => match end.local_name().as_ref() {
                "Fallback" => fallback = fallback.saturating_sub(1),
                "t" => in_text = false,
                "p" => builder.end_paragraph(),
                "tr" => builder.end_row(),
                _ => {}
            },
            Event::Text(text) if in_text && fallback == 0 => builder.push(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) if in_text && fallback == 0 => builder.push(&text.into_inner()),
            Event::GeneralRef(name) if in_text && fallback == 0 => builder.push(&resolved(&name)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn mark(start: &BytesStart<'_>, builder: &mut Builder, titles: &[String], notes: &FxHashMap<String, String>) {
    match start.local_name().as_ref() {
        "pStyle" if value(start, "val").is_some_and(|style| titles.contains(&style)) => builder.is_title(),
        "tab" | "ptab" => builder.push("\t"),
        "br" | "cr" => builder.push("\n"),
        "noBreakHyphen" => builder.push("\u{2011}"),
        "softHyphen" => builder.push("\u{ad}"),
        name @ ("footnoteReference" | "endnoteReference") => {
            let key = value(start, "id").map(|id| format!("{}{id}", name.trim_end_matches("Reference")));
            if let Some(note) = key.and_then(|key| notes.get(&key)) {
                builder.begin_note();
                builder.push(note);
                builder.end_note();
            }
        }
        _ => {}
    }
}

fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}
