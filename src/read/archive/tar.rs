//! TAR archives, as a stream.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use tar::{Archive, Entry, EntryType};

use super::{Member, is_hidden, member_name};
use crate::read::walk::{Flow, Place, Walker};

/// What the headers of one member may take: long names and attributes are read into memory.
const HEADERS: u64 = 1 << 20;

/// What is known of the stream below the archive.
#[derive(Debug)]
struct State {
    /// Bytes that may be read before the next member is there.
    allowed: Cell<u64>,
    /// Whether reading failed.
    failed: Cell<bool>,
}

struct Below<'b> {
    reader: &'b mut dyn BufRead,
    state: &'b State,
}

impl Read for Below<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowed = self.state.allowed.get();
        if allowed == 0 {
            self.state.failed.set(true);
            return Err(io::Error::other("the header of a member is too long"));
        }
        let most = buffer.len().min(usize::try_from(allowed).unwrap_or(usize::MAX));
        let length = self.reader.read(&mut buffer[..most]).inspect_err(|_| self.state.failed.set(true))?;
        self.state.allowed.set(allowed - length as u64);
        Ok(length)
    }
}

/// The bytes of a member, which must all be there.
struct Whole<'e, R> {
    entry: R,
    left: u64,
    state: &'e State,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.entry.read(buffer)?;
        self.left = self.left.saturating_sub(length as u64);
        if length == 0 && self.left > 0 && !buffer.is_empty() {
            self.state.failed.set(true);
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within it"));
        }
        Ok(length)
    }
}

impl Walker<'_> {
    /// Reads a TAR archive.
    pub(in crate::read) fn tar(&mut self, reader: &mut dyn BufRead, place: &Place<'_>) -> Flow {
        let state = State { allowed: Cell::new(HEADERS), failed: Cell::new(false) };
        let mut archive = Archive::new(Below { reader, state: &state });
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.fail(place.name, format!("cannot read {}: {error}", place.name)),
        };
        let mut read = 0u64;
        for entry in entries {
            let broken = move |error: io::Error| {
                format!("{} is broken behind its member {read}: {error}; the rest is not read", place.name)
            };
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let message = broken(error);
                    return self.fail(place.name, message);
                }
            };
            if read >= self.options.limits.members {
                let message = format!("{} holds more than {read} members; the rest is not read", place.name);
                return self.fail(place.name, message);
            }
            read += 1;
            state.allowed.set(u64::MAX);
            let sparse = entry.header().entry_type().is_gnu_sparse();
            let stored = entry.header().entry_size().unwrap_or(0);
            let mut entry = Whole { left: entry.size(), entry, state: &state };
            self.tar_member(&mut entry, place)?;
            if state.failed.get() {
                return Flow::Continue(());
            }
            if sparse {
                state.allowed.set(stored.saturating_add(HEADERS));
                continue;
            }
            if let Err(error) = io::copy(&mut entry, &mut io::sink()) {
                let message = broken(error);
                return self.fail(place.name, message);
            }
            state.allowed.set(HEADERS);
        }
        if read == 0 {
            return self.fail(place.name, format!("{} holds no file", place.name));
        }
        // What packed the archive says behind its end whether all was right.
        state.allowed.set(u64::MAX);
        match io::copy(&mut archive.into_inner(), &mut io::sink()) {
            Ok(_) => Flow::Continue(()),
            Err(error) => self.fail(place.name, format!("{} is damaged: {error}; check its texts", place.name)),
        }
    }

    fn tar_member<R: Read>(&mut self, entry: &mut Whole<'_, Entry<'_, R>>, place: &Place<'_>) -> Flow {
        let kind = entry.entry.header().entry_type();
        let name = member_name(&entry.entry.path_bytes());
        let name = name.trim_start_matches("./");
        if kind.is_dir() || is_hidden(name) || matches!(kind, EntryType::XGlobalHeader) {
            return Flow::Continue(());
        }
        let shown = format!("{}!/{name}", place.name);
        match kind {
            EntryType::Regular | EntryType::Continuous => self.member(&Member { name, packed: None }, entry, place),
            EntryType::Symlink | EntryType::Link => {
                self.fail(&shown, format!("not read: {shown} is a link, and links are not followed"))
            }
            EntryType::GNUSparse => {
                self.fail(&shown, format!("not read: {shown} is a sparse file; pack it without holes"))
            }
            _ => self.fail(&shown, format!("not read: {shown} is no file")),
        }
    }
}
