//! The document view: texts with their mentions, as one HTML file.

use std::fmt::Write;

use super::page::{Page, escaped};
use super::{Language, words};
use crate::document::{Annotation, Document, Mention};
use crate::gazetteer::{EntityKey, Gazetteer};

const SCRIPT: &str = include_str!("../../report/dist/view.js");
const STYLE: &str = include_str!("../../report/dist/view.css");
const POLICY: &str = include_str!("../../report/dist/view.csp");

/// Documents with their mentions coloured by kind, what each is linked to and why, and their topics with the terms that
/// spoke for them. The page is complete without its script, which only adds the hints beside the text.
///
/// ```
/// use ressort::report::{DocumentView, Language};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Das BMDS & <b>Bayern</b>.").with_date("2025-10-08".parse()?);
/// let mut view = DocumentView::new(Language::German);
/// view.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document));
/// let html = view.finish();
/// assert!(html.contains("ministry:bund/digitales") && html.contains("&amp; &lt;b&gt;"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct DocumentView {
    language: Language,
    /// Markup of the documents so far.
    articles: String,
    /// Headline of the first.
    title: Option<String>,
    documents: usize,
}

impl DocumentView {
    /// A page without documents.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, articles: String::new(), title: None, documents: 0 }
    }

    /// Adds a document and what was found in it by a pipeline with this gazetteer.
    pub fn push(&mut self, gazetteer: &Gazetteer, document: &Document, annotation: &Annotation) {
        let (number, language) = (self.documents, self.language);
        let article = Article { gazetteer, document, annotation, number, language };
        // Writing into a String cannot fail.
        let _ = article.write(&mut self.articles);
        self.title.get_or_insert_with(|| article.title().to_owned());
        self.documents += 1;
    }

    /// The page.
    #[must_use]
    pub fn finish(self) -> String {
        let Self { language, articles, title, documents } = self;
        let german = language == Language::German;
        let title = match title {
            Some(title) if documents == 1 => title,
            _ => super::page::headline(language, documents),
        };
        let empty = if german { "Kein Dokument." } else { "No document." };
        let view = if german { "Dokumentansicht" } else { "Document view" };
        let heading = if documents > 1 { format!("{view}: {}", escaped(&title)) } else { view.to_owned() };
        let articles = if documents == 0 { format!("<p>{empty}</p>") } else { articles };
        let body = format!("<main>\n<h1 class=\"view\">{heading}</h1>\n{articles}</main>");
        Page { language, title: &title, policy: POLICY, style: STYLE, script: SCRIPT, body: &body }.html()
    }
}

/// One document of the page.
struct Article<'t> {
    gazetteer: &'t Gazetteer,
    document: &'t Document,
    annotation: &'t Annotation,
    number: usize,
    language: Language,
}

