//! The search: from each word that may begin a name, along the trie.

use super::filter::Glance;
use super::forms::{self, Case};
use super::lexicon::{Candidate, Found, Lexicon, NameEntry, NameId, NamePiece, Node, Scratch, Stem};
use super::pieces::{self, Piece};
use super::{letters, ocr};
use crate::document::{Kind, Span, Token, TokenKind};
use crate::gazetteer::NameClass;
use crate::text::{fold, fold_into, tokens_into};

/// A text and its tokens while it is searched.
#[derive(Clone, Copy)]
struct Page<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

/// What is known of a token before its pieces are read: that it has passed the filter.
#[derive(Clone, Copy)]
struct Known {
    /// Whether a name may go on with the next token.
    goes_on: bool,
    stem: Option<Stem>,
}

impl Lexicon {
    /// Finds all names, leftmost and longest first; what is found lies in `scratch`.
    pub fn search(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) {
        scratch.candidates.clear();
        scratch.found.clear();
        let page = Page { text, tokens };
        let bytes = text.as_bytes();
        // Signs that divide words or hide letters, found in long strides.
        let mut signs = memchr::memchr2_iter(b'-', b'&', bytes);
        let mut sign = signs.next().unwrap_or(usize::MAX);
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            let mut begins = None;
            if sign > end {
                match self.filter.glance(bytes, start, end) {
                    Glance::No => {
                        index += 1;
                        continue;
                    }
                    Glance::May(found) => begins = Some(found),
                    Glance::Ask => {}
                }
            }
            while sign < start {
                sign = signs.next().unwrap_or(usize::MAX);
            }
            let mut known = None;
            if sign >= end && token.kind != TokenKind::Hashtag {
                let begins = begins.unwrap_or_else(|| self.filter.begins(bytes, start, end, sign == end));
                let goes_on = begins.longer
                    && tokens.get(index + 1).is_some_and(|next| self.filter.goes_on(begins, &bytes[next.span.range()]));
                let stem = if begins.alone || goes_on { self.root_at(text, start, end) } else { Some(Stem::NONE) };
                if stem.is_some_and(|stem| stem.root == 0) {
                    index += 1;
                    continue;
                }
                known = Some(Known { goes_on, stem });
            }
            index = self.search_from(page, index, known, scratch);
        }
    }

    /// The stem of a word of plain letters, [`Stem::NONE`] where names have no such stem; `None` where damage may hide it.
    #[inline]
    fn root_at(&self, text: &str, start: usize, end: usize) -> Option<Stem> {
        let bytes = text.as_bytes();
        let letters = letters::read(bytes, start, end);
        if !letters.plain || letters.wide {
            return None;
        }
        let stem = self.stem_at(bytes, start, pieces::stem_len(&bytes[start..end]));
        stem.or_else(|| (!ocr::is_suspicious(&text[start..end])).then_some(Stem::NONE))
    }

    /// Searches from the pieces of one token on; gives the token with which the search goes on.
    fn search_from(&self, page: Page<'_>, token: usize, known: Option<Known>, scratch: &mut Scratch) -> usize {
        scratch.pieces.clear();
        scratch.repaired.clear();
        scratch.next = token;
        if let Some(stem) = known.and_then(|known| known.stem)
            && page.tokens[token].kind == TokenKind::Word
        {
            let span = page.tokens[token].span;
            scratch.pieces.push(Piece { span, token: token as u32, word: stem.number, root: stem.root, plain: true });
            scratch.next += 1;
        }
        let (mut own, mut at) = (token, 0);
        while let Some(piece) = scratch.piece(page, at) {
            let token = piece.token as usize;
            if token != own {
                let first = at.checked_sub(1).is_none_or(|before| scratch.pieces[before].token != piece.token);
                if first {
                    return token;
                }
                own = token;
            }
            let known = known.filter(|_| at == 0 && piece.span == page.tokens[own].span);
            if let Some(stem) = known.and_then(|known| known.stem)
                && piece.word == Piece::UNREAD
            {
                scratch.pieces[at].word = stem.number;
                scratch.pieces[at].root = stem.root;
            }
            at = match self
                .passes(page, at, known, scratch)
                .and_then(|goes_on| self.longest(page, at, goes_on, scratch))
            {
                // `von Bayern` may be a surname, and `Bayern` in it the Land: both are kept, and the resolver decides.
                Some(last) if !self.is_surname_with_particle(page.text, scratch) => last + 1,
                _ => at + 1,
            };
        }
        page.tokens.len()
    }

    /// Whether a name may begin with a piece; whether one of several words may, if so.
    fn passes(&self, page: Page<'_>, at: usize, known: Option<Known>, scratch: &mut Scratch) -> Option<bool> {
        let piece = scratch.piece(page, at)?;
        let (bytes, span) = (page.text.as_bytes(), piece.span.range());
        // Letters set apart (`B u n d e s r a t`) go on a name, but begin none.
        if piece.word == Piece::UNKNOWN || (span.len() > 1 && bytes[span.start + 1] == b' ') {
            return None;
        }
        if let Some(known) = known {
            return Some(known.goes_on);
        }
        let begins = self.filter.begins(bytes, span.start, span.end, bytes.get(span.end) == Some(&b'-'));
        let goes_on = begins.longer
            && scratch.piece(page, at + 1).is_some_and(|next| {
                next.word != Piece::UNKNOWN && self.filter.goes_on(begins, &bytes[next.span.range()])
            });
        // A line end or an entity can hide the letters.
        let hidden = !begins.alone && bytes[span].iter().any(|byte| matches!(byte, b'-' | b'&'));
        (begins.alone || goes_on || hidden).then_some(goes_on || hidden)
    }

    /// The number of a piece's stem, or [`Piece::UNKNOWN`].
    fn word_of(&self, page: Page<'_>, index: usize, scratch: &mut Scratch) -> u32 {
        let Some(Piece { span, word, plain, .. }) = scratch.piece(page, index) else { return Piece::UNKNOWN };
        if word != Piece::UNREAD {
            return word;
        }
        let written = span.of(page.text);
        let known = if plain {
            self.stem_at(page.text.as_bytes(), span.start as usize, pieces::stem_len(written.as_bytes()))
        } else {
            self.stem(pieces::folded(page.text, span, &mut scratch.buffer))
        };
        let stem = match known {
            Some(stem) => stem,
            None if ocr::is_suspicious(written) => {
                let found = ocr::repairs(written).find_map(|meant| Some((self.stem(&fold(&meant))?, meant)));
                found.map_or(Stem::NONE, |(stem, meant)| {
                    scratch.repaired.push((index as u32, meant));
                    stem
                })
            }
            None => Stem::NONE,
        };
        scratch.pieces[index].word = stem.number;
        scratch.pieces[index].root = stem.root;
        stem.number
    }

    /// The stem of a word, folded or of plain letters.
    fn stem(&self, word: &str) -> Option<Stem> {
        self.words.get(&letters::hash(pieces::stem(word).as_bytes())).copied()
    }

    /// A stem of plain letters, by its place in a text.
    fn stem_at(&self, bytes: &[u8], start: usize, len: usize) -> Option<Stem> {
        self.words.get(&letters::read(bytes, start, start + len).hash).copied()
    }

    /// Whether the last candidate has several words of which the first is small, and is nothing but a surname.
    fn is_surname_with_particle(&self, text: &str, scratch: &Scratch) -> bool {
        let Some(candidate) = scratch.candidates.last() else { return false };
        candidate.words > 1
            && text[candidate.span.start as usize..].starts_with(char::is_lowercase)
            && scratch.found[candidate.found.0 as usize..]
                .iter()
                .all(|found| self.name(found.name).class == NameClass::Surname)
    }

    /// The longest name from the piece at `at`, of one word unless it `goes_on`; pushes it and gives its last piece.
    fn longest(&self, page: Page<'_>, at: usize, goes_on: bool, scratch: &mut Scratch) -> Option<usize> {
        if self.word_of(page, at, scratch) == Piece::UNKNOWN || scratch.pieces[at].root == 0 {
            return None;
        }
        let mut node = scratch.pieces[at].root;
        scratch.path.clear();
        let mut last = at;
        loop {
            let Node { names: (from, to), leads_on } = self.nodes[node as usize];
            if from < to {
                scratch.path.push((node, last as u32));
            }
            // Most nodes are leaves: there the next word need not be looked up.
            if !leads_on || !(goes_on || last > at) {
                break;
            }
            let next = self.word_of(page, last + 1, scratch);
            if next == Piece::UNKNOWN {
                break;
            }
            match self.edges.get(&super::lexicon::edge(node, next)) {
                Some(&child) => node = child,
                None => break,
            }
            last += 1;
        }
        while let Some((node, last)) = scratch.path.pop() {
            let last = last as usize;
            let first_found = scratch.found.len();
            self.find_names(page.text, node, at, scratch);
            if scratch.found.len() > first_found {
                let found = (first_found as u32, scratch.found.len() as u32);
                let (first, end) = (scratch.pieces[at], scratch.pieces[last]);
                let before = at.checked_sub(1).map(|before| scratch.pieces[before].token);
                let behind = scratch.pieces.get(last + 1).map(|behind| behind.token);
                scratch.candidates.push(Candidate {
                    span: Span::new(first.span.start, end.span.end),
                    tokens: (first.token, end.token),
                    words: (last + 1 - at) as u32,
                    joined_before: before == Some(first.token),
                    joined_after: behind == Some(end.token),
                    found,
                });
                return Some(last);
            }
        }
        None
    }

    /// Pushes the names of a node that stand from the piece at `at` on.
    fn find_names(&self, text: &str, node: u32, at: usize, scratch: &mut Scratch) {
        let (from, to) = self.nodes[node as usize].names;
        // Namesakes stand side by side, and what holds for one holds for all.
        let mut last: Option<(&NameEntry, Option<bool>)> = None;
        for index in from..to {
            let name = &self.names[index as usize];
            let stands = match last {
                Some((before, stands)) if before.is_written_as(name) => stands,
                _ => self.stands(text, name, at, scratch),
            };
            last = Some((name, stands));
            if let Some(inflected) = stands {
                scratch.found.push(Found { name: NameId(index), inflected });
            }
        }
    }

    /// Whether a form of the name stands from the piece at `at` on; `Some(true)` where it is inflected.
    fn stands(&self, text: &str, name: &NameEntry, at: usize, scratch: &mut Scratch) -> Option<bool> {
        let mut inflected = false;
        for offset in 0..name.len as usize {
            let piece = scratch.pieces[at + offset];
            let known = &self.pieces[name.first as usize + offset];
            if offset > 0 {
                let before = &scratch.pieces[at + offset - 1];
                let gap = &text.as_bytes()[before.span.end as usize..piece.span.start as usize];
                let joined = piece.token == before.token;
                if gap.len() > 1 && memchr::memchr_iter(b'\n', gap).take(2).count() > 1
                    || (joined && name.person && !self.is_hyphenated(name, offset))
                {
                    return None;
                }
            }
            inflected |= self.is_form(text, at + offset, known, name, scratch)?;
        }
        Some(inflected)
    }

    /// Whether a piece is a form of a name's piece; `Some(true)` where it is inflected.
    fn is_form(
        &self,
        text: &str,
        index: usize,
        known: &NamePiece,
        name: &NameEntry,
        scratch: &mut Scratch,
    ) -> Option<bool> {
        let piece = scratch.pieces[index];
        let base = self.letters(known.written);
        let repaired = scratch.repaired.iter().find(|(repaired, _)| *repaired as usize == index);
        let written = repaired.map_or_else(|| piece.span.of(text), |(_, meant)| meant);
        // As the gazetteer writes it, which is how most names stand.
        if written == base && known.endings != forms::Endings::BareAdjective {
            return Some(false);
        }
        let folded = self.letters(known.folded);
        // An ending adds three letters at most, and takes two.
        if piece.plain && !(folded.len() - folded.len().min(2)..=folded.len() + 3).contains(&written.len()) {
            return None;
        }
        scratch.buffer.clear();
        fold_into(written, &mut scratch.buffer);
        // `Bundesministeriurn`: a scanner read the `m` of a Latin ending as `rn`. All of these letters are endings, so the
        // stem is the same.
        if let Some(at) = scratch.buffer.rfind("iurn")
            && scratch.buffer.len() - at <= "iurns".len()
        {
            scratch.buffer.replace_range(at..at + "iurn".len(), "ium");
        }
        let inflected = forms::form_of(&scratch.buffer, folded, known.endings)?;
        let fits = forms::case_fits(written, base, known.case)
            // `bayern- und bundesweit`: a Land in a compound adjective.
            || (known.case == Case::Initial
                && text.as_bytes().get(piece.span.end as usize) == Some(&b'-')
                && name.len == 1
                && name.kind == Some(Kind::Land));
        fits.then_some(inflected)
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
        let page = Page { text, tokens: &tokens };
        let mut scratch = Scratch::default();
        let (mut node, mut index) = (0, 0);
        while scratch.piece(page, index).is_some() {
            let next = match self.word_of(page, index, &mut scratch) {
                Piece::UNKNOWN => None,
                _ if index == 0 => Some(scratch.pieces[0].root).filter(|&node| node != 0),
                word => self.edges.get(&super::lexicon::edge(node, word)).copied(),
            };
            let Some(next) = next else { return Vec::new() };
            node = next;
            index += 1;
        }
        if index > 0 {
            self.find_names(text, node, 0, &mut scratch);
        }
        scratch.found
    }
}

impl Scratch {
    /// The piece at an index behind the token with which the search began; tokens are divided when they are asked for.
    #[inline]
    fn piece(&mut self, page: Page<'_>, index: usize) -> Option<Piece> {
        while index >= self.pieces.len() {
            let token = page.tokens.get(self.next)?;
            let silent = matches!(
                token.kind,
                TokenKind::Url | TokenKind::Email | TokenKind::Handle | TokenKind::HtmlTag | TokenKind::HtmlEntity
            );
            let word = if silent { Piece::UNKNOWN } else { Piece::UNREAD };
            let number = self.next as u32;
            self.next += 1;
            let letters = letters::read(page.text.as_bytes(), token.span.start as usize, token.span.end as usize);
            let plain = letters.plain && !letters.wide;
            if plain {
                self.pieces.push(Piece { span: token.span, token: number, word, root: 0, plain });
            } else {
                pieces::split(page.text, token, |span| {
                    let plain = pieces::is_plain(span.of(page.text));
                    self.pieces.push(Piece { span, token: number, word, root: 0, plain });
                });
            }
        }
        self.pieces.get(index).copied()
    }
}
