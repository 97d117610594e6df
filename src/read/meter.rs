//! What unpacking costs, counted, so that no archive unpacks without end.

#![cfg_attr(not(feature = "archives"), allow(dead_code, reason = "what unpacking needs"))]

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Unpacked bytes that any source may have beyond what its size allows: a few seconds of work.
const FREE: u64 = 4 << 30;

/// Counts what was read of a source and what it was unpacked to.
///
/// Records that were handed on are earned: an archive of ten gigabytes of the same sentence is read to its end, one that
/// unpacks to zeros, or to archives of archives of zeros, is not.
#[derive(Debug)]
pub(super) struct Meter {
    ratio: u64,
    taken: Cell<u64>,
    reached: Cell<u64>,
    unpacked: Cell<u64>,
    earned: Cell<u64>,
    layers: Cell<u64>,
}

impl Meter {
    pub(super) fn new(ratio: u64) -> Rc<Self> {
        let zero = || Cell::new(0);
        Rc::new(Self { ratio, taken: zero(), reached: zero(), unpacked: zero(), earned: zero(), layers: zero() })
    }

    /// Bytes of the source itself.
    pub(super) fn take(&self, bytes: u64) {
        self.taken.set(self.taken.get().saturating_add(bytes));
    }

    /// Bytes of the source that lie behind the reader.
    pub(super) fn pass(&self, bytes: u64) {
        self.reached.set(self.reached.get().saturating_add(bytes));
    }

    /// How many bytes of the source lie behind the reader.
    pub(super) fn reached(&self) -> u64 {
        self.reached.get()
    }

    /// Bytes that became pieces.
    pub(super) fn earn(&self, bytes: u64) {
        let bytes = bytes.saturating_mul(self.layers.get());
        self.earned.set(self.earned.get().saturating_add(bytes));
    }

    fn unpack(&self, bytes: u64) -> io::Result<()> {
        let unpacked = self.unpacked.get().saturating_add(bytes);
        self.unpacked.set(unpacked);
        let allowed =
            FREE.saturating_add(self.taken.get().saturating_mul(self.ratio)).saturating_add(self.earned.get());
        if unpacked > allowed {
            let message = format!("it unpacks to more than {} times its size; it looks like a bomb", self.ratio);
            return Err(io::Error::other(message));
        }
        Ok(())
    }
}

/// A source, counted.
pub(super) struct Taken<R> {
    pub(super) inner: R,
    pub(super) meter: Rc<Meter>,
}

impl<R: Read> Read for Taken<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.meter.take(length as u64);
        self.meter.pass(length as u64);
        Ok(length)
    }
}

/// What an unpacker yields, counted.
pub(super) struct Unpacked<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R> Unpacked<R> {
    pub(super) fn new(inner: R, meter: &Rc<Meter>) -> Self {
        meter.layers.set(meter.layers.get() + 1);
        Self { inner, meter: Rc::clone(meter) }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.meter.unpack(length as u64)?;
        Ok(length)
    }
}

impl<R> Drop for Unpacked<R> {
    fn drop(&mut self) {
        self.meter.layers.set(self.meter.layers.get().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_end_and_records_do_not() {
        let meter = Meter::new(10);
        meter.take(1000);
        let _layer = Unpacked::new(io::empty(), &meter);
        assert!(meter.unpack(FREE).is_ok());
        assert!(meter.unpack(10_000).is_ok());
        assert!(meter.unpack(1).is_err());
        meter.earn(100);
        assert!(meter.unpack(99).is_ok());
    }
}
