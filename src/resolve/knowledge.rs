//! What follows from the gazetteer and is counted once for all documents.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::date::Date;
use crate::document::Kind;
use crate::gazetteer::{EntityKey, Gazetteer};

/// Indices over the gazetteer, and word lists of the resolver.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// By person: the mandates, as indices.
    mandates: FxHashMap<EntityKey, Vec<u32>>,
    /// First names of all persons.
    first_names: FxHashSet<Box<str>>,
    /// Land of an entity, by its code.
    lands: FxHashMap<Box<str>, EntityKey>,
    /// Surnames that are also common words, places or first names, or that many people have.
    common_surnames: FxHashSet<Box<str>>,
}

/// Surnames that need evidence: common words, places, first names, and the commonest surnames. Own list.
const COMMON_SURNAMES: &str = include_str!("common_surnames.txt");

impl Knowledge {
    /// Reads the gazetteer once.
    #[must_use]
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut knowledge = Self::default();
        for (index, mandate) in gazetteer.mandates().iter().enumerate() {
            knowledge.mandates.entry(mandate.person).or_default().push(index as u32);
        }
        for (key, entity) in gazetteer.entities() {
            match entity.kind {
                Kind::Politician => {
                    if let Some((first, _)) = entity.name.split_once(' ')
                        && !knowledge.first_names.contains(first)
                    {
                        knowledge.first_names.insert(first.into());
                    }
                }
                Kind::Land => {
                    if let Some(code) = entity.id.strip_prefix("land:") {
                        knowledge.lands.insert(code.into(), key);
                    }
                }
                _ => {}
            }
        }
        let words = COMMON_SURNAMES.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        knowledge.common_surnames = words.map(Into::into).collect();
        knowledge
    }

    /// The Land that an entity belongs to, or the Land itself.
    #[must_use]
    pub fn land_of(&self, gazetteer: &Gazetteer, key: EntityKey) -> Option<EntityKey> {
        let entity = gazetteer.entity(key);
        if entity.kind == Kind::Land { Some(key) } else { self.lands.get(entity.attributes.land.as_ref()).copied() }
    }

    pub(super) fn is_first_name(&self, word: &str) -> bool {
        self.first_names.contains(word)
    }

    pub(super) fn is_common_surname(&self, surname: &str) -> bool {
        self.common_surnames.contains(surname)
    }

    /// Whether the person held the office on the day.
    pub(super) fn held(&self, gazetteer: &Gazetteer, person: EntityKey, office: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person).any(|mandate| mandate.office == office && mandate.period.contains(day))
    }

    /// The mandates of a person.
    pub(super) fn offices<'g>(
        &'g self,
        gazetteer: &'g Gazetteer,
        person: EntityKey,
    ) -> impl Iterator<Item = &'g crate::gazetteer::Mandate> {
        self.mandates.get(&person).into_iter().flatten().map(|&index| &gazetteer.mandates()[index as usize])
    }

    /// Whether the person held any office on the day.
    pub(super) fn is_in_office(&self, gazetteer: &Gazetteer, person: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person).any(|mandate| mandate.period.contains(day))
    }
}
