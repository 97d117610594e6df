#![allow(clippy::format_collect, clippy::format_push_string, reason = "speed does not count in tests")]

use super::*;
use crate::document::DateSource;

fn read(bytes: &[u8]) -> Document {
    documents(bytes, "seite.html", &ReadOptions::default()).remove(0).unwrap()
}

fn refusal(html: &str) -> String {
    documents(html.as_bytes(), "seite.html", &ReadOptions::default()).remove(0).unwrap_err().message
}

#[test]
fn an_article_without_what_is_around_it() {
    let article = read(include_bytes!("../../../tests/formats/news.html"));
    assert_eq!(article.kicker.as_deref(), Some("Deutsche Verwaltungscloud"));
    assert_eq!(article.title.as_deref(), Some("Neue Regeln für die Verwaltungscloud"));
    assert_eq!(article.date, Some("2025-10-09".parse().unwrap()));
    assert_eq!(article.date_source, Some(DateSource::Page));
    assert_eq!(article.extra["author"], "Erika Beispiel");
    assert_eq!(article.language.as_deref(), Some("de"));
    let lines: Vec<&str> = article.text.lines().collect();
    assert_eq!(lines[0], "Deutsche Verwaltungscloud: Neue Regeln für die Verwaltungscloud");
    assert!(lines[1].starts_with("Der IT-Planungsrat hat Regeln"), "{}", lines[1]);
    assert!(article.text.contains("Europäischen Union stehen.\nAusnahmen genehmigt die FITKO."));
    assert!(article.text.contains("\nHessen\t12 %\n"));
    assert!(article.text.contains("Staats\u{ad}modernisierung"));
    for around in
        ["Bundeskanzleramt", "Finanzen", "Bundeskriminalamt", "Sachsen", "Finanzamt", "Beispielverlag", "Von Erika"]
    {
        assert!(!article.text.contains(around), "{around}");
    }
    assert_eq!(article.kicker_span.unwrap().of(&article.text), "Deutsche Verwaltungscloud");
    assert_eq!(article.title_span.unwrap().of(&article.text), "Neue Regeln für die Verwaltungscloud");
}

#[test]
fn a_press_release_of_boxes_keeps_the_line_of_its_ministry() {
    let release = read(include_bytes!("../../../tests/formats/press_release.html"));
    let lines: Vec<&str> = release.text.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "Land fördert schnelles Internet auf dem Land",
            "Ministerium für Inneres und Digitales des Landes Beispielland",
            "Schwerin, den 9. Oktober 2025",
            "Pressemitteilung Nr. 211/2025",
        ]
    );
    assert_eq!((release.date, release.date_source), (Some("2025-10-09".parse().unwrap()), Some(DateSource::Text)));
    assert!(release.text.ends_with("in der Staatskanzlei."));
    assert!(!release.text.contains("Impressum") && !release.text.contains("Leichte Sprache"));
}

