//! The trie of names, and the search.

use rustc_hash::FxHashMap;

use super::filter::Filter;
use super::forms::{self, Case, Endings};
use super::ocr;
use super::pieces::{self, Piece};
use crate::date::Period;
use crate::document::{Kind, Span, Token, TokenKind};
use crate::gazetteer::{EntityKey, Gazetteer, NameClass, NameRule};
use crate::text::{fold, fold_into, tokens_into};

/// All names of a gazetteer, compiled for the search. Built once, then read by any number of threads.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Stems of all pieces of all names.
    words: FxHashMap<Box<str>, u32>,
    /// By stem: the node that it leads to from the root, 0 for none.
    roots: Vec<u32>,
    /// By node and stem: the next node.
    edges: FxHashMap<(u32, u32), u32>,
    /// By node: its names in `names`, as a range.
    ends: Vec<(u32, u32)>,
    /// By node: whether an edge leads on from it.
    has_edges: Vec<bool>,
    /// Beginnings of all names.
    filter: Filter,
    names: Vec<NameEntry>,
    pieces: Vec<NamePiece>,
    /// Letters of all pieces, as written and folded.
    letters: String,
}

/// Number of a name in a [`Lexicon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(u32);

/// A name, ready to be compared with the text.
#[derive(Debug, Clone)]
pub struct NameEntry {
    /// What it names; `None` for a phrase that only blocks.
    pub entity: Option<EntityKey>,
    /// What sort of name it is.
    pub class: NameClass,
    /// When it was the name.
    pub valid: Period,
    /// What it needs to be accepted.
    pub rule: NameRule,
    /// Whether a rule made it, and no file states it.
    pub derived: bool,
    /// Whether a hyphen may not join its words: persons' names are joined to name things after them.
    person: bool,
    node: u32,
    first: u32,
    len: u32,
}

#[derive(Debug, Clone, Copy)]
struct NamePiece {
    written: (u32, u32),
    folded: (u32, u32),
    endings: Endings,
    case: Case,
}

/// A place in the text where names stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// From the first piece to the last.
    pub span: Span,
    /// Index of the first piece.
    pub first: u32,
    /// Index of the last piece.
    pub last: u32,
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
    /// Pieces of the text.
    pub pieces: Vec<Piece>,
    /// Candidates, in reading order; they overlap only where a surname has a particle (`von Bayern`, `Bayern`).
    pub candidates: Vec<Candidate>,
    /// Names found, by candidate.
    pub found: Vec<Found>,
    /// Index of the first piece of each token.
    pub first_piece: Vec<u32>,
    buffer: String,
    path: Vec<(u32, u32)>,
    /// Pieces that are read as another word than stands there, for a scanner confused their letters.
    repaired: Vec<(u32, String)>,
}

impl Lexicon {
    /// Compiles all names of a gazetteer, those that follow by rule too.
    #[must_use]
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut builder = Builder::default();
        let names: usize = gazetteer.entities().map(|(_, entity)| entity.names.len()).sum();
        // With surnames, derived names and joined spellings there are half as many again.
        builder.lexicon.names.reserve(names * 3 / 2);
        builder.lexicon.pieces.reserve(3 * names);
        builder.lexicon.edges.reserve(names);
        builder.lexicon.words.reserve(names);
        builder.lexicon.roots.reserve(names);
        builder.lexicon.letters.reserve(60 * names);
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

    fn letters(&self, range: (u32, u32)) -> &str {
        &self.letters[range.0 as usize..range.1 as usize]
    }

    /// Divides the tokens into pieces; they are looked up when somebody asks.
    fn read(text: &str, tokens: &[Token], scratch: &mut Scratch) {
        scratch.pieces.clear();
        scratch.first_piece.clear();
        scratch.repaired.clear();
        let Scratch { pieces, first_piece, .. } = scratch;
        // Hyphens, and the first bytes of the rarer ones, found in long strides.
        let mut hyphens = memchr::memchr3_iter(b'-', 0xE2, 0xEF, text.as_bytes());
        let mut hyphen = hyphens.next().unwrap_or(usize::MAX);
        for (index, token) in tokens.iter().enumerate() {
            first_piece.push(pieces.len() as u32);
            while hyphen < token.span.start as usize {
                hyphen = hyphens.next().unwrap_or(usize::MAX);
            }
            let silent = matches!(
                token.kind,
                TokenKind::Url | TokenKind::Email | TokenKind::Handle | TokenKind::HtmlTag | TokenKind::HtmlEntity
            );
            let word = if silent { Piece::UNKNOWN } else { Piece::UNREAD };
            let token_index = index as u32;
            if hyphen >= token.span.end as usize && token.kind != TokenKind::Hashtag {
                pieces.push(Piece { span: token.span, token: token_index, word });
            } else {
                pieces::split(text, token, |span| pieces.push(Piece { span, token: token_index, word }));
            }
        }
        first_piece.push(pieces.len() as u32);
    }

