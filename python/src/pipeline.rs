//! The pipeline behind `ressort.Pipeline`. All work is done without the interpreter lock.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyString;
use ressort::batch::all_cores;
use ressort::document::{DateSource, Stage};
use ressort::read::language;
use ressort::resolve::Anaphors;
use ressort::tables::{Frames, TableError, tabulate};
use ressort::write::reading_object;
use ressort::{Document, Failure, Languages, Layers, Pipeline};

use crate::days::{Days, day};
use crate::document::Annotated;
use crate::error;
use crate::input::{Texts, text_of, type_name};
use crate::table::Arrow;

/// How often signals are asked for, such as that of Ctrl-C.
const PATIENCE: Duration = Duration::from_millis(50);

/// What is built once and used by any number of threads.
#[pyclass(frozen, module = "ressort._ressort")]
pub(crate) struct Native {
    pub(crate) pipeline: Pipeline,
}

#[pymethods]
impl Native {
    #[new]
    #[pyo3(signature = (*, gazetteers, embedded, model, mentions, topics, anaphors, any_language))]
    #[allow(clippy::too_many_arguments, clippy::fn_params_excessive_bools)] // one for each option
    fn new(
        py: Python<'_>,
        gazetteers: Vec<PathBuf>,
        embedded: bool,
        model: Option<PathBuf>,
        mentions: bool,
        topics: bool,
        anaphors: bool,
        any_language: bool,
    ) -> PyResult<Self> {
        let mut builder = Pipeline::builder()
            .layers(Layers { mentions, topics })
            .anaphors(if anaphors { Anaphors::Resolve } else { Anaphors::Ignore })
            .languages(if any_language { Languages::Any } else { Languages::German });
        if !embedded {
            builder = builder.without_embedded_gazetteers();
        }
        for file in gazetteers {
            builder = builder.gazetteer_file(file);
        }
        if let Some(model) = &model {
            builder = builder.model_file(model);
        }
        let built = py.detach(|| catch_unwind(AssertUnwindSafe(|| builder.build())));
        let built = built.map_err(|_| error::bug("building the pipeline"))?;
        Ok(Self { pipeline: built.map_err(|error| error::build(error, model.as_deref()))? })
    }

    #[pyo3(signature = (text, date=None, id=None, title=None))]
    fn annotate(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        date: Option<&Bound<'_, PyAny>>,
        id: Option<String>,
        title: Option<String>,
    ) -> PyResult<Annotated> {
        let text = one_text(text, "text")?;
        if text.len() > u32::MAX as usize {
            return Err(error::input(too_long(text.len())));
        }
        let date = date.map(|date| day(date, None)).transpose()?.flatten();
        let mut document = Document { id: id.unwrap_or_default(), title, ..Document::new(text) };
        if let Some(date) = date {
            document = document.with_date(date);
        }
        let pipeline = self.pipeline.clone();
        py.detach(|| {
            catch_unwind(AssertUnwindSafe(|| {
                document.language = language(&document.text).map(str::to_owned);
                let annotation = pipeline.annotate(&document);
                Annotated { pipeline, document, annotation }
            }))
        })
        .map_err(|_| error::bug("the annotation"))
    }

    /// What a name can mean, as JSON.
    fn lookup(&self, py: Python<'_>, name: &Bound<'_, PyAny>, date: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        let name = one_text(name, "name")?;
        let date = date.map(|date| day(date, None)).transpose()?.flatten();
        py.detach(|| {
            let gazetteer = self.pipeline.gazetteer();
            let readings = self.pipeline.lookup(&name, date);
            let objects: Vec<_> =
                readings.iter().map(|reading| reading_object(gazetteer, &name, reading, date)).collect();
            serde_json::to_string(&objects).map_err(|error| error::input(error.to_string()))
        })
    }

    /// The tables of a column of texts, in the order of `ressort.Tables`.
    #[pyo3(signature = (texts, dates=None, ids=None, titles=None, threads=None))]
    fn tables(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        ids: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
    ) -> PyResult<Vec<(&'static str, Arrow)>> {
        let column = Column::from_python(texts, dates, ids, titles)?;
        let threads = threads_of(threads)?;
        py.detach(|| {
            let frames = column.annotate(&self.pipeline, threads)?;
            Ok(frames.into_tables().iter().map(|(table, frame)| (table.as_str(), Arrow::of_frame(frame))).collect())
        })
    }

