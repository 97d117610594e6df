//! Annotations and tables become files: JSON Lines, CSV, Parquet.

mod json;

#[cfg(feature = "tables")]
mod csv;
#[cfg(feature = "tables")]
mod folder;
#[cfg(feature = "tables")]
mod part;

#[cfg(feature = "tables")]
pub use folder::{Folder, Format, WriteError};
pub use json::{JsonLayers, UnknownLayer, json_object};
