//! One file or standard input, document by document.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use super::{decode, record, split_page};
use crate::document::{Document, Failure, Stage};

/// A text or a line longer than this is refused: offsets are 32 bits wide, and a text of this size is no document.
const LONGEST: u64 = 1 << 30;

/// Where documents are read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Standard input: JSON Lines where it begins with `{`, else a text.
    Stdin,
    /// A file: JSON Lines by its ending (`.jsonl`, `.ndjson`), else a text.
    File(PathBuf),
}

/// Whether a page that lists several items becomes several documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Split {
    /// It does, where it is such a page.
    #[default]
    Auto,
    /// Each text is one document.
    None,
}

impl Source {
    /// The name used in tables and messages: the path as given, `-` for standard input.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Reads it, document by document. Lines of JSON Lines are read as they are asked for.
    ///
    /// ```
    /// use ressort::read::{Source, Split};
    ///
    /// let missing = Source::File("gibt-es-nicht.txt".into());
    /// let failure = missing.documents(Split::Auto).next().expect("one outcome").unwrap_err();
    /// assert_eq!(failure.source, "gibt-es-nicht.txt");
    /// ```
    #[must_use]
    pub fn documents(&self, split: Split) -> Documents {
        let name = self.name();
        let state = match self.open() {
            Err(error) => State::failed(&name, &format!("cannot read {name}: {error}; check the path and its rights")),
            Ok((reader, true)) => State::Lines { reader, number: 0 },
            Ok((reader, false)) => State::Ready(whole_text(reader, &name, split).into_iter()),
        };
        Documents { name, state }
    }

    /// The bytes, and whether they are JSON Lines.
    fn open(&self) -> std::io::Result<(Box<dyn BufRead + Send>, bool)> {
        Ok(match self {
            Self::Stdin => {
                let mut reader = BufReader::new(std::io::stdin());
                let start = reader.fill_buf()?;
                let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
                let lines = start.trim_ascii_start().first() == Some(&b'{');
                (Box::new(reader), lines)
            }
            Self::File(path) => {
                let lines = path
                    .extension()
                    .is_some_and(|end| ["jsonl", "ndjson"].iter().any(|known| end.eq_ignore_ascii_case(known)));
                let file = File::open(path)?;
                // Opening a folder succeeds; reading it does not.
                if file.metadata()?.is_dir() {
                    return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
                }
                (Box::new(BufReader::with_capacity(1 << 16, file)), lines)
            }
        })
    }
}

/// The documents of one [`Source`], in their order.
///
/// A document with malformed bytes is followed by a [`Failure`] that counts them, an empty one by a [`Failure`] that
/// says so: both documents are there, and the user hears of it.
pub struct Documents {
    name: String,
    state: State,
}

enum State {
    Lines {
        reader: Box<dyn BufRead + Send>,
        number: u32,
    },
    Ready(std::vec::IntoIter<Result<Document, Failure>>),
    /// What remains to be said about the last line, before the next one is read.
    Noted {
        reader: Box<dyn BufRead + Send>,
        number: u32,
        notes: std::vec::IntoIter<Failure>,
    },
}

