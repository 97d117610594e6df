//! Pages that are lists: elements of one kind, each with a headline and a date or a link.

use std::ops::Range;

use dom_query::{Document as Tree, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::dates::of_line;
use super::super::headline::{assemble, kicker_and_title};
use super::super::page::{self, Row};
use super::blocks::{Block, Outline, attribute, outline};
use super::meta::Meta;
use crate::date::Date;
use crate::document::{DateSource, Document};

/// Fewer are no list; two are one if each has a date and a link.
const LEAST: usize = 3;
/// The items hold so many percent of the page's text.
const SHARE: usize = 55;
/// What stands beside the items is a text of its own from so many bytes.
const LEAST_ARTICLE: usize = 400;

/// The items of a page, or `None` where it is an article.
pub(super) fn items(tree: &Tree, meta: &Meta) -> Option<Vec<Document>> {
    let outline = outline(tree);
    let found = by_elements(tree, &outline).or_else(|| by_rows(&outline.blocks));
    let mut items = found?;
    for item in &mut items {
        item.language.clone_from(&meta.language);
        // Items without a date of their own were on the page on its day.
        if item.date.is_none() {
            item.date = meta.date;
            item.date_source = meta.date.map(|_| DateSource::Page);
        }
    }
    Some(items)
}

/// Items that are elements of one kind.
fn by_elements(tree: &Tree, outline: &Outline) -> Option<Vec<Document>> {
    let blocks = &outline.blocks;
    let length = |range: &Range<usize>| {
        blocks[range.clone()].iter().filter(|block| !block.around).map(|block| block.text.len()).sum::<usize>()
    };
    let all = length(&(0..blocks.len()));
    let mut best: Option<(usize, Vec<Range<usize>>)> = None;
    for ranges in kinds(tree, outline) {
        let ranges = outermost(ranges);
        let text: usize = ranges.iter().map(&length).sum();
        let better = best.as_ref().is_none_or(|(most, chosen)| (text, ranges.len()) > (*most, chosen.len()));
        if better && text * 100 >= all * SHARE && are_items(blocks, &ranges) {
            best = Some((text, ranges));
        }
    }
    let (_, ranges) = best?;
    let mut within = vec![false; blocks.len()];
    for range in &ranges {
        within[range.clone()].fill(true);
    }
    let mut documents = Vec::with_capacity(ranges.len() + 1);
    documents.extend(article(blocks, &within));
    documents.extend(ranges.iter().filter_map(|range| Parts::of(&blocks[range.clone()])).map(|parts| parts.document()));
    for (number, document) in documents.iter_mut().enumerate() {
        document.item = number as u32;
    }
    Some(documents)
}

/// The block elements of a page by what they are: name and first class, of themselves and of the two around them.
fn kinds(tree: &Tree, outline: &Outline) -> Vec<Vec<Range<usize>>> {
    let mut names: FxHashMap<NodeId, String> = FxHashMap::default();
    let mut kinds: FxHashMap<String, Vec<Range<usize>>> = FxHashMap::default();
    for (id, range) in &outline.elements {
        if range.is_empty() || outline.blocks[range.clone()].iter().all(|block| block.around) {
            continue;
        }
        let Some(node) = tree.tree.get(id) else { continue };
        let mut chain = String::new();
        let mut current = Some(node);
        for _ in 0..3 {
            let Some(node) = current else { break };
            let name = names.entry(node.id).or_insert_with(|| {
                node.element_ref().map_or(String::new(), |element| {
                    let class =
                        attribute(&element, "class").unwrap_or("").split_ascii_whitespace().next().unwrap_or("");
                    let class: String = class.chars().filter(|c| !c.is_ascii_digit()).collect();
                    format!("{}.{class}", &*element.name.local)
                })
            });
            chain.push_str(name);
            chain.push('/');
            current = node.parent();
        }
        if ["p.", "h", "span.", "dt.", "dd.", "td.", "th.", "ul.", "ol.", "body", "html"]
            .iter()
            .any(|leaf| chain.starts_with(leaf))
        {
            continue;
        }
        kinds.entry(chain).or_default().push(range.clone());
    }
    let mut kinds: Vec<Vec<Range<usize>>> = kinds.into_values().filter(|ranges| ranges.len() >= 2).collect();
    kinds.sort_unstable_by_key(|ranges| (ranges[0].start, ranges[0].end, ranges.len()));
    kinds
}

/// Elements of one kind can be nested: those within another are parts of it.
fn outermost(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let outer = range.start >= end;
        if outer {
            end = range.end;
        }
        outer
    });
    ranges
}

