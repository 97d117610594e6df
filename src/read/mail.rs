//! E-mail: its text, and what is attached to it.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use serde_json::Value;

use super::finish::{finish, refused};
use super::guard::guarded;
use super::headline::assemble;
use super::options::{ReadOptions, Split};
use super::piece::{Outcomes, parse};
use super::{Format, html, split_page};
use crate::date::Date;
use crate::document::{DateSource, Document, Failure, Stage};

/// A mail has so many attachments that are read at most.
const MOST_ATTACHED: usize = 200;

/// A mail holds so many others at most: they can be nested, and dropping them takes stack for each level.
const MOST_WITHIN: usize = 200;

/// The text of a mail, or the items of a newsletter, and then what is attached, each under `name!/file`.
///
/// Of a text and a page that say the same, the text is read. Attachments that are no text are passed over; a mail within
/// the mail is read as deep as archives are.
pub(super) fn documents(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    if mails_within(bytes) > MOST_WITHIN {
        return refused(name, format!("the e-mail holds more than {MOST_WITHIN} others; unpack them"));
    }
    let parsed = guarded(|| MessageParser::default().parse(bytes));
    match parsed {
        Ok(Some(message)) if is_mail(&message) => of_message(&message, name, options),
        Ok(_) => refused(name, "this is no e-mail; give it the ending of its format"),
        Err(_) => refused(name, "the e-mail breaks its reader; save it as text"),
    }
}

/// Any text can be read as a mail of no headers.
fn is_mail(message: &Message<'_>) -> bool {
    message.from().is_some() || message.subject().is_some() || message.date().is_some() || message.to().is_some()
}

/// How many mails a mail may hold, at the most: each is of the type `message/…`, or is a part of a `multipart/digest`.
fn mails_within(bytes: &[u8]) -> usize {
    let types = [&b"message/"[..], b"multipart/digest"];
    let is_type = |rest: &[u8]| {
        types.iter().any(|kind| rest.len() >= kind.len() && rest[..kind.len()].eq_ignore_ascii_case(kind))
    };
    memchr::memchr2_iter(b'm', b'M', bytes).filter(|&at| is_type(&bytes[at..])).count()
}

fn of_message(message: &Message<'_>, name: &str, options: &ReadOptions) -> Outcomes {
    let mut outcomes = match body(message, options) {
        Ok(mut documents) => {
            describe(&mut documents, message);
            finish(documents, name, None)
        }
        Err(reason) => refused(name, reason),
    };
    for (number, part) in message.attachments().enumerate() {
        if number >= MOST_ATTACHED {
            let text = format!("the e-mail has more than {MOST_ATTACHED} attachments; the rest is left out");
            outcomes.push(Err(Failure::new(name, None, Stage::Read, text)));
            break;
        }
        let file =
            part.attachment_name().map_or_else(|| format!("{}", number + 1), |file| file.replace(['/', '\\'], "_"));
        let inner = format!("{name}!/{file}");
        if let PartType::Message(message) = &part.body {
            if inner.matches("!/").count() > options.limits.depth as usize {
                let text = format!("mails are nested more than {} deep; unpack them", options.limits.depth);
                outcomes.push(Err(Failure::new(&inner, None, Stage::Read, text)));
            } else {
                outcomes.extend(of_message(message, &inner, options));
            }
            continue;
        }
        let html = part.is_content_type("text", "html");
        let format = Format::of_name(&file).or(html.then_some(Format::Html));
        if let Some(format) = format.filter(|format| *format != Format::JsonLines) {
            outcomes.extend(parse(format, 0, part.contents(), &inner, options));
        }
    }
    outcomes
}