    /// The number of a piece's stem, or [`Piece::UNKNOWN`].
    fn word_of(&self, text: &str, index: usize, scratch: &mut Scratch) -> u32 {
        let Some(&Piece { span, word, .. }) = scratch.pieces.get(index) else { return Piece::UNKNOWN };
        if word != Piece::UNREAD {
            return word;
        }
        let mut letters = [0; 32];
        let known = match pieces::plain(&text.as_bytes()[span.range()], &mut letters) {
            Some(folded) => self.words.get(pieces::stem(folded)),
            None => self.words.get(pieces::stem(pieces::folded(text, span, &mut scratch.buffer))),
        };
        let word = match known {
            Some(&word) => word,
            None if ocr::is_suspicious(span.of(text)) => {
                let found = ocr::repairs(span.of(text)).find_map(|meant| {
                    let word = *self.words.get(pieces::stem(&fold(&meant)))?;
                    Some((word, meant))
                });
                found.map_or(Piece::UNKNOWN, |(word, meant)| {
                    scratch.repaired.push((index as u32, meant));
                    word
                })
            }
            None => Piece::UNKNOWN,
        };
        scratch.pieces[index].word = word;
        word
    }

    /// Finds all names, leftmost and longest first; what is found lies in `scratch`.
    pub fn search(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) {
        Self::read(text, tokens, scratch);
        scratch.candidates.clear();
        scratch.found.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(piece) = scratch.pieces.get(at) {
            let span = piece.span.range();
            let hyphen = bytes.get(span.end) == Some(&b'-');
            if piece.word == Piece::UNKNOWN || !self.filter.may_begin(&bytes[span], hyphen) {
                at += 1;
                continue;
            }
            match self.longest(text, at, scratch) {
                // `von Bayern` may be a surname, and `Bayern` in it the Land: both are kept, and the resolver decides.
                Some(last) if self.is_surname_with_particle(text, scratch) => at = (at + 1).min(last + 1),
                Some(last) => at = last + 1,
                None => at += 1,
            }
        }
    }

    /// Whether the last candidate has several words of which the first is small, and is nothing but a surname.
    fn is_surname_with_particle(&self, text: &str, scratch: &Scratch) -> bool {
        let Some(candidate) = scratch.candidates.last() else { return false };
        candidate.first < candidate.last
            && text[candidate.span.start as usize..].starts_with(char::is_lowercase)
            && scratch.found[candidate.found.0 as usize..]
                .iter()
                .all(|found| self.name(found.name).class == NameClass::Surname)
    }

    /// The longest name from the piece at `at`; pushes it and gives its last piece.
    fn longest(&self, text: &str, at: usize, scratch: &mut Scratch) -> Option<usize> {
        let word = self.word_of(text, at, scratch);
        if word == Piece::UNKNOWN {
            return None;
        }
        let mut node = self.roots[word as usize];
        if node == 0 {
            return None;
        }
        scratch.path.clear();
        let mut last = at;
        loop {
            let (from, to) = self.ends[node as usize];
            if from < to {
                scratch.path.push((node, last as u32));
            }
            // Most nodes are leaves: there the next word need not be looked up.
            if !self.has_edges[node as usize] {
                break;
            }
            let next = self.word_of(text, last + 1, scratch);
            if next == Piece::UNKNOWN {
                break;
            }
            match self.edges.get(&(node, next)) {
                Some(&child) => node = child,
                None => break,
            }
            last += 1;
        }
        while let Some((node, last)) = scratch.path.pop() {
            let first_found = scratch.found.len();
            let (from, to) = self.ends[node as usize];
            for index in from..to {
                if let Some(inflected) = self.stands(text, index, at, scratch) {
                    scratch.found.push(Found { name: NameId(index), inflected });
                }
            }
            if scratch.found.len() > first_found {
                let span = Span::new(scratch.pieces[at].span.start, scratch.pieces[last as usize].span.end);
                let found = (first_found as u32, scratch.found.len() as u32);
                scratch.candidates.push(Candidate { span, first: at as u32, last, found });
                return Some(last as usize);
            }
        }
        None
    }

