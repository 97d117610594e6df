//! Mailboxes: many e-mails in one file, each behind a line `From SENDER DATE`.

use std::io::{BufRead, Read};

use super::Format;
use super::piece::{Content, Piece};
use super::walk::{Flow, Place, Walker};

/// Divides a mailbox; each mail is a piece named by its number (`post.mbox!/3`).
pub(super) fn walk(walker: &mut Walker<'_>, mut reader: &mut dyn BufRead, place: &Place<'_>) -> Flow {
    let limit = walker.options.limits.document_bytes;
    let mut mail = Mail::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        match Read::by_ref(&mut reader).take(limit + 1).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                let message = format!("cannot read {} beyond mail {}: {error}", place.name, mail.number);
                return walker.fail(place.name, message);
            }
        }
        if mail.at_border && is_separator(&line) {
            hand_on(walker, &mut mail, place)?;
            mail = Mail { number: mail.number + 1, ..Mail::default() };
            continue;
        }
        if mail.number == 0 {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let message = format!("{} is no mailbox: it does not begin with a line 'From SENDER DATE'", place.name);
            return walker.fail(place.name, message);
        }
        mail.at_border = line.trim_ascii().is_empty();
        mail.push(&line, limit);
    }
    if mail.number == 0 {
        return walker.fail(place.name, format!("{} holds no mail", place.name));
    }
    hand_on(walker, &mut mail, place)
}

#[derive(Debug)]
struct Mail {
    /// From 1; 0 before the first.
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
    /// Whether a mail may begin in this line: at the start, or behind a blank line.
    at_border: bool,
}

impl Default for Mail {
    fn default() -> Self {
        Self { number: 0, bytes: Vec::new(), too_long: false, at_border: true }
    }
}

impl Mail {
    fn push(&mut self, line: &[u8], limit: u64) {
        // Lines of the text that look like a separator were quoted when they were stored.
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        let line = if quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { line };
        if (self.bytes.len() + line.len()) as u64 > limit {
            self.too_long = true;
            self.bytes = Vec::new();
        }
        if !self.too_long {
            self.bytes.extend_from_slice(line);
        }
    }
}

fn hand_on(walker: &mut Walker<'_>, mail: &mut Mail, place: &Place<'_>) -> Flow {
    if mail.number == 0 {
        return Flow::Continue(());
    }
    let name = format!("{}!/{}", place.name, mail.number);
    if mail.too_long {
        let limit = walker.options.limits.document_bytes >> 20;
        return walker.fail(&name, format!("{name}: the mail is longer than {limit} MB; it is left out"));
    }
    let bytes = std::mem::take(&mut mail.bytes);
    walker.meter.earn(bytes.len() as u64);
    (walker.emit)(Ok(Piece::new(&name, Content::Bytes { format: Format::Mail, first: 0, bytes })))
}

/// `From sender@bund.de Thu Oct  9 08:00:00 2025`: a time tells it from a sentence that begins with the English word.
fn is_separator(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.len() < 1000
        && line.windows(3).any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::testing::pieces_of;
    use crate::read::{Content, Format, ReadOptions};

    #[test]
    fn mails_are_divided_and_quoted_separators_restored() {
        let mailbox = "From a@b.de Thu Oct  9 08:00:00 2025\nSubject: Eins\n\nText\n\nFrom hier an gilt es.\n>From a 1:2\n\n\
                       From c@d.de Fri Oct 10 08:00:00 2025\r\nSubject: Zwei\r\n\r\nText\r\n";
        let pieces = pieces_of("post.mbox", mailbox.as_bytes(), &ReadOptions::default());
        let mails: Vec<_> = pieces
            .into_iter()
            .map(|piece| match piece.unwrap() {
                crate::read::Piece { source, content: Content::Bytes { format: Format::Mail, bytes, .. }, .. } => {
                    (source, String::from_utf8(bytes).unwrap())
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            mails[0],
            ("post.mbox!/1".into(), "Subject: Eins\n\nText\n\nFrom hier an gilt es.\nFrom a 1:2\n\n".into())
        );
        assert_eq!(mails[1], ("post.mbox!/2".into(), "Subject: Zwei\r\n\r\nText\r\n".into()));
        assert_eq!(mails.len(), 2);
    }

    #[test]
    fn what_is_no_mailbox_is_one_failure() {
        let pieces = pieces_of("post.mbox", b"Kein Postfach\n\nFrom a@b.de 08:00\n", &ReadOptions::default());
        assert_eq!(pieces.len(), 1);
        assert!(pieces[0].as_ref().unwrap_err().message.contains("no mailbox"));
    }
}
