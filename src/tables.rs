//! TODO tables
