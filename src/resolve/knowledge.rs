//! What follows from the gazetteer and is counted once for all documents.

use rustc_hash::{FxHashMap, FxHashSet};

use super::acts::ActNumber;
use crate::date::{Date, Period};
use crate::document::Kind;
use crate::gazetteer::{Entity, EntityKey, Gazetteer};

/// Indices over the gazetteer, and word lists of the resolver.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// By person: the mandates, as indices.
    mandates: FxHashMap<EntityKey, Vec<u32>>,
    /// By person: seats in the Bundestag, as indices of mandates. Apart from the offices, for hundreds hold one: a seat
    /// decides between namesakes, but it makes nobody known by the surname alone.
    seats: FxHashMap<EntityKey, Vec<u32>>,
    /// By person: seats in the Landtage, as indices of mandates.
    land_seats: FxHashMap<EntityKey, Vec<u32>>,
    /// Who is known for a seat in a Landtag and nothing else.
    of_laender_only: FxHashSet<EntityKey>,
    /// First names of all persons.
    first_names: FxHashSet<Box<str>>,
    /// Land of an entity, by its code.
    lands: FxHashMap<Box<str>, EntityKey>,
    /// Surnames that are also common words, places or first names, or that many people have.
    common_surnames: FxHashSet<Box<str>>,
    /// Surnames that are also words of the language.
    word_surnames: FxHashSet<Box<str>>,
    /// Offices whose holders the press names by their surnames alone.
    prominent: FxHashSet<EntityKey>,
    /// By authority: the words for who leads it, as indices.
    headed: FxHashMap<EntityKey, Vec<u32>>,
    /// The Land of which a town is the capital.
    capitals: FxHashMap<EntityKey, EntityKey>,
    /// Acts of the European Union by their numbers.
    acts: FxHashMap<ActNumber, EntityKey>,
    /// Words for portfolios, from the names of ministries: `Forsten`, `Ländlichen`, `Europaangelegenheiten`.
    portfolios: FxHashSet<Box<str>>,
    /// By abbreviation: how words begin that speak of something else that is called so.
    other_meanings: FxHashMap<&'static str, Vec<&'static str>>,
}

/// Capitals of Länder by their official key. A government is named after its seat (`die Staatskanzlei in München`); the
/// city-states are not among them, for `in Berlin` sits the Federation too.
const CAPITALS: &[(&str, &str)] = &[
    ("municipality:08111000", "land:bw"),
    ("municipality:09162000", "land:by"),
    ("municipality:12054000", "land:bb"),
    ("municipality:06414000", "land:he"),
    ("municipality:13004000", "land:mv"),
    ("municipality:03241001", "land:ni"),
    ("municipality:05111000", "land:nw"),
    ("municipality:07315000", "land:rp"),
    ("municipality:10041100", "land:sl"),
    ("municipality:14612000", "land:sn"),
    ("municipality:15003000", "land:st"),
    ("municipality:01002000", "land:sh"),
    ("municipality:16051000", "land:th"),
];

/// The seat of a member of the Bundestag.
const SEAT: &str = "office:bundestag/mitglied";

/// How the seats of the members of a Landtag end: `office:he/landtag/mitglied`.
const LAND_SEAT: &str = "/landtag/mitglied";

/// How the note on somebody begins who is known for a seat in a Landtag and nothing else.
const LAND_NOTE: &str = "Landtag";

/// How many years after an office its holder is still named by the surname alone.
const REMEMBERED_YEARS: i16 = 4;

/// Surnames that need evidence: common words, places, first names, and the commonest surnames. Own list.
const COMMON_SURNAMES: &str = include_str!("common_surnames.txt");

/// Surnames that are also words: in a sentence without evidence they are the word. Own list.
const WORD_SURNAMES: &str = include_str!("word_surnames.txt");

/// Abbreviations and the words that speak of something else that is called so. Own list.
const OTHER_MEANINGS: &str = include_str!("other_meanings.txt");

