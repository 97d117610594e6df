//! A candidate with its readings, until it is decided.

use super::Reader;
use crate::document::{Evidence, Kind, Modifier, Span, TokenKind, Via};
use crate::gazetteer::{EntityKey, NameClass, NameRule};
use crate::matching::{Found, NameId, Scratch};

/// How a name's period lies to the document's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    /// It was the name on the day.
    Valid,
    /// It had been the name before.
    Past,
    /// It became the name later.
    Future,
}

/// One entity that a candidate can mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub entity: EntityKey,
    pub kind: Kind,
    pub name: NameId,
    pub class: NameClass,
    pub inflected: bool,
    pub time: Time,
    /// Whether the name holds for a limited time.
    pub dated: bool,
}

/// A candidate on its way to a mention.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub span: Span,
    /// First and last token.
    pub tokens: (usize, usize),
    /// Whether its first token has a piece before it (`Nicht-OZG`).
    pub joined_before: bool,
    /// Whether its last token has a piece behind it (`OZG-Umsetzung`).
    pub joined_after: bool,
    /// Range in the reader's readings.
    pub readings: (u32, u32),
    pub decision: Option<Decision>,
    /// Refused for good; nothing may accept it any more.
    pub refused: bool,
}

/// What a draft was decided to be.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub kind: Kind,
    pub entity: Option<EntityKey>,
    pub candidates: Vec<EntityKey>,
    pub via: Via,
    pub holder: Option<EntityKey>,
    pub modifier: Option<Modifier>,
    pub confidence: f32,
    pub evidence: Vec<Evidence>,
}

impl Decision {
    pub(super) fn new(
        kind: Kind,
        entity: Option<EntityKey>,
        via: Via,
        confidence: f32,
        evidence: Vec<Evidence>,
    ) -> Self {
        Self { kind, entity, candidates: Vec::new(), via, holder: None, modifier: None, confidence, evidence }
    }
}

impl Draft {
    /// A draft that no candidate stands behind: elliptic parts and general words.
    pub(super) fn made(span: Span, token: usize, decision: Decision) -> Self {
        Self {
            span,
            tokens: (token, token),
            joined_before: false,
            joined_after: false,
            readings: (0, 0),
            decision: Some(decision),
            refused: false,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.decision.is_none() && !self.refused
    }

    /// The entity it was decided to be.
    pub(super) fn entity(&self) -> Option<EntityKey> {
        self.decision.as_ref().and_then(|decision| decision.entity)
    }

    /// The kind it was decided to be.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.decision.as_ref().map(|decision| decision.kind)
    }
}

