//! Items told by what repeats on their page: dates, times, or links to the whole text, always at the same place of an item.

use super::super::headline::{is_headline, with_headline};
use super::marks::{day_before, day_line, time_before, without_more};
use crate::date::Date;
use crate::document::{DateSource, Document};

/// A line or block of a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Row<'t> {
    pub(in crate::read) text: &'t str,
    /// Whether markup says that it is a heading; `None` where there is no markup.
    pub(in crate::read) heading: Option<bool>,
}

/// Fewer items are no list: two dates with a line above each stand in any letter.
const LEAST: usize = 3;
/// An item is a teaser of at most so many rows and bytes.
const MOST_ROWS: usize = 25;
const MOST_BYTES: usize = 4000;

/// Where the headline of an item stands, seen from its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// In the row above: headline, date, teaser.
    Above,
    /// In the row below: date, headline, teaser.
    Below,
}

/// The items of a page, or `None` where its rows do not repeat as those of a list do.
pub(in crate::read) fn items(rows: &[Row<'_>]) -> Option<Vec<Document>> {
    if rows.len() <= LEAST || is_law_or_protocol(rows) {
        return None;
    }
    let by_date = || by_marks(rows, &|row| day_before(row).map(|(day, _)| day), &[Layout::Above]);
    let by_date_line = || by_marks(rows, &day_line, &[Layout::Above, Layout::Below]);
    by_date().or_else(by_date_line).or_else(|| by_times(rows)).or_else(|| by_links(rows))
}

/// Laws and protocols have dates and short lines too: they are told by their sections and speakers.
fn is_law_or_protocol(rows: &[Row<'_>]) -> bool {
    let telling = |row: &Row<'_>| {
        let text = row.text.trim_start();
        let section =
            text.strip_prefix("§ ").or_else(|| text.strip_prefix("Artikel ")).or_else(|| text.strip_prefix("Zu "));
        section.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == 'A' || c == '§'))
            || text.starts_with("(Beifall")
            || (text.ends_with("):") && text.len() < 80)
            || (text.starts_with("Drucksache ") && text.len() < 40)
    };
    rows.iter().filter(|row| telling(row)).count() >= LEAST
}

fn is_head(row: &Row<'_>) -> bool {
    let text = row.text.trim();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    row.heading.unwrap_or(true)
        && is_headline(text)
        && letters >= 8
        && !text.contains('\t')
        && !text.starts_with(['•', '-', '–', '*', '('])
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '„' | '»' | '"' | '#'))
        && day_line(text).is_none()
        && without_more(text).is_none()
}

/// Items with a date each, in a row of its own or before the teaser.
fn by_marks(rows: &[Row<'_>], day: &dyn Fn(&str) -> Option<Date>, layouts: &[Layout]) -> Option<Vec<Document>> {
    let marks: Vec<(usize, Date)> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, day(row.text)?))).collect();
    if marks.len() < LEAST || !is_ordered(marks.iter().map(|(_, day)| *day)) {
        return None;
    }
    let fits = |layout: Layout, at: usize| match layout {
        Layout::Above => at > 0 && is_head(&rows[at - 1]),
        Layout::Below => rows.get(at + 1).is_some_and(is_head),
    };
    let layout = layouts.iter().copied().max_by_key(|&layout| {
        let fitting = marks.iter().filter(|(at, _)| fits(layout, *at)).count();
        // Where both fit, a page that begins with a date has it above its headlines.
        (fitting, layout == Layout::Below && marks[0].0 == 0)
    })?;
    let fitting: Vec<(usize, Date)> = marks.iter().copied().filter(|(at, _)| fits(layout, *at)).collect();
    if fitting.len() < LEAST || fitting.len() * 10 < marks.len() * 8 {
        return None;
    }
    let begins: Vec<usize> = fitting.iter().map(|(at, _)| at - usize::from(layout == Layout::Above)).collect();
    is_list(rows, &begins, rows.len()).then_some(())?;
    let items = begins.iter().enumerate().map(|(number, &begin)| {
        let end = begins.get(number + 1).copied().unwrap_or(rows.len());
        let (at, day) = fitting[number];
        let headline = if layout == Layout::Above { begin } else { begin + 1 };
        let behind = day_before(rows[at].text).map(|(_, text)| text);
        let body = (begin..end)
            .filter(|&row| row != headline)
            .filter_map(|row| if row == at { behind } else { Some(rows[row].text) });
        item(Some(rows[headline].text), body, Some(day))
    });
    Some(with_article(rows, begins[0], rows.len(), items.collect()))
}

