//! Which format bytes are in.

#![cfg_attr(not(feature = "archives"), allow(dead_code, reason = "what unpacking needs"))]

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
    /// A table with a document per row: cells with commas, semicolons or tabs between them.
    Csv,
    /// A table with a document per row, in Parquet.
    Parquet,
    /// A ZIP archive.
    Zip,
    /// A TAR archive.
    Tar,
    /// What gzip packed: a file, or an archive.
    Gzip,
    /// What Zstandard packed.
    Zstd,
    /// What xz packed.
    Xz,
    /// What a web crawler stored.
    Warc,
    /// Many e-mails in one file.
    Mbox,
}

impl Format {
    /// The format that the ending of a file's name stands for.
    ///
    /// ```
    /// use ressort::read::Format;
    ///
    /// assert_eq!(Format::of_name("2025/meldungen.JSONL"), Some(Format::JsonLines));
    /// assert_eq!(Format::of_name("meldungen.jsonl.gz"), Some(Format::Gzip));
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
            "csv" | "tsv" | "tab" => Self::Csv,
            "parquet" | "pq" => Self::Parquet,
            "zip" => Self::Zip,
            "tar" => Self::Tar,
            "gz" | "tgz" => Self::Gzip,
            "zst" | "zstd" | "tzst" => Self::Zstd,
            "xz" | "txz" => Self::Xz,
            "warc" => Self::Warc,
            "mbox" => Self::Mbox,
            _ => return None,
        })
    }

    /// The format that the first bytes show, for input without a telling name; at least 512 are needed to see all.
    ///
    /// ```
    /// use ressort::read::Format;
    ///
    /// assert_eq!(Format::of_start(br#"{"text":"Das BMDS."}"#), Format::JsonLines);
    /// assert_eq!(Format::of_start(b"PK\x03\x04"), Format::Zip);
    /// ```
    #[must_use]
    pub fn of_start(start: &[u8]) -> Self {
        Self::of_magic(start).or_else(|| Self::of_text(start)).unwrap_or(Self::Text)
    }

    /// The format by the marks that no text begins with.
    pub(super) fn of_magic(start: &[u8]) -> Option<Self> {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        Some(match start {
            [b'P', b'K', 3, 4, ..] => {
                let member = start.get(30..).unwrap_or_default();
                if member.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text") {
                    Self::Odt
                } else if member.starts_with(b"[Content_Types].xml") || member.starts_with(b"word/") {
                    Self::Docx
                } else {
                    Self::Zip
                }
            }
            [b'P', b'K', 5, 6, ..] => Self::Zip,
            [0x1f, 0x8b, 8, flags, ..] if flags & 0xE0 == 0 => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [b'P', b'A', b'R', b'1', ..] => Self::Parquet,
            _ if start.get(257..262) == Some(b"ustar") => Self::Tar,
            _ if text.trim_ascii_start().starts_with(b"%PDF-") => Self::Pdf,
            _ if start.starts_with(b"WARC/1.") || start.starts_with(b"WARC/0.") => Self::Warc,
            _ => return None,
        })
    }

    /// The format of a text by how it begins.
    pub(super) fn of_text(start: &[u8]) -> Option<Self> {
        let plain: Vec<u8> = if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            start.iter().skip(2).copied().filter(|byte| *byte != 0).collect()
        } else {
            start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).to_vec()
        };
        let text = plain.trim_ascii_start();
        let begins = |word: &str| text.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()));
        if text.first() == Some(&b'{') && matches!(text[1..].trim_ascii_start().first(), None | Some(b'"' | b'}')) {
            return Some(Self::JsonLines);
        }
        if ["<!doctype html", "<html", "<head"].into_iter().any(begins) {
            return Some(Self::Html);
        }
        if ["<?xml", "<rss", "<feed", "<dbtplenarprotokoll"].into_iter().any(begins) {
            return Some(Self::Xml);
        }
        if plain.starts_with(b"From ") && first_line(&plain).is_some_and(|line| line.contains(&b':')) {
            return Some(Self::Mbox);
        }
        let header =
            ["return-path:", "received:", "delivered-to:", "mime-version:", "message-id:", "x-mozilla-status:"];
        header.into_iter().any(begins).then_some(Self::Mail)
    }

    /// Whether it holds files of any format.
    pub(super) fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar | Self::Warc | Self::Mbox)
    }

    /// Whether it is written in letters.
    pub(super) fn is_textual(self) -> bool {
        matches!(
            self,
            Self::Text | Self::JsonLines | Self::Html | Self::Feed | Self::Xml | Self::Mail | Self::Csv | Self::Mbox
        )
    }

    /// Whether it is read as one piece.
    pub(super) fn is_whole(self) -> bool {
        let divided = matches!(self, Self::JsonLines | Self::Csv | Self::Parquet | Self::Gzip | Self::Zstd | Self::Xz);
        !divided && !self.is_archive()
    }

    /// The feature of this crate that reads it.
    pub(super) fn feature(self) -> &'static str {
        match self {
            Self::Text | Self::JsonLines | Self::Csv | Self::Warc | Self::Mbox => "default",
            Self::Html => "html",
            Self::Feed => "feed",
            Self::Xml => "xml",
            Self::Pdf => "pdf",
            Self::Docx | Self::Odt => "office",
            Self::Mail => "mail",
            Self::Parquet => "tables",
            Self::Zip | Self::Tar | Self::Gzip | Self::Zstd | Self::Xz => "archives",
        }
    }
}

