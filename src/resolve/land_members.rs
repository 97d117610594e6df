//! Members of the Landtage, of whom there are many, and namesakes whom the whole Federation knows.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::address::{ADDRESSES, is_title};
use super::draft::Reading;
use super::persons::only;
use super::{LATEST, Reader};
use crate::document::{Evidence, Kind};
use crate::gazetteer::{EntityKey, NameClass};

/// How many years before the first seat and after the last one a member is talked of.
const KNOWN_YEARS: i16 = 8;

impl Reader<'_> {
    /// Whether a reading is known for a seat in a Landtag and nothing else.
    pub(super) fn is_of_laender_only(&self, reading: &Reading) -> bool {
        self.sources.knowledge.is_of_laender_only(reading.entity)
    }

    /// Whether the person has a seat in the Landtag of the Land on the day.
    pub(super) fn sits_for(&self, person: EntityKey, land: EntityKey) -> bool {
        self.sources.knowledge.sits_for(self.sources.gazetteer, person, land, self.day)
    }

    /// Links full names that members of the Landtage bear. It is asked last of all full names, for which chamber the text
    /// is of follows from the others.
    pub(super) fn settle_members_of_laender(&mut self, names: Vec<(usize, Vec<Reading>)>) {
        if names.is_empty() {
            return;
        }
        let chamber = self.land_of_chamber();
        // It is asked again when more is known.
        (self.landtag, self.of_a_landtag, self.only_land) = Default::default();
        for (draft, readings) in names {
            match self.namesake_of_a_land(draft, &readings, chamber) {
                Some((reading, confidence, evidence)) => self.accept(draft, reading, confidence, vec![evidence]),
                None if readings.len() > 1 => self.accept_undecided(draft, 0.5, vec![]),
                None => self.drafts[draft].refused = true,
            }
        }
    }

    /// Which of the bearers is meant: of the party beside the name, of the chamber that the text is of; else one whom the
    /// Federation knows, and a member of a Landtag only where nobody else is called so.
    fn namesake_of_a_land(
        &self,
        draft: usize,
        readings: &[Reading],
        chamber: Option<EntityKey>,
    ) -> Option<(Reading, f32, Evidence)> {
        let known: Vec<Reading> = readings.iter().filter(|it| !self.is_of_laender_only(it)).copied().collect();
        let party = self.party_behind(draft).or_else(|| self.party_joined_behind(draft));
        let party = party.or_else(|| self.party_before(draft));
        let of_party = |it: &&Reading| party.is_none_or(|party| self.is_member_of(it.entity, party));
        let members = || readings.iter().filter(|it| self.is_about(it.entity) && of_party(it));
        if party.is_some()
            && readings.len() > 1
            && let Some(reading) = only(members())
        {
            return Some((reading, 0.93, Evidence::PartyBehind));
        }
        if let Some(land) = chamber
            && let Some(reading) = only(members().filter(|it| self.sits_for(it.entity, land)))
        {
            return Some((reading, 0.9, Evidence::HolderOnDay));
        }
        // `der Landtagsabgeordnete Stefan Müller`, `Stefan Müller MdL`
        if self.is_called_a_member(draft) {
            let lands = || members().filter(|it| self.names_a_land_of(it.entity));
            if let Some(reading) = only(lands()).or_else(|| only(members().filter(|it| self.is_of_laender_only(it)))) {
                return Some((reading, 0.9, Evidence::TitleBefore));
            }
        }
        if !known.is_empty() {
            return self.namesake(draft, &known);
        }
        match *readings {
            [reading] => {
                let person = self.sources.gazetteer.entity(reading.entity);
                let surname = crate::matching::surname(&person.name).unwrap_or_default();
                let rare = !self.sources.knowledge.is_common_surname(surname);
                let fits = match party {
                    // Who bears a rare name may have changed the party.
                    Some(party) => {
                        self.is_member_of(reading.entity, party)
                            || ((rare || person.attributes.party.is_empty()) && self.names_a_land_of(reading.entity))
                    }
                    None => rare || self.names_a_land_of(reading.entity),
                };
                (fits && self.is_about(reading.entity)).then_some((reading, 0.9, Evidence::UniqueName))
            }
            _ => only(members().filter(|it| self.names_a_land_of(it.entity)))
                .map(|reading| (reading, 0.85, Evidence::LandBeside)),
        }
    }

    /// Whether the day lies in or about the time in which the person had a seat in a Landtag; true of whom the Federation
    /// knows.
    fn is_about(&self, person: EntityKey) -> bool {
        let year = self.day.year();
        !self.sources.knowledge.is_of_laender_only(person)
            || self.day == LATEST
            || self.sources.knowledge.land_seats(self.sources.gazetteer, person).any(|(_, seat)| {
                seat.from.is_none_or(|from| from.year() - KNOWN_YEARS <= year)
                    && seat.to.is_none_or(|to| year <= to.year() + KNOWN_YEARS)
            })
    }

    /// Whether the text names the Land of a seat of the person, or its parliament, a ministry or a town of it.
    fn names_a_land_of(&self, person: EntityKey) -> bool {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let named = |land: EntityKey| {
            self.drafts.iter().filter_map(|draft| Some((draft.kind()?, draft.entity()?))).any(|(kind, entity)| {
                matches!(kind, Kind::Land | Kind::Parliament | Kind::Ministry | Kind::Municipality)
                    && self.land_of_entity(entity) == Some(land)
            })
        };
        knowledge.land_seats(gazetteer, person).filter_map(|(land, _)| land).any(named)
    }

    /// `der FDP-Politiker Stefan Müller`: the party in the compound before the name.
    fn party_before(&self, draft: usize) -> Option<EntityKey> {
        let before = draft.checked_sub(1)?;
        let (own, party) = (&self.drafts[draft], &self.drafts[before]);
        let beside = party.joined_after && party.tokens.1 + 1 == own.tokens.0;
        let reading = self.readings(before).iter().find(|reading| beside && reading.kind == Kind::Party)?;
        Some(reading.entity)
    }

    /// `die Landtagsabgeordnete Anna Muster`, `Anna Muster, MdL`
    fn is_called_a_member(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let behind = match self.word(own.tokens.1 + 1) {
            "," | "(" => self.word(own.tokens.1 + 2),
            word => word,
        };
        let before = self.title_before(draft).unwrap_or("");
        before.starts_with("Landtagsabgeordnet")
            || ["MdL", "MdA", "MdBB", "MdHB"].iter().any(|member| *member == behind || *member == before)
    }

    /// Leaves out surnames that nobody but members of Landtage bears, where the text neither names one of them in full nor
    /// announces one: there are many, and half of them are words, `Schon`, `Wein`, `Kurt`.
    pub(super) fn drop_surnames_of_laender(&mut self) {
        let of_laender = |reading: &Reading| self.is_of_laender_only(reading);
        let named: FxHashSet<EntityKey> = self
            .readings
            .iter()
            .filter(|reading| reading.class != NameClass::Surname && of_laender(reading))
            .map(|reading| reading.entity)
            .collect();
        let unnamed = |reading: &Reading| {
            reading.class == NameClass::Surname && of_laender(reading) && !named.contains(&reading.entity)
        };
        let is_idle = |draft: usize| {
            let readings = self.readings(draft);
            !readings.is_empty() && readings.iter().all(unnamed) && !self.has_title_or_party(draft)
        };
        let idle: Vec<usize> = (0..self.drafts.len()).filter(|&draft| is_idle(draft)).collect();
        if !idle.is_empty() {
            let mut draft = 0..;
            self.drafts.retain(|_| draft.next().is_none_or(|draft| idle.binary_search(&draft).is_err()));
        }
    }

    /// `Herr Muster`, `der Abgeordnete Muster`, `Muster (SPD)`
    fn has_title_or_party(&self, draft: usize) -> bool {
        let title = self.title_before(draft).unwrap_or("");
        is_title(title) || ADDRESSES.contains(&title) || self.party_behind(draft).is_some()
    }

    /// Of the bearers of a surname, members of a Landtag are meant only where the text names them in full, or speaks in
    /// their chamber and announces them: `Frau Kollegin Muster`.
    pub(super) fn keep_to_the_chamber(&self, draft: usize, readings: &mut Vec<Reading>) {
        if !readings.iter().any(|reading| self.is_of_laender_only(reading)) {
            return;
        }
        let chamber = LazyCell::new(|| if self.has_title_or_party(draft) { self.land_of_chamber() } else { None });
        readings.retain(|reading| {
            !self.is_of_laender_only(reading)
                || self.accepted.has(reading.entity)
                || chamber.is_some_and(|land| self.sits_for(reading.entity, land))
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing::entities;
    use crate::{Layers, Pipeline};

    #[test]
    fn a_member_of_a_landtag_gives_way_to_a_namesake_of_the_federation() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| entities(&pipeline, text);
        let in_the_bundestag = read("Im Bundestag sprach Stefan Müller.");
        assert_eq!(in_the_bundestag, ["parliament:bundestag", "politician:stefan-mueller"]);
        assert_eq!(read("Stefan Müller sagte am Montag ab."), ["politician:stefan-mueller"]);
        assert_eq!(
            read("Im Hessischen Landtag sprach Stefan Müller."),
            ["parliament:he/landtag", "politician:stefan-mueller-1977"]
        );
        assert_eq!(read("Der Landtagsabgeordnete Stefan Müller sagte ab."), ["politician:stefan-mueller-1977"]);
        // Very many people are called so.
        assert_eq!(read("Frank Müller backt Brot."), [""; 0]);
        assert_eq!(read("Frank Müller (SPD) fragt."), ["politician:frank-mueller", "party:spd"]);
    }

    #[test]
    fn the_surname_of_a_member_of_a_landtag_is_a_word_elsewhere() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| entities(&pipeline, text);
        assert_eq!(read("Schon am Montag sagte Wein ab, und Herr Schon kam."), [""; 0]);
        let law = read("Erste Verordnung zur Änderung der Wein-Überwachungs-Verordnung");
        assert_eq!(law, ["-"]);
    }
}
