//! Pages that list several items: an article, then teasers of others.

mod marks;
mod repeat;

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

#[cfg(feature = "html")]
pub(super) use marks::{day_before, day_line, without_more};
pub(super) use repeat::{Row, items};

/// Splits a page into its items; `None` where the text is not such a page.
///
/// What a page lists is told by what repeats on it, at least three times and for most of the page, with dates in order:
/// a headline above or below a line with a date; a time before each entry of a ticker; a headline, a teaser, and a link
/// to the whole text (`Weiterlesen`, an address). Laws, protocols and articles that name dates do not repeat so.
///
/// Two teasers are enough where each is a headline (`Kicker: Headline`) above a line `[DD.MM.YYYY] text … mehr...`, as
/// nothing else is written so; what stands before the first of them is then an article of its own.
///
/// Each item becomes a document with its own kicker, title, date and text; its text is the headline, a line feed, and the
/// body without mark and `mehr...`. The article carries no mark: its date is the latest that it names, up to the latest
/// mark of the page. `id` and `source` are left empty.
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
        let filled = lines.iter().filter(|line| !line.trim().is_empty());
        let rows: Vec<Row<'_>> = filled.map(|text| Row { text, heading: None }).collect();
        return items(&rows);
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

    fn texts(page: &str) -> Vec<String> {
        split_page(page)
            .unwrap_or_default()
            .into_iter()
            .map(|item| {
                let day = item.date.map(|day| day.to_string()).unwrap_or_default();
                format!("{day}|{}|{}", item.title.as_deref().unwrap_or(""), item.text.replace('\n', "/"))
            })
            .collect()
    }

    #[test]
    fn lists_with_dates_above_and_below_their_headlines() {
        let teaser = "Das Land fördert den Ausbau der Netze mit zwanzig Millionen Euro, teilte das Ministerium mit.";
        let below = format!(
            "9. Oktober 2025\nHessen: Netze werden schneller\n{teaser}\n8. Oktober 2025\nRegister werden modern\n{teaser}\n\
                             7. Oktober 2025\nNeue App für Jena\n{teaser}\n"
        );
        assert_eq!(
            texts(&below),
            [
                format!("2025-10-09|Netze werden schneller|Hessen: Netze werden schneller/{teaser}"),
                format!("2025-10-08|Register werden modern|Register werden modern/{teaser}"),
                format!("2025-10-07|Neue App für Jena|Neue App für Jena/{teaser}"),
            ]
        );
        let above = format!(
            "Presseschau\nNetze werden schneller\nHandelsblatt, 9. Oktober 2025\n{teaser}\nRegister werden modern\n\
                             Süddeutsche Zeitung, 8. Oktober 2025\n{teaser}\nNeue App für Jena\nTAZ, 8.10.2025\n{teaser} Weiterlesen\n"
        );
        assert_eq!(texts(&above)[2], format!("2025-10-08|Neue App für Jena|Neue App für Jena/{teaser}"));
        assert_eq!(texts(&above).len(), 3);
    }

    #[test]
    fn newsletters_and_tickers() {
        let teaser = "Der Landtag hat den Entwurf beraten; im Ausschuss wird er nun weiter behandelt.";
        let newsletter = format!(
            "Liebe Leserinnen und Leser,\nhier kommen die Nachrichten dieser Woche aus Bund, Ländern und Kommunen.\n\
            Netze werden schneller\n{teaser}\nhttps://a.example/1\nRegister werden modern\n{teaser}\n{teaser}\nhttps://a.example/2\n\
            Neue App für Jena\n{teaser}\nhttps://a.example/3\nImpressum\n"
        );
        let items = texts(&newsletter);
        assert_eq!(items.len(), 4, "{items:?}");
        assert_eq!(items[2], format!("|Register werden modern|Register werden modern/{teaser}/{teaser}"));
        assert!(items[0].contains("Liebe Leserinnen") && items[0].ends_with("Impressum"));
        let ticker = format!(
            "Liveticker zur Haushaltsdebatte\n14:30 Uhr: {teaser}\n14:10 Uhr: Der Minister spricht\n{teaser}\n13:55 Uhr: {teaser}\n"
        );
        assert_eq!(
            texts(&ticker),
            [
                format!("||{teaser}"),
                format!("|Der Minister spricht|Der Minister spricht/{teaser}"),
                format!("||{teaser}"),
            ]
        );
    }

    #[test]
    fn what_names_dates_is_no_list() {
        let sentence = "Der Ausschuss hat den Entwurf beraten und empfiehlt dem Plenum, ihn anzunehmen.";
        let letter = format!(
            "An den Ausschuss\nBerlin, 9. Oktober 2025\n{sentence}\n{sentence}\n{sentence}\nIhr Schreiben\nvom 3.10.2025\n{sentence}\n"
        );
        let chronology = format!(
            "Chronologie\n9. Oktober 2025\n{sentence}\n10. Oktober 2025\n{sentence}\n11. Oktober 2025\n{sentence}\n"
        );
        let law = format!(
            "§ 1 Zweck\n9. Oktober 2025\n{sentence}\n§ 2 Mittel\n9. Oktober 2025\n{sentence}\n§ 3 Dauer\n9. Oktober 2025\n{sentence}\n"
        );
        let table = "Sitzung\n09.10.2025\nBerlin\nSitzung\n10.10.2025\nBonn\nSitzung\n11.10.2025\nKiel\n".to_owned();
        for page in [letter, chronology, law, table] {
            assert_eq!(split_page(&page), None, "{page}");
        }
    }
}
