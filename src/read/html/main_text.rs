//! The main text of a page that is one article.

use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::super::dates::of_line;
use super::super::headline::assemble;
use super::blocks::{Block, blocks};
use super::day;
use super::meta::Meta;
use super::parse::parse;
use crate::date::Date;
use crate::document::{DateSource, Document};

/// The search for the main text looks at every element several times.
const MOST_SEARCHED: usize = 60_000;
/// A line above the headline is at most so long.
const LONGEST_KICKER: usize = 80;
/// Between a headline and the text, and between a headline and the line of the ministry above it, are so many blocks.
const HEAD: usize = 8;

/// A block that is as long is a paragraph and no line of the head.
const PARAGRAPH: usize = 200;

/// Words of the line that says whose press release it is.
const ISSUERS: &[&str] = &[
    "ministerium",
    "staatskanzlei",
    "kanzlei",
    "senat",
    "behörde",
    "amt ",
    "bundesamt",
    "landesamt",
    "fraktion",
    "landtag",
    "bundestag",
    "bundesrat",
    "regierung",
    "pressestelle",
    "pressemitteilung",
    "presseinformation",
    "medieninformation",
    "präsidium",
    "landkreis",
    "stadt ",
];

/// The page as one document: kicker, headline, the lines of its head, its text.
pub(super) fn article(tree: Tree, meta: &Meta) -> Document {
    let all = blocks(&tree);
    let headline = headline(&all, meta);
    let main = main_blocks(tree, &all);
    let head = Head::of(&all, headline.at, &main);
    let title = headline.title.filter(|title| !title.is_empty());
    let mut lines: Vec<&str> = Vec::new();
    lines.extend(head.lines.iter().map(|block| block.text.as_str()));
    lines.extend(main.iter().map(|block| block.text.as_str()));
    let known = [title.as_deref(), head.kicker.map(|block| block.text.as_str())];
    let first_lines = HEAD.min(lines.len());
    let mut body: Vec<&str> = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let repeats = number < first_lines && known.iter().flatten().any(|known| same(known, line));
        let byline = number < first_lines && is_byline(line, meta.author.as_deref());
        let again = number < first_lines && body.contains(line);
        if !repeats && !byline && !again {
            body.push(line);
        }
    }
    let kicker = head.kicker.map(|block| block.text.trim_end_matches([':', ' ']));
    let mut document = assemble(kicker, title.as_deref(), &body.join("\n"));
    let time = || head.lines.iter().chain(&head.kicker).chain(&head.dates).find_map(|block| block.time);
    let line = |day: fn(&str) -> Option<Date>| {
        head.lines.iter().chain(&head.dates).find_map(|block| block.text.lines().find_map(day))
    };
    let address = || meta.addresses.iter().find_map(|address| day::of_address(address));
    let dated = |day: Option<Date>, source: DateSource| day.map(|day| (day, source));
    let found = dated(meta.date, DateSource::Page)
        .or_else(|| dated(time(), DateSource::Page))
        .or_else(|| dated(address(), DateSource::Page))
        .or_else(|| dated(line(of_line), DateSource::Text))
        .or_else(|| dated(line(day::of_byline), DateSource::Text))
        .or_else(|| dated(day::below(&all[headline.at.unwrap_or(0)..]), DateSource::Page));
    (document.date, document.date_source) = found.unzip();
    document.language.clone_from(&meta.language);
    if let Some(author) = &meta.author {
        document.extra.insert("author".to_owned(), Value::from(author.clone()));
    }
    document
}

fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Whether a line says who wrote the text, and nothing else but perhaps when.
fn is_byline(line: &str, author: Option<&str>) -> bool {
    let starts = ["Von ", "von ", "Autor", "Text: "].iter().any(|start| line.starts_with(start));
    starts && author.is_some_and(|author| line.contains(author) && line.len() < author.len() + 60)
}

