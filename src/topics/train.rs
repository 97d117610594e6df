//! Training: examples in, model out; the same examples always give the same bytes.
//!
//! Most papers of an archive are not labelled, but carry other indexing: keywords. Where examples have such hints, a
//! teacher learns from the labelled ones what text and hints together say of the labels, and says of the unlabelled
//! ones how likely each label is. From both the model learns, by the text alone, for prediction has nothing else.

use std::collections::BTreeMap;

use super::calibrate::{Calibration, calibrate, cross_validate};
use super::design::{Corpus, Design, Labelled};
use super::error::TrainError;
use super::evaluate::Figures;
use super::features::Shape;
use super::format::{Head, Label};
use super::model::Model;
use super::pack::pack;
use super::slug;
use super::solver::{Block, LANES, Problem, Target};
use super::weigh::sigmoid;
use super::words::Scratch;

/// A model needs at least so many labelled examples.
pub(super) const NEEDED: usize = 20;
const MAX_LABELS: usize = 1000;
/// Examples that would count less than this are left out.
const LEAST_SHARE: f32 = 0.1;
/// What the teacher holds for less likely is impossible.
const LEAST_LIKELY: f32 = 0.004;

/// A text whose labels are known, or of which at least keywords are.
///
/// ```
/// use ressort::topics::Example;
/// let example = Example {
///     text: "Ausbau der A 14".into(),
///     labels: Some(vec!["Verkehr".into()]),
///     date: "2019-05-02".into(),
///     ..Example::default()
/// };
/// assert!(example.hints.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// The text: headline, newline, body.
    pub text: String,
    /// Names of the labels that hold, which can be none of them; `None` where that is not known.
    pub labels: Option<Vec<String>>,
    /// Keywords given by others, which help to learn from texts without labels.
    pub hints: Vec<String>,
    /// Its day as `YYYY-MM-DD`, or empty.
    pub date: String,
}

/// How a model is trained. The default is what gave the built-in model of the areas.
///
/// ```
/// let settings = ressort::topics::Settings { epochs: 5, ..Default::default() };
/// assert_eq!(settings.rows, 280_000);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Price of an error: the higher, the closer the model follows the examples.
    pub cost: f32,
    /// What an example without labels costs beside one with labels; 0: there is no teacher.
    pub taught: f32,
    /// After so many years an example counts half; 0: all count the same.
    pub half_life: f32,
    /// How often the examples are gone through.
    pub epochs: usize,
    /// How many features are learned.
    pub rows: usize,
    /// For how many of the commonest words the model keeps what all their features add up to; each takes a byte for each
    /// label, and ten.
    pub words: usize,
    /// How many pieces it keeps for all other words; each takes a byte for each label, and two.
    pub spare_pieces: usize,
    /// In how many examples a feature must occur.
    pub min_examples: u32,
    /// Shortest and longest piece of a word, in bytes of its folded form; 0 and 0: no pieces.
    pub pieces: (u8, u8),
    /// Whether the parts of a hyphen compound count as words.
    pub parts: bool,
    /// Weight of a piece beside that of a word.
    pub piece_weight: f32,
    /// What stands before the `/` of a topic id.
    pub prefix: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cost: 6.0,
            taught: 1.0,
            half_life: 6.0,
            epochs: 8,
            rows: 280_000,
            words: 110_000,
            spare_pieces: 120_000,
            min_examples: 3,
            pieces: (3, 6),
            parts: true,
            piece_weight: 0.45,
            prefix: "topic".to_owned(),
        }
    }
}

/// Trains a model. Thresholds and probabilities are chosen on the labelled examples of the last year, with a model that
/// has not seen that year; then the model is trained on all examples.
///
/// A label that has the form of a topic id (`digital/ai`) is its own id; others get one from their name and
/// [`Settings::prefix`].
///
/// # Errors
/// Where too few examples have labels, or the labels cannot be told apart.
///
/// ```
/// use ressort::topics::{Example, Settings, train};
///
/// let example = |text: &str, label: &str| {
///     Example { text: text.into(), labels: Some(vec![label.into()]), ..Example::default() }
/// };
/// let examples: Vec<_> = (0..20)
///     .flat_map(|n| [example(&format!("Bahnhof Gleis {n}"), "Verkehr"), example("Klinik und Pflege", "Gesundheit")])
///     .collect();
/// let settings = Settings { min_examples: 1, ..Settings::default() };
/// let model = train(&examples, &settings)?;
/// assert_eq!(model.labels().map(|(topic, _)| topic).collect::<Vec<_>>(), ["topic/gesundheit", "topic/verkehr"]);
/// # Ok::<(), ressort::topics::TrainError>(())
/// ```
pub fn train(examples: &[Example], settings: &Settings) -> Result<Model, TrainError> {
    train_and_validate(examples, settings).map(|(model, _)| model)
}

