//! Logistic regression by dual coordinate descent: each step solves for one example exactly, so there is no learning
//! rate to choose (Yu, Huang, Lin 2011). Sixteen labels are solved side by side, since one row of their weights is a
//! cache line.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Labels solved side by side.
pub(super) const LANES: usize = 16;

/// Examples as sparse vectors.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    /// Row and value.
    pub cells: Vec<(u32, f32)>,
    /// Where the cells of each example end.
    pub ends: Vec<usize>,
}

impl Matrix {
    /// The cells of an example.
    pub(super) fn example(&self, index: usize) -> &[(u32, f32)] {
        let from = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.cells[from..self.ends[index]]
    }
}

/// A problem: examples, what they cost, and whether each label holds.
#[derive(Debug)]
pub(super) struct Problem<'p> {
    pub matrix: &'p Matrix,
    /// The examples to learn from, in a fixed order.
    pub chosen: &'p [u32],
    /// Price of being wrong on each example.
    pub costs: &'p [f32],
    /// Labels of each example, ascending.
    pub labels: &'p [Vec<u16>],
    pub rows: usize,
    pub epochs: usize,
}

/// Weights of sixteen labels; the last row is the bias.
pub(super) type Block = Vec<[f32; LANES]>;

impl Problem<'_> {
    /// Solves for `label_count` labels. Blocks are independent of each other, so the number of threads changes nothing.
    pub(super) fn solve(&self, label_count: usize) -> Vec<Block> {
        let blocks = label_count.div_ceil(LANES);
        let next = AtomicUsize::new(0);
        let threads = thread::available_parallelism().map_or(1, usize::from).min(blocks);
        let work = || {
            let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|block| *block < blocks);
            std::iter::from_fn(take).map(|block| (block, self.solve_block(block))).collect::<Vec<_>>()
        };
        let mut solved: Vec<(usize, Block)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let join = |worker: thread::ScopedJoinHandle<'_, Vec<(usize, Block)>>| match worker.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            workers.into_iter().flat_map(join).collect()
        });
        solved.sort_unstable_by_key(|(block, _)| *block);
        solved.into_iter().map(|(_, weights)| weights).collect()
    }

    fn solve_block(&self, block: usize) -> Block {
        let mut weights = vec![[0.0_f32; LANES]; self.rows + 1];
        // The dual variable of an example is cost × sigmoid(state); it starts at practically 0.
        let mut states = vec![[-20.0_f32; LANES]; self.chosen.len()];
        let first = (block * LANES) as u16;
        let mut order: Vec<u32> = (0..self.chosen.len() as u32).collect();
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        for _ in 0..self.epochs {
            random.shuffle(&mut order);
            for position in &order {
                let example = self.chosen[*position as usize] as usize;
                let cells = self.matrix.example(example);
                let mut sums = weights[self.rows];
                let mut norm = 1.0;
                for (row, value) in cells {
                    norm += value * value;
                    for (sum, weight) in sums.iter_mut().zip(&weights[*row as usize]) {
                        *sum += value * weight;
                    }
                }
                let mut signs = [-1.0_f32; LANES];
                for label in &self.labels[example] {
                    if let Some(sign) = label.checked_sub(first).and_then(|lane| signs.get_mut(usize::from(lane))) {
                        *sign = 1.0;
                    }
                }
                let mut steps = [0.0_f32; LANES];
                for (lane, state) in states[*position as usize].iter_mut().enumerate() {
                    steps[lane] = signs[lane] * step(state, signs[lane] * sums[lane], norm, self.costs[example]);
                }
                for (row, value) in cells {
                    for (weight, step) in weights[*row as usize].iter_mut().zip(&steps) {
                        *weight += value * step;
                    }
                }
                for (weight, step) in weights[self.rows].iter_mut().zip(&steps) {
                    *weight += step;
                }
            }
        }
        weights
    }
}

/// Moves one dual variable to its best value and says by how much it grew. With `t` the state, the best value is where
/// `t + margin + norm · (cost · sigmoid(t) − old)` is 0, which rises in `t` everywhere: Newton's method, inside a
/// bracket.
fn step(state: &mut f32, margin: f32, norm: f32, cost: f32) -> f32 {
    let logistic = |t: f32| 1.0 / (1.0 + (-t).exp());
    let old = cost * logistic(*state);
    let (mut low, mut high) = (norm * (old - cost) - margin, norm * old - margin);
    let mut t = state.clamp(low, high);
    for _ in 0..8 {
        let sigmoid = logistic(t);
        let value = t + margin + norm * (cost * sigmoid - old);
        if value.abs() < 1e-3 {
            break;
        }
        if value > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let newton = t - value / (1.0 + norm * cost * sigmoid * (1.0 - sigmoid));
        t = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
    }
    *state = t;
    cost * logistic(t) - old
}

/// A small generator with a fixed seed, so that the same examples always give the same model.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, items: &mut [u32]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}
