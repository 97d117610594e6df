//! Parts of a source that are read independently of each other, on any thread.

use std::sync::Arc;

#[cfg(feature = "feed")]
use super::feed;
use super::finish::refused;
#[cfg(feature = "html")]
use super::html;
#[cfg(feature = "mail")]
use super::mail;
#[cfg(feature = "office")]
use super::office;
use super::options::ReadOptions;
#[cfg(feature = "pdf")]
use super::pdf;
use super::table::{self, Rows};
#[cfg(feature = "xml")]
use super::xml;
use super::{Format, language, lines, plain, unscramble};
use crate::date::Date;
use crate::document::{DateSource, Document, Failure, Span};

/// Documents, and what went wrong with those that are none.
pub type Outcomes = Vec<Result<Document, Failure>>;

/// A part of a source: a file, a member of an archive, or a run of records of one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Name of what it is part of, as it stands in tables and messages: a path, or `archive.zip!/folder/page.html`.
    pub source: String,
    /// What it holds.
    pub content: Content,
    /// Day on which a crawler fetched it: the day of documents that show no other.
    pub crawled: Option<Date>,
    /// How many bytes of the source had been read when it was handed on, as far as that is known: how far a run is.
    pub reached: u64,
}

/// What a [`Piece`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Bytes in a format.
    Bytes {
        /// Their format.
        format: Format,
        /// Number of the first record in them, from 0.
        first: u32,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Rows of a table in CSV.
    Rows {
        /// How they are read.
        rows: Arc<Rows>,
        /// Number of the first row, from 0.
        first: u32,
        /// The rows.
        bytes: Vec<u8>,
    },
    /// What was read already.
    Ready(Outcomes),
}

impl Piece {
    /// A piece of which no more is known.
    pub fn new(source: &str, content: Content) -> Self {
        Self { source: source.to_owned(), content, crawled: None, reached: 0 }
    }

    /// Its documents, in their order.
    ///
    /// A document with malformed bytes is followed by a [`Failure`] that counts them, an empty one by a [`Failure`] that
    /// says so: both documents are there, and the user hears of it.
    ///
    /// ```
    /// use ressort::read::{Content, Format, Piece, ReadOptions};
    ///
    /// let content = Content::Bytes { format: Format::Text, first: 0, bytes: b"Das BMDS.".to_vec() };
    /// let piece = Piece::new("notiz.txt", content);
    /// let documents = piece.documents(&ReadOptions::default());
    /// assert_eq!(documents[0].as_ref().unwrap().text, "Das BMDS.");
    /// ```
    #[must_use]
    pub fn documents(self, options: &ReadOptions) -> Outcomes {
        let mut outcomes = match self.content {
            Content::Ready(outcomes) => outcomes,
            Content::Rows { rows, first, bytes } => table::csv_documents(&rows, &bytes, &self.source, first),
            Content::Bytes { format, first, bytes } => parse(format, first, &bytes, &self.source, options),
        };
        let crawled = self.crawled.map(|day| (day, DateSource::Crawl));
        let last_resort = crawled.or(options.date.map(|day| (day, DateSource::Given)));
        for document in outcomes.iter_mut().flatten() {
            mend(document);
            if document.language.is_none() {
                document.language = language(&document.text).map(str::to_owned);
            }
            if let (None, Some((day, source))) = (document.date, last_resort) {
                document.date = Some(day);
                document.date_source = Some(source);
            }
        }
        outcomes
    }
}

/// The documents of bytes in a format.
pub(super) fn parse(format: Format, first: u32, bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    match format {
        Format::Text => plain::documents(bytes, name, options),
        Format::JsonLines => lines::documents(bytes, name, first),
        #[cfg(feature = "html")]
        Format::Html => html::documents(bytes, name, options),
        #[cfg(feature = "xml")]
        Format::Xml => xml::documents(bytes, name, options),
        #[cfg(feature = "feed")]
        Format::Feed => feed::documents(bytes, name, options),
        #[cfg(feature = "mail")]
        Format::Mail => mail::documents(bytes, name, options),
        #[cfg(feature = "office")]
        Format::Docx => office::docx(bytes, name, options),
        #[cfg(feature = "office")]
        Format::Odt => office::odt(bytes, name, options),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::documents(bytes, name),
        #[allow(unreachable_patterns, reason = "with all features there is nothing left")]
        other => {
            let feature = other.feature();
            refused(
                name,
                format!("this program was built without the feature '{feature}'; build it with '--features {feature}'"),
            )
        }
    }
}

/// Puts mojibake right that the format hid from the decoder (escapes, entities).
///
/// Whether letters are mojibake can depend on their neighbours, so kicker and title are read by themselves in the text
/// too: they must stay what their spans cover.
fn mend(document: &mut Document) {
    for part in [&mut document.kicker, &mut document.title].into_iter().flatten() {
        if let Some((mended, _)) = unscramble(part) {
            *part = mended;
        }
    }
    let spans = [document.kicker_span, document.title_span];
    let mut cuts: Vec<u32> = spans.iter().flatten().flat_map(|span| [span.start, span.end]).collect();
    cuts.push(document.text.len() as u32);
    cuts.sort_unstable();
    let (mut text, mut count, mut begin) = (String::new(), 0, 0);
    let moved: Vec<(u32, u32)> = cuts
        .into_iter()
        .map(|cut| {
            let part = document.text.get(begin..cut as usize).unwrap_or_default();
            match unscramble(part) {
                Some((mended, more)) => {
                    text.push_str(&mended);
                    count += more;
                }
                None => text.push_str(part),
            }
            begin = cut as usize;
            (cut, text.len() as u32)
        })
        .collect();
    if count == 0 {
        return;
    }
    let to = |at: u32| moved.iter().find(|(cut, _)| *cut == at).map_or(at, |&(_, to)| to);
    for span in [&mut document.kicker_span, &mut document.title_span].into_iter().flatten() {
        *span = Span { start: to(span.start), end: to(span.end) };
    }
    document.text = text;
    document.mended += count;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mojibake_behind_escapes_is_put_right_and_spans_move_along() {
        let mut document = Document::new("Ã–ffnung fÃ¼r alle\nEs gilt fÃ¼r Bonn.");
        let title = "Ã–ffnung fÃ¼r alle";
        document.title_span = Some(Span { start: 0, end: title.len() as u32 });
        document.title = Some(title.to_owned());
        let mut outcomes = Piece::new("x", Content::Ready(vec![Ok(document)])).documents(&ReadOptions::default());
        let document = outcomes.remove(0).unwrap();
        assert_eq!(document.text, "Öffnung für alle\nEs gilt für Bonn.");
        assert_eq!(document.title_span.unwrap().of(&document.text), "Öffnung für alle");
        assert_eq!((document.title.as_deref(), document.mended), (Some("Öffnung für alle"), 3));
    }

    #[test]
    fn a_title_stays_what_its_span_covers() {
        // `Ã“` is read otherwise before a letter than at the end of a title.
        for (text, end) in [("AÃ“b.", 6), ("fÃ¼r Ã¼\nÃ¼", 11), ("Ã\n¼ber Ã¼", 3)] {
            let mut document = Document::new(text);
            document.title_span = Some(Span { start: 0, end });
            document.title = Some(text[..end as usize].to_owned());
            let mut outcomes = Piece::new("x", Content::Ready(vec![Ok(document)])).documents(&ReadOptions::default());
            let document = outcomes.remove(0).unwrap();
            assert_eq!(document.title_span.unwrap().of(&document.text), document.title.unwrap(), "{text}");
        }
    }
}
