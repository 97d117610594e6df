//! The person who is named with an office: beside it, or as what somebody was.

use super::Reader;
use super::address::is_degrees;
use super::draft::Reading;
use super::gender::of_article;
use super::offices::Choice;
use crate::document::{Evidence, Kind, Modifier};
use crate::gazetteer::{EntityKey, ministry_of_office};

/// Verbs that join a person to an office: `Schily war Innenminister`, `Umweltminister wird Trittin`.
const COPULAS: &[&str] = &["war", "waren", "wird", "wurde", "ist", "bleibt", "blieb", "gewesen", "werde"];

/// Words that place an office in time, between a person and it: `Altmaier, damals Wirtschaftsminister`.
const WHEN: &[&str] = &[
    "damals",
    "bisher",
    "bislang",
    "zuletzt",
    "einst",
    "früher",
    "ehemals",
    "vormals",
    "seinerzeit",
    "zuvor",
    "vorher",
    "heute",
    "jetzt",
    "nun",
    "noch",
    "wieder",
    "erneut",
    "lange",
    "bereits",
    "schon",
    "zunächst",
    "später",
    "seit",
    "von",
    "bis",
    "zu",
    "ab",
    "Jahre",
    "Jahren",
    "lang",
    "der",
    "die",
    "als",
];

/// Those of them that speak of the past.
const PAST: &[&str] =
    &["damals", "zuletzt", "einst", "früher", "ehemals", "vormals", "seinerzeit", "zuvor", "vorher", "war", "waren"];

/// Verbs by which somebody only may, shall or would become something.
const MODALS: &[&str] = &[
    "könnte", "könne", "soll", "solle", "sollte", "Sollte", "will", "wolle", "wollte", "möchte", "würde", "dürfte",
    "wäre",
];

/// Participles by which somebody comes into an office.
const CHOSEN: &[&str] =
    &["gewählt", "wiedergewählt", "ernannt", "berufen", "bestellt", "bestimmt", "gekürt", "vereidigt"];

/// Ends of adjectives of rank and time: `langjähriger`, `erste`, `abgewählter`, `amtierende`.
const ADJECTIVES: &[&str] = &["ige", "iger", "ste", "ster", "ende", "ender", "ühere", "üherer", "wählte", "wählter"];

/// `außer Dienst`, between an office and the name of who held it.
const RETIRED: &[&str] = &[" a. D.", " a.D.", "\u{a0}a.\u{a0}D.", " a.\u{a0}D."];

/// Names among which the one meant is looked for; a table without marks is one sentence of thousands.
const MOST_BEFORE: usize = 200;

/// How a person stands to an office.
pub(super) enum Link {
    Beside,
    Was,
}

