//! Headlines: kicker and title, and the text that begins with them.

use crate::document::{Document, Span};

/// A headline is one line of at most so many bytes.
const LONGEST: usize = 240;
/// What stands before the colon of a headline is a kicker up to so many bytes.
const LONGEST_KICKER: usize = 80;

/// Whether a line can be a headline: short, and no sentence of running text (a quoted sentence may end with its mark).
pub(super) fn is_headline(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.len() <= LONGEST && !line.ends_with(['.', ',', ';', ')'])
}

/// A document whose text is the headline, read as kicker and title, and the body.
pub(super) fn with_headline(headline: Option<&str>, body: &str) -> Document {
    let (kicker, title) = headline.map_or((None, None), |headline| {
        let (kicker, title) = kicker_and_title(headline);
        (kicker, Some(title))
    });
    assemble(kicker, title, body)
}

/// A document whose text is `Kicker: Title`, a line feed, and the body.
pub(super) fn assemble(kicker: Option<&str>, title: Option<&str>, body: &str) -> Document {
    let Some(title) = title else {
        return Document::new(body);
    };
    let title_at = kicker.map_or(0, |kicker| kicker.len() + 2);
    let mut text = kicker.map(|kicker| format!("{kicker}: ")).unwrap_or_default();
    text.push_str(title);
    let title_end = text.len();
    if !body.is_empty() {
        text.push('\n');
        text.push_str(body);
    }
    Document {
        kicker: kicker.map(str::to_owned),
        kicker_span: kicker.map(|kicker| Span::new(0, kicker.len() as u32)),
        title: Some(title.to_owned()),
        title_span: Some(Span::new(title_at as u32, title_end as u32)),
        ..Document::new(text)
    }
}

/// `Kicker: Title`, or the two glued together where the page had each in a line or a column of its own.
pub(super) fn kicker_and_title(headline: &str) -> (Option<&str>, &str) {
    if let Some((kicker, title)) = headline.split_once(": ")
        && kicker.len() <= LONGEST_KICKER
        && !title.trim().is_empty()
    {
        return (Some(kicker.trim()), title.trim());
    }
    match glue(headline) {
        Some(at) => (Some(&headline[..at]), &headline[at..]),
        None => (None, headline),
    }
}

/// Where kicker and title were glued together: a capital without a blank behind a digit (`2023KI als`) or behind a word
/// of five letters or more (`BremenNeue App`). German writes no such capital; names in mixed case (`GovTech`, `BundID`,
/// `DeutschlandID`, `eGovernment`) have a shorter first part or go on in capitals.
fn glue(headline: &str) -> Option<usize> {
    let mut letters = 0;
    let mut before = ' ';
    let mut chars = headline.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let then = chars.peek().map_or(' ', |(_, next)| *next);
        let behind_number = before.is_ascii_digit() && letters == 0 && c.is_uppercase() && then.is_alphabetic();
        let behind_word = before.is_lowercase() && letters >= 5 && c.is_uppercase() && then.is_lowercase();
        if (behind_number || behind_word) && headline[at..].contains(' ') {
            return Some(at);
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_mixed_case_are_not_torn() {
        for headline in
            ["GovTech Campus eröffnet", "BundID wird Pflicht", "DeutschlandID kommt bald", "eGovernment lernen"]
        {
            assert_eq!(kicker_and_title(headline), (None, headline));
        }
        assert_eq!(kicker_and_title("BremenNeue App für alle"), (Some("Bremen"), "Neue App für alle"));
    }
}
