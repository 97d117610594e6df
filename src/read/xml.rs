//! XML: protocols and papers of the Bundestag, pages and feeds in disguise, and whatever else has text in it.

mod paper;
mod plenary;
mod printed;
mod tree;

use super::charset::decode_with;
use super::finish::{finish, refused};
use super::options::ReadOptions;
use super::piece::Outcomes;
use crate::document::{DateSource, Document};

use tree::Element;

pub(super) fn documents(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    let (text, replaced) = decode_with(bytes, tree::declared(bytes).as_deref());
    match tree::root_name(&text).to_ascii_lowercase().as_str() {
        #[cfg(feature = "feed")]
        "rss" | "feed" | "rdf" => return super::feed::documents(bytes, name, options),
        #[cfg(feature = "html")]
        "html" => return super::html::documents(bytes, name, options),
        _ => {}
    }
    let _ = options;
    match tree::parse(&text) {
        Ok(root) => {
            let mut documents = of_root(&root);
            if let Some(first) = documents.first_mut() {
                first.replaced = replaced;
            }
            finish(documents, name, None)
        }
        Err(message) => refused(name, message),
    }
}

fn of_root(root: &Element) -> Vec<Document> {
    if root.is("dbtplenarprotokoll") {
        return plenary::speeches(root);
    }
    let papers = paper::papers(root);
    if papers.is_empty() { vec![any(root)] } else { papers }
}

/// A document of elements that nothing is known about: one line for each that holds text.
fn any(root: &Element) -> Document {
    let mut lines = Vec::new();
    root.lines(&mut lines);
    let mut document = Document::new(lines.join("\n"));
    document.date = root
        .find(|element| ["datum", "date", "pubdate", "published"].iter().any(|name| element.is(name)))
        .and_then(|element| {
            element.attribute("date").and_then(super::stamp_date).or_else(|| super::stamp_date(&element.text()))
        });
    document.date_source = document.date.map(|_| DateSource::Record);
    document
}

#[cfg(test)]
mod tests;
