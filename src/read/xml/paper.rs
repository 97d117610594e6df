//! Printed papers and older protocols of the Bundestag: a record with the whole text in one element.

use serde_json::Value;

use super::printed;
use super::tree::Element;
use crate::document::{DateSource, Document};
use crate::read::headline::assemble;
use crate::read::stamp_date;

/// Fields of a record under the names that tables use.
const FIELDS: &[(&[&str], &str)] = &[
    (&["dokumentart"], "kind"),
    (&["drs_typ", "drucksachetyp"], "type"),
    (&["nr", "dokumentnummer"], "number"),
    (&["wahlperiode"], "term"),
    (&["herausgeber"], "publisher"),
];

/// The records of a file: `<DOCUMENT>` of the open data of the Bundestag (`<TITEL>`, `<DATUM>`, `<TEXT>`), `<document>` of
/// the answers of its documentation system. A protocol becomes a document per speech, read from the print.
pub(super) fn papers(root: &Element) -> Vec<Document> {
    let mut papers = Vec::new();
    collect(root, &mut papers);
    papers
}

fn collect(element: &Element, papers: &mut Vec<Document>) {
    let direct = |names: &[&str]| {
        element.elements().find(|inner| names.iter().any(|name| inner.is(name)) && !inner.text().is_empty())
    };
    let is_record = ["document", "drucksache", "dokument", "plenarprotokoll"].iter().any(|name| element.is(name));
    let Some(text) = direct(&["text", "volltext"]).filter(|_| is_record) else {
        element.elements().for_each(|inner| collect(inner, papers));
        return;
    };
    let body = body(text);
    let date = direct(&["datum", "date"]).and_then(|date| stamp_date(&date.text()));
    let protocol =
        direct(&["dokumentart", "typ"]).is_some_and(|kind| kind.text().eq_ignore_ascii_case("plenarprotokoll"));
    let speeches = if protocol || element.is("plenarprotokoll") { printed::speeches(&body) } else { Vec::new() };
    let mut documents = if speeches.is_empty() {
        let title = direct(&["titel", "title"]).map(Element::text);
        vec![assemble(None, title.as_deref(), &body)]
    } else {
        speeches
    };
    for document in &mut documents {
        document.date = date;
        document.date_source = date.map(|_| DateSource::Record);
        for (names, field) in FIELDS {
            if let Some(value) = direct(names) {
                document.extra.insert((*field).to_owned(), Value::from(value.text()));
            }
        }
        let authors: Vec<Value> = element.elements().filter(|inner| inner.is("urheber")).map(author).collect();
        if !authors.is_empty() {
            document.extra.insert("authors".to_owned(), Value::Array(authors));
        }
    }
    papers.append(&mut documents);
}

fn author(element: &Element) -> Value {
    Value::from(element.text_of("titel").unwrap_or_else(|| element.text()))
}

/// The text with its lines; where paragraphs are elements, each is a line.
fn body(text: &Element) -> String {
    let lines = if text.elements().any(|inner| !inner.is("br")) {
        let mut lines = Vec::new();
        text.lines(&mut lines);
        lines
    } else {
        text.raw_text().lines().map(|line| line.trim_end().to_owned()).collect()
    };
    lines.join("\n").trim().to_owned()
}