/// Entries of a ticker, with a time each.
fn by_times(rows: &[Row<'_>]) -> Option<Vec<Document>> {
    let marks: Vec<(usize, u16, &str)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| time_before(row.text).map(|(minute, text)| (at, minute, text)))
        .collect();
    // `14:30` may be a ratio or the time of an event: in a ticker all times are written alike, with or without `Uhr`.
    let hours = marks.iter().filter(|(at, ..)| rows[*at].text.contains("Uhr")).count();
    let alike = hours == 0 || hours == marks.len();
    if marks.len() < LEAST || !alike || !is_ordered(marks.iter().map(|(_, minute, _)| *minute)) {
        return None;
    }
    let begins: Vec<usize> = marks.iter().map(|(at, ..)| *at).collect();
    is_list(rows, &begins, rows.len()).then_some(())?;
    let items = marks.iter().enumerate().map(|(number, &(at, _, text))| {
        let end = begins.get(number + 1).copied().unwrap_or(rows.len());
        let text = text.trim();
        let (headline, first) = if text.is_empty() {
            (rows.get(at + 1).filter(|row| at + 1 < end && is_head(row)).map(|row| row.text), at + 1)
        } else {
            (Some(text).filter(|text| at + 1 < end && is_headline(text)), at)
        };
        let body = (first..end).filter_map(|row| match (row == at, headline) {
            (true, Some(_)) => None,
            (true, None) => Some(text),
            (false, Some(headline)) if rows[row].text == headline && row == first => None,
            _ => Some(rows[row].text),
        });
        item(headline, body, None)
    });
    Some(with_article(rows, begins[0], rows.len(), items.collect()))
}

/// Items that end with a link to the whole text.
fn by_links(rows: &[Row<'_>]) -> Option<Vec<Document>> {
    let ends: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| without_more(row.text).is_some()).map(|(at, _)| at).collect();
    if ends.len() < LEAST {
        return None;
    }
    // The first item begins where the others do: so many rows before its link as is usual.
    let mut lengths: Vec<usize> = ends.windows(2).map(|pair| pair[1] - pair[0]).collect();
    lengths.sort_unstable();
    let usual = lengths[lengths.len() / 2];
    let near = (0..=ends[0]).rev().take(usual + 2).filter(|&at| is_head(&rows[at]));
    let first = near.min_by_key(|&at| (ends[0] + 1 - at).abs_diff(usual))?;
    let begins: Vec<usize> = std::iter::once(first).chain(ends[..ends.len() - 1].iter().map(|end| end + 1)).collect();
    let headed = begins.iter().zip(&ends).filter(|(begin, end)| begin < end && is_head(&rows[**begin])).count();
    let last = ends[ends.len() - 1] + 1;
    if headed * 10 < begins.len() * 8 || usual > MOST_ROWS || !is_list(rows, &begins, last) {
        return None;
    }
    let items = begins.iter().zip(&ends).map(|(&begin, &end)| {
        let day = (begin..=end).find_map(|row| day_line(rows[row].text));
        let headline = Some(rows[begin].text).filter(|_| begin < end && is_head(&rows[begin]));
        let body = (begin + usize::from(headline.is_some())..=end)
            .map(|row| rows[row].text)
            .filter(|text| day_line(text).is_none());
        item(headline, body, day)
    });
    Some(with_article(rows, first, last, items.collect()))
}

/// Whether dates go one way, as those of a list do, with a few out of place.
fn is_ordered<T: PartialOrd + Copy>(marks: impl Iterator<Item = T>) -> bool {
    let marks: Vec<T> = marks.collect();
    let pairs = marks.len() - 1;
    let up = marks.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    let down = marks.windows(2).filter(|pair| pair[0] >= pair[1]).count();
    up.max(down) * 4 >= pairs * 3
}

/// Whether items that begin there are short, most of the page, and texts rather than lines of a table.
fn is_list(rows: &[Row<'_>], begins: &[usize], end: usize) -> bool {
    let bytes = |from: usize, to: usize| rows[from..to].iter().map(|row| row.text.len()).sum::<usize>();
    let ends = begins[1..].iter().copied().chain([end]);
    let sizes: Vec<(usize, usize)> = begins.iter().zip(ends).map(|(&from, to)| (to - from, bytes(from, to))).collect();
    // What follows the last item may be the foot of the page.
    let short = sizes[..sizes.len() - 1].iter().all(|&(count, bytes)| count <= MOST_ROWS && bytes <= MOST_BYTES);
    let long_enough = sizes.iter().filter(|(_, bytes)| *bytes >= 70).count() * 10 >= sizes.len() * 6;
    let covered = bytes(begins[0], end) * 10 >= bytes(0, rows.len()) * 6;
    let sentences = rows[begins[0]..end].iter().filter(|row| row.text.len() > 60 && !row.text.contains('\t')).count();
    short && long_enough && covered && sentences * 2 >= begins.len() && sizes.iter().all(|(count, _)| *count > 0)
}

fn item<'t>(headline: Option<&str>, body: impl Iterator<Item = &'t str>, day: Option<Date>) -> Document {
    let lines: Vec<&str> =
        body.map(|line| without_more(line).unwrap_or(line).trim()).filter(|line| !line.is_empty()).collect();
    let mut document = with_headline(headline.map(str::trim), &lines.join("\n"));
    document.date = day;
    document.date_source = day.map(|_| DateSource::Item);
    document
}

/// What stands around the items is the first document, where it is more than the head of the page.
fn with_article(rows: &[Row<'_>], first: usize, last: usize, items: Vec<Document>) -> Vec<Document> {
    let around = rows[..first].iter().chain(&rows[last..]);
    let lines: Vec<&str> = around.map(|row| row.text.trim()).collect();
    let mut documents = Vec::with_capacity(items.len() + 1);
    if lines.iter().any(|line| line.len() > 60) {
        let headline = lines.first().copied().filter(|line| is_headline(line));
        let body = lines[usize::from(headline.is_some())..].join("\n");
        documents.push(with_headline(headline, &body));
    }
    documents.extend(items);
    for (number, document) in documents.iter_mut().enumerate() {
        document.item = number as u32;
    }
    documents
}
