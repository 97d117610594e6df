//! Texts of Word and `LibreOffice`: XML in a ZIP archive.

mod docx;
mod odt;
mod text;

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;
use zip::ZipArchive;

use super::finish::{finish, refused};
use super::headline::assemble;
use super::options::ReadOptions;
use super::piece::Outcomes;
use super::stamp_date;
use crate::date::Date;

use text::Paragraph;

/// Parts beside the text (properties, notes) are no longer than this.
const MOST_OF_PART: u64 = 16 << 20;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The main parts of other files of Office: what they are, and what can be read instead.
const OTHERS: &[(&str, &str, &str)] =
    &[("ppt/presentation.xml", "presentation (PPTX)", "PDF"), ("xl/workbook.xml", "spreadsheet (XLSX)", "CSV")];

/// A text of Word.
pub(super) fn docx(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    documents(bytes, name, options, docx::paragraphs, &["docProps/core.xml"])
}

/// A text of `LibreOffice`.
pub(super) fn odt(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    documents(bytes, name, options, odt::paragraphs, &["meta.xml"])
}

fn documents(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    paragraphs: fn(&mut Archive<'_>, u64) -> Result<Vec<Paragraph>, String>,
    properties: &[&str],
) -> Outcomes {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return refused(name, "this is an old or encrypted file of Office; save it as DOCX without a password");
    }
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return refused(name, format!("this is no DOCX or ODT, or a broken one ({error}); save it anew")),
    };
    for (folder, kind, other) in OTHERS {
        if archive.index_for_name(folder).is_some() {
            return refused(name, format!("this is a {kind}, which is not read; save it as {other}"));
        }
    }
    let paragraphs = match paragraphs(&mut archive, options.limits.document_bytes) {
        Ok(paragraphs) => paragraphs,
        Err(message) => return refused(name, message),
    };
    let about = properties
        .iter()
        .filter_map(|part| part_of(&mut archive, part, MOST_OF_PART).ok())
        .map(|xml| properties_of(&xml));
    let about = about.last().unwrap_or_default();
    // The headline is the paragraph that its style calls one, at the head of the text.
    let head = paragraphs.iter().take(6).position(|paragraph| paragraph.title);
    let title = head.map(|at| paragraphs[at].text.replace(['\n', '\t'], " "));
    let body: Vec<&str> = paragraphs
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != head)
        .map(|(_, paragraph)| paragraph.text.as_str())
        .collect();
    let mut document = assemble(None, title.as_deref(), &body.join("\n"));
    document.language = about.language;
    for (field, value) in [("author", about.author), ("properties_title", about.title)] {
        if let Some(value) = value {
            document.extra.insert(field.to_owned(), Value::from(value));
        }
    }
    finish(vec![document], name, about.made)
}

/// A member of the archive, if it is no longer than `limit`.
fn part_of(archive: &mut Archive<'_>, name: &str, limit: u64) -> Result<String, String> {
    let member = archive.by_name(name).map_err(|error| format!("{name} is missing ({error}); save the file anew"))?;
    let mut bytes = Vec::new();
    match member.take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(format!("{name} is broken ({error}); save the file anew")),
        Ok(length) if length as u64 > limit => Err(format!("the text is longer than {} MB; divide it", limit >> 20)),
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

#[derive(Debug, Default)]
struct Properties {
    title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    made: Option<Date>,
}

/// What a file says of itself: the elements of both formats have the names of Dublin Core and of ODF.
fn properties_of(xml: &str) -> Properties {
    let mut about = Properties::default();
    let mut reader = Reader::from_str(xml);
    let mut name = String::new();
    let mut modified = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => start.local_name().as_ref().clone_into(&mut name),
            Ok(Event::End(_)) => name.clear(),
            Ok(Event::Text(text)) => {
                let text = text.xml_content(XmlVersion::Implicit1_0).trim().to_owned();
                if text.is_empty() {
                    continue;
                }
                match name.as_str() {
                    "title" => about.title = Some(text),
                    "creator" | "initial-creator" => about.author = Some(text),
                    "language" => about.language = text.get(..2).map(str::to_ascii_lowercase),
                    "created" | "creation-date" => about.made = stamp_date(&text),
                    "modified" | "date" => modified = stamp_date(&text),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    // A text is dated by its last change: forms are filled in long after they were made.
    about.made = modified.or(about.made);
    about
}

#[cfg(test)]
mod tests;
