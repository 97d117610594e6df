//! Which format bytes are in.

/// A format that documents are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// A text: one document, or a page of several items.
    Text,
    /// One JSON object per line, each a document.
    JsonLines,
}

impl Format {
    /// The format that the ending of a file's name stands for.
    ///
    /// ```
    /// use ressort::read::Format;
    ///
    /// assert_eq!(Format::of_name("2025/meldungen.JSONL"), Some(Format::JsonLines));
    /// assert_eq!(Format::of_name("bild.png"), None);
    /// ```
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit(['/', '\\']).next()?.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" | "text" | "md" | "asc" => Self::Text,
            "jsonl" | "ndjson" => Self::JsonLines,
            _ => return None,
        })
    }

    /// The format that the first bytes show, for input without a telling name.
    ///
    /// ```
    /// use ressort::read::Format;
    ///
    /// assert_eq!(Format::of_start(br#"{"text":"Das BMDS."}"#), Format::JsonLines);
    /// ```
    #[must_use]
    pub fn of_start(start: &[u8]) -> Self {
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        if start.trim_ascii_start().first() == Some(&b'{') { Self::JsonLines } else { Self::Text }
    }
}
