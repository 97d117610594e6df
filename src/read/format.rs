//! Which format bytes are in.

/// A format that documents are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// A text: one document, or a page of several items.
    Text,
    /// One JSON object per line, each a document.
    JsonLines,
    /// A web page: an article, or several items.
    Html,
    /// RSS or Atom: a document per entry.
    Feed,
    /// XML: a plenary protocol, with a document per speech, a paper of the Bundestag, or a page or feed in disguise.
    Xml,
    /// A PDF with a text layer.
    Pdf,
    /// A text of Word (Office Open XML).
    Docx,
    /// A text of `LibreOffice` (`OpenDocument`).
    Odt,
    /// An e-mail; what is attached to it and can be read are documents of their own.
    Mail,
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
            "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp" => Self::Html,
            "rss" | "atom" => Self::Feed,
            "xml" => Self::Xml,
            "pdf" => Self::Pdf,
            "docx" | "docm" | "dotx" => Self::Docx,
            "odt" | "ott" => Self::Odt,
            "eml" => Self::Mail,
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

    /// The feature of this crate that reads it.
    pub(super) fn feature(self) -> &'static str {
        match self {
            Self::Text | Self::JsonLines => "default",
            Self::Html => "html",
            Self::Feed => "feed",
            Self::Xml => "xml",
            Self::Pdf => "pdf",
            Self::Docx | Self::Odt => "office",
            Self::Mail => "mail",
        }
    }
}
