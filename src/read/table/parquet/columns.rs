//! The values of a column, a slice of rows after the other.

use std::sync::Arc;

use parquet::basic::{Repetition, Type};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::schema::types::{ColumnDescriptor, ColumnPath, Type as SchemaType};
use polars::prelude::TimeUnit;

use super::cell::Cell;
use super::footer::{Chunk, Field, Kind};
use super::pages::{Gate, Pages};
use super::source::{Budget, Source};

/// A column within a group of rows.
pub(super) trait Column {
    /// Reads on, up to so many rows that were not taken yet; says how many there are.
    ///
    /// They may be fewer, if the column takes much memory, but none only if there are no more.
    fn fill(&mut self, rows: usize) -> Result<usize, String>;

    /// Takes the cell of the next row.
    fn next(&mut self) -> Cell<'_>;
}

/// Opens a column.
pub(super) fn open(
    source: &Source,
    budget: &Arc<Budget>,
    field: &Field,
    chunk: Chunk,
    rows: u64,
) -> Result<Box<dyn Column>, String> {
    let gate = Arc::new(Gate::default());
    let pages = Pages::new(source, budget, &gate, field, chunk, rows);
    Ok(match field.physical {
        Type::BOOLEAN => Box::new(Typed::<BoolType>::new(field, pages, gate)?),
        Type::INT32 => Box::new(Typed::<Int32Type>::new(field, pages, gate)?),
        Type::INT64 => Box::new(Typed::<Int64Type>::new(field, pages, gate)?),
        Type::INT96 => Box::new(Typed::<Int96Type>::new(field, pages, gate)?),
        Type::FLOAT => Box::new(Typed::<FloatType>::new(field, pages, gate)?),
        Type::DOUBLE => Box::new(Typed::<DoubleType>::new(field, pages, gate)?),
        Type::BYTE_ARRAY => Box::new(Typed::<ByteArrayType>::new(field, pages, gate)?),
        Type::FIXED_LEN_BYTE_ARRAY => return Err("a column of bytes".to_owned()),
    })
}

struct Typed<T: DataType> {
    reader: ColumnReaderImpl<T>,
    gate: Arc<Gate>,
    kind: Kind,
    optional: bool,
    /// Values that are there, and whether there is one in a row, if the column may lack some.
    values: Vec<T::T>,
    levels: Vec<i16>,
    /// How many of both were taken.
    value: usize,
    row: usize,
}

impl<T: DataType> Typed<T> {
    fn new(field: &Field, pages: Pages, gate: Arc<Gate>) -> Result<Self, String> {
        let repetition = if field.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        let kind = SchemaType::primitive_type_builder(&field.name, field.physical).with_repetition(repetition).build();
        let kind = Arc::new(kind.map_err(|error| error.to_string())?);
        let path = ColumnPath::from(vec![field.name.clone()]);
        let described = Arc::new(ColumnDescriptor::new(kind, i16::from(field.optional), 0, path));
        Ok(Self {
            reader: ColumnReaderImpl::<T>::new(described, Box::new(pages)),
            gate,
            kind: field.kind,
            optional: field.optional,
            values: Vec::new(),
            levels: Vec::new(),
            value: 0,
            row: 0,
        })
    }

    fn rows(&self) -> usize {
        if self.optional { self.levels.len() } else { self.values.len() }
    }
}

impl<T: DataType> Column for Typed<T>
where
    T::T: Valued,
{
    fn fill(&mut self, rows: usize) -> Result<usize, String> {
        self.values.drain(..std::mem::take(&mut self.value));
        if self.optional {
            self.levels.drain(..self.row);
        }
        self.row = 0;
        if self.rows() == 0 {
            self.gate.open();
        }
        let wanted = rows.saturating_sub(self.rows());
        if wanted > 0 {
            let levels = self.optional.then_some(&mut self.levels);
            self.reader.read_records(wanted, levels, None, &mut self.values).map_err(|error| error.to_string())?;
        }
        Ok(self.rows())
    }

    fn next(&mut self) -> Cell<'_> {
        let there = !self.optional || self.levels.get(self.row) == Some(&1);
        self.row += 1;
        if !there {
            return Cell::Null;
        }
        self.value += 1;
        self.values.get(self.value - 1).map_or(Cell::Null, |value| value.cell(self.kind))
    }
}

/// What a value is, in a column of some kind.
trait Valued {
    fn cell(&self, kind: Kind) -> Cell<'_>;
}

impl Valued for bool {
    fn cell(&self, _: Kind) -> Cell<'_> {
        Cell::Truth(*self)
    }
}

impl Valued for i32 {
    fn cell(&self, kind: Kind) -> Cell<'_> {
        match kind {
            Kind::Unsigned => Cell::Unsigned(u64::from(self.cast_unsigned())),
            Kind::Day => Cell::Day(*self),
            _ => Cell::Number(i64::from(*self)),
        }
    }
}

impl Valued for i64 {
    fn cell(&self, kind: Kind) -> Cell<'_> {
        match kind {
            Kind::Unsigned => Cell::Unsigned(self.cast_unsigned()),
            Kind::Time(unit, zoned) => Cell::Time(*self, unit, zoned),
            _ => Cell::Number(*self),
        }
    }
}

impl Valued for Int96 {
    fn cell(&self, _: Kind) -> Cell<'_> {
        // Nanoseconds of 64 bits reach from 1677 to 2262.
        if self.to_seconds().unsigned_abs() < 9_200_000_000 {
            Cell::Time(self.to_nanos(), TimeUnit::Nanoseconds, false)
        } else {
            Cell::Time(self.to_micros(), TimeUnit::Microseconds, false)
        }
    }
}

impl Valued for f32 {
    fn cell(&self, _: Kind) -> Cell<'_> {
        Cell::Single(*self)
    }
}

impl Valued for f64 {
    fn cell(&self, _: Kind) -> Cell<'_> {
        Cell::Double(*self)
    }
}

impl Valued for ByteArray {
    fn cell(&self, _: Kind) -> Cell<'_> {
        str::from_utf8(self.data()).map_or_else(|_| Cell::Damaged(self.data()), Cell::Text)
    }
}
