//! Columns on their way in, by Arrow's C data and C stream interfaces: no copy. The only place with `unsafe`.
//!
//! A producer hands out a capsule whose name tells what it points to; the structs behind it fulfil the interface, or the
//! producer is broken. What can be checked is: the name, and that nobody took the content before.

#![allow(unsafe_code)]

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

use polars::prelude::{PolarsError, PolarsResult};
use polars_arrow::array::Array;
use polars_arrow::datatypes::Field;
use polars_arrow::ffi::{
    ArrowArray, ArrowArrayStream, ArrowArrayStreamReader, ArrowSchema, import_array_from_c, import_field_from_c,
};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

/// The arrays of a column.
pub(crate) type Chunks = (Vec<Box<dyn Array>>, Field);

/// The arrays of an object that speaks Arrow; `None` where it does not.
pub(crate) fn chunks(given: &Bound<'_, PyAny>) -> PyResult<Option<Chunks>> {
    let py = given.py();
    let (stream, array) = (intern!(py, "__arrow_c_stream__"), intern!(py, "__arrow_c_array__"));
    // A broken producer may make the library for Arrow panic, which must not reach Python as such.
    let imported = if given.hasattr(array)? {
        let capsules = given.call_method0(array)?.cast_into::<PyTuple>()?;
        let schema = pointer::<ArrowSchema>(&capsules.get_item(0)?, c"arrow_schema")?;
        let array = pointer::<ArrowArray>(&capsules.get_item(1)?, c"arrow_array")?;
        catch_unwind(AssertUnwindSafe(|| one_array(schema, array)))
    } else if given.hasattr(stream)? {
        let capsule = given.call_method0(stream)?;
        let stream = pointer::<ArrowArrayStream>(&capsule, c"arrow_array_stream")?;
        catch_unwind(AssertUnwindSafe(|| all_arrays(stream)))
    } else {
        return Ok(None);
    };
    let imported = imported.unwrap_or_else(|_| Err(PolarsError::ComputeError("the data are malformed".into())));
    imported.map(Some).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// What a capsule with this name points to.
fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &'static CStr) -> PyResult<NonNull<T>> {
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| PyTypeError::new_err(format!("no capsule but {capsule}")))?;
    Ok(capsule.pointer_checked(Some(name))?.cast())
}

fn one_array(schema: NonNull<ArrowSchema>, array: NonNull<ArrowArray>) -> PolarsResult<Chunks> {
    // SAFETY: the capsule holds a schema, and is alive while this borrows it.
    let field = unsafe { import_field_from_c(schema.as_ref())? };
    // SAFETY: the capsule holds an array. It is taken out, as the interface asks for, so that it is released once.
    let array = unsafe { std::ptr::replace(array.as_ptr(), ArrowArray::empty()) };
    // SAFETY: the array is of this schema: both came out of one call.
    let array = unsafe { import_array_from_c(array, field.dtype.clone())? };
    Ok((vec![array], field))
}

fn all_arrays(stream: NonNull<ArrowArrayStream>) -> PolarsResult<Chunks> {
    // SAFETY: the capsule holds a stream. It is taken out, so that it is released once.
    let stream = unsafe { std::ptr::replace(stream.as_ptr(), ArrowArrayStream::empty()) };
    // SAFETY: the name of the capsule says that this is a stream; one that was taken before is refused.
    let mut reader = unsafe { ArrowArrayStreamReader::try_new(Box::new(stream))? };
    let mut chunks = Vec::new();
    // SAFETY: as before.
    while let Some(chunk) = unsafe { reader.next() } {
        chunks.push(chunk?);
    }
    Ok((chunks, reader.field().clone()))
}
