//! Which words of a text speak for and against a topic. The model is linear, so their shares add up to its score.

use std::sync::Arc;

use super::format::Label;
use super::model::Model;
use super::weigh::COMMON;
use super::words::Scratch;
use crate::document::{Token, TopicScore, TopicTerm};

/// A topic is explained by at most this many terms.
pub(super) const MAX_TERMS: usize = 5;

/// What speaks for and against a label.
///
/// ```
/// use ressort::topics::{Model, Scratch};
/// let nothing = Model::embedded()?.explain("", &[], &mut Scratch::default());
/// assert!(nothing.iter().all(|label| label.terms.is_empty() && label.base < 0.0));
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Topic id.
    pub topic: Arc<str>,
    /// Name of the topic.
    pub label: Arc<str>,
    /// Probability.
    pub score: f32,
    /// Log-odds of a text that says nothing.
    pub base: f32,
    /// All words of the text, each once, and what each adds to the log-odds: the strongest for the topic first, the
    /// strongest against it last.
    pub terms: Vec<TopicTerm>,
}

impl Model {
    /// The topics of a text, best first, with the words that speak for them.
    ///
    /// ```
    /// use ressort::text::tokens;
    /// use ressort::topics::{Model, Scratch};
    /// let text = "Mehr Personal in der Altenpflege";
    /// let topics = Model::embedded()?.topics(text, &tokens(text), &mut Scratch::default());
    /// assert!(topics.iter().any(|topic| &*topic.topic == "area/gesundheit"));
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn topics(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        scratch.read(text, tokens);
        self.topics_read(text, tokens, scratch)
    }

    /// [`Model::topics`] of a text whose words were read.
    pub(super) fn topics_read(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<TopicScore> {
        let mut probabilities = Vec::with_capacity(self.names.len());
        let factor = self.weigh(scratch, &mut probabilities);
        let given = self.decide_read(&probabilities, scratch).into_iter().map(|label| TopicScore {
            topic: self.names[label].0.clone(),
            label: self.names[label].1.clone(),
            score: probabilities[label],
            terms: self.terms(label, text, tokens, scratch, factor),
        });
        given.collect()
    }

    /// Everything that speaks for and against each label, in the order of [`Model::labels`].
    ///
    /// The model is linear: the weights of the terms and the base add up to the log-odds of the score, exactly.
    ///
    /// ```
    /// use ressort::text::tokens;
    /// use ressort::topics::{Model, Scratch};
    /// let text = "Mehr Personal in der Altenpflege";
    /// for label in Model::embedded()?.explain(text, &tokens(text), &mut Scratch::default()) {
    ///     let sum: f32 = label.terms.iter().map(|term| term.weight).sum();
    ///     assert!((label.base + sum - (label.score / (1.0 - label.score)).ln()).abs() < 1e-3);
    /// }
    /// # Ok::<(), ressort::topics::ModelError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) -> Vec<Explanation> {
        let mut probabilities = Vec::new();
        scratch.read(text, tokens);
        let factor = self.weigh(scratch, &mut probabilities);
        let explanation = |(label, score): (usize, &f32)| {
            let Label { slope, bias, offset, .. } = self.head.labels[label];
            let mut terms: Vec<TopicTerm> = self
                .credits(label, scratch, factor, 0)
                .map(|(weight, word)| TopicTerm { text: surface(word, text, tokens, scratch).to_owned(), weight })
                .collect();
            terms.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            Explanation {
                topic: self.names[label].0.clone(),
                label: self.names[label].1.clone(),
                score: *score,
                base: slope * bias + offset,
                terms,
            }
        };
        probabilities.iter().enumerate().map(explanation).collect()
    }

    /// What each distinct word of the text adds to the log-odds of a label; words with one of the bits are left out.
    fn credits<'s>(
        &'s self,
        label: usize,
        scratch: &'s Scratch,
        factor: f32,
        without: u8,
    ) -> impl Iterator<Item = (f32, u32)> + 's {
        let factor = factor * self.head.labels[label].slope;
        let memory = self.memory(scratch);
        let words = memory.into_iter().flat_map(|memory| {
            scratch.distinct.iter().zip(&scratch.times).map(move |(word, times)| (memory, *word, *times))
        });
        words
            .filter(move |(memory, word, _)| memory.flags[*word as usize] & without == 0)
            .map(move |(memory, word, times)| (times * self.lane(memory, word, label) * factor, word))
    }

    /// The words that added most to a label, as they stand in the text.
    pub(super) fn terms(
        &self,
        label: usize,
        text: &str,
        tokens: &[Token],
        scratch: &Scratch,
        factor: f32,
    ) -> Vec<TopicTerm> {
        // Strongest first, in the order of the text where weights agree; 0 marks a free place.
        let mut best = [(0.0_f32, 0_u32); MAX_TERMS];
        for (weight, word) in self.credits(label, scratch, factor, COMMON) {
            if weight > best[MAX_TERMS - 1].0 {
                let at = best.partition_point(|(other, _)| *other >= weight);
                best[at..].rotate_right(1);
                best[at] = (weight, word);
            }
        }
        let told = best.into_iter().take_while(|(weight, _)| *weight > 0.0);
        told.map(|(weight, word)| TopicTerm { text: surface(word, text, tokens, scratch).to_owned(), weight }).collect()
    }
}

/// A word as the text has it first.
fn surface<'t>(word: u32, text: &'t str, tokens: &[Token], scratch: &Scratch) -> &'t str {
    let occurrence = scratch.occurrences.iter().find(|occurrence| occurrence.1 == word);
    occurrence.map_or("", |(token, _)| tokens[*token as usize].span.of(text))
}
