//! TODO write
