//! How good a model is, on examples that it has not seen.

use std::collections::BTreeMap;

use super::model::Model;
use super::solver::Random;
use super::train::Example;
use super::words::Scratch;
use crate::document::Token;
use crate::text::tokens_into;

/// Intervals are taken from so many samples of the examples.
const SAMPLES: usize = 500;
/// Confusions that are told.
const CONFUSIONS: usize = 20;

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

/// A figure, and between which values it lies in 95 of 100 samples drawn from the examples.
///
/// ```
/// let figure = ressort::topics::Figure { value: 0.75, low: 0.73, high: 0.77 };
/// assert_eq!(figure.to_string(), "0.750 (0.730 to 0.770)");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figure {
    /// On all examples.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} ({:.3} to {:.3})", self.value, self.low, self.high)
    }
}

/// Figures of one label.
///
/// ```
/// assert_eq!(ressort::topics::LabelFigures::default().counts.gold, 0);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LabelFigures {
    /// Its name.
    pub name: String,
    /// How often it was given and holds.
    pub counts: Counts,
    /// F1.
    pub f1: Figure,
    /// How far its probabilities are from shares on average, in ten bins.
    pub calibration_error: f64,
}

/// Two labels of which one was missed where the other was given wrongly.
///
/// ```
/// let confusion = ressort::topics::Confusion { missed: "Recht".into(), given: "Wirtschaft".into(), count: 3 };
/// assert_eq!(confusion.count, 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// The label that holds.
    pub missed: String,
    /// The label that does not.
    pub given: String,
    /// How often.
    pub count: usize,
}

/// Figures of a model.
///
/// ```
/// use ressort::topics::{Example, Model, evaluate};
/// let labels = Some(vec!["Verkehr".into()]);
/// let examples = [Example { text: "Ausbau der Autobahn und der Schienenwege".into(), labels, ..Example::default() }];
/// let figures = evaluate(&Model::embedded()?, &examples, 1);
/// assert_eq!((figures.micro.right, figures.top1.value), (1, 1.0));
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Labelled examples.
    pub examples: usize,
    /// Each label of the model, then labels that it does not know.
    pub labels: Vec<LabelFigures>,
    /// All labels together.
    pub micro: Counts,
    /// F1 of all labels together.
    pub micro_f1: Figure,
    /// Mean F1 of the labels that hold often enough.
    pub macro_f1: Figure,
    /// How many labels that are.
    pub macro_labels: usize,
    /// Share of the examples with a label whose likeliest label holds.
    pub top1: Figure,
    /// Giving every example the commonest label.
    pub baseline: Counts,
    /// The commonest label.
    pub commonest: String,
    /// Expected calibration error: how far probabilities are from shares on average, in ten bins.
    pub calibration_error: Figure,
    /// What is confused most.
    pub confusions: Vec<Confusion>,
}

/// Compares what a model gives with what the examples have; examples whose labels are not known are passed over. The
/// macro F1 is the mean over labels that hold in at least `least` examples.
///
/// ```
/// use ressort::topics::{Model, evaluate};
/// assert_eq!(evaluate(&Model::embedded()?, &[], 1).examples, 0);
/// # Ok::<(), ressort::topics::ModelError>(())
/// ```
#[must_use]
pub fn evaluate(model: &Model, examples: &[Example], least: usize) -> Figures {
    let mut scratch = Scratch::default();
    let names = model.labels().map(|(_, name)| name.to_owned()).collect();
    evaluate_tagger(names, examples, least, |text, tokens, probabilities| {
        model.probabilities(text, tokens, &mut scratch, probabilities);
        model.decide_read(probabilities, &scratch)
    })
}

