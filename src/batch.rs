//! Many documents, on all cores, in bounded memory, in their order.
//!
//! One thread reads, `threads` threads annotate, the caller's thread takes the results in the order of the input. A
//! chunk of documents needs one of a fixed number of permits from the moment it is read until its results are taken,
//! so a slow document makes the reader wait instead of letting results pile up behind it.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use rustc_hash::FxHashMap;

use crate::document::{Annotation, Document, Failure, Stage};
use crate::pipeline::Pipeline;

/// A chunk is handed on when it holds so many bytes of text …
const CHUNK_BYTES: usize = 256 * 1024;
/// … or so many documents.
const CHUNK_DOCUMENTS: usize = 128;
/// Chunks under way for each thread.
const CHUNKS_PER_THREAD: usize = 4;

/// What became of one document.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was annotated.
    Annotated(Box<Document>, Box<Annotation>),
    /// It could not be read or annotated, or there is something to say about it.
    Failed(Failure),
}

type Input = Result<Document, Failure>;

/// Annotates documents on several threads and hands each outcome to `sink`, in the order of the input, whatever the
/// number of threads. Ids that occur again get a number (`id~2`), so that they are unique in the run.
///
/// A document that makes the pipeline panic is a [`Failure`]; the rest goes on.
///
/// # Errors
/// The first error of `sink`; what is under way then is dropped.
///
/// ```
/// use ressort::batch::{Outcome, annotate_all, all_cores};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let documents = ["Das BMDS", "Das BMWE"].map(|text| Ok(Document::new(text)));
/// let mut mentions = 0;
/// annotate_all(&pipeline, documents.into_iter(), all_cores(), |outcome| {
///     if let Outcome::Annotated(_, annotation) = outcome {
///         mentions += annotation.mentions.len();
///     }
///     Ok::<(), std::convert::Infallible>(())
/// })?;
/// assert_eq!(mentions, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annotate_all<E>(
    pipeline: &Pipeline,
    documents: impl Iterator<Item = Input> + Send,
    threads: NonZeroUsize,
    mut sink: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let permits = threads.get() * CHUNKS_PER_THREAD;
    let (give_permit, take_permit) = bounded(permits);
    for _ in 0..permits {
        let _ = give_permit.send(());
    }
    let (to_work, work) = bounded(permits);
    let (to_results, results) = unbounded();
    thread::scope(|scope| {
        scope.spawn(move || read_chunks(documents, &take_permit, &to_work));
        for _ in 0..threads.get() {
            let (work, to_results) = (work.clone(), to_results.clone());
            scope.spawn(move || annotate_chunks(pipeline, &work, &to_results));
        }
        drop((work, to_results));
        let outcome = in_order(&results, &mut sink, &give_permit);
        // Without receivers the reader and the workers end at their next step.
        drop((results, give_permit));
        outcome
    })
}

/// As many threads as the machine runs at once.
#[must_use]
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn read_chunks(documents: impl Iterator<Item = Input>, permits: &Receiver<()>, to_work: &Sender<(u64, Vec<Input>)>) {
    let mut ids = UniqueIds::default();
    let (mut chunk, mut bytes, mut number) = (Vec::new(), 0, 0);
    let mut send = |chunk: Vec<Input>| {
        let sent = permits.recv().is_ok() && to_work.send((number, chunk)).is_ok();
        number += 1;
        sent
    };
    for mut input in documents {
        if let Ok(document) = &mut input {
            ids.make_unique(&mut document.id);
            bytes += document.text.len();
        }
        chunk.push(input);
        if bytes >= CHUNK_BYTES || chunk.len() >= CHUNK_DOCUMENTS {
            bytes = 0;
            if !send(std::mem::take(&mut chunk)) {
                return;
            }
        }
    }
    if !chunk.is_empty() {
        send(chunk);
    }
}

