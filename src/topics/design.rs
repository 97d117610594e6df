//! Examples as the model will see them: which words each holds, which features are kept, and the matrix of both.

use std::thread;

use super::features::{BUCKETS, Shape};
use super::format::{pack_idf, unpack_idf};
use super::solver::{Matrix, Target};
use super::weigh::LENGTH;
use super::words::Scratch;
use crate::text::{fold, tokens_into};

/// The words of all examples.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// Word and weight, example by example.
    words: Vec<(u32, f32)>,
    ends: Vec<usize>,
    /// The folded forms of the words.
    forms: Vec<Box<str>>,
    numbers: rustc_hash::FxHashMap<Box<str>, u32>,
}

/// How much a hint counts beside a word that stands once.
const HINT_WEIGHT: f32 = 2.0;

impl Corpus {
    /// Adds an example: its text, and hints for a teacher.
    pub(super) fn add(&mut self, text: &str, hints: &[String], scratch: &mut Scratch) {
        let mut tokens = Vec::new();
        tokens_into(text, &mut tokens);
        scratch.read(text, &tokens);
        for (word, times) in scratch.distinct.iter().zip(&scratch.times) {
            let number = self.number(scratch.form(*word));
            self.words.push((number, *times));
        }
        for hint in hints {
            // A mark that no word has keeps the hint apart as a whole; its parts are shared with words of the text.
            let number = self.number(&format!("={}", fold(hint)));
            self.words.push((number, HINT_WEIGHT));
        }
        self.ends.push(self.words.len());
    }

    fn number(&mut self, form: &str) -> u32 {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        let number = self.forms.len() as u32;
        self.forms.push(form.into());
        self.numbers.insert(form.into(), number);
        number
    }

    fn example(&self, index: usize) -> &[(u32, f32)] {
        let from = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.words[from..self.ends[index]]
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    /// The forms and in how many examples each occurs; the commonest first.
    fn vocabulary(&self) -> Vec<(Box<str>, u32)> {
        let mut counts = vec![0; self.forms.len()];
        for (word, _) in &self.words {
            counts[*word as usize] += 1;
        }
        let mut vocabulary: Vec<_> = self.forms.iter().cloned().zip(counts).collect();
        vocabulary.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        vocabulary
    }
}

/// The kept buckets and the matrix.
#[derive(Debug)]
pub(super) struct Design {
    pub bits: Vec<u64>,
    pub idf: Vec<u8>,
    pub matrix: Matrix,
    /// The words of the examples, and in how many each occurs; the commonest first.
    pub vocabulary: Vec<(Box<str>, u32)>,
}

/// Bucket and weight of the features of each word.
struct Features {
    cells: Vec<(u32, f32)>,
    ends: Vec<usize>,
}

impl Features {
    fn of(corpus: &Corpus, shape: Shape) -> Self {
        let mut all = Self { cells: Vec::new(), ends: Vec::with_capacity(corpus.forms.len()) };
        for form in &corpus.forms {
            shape.features(form, |bucket, weight| all.cells.push((bucket, weight)));
            all.ends.push(all.cells.len());
        }
        all
    }

    fn word(&self, word: u32) -> &[(u32, f32)] {
        let word = word as usize;
        let from = if word == 0 { 0 } else { self.ends[word - 1] };
        &self.cells[from..self.ends[word]]
    }
}

/// Marks what was seen in an example.
struct Seen {
    stamps: Vec<u32>,
    now: u32,
}

impl Seen {
    fn new(len: usize) -> Self {
        Self { stamps: vec![0; len], now: 0 }
    }

    fn next(&mut self) {
        self.now += 1;
    }

    fn first(&mut self, at: usize) -> bool {
        let first = self.stamps[at] != self.now;
        self.stamps[at] = self.now;
        first
    }
}

/// Which examples are labelled, to choose the features that tell most of the labels.
pub(super) struct Labelled<'l> {
    /// The examples whose labels are known.
    pub examples: &'l [u32],
    pub targets: &'l [Target],
    pub labels: usize,
}

impl Design {
    /// Keeps the `rows` features that tell most (χ²) and occur in `min_examples` examples, and builds the matrix.
    pub(super) fn new(corpus: &Corpus, shape: Shape, known: &Labelled<'_>, rows: usize, min_examples: u32) -> Self {
        let features = Features::of(corpus, shape);
        let occurs = occurrences(corpus, &features);
        let bits = choose(corpus, &features, &occurs, known, rows, min_examples);
        let mut row_of = vec![u32::MAX; BUCKETS];
        let mut idf = Vec::new();
        let total = corpus.len() as f64;
        for bucket in (0..BUCKETS).filter(|bucket| bits[bucket / 64] >> (bucket % 64) & 1 == 1) {
            row_of[bucket] = idf.len() as u32;
            idf.push(pack_idf(1.0 + ((total + 1.0) / (f64::from(occurs[bucket]) + 1.0)).ln() as f32));
        }
        let matrix = matrix(corpus, &features, &row_of, &idf);
        Self { bits, idf, matrix, vocabulary: corpus.vocabulary() }
    }