impl Reader<'_> {
    /// The office of the person named with it: on the day, else ever.
    pub(super) fn by_person(&self, draft: usize, readings: &[Reading]) -> Option<Choice> {
        let behind = self.person_behind(draft);
        let before = self.person_before(draft);
        let told = || self.person_elected(draft, readings).or_else(|| self.person_of_the_possessive(draft, readings));
        [behind, before].into_iter().flatten().chain(std::iter::once_with(told).flatten()).find_map(|(other, link)| {
            let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
            let mut persons = self.persons_at(other);
            // `Kultusministerin, Grant Hendrik Tonne …`: a man is not called so.
            if self.is_feminine(draft) {
                persons.retain(|person| gazetteer.entity(*person).attributes.gender.as_ref() != "m");
            }
            let pairs = || readings.iter().flat_map(|reading| persons.iter().map(move |person| (*reading, *person)));
            let on_day = pairs().find(|(reading, person)| knowledge.held(gazetteer, *person, reading.entity, self.day));
            // Nobody is called after an office that was held for another, once that is over.
            let ever = || {
                pairs().find(|(reading, person)| {
                    let mut held = knowledge.offices(gazetteer, *person).filter(|mandate| !mandate.acting);
                    held.any(|mandate| mandate.office == reading.entity)
                })
            };
            // `die designierte Bildungsministerin Karin Prien`: not what she still is.
            let next = || {
                let starts = |(reading, person): &(Reading, EntityKey)| {
                    let mut held = knowledge.offices(gazetteer, *person).filter(|it| it.office == reading.entity);
                    held.any(|mandate| mandate.period.from.is_some_and(|from| from > self.day))
                };
                let designated = self.modifier_before(self.drafts[draft].tokens.0) == Some(Modifier::Designated);
                designated.then(|| pairs().find(starts)).flatten()
            };
            let holds = on_day.is_some();
            // `Sollte Friedrich Merz Kanzler werden`: what he may become he was not.
            if !holds && self.is_hypothetical(draft) {
                return None;
            }
            let (reading, person) = next().or(on_day).or_else(ever)?;
            Some(Choice {
                reading,
                confidence: 0.97,
                evidence: Evidence::NamedHolder,
                holder: Some(person),
                modifier: (matches!(link, Link::Was) && !holds).then_some(Modifier::Former),
            })
        })
    }

    /// Whether the first word has the feminine ending: `Ministerin für Bildung`, `Chefin der Staatskanzlei`.
    pub(super) fn is_feminine(&self, draft: usize) -> bool {
        self.drafts[draft].span.of(self.text).split_whitespace().next().is_some_and(|word| word.ends_with("in"))
    }

    /// The office of a minister that the person beside holds in a government, whatever its portfolios are called:
    /// `Benjamin Hoff, Minister für Kultur und Europa` heads the Staatskanzlei.
    pub(super) fn own_office(&self, draft: usize) -> Option<(EntityKey, EntityKey)> {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        // `Tarek Al-Wazir, Minister für Wirtschaft und Verkehr`, and in the next line somebody else.
        let (other, _) = self.person_before(draft).or_else(|| self.person_behind(draft))?;
        let persons = self.persons_at(other);
        let &[person] = &persons[..] else { return None };
        if self.is_feminine(draft) && gazetteer.entity(person).attributes.gender.as_ref() == "m" {
            return None;
        }
        let heads = |office| ministry_of_office(gazetteer, office).is_some();
        let mut held = knowledge
            .offices(gazetteer, person)
            .filter(|mandate| mandate.period.contains(self.day) && heads(mandate.office));
        let office = held.next()?.office;
        held.next().is_none().then_some((office, person))
    }

    /// The persons whom a draft is or can be; none where it is something else.
    pub(super) fn persons_at(&self, draft: usize) -> Vec<EntityKey> {
        match (self.drafts[draft].kind(), self.drafts[draft].entity()) {
            (Some(Kind::Politician), Some(person)) => vec![person],
            // Several are called so.
            (Some(Kind::Politician), None) => {
                self.drafts[draft].decision.as_ref().map_or_else(Vec::new, |decision| decision.candidates.clone())
            }
            (Some(_), _) => Vec::new(),
            _ => {
                let persons = self.readings(draft).iter().filter(|reading| reading.kind == Kind::Politician);
                persons.map(|reading| reading.entity).collect()
            }
        }
    }

    /// `Bundesministerin des Innern und für Heimat, Nancy Faeser`, `Ministerpräsident von Sachsen, Georg Milbradt`,
    /// `Umweltminister wird Jürgen Trittin`.
    fn person_behind(&self, draft: usize) -> Option<(usize, Link)> {
        let behind = (draft + 1 < self.drafts.len()).then_some(draft + 1)?;
        let gap = self.between(draft, behind);
        let gap = RETIRED.iter().find_map(|words| gap.strip_prefix(words)).unwrap_or(gap);
        // `Finanzministerin: Heike Taubert`, in the list of a cabinet.
        let gap = gap.strip_prefix(':').filter(|gap| !gap.is_empty()).unwrap_or(gap);
        if is_degrees(gap) || is_apposed(gap) {
            // The Land of the office stands between.
            if self.drafts[behind].kind() != Some(Kind::Land) {
                return Some((behind, Link::Beside));
            }
        } else if gap.len() < 40 && is_predicate(gap, false) {
            return Some((behind, if speaks_of_the_past(gap) { Link::Was } else { Link::Beside }));
        }
        let of_land = self.drafts[behind].kind() == Some(Kind::Land) && gap.len() < 24 && is_of(gap);
        let person = (of_land && behind + 1 < self.drafts.len()).then_some(behind + 1)?;
        let gap = self.between(behind, person);
        (is_degrees(gap) || is_apposed(gap)).then_some((person, Link::Beside))
    }

    /// `Andreas Bovenschulte als neuer Bundesratspräsident`, `Edmund Stoiber (CSU), Bayerns Ministerpräsident`, `Otto Schily
    /// war bis 2005 Innenminister`.
    pub(super) fn person_before(&self, draft: usize) -> Option<(usize, Link)> {
        let mut before = draft.checked_sub(1)?;
        let mut end = self.drafts[draft].span.start;
        // `Bayerns Ministerpräsident`, `Bayerns früherer Ministerpräsident`: the Land belongs to the office.
        let adjective = |gap: &str| {
            gap.strip_prefix(' ').and_then(|gap| gap.strip_suffix(' ')).is_some_and(|word| {
                !word.contains(' ') && word.starts_with(char::is_lowercase) && word.ends_with(['r', 'e'])
            })
        };
        let gap = self.between(before, draft);
        let land =
            self.drafts[before].kind() == Some(Kind::Land) && (matches!(gap, " " | "-" | "\n") || adjective(gap));
        // `Holger Münch, BKA-Präsident`
        let body = self.drafts[draft].joined_before && self.drafts[before].tokens.1 == self.drafts[draft].tokens.0;
        if land || body {
            end = self.drafts[before].span.start;
            before = before.checked_sub(1)?;
        }
        let mut start = self.drafts[before].span.end;
        // `Stephan Weil (SPD), Ministerpräsident`
        if self.drafts[before].kind() == Some(Kind::Party)
            && self.text.get(start as usize..).is_some_and(|rest| rest.starts_with(')'))
        {
            start += 1;
            before = before.checked_sub(1).filter(|&person| self.between(person, person + 1) == " (")?;
        }
        let gap = without_parts(self.text.get(start as usize..end as usize).filter(|gap| gap.len() < 80)?);
        // `Joschka Fischer, sein Außenminister`: of whoever was named before, but held by the one beside.
        let beside = matches!(
            gap.trim(),
            "," | ", der"
                | ", die"
                | ", sein"
                | ", seine"
                | ", ihr"
                | ", ihre"
                | "als"
                | "als neuer"
                | "als neue"
                | "("
                | ""
        );
        if beside {
            return Some((before, Link::Beside));
        }
        if is_predicate(gap, true) {
            return Some((before, if speaks_of_the_past(gap) { Link::Was } else { Link::Beside }));
        }
        // `Damals war Frau Muster noch Finanzministerin`: the verb stands before both.
        // `1986 wurde Walter Wallmann der erste Bundesumweltminister`: with its rank between.
        let small = |word: &str| WHEN.contains(&word) || is_of_rank(word) || matches!(word, "neuer" | "neue");
        let copula = self.copula_before(before).filter(|_| gap.split_whitespace().all(small))?;
        Some((before, if speaks_of_the_past(copula) { Link::Was } else { Link::Beside }))
    }

    /// The verb that joins a person to an office, a few words before the person.
    fn copula_before(&self, person: usize) -> Option<&str> {
        let first = self.drafts[person].tokens.0;
        (first.saturating_sub(4)..first)
            .rev()
            .map(|token| self.word(token))
            .take_while(|word| word.ends_with('.') || word.chars().all(char::is_alphabetic))
            .find(|word| COPULAS.contains(word))
    }

    /// `1992 wurde Bernhard Muster vom Landtag zum zweiten Ministerpräsidenten gewählt`: who was chosen for the office, if
    /// it is known that the person held it.
    fn person_elected(&self, draft: usize, readings: &[Reading]) -> Option<(usize, Link)> {
        const NEAR: usize = 12;
        let (first, last) = self.drafts[draft].tokens;
        let small = |word: &str| word.starts_with(char::is_lowercase) && word.ends_with("en");
        let to = (first.saturating_sub(3)..first).rev().map(|token| self.word(token)).find(|word| !small(word))?;
        if !matches!(to, "zum" | "zur") {
            return None;
        }
        let sentence = self.sentences.get(self.sentence_of(self.drafts[draft].span.start))?.span;
        let behind = self.tokens[last + 1..].iter().take(NEAR).take_while(|token| token.span.end <= sentence.end);
        if !behind.map(|token| token.span.of(self.text)).any(|word| CHOSEN.contains(&word)) {
            return None;
        }
        let person = (draft.saturating_sub(MOST_BEFORE)..draft)
            .rev()
            .take_while(|&other| self.drafts[other].span.start >= sentence.start)
            .find(|&other| self.politician(other).is_some_and(|person| self.ever_held(person, readings)))?;
        Some((person, Link::Beside))
    }

    /// `Neben seinem Amt als Ministerpräsident schrieb er`, `in ihrer Zeit als Ministerin`: of whom the text speaks.
    fn person_of_the_possessive(&self, draft: usize, readings: &[Reading]) -> Option<(usize, Link)> {
        let first = self.drafts[draft].tokens.0;
        let possessive = |word: &str| {
            ["sein", "ihr", "Sein", "Ihr"].iter().any(|stem| {
                word.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "e" | "em" | "en" | "er" | "es"))
            })
        };
        let of_somebody = first >= 3
            && self.word(first - 1) == "als"
            && self.word(first - 2).starts_with(char::is_uppercase)
            && possessive(self.word(first - 3));
        if !of_somebody {
            return None;
        }
        let sentence = self.sentence_of(self.drafts[draft].span.start);
        let person = (draft.saturating_sub(MOST_BEFORE)..draft)
            .rev()
            .take_while(|&other| self.sentence_of(self.drafts[other].span.start) + 1 >= sentence)
            .find(|&other| self.politician(other).is_some())?;
        let held = self.politician(person).is_some_and(|person| self.ever_held(person, readings));
        held.then_some((person, Link::Was))
    }

    fn politician(&self, draft: usize) -> Option<EntityKey> {
        self.drafts[draft].entity().filter(|_| self.drafts[draft].kind() == Some(Kind::Politician))
    }

    /// Whether a person holds one of the offices, or did.
    fn ever_held(&self, person: EntityKey, readings: &[Reading]) -> bool {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        knowledge.offices(gazetteer, person).any(|mandate| {
            mandate.period.from.is_none_or(|from| from <= self.day)
                && readings.iter().any(|reading| reading.entity == mandate.office)
        })
    }

    /// The last person whom this sentence or the one before names and of whom something holds.
    pub(super) fn person_named_before(&self, draft: usize, holds: impl Fn(EntityKey) -> bool) -> Option<EntityKey> {
        let sentence = self.sentence_of(self.drafts[draft].span.start);
        let near = |other: &usize| self.sentence_of(self.drafts[*other].span.start) + 1 >= sentence;
        (draft.saturating_sub(MOST_BEFORE)..draft)
            .rev()
            .take_while(near)
            .filter(|&other| self.drafts[other].kind() == Some(Kind::Politician))
            .find_map(|other| self.drafts[other].entity().filter(|&person| holds(person)))
    }

    /// `den ehemaligen Bundesratspräsidenten und hessischen Ministerpräsidenten Volker Bouffier`: the person to whom all
    /// titles of the row belong. Between a title and the name stand nouns, `und`, `von`, an article and what it is followed by;
    /// any other word in small letters could be a verb, and the person its object.
    pub(super) fn person_in_apposition(&self, draft: usize, holds: impl Fn(EntityKey) -> bool) -> Option<EntityKey> {
        const LONGEST: usize = 12;
        let behind = (draft + 1..self.drafts.len().min(draft + 6))
            .find(|&other| self.drafts[other].kind() == Some(Kind::Politician))?;
        let between = self.drafts[draft].tokens.1 + 1..self.drafts[behind].tokens.0;
        let is_joint = |word: &str| matches!(word, "und" | "sowie" | "von" | "der" | "des");
        let row = between.len() <= LONGEST
            && between.clone().all(|token| {
                let word = self.word(token);
                word == ","
                    || is_joint(word)
                    || word.starts_with(char::is_uppercase)
                    || (token > between.start && is_joint(self.word(token - 1)))
            });
        self.drafts[behind].entity().filter(|&person| row && holds(person))
    }

    /// `Ministerpräsident a. D. Kurt Beck`
    pub(super) fn is_retired(&self, draft: usize) -> bool {
        let rest = self.text.get(self.drafts[draft].span.end as usize..).unwrap_or("");
        RETIRED.iter().any(|words| rest.starts_with(words))
    }

    /// `Klingbeil könnte Finanzminister werden`, `wäre Habeck Kanzler`: an office that somebody might come to hold.
    pub(super) fn is_hypothetical(&self, draft: usize) -> bool {
        const NEAR: usize = 14;
        let (first, last) = self.drafts[draft].tokens;
        // A predicate has no article.
        if self.drafts[draft].joined_after || of_article(self.word_before(first)).is_some() {
            return false;
        }
        let sentence = self.sentences.get(self.sentence_of(self.drafts[draft].span.start));
        let start = sentence.map_or(0, |sentence| sentence.span.start);
        let before = (first.saturating_sub(NEAR)..first)
            .rev()
            .take_while(|&token| self.tokens[token].span.start >= start)
            .map(|token| self.word(token));
        // `Als Kanzler hätte er anders gehandelt`: in the irreal mood, of somebody who is not.
        let behind = matches!(self.word(last + 1), "hätte" | "hätten" | "wäre" | "wären" | "würde" | "würden");
        if behind && matches!(self.word_before(first), "Als" | "als") {
            return true;
        }
        let becomes = matches!(self.word(last + 1), "werden" | "geworden");
        before
            .take_while(|word| !matches!(*word, ";" | ":"))
            .enumerate()
            .any(|(back, word)| (becomes && MODALS.contains(&word)) || (back < 4 && matches!(word, "wäre" | "Wäre")))
    }

    /// `Umweltministerin Monika Griefahn` while somebody else is it: a person is named who never held the office.
    pub(super) fn names_another(&self, draft: usize, readings: &[Reading]) -> bool {
        let behind = draft + 1;
        if behind >= self.drafts.len() || !is_degrees(self.between(draft, behind)) {
            return false;
        }
        let person = &self.drafts[behind];
        // A surname alone may be a word, or that of somebody else.
        let full = person.tokens.1 > person.tokens.0;
        full && !person.joined_before
            && !self.persons_at(behind).is_empty()
            && self.by_person(draft, readings).is_none()
    }
}

