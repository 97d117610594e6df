//! The two halves of reading and what lies between them: loads, on their way from disk to the annotating threads.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::plan::{Input, Plan, Position};
use crate::batch::{self, Chunks, Outcome, Sketch};
use crate::document::{Annotation, Document, Failure, Stage};
use crate::pipeline::Pipeline;
use crate::read::{Content, Outcomes, Piece, ReadOptions, guarded, walk};

/// What is read at a time.
pub(super) enum Load {
    Piece(Piece),
    Failure(Failure),
    /// A source was read to its end.
    End(Input),
}

/// What became of a load.
pub(super) enum Ready {
    Document(Box<Document>, Box<Annotation>, Option<Sketch>),
    Failure(Failure),
    /// One load is done; so many bytes of its source are read.
    Loaded(u64),
    /// A source is done.
    End(Input),
}

/// Reads the sources of a plan from a position on, until `stop` is set; sets `finished` where it came to the end.
pub(super) fn produce(
    plan: &Plan,
    position: Position,
    options: &ReadOptions,
    stop: &AtomicBool,
    finished: &AtomicBool,
    send: &mut dyn FnMut(Vec<Load>, usize) -> ControlFlow<()>,
) {
    let mut chunks = Chunks::new(send);
    let flow = sources(plan, position, options, stop, &mut chunks);
    if flow.is_continue() && chunks.send().is_continue() {
        finished.store(true, Ordering::Relaxed);
    }
}

fn sources(
    plan: &Plan,
    position: Position,
    options: &ReadOptions,
    stop: &AtomicBool,
    chunks: &mut Chunks<'_, Load>,
) -> ControlFlow<()> {
    // The failures of the plan count as loads before the first source.
    let mut skip = position.loads;
    let mut push = |load: Load, bytes: usize, chunks: &mut Chunks<'_, Load>| {
        if stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if skip > 0 {
            skip -= 1;
            return ControlFlow::Continue(());
        }
        chunks.push(load, bytes)
    };
    if position.source == 0 {
        for failure in plan.failures() {
            push(Load::Failure(failure), 0, chunks)?;
        }
    }
    for input in &plan.inputs[position.source.min(plan.inputs.len())..] {
        walk(&input.to_source(), options, &mut |piece| match piece {
            Ok(piece) => {
                let bytes = size(&piece);
                push(Load::Piece(piece), bytes, chunks)
            }
            Err(failure) => push(Load::Failure(failure), 0, chunks),
        })?;
        push(Load::End(input.hashed()), 0, chunks)?;
    }
    ControlFlow::Continue(())
}

/// How many bytes a piece holds, as far as that is known.
fn size(piece: &Piece) -> usize {
    match &piece.content {
        Content::Bytes { bytes, .. } | Content::Rows { bytes, .. } => bytes.len(),
        Content::Ready(outcomes) => outcomes.iter().flatten().map(|document| document.text.len()).sum(),
    }
}

/// Parses and annotates.
pub(super) fn annotate(pipeline: &Pipeline, options: &ReadOptions, loads: Vec<Load>) -> Vec<Ready> {
    let mut ready = Vec::with_capacity(2 * loads.len());
    for load in loads {
        let mut reached = 0;
        let outcomes = match load {
            Load::Piece(piece) => {
                reached = piece.reached;
                parse(piece, options)
            }
            Load::Failure(failure) => vec![Err(failure)],
            Load::End(input) => {
                ready.push(Ready::End(input));
                continue;
            }
        };
        for outcome in outcomes {
            ready.push(match batch::annotate(pipeline, outcome) {
                Outcome::Failed(failure) => Ready::Failure(failure),
                Outcome::Annotated(document, annotation) => {
                    let sketch = Sketch::of(&document.text, &annotation.tokens);
                    Ready::Document(document, annotation, sketch)
                }
            });
        }
        ready.push(Ready::Loaded(reached));
    }
    ready
}

/// The documents of a piece; a reader that panics, against its promise, loses this piece and not the batch.
fn parse(piece: Piece, options: &ReadOptions) -> Outcomes {
    let source = piece.source.clone();
    guarded(|| piece.documents(options)).unwrap_or_else(|_| {
        let message = format!("{source}: it could not be read; please report it as a bug");
        vec![Err(Failure::new(&source, None, Stage::Read, message))]
    })
}
