//! Finding seed terms in a text, and what they say of it.
//!
//! Whether a term can begin in a word is remembered with the word: most texts then need no search at all, and of others
//! only the neighbourhood of such words is searched.

use std::ops::Range;

use aho_corasick::{Anchored, Input};

use super::explain::MAX_TERMS;
use super::forms::fits;
use super::seeds::{Head, STRONG, Seed, Seeds};
use super::words::Scratch;
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
/// Words that begin so put a text into digital policy; without one, and without a strong seed, weak seeds (`Register`,
/// `Vergabe`) mean something else.
const CONTEXT: &[&str] = &["digital", "online", "it-", "e-government", "egovernment", "software", "internet"];
/// Bits of what is remembered of a word: that it is remembered; that it can hold a term; that a term of several words can
/// begin in it, or go on with it; that it is of [`CONTEXT`].
const FILLED: u8 = 1;
const HOLDS: u8 = 2;
const BEGINS: u8 = 4;
const GOES_ON: u8 = 8;
const DIGITAL: u8 = 16;

/// Buffers for seeds, kept from text to text.
#[derive(Debug, Default)]
pub(super) struct SeedScratch {
    /// Fingerprint of the seeds, and what is remembered of each word.
    of: u64,
    flags: Vec<u8>,
    /// The folded tokens of what is searched, with blanks between them.
    folded: String,
    /// Where each token begins in `folded`, and which one it is.
    starts: Vec<(u32, u32)>,
    /// Begin, end and pattern of what fits.
    hits: Vec<(u32, u32, u32)>,
    found: Vec<Found>,
    evidence: Vec<f32>,
}

/// An occurrence of a seed.
#[derive(Debug, Clone, Copy)]
struct Found {
    seed: u32,
    /// First and last token.
    first: u32,
    last: u32,
    /// What it adds.
    weight: f32,
}

impl SeedScratch {
    #[cfg(test)]
    pub(super) fn found_any(&self) -> bool {
        !self.found.is_empty()
    }

    /// How much speaks for a topic, from 0 to 1.
    pub(super) fn score(&self, topic: usize) -> f32 {
        self.evidence.get(topic).map_or(0.0, |evidence| 1.0 - (-evidence.max(0.0) / SATURATION).exp())
    }
}

impl Seeds {
    /// The topics of a document, best first, with the seeds that speak for them.
    ///
    /// ```
    /// use ressort::Document;
    /// use ressort::text::tokens;
    /// use ressort::topics::{Scratch, Seeds};
    /// let document = Document::new("Wiese und Wald");
    /// assert_eq!(Seeds::embedded().topics(&document, &tokens(&document.text), &mut Scratch::default()), []);
    /// ```
    #[must_use]
    pub fn topics(&self, document: &Document, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        scratch.read(&document.text, tokens);
        self.topics_read(document, tokens, scratch)
    }

