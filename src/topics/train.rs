//! Training: examples in, model out; the same examples always give the same bytes.

use std::collections::BTreeMap;
use std::thread;

use super::calibrate::{Calibration, calibrate};
use super::error::TrainError;
use super::features::{BUCKETS, GROUPS, Scratch};
use super::format::{self, Head, Label, pack_idf, unpack_idf};
use super::model::{Model, pack};
use super::slug;
use super::solver::{Block, LANES, Matrix, Problem};
use crate::text::tokens_into;

const NEEDED: usize = 20;
const MAX_LABELS: usize = 1000;

/// A text whose labels are known.
///
/// ```
/// use ressort::topics::Example;
/// let example = Example { text: "Ausbau der A 14".into(), labels: vec!["Verkehr".into()], date: "2019-05-02".into() };
/// assert_eq!(example.labels.len(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// The text: headline, newline, body.
    pub text: String,
    /// Names of its labels; an example without labels is not learned from.
    pub labels: Vec<String>,
    /// Its day as `YYYY-MM-DD`, or empty.
    pub date: String,
}

/// How a model is trained. The default is what gave the built-in model.
///
/// ```
/// let settings = ressort::topics::Settings { epochs: 5, ..Default::default() };
/// assert_eq!(settings.rows, 240_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Price of an error: the higher, the closer the model follows the examples.
    pub cost: f32,
    /// After so many years an example counts half; 0: all count the same.
    pub half_life: f32,
    /// How often the examples are gone through.
    pub epochs: usize,
    /// How many features are kept.
    pub rows: usize,
    /// In how many examples a feature must occur.
    pub min_examples: u32,
    /// Weights of words, pairs of words, and pieces of words.
    pub group_weights: [f32; 3],
}

impl Default for Settings {
    fn default() -> Self {
        Self { cost: 8.0, half_life: 6.0, epochs: 12, rows: 240_000, min_examples: 3, group_weights: [1.0, 0.7, 1.5] }
    }
}

/// Trains a model. Thresholds and probabilities are chosen on the examples of the last year, with a model that has not
/// seen them; then the model is trained on all examples.
///
/// # Errors
/// Where too few examples have labels, or the labels cannot be told apart.
///
/// ```
/// use ressort::topics::{Example, Settings, train};
///
/// let example = |text: &str, label: &str| Example { text: text.into(), labels: vec![label.into()], date: String::new() };
/// let examples: Vec<_> = (0..20)
///     .flat_map(|n| [example(&format!("Bahnhof Gleis {n}"), "Verkehr"), example("Klinik und Pflege", "Gesundheit")])
///     .collect();
/// let settings = Settings { min_examples: 1, ..Settings::default() };
/// let model = train(&examples, &settings)?;
/// assert_eq!(model.labels().map(|(topic, _)| topic).collect::<Vec<_>>(), ["area/gesundheit", "area/verkehr"]);
/// # Ok::<(), ressort::topics::TrainError>(())
/// ```
pub fn train(examples: &[Example], settings: &Settings) -> Result<Model, TrainError> {
    let mut examples: Vec<&Example> = examples.iter().filter(|example| !example.labels.is_empty()).collect();
    if examples.len() < NEEDED {
        return Err(TrainError::TooFew { found: examples.len(), needed: NEEDED });
    }
    // By date, so that the order in which files are given does not matter much, and the last year stands last.
    examples.sort_by(|a, b| a.date.cmp(&b.date));
    let names = names(&examples)?;
    let labels: Vec<Vec<u16>> = examples
        .iter()
        .map(|example| {
            let mut labels: Vec<u16> =
                example.labels.iter().filter_map(|label| names.get(label.as_str()).copied()).collect();
            labels.sort_unstable();
            labels.dedup();
            labels
        })
        .collect();
    let counted = count(&examples);
    let kept = Kept::choose(&counted, &labels, names.len(), settings);
    let matrix = kept.matrix(&counted, settings.group_weights);
    drop(counted);
    let years: Vec<f32> = examples.iter().map(|example| year(&example.date)).collect();
    let last = years.iter().copied().fold(0.0, f32::max);
    let cost = |year: f32| if settings.half_life > 0.0 { (-(last - year) / settings.half_life).exp2() } else { 1.0 };
    let costs: Vec<f32> = years.iter().map(|year| settings.cost * cost(*year).max(0.02)).collect();
    let problem = |chosen: &[u32]| {
        let problem = Problem {
            matrix: &matrix,
            chosen,
            costs: &costs,
            labels: &labels,
            rows: kept.idf.len(),
            epochs: settings.epochs,
        };
        problem.solve(names.len())
    };
    let (learned, held_out) = split(&years);
    let calibration = {
        let weights = problem(&learned);
        let margins: Vec<_> =
            held_out.iter().map(|example| margins(&weights, matrix.example(*example as usize), names.len())).collect();
        let gold: Vec<_> = held_out.iter().map(|example| labels[*example as usize].as_slice()).collect();
        calibrate(&margins, &gold, names.len())
    };
    let all: Vec<u32> = (0..examples.len() as u32).collect();
    let weights = problem(&all);
    let last_day = examples.last().map_or("", |example| example.date.as_str());
    let head = Head {
        labels: Vec::new(),
        rows: kept.idf.len(),
        group_weights: settings.group_weights,
        fallback: calibration.fallback,
        examples: examples.len() as u32,
        last_day: last_day.to_owned(),
    };
    assemble(head, &names, &calibration, &kept, &weights)
}

