//! Names that no gazetteer holds, in contexts where names of politics and administration stand: behind titles
//! (`Staatssekretärin Anna Beispiel`), in quotation marks behind `das Programm`, in compounds (`…strategie`), and as
//! abbreviations that nobody explained. They are grouped and counted, with sentences that show them, and can be edited
//! into a gazetteer.
//!
//! What is found is a question to an editor, no fact: nothing of it becomes a mention.

use std::collections::BTreeMap;

use crate::document::{Annotation, Document, Kind, Span, Token, TokenKind};
use crate::resolve::{abbreviates, names_a_statute};
use crate::text::fold;

/// Titles in front of persons, by their ends; the words for both genders.
const TITLES: &[&str] = &[
    "minister",
    "ministerin",
    "staatssekretär",
    "staatssekretärin",
    "senator",
    "senatorin",
    "abgeordneter",
    "abgeordnete",
    "abgeordneten",
    "landrat",
    "landrätin",
    "bürgermeister",
    "bürgermeisterin",
    "präsident",
    "präsidentin",
    "beauftragter",
    "beauftragte",
    "sprecher",
    "sprecherin",
    "chef",
    "chefin",
    "dezernent",
    "dezernentin",
    "amtsleiter",
    "amtsleiterin",
    "direktor",
    "direktorin",
    "geschäftsführer",
    "geschäftsführerin",
    "vorsitzender",
    "vorsitzende",
    "abg.",
    "cio",
    "cdo",
];

/// Nouns before a name in quotation marks, and what it is then.
const QUOTED: &[(&str, Kind)] = &[
    ("programm", Kind::Programme),
    ("projekt", Kind::Programme),
    ("projekts", Kind::Programme),
    ("initiative", Kind::Programme),
    ("strategie", Kind::Programme),
    ("plattform", Kind::Programme),
    ("pakt", Kind::Programme),
    ("portal", Kind::Programme),
    ("app", Kind::Programme),
    ("kampagne", Kind::Programme),
    ("bündnis", Kind::Association),
    ("verein", Kind::Association),
    ("gipfel", Kind::Event),
    ("konferenz", Kind::Event),
];

/// Ends of compounds that name something, and what.
const COMPOUNDS: &[(&str, Kind)] = &[
    ("gesetz", Kind::Law),
    ("verordnung", Kind::Law),
    ("strategie", Kind::Programme),
    ("offensive", Kind::Programme),
    ("initiative", Kind::Programme),
    ("pakt", Kind::Programme),
    ("agenda", Kind::Programme),
    ("programm", Kind::Programme),
    ("agentur", Kind::Body),
    ("bundesamt", Kind::Body),
    ("landesamt", Kind::Body),
    ("ministerium", Kind::Ministry),
    ("ausschuss", Kind::Parliament),
    ("gipfel", Kind::Event),
    ("verband", Kind::Association),
];

/// First parts of such compounds that speak of a sort of things, not of one.
const SORTS: &[&str] = &[
    "arbeits",
    "aufnahme",
    "bundes",
    "förder",
    "fach",
    "gesamt",
    "gesetzes",
    "jahres",
    "landes",
    "länder",
    "minister",
    "modell",
    "nachfolge",
    "pilot",
    "rahmen",
    "regierungs",
    "sofort",
    "sonder",
    "überbrückungs",
    "volks",
    "werbe",
    "wahl",
];

/// Words in front of a title's name that belong to it.
const DEGREES: &[&str] = &["Dr.", "Prof.", "Dr", "Prof", "h.", "c.", "med.", "jur.", "rer.", "Ing.", "Dr.-Ing."];

/// Sentences kept as examples of a name.
const EXAMPLES: usize = 3;

/// A name that no gazetteer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// The name as it stands most often at first sight, without a genitive ending.
    pub name: String,
    /// What it seems to be; `None` for an abbreviation that nothing explains.
    pub kind: Option<Kind>,
    /// The long form, where the text gives one.
    pub long_form: Option<String>,
    /// How often it was found.
    pub mentions: u32,
    /// In how many documents.
    pub documents: u32,
    /// Id of a document and a sentence of it, up to three.
    pub examples: Vec<(String, String)>,
}

/// Collects finds over many documents.
///
/// ```
/// use ressort::discover::Discovery;
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let document = Document::new("Die Staatssekretärin Anna Beispielfrau lobte das Programm „Quantensprung Eifel“.");
/// let mut discovery = Discovery::default();
/// discovery.add(&document, &pipeline.annotate(&document));
/// let finds = discovery.finish(1);
/// assert_eq!(finds.iter().map(|find| find.name.as_str()).collect::<Vec<_>>(), ["Anna Beispielfrau", "Quantensprung Eifel"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    /// By folded name.
    finds: BTreeMap<String, Find>,
}

/// A name in one place.
struct Spot {
    span: Span,
    kind: Option<Kind>,
    long_form: Option<String>,
}

