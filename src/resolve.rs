//! Candidates become mentions, linked to one entity as of the document's day, or are refused.
//!
//! The steps, in their order: each candidate is read with all its entities and how their names stood on the day
//! (`draft`); Länder and places are told apart (`places`); full names of persons are linked (`persons`); names
//! that need company ask for it (`company`); offices and the ministries of Länder are resolved by the Land beside
//! them, the person named with them, and the day (`offices`); surnames follow from full names and offices of the
//! same document; elliptic parts and general words come last (`coordination`, `anaphors`).

mod acts;
mod address;
mod anaphors;
mod bearers;
mod beside;
mod chamber;
mod company;
mod coordination;
mod damaged;
mod day;
mod definitions;
mod draft;
mod flags;
mod full_names;
mod gender;
mod heads;
mod indexes;
mod knowledge;
mod kreise;
mod land_laws;
mod land_members;
mod landtage;
mod laws;
mod listed;
mod lookup;
mod members;
mod modifiers;
mod named;
mod offices;
mod other_meanings;
mod parties;
mod persons;
mod place_words;
mod places;
mod plurals;
mod portfolios;
mod prominent;
mod qualified;
mod quoted;
mod regional;
mod signs;
#[cfg(test)]
mod testing;
mod titles;
mod towns;
mod words;

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use crate::date::Date;
use crate::document::{Annotation, DateBasis, Document, Kind, Mention, Region, Sentence, Token};
use crate::gazetteer::{EntityKey, Gazetteer};
use crate::matching::{Lexicon, Scratch};
pub(crate) use definitions::abbreviates;
use draft::{Decision, Draft, Reading};
pub use knowledge::Knowledge;
pub(crate) use laws::names_a_statute;
pub(crate) use lookup::readings_of;
use signs::Signs;

/// Stands for the day of documents without one: every name that is still valid is valid then.
const LATEST: Date = Date::constant(9999, 1, 1);

/// What the resolver reads: the gazetteer, its names, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'s> {
    /// Entities and mandates.
    pub gazetteer: &'s Gazetteer,
    /// Compiled names.
    pub lexicon: &'s Lexicon,
    /// What was counted once for all documents.
    pub knowledge: &'s Knowledge,
}

/// Whether general words (`der Freistaat`) may stand for names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anaphors {
    /// They are resolved where it is plain what they stand for.
    #[default]
    Resolve,
    /// They are left out.
    Ignore,
}

/// One document while it is resolved.
struct Reader<'a> {
    sources: Sources<'a>,
    text: &'a str,
    document: &'a Document,
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    day: Date,
    /// Where rules begin.
    signs: Signs,
    /// Whether it is a speech or paper of a parliament, once somebody asked.
    parliamentary: OnceCell<bool>,
    /// Whether several of its members are addressed, once somebody asked.
    several_addressed: OnceCell<bool>,
    /// The Land that the kicker names, once somebody asked.
    kicker_land: OnceCell<Option<EntityKey>>,
    /// The only Land that the text names, once somebody asked.
    only_land: OnceCell<Option<EntityKey>>,
    /// The Land whose parliament alone the text names, once somebody asked.
    landtag: OnceCell<Option<EntityKey>>,
    /// Whether it is a speech or paper of the chamber of a Land, once somebody asked.
    of_a_landtag: OnceCell<bool>,
    /// Surnames of those whom the text names in full and no gazetteer holds, once somebody asked.
    unknown_surnames: OnceCell<FxHashSet<&'a str>>,
    readings: Vec<Reading>,
    drafts: Vec<Draft>,
    /// Whose offices and ministries the text tells, once those are settled that say so.
    told: portfolios::Told<'a>,
    /// Where titles begin whose portfolios were read one by one.
    listed: Vec<u32>,
    /// The Land on whose government the text is, by what it tells.
    cabinet: Option<EntityKey>,
    /// What has been accepted so far, so that asking for company does not go through all drafts.
    accepted: Accepted,
}

/// Entities and kinds of accepted drafts.
#[derive(Debug, Default)]
struct Accepted {
    entities: FxHashSet<EntityKey>,
    kinds: [bool; Kind::ALL.len()],
}

impl Accepted {
    fn note(&mut self, kind: Kind, entity: Option<EntityKey>) {
        self.kinds[kind as usize] = true;
        self.entities.extend(entity);
    }

    fn has(&self, entity: EntityKey) -> bool {
        self.entities.contains(&entity)
    }

    fn has_any(&self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.kinds[*kind as usize])
    }
}

