//! Gold documents, and how they are read.

use serde::Deserialize;

use crate::date::parse_day;
use crate::document::{DateSource, Document, Kind, Span};
use crate::gazetteer::Problem;

/// A half-open range of code points, as gold files and JSON output count them.
///
/// ```
/// use ressort::evaluate::CharSpan;
///
/// let span = CharSpan::new(4, 10);
/// assert_eq!(span.of("Für Hessen."), "Hessen");
/// assert!(span.overlaps(CharSpan::new(9, 11)) && !span.overlaps(CharSpan::new(10, 11)));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "(u32, u32)")]
pub struct CharSpan {
    /// Offset of the first code point.
    pub start: u32,
    /// Offset behind the last code point.
    pub end: u32,
}

impl From<(u32, u32)> for CharSpan {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}

impl CharSpan {
    /// The range `start..end`.
    ///
    /// ```
    /// assert_eq!(ressort::evaluate::CharSpan::new(1, 3).end, 3);
    /// ```
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Whether the two share a code point.
    ///
    /// ```
    /// use ressort::evaluate::CharSpan;
    /// assert!(CharSpan::new(0, 5).overlaps(CharSpan::new(4, 9)));
    /// ```
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part of `text` that it covers; empty where it does not fit the text.
    ///
    /// ```
    /// assert_eq!(ressort::evaluate::CharSpan::new(0, 3).of("Für Bürger"), "Für");
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        let mut borders = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        let (start, end) = (self.start as usize, self.end as usize);
        let Some(from) = borders.nth(start) else { return "" };
        let to = if end > start { borders.nth(end - start - 1) } else { None };
        to.map_or("", |to| &text[from..to])
    }
}

/// A text with what a careful reader found in it. What a line says nothing about is `None` and not scored.
///
/// ```
/// use ressort::evaluate::GoldDocument;
/// assert!(GoldDocument::default().mentions.is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldDocument {
    /// The text, with its date.
    pub document: Document,
    /// All mentions of it.
    pub mentions: Option<Vec<GoldMention>>,
    /// Places that look like mentions and are none.
    pub non_mentions: Vec<NonMention>,
    /// All tokens.
    pub tokens: Option<Vec<CharSpan>>,
    /// All sentences.
    pub sentences: Option<Vec<CharSpan>>,
    /// Where the sentences begin.
    pub sentence_starts: Option<Vec<u32>>,
}

/// A mention as the gold has it.
///
/// ```
/// use ressort::evaluate::read_gold;
///
/// let line = r#"{"text": "In Bayern.", "mentions": [{"surface": "Bayern", "kind": "land", "entity": "land:by"}]}"#;
/// let gold = read_gold("gold.jsonl", line.as_bytes());
/// let mention = &gold.documents[0].mentions.as_ref().unwrap()[0];
/// assert_eq!((mention.span, mention.entity.as_deref()), (None, Some("land:by")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMention {
    /// Where it stands; `None` where the gold gives the surface only.
    pub span: Option<CharSpan>,
    /// The text of the mention.
    pub surface: String,
    /// What kind of thing it names.
    pub kind: Kind,
    /// Id of the entity; `None` is not scored.
    pub entity: Option<String>,
    /// Id of the holder of an office; `None` is not scored.
    pub holder: Option<String>,
    /// Whether two careful readers could disagree: it counts neither as hit nor as miss.
    pub uncertain: bool,
}

/// A place that must not be found.
///
/// ```
/// use ressort::evaluate::read_gold;
///
/// let line = r#"{"text": "Das Essen.", "non_mentions": [{"start": 4, "end": 9, "surface": "Essen", "why": "Nahrung"}]}"#;
/// assert_eq!(read_gold("gold.jsonl", line.as_bytes()).documents[0].non_mentions[0].why, "Nahrung");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonMention {
    /// Where it stands.
    pub span: CharSpan,
    /// The kind that it must not be found as; any, where `None`.
    pub kind: Option<Kind>,
    /// Why it is none.
    pub why: String,
}

/// What could be read of a gold file.
///
/// ```
/// let gold = ressort::evaluate::read_gold("gold.jsonl", b"");
/// assert!(gold.documents.is_empty() && gold.problems.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldFile {
    /// The documents of the lines that could be read.
    pub documents: Vec<GoldDocument>,
    /// The lines that could not, and why.
    pub problems: Vec<Problem>,
}

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    item: Option<u32>,
    date: Option<String>,
    text: Option<String>,
    kicker: Option<String>,
    title: Option<String>,
    body: Option<String>,
    mentions: Option<Vec<Mark>>,
    non_mentions: Option<Vec<Mark>>,
    tokens: Option<Vec<CharSpan>>,
    sentences: Option<Vec<CharSpan>>,
    sentence_starts: Option<Vec<u32>>,
}