/// [`evaluate`] for whatever gives probabilities of `names`, and decides.
///
/// ```
/// use ressort::topics::{Example, evaluate_tagger};
/// let example = |label: &str| Example { labels: Some(vec![label.into()]), ..Example::default() };
/// let figures = evaluate_tagger(vec!["a".into(), "b".into()], &[example("a"), example("b")], 1, |_, _, likely| {
///     *likely = vec![0.9, 0.1];
///     vec![0]
/// });
/// assert_eq!((figures.micro.f1(), figures.top1.value), (0.5, 0.5));
/// ```
#[must_use]
pub fn evaluate_tagger(
    names: Vec<String>,
    examples: &[Example],
    least: usize,
    mut tag: impl FnMut(&str, &[Token], &mut Vec<f32>) -> Vec<usize>,
) -> Figures {
    let known = names.len();
    let mut table = Table { names, rows: Vec::new() };
    let (mut tokens, mut probabilities) = (Vec::new(), Vec::new());
    for example in examples {
        let Some(labels) = &example.labels else { continue };
        tokens_into(&example.text, &mut tokens);
        let given = tag(&example.text, &tokens, &mut probabilities);
        let gold = labels.iter().map(|label| table.number(label)).collect();
        table.rows.push(Row::new(gold, &probabilities, given));
    }
    table.figures(known, least)
}

/// Figures of decisions that were made already: for each example its labels, the probabilities of `names`, and what was
/// given.
pub(super) fn figures_of(
    names: Vec<String>,
    decided: impl Iterator<Item = (Vec<usize>, Vec<f32>, Vec<usize>)>,
) -> Figures {
    let known = names.len();
    let mut table = Table { names, rows: Vec::new() };
    for (gold, probabilities, given) in decided {
        table.rows.push(Row::new(gold, &probabilities, given));
    }
    table.figures(known, 1)
}

/// What was given to one example.
struct Row {
    gold: Vec<usize>,
    given: Vec<usize>,
    top: Option<usize>,
    /// Probabilities of the labels of the model.
    likely: Vec<f32>,
}

impl Row {
    fn new(gold: Vec<usize>, probabilities: &[f32], given: Vec<usize>) -> Self {
        let top = (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
        let likely = probabilities.iter().map(|likely| likely.clamp(0.0, 1.0)).collect();
        Self { gold, given, top, likely }
    }
}

struct Table {
    names: Vec<String>,
    rows: Vec<Row>,
}

/// What is counted of a sample of the rows.
struct Sample {
    labels: Vec<Counts>,
    top1: (usize, usize),
    /// By label and bin: sum of probabilities, how often the label holds.
    bins: Vec<[(f64, usize); 10]>,
}

impl Table {
    fn number(&mut self, label: &str) -> usize {
        self.names.iter().position(|name| name == label).unwrap_or_else(|| {
            self.names.push(label.to_owned());
            self.names.len() - 1
        })
    }

    fn count(&self, known: usize, rows: impl Iterator<Item = usize>) -> Sample {
        let mut sample = Sample {
            labels: vec![Counts::default(); self.names.len()],
            top1: (0, 0),
            bins: vec![[(0.0, 0); 10]; known],
        };
        for row in rows.map(|row| &self.rows[row]) {
            for label in &row.gold {
                sample.labels[*label].gold += 1;
            }
            for label in &row.given {
                sample.labels[*label].given += 1;
                sample.labels[*label].right += usize::from(row.gold.contains(label));
            }
            if !row.gold.is_empty() {
                sample.top1.0 += usize::from(row.top.is_some_and(|top| row.gold.contains(&top)));
                sample.top1.1 += 1;
            }
            for (label, likely) in row.likely.iter().enumerate() {
                let likely = f64::from(*likely);
                let bin = &mut sample.bins[label][((likely * 10.0) as usize).min(9)];
                bin.0 += likely;
                bin.1 += usize::from(row.gold.contains(&label));
            }
        }
        sample
    }

