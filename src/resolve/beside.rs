//! The Land that stands beside an office or a ministry: by its name, its adjective, or the seat of its government.

use super::Reader;
use super::draft::{Draft, Reading};
use super::gender::of_article;
use super::offices::Choice;
use crate::document::{Evidence, Kind, Via};
use crate::gazetteer::EntityKey;

/// What stands between an office and the Land that it belongs to.
const BEFORE_LAND: &[&str] = &[
    "von",
    "in",
    "im",
    "aus",
    "des Landes",
    "im Land",
    "(",
    "des Freistaats",
    "des Freistaates",
    "der Freien Hansestadt",
    "für",
];

/// What is said of the seat of a government is said of the government: `die Mainzer Staatskanzlei`.
const SEATS: &[(&str, &str)] = &[
    ("Dresdener", "land:sn"),
    ("Dresdner", "land:sn"),
    ("Düsseldorfer", "land:nw"),
    ("Erfurter", "land:th"),
    ("Kieler", "land:sh"),
    ("Magdeburger", "land:st"),
    ("Mainzer", "land:rp"),
    ("Münchener", "land:by"),
    ("Münchner", "land:by"),
    ("Potsdamer", "land:bb"),
    ("Saarbrücker", "land:sl"),
    ("Schweriner", "land:mv"),
    ("Stuttgarter", "land:bw"),
    ("Wiesbadener", "land:he"),
    ("hannoversche", "land:ni"),
    ("hannoverschen", "land:ni"),
];

