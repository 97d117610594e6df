//! XML as a tree of elements, within bounds.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::xml_text::resolved;

/// How deep elements are nested at most; protocols are some ten deep.
const DEEPEST: usize = 200;
/// How many elements and texts a file holds at most.
const MOST: usize = 2_000_000;

/// An element with its attributes and what is in it, in order.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
}

/// What is in an element.
#[derive(Debug)]
pub(super) enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    /// Whether it has this name, in capitals or not, with any prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element below that has what is asked for, itself included, in reading order.
    pub(super) fn find(&self, wanted: impl Fn(&Self) -> bool + Copy) -> Option<&Self> {
        if wanted(self) { Some(self) } else { self.elements().find_map(|element| element.find(wanted)) }
    }

    /// The first element below with a name.
    pub(super) fn named(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| element.find(|inner| inner.is(name)))
    }

    /// The text of the first element below with a name, if it has any.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        self.named(name).map(Self::text).filter(|text| !text.is_empty())
    }

    /// Its text with single blanks.
    pub(super) fn text(&self) -> String {
        self.text_without(|_| false)
    }

    /// Its text with single blanks, without that of some elements.
    pub(super) fn text_without(&self, left_out: impl Fn(&Self) -> bool + Copy) -> String {
        let mut text = String::new();
        self.collect(&mut text, left_out);
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its text with the line breaks as they are.
    pub(super) fn raw_text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text, |_| false);
        text
    }

    fn collect(&self, text: &mut String, left_out: impl Fn(&Self) -> bool + Copy) {
        for child in &self.children {
            match child {
                Child::Text(part) => text.push_str(part),
                Child::Element(element) if element.is("br") => text.push('\n'),
                Child::Element(element) if !left_out(element) => element.collect(text, left_out),
                Child::Element(_) => {}
            }
        }
    }

    /// A line for each element that holds text of its own.
    pub(super) fn lines(&self, lines: &mut Vec<String>) {
        let own = self.children.iter().any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()));
        if own {
            lines.push(self.text());
        } else {
            self.elements().for_each(|element| element.lines(lines));
        }
    }
}

/// The encoding that the declaration names.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = head.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(encoding, _)| encoding.to_owned())
}

/// The name of the first element, without prefix.
pub(super) fn root_name(text: &str) -> String {
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => return local(start.name().0).to_owned(),
            Ok(Event::Eof) | Err(_) => return String::new(),
            Ok(_) => {}
        }
    }
}

/// Reads a whole file. Entities that the file defines itself are not expanded: nobody needs them, and they can grow
/// without end.
pub(super) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = reader(text);
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|error| {
            let line = text.as_bytes()[..text.len().min(reader.error_position() as usize)]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            format!("the XML is broken in line {}: {error}; repair it, or save it as text", line + 1)
        })?;
        count += 1;
        if count > MOST {
            return Err(format!("the XML has more than {MOST} parts; divide it"));
        }
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(format!("the XML is nested more than {DEEPEST} deep; save it as text"));
                }
                open.push(element(&start));
            }
            Event::Empty(start) => push(&mut open, Child::Element(element(&start))),
            Event::End(_) if open.len() > 1 => {
                let element = open.pop().expect("two are open");
                push(&mut open, Child::Element(element));
            }
            Event::Text(part) => push_text(&mut open, &part.into_inner()),
            Event::CData(part) => push_text(&mut open, &part.into_inner()),
            Event::GeneralRef(name) => {
                let said = resolved(&name);
                // What the file would have said there is missing, and the reader of the tables should know.
                if said.len() > 2 && said.starts_with('&') && text.contains("<!ENTITY") {
                    return Err(format!("the XML defines {said} itself, which is not expanded; save it as text"));
                }
                push_text(&mut open, &said);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if open.len() > 1 {
        return Err(format!("the XML breaks off inside of <{}>; get the whole file", open[open.len() - 1].name));
    }
    let root = open.pop().expect("the outermost is left");
    root.children
        .into_iter()
        .find_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
        .ok_or_else(|| "this is no XML; give it the ending of its format".to_owned())
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    reader
}

fn push(open: &mut [Element], child: Child) {
    if let Some(last) = open.last_mut() {
        last.children.push(child);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(last) = open.last_mut() else { return };
    if let Some(Child::Text(before)) = last.children.last_mut() {
        before.push_str(text);
    } else {
        last.children.push(Child::Text(text.to_owned()));
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let value = |attribute: &quick_xml::events::attributes::Attribute<'_>| {
        attribute.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned).unwrap_or_default()
    };
    let mut all = start.attributes();
    let attributes = all.with_checks(false).flatten().take(64);
    let attributes = attributes.map(|attribute| (local(attribute.key.0).to_owned(), value(&attribute))).collect();
    Element { name: local(start.name().0).to_owned(), attributes, children: Vec::new() }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
