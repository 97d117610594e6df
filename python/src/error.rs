//! Errors of the library become exceptions of the package.

use std::path::Path;

use pyo3::prelude::*;
use ressort::BuildError;
use ressort::extract::ExtractError;
use ressort::gazetteer::GazetteerError;
use ressort::tables::TableError;

/// The classes of `ressort.errors`.
mod class {
    pyo3::import_exception!(ressort.errors, RessortError);
    pyo3::import_exception!(ressort.errors, GazetteerError);
    pyo3::import_exception!(ressort.errors, ModelError);
    pyo3::import_exception!(ressort.errors, DateError);
    pyo3::import_exception!(ressort.errors, InputError);
    pyo3::import_exception!(ressort.errors, OptionError);
    pyo3::import_exception!(ressort.errors, OutputError);
}

/// What is given is not what is asked for.
pub(crate) fn input(message: impl Into<String>) -> PyErr {
    class::InputError::new_err(message.into())
}

/// An option has no such value.
pub(crate) fn option(message: impl Into<String>) -> PyErr {
    class::OptionError::new_err(message.into())
}

/// A text or thing is no date; `row` counts from 0.
pub(crate) fn date(message: impl std::fmt::Display, row: Option<usize>) -> PyErr {
    let place = row.map_or_else(String::new, |row| format!("dates, row {row}: "));
    class::DateError::new_err((format!("{place}{message}, or None where the day is not known"), row))
}

/// A pipeline cannot be built; `model` is the file that was asked for.
pub(crate) fn build(error: BuildError, model: Option<&Path>) -> PyErr {
    match error {
        BuildError::Gazetteer(error) => {
            let problems: Vec<_> = match &error {
                GazetteerError::Invalid { problems } => problems
                    .iter()
                    .map(|problem| (problem.file.clone(), problem.line, problem.what.clone(), problem.remedy.clone()))
                    .collect(),
                GazetteerError::Read { .. } => Vec::new(),
            };
            class::GazetteerError::new_err((error.to_string(), problems))
        }
        BuildError::Model(error) => {
            let (message, path) = (error.to_string(), model.map(|path| path.display().to_string()));
            let place = path.filter(|path| !message.contains(path.as_str()));
            class::ModelError::new_err(place.map_or(message.clone(), |path| format!("{path}: {message}")))
        }
        other => class::RessortError::new_err(other.to_string()),
    }
}

pub(crate) fn table(error: &TableError) -> PyErr {
    class::RessortError::new_err(error.to_string())
}

pub(crate) fn extract(error: &ExtractError) -> PyErr {
    let message = error.to_string().replace("--resume", "resume=True").replace("--update", "update=True");
    class::OutputError::new_err(message)
}

/// The library broke its promise not to panic.
pub(crate) fn bug(what: &str) -> PyErr {
    class::RessortError::new_err(format!("{what} failed because of a mistake in ressort; please report it as a bug"))
}