/// [`train`], and how good the model was on the examples that were held out: half of them are judged by thresholds
/// chosen on the other half.
///
/// # Errors
/// As [`train`].
///
/// ```
/// use ressort::topics::{Settings, train_and_validate};
/// assert!(train_and_validate(&[], &Settings::default()).is_err());
/// ```
pub fn train_and_validate(examples: &[Example], settings: &Settings) -> Result<(Model, Figures), TrainError> {
    let lesson = Lesson::new(examples, settings)?;
    let (calibration, figures) = {
        let (learned, held_out) = lesson.split();
        let weights = lesson.learn(&learned);
        let margins: Vec<_> = held_out.iter().map(|example| lesson.margins(&weights, *example)).collect();
        let gold: Vec<_> = held_out.iter().map(|example| lesson.labels_of(*example)).collect();
        let gold: Vec<&[u16]> = gold.iter().map(Vec::as_slice).collect();
        let names = lesson.names.keys().map(|name| (*name).to_owned()).collect();
        (calibrate(&margins, &gold, lesson.names.len()), cross_validate(&margins, &gold, names))
    };
    Ok((lesson.model(&calibration, &lesson.learn_all())?, figures))
}

/// Trains a model on all examples, and fits its probabilities and thresholds to later ones; see [`Model::calibrated`].
///
/// # Errors
/// As [`train`], and where too few of the later examples have labels.
///
/// ```
/// use ressort::topics::{Settings, train_and_calibrate};
/// assert!(train_and_calibrate(&[], &[], &Settings::default()).is_err());
/// ```
pub fn train_and_calibrate(
    examples: &[Example],
    later: &[Example],
    settings: &Settings,
) -> Result<(Model, Figures), TrainError> {
    let lesson = Lesson::new(examples, settings)?;
    lesson.model(&Calibration::none(lesson.names.len()), &lesson.learn_all())?.calibrated(later)
}

/// All that is needed again and again while training.
struct Lesson<'e> {
    settings: &'e Settings,
    examples: Vec<&'e Example>,
    names: BTreeMap<&'e str, u16>,
    costs: Vec<f32>,
    /// What is known of each example; nothing of those without labels.
    targets: Vec<Target>,
    /// The examples with labels.
    known: Vec<u32>,
    design: Design,
    /// What the teacher sees; `None` where there is nothing to teach.
    teacher: Option<Design>,
}

impl<'e> Lesson<'e> {
    fn new(examples: &'e [Example], settings: &'e Settings) -> Result<Self, TrainError> {
        let labelled = examples.iter().filter(|example| example.labels.is_some()).count();
        if labelled < NEEDED {
            return Err(TrainError::TooFew { found: labelled, needed: NEEDED });
        }
        let can_teach =
            |example: &&Example| example.labels.is_some() || settings.taught > 0.0 && !example.hints.is_empty();
        let mut examples: Vec<&Example> = examples.iter().filter(can_teach).collect();
        // By date, so that the order in which files are given does not matter much, and the last year stands last.
        examples.sort_by(|a, b| a.date.cmp(&b.date));
        let last = examples.iter().map(|example| year(&example.date)).fold(0.0, f32::max);
        let share = |date: &str| {
            let age = last - year(date);
            if settings.half_life > 0.0 { (-age / settings.half_life).exp2() } else { 1.0 }
        };
        // Examples without a date count as much as the latest, where none has one.
        examples.retain(|example| last == 0.0 || share(&example.date) >= LEAST_SHARE);
        let names = names(&examples, settings)?;
        let target = |example: &&Example| {
            let labels = example.labels.iter().flatten();
            let mut target: Target =
                labels.filter_map(|label| names.get(label.as_str())).map(|label| (*label, 1.0)).collect();
            target.sort_unstable_by_key(|(label, _)| *label);
            target.dedup_by_key(|(label, _)| *label);
            target
        };
        let targets: Vec<Target> = examples.iter().map(target).collect();
        let known: Vec<u32> = (0..examples.len() as u32).filter(|at| examples[*at as usize].labels.is_some()).collect();
        let cost = |example: &&Example| {
            let kind = if example.labels.is_some() { 1.0 } else { settings.taught };
            settings.cost * kind * share(&example.date)
        };
        let costs = examples.iter().map(cost).collect();
        let design = |hints: bool| {
            let (mut corpus, mut scratch) = (Corpus::default(), Scratch::default());
            for example in &examples {
                let hints = if hints { example.hints.as_slice() } else { &[] };
                corpus.add(&example.text, hints, &mut scratch);
            }
            let labelled = Labelled { examples: &known, targets: &targets, labels: names.len() };
            Design::new(&corpus, settings.shape(), &labelled, settings.rows, settings.min_examples)
        };
        let teacher = (known.len() < examples.len()).then(|| design(true));
        let design = design(false);
        Ok(Self { settings, examples, names, costs, targets, known, design, teacher })
    }

