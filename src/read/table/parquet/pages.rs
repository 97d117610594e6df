//! The pages of a column, for the decoder: what their headers say is held against what there is before it is believed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

use super::delta;
use super::footer::{Chunk, Field};
use super::source::{Budget, Source};
use super::thrift::{BYTE, Fault, I64, Outcome, TRUE, Thrift};
use super::unpack::unpack;

/// Bytes of the largest page, packed or not. One document may have a quarter of that.
const PAGE_BYTES: u64 = 256 << 20;
/// Bytes that are read to find the header of a page; it may have more, if it holds long statistics.
const HEADER_BYTES: u64 = 512;
/// Bytes of a value in a dictionary, besides its text.
const ENTRY: u64 = 40;

/// How many bytes of pages the decoder has been given since it was last asked for rows.
///
/// When they are enough, the column seems to end, so that it holds no more pages at a time than it must.
#[derive(Debug, Default)]
pub(super) struct Gate {
    given: AtomicU64,
}

impl Gate {
    pub(super) fn open(&self) {
        self.given.store(0, Relaxed);
    }

    fn is_shut(&self) -> bool {
        self.given.load(Relaxed) >= super::SLICE_BYTES
    }
}

pub(super) struct Pages {
    source: Source,
    budget: Arc<Budget>,
    gate: Arc<Gate>,
    at: u64,
    end: u64,
    codec: i64,
    physical: Type,
    optional: bool,
    /// Rows that no page has held yet.
    left: u64,
    dictionary: bool,
}

impl Pages {
    pub(super) fn new(
        source: &Source,
        budget: &Arc<Budget>,
        gate: &Arc<Gate>,
        field: &Field,
        chunk: Chunk,
        rows: u64,
    ) -> Self {
        Self {
            source: source.clone(),
            budget: Arc::clone(budget),
            gate: Arc::clone(gate),
            at: chunk.start,
            end: chunk.end,
            codec: chunk.codec,
            physical: field.physical,
            optional: field.optional,
            left: rows,
            dictionary: false,
        }
    }

    fn page(&mut self) -> std::result::Result<Option<Page>, String> {
        while self.at < self.end && self.left > 0 && !self.gate.is_shut() {
            let mut header = self.header()?;
            if self.codec == 0 {
                header.size = header.packed;
            }
            let start = self.at;
            self.at = start
                .checked_add(header.packed)
                .filter(|end| *end <= self.end)
                .ok_or("a page goes on behind the end of its column")?;
            if header.packed > PAGE_BYTES || header.size > PAGE_BYTES {
                return Err(format!("a page has more than {} MB", PAGE_BYTES >> 20));
            }
            // An index, or what is not known yet; and pages of no rows, at which the decoder would stop.
            let Some(holds) = header.holds.take() else { continue };
            if holds.values == 0 && !matches!(holds.sort, Sort::Dictionary) {
                continue;
            }
            let page = self.unpacked(start, &header, &holds)?;
            if page.is_data_page() {
                self.gate.given.fetch_add(page.buffer().len() as u64, Relaxed);
            }
            return Ok(Some(page));
        }
        Ok(None)
    }

    fn header(&mut self) -> std::result::Result<Header, String> {
        let mut length = HEADER_BYTES;
        loop {
            let most = (self.end - self.at).min(PAGE_BYTES);
            let bytes = self.source.read(self.at, length.min(most) as usize)?;
            let mut thrift = Thrift::new(&bytes, 0);
            match Header::of(&mut thrift) {
                Ok(header) => {
                    self.at += thrift.at as u64;
                    return Ok(header);
                }
                Err(Fault::Short) if length < most => length *= 8,
                Err(fault) => return Err(format!("the header of a page: {}", fault.what())),
            }
        }
    }