/// `Bundesministerin für Umwelt, Dr. Barbara Muster`: a comma, and degrees at most.
fn is_apposed(gap: &str) -> bool {
    gap.strip_prefix(',').is_some_and(|rest| rest.trim().is_empty() || is_degrees(rest))
}

/// `Ministerpräsident von`, `Ministerpräsident des Landes`
fn is_of(gap: &str) -> bool {
    gap.starts_with([' ', '\n'])
        && gap.split_whitespace().all(|word| matches!(word, "von" | "des" | "der" | "Landes" | "im" | "in" | "für"))
}

/// Whether what stands between a person and an office says that the person was or is it. Before the office it can be an
/// apposition (`, damals`) or a clause with `als` (`hat das als Innenminister gesagt`).
fn is_predicate(gap: &str, before: bool) -> bool {
    if gap.contains(['.', ';', ':', '!', '?', '(', ')', '„', '“', '–']) || !gap.starts_with([' ', ',', '\n']) {
        return false;
    }
    let mut words = gap.split_whitespace().map(|word| word.trim_matches(',')).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let joins = |word: &str| COPULAS.contains(&word);
    let places = |word: &str| {
        joins(word) || WHEN.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()) || is_of_rank(word)
    };
    let apposed = before && gap.starts_with(',');
    if (joins(first) || (apposed && places(first))) && words.clone().all(places) {
        return true;
    }
    // `Schulze hat als Ministerin`, `Wissing hat ihn als Justizminister`: only small words between.
    let small = |word: &str| word.starts_with(char::is_lowercase);
    before
        && !gap.contains(',')
        && small(first)
        && words.clone().count() <= 5
        && words.clone().all(small)
        && matches!(words.next_back(), Some("als"))
}