struct Headline {
    title: Option<String>,
    at: Option<usize>,
}

/// The headline: the heading that `<title>` or the meta data agree with, else the first `<h1>` of the page's own text;
/// a `<title>` without such a heading loses the name of the site behind `|`, `–` or `:`.
fn headline(all: &[Block], meta: &Meta) -> Headline {
    let heads = || all.iter().enumerate().filter(|(_, block)| block.heading > 0 && block.heading <= 3 && !block.around);
    let told = |text: &str| {
        let within = |whole: &Option<String>| whole.as_deref().is_some_and(|whole| contains(whole, text));
        text.len() > 3 && (within(&meta.title) || within(&meta.window))
    };
    let is_site = |text: &str| is_genre(text) || meta.site.as_deref().is_some_and(|site| same(site, text));
    let mut found = heads().find(|(_, block)| block.heading == 1 && told(&block.text) && !is_site(&block.text));
    found = found.or_else(|| heads().find(|(_, block)| told(&block.text) && !is_site(&block.text)));
    let only = heads().filter(|(_, block)| block.heading == 1).count() == 1;
    if only || (meta.title.is_none() && meta.window.is_none()) {
        found = found.or_else(|| heads().find(|(_, block)| block.heading == 1 && !is_site(&block.text)));
    }
    if let Some((at, block)) = found {
        return Headline { title: Some(block.text.replace('\n', " ")), at: Some(at) };
    }
    let genre = || heads().find(|(_, block)| block.heading == 1).map(|(_, block)| block.text.clone());
    let told =
        meta.title.clone().or_else(|| meta.window.as_deref().map(|window| without_site(window, meta))).or_else(genre);
    let at = told.as_deref().and_then(|told| all.iter().position(|block| same(&block.text, told)));
    Headline { title: told, at }
}

/// Whether a heading says what sort of page it is: on press pages it stands where others have the headline.
fn is_genre(text: &str) -> bool {
    const GENRES: &[&str] = &[
        "pressemitteilung",
        "pressemitteilungen",
        "presseinformation",
        "pressemeldung",
        "presse",
        "medieninformation",
        "meldung",
        "meldungen",
        "nachricht",
        "nachrichten",
        "aktuelles",
        "news",
        "startseite",
        "artikel",
        "bericht",
        "rede",
        "reden",
        "newsletter",
        "service",
        "inhalt",
        "hauptinhalt",
    ];
    GENRES.contains(&text.trim().to_lowercase().as_str())
}

fn contains(whole: &str, part: &str) -> bool {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat(whole).contains(&flat(part))
}

fn without_site(window: &str, meta: &Meta) -> String {
    let mut title = window;
    for mark in [" | ", " – ", " - ", " :: ", " » ", " — ", " • "] {
        if let Some((start, end)) = title.rsplit_once(mark) {
            let site = meta.site.as_deref().is_some_and(|site| contains(site, end.trim()));
            // What is cut off is the shorter part, and not the headline after a kicker.
            if site || (end.len() < start.len() && end.len() < 40) {
                title = start;
            }
        }
    }
    title.trim().to_owned()
}

/// The blocks of the main text; without it, those of the page that are not about the page.
fn main_blocks(tree: Tree, all: &[Block]) -> Vec<Block> {
    let own = own_blocks(all);
    let length = |blocks: &[Block]| blocks.iter().map(|block| block.text.len()).sum::<usize>();
    let found = if tree.tree.len() > MOST_SEARCHED { None } else { readable(tree) };
    let around: FxHashSet<&str> = all.iter().filter(|block| block.around).map(|block| block.text.as_str()).collect();
    let found = found.map(|found| {
        let found = found.into_iter().filter(|block| !around.contains(block.text.as_str()));
        found.collect::<Vec<_>>()
    });
    match found {
        // It can find one column of several, or the longest comment; of an article it finds nearly all.
        Some(found) if length(&found) * 3 > length(&own) => found,
        _ => own,
    }
}

