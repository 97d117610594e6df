//! From sources to pieces: opening, unpacking, and dividing what is large.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::decode::{is_binary, utf16};
use super::format::recognise;
use super::meter::{Meter, Taken};
use super::options::ReadOptions;
use super::piece::{Content, Piece};
use super::{Format, Source, lines, mbox, table, warc};
use crate::document::{Failure, Stage};

/// Takes pieces, and says whether it wants more.
pub type Emit<'e> = dyn FnMut(Result<Piece, Failure>) -> ControlFlow<()> + 'e;

pub(super) type Flow = ControlFlow<()>;

/// Bytes that show the format.
const START: usize = 1024;
const BUFFER: usize = 1 << 16;

/// Reads a source and hands its pieces to `emit`, in their order, until there are no more or `emit` breaks.
///
/// Archives are unpacked on the way, in constant memory, within [`Limits`](super::Limits). Little else is done here, so
/// that one thread can feed many: [`Piece::documents`] does the rest. What cannot be read is handed on as a
/// [`Failure`].
pub fn walk(source: &Source, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let name = source.name();
    let meter = Meter::new(options.limits.ratio);
    let read = Rc::clone(&meter);
    let emit = &mut |piece: Result<Piece, Failure>| emit(piece.map(|piece| Piece { reached: read.reached(), ..piece }));
    let mut walker = Walker { options, emit, meter, held: options.limits.held_bytes };
    let place = Place { name: &name, hint: &name, depth: 0, packed: false, named: true };
    let outcome = match source {
        Source::Stdin => walker.unknown(io::stdin(), &Place { hint: "", ..place }),
        Source::File(path) => File::open(path).and_then(|file| {
            let data = file.metadata()?;
            // Opening a folder succeeds; reading it does not.
            if data.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            if data.is_file() { walker.file(file, data.len(), &place) } else { walker.unknown(file, &place) }
        }),
    };
    outcome.unwrap_or_else(|error| {
        let message = format!("cannot read {name}: {error}; check the path and its rights");
        walker.fail(&name, message)
    })
}

/// Reads bytes as [`walk`] reads a file of that name.
///
/// ```
/// use std::ops::ControlFlow;
/// use ressort::read::{ReadOptions, walk_bytes};
///
/// let mut pieces = 0;
/// let _ = walk_bytes("a.txt", b"Das BMDS.", &ReadOptions::default(), &mut |_| {
///     pieces += 1;
///     ControlFlow::Continue(())
/// });
/// assert_eq!(pieces, 1);
/// ```
pub fn walk_bytes(name: &str, bytes: &[u8], options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let meter = Meter::new(options.limits.ratio);
    let mut walker = Walker { options, emit, meter, held: options.limits.held_bytes };
    let place = Place { name, hint: name, depth: 0, packed: false, named: true };
    let read = walker.unknown(bytes, &place);
    read.unwrap_or_else(|error| walker.fail(name, format!("cannot read {name}: {error}")))
}

/// Where in a source the walker is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'n> {
    /// Name in tables and messages.
    pub(super) name: &'n str,
    /// Name whose ending tells the format.
    pub(super) hint: &'n str,
    /// Archives around it.
    pub(super) depth: u32,
    /// Whether a packer's output is unpacked right here.
    #[cfg_attr(not(feature = "archives"), allow(dead_code))]
    pub(super) packed: bool,
    /// Whether the user named it: then it is read as text where nothing else is known.
    pub(super) named: bool,
}

pub(super) struct Walker<'w> {
    pub(super) options: &'w ReadOptions,
    pub(super) emit: &'w mut Emit<'w>,
    pub(super) meter: Rc<Meter>,
    /// Bytes of archives that may still be held in memory.
    held: u64,
}

