//! What goes through the pipeline: a [`Document`] comes in, an [`Annotation`] of it goes out.
//!
//! A document's text is never altered. Everything found in it is a [`Span`] of byte offsets into that
//! text; where a user counts Unicode code points (Python, JavaScript, the JSON output), [`CharIndex`]
//! converts.

mod annotation;
mod failure;
mod span;

pub use annotation::{
    Annotation, DateBasis, Evidence, Flags, Kind, Mention, Modifier, Region, Sentence, Token, TokenKind, TopicScore,
    TopicTerm, UnknownName, Via,
};
pub use failure::{Failure, Stage};
pub use span::{CharIndex, Span};

use crate::date::Date;

/// Where a document's date is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateSource {
    /// Given on the command line or by the library's caller.
    Given,
    /// A field of the record.
    Record,
    /// The item's own mark on a page of several items (`[09.10.2025]`).
    Item,
    /// What a page says about itself: its markup (`meta`, JSON-LD, `time`, elements called a date), its address, its foot.
    Page,
    /// The entry of a feed.
    Feed,
    /// The header of an e-mail.
    Header,
    /// The name of the file (`2025-10-09_pm.pdf`).
    FileName,
    /// The text itself: its date line (`Berlin, den 9. Oktober 2025`, `Stand: Oktober 2025`), or, before the items of a
    /// page, the latest full date that it names.
    Text,
    /// The day on which a crawler fetched it.
    Crawl,
    /// The properties of a PDF or office document, which say when the file was made: the last resort.
    Properties,
}

impl DateSource {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Record => "record",
            Self::Item => "item",
            Self::Page => "page",
            Self::Feed => "feed",
            Self::Header => "header",
            Self::FileName => "file_name",
            Self::Properties => "properties",
            Self::Text => "text",
            Self::Crawl => "crawl",
        }
    }
}

/// A text with what is known about it from outside.
///
/// ```
/// use ressort::Document;
///
/// let document = Document::new("Das BMDS lädt ein.").with_date("2025-10-08".parse()?);
/// assert_eq!(document.text, "Das BMDS lädt ein.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Identifier, unique in a run; readers make one from source and item where none is given.
    pub id: String,
    /// Path or name of what it was read from.
    pub source: String,
    /// Number of the item on its page, from 0; 0 where a source holds one document.
    pub item: u32,
    /// Headline.
    pub title: Option<String>,
    /// The word or phrase before the headline that says where or what (`Bayern`, `Bund/Hessen`).
    pub kicker: Option<String>,
    /// Day of the item; mentions are linked as of this day.
    pub date: Option<Date>,
    /// Where `date` is from; `None` where there is no date.
    pub date_source: Option<DateSource>,
    /// Language as a two-letter code, where known.
    pub language: Option<String>,
    /// The text, as given; all spans refer to it.
    pub text: String,
    /// Where the kicker stands in `text`, if it does.
    pub kicker_span: Option<Span>,
    /// Where the headline stands in `text`, if it does.
    pub title_span: Option<Span>,
    /// Further fields of the record it was read from, passed through to the JSON output.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Id of the document before it in the run of which it is a duplicate, exact or near.
    pub duplicate_of: Option<String>,
    /// How many malformed byte sequences of the source were replaced by `U+FFFD` in `text`.
    pub replaced: u32,
    /// Name of the encoding that the source was read in, where that was found out.
    pub encoding: Option<&'static str>,
    /// How many characters of the source were damaged by a wrong encoding (`fÃ¼r`) and are put right in `text`.
    pub mended: u32,
}

impl Document {
    /// A document that is just a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same document with a date given by the caller.
    #[must_use]
    pub fn with_date(mut self, date: Date) -> Self {
        self.date = Some(date);
        self.date_source = Some(DateSource::Given);
        self
    }

    /// Whether it is known to be in another language than German.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        let german = |language: &String| {
            let code = language.split(['-', '_']).next().unwrap_or(language);
            ["de", "deu", "ger", "gsw", "nds"].iter().any(|german| code.eq_ignore_ascii_case(german))
        };
        self.language.as_ref().is_some_and(|language| !german(language))
    }

    /// The part of the document (kicker, title or body) in which the byte offset `at` lies.
    #[must_use]
    pub fn region(&self, at: u32) -> Region {
        let within = |span: Option<Span>| span.is_some_and(|span| span.start <= at && at < span.end);
        if within(self.kicker_span) {
            Region::Kicker
        } else if within(self.title_span) {
            Region::Title
        } else {
            Region::Body
        }
    }
}
