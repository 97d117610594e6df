//! Files, folders and streams become [`Document`](crate::Document)s.
//!
//! Reading has two halves. [`walk`] opens a [`Source`], unpacks and divides it into [`Piece`]s, in order and on one
//! thread; [`Piece::documents`] turns a piece into documents, on any thread. [`Source::documents`] does both.
//!
//! A text file is one document, or several where it is a page that lists several items ([`split_page`]); a JSON Lines
//! file (`.jsonl`, `.ndjson`) holds one document per line ([`record`]). What cannot be read is a
//! [`Failure`](crate::document::Failure) that names the place, and the rest goes on.

#[cfg(any(feature = "html", feature = "xml"))]
mod charset;
mod dates;
mod decode;
#[cfg(feature = "feed")]
mod feed;
mod finish;
mod format;
mod headline;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "cli")]
mod inputs;
mod lines;
#[cfg(feature = "mail")]
mod mail;
#[cfg(feature = "office")]
mod office;
mod options;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod piece;
mod plain;
mod record;
mod source;
mod walk;
#[cfg(feature = "xml")]
mod xml;
#[cfg(any(feature = "office", feature = "xml"))]
mod xml_text;

pub use dates::{full_dates, latest_date, line_date, name_date, stamp_date};
pub use decode::decode;
pub use format::Format;
#[cfg(feature = "cli")]
pub use inputs::expand;
pub use options::{Columns, Limits, ReadOptions, Split};
pub use page::split_page;
pub use piece::{Content, Outcomes, Piece};
pub use record::{RecordError, record};
pub use source::{Documents, Source};
pub use walk::{Emit, walk};
