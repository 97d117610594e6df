//! The native module of the Python package `ressort`: a thin layer that takes columns in and hands tables out. What
//! users see is written in Python, in `python/ressort`.

mod capsule;
mod days;
mod document;
mod error;
mod extract;
mod input;
mod pipeline;
mod table;

use pyo3::prelude::*;

/// The day that a value means, as `YYYY-MM-DD`.
#[pyfunction]
fn day(given: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    Ok(days::day(given, None)?.map(|day| day.to_string()))
}

#[pymodule(name = "_ressort")]
fn native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<pipeline::Native>()?;
    module.add_class::<document::Annotated>()?;
    module.add_class::<table::Arrow>()?;
    module.add_function(wrap_pyfunction!(day, module)?)?;
    module.add_function(wrap_pyfunction!(extract::extract, module)?)
}