impl Knowledge {
    /// Reads the gazetteer once.
    #[must_use]
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut knowledge = Self::default();
        let seat = gazetteer.get(SEAT);
        for (index, mandate) in gazetteer.mandates().iter().enumerate() {
            let held = if Some(mandate.office) == seat {
                &mut knowledge.seats
            } else if gazetteer.entity(mandate.office).id.ends_with(LAND_SEAT) {
                &mut knowledge.land_seats
            } else {
                &mut knowledge.mandates
            };
            held.entry(mandate.person).or_default().push(index as u32);
        }
        for (key, entity) in gazetteer.entities() {
            match entity.kind {
                // Their first names are not asked for: among so many there are words and surnames too.
                Kind::Politician if entity.attributes.note.starts_with(LAND_NOTE) => {
                    knowledge.of_laender_only.insert(key);
                }
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
                Kind::Ministry => {
                    let words = entity.names.iter().flat_map(|name| portfolio_words(&name.text));
                    for word in words.filter(|word| !word.is_empty()) {
                        if !knowledge.portfolios.contains(word) {
                            knowledge.portfolios.insert(word.into());
                        }
                    }
                }
                Kind::Law => {
                    let numbers = entity.names.iter().filter_map(|name| ActNumber::in_name(&name.text));
                    knowledge.acts.extend(numbers.map(|number| (number, key)));
                }
                _ => {}
            }
        }
        for (index, role) in gazetteer.roles().iter().enumerate().filter(|(_, role)| role.of_head) {
            if let Some(body) = gazetteer.get(&gazetteer.entity(role.office).attributes.parent) {
                knowledge.headed.entry(body).or_default().push(index as u32);
            }
        }
        knowledge.common_surnames = words(COMMON_SURNAMES).map(Into::into).collect();
        knowledge.word_surnames = words(WORD_SURNAMES).map(Into::into).collect();
        knowledge.other_meanings = lines(OTHER_MEANINGS)
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                Some((words.next()?, words.collect()))
            })
            .collect();
        let is_prominent = |entity: &Entity| {
            let path = entity.id.strip_prefix("office:").unwrap_or(&entity.id);
            path.strip_prefix("bund/").is_some_and(|rest| !rest.contains('/'))
                || path.ends_with("/regierungschef")
                // `Merz und Esken traten vor die Presse`: who leads a party or its group in the Bundestag.
                || (entity.attributes.parent.starts_with("party:") && (path.ends_with("vorsitz") || path.ends_with("/landesgruppe")))
        };
        let offices = gazetteer.entities().filter(|(_, entity)| entity.kind == Kind::Office);
        knowledge.prominent = offices.filter(|(_, entity)| is_prominent(entity)).map(|(key, _)| key).collect();
        let capitals = CAPITALS.iter().filter_map(|(city, land)| Some((gazetteer.get(city)?, gazetteer.get(land)?)));
        knowledge.capitals = capitals.collect();
        knowledge
    }

    /// The Land that an entity belongs to, or the Land itself.
    #[must_use]
    pub fn land_of(&self, gazetteer: &Gazetteer, key: EntityKey) -> Option<EntityKey> {
        let entity = gazetteer.entity(key);
        if entity.kind == Kind::Land { Some(key) } else { self.lands.get(entity.attributes.land.as_ref()).copied() }
    }

    /// The words for who leads an authority, as indices.
    pub(super) fn roles_of_heads(&self, body: EntityKey) -> &[u32] {
        self.headed.get(&body).map_or(&[], Vec::as_slice)
    }

    /// The act of the European Union that bears a number.
    pub(super) fn act(&self, number: ActNumber) -> Option<EntityKey> {
        self.acts.get(&number).copied()
    }

    /// Whether ministries have the word in their names for what they are in charge of.
    pub(super) fn is_portfolio(&self, word: &str) -> bool {
        self.portfolios.contains(word)
    }

    pub(super) fn is_first_name(&self, word: &str) -> bool {
        self.first_names.contains(word)
    }

    pub(super) fn is_common_surname(&self, surname: &str) -> bool {
        self.common_surnames.contains(surname)
    }

    /// Whether the surname is also a word of the language.
    pub(super) fn is_word(&self, surname: &str) -> bool {
        self.word_surnames.contains(surname)
    }

    /// How words begin that speak of something else that is called like the abbreviation.
    pub(super) fn other_meanings(&self, abbreviation: &str) -> &[&'static str] {
        self.other_meanings.get(abbreviation).map_or(&[], Vec::as_slice)
    }

    /// The Land of which a town is the capital.
    pub(super) fn capital_of(&self, town: EntityKey) -> Option<EntityKey> {
        self.capitals.get(&town).copied()
    }

    /// Whether the person led the Federation, a federal ministry or a Land on the day.
    pub(super) fn is_prominent(&self, gazetteer: &Gazetteer, person: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person)
            .any(|mandate| self.prominent.contains(&mandate.office) && mandate.period.contains(day))
    }

    /// Whether the person ever did so.
    pub(super) fn ever_prominent(&self, gazetteer: &Gazetteer, person: EntityKey) -> bool {
        self.offices(gazetteer, person).any(|mandate| self.prominent.contains(&mandate.office))
    }

    /// Whether the person did so on the day or at any time before.
    pub(super) fn once_prominent(&self, gazetteer: &Gazetteer, person: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person).any(|mandate| {
            self.prominent.contains(&mandate.office) && mandate.period.from.is_none_or(|from| from <= day)
        })
    }

    /// Whether the person did so on the day or a few years before.
    pub(super) fn was_prominent(&self, gazetteer: &Gazetteer, person: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person).any(|mandate| {
            self.prominent.contains(&mandate.office)
                && mandate.period.from.is_none_or(|from| from <= day)
                && mandate.period.to.is_none_or(|to| day.year() - to.year() <= REMEMBERED_YEARS)
        })
    }

    /// Whether the person held the office on the day.
    pub(super) fn held(&self, gazetteer: &Gazetteer, person: EntityKey, office: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person).any(|mandate| mandate.office == office && mandate.period.contains(day))
    }

    /// The mandates of a person but for seats in the Bundestag and in the Landtage.
    pub(super) fn offices<'g>(
        &'g self,
        gazetteer: &'g Gazetteer,
        person: EntityKey,
    ) -> impl Iterator<Item = &'g crate::gazetteer::Mandate> {
        self.mandates.get(&person).into_iter().flatten().map(|&index| &gazetteer.mandates()[index as usize])
    }

    /// Whether the person had a seat in the Bundestag on the day.
    pub(super) fn sits(&self, gazetteer: &Gazetteer, person: EntityKey, day: Date) -> bool {
        let seats = self.seats.get(&person).into_iter().flatten();
        seats.map(|&index| &gazetteer.mandates()[index as usize]).any(|seat| seat.period.contains(day))
    }

    /// The seats of a person in the Landtage: the Land of each, and its time.
    pub(super) fn land_seats<'g>(
        &'g self,
        gazetteer: &'g Gazetteer,
        person: EntityKey,
    ) -> impl Iterator<Item = (Option<EntityKey>, Period)> {
        let seats = self.land_seats.get(&person).into_iter().flatten();
        let seats = seats.map(|&index| &gazetteer.mandates()[index as usize]);
        seats.map(|seat| (self.land_of(gazetteer, seat.office), seat.period))
    }

    /// Whether the person had a seat in the Landtag of the Land on the day.
    pub(super) fn sits_for(&self, gazetteer: &Gazetteer, person: EntityKey, land: EntityKey, day: Date) -> bool {
        self.land_seats(gazetteer, person).any(|(of, period)| of == Some(land) && period.contains(day))
    }

    /// Whether the person is known for a seat in a Landtag and nothing else.
    pub(super) fn is_of_laender_only(&self, person: EntityKey) -> bool {
        self.of_laender_only.contains(&person)
    }

    /// Whether the person held any office on the day; a seat is none.
    pub(super) fn is_in_office(&self, gazetteer: &Gazetteer, person: EntityKey, day: Date) -> bool {
        self.offices(gazetteer, person).any(|mandate| mandate.period.contains(day))
    }
}

/// `Forsten` in `Thüringer Ministerium für Umwelt, Energie, Naturschutz und Forsten`: what stands behind the preposition or
/// article, but not the Land.
fn portfolio_words(name: &str) -> impl Iterator<Item = &str> {
    let words = name.split([' ', ',', '-']);
    words
        .skip_while(|word| !matches!(*word, "für" | "der" | "des"))
        .take_while(|word| *word != "Landes")
        .filter(|word| word.starts_with(char::is_uppercase) && !word.starts_with("Freistaat"))
}

/// The lines of a list, without comments.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#'))
}

/// The words of a list.
fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    lines(list).flat_map(str::split_whitespace)
}
