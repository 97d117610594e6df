//! Work spread over threads, its results taken in the order in which the work was given.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

/// Items of work under way for each thread.
const PER_THREAD: usize = 4;
/// Bytes under way, unless one item alone is larger.
const MOST_BYTES: usize = 96 << 20;

/// Runs `produce` on one thread, `work` on `threads`, and `take` on the caller's.
///
/// An item, given with its size in bytes, is under way from the moment it is produced until its result is taken. How
/// many items and bytes are under way is bounded, so a slow item makes the producer wait instead of letting results
/// pile up behind it. `produce` is told to break when `take` wants no more, or fails.
///
/// # Errors
/// The first error of `take`; what is under way then is dropped.
pub(crate) fn ordered<In: Send, Out: Send, E>(
    threads: NonZeroUsize,
    produce: impl FnOnce(&mut dyn FnMut(In, usize) -> ControlFlow<()>) + Send,
    work: impl Fn(In) -> Out + Sync,
    mut take: impl FnMut(Out) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let most = threads.get() * PER_THREAD;
    let load = Load::new(most);
    let (to_work, items) = bounded(most);
    let (to_results, results) = unbounded();
    thread::scope(|scope| {
        let load = &load;
        scope.spawn(move || {
            let mut number = 0_u64;
            produce(&mut |item, bytes| {
                let sent = load.begin(bytes) && to_work.send((number, bytes, item)).is_ok();
                number += 1;
                if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        });
        for _ in 0..threads.get() {
            let (items, to_results, work) = (items.clone(), to_results.clone(), &work);
            scope.spawn(move || worker(&items, &to_results, work));
        }
        drop((items, to_results));
        let outcome = in_order(&results, &mut take, load);
        // Without a receiver the workers end at their next step, without a load the producer does.
        drop(results);
        load.close();
        outcome
    })
}

type Numbered<T> = (u64, usize, T);

fn worker<In, Out>(
    items: &Receiver<Numbered<In>>,
    to_results: &Sender<Numbered<Out>>,
    work: &(impl Fn(In) -> Out + Sync),
) {
    for (number, bytes, item) in items {
        if to_results.send((number, bytes, work(item))).is_err() {
            return;
        }
    }
}

fn in_order<Out, E>(
    results: &Receiver<Numbered<Out>>,
    take: &mut impl FnMut(Out) -> Result<ControlFlow<()>, E>,
    load: &Load,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, bytes, result) in results {
        waiting.insert(number, (bytes, result));
        while let Some((bytes, result)) = waiting.remove(&next) {
            next += 1;
            if take(result)?.is_break() {
                return Ok(());
            }
            load.end(bytes);
        }
    }
    Ok(())
}

/// What is under way.
struct Load {
    most: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    items: usize,
    bytes: usize,
    closed: bool,
}

impl Load {
    fn new(most: usize) -> Self {
        Self { most, state: Mutex::default(), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing under the lock can panic, and counts are right even if it did.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room; false where none will come.
    fn begin(&self, bytes: usize) -> bool {
        let full = |state: &mut State| {
            let items = state.items >= self.most;
            let bytes = state.items > 0 && state.bytes + bytes > MOST_BYTES;
            !state.closed && (items || bytes)
        };
        let mut state = self.changed.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        state.items += 1;
        state.bytes += bytes;
        !state.closed
    }

    fn end(&self, bytes: usize) {
        let mut state = self.lock();
        state.items -= 1;
        state.bytes -= bytes;
        drop(state);
        self.changed.notify_one();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }
}
