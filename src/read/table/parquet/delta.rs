//! Numbers that are written as their differences, and texts whose lengths are, and maybe only where they differ from the
//! text before.
//!
//! Made plain before they are decoded: the decoder would reserve what the counts within the page ask for, and knows no
//! differences beyond 32 bits of numbers that have as many, which `DuckDB` writes.

/// Numbers as their differences, packed in blocks (`DELTA_BINARY_PACKED`).
#[derive(Debug, Clone)]
struct Packed<'b> {
    bytes: &'b [u8],
    /// Where the next block or miniblock begins; in the end, what follows the numbers.
    at: usize,
    per_mini: usize,
    minis: usize,
    left: usize,
    first: Option<i64>,
    last: i64,
    least: i64,
    widths: &'b [u8],
    mini: &'b [u8],
    width: usize,
    taken: usize,
}

fn damaged() -> String {
    "its lengths are damaged".to_owned()
}

impl<'b> Packed<'b> {
    fn new(bytes: &'b [u8]) -> Result<Self, String> {
        let mut packed = Self {
            bytes,
            at: 0,
            per_mini: 0,
            minis: 0,
            left: 0,
            first: None,
            last: 0,
            least: 0,
            widths: &[],
            mini: &[],
            width: 0,
            taken: 0,
        };
        let block = packed.size()?;
        packed.minis = packed.size()?;
        packed.left = packed.size()?;
        packed.first = Some(packed.signed()?);
        packed.per_mini = block.checked_div(packed.minis).ok_or_else(damaged)?;
        if block > 1 << 24
            || packed.per_mini == 0
            || !packed.per_mini.is_multiple_of(32)
            || packed.per_mini * packed.minis != block
        {
            return Err(damaged());
        }
        packed.taken = packed.per_mini;
        Ok(packed)
    }

    fn unsigned(&mut self) -> Result<u64, String> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or_else(damaged)?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(damaged())
    }

    fn size(&mut self) -> Result<usize, String> {
        usize::try_from(self.unsigned()?).map_err(|_| damaged())
    }

    fn signed(&mut self) -> Result<i64, String> {
        let value = self.unsigned()?;
        Ok((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    fn next_mini(&mut self) -> Result<(), String> {
        if self.widths.is_empty() {
            self.least = self.signed()?;
            self.widths = self.bytes.get(self.at..).and_then(|rest| rest.get(..self.minis)).ok_or_else(damaged)?;
            self.at += self.minis;
        }
        let (width, widths) = self.widths.split_first().ok_or_else(damaged)?;
        self.width = usize::from(*width);
        if self.width > 64 {
            return Err(damaged());
        }
        self.widths = widths;
        let length = self.width * self.per_mini / 8;
        self.mini = self.bytes.get(self.at..).and_then(|rest| rest.get(..length)).ok_or_else(damaged)?;
        self.at += length;
        self.taken = 0;
        Ok(())
    }

    fn next(&mut self) -> Result<i64, String> {
        self.left = self.left.checked_sub(1).ok_or_else(damaged)?;
        if let Some(first) = self.first.take() {
            self.last = first;
            return Ok(first);
        }
        if self.taken == self.per_mini {
            self.next_mini()?;
        }
        let bit = self.taken * self.width;
        self.taken += 1;
        // 64 bits lie in nine bytes, if they do not begin one.
        let end = (bit + self.width).div_ceil(8);
        let bytes = self.mini.get(bit / 8..end).ok_or_else(damaged)?;
        let window = bytes.iter().rev().fold(0u128, |window, byte| window << 8 | u128::from(*byte));
        let difference = (window >> (bit % 8)) as u64 & u64::MAX.checked_shr(64 - self.width as u32).unwrap_or(0);
        self.last = self.last.wrapping_add(self.least).wrapping_add(difference.cast_signed());
        Ok(self.last)
    }

    /// A length, which has 31 bits.
    fn next_size(&mut self) -> Result<usize, String> {
        usize::try_from(self.next()? as i32).map_err(|_| damaged())
    }

    /// Before anything is decoded: a few bytes can stand for any number of the same numbers.
    fn fits(&self, count: usize, limit: usize) -> Result<(), String> {
        let fits = self.left <= count && self.left.saturating_mul(4) <= limit;
        if fits { Ok(()) } else { Err(damaged()) }
    }

    /// What follows the numbers.
    fn behind(&self) -> Result<&'b [u8], String> {
        let mut packed = self.clone();
        while packed.left > 0 {
            packed.next()?;
        }
        self.bytes.get(packed.at..).ok_or_else(damaged)
    }
}

/// Numbers of four or eight bytes as they are written plainly; no more than so many, and bytes.
pub(super) fn numbers(bytes: &[u8], width: usize, count: usize, limit: usize) -> Result<Vec<u8>, String> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let mut packed = Packed::new(bytes)?;
    packed.fits(count, limit / 2)?;
    let mut out = Vec::with_capacity(packed.left * width);
    while packed.left > 0 {
        out.extend_from_slice(&packed.next()?.to_le_bytes()[..width]);
    }
    Ok(out)
}