    fn unpacked(&mut self, start: u64, header: &Header, holds: &Holds) -> std::result::Result<Page, String> {
        let besides = match holds.sort {
            Sort::Dictionary => self.entries(header.size, holds)?,
            _ if holds.values > self.left => {
                return Err(format!("a page says that it has {} rows where {} are left", holds.values, self.left));
            }
            _ => 0,
        };
        let encoding = self.encoding(holds)?;
        self.budget.fits(header.packed + header.size + besides)?;
        self.budget.spend(header.size)?;
        let packed = self.source.read(start, header.packed as usize)?;
        // Levels of the second version are not packed.
        let levels = match holds.sort {
            Sort::Second { levels, .. } => usize::try_from(levels).unwrap_or(usize::MAX),
            _ => 0,
        };
        let size = header.size as usize;
        let bytes = if self.codec == 0 || matches!(holds.sort, Sort::Second { packed: false, .. }) {
            packed
        } else {
            let (head, rest) = packed.split_at_checked(levels).ok_or("the levels of a page are longer than it")?;
            let size = size.checked_sub(levels).ok_or("the levels of a page are longer than it")?;
            let mut bytes = head.to_vec();
            if size > 0 {
                unpack(self.codec, rest, size, &mut bytes)?;
            }
            bytes
        };
        if levels > bytes.len() {
            return Err("the levels of a page are longer than it".to_owned());
        }
        let (bytes, encoding) = self.plain(bytes, levels, encoding, holds)?;
        let buf = self.budget.hold(bytes, besides);
        let values = holds.values as u32;
        Ok(match holds.sort {
            Sort::Dictionary => {
                self.dictionary = true;
                Page::DictionaryPage { buf, num_values: values, encoding, is_sorted: false }
            }
            Sort::First { .. } => {
                self.left -= holds.values;
                Page::DataPage {
                    buf,
                    num_values: values,
                    encoding,
                    def_level_encoding: holds.level_encoding(),
                    rep_level_encoding: Encoding::RLE,
                    statistics: None,
                }
            }
            Sort::Second { nulls, .. } => {
                self.left -= holds.values;
                Page::DataPageV2 {
                    buf,
                    num_values: values,
                    encoding,
                    num_nulls: u32::try_from(nulls).unwrap_or(u32::MAX),
                    num_rows: values,
                    def_levels_byte_len: levels as u32,
                    rep_levels_byte_len: 0,
                    is_compressed: false,
                    statistics: None,
                }
            }
        })
    }

    /// What the entries of a dictionary take besides its bytes.
    fn entries(&self, size: u64, holds: &Holds) -> std::result::Result<u64, String> {
        let least = match self.physical {
            Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
            Type::BOOLEAN | Type::FIXED_LEN_BYTE_ARRAY => return Err("a dictionary of truth values".to_owned()),
        };
        if holds.values.saturating_mul(least) > size {
            return Err("a dictionary has fewer values than it says".to_owned());
        }
        Ok(holds.values * ENTRY)
    }

    /// How values are written, where that goes with their type.
    fn encoding(&self, holds: &Holds) -> std::result::Result<Encoding, String> {
        let whole = matches!(self.physical, Type::INT32 | Type::INT64);
        let encoding = match (holds.encoding, self.physical) {
            (0, _) => Encoding::PLAIN,
            (2 | 8, _) if matches!(holds.sort, Sort::Dictionary) => Encoding::PLAIN,
            (2 | 8, _) if self.dictionary => Encoding::RLE_DICTIONARY,
            (2 | 8, _) => return Err("a dictionary is missing".to_owned()),
            (3, Type::BOOLEAN) => Encoding::RLE,
            (5, _) if whole => Encoding::DELTA_BINARY_PACKED,
            (6, Type::BYTE_ARRAY) => Encoding::DELTA_LENGTH_BYTE_ARRAY,
            (7, Type::BYTE_ARRAY) => Encoding::DELTA_BYTE_ARRAY,
            (9, Type::FLOAT | Type::DOUBLE) => Encoding::BYTE_STREAM_SPLIT,
            (9, _) if whole => Encoding::BYTE_STREAM_SPLIT,
            (other, _) => return Err(format!("values are written in a way that is not known ({other})")),
        };
        Ok(encoding)
    }

    /// The bytes of a page without encodings by which the decoder would reserve memory.
    fn plain(
        &self,
        bytes: Vec<u8>,
        levels: usize,
        encoding: Encoding,
        holds: &Holds,
    ) -> std::result::Result<(Vec<u8>, Encoding), String> {
        if !matches!(
            encoding,
            Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY
        ) {
            return Ok((bytes, encoding));
        }
        let levels = match holds.sort {
            Sort::First { level_encoding: 4 } if self.optional => holds.values.div_ceil(8) as usize,
            Sort::First { .. } if self.optional => {
                let length = bytes.first_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize);
                length.saturating_add(4)
            }
            _ => levels,
        };
        let (head, rest) = bytes.split_at_checked(levels).ok_or("the levels of a page are longer than it")?;
        let (count, limit) = (holds.values as usize, PAGE_BYTES as usize);
        let values = match (encoding, self.physical) {
            (Encoding::DELTA_BINARY_PACKED, Type::INT32) => delta::numbers(rest, 4, count, limit)?,
            (Encoding::DELTA_BINARY_PACKED, _) => delta::numbers(rest, 8, count, limit)?,
            _ => delta::texts(rest, encoding == Encoding::DELTA_BYTE_ARRAY, count, limit)?,
        };
        let more = values.len().saturating_sub(rest.len()) as u64;
        self.budget.fits(values.len() as u64)?;
        self.budget.spend(more)?;
        Ok(([head, &values].concat(), Encoding::PLAIN))
    }
}

