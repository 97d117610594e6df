//! Documents become tokens and sentences.
//!
//! The tokenizer reads bytes. German prose is nearly all Latin script, so one table of byte classes
//! decides almost every step; other scripts and emoji go to the rules of [UAX #29] through
//! `unicode-segmentation`. Every character that is not white space lies in exactly one token, and what
//! lies between tokens is white space only. Nothing is normalised: damaged text (soft hyphens, hyphens
//! at line ends, HTML entities inside words) stays in its token as it is, and [`fold`] sees through it.
//!
//! [UAX #29]: https://www.unicode.org/reports/tr29/

mod abbreviations;
mod bytes;
mod fold;
mod lines;
mod marks;
mod numbers;
mod runs;
mod sentences;
mod stops;
mod tokens;
mod web;
mod words;

pub(crate) use fold::divides_capitals;
pub use fold::{fold, fold_into};
pub(crate) use numbers::is_month;
pub use sentences::{sentences, sentences_into, tokens_and_sentences_into};
pub use tokens::{tokens, tokens_into};
