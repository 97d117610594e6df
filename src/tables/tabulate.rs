//! Documents in memory become tables, on all cores.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use super::{Frames, TableError, Tables};
use crate::batch::{Chunks, Duplicates, Outcome, Sketch, UniqueIds, annotate, ordered};
use crate::document::{Document, Failure};
use crate::pipeline::Pipeline;
use crate::read::language;

/// Annotates documents on several threads and gathers their tables, with the same rows as a run over files that hold
/// them: ids that occur again get a number, duplicates name the first of their kind, and a document of which the
/// language is not known has that of its text. Rows stand in the order of the input, whatever the number of threads.
///
/// `watch` hears on the caller's thread how many documents are done, again and again.
///
/// # Errors
/// The first error of `watch`, which ends the run, or [`TableError`] where polars cannot hold the tables.
///
/// ```
/// use ressort::batch::all_cores;
/// use ressort::tables::{TableError, tabulate};
/// use ressort::{Document, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let documents = ["Das BMDS lädt ein.", "Bayern sagt zu."].map(|text| Ok(Document::new(text)));
/// let frames = tabulate(&pipeline, documents.into_iter(), all_cores(), |_| Ok::<(), TableError>(()))?;
/// assert_eq!((frames.documents.height(), frames.mentions.height()), (2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn tabulate<E: From<TableError>>(
    pipeline: &Pipeline,
    documents: impl Iterator<Item = Result<Document, Failure>> + Send,
    threads: NonZeroUsize,
    mut watch: impl FnMut(usize) -> Result<(), E>,
) -> Result<Frames, E> {
    let gazetteer = pipeline.gazetteer();
    let mut tables = Tables::default();
    let (mut ids, mut duplicates, mut done) = (UniqueIds::default(), Duplicates::default(), 0);
    ordered(
        threads,
        |send| {
            let mut chunks = Chunks::new(send);
            for document in documents {
                let bytes = document.as_ref().map_or(0, |document| document.text.len());
                if chunks.push(document, bytes).is_break() {
                    return;
                }
            }
            let _ = chunks.send();
        },
        |chunk: Vec<Result<Document, Failure>>| -> Vec<_> {
            chunk.into_iter().map(|one| read(pipeline, one)).collect()
        },
        |chunk| {
            for (outcome, sketch) in chunk {
                match outcome {
                    Outcome::Failed(failure) => tables.fail(&failure),
                    Outcome::Annotated(mut document, annotation) => {
                        ids.make_unique(&mut document.id);
                        if let Some(sketch) = sketch {
                            document.duplicate_of = duplicates.first_of(&document.id, &sketch).map(str::to_owned);
                        }
                        tables.push(gazetteer, &document, &annotation);
                        done += 1;
                    }
                }
            }
            watch(done)?;
            Ok::<_, E>(ControlFlow::Continue(()))
        },
    )?;
    Ok(tables.finish(gazetteer)?)
}

fn read(pipeline: &Pipeline, document: Result<Document, Failure>) -> (Outcome, Option<Sketch>) {
    let document = document.map(|mut document| {
        if document.language.is_none() {
            document.language = language(&document.text).map(str::to_owned);
        }
        document
    });
    let outcome = annotate(pipeline, document);
    let sketch = match &outcome {
        Outcome::Annotated(document, annotation) => Sketch::of(&document.text, &annotation.tokens),
        Outcome::Failed(_) => None,
    };
    (outcome, sketch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(threads: usize) -> Frames {
        let documents = (0..400).map(|number: usize| match number % 40 {
            3 => Err(Failure::new("quelle", Some(number as u32), crate::document::Stage::Read, "kaputt")),
            5 => Ok(Document::new("The cabinet has adopted the draft of a law that the BMDS is to be the basis for.")),
            _ => {
                let text = format!("Das BMDS lädt zum {number}. Mal nach Bayern ein. {}", "Mehr. ".repeat(number));
                Ok(Document { id: format!("{}", number % 300), ..Document::new(text) })
            }
        });
        let pipeline = Pipeline::builder().build().unwrap();
        tabulate(&pipeline, documents, NonZeroUsize::new(threads).unwrap(), |_| Ok::<(), TableError>(())).unwrap()
    }

    #[test]
    fn rows_do_not_depend_on_threads() {
        let (one, three) = (run(1), run(3));
        assert_eq!((one.documents.height(), one.errors.height(), one.mentions.height()), (390, 10, 760));
        for ((_, a), (_, b)) in one.clone().into_tables().iter().zip(three.into_tables()) {
            assert!(a.equals_missing(&b));
        }
        let column = |name: &str| one.documents.column(name).unwrap().str().unwrap().clone();
        assert_eq!(column("language").get(4), Some("en"));
        assert_eq!(column("duplicate_of").get(43), Some(""), "the English sentence again");
        assert!(column("doc_id").iter().flatten().any(|id| id == "0~2"));
    }

    #[test]
    fn an_error_of_the_watcher_ends_the_run() {
        let endless = std::iter::repeat_with(|| Ok(Document::new("Das BMDS.")));
        let pipeline = Pipeline::builder().build().unwrap();
        let stopped = tabulate(&pipeline, endless, NonZeroUsize::MIN, |done| {
            if done < 500 { Ok(()) } else { Err(TableError(polars::prelude::PolarsError::NoData("halt".into()))) }
        });
        assert!(stopped.unwrap_err().to_string().contains("halt"));
    }
}