    /// Whether a form of the name stands from the piece at `at` on; `Some(true)` where it is inflected.
    fn stands(&self, text: &str, index: u32, at: usize, scratch: &mut Scratch) -> Option<bool> {
        let name = &self.names[index as usize];
        let mut inflected = false;
        for offset in 0..name.len as usize {
            let piece = &scratch.pieces[at + offset];
            let known = &self.pieces[name.first as usize + offset];
            if offset > 0 {
                let before = &scratch.pieces[at + offset - 1];
                let gap = &text[before.span.end as usize..piece.span.start as usize];
                let joined = piece.token == before.token;
                if gap.len() > 1 && gap.matches('\n').count() > 1
                    || (joined && name.person && !self.is_hyphenated(name, offset))
                {
                    return None;
                }
            }
            let repaired = scratch.repaired.iter().find(|(index, _)| *index as usize == at + offset);
            let written = repaired.map_or_else(|| piece.span.of(text), |(_, meant)| meant);
            scratch.buffer.clear();
            fold_into(written, &mut scratch.buffer);
            inflected |= forms::form_of(&scratch.buffer, self.letters(known.folded), known.endings)?;
            let fits = forms::case_fits(written, self.letters(known.written), known.case)
                // `bayern- und bundesweit`: a Land in a compound adjective.
                || (known.case == Case::Initial && is_hyphenated_piece(text, piece) && name.len == 1 && !name.person);
            if !fits {
                return None;
            }
        }
        Some(inflected)
    }

    /// Whether the name itself has a hyphen before its piece at `offset`.
    fn is_hyphenated(&self, name: &NameEntry, offset: usize) -> bool {
        let piece = &self.pieces[name.first as usize + offset];
        self.letters.as_bytes().get(piece.written.0 as usize - 1) == Some(&b'-')
    }

    /// Numbers of all names of which `text` as a whole is a form, whatever they need to be accepted.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Vec<Found> {
        let mut tokens = Vec::new();
        tokens_into(text, &mut tokens);
        let mut scratch = Scratch::default();
        Self::read(text, &tokens, &mut scratch);
        let mut node = 0;
        for index in 0..scratch.pieces.len() {
            let next = match self.word_of(text, index, &mut scratch) {
                Piece::UNKNOWN => None,
                word if index == 0 => self.roots.get(word as usize).copied().filter(|&node| node != 0),
                word => self.edges.get(&(node, word)).copied(),
            };
            let Some(next) = next else { return Vec::new() };
            node = next;
        }
        let Some(&(from, to)) = self.ends.get(node as usize) else { return Vec::new() };
        (from..to)
            .filter_map(|index| {
                self.stands(text, index, 0, &mut scratch).map(|inflected| Found { name: NameId(index), inflected })
            })
            .collect()
    }
}

