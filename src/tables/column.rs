//! Columns that grow row by row without an allocation per cell.

use polars::prelude::*;

use super::TableError;
use crate::date::{Date, day_after_1970};

/// A column under construction.
pub(super) trait Cells {
    /// An empty column.
    fn named(name: &'static str) -> Self;
    /// The rows so far; the column is empty afterwards.
    fn take(&mut self) -> Result<Column, TableError>;
}

/// Texts; `None` is null.
pub(super) struct Text(&'static str, StringChunkedBuilder);
/// Counts and offsets; `None` is null.
pub(super) struct Count(&'static str, Vec<Option<u32>>);
/// Scores.
pub(super) struct Score(&'static str, Vec<f64>);
/// Days; `None` is null.
pub(super) struct Day(&'static str, Vec<Option<i32>>);

impl Text {
    pub(super) fn push<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        self.1.append_option(text.into());
    }

    /// A text, null where it is empty: the gazetteer's way of saying unknown.
    pub(super) fn push_known(&mut self, text: &str) {
        self.push(Some(text).filter(|text| !text.is_empty()));
    }
}

impl Count {
    pub(super) fn push(&mut self, count: impl Into<Option<u32>>) {
        self.1.push(count.into());
    }

    pub(super) fn len(&self) -> usize {
        self.1.len()
    }
}

impl Score {
    /// A score, rounded to four digits: more would be noise, and differ between machines.
    pub(super) fn push(&mut self, score: impl Into<f64>) {
        self.1.push((score.into() * 10_000.0).round() / 10_000.0);
    }
}

/// Day 0 of a column of days.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The day of a cell.
pub(crate) fn day_of(cell: i32) -> Option<Date> {
    day_after_1970(cell.into())
}

impl Day {
    pub(super) fn push(&mut self, day: Option<Date>) {
        self.1.push(day.map(|day| (day - EPOCH).get_days()));
    }
}

impl Cells for Text {
    fn named(name: &'static str) -> Self {
        Self(name, StringChunkedBuilder::new(name.into(), 0))
    }

    fn take(&mut self) -> Result<Column, TableError> {
        Ok(std::mem::replace(self, Self::named(self.0)).1.finish().into_column())
    }
}

impl Cells for Count {
    fn named(name: &'static str) -> Self {
        Self(name, Vec::new())
    }

    fn take(&mut self) -> Result<Column, TableError> {
        Ok(Column::new(self.0.into(), std::mem::take(&mut self.1)))
    }
}

impl Cells for Score {
    fn named(name: &'static str) -> Self {
        Self(name, Vec::new())
    }

    fn take(&mut self) -> Result<Column, TableError> {
        Ok(Column::new(self.0.into(), std::mem::take(&mut self.1)))
    }
}

impl Cells for Day {
    fn named(name: &'static str) -> Self {
        Self(name, Vec::new())
    }

    fn take(&mut self) -> Result<Column, TableError> {
        Ok(Column::new(self.0.into(), std::mem::take(&mut self.1)).cast(&DataType::Date)?)
    }
}

/// A table as a struct with one column per field.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident { $($column:ident: $cells:ty),+ $(,)? }) => {
        $(#[$meta])*
        pub(super) struct $name { $(pub(super) $column: $cells),+ }

        impl Default for $name {
            fn default() -> Self {
                Self { $($column: <$cells as crate::tables::column::Cells>::named(stringify!($column))),+ }
            }
        }

        impl $name {
            /// The rows so far as a frame; the table is empty afterwards.
            pub(super) fn take(&mut self) -> Result<polars::prelude::DataFrame, crate::tables::TableError> {
                let columns = vec![$(crate::tables::column::Cells::take(&mut self.$column)?),+];
                Ok(polars::prelude::DataFrame::new_infer_height(columns)?)
            }
        }
    };
}
pub(super) use table;