impl Discovery {
    /// Looks through one document.
    pub fn add(&mut self, document: &Document, annotation: &Annotation) {
        let page = Page { text: &document.text, annotation };
        let mut seen: Vec<String> = Vec::new();
        for token in 0..annotation.tokens.len() {
            let Some(spot) = page.spot(token) else { continue };
            let surface = page.one_line(spot.span);
            let name = without_genitive(&surface, spot.kind);
            let key = fold(name);
            let find = self.finds.entry(key.clone()).or_insert_with(|| Find {
                name: name.to_owned(),
                kind: spot.kind,
                long_form: None,
                mentions: 0,
                documents: 0,
                examples: Vec::new(),
            });
            find.mentions += 1;
            find.long_form = find.long_form.take().or(spot.long_form);
            if !seen.contains(&key) {
                find.documents += 1;
                if find.examples.len() < EXAMPLES {
                    find.examples.push((document.id.clone(), page.sentence(spot.span)));
                }
                seen.push(key);
            }
        }
    }

    /// What was found at least so often, most frequent first.
    #[must_use]
    pub fn finish(self, least: u32) -> Vec<Find> {
        let mut finds: Vec<Find> = self.finds.into_values().filter(|find| find.mentions >= least).collect();
        finds.sort_by(|a, b| b.documents.cmp(&a.documents).then(b.mentions.cmp(&a.mentions)).then(a.name.cmp(&b.name)));
        finds
    }
}

/// One document while it is looked through.
struct Page<'a> {
    text: &'a str,
    annotation: &'a Annotation,
}

