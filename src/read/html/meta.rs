//! What a page says about itself in its markup.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::super::dates::stamp_date;
use super::blocks::attribute;
use crate::date::Date;

/// Names and properties of `<meta>` with the day of a page, the most telling first: when it was published, then when the
/// record of it was made.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "pubdate",
    "publish_date",
    "publishdate",
    "publication_date",
    "date",
    "release_date",
    "article.published",
    "datum",
];

const TITLES: &[&str] = &["og:title", "twitter:title", "dcterms.title", "dc.title", "title"];

const AUTHORS: &[&str] = &["author", "article:author", "dcterms.creator", "dc.creator", "parsely-author", "byl"];

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Day of publication.
    pub(super) date: Option<Date>,
    /// Headline, without the name of the site where markup gives it so.
    pub(super) title: Option<String>,
    /// The contents of `<title>`.
    pub(super) window: Option<String>,
    /// Name of the site.
    pub(super) site: Option<String>,
    /// Who wrote it.
    pub(super) author: Option<String>,
    /// Where it says that it lies.
    pub(super) addresses: Vec<String>,
    /// Two letters.
    pub(super) language: Option<String>,
}

impl Meta {
    pub(super) fn of(tree: &Document) -> Self {
        let mut meta = Self::default();
        let mut named: Vec<(String, String)> = Vec::new();
        let mut linked = Vec::new();
        for node in tree.root().descendants_it() {
            let Some(element) = node.element_ref() else { continue };
            match &*element.name.local {
                "html" => {
                    let language = attribute(&element, "lang").or_else(|| attribute(&element, "xml:lang"));
                    meta.language = language.and_then(two_letters);
                }
                "title" if meta.window.is_none() => meta.window = text_of(node),
                "meta" => {
                    let content = attribute(&element, "content").map(str::trim).filter(|content| !content.is_empty());
                    let told_by = ["property", "name", "itemprop"].iter().filter_map(|name| attribute(&element, name));
                    if let Some(content) = content {
                        named.extend(told_by.map(|name| (name.to_ascii_lowercase(), content.to_owned())));
                    }
                }
                "link" if attribute(&element, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    meta.addresses.extend(attribute(&element, "href").map(str::to_owned));
                }
                "script" if attribute(&element, "type") == Some("application/ld+json") => {
                    linked.extend(serde_json::from_str::<Value>(&node.text()).ok());
                }
                _ => {}
            }
        }
        let find = |names: &[&str]| {
            names.iter().find_map(|name| named.iter().find(|(known, _)| known == name)).map(|(_, value)| value.clone())
        };
        meta.date = DATES
            .iter()
            .flat_map(|name| named.iter().filter(move |(known, _)| known == name))
            .find_map(|(_, stamp)| stamp_date(stamp));
        meta.addresses.extend(find(&["og:url"]));
        meta.title = find(TITLES);
        meta.author = find(AUTHORS).filter(|author| !author.starts_with("http"));
        meta.site = find(&["og:site_name", "application-name"]);
        for value in &linked {
            meta.json_ld(value, 0);
        }
        meta
    }

    /// The article that JSON-LD describes: in an object, a list, or a graph of them.
    fn json_ld(&mut self, value: &Value, depth: u8) {
        match value {
            Value::Array(values) if depth < 4 => values.iter().for_each(|value| self.json_ld(value, depth + 1)),
            Value::Object(fields) if depth < 4 => {
                for inner in ["@graph", "mainEntity"] {
                    fields.get(inner).into_iter().for_each(|value| self.json_ld(value, depth + 1));
                }
                let is_article = fields.get("@type").is_some_and(|kind| {
                    let kinds = kind.as_array().map_or_else(|| vec![kind], |kinds| kinds.iter().collect());
                    kinds.iter().filter_map(|kind| kind.as_str()).any(|kind| {
                        kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "WebPage")
                    })
                });
                if !is_article {
                    return;
                }
                let string = |name: &str| fields.get(name).and_then(Value::as_str);
                let stamp = string("datePublished").or_else(|| string("dateCreated"));
                self.date = stamp.and_then(stamp_date).or(self.date);
                if let Some(headline) = string("headline").filter(|headline| !headline.trim().is_empty()) {
                    self.title = Some(headline.trim().to_owned());
                }
                let author =
                    fields.get("author").and_then(|author| author.as_array().map_or(Some(author), |all| all.first()));
                let name = author.and_then(|author| author.as_str().or_else(|| author.get("name")?.as_str()));
                self.author = name.map(str::to_owned).or_else(|| self.author.take());
            }
            _ => {}
        }
    }
}

fn two_letters(language: &str) -> Option<String> {
    let start = language.trim().get(..2)?;
    let code = language.trim().len() == 2 || language.trim().as_bytes()[2].is_ascii_punctuation();
    (code && start.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| start.to_ascii_lowercase())
}

/// The text of an element with single blanks.
fn text_of(node: NodeRef<'_>) -> Option<String> {
    let text = node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
