//! Who and what can be mentioned: entities, their names through time, and who held which office.
//!
//! The facts stand in tab-separated files under `gazetteers/`, made to be read and edited by people who know them.
//! They are part of the program; [`Gazetteer::builder`] adds files of the user's own.

mod check;
mod derive;
mod embedded;
mod entity;
mod error;
mod format;
mod load;
mod table;
mod user;

pub use check::check_embedded;
pub use derive::{DerivedName, ministry_of_office};
pub use entity::{Attributes, Entity, EntityKey, Mandate, Name, NameClass, NameRule, RoleWord};
pub use error::{GazetteerError, Problem};
pub use format::format_table;
pub use load::GazetteerBuilder;

use rustc_hash::FxHashMap;

use crate::date::Date;
use crate::document::Kind;
use crate::fingerprint::Fingerprint;
use entity::Text;

/// All entities, names and mandates, ready to look up.
///
/// ```
/// use ressort::Gazetteer;
///
/// let gazetteer = Gazetteer::embedded();
/// let office = gazetteer.get("office:bund/kanzler").expect("the office is in the gazetteer");
/// let day = "2021-12-08".parse()?;
/// let holder = gazetteer.holder(office, day).expect("somebody holds it");
/// assert_eq!(gazetteer.entity(holder).name, "Olaf Scholz");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    by_id: FxHashMap<Text, EntityKey>,
    /// Sorted by office and first day.
    mandates: Vec<Mandate>,
    roles: Vec<RoleWord>,
    /// Phrases that contain a name but do not mean it.
    blockers: Vec<Text>,
    /// Hash of the files it was made of, by name.
    fingerprints: Vec<(String, Fingerprint)>,
}

impl Gazetteer {
    /// The gazetteers that come with the program.
    #[must_use]
    pub fn embedded() -> Self {
        // The files are checked by the tests, so nothing of them is refused here.
        Self::builder().build().unwrap_or_default()
    }

    /// The built-in gazetteers, to be extended by files of the user's own.
    #[must_use]
    pub fn builder() -> GazetteerBuilder {
        GazetteerBuilder::default()
    }

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
        self.entities.iter().enumerate().map(|(index, entity)| (EntityKey(index as u32), entity))
    }

    /// All mandates, by office and first day.
    #[must_use]
    pub fn mandates(&self) -> &[Mandate] {
        &self.mandates
    }

    /// The mandates of one office, in their order.
    #[must_use]
    pub fn mandates_of(&self, office: EntityKey) -> &[Mandate] {
        let first = self.mandates.partition_point(|mandate| mandate.office < office);
        let rest = &self.mandates[first..];
        &rest[..rest.partition_point(|mandate| mandate.office == office)]
    }

    /// Who held the office on the day; `None` where nobody did, or where it has several holders at a time.
    #[must_use]
    pub fn holder(&self, office: EntityKey, day: Date) -> Option<EntityKey> {
        let mut holders = self.mandates_of(office).iter().filter(|mandate| mandate.period.contains(day));
        let holder = holders.next()?;
        holders.all(|other| other.person == holder.person).then_some(holder.person)
    }

    /// The words for offices.
    #[must_use]
    pub fn roles(&self) -> &[RoleWord] {
        &self.roles
    }

    /// Phrases that contain a name but do not mean it.
    #[must_use]
    pub fn blockers(&self) -> &[Text] {
        &self.blockers
    }

    /// The files it was made of, each with a hash of its content (FNV-1a, 64 bits).
    ///
    /// ```
    /// use ressort::Gazetteer;
    ///
    /// assert!(Gazetteer::embedded().fingerprints().any(|(file, _)| file == "laender.tsv"));
    /// ```
    pub fn fingerprints(&self) -> impl Iterator<Item = (&str, u64)> {
        self.fingerprints.iter().map(|(file, fingerprint)| (file.as_str(), fingerprint.hash()))
    }

    /// The name of the entity on a day: the official name of that day, else the one shown in tables.
    #[must_use]
    pub fn name_on(&self, key: EntityKey, day: Option<Date>) -> &str {
        let entity = self.entity(key);
        let dated = day.and_then(|day| {
            entity
                .names
                .iter()
                .find(|name| name.class == NameClass::Full && !name.valid.is_always() && name.valid.contains(day))
        });
        dated.map_or(&entity.name, |name| &name.text)
    }

    /// Code of the Land that the entity is or belongs to; empty where there is none.
    ///
    /// ```
    /// use ressort::Gazetteer;
    ///
    /// let gazetteer = Gazetteer::embedded();
    /// let ministry = gazetteer.get("ministry:by/digitales").expect("it is built in");
    /// assert_eq!(gazetteer.land_code(ministry), "by");
    /// ```
    #[must_use]
    pub fn land_code(&self, key: EntityKey) -> &str {
        let entity = self.entity(key);
        match entity.kind {
            Kind::Land => entity.id.strip_prefix("land:").unwrap_or(&entity.attributes.land),
            _ => &entity.attributes.land,
        }
    }
}