impl Walker<'_> {
    pub(super) fn fail(&mut self, name: &str, message: impl Into<String>) -> Flow {
        (self.emit)(Err(Failure::new(name, None, Stage::Read, message)))
    }

    /// A file on disk, which can be read from any place in it.
    fn file(&mut self, mut file: File, length: u64, place: &Place<'_>) -> io::Result<Flow> {
        let mut start = Vec::new();
        file.by_ref().take(START as u64).read_to_end(&mut start)?;
        file.rewind()?;
        Ok(match self.format(&start, place) {
            Err(message) => self.fail(place.name, message),
            Ok(Format::Zip) => {
                self.meter.take(length);
                self.zip(&mut BufReader::with_capacity(BUFFER / 4, file), length, place)
            }
            Ok(Format::Parquet) => self.parquet(table::Stored::File(file), place),
            Ok(format) => {
                let taken = Taken { inner: file, meter: Rc::clone(&self.meter) };
                self.stream(format, &mut peek(BufReader::with_capacity(BUFFER, taken))?, place)
            }
        })
    }

    /// A stream whose beginning is not known yet.
    fn unknown(&mut self, reader: impl Read, place: &Place<'_>) -> io::Result<Flow> {
        let taken = Taken { inner: reader, meter: Rc::clone(&self.meter) };
        let mut reader = peek(BufReader::with_capacity(BUFFER, taken))?;
        Ok(match self.format(&reader.start, place) {
            Err(message) => self.fail(place.name, message),
            Ok(format) => self.stream(format, &mut reader, place),
        })
    }

    /// The format of what begins so, or why it is not read.
    pub(super) fn format(&self, start: &[u8], place: &Place<'_>) -> Result<Format, String> {
        match recognise(start, place.hint, place.name)? {
            Some(format) if format.is_textual() && is_binary(start) => Err(format!(
                "not read: {} is no text, whatever its name says: it is full of control characters",
                place.name
            )),
            Some(format) => Ok(format),
            None if table::is_csv(start, self.options) => Ok(Format::Csv),
            None if place.named => Ok(Format::Text),
            None => Err(format!("not read: neither the name nor the first bytes of {} tell its format", place.name)),
        }
    }

    /// Reads a stream in one format.
    pub(super) fn stream<R: BufRead>(&mut self, format: Format, reader: &mut Peeked<R>, place: &Place<'_>) -> Flow {
        if format.is_archive() && place.depth >= self.options.limits.depth {
            let message = format!("not read: it lies in more than {} archives; unpack some", self.options.limits.depth);
            return self.fail(place.name, message);
        }
        match format {
            Format::JsonLines | Format::Csv => match wide(&reader.start) {
                None => self.records(format, reader, place),
                Some(encoding) => {
                    let reader =
                        DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(reader);
                    self.records(format, &mut BufReader::with_capacity(BUFFER, reader), place)
                }
            },
            Format::Mbox => mbox::walk(self, reader, place),
            Format::Warc => warc::walk(self, reader, place),
            Format::Tar => self.tar(reader, place),
            Format::Gzip | Format::Zstd | Format::Xz => self.packed(format, reader, place),
            Format::Zip => self.hold(reader, place, |walker, bytes| {
                let length = bytes.len() as u64;
                walker.zip(&mut Cursor::new(bytes), length, place)
            }),
            Format::Parquet => {
                self.hold(reader, place, |walker, bytes| walker.parquet(table::Stored::Memory(bytes), place))
            }
            format => self.whole(format, reader, place, None),
        }
    }

    fn records(&mut self, format: Format, mut reader: &mut dyn BufRead, place: &Place<'_>) -> Flow {
        let meter = Rc::clone(&self.meter);
        let emit = &mut *self.emit;
        let mut earn = |piece: Result<Piece, Failure>| {
            match &piece {
                Ok(Piece { content: Content::Bytes { bytes, .. }, .. }) if lines::has_record(bytes) => {
                    meter.earn(bytes.len() as u64);
                }
                Ok(Piece { content: Content::Rows { bytes, .. }, .. }) => meter.earn(bytes.len() as u64),
                _ => {}
            }
            emit(piece)
        };
        match format {
            Format::Csv => table::csv_pieces(&mut reader, place.name, self.options, &mut earn),
            _ => lines::pieces(&mut reader, place.name, self.options, &mut earn),
        }
    }

    /// A stream that is one piece; `grown` is how large it may be for what it was before.
    pub(super) fn whole(
        &mut self,
        format: Format,
        reader: &mut dyn BufRead,
        place: &Place<'_>,
        grown: Option<u64>,
    ) -> Flow {
        let limit = self.options.limits.document_bytes;
        let bound = grown.map_or(limit, |grown| grown.min(limit));
        let mut bytes = Vec::new();
        match reader.take(bound.saturating_add(1)).read_to_end(&mut bytes) {
            Err(error) => self.fail(place.name, format!("cannot read {}: {error}", place.name)),
            Ok(read) if read as u64 > bound && bound < limit => {
                let ratio = self.options.limits.ratio;
                self.fail(place.name, format!("it unpacks to more than {ratio} times its size; it looks like a bomb"))
            }
            Ok(read) if read as u64 > bound => {
                self.fail(place.name, format!("longer than {} MB; split it", limit >> 20))
            }
            Ok(_) => {
                self.meter.earn(bytes.len() as u64);
                (self.emit)(Ok(Piece::new(place.name, Content::Bytes { format, first: 0, bytes })))
            }
        }
    }

    /// Reads into memory what must be read from its end, as much as may be held.
    fn hold(
        &mut self,
        reader: &mut dyn BufRead,
        place: &Place<'_>,
        walk: impl FnOnce(&mut Self, Vec<u8>) -> Flow,
    ) -> Flow {
        let mut bytes = Vec::new();
        match reader.take(self.held + 1).read_to_end(&mut bytes) {
            Err(error) => self.fail(place.name, format!("cannot read {}: {error}", place.name)),
            Ok(read) if read as u64 > self.held => {
                let message = format!("larger than {} MB inside of another file; unpack that first", self.held >> 20);
                self.fail(place.name, message)
            }
            Ok(read) => {
                self.held -= read as u64;
                let flow = walk(self, bytes);
                self.held += read as u64;
                flow
            }
        }
    }
}

/// A stream whose beginning was looked at, and is read again.
pub(super) struct Peeked<R> {
    pub(super) start: Vec<u8>,
    at: usize,
    /// What ended the look: it is told again when reading comes to it.
    error: Option<io::Error>,
    rest: R,
}

/// Looks how a stream begins.
pub(super) fn peek<R: BufRead>(mut rest: R) -> io::Result<Peeked<R>> {
    let mut start = Vec::with_capacity(START);
    let error = rest.by_ref().take(START as u64).read_to_end(&mut start).err();
    match error {
        Some(error) if start.is_empty() => Err(error),
        error => Ok(Peeked { start, at: 0, error, rest }),
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.start.len() && self.error.is_none() {
            return self.rest.read(buffer);
        }
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.start.len() {
            return Ok(&self.start[self.at..]);
        }
        self.error.take().map_or(Ok(()), Err)?;
        self.rest.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        if self.at < self.start.len() { self.at += length } else { self.rest.consume(length) }
    }
}

/// UTF-16, which has to be read as a stream, as line breaks are not bytes in it.
fn wide(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => Some(encoding_rs::UTF_16BE),
        _ => utf16(start),
    }
}
