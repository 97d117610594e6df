//! Files that gzip, Zstandard or xz packed: one file, or an archive.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use crate::read::Format;
use crate::read::format::unpacked_name;
use crate::read::meter::Unpacked;
use crate::read::walk::{Flow, Place, Walker, peek};

/// Bytes that unpacking xz may take; `xz -9` asks for 65 MB. Zstandard has the same bound of its own (128 MB).
const XZ_MEMORY: u64 = 128 << 20;
const BUFFER: usize = 1 << 17;

impl Walker<'_> {
    /// Unpacks a stream and reads what is in it.
    pub(in crate::read) fn packed(&mut self, format: Format, reader: &mut dyn BufRead, place: &Place<'_>) -> Flow {
        // A packed archive is one level, but what was packed twice was made to deceive.
        let depth = place.depth + u32::from(place.packed);
        if depth > self.options.limits.depth {
            return self.fail(place.name, "not read: it was packed again and again");
        }
        let decoder: Result<Box<dyn Read + '_>, _> = match format {
            Format::Gzip => Ok(Box::new(MultiGzDecoder::new(reader))),
            Format::Zstd => zstd::Decoder::with_buffer(reader).map(|decoder| Box::new(decoder) as Box<dyn Read + '_>),
            _ => Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED)
                .map(|stream| Box::new(XzDecoder::new_stream(reader, stream)) as Box<dyn Read + '_>)
                .map_err(std::io::Error::from),
        };
        let unpacked = decoder.map(|decoder| BufReader::with_capacity(BUFFER, Unpacked::new(decoder, &self.meter)));
        let mut reader = match unpacked.and_then(peek) {
            Ok(reader) => reader,
            Err(error) => return self.fail(place.name, format!("cannot unpack {}: {error}", place.name)),
        };
        let hint = unpacked_name(place.hint);
        let inner = Place { hint: &hint, depth, packed: true, ..*place };
        match self.format(&reader.start, &inner) {
            Err(message) => self.fail(place.name, message),
            Ok(format) => self.stream(format, &mut reader, &inner),
        }
    }
}