    /// The row of each bucket, `u32::MAX` where it is not kept.
    pub(super) fn rows(&self) -> Vec<u32> {
        let mut next = 0;
        let row = |bucket: usize| {
            let kept = self.bits[bucket / 64] >> (bucket % 64) & 1 == 1;
            next += u32::from(kept);
            if kept { next - 1 } else { u32::MAX }
        };
        (0..BUCKETS).map(row).collect()
    }
}

/// Runs `work` on equal parts of the examples side by side, and gives the results in order.
fn in_parts<T: Send>(count: usize, work: impl Fn(std::ops::Range<usize>) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let part = count.div_ceil(threads).max(1);
    let work = &work;
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..count).step_by(part).map(|from| scope.spawn(move || work(from..(from + part).min(count)))).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, T>| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        workers.into_iter().map(join).collect()
    })
}

/// In how many examples each bucket occurs.
fn occurrences(corpus: &Corpus, features: &Features) -> Vec<u32> {
    let parts = in_parts(corpus.len(), |range| {
        let (mut seen, mut occurs) = (Seen::new(BUCKETS), vec![0_u32; BUCKETS]);
        for example in range {
            seen.next();
            for (bucket, _) in corpus.example(example).iter().flat_map(|(word, _)| features.word(*word)) {
                occurs[*bucket as usize] += u32::from(seen.first(*bucket as usize));
            }
        }
        occurs
    });
    let mut all = vec![0_u32; BUCKETS];
    for part in parts {
        for (sum, count) in all.iter_mut().zip(part) {
            *sum += count;
        }
    }
    all
}

/// The buckets that are kept, one bit each.
fn choose(
    corpus: &Corpus,
    features: &Features,
    occurs: &[u32],
    known: &Labelled<'_>,
    rows: usize,
    min_examples: u32,
) -> Vec<u64> {
    let labels = known.labels;
    let mut candidates = vec![u32::MAX; BUCKETS];
    let mut buckets = Vec::new();
    for (bucket, _) in occurs.iter().enumerate().filter(|(_, count)| **count >= min_examples) {
        candidates[bucket] = buckets.len() as u32;
        buckets.push(bucket);
    }
    // For each candidate: with each label, and at all.
    let width = labels + 1;
    let mut together = vec![0_u32; buckets.len() * width];
    let mut of_label = vec![0_u32; labels];
    let mut seen = Seen::new(BUCKETS);
    for example in known.examples {
        let example = *example as usize;
        seen.next();
        for (label, _) in &known.targets[example] {
            of_label[usize::from(*label)] += 1;
        }
        for (bucket, _) in corpus.example(example).iter().flat_map(|(word, _)| features.word(*word)) {
            let candidate = candidates[*bucket as usize];
            if candidate != u32::MAX && seen.first(*bucket as usize) {
                let counts = &mut together[candidate as usize * width..][..width];
                counts[labels] += 1;
                for (label, _) in &known.targets[example] {
                    counts[usize::from(*label)] += 1;
                }
            }
        }
    }
    let total = known.examples.len() as f64;
    let inside = |count: u32| f64::from(count).clamp(0.5, (total - 0.5).max(0.5));
    let telling = |candidate: usize| {
        let counts = &together[candidate * width..][..width];
        let at_all = inside(counts[labels]);
        let label = |(both, of): (&u32, &u32)| {
            let of = inside(*of);
            (f64::from(*both) * total - at_all * of).powi(2) / (at_all * (total - at_all) * of * (total - of)).max(1e-9)
        };
        counts.iter().zip(&of_label).map(label).sum::<f64>()
    };
    let mut order: Vec<(f64, usize)> =
        (0..buckets.len()).map(|candidate| (telling(candidate), buckets[candidate])).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order.truncate(rows);
    let mut bits = vec![0_u64; BUCKETS / 64];
    for (_, bucket) in &order {
        bits[bucket / 64] |= 1 << (bucket % 64);
    }
    bits
}

fn matrix(corpus: &Corpus, features: &Features, row_of: &[u32], idf: &[u8]) -> Matrix {
    let parts = in_parts(corpus.len(), |range| {
        let mut part = Matrix::default();
        let mut seen = Seen::new(idf.len());
        let mut values = vec![0.0_f32; idf.len()];
        for example in range {
            seen.next();
            let from = part.cells.len();
            let mut square = 0.0;
            for (word, times) in corpus.example(example) {
                for (bucket, weight) in features.word(*word) {
                    let row = row_of[*bucket as usize];
                    if row == u32::MAX {
                        continue;
                    }
                    let value = weight * unpack_idf(idf[row as usize]);
                    // The length that prediction can know: as if no two words shared a piece.
                    square += times * times * value * value;
                    if seen.first(row as usize) {
                        values[row as usize] = 0.0;
                        part.cells.push((row, 0.0));
                    }
                    values[row as usize] += times * value;
                }
            }
            let factor = LENGTH / square.sqrt().max(1e-6);
            for (row, value) in &mut part.cells[from..] {
                *value = values[*row as usize] * factor;
            }
            part.ends.push(part.cells.len());
        }
        part
    });
    let mut all = Matrix::default();
    for part in parts {
        let before = all.cells.len();
        all.cells.extend(part.cells);
        all.ends.extend(part.ends.iter().map(|end| end + before));
    }
    all
}
