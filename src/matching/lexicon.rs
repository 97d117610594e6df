//! The trie of names.

use rustc_hash::FxHashMap;

use super::build::Builder;
use super::filter::Filter;
use super::forms::{Case, Endings};
use super::pieces::Piece;
use crate::date::Period;
use crate::document::{Kind, Span};
use crate::gazetteer::{EntityKey, Gazetteer, NameClass, NameRule};

/// All names of a gazetteer, compiled for the search. Built once, then read by any number of threads.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Stems of all pieces of all names, by their hash: what is found is compared letter by letter in the end.
    pub(super) words: FxHashMap<u64, Stem>,
    /// By node and stem ([`edge`]): the next node.
    pub(super) edges: FxHashMap<u64, u32>,
    pub(super) nodes: Vec<Node>,
    /// Beginnings of all names.
    pub(super) filter: Filter,
    pub(super) names: Vec<NameEntry>,
    pub(super) pieces: Vec<NamePiece>,
    /// Letters of all pieces, as written and folded.
    pub(super) letters: String,
}

/// Number of a name in a [`Lexicon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub(super) u32);

/// A name, ready to be compared with the text.
#[derive(Debug, Clone)]
pub struct NameEntry {
    /// What it names; `None` for a phrase that only blocks.
    pub entity: Option<EntityKey>,
    /// What sort of thing that is.
    pub kind: Option<Kind>,
    /// What sort of name it is.
    pub class: NameClass,
    /// When it was the name.
    pub valid: Period,
    /// What it needs to be accepted.
    pub rule: NameRule,
    /// Whether a rule made it, and no file states it.
    pub derived: bool,
    /// Whether a hyphen may not join its words: persons' names are joined to name things after them.
    pub(super) person: bool,
    pub(super) node: u32,
    pub(super) first: u32,
    pub(super) len: u32,
}

impl NameEntry {
    /// Whether the two are the same in all that tells where they stand.
    pub(super) fn is_written_as(&self, other: &Self) -> bool {
        (self.first, self.len, self.person, self.kind) == (other.first, other.len, other.person, other.kind)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct NamePiece {
    pub written: (u32, u32),
    pub folded: (u32, u32),
    pub endings: Endings,
    pub case: Case,
}

/// The stem of a piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stem {
    pub number: u32,
    /// The node that it leads to from the root, 0 for none.
    pub root: u32,
}

impl Stem {
    /// No piece of a name has it.
    pub(super) const NONE: Self = Self { number: Piece::UNKNOWN, root: 0 };
}

/// A node of the trie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Its names in [`Lexicon::names`], as a range.
    pub names: (u32, u32),
    /// Whether an edge leads on from it.
    pub leads_on: bool,
}

/// The key of an edge: the node that it leaves, and the stem.
pub(super) const fn edge(node: u32, word: u32) -> u64 {
    (node as u64) << 32 | word as u64
}

/// A place in the text where names stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// From the first piece to the last.
    pub span: Span,
    /// Indices of the first and the last token.
    pub tokens: (u32, u32),
    /// How many pieces it has.
    pub words: u32,
    /// Whether its first token has a piece before it (`Nicht-OZG`).
    pub joined_before: bool,
    /// Whether its last token has a piece behind it (`OZG-Umsetzung`).
    pub joined_after: bool,
    /// Its names in [`Scratch::found`], as a range.
    pub found: (u32, u32),
}

/// A name whose form stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The name.
    pub name: NameId,
    /// Whether an ending or the case differs from the name as the gazetteer has it.
    pub inflected: bool,
}

/// Buffers that a caller keeps from document to document.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    /// Candidates, in reading order; they overlap only where a surname has a particle (`von Bayern`, `Bayern`).
    pub candidates: Vec<Candidate>,
    /// Names found, by candidate.
    pub found: Vec<Found>,
    /// Pieces from the token on where the search stands.
    pub(super) pieces: Vec<Piece>,
    /// The token behind the last of the pieces.
    pub(super) next: usize,
    pub(super) buffer: String,
    pub(super) path: Vec<(u32, u32)>,
    /// Pieces that are read as another word than stands there, for a scanner confused their letters.
    pub(super) repaired: Vec<(u32, String)>,
}

impl Lexicon {
    /// Compiles all names of a gazetteer, those that follow by rule too.
    #[must_use]
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let names: usize = gazetteer.entities().map(|(_, entity)| entity.names.len()).sum();
        let mut builder = Builder::with_capacity(names);
        for (key, entity) in gazetteer.entities() {
            for name in &entity.names {
                if name.class == NameClass::Demonym {
                    continue;
                }
                builder.add(&name.text, Some((key, entity.kind)), name.class, name.valid, &name.rule, false);
            }
            if entity.kind == Kind::Politician
                && !entity.off
                && let Some(surname) = surname(&entity.name)
            {
                builder.add(
                    surname,
                    Some((key, entity.kind)),
                    NameClass::Surname,
                    Period::ALWAYS,
                    &NameRule::None,
                    true,
                );
            }
        }
        for name in gazetteer.derived_names().into_iter().filter(|name| !gazetteer.entity(name.entity).off) {
            let kind = gazetteer.entity(name.entity).kind;
            builder.add(&name.text, Some((name.entity, kind)), NameClass::Short, name.valid, &NameRule::None, true);
        }
        for phrase in gazetteer.blockers() {
            builder.add(phrase, None, NameClass::Short, Period::ALWAYS, &NameRule::None, false);
        }
        builder.finish()
    }

    /// A name by its number.
    #[must_use]
    pub fn name(&self, id: NameId) -> &NameEntry {
        &self.names[id.0 as usize]
    }

    /// The name as the gazetteer writes it, up to the signs between its words.
    #[must_use]
    pub fn written(&self, id: NameId) -> String {
        let name = self.name(id);
        let pieces = &self.pieces[name.first as usize..(name.first + name.len) as usize];
        pieces.iter().map(|piece| self.letters(piece.written)).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn letters(&self, range: (u32, u32)) -> &str {
        &self.letters[range.0 as usize..range.1 as usize]
    }
}

/// The surname in a person's usual name, with its particles: `von der Leyen`, `Strack-Zimmermann`.
pub(crate) fn surname(name: &str) -> Option<&str> {
    const PARTICLES: &[&str] = &[
        "von", "der", "den", "dem", "zu", "zur", "zum", "vom", "de", "van", "di", "da", "del", "la", "le", "du",
        "Graf", "Freiherr", "ten", "ter",
    ];
    let mut start = name.rfind(' ')? + 1;
    while let Some(before) = name[..start - 1].rfind(' ') {
        if !PARTICLES.contains(&&name[before + 1..start - 1]) {
            break;
        }
        start = before + 1;
    }
    Some(&name[start..])
}

#[cfg(test)]
#[path = "lexicon_tests.rs"]
mod tests;
