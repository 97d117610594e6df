//! Data in a form that is small in a file and quickly read by a browser.
//!
//! A pack is a JSON object and columns of whole numbers in LEB128, deflated as one and written in base64: nothing of it
//! can be taken for markup. `report/src/unpack.js` reads it.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::{Map, Value, json};

/// A pack under construction.
#[derive(Default)]
pub(super) struct Pack {
    header: Map<String, Value>,
    /// Name of each column to its place in `bytes` and its number of values.
    columns: Map<String, Value>,
    bytes: Vec<u8>,
}

impl Pack {
    /// Adds a value to the object.
    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.header.insert(name.to_owned(), value.into());
    }

    /// Adds a column.
    pub(super) fn column(&mut self, name: &str, values: impl IntoIterator<Item = u32>) {
        let start = self.bytes.len();
        let mut count = 0_u32;
        for value in values {
            push(&mut self.bytes, value);
            count += 1;
        }
        self.columns.insert(name.to_owned(), json!([start, count]));
    }

    /// Adds a column whose neighbours are alike: only their differences are stored.
    pub(super) fn alike(&mut self, name: &str, values: impl IntoIterator<Item = u32>) {
        let mut before = 0_u32;
        let zigzag = values.into_iter().map(|value| {
            let step = value.wrapping_sub(before).cast_signed();
            before = value;
            ((step << 1) ^ (step >> 31)).cast_unsigned()
        });
        self.column(name, zigzag);
    }

    /// The whole as text.
    pub(super) fn finish(mut self) -> std::io::Result<String> {
        self.header.insert("columns".to_owned(), Value::Object(self.columns));
        let header = serde_json::to_vec(&self.header)?;
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
        deflated.write_all(&(header.len() as u32).to_le_bytes())?;
        deflated.write_all(&header)?;
        deflated.write_all(&self.bytes)?;
        Ok(STANDARD.encode(deflated.finish()?))
    }
}

fn push(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Read;

    use super::*;

    /// The object and the bytes of the columns.
    pub(crate) fn unpack(text: &str) -> (Value, Vec<u8>) {
        let mut bytes = Vec::new();
        let deflated = STANDARD.decode(text).unwrap();
        flate2::read::DeflateDecoder::new(&deflated[..]).read_to_end(&mut bytes).unwrap();
        let length = u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize;
        (serde_json::from_slice(&bytes[4..4 + length]).unwrap(), bytes.split_off(4 + length))
    }

    /// A column of a pack.
    pub(crate) fn column(header: &Value, bytes: &[u8], name: &str) -> Vec<u32> {
        let place = &header["columns"][name];
        let mut at = place[0].as_u64().unwrap() as usize;
        let mut next = || {
            let (mut value, mut shift) = (0_u32, 0);
            loop {
                let byte = bytes[at];
                at += 1;
                value |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    return value;
                }
            }
        };
        (0..place[1].as_u64().unwrap()).map(|_| next()).collect()
    }

    #[test]
    fn columns_read_back() {
        let mut pack = Pack::default();
        pack.put("title", "</script>");
        pack.column("a", [0, 127, 128, u32::MAX]);
        pack.alike("b", [5, 3, 3, 100_000]);
        let text = pack.finish().unwrap();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)));
        let (header, bytes) = unpack(&text);
        assert_eq!(header["title"], "</script>");
        assert_eq!(column(&header, &bytes, "a"), [0, 127, 128, u32::MAX]);
        // Zigzag of 5, -2, 0, 99997.
        assert_eq!(column(&header, &bytes, "b"), [10, 3, 0, 199_994]);
    }
}
