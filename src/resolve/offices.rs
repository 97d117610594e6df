//! Offices, and ministries of Länder, by the Land beside them, the person named with them, and the day.

use super::company::is_indefinite_article;
use super::draft::{Reading, Time};
use super::words::FOREIGN;
use super::{LATEST, Reader};
use crate::date::Date;
use crate::document::{Evidence, Kind, Modifier};
use crate::gazetteer::{EntityKey, Mandate, NameRule};

/// Words for the head of whatever government or administration: they name an office only beside a Land or the holder.
const GENERIC: &[&str] = &[
    "BK",
    "BKin",
    "CIO",
    "MP",
    "MPin",
    "Regierungschef",
    "Regierungschefs",
    "Regierungschefin",
    "Bürgermeister",
    "Bürgermeisters",
    "Bürgermeisterin",
];

/// Words for other states in the genitive.
const STATES: &[&str] = &[
    "staates",
    "königreichs",
    "königreiches",
    "großherzogtums",
    "fürstentums",
    "republik",
    "volksrepublik",
    "vereinigten",
];

/// What was found to decide for a reading.
pub(super) struct Choice {
    pub reading: Reading,
    pub confidence: f32,
    pub evidence: Evidence,
    pub holder: Option<EntityKey>,
    pub modifier: Option<Modifier>,
}