fn is_hyphenated_piece(text: &str, piece: &Piece) -> bool {
    text.as_bytes().get(piece.span.end as usize) == Some(&b'-')
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

#[derive(Default)]
struct Builder {
    lexicon: Lexicon,
    nodes: u32,
    tokens: Vec<Token>,
    buffer: String,
}

impl Builder {
    fn add(
        &mut self,
        text: &str,
        target: Option<(EntityKey, Kind)>,
        class: NameClass,
        valid: Period,
        rule: &NameRule,
        derived: bool,
    ) {
        tokens_into(text, &mut self.tokens);
        let mut spans: Vec<Span> = Vec::with_capacity(8);
        for token in &self.tokens {
            pieces::split(text, token, |span| spans.push(span));
        }
        if spans.is_empty() {
            return;
        }
        self.insert(text, &spans, target, class, valid, rule, derived);
        // `Deutschland-Stack` is also written `Deutschlandstack`.
        let plain =
            !matches!(target, Some((_, Kind::Politician | Kind::Land | Kind::Municipality | Kind::Party)) | None);
        if plain
            && self.tokens.len() == 1
            && text.contains('-')
            && matches!(class, NameClass::Full | NameClass::Short)
            && !matches!(rule, NameRule::Exact)
        {
            let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
            for joined in forms::joined(&words) {
                spans.clear();
                tokens_into(&joined, &mut self.tokens);
                for token in &self.tokens {
                    pieces::split(&joined, token, |span| spans.push(span));
                }
                self.insert(&joined, &spans, target, class, valid, rule, true);
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // one row of the table of names
    fn insert(
        &mut self,
        text: &str,
        spans: &[Span],
        target: Option<(EntityKey, Kind)>,
        class: NameClass,
        valid: Period,
        rule: &NameRule,
        derived: bool,
    ) {
        let lexicon = &mut self.lexicon;
        let kind = target.map(|(_, kind)| kind);
        let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        let endings = forms::endings(&words, kind, class);
        let first = lexicon.pieces.len() as u32;
        let mut node = 0;
        for (index, (word, endings)) in words.iter().zip(endings).enumerate() {
            self.buffer.clear();
            fold_into(word, &mut self.buffer);
            let stem = pieces::stem(&self.buffer);
            let id = match lexicon.words.get(stem) {
                Some(&id) => id,
                None => {
                    let id = lexicon.words.len() as u32;
                    lexicon.words.insert(stem.into(), id);
                    lexicon.roots.push(0);
                    id
                }
            };
            let next =
                if index == 0 { &mut lexicon.roots[id as usize] } else { lexicon.edges.entry((node, id)).or_insert(0) };
            if *next == 0 {
                self.nodes += 1;
                *next = self.nodes;
            }
            node = *next;
            // The sign before the word tells whether the name has a hyphen there.
            let before = text[..spans[index].start as usize].chars().next_back().unwrap_or(' ');
            lexicon.letters.push(if before == '-' { '-' } else { ' ' });
            let mut store = |letters: &str| {
                let start = lexicon.letters.len() as u32;
                lexicon.letters.push_str(letters);
                (start, lexicon.letters.len() as u32)
            };
            let (written, folded) = (store(word), store(&self.buffer));
            // `der bayerische Wald` blocks as `Bayerischer Wald` does.
            let adjective = target.is_none() && ["ische", "ischer", "isches"].iter().any(|end| word.ends_with(end));
            let case = if adjective { Case::Free } else { forms::case(word, class, *rule == NameRule::Exact) };
            lexicon.pieces.push(NamePiece { written, folded, endings, case });
        }
        lexicon.names.push(NameEntry {
            entity: target.map(|(key, _)| key),
            class,
            valid,
            rule: rule.clone(),
            derived,
            person: kind == Some(Kind::Politician),
            node,
            first,
            len: words.len() as u32,
        });
    }

    fn finish(mut self) -> Lexicon {
        // Names of a node stand side by side, in the order of the files: nodes are numbered, so they are counted out.
        let mut next = vec![0_u32; self.nodes as usize + 2];
        for name in &self.lexicon.names {
            next[name.node as usize + 1] += 1;
        }
        for node in 1..next.len() {
            next[node] += next[node - 1];
        }
        self.lexicon.ends = next.windows(2).map(|range| (range[0], range[1])).collect();
        let mut order = vec![0_u32; self.lexicon.names.len()];
        for (index, name) in self.lexicon.names.iter().enumerate() {
            let place = &mut next[name.node as usize];
            order[*place as usize] = index as u32;
            *place += 1;
        }
        // In place, for there are many: each swap brings one name to where it belongs.
        for place in 0..order.len() {
            let mut source = order[place] as usize;
            while source < place {
                source = order[source] as usize;
            }
            self.lexicon.names.swap(place, source);
        }
        self.lexicon.has_edges = vec![false; self.nodes as usize + 1];
        for (node, _) in self.lexicon.edges.keys() {
            self.lexicon.has_edges[*node as usize] = true;
        }
        let Lexicon { filter, names, pieces, letters, .. } = &mut self.lexicon;
        for name in names {
            let NamePiece { written, folded, case, .. } = pieces[name.first as usize];
            let small = case == Case::Free || letters[written.0 as usize..].starts_with(char::is_lowercase);
            let word = &letters[folded.0 as usize..folded.1 as usize];
            filter.add(word, pieces::stem(word), small);
        }
        self.lexicon
    }
}

#[cfg(test)]
#[path = "lexicon_tests.rs"]
mod tests;
