//! `digital/…` topics: found by seed terms, in the forms that German gives them.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, StartKind};

use super::error::ModelError;
use super::format::checksum;
use super::forms::{is_marked, variants};
use crate::document::TokenKind;
use crate::text::tokens;

/// What a strong and a weak seed add.
pub(super) const STRONG: f32 = 2.0;
const WEAK: f32 = 1.0;

/// Seed terms, compiled once.
///
/// ```
/// use ressort::Document;
/// use ressort::text::tokens;
/// use ressort::topics::{Scratch, Seeds};
///
/// let document = Document::new("Der Ausbau der Glasfasernetze und des Mobilfunks kommt voran.");
/// let topics = Seeds::embedded().topics(&document, &tokens(&document.text), &mut Scratch::default());
/// assert_eq!(&*topics[0].topic, "digital/broadband-mobile");
/// assert_eq!(topics[0].terms[0].text, "Glasfasernetze");
/// ```
#[derive(Debug, Clone)]
pub struct Seeds {
    /// Id and name.
    pub(super) topics: Vec<(Arc<str>, Arc<str>)>,
    pub(super) terms: Vec<Seed>,
    /// `None` where there are no seeds.
    pub(super) automaton: Option<AhoCorasick>,
    /// For each pattern the seeds that it stands for.
    pub(super) patterns: Vec<Vec<u32>>,
    /// Finds the words with which patterns begin, in single words.
    pub(super) heads: Option<AhoCorasick>,
    /// For each head what it is.
    pub(super) head_kinds: Vec<Head>,
    /// Finds the second words of patterns at the beginning of a word.
    pub(super) seconds: Option<AhoCorasick>,
    /// Whether every pattern begins with a word, so that only words need be looked at.
    pub(super) begin_with_words: bool,
    /// Tokens of the longest pattern.
    pub(super) longest: usize,
    /// Whether weak seeds count in texts of digital policy only.
    pub(super) only_digital: bool,
    /// Another number for other seeds.
    pub(super) fingerprint: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Seed {
    pub topic: u32,
    /// What it adds; below 0 for a seed that speaks against the topic.
    pub weight: f32,
    /// The spelling that a text must show, for seeds such as `KI` and `eID`.
    pub marked: Option<Box<str>>,
    /// Whether it may begin a closed compound, as `Glasfaser` in `Glasfaserausbau`.
    pub compounds: bool,
}

/// A word with which patterns begin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head {
    /// It is a pattern itself, which can begin a closed compound.
    pub whole: bool,
    pub compounds: bool,
    /// It is the first of several words.
    pub goes_on: bool,
}

