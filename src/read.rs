//! Files, folders and streams become [`Document`](crate::Document)s.
//!
//! A text file is one document, or several where it is a page that lists several items ([`split_page`]); a JSON Lines
//! file (`.jsonl`, `.ndjson`) holds one document per line ([`record`]). What cannot be read is a
//! [`Failure`](crate::document::Failure) that names the place, and the rest goes on.

mod dates;
mod decode;
#[cfg(feature = "cli")]
mod inputs;
mod page;
mod record;
mod source;

pub use dates::{full_dates, latest_date};
pub use decode::decode;
#[cfg(feature = "cli")]
pub use inputs::expand;
pub use page::split_page;
pub use record::{RecordError, record};
pub use source::{Documents, Source, Split};
