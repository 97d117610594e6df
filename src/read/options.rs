//! How sources are read.

use crate::date::Date;

/// Whether a page that lists several items becomes several documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Split {
    /// It does, where it is such a page.
    #[default]
    Auto,
    /// Each text is one document.
    None,
}

/// How sources are read: [`Source::documents`](super::Source::documents), [`walk`](super::walk).
///
/// ```
/// use ressort::read::{ReadOptions, Split};
///
/// let options = ReadOptions { split: Split::None, ..ReadOptions::default() };
/// assert_eq!(options.limits.depth, 4);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Whether a page that lists several items becomes several documents.
    pub split: Split,
    /// Day of documents without one of their own.
    pub date: Option<Date>,
    /// Where a table of documents (CSV, Parquet) holds what.
    pub columns: Columns,
    /// What a source may cost.
    pub limits: Limits,
}

/// Names of the columns in a table of documents; `None` stands for the usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The text.
    pub text: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The identifier.
    pub id: Option<String>,
}

/// What a source may cost, so that no input, however made, exhausts memory or never ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document as it is stored: a file, a line, a member of an archive, uncompressed.
    pub document_bytes: u64,
    /// Bytes of archives and tables that lie in other archives and have to be held in memory, all together.
    pub held_bytes: u64,
    /// How deep archives may be nested in archives.
    pub depth: u32,
    /// How many times its compressed size a member may grow to, once it is larger than a megabyte.
    pub ratio: u64,
    /// How many members one archive may hold.
    pub members: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: 64 << 20, held_bytes: 192 << 20, depth: 4, ratio: 1000, members: 10_000_000 }
    }
}
