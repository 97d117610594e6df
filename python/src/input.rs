//! What callers give: texts and identifiers, one by one, in lists, or in columns of any library that speaks Arrow.

use std::borrow::Cow;

use polars_arrow::array::{
    Array, DictionaryArray, DictionaryKey, NullArray, PrimitiveArray, StructArray, Utf8Array, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, IntegerType};
use polars_arrow::types::NativeType;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyString};

use crate::{capsule, error};

pub(crate) type ArrayRef = Box<dyn Array>;

/// A column of texts.
pub(crate) enum Texts {
    Arrow(Vec<Strings>),
    List(Vec<Option<String>>),
}

/// One array of a column of texts.
pub(crate) enum Strings {
    Small(Utf8Array<i32>),
    Large(Utf8Array<i64>),
    View(Utf8ViewArray),
    Categories { keys: Vec<Option<usize>>, values: Box<Strings> },
    Nulls(usize),
}

impl Texts {
    /// A column named `what` in messages.
    pub(crate) fn from_python(given: &Bound<'_, PyAny>, what: &str) -> PyResult<Self> {
        if given.is_instance_of::<PyString>() || given.is_instance_of::<PyBytes>() {
            return Err(error::input(format!(
                "{what}: one {} is no column; put it into a list, or use annotate() for one text",
                type_name(given)
            )));
        }
        if let Some(chunks) = arrow_chunks(given, what)? {
            return chunks.into_iter().map(|chunk| Strings::of(chunk, what)).collect::<PyResult<_>>().map(Self::Arrow);
        }
        let mut texts = Vec::with_capacity(given.len().unwrap_or(0));
        for (row, value) in items(given, what)?.enumerate() {
            let value = value?;
            texts.push(if is_null(&value)? {
                None
            } else if let Ok(text) = value.cast::<PyString>() {
                Some(text_of(text)?.into_owned())
            } else {
                return Err(error::input(format!(
                    "{what}, row {row}: {} is no text; give str or None",
                    type_name(&value)
                )));
            });
        }
        Ok(Self::List(texts))
    }

    /// Identifiers, which may be numbers.
    pub(crate) fn ids(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(chunks) = arrow_chunks(given, "ids")? {
            if let Some(numbers) = chunks.iter().map(numbers).collect::<Option<Vec<_>>>() {
                return Ok(Self::List(numbers.concat()));
            }
            return chunks.into_iter().map(|chunk| Strings::of(chunk, "ids")).collect::<PyResult<_>>().map(Self::Arrow);
        }
        if given.is_instance_of::<PyString>() {
            return Err(error::input("ids: one str is no column; give one id for each text"));
        }
        let mut ids = Vec::new();
        for (row, value) in items(given, "ids")?.enumerate() {
            let value = value?;
            ids.push(if is_null(&value)? {
                None
            } else if value.is_instance_of::<PyString>() || value.is_instance_of::<PyInt>() {
                Some(text_of(&value.str()?)?.into_owned())
            } else {
                return Err(error::input(format!(
                    "ids, row {row}: {} is no id; give str, int or None",
                    type_name(&value)
                )));
            });
        }
        Ok(Self::List(ids))
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Arrow(chunks) => chunks.iter().map(Strings::len).sum(),
            Self::List(texts) => texts.len(),
        }
    }

    /// All texts in their order.
    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = Option<Cow<'_, str>>> + Send + '_> {
        match self {
            Self::Arrow(chunks) => {
                Box::new(chunks.iter().flat_map(|chunk| (0..chunk.len()).map(move |at| chunk.get(at))))
            }
            Self::List(texts) => Box::new(texts.iter().map(|text| text.as_deref().map(Cow::Borrowed))),
        }
    }
}

impl Strings {
    pub(crate) fn of(array: ArrayRef, what: &str) -> PyResult<Self> {
        let any = array.as_any();
        if let Some(array) = any.downcast_ref::<Utf8ViewArray>() {
            Ok(Self::View(array.clone()))
        } else if let Some(array) = any.downcast_ref::<Utf8Array<i64>>() {
            Ok(Self::Large(array.clone()))
        } else if let Some(array) = any.downcast_ref::<Utf8Array<i32>>() {
            Ok(Self::Small(array.clone()))
        } else if any.is::<NullArray>() {
            Ok(Self::Nulls(array.len()))
        } else if let ArrowDataType::Dictionary(key, ..) = array.dtype().to_storage() {
            match key {
                IntegerType::Int8 => Self::categories::<i8>(&array, what),
                IntegerType::Int16 => Self::categories::<i16>(&array, what),
                IntegerType::Int32 => Self::categories::<i32>(&array, what),
                IntegerType::Int64 => Self::categories::<i64>(&array, what),
                IntegerType::UInt8 => Self::categories::<u8>(&array, what),
                IntegerType::UInt16 => Self::categories::<u16>(&array, what),
                IntegerType::UInt32 => Self::categories::<u32>(&array, what),
                IntegerType::UInt64 => Self::categories::<u64>(&array, what),
                IntegerType::Int128 | IntegerType::UInt128 => Err(no_text(&array, what)),
            }
        } else {
            Err(no_text(&array, what))
        }
    }

