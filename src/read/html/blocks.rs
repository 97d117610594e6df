//! The blocks of a page, in reading order: what a reader sees as one paragraph, heading, list item or row of a table.

use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};

use super::day;
use crate::date::Date;

/// A paragraph, heading, item of a list, or row of a table, as text on one line (or several, at `<br>`).
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its text; white space is one blank.
    pub(super) text: String,
    /// `1` to `6` for a heading, else `0`.
    pub(super) heading: u8,
    /// Bytes of its text inside of links to other pages.
    pub(super) linked: usize,
    /// Whether it is in a part of the page that is about the page: navigation, footer, cookies.
    pub(super) around: bool,
    /// Whether it is in a part of the page beside the text that is no foot: a foot can be that of the text.
    pub(super) apart: bool,
    /// The day of a `<time>` in it, or of an element that is called a date.
    pub(super) time: Option<Date>,
    /// Whether an element around it is called a kicker.
    pub(super) kicker: bool,
}

impl Block {
    /// Whether most of it is links.
    pub(super) fn is_links(&self) -> bool {
        self.linked * 2 > self.text.len()
    }
}

/// Elements that are shown inside of a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];

/// Elements whose text is not read by anybody.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "button", "select", "input", "textarea", "iframe",
    "object", "audio", "video", "canvas", "head", "title",
];

/// Elements that are about the page.
const AROUND: &[&str] = &["nav", "footer", "aside", "dialog", "menu"];

/// Words in the names of classes that do the same in pages that use `<div>` for everything.
const AROUND_NAMES: &[&str] = &[
    "cookie",
    "consent",
    "breadcrumb",
    "brotkrum",
    "navigation",
    "navbar",
    "menu",
    "footer",
    "sidebar",
    "social",
    "share",
    "teilen",
    "comment",
    "kommentar",
    "related",
    "skiplink",
    "skip-link",
    "pagination",
    "paginat",
    "banner",
    "advert",
    "werbung",
    "anzeige",
    "servicemen",
    "metanav",
    "subscribe",
    "popup",
    "modal",
    "tagcloud",
    "toolbar",
    "sprungmarke",
];

/// Of these, words for the layout of a page, which elements around its text are called by, too: `with-sidebar`,
/// `hidden-menu`. A cookie notice or the comments can be longer than the text, but are not called so.
const WRAPPERS: &[&str] =
    &["sidebar", "menu", "navigation", "navbar", "toolbar", "banner", "footer", "social", "share", "advert"];

/// What is shorter is a label, not a sentence.
const LEAST_SENTENCE: usize = 40;

/// Of these, the one that can be part of an article: its own foot with author and day.
const FOOT: &str = "footer";

const KICKER_NAMES: &[&str] =
    &["kicker", "dachzeile", "topline", "roofline", "overline", "spitzmarke", "oberzeile", "pretitle", "eyebrow"];

/// The blocks of a tree, and which of them its block elements hold.
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) elements: Vec<(NodeId, Range<usize>)>,
}

/// The blocks of a tree.
pub(super) fn blocks(tree: &Document) -> Vec<Block> {
    outline(tree).blocks
}

/// The blocks of a tree with the elements around them.
pub(super) fn outline(tree: &Document) -> Outline {
    let root = tree.body().unwrap_or_else(|| tree.root());
    let sentences = sentences(root);
    let mut walker = Walker { blocks: Vec::new(), elements: Vec::new(), line: Line::default(), sentences };
    walker.walk(root, State::default());
    walker.flush(State::default());
    Outline { blocks: walker.blocks, elements: walker.elements }
}

/// The blocks as text, one per line.
#[cfg(any(feature = "feed", feature = "mail"))]
pub(in crate::read) fn lines_of(tree: &Document) -> String {
    let blocks = blocks(tree);
    let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    lines.join("\n")
}

#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact about the elements around")]
struct State {
    heading: u8,
    link: bool,
    around: bool,
    apart: bool,
    kicker: bool,
    quoted: bool,
    /// Inside of a row of a table, whose cells are not lines of their own.
    row: bool,
}

#[derive(Debug, Default)]
struct Line {
    text: String,
    linked: usize,
    time: Option<Date>,
    kicker: bool,
}

struct Walker {
    blocks: Vec<Block>,
    elements: Vec<(NodeId, Range<usize>)>,
    line: Line,
    /// Bytes of the sentences of the page.
    sentences: usize,
}