    /// Examples to learn from, and labelled ones held out: the last calendar year, or every tenth where that would be
    /// too few or too many.
    fn split(&self) -> (Vec<u32>, Vec<u32>) {
        let years: Vec<f32> = self.examples.iter().map(|example| year(&example.date)).collect();
        let last = years.iter().copied().fold(0.0, f32::max).floor();
        let share = self.known.iter().filter(|example| years[**example as usize] >= last).count();
        let by_year = share * 2 < self.known.len() && share >= 1000;
        let held = |example: &u32| if by_year { years[*example as usize] >= last } else { example % 10 == 9 };
        let learned = (0..years.len() as u32).filter(|example| !held(example)).collect();
        (learned, self.known.iter().copied().filter(held).collect())
    }

    /// The weights that the chosen examples give.
    fn learn(&self, chosen: &[u32]) -> Vec<Block> {
        self.solve(chosen, &self.taught(chosen), &self.design)
    }

    fn learn_all(&self) -> Vec<Block> {
        self.learn(&(0..self.examples.len() as u32).collect::<Vec<_>>())
    }

    /// Targets of the chosen examples: those that are known, and for the others what a teacher says who has seen the
    /// labels of the chosen examples only.
    fn taught(&self, chosen: &[u32]) -> Vec<Target> {
        let mut targets = self.targets.clone();
        let Some(design) = &self.teacher else { return targets };
        let (known, unknown): (Vec<u32>, Vec<u32>) =
            chosen.iter().partition(|example| self.examples[**example as usize].labels.is_some());
        let weights = self.solve(&known, &self.targets, design);
        for example in unknown {
            let margins = margins(&weights, design.matrix.example(example as usize), self.names.len());
            let likely = (0_u16..).zip(margins).map(|(label, margin)| (label, sigmoid(margin)));
            targets[example as usize] = likely.filter(|(_, likely)| *likely >= LEAST_LIKELY).collect();
        }
        targets
    }

    fn solve(&self, chosen: &[u32], targets: &[Target], design: &Design) -> Vec<Block> {
        let problem = Problem {
            matrix: &design.matrix,
            chosen,
            costs: &self.costs,
            targets,
            rows: design.idf.len(),
            epochs: self.settings.epochs,
        };
        problem.solve(self.names.len())
    }

    fn margins(&self, weights: &[Block], example: u32) -> Vec<f32> {
        margins(weights, self.design.matrix.example(example as usize), self.names.len())
    }

    /// The model of these weights.
    fn model(&self, calibration: &Calibration, weights: &[Block]) -> Result<Model, TrainError> {
        let label = |(label, name): (usize, &&str)| Label {
            topic: topic_id(name, &self.settings.prefix),
            name: (*name).to_owned(),
            bias: weights[label / LANES][self.design.idf.len()][label % LANES],
            slope: calibration.platt[label].slope,
            offset: calibration.platt[label].offset,
            threshold: calibration.thresholds[label],
        };
        let head = Head {
            labels: self.names.keys().enumerate().map(label).collect(),
            words: 0,
            pieces: 0,
            shape: self.settings.shape(),
            piece_step: 0.0,
            fallback: calibration.fallback,
            examples: self.known.len() as u32,
            last_day: self.examples.last().map_or_else(String::new, |example| example.date.clone()),
        };
        let bytes = pack(head, &self.design, weights, self.settings.words, self.settings.spare_pieces);
        Ok(Model::from_bytes(bytes)?)
    }

    fn labels_of(&self, example: u32) -> Vec<u16> {
        self.targets[example as usize].iter().map(|(label, _)| *label).collect()
    }
}

impl Settings {
    fn shape(&self) -> Shape {
        let (shortest, longest) = self.pieces;
        Shape { shortest, longest, parts: self.parts, piece_weight: self.piece_weight }
    }
}

/// The id of a label: its own name where that has the form of one.
fn topic_id(name: &str, prefix: &str) -> String {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
    };
    let is_id = name.split_once('/').is_some_and(|(kind, rest)| part(kind) && rest.split('/').all(part));
    if is_id { name.to_owned() } else { format!("{prefix}/{}", slug(name)) }
}

/// The labels in alphabetical order, numbered.
fn names<'e>(examples: &[&'e Example], settings: &Settings) -> Result<BTreeMap<&'e str, u16>, TrainError> {
    let mut names: BTreeMap<&str, u16> =
        examples.iter().flat_map(|example| example.labels.iter().flatten()).map(|label| (label.as_str(), 0)).collect();
    if names.is_empty() {
        return Err(TrainError::NoLabels);
    }
    if names.len() > MAX_LABELS {
        return Err(TrainError::TooManyLabels(names.len()));
    }
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    for (number, (name, label)) in names.iter_mut().enumerate() {
        *label = number as u16;
        if let Some(other) = ids.insert(topic_id(name, &settings.prefix), name) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_ids_stay_as_they_are() {
        for (name, id) in [
            ("digital/ai", "digital/ai"),
            ("Verkehr", "thema/verkehr"),
            ("Neue Bundesländer / innerdeutsche Beziehungen", "thema/neue-bundeslaender-innerdeutsche-beziehungen"),
            ("Bund/Land", "thema/bund-land"),
            ("a/", "thema/a"),
        ] {
            assert_eq!(topic_id(name, "thema"), id);
        }
    }
}