/// `Schmid wird Finanz- und Wirtschaftsminister`: what stands between without the parts that share the end of the office.
fn without_parts(gap: &str) -> &str {
    let mut rest = gap;
    loop {
        let open = rest.trim_end_matches([' ', ',', '\n']);
        let body = open.strip_suffix(" und").or_else(|| open.strip_suffix(" sowie")).unwrap_or(open);
        match body.rsplit_once(' ') {
            Some((before, part)) if part.ends_with('-') && part.starts_with(char::is_uppercase) => rest = before,
            _ => break,
        }
    }
    rest
}

/// `erste`, `langjähriger`
fn is_of_rank(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && ADJECTIVES.iter().any(|end| word.ends_with(end))
}

fn speaks_of_the_past(gap: &str) -> bool {
    gap.split([' ', ',', '\n']).any(|word| PAST.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Layers, Pipeline};

    #[test]
    fn what_joins_a_person_to_an_office() {
        for (gap, before) in [
            (" war bis 2005 ", true),
            (", damals ", true),
            (", langjähriger ", true),
            (" hat ihn als ", true),
            (" wird ", false),
        ] {
            assert!(is_predicate(gap, before), "{gap}");
        }
        for gap in [" und ", " traf den ", ". War ", " sprach mit ", ", aber ", " kritisierte "] {
            assert!(!is_predicate(gap, true), "{gap}");
        }
        assert_eq!(without_parts(" wird Finanz- und "), " wird");
        assert_eq!(without_parts(" und "), " und ");
    }

    #[test]
    fn an_office_that_somebody_might_hold_has_no_holder() {
        let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
        let read = |text: &str| {
            let document = Document::new(text).with_date("2025-04-10".parse().unwrap());
            let mentions = pipeline.annotate(&document).mentions;
            let office = mentions.into_iter().find(|mention| mention.kind == Kind::Office).unwrap();
            (office.modifier, office.holder.is_some())
        };
        for text in [
            "Lars Klingbeil könnte Finanzminister werden.",
            "Sollte Friedrich Merz Kanzler werden, wird es anders.",
            "Als Kanzler hätte Armin Laschet anders gehandelt.",
        ] {
            assert_eq!(read(text), (Some(Modifier::Irrealis), false), "{text}");
        }
        assert_eq!(read("Das soll der Finanzminister prüfen."), (None, true));
    }
}
