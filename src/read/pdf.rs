//! PDF with a text layer.

mod bombs;
mod clean;
mod glyphs;
mod layout;

use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use serde_json::Value;

use super::finish::{finish, refused};
use super::guard::guarded;
use super::piece::Outcomes;
use crate::date::Date;
use crate::document::Document;

/// A page that takes longer does not end.
const LONGEST_PAGE: Duration = Duration::from_secs(10);
/// Nor does a file that takes longer: five thousand pages take a minute.
const LONGEST: Duration = Duration::from_mins(3);
/// The contents of pages stay in memory with the file; beyond so many bytes it is opened anew.
const MOST_CONTENTS: usize = 64 << 20;

pub(super) fn documents(bytes: &[u8], name: &str) -> Outcomes {
    // The reader is not ours, and it panics on some files that are none.
    let read = guarded(|| read(bytes));
    match read {
        Ok(Ok((document, made))) => finish(vec![document], name, made),
        Ok(Err(message)) => refused(name, message),
        Err(stopped) => {
            let over = stopped.downcast_ref::<glyphs::Stopped>().map(|stopped| stopped.0);
            refused(name, over.unwrap_or("the PDF is broken in a way that stops its reader; save it anew, or as text"))
        }
    }
}

/// The text of a file, and the day on which it was made.
fn read(bytes: &[u8]) -> Result<(Document, Option<Date>), String> {
    bombs::check(bytes)?;
    let begin = Instant::now();
    let mut pdf = open(bytes)?;
    let count = pdf.pages().len();
    let mut pages = Vec::with_capacity(count.min(10_000));
    let (mut contents, mut pictures, mut number) = (0, false, 0);
    while number < count {
        let page = &pdf.pages()[number];
        let length = page.page_stream().map_or(0, <[u8]>::len);
        if length > MOST_CONTENTS {
            return Err(format!(
                "page {} of the PDF is larger than {} MB; leave it out",
                number + 1,
                MOST_CONTENTS >> 20
            ));
        }
        contents += length;
        if begin.elapsed() > LONGEST {
            return Err(format!("the PDF takes longer than {} seconds; divide it", LONGEST.as_secs()));
        }
        let found = glyphs::of_page(page, &pdf, Instant::now() + LONGEST_PAGE);
        pictures |= found.pictures;
        pages.push(layout::segments(found));
        number += 1;
        if contents > MOST_CONTENTS {
            contents = 0;
            pdf = open(bytes)?;
        }
    }
    let text = clean::text(pages);
    if text.trim().is_empty() {
        return Err(if pictures {
            "the PDF has pictures of pages and no text; make a text layer with OCR first (for example ocrmypdf)"
                .to_owned()
        } else {
            "the PDF has no text; if a reader shows any, make a text layer with OCR first (for example ocrmypdf)"
                .to_owned()
        });
    }
    let mut document = Document::new(text);
    let about = pdf.metadata();
    for (name, value) in [("author", &about.author), ("keywords", &about.keywords), ("properties_title", &about.title)]
    {
        if let Some(value) = value.as_deref().map(string).filter(|value| !value.is_empty()) {
            document.extra.insert(name.to_owned(), Value::from(value));
        }
    }
    document.extra.insert("pages".to_owned(), Value::from(count));
    let made = about.creation_date.and_then(|made| {
        Date::new(i16::try_from(made.year).ok()?, i8::try_from(made.month).ok()?, i8::try_from(made.day).ok()?).ok()
    });
    Ok((document, made))
}

fn open(bytes: &[u8]) -> Result<Pdf, String> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => "the PDF needs a password; save it without one".to_owned(),
        LoadPdfError::Invalid => "this is no PDF, or a broken one; save it anew, or as text".to_owned(),
    })
}

/// A string of the properties: UTF-16 with a byte order mark, or one byte per letter.
fn string(bytes: &[u8]) -> String {
    let text = if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[length..]).0
    } else {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
    };
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests;
