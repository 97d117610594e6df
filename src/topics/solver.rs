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

/// How likely each label of an example is, for those that are not impossible: 1 where it is known to hold.
pub(super) type Target = Vec<(u16, f32)>;

/// A problem: examples, what they cost, and which labels hold.
#[derive(Debug)]
pub(super) struct Problem<'p> {
    pub matrix: &'p Matrix,
    /// The examples to learn from, in a fixed order.
    pub chosen: &'p [u32],
    /// Price of being wrong on each example.
    pub costs: &'p [f32],
    /// What to learn of each example.
    pub targets: &'p [Target],
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
        let first = (block * LANES) as u16;
        let targets = |example: usize| {
            let mut lanes = [0.0_f32; LANES];
            for (label, target) in &self.targets[example] {
                if let Some(lane) = label.checked_sub(first).and_then(|lane| lanes.get_mut(usize::from(lane))) {
                    *lane = *target;
                }
            }
            lanes
        };
        // The dual variable of an example is cost × (target − sigmoid(state)); it starts at practically 0.
        let start = |target: f32| {
            let inside = target.clamp(1e-8, 1.0 - 1e-7);
            (inside / (1.0 - inside)).ln()
        };
        let mut states: Vec<[f32; LANES]> =
            self.chosen.iter().map(|example| targets(*example as usize).map(start)).collect();
        let mut order: Vec<u32> = (0..self.chosen.len() as u32).collect();
        let mut random = Random::default();
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
                let targets = targets(example);
                let mut steps = [0.0_f32; LANES];
                for (lane, state) in states[*position as usize].iter_mut().enumerate() {
                    steps[lane] = step(state, sums[lane], norm, self.costs[example], targets[lane]);
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
/// `t − margin − norm · (cost · (target − sigmoid(t)) − old)` is 0, which rises in `t` everywhere: Newton's method,
/// inside a bracket.
fn step(state: &mut f32, margin: f32, norm: f32, cost: f32, target: f32) -> f32 {
    let logistic = |t: f32| 1.0 / (1.0 + (-t).exp());
    let old = cost * (target - logistic(*state));
    let (mut low, mut high) = (margin + norm * (cost * (target - 1.0) - old), margin + norm * (cost * target - old));
    let mut t = state.clamp(low, high);
    for _ in 0..8 {
        let sigmoid = logistic(t);
        let value = t - margin - norm * (cost * (target - sigmoid) - old);
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
    cost * (target - logistic(t)) - old
}

/// A small generator with a fixed seed, so that the same examples always give the same model.
pub(super) struct Random(u64);

impl Default for Random {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Random {
    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, items: &mut [u32]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One feature, one label: what is learned must be where the gradient is 0.
    #[test]
    fn soft_targets_are_met_where_the_gradient_vanishes() {
        let matrix = Matrix { cells: vec![(0, 1.0), (0, 1.0), (0, -1.0)], ends: vec![1, 2, 3] };
        let targets = [vec![(0, 0.9)], vec![(0, 0.6)], vec![(0, 0.1)]];
        let problem = Problem {
            matrix: &matrix,
            chosen: &[0, 1, 2],
            costs: &[10.0, 10.0, 5.0],
            targets: &targets,
            rows: 1,
            epochs: 200,
        };
        let weights = problem.solve(1).remove(0);
        let (weight, bias) = (weights[0][0], weights[1][0]);
        let miss = |x: f32, target: f32| target - 1.0 / (1.0 + (-(weight * x + bias)).exp());
        let gradient = 10.0 * miss(1.0, 0.9) + 10.0 * miss(1.0, 0.6) - 5.0 * miss(-1.0, 0.1) - weight;
        assert!(gradient.abs() < 0.02, "{gradient}");
    }
}
