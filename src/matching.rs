//! Names of the gazetteers are found in the text, in every German form: candidates for mentions.
//!
//! The text's tokens are divided at their hyphens into pieces, each piece is looked up under a crude stem, and a
//! trie over stems finds the names that could stand here. The stem only strips letters that German endings are made
//! of (`e`, `m`, `n`, `r`, `s`), so that all forms of a name meet; whether the form that stands in the text is one of
//! the name's is then checked by rule (`forms`). So names are stored once, not once per form, a list of a million
//! names loads in seconds, and only whole words are found.

mod build;
mod filter;
mod forms;
mod letters;
mod lexicon;
mod ocr;
mod pieces;
mod search;

pub(crate) use lexicon::surname;
pub use lexicon::{Candidate, Found, Lexicon, NameId, Scratch};
pub use pieces::Piece;
