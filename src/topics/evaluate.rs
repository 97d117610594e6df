//! How good a model is, on examples that it has not seen.

use super::features::Scratch;
use super::model::Model;
use super::train::Example;
use crate::text::tokens_into;

/// Counts of one label, or of all together.
///
/// ```
/// use ressort::topics::Counts;
/// let counts = Counts { right: 6, given: 8, gold: 10 };
/// assert_eq!((counts.precision(), counts.recall()), (0.75, 0.6));
/// assert!((counts.f1() - 0.6667).abs() < 1e-4);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How often it was given rightly.
    pub right: usize,
    /// How often it was given.
    pub given: usize,
    /// How often it holds.
    pub gold: usize,
}

impl Counts {
    /// Share of what was given that is right.
    ///
    /// ```
    /// assert_eq!(ressort::topics::Counts::default().precision(), 0.0);
    /// ```
    #[must_use]
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.given.max(1) as f64
    }

    /// Share of what holds that was given.
    ///
    /// ```
    /// assert_eq!(ressort::topics::Counts::default().recall(), 0.0);
    /// ```
    #[must_use]
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of precision and recall.
    ///
    /// ```
    /// assert_eq!(ressort::topics::Counts { right: 1, given: 1, gold: 1 }.f1(), 1.0);
    /// ```
    #[must_use]
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.given + self.gold).max(1) as f64
    }
}

/// Figures of a model.
///
/// ```
/// use ressort::topics::{Example, Model, evaluate};
/// let examples = [Example { text: "Ausbau der Autobahn".into(), labels: vec!["Verkehr".into()], date: String::new() }];
/// let figures = evaluate(&Model::embedded()?, &examples);
/// assert_eq!(figures.micro.right, 1);
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Labelled examples.
    pub examples: usize,
    /// Name and counts of each label of the model, then of labels that it does not know.
    pub labels: Vec<(String, Counts)>,
    /// All labels together.
    pub micro: Counts,
    /// Mean F1 of the labels that occur in the examples.
    pub macro_f1: f64,
    /// Giving every example the commonest label.
    pub baseline: Counts,
    /// The commonest label.
    pub commonest: String,
    /// Expected calibration error: how far probabilities are from shares on average, in ten bins.
    pub calibration_error: f64,
}

/// Compares what a model gives with what the examples have; examples without labels are passed over.
///
/// ```
/// use ressort::topics::{Model, evaluate};
/// assert_eq!(evaluate(&Model::embedded()?, &[]).examples, 0);
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[must_use]
pub fn evaluate(model: &Model, examples: &[Example]) -> Figures {
    let mut labels: Vec<(String, Counts)> =
        model.labels().map(|(_, name)| (name.to_owned(), Counts::default())).collect();
    let known = labels.len();
    let mut bins = [(0.0_f64, 0_usize, 0_usize); 10];
    let (mut scratch, mut tokens, mut probabilities) = (Scratch::default(), Vec::new(), Vec::new());
    let mut count = 0;
    for example in examples.iter().filter(|example| !example.labels.is_empty()) {
        count += 1;
        tokens_into(&example.text, &mut tokens);
        model.probabilities(&example.text, &tokens, &mut scratch, &mut probabilities);
        for name in &example.labels {
            if let Some((_, counts)) = labels.iter_mut().find(|(label, _)| label == name) {
                counts.gold += 1;
            } else {
                labels.push((name.clone(), Counts { gold: 1, ..Counts::default() }));
            }
        }
        for label in model.decide(&probabilities) {
            labels[label].1.given += 1;
            labels[label].1.right += usize::from(example.labels.contains(&labels[label].0));
        }
        for ((name, _), probability) in labels[..known].iter().zip(&probabilities) {
            let bin = &mut bins[((probability * 10.0) as usize).min(9)];
            bin.0 += f64::from(*probability);
            bin.1 += usize::from(example.labels.contains(name));
            bin.2 += 1;
        }
    }
    let sum = |part: fn(&Counts) -> usize| labels.iter().map(|(_, counts)| part(counts)).sum();
    let micro = Counts { right: sum(|c| c.right), given: sum(|c| c.given), gold: sum(|c| c.gold) };
    let occurring: Vec<f64> =
        labels.iter().filter(|(_, counts)| counts.gold > 0).map(|(_, counts)| counts.f1()).collect();
    let (commonest, most) = labels
        .iter()
        .max_by_key(|(_, counts)| counts.gold)
        .map_or_else(Default::default, |(name, counts)| (name.clone(), counts.gold));
    let decided: usize = bins.iter().map(|bin| bin.2).sum();
    let error: f64 = bins.iter().map(|(sum, holds, _)| (sum - *holds as f64).abs()).sum();
    Figures {
        examples: count,
        micro,
        macro_f1: occurring.iter().sum::<f64>() / occurring.len().max(1) as f64,
        baseline: Counts { right: most, given: count, gold: micro.gold },
        commonest,
        calibration_error: error / decided.max(1) as f64,
        labels,
    }
}
