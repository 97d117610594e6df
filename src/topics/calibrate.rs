//! From margins to probabilities, and from probabilities to decisions, chosen on examples that were held out.

use super::evaluate::{Counts, Figures, figures_of};
use super::weigh::{decide, sigmoid};

/// How margins of a label become probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Platt {
    pub slope: f32,
    pub offset: f32,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Calibration {
    pub platt: Vec<Platt>,
    pub thresholds: Vec<f32>,
    pub fallback: f32,
}

impl Calibration {
    /// Margins as they are.
    pub(super) fn none(labels: usize) -> Self {
        Self {
            platt: vec![Platt { slope: 1.0, offset: 0.0 }; labels],
            thresholds: vec![FIRST_THRESHOLD; labels],
            fallback: FIRST_FALLBACK,
        }
    }
}

/// Where the search for thresholds begins.
const FIRST_THRESHOLD: f32 = 0.34;
const FIRST_FALLBACK: f32 = 0.2;
/// Thresholds that are tried.
const STEPS: [f32; 17] =
    [0.12, 0.16, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3, 0.32, 0.34, 0.36, 0.38, 0.4, 0.44, 0.48, 0.54, 0.6];

/// Fits slopes, thresholds and fallback to the margins of held-out examples and their labels.
pub(super) fn calibrate(margins: &[Vec<f32>], labels: &[&[u16]], label_count: usize) -> Calibration {
    let platt: Vec<Platt> = (0..label_count)
        .map(|label| {
            let pairs = margins
                .iter()
                .zip(labels)
                .map(|(margins, labels)| (f64::from(margins[label]), labels.contains(&(label as u16))));
            fit(&pairs.collect::<Vec<_>>())
        })
        .collect();
    let probabilities: Vec<Vec<f32>> = margins
        .iter()
        .map(|margins| {
            margins.iter().zip(&platt).map(|(margin, platt)| sigmoid(platt.slope * margin + platt.offset)).collect()
        })
        .collect();
    let mut chosen = Calibration { platt, ..Calibration::none(label_count) };
    // The mean of micro F1, which the common labels decide, and macro F1, in which each label counts the same.
    let balanced = |thresholds: &[f32], fallback: f32| {
        let mut counts = vec![Counts::default(); label_count];
        for (probabilities, labels) in probabilities.iter().zip(labels) {
            for label in decide(probabilities, |label| thresholds[label], fallback) {
                counts[label].given += 1;
                counts[label].right += usize::from(labels.contains(&(label as u16)));
            }
            for label in *labels {
                counts[usize::from(*label)].gold += 1;
            }
        }
        let sum = |part: fn(&Counts) -> usize| counts.iter().map(part).sum();
        let micro = Counts { right: sum(|c| c.right), given: sum(|c| c.given), gold: sum(|c| c.gold) };
        let occurring = counts.iter().filter(|counts| counts.gold > 0);
        let macro_f1 = occurring.clone().map(Counts::f1).sum::<f64>() / occurring.count().max(1) as f64;
        f64::midpoint(micro.f1(), macro_f1)
    };
    // One threshold for all first, then each by itself while the others stand, and it moves only for a clear gain: a
    // label that held a few dozen times in the year could sway it by chance.
    let mut best = 0.0;
    for threshold in STEPS {
        for fallback in [0.05, 0.1, 0.15, 0.2] {
            let f1 = balanced(&vec![threshold; label_count], fallback);
            if f1 > best {
                best = f1;
                chosen.thresholds.fill(threshold);
                chosen.fallback = fallback;
            }
        }
    }
    for label in 0..label_count {
        for threshold in STEPS {
            let mut thresholds = chosen.thresholds.clone();
            thresholds[label] = threshold;
            let f1 = balanced(&thresholds, chosen.fallback);
            if f1 > best + 2e-4 {
                best = f1;
                chosen.thresholds = thresholds;
            }
        }
    }
    chosen
}

/// Figures of two halves of the held-out examples, each judged by what was chosen on the other.
pub(super) fn cross_validate(margins: &[Vec<f32>], gold: &[&[u16]], names: Vec<String>) -> Figures {
    let chosen: [Calibration; 2] = std::array::from_fn(|half| {
        let other = |at: &usize| at % 2 != half;
        let margins: Vec<_> = (0..gold.len()).filter(other).map(|at| margins[at].clone()).collect();
        let gold: Vec<_> = (0..gold.len()).filter(other).map(|at| gold[at]).collect();
        calibrate(&margins, &gold, names.len())
    });
    let decided = margins.iter().zip(gold).enumerate().map(|(at, (margins, gold))| {
        let Calibration { platt, thresholds, fallback } = &chosen[at % 2];
        let likely: Vec<f32> =
            margins.iter().zip(platt).map(|(margin, fit)| sigmoid(fit.slope * margin + fit.offset)).collect();
        let given = decide(&likely, |label| thresholds[label], *fallback);
        (gold.iter().map(|label| usize::from(*label)).collect(), likely, given)
    });
    figures_of(names, decided)
}

/// Platt scaling by Newton's method, with his softened targets, so that few examples do not give certainty.
fn fit(pairs: &[(f64, bool)]) -> Platt {
    let positive = pairs.iter().filter(|(_, holds)| *holds).count() as f64;
    let negative = pairs.len() as f64 - positive;
    let (high, low) = ((positive + 1.0) / (positive + 2.0), 1.0 / (negative + 2.0));
    let loss = |slope: f64, offset: f64| -> f64 {
        let one = |&(margin, holds): &(f64, bool)| {
            let (x, target) = (slope * margin + offset, if holds { high } else { low });
            x.max(0.0) + (-x.abs()).exp().ln_1p() - target * x
        };
        pairs.iter().map(one).sum::<f64>() + 1e-3 * (slope - 1.0).powi(2)
    };
    let (mut slope, mut offset) = (1.0, 0.0);
    let mut current = loss(slope, offset);
    for _ in 0..50 {
        let (mut g1, mut g0, mut h11, mut h10, mut h00) = (2e-3 * (slope - 1.0), 0.0, 2e-3, 0.0, 1e-9);
        for &(margin, holds) in pairs {
            let p = 1.0 / (1.0 + (-(slope * margin + offset)).exp());
            let (error, curve) = (p - if holds { high } else { low }, p * (1.0 - p));
            g1 += error * margin;
            g0 += error;
            h11 += curve * margin * margin;
            h10 += curve * margin;
            h00 += curve;
        }
        let det = h11 * h00 - h10 * h10;
        if det.abs() < 1e-12 {
            break;
        }
        let (d1, d0) = ((h00 * g1 - h10 * g0) / det, (h11 * g0 - h10 * g1) / det);
        let mut size = 1.0;
        while size > 1e-6 && loss(slope - size * d1, offset - size * d0) > current {
            size /= 2.0;
        }
        slope -= size * d1;
        offset -= size * d0;
        let next = loss(slope, offset);
        if current - next < 1e-9 {
            break;
        }
        current = next;
    }
    // A slope below 0 would turn the model around; it can only come from a handful of examples.
    Platt { slope: slope.max(0.05) as f32, offset: offset as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_fit_the_share_that_holds() {
        let pairs: Vec<_> = (0..1000).map(|n| (f64::from(n % 2), n % 2 == 1 && n % 4 == 1)).collect();
        let platt = fit(&pairs);
        assert!((sigmoid(platt.slope + platt.offset) - 0.5).abs() < 0.02, "{platt:?}");
        assert!(sigmoid(platt.offset) < 0.05, "{platt:?}");
    }
}
