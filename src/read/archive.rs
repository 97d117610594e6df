//! Archives and packed files, in each other.
//!
//! Nothing is written to disk, and a member's name is never used as a path: it stands in tables and messages, and its
//! ending tells the format.

#![cfg_attr(not(feature = "archives"), allow(dead_code, reason = "what unpacking needs"))]

#[cfg(feature = "archives")]
mod packed;
#[cfg(feature = "archives")]
mod tar;
#[cfg(feature = "archives")]
mod zip;

#[cfg(not(feature = "archives"))]
use std::io::BufRead;
use std::io::{BufReader, Read};

#[cfg(not(feature = "archives"))]
use super::Format;
use super::codepage;
use super::walk::{Flow, Place, Walker, peek};

/// Room that a member may take in any case, whatever it was packed to.
const SMALL: u64 = 1 << 20;
/// Names are shown up to so many characters.
const LONGEST_NAME: usize = 1000;

/// A member of an archive, before it is read.
#[derive(Debug)]
pub(super) struct Member<'m> {
    pub(super) name: &'m str,
    /// Its size as it is packed, where the archive says so.
    pub(super) packed: Option<u64>,
}

impl Walker<'_> {
    /// Reads a member of the archive at `place`, in whatever format it is.
    pub(super) fn member(&mut self, member: &Member<'_>, reader: &mut dyn Read, place: &Place<'_>) -> Flow {
        let name = format!("{}!/{}", place.name, member.name);
        let inner = Place { name: &name, hint: member.name, depth: place.depth + 1, packed: false, named: false };
        let mut reader = match peek(BufReader::with_capacity(1 << 16, reader)) {
            Ok(reader) => reader,
            Err(error) => return self.fail(&name, format!("cannot read {name}: {error}")),
        };
        let format = match self.format(&reader.start, &inner) {
            Ok(format) => format,
            Err(message) => return self.fail(&name, message),
        };
        if format.is_whole() {
            let grown = member.packed.map(|packed| packed.saturating_mul(self.options.limits.ratio).max(SMALL));
            return self.whole(format, &mut reader, &inner, grown);
        }
        self.stream(format, &mut reader, &inner)
    }
}

/// A reader that remembers whether reading failed: the failure was told then, and what follows cannot be read.
#[cfg(feature = "archives")]
struct Watched<'w, R> {
    inner: R,
    whole: &'w std::cell::Cell<bool>,
}

#[cfg(feature = "archives")]
impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.inner.read(buffer).inspect_err(|_| self.whole.set(false))
    }
}

/// Whether a member is passed over in silence: hidden files, and what systems leave in archives.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| {
        (part.starts_with('.') && part != "." && part != "..")
            || matches!(part, "__MACOSX" | "Thumbs.db" | "desktop.ini")
    })
}

/// The name of a member as text: UTF-8, or else the code page of DOS or that of Windows, whichever makes sense; without
/// control characters, so that it can be shown.
pub(super) fn member_name(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => codepage::guess(bytes).decode(bytes).0.into_owned(),
    };
    let shown = |c: char| {
        if c.is_control() {
            '\u{fffd}'
        } else if c == '\\' {
            '/'
        } else {
            c
        }
    };
    text.chars().take(LONGEST_NAME).map(shown).collect()
}

#[cfg(not(feature = "archives"))]
impl Walker<'_> {
    pub(super) fn zip<R>(&mut self, _: &mut R, _: u64, place: &Place<'_>) -> Flow {
        self.not_built(place)
    }

    pub(super) fn tar(&mut self, _: &mut dyn BufRead, place: &Place<'_>) -> Flow {
        self.not_built(place)
    }

    pub(super) fn packed(&mut self, _: Format, _: &mut dyn BufRead, place: &Place<'_>) -> Flow {
        self.not_built(place)
    }

    fn not_built(&mut self, place: &Place<'_>) -> Flow {
        self.fail(
            place.name,
            "this program was built without the feature 'archives'; build it with '--features archives'",
        )
    }
}

#[cfg(all(test, feature = "archives"))]
#[path = "archive_tests.rs"]
mod tests;
