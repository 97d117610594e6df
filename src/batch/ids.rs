//! Ids that are unique in a run.

use rustc_hash::{FxHashMap, FxHashSet};

/// The ids seen so far, as hashes, so that an archive of millions fits.
#[derive(Debug, Default)]
pub(crate) struct UniqueIds {
    seen: FxHashSet<u64>,
    /// How often those occurred that occurred again.
    repeated: FxHashMap<u64, u32>,
}

impl UniqueIds {
    /// Gives an id that occurred before a number: `id~2`.
    pub(crate) fn make_unique(&mut self, id: &mut String) {
        let first = hash(id);
        if self.seen.insert(first) {
            return;
        }
        loop {
            let times = self.repeated.entry(first).or_insert(1);
            *times += 1;
            let numbered = format!("{id}~{times}");
            if self.seen.insert(hash(&numbered)) {
                *id = numbered;
                return;
            }
        }
    }
}

fn hash(id: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(id.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_occur_again_get_a_number_that_is_free() {
        let mut ids = UniqueIds::default();
        let given = ["a", "a", "a~2", "a", "b"].map(|id| {
            let mut id = id.to_owned();
            ids.make_unique(&mut id);
            id
        });
        assert_eq!(given, ["a", "a~2", "a~2~2", "a~3", "b"]);
    }
}
