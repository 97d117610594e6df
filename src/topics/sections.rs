//! The parts of a long document: a plenary protocol deals with many things one after the other.

use super::Topics;
use crate::document::{Document, Span, Token, TokenKind, TopicScore};

/// A text of fewer words has one section.
const LONG: usize = 1000;
/// A section of fewer words goes on where a paragraph ends; what is shorter says too little.
const SHORTEST: usize = 150;
/// Without a heading a section ends with a paragraph after so many words.
const LONGEST: usize = 600;
/// Lines that begin so open an item of the agenda, in protocols and reports.
const OPENINGS: &[&str] =
    &["Tagesordnungspunkt", "Zusatzpunkt", "Einzelplan", "Anlage", "Kapitel", "Abschnitt", "Teil", "TOP"];

/// A part of a document and what it is about.
///
/// ```
/// let section = ressort::topics::Section { span: ressort::Span::new(0, 5), topics: Vec::new() };
/// assert_eq!(section.span.of("Thema und mehr"), "Thema");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Where it stands.
    pub span: Span,
    /// Its topics, best first.
    pub topics: Vec<TopicScore>,
}

impl Topics {
    /// The topics of each section of a document: sections end where a heading or an item of the agenda begins, or with
    /// a paragraph once they are long. A text of less than a thousand words is one section. Together the sections cover
    /// all tokens.
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::text::tokens;
    /// use ressort::topics::Topics;
    /// let speech = |words: &str| format!("{words}\n").repeat(300);
    /// let rail = speech("Ausbau der Schienenwege und Bahnhöfe.");
    /// let care = speech("Personal in der Krankenpflege und Pflegeversicherung.");
    /// let document = Document::new(format!("Tagesordnungspunkt 1:\n{rail}Tagesordnungspunkt 2:\n{care}"));
    /// let sections = Topics::embedded()?.sections(&document, &tokens(&document.text));
    /// assert!(sections.iter().any(|section| &*section.topics[0].topic == "area/verkehr"));
    /// assert!(sections.iter().any(|section| &*section.topics[0].topic == "area/gesundheit"));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn sections(&self, document: &Document, tokens: &[Token]) -> Vec<Section> {
        let parts = parts(&document.text, tokens);
        let section = |part: &(usize, usize)| {
            let tokens = &tokens[part.0..part.1];
            let span = match (tokens.first(), tokens.last()) {
                (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
                _ => Span::default(),
            };
            // The tokens of a part with the text of the part: its first line is its headline.
            let shifted: Vec<Token> = tokens
                .iter()
                .map(|token| Token {
                    span: Span::new(token.span.start - span.start, token.span.end - span.start),
                    ..*token
                })
                .collect();
            let part = Document::new(span.of(&document.text));
            Section { span, topics: self.of(&part, &shifted) }
        };
        parts.iter().map(section).collect()
    }
}

/// First token of each part and the one behind its last.
fn parts(text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
    if tokens.is_empty() {
        return Vec::new();
    }
    let is_word = |token: &Token| token.kind == TokenKind::Word;
    if tokens.iter().filter(|token| is_word(token)).count() < LONG {
        return vec![(0, tokens.len())];
    }
    let mut parts = Vec::new();
    let (mut from, mut words) = (0, 0);
    for index in 1..tokens.len() {
        words += usize::from(is_word(&tokens[index - 1]));
        let between = tokens[index - 1].span.end as usize..tokens[index].span.start as usize;
        let Some(gap) = text.get(between).filter(|gap| gap.contains('\n')) else { continue };
        let paragraph =
            gap.matches('\n').count() > 1 || text[..tokens[index - 1].span.end as usize].ends_with(['.', '!', '?']);
        let line = text[tokens[index].span.start as usize..].lines().next().unwrap_or_default();
        if (words >= SHORTEST && opens(line)) || (words >= LONGEST && paragraph) {
            parts.push((from, index));
            (from, words) = (index, 0);
        }
    }
    parts.push((from, tokens.len()));
    parts
}

/// Whether a line is a heading: of Markdown, with a number (`3.2 Ausbau der Netze`), or an item of the agenda.
fn opens(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with('#') || OPENINGS.iter().any(|opening| line.starts_with(opening)) {
        return line.len() < 200;
    }
    // A number alone begins many lines of tables; a heading has a capital behind it and no full stop at its end.
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    rest.len() < line.len()
        && line.len() < 100
        && rest.starts_with(' ')
        && rest.trim_start().starts_with(char::is_uppercase)
        && !line.ends_with(['.', ',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn headings_open_sections() {
        for (line, expected) in [
            ("## Ausbau der Netze", true),
            ("3.2 Ausbau der Netze", true),
            ("Tagesordnungspunkt 4:", true),
            ("2020 wurden 4 Mio. Euro gezahlt.", false),
            ("12 345 678", false),
            ("Der Ausbau", false),
        ] {
            assert_eq!(opens(line), expected, "{line}");
        }
    }

    #[test]
    fn sections_cover_all_tokens() {
        let text = "Ein Satz über die Bahn und ihre Wege.\n\n".repeat(400) + "# Pflege\n" + &"Ein Satz. ".repeat(300);
        let tokens = tokens(&text);
        let parts = parts(&text, &tokens);
        assert!(parts.len() > 4, "{parts:?}");
        assert_eq!((parts[0].0, parts[parts.len() - 1].1), (0, tokens.len()));
        assert!(parts.windows(2).all(|pair| pair[0].1 == pair[1].0));
    }
}
