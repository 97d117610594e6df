//! Parts of a source that are read independently of each other, on any thread.

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
#[cfg(feature = "xml")]
use super::xml;
use super::{Format, lines, plain};
use crate::document::{DateSource, Document, Failure};

/// Documents, and what went wrong with those that are none.
pub type Outcomes = Vec<Result<Document, Failure>>;

/// A part of a source: a file, a member of an archive, or a run of records of one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Name of what it is part of, as it stands in tables and messages: a path, or `archive.zip!/folder/page.html`.
    pub source: String,
    /// What it holds.
    pub content: Content,
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
    /// What was read already.
    Ready(Outcomes),
}

impl Piece {
    /// Its documents, in their order.
    ///
    /// A document with malformed bytes is followed by a [`Failure`] that counts them, an empty one by a [`Failure`] that
    /// says so: both documents are there, and the user hears of it.
    ///
    /// ```
    /// use ressort::read::{Content, Format, Piece, ReadOptions};
    ///
    /// let content = Content::Bytes { format: Format::Text, first: 0, bytes: b"Das BMDS.".to_vec() };
    /// let piece = Piece { source: "notiz.txt".to_owned(), content };
    /// let documents = piece.documents(&ReadOptions::default());
    /// assert_eq!(documents[0].as_ref().unwrap().text, "Das BMDS.");
    /// ```
    #[must_use]
    pub fn documents(self, options: &ReadOptions) -> Outcomes {
        let mut outcomes = match self.content {
            Content::Ready(outcomes) => outcomes,
            Content::Bytes { format, first, bytes } => parse(format, first, &bytes, &self.source, options),
        };
        if options.date.is_some() {
            for document in outcomes.iter_mut().flatten().filter(|document| document.date.is_none()) {
                document.date = options.date;
                document.date_source = Some(DateSource::Given);
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
