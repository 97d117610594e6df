//! Names are compiled into the trie.

use super::filter::{Filter, FirstWord};
use super::forms::{self, Case};
use super::lexicon::{Lexicon, NameEntry, NamePiece, Node, Stem, edge};
use super::{letters, pieces};
use crate::date::Period;
use crate::document::{Kind, Span, Token};
use crate::gazetteer::{EntityKey, NameClass, NameRule};
use crate::text::{fold_into, tokens_into};

#[derive(Default)]
pub(super) struct Builder {
    lexicon: Lexicon,
    nodes: u32,
    tokens: Vec<Token>,
    buffer: String,
}

impl Builder {
    /// An empty trie for so many names of gazetteers.
    pub(super) fn with_capacity(names: usize) -> Self {
        let mut builder = Self::default();
        let lexicon = &mut builder.lexicon;
        // With surnames, derived names and joined spellings there are half as many again.
        lexicon.names.reserve(names * 3 / 2);
        lexicon.pieces.reserve(3 * names);
        lexicon.edges.reserve(names * 3 / 2);
        lexicon.words.reserve(names * 3 / 2);
        lexicon.letters.reserve(60 * names);
        builder
    }

    pub(super) fn add(
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
            let number = lexicon.words.len() as u32;
            let hash = letters::hash(stem.as_bytes());
            let stem = lexicon.words.entry(hash).or_insert(Stem { number, root: 0 });
            let next =
                if index == 0 { &mut stem.root } else { lexicon.edges.entry(edge(node, stem.number)).or_insert(0) };
            if *next == 0 {
                self.nodes += 1;
                *next = self.nodes;
            }
            node = *next;
            // The sign before the word tells whether the name has a hyphen there.
            let before = (spans[index].start as usize).checked_sub(1).map(|at| text.as_bytes()[at]);
            lexicon.letters.push(if before == Some(b'-') { '-' } else { ' ' });
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
            kind,
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

    pub(super) fn finish(mut self) -> Lexicon {
        // Names of a node stand side by side, in the order of the files: nodes are numbered, so they are counted out.
        let mut next = vec![0_u32; self.nodes as usize + 2];
        for name in &self.lexicon.names {
            next[name.node as usize + 1] += 1;
        }
        for node in 1..next.len() {
            next[node] += next[node - 1];
        }
        let nodes = next.windows(2).map(|range| Node { names: (range[0], range[1]), leads_on: false });
        self.lexicon.nodes = nodes.collect();
        let belongs = self.lexicon.names.iter().map(|name| {
            let place = &mut next[name.node as usize];
            *place += 1;
            *place - 1
        });
        let mut belongs: Vec<u32> = belongs.collect();
        // In place, for there are many: each swap brings one name to where it belongs.
        for place in 0..belongs.len() {
            while belongs[place] as usize != place {
                let other = belongs[place] as usize;
                self.lexicon.names.swap(place, other);
                belongs.swap(place, other);
            }
        }
        for key in self.lexicon.edges.keys() {
            self.lexicon.nodes[(key >> 32) as usize].leads_on = true;
        }
        self.share_pieces();
        let Lexicon { filter, names, pieces, letters, .. } = &mut self.lexicon;
        *filter = Filter::with_capacity(names.len());
        for name in names {
            let piece = |offset| {
                let NamePiece { folded, endings, .. } = pieces[(name.first + offset) as usize];
                (&letters[folded.0 as usize..folded.1 as usize], endings)
            };
            let NamePiece { written, case, .. } = pieces[name.first as usize];
            let small = case == Case::Free || letters[written.0 as usize..].starts_with(char::is_lowercase);
            let (word, endings) = piece(0);
            filter.add(FirstWord { word, endings, small }, (name.len > 1).then(|| piece(1)));
        }
        self.lexicon
    }

    /// Lets namesakes have the same pieces, so that only the first of them is compared with a text.
    fn share_pieces(&mut self) {
        let Lexicon { names, pieces, letters, .. } = &mut self.lexicon;
        let spelled = |name: &NameEntry| {
            let pieces = &pieces[name.first as usize..(name.first + name.len) as usize];
            pieces.iter().map(|piece| {
                // With the sign before it, which tells a hyphen.
                let written = &letters[piece.written.0 as usize - 1..piece.written.1 as usize];
                (written, piece.endings, piece.case)
            })
        };
        for index in 1..names.len() {
            let (before, name) = (&names[index - 1], &names[index]);
            if before.node == name.node && before.len == name.len && spelled(before).eq(spelled(name)) {
                names[index].first = before.first;
            }
        }
    }
}
