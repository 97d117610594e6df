//! Unpacks pages, to no more bytes than their headers say, and to no more than their packed bytes can hold.

use std::io::Read;

/// How a column is packed; the numbers are those of the format.
const PLAIN: i64 = 0;
const SNAPPY: i64 = 1;
const GZIP: i64 = 2;
const BROTLI: i64 = 4;
const LZ4_FRAMED: i64 = 5;
const ZSTD: i64 = 6;
const LZ4: i64 = 7;

/// Three bytes of Snappy stand for 64 at most, a byte of LZ4 for 255, and the first ones for a few more.
const SNAPPY_RATIO: usize = 22;
const LZ4_RATIO: usize = 255;
const START: usize = 64;

/// Appends what was packed, which is of that size.
pub(super) fn unpack(codec: i64, packed: &[u8], size: usize, out: &mut Vec<u8>) -> Result<(), String> {
    let before = out.len();
    match codec {
        PLAIN => out.extend_from_slice(packed),
        SNAPPY => {
            let room = room(out, packed, size, SNAPPY_RATIO)?;
            let length = snap::raw::decompress_len(packed).map_err(|error| error.to_string())?;
            if length != size {
                return Err(of_another_size());
            }
            snap::raw::Decoder::new().decompress(packed, room).map_err(|error| error.to_string())?;
        }
        GZIP => stream(flate2::read::MultiGzDecoder::new(packed), size, out)?,
        BROTLI => {
            // A window of up to a gigabyte, which is no Brotli of the standard.
            if packed.first().is_some_and(|first| first & 0x7f == 0x11) {
                return Err("its Brotli has a large window".to_owned());
            }
            stream(brotli_decompressor::Decompressor::new(packed, 4096), size, out)?;
        }
        LZ4_FRAMED => {
            // Some writers left out the frames.
            if hadoop(packed, size, out).is_err() {
                out.truncate(before);
                lz4(packed, size, out)?;
            }
        }
        ZSTD => {
            out.resize(before + size, 0);
            let length =
                zstd::bulk::decompress_to_buffer(packed, &mut out[before..]).map_err(|error| error.to_string())?;
            out.truncate(before + length);
        }
        LZ4 => lz4(packed, size, out)?,
        other => return Err(format!("its pages are packed in a way that is not known ({other})")),
    }
    if out.len() - before == size { Ok(()) } else { Err(of_another_size()) }
}

fn of_another_size() -> String {
    "a page unpacks to another size than its header says".to_owned()
}

/// Room for what so many bytes can be unpacked to.
fn room<'o>(out: &'o mut Vec<u8>, packed: &[u8], size: usize, ratio: usize) -> Result<&'o mut [u8], String> {
    if size > packed.len().saturating_mul(ratio).saturating_add(START) {
        return Err(of_another_size());
    }
    let before = out.len();
    out.resize(before + size, 0);
    Ok(&mut out[before..])
}

fn stream(reader: impl Read, size: usize, out: &mut Vec<u8>) -> Result<(), String> {
    reader.take(size as u64 + 1).read_to_end(out).map(drop).map_err(|error| error.to_string())
}

fn lz4(packed: &[u8], size: usize, out: &mut Vec<u8>) -> Result<(), String> {
    let before = out.len();
    let room = room(out, packed, size, LZ4_RATIO)?;
    let most = i32::try_from(size).map_err(|_| of_another_size())?;
    let length = lz4::block::decompress_to_buffer(packed, Some(most), room).map_err(|error| error.to_string())?;
    out.truncate(before + length);
    Ok(())
}

/// LZ4 as Hadoop writes it: blocks behind their two sizes.
fn hadoop(mut packed: &[u8], size: usize, out: &mut Vec<u8>) -> Result<(), String> {
    let mut left = size;
    while left > 0 {
        let [sizes, rest @ ..] = packed.as_chunks::<4>().0 else { return Err(of_another_size()) };
        let number = |bytes: &[u8; 4]| u32::from_be_bytes(*bytes) as usize;
        let (unpacked, length) = (number(sizes), rest.first().map_or(usize::MAX, number));
        let block = packed.get(8..).and_then(|rest| rest.get(..length)).ok_or_else(of_another_size)?;
        left = left.checked_sub(unpacked).filter(|_| unpacked > 0).ok_or_else(of_another_size)?;
        lz4(block, unpacked, out)?;
        packed = &packed[8 + length..];
    }
    Ok(())
}