/// Resolves the candidates that [`Lexicon::search`] left in `scratch` and adds them to the annotation as mentions.
pub fn resolve(
    sources: Sources<'_>,
    document: &Document,
    scratch: &Scratch,
    anaphors: Anaphors,
    annotation: &mut Annotation,
) {
    annotation.date = day::day_of(sources, document, &annotation.tokens, scratch);
    let mut reader = Reader {
        sources,
        text: &document.text,
        document,
        tokens: &annotation.tokens,
        sentences: &annotation.sentences,
        day: annotation.date.day().unwrap_or(LATEST),
        signs: Signs::read(&document.text, &annotation.tokens),
        parliamentary: OnceCell::new(),
        several_addressed: OnceCell::new(),
        kicker_land: OnceCell::new(),
        only_land: OnceCell::new(),
        landtag: OnceCell::new(),
        of_a_landtag: OnceCell::new(),
        unknown_surnames: OnceCell::new(),
        readings: Vec::new(),
        drafts: Vec::with_capacity(scratch.candidates.len()),
        told: portfolios::Told::default(),
        listed: Vec::new(),
        cabinet: None,
        accepted: Accepted::default(),
    };
    reader.draft_all(scratch);
    reader.drop_surnames_of_laender();
    reader.draft_spaced();
    reader.draft_damaged();
    reader.draft_listed();
    reader.settle_plain_names();
    reader.settle_places();
    reader.settle_towns();
    reader.settle_kreise();
    reader.settle_full_names();
    reader.settle_indexes();
    reader.settle_by_company();
    reader.add_heads();
    reader.settle_offices();
    reader.add_unknown_members();
    reader.repeat_unknown_members();
    reader.settle_surnames();
    reader.add_titles();
    reader.add_listed_members();
    reader.add_addressed_members();
    reader.leave_committees_open();
    reader.add_committees();
    reader.follow_definitions();
    reader.add_laws_by_form();
    reader.count_laws();
    reader.give_laws_to_laender();
    reader.add_acts();
    reader.add_regional_bodies();
    reader.add_coordinated();
    reader.add_quoted_programmes();
    if anaphors == Anaphors::Resolve {
        reader.add_landtage();
        reader.add_anaphors();
    }
    annotation.mentions = reader.mentions(annotation.date);
}

impl<'a> Reader<'a> {
    /// The decided drafts as mentions, in reading order.
    fn mentions(mut self, basis: DateBasis) -> Vec<Mention> {
        self.drafts.sort_by_key(|draft| draft.span.start);
        let quotations = self.quotations();
        let mut mentions: Vec<Mention> = Vec::with_capacity(self.drafts.len());
        let mut sentence = 0;
        for index in 0..self.drafts.len() {
            let Some(decision) = &self.drafts[index].decision else { continue };
            let flags = self.flags(index, decision.modifier, &quotations);
            let draft = &mut self.drafts[index];
            let Some(decision) = draft.decision.take() else { continue };
            if mentions.last().is_some_and(|last| last.span.end > draft.span.start) {
                continue;
            }
            while self.sentences.get(sentence).is_some_and(|s| s.span.end <= draft.span.start) {
                sentence += 1;
            }
            let Decision { kind, entity, candidates, via, holder, modifier, mut confidence, mut evidence } = decision;
            if holder.is_some() || evidence.contains(&crate::Evidence::ValidOnDay) {
                match basis {
                    DateBasis::Document(_) => {}
                    DateBasis::Holders(_) | DateBasis::Text(_) => confidence -= 0.05,
                    DateBasis::Latest => {
                        confidence -= 0.1;
                        evidence.retain(|evidence| *evidence != crate::Evidence::ValidOnDay);
                        evidence.push(crate::Evidence::LatestReading);
                    }
                }
            }
            mentions.push(Mention {
                span: draft.span,
                kind,
                entity,
                candidates,
                via,
                holder,
                modifier,
                confidence,
                evidence,
                sentence: sentence as u32,
                region: self.document.region(draft.span.start),
                flags,
            });
        }
        mentions
    }

    /// The text of a token; empty beyond the ends.
    fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| token.span.of(self.text))
    }

    /// The text of the token before another.
    fn word_before(&self, token: usize) -> &'a str {
        token.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// The text between two drafts; a mark that cannot occur in names where they are out of order.
    fn between(&self, first: usize, second: usize) -> &'a str {
        let (end, start) = (self.drafts[first].span.end as usize, self.drafts[second].span.start as usize);
        self.text.get(end..start).unwrap_or("\u{0}")
    }

    /// What stands before a place in its line; `None` where that is longer than any rule asks for, so that a text without
    /// line breaks is not read again for each name.
    fn line_before(&self, place: u32) -> Option<&'a str> {
        const LONGEST: usize = 200;
        let place = place as usize;
        let from = self.text.floor_char_boundary(place.saturating_sub(LONGEST));
        let near = self.text.get(from..place)?;
        match near.rsplit_once('\n') {
            Some((_, line)) => Some(line),
            None => (from == 0).then_some(near),
        }
    }

    /// Index of the sentence in which a byte offset lies.
    fn sentence_of(&self, at: u32) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.end <= at)
    }

    fn region_of(&self, draft: usize) -> Region {
        self.document.region(self.drafts[draft].span.start)
    }
}