impl Reader<'_> {
    pub(super) fn readings(&self, draft: usize) -> &[Reading] {
        let (from, to) = self.drafts[draft].readings;
        &self.readings[from as usize..to as usize]
    }

    pub(super) fn rule(&self, reading: &Reading) -> &NameRule {
        &self.sources.lexicon.name(reading.name).rule
    }

    /// The drafts that may overlap a span, while they are sorted; a few before it too, for one can be long.
    pub(super) fn drafts_over(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.drafts.partition_point(|draft| draft.span.start < span.start).saturating_sub(4);
        first..self.drafts.partition_point(|draft| draft.span.start < span.end)
    }

    /// Reads all candidates.
    pub(super) fn draft_all(&mut self, scratch: &Scratch) {
        for candidate in &scratch.candidates {
            let found = &scratch.found[candidate.found.0 as usize..candidate.found.1 as usize];
            let first = self.readings.len();
            let Some(()) = self.read_names(found) else {
                self.readings.truncate(first);
                continue; // a phrase that only contains a name
            };
            let tokens = (candidate.tokens.0 as usize, candidate.tokens.1 as usize);
            self.keep_placed(first, tokens);
            if self.readings.len() == first {
                continue; // a village's name where nothing shows that a place is meant
            }
            self.drafts.push(Draft {
                span: candidate.span,
                tokens,
                joined_before: candidate.joined_before,
                joined_after: candidate.joined_after,
                readings: (first as u32, self.readings.len() as u32),
                decision: None,
                refused: false,
            });
        }
    }

    /// Adds candidates of words whose letters are set apart, which the search leaves out: `B u n d e s r a t`.
    pub(super) fn draft_spaced(&mut self) {
        let spaced = std::mem::take(&mut self.signs.spaced);
        if spaced.is_empty() {
            return;
        }
        for &token in &spaced {
            let token = token as usize;
            let word: String = self.word(token).split(' ').collect();
            let found = self.sources.lexicon.lookup(&word);
            let first = self.readings.len();
            if found.is_empty() || self.read_names(&found).is_none() {
                self.readings.truncate(first);
                continue;
            }
            self.drafts.push(Draft {
                span: self.tokens[token].span,
                tokens: (token, token),
                joined_before: false,
                joined_after: false,
                readings: (first as u32, self.readings.len() as u32),
                decision: None,
                refused: false,
            });
        }
        self.drafts.sort_by_key(|draft| draft.span.start);
    }

    /// Pushes one reading per entity, the best name of each; `None` where the phrase blocks.
    pub(super) fn read_names(&mut self, found: &[Found]) -> Option<()> {
        let first = self.readings.len();
        // A village with the letters of a surname (`Wissing`) hides nobody; its own rule asks for a place.
        let surnames_only = found.iter().all(|found| {
            let name = self.sources.lexicon.name(found.name);
            name.class == NameClass::Surname || name.rule.is_of_place()
        });
        let village = found.iter().any(|found| self.sources.lexicon.name(found.name).rule.is_of_place());
        for found in found {
            let name = self.sources.lexicon.name(found.name);
            let (entity, kind) = (name.entity?, name.kind?);
            // Of the many members of the Landtage some are called like a village: it is the village.
            let hidden = !surnames_only || (village && self.sources.knowledge.is_of_laender_only(entity));
            if name.class == NameClass::Surname && hidden {
                continue;
            }
            let time = if name.valid.contains(self.day) {
                Time::Valid
            } else if name.valid.is_over(self.day) {
                Time::Past
            } else {
                Time::Future
            };
            let reading = Reading {
                entity,
                kind,
                name: found.name,
                class: name.class,
                inflected: found.inflected,
                time,
                dated: !name.valid.is_always(),
            };
            match self.readings[first..].iter_mut().find(|known| known.entity == entity) {
                Some(known) if (reading.time, reading.inflected) < (known.time, known.inflected) => *known = reading,
                Some(_) => {}
                None => self.readings.push(reading),
            }
        }
        Some(())
    }

    /// How a reading was recognised.
    pub(super) fn via(&self, draft: usize, reading: &Reading) -> Via {
        let draft = &self.drafts[draft];
        match (reading.kind, reading.class) {
            (Kind::Office, _) => Via::Role,
            (_, NameClass::Surname) => Via::Surname,
            _ if draft.joined_before || draft.joined_after => Via::Compound,
            (_, NameClass::Adjective) => Via::Adjective,
            (_, NameClass::Abbreviation) if reading.kind != Kind::Party => Via::Abbreviation,
            _ if reading.inflected => Via::Inflected,
            _ => Via::Name,
        }
    }

    /// Accepts a draft with one of its readings.
    pub(super) fn accept(&mut self, draft: usize, reading: Reading, confidence: f32, mut evidence: Vec<Evidence>) {
        let via = self.via(draft, &reading);
        // `16. Digital-Gipfel`: the number counts the event, it is no part of its name.
        let first = self.drafts[draft].tokens.0;
        if reading.kind == Kind::Event
            && self.tokens[first].kind == TokenKind::Ordinal
            && let Some(next) = self.tokens.get(first + 1)
        {
            self.drafts[draft].span.start = next.span.start;
        }
        if via == Via::Compound {
            evidence.push(Evidence::CompoundPart);
        }
        if reading.dated {
            evidence.push(if reading.time == Time::Valid { Evidence::ValidOnDay } else { Evidence::HistoricName });
        }
        let modifier = self.modifier_before(self.drafts[draft].tokens.0);
        let mut decision = Decision::new(reading.kind, Some(reading.entity), via, confidence, evidence);
        // Only organisations and programmes are `damalig` or `ehemalig` themselves.
        if matches!(reading.kind, Kind::Ministry | Kind::Body | Kind::Programme) {
            decision.modifier = modifier.filter(|modifier| matches!(modifier, Modifier::Former));
        }
        self.accepted.note(reading.kind, Some(reading.entity));
        self.drafts[draft].decision = Some(decision);
    }

    /// Accepts a draft whose entity the text does not decide.
    pub(super) fn accept_undecided(&mut self, draft: usize, confidence: f32, evidence: Vec<Evidence>) {
        let readings = self.readings(draft);
        let Some(first) = readings.first().copied() else { return };
        let candidates = readings.iter().map(|reading| reading.entity).collect();
        let via = self.via(draft, &first);
        let mut decision = Decision::new(first.kind, None, via, confidence, evidence);
        decision.candidates = candidates;
        self.accepted.note(first.kind, None);
        self.drafts[draft].decision = Some(decision);
    }

    /// Decides names that mean one thing whatever stands around them.
    pub(super) fn settle_plain_names(&mut self) {
        for draft in 0..self.drafts.len() {
            if self.drafts[draft].refused {
                continue; // the beginning of a longer title
            }
            let readings = self.readings(draft);
            let special = |reading: &Reading| {
                matches!(reading.kind, Kind::Office | Kind::Politician | Kind::Land | Kind::Municipality)
                    || reading.class == NameClass::Surname
                    || !matches!(self.rule(reading), NameRule::None | NameRule::Exact)
            };
            if readings.iter().any(special) {
                continue;
            }
            // `der Umweltausschuss des Bundesrats`: that of another house.
            if readings.iter().all(|reading| self.is_committee_of_the_bundestag(reading))
                && self.is_of_another_house(draft)
            {
                self.drafts[draft].refused = true;
                continue;
            }
            match *readings {
                [reading] if self.is_plain_word(draft, &reading) => self.drafts[draft].refused = true,
                [reading] if self.is_another_programme(draft, &reading) => self.drafts[draft].refused = true,
                [reading] if self.is_somebody_elses(draft, &reading) => self.drafts[draft].refused = true,
                [reading] if self.is_cut_short(draft, &[reading]) => self.drafts[draft].refused = true,
                // `der Auswärtige Ausschuss des Sejm`: that of another house.
                [reading] if reading.kind == Kind::Parliament && self.is_of_another_house(draft) => {
                    self.drafts[draft].refused = true;
                }
                // `Sie sind keine Alternative für Deutschland`: there is no other party of the name.
                [reading]
                    if reading.kind == Kind::Party
                        && reading.class == NameClass::Full
                        && super::company::is_indefinite(self.word_before(self.drafts[draft].tokens.0)) =>
                {
                    self.drafts[draft].refused = true;
                }
                // `das Robert-Bosch-Krankenhaus`: called after a person.
                [reading] if reading.kind == Kind::Association && self.follows_a_first_name(draft) => {
                    self.drafts[draft].refused = true;
                }
                // `die US-Bundespolizei`: an authority of another state.
                [reading]
                    if reading.kind == Kind::Body && self.drafts[draft].joined_before && self.is_foreign(draft) =>
                {
                    self.drafts[draft].refused = true;
                }
                // `das russische Verteidigungsministerium`: a word of many states; `Bundesministerium` is one of ours.
                [reading]
                    if reading.kind == Kind::Ministry
                        && self.sources.lexicon.name(reading.name).derived
                        && !self.drafts[draft].span.of(self.text).starts_with("Bundes")
                        && self.is_foreign(draft) =>
                {
                    self.drafts[draft].refused = true;
                }
                [reading] if !self.is_of_a_land(&reading) => {
                    let confidence = if reading.time == Time::Valid { 0.97 } else { 0.9 };
                    self.accept(draft, reading, confidence, vec![Evidence::UniqueName]);
                }
                _ => self.settle_by_time(draft),
            }
        }
    }

    /// `Die Plattform interface stellt ein API bereit`: behind a noun that is no sort of organisation, a name in small
    /// letters is a word; behind one (`der Thinktank interface`), or a verb, it is the name. A name has no plural and no
    /// indefinite article, which the word has: `1024 bytes`, `ein byte`.
    fn is_plain_word(&self, draft: usize, reading: &Reading) -> bool {
        const ORGANISATIONS: &[&str] = &[
            "Agentur",
            "Anstalt",
            "Behörde",
            "Denkfabrik",
            "Einrichtung",
            "Firma",
            "Genossenschaft",
            "Gesellschaft",
            "Initiative",
            "Organisation",
            "Stiftung",
            "Think-Tank",
            "Thinktank",
            "Unternehmen",
            "Verband",
            "Verein",
        ];
        let draft = &self.drafts[draft];
        if !draft.span.of(self.text).bytes().all(|byte| byte.is_ascii_lowercase()) {
            return false;
        }
        let before = self.word_before(draft.tokens.0);
        let indefinite = matches!(
            before,
            "ein" | "Ein" | "eine" | "einem" | "einen" | "eines" | "einer" | "pro" | "je" | "jedes" | "jedem"
        );
        let is_noun = before.starts_with(char::is_uppercase) && before.len() > 3;
        reading.inflected
            || indefinite
            || self.is_counted(draft)
            || (is_noun
                && !ORGANISATIONS.iter().any(|noun| before.ends_with(noun) || before.ends_with(&noun.to_lowercase())))
    }

    /// `1024 bytes`: a number one blank before; in a row of a table there are more.
    fn is_counted(&self, draft: &Draft) -> bool {
        let before = self.text[..draft.span.start as usize].strip_suffix(' ');
        before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether the parliament of another state follows in the genitive.
    fn is_of_another_house(&self, draft: usize) -> bool {
        let last = self.drafts[draft].tokens.1;
        matches!(self.word(last + 1), "des" | "der")
            && matches!(
                self.word(last + 2),
                "Sejm"
                    | "Sejms"
                    | "Knesset"
                    | "Kongresses"
                    | "US-Kongresses"
                    | "US-Senats"
                    | "US-Repräsentantenhauses"
                    | "Repräsentantenhauses"
                    | "Unterhauses"
                    | "Oberhauses"
                    | "Nationalrates"
                    | "Nationalrats"
                    | "Duma"
                    | "Rada"
                    | "Bundesrats"
                    | "Bundesrates"
                    | "Länderkammer"
                    | "Landtags"
                    | "Landtages"
                    | "Abgeordnetenhauses"
                    | "Bürgerschaft"
                    // `der Verkehrsausschuss des Kreises`
                    | "Kreises"
                    | "Landkreises"
                    | "Stadt"
                    | "Gemeinde"
                    | "Kreistags"
                    | "Kreistages"
                    | "Stadtrats"
                    | "Stadtrates"
                    | "Gemeinderats"
                    | "Gemeinderates"
                    | "Europaparlaments"
                    | "EU-Parlaments"
            )
    }

    fn is_committee_of_the_bundestag(&self, reading: &Reading) -> bool {
        let id = &self.sources.gazetteer.entity(reading.entity).id;
        id.starts_with("parliament:bundestag/") || id.starts_with("parliament:ausschuss-")
    }

    /// Whether the piece before it in the same token is a first name.
    fn follows_a_first_name(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let start = self.tokens[own.tokens.0].span.start as usize;
        let before = self.text.get(start..own.span.start as usize).and_then(|before| before.strip_suffix('-'));
        own.joined_before && before.is_some_and(|before| self.sources.knowledge.is_first_name(before))
    }

    /// Whether a derived name of a Land's ministry could be another Land's too: those are settled with the offices.
    fn is_of_a_land(&self, reading: &Reading) -> bool {
        reading.kind == Kind::Ministry
            && self.sources.lexicon.name(reading.name).derived
            && !self.sources.gazetteer.entity(reading.entity).attributes.land.is_empty()
    }

    /// Decides among several entities by the day alone, where only one had the name then.
    fn settle_by_time(&mut self, draft: usize) {
        let readings = self.readings(draft);
        // Ministries of Länder share their words with that of the Federation.
        if readings.iter().any(|reading| self.is_of_a_land(reading)) {
            return;
        }
        let Some(best) = readings.iter().map(|reading| reading.time).min() else { return };
        // `Bundesministerium für wirtschaftliche Zusammenarbeit`, a former name of two: of the house that is still there.
        let lives =
            |reading: &Reading| self.sources.gazetteer.entity(reading.entity).attributes.valid.contains(self.day);
        let one = readings.iter().filter(|reading| reading.time == best && lives(reading)).count() == 1;
        let mut fitting = readings.iter().filter(|reading| reading.time == best && (!one || lives(reading)));
        match (fitting.next().copied(), fitting.next()) {
            (Some(reading), None) => self.accept(draft, reading, 0.9, vec![]),
            _ => self.accept_undecided(draft, 0.5, vec![]),
        }
    }
}
