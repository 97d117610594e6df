//! The compact protocol of Thrift, in which Parquet writes its footer and the headers of its pages.
//!
//! Nothing is allocated by a length that the bytes name, and nesting has an end.

/// Why a structure cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It goes on behind the bytes that there are.
    Short,
    Wrong(&'static str),
}

impl Fault {
    pub(super) fn what(self) -> String {
        match self {
            Self::Short => "it ends too early".to_owned(),
            Self::Wrong(what) => what.to_owned(),
        }
    }
}

pub(super) type Outcome<T> = Result<T, Fault>;

/// How deep structures may lie in each other that nobody reads.
const DEPTH: u32 = 24;

pub(super) const TRUE: u8 = 1;
const FALSE: u8 = 2;
pub(super) const BYTE: u8 = 3;
pub(super) const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
const UUID: u8 = 13;

/// Reads one value after the other.
#[derive(Debug, Clone)]
pub(super) struct Thrift<'b> {
    bytes: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Thrift<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn take(&mut self, length: u64) -> Outcome<&'b [u8]> {
        let rest = self.bytes.get(self.at..).ok_or(Fault::Short)?;
        let taken = usize::try_from(length).ok().and_then(|length| rest.get(..length)).ok_or(Fault::Short)?;
        self.at += taken.len();
        Ok(taken)
    }

    fn byte(&mut self) -> Outcome<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn unsigned(&mut self) -> Outcome<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Fault::Wrong("a number has too many bytes"))
    }

    fn signed(&mut self) -> Outcome<i64> {
        let value = self.unsigned()?;
        Ok((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    /// A whole number of any width.
    pub(super) fn number(&mut self, kind: u8) -> Outcome<i64> {
        match kind {
            BYTE => Ok(i64::from(self.byte()?.cast_signed())),
            kind if (BYTE..=I64).contains(&kind) => self.signed(),
            _ => Err(Fault::Wrong("a number was expected")),
        }
    }

    pub(super) fn binary(&mut self, kind: u8) -> Outcome<&'b [u8]> {
        if kind != BINARY {
            return Err(Fault::Wrong("a text was expected"));
        }
        let length = self.unsigned()?;
        self.take(length)
    }

    /// The head of a list: of what kind its items are, and how many.
    pub(super) fn list(&mut self, kind: u8) -> Outcome<(u8, usize)> {
        if kind != LIST && kind != SET {
            return Err(Fault::Wrong("a list was expected"));
        }
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.unsigned()? } else { u64::from(head >> 4) };
        // Each item has a byte at least.
        let left = self.bytes.len().saturating_sub(self.at);
        let count = usize::try_from(count).ok().filter(|count| *count <= left).ok_or(Fault::Short)?;
        Ok((head & 15, count))
    }

    /// Hands the fields of a structure to `field`, which says whether it has read one; others are passed over.
    pub(super) fn fields(
        &mut self,
        kind: u8,
        mut field: impl FnMut(&mut Self, i64, u8) -> Outcome<bool>,
    ) -> Outcome<()> {
        if kind != STRUCT {
            return Err(Fault::Wrong("a structure was expected"));
        }
        self.structure(&mut field, 0)
    }

    /// As `fields`, of a structure that stands alone.
    pub(super) fn whole(&mut self, mut field: impl FnMut(&mut Self, i64, u8) -> Outcome<bool>) -> Outcome<()> {
        self.structure(&mut field, 0)
    }

    fn structure(&mut self, field: &mut dyn FnMut(&mut Self, i64, u8) -> Outcome<bool>, depth: u32) -> Outcome<()> {
        let mut last = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            last = if head >> 4 == 0 { self.signed()? } else { i64::from(head >> 4).saturating_add(last) };
            let kind = head & 15;
            if !field(self, last, kind)? {
                self.pass(kind, false, depth + 1)?;
            }
        }
    }

    fn pass(&mut self, kind: u8, listed: bool, depth: u32) -> Outcome<()> {
        if depth > DEPTH {
            return Err(Fault::Wrong("it is nested too deeply"));
        }
        match kind {
            // A truth value that is a field stands in the head of the field.
            TRUE | FALSE => self.take(u64::from(listed)).map(drop),
            BYTE => self.take(1).map(drop),
            kind if (BYTE..=I64).contains(&kind) => self.unsigned().map(drop),
            DOUBLE => self.take(8).map(drop),
            BINARY => self.binary(BINARY).map(drop),
            LIST | SET => {
                let (kind, count) = self.list(kind)?;
                (0..count).try_for_each(|_| self.pass(kind, true, depth + 1))
            }
            MAP => {
                let count = self.unsigned()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                (0..count).try_for_each(|_| {
                    self.pass(kinds >> 4, true, depth + 1)?;
                    self.pass(kinds & 15, true, depth + 1)
                })
            }
            STRUCT => self.structure(&mut |_, _, _| Ok(false), depth),
            UUID => self.take(16).map(drop),
            _ => Err(Fault::Wrong("a value is of no known kind")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_others_passed_over() {
        // 1: i32 -3, 2: binary "ab", 4: list of two structures (one with a true), 5: false, 20: i64 300
        let bytes = [0x15, 5, 0x18, 2, b'a', b'b', 0x29, 0x2c, 0x11, 0, 0, 0x12, 0x06, 40, 0xd8, 0x04, 0];
        let mut seen = Vec::new();
        let mut thrift = Thrift::new(&bytes, 0);
        let read = thrift.whole(|thrift, field, kind| {
            seen.push(field);
            Ok(match field {
                1 => thrift.number(kind)? == -3,
                20 => thrift.number(kind)? == 300,
                _ => false,
            })
        });
        assert_eq!((read, seen, thrift.at), (Ok(()), vec![1, 2, 4, 5, 20], bytes.len()));
        for end in 0..bytes.len() {
            assert_eq!(Thrift::new(&bytes[..end], 0).whole(|_, _, _| Ok(false)), Err(Fault::Short));
        }
    }

    #[test]
    fn nesting_and_counts_have_an_end() {
        let deep = Thrift::new(&vec![0x1c; 100_000], 0).whole(|_, _, _| Ok(false));
        assert_eq!(deep, Err(Fault::Wrong("it is nested too deeply")));
        let many = [0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0];
        assert_eq!(Thrift::new(&many, 0).whole(|_, _, _| Ok(false)), Err(Fault::Short));
    }
}