#[derive(Deserialize)]
struct Mark {
    start: Option<u32>,
    end: Option<u32>,
    #[serde(default)]
    surface: String,
    kind: Option<String>,
    entity: Option<String>,
    holder: Option<String>,
    #[serde(default)]
    uncertain: bool,
    #[serde(default)]
    why: String,
}

/// What is wrong with a line, and what to do about it.
type Complaint = (String, &'static str);

/// Reads a gold file: JSON Lines, one document a line. `name` stands in the problems.
///
/// Fields of a document: `text` (or `kicker`, `title` and `body`, of which `Kicker: Title`, a new line and the body
/// become the text), `id` or `item`, `date` (`YYYY-MM-DD` or `YYYY-MM`), `mentions`, `non_mentions`, `tokens` and
/// `sentences` (lists of `[start, end]`), `sentence_starts`. Fields of a mention: `surface`, `kind`, `entity`,
/// `holder`, `uncertain`, and `start` and `end` in code points; where these are missing, it stands for the first
/// mention of that surface and kind that no other gold mention stands for. Other fields are for people.
///
/// ```
/// use ressort::evaluate::read_gold;
///
/// let gold = read_gold("gold.jsonl", b"{\"text\": \"Am Rhein\"}\n{\"kind\": 1}\n");
/// assert_eq!(gold.documents.len(), 1);
/// assert!(gold.problems[0].to_string().starts_with("gold.jsonl:2: the document has no text; "));
/// ```
#[must_use]
pub fn read_gold(name: &str, bytes: &[u8]) -> GoldFile {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut file = GoldFile::default();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read_line(line, index + 1) {
            Ok(document) => file.documents.push(document),
            Err((what, remedy)) => {
                file.problems.push(Problem {
                    file: name.to_owned(),
                    line: index as u64 + 1,
                    what,
                    remedy: remedy.to_owned(),
                });
            }
        }
    }
    file
}

fn read_line(line: &[u8], number: usize) -> Result<GoldDocument, Complaint> {
    let line: Line = serde_json::from_slice(line)
        .map_err(|error| (format!("no gold document: {error}"), "write one JSON object a line"))?;
    let mut document = assemble(&line)?;
    document.id = match (&line.id, line.item) {
        (Some(serde_json::Value::String(id)), _) => id.clone(),
        (Some(id), _) => id.to_string(),
        (None, Some(item)) => format!("item {item}"),
        (None, None) => format!("line {number}"),
    };
    document.item = line.item.unwrap_or(0);
    if let Some(date) = &line.date {
        let day = parse_day(date).map_err(|error| (error.to_string(), "or leave the field out"))?;
        document.date = Some(day);
        document.date_source = Some(DateSource::Record);
    }
    let chars = document.text.chars().count() as u32;
    let spans = line.tokens.iter().chain(&line.sentences).flatten();
    if let Some(span) = spans.into_iter().find(|span| span.start >= span.end || span.end > chars) {
        return Err((
            format!("[{}, {}] is no range of a text of {chars} characters", span.start, span.end),
            "count code points from 0, the end excluded",
        ));
    }
    let mentions = line
        .mentions
        .map(|marks| marks.into_iter().map(|mark| mention(mark, &document.text)).collect::<Result<_, _>>())
        .transpose()?;
    let non_mentions = line.non_mentions.unwrap_or_default();
    Ok(GoldDocument {
        mentions,
        non_mentions: non_mentions
            .into_iter()
            .map(|mark| non_mention(mark, &document.text))
            .collect::<Result<_, _>>()?,
        tokens: line.tokens,
        sentences: line.sentences,
        sentence_starts: line.sentence_starts,
        document,
    })
}

/// The text of a line, with kicker and headline where it has them.
fn assemble(line: &Line) -> Result<Document, Complaint> {
    let filled = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
    let (kicker, title) = (filled(&line.kicker), filled(&line.title));
    if let Some(text) = &line.text {
        return Ok(Document { title, kicker, ..Document::new(text.as_str()) });
    }
    let Some(body) = &line.body else {
        return Err(("the document has no text".to_owned(), "give it a field text, or kicker, title and body"));
    };
    let mut text = String::new();
    let mut push = |part: &Option<String>, behind: &str| {
        part.as_ref().map(|part| {
            let start = text.len() as u32;
            text.push_str(part);
            let span = Span::new(start, text.len() as u32);
            text.push_str(behind);
            span
        })
    };
    let kicker_span = push(&kicker, if title.is_some() { ": " } else { "\n" });
    let title_span = push(&title, "\n");
    text.push_str(body);
    Ok(Document { title, kicker, kicker_span, title_span, ..Document::new(text) })
}

