//! Paragraphs as they are put together from runs of letters.

/// A paragraph, or a row of a table.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Whether its style is that of a headline.
    pub(super) title: bool,
}

/// So deep tables are nested at most; what is deeper belongs to the row around it.
const DEEPEST: usize = 30;

/// Paragraphs under construction: cells of a table are parted by tabs, and notes follow the paragraph they are in.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) paragraphs: Vec<Paragraph>,
    text: String,
    title: bool,
    notes: Vec<String>,
    /// The text around a note while it is read.
    outer: Vec<String>,
    /// Cells of the rows that are open, the innermost last.
    rows: Vec<Vec<String>>,
    /// Rows that are open beyond [`DEEPEST`].
    ignored: usize,
}

impl Builder {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Text in which white space is one blank.
    pub(super) fn push_flowing(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }

    pub(super) fn is_title(&mut self) {
        self.title = true;
    }

    pub(super) fn end_paragraph(&mut self) {
        let text = self.text.trim_matches([' ', '\n']).to_owned();
        let title = std::mem::take(&mut self.title) && !text.is_empty();
        self.text.clear();
        if !self.outer.is_empty() {
            if !text.is_empty() {
                self.notes.push(text);
            }
            return;
        }
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => {
                if !text.is_empty() {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(&text.replace('\n', " "));
                }
            }
            None if !text.is_empty() => self.paragraphs.push(Paragraph { text, title }),
            None => {}
        }
        if self.rows.is_empty() {
            for text in self.notes.drain(..) {
                self.paragraphs.push(Paragraph { text, title: false });
            }
        }
    }

    pub(super) fn begin_note(&mut self) {
        self.outer.push(std::mem::take(&mut self.text));
    }

    pub(super) fn end_note(&mut self) {
        self.end_paragraph();
        self.text = self.outer.pop().unwrap_or_default();
    }

    pub(super) fn begin_row(&mut self) {
        if self.rows.len() >= DEEPEST {
            self.ignored += 1;
            return;
        }
        self.rows.push(Vec::new());
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    pub(super) fn end_row(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let cells = self.rows.pop().unwrap_or_default();
        let outer = self.rows.last_mut().and_then(|row| row.last_mut());
        if cells.iter().all(String::is_empty) {
            return;
        }
        match outer {
            // A table in a cell.
            Some(cell) => {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&cells.join(" "));
            }
            None => self.paragraphs.push(Paragraph { text: cells.join("\t").trim_end().to_owned(), title: false }),
        }
        if self.rows.is_empty() {
            for text in self.notes.drain(..) {
                self.paragraphs.push(Paragraph { text, title: false });
            }
        }
    }
}