    fn categories<K: DictionaryKey>(array: &ArrayRef, what: &str) -> PyResult<Self> {
        let Some(array) = array.as_any().downcast_ref::<DictionaryArray<K>>() else {
            return Err(no_text(array, what));
        };
        let keys = array.keys().iter().map(|key| key.and_then(|key| (*key).try_into().ok())).collect();
        Ok(Self::Categories { keys, values: Box::new(Self::of(array.values().clone(), what)?) })
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Small(array) => array.len(),
            Self::Large(array) => array.len(),
            Self::View(array) => array.len(),
            Self::Categories { keys, .. } => keys.len(),
            Self::Nulls(length) => *length,
        }
    }

    /// The text of a row. Bytes that are no UTF-8, which some libraries let through, are replaced.
    pub(crate) fn get(&self, at: usize) -> Option<Cow<'_, str>> {
        let bytes = match self {
            Self::Small(array) => array.get(at).map(str::as_bytes),
            Self::Large(array) => array.get(at).map(str::as_bytes),
            Self::View(array) => array.get(at).map(str::as_bytes),
            Self::Categories { keys, values } => {
                let key = keys.get(at).copied().flatten();
                return key.filter(|key| *key < values.len()).and_then(|key| values.get(key));
            }
            Self::Nulls(_) => None,
        };
        bytes.map(String::from_utf8_lossy)
    }
}

/// Whole numbers as text; `None` where the array does not hold any.
fn numbers(array: &ArrayRef) -> Option<Vec<Option<String>>> {
    fn of<T: NativeType + ToString>(array: &ArrayRef) -> Option<Vec<Option<String>>> {
        let numbers = array.as_any().downcast_ref::<PrimitiveArray<T>>()?;
        Some(numbers.iter().map(|number| number.map(ToString::to_string)).collect())
    }
    match array.dtype().to_storage() {
        ArrowDataType::Int8 => of::<i8>(array),
        ArrowDataType::Int16 => of::<i16>(array),
        ArrowDataType::Int32 => of::<i32>(array),
        ArrowDataType::Int64 => of::<i64>(array),
        ArrowDataType::UInt8 => of::<u8>(array),
        ArrowDataType::UInt16 => of::<u16>(array),
        ArrowDataType::UInt32 => of::<u32>(array),
        ArrowDataType::UInt64 => of::<u64>(array),
        _ => None,
    }
}

/// The arrays of an object that speaks Arrow; of a table, those of its only column.
pub(crate) fn arrow_chunks(given: &Bound<'_, PyAny>, what: &str) -> PyResult<Option<Vec<ArrayRef>>> {
    let py = given.py();
    let imported = capsule::chunks(given).map_err(|cause| {
        let (kind, reason) = (type_name(given), cause.value(py).to_string());
        let error = error::input(format!(
            "{what}: {kind} cannot be read as one column of Arrow data ({reason}); give a column of strings"
        ));
        error.set_cause(py, Some(cause));
        error
    })?;
    let Some((chunks, field)) = imported else { return Ok(None) };
    let ArrowDataType::Struct(fields) = field.dtype().to_storage() else { return Ok(Some(chunks)) };
    if fields.len() != 1 {
        let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
        return Err(error::input(format!(
            "{what}: a table with {} columns ({}) is no column; choose one, or use annotate_frame()",
            names.len(),
            names.join(", ")
        )));
    }
    let columns = chunks.iter().filter_map(|chunk| chunk.as_any().downcast_ref::<StructArray>()?.values().first());
    Ok(Some(columns.cloned().collect()))
}

pub(crate) fn items<'py>(
    given: &Bound<'py, PyAny>,
    what: &str,
) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, PyAny>>>> {
    given.try_iter().map_err(|_| {
        error::input(format!(
            "{what}: {} is no column; give a list, or a column of polars, pyarrow, pandas or DuckDB",
            type_name(given)
        ))
    })
}

/// `None`, `NaN`, `pandas.NA`, `NaT`.
pub(crate) fn is_null(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        return Ok(true);
    }
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBool>() {
        return Ok(false);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let kind = value.get_type().name()?;
    Ok(kind == "NAType" || kind == "NaTType" || (kind == "datetime64" && value.str()? == "NaT"))
}

/// The text of a `str`. A lone surrogate, which no UTF-8 can hold, becomes `U+FFFD`, so that all offsets stay.
pub(crate) fn text_of<'t>(text: &'t Bound<'_, PyString>) -> PyResult<Cow<'t, str>> {
    if let Ok(text) = text.to_str() {
        return Ok(Cow::Borrowed(text));
    }
    let encoded = text.call_method1(intern!(text.py(), "encode"), ("utf-8", "surrogatepass"))?;
    let mut bytes = encoded.cast::<PyBytes>()?.as_bytes().to_vec();
    let mut at = 0;
    while at + 2 < bytes.len() {
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
        at += 1;
    }
    Ok(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))
}

fn no_text(array: &ArrayRef, what: &str) -> PyErr {
    error::input(format!("{what}: a column of {:?} holds no texts; give a column of strings", array.dtype()))
}

pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "it".to_owned(), |name| name.to_string())
}