fn readable(tree: Tree) -> Option<Vec<Block>> {
    let config = Config { disable_json_ld: true, char_threshold: 200, ..Config::default() };
    let mut reader = Readability::with_document(tree, None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let content = parse(&article.content).ok()?;
    let found: Vec<Block> =
        blocks(&content).into_iter().filter(|block| !(block.is_links() && is_more(block))).collect();
    (!found.is_empty()).then_some(found)
}

fn is_more(block: &Block) -> bool {
    block.text.len() < 60 && block.heading == 0
}

/// The blocks that are neither about the page nor lists of links, from the first heading or paragraph on.
fn own_blocks(all: &[Block]) -> Vec<Block> {
    all.iter().filter(|block| !block.around && !block.is_links()).cloned().collect()
}

/// The blocks around the headline that belong to the text: a search for paragraphs passes over them.
struct Head<'b> {
    kicker: Option<&'b Block>,
    lines: Vec<&'b Block>,
    dates: Vec<&'b Block>,
}

impl<'b> Head<'b> {
    fn of(all: &'b [Block], headline: Option<usize>, main: &[Block]) -> Self {
        let mut head = Self { kicker: None, lines: Vec::new(), dates: Vec::new() };
        let Some(headline) = headline else { return head };
        let known: FxHashSet<&str> = main.iter().map(|block| block.text.as_str()).collect();
        let plain = |block: &Block| !block.around && !block.is_links() && block.text.len() < 300;
        // Above: the kicker next to the headline, the line that says whose press release it is, and the day.
        for (distance, block) in all[..headline].iter().rev().take(HEAD).enumerate() {
            if !plain(block) {
                break;
            }
            let text = block.text.to_lowercase() + " ";
            let day = block.time.is_some() || block.text.lines().any(|line| of_line(line).is_some());
            let issuer = ISSUERS.iter().any(|word| text.contains(word));
            let next = distance == 0 && block.text.len() <= LONGEST_KICKER && !block.text.ends_with(['.', '!', '?']);
            if block.kicker || (next && !day && !issuer && block.heading != 1) {
                if head.kicker.is_none() && block.text.len() <= LONGEST_KICKER {
                    head.kicker = Some(block);
                }
            } else if (issuer || day) && !known.contains(block.text.as_str()) {
                head.lines.insert(0, block);
            } else {
                break;
            }
        }
        // Below: up to where the main text begins.
        let mut below = Vec::new();
        let mut reached = false;
        for block in all[headline + 1..].iter().take(HEAD) {
            if known.contains(block.text.as_str()) {
                reached = true;
                break;
            }
            if plain(block) && !is_tool(&block.text) {
                below.push(block);
            }
        }
        if reached {
            head.lines.extend(below);
        } else {
            head.dates = below;
        }
        // The day can stand in the main text's first lines as an element of its own, which is no line of the head, or as
        // a line before its first paragraph.
        let first = || all[headline + 1..].iter().take(HEAD);
        head.dates.extend(first().filter(|block| block.time.is_some() && !block.around));
        head.dates.extend(
            first()
                .take_while(|block| block.text.len() < PARAGRAPH && block.heading == 0)
                .filter(|block| !block.around),
        );
        head
    }
}

/// Whether a line is a tool of the page and no part of the text.
fn is_tool(text: &str) -> bool {
    const TOOLS: &[&str] = &[
        "teilen",
        "drucken",
        "vorlesen",
        "seite drucken",
        "merken",
        "lesezeit",
        "anhören",
        "artikel teilen",
        "pdf",
        "kommentare",
        "facebook",
        "twitter",
        "whatsapp",
        "e-mail",
        "link kopieren",
        "nach oben",
        "zurück",
        "suche",
    ];
    let text = text.to_lowercase();
    text.len() < 40 && TOOLS.iter().any(|tool| text.starts_with(tool))
}