fn annotate_chunks(pipeline: &Pipeline, work: &Receiver<(u64, Vec<Input>)>, to_results: &Sender<(u64, Vec<Outcome>)>) {
    for (number, chunk) in work {
        let outcomes = chunk.into_iter().map(|input| annotate(pipeline, input)).collect();
        if to_results.send((number, outcomes)).is_err() {
            return;
        }
    }
}

fn annotate(pipeline: &Pipeline, input: Input) -> Outcome {
    let document = match input {
        Err(failure) => return Outcome::Failed(failure),
        Ok(document) => document,
    };
    // The pipeline promises not to panic; should it break the promise, one document is lost and not the batch.
    if let Ok(annotation) = catch_unwind(AssertUnwindSafe(|| pipeline.annotate(&document))) {
        return Outcome::Annotated(Box::new(document), Box::new(annotation));
    }
    let message = format!("{}: the document could not be annotated; please report it as a bug", document.id);
    Outcome::Failed(Failure::new(&document.source, Some(document.item), Stage::Annotate, message))
}

fn in_order<E>(
    results: &Receiver<(u64, Vec<Outcome>)>,
    sink: &mut impl FnMut(Outcome) -> Result<(), E>,
    give_permit: &Sender<()>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, outcomes) in results {
        waiting.insert(number, outcomes);
        while let Some(outcomes) = waiting.remove(&next) {
            next += 1;
            for outcome in outcomes {
                sink(outcome)?;
            }
            let _ = give_permit.send(());
        }
    }
    Ok(())
}

/// How often each id occurred; ids are kept as hashes, so that an archive of millions fits.
#[derive(Default)]
struct UniqueIds {
    seen: FxHashMap<u64, u32>,
}

impl UniqueIds {
    fn make_unique(&mut self, id: &mut String) {
        let hash = |id: &str| std::hash::BuildHasher::hash_one(&rustc_hash::FxBuildHasher, id);
        let first = hash(id);
        if let Entry::Vacant(unseen) = self.seen.entry(first) {
            unseen.insert(1);
            return;
        }
        loop {
            let times = self.seen.entry(first).or_insert(1);
            *times += 1;
            let numbered = format!("{id}~{times}");
            if self.seen.insert(hash(&numbered), 1).is_none() {
                *id = numbered;
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(threads: usize) -> Vec<Outcome> {
        let pipeline = Pipeline::builder().build().unwrap();
        let documents = (0..700).map(|number: usize| {
            if number % 100 == 7 {
                return Err(Failure::new("quelle", Some(number as u32), Stage::Read, "kaputt"));
            }
            let text = "Bayerns Digitalminister sprach mit dem BMDS. ".repeat(1 + (number * 37) % 90);
            Ok(Document { id: format!("{}", number % 300), ..Document::new(text) })
        });
        let mut outcomes = Vec::new();
        annotate_all(&pipeline, documents, NonZeroUsize::new(threads).unwrap(), |outcome| {
            outcomes.push(outcome);
            Ok::<(), ()>(())
        })
        .unwrap();
        outcomes
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let one = run(1);
        assert_eq!(one.len(), 700);
        assert!(matches!(&one[107], Outcome::Failed(failure) if failure.item == Some(107)));
        assert!(one == run(3));
        let mut ids: Vec<&str> = one
            .iter()
            .filter_map(|outcome| match outcome {
                Outcome::Annotated(document, _) => Some(document.id.as_str()),
                Outcome::Failed(_) => None,
            })
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }

    #[test]
    fn an_error_of_the_sink_ends_the_run() {
        let pipeline = Pipeline::builder().build().unwrap();
        let endless = std::iter::repeat_with(|| Ok(Document::new("Das BMDS.")));
        let mut left = 500;
        let outcome = annotate_all(&pipeline, endless, NonZeroUsize::new(2).unwrap(), |_| {
            left -= 1;
            if left == 0 { Err("voll") } else { Ok(()) }
        });
        assert_eq!(outcome, Err("voll"));
    }
}
