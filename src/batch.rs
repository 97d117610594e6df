//! Many documents, on all cores, in bounded memory, in their order.
//!
//! One thread reads, `threads` threads parse and annotate, the caller's thread takes the results in the order of the
//! input. What is under way is bounded, however slow one document is.

mod duplicates;
mod ids;
mod ordered;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crate::document::{Annotation, Document, Failure, Stage};
use crate::pipeline::Pipeline;

pub use duplicates::{Duplicates, Sketch};
pub(crate) use ids::UniqueIds;
pub(crate) use ordered::ordered;

/// A chunk is handed on when it holds so many bytes of text …
const CHUNK_BYTES: usize = 256 * 1024;
/// … or so many documents or pieces.
const CHUNK_LENGTH: usize = 128;

/// What became of one document.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was annotated.
    Annotated(Box<Document>, Box<Annotation>),
    /// It could not be read or annotated, or there is something to say about it.
    Failed(Failure),
}

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
    documents: impl Iterator<Item = Result<Document, Failure>> + Send,
    threads: NonZeroUsize,
    mut sink: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let mut ids = UniqueIds::default();
    ordered(
        threads,
        |send| {
            let mut chunks = Chunks::new(send);
            for outcome in documents {
                let bytes = outcome.as_ref().map_or(0, |document| document.text.len());
                if chunks.push(outcome, bytes).is_break() {
                    return;
                }
            }
            let _ = chunks.send();
        },
        |chunk: Vec<_>| -> Vec<Outcome> { chunk.into_iter().map(|input| annotate(pipeline, input)).collect() },
        |outcomes| {
            for mut outcome in outcomes {
                if let Outcome::Annotated(document, _) = &mut outcome {
                    ids.make_unique(&mut document.id);
                }
                sink(outcome)?;
            }
            Ok(ControlFlow::Continue(()))
        },
    )
}

/// As many threads as the machine runs at once.
#[must_use]
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Gathers small things into chunks that are worth handing to a thread. Where a chunk ends depends on what is in it
/// alone.
pub(crate) struct Chunks<'s, T> {
    send: &'s mut dyn FnMut(Vec<T>, usize) -> ControlFlow<()>,
    chunk: Vec<T>,
    bytes: usize,
}

impl<'s, T> Chunks<'s, T> {
    pub(crate) fn new(send: &'s mut dyn FnMut(Vec<T>, usize) -> ControlFlow<()>) -> Self {
        Self { send, chunk: Vec::new(), bytes: 0 }
    }

    pub(crate) fn push(&mut self, item: T, bytes: usize) -> ControlFlow<()> {
        self.chunk.push(item);
        self.bytes += bytes;
        if self.bytes >= CHUNK_BYTES || self.chunk.len() >= CHUNK_LENGTH {
            self.send()
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Sends what is there.
    pub(crate) fn send(&mut self) -> ControlFlow<()> {
        let (chunk, bytes) = (std::mem::take(&mut self.chunk), std::mem::take(&mut self.bytes));
        if chunk.is_empty() { ControlFlow::Continue(()) } else { (self.send)(chunk, bytes) }
    }
}

pub(crate) fn annotate(pipeline: &Pipeline, input: Result<Document, Failure>) -> Outcome {
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
