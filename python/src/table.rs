//! Tables on their way out, by Arrow's C stream interface: no copy, and no other package needed.

use polars::prelude::{CompatLevel, DataFrame, PlSmallStr};
use polars_arrow::array::{Array, ListArray, StructArray};
use polars_arrow::bitmap::Bitmap;
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{ArrowArrayStream, export_iterator};
use polars_arrow::offset::Offsets;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// A table or a column that speaks Arrow.
#[pyclass(frozen, module = "ressort._ressort")]
pub(crate) struct Arrow {
    array: Box<dyn Array>,
}

#[pymethods]
impl Arrow {
    /// A capsule with an `ArrowArrayStream` of one array. Another schema cannot be asked for.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let field = Field::new(PlSmallStr::EMPTY, self.array.dtype().clone(), self.array.null_count() > 0);
        let stream: ArrowArrayStream = export_iterator(Box::new(std::iter::once(Ok(self.array.clone()))), field);
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    /// Names and types of the columns.
    fn columns(&self) -> Vec<(String, String)> {
        match self.array.dtype() {
            ArrowDataType::Struct(fields) => {
                fields.iter().map(|field| (field.name.to_string(), type_name(field.dtype()).to_owned())).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Arrow {
    pub(crate) fn of_frame(frame: &DataFrame) -> Self {
        Self { array: struct_array(frame).boxed() }
    }

    /// The rows of `frame` in a list for each text, null where the text is. `documents` says which rows are of which text.
    pub(crate) fn lists(
        frame: &DataFrame,
        documents: &DataFrame,
        nulls: &[bool],
        leave_out: &[&str],
    ) -> PyResult<Self> {
        let failed = |error: polars::prelude::PolarsError| crate::error::table(&error.into());
        let owners = frame.column("doc_id").and_then(|column| column.str()).map_err(failed)?;
        let ids = documents.column("doc_id").and_then(|column| column.str()).map_err(failed)?;
        let items = documents.column("item").and_then(|column| column.u32()).map_err(failed)?;
        let (mut lengths, mut known, mut row) = (vec![0_usize; nulls.len()], vec![false; nulls.len()], 0);
        for (id, item) in ids.iter().zip(items.iter()) {
            let from = row;
            while row < owners.len() && owners.get(row) == id {
                row += 1;
            }
            if let Some(item) = item.map(|item| item as usize).filter(|item| *item < nulls.len()) {
                (lengths[item], known[item]) = (row - from, !nulls[item]);
            }
        }
        let values = struct_array(&frame.drop_many(leave_out.iter().copied())).boxed();
        let offsets = Offsets::<i64>::try_from_lengths(lengths.into_iter()).map_err(failed)?;
        let dtype = ListArray::<i64>::default_datatype(values.dtype().clone());
        let validity = (!known.iter().all(|known| *known)).then(|| Bitmap::from(known));
        let array = ListArray::try_new(dtype, offsets.into(), values, validity).map_err(failed)?;
        Ok(Self { array: array.boxed() })
    }
}

/// The columns of a frame as the fields of a struct.
fn struct_array(frame: &DataFrame) -> StructArray {
    let mut fields = Vec::with_capacity(frame.width());
    let mut arrays = Vec::with_capacity(frame.width());
    for column in frame.columns() {
        // Large strings rather than views: all libraries compute with them.
        let array = column.as_materialized_series().rechunk().to_arrow(0, CompatLevel::oldest());
        fields.push(Field::new(column.name().clone(), array.dtype().clone(), true));
        arrays.push(array);
    }
    StructArray::new(ArrowDataType::Struct(fields), frame.height(), arrays, None)
}

fn type_name(dtype: &ArrowDataType) -> &'static str {
    match dtype {
        ArrowDataType::LargeUtf8 => "string",
        ArrowDataType::UInt32 => "uint32",
        ArrowDataType::Float64 => "float64",
        ArrowDataType::Date32 => "date",
        _ => "other",
    }
}