/// Texts as they are written plainly, each behind its length; no more than so many, and bytes.
pub(super) fn texts(bytes: &[u8], shared: bool, count: usize, limit: usize) -> Result<Vec<u8>, String> {
    // All of them are missing.
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let mut prefixes = if shared { Some(Packed::new(bytes)?) } else { None };
    let mut rest = bytes;
    if let Some(prefixes) = &prefixes {
        prefixes.fits(count, limit)?;
        rest = prefixes.behind()?;
    }
    let mut lengths = Packed::new(rest)?;
    lengths.fits(count, limit)?;
    if prefixes.as_ref().is_some_and(|prefixes| prefixes.left != lengths.left) {
        return Err(damaged());
    }
    rest = lengths.behind()?;
    let mut out = Vec::with_capacity(lengths.left * 4 + rest.len());
    let mut before = 0..0;
    while lengths.left > 0 {
        let (text, behind) = rest.split_at_checked(lengths.next_size()?).ok_or_else(damaged)?;
        rest = behind;
        let prefix = prefixes.as_mut().map_or(Ok(0), Packed::next_size)?;
        let length = prefix.saturating_add(text.len());
        if prefix > before.len() || length.saturating_add(out.len() + 4) > limit {
            return Err(damaged());
        }
        out.extend_from_slice(&(length as u32).to_le_bytes());
        let start = out.len();
        out.extend_from_within(before.start..before.start + prefix);
        out.extend_from_slice(text);
        before = start..out.len();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varint(mut value: u64, out: &mut Vec<u8>) {
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }

    /// Numbers in blocks of 128, four miniblocks each, with eight bits for a number.
    fn packed(numbers: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for value in [128, 4, numbers.len() as u64, u64::from(numbers[0]) * 2] {
            varint(value, &mut out);
        }
        for block in numbers.windows(2).collect::<Vec<_>>().chunks(128) {
            // Differences of 100 and more above the least, -100.
            varint(199, &mut out);
            out.extend((0..4).map(|mini| if mini * 32 < block.len() { 8 } else { 77 }));
            let differences = block.iter().map(|pair| (i16::from(pair[1]) - i16::from(pair[0]) + 100) as u8);
            out.extend(differences.chain(std::iter::repeat(0)).take(block.len().next_multiple_of(32)));
        }
        out
    }

    #[test]
    fn texts_are_made_plain() {
        let texts: Vec<String> = (0..300).map(|number| "Bundestag".repeat(number % 7)).collect();
        let expected: Vec<u8> =
            texts.iter().flat_map(|text| [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()).collect();
        let lengths: Vec<u8> = texts.iter().map(|text| text.len() as u8).collect();
        let whole = [packed(&lengths), texts.concat().into_bytes()].concat();
        assert_eq!(super::texts(&whole, false, 300, 1 << 20).unwrap(), expected);
        let prefixes: Vec<u8> = (0..300).map(|at| if at == 0 { 0 } else { lengths[at].min(lengths[at - 1]) }).collect();
        let suffixes: Vec<u8> = (0..300).map(|at| lengths[at] - prefixes[at]).collect();
        let rest: String = (0..300).map(|at| &texts[at][usize::from(prefixes[at])..]).collect();
        let shared = [packed(&prefixes), packed(&suffixes), rest.into_bytes()].concat();
        assert_eq!(super::texts(&shared, true, 300, 1 << 20).unwrap(), expected);
        assert!(super::texts(&shared, true, 299, 1 << 20).is_err());
        assert!(super::texts(&shared, true, 300, expected.len() - 1).is_err());
        // Any byte may be wrong or missing.
        for at in 0..shared.len() {
            let mut damaged = shared.clone();
            damaged[at] ^= 0x5a;
            let _ = super::texts(&damaged, true, 300, 1 << 20);
            let _ = super::texts(&shared[..at], true, 300, 1 << 20);
        }
    }

    #[test]
    fn numbers_are_made_plain() {
        let values: Vec<u8> = (0..300u32).map(|number| (number * number % 90) as u8).collect();
        for width in [4, 8] {
            let expected: Vec<u8> =
                values.iter().flat_map(|value| u64::from(*value).to_le_bytes()[..width].to_vec()).collect();
            assert_eq!(numbers(&packed(&values), width, 300, 1 << 20).unwrap(), expected);
        }
        // Differences of 64 bits: 0, then 2^63 - 1 more than the least, -1.
        let mut bytes = Vec::new();
        for value in [128, 4, 2, 0, 1] {
            varint(value, &mut bytes);
        }
        bytes.extend([64, 0, 0, 0]);
        bytes.extend(u64::MAX.to_le_bytes().into_iter().chain([0; 248]));
        assert_eq!(numbers(&bytes, 8, 2, 1 << 20).unwrap()[8..], (-2i64).to_le_bytes());
    }

    #[test]
    fn a_count_reserves_nothing() {
        let mut bytes = Vec::new();
        for value in [128, 4, u64::MAX >> 1, 0] {
            varint(value, &mut bytes);
        }
        assert!(numbers(&bytes, 8, usize::MAX, 1 << 28).is_err());
        assert!(texts(&bytes, false, usize::MAX, 1 << 28).is_err());
    }
}