/// What stands before a page.
#[derive(Debug)]
struct Header {
    size: u64,
    packed: u64,
    holds: Option<Holds>,
}

#[derive(Debug)]
struct Holds {
    sort: Sort,
    values: u64,
    encoding: i64,
}

#[derive(Debug, Clone, Copy)]
enum Sort {
    Dictionary,
    First { level_encoding: i64 },
    Second { nulls: u64, levels: u64, packed: bool },
}

impl Holds {
    fn level_encoding(&self) -> Encoding {
        match self.sort {
            #[allow(deprecated, reason = "old files have it")]
            Sort::First { level_encoding: 4 } => Encoding::BIT_PACKED,
            _ => Encoding::RLE,
        }
    }
}

impl Header {
    fn of(thrift: &mut Thrift<'_>) -> Outcome<Self> {
        let (mut sort, mut size, mut packed) = (-1, None, None);
        let (mut first, mut dictionary, mut second) = (None, None, None);
        thrift.whole(|thrift, field, kind| {
            match field {
                1 => sort = thrift.number(kind)?,
                2 => size = u64::try_from(thrift.number(kind)?).ok(),
                3 => packed = u64::try_from(thrift.number(kind)?).ok(),
                5 => first = Some(Numbers::of(thrift, kind)?),
                7 => dictionary = Some(Numbers::of(thrift, kind)?),
                8 => second = Some(Numbers::of(thrift, kind)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let (Some(size), Some(packed)) = (size, packed) else {
            return Err(Fault::Wrong("it does not say how long the page is"));
        };
        let holds = match (sort, first, dictionary, second) {
            (0, Some(first), ..) => {
                let sort = Sort::First { level_encoding: first.number(3)? };
                Some(Holds { sort, values: first.count(1)?, encoding: first.number(2)? })
            }
            (2, _, Some(dictionary), _) => {
                Some(Holds { sort: Sort::Dictionary, values: dictionary.count(1)?, encoding: dictionary.number(2)? })
            }
            (3, .., Some(second)) => {
                let levels = second.count(5)?;
                if second.count(6)? > 0 {
                    return Err(Fault::Wrong("it has levels of lists"));
                }
                let sort = Sort::Second { nulls: second.count(2)?, levels, packed: second.packed };
                Some(Holds { sort, values: second.count(1)?, encoding: second.number(4)? })
            }
            (0 | 2 | 3, ..) => return Err(Fault::Wrong("it does not say what the page holds")),
            _ => None,
        };
        Ok(Self { size, packed, holds })
    }
}

/// The numbers among the first fields of a structure, and whether a page of the second version is packed.
#[derive(Debug)]
struct Numbers {
    found: [Option<i64>; 7],
    packed: bool,
}

impl Numbers {
    fn of(thrift: &mut Thrift<'_>, kind: u8) -> Outcome<Self> {
        let mut numbers = Self { found: [None; 7], packed: true };
        thrift.fields(kind, |thrift, field, kind| {
            let number = usize::try_from(field).ok().and_then(|field| numbers.found.get_mut(field));
            match number {
                // A truth value of a dictionary says whether it is sorted.
                Some(number) if (BYTE..=I64).contains(&kind) => *number = Some(thrift.number(kind)?),
                _ if field == 7 => {
                    numbers.packed = kind == TRUE;
                    return Ok(false);
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(numbers)
    }

    fn number(&self, field: usize) -> Outcome<i64> {
        self.found[field].ok_or(Fault::Wrong("a number is missing"))
    }

    /// A count, which has 31 bits.
    fn count(&self, field: usize) -> Outcome<u64> {
        let count = i32::try_from(self.number(field)?).ok().and_then(|count| u64::try_from(count).ok());
        count.ok_or(Fault::Wrong("a count is impossible"))
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.page().map_err(ParquetError::General)
    }

    // Only asked of those that skip rows, or read lists.
    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Err(ParquetError::General("pages are read one by one".to_owned()))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        Err(ParquetError::General("pages are read one by one".to_owned()))
    }
}
