//! ZIP archives, member by member, in the order of their directory.

use std::cell::Cell;
use std::io::{Read, Seek, SeekFrom};

use zip::read::{Config, ZipFileEntry, ZipReadOptions, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::{Member, Watched, is_hidden, member_name};
use crate::read::walk::{Flow, Place, Walker};

impl Walker<'_> {
    /// Reads a ZIP archive of `length` bytes.
    pub(in crate::read) fn zip<R: Read + Seek>(&mut self, mut reader: &mut R, length: u64, place: &Place<'_>) -> Flow {
        match ZipIterable::try_new(&mut reader, Config::default()) {
            Ok(mut archive) => self.listed(&mut archive, length, place),
            // Without its end, where the directory stands, it can be read from the beginning.
            Err(error) => match reader.seek(SeekFrom::Start(0)) {
                Ok(_) => self.unlisted(reader, &error, place),
                Err(error) => self.fail(place.name, format!("cannot read {}: {error}", place.name)),
            },
        }
    }

    fn listed<R: Read + Seek>(&mut self, archive: &mut ZipIterable<R>, length: u64, place: &Place<'_>) -> Flow {
        let members = archive.len();
        if members as u64 > self.options.limits.members {
            return self.fail(place.name, format!("it holds {members} members, which is too many; divide it"));
        }
        let files = match archive.files() {
            Ok(files) => files,
            Err(error) => return self.fail(place.name, format!("cannot read {}: {error}", place.name)),
        };
        let (mut packed, mut read) = (0u64, 0);
        while let Some(entry) = files.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.broken(read, &error, place),
            };
            packed = packed.saturating_add(entry.compressed_size());
            // Members that share their bytes: a few kilobytes that stand for terabytes.
            if packed > length {
                let message = format!("the members of {} overlap; the rest is not read", place.name);
                return self.fail(place.name, message);
            }
            read += 1;
            let size = entry.compressed_size();
            self.entry(entry, files.reader_mut(), place)?;
            if place.depth == 0 {
                self.meter.pass(size);
            }
        }
        if read == 0 { self.fail(place.name, format!("{} holds no file", place.name)) } else { Flow::Continue(()) }
    }

    fn entry<R: Read + Seek>(&mut self, entry: ZipFileEntry<'_>, reader: &mut R, place: &Place<'_>) -> Flow {
        let name = member_name(entry.name_raw());
        if entry.is_dir() || name.ends_with('/') || is_hidden(&name) {
            return Flow::Continue(());
        }
        let shown = format!("{}!/{name}", place.name);
        if entry.is_symlink() {
            return self.fail(&shown, format!("not read: {shown} is a link, and links are not followed"));
        }
        if entry.encrypted() {
            return self.fail(&shown, format!("not read: {shown} is encrypted; unpack it with its password"));
        }
        let packed = entry.compressed_size();
        match entry.with_reader(reader, ZipReadOptions::new()) {
            Ok(mut file) => self.member(&Member { name: &name, packed: Some(packed) }, &mut file, place),
            Err(error) => self.fail(&shown, format!("cannot read {shown}: {error}")),
        }
    }

    /// Reads an archive that has lost its directory, up to the first member that is not whole.
    fn unlisted<R: Read>(&mut self, reader: &mut R, without: &ZipError, place: &Place<'_>) -> Flow {
        let mut read = 0;
        loop {
            let whole = Cell::new(true);
            match read_zipfile_from_stream(reader) {
                Ok(Some(file)) => {
                    read += 1;
                    let name = member_name(file.name_raw());
                    if file.is_dir() || name.ends_with('/') || is_hidden(&name) {
                        continue;
                    }
                    let packed = file.compressed_size();
                    let mut file = Watched { inner: file, whole: &whole };
                    self.member(&Member { name: &name, packed: Some(packed) }, &mut file, place)?;
                }
                Ok(None) => return self.broken(read, without, place),
                Err(error) => return self.broken(read, if read == 0 { without } else { &error }, place),
            }
            if !whole.get() {
                return Flow::Continue(());
            }
        }
    }

    fn broken(&mut self, read: u64, error: &ZipError, place: &Place<'_>) -> Flow {
        let message = if read == 0 {
            format!("{} is no ZIP archive, or broken: {error}", place.name)
        } else {
            format!("{} is broken behind its member {read}: {error}; the rest is not read", place.name)
        };
        self.fail(place.name, message)
    }
}