/// The labels in alphabetical order, numbered.
fn names<'e>(examples: &[&'e Example]) -> Result<BTreeMap<&'e str, u16>, TrainError> {
    let mut names: BTreeMap<&str, u16> =
        examples.iter().flat_map(|example| &example.labels).map(|label| (label.as_str(), 0)).collect();
    if names.len() > MAX_LABELS {
        return Err(TrainError::TooManyLabels(names.len()));
    }
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    for (number, (name, label)) in names.iter_mut().enumerate() {
        *label = number as u16;
        if let Some(other) = ids.insert(slug(name), name) {
            return Err(TrainError::SameId { one: other.to_owned(), other: (*name).to_owned() });
        }
    }
    Ok(names)
}

/// The year, with the month as its fraction; 0 without a date.
fn year(date: &str) -> f32 {
    let part = |range| date.get(range).and_then(|part: &str| part.parse::<f32>().ok());
    part(0..4).map_or(0.0, |year| year + part(5..7).map_or(0.0, |month| (month - 1.0) / 12.0))
}

/// Examples to learn from, and those held out: the last calendar year, or every tenth where that would be too few or
/// too many.
fn split(years: &[f32]) -> (Vec<u32>, Vec<u32>) {
    let last = years.iter().copied().fold(0.0, f32::max).floor();
    let share = years.iter().filter(|year| **year >= last).count();
    let by_year = share * 2 < years.len() && share >= 1000;
    (0..years.len() as u32)
        .partition(|example| if by_year { years[*example as usize] < last } else { example % 10 != 9 })
}

/// Buckets of each example: group (2 bits), bucket (22), how often (8).
struct Counted {
    cells: Vec<u32>,
    ends: Vec<usize>,
}