impl<'a> Page<'a> {
    fn word(&self, token: usize) -> &'a str {
        self.annotation.tokens.get(token).map_or("", |token| token.span.of(self.text))
    }

    fn token(&self, token: usize) -> Option<&'a Token> {
        self.annotation.tokens.get(token)
    }

    /// Whether a linked mention overlaps the span.
    fn is_known(&self, span: Span) -> bool {
        let mentions = &self.annotation.mentions;
        let first = mentions.partition_point(|mention| mention.span.end <= span.start);
        mentions[first..]
            .iter()
            .take_while(|mention| mention.span.start < span.end)
            .any(|mention| mention.entity.is_some() || !mention.candidates.is_empty())
    }

    fn spot(&self, token: usize) -> Option<Spot> {
        let span = self.token(token)?.span;
        let word = span.of(self.text);
        if !word.starts_with(|c: char| c.is_uppercase()) && !matches!(word, "„" | "\"" | "»" | "“") {
            return None;
        }
        let spot = self
            .quoted(token)
            .or_else(|| self.person(token))
            .or_else(|| self.compound(token))
            .or_else(|| self.abbreviation(token))?;
        (!self.is_known(spot.span)).then_some(spot)
    }

    /// `Staatssekretärin Dr. Anna Beispiel`: a first name and a surname behind a title.
    fn person(&self, first: usize) -> Option<Spot> {
        let mut title = first.checked_sub(1)?;
        while DEGREES.contains(&self.word(title)) {
            title = title.checked_sub(1)?;
        }
        let before = self.word(title).to_lowercase();
        if !TITLES.iter().any(|end| before.ends_with(end)) {
            return None;
        }
        let is_name = |token: usize| {
            self.token(token).is_some_and(|token| {
                let word = token.span.of(self.text);
                token.kind == TokenKind::Word
                    && word.chars().count() > 1
                    && word.starts_with(char::is_uppercase)
                    && word.chars().skip(1).any(char::is_lowercase)
            })
        };
        let particle = usize::from(matches!(self.word(first + 1), "von" | "van" | "zu" | "de"));
        (is_name(first) && is_name(first + 1 + particle)).then(|| Spot {
            span: Span::new(
                self.token(first).map_or(0, |t| t.span.start),
                self.token(first + 1 + particle).map_or(0, |t| t.span.end),
            ),
            kind: Some(Kind::Politician),
            long_form: None,
        })
    }

    /// `das Programm „Quantensprung Eifel“`.
    fn quoted(&self, open: usize) -> Option<Spot> {
        if !matches!(self.word(open), "„" | "\"" | "»" | "“") {
            return None;
        }
        let noun = self.word(open.checked_sub(1)?).to_lowercase();
        let (_, kind) = QUOTED.iter().find(|(end, _)| noun.ends_with(end))?;
        let close = (open + 2..open + 12).find(|&token| matches!(self.word(token), "“" | "”" | "\"" | "«"))?;
        let span = Span::new(self.token(open + 1)?.span.start, self.token(close - 1)?.span.end);
        // A sentence in quotation marks is a motto, no name.
        let name = span.of(self.text).chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        (name && !span.of(self.text).contains(['.', '!', '?'])).then_some(Spot {
            span,
            kind: Some(*kind),
            long_form: None,
        })
    }

    /// `Wasserstoffstrategie`, `Lobbyregistergesetzes`.
    fn compound(&self, token: usize) -> Option<Spot> {
        let token = self.token(token)?;
        if token.kind != TokenKind::Word || token.span.len() < 14 {
            return None;
        }
        let word = without_genitive(token.span.of(self.text), Some(Kind::Law)).to_lowercase();
        let (end, kind) = COMPOUNDS.iter().find(|(end, _)| word.ends_with(end))?;
        let head = word.strip_suffix(end).unwrap_or_default();
        let sort = if *kind == Kind::Law {
            names_a_statute(token.span.of(self.text)).is_none()
        } else {
            SORTS.iter().any(|sort| head.ends_with(sort))
        };
        (head.len() >= 5 && !sort).then_some(Spot { span: token.span, kind: Some(*kind), long_form: None })
    }

    /// `Kommunale Datenzentrale (KDZ)`, `das KDZ`: capitals that no gazetteer knows, behind an article or in brackets.
    fn abbreviation(&self, at: usize) -> Option<Spot> {
        let token = self.token(at)?;
        let word = token.span.of(self.text);
        let capitals = (3..=8).contains(&word.len())
            && token.kind == TokenKind::Word
            && word.chars().all(char::is_alphabetic)
            && word.chars().filter(|c| c.is_uppercase()).count() * 3 >= word.chars().count() * 2;
        if !capitals || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) {
            return None;
        }
        let before = self.word(at.checked_sub(1)?);
        // In a headline of capitals every word looks like an abbreviation.
        let shouting = |token: usize| {
            let word = self.word(token);
            word.len() > 1 && word.chars().all(char::is_uppercase)
        };
        if shouting(at - 1) || shouting(at + 1) {
            return None;
        }
        let defined = before == "(" && self.word(at + 1) == ")";
        let articled = matches!(
            before,
            "das" | "Das" | "die" | "Die" | "der" | "Der" | "des" | "dem" | "vom" | "beim" | "im" | "zur"
        );
        let long_form = defined.then(|| self.long_form(at - 1, word)).flatten();
        (articled || long_form.is_some()).then_some(Spot { span: token.span, kind: None, long_form })
    }

    /// The words before a bracket whose initials are the letters of the abbreviation.
    fn long_form(&self, open: usize, abbreviation: &str) -> Option<String> {
        let first_letter = abbreviation.chars().next()?;
        (open.saturating_sub(abbreviation.len() + 3)..open)
            .filter(|&token| self.word(token).starts_with(first_letter))
            .find_map(|first| {
                let span = Span::new(
                    self.token(first).map_or(0, |t| t.span.start),
                    self.token(open - 1).map_or(0, |t| t.span.end),
                );
                abbreviates(abbreviation, span.of(self.text)).then(|| self.one_line(span))
            })
    }

    fn sentence(&self, span: Span) -> String {
        let sentences = &self.annotation.sentences;
        let index = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        sentences.get(index).map_or_else(String::new, |sentence| self.one_line(sentence.span))
    }

    fn one_line(&self, span: Span) -> String {
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The name without the ending of a genitive, where its kind has one: `…gesetzes`, `…strategien` stay what they are.
fn without_genitive(name: &str, kind: Option<Kind>) -> &str {
    match kind {
        Some(Kind::Law | Kind::Body | Kind::Parliament) => {
            let stem = name.strip_suffix("es").or_else(|| name.strip_suffix('s'));
            stem.filter(|stem| stem.ends_with("gesetz") || stem.ends_with("amt") || stem.ends_with("ausschuss"))
                .unwrap_or(name)
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Layers, Pipeline};

    fn finds(text: &str) -> Vec<(String, Option<Kind>)> {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let document = Document::new(text);
        let mut discovery = Discovery::default();
        discovery.add(&document, &pipeline.annotate(&document));
        discovery.finish(1).into_iter().map(|find| (find.name, find.kind)).collect()
    }

    #[test]
    fn unknown_names_in_telling_contexts() {
        assert_eq!(
            finds("Landrätin Petra Erfunden eröffnete die Initiative „Dorf Digital Plus“. Die Landrätin war froh."),
            [
                ("Dorf Digital Plus".to_owned(), Some(Kind::Programme)),
                ("Petra Erfunden".to_owned(), Some(Kind::Politician))
            ]
        );
        assert_eq!(
            finds("Kritik am Quallenfanggesetz. Des Quallenfanggesetzes wegen."),
            [("Quallenfanggesetz".to_owned(), Some(Kind::Law))]
        );
        assert_eq!(finds("Die Kommunale Zentrale Nordpol (KZN) startet."), [("KZN".to_owned(), None)]);
    }

    #[test]
    fn known_names_and_ordinary_words_are_none() {
        assert_eq!(finds("Das BMDS und Bundesminister Karsten Wildberger. Das Programm „Wir packen das!“ läuft."), []);
    }
}
