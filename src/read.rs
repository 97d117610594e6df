//! TODO read