impl State {
    fn failed(name: &str, message: &str) -> Self {
        Self::Ready(vec![Err(Failure::new(name, None, Stage::Read, message))].into_iter())
    }
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Iterator for Documents {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match std::mem::replace(&mut self.state, State::Ready(Vec::new().into_iter())) {
                State::Ready(mut rest) => {
                    let next = rest.next();
                    self.state = State::Ready(rest);
                    return next;
                }
                State::Noted { reader, number, mut notes } => match notes.next() {
                    Some(note) => {
                        self.state = State::Noted { reader, number, notes };
                        return Some(Err(note));
                    }
                    None => self.state = State::Lines { reader, number },
                },
                State::Lines { mut reader, number } => {
                    let mut line = Vec::new();
                    let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut line);
                    let item = Some(number);
                    match read {
                        Ok(0) => return None,
                        Err(error) => {
                            let message = format!("cannot read {} beyond line {number}: {error}", self.name);
                            return Some(Err(Failure::new(&self.name, item, Stage::Read, message)));
                        }
                        Ok(bytes) if bytes as u64 == LONGEST => {
                            let message = format!(
                                "{}:{}: the line is longer than 1 GiB; the rest is not read",
                                self.name,
                                number + 1
                            );
                            return Some(Err(Failure::new(&self.name, item, Stage::Read, message)));
                        }
                        Ok(_) => {}
                    }
                    let (text, replaced) = decode(&line);
                    if text.trim().is_empty() {
                        self.state = State::Lines { reader, number: number + 1 };
                        continue;
                    }
                    let (outcome, notes) = self.line(&text, number, replaced);
                    self.state = State::Noted { reader, number: number + 1, notes: notes.into_iter() };
                    return Some(outcome);
                }
            }
        }
    }
}

impl Documents {
    fn line(&self, text: &str, number: u32, replaced: u32) -> (Result<Document, Failure>, Vec<Failure>) {
        match record(text) {
            Err(error) => {
                let message = format!("{}:{}: {error}", self.name, number + 1);
                (Err(Failure::new(&self.name, Some(number), Stage::Read, message)), Vec::new())
            }
            Ok(mut document) => {
                document.source.clone_from(&self.name);
                document.item = number;
                document.replaced = replaced;
                if document.id.is_empty() {
                    document.id = format!("{}#{}", self.name, number + 1);
                }
                let notes = notes(&document, &format!("{}:{}: ", self.name, number + 1));
                (Ok(document), notes)
            }
        }
    }
}

/// A whole text as one document, or as the items of a page.
fn whole_text(reader: impl Read, name: &str, split: Split) -> Vec<Result<Document, Failure>> {
    let mut bytes = Vec::new();
    let failed = |message: String| vec![Err(Failure::new(name, None, Stage::Read, message))];
    match reader.take(LONGEST + 1).read_to_end(&mut bytes) {
        Err(error) => return failed(format!("cannot read {name}: {error}")),
        Ok(read) if read as u64 > LONGEST => return failed("the text is longer than 1 GiB; split it".to_owned()),
        Ok(_) => {}
    }
    let (text, replaced) = decode(&bytes);
    // A picture, an archive, a program: letters found in it would be chance.
    if replaced as usize > 8 + text.len() / 20 {
        return failed(format!(
            "this is no text in UTF-8: {replaced} byte sequences of {} bytes are malformed; convert it, or leave it out",
            bytes.len()
        ));
    }
    let items = match split {
        Split::Auto => split_page(&text),
        Split::None => None,
    };
    let several = items.is_some();
    let mut documents = items.unwrap_or_else(|| vec![Document::new(text)]);
    for document in &mut documents {
        document.id = if several { format!("{name}#{}", document.item) } else { name.to_owned() };
        name.clone_into(&mut document.source);
    }
    // The bytes are those of the whole file; which item they fell into is seen by the replacement characters.
    if let Some(first) = documents.first_mut() {
        first.replaced = replaced;
    }
    let notes: Vec<Failure> = documents.iter().flat_map(|document| notes(document, "")).collect();
    documents.into_iter().map(Ok).chain(notes.into_iter().map(Err)).collect()
}

/// What the user should hear about a document that was read.
fn notes(document: &Document, place: &str) -> Vec<Failure> {
    let note = |message: String| Failure::new(&document.source, Some(document.item), Stage::Read, message);
    let mut notes = Vec::new();
    if document.replaced > 0 {
        let count = document.replaced;
        notes.push(note(format!(
            "{place}{count} byte sequences are not UTF-8 and were replaced by U+FFFD; convert the file to UTF-8"
        )));
    }
    if document.text.trim().is_empty() {
        notes.push(note(format!("{place}the document is empty; it has a row in the tables and nothing in it")));
    }
    notes
}
