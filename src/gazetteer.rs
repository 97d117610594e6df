//! Who and what can be mentioned: entities, their names through time, and who held which office.

mod entity;

use rustc_hash::FxHashMap;

pub use entity::{Attributes, Entity, EntityKey, Mandate, Name, NameClass, NameRule};

/// All entities, names and mandates, ready to look up.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    by_id: FxHashMap<entity::Text, EntityKey>,
    mandates: Vec<Mandate>,
}

impl Gazetteer {
    /// The entity behind a key of this gazetteer.
    ///
    /// # Panics
    /// Where the key is of another gazetteer.
    #[must_use]
    pub fn entity(&self, key: EntityKey) -> &Entity {
        &self.entities[key.0 as usize]
    }

    /// The key of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<EntityKey> {
        self.by_id.get(id).copied()
    }

    /// All entities, in the order of their keys.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = (EntityKey, &Entity)> {
        self.entities.iter().enumerate().map(|(index, entity)| {
            #[allow(clippy::cast_possible_truncation)] // there are fewer than 2^32
            let key = EntityKey(index as u32);
            (key, entity)
        })
    }

    /// All mandates.
    #[must_use]
    pub fn mandates(&self) -> &[Mandate] {
        &self.mandates
    }
}
