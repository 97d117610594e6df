//! `digital/…` topics: found by seed terms, in the forms that German gives them.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, BuildError};

use super::error::ModelError;
use super::forms::{fits, is_marked, variants};
use super::model::MAX_TERMS;
use crate::document::{Document, Region, Token, TokenKind, TopicScore, TopicTerm};
use crate::text::fold_into;

/// A document gets at most this many of these topics.
pub(super) const MAX_DIGITAL: usize = 3;
/// Score from which a topic is given: a strong seed in the headline, or two seeds of which one is strong.
pub(super) const THRESHOLD: f32 = 0.45;
/// Evidence that makes a score of 1 − 1/e.
const SATURATION: f32 = 3.0;
/// Up to this many words a text is a short one; longer texts meet seeds by chance, so their evidence is worth less.
const SHORT_TEXT: f32 = 150.0;
const STRONG: f32 = 2.0;
const WEAK: f32 = 1.0;
/// Words that begin so put a text into digital policy; without one, and without a strong seed, weak seeds (`Register`,
/// `Vergabe`) mean something else.
const CONTEXT: &[&str] = &["digital", "online", "it-", "e-government", "egovernment", "software", "internet"];

/// Seed terms, compiled once.
///
/// ```
/// use ressort::Document;
/// use ressort::text::tokens;
/// use ressort::topics::{SeedScratch, Seeds};
///
/// let document = Document::new("Der Ausbau der Glasfasernetze und des Mobilfunks kommt voran.");
/// let topics = Seeds::embedded().topics(&document, &tokens(&document.text), &mut SeedScratch::default());
/// assert_eq!(&*topics[0].topic, "digital/broadband-mobile");
/// assert_eq!(topics[0].terms[0].text, "Glasfasernetze");
/// ```
#[derive(Debug, Clone)]
pub struct Seeds {
    /// Id and name.
    topics: Vec<(Arc<str>, Arc<str>)>,
    terms: Vec<Seed>,
    /// `None` where there are no seeds.
    automaton: Option<AhoCorasick>,
    /// For each pattern the seeds that it stands for.
    patterns: Vec<Vec<u32>>,
    /// Whether weak seeds count in texts of digital policy only.
    only_digital: bool,
}

#[derive(Debug, Clone)]
struct Seed {
    topic: u32,
    /// What it adds; below 0 for a seed that speaks against the topic.
    weight: f32,
    /// The spelling that a text must show, for seeds such as `KI` and `eID`.
    marked: Option<Box<str>>,
    /// Whether it may begin a closed compound, as `Glasfaser` in `Glasfaserausbau`.
    compounds: bool,
}

/// Buffers for seeds, kept from text to text.
///
/// ```
/// let scratch = ressort::topics::SeedScratch::default();
/// assert!(format!("{scratch:?}").starts_with("SeedScratch"));
/// ```
#[derive(Debug, Default)]
pub struct SeedScratch {
    /// The folded tokens, with blanks between them.
    folded: String,
    /// Where each token begins in `folded`.
    starts: Vec<u32>,
    /// Begin, end and pattern of what fits.
    hits: Vec<(u32, u32, u32)>,
    /// Seed, first and last token of each occurrence, and what it adds.
    found: Vec<(u32, u32, u32, f32)>,
    evidence: Vec<f32>,
}

