//! The formats of table files.

use std::str::FromStr;

/// A format of table files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Apache Parquet: real dates, dictionary-encoded texts, zstd.
    Parquet,
    /// RFC 4180 in UTF-8, formulas defused.
    Csv,
    /// JSON Lines, one object per document: `annotations.jsonl`.
    Jsonl,
    /// Arrow IPC files, uncompressed, to be mapped into memory.
    Arrow,
    /// One Excel workbook with a sheet for each table: `tables.xlsx`.
    Xlsx,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Parquet, Self::Csv, Self::Jsonl, Self::Arrow, Self::Xlsx];

    /// Its name, which is also the ending of its files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Arrow => "arrow",
            Self::Xlsx => "xlsx",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| format!("'{text}' is no format: one of parquet, csv, jsonl, arrow, xlsx"))
    }
}

/// The span of time that one file of a partitioned table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partition {
    /// `year=2025`
    Year,
    /// `year=2025/month=10`
    Month,
}

impl Partition {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
        }
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Year, Self::Month]
            .into_iter()
            .find(|partition| partition.as_str() == text)
            .ok_or_else(|| format!("'{text}' is no partition: one of year, month"))
    }
}
