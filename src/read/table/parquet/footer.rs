//! The footer of a Parquet file: which columns there are, and where they lie in each group of rows.
//!
//! Groups are read one by one while the file is read, so that only the bytes of the footer are held.

use parquet::basic::Type;
use polars::prelude::TimeUnit;

use super::source::Source;
use super::thrift::{Fault, Outcome, TRUE, Thrift};

/// Bytes of the longest footer that is read.
const FOOTER_BYTES: u64 = 128 << 20;
/// The most columns that are read beside each other.
const COLUMNS: usize = 1 << 16;

/// What the values of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Truth,
    Number,
    Unsigned,
    Float,
    Day,
    /// A time, and whether it is one of UTC rather than of a clock.
    Time(TimeUnit, bool),
}

/// A column of plain values.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) physical: Type,
    pub(super) kind: Kind,
    pub(super) optional: bool,
    /// Which of the columns that the file stores; structures have several.
    leaf: usize,
}

/// Where the values of a column lie in a group of rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) codec: i64,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) rows: u64,
    /// A chunk of each field.
    pub(super) chunks: Vec<Chunk>,
}

#[derive(Debug)]
pub(super) struct Footer {
    bytes: Vec<u8>,
    pub(super) fields: Vec<Field>,
    /// Rows of all groups.
    pub(super) rows: u64,
    leaves: usize,
    groups: usize,
    kind: u8,
    at: usize,
    length: u64,
    /// Bytes of all chunks so far.
    claimed: u64,
}

impl Footer {
    pub(super) fn of(source: &Source) -> Result<Self, String> {
        let length = source.length();
        let Some(end) = length.checked_sub(8).filter(|end| *end > 4) else {
            return Err("it is too short".to_owned());
        };
        let tail = source.read(end, 8)?;
        match &tail[4..] {
            b"PAR1" => {}
            b"PARE" => return Err("it is encrypted".to_owned()),
            _ => return Err("its end is missing".to_owned()),
        }
        let size = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
        let start = end.checked_sub(size).ok_or("its footer would be longer than the file")?;
        if size > FOOTER_BYTES {
            return Err(format!("its footer has more than {} MB", FOOTER_BYTES >> 20));
        }
        let bytes = source.read(start, size as usize)?;
        let mut footer =
            Self { bytes, fields: Vec::new(), rows: 0, leaves: 0, groups: 0, kind: 0, at: 0, length, claimed: 0 };
        footer.scan().map_err(|fault| format!("its footer: {}", fault.what()))?;
        Ok(footer)
    }