fn first_line(start: &[u8]) -> Option<&[u8]> {
    start.split(|byte| *byte == b'\n').next()
}

/// The name of a packed file without the ending of the packer: `meldungen.jsonl` for `meldungen.jsonl.gz`.
pub(super) fn unpacked_name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    for (ending, inner) in
        [(".tgz", ".tar"), (".tzst", ".tar"), (".txz", ".tar"), (".gz", ""), (".zst", ""), (".zstd", ""), (".xz", "")]
    {
        if lower.ends_with(ending) {
            return format!("{}{inner}", &name[..name.len() - ending.len()]);
        }
    }
    name.to_owned()
}

/// The format of a file by its first bytes and its name; `None` where they do not tell it. `shown` is its name in
/// messages.
///
/// # Errors
/// Why it is not read.
///
/// Marks that no text begins with tell more than a name; office files are ZIP archives by their marks.
pub(super) fn recognise(start: &[u8], name: &str, shown: &str) -> Result<Option<Format>, String> {
    let of_name = Format::of_name(name);
    let marked = Format::of_magic(start);
    if let (Some(office @ (Format::Docx | Format::Odt)), Some(Format::Zip)) = (of_name, marked) {
        return Ok(Some(office));
    }
    if marked.is_some() {
        return Ok(marked);
    }
    if let Some(what) = known_otherwise(start) {
        return Err(format!("not read: {shown} is {what}"));
    }
    match of_name {
        Some(format) if start.is_empty() && format != Format::Text => Err(format!("{shown} is empty")),
        Some(format) => Ok(Some(format)),
        None => Ok(Format::of_text(start)),
    }
}

/// What a file is that holds no text to read, by its first bytes.
fn known_otherwise(start: &[u8]) -> Option<&'static str> {
    Some(match start {
        [0x89, b'P', b'N', b'G', ..] => "a PNG picture",
        [0xff, 0xd8, 0xff, ..] => "a JPEG picture",
        [b'G', b'I', b'F', b'8', ..] => "a GIF picture",
        [b'R', b'I', b'F', b'F', ..] => "a sound, film or picture (RIFF)",
        [b'I', b'D', b'3', ..] | [0xff, 0xfb, ..] => "a sound (MP3)",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "a film or sound (MP4)",
        [0x7f, b'E', b'L', b'F', ..] | [b'M', b'Z', _, 0, ..] => "a program",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an old Office file (.doc, .xls, .ppt); save it as .docx",
        [b'7', b'z', 0xbc, 0xaf, ..] => "a 7z archive; pack it as ZIP",
        [b'R', b'a', b'r', b'!', ..] => "a RAR archive; pack it as ZIP",
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => "packed by bzip2; use gzip, zstd or xz",
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => "an SQLite database; export it as CSV",
        [b'{', b'\\', b'r', b't', b'f', ..] => "an RTF text; save it as .docx or .odt",
        _ => return None,
    })
}
