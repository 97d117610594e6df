//! Where the bytes of a Parquet file come from, and what may be made of them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use bytes::Bytes;

use crate::read::table::Stored;

/// Bytes of pages that may be unpacked beside each other.
const LIVE: u64 = 1 << 30;
/// Bytes that may be unpacked and handed on whatever the size of the file.
const FREE: u64 = 1 << 30;

/// A file, for the readers of all its columns.
#[derive(Debug, Clone)]
pub(super) enum Source {
    File(Arc<File>, u64),
    Memory(Arc<Vec<u8>>),
}

impl Source {
    pub(super) fn of(stored: Stored) -> Result<Self, String> {
        Ok(match stored {
            Stored::File(file) => {
                let length = file.metadata().map_err(|error| error.to_string())?.len();
                Self::File(Arc::new(file), length)
            }
            Stored::Memory(bytes) => Self::Memory(Arc::new(bytes)),
        })
    }

    pub(super) fn length(&self) -> u64 {
        match self {
            Self::File(_, length) => *length,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Bytes that the caller knows to be within the file.
    pub(super) fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, String> {
        let short = || "the file ends too early".to_owned();
        match self {
            Self::File(file, all) => {
                if at.checked_add(length as u64).is_none_or(|end| end > *all) {
                    return Err(short());
                }
                let mut bytes = vec![0; length];
                let mut file = &**file;
                file.seek(SeekFrom::Start(at)).map_err(|error| error.to_string())?;
                file.read_exact(&mut bytes).map_err(|error| error.to_string())?;
                Ok(bytes)
            }
            Self::Memory(bytes) => {
                let start = usize::try_from(at).map_err(|_| short())?;
                let end = start.checked_add(length).ok_or_else(short)?;
                bytes.get(start..end).map(<[u8]>::to_vec).ok_or_else(short)
            }
        }
    }
}

/// What reading may cost: memory at a time, and bytes in all.
///
/// A few bytes of Parquet can stand for any number of rows with the same text, so all is counted against the size of the
/// file, as with archives.
#[derive(Debug)]
pub(super) struct Budget {
    live: AtomicU64,
    spent: AtomicU64,
    ratio: u64,
    allowed: u64,
}

impl Budget {
    pub(super) fn new(ratio: u64, length: u64) -> Arc<Self> {
        let allowed = FREE.saturating_add(length.saturating_mul(ratio));
        Arc::new(Self { live: AtomicU64::new(0), spent: AtomicU64::new(0), ratio, allowed })
    }

    /// Counts bytes that were unpacked or handed on.
    pub(super) fn spend(&self, bytes: u64) -> Result<(), String> {
        let spent = self.spent.load(Relaxed).saturating_add(bytes);
        self.spent.store(spent, Relaxed);
        if spent > self.allowed {
            return Err(format!("it unpacks to more than {} times its size; it looks like a bomb", self.ratio));
        }
        Ok(())
    }

    /// Whether there is memory for so many bytes besides what is held.
    pub(super) fn fits(&self, bytes: u64) -> Result<(), String> {
        if self.live.load(Relaxed).saturating_add(bytes) > LIVE {
            return Err(format!("its columns would need more than {} MB at a time", LIVE >> 20));
        }
        Ok(())
    }

    /// Bytes of a page, and what is kept besides, which count until the last value of the page is dropped.
    pub(super) fn hold(self: &Arc<Self>, bytes: Vec<u8>, besides: u64) -> Bytes {
        let cost = besides.saturating_add(bytes.len() as u64);
        self.live.fetch_add(cost, Relaxed);
        Bytes::from_owner(Held { bytes, cost, budget: Arc::clone(self) })
    }
}

struct Held {
    bytes: Vec<u8>,
    cost: u64,
    budget: Arc<Budget>,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.budget.live.fetch_sub(self.cost, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_count_until_they_are_dropped_and_bytes_for_good() {
        let budget = Budget::new(10, 100);
        let page = budget.hold(vec![0; 100], LIVE - 200);
        assert!(budget.fits(100).is_ok() && budget.fits(101).is_err());
        let value = page.slice(10..20);
        drop(page);
        assert!(budget.fits(101).is_err());
        drop(value);
        assert!(budget.fits(LIVE).is_ok());
        assert!(budget.spend(FREE + 1000).is_ok());
        assert!(budget.spend(1).unwrap_err().contains("it looks like a bomb"));
    }
}