fn count(examples: &[&Example]) -> Counted {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let work =
        |examples: &[&Example]| {
            let mut counted = Counted { cells: Vec::new(), ends: Vec::with_capacity(examples.len()) };
            let (mut scratch, mut tokens) = (Scratch::default(), Vec::new());
            for example in examples {
                tokens_into(&example.text, &mut tokens);
                scratch.count(&example.text, &tokens, Some);
                counted.cells.extend(scratch.features.iter().map(|feature| {
                    u32::from(feature.group) << 30 | feature.row << 8 | feature.value.min(255.0) as u32
                }));
                counted.ends.push(counted.cells.len());
            }
            counted
        };
    thread::scope(|scope| {
        let chunks = examples.chunks(examples.len().div_ceil(threads).max(1));
        let workers: Vec<_> = chunks.map(|chunk| scope.spawn(move || work(chunk))).collect();
        let mut all = Counted { cells: Vec::new(), ends: Vec::with_capacity(examples.len()) };
        for worker in workers {
            match worker.join() {
                Ok(part) => {
                    let before = all.cells.len();
                    all.cells.extend(part.cells);
                    all.ends.extend(part.ends.iter().map(|end| end + before));
                }
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

/// The buckets that are kept, and how rare they are.
struct Kept {
    bits: Vec<u64>,
    /// Row of each bucket, or `u32::MAX`.
    rows: Vec<u32>,
    idf: Vec<u8>,
}

impl Kept {
    /// Keeps the buckets that tell most about the labels, by χ².
    fn choose(counted: &Counted, labels: &[Vec<u16>], label_count: usize, settings: &Settings) -> Self {
        let mut occurs = vec![0_u32; BUCKETS];
        for cell in &counted.cells {
            occurs[(cell >> 8) as usize & (BUCKETS - 1)] += 1;
        }
        let mut candidates = vec![u32::MAX; BUCKETS];
        let mut buckets = Vec::new();
        for (bucket, _) in occurs.iter().enumerate().filter(|(_, count)| **count >= settings.min_examples) {
            candidates[bucket] = buckets.len() as u32;
            buckets.push(bucket);
        }
        let mut together = vec![0_u32; buckets.len() * label_count];
        let mut of_label = vec![0_u32; label_count];
        let mut from = 0;
        for (end, labels) in counted.ends.iter().zip(labels) {
            for label in labels {
                of_label[usize::from(*label)] += 1;
            }
            for cell in &counted.cells[from..*end] {
                let candidate = candidates[(cell >> 8) as usize & (BUCKETS - 1)] as usize;
                if candidate != u32::MAX as usize {
                    for label in labels {
                        together[candidate * label_count + usize::from(*label)] += 1;
                    }
                }
            }
            from = *end;
        }
        let total = labels.len() as f64;
        let telling = |candidate: usize| {
            let with = f64::from(occurs[buckets[candidate]]).min(total - 0.5);
            let label = |(both, of): (&u32, &u32)| {
                let of = f64::from(*of).min(total - 0.5);
                (f64::from(*both) * total - with * of).powi(2) / (with * (total - with) * of * (total - of))
            };
            together[candidate * label_count..][..label_count].iter().zip(&of_label).map(label).sum::<f64>()
        };
        let mut order: Vec<(f64, usize)> =
            (0..buckets.len()).map(|candidate| (telling(candidate), buckets[candidate])).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.truncate(settings.rows);
        let mut bits = vec![0_u64; BUCKETS / 64];
        for (_, bucket) in &order {
            bits[bucket / 64] |= 1 << (bucket % 64);
        }
        let mut rows = vec![u32::MAX; BUCKETS];
        let mut idf = Vec::with_capacity(order.len());
        for bucket in (0..BUCKETS).filter(|bucket| bits[bucket / 64] >> (bucket % 64) & 1 == 1) {
            rows[bucket] = idf.len() as u32;
            idf.push(pack_idf(1.0 + ((total + 1.0) / (f64::from(occurs[bucket]) + 1.0)).ln() as f32));
        }
        Self { bits, rows, idf }
    }

    /// The examples as the model will see them.
    fn matrix(&self, counted: &Counted, group_weights: [f32; GROUPS]) -> Matrix {
        let mut matrix = Matrix::default();
        let mut scratch = Scratch::default();
        let mut from = 0;
        for end in &counted.ends {
            let cells = counted.cells[from..*end]
                .iter()
                .map(|cell| (*cell >> 30, self.rows[(cell >> 8) as usize & (BUCKETS - 1)], (cell & 255) as f32));
            scratch.fill(cells.filter(|(_, row, _)| *row != u32::MAX));
            scratch.weigh(group_weights, |row| unpack_idf(self.idf[row as usize]));
            matrix.cells.extend(scratch.features.iter().map(|feature| (feature.row, feature.value)));
            matrix.ends.push(matrix.cells.len());
            from = *end;
        }
        matrix
    }
}

fn margins(weights: &[Block], cells: &[(u32, f32)], label_count: usize) -> Vec<f32> {
    let mut margins = Vec::with_capacity(weights.len() * LANES);
    for block in weights {
        let mut sums = block[block.len() - 1];
        for (row, value) in cells {
            for (sum, weight) in sums.iter_mut().zip(&block[*row as usize]) {
                *sum += value * weight;
            }
        }
        margins.extend(sums);
    }
    margins.truncate(label_count);
    margins
}

/// Packs the weights and puts the model together.
fn assemble(
    mut head: Head,
    names: &BTreeMap<&str, u16>,
    calibration: &Calibration,
    kept: &Kept,
    weights: &[Block],
) -> Result<Model, TrainError> {
    let weight = |row: usize, label: usize| weights[label / LANES][row][label % LANES];
    let mut scales = Vec::with_capacity(names.len());
    for (label, name) in names.keys().enumerate() {
        let largest = (0..head.rows).map(|row| weight(row, label).abs()).fold(1e-6, f32::max);
        scales.push(largest / (127.0 * 127.0));
        head.labels.push(Label {
            name: (*name).to_owned(),
            scale: scales[label],
            bias: weight(head.rows, label),
            slope: calibration.platt[label].slope,
            offset: calibration.platt[label].offset,
            threshold: calibration.thresholds[label],
        });
    }
    let packed = (0..head.rows)
        .flat_map(|row| scales.iter().enumerate().map(move |(label, scale)| pack(weight(row, label) / scale)));
    let packed: Vec<i8> = packed.collect();
    Ok(Model::from_bytes(format::write(&head, &kept.bits, &kept.idf, &packed))?)
}
