//! Files, folders and streams become [`Document`](crate::Document)s.
//!
//! Reading has two halves. [`walk`] opens a [`Source`], unpacks and divides it into [`Piece`]s, in order and on one
//! thread; [`Piece::documents`] turns a piece into documents, on any thread. [`Source::documents`] does both.
//!
//! A text file is one document, or several where it is a page that lists several items ([`split_page`]); a JSON Lines
//! file (`.jsonl`, `.ndjson`) holds one document per line ([`record`]), a table (CSV, Parquet) one per row. Archives hold
//! files of any format, and archives. What cannot be read is a [`Failure`](crate::document::Failure) that names the
//! place, and the rest goes on.

mod archive;
#[cfg(any(feature = "html", feature = "xml"))]
mod charset;
mod codepage;
mod dates;
mod decode;
#[cfg(feature = "feed")]
mod feed;
mod finish;
mod format;
#[cfg(any(feature = "html", feature = "pdf", feature = "tables"))]
mod guard;
mod headline;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "extract")]
mod inputs;
mod language;
mod lines;
#[cfg(feature = "mail")]
mod mail;
mod mbox;
mod meter;
mod mojibake;
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
mod table;
#[cfg(test)]
mod testing;
mod walk;
mod warc;
#[cfg(feature = "xml")]
mod xml;
#[cfg(any(feature = "office", feature = "xml"))]
mod xml_text;

pub use dates::{full_dates, latest_date, line_date, name_date, stamp_date};
pub use decode::{Decoded, decode, decode_as};
pub use format::Format;
#[cfg(feature = "extract")]
pub(crate) use guard::guarded;
#[cfg(feature = "extract")]
pub use inputs::expand;
pub use language::language;
pub use mojibake::unscramble;
pub use options::{Columns, Limits, ReadOptions, Split};
pub use page::split_page;
pub use piece::{Content, Outcomes, Piece};
pub use record::{RecordError, record};
pub use source::{Documents, Source};
pub use table::Rows;
pub use walk::{Emit, walk, walk_bytes};