fn mention(mark: Mark, text: &str) -> Result<GoldMention, Complaint> {
    let Some(kind) = kind_of(&mark)? else {
        return Err((format!("the mention '{}' has no kind", mark.surface), "add the field kind"));
    };
    let span = span_of(&mark, text)?;
    if span.is_none() && !text.contains(&mark.surface) {
        return Err((format!("'{}' does not stand in the text", mark.surface), "copy the surface from the text"));
    }
    let surface = span.map_or(mark.surface, |span| span.of(text).to_owned());
    Ok(GoldMention { span, surface, kind, entity: mark.entity, holder: mark.holder, uncertain: mark.uncertain })
}

fn non_mention(mark: Mark, text: &str) -> Result<NonMention, Complaint> {
    let kind = kind_of(&mark)?;
    let Some(span) = span_of(&mark, text)? else {
        return Err((format!("the non-mention '{}' has no place", mark.surface), "add the fields start and end"));
    };
    Ok(NonMention { span, kind, why: mark.why })
}

fn kind_of(mark: &Mark) -> Result<Option<Kind>, Complaint> {
    let kind = mark.kind.as_deref().map(str::parse).transpose();
    kind.map_err(|error: crate::document::UnknownName| (error.to_string(), "take one of these"))
}

/// The place of a mark, checked against its surface; `None` where only the surface is given.
fn span_of(mark: &Mark, text: &str) -> Result<Option<CharSpan>, Complaint> {
    let span = match (mark.start, mark.end) {
        (Some(start), Some(end)) => CharSpan::new(start, end),
        (None, None) if !mark.surface.is_empty() => return Ok(None),
        _ => {
            return Err((
                format!("'{}' has only one of start, end and surface", mark.surface),
                "give both offsets, or only the surface",
            ));
        }
    };
    let there = span.of(text);
    if there.is_empty() || !mark.surface.is_empty() && mark.surface != there {
        return Err((
            format!("at {} to {} stands '{there}', not '{}'", span.start, span.end, mark.surface),
            "count code points from 0, the end excluded",
        ));
    }
    Ok(Some(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(line: &str) -> String {
        let file = read_gold("gold.jsonl", line.as_bytes());
        assert!(file.documents.is_empty(), "{line}");
        file.problems[0].to_string()
    }

    #[test]
    fn kicker_title_and_body_become_one_text() {
        let line = r#"{"item": 3, "kicker": "Bayern", "title": "Täglich", "date": "2023-11", "body": "Heute."}"#;
        let file = read_gold("gold.jsonl", line.as_bytes());
        let document = &file.documents[0].document;
        assert_eq!(document.text, "Bayern: Täglich\nHeute.");
        assert_eq!(document.id, "item 3");
        assert_eq!(document.date.unwrap().to_string(), "2023-11-01");
        assert_eq!(document.kicker_span.unwrap().of(&document.text), "Bayern");
        assert_eq!(document.title_span.unwrap().of(&document.text), "Täglich");
    }

    #[test]
    fn bad_lines_are_named_with_file_and_line() {
        assert!(complaint("{").starts_with("gold.jsonl:1: no gold document"));
        assert!(complaint("\n\n[1]").starts_with("gold.jsonl:3: "));
        assert!(complaint(r#"{"text": "Ö", "date": "gestern"}"#).contains("'gestern' is no date"));
        assert!(complaint(r#"{"text": "Ö", "tokens": [[0, 2]]}"#).contains("[0, 2] is no range"));
        let mention = |mark: &str| complaint(&format!(r#"{{"text": "Für Hessen", "mentions": [{{{mark}}}]}}"#));
        assert!(mention(r#""start": 4, "end": 9, "surface": "Hessen", "kind": "land""#).contains("stands 'Hesse'"));
        assert!(mention(r#""start": 4, "end": 99, "surface": "Hessen", "kind": "land""#).contains("stands ''"));
        assert!(mention(r#""start": 4, "surface": "Hessen", "kind": "land""#).contains("only one of"));
        assert!(mention(r#""surface": "Hessen""#).contains("has no kind"));
        assert!(mention(r#""surface": "Bayern", "kind": "land""#).contains("does not stand in the text"));
        assert!(mention(r#""surface": "Hessen", "kind": "state""#).contains("'state' is no kind"));
    }

    #[test]
    fn one_bad_line_does_not_spoil_the_rest() {
        let file = read_gold("gold.jsonl", b"\xEF\xBB\xBF{\"text\": \"a\"}\r\n\xFF\n{\"text\": \"b\"}");
        assert_eq!((file.documents.len(), file.problems.len()), (2, 1));
        assert_eq!(file.problems[0].line, 2);
    }
}
