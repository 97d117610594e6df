//! Pages that list several items: an article, then teasers of others.

use std::sync::LazyLock;

use regex::Regex;

use super::dates::latest_date;
use super::headline::{is_headline, with_headline};
use crate::date::Date;
use crate::document::{DateSource, Document};

/// The mark with which a teaser begins: its own date, not that of the page.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*\[(\d{2})\.(\d{2})\.(\d{4})\]\s*").expect("the pattern is well formed"));

/// The link to the whole text, which belongs to the page and not to the item.
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*(?:mehr|weiterlesen|weiter)\s?(?:\.\.\.|…|»|>>?)\s*$").expect("the pattern is well formed")
});

/// Splits a page into its items; `None` where the text is not such a page.
///
/// A page lists at least two teasers, each a headline (`Kicker: Headline`) above a line `[DD.MM.YYYY] text … mehr...`;
/// what stands before the first of them is an article of its own. Each item becomes a document with its own kicker,
/// title, date and text; its text is the headline, a line feed, and the body without mark and `mehr...`. The article
/// carries no mark: its date is the latest that it names, up to the latest mark of the page. `id` and `source` are left
/// empty.
///
/// ```
/// let page = "Hessen: Vorn dabei\n[11.09.2025] Das Land führt. mehr...\nJena: Neue App\n[08.09.2025] Sie kommt. mehr...\n";
/// let items = ressort::read::split_page(page).expect("it lists two teasers");
/// assert_eq!(items[1].kicker.as_deref(), Some("Jena"));
/// assert_eq!(items[1].text, "Jena: Neue App\nSie kommt.");
/// assert_eq!(items[1].date, Some("2025-09-08".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn split_page(text: &str) -> Option<Vec<Document>> {
    let lines: Vec<&str> = text.lines().collect();
    let marks: Vec<(usize, Date)> =
        lines.iter().enumerate().filter_map(|(number, line)| Some((number, mark(line)?))).collect();
    if marks.len() < 2 {
        return None;
    }
    // An item begins with its headline, the last line with letters before its mark.
    let begins: Vec<usize> = marks
        .iter()
        .enumerate()
        .map(|(index, &(at, _))| {
            let floor = if index == 0 { 0 } else { marks[index - 1].0 + 1 };
            let line = (floor..at).rev().find(|&line| !lines[line].trim().is_empty());
            line.filter(|&line| is_headline(lines[line])).unwrap_or(at)
        })
        .collect();
    let mut items = Vec::with_capacity(marks.len() + 1);
    items.extend(article(&lines[..begins[0]], marks.iter().map(|(_, day)| *day).max()));
    for (index, &(at, day)) in marks.iter().enumerate() {
        let end = begins.get(index + 1).copied().unwrap_or(lines.len());
        let headline = (begins[index] < at).then(|| lines[begins[index]].trim());
        let first = MARK.replace(lines[at], "");
        let body = std::iter::once(first.as_ref()).chain(lines[at + 1..end].iter().copied());
        let mut item = with_headline(headline, &tidy(body));
        item.date = Some(day);
        item.date_source = Some(DateSource::Item);
        items.push(item);
    }
    for (number, item) in items.iter_mut().enumerate() {
        item.item = number as u32;
    }
    Some(items)
}

/// What stands before the first teaser, if anything does.
fn article(lines: &[&str], limit: Option<Date>) -> Option<Document> {
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    let headline = Some(lines[first].trim()).filter(|line| is_headline(line));
    let body = tidy(lines[first + usize::from(headline.is_some())..].iter().copied());
    let mut item = with_headline(headline, &body);
    item.date = latest_date(&item.text, limit);
    item.date_source = item.date.map(|_| DateSource::Text);
    Some(item)
}

/// The day of a line that begins with a mark.
fn mark(line: &str) -> Option<Date> {
    let found = MARK.captures(line)?;
    let number = |group: usize| found[group].parse::<i16>().ok();
    Date::new(number(3)?, i8::try_from(number(2)?).ok()?, i8::try_from(number(1)?).ok()?).ok()
}

/// The body's lines without the link and without empty lines at either end.
fn tidy<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let lines: Vec<String> = lines.map(|line| MORE.replace(line, "").trim_end().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Zukunftskongress 2024Praxis im Blick\n\nAm 24. und 25. Juni 2024 traf man sich in Berlin.\n\
                        (Foto: BMI)\nEin Absatz. Frist ist der 31.12.2029.\n\
                        Sachsen: „Wir liefern.“\n[01.10.2025] Der Freistaat liefert. mehr...\n\n\
                        Wahl ohne Kicker\n[30.09.2025] Erster Absatz.\nZweiter Absatz. mehr …\n";

    #[test]
    fn an_article_and_its_teasers() {
        let items = split_page(PAGE).unwrap();
        let heads: Vec<_> = items.iter().map(|item| (item.kicker.as_deref(), item.title.as_deref().unwrap())).collect();
        assert_eq!(
            heads,
            [
                (Some("Zukunftskongress 2024"), "Praxis im Blick"),
                (Some("Sachsen"), "„Wir liefern.“"),
                (None, "Wahl ohne Kicker")
            ]
        );
        assert_eq!(items[0].date, Some("2024-06-25".parse().unwrap()));
        assert_eq!(items[0].date_source, Some(DateSource::Text));
        assert!(items[0].text.ends_with("31.12.2029."));
        assert_eq!(items[1].text, "Sachsen: „Wir liefern.“\nDer Freistaat liefert.");
        assert_eq!(items[2].text, "Wahl ohne Kicker\nErster Absatz.\nZweiter Absatz.");
        for item in &items {
            assert_eq!(item.title_span.unwrap().of(&item.text), item.title.as_deref().unwrap());
        }
    }

    #[test]
    fn a_plain_text_is_no_page() {
        assert_eq!(split_page("Ein Text.\n[01.10.2025] Eine Fußnote."), None);
        assert_eq!(split_page(""), None);
    }
}
