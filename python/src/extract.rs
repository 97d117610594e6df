//! `ressort.extract`: whole archives into files, as the program does it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyDict;
use ressort::extract::{Event, Extraction, Report, Start};
use ressort::read::{Columns, ReadOptions, Split};
use ressort::write::{Format, JsonLayers, Partition, UnknownLayer};

use crate::days::day;
use crate::error;
use crate::pipeline::{Native, threads_of};

/// How often signals are asked for.
const PATIENCE: Duration = Duration::from_millis(50);

/// Runs an extraction; `settings` holds the options of `ressort.extract`.
#[pyfunction]
pub(crate) fn extract<'py>(
    py: Python<'py>,
    native: &Bound<'py, Native>,
    inputs: Vec<PathBuf>,
    output: PathBuf,
    settings: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyDict>> {
    let extraction = extraction(inputs, output, settings)?;
    let pipeline = native.get().pipeline.clone();
    let (report, heard) = py.detach(|| {
        let (stop, mut asked, mut heard) = (AtomicBool::new(false), Instant::now(), Heard::default());
        let report = extraction.run(&pipeline, &stop, &mut |event| {
            heard.note(event);
            if asked.elapsed() >= PATIENCE && heard.interrupt.is_none() {
                heard.interrupt = Python::attach(|py| py.check_signals()).err();
                stop.store(heard.interrupt.is_some(), Ordering::Relaxed);
                asked = Instant::now();
            }
        });
        (report, heard)
    });
    if let Some(interrupt) = heard.interrupt {
        return Err(interrupt);
    }
    let report = report.map_err(|error| error::extract(&error))?;
    let progress = &report.progress;
    if progress.documents == 0 && progress.failures > 0 {
        return Err(error::input(format!("nothing could be read: {}", heard.failures.join("\n"))));
    }
    summary(py, &report, heard)
}

/// Failures that are told; all of them are in the table `errors`.
const TOLD: usize = 20;

/// What happened on the way.
#[derive(Default)]
struct Heard {
    failures: Vec<String>,
    warnings: Vec<String>,
    interrupt: Option<PyErr>,
}

impl Heard {
    fn note(&mut self, event: &Event<'_>) {
        match event {
            Event::Failed(failure) if self.failures.len() < TOLD => self.failures.push(failure.to_string()),
            Event::Warning(warning) => self.warnings.push((*warning).to_owned()),
            _ => {}
        }
    }
}

fn extraction(inputs: Vec<PathBuf>, output: PathBuf, settings: &Bound<'_, PyDict>) -> PyResult<Extraction> {
    let text =
        |name: &str| -> PyResult<Option<String>> { settings.get_item(name)?.map_or(Ok(None), |value| value.extract()) };
    let flag = |name: &str| -> PyResult<bool> { settings.get_item(name)?.map_or(Ok(false), |value| value.extract()) };
    let number =
        |name: &str| -> PyResult<Option<usize>> { settings.get_item(name)?.map_or(Ok(None), |value| value.extract()) };
    let mut extraction = Extraction::new(inputs, output);
    let formats: Vec<String> = settings.get_item("formats")?.map_or(Ok(Vec::new()), |value| value.extract())?;
    extraction.formats =
        formats.iter().map(|name| name.parse::<Format>().map_err(error::option)).collect::<PyResult<_>>()?;
    extraction.partition =
        text("partition")?.map(|name| name.parse::<Partition>().map_err(error::option)).transpose()?;
    extraction.layers = text("layers")?
        .unwrap_or_default()
        .parse::<JsonLayers>()
        .map_err(|unknown: UnknownLayer| error::option(unknown.to_string()))?;
    extraction.threads = threads_of(number("threads")?)?;
    if let Some(rows) = number("segment_rows")? {
        extraction.segment_rows = rows.max(1);
    }
    extraction.start = match (flag("resume")?, flag("update")?) {
        (true, true) => return Err(error::option("resume and update exclude each other; choose one")),
        (true, false) => Start::Resume,
        (false, true) => Start::Update,
        (false, false) => Start::Anew,
    };
    let split = match text("split")?.as_deref() {
        None | Some("auto") => Split::Auto,
        Some("none") => Split::None,
        Some(other) => return Err(error::option(format!("split: '{other}' is unknown; one of auto, none"))),
    };
    extraction.read = ReadOptions {
        split,
        date: settings.get_item("date")?.map(|date| day(&date, None)).transpose()?.flatten(),
        columns: Columns {
            text: text("text_column")?,
            date: text("date_column")?,
            title: text("title_column")?,
            id: text("id_column")?,
        },
        ..ReadOptions::default()
    };
    Ok(extraction)
}

fn summary<'py>(py: Python<'py>, report: &Report, heard: Heard) -> PyResult<Bound<'py, PyDict>> {
    let progress = &report.progress;
    let fields = PyDict::new(py);
    fields.set_item("documents", progress.documents)?;
    fields.set_item("failures", progress.failures)?;
    fields.set_item("mentions", progress.mentions)?;
    fields.set_item("entities", report.entities.height())?;
    fields.set_item("duplicates", progress.duplicates)?;
    fields.set_item("not_german", progress.foreign)?;
    fields.set_item("text_bytes", progress.text_bytes)?;
    fields.set_item("days", progress.days.map(|(first, last)| (first.to_string(), last.to_string())))?;
    fields.set_item("paths", &report.paths)?;
    fields.set_item("messages", &heard.failures)?;
    fields.set_item("warnings", [heard.warnings.as_slice(), report.warnings.as_slice()].concat())?;
    fields.set_item("seconds", report.duration.as_secs_f64())?;
    Ok(fields)
}
