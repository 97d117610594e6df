//! Annotations and tables become files: JSON Lines, CSV, Parquet, Arrow, Excel.

mod json;

#[cfg(feature = "tables")]
mod csv;
#[cfg(feature = "tables")]
mod error;
#[cfg(feature = "tables")]
mod files;
#[cfg(feature = "tables")]
mod folder;
#[cfg(feature = "tables")]
mod format;
#[cfg(feature = "tables")]
mod part;
#[cfg(feature = "tables")]
mod partition;
mod reading;
#[cfg(feature = "tables")]
mod segment;
#[cfg(feature = "tables")]
mod xlsx;

#[cfg(feature = "tables")]
pub use error::WriteError;
#[cfg(feature = "extract")]
pub(crate) use files::read_rows;
#[cfg(feature = "tables")]
pub use folder::{Finished, Folder};
#[cfg(feature = "tables")]
pub use format::{Format, Partition};
pub use json::{JsonLayers, UnknownLayer, json_object};
#[cfg(feature = "cli")]
pub(crate) use reading::period_object;
pub use reading::{reading_object, reading_reason};
#[cfg(feature = "extract")]
pub(crate) use segment::LINES;
#[cfg(feature = "tables")]
pub use segment::{Segment, Written};
