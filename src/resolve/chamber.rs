//! The house in which a speech is held: the Bundestag, or the chamber of a Land, of whose members the gazetteers know some.

use super::Reader;
use super::draft::{Draft, Reading};
use crate::document::Kind;
use crate::gazetteer::EntityKey;

/// Words of the chamber of a Land and of the government that answers to it.
const OF_A_LAND: &[&str] =
    &["Landtag", "Landesregierung", "Staatsregierung", "Abgeordnetenhaus", "Bürgerschaft", " MdL"];

/// Surnames that so few people of the gazetteers bear that whoever leads is meant.
const FEW: usize = 3;

impl Reader<'_> {
    /// `Der Thüringer Landtag tagte … der Innenminister`: the Land whose parliament the text names, where it names no other
    /// one and nothing of the Federation's.
    pub(super) fn land_of_landtag(&self) -> Option<EntityKey> {
        *self.landtag.get_or_init(|| {
            let mut lands = self.parliaments_of_laender();
            let first = lands.next()?;
            let other = self.only_land().filter(|&land| land != first && self.names_the_land(land));
            let alone = lands.all(|land| land == first) && other.is_none();
            (alone && !self.is_on_the_federation()).then_some(first)
        })
    }

    /// The Land in whose chamber the text speaks: its parliament is named, or the government of a Land and no other Land.
    pub(super) fn land_of_chamber(&self) -> Option<EntityKey> {
        let only = || self.only_land().filter(|&land| self.names_the_land(land));
        self.land_of_landtag().or_else(|| if self.is_of_a_landtag() { only() } else { None })
    }

    /// Whether the Land itself is named, not only a town that is its capital: `Das sagte er in Berlin`.
    pub(super) fn names_the_land(&self, land: EntityKey) -> bool {
        self.drafts.iter().any(|draft| draft.entity() == Some(land))
    }

    /// Whether a speech or paper is of the chamber of a Land. Its words are those of any parliament; it speaks of a Landtag
    /// or its government, and no less of them than of the Bundestag. There CDU and CSU are never one group.
    pub(super) fn is_of_a_landtag(&self) -> bool {
        *self.of_a_landtag.get_or_init(|| {
            let gazetteer = self.sources.gazetteer;
            let named = |id: &str| {
                let entity = gazetteer.get(id);
                self.drafts.iter().filter(|draft| entity.is_some() && draft.entity() == entity).count()
            };
            if !self.is_parliamentary() || named("party:cdu-csu") > 0 || self.names_a_sitting_member() {
                return false;
            }
            let federal = named("parliament:bundestag") + named("body:bundesregierung");
            let regional = self.parliaments_of_laender().count();
            self.hears_the_cdu_alone()
                || if regional > 0 { regional >= federal } else { federal == 0 && self.speaks_of_a_landtag() }
        })
    }

    /// `(Beifall CDU und GRÜNE)`, `Anton Muster [CDU]`: in the Bundestag it would be `CDU/CSU`.
    fn hears_the_cdu_alone(&self) -> bool {
        const LONGEST: usize = 200;
        let bytes = self.text.as_bytes();
        memchr::memmem::find(bytes, b"[CDU]").is_some()
            || ["(Beifall", "(Heiterkeit", "(Zuruf"].iter().any(|sign| {
                memchr::memmem::find_iter(bytes, sign).any(|at| {
                    let rest = &bytes[at..bytes.len().min(at + LONGEST)];
                    let remark = &rest[..memchr::memchr(b')', rest).unwrap_or(0)];
                    memchr::memmem::find_iter(remark, b"CDU").any(|cdu| !matches!(remark.get(cdu + 3), Some(b'/')))
                })
            })
    }

    /// Words that need no Land beside them: `Beschluss des Landtags`. A `Landtagswahl` is talked of everywhere.
    fn speaks_of_a_landtag(&self) -> bool {
        OF_A_LAND.iter().any(|word| {
            memchr::memmem::find_iter(self.text.as_bytes(), word)
                .any(|at| !self.text[at + word.len()..].starts_with("swahl"))
        })
    }

    /// `Anna Muster [SPD]`: a member of the Bundestag with the party, as its reports name who speaks or calls out.
    fn names_a_sitting_member(&self) -> bool {
        (0..self.drafts.len()).any(|draft| {
            let own = &self.drafts[draft];
            own.kind() == Some(Kind::Politician)
                && own.tokens.1 > own.tokens.0
                && own.entity().is_some_and(|person| self.sits(person))
                && self.party_behind(draft).is_some()
        })
    }

    pub(super) fn parliaments_of_laender(&self) -> impl Iterator<Item = EntityKey> {
        let named = self.drafts.iter().filter(|draft| draft.kind() == Some(Kind::Parliament));
        named
            .filter_map(Draft::entity)
            .filter_map(|parliament| self.sources.knowledge.land_of(self.sources.gazetteer, parliament))
    }

    /// Whether the text names the Bundestag or the Federal Government.
    pub(super) fn is_on_the_federation(&self) -> bool {
        let gazetteer = self.sources.gazetteer;
        ["parliament:bundestag", "body:bundesregierung"]
            .iter()
            .any(|id| gazetteer.get(id).is_some_and(|entity| self.accepted.has(entity)))
    }

    /// `Herr Kollege Hofmann` in a Landtag: none of the members of the Bundestag who are or were called so, but one of the
    /// Land's politicians, or who leads the Federation and shares the name with few.
    pub(super) fn known_in_a_landtag(&self, readings: &[Reading]) -> Vec<Reading> {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let land = self.land_of_chamber();
        let of_the_land = |reading: &Reading| {
            knowledge
                .offices(gazetteer, reading.entity)
                .filter_map(|mandate| knowledge.land_of(gazetteer, mandate.office))
                .any(|other| land.is_none_or(|land| land == other))
                || land.is_some_and(|land| self.sits_for(reading.entity, land))
        };
        let leads =
            |reading: &Reading| readings.len() <= FEW && knowledge.was_prominent(gazetteer, reading.entity, self.day);
        readings.iter().filter(|reading| of_the_land(reading) || leads(reading)).copied().collect()
    }

    /// `der Innenausschuss`, `der Ältestenrat` in a Landtag, or beside members of the government of a Land: its own, not that
    /// of the Bundestag.
    pub(super) fn leave_committees_open(&mut self) {
        let bundestag = self.sources.gazetteer.get("parliament:bundestag");
        for draft in 0..self.drafts.len() {
            let Some(entity) = self.drafts[draft].entity() else { continue };
            let named = self.sources.gazetteer.entity(entity);
            if named.kind != Kind::Parliament
                || Some(entity) == bundestag
                || named.attributes.parent.as_ref() != "parliament:bundestag"
                || self.drafts[draft].span.of(self.text).contains("Bundestag")
                || self.is_of_the_bundestag(draft)
                || !(self.is_of_a_landtag() || (self.cabinet.is_some()))
            {
                continue;
            }
            if let Some(decision) = &mut self.drafts[draft].decision {
                decision.entity = None;
                decision.candidates = vec![entity];
                decision.confidence = 0.6;
            }
        }
    }

    /// `der Haushaltsausschuss des Deutschen Bundestages`
    fn is_of_the_bundestag(&self, committee: usize) -> bool {
        let next = committee + 1;
        next < self.drafts.len()
            && self.drafts[next].entity() == self.sources.gazetteer.get("parliament:bundestag")
            && matches!(self.between(committee, next).trim(), "des" | "im")
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing::entities;
    use crate::{Layers, Pipeline};

    #[test]
    fn the_chamber_of_a_land_has_members_and_committees_of_its_own() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| entities(&pipeline, text);
        assert_eq!(read("Die Landesregierung schweigt, Herr Kollege Klare. (Beifall CDU)"), ["-", "party:cdu"]);
        assert_eq!(read("Im Innenausschuss, Herr Präsident, fehlte die Landesregierung."), ["-"]);
        assert_eq!(
            read("Im Haushaltsausschuss des Deutschen Bundestages, Herr Präsident, fehlte die Landesregierung."),
            ["parliament:haushaltsausschuss"]
        );
        // Beside two members of one government.
        let cabinet =
            read("Bildungsministerin Eva Feußner und Ministerpräsident Reiner Haseloff sprachen im Finanzausschuss.");
        assert_eq!(cabinet.last().map(String::as_str), Some("-"));
        // A member of another party than those whom the gazetteers know by so common a name.
        assert_eq!(read("Stefan Müller (SPD) fragt. (Beifall)"), ["-", "party:spd"]);
        assert_eq!(read("Stefan Müller (FDP) fragt. (Beifall)"), ["politician:stefan-mueller-1977", "party:fdp"]);
        assert_eq!(read("Stefan Müller (CSU) fragt. (Beifall)"), ["politician:stefan-mueller", "party:csu"]);
        // Speakers of the Bundestag name Länder and their governments too.
        assert_eq!(
            read("Die Landesregierung schweigt, Herr Kollege Mützenich. (Beifall bei der CDU/CSU)"),
            ["politician:rolf-muetzenich", "party:cdu-csu"]
        );
    }
}