    /// For each text the list of its mentions or topics.
    #[pyo3(signature = (texts, dates, topics, threads=None))]
    fn lists(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        topics: bool,
        threads: Option<usize>,
    ) -> PyResult<Arrow> {
        let column = Column::from_python(texts, dates, None, None)?;
        let threads = threads_of(threads)?;
        py.detach(|| {
            let frames = column.annotate(&self.pipeline, threads)?;
            let (rows, leave_out): (_, &[&str]) =
                if topics { (&frames.topics, &["doc_id"]) } else { (&frames.mentions, &["doc_id", "mention"]) };
            Arrow::lists(rows, &frames.documents, &column.nulls(), leave_out)
        })
    }

    /// Hashes of gazetteers and model and what is switched on, as JSON.
    fn settings(&self) -> String {
        self.pipeline.settings().to_string()
    }
}

/// Texts with what is known about them.
struct Column {
    texts: Texts,
    days: Days,
    ids: Option<Texts>,
    titles: Option<Texts>,
}

impl Column {
    fn from_python(
        texts: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        ids: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let texts = Texts::from_python(texts, "texts")?;
        let days = Days::from_python(dates)?;
        let ids = ids.filter(|ids| !ids.is_none()).map(Texts::ids).transpose()?;
        let titles = titles.filter(|titles| !titles.is_none());
        let titles = titles.map(|titles| Texts::from_python(titles, "titles")).transpose()?;
        let lengths =
            [("dates", days.len()), ("ids", ids.as_ref().map(Texts::len)), ("titles", titles.as_ref().map(Texts::len))];
        for (what, length) in lengths {
            if let Some(length) = length.filter(|length| *length != texts.len()) {
                return Err(error::input(format!("{} texts and {length} {what}: give one for each text", texts.len())));
            }
        }
        Ok(Self { texts, days, ids, titles })
    }

    fn annotate(&self, pipeline: &Pipeline, threads: NonZeroUsize) -> PyResult<Frames> {
        let mut asked = Instant::now();
        tabulate(pipeline, self.documents(), threads, |_| {
            if asked.elapsed() >= PATIENCE {
                Python::attach(|py| py.check_signals()).map_err(Stop::Python)?;
                asked = Instant::now();
            }
            Ok(())
        })
        .map_err(|stop| match stop {
            Stop::Python(error) => error,
            Stop::Table(error) => error::table(&error),
        })
    }

    /// A document for each text; one without text where it is null.
    fn documents(&self) -> impl Iterator<Item = Result<Document, Failure>> + Send {
        let (mut ids, mut titles) = (self.ids.as_ref().map(Texts::iter), self.titles.as_ref().map(Texts::iter));
        let given = if matches!(self.days, Days::All(_)) { DateSource::Given } else { DateSource::Record };
        self.texts.iter().enumerate().map(move |(row, text)| {
            let id = ids.as_mut().and_then(|ids| ids.next().flatten());
            let title = titles.as_mut().and_then(|titles| titles.next().flatten());
            let text = text.unwrap_or_default();
            if text.len() > u32::MAX as usize {
                return Err(Failure::new("", Some(row as u32), Stage::Read, too_long(text.len())));
            }
            let date = self.days.get(row);
            Ok(Document {
                id: id.map_or_else(|| row.to_string(), Cow::into_owned),
                item: row as u32,
                title: title.map(Cow::into_owned),
                date,
                date_source: date.map(|_| given),
                ..Document::new(text)
            })
        })
    }

    /// Which texts are null.
    fn nulls(&self) -> Vec<bool> {
        self.texts.iter().map(|text| text.is_none()).collect()
    }
}

/// Why a column is not annotated to its end.
enum Stop {
    Python(PyErr),
    Table(TableError),
}

impl From<TableError> for Stop {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

pub(crate) fn threads_of(threads: Option<usize>) -> PyResult<NonZeroUsize> {
    let Some(threads) = threads else { return Ok(all_cores()) };
    NonZeroUsize::new(threads).ok_or_else(|| error::option("threads: 0 threads do nothing; give 1 or more"))
}

fn one_text(given: &Bound<'_, PyAny>, what: &str) -> PyResult<String> {
    match given.cast::<PyString>() {
        Ok(text) => Ok(text_of(text)?.into_owned()),
        Err(_) => Err(error::input(format!(
            "{what}: {} is no text; give one str (for many texts there is annotate_column)",
            type_name(given)
        ))),
    }
}

fn too_long(bytes: usize) -> String {
    format!("a text of {bytes} bytes is too long: at most 4 GiB; divide it")
}