impl Walker {
    /// The depth of the tree is bounded when it is made.
    fn walk(&mut self, node: NodeRef<'_>, state: State) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.line.kicker |= state.kicker;
                child.query(|inner| {
                    if let dom_query::NodeData::Text { contents } = &inner.data {
                        self.text(contents, state);
                    }
                });
                continue;
            }
            let Some(element) = child.element_ref() else { continue };
            let name: &str = &element.name.local;
            if HIDDEN.contains(&name) || is_hidden(&element) {
                continue;
            }
            if matches!(name, "br" | "hr") {
                self.line_break();
                continue;
            }
            let mut inner = state;
            inner.link |= name == "a" && attribute(&element, "href").is_some_and(leads_away);
            let names = names_of(&element);
            let is_dated = name == "time"
                || day::is_named_so(&names)
                || attribute(&element, "itemprop").is_some_and(|told| told.eq_ignore_ascii_case("datePublished"));
            inner.quoted |= name == "blockquote";
            // A post that is shown within the text has a day of its own.
            let stamp = if is_dated && !inner.quoted { day::of_element(child, &element) } else { None };
            let part = part(&element, &names);
            inner.kicker |= KICKER_NAMES.iter().any(|word| names.contains(word));
            let in_cell = state.row && matches!(name, "p" | "div" | "td" | "th");
            // In a heading, small print is no part of the headline: the day, the section.
            let aside = name == "small" && state.heading > 0;
            let block = aside || (!INLINE.contains(&name) && !in_cell);
            if aside {
                inner.heading = 0;
            }
            if let Some(level) = level(name) {
                inner.heading = level;
            }
            let cell = state.row && matches!(name, "td" | "th");
            inner.row |= name == "tr" && is_data(child);
            drop(element);
            // The head of an article can be a banner, and a wrapper be called `with-sidebar`: what is about the page does not
            // hold its headline, nor a wrapper's name most of its sentences.
            let wraps = || part == Part::Wrapper && sentences(child) * 2 > self.sentences;
            if part != Part::Text && !holds_article(child) && !wraps() {
                inner.around = true;
                inner.apart |= part != Part::Foot;
            }
            if block {
                self.flush(state);
            } else if cell && !self.line.text.is_empty() {
                self.line.text.truncate(self.line.text.trim_end().len());
                self.line.text.push('\t');
            } else if state.row && !self.line.text.is_empty() {
                self.space();
            }
            let first = self.blocks.len();
            self.line.time = self.line.time.or(stamp);
            self.walk(child, inner);
            if block {
                self.flush(inner);
                self.elements.push((child.id, first..self.blocks.len()));
            }
        }
    }

    fn text(&mut self, text: &str, state: State) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                self.space();
            } else if c != '\0' {
                self.line.text.push(c);
                if state.link {
                    self.line.linked += c.len_utf8();
                }
            }
        }
    }

    fn space(&mut self) {
        if !self.line.text.is_empty() && !self.line.text.ends_with([' ', '\n', '\t']) {
            self.line.text.push(' ');
        }
    }

    fn line_break(&mut self) {
        let kept = self.line.text.trim_end().len();
        self.line.text.truncate(kept);
        if kept > 0 {
            self.line.text.push('\n');
        }
    }

    fn flush(&mut self, state: State) {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        if text.is_empty() {
            self.line.time = line.time;
            return;
        }
        self.blocks.push(Block {
            text: text.to_owned(),
            heading: state.heading,
            linked: line.linked,
            around: state.around,
            apart: state.apart,
            time: line.time,
            kicker: line.kicker,
        });
    }
}

/// What the name, the class and the role of an element say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing: it is taken for text.
    Text,
    /// It is a foot, of the page or of the text.
    Foot,
    /// Its class has a word that the page around a text and its layout are called by.
    Wrapper,
    /// It is about the page.
    Around,
}

fn part(element: &dom_query::Element, names: &str) -> Part {
    let tag: &str = &element.name.local;
    if matches!(tag, "body" | "html" | "main" | "article") {
        return Part::Text;
    }
    let mut words = AROUND_NAMES.iter().filter(|word| names.contains(*word)).peekable();
    if tag != "footer" && (AROUND.contains(&tag) || role_is_around(element)) {
        Part::Around
    } else if words.peek().is_none() {
        if tag == "footer" { Part::Foot } else { Part::Text }
    } else if words.clone().all(|word| *word == FOOT) {
        Part::Foot
    } else if words.all(|word| WRAPPERS.contains(word)) {
        Part::Wrapper
    } else {
        Part::Around
    }
}

/// Bytes of an element's sentences: of its long texts outside of links.
fn sentences(node: NodeRef<'_>) -> usize {
    let inner = |child: NodeRef<'_>| {
        if child.is_text() {
            let length = child.text().trim().len();
            return if length < LEAST_SENTENCE { 0 } else { length };
        }
        let read = |name: &str| name != "a" && !HIDDEN.contains(&name);
        let is_read = child.element_ref().is_some_and(|element| read(&element.name.local));
        if is_read { sentences(child) } else { 0 }
    };
    node.children_it(false).map(inner).sum()
}

/// Whether an element holds the text of the page: several articles are teasers of other pages.
fn holds_article(node: NodeRef<'_>) -> bool {
    let mut articles = 0;
    node.descendants_it().any(|inner| {
        inner.qual_name_ref().is_some_and(|name| {
            articles += usize::from(&*name.local == "article");
            matches!(&*name.local, "h1" | "main")
        })
    }) || articles == 1
}

/// Whether a row is one of a table of data: in tables that lay out a page, a cell holds blocks.
fn is_data(row: NodeRef<'_>) -> bool {
    !row.descendants_it().any(|node| {
        node.qual_name_ref()
            .is_some_and(|name| matches!(&*name.local, "table" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" | "article"))
    })
}

fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The value of an attribute.
pub(super) fn attribute<'e>(element: &'e dom_query::Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| &*attr.value)
}

/// Class and identifier of an element, in small letters.
pub(super) fn names_of(element: &dom_query::Element) -> String {
    let mut names = String::new();
    for name in ["class", "id"] {
        if let Some(value) = attribute(element, name) {
            names.push_str(value);
            names.push(' ');
        }
    }
    names.make_ascii_lowercase();
    names
}

fn is_hidden(element: &dom_query::Element) -> bool {
    let style = attribute(element, "style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
    style || attribute(element, "hidden").is_some() || attribute(element, "aria-hidden") == Some("true")
}

fn role_is_around(element: &dom_query::Element) -> bool {
    attribute(element, "role").is_some_and(|role| {
        matches!(role, "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "dialog" | "menu")
    })
}

/// Whether a link goes to another page.
pub(super) fn leads_away(href: &str) -> bool {
    let href = href.trim();
    !(href.is_empty() || href.starts_with(['#']) || href.starts_with("javascript:") || href.starts_with("mailto:"))
}