    fn figures(&self, known: usize, least: usize) -> Figures {
        let count = self.rows.len();
        let all = self.count(known, 0..count);
        let scored: Vec<usize> =
            (0..self.names.len()).filter(|label| all.labels[*label].gold >= least.max(1)).collect();
        // Micro, macro, top-1, calibration, and F1 of each label.
        let measure = |sample: &Sample| -> Vec<f64> {
            let mut values =
                vec![sample.micro().f1(), sample.macro_f1(&scored), sample.top1_share(), sample.error(count)];
            values.extend(sample.labels.iter().map(Counts::f1));
            values
        };
        let values = measure(&all);
        let mut samples: Vec<Vec<f64>> = vec![Vec::with_capacity(SAMPLES); values.len()];
        let mut random = Random::default();
        for _ in 0..if count == 0 { 0 } else { SAMPLES } {
            let sample = self.count(known, (0..count).map(|_| random.below(count)));
            for (of_value, value) in samples.iter_mut().zip(measure(&sample)) {
                of_value.push(value);
            }
        }
        let mut figures = values.iter().zip(samples).map(|(value, mut samples)| {
            samples.sort_by(f64::total_cmp);
            let at = |share: f64| samples.get((samples.len() as f64 * share) as usize).copied().unwrap_or(*value);
            Figure { value: *value, low: at(0.025), high: at(0.975) }
        });
        let mut next = || figures.next().unwrap_or_default();
        let (micro_f1, mean_f1, top1, calibration_error) = (next(), next(), next(), next());
        let commonest = (0..self.names.len()).rev().max_by_key(|label| all.labels[*label].gold);
        let most = commonest.map_or(0, |label| all.labels[label].gold);
        let labels = self.names.iter().zip(&all.labels).enumerate().map(|(label, (name, counts))| LabelFigures {
            name: name.clone(),
            counts: *counts,
            f1: next(),
            calibration_error: all.bins.get(label).map_or(0.0, |bins| bins_error(bins, count)),
        });
        Figures {
            examples: count,
            labels: labels.collect(),
            micro: all.micro(),
            micro_f1,
            macro_f1: mean_f1,
            macro_labels: scored.len(),
            top1,
            baseline: Counts { right: most, given: count, gold: all.micro().gold },
            commonest: commonest.map_or_else(String::new, |label| self.names[label].clone()),
            calibration_error,
            confusions: self.confusions(),
        }
    }

    fn confusions(&self) -> Vec<Confusion> {
        let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for row in &self.rows {
            for missed in row.gold.iter().filter(|label| !row.given.contains(label)) {
                for given in row.given.iter().filter(|label| !row.gold.contains(label)) {
                    *pairs.entry((*missed, *given)).or_default() += 1;
                }
            }
        }
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        pairs.truncate(CONFUSIONS);
        let confusion = |((missed, given), count): ((usize, usize), usize)| Confusion {
            missed: self.names[missed].clone(),
            given: self.names[given].clone(),
            count,
        };
        pairs.into_iter().map(confusion).collect()
    }
}

impl Sample {
    fn micro(&self) -> Counts {
        let sum = |part: fn(&Counts) -> usize| self.labels.iter().map(part).sum();
        Counts { right: sum(|c| c.right), given: sum(|c| c.given), gold: sum(|c| c.gold) }
    }

    fn macro_f1(&self, scored: &[usize]) -> f64 {
        scored.iter().map(|label| self.labels[*label].f1()).sum::<f64>() / scored.len().max(1) as f64
    }

    fn top1_share(&self) -> f64 {
        self.top1.0 as f64 / self.top1.1.max(1) as f64
    }

    /// Over all labels, bin by bin.
    fn error(&self, rows: usize) -> f64 {
        let mut all = [(0.0, 0); 10];
        for (sum, bin) in self.bins.iter().flat_map(|bins| (0..).zip(bins)).map(|(at, bin): (usize, _)| (at, bin)) {
            all[sum].0 += bin.0;
            all[sum].1 += bin.1;
        }
        bins_error(&all, rows * self.bins.len())
    }
}

fn bins_error(bins: &[(f64, usize); 10], decided: usize) -> f64 {
    let error: f64 = bins.iter().map(|(sum, holds)| (sum - *holds as f64).abs()).sum();
    error / decided.max(1) as f64
}