/// Whether most elements have a headline of their own, and a date or a link; sections of an article have none of these.
fn are_items(blocks: &[Block], ranges: &[Range<usize>]) -> bool {
    let parts: Vec<Option<Parts<'_>>> = ranges.iter().map(|range| Parts::of(&blocks[range.clone()])).collect();
    let count = |wanted: &dyn Fn(&Parts<'_>) -> bool| parts.iter().flatten().filter(|parts| wanted(parts)).count();
    let most = |number: usize| number * 10 >= ranges.len() * 8;
    let headlines: FxHashSet<&str> = parts.iter().flatten().map(|parts| parts.headline).collect();
    let told = count(&|parts| parts.date.is_some() || parts.more || parts.linked);
    let enough =
        ranges.len() >= LEAST || count(&|parts| parts.date.is_some() && (parts.more || parts.linked)) == ranges.len();
    // Lists of links alone are navigation.
    let texts = count(&|parts| parts.date.is_some() || !parts.body.is_empty());
    enough && most(headlines.len()) && most(told) && most(texts)
}

/// What an item is made of.
struct Parts<'b> {
    headline: &'b str,
    kicker: Option<&'b str>,
    date: Option<Date>,
    body: Vec<&'b str>,
    more: bool,
    linked: bool,
}

impl<'b> Parts<'b> {
    fn of(blocks: &'b [Block]) -> Option<Self> {
        let shown: Vec<&Block> = blocks.iter().filter(|block| !block.around).collect();
        let is_title =
            |block: &&Block| block.is_links() && block.text.len() >= 12 && page::without_more(&block.text) != Some("");
        let day = |block: &Block| block.time.or_else(|| page::day_line(&block.text));
        let at = shown
            .iter()
            .position(|block| block.heading > 0 && page::day_line(&block.text).is_none())
            .or_else(|| shown.iter().position(is_title))?;
        let headline = shown[at];
        let mut parts = Parts {
            headline: headline.text.as_str(),
            kicker: None,
            date: headline.time,
            body: Vec::new(),
            more: false,
            linked: headline.linked > 0,
        };
        for (number, block) in shown.iter().enumerate().filter(|(number, _)| *number != at) {
            let text = block.text.as_str();
            if let Some(day) = day(block) {
                parts.date = parts.date.or(Some(day));
                // A block with its day and nothing much else.
                if block.text.len() < 90 {
                    continue;
                }
            }
            if let Some(rest) = page::without_more(text) {
                parts.more = true;
                if !rest.is_empty() {
                    parts.body.push(rest);
                }
                continue;
            }
            let short = text.len() <= 60 && !text.ends_with(['.', '!', '?', ':']);
            if number + 1 == at && (block.kicker || short) {
                parts.kicker = Some(text);
                continue;
            }
            match page::day_before(text) {
                Some((day, rest)) => {
                    parts.date = parts.date.or(Some(day));
                    parts.body.push(rest);
                }
                None => parts.body.push(text),
            }
        }
        Some(parts)
    }

    fn document(&self) -> Document {
        let headline = self.headline.replace('\n', " ");
        let headline = page::without_more(&headline).filter(|rest| !rest.is_empty()).unwrap_or(&headline).to_owned();
        let (kicker, title) = match self.kicker {
            Some(kicker) => (Some(kicker), headline.as_str()),
            None => kicker_and_title(&headline),
        };
        let mut document = assemble(kicker, Some(title), &self.body.join("\n"));
        document.date = self.date;
        document.date_source = self.date.map(|_| DateSource::Item);
        document
    }
}

/// What stands beside the items, where it is a text of its own.
fn article(blocks: &[Block], within: &[bool]) -> Option<Document> {
    let beside: Vec<&Block> = blocks
        .iter()
        .zip(within)
        .filter(|(block, within)| !**within && !block.around && !block.is_links())
        .map(|(block, _)| block)
        .collect();
    let headline = beside.iter().position(|block| block.heading > 0);
    let body: Vec<&str> = beside
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != headline)
        .map(|(_, block)| block.text.as_str())
        .collect();
    let sentences: usize = body.iter().map(|text| text.len()).filter(|length| *length > 60).sum();
    if sentences < LEAST_ARTICLE {
        return None;
    }
    let title = headline.map(|at| beside[at].text.replace('\n', " "));
    let mut document = assemble(None, title.as_deref(), &body.join("\n"));
    let day = beside.iter().find_map(|block| block.time.or_else(|| of_line(&block.text)));
    document.date = day;
    document.date_source = day.map(|_| DateSource::Page);
    Some(document)
}

/// Items without an element around each: headings, dates and teasers follow one another.
fn by_rows(blocks: &[Block]) -> Option<Vec<Document>> {
    let shown: Vec<&Block> = blocks.iter().filter(|block| !block.around).collect();
    let headed = shown.iter().filter(|block| block.heading > 1).count() >= LEAST;
    let rows: Vec<Row<'_>> = shown
        .iter()
        .map(|block| Row {
            text: block.text.as_str(),
            heading: headed.then_some(block.heading > 0 || block.is_links()),
        })
        .collect();
    // Without headings, only what repeats as in a plain text; long blocks are paragraphs in any case.
    page::items(&rows)
}