impl Seeds {
    /// The built-in seeds.
    ///
    /// ```
    /// assert_eq!(ressort::topics::Seeds::embedded().labels().count(), 19);
    /// ```
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(include_str!("../../models/topics.tsv"), include_str!("../../models/digital_seeds.tsv"))
    }

    /// A taxonomy of the user's own: a table (tab separated, with a header) that has a row for each term, and the columns
    /// `topic` and `seed`; `label` (name of the topic), `strength` (strong or weak) and `polarity` (positive or negative)
    /// can be there. A term is strong and positive unless told otherwise.
    ///
    /// # Errors
    /// Where a column is missing or a row cannot be understood.
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::text::tokens;
    /// use ressort::topics::{Scratch, Seeds};
    /// let seeds = Seeds::from_table("topic\tseed\nthema/wald\tForst\nthema/wald\tBorkenkäfer\n")?;
    /// let document = Document::new("Borkenkäfer im Forst");
    /// let topics = seeds.topics(&document, &tokens(&document.text), &mut Scratch::default());
    /// assert_eq!(&*topics[0].topic, "thema/wald");
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    pub fn from_table(table: &str) -> Result<Self, ModelError> {
        let mut lines = (1..).zip(table.lines()).filter(|(_, line)| !line.trim().is_empty());
        let header: Vec<&str> =
            lines.next().map(|(_, line)| line.split('\t').map(str::trim).collect()).unwrap_or_default();
        let column = |name: &str| header.iter().position(|column| *column == name);
        let (Some(topic), Some(seed)) = (column("topic"), column("seed")) else {
            return Err(ModelError::Taxonomy { line: 1, what: "its header needs the columns topic and seed" });
        };
        let (label, strength, polarity) = (column("label"), column("strength"), column("polarity"));
        let mut topics: Vec<(Arc<str>, Arc<str>)> = Vec::new();
        let mut terms = Vec::new();
        for (line, row) in lines {
            let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
            let (topic, term) = (cell(Some(topic)), cell(Some(seed)));
            if topic.is_empty() || term.is_empty() {
                return Err(ModelError::Taxonomy { line, what: "topic or seed is empty" });
            }
            let strong = match cell(strength) {
                "" | "strong" => true,
                "weak" => false,
                _ => return Err(ModelError::Taxonomy { line, what: "strength is neither strong nor weak" }),
            };
            let sign = match cell(polarity) {
                "" | "positive" => 1.0,
                "negative" => -1.0,
                _ => return Err(ModelError::Taxonomy { line, what: "polarity is neither positive nor negative" }),
            };
            let number = topics.iter().position(|(id, _)| **id == *topic).unwrap_or_else(|| {
                let name = Some(cell(label)).filter(|name| !name.is_empty()).unwrap_or(topic);
                topics.push((topic.into(), name.into()));
                topics.len() - 1
            });
            terms.push((number as u32, term, strong, sign));
        }
        Ok(Self::compile(topics, &terms, false))
    }

    /// Compiles topics (columns topic, label) and seeds (columns topic, seed, strength, polarity), both with a header.
    /// Rows that name no known topic are left out.
    pub(super) fn new(topics: &str, seeds: &str) -> Self {
        let topics: Vec<(Arc<str>, Arc<str>)> = topics
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some((cells.next()?.into(), cells.next()?.into()))
            })
            .collect();
        let mut terms = Vec::new();
        for line in seeds.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let &[topic, seed, strength, polarity] = cells.as_slice() else { continue };
            let Some(topic) = topics.iter().position(|(id, _)| **id == *topic) else { continue };
            terms.push((topic as u32, seed, strength == "strong", if polarity == "negative" { -1.0 } else { 1.0 }));
        }
        Self::compile(topics, &terms, true)
    }

    /// Topic, term, whether it is strong, and the sign of its weight.
    fn compile(topics: Vec<(Arc<str>, Arc<str>)>, terms: &[(u32, &str, bool, f32)], only_digital: bool) -> Self {
        let mut compiled = Vec::new();
        let mut patterns: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for &(topic, seed, strong, sign) in terms {
            let single = seed.chars().all(char::is_alphabetic);
            for variant in variants(seed).into_iter().filter(|variant| !variant.trim().is_empty()) {
                let same = patterns.entry(variant).or_default();
                if same.last() != Some(&(compiled.len() as u32)) {
                    same.push(compiled.len() as u32);
                }
            }
            compiled.push(Seed {
                topic,
                weight: if strong { STRONG } else { WEAK } * sign,
                marked: is_marked(seed).then(|| seed.into()),
                compounds: strong && single && seed.len() >= 8 && seed.starts_with(char::is_uppercase),
            });
        }
        // The beginnings of patterns: what stands before the first blank, a whole word where something follows.
        let mut heads: BTreeMap<&str, Head> = BTreeMap::new();
        let mut seconds = Vec::new();
        for (pattern, seeds) in &patterns {
            match pattern.split_once(' ') {
                Some((head, rest)) => {
                    heads.entry(head).or_default().goes_on = true;
                    seconds.push(rest.split(' ').next().unwrap_or(rest));
                }
                None => {
                    let head = heads.entry(pattern).or_default();
                    head.whole = true;
                    head.compounds |= seeds.iter().all(|seed| compiled[*seed as usize].compounds);
                }
            }
        }
        let is_word = |(_, seed, _, _): &(u32, &str, bool, f32)| {
            use TokenKind::{Abbreviation, Email, Hashtag, HtmlTag, Url, Word};
            // Addresses are not searched.
            let first = tokens(seed).first().map_or(Word, |token| token.kind);
            matches!(first, Word | Abbreviation | Hashtag | Url | Email | HtmlTag)
        };
        let mut bytes = vec![u8::from(only_digital)];
        for (topic, seed, strong, sign) in terms {
            bytes.extend(topic.to_le_bytes().into_iter().chain([u8::from(*strong), u8::from(*sign < 0.0)]));
            bytes.extend(seed.bytes().chain([0]));
        }
        // Building fails only beyond two thousand million states.
        let automaton = |patterns: Vec<&str>, start: StartKind| {
            AhoCorasick::builder().start_kind(start).build(&patterns).ok().filter(|_| !patterns.is_empty())
        };
        Self {
            topics,
            automaton: automaton(patterns.keys().map(String::as_str).collect(), StartKind::Unanchored),
            heads: automaton(heads.keys().copied().collect(), StartKind::Both),
            head_kinds: heads.into_values().collect(),
            seconds: automaton(seconds, StartKind::Anchored),
            begin_with_words: terms.iter().all(is_word),
            longest: patterns.keys().map(|pattern| pattern.matches(' ').count() + 1).max().unwrap_or(0),
            terms: compiled,
            patterns: patterns.into_values().collect(),
            only_digital,
            fingerprint: checksum(&bytes),
        }
    }

    /// Topic id and name of each topic.
    ///
    /// ```
    /// let seeds = ressort::topics::Seeds::embedded();
    /// assert!(seeds.labels().any(|(topic, _)| topic == "digital/identity"));
    /// ```
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.topics.iter().map(|(topic, label)| (&**topic, &**label))
    }

    /// Id and name of a topic.
    pub(super) fn label(&self, topic: usize) -> &(Arc<str>, Arc<str>) {
        &self.topics[topic]
    }
}

#[cfg(test)]
#[path = "seeds_tests.rs"]
mod tests;