impl Reader<'_> {
    /// Decides offices and ministries that several governments have.
    pub(super) fn settle_offices(&mut self) {
        // Those that stand beside a Land or a name first: they tell whose the others are.
        for bare in [false, true] {
            if bare {
                self.told = self.portfolios_told();
                self.cabinet = self.land_of_cabinet();
            }
            for draft in 0..self.drafts.len() {
                if self.drafts[draft].is_open() {
                    self.settle_office_if(draft, bare);
                }
            }
        }
    }

    /// Decides an office or ministry, unless it is `bare` and the others come first.
    fn settle_office_if(&mut self, draft: usize, bare: bool) {
        // A name that needs company and has found none (`Mein BMI ist zu hoch`) is not helped by the day.
        let wanted = |reading: &&Reading| {
            matches!(reading.kind, Kind::Office | Kind::Ministry)
                && !matches!(self.rule(reading), NameRule::Context | NameRule::With(_))
        };
        let readings: Vec<Reading> = self.readings(draft).iter().filter(wanted).copied().collect();
        if readings.is_empty() || readings.len() < self.readings(draft).len() {
            return;
        }
        if !bare && self.land_beside(draft).is_none() && self.by_person(draft, &readings).is_none() {
            return;
        }
        if self.is_foreign(draft)
            || self.is_plural(draft)
            || self.is_of_a_town(draft)
            || self.is_a_deputy(draft)
            || self.is_cut_short(draft, &readings)
        {
            self.drafts[draft].refused = true;
            return;
        }
        self.settle_office(draft, &readings);
    }

    fn settle_office(&mut self, draft: usize, readings: &[Reading]) {
        let first = self.drafts[draft].tokens.0;
        if self.is_denied(first) {
            // `Ein Digitalministerium gab es 2013 nicht` names no ministry; an office is talked of all the same.
            if readings.iter().all(|reading| reading.kind == Kind::Ministry) {
                self.drafts[draft].refused = true;
            } else {
                self.deny(draft, readings);
            }
            return;
        }
        if self.is_any(draft, readings) {
            self.drafts[draft].refused = true;
            return;
        }
        let modifier = self.modifier_before(first).or_else(|| self.is_retired(draft).then_some(Modifier::Former));
        let generic = self.is_generic(draft);
        let land = self.land_beside(draft).filter(|&land| !self.is_federal_there(draft, land));
        let stranger = self.is_a_strangers(draft, readings);
        let listed = self.is_listed(draft);
        let choice = self.choice(draft, readings, land, modifier);
        let Some(choice) = choice else {
            // A list of portfolios that no government is known to have in one hand.
            if listed {
                self.drafts[draft].refused = true;
                return;
            }
            // `Außenminister Walther Rathenau`: an office that only the Federation has, and none of its holders.
            if land.is_none() && !generic && readings.iter().all(|reading| self.is_federal(reading)) {
                self.drafts[draft].refused = true;
                return;
            }
            // An office that many governments or parties have names none of them by itself: a `Fraktionschef` can be
            // one of a Landtag or a town council.
            if (!generic || land.is_some()) && !self.is_of_party(readings[0].entity) {
                self.accept_undecided(draft, 0.5, vec![]);
            }
            return;
        };
        let reading = choice.reading;
        self.accept(draft, reading, choice.confidence, vec![choice.evidence]);
        if let Some(holder) = choice.holder {
            self.tell_namesakes_apart(draft, holder);
        }
        let modifier = modifier.or(choice.modifier).or_else(|| {
            // Whoever holds it is not meant.
            (choice.holder.is_none() && self.is_hypothetical(draft)).then_some(Modifier::Irrealis)
        });
        let holder = match (reading.kind, choice.holder) {
            (Kind::Office, None) if stranger => None,
            (Kind::Office, None) => self.holder(draft, reading.entity, modifier),
            (_, holder) => holder,
        };
        if let Some(decision) = &mut self.drafts[draft].decision {
            decision.modifier = modifier;
            decision.holder = holder;
            if holder.is_some() && choice.holder.is_none() && modifier.is_none() {
                decision.evidence.push(Evidence::HolderOnDay);
            }
        }
    }

    /// What the Land beside, the person named, or the day say.
    fn choice(
        &self,
        draft: usize,
        readings: &[Reading],
        land: Option<EntityKey>,
        modifier: Option<Modifier>,
    ) -> Option<Choice> {
        let by_person = || self.by_person(draft, readings);
        if self.is_listed(draft) {
            // `Benjamin Hoff, Minister für Kultur und Europa`: whatever the portfolios of his house are called.
            let own = by_person().or_else(|| self.of_own_office(draft, readings));
            return own.or_else(|| match land.or_else(|| self.berlin(draft)) {
                Some(land) => self.of_land(readings, land, modifier),
                None => self.by_day(draft, readings, modifier),
            });
        }
        match land {
            Some(land) => self.of_land(readings, land, modifier).map_or_else(
                by_person,
                // `Bayerns Ministerpräsident Edmund Stoiber`: whoever holds the office today.
                |choice| Some(self.by_person(draft, &[choice.reading]).unwrap_or(choice)),
            ),
            None if self.is_generic(draft) => by_person()
                .or_else(|| self.of_head_named(draft, readings))
                .or_else(|| self.of_one_named_before(draft, readings)),
            None if self.is_a_strangers(draft, readings) => by_person()
                .or_else(|| self.of_cabinet(readings, modifier))
                .or_else(|| self.of_only_land(readings, modifier)),
            None => by_person().or_else(|| self.by_day(draft, readings, modifier)),
        }
    }

    fn is_generic(&self, draft: usize) -> bool {
        GENERIC.contains(&self.drafts[draft].span.of(self.text))
    }

    /// Whether somebody is named with the office who is not known to have held it.
    fn is_a_strangers(&self, draft: usize, readings: &[Reading]) -> bool {
        self.names_a_stranger(draft)
            || (readings.iter().any(|reading| !self.is_federal(reading)) && self.names_another(draft, readings))
    }

    /// `Ein Kanzler müsse führen`: any of them, unless a name follows; `ein eigenes Digitalministerium`: a house that there
    /// is takes the definite article.
    fn is_any(&self, draft: usize, readings: &[Reading]) -> bool {
        let own = &self.drafts[draft];
        let common = |reading: &Reading| {
            reading.kind == Kind::Office
                || (self.sources.lexicon.name(reading.name).derived && !own.span.of(self.text).contains(' '))
        };
        is_indefinite_article(self.article_before(own.tokens.0))
            && readings.iter().all(common)
            && self.by_person(draft, readings).is_none()
            && self.land_beside(draft).is_none()
    }

    /// `Ministerium für Arbeit und Sozialpolitik`: not the ministry that was `für Arbeit` once, but another one of a longer
    /// title.
    pub(super) fn is_cut_short(&self, draft: usize, readings: &[Reading]) -> bool {
        let own = &self.drafts[draft];
        let surface = own.span.of(self.text);
        surface.starts_with("Minister")
            && surface.contains(' ')
            && self.word(own.tokens.1 + 1) == "und"
            && self.word(own.tokens.1 + 2).starts_with(char::is_uppercase)
            && readings.iter().all(|reading| reading.time != Time::Valid)
    }

    /// `Bildungsminister Henry Tesch`: a first name and a surname of which the gazetteers know no bearer. The Federation's
    /// ministers are all known, so it is another government's; not where the word itself says `Bundes…`.
    fn names_a_stranger(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let next = own.tokens.1 + 1;
        // `Walter` alone could be a surname.
        let known =
            (draft + 1..self.drafts.len()).take_while(|&other| self.drafts[other].tokens.0 <= next + 1).any(|other| {
                self.drafts[other].tokens.1 > next
                    && self.readings(other).iter().any(|reading| reading.kind == Kind::Politician)
            });
        let gap = |token: usize| {
            let span = |token: usize| self.tokens.get(token).map(|token| token.span);
            span(token - 1)
                .zip(span(token))
                .and_then(|(one, other)| self.text.get(one.end as usize..other.start as usize))
        };
        !known
            && !own.span.of(self.text).starts_with("Bundes")
            && self.sources.knowledge.is_first_name(self.word(next))
            && self.word(next + 1).starts_with(char::is_uppercase)
            && gap(next) == Some(" ")
            && gap(next + 1) == Some(" ")
    }

    /// `Einen Digitalminister gibt es nicht`: the word means an office that nobody holds.
    fn deny(&mut self, draft: usize, readings: &[Reading]) {
        let federal = readings.iter().find(|reading| reading.time == Time::Valid && self.is_federal(reading)).copied();
        match federal {
            Some(reading) => self.accept(draft, reading, 0.7, vec![]),
            None => self.accept_undecided(draft, 0.6, vec![]),
        }
        if let Some(decision) = &mut self.drafts[draft].decision {
            decision.modifier = Some(Modifier::Negated);
        }
    }

    /// `office:spd/fraktionsvorsitz`: an office of a party or of its group.
    fn is_of_party(&self, office: EntityKey) -> bool {
        self.sources.gazetteer.entity(office).attributes.parent.starts_with("party:")
    }

    pub(super) fn is_federal(&self, reading: &Reading) -> bool {
        self.sources.gazetteer.entity(reading.entity).attributes.land.is_empty()
    }

    /// The reading of one Land; never that of the Federation.
    fn of_land(&self, readings: &[Reading], land: EntityKey, modifier: Option<Modifier>) -> Option<Choice> {
        let own = readings
            .iter()
            .filter(|reading| !self.is_federal(reading) && self.land_of_entity(reading.entity) == Some(land));
        let wanted = if modifier == Some(Modifier::Designated) { Time::Future } else { Time::Valid };
        let reading = *own.min_by_key(|reading| (reading.time != wanted, reading.time))?;
        Some(Choice { reading, confidence: 0.95, evidence: Evidence::LandBeside, holder: None, modifier: None })
    }

    /// The reading of the day: that of the document's Land, of the Federation, or the only one.
    fn by_day(&self, draft: usize, readings: &[Reading], modifier: Option<Modifier>) -> Option<Choice> {
        // `Neue Justizministerin ist …`, in a text on the cabinet of a Land.
        if let Some(choice) = self.of_cabinet(readings, modifier) {
            return Some(choice);
        }
        if modifier == Some(Modifier::Designated)
            && let Some(reading) =
                readings.iter().find(|reading| reading.time == Time::Future && self.is_federal(reading))
        {
            return Some(Choice {
                reading: *reading,
                confidence: 0.8,
                evidence: Evidence::ValidOnDay,
                holder: None,
                modifier: None,
            });
        }
        let of_land = |land: EntityKey| {
            let mut choice = self.of_land(readings, land, modifier)?;
            choice.confidence = 0.8;
            choice.evidence = Evidence::LandOfDocument;
            Some(choice)
        };
        if let Some(land) = self.land_of_kicker()
            && let Some(choice) = of_land(land)
        {
            return Some(choice);
        }
        // `Der Wirtschaftsminister sprach im Landtag`
        if let Some(choice) = self.land_of_landtag_beside(draft).and_then(of_land) {
            return Some(choice);
        }
        if modifier.is_none()
            && let Some(reading) = self.of_government_named(draft, readings)
        {
            return Some(Choice {
                reading,
                confidence: 0.8,
                evidence: Evidence::LandOfDocument,
                holder: None,
                modifier: None,
            });
        }
        // `das Ministerium für Wirtschaft und Energie`: in a text on a Land that has one of this name it is that one.
        if self.drafts[draft].span.of(self.text).contains(' ')
            && let Some(choice) = self.only_land().and_then(of_land)
        {
            return Some(choice);
        }
        // In the chamber of a Land its own ministers are meant, unless the word says otherwise (`Bundesinnenminister`).
        if let Some(choice) = self.land_of_chamber().and_then(of_land) {
            return Some(choice);
        }
        // Which of the Länder that have such a portfolio, nothing says.
        if self.is_listed(draft) {
            return self.of_only_land(readings, modifier);
        }
        let time = readings.iter().filter(|reading| self.is_federal(reading)).map(|reading| reading.time).min();
        let federal: Vec<_> =
            readings.iter().filter(|reading| self.is_federal(reading) && Some(reading.time) == time).collect();
        if let [reading] = federal[..]
            && (reading.time == Time::Valid || readings.len() == 1 || modifier.is_some())
        {
            return Some(Choice {
                reading: *reading,
                confidence: 0.9,
                evidence: Evidence::ValidOnDay,
                holder: None,
                modifier: None,
            });
        }
        if let Some(choice) = self.of_only_land(readings, modifier) {
            return Some(choice);
        }
        match *readings {
            // `Minister für Kultur` in a text on Thüringen is not the one of Sachsen-Anhalt.
            [reading]
                if !self.is_federal(&reading) && self.only_land().or_else(|| self.land_of_landtag()).is_some() =>
            {
                None
            }
            [reading] => {
                Some(Choice { reading, confidence: 0.85, evidence: Evidence::UniqueName, holder: None, modifier: None })
            }
            _ => None,
        }
    }

    /// The reading of the Land on whose government the text is.
    fn of_cabinet(&self, readings: &[Reading], modifier: Option<Modifier>) -> Option<Choice> {
        let choice = self.of_land(readings, self.cabinet?, modifier)?;
        Some(Choice { confidence: 0.8, evidence: Evidence::LandOfDocument, ..choice })
    }

    /// The reading of the only Land that the document names.
    fn of_only_land(&self, readings: &[Reading], modifier: Option<Modifier>) -> Option<Choice> {
        let choice = self.of_land(readings, self.only_land()?, modifier)?;
        Some(Choice { confidence: 0.8, evidence: Evidence::LandOfDocument, ..choice })
    }

    /// Who is meant: the holder on the day, or as the word before says.
    pub(super) fn holder(&self, draft: usize, office: EntityKey, modifier: Option<Modifier>) -> Option<EntityKey> {
        let gazetteer = self.sources.gazetteer;
        let mandates = gazetteer.mandates_of(office);
        let word = self.drafts[draft].span.of(self.text).split_whitespace().next().unwrap_or("");
        let feminine = word.ends_with("in");
        // `die Wehrbeauftragte`, `der Wehrbeauftragte`: the ending alone does not tell.
        let open = ["tragte", "tragten", "sitzende", "sitzenden"].iter().any(|end| word.ends_with(end));
        let fits = |person: EntityKey| match gazetteer.entity(person).attributes.gender.as_ref() {
            "f" => feminine || open,
            "m" => !feminine,
            _ => true,
        };
        let ended = |to: Option<Date>| to.filter(|&to| to <= self.day);
        let last = || {
            mandates.iter().filter(|mandate| ended(mandate.period.to).is_some()).max_by_key(|mandate| mandate.period.to)
        };
        match modifier {
            Some(Modifier::Former) if self.year_meant(draft).is_some() => {
                // `2018 sagte der damalige Verkehrsminister`: who held it in the year that the sentence names.
                let year = self.year_meant(draft).unwrap_or_default();
                let within = |mandate: &&Mandate| {
                    mandate.period.from.is_none_or(|from| from.year() <= year)
                        && mandate.period.to.is_none_or(|to| to.year() >= year)
                };
                let mut of_year = mandates.iter().filter(within).filter(|mandate| fits(mandate.person));
                let first = of_year.next()?;
                of_year.all(|other| other.person == first.person).then_some(first.person)
            }
            Some(Modifier::Former) => {
                let former =
                    || mandates.iter().filter(|mandate| ended(mandate.period.to).is_some() && fits(mandate.person));
                // `Und Gerhard Schröder? Der Altkanzler schweigt.`
                let held = |person| former().any(|mandate| mandate.person == person);
                let named = self.person_named_before(draft, held).or_else(|| self.person_in_apposition(draft, held));
                named.or_else(|| former().max_by_key(|mandate| mandate.period.to).map(|mandate| mandate.person))
            }
            Some(Modifier::Outgoing) => {
                let recent = last().filter(|mandate| {
                    mandate.period.to.is_some_and(|to| self.day.since(to).is_ok_and(|span| span.get_days() <= 60))
                });
                recent.map(|mandate| mandate.person).or_else(|| gazetteer.holder(office, self.day))
            }
            Some(Modifier::Designated) => {
                let next = mandates.iter().filter(|mandate| mandate.period.from.is_some_and(|from| from > self.day));
                next.min_by_key(|mandate| mandate.period.from).map(|mandate| mandate.person)
            }
            Some(Modifier::Negated | Modifier::Irrealis) => None,
            // `Bundeskanzlerin` while a man is chancellor: no holder is meant.
            _ => gazetteer
                .holder(office, self.day)
                .filter(|&holder| !feminine || gazetteer.entity(holder).attributes.gender.as_ref() != "m"),
        }
    }

    /// The past year of which the sentence speaks, where the word before the office is `damalig`.
    fn year_meant(&self, draft: usize) -> Option<i16> {
        let first = self.drafts[draft].tokens.0;
        let meant = (first.saturating_sub(3)..first).any(|token| self.word(token).starts_with("damalig"));
        if !meant || self.day == LATEST {
            return None;
        }
        let sentence = self.sentences.get(self.sentence_of(self.drafts[draft].span.start))?.span;
        let first = self.tokens.partition_point(|token| token.span.start < sentence.start);
        let years = self.tokens[first..].iter().take_while(|token| token.span.end <= sentence.end);
        let mut years = years
            .map(|token| token.span.of(self.text))
            .filter(|word| word.len() == 4)
            .filter_map(|word| word.parse::<i16>().ok())
            .filter(|year| (1949..=self.day.year()).contains(year));
        let year = years.next()?;
        years.all(|other| other == year).then_some(year)
    }

    /// `der französische Außenminister`, `Österreichs Kanzler`, `US-Präsident`, `das Finanzministerium der Ukraine`.
    pub(super) fn is_foreign(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let token = self.word(own.tokens.0).to_lowercase();
        let before = self.word_before(own.tokens.0).to_lowercase();
        let behind = self.word(own.tokens.1 + 1).to_lowercase();
        let second = self.word(own.tokens.1 + 2).to_lowercase();
        let foreign = |word: &str| FOREIGN.iter().any(|stem| word.starts_with(stem));
        (own.joined_before && foreign(&token))
            || foreign(&before)
            || (foreign(&behind) && behind.ends_with('s'))
            || (behind == "von" && foreign(&second))
            // `der Bundeskanzler der Ukraine`: a dative; the Federation's own words have no other state behind them. `der
            // Außenminister des Staates Israel`: ours is called neither so nor a republic without `Bundes`.
            || (matches!(behind.as_str(), "des" | "der")
                && (foreign(&second) || STATES.contains(&second.as_str()))
                && !token.starts_with("bundes"))
    }
}
