//! TODO evaluate