#[test]
fn the_encoding_is_the_declared_one() {
    let page = |head: &str| {
        format!("<html><head>{head}</head><body><h1>Gr\u{fc}n</h1><p>Der Senat pr\u{fc}ft.</p></body></html>")
    };
    let latin: Vec<u8> = page("<meta charset=iso-8859-1>").chars().map(|c| c as u8).collect();
    assert_eq!(read(&latin).text, "Grün\nDer Senat prüft.");
    let old = page("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">");
    let old: Vec<u8> = old.chars().map(|c| c as u8).collect();
    assert_eq!(read(&old).text, "Grün\nDer Senat prüft.");
    let wide: Vec<u8> = b"\xff\xfe".iter().copied().chain(page("").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read(&wide).text, "Grün\nDer Senat prüft.");
}

#[test]
fn what_a_page_says_about_its_day() {
    let dated = |head: &str, body: &str| {
        let page = format!(
            "<html><head>{head}</head><body><h1>Titel der Seite</h1>{body}<p>Der Senat prüft das.</p></body></html>"
        );
        let page = read(page.as_bytes());
        (page.date.map(|day| day.to_string()).unwrap_or_default(), page.date_source.map_or("", DateSource::as_str))
    };
    let day = || "2025-10-09".to_owned();
    let linked = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2025-10-09T01:00:00+02:00"}]}</script>"#;
    assert_eq!(dated(linked, ""), (day(), "page"));
    assert_eq!(dated("<meta name='DCTERMS.issued' content='9.10.2025'>", ""), (day(), "page"));
    assert_eq!(dated("<meta name='date' content='2025-02-30'>", "<p>9. Oktober 2025</p>"), (day(), "text"));
    assert_eq!(dated("", "<div><time datetime='2025-10-09'>gestern</time></div>"), (day(), "page"));
    assert_eq!(dated("", "<p>Am 9. Oktober 2025 tagt der Rat.</p>"), (String::new(), ""));
    // The address, elements that are called a date, the line of the author, and the foot of the text.
    let address = "<link rel=canonical href='https://land.example/2025/10/09/titel-der-seite/'>";
    assert_eq!(dated(address, ""), (day(), "page"));
    assert_eq!(dated("", "<span class='post-date'>9.10.25</span>"), (day(), "page"));
    assert_eq!(dated("", "<div id='artikeldatum'>veröffentlicht: 9.10.2025 15:19</div>"), (day(), "page"));
    assert_eq!(dated("", "<small>9.10.2025, 16:20 von erika</small>"), (day(), "text"));
    let far = "<p>Es folgt ein Absatz.</p>".repeat(20);
    let foot =
        format!("{far}<div class='post-footer'>Dieser Artikel wurde am 9. Oktober 2025 um 14:48 veröffentlicht</div>");
    assert_eq!(dated("", &foot), (day(), "page"));
    assert_eq!(
        dated("", &format!("{far}<p><span itemprop='datePublished' content='2025-10-09'>gestern</span></p>")),
        (day(), "page")
    );
    // Days of something else: an event, a later change, a comment, a post that is shown, teasers beside the text.
    for other in [
        "<div class='event-date'>9. Oktober 2025, Köln</div>",
        "<span class='last-updated'>Geändert: 9.10.2025</span>",
        "<div class='comments'><time datetime='2025-10-09'>gestern</time></div>",
        "<blockquote>Ein Beitrag. <time datetime='2025-10-09'>gestern</time></blockquote>",
        "<div class='news-date'>9. Oktober 2025, 14:45 Uhr bis 15:45 Uhr</div>",
    ] {
        assert_eq!(dated("", other), (String::new(), ""), "{other}");
    }
}

#[test]
fn a_wrapper_with_the_name_of_a_part_of_the_layout_holds_the_text() {
    let sentence = "Der Bundestag berät über den Haushalt, und die Länder warten auf Geld für das schnelle Internet.";
    let lines: Vec<String> = (2..6).map(|day| format!("Am {day}. Tag: {sentence}")).collect();
    let text = lines.iter().map(|line| format!("<p>{line}</p>")).collect::<String>();
    let page = format!(
        "<title>Haushalt</title><div class='main with-sidebar'><h2>Haushalt</h2>{text}</div>\
         <div class='sidebar'>Die Seite des Finanzministeriums ist hier zu finden, mit allen Zahlen.</div>\
         <div id='related_posts'><ul><li><article><h3>Verkehr</h3><p>{sentence}</p></article></li>\
         <li><article><h3>Klima</h3><p>{sentence}</p></article></li></ul></div>"
    );
    let page = read(page.as_bytes());
    assert_eq!(page.text, format!("Haushalt\n{}", lines.join("\n")));
}

#[test]
fn a_page_without_a_headline_loses_the_name_of_its_site() {
    let page = read(b"<title>Haushalt: Streit um Milliarden | Bote</title><p>Der Bundestag ber\xc3\xa4t.</p>");
    assert_eq!(page.title.as_deref(), Some("Haushalt: Streit um Milliarden"));
    assert_eq!(page.text, "Haushalt: Streit um Milliarden\nDer Bundestag berät.");
    assert_eq!(read(b"<p>Nur Text.</p>").text, "Nur Text.");
}

#[test]
fn pages_made_to_exhaust_the_reader_are_refused() {
    assert!(refusal(&"<b>".repeat(1 << 20)).contains("nested more than"));
    assert!(refusal(&"<div/>".repeat(1 << 20)).contains("nested more than"));
    assert!(refusal(&"<template>".repeat(1 << 20)).contains("nested more than"));
    assert!(refusal(&"<p>".repeat(1 << 20)).contains("elements"));
    let open: String = (0..300).map(|number| format!("<font id={number}>")).collect();
    assert!(refusal(&(open + &"<p>a".repeat(1 << 20))).contains("elements"));
    assert!(refusal(&"<table><tr><td>".repeat(1 << 18)).contains("nested more than"));
    let attributes: String = (0..1 << 16).map(|number| format!(" a{number}=b")).collect();
    assert!(refusal(&format!("<p{attributes}>Text</p>")).contains("attributes"));
    assert!(refusal(&format!("<p{}", attributes.replace(' ', "/"))).contains("attributes"));
}

fn all(bytes: &[u8]) -> Vec<String> {
    let outcomes = documents(bytes, "liste.html", &ReadOptions::default());
    let shown = |document: Document| {
        let day = document.date.map(|day| day.to_string()).unwrap_or_default();
        format!("{day} {}", document.text.replace('\n', " / "))
    };
    outcomes.into_iter().filter_map(Result::ok).map(shown).collect()
}

#[test]
fn a_list_of_teasers_is_several_documents() {
    let page = include_bytes!("../../../tests/formats/teasers.html");
    assert_eq!(
        all(page),
        [
            "2025-10-09 Breitband: Land fördert schnelle Netze / Das Land unterstützt die Kommunen mit 20 Millionen Euro. Die Bundesnetzagentur begrüßt das.",
            "2025-10-08 Register: Register werden modern / Der IT-Planungsrat hat den Fahrplan beschlossen. Die FITKO koordiniert die Arbeiten.",
            "2025-10-07 Personal: Neue Präsidentin im Amt / Das Statistische Landesamt hat eine neue Präsidentin. Sie folgt auf ihren langjährigen Vorgänger.",
        ]
    );
    let whole = ReadOptions { split: Split::None, ..ReadOptions::default() };
    let whole = documents(page, "liste.html", &whole);
    assert_eq!(whole.len(), 1);
    assert!(whole[0].as_ref().unwrap().text.contains("Neue Präsidentin im Amt"));
}

#[test]
fn headings_without_an_element_around_each_item() {
    let item = |number: usize| {
        format!(
            "<h3>Meldung {number} aus dem Landtag</h3><p>{number}. Oktober 2025</p><p>Der Landtag berät über den Entwurf Nummer {number} der Staatskanzlei.</p>"
        )
    };
    let page = format!("<h1>Aktuelles</h1>{}{}{}", item(9), item(8), item(7));
    assert_eq!(
        all(page.as_bytes())[1],
        "2025-10-08 Meldung 8 aus dem Landtag / Der Landtag berät über den Entwurf Nummer 8 der Staatskanzlei."
    );
    assert_eq!(all(page.as_bytes()).len(), 3);
}

#[test]
fn sections_of_an_article_and_teasers_beside_it_do_not_split_it() {
    let section = |number: usize| {
        format!(
            "<section><h2>Abschnitt {number} des Berichts</h2><p>Der Landtag berät über den Entwurf Nummer {number} der Staatskanzlei, und zwar ausführlich.</p></section>"
        )
    };
    let sections: String = (1..6).map(section).collect();
    assert_eq!(all(format!("<h1>Bericht zur Lage</h1><article>{sections}</article>").as_bytes()).len(), 1);
    let teaser = "<div class=t><h3><a href=/a>Andere Meldung aus dem Haus</a></h3><p>Kurzer Text dazu.</p></div>";
    let page = format!("<h1>Bericht zur Lage</h1><article>{sections}{sections}</article>{}", teaser.repeat(4));
    assert_eq!(all(page.as_bytes()).len(), 1);
    assert_eq!(all(include_bytes!("../../../tests/formats/news.html")).len(), 1);
}

#[test]
fn a_heading_with_small_print_and_one_that_names_the_genre() {
    let page = "<meta property='og:title' content='Land fördert Netze'><h1>Pressemitteilung</h1><p>Der Minister übergab den Bescheid.</p>";
    assert_eq!(read(page.as_bytes()).title.as_deref(), Some("Land fördert Netze"));
    let page = "<h1>Land fördert<br>Netze<small>Datum: <time datetime='2025-10-09'>09.10.2025</time></small></h1><p>Der Minister übergab den Bescheid.</p>";
    let page = read(page.as_bytes());
    assert_eq!(page.title.as_deref(), Some("Land fördert Netze"));
    assert_eq!((page.date, page.date_source), (Some("2025-10-09".parse().unwrap()), Some(DateSource::Page)));
}