fn body(message: &Message<'_>, options: &ReadOptions) -> Result<Vec<Document>, String> {
    let parts: Vec<_> = message.text_bodies().collect();
    let texts: Vec<&str> = parts
        .iter()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let text = texts.join("\n").replace("\r\n", "\n");
    if !text.trim().is_empty() {
        let items = match options.split {
            Split::Auto => split_page(&text),
            Split::None => None,
        };
        return Ok(items.unwrap_or_else(|| vec![assemble(None, subject(message).as_deref(), text.trim())]));
    }
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page.as_ref()),
        _ => None,
    });
    let Some(page) = page else { return Ok(vec![assemble(None, subject(message).as_deref(), "")]) };
    let documents = html::page(page, options)?;
    if let [document] = documents.as_slice() {
        // The subject is the headline; that of the page, if it has another, is the first line.
        let subject = subject(message).filter(|subject| Some(subject) != document.title.as_ref());
        if let Some(subject) = subject {
            return Ok(vec![assemble(None, Some(&subject), &document.text)]);
        }
    }
    Ok(documents)
}

fn subject(message: &Message<'_>) -> Option<String> {
    let subject = message.subject()?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!subject.is_empty()).then_some(subject)
}

fn describe(documents: &mut [Document], message: &Message<'_>) {
    let day = message.date().and_then(|date| {
        Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
    });
    let sender = message.from().and_then(|from| from.first());
    for document in documents {
        if document.date.is_none() {
            document.date = day;
            document.date_source = day.map(|_| DateSource::Header);
        }
        if let Some(name) = sender.and_then(|sender| sender.name().or_else(|| sender.address())) {
            document.extra.insert("sender".to_owned(), Value::from(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mail: &[u8]) -> Vec<Document> {
        documents(mail, "a.eml", &ReadOptions::default()).into_iter().filter_map(Result::ok).collect()
    }

    #[test]
    fn a_text_with_attachments() {
        let documents = read(include_bytes!("../../tests/formats/mail.eml"));
        let seen: Vec<_> = documents.iter().map(|document| (document.id.as_str(), document.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (
                    "a.eml",
                    "Einladung: Anhörung zum Onlinezugangsgesetz\nSehr geehrte Damen und Herren,\nder Ausschuss lädt ein."
                ),
                ("a.eml!/Stellungnahme.txt", "Das BMI nimmt Stellung.\n"),
                ("a.eml!/seite.html", "Grüße\nDas BMDS grüßt den Senat."),
            ]
        );
        assert_eq!(documents[0].date, Some("2025-10-09".parse().unwrap()));
        assert_eq!(documents[0].date_source, Some(DateSource::Header));
        assert_eq!(documents[0].extra["sender"], "Büro Müller");
    }

    #[test]
    fn a_page_without_a_text_and_a_mail_in_a_mail() {
        let inner = "From: b@example.org\r\nSubject: Innen\r\n\r\nText innen.\r\n";
        let mail = format!(
            "From: a@example.org\r\nDate: Thu, 9 Oct 2025 23:59:00 +0200\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
             <html><body><p>Der Bundestag ber&auml;t.</p></body></html>\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--x--\r\n"
        );
        let documents = read(mail.as_bytes());
        assert_eq!(documents[0].text, "Grüße\nDer Bundestag berät.");
        assert_eq!(documents[0].date, Some("2025-10-09".parse().unwrap()));
        assert_eq!(documents[1].text, "Innen\nText innen.");
        assert!(documents[1].id.starts_with("a.eml!/"));
    }

    #[test]
    #[allow(clippy::format_push_string, reason = "speed does not count in tests")]
    fn mails_made_to_exhaust_the_reader() {
        let mut nested = String::new();
        for level in 0..20_000 {
            nested += &format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        }
        assert!(!documents(nested.as_bytes(), "a.eml", &ReadOptions::default()).is_empty());
        let mails = "Subject: x\r\nContent-Type: message/rfc822\r\n\r\n".repeat(20_000);
        assert!(!documents(mails.as_bytes(), "a.eml", &ReadOptions::default()).is_empty());
        assert!(documents(b"\x00\x01", "a.eml", &ReadOptions::default())[0].is_err());
    }
}