    fn scan(&mut self) -> Outcome<()> {
        let bytes = std::mem::take(&mut self.bytes);
        let (mut schema, mut groups) = (None, None);
        Thrift::new(&bytes, 0).whole(|thrift, field, kind| {
            match field {
                2 => schema = Some(columns(thrift, kind)?),
                4 => {
                    let (kind, count) = thrift.list(kind)?;
                    groups = Some((kind, count, thrift.at));
                    for _ in 0..count {
                        let rows = group_rows(thrift, kind)?;
                        self.rows = self.rows.checked_add(rows).ok_or(Fault::Wrong("it has too many rows"))?;
                    }
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        (self.fields, self.leaves) = schema.ok_or(Fault::Wrong("it names no columns"))?;
        (self.kind, self.groups, self.at) = groups.unwrap_or_default();
        self.bytes = bytes;
        Ok(())
    }

    /// The next group of rows, if there is one more.
    pub(super) fn next_group(&mut self) -> Option<Result<Group, String>> {
        self.groups = self.groups.checked_sub(1)?;
        let mut thrift = Thrift::new(&self.bytes, self.at);
        let group = self.group(&mut thrift).map_err(|fault| format!("its footer: {}", fault.what()));
        self.at = thrift.at;
        Some(group.and_then(|group| self.claim(group)))
    }

    /// No byte is read twice, or a small file could be read for ever.
    fn claim(&mut self, group: Group) -> Result<Group, String> {
        let bytes = group.chunks.iter().fold(0u64, |bytes, chunk| bytes.saturating_add(chunk.end - chunk.start));
        self.claimed = self.claimed.saturating_add(bytes);
        if self.claimed > self.length {
            return Err("its footer: columns have more bytes than the file".to_owned());
        }
        Ok(group)
    }

    fn group(&self, thrift: &mut Thrift<'_>) -> Outcome<Group> {
        let mut group = Group { rows: 0, chunks: Vec::with_capacity(self.fields.len()) };
        let mut leaves = 0;
        thrift.fields(self.kind, |thrift, field, kind| {
            match field {
                1 => {
                    let (kind, count) = thrift.list(kind)?;
                    leaves = count;
                    for leaf in 0..count {
                        match self.fields.get(group.chunks.len()).filter(|field| field.leaf == leaf) {
                            Some(field) => group.chunks.push(self.chunk(thrift, kind, field)?),
                            None => thrift.fields(kind, |_, _, _| Ok(false))?,
                        }
                    }
                }
                3 => group.rows = count(thrift.number(kind)?)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if leaves != self.leaves || group.chunks.len() != self.fields.len() {
            return Err(Fault::Wrong("a group of rows has other columns than the table"));
        }
        Ok(group)
    }

    fn chunk(&self, thrift: &mut Thrift<'_>, kind: u8, column: &Field) -> Outcome<Chunk> {
        let (mut physical, mut codec, mut size, mut data, mut dictionary) = (None, 0, None, None, None);
        let mut elsewhere = false;
        thrift.fields(kind, |thrift, field, kind| {
            match field {
                1 => elsewhere = !thrift.binary(kind)?.is_empty(),
                3 => thrift.fields(kind, |thrift, field, kind| {
                    match field {
                        1 => physical = Some(thrift.number(kind)?),
                        4 => codec = thrift.number(kind)?,
                        7 => size = Some(count(thrift.number(kind)?)?),
                        9 => data = Some(count(thrift.number(kind)?)?),
                        11 => dictionary = Some(thrift.number(kind)?),
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if elsewhere {
            return Err(Fault::Wrong("a column lies in another file"));
        }
        if physical.and_then(physical_type) != Some(column.physical) {
            return Err(Fault::Wrong("a column is of another type than the table says"));
        }
        let (Some(size), Some(data)) = (size, data) else {
            return Err(Fault::Wrong("it does not say where a column lies"));
        };
        // Some writers say 0 where there is no dictionary, and some leave it out where there is one, in front of the data.
        let dictionary = dictionary.and_then(|at| u64::try_from(at).ok()).filter(|at| *at >= 4);
        let start = dictionary.map_or(data, |dictionary| dictionary.min(data));
        match start.checked_add(size) {
            Some(end) if end <= self.length => Ok(Chunk { start, end, codec }),
            _ => Err(Fault::Wrong("a column lies beyond the end of the file")),
        }
    }
}

fn count(number: i64) -> Outcome<u64> {
    u64::try_from(number).map_err(|_| Fault::Wrong("a count is negative"))
}

fn group_rows(thrift: &mut Thrift<'_>, kind: u8) -> Outcome<u64> {
    let mut rows = 0;
    thrift.fields(kind, |thrift, field, kind| {
        if field == 3 {
            rows = count(thrift.number(kind)?)?;
        }
        Ok(field == 3)
    })?;
    Ok(rows)
}

/// The columns of plain values, and how many the file stores in all; lists and structures are left out.
fn columns(thrift: &mut Thrift<'_>, kind: u8) -> Outcome<(Vec<Field>, usize)> {
    let (kind, count) = thrift.list(kind)?;
    let (mut fields, mut leaves) = (Vec::new(), 0);
    // How many fields are still to come, of the structures that are open.
    let mut open: Vec<u64> = Vec::new();
    for at in 0..count {
        let element = Element::of(thrift, kind)?;
        while open.last() == Some(&0) {
            open.pop();
        }
        let depth = open.len();
        match open.last_mut() {
            Some(left) => *left -= 1,
            None if at > 0 => return Err(Fault::Wrong("its table has several roots")),
            None => {}
        }
        let Some(physical) = element.physical.filter(|_| at > 0) else {
            open.push(element.children);
            continue;
        };
        if depth == 1
            && let Some((physical, kind)) = element.meaning(physical)
        {
            let name = String::from_utf8_lossy(element.name).into_owned();
            fields.push(Field { name, physical, kind, optional: element.repetition == Some(1), leaf: leaves });
        }
        leaves += 1;
    }
    if open.iter().any(|left| *left > 0) {
        return Err(Fault::Wrong("it names too few columns"));
    }
    if fields.len() > COLUMNS {
        return Err(Fault::Wrong("its table has too many columns"));
    }
    Ok((fields, leaves))
}

fn physical_type(number: i64) -> Option<Type> {
    Some(match number {
        0 => Type::BOOLEAN,
        1 => Type::INT32,
        2 => Type::INT64,
        3 => Type::INT96,
        4 => Type::FLOAT,
        5 => Type::DOUBLE,
        6 => Type::BYTE_ARRAY,
        7 => Type::FIXED_LEN_BYTE_ARRAY,
        _ => return None,
    })
}

/// An element of the schema.
#[derive(Debug, Default)]
struct Element<'b> {
    name: &'b [u8],
    physical: Option<i64>,
    repetition: Option<i64>,
    children: u64,
    converted: Option<i64>,
    logical: Option<Logical>,
}

#[derive(Debug, Clone, Copy)]
enum Logical {
    Text,
    Day,
    Time(TimeUnit, bool),
    /// With a sign?
    Whole(bool),
    Other,
}

impl<'b> Element<'b> {
    fn of(thrift: &mut Thrift<'b>, kind: u8) -> Outcome<Self> {
        let mut element = Self::default();
        thrift.fields(kind, |thrift, field, kind| {
            match field {
                1 => element.physical = Some(thrift.number(kind)?),
                3 => element.repetition = Some(thrift.number(kind)?),
                4 => element.name = thrift.binary(kind)?,
                5 => element.children = count(thrift.number(kind)?)?,
                6 => element.converted = Some(thrift.number(kind)?),
                10 => element.logical = Logical::of(thrift, kind)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(element)
    }

    /// How a column of plain values is read; others are not.
    fn meaning(&self, physical: i64) -> Option<(Type, Kind)> {
        // A repeated column is a list.
        if self.repetition == Some(2) {
            return None;
        }
        let physical = physical_type(physical)?;
        let kind = match (physical, self.logical, self.converted) {
            (Type::BOOLEAN, ..) => Kind::Truth,
            (Type::FLOAT | Type::DOUBLE, ..) => Kind::Float,
            (Type::INT96, ..) => Kind::Time(TimeUnit::Nanoseconds, false),
            (Type::BYTE_ARRAY, Some(Logical::Text), _) | (Type::BYTE_ARRAY, None, Some(0 | 4 | 19)) => Kind::Text,
            (Type::INT32, Some(Logical::Day), _) | (Type::INT32, None, Some(6)) => Kind::Day,
            (Type::INT64, Some(Logical::Time(unit, zoned)), _) => Kind::Time(unit, zoned),
            (Type::INT64, None, Some(9)) => Kind::Time(TimeUnit::Milliseconds, false),
            (Type::INT64, None, Some(10)) => Kind::Time(TimeUnit::Microseconds, false),
            (Type::INT32 | Type::INT64, Some(Logical::Whole(false)), _)
            | (Type::INT32 | Type::INT64, None, Some(11..=14)) => Kind::Unsigned,
            (Type::INT32 | Type::INT64, Some(Logical::Whole(true)), _)
            | (Type::INT32 | Type::INT64, None, None | Some(15..=18)) => Kind::Number,
            _ => return None,
        };
        Some((physical, kind))
    }
}

impl Logical {
    fn of(thrift: &mut Thrift<'_>, kind: u8) -> Outcome<Option<Self>> {
        let mut logical = None;
        thrift.fields(kind, |thrift, field, kind| {
            let mut read = true;
            logical = Some(match field {
                8 => Self::time(thrift, kind)?,
                10 => Self::whole(thrift, kind)?,
                _ => {
                    read = false;
                    match field {
                        // Also enumerations and JSON, which are texts.
                        1 | 4 | 12 => Self::Text,
                        6 => Self::Day,
                        _ => Self::Other,
                    }
                }
            });
            Ok(read)
        })?;
        Ok(logical)
    }

    fn time(thrift: &mut Thrift<'_>, kind: u8) -> Outcome<Self> {
        let (mut zoned, mut unit) = (false, None);
        thrift.fields(kind, |thrift, field, kind| {
            match field {
                1 => zoned = kind == TRUE,
                2 => thrift.fields(kind, |_, field, _| {
                    unit = match field {
                        1 => Some(TimeUnit::Milliseconds),
                        2 => Some(TimeUnit::Microseconds),
                        3 => Some(TimeUnit::Nanoseconds),
                        _ => None,
                    };
                    Ok(false)
                })?,
                _ => {}
            }
            Ok(field == 2)
        })?;
        Ok(unit.map_or(Self::Other, |unit| Self::Time(unit, zoned)))
    }

    fn whole(thrift: &mut Thrift<'_>, kind: u8) -> Outcome<Self> {
        let mut sign = true;
        thrift.fields(kind, |_, field, kind| {
            if field == 2 {
                sign = kind == TRUE;
            }
            Ok(false)
        })?;
        Ok(Self::Whole(sign))
    }
}