impl SeedScratch {
    /// How much speaks for a topic, from 0 to 1.
    pub(super) fn score(&self, topic: usize) -> f32 {
        self.evidence.get(topic).map_or(0.0, |evidence| 1.0 - (-evidence.max(0.0) / SATURATION).exp())
    }
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
    /// use ressort::topics::{SeedScratch, Seeds};
    /// let seeds = Seeds::from_table("topic\tseed\nthema/wald\tForst\nthema/wald\tBorkenkäfer\n")?;
    /// let document = Document::new("Borkenkäfer im Forst");
    /// let topics = seeds.topics(&document, &tokens(&document.text), &mut SeedScratch::default());
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
            for variant in variants(seed) {
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
        let automaton: Result<AhoCorasick, BuildError> = AhoCorasick::new(patterns.keys());
        Self {
            topics,
            terms: compiled,
            // Building fails only beyond two thousand million states.
            automaton: automaton.ok().filter(|_| !patterns.is_empty()),
            patterns: patterns.into_values().collect(),
            only_digital,
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

    /// The topics of a document, best first, with the seeds that speak for them.
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::text::tokens;
    /// use ressort::topics::{SeedScratch, Seeds};
    /// let document = Document::new("Wiese und Wald");
    /// assert_eq!(Seeds::embedded().topics(&document, &tokens(&document.text), &mut SeedScratch::default()), []);
    /// ```
    #[must_use]
    pub fn topics(&self, document: &Document, tokens: &[Token], scratch: &mut SeedScratch) -> Vec<TopicScore> {
        self.weigh(document, tokens, scratch);
        let mut given: Vec<(f32, usize)> = (0..self.topics.len()).map(|topic| (scratch.score(topic), topic)).collect();
        given.retain(|(score, _)| *score >= THRESHOLD);
        given.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        given.truncate(MAX_DIGITAL);
        let topic = |(score, topic): (f32, usize)| TopicScore {
            topic: self.topics[topic].0.clone(),
            label: self.topics[topic].1.clone(),
            score,
            terms: self.terms(topic, &document.text, tokens, scratch),
        };
        given.into_iter().map(topic).collect()
    }

    /// Sums up the evidence for each topic.
    pub(super) fn weigh(&self, document: &Document, tokens: &[Token], scratch: &mut SeedScratch) {
        self.find(document, tokens, scratch);
        let words = tokens.iter().filter(|token| token.kind == TokenKind::Word).count() as f32;
        let factor = (SHORT_TEXT / words.max(SHORT_TEXT)).sqrt();
        scratch.evidence.clear();
        scratch.evidence.resize(self.topics.len(), 0.0);
        // One seed after the other: the first time it counts in full, again and again ever less.
        scratch.found.sort_by(|a, b| a.0.cmp(&b.0).then(b.3.abs().total_cmp(&a.3.abs())).then(a.1.cmp(&b.1)));
        for same in scratch.found.chunk_by_mut(|a, b| a.0 == b.0) {
            let once = same[0].3 * factor;
            let all = once * (1.0 + 0.4 * (same.len() as f32).ln());
            scratch.evidence[self.terms[same[0].0 as usize].topic as usize] += all;
            for found in same.iter_mut() {
                found.3 = 0.0;
            }
            same[0].3 = all;
        }
    }

    pub(super) fn terms(&self, topic: usize, text: &str, tokens: &[Token], scratch: &SeedScratch) -> Vec<TopicTerm> {
        let of_topic =
            |found: &&(u32, u32, u32, f32)| found.3 > 0.0 && self.terms[found.0 as usize].topic as usize == topic;
        let mut found: Vec<_> = scratch.found.iter().filter(of_topic).collect();
        found.sort_by(|a, b| b.3.total_cmp(&a.3).then(a.1.cmp(&b.1)));
        let term = |found: &(u32, u32, u32, f32)| {
            let (from, to) = (tokens[found.1 as usize].span.start, tokens[found.2 as usize].span.end);
            TopicTerm { text: text[from as usize..to as usize].to_owned(), weight: found.3 }
        };
        found.into_iter().take(MAX_TERMS).map(term).collect()
    }

    /// Finds the seeds in a text: on token borders, the longest where several overlap.
    fn find(&self, document: &Document, tokens: &[Token], scratch: &mut SeedScratch) {
        let SeedScratch { folded, starts, hits, found, .. } = scratch;
        folded.clear();
        starts.clear();
        hits.clear();
        found.clear();
        let Some(automaton) = &self.automaton else { return };
        let mut digital = !self.only_digital;
        for token in tokens {
            starts.push(folded.len() as u32);
            // What an address happens to contain is no word of the text.
            if matches!(token.kind, TokenKind::Url | TokenKind::Email | TokenKind::HtmlTag) {
                folded.push(' ');
                continue;
            }
            let from = folded.len();
            fold_into(token.span.of(&document.text), folded);
            digital |= CONTEXT.iter().any(|context| folded[from..].starts_with(context));
            folded.push(' ');
        }
        for hit in automaton.find_overlapping_iter(folded.as_str()) {
            let compounds =
                |pattern: usize| self.patterns[pattern].iter().all(|seed| self.terms[*seed as usize].compounds);
            if fits(folded, hit.start(), hit.end(), compounds(hit.pattern().as_usize())) {
                hits.push((hit.start() as u32, hit.end() as u32, hit.pattern().as_u32()));
            }
        }
        hits.sort_unstable_by_key(|(start, end, _)| (*start, u32::MAX - end));
        let mut behind = 0;
        let token_at = |at: u32| starts.partition_point(|start| *start <= at).saturating_sub(1) as u32;
        for (start, end, pattern) in hits.iter().filter(|hit| {
            let free = hit.0 >= behind;
            behind = if free { hit.1 } else { behind };
            free
        }) {
            let (first, last) = (token_at(*start), token_at(end - 1));
            let span = tokens[first as usize].span.start..tokens[last as usize].span.end;
            let surface = &document.text[span.start as usize..span.end as usize];
            let region = if document.region(span.start) == Region::Body { 1.0 } else { 2.0 };
            for seed in &self.patterns[*pattern as usize] {
                let Seed { weight, marked, .. } = &self.terms[*seed as usize];
                if marked.as_ref().is_none_or(|marked| surface.contains(&**marked)) {
                    digital |= *weight >= STRONG;
                    found.push((*seed, first, last, weight * region));
                }
            }
        }
        if !digital {
            found.clear();
        }
    }
}

#[cfg(test)]
#[path = "seeds_tests.rs"]
mod tests;