impl Article<'_> {
    fn title(&self) -> &str {
        match &self.document.title {
            Some(title) if !title.trim().is_empty() => title,
            _ if self.document.id.is_empty() => &self.document.source,
            _ => &self.document.id,
        }
    }

    fn word(&self, german: &'static str, english: &'static str) -> &'static str {
        if self.language == Language::German { german } else { english }
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let Self { document, annotation, number, .. } = self;
        writeln!(out, "<article aria-labelledby=\"d{number}\">\n<header>")?;
        if let Some(kicker) = document.kicker.as_deref().filter(|kicker| !kicker.trim().is_empty()) {
            writeln!(out, "<p class=\"kicker\">{}</p>", escaped(kicker))?;
        }
        writeln!(out, "<h2 id=\"d{number}\">{}</h2>", escaped(self.title()))?;
        let day =
            annotation.date.day().map_or_else(|| self.word("ohne Datum", "no date").to_owned(), |day| self.day(day));
        let source = if document.source.is_empty() { &document.id } else { &document.source };
        writeln!(out, "<p class=\"source\"><time>{day}</time> · <bdi>{}</bdi></p>\n</header>", escaped(source))?;
        // No line break before the text: it would be shown.
        write!(out, "<div class=\"columns\">\n<div class=\"text\" dir=\"auto\">")?;
        self.write_text(out)?;
        writeln!(out, "</div>\n<aside>")?;
        self.write_topics(out)?;
        self.write_mentions(out)?;
        writeln!(out, "</aside>\n</div>\n</article>")
    }

    fn day(&self, day: crate::date::Date) -> String {
        match self.language {
            Language::German => format!("{}.{}.{}", day.day(), day.month(), day.year()),
            Language::English => day.to_string(),
        }
    }

    fn write_text(&self, out: &mut String) -> std::fmt::Result {
        let text = &self.document.text;
        let mut at = 0;
        for (index, mention) in self.annotation.mentions.iter().enumerate() {
            let (start, end) = (mention.span.start as usize, mention.span.end as usize);
            let (kind, number) = (mention.kind.as_str(), self.number);
            let open = if mention.entity.is_none() { " open" } else { "" };
            out.push_str(&escaped(&text[at..start]));
            write!(
                out,
                "<a class=\"m {kind}{open}\" href=\"#d{number}m{index}\"><bdi>{}</bdi></a>",
                escaped(&text[start..end])
            )?;
            at = end;
        }
        out.push_str(&escaped(&text[at..]));
        Ok(())
    }

    fn write_topics(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "<h3>{}</h3>", self.word("Themen", "Topics"))?;
        if self.annotation.topics.is_empty() {
            let none = self.word("Kein Thema ist wahrscheinlich genug.", "No topic is likely enough.");
            return writeln!(out, "<p class=\"none\">{none}</p>");
        }
        writeln!(out, "<ol class=\"topics\">")?;
        for topic in &self.annotation.topics {
            let terms: Vec<String> =
                topic.terms.iter().map(|term| format!("<bdi>{}</bdi>", escaped(&term.text))).collect();
            let score = (f64::from(topic.score) * 100.0).round();
            writeln!(
                out,
                "<li><span class=\"name\">{}</span> <meter min=\"0\" max=\"100\" value=\"{score}\" aria-label=\"{}\"></meter> \
                 <span class=\"score\">{score}&nbsp;%</span> <span class=\"terms\">{}</span></li>",
                escaped(&topic.label),
                self.word("Wahrscheinlichkeit", "Probability"),
                terms.join(", ")
            )?;
        }
        writeln!(out, "</ol>")
    }

    fn write_mentions(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "<h3>{} ({})</h3>", self.word("Nennungen", "Mentions"), self.annotation.mentions.len())?;
        if self.annotation.mentions.is_empty() {
            let none = self.word(
                "In diesem Text steht kein Name, den die Namenslisten kennen.",
                "No name that the gazetteers know stands in this text.",
            );
            return writeln!(out, "<p class=\"none\">{none}</p>");
        }
        writeln!(out, "<ol class=\"mentions\">")?;
        for (index, mention) in self.annotation.mentions.iter().enumerate() {
            self.write_mention(out, index, mention)?;
        }
        writeln!(out, "</ol>")
    }

    fn write_mention(&self, out: &mut String, index: usize, mention: &Mention) -> std::fmt::Result {
        let (kind, number) = (mention.kind.as_str(), self.number);
        let surface = mention.span.of(&self.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let id = |key: EntityKey| escaped(&self.gazetteer.entity(key).id);
        let name = |key: EntityKey| escaped(self.gazetteer.name_on(key, self.annotation.date.day()));
        write!(
            out,
            "<li id=\"d{number}m{index}\" tabindex=\"-1\"><p><span class=\"m {kind}\"><bdi>{}</bdi></span> \
             <span class=\"kind\">{}</span></p>",
            escaped(&surface),
            words::kind(self.language, mention.kind)
        )?;
        match mention.entity {
            Some(key) => write!(out, "<p class=\"link\">{} <code>{}</code></p>", name(key), id(key))?,
            None => {
                let candidates: Vec<String> =
                    mention.candidates.iter().map(|key| format!("{} <code>{}</code>", name(*key), id(*key))).collect();
                let undecided = self.word("nicht entschieden", "undecided");
                write!(out, "<p class=\"link\">{undecided}: {}</p>", candidates.join(", "))?;
            }
        }
        if let Some(holder) = mention.holder {
            let held = self.word("Amtsinhaber an dem Tag", "held on the day by");
            write!(out, "<p>{held}: {} <code>{}</code></p>", name(holder), id(holder))?;
        }
        let mut reasons = vec![format!("{} {}", self.word("erkannt", "found"), words::via(self.language, mention.via))];
        reasons.extend(mention.evidence.iter().map(|evidence| words::evidence(self.language, *evidence).to_owned()));
        let mut standing: Vec<&str> =
            mention.modifier.map(|modifier| words::modifier(self.language, modifier)).into_iter().collect();
        standing.extend(mention.flags.names().map(|flag| words::flag(self.language, flag)));
        let confidence = (f64::from(mention.confidence) * 100.0).round();
        write!(out, "<p class=\"why\">{}</p><p class=\"why\">", reasons.join("; "))?;
        write!(out, "{} {confidence} %", self.word("Sicherheit", "confidence"))?;
        if !standing.is_empty() {
            write!(out, " · {}", standing.join(", "))?;
        }
        writeln!(out, "</p></li>")
    }
}
