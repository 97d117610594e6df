//! `content.xml` of OpenDocument.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;

use super::super::xml_text::resolved;
use super::text::{Builder, Paragraph};
use super::{Archive, part_of};

/// So many blanks at most stand for one element.
const MOST_BLANKS: usize = 100;

/// The paragraphs of the text with their notes; what was deleted under tracking of changes, and remarks, are left out.
pub(super) fn paragraphs(archive: &mut Archive<'_>, limit: u64) -> Result<Vec<Paragraph>, String> {
    let xml = part_of(archive, "content.xml", limit)?;
    let mut builder = Builder::default();
    read(&xml, &mut builder)?;
    Ok(builder.paragraphs)
}

fn read(xml: &str, builder: &mut Builder) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    // A paragraph with a format of its own has an automatic style, whose parent is the one that the user chose.
    let mut parents: FxHashMap<String, String> = FxHashMap::default();
    let (mut in_body, mut left_out, mut paragraphs) = (false, 0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| format!("the text is broken ({error}); save the file anew"))?;
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "text" if start.name().as_ref() == "office:text" => in_body = true,
                "tracked-changes" | "annotation" | "note-citation" | "forms" | "desc" | "title" => left_out += 1,
                "style" => style(&start, &mut parents),
                name if in_body && left_out == 0 => match name {
                    "h" | "p" => {
                        paragraphs += 1;
                        let chosen = value(&start, "style-name").unwrap_or_default();
                        let base = parents.get(&chosen).unwrap_or(&chosen);
                        let heading = name == "h" && value(&start, "outline-level").as_deref() == Some("1");
                        if heading || base == "Title" || base == "Titel" {
                            builder.is_title();
                        }
                    }
                    "note" => builder.begin_note(),
                    "table-row" => builder.begin_row(),
                    "table-cell" | "covered-table-cell" => builder.begin_cell(),
                    _ => blank(&start, builder),
                },
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "style" => style(&start, &mut parents),
            Event::Empty(start) if in_body && left_out == 0 => match start.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => builder.begin_cell(),
                _ => blank(&start, builder),
            },
            Event::End(end) => match end.local_name().as_ref() {
                "text" if end.name().as_ref() == "office:text" => in_body = false,
                "tracked-changes" | "annotation" | "note-citation" | "forms" | "desc" | "title" => {
                    left_out = left_out.saturating_sub(1);
                }
                name if in_body && left_out == 0 => match name {
                    "h" | "p" => {
                        paragraphs = paragraphs.saturating_sub(1);
                        builder.end_paragraph();
                    }
                    "note" => builder.end_note(),
                    "table-row" => builder.end_row(),
                    _ => {}
                },
                _ => {}
            },
            Event::Text(text) if in_body && left_out == 0 && paragraphs > 0 => {
                // Blanks that count are elements.
                builder.push_flowing(&text.xml_content(XmlVersion::Implicit1_0));
            }
            Event::CData(text) if in_body && left_out == 0 && paragraphs > 0 => builder.push(&text.into_inner()),
            Event::GeneralRef(name) if in_body && left_out == 0 && paragraphs > 0 => builder.push(&resolved(&name)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn style(start: &BytesStart<'_>, parents: &mut FxHashMap<String, String>) {
    if let (Some(name), Some(parent)) = (value(start, "name"), value(start, "parent-style-name")) {
        parents.insert(name, parent);
    }
}

fn blank(start: &BytesStart<'_>, builder: &mut Builder) {
    match start.local_name().as_ref() {
        "tab" => builder.push("\t"),
        "line-break" => builder.push("\n"),
        "s" => {
            let count = value(start, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
            builder.push(&" ".repeat(count.min(MOST_BLANKS)));
        }
        "soft-hyphen" => builder.push("\u{ad}"),
        _ => {}
    }
}

fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
