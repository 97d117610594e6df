//! RSS and Atom: a document per entry.

use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;
use serde_json::Value;

use super::charset::decode_with;
use super::finish::{finish, refused};
use super::guard::guarded;
use super::headline::with_headline;
use super::html::fragment;
use super::options::ReadOptions;
use super::piece::Outcomes;
use super::stamp_date;
use crate::date::Date;
use crate::document::{DateSource, Document};

pub(super) fn documents(bytes: &[u8], name: &str, _: &ReadOptions) -> Outcomes {
    let (text, replaced) = decode_with(bytes, super::html::declared(bytes).as_deref());
    let Some(text) = as_utf8(&text) else {
        return refused(name, "the feed is nested too deep; leave it out");
    };
    match guarded(|| parse(text.as_bytes())) {
        Ok(Ok(feed)) => {
            let mut documents: Vec<Document> = feed.entries.iter().map(|entry| document(entry, &feed)).collect();
            if let Some(first) = documents.first_mut() {
                first.replaced = replaced;
            }
            if documents.is_empty() {
                return refused(name, "the feed has no entries; there is nothing to read");
            }
            finish(documents, name, None)
        }
        Ok(Err(error)) => {
            refused(name, format!("this is no RSS or Atom, or broken ({error}); repair it, or save it as text"))
        }
        Err(_) => refused(name, "the feed breaks its reader; save it as text"),
    }
}

/// So deep elements are nested at most.
const DEEPEST: usize = 400;

/// The text without its declaration, whose encoding is no longer that of the bytes; `None` where it is nested too deep.
fn as_utf8(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let behind = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let body = behind.map_or(text, |(_, body)| body);
    let (mut depth, mut deepest) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', body.as_bytes()) {
        match body.as_bytes().get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() => {
                let end = memchr::memchr(b'>', &body.as_bytes()[at..]).map_or(body.len(), |length| at + length);
                if body.as_bytes()[end - 1] != b'/' {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            _ => {}
        }
    }
    (deepest <= DEEPEST).then_some(body)
}

fn parse(text: &[u8]) -> Result<Feed, feed_rs::parser::ParseFeedError> {
    // Noon, so that no time zone makes another day of it.
    let day = |stamp: &str| {
        let day = stamp_date(stamp)?;
        let day = NaiveDate::from_ymd_opt(
            day.year().into(),
            day.month().unsigned_abs().into(),
            day.day().unsigned_abs().into(),
        )?;
        Some(DateTime::<Utc>::from_naive_utc_and_offset(day.and_hms_opt(12, 0, 0)?, Utc))
    };
    Builder::new().sanitize_content(false).timestamp_parser(day).build().parse(text)
}

fn document(entry: &Entry, feed: &Feed) -> Document {
    let plain = |html: &str| fragment(html).unwrap_or_else(|_| html.to_owned());
    let title =
        entry.title.as_ref().map(|title| plain(&title.content).replace('\n', " ")).filter(|title| !title.is_empty());
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref()).map(plain);
    let summary = entry.summary.as_ref().map(|summary| plain(&summary.content));
    // The longer one is the whole text, the other its beginning; where it is not, it is the lead.
    let body = match (summary, content) {
        (Some(summary), Some(content)) if content.contains(summary.trim_end_matches(['…', '.', ' '])) => content,
        (Some(summary), Some(content)) if summary.contains(&content) => summary,
        (Some(summary), Some(content)) => format!("{summary}\n{content}"),
        (summary, content) => summary.or(content).unwrap_or_default(),
    };
    let mut document = with_headline(title.as_deref(), &body);
    document.date = entry.published.or(entry.updated).and_then(|day| stamp_date(&day.to_rfc3339()));
    document.date_source = document.date.map(|_: Date| DateSource::Feed);
    document.language = feed.language.as_deref().and_then(|language| language.get(..2)).map(str::to_ascii_lowercase);
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            document.extra.insert(name.to_owned(), Value::from(value));
        }
    };
    put("url", entry.links.first().map(|link| link.href.as_str()));
    put("author", entry.authors.first().and_then(|author| author.name.as_deref()));
    put("feed", feed.title.as_ref().map(|title| title.content.as_str()));
    let keywords: Vec<&str> = entry.categories.iter().map(|category| category.term.as_str()).collect();
    put("keywords", Some(&keywords.join("; ")));
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Document> {
        documents(bytes, "feed.xml", &ReadOptions::default()).into_iter().filter_map(Result::ok).collect()
    }

    #[test]
    fn entries_of_rss() {
        let entries = read(include_bytes!("../../tests/formats/feed.rss"));
        let seen: Vec<_> = entries
            .iter()
            .map(|entry| (entry.date.map(|day| day.to_string()).unwrap_or_default(), entry.text.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                (
                    "2024-03-12".to_owned(),
                    "Bayern: Neue Cloud für Kommunen\nDer Freistaat fördert die Cloud. Das BMI prüft & berät."
                ),
                ("2025-10-09".to_owned(), "Hessen baut aus\nErster Absatz.\nZweiter Absatz."),
                (String::new(), "Ohne Tag\nText."),
            ]
        );
        assert_eq!(entries[0].kicker.as_deref(), Some("Bayern"));
        assert_eq!(entries[0].date_source, Some(DateSource::Feed));
        assert_eq!(entries[0].extra["url"], "https://beispiel.example/1");
        assert_eq!(entries[1].id, "feed.xml#1");
    }

    #[test]
    fn entries_of_atom_in_another_encoding() {
        let feed = "<?xml version='1.0' encoding='iso-8859-1'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Gr\u{fc}nes</title>\
                    <entry><title>Pr\u{fc}fung</title><id>1</id><updated>2025-10-09T00:30:00+02:00</updated>\
                    <content type='html'>&lt;p&gt;Der Senat pr\u{fc}ft.&lt;/p&gt;</content></entry></feed>";
        let bytes: Vec<u8> = feed.chars().map(|c| c as u8).collect();
        let entry = read(&bytes).remove(0);
        assert_eq!(entry.text, "Prüfung\nDer Senat prüft.");
        assert_eq!(entry.date, Some("2025-10-09".parse().unwrap()));
        assert_eq!(entry.extra["feed"], "Grünes");
    }

    #[test]
    fn feeds_made_to_exhaust_the_reader() {
        let message =
            |text: &str| documents(text.as_bytes(), "f", &ReadOptions::default()).remove(0).unwrap_err().message;
        assert!(message(&format!("<rss version='2.0'><channel>{}", "<a>".repeat(100_000))).contains("deep"));
        assert!(message("<rss version='2.0'><channel><title>x</title></channel></rss>").contains("no entries"));
        assert!(message("kein Feed").contains("no RSS"));
    }
}
