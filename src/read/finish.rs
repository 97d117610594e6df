//! What all formats of files have in common: identifiers, and dates from outside of the document.

use super::dates::{line_date, name_date};
use super::piece::Outcomes;
use super::plain::notes;
use crate::date::Date;
use crate::document::{DateSource, Document, Failure, Stage};

/// The documents of one file, with their identifiers, their dates, and what the user should hear about them.
///
/// A document keeps the date that its format gave it; else it has that of the file's name, or, where it is alone in its
/// file, of its date line; `made`, from the properties of the file, comes last, as copying and converting change it.
pub(super) fn finish(mut documents: Vec<Document>, name: &str, made: Option<Date>) -> Outcomes {
    let several = documents.len() > 1;
    let of_name = name_date(name);
    for (number, document) in documents.iter_mut().enumerate() {
        document.item = number as u32;
        document.id = if several { format!("{name}#{number}") } else { name.to_owned() };
        name.clone_into(&mut document.source);
        if document.date.is_none() {
            let line = || if several { None } else { line_date(&document.text) };
            let found = of_name
                .map(|day| (day, DateSource::FileName))
                .or_else(|| line().map(|day| (day, DateSource::Text)))
                .or_else(|| made.map(|day| (day, DateSource::Properties)));
            (document.date, document.date_source) = found.unzip();
        }
    }
    let notes: Vec<Failure> = documents.iter().flat_map(|document| notes(document, "")).collect();
    documents.into_iter().map(Ok).chain(notes.into_iter().map(Err)).collect()
}

/// A file that is no document.
pub(super) fn refused(name: &str, message: impl Into<String>) -> Outcomes {
    vec![Err(Failure::new(name, None, Stage::Read, message))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_then_the_line_then_the_properties_date_a_document() {
        let made = Some("2020-01-01".parse().unwrap());
        let dated = |name: &str, text: &str| {
            let outcome = finish(vec![Document::new(text)], name, made).remove(0).unwrap();
            (outcome.date.unwrap().to_string(), outcome.date_source.unwrap().as_str())
        };
        let text = "Leitfaden\nBonn, den 9. Oktober 2025\nText";
        assert_eq!(dated("2025-10-10.pdf", text), ("2025-10-10".into(), "file_name"));
        assert_eq!(dated("a.pdf", text), ("2025-10-09".into(), "text"));
        assert_eq!(dated("a.pdf", "Text"), ("2020-01-01".into(), "properties"));
    }
}
