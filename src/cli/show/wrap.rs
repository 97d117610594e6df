//! Text in styles, broken between words where the terminal ends.

use std::io::{self, Write};

use owo_colors::{OwoColorize, Style};
use unicode_width::UnicodeWidthStr;

/// Narrower than this nothing is broken: it would only be torn to pieces.
const NARROWEST: usize = 20;

/// Writes pieces of text; a word can consist of several, in several styles.
pub(super) struct Wrap<W> {
    out: W,
    /// Columns of the terminal; `None` where the output is none, and lines stay as they are.
    width: Option<usize>,
    column: usize,
    /// The blanks before `word`.
    blanks: String,
    word: Vec<(String, Style)>,
}

impl<W: Write> Wrap<W> {
    pub(super) fn new(out: W, width: Option<usize>) -> Self {
        let width = width.filter(|width| *width >= NARROWEST);
        Self { out, width, column: 0, blanks: String::new(), word: Vec::new() }
    }

    /// Adds text; what is no word yet waits for its end.
    pub(super) fn push(&mut self, text: &str, style: Style) -> io::Result<()> {
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end_matches(char::is_whitespace);
            if !word.is_empty() {
                self.word.push((word.to_owned(), style));
            }
            let blank = &part[word.len()..];
            if !blank.is_empty() {
                self.end_word()?;
                if blank == "\n" {
                    self.blanks.clear();
                    self.column = 0;
                    self.out.write_all(b"\n")?;
                } else {
                    self.blanks.push_str(blank);
                }
            }
        }
        Ok(())
    }

    /// Writes what waits, and ends the line.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.end_word()?;
        self.out.write_all(b"\n")
    }

    fn end_word(&mut self) -> io::Result<()> {
        if self.word.is_empty() {
            return Ok(());
        }
        let long: usize = self.word.iter().map(|(text, _)| text.width()).sum();
        let before = self.blanks.width();
        if self.width.is_some_and(|width| self.column > 0 && self.column + before + long > width) {
            self.out.write_all(b"\n")?;
            self.column = 0;
        } else {
            write!(self.out, "{}", self.blanks)?;
            self.column += before;
        }
        self.blanks.clear();
        for (text, style) in self.word.drain(..) {
            write!(self.out, "{}", text.style(style))?;
        }
        self.column += long;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(pieces: &[&str], width: Option<usize>) -> String {
        let mut out = Vec::new();
        let mut wrap = Wrap::new(&mut out, width);
        for piece in pieces {
            wrap.push(piece, Style::new()).unwrap();
        }
        wrap.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_break_between_words_never_inside_of_them() {
        let pieces = ["Im Jahr lud das ", "[", "BMDS", "]", ", die Länder ein.\nNeue  Zeile."];
        assert_eq!(wrapped(&pieces, None), "Im Jahr lud das [BMDS], die Länder ein.\nNeue  Zeile.\n");
        assert_eq!(wrapped(&pieces, Some(22)), "Im Jahr lud das\n[BMDS], die Länder\nein.\nNeue  Zeile.\n");
        assert_eq!(
            wrapped(&["Donaudampfschifffahrtsgesellschaft ja"], Some(20)),
            "Donaudampfschifffahrtsgesellschaft\nja\n"
        );
    }

    #[test]
    fn wide_signs_take_two_columns() {
        assert_eq!(wrapped(&["数字化 数字化 数字化 数字化"], Some(20)), "数字化 数字化 数字化\n数字化\n");
    }
}