    /// [`Seeds::topics`] of a text whose words were read.
    pub(super) fn topics_read(&self, document: &Document, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        self.weigh(document, tokens, scratch);
        let scratch = &scratch.seeds;
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

    /// Sums up the evidence for each topic in a text whose words were read.
    pub(super) fn weigh(&self, document: &Document, tokens: &[Token], scratch: &mut Scratch) {
        let mut buffers = std::mem::take(&mut scratch.seeds);
        buffers.found.clear();
        buffers.evidence.clear();
        buffers.evidence.resize(self.topics.len(), 0.0);
        let flags = self.remember(scratch, &mut buffers);
        if flags & (HOLDS | BEGINS) != 0 || !self.begin_with_words {
            self.gather(document, tokens, scratch, &mut buffers);
            self.find(document, tokens, flags & DIGITAL != 0, &mut buffers);
        }
        let words = scratch.plain_words as f32;
        let factor = (SHORT_TEXT / words.max(SHORT_TEXT)).sqrt();
        // One seed after the other: the first time it counts in full, again and again ever less.
        buffers.found.sort_by(|a, b| {
            a.seed.cmp(&b.seed).then(b.weight.abs().total_cmp(&a.weight.abs())).then(a.first.cmp(&b.first))
        });
        for same in buffers.found.chunk_by_mut(|a, b| a.seed == b.seed) {
            let all = same[0].weight * factor * (1.0 + 0.4 * (same.len() as f32).ln());
            buffers.evidence[self.terms[same[0].seed as usize].topic as usize] += all;
            for found in same.iter_mut() {
                found.weight = 0.0;
            }
            same[0].weight = all;
        }
        scratch.seeds = buffers;
    }

    pub(super) fn terms(&self, topic: usize, text: &str, tokens: &[Token], scratch: &SeedScratch) -> Vec<TopicTerm> {
        let of_topic = |found: &&Found| found.weight > 0.0 && self.terms[found.seed as usize].topic as usize == topic;
        let mut found: Vec<_> = scratch.found.iter().filter(of_topic).collect();
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.first.cmp(&b.first)));
        let term = |found: &Found| {
            let (from, to) = (tokens[found.first as usize].span.start, tokens[found.last as usize].span.end);
            TopicTerm { text: text[from as usize..to as usize].to_owned(), weight: found.weight }
        };
        found.into_iter().take(MAX_TERMS).map(term).collect()
    }

    /// Looks at the words that were not met before; returns the bits of all words of the text together.
    fn remember(&self, scratch: &Scratch, buffers: &mut SeedScratch) -> u8 {
        if buffers.of != self.fingerprint {
            buffers.of = self.fingerprint;
            buffers.flags.clear();
        }
        if buffers.flags.len() < scratch.word_count() {
            buffers.flags.resize(scratch.word_count(), 0);
        }
        let mut all = 0;
        for word in &scratch.distinct {
            let flags = &mut buffers.flags[*word as usize];
            if *flags == 0 {
                let form = scratch.form(*word);
                let digital = CONTEXT.iter().any(|context| form.starts_with(context));
                *flags = FILLED | self.begins_in(form) | if digital { DIGITAL } else { 0 };
            }
            all |= *flags;
        }
        all
    }

    /// Whether a term can lie in a word, begin in it, or go on with it.
    fn begins_in(&self, form: &str) -> u8 {
        let anchored = |at: usize| Input::new(form).range(at..).anchored(Anchored::Yes);
        let goes_on = self.seconds.as_ref().is_some_and(|seconds| seconds.is_match(anchored(0)));
        let mut flags = if goes_on { GOES_ON } else { 0 };
        let Some(heads) = &self.heads else { return flags };
        // Most words begin as no term does, which shows at their first letters.
        let borders = memchr::memchr3_iter(b'-', b'/', b'#', form.as_bytes()).map(|at| at + 1);
        if !std::iter::once(0).chain(borders).any(|at| heads.is_match(anchored(at))) {
            return flags;
        }
        for hit in heads.find_overlapping_iter(form) {
            let Head { whole, compounds, goes_on } = self.head_kinds[hit.pattern().as_usize()];
            if !fits(form, hit.start(), hit.end(), compounds) {
                continue;
            }
            flags |= if whole { HOLDS } else { 0 };
            // Behind the first of several words a blank follows.
            flags |= if goes_on && hit.end() == form.len() { BEGINS } else { 0 };
        }
        flags
    }

    /// Folds the tokens in which terms can lie.
    fn gather(&self, document: &Document, tokens: &[Token], scratch: &Scratch, buffers: &mut SeedScratch) {
        buffers.folded.clear();
        buffers.starts.clear();
        if !self.begin_with_words {
            add(0..tokens.len(), document, tokens, buffers);
            return;
        }
        let flags = |word: u32| buffers.flags[word as usize];
        let mut windows: Vec<Range<usize>> = Vec::new();
        let mut occurrences = scratch.occurrences.iter().peekable();
        while let Some((index, word)) = occurrences.next() {
            // What follows is a word with which terms go on, or no word.
            let next = occurrences.peek().filter(|(next, _)| *next == index + 1);
            let goes_on = next.is_none_or(|(_, word)| flags(*word) & GOES_ON != 0);
            if flags(*word) & HOLDS == 0 && !(flags(*word) & BEGINS != 0 && goes_on) {
                continue;
            }
            let index = *index as usize;
            let end = (index + self.longest).min(tokens.len());
            match windows.last_mut() {
                Some(window) if index <= window.end => window.end = end,
                _ => windows.push(index..end),
            }
        }
        for window in windows {
            add(window, document, tokens, buffers);
            // No term goes from one window to the next.
            buffers.folded.push_str("\0 ");
        }
    }

    /// Finds the seeds in what was gathered: on token borders, the longest where several overlap.
    fn find(&self, document: &Document, tokens: &[Token], mut digital: bool, buffers: &mut SeedScratch) {
        let SeedScratch { folded, starts, hits, found, .. } = buffers;
        hits.clear();
        let Some(automaton) = &self.automaton else { return };
        digital |= !self.only_digital;
        for hit in automaton.find_overlapping_iter(folded.as_str()) {
            let compounds =
                |pattern: usize| self.patterns[pattern].iter().all(|seed| self.terms[*seed as usize].compounds);
            if fits(folded, hit.start(), hit.end(), compounds(hit.pattern().as_usize())) {
                hits.push((hit.start() as u32, hit.end() as u32, hit.pattern().as_u32()));
            }
        }
        hits.sort_unstable_by_key(|(start, end, _)| (*start, u32::MAX - end));
        let mut behind = 0;
        let token_at = |at: u32| starts[starts.partition_point(|start| start.0 <= at).saturating_sub(1)].1;
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
                    found.push(Found { seed: *seed, first, last, weight: weight * region });
                }
            }
        }
        if !digital {
            found.clear();
        }
    }
}

/// Folds tokens, each with a blank behind it.
fn add(window: Range<usize>, document: &Document, tokens: &[Token], buffers: &mut SeedScratch) {
    for (index, token) in (window.start as u32..).zip(&tokens[window]) {
        buffers.starts.push((buffers.folded.len() as u32, index));
        // What an address happens to contain is no word of the text.
        if !matches!(token.kind, TokenKind::Url | TokenKind::Email | TokenKind::HtmlTag) {
            fold_into(token.span.of(&document.text), &mut buffers.folded);
        }
        buffers.folded.push(' ');
    }
}