impl Reader<'_> {
    pub(super) fn land_of_entity(&self, entity: EntityKey) -> Option<EntityKey> {
        self.land_of_city_state(entity).or_else(|| self.sources.knowledge.land_of(self.sources.gazetteer, entity))
    }

    /// The cities that are Länder.
    fn land_of_city_state(&self, city: EntityKey) -> Option<EntityKey> {
        let gazetteer = self.sources.gazetteer;
        let land = match gazetteer.entity(city).id.as_ref() {
            "municipality:11000000" => "land:be",
            "municipality:02000000" => "land:hh",
            "municipality:04011000" => "land:hb",
            _ => return None,
        };
        gazetteer.get(land)
    }

    /// The Land of a decided mention of a Land.
    pub(super) fn land_at(&self, draft: usize) -> Option<EntityKey> {
        let draft = self.drafts.get(draft)?;
        let entity = draft.entity()?;
        match draft.kind() {
            Some(Kind::Land) => Some(entity),
            // `die Staatskanzlei in München`: a government is named after its seat, not after other towns.
            Some(Kind::Municipality) => {
                self.sources.knowledge.capital_of(entity).or_else(|| self.land_of_city_state(entity))
            }
            _ => None,
        }
    }

    /// `Bayerns Digitalminister`, `der hessische Minister`, `NRW-Digitalministerin`, `Minister von Thüringen`.
    pub(super) fn land_beside(&self, draft: usize) -> Option<EntityKey> {
        if let Some(before) = draft.checked_sub(1)
            && let Some(land) = self.land_at(before)
        {
            let gap = self.between(before, draft);
            let surface = self.drafts[before].span.of(self.text);
            let belongs = gap == "-"
                || self.drafts[before].decision.as_ref().is_some_and(|decision| decision.via == Via::Adjective)
                || surface.ends_with(['s', 'ß', '\'', '’'])
                || surface.ends_with("er");
            let words = gap.split_whitespace().collect::<Vec<_>>();
            let adjectives = words.len() <= 2
                && words
                    .iter()
                    .all(|word| word.starts_with(char::is_lowercase) && word.ends_with(['e', 'n', 'r', 'm', 's']));
            if belongs && (gap == "-" || (adjectives && gap.starts_with([' ', '\n']))) {
                return Some(land);
            }
        }
        // `das Magdeburger Innenministerium`: a government by its seat.
        let before = self.word_before(self.drafts[draft].tokens.0);
        if let Some(land) = land_of_seat(before) {
            return self.sources.gazetteer.get(land);
        }
        // `Digitalminister von Bayern`: `von Bayern` could be a surname and stands before the Land.
        let next = self.drafts.get(draft + 1)?;
        let behind = match self.drafts.get(draft + 2) {
            Some(inner) if next.decision.is_none() && next.span.overlaps(inner.span) => draft + 2,
            _ => draft + 1,
        };
        let land = self.land_at(behind)?;
        // `Ministerpräsident Sachsen-Anhalt`, as captions have it.
        let caption = self.between(draft, behind) == " " && self.drafts[behind].kind() == Some(Kind::Land);
        let gap = self.between(draft, behind).trim();
        let genitive = gap.is_empty() && self.drafts[behind].span.of(self.text).ends_with(['s', '\'']);
        (genitive || caption || gap == "des" || BEFORE_LAND.contains(&gap)).then_some(land)
    }

    /// `die Senatsverwaltung für Gesundheit`: no other Land has one.
    pub(super) fn berlin(&self, draft: usize) -> Option<EntityKey> {
        let own = self.drafts[draft].span.of(self.text).starts_with("Senatsverwaltung");
        own.then(|| self.sources.gazetteer.get("land:be")).flatten()
    }

    /// `das Verkehrsministerium in Berlin`: the city-states have none of that name.
    pub(super) fn is_federal_there(&self, draft: usize, land: EntityKey) -> bool {
        self.drafts[draft].span.of(self.text).contains("ministeri")
            && matches!(self.sources.gazetteer.entity(land).id.as_ref(), "land:be" | "land:hh" | "land:hb")
    }

    /// `das Sozialressort der Stadt`: a department of a town hall.
    pub(super) fn is_of_a_town(&self, draft: usize) -> bool {
        let last = self.drafts[draft].tokens.1;
        self.drafts[draft].span.of(self.text).contains("ressort")
            && matches!(
                (self.word(last + 1), self.word(last + 2)),
                ("der", "Stadt" | "Gemeinde" | "Kommune" | "Stadtverwaltung") | ("im", "Rathaus") | ("des", "Kreises")
            )
    }

    /// `Ministerpräsidentin Malu Dreyer reiste nach Trier. Die Regierungschefin …`: the head of the one government whose
    /// head was named shortly before.
    pub(super) fn of_head_named(&self, draft: usize, readings: &[Reading]) -> Option<Choice> {
        const SENTENCES: usize = 2;
        let own = &self.drafts[draft];
        if !own.span.of(self.text).starts_with("Regierungschef") || of_article(self.word_before(own.tokens.0)).is_none()
        {
            return None;
        }
        let sentence = self.sentence_of(own.span.start);
        let near = |other: &&Draft| self.sentence_of(other.span.start) + SENTENCES >= sentence;
        let mut heads = self.drafts[..draft].iter().rev().take_while(near).filter_map(|other| {
            let decision = other.decision.as_ref().filter(|decision| decision.kind == Kind::Office)?;
            let reading = readings.iter().find(|reading| Some(reading.entity) == decision.entity)?;
            Some((*reading, decision.holder?))
        });
        let (reading, holder) = heads.next()?;
        // `Der Regierungschef` is not the chancellor while a woman is it.
        let other = if self.is_feminine(draft) { "m" } else { "f" };
        let only = heads.all(|(_, another)| another == holder)
            && self.sources.gazetteer.entity(holder).attributes.gender.as_ref() != other;
        only.then_some(Choice {
            reading,
            confidence: 0.75,
            evidence: Evidence::Antecedent,
            holder: Some(holder),
            modifier: None,
        })
    }

    /// `Haseloff hört auf. Der Regierungschef …`: a word for the head of whatever government, with the definite article, is
    /// the office of the one whom the sentences before it name, if only one of them holds such an office on the day.
    pub(super) fn of_one_named_before(&self, draft: usize, readings: &[Reading]) -> Option<Choice> {
        const SENTENCES: usize = 2;
        let own = &self.drafts[draft];
        if !matches!(self.word_before(own.tokens.0), "der" | "Der" | "die" | "Die" | "den" | "Den" | "dem" | "Dem") {
            return None;
        }
        let from = self.sentence_of(own.span.start).saturating_sub(SENTENCES);
        let near = (0..draft).rev().take_while(|&other| self.sentence_of(self.drafts[other].span.start) >= from);
        let named = |other: usize| {
            let word = self.sources.knowledge.is_word(self.drafts[other].span.of(self.text));
            self.readings(other).iter().filter(move |reading| reading.kind == Kind::Politician && !word)
        };
        let feminine = own.span.of(self.text).ends_with("in");
        let fits = |person: EntityKey| match self.sources.gazetteer.entity(person).attributes.gender.as_ref() {
            "f" => feminine,
            "m" => !feminine,
            _ => true,
        };
        let holds = |person: EntityKey| {
            let mut held = readings.iter().filter(|reading| {
                self.sources.knowledge.held(self.sources.gazetteer, person, reading.entity, self.day)
            });
            held.next().copied().filter(|_| fits(person)).map(|reading| (person, reading))
        };
        let mut found = near.flat_map(named).filter_map(|reading| holds(reading.entity));
        let (person, reading) = found.next()?;
        found.all(|(other, _)| other == person).then_some(Choice {
            reading,
            confidence: 0.75,
            evidence: Evidence::NamedHolder,
            holder: Some(person),
            modifier: None,
        })
    }

    pub(super) fn land_of_kicker(&self) -> Option<EntityKey> {
        *self.kicker_land.get_or_init(|| {
            (0..self.drafts.len())
                .filter(|&draft| self.region_of(draft) == crate::Region::Kicker)
                .find_map(|draft| self.land_at(draft))
        })
    }

    /// The Land of the document, where it names just one.
    pub(super) fn only_land(&self) -> Option<EntityKey> {
        *self.only_land.get_or_init(|| {
            // `Das sagte er in Berlin`: the capital of the Federation is named everywhere.
            let berlin = self.sources.gazetteer.get("municipality:11000000");
            let lands = |capital: bool| {
                let drafts =
                    (0..self.drafts.len()).filter(move |&draft| (self.drafts[draft].entity() == berlin) == capital);
                drafts.filter_map(|draft| self.land_at(draft))
            };
            let first = lands(false).next().or_else(|| lands(true).next())?;
            lands(false).all(|land| land == first).then_some(first)
        })
    }
}

/// The Land whose government has its seat where the adjective says: `Kieler`.
pub(super) fn land_of_seat(adjective: &str) -> Option<&'static str> {
    SEATS.iter().find(|(seat, _)| *seat == adjective).map(|(_, land)| *land)
}
