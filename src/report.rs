//! One HTML file that shows the tables of a run: overview, map, network, topics, and the text itself.
//!
//! The file needs no network and asks for none: a policy inside of it forbids every request. All that stems from
//! documents is packed as data and set as text, never as markup. The same tables give the same bytes.
//!
//! What is shown of a large run is bounded, so that its file can be mailed; the report says what it leaves out.
//!
//! | what | bound |
//! |---|---|
//! | sentences shown of an entity | 24 to 1, so that all of them have 1.7 MB |
//! | mentions | counted per document, not per sentence, beyond 400,000 rows; the rarest entities without rows beyond 700,000 |
//! | terms of topics | 5 to 0 each, 90,000 in all |
//! | headlines | 4,000 to 80 characters each, 1.3 MB in all |

mod contexts;
mod data;
mod facts;
mod laender;
mod pack;
mod page;
mod run;
mod view;
mod words;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use polars::prelude::PolarsError;

use crate::gazetteer::Gazetteer;
pub use view::DocumentView;

/// The language of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// German.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    /// Its code: `de` or `en`.
    ///
    /// ```
    /// assert_eq!(ressort::report::Language::German.as_str(), "de");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "de" => Ok(Self::German),
            "en" => Ok(Self::English),
            other => Err(format!("'{other}' is no language of the report: one of de, en")),
        }
    }
}

/// Why a report cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A table is not there.
    #[error("{} has no {table}.parquet and no {table}.csv; 'ressort extract INPUT -o DIR' writes them", folder.display())]
    NoTable {
        /// The folder of the run.
        folder: PathBuf,
        /// Name of the table.
        table: &'static str,
    },
    /// The system refuses to open a file.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not the table that it should be.
    #[error("cannot read {} as a table of a run: {source}; write it again with 'ressort extract'", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What polars said.
        source: PolarsError,
    },
    /// The data cannot be packed.
    #[error("cannot pack the data: {0}")]
    Pack(#[from] std::io::Error),
    /// The data cannot be put into JSON.
    #[error("cannot pack the data: {0}")]
    Json(#[from] serde_json::Error),
}

/// A report in the making.
///
/// ```
/// use ressort::report::Report;
/// use ressort::tables::Tables;
/// use ressort::write::{Folder, Format, Segment};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Das BMDS lädt ein. <script>").with_date("2025-10-08".parse()?);
/// let mut tables = Tables::default();
/// tables.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document));
/// let path = std::env::temp_dir().join("ressort-report-doctest");
/// let mut folder = Folder::create(&path, &[Format::Parquet])?;
/// let frames = tables.finish(pipeline.gazetteer())?.into_tables().into();
/// folder.add(&Segment { frames, ..Segment::default() })?;
/// folder.finish(Vec::new())?;
///
/// let html = Report::new().title("Digitales").html(&path, pipeline.gazetteer())?;
/// assert!(html.starts_with("<!doctype html>") && html.contains("<title>Digitales</title>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Report {
    language: Language,
    title: Option<String>,
}

impl Report {
    /// A report in German, with a headline that says how many documents it is about.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Sets the headline.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The page for the tables in a folder, Parquet or CSV. The gazetteer adds names through time and holders of offices.
    ///
    /// # Errors
    /// [`ReportError`] where a table is missing or broken.
    pub fn html(&self, folder: impl AsRef<Path>, gazetteer: &Gazetteer) -> Result<String, ReportError> {
        let run = run::Run::read(folder.as_ref())?;
        let title = self.title.clone().unwrap_or_else(|| page::headline(self.language, run.documents.height()));
        let data = data::pack(&run, gazetteer, &title, self.language)?;
        Ok(page::report(self.language, &title, &data))
    }
}
