//! Members of a parliament in a list, whom the gazetteers do not know.

use super::Reader;
use super::address::{ADDRESSES, COLLEAGUES};
use super::draft::{Decision, Draft};
use super::words::FOREIGN;
use crate::document::{Evidence, Kind, Span, TokenKind, Via};

/// Pronouns of address, which are capitals too: `was der Kollege Ihnen sagte`.
const POLITE: &[&str] = &["Sie", "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres"];

impl Reader<'_> {
    /// `der Abgeordneten Gerrit Huy, Rosa Musterfrau, René Bochmann`: what stands in a list between the full names of two
    /// politicians is a third one, new in the house or with a misprint in the name. It stays without entity.
    pub(super) fn add_listed_members(&mut self) {
        let mut made = Vec::new();
        let mut last: Option<usize> = None;
        for draft in 0..self.drafts.len() {
            let own = &self.drafts[draft];
            // A full name: two words or more.
            if own.kind() != Some(Kind::Politician) || own.tokens.1 == own.tokens.0 {
                continue;
            }
            if let Some(before) = last.replace(draft) {
                self.read_gap(before, draft, &mut made);
            }
        }
        if !made.is_empty() {
            self.drafts.extend(made);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// `Anna Muster (SPD)`, `der Kollege Anton Muster`, `Staatssekretär Dr. Max Muster`: a full name before the party in
    /// brackets, or behind a title, is that of a politician whom the gazetteers do not know.
    pub(super) fn add_unknown_members(&mut self) {
        let mut made = Vec::new();
        for draft in &self.drafts {
            if draft.kind() == Some(Kind::Party)
                && let Some((first, last)) = self.member_of(draft)
            {
                made.push((first, last));
                self.joined_members(first, &mut made);
            }
        }
        let titles = self.signs.titles.iter().chain(&self.signs.general).map(|&token| token as usize);
        let titles = titles.filter(|&token| is_office(self.word(token)) && !self.is_of_another_state(token));
        made.extend(titles.filter_map(|title| self.name_behind(title)));
        if self.is_parliamentary() {
            for stem in ["Kolleg", "Abgeordnete", "Schriftführer"] {
                for at in memchr::memmem::find_iter(self.text.as_bytes(), stem) {
                    let token = self.tokens.partition_point(|token| (token.span.start as usize) < at);
                    let title = self.word(token);
                    if (COLLEAGUES.contains(&title) || matches!(title, "Schriftführer" | "Schriftführerin"))
                        && !self.is_of_another_state(token)
                    {
                        made.extend(self.name_behind(token));
                    }
                }
            }
        }
        // `Bürgermeisterin Anna Muster`, `Oberbürgermeister Max Muster`: the head of a town.
        for at in memchr::memmem::find_iter(self.text.as_bytes(), "ürgermeister") {
            let token = self.tokens.partition_point(|token| (token.span.end as usize) <= at);
            let title = self.word(token);
            let title = title.strip_prefix("Ober").map_or(title, |_| "Bürgermeister");
            if matches!(title, "Bürgermeister" | "Bürgermeisterin" | "Bürgermeisters")
                && !self.is_of_another_state(token)
                && !self.is_of_a_foreign_town(token)
            {
                made.extend(self.name_behind(token));
            }
        }
        let mut added = Vec::new();
        for (first, last) in made {
            let span = Span::new(self.tokens[first].span.start, self.tokens[last].span.end);
            let over = self.drafts_over(span);
            if self.drafts[over.clone()].iter().any(|other| other.decision.is_some() && other.span.overlaps(span)) {
                continue;
            }
            // `Minister R. Habeck`: which of the name it is, is asked with the initial.
            if self.word(first).ends_with('.')
                && self.drafts[over.clone()].iter().any(|other| other.span.overlaps(span))
            {
                continue;
            }
            // The surname is no longer asked for by itself.
            for inside in over {
                if self.drafts[inside].span.overlaps(span) {
                    self.drafts[inside].refused = true;
                }
            }
            let decision = Decision::new(Kind::Politician, None, Via::Name, 0.6, vec![Evidence::PartyBehind]);
            let mut draft = Draft::made(span, first, decision);
            draft.tokens.1 = last;
            added.push(draft);
        }
        self.add_all(added);
    }

    /// `Anna Muster (SPD)`, `Anna Muster (Celle) [SPD]`, `(Anna Muster, SPD: …`: the full name that stands with a party as
    /// reports print it. Before the colon of a remark the form says that it is a name, though no list holds the given name.
    fn member_of(&self, party: &Draft) -> Option<(usize, usize)> {
        let sign = party.tokens.0.checked_sub(1)?;
        let (last, close) = match self.word(sign) {
            "(" | "[" => (self.before_constituency(sign)?, 1),
            "," => (sign.checked_sub(1)?, 0),
            _ => return None,
        };
        let behind = party.tokens.1 + 1;
        let closed = close == 0 || matches!(self.word(behind), ")" | "]");
        let calls = closed && self.word(behind + close) == ":";
        let begins = |first: usize| self.begins_a_remark(first);
        let known = (last.saturating_sub(3)..last).find(|&first| self.is_full_name(first, last));
        // `Anna Muster, SPD` can be a row of anything, but not in front of a colon.
        let known = known.filter(|&first| close == 1 || (calls && begins(first)));
        let by_form =
            || (last.saturating_sub(3)..last).find(|&first| begins(first) && self.has_form_of_name(first, last));
        let called = calls || (close == 1 && closed && self.is_called_out(last));
        let first = known.or_else(|| by_form().filter(|_| called && self.is_parliamentary()))?;
        (!self.follows_an_indexed_surname(first)).then_some((first, last))
    }

    /// Whether what stands before a name is what stands before the names of a remark: `(Anna Muster [SPD]: …`, `Zurufe Anna
    /// Muster und …`.
    fn begins_a_remark(&self, first: usize) -> bool {
        matches!(self.word_before(first), "(" | "[" | "–" | "-" | "—" | "von" | "Abg." | "Zuruf" | "Zurufe")
    }

    /// The token before an opening bracket; before both where the first one holds the constituency: `(Celle) [SPD]`.
    fn before_constituency(&self, open: usize) -> Option<usize> {
        let before = open.checked_sub(1)?;
        if !matches!(self.word(before), ")" | "]") {
            return Some(before);
        }
        let first = (before.saturating_sub(4)..before).rev().find(|&at| matches!(self.word(at), "(" | "["))?;
        first.checked_sub(1)
    }

    /// `Zuruf von Arif Muster [SPD]`, `Gegenruf des Abg. Arif Muster`: who calls out.
    fn is_called_out(&self, last: usize) -> bool {
        (last.saturating_sub(6)..last)
            .any(|at| matches!(self.word(at), "Zuruf" | "Zurufe" | "Gegenruf" | "Zwischenruf" | "Lachen" | "Abg."))
    }

    /// Two or three capitalised words in one line, as a name is written.
    fn has_form_of_name(&self, first: usize, last: usize) -> bool {
        last < self.tokens.len()
            && last > first
            && !self.sources.knowledge.is_word(self.word(last))
            && (first..=last).all(|at| {
                let word = self.word(at);
                word.starts_with(char::is_uppercase)
                    && word.chars().any(char::is_lowercase)
                    && self.tokens[at].kind == TokenKind::Word
                    && !is_title(word)
                    && !super::address::is_title(word)
                    && !ADDRESSES.contains(&word)
                    && !matches!(
                        word,
                        "Weitere" | "Zuruf" | "Zurufe" | "Beifall" | "Heiterkeit" | "Lachen" | "Vereinzelt"
                    )
                    && (at == first || self.gap_before(at) == Some(" "))
            })
    }

    /// `Zurufe Lara Muster und Katy Beispiel (SPD)`: those joined to the one before the party are members, too.
    fn joined_members(&self, mut first: usize, made: &mut Vec<(usize, usize)>) {
        while matches!(self.word_before(first), "und" | ",")
            && self.is_parliamentary()
            && let Some(last) = first.checked_sub(2)
            && let Some(other) = (last.saturating_sub(3)..last).find(|&other| {
                self.is_full_name(other, last) || (self.begins_a_remark(other) && self.has_form_of_name(other, last))
            })
        {
            made.push((other, last));
            first = other;
        }
    }

    fn gap_before(&self, token: usize) -> Option<&str> {
        let before = token.checked_sub(1)?;
        self.text.get(self.tokens[before].span.end as usize..self.tokens[token].span.start as usize)
    }

    /// `(Anna Muster, SPD: Nein!) … Anna Muster hat eine Frage`: whom the text named in full as a member it may name so again,
    /// without a party or title.
    pub(super) fn repeat_unknown_members(&mut self) {
        let unknown = self.drafts.iter().filter(|draft| {
            draft.tokens.1 > draft.tokens.0
                && draft
                    .decision
                    .as_ref()
                    .is_some_and(|it| it.kind == Kind::Politician && it.entity.is_none() && it.candidates.is_empty())
        });
        let mut names: Vec<&str> = unknown.map(|draft| draft.span.of(self.text)).collect();
        names.sort_unstable();
        names.dedup();
        let mut added = Vec::new();
        for name in names {
            for at in memchr::memmem::find_iter(self.text.as_bytes(), name) {
                let span = Span::new(at as u32, (at + name.len()) as u32);
                let first = self.tokens.partition_point(|token| token.span.start < span.start);
                let last = self.tokens.partition_point(|token| token.span.start < span.end) - 1;
                let whole = self.tokens.get(first).is_some_and(|token| token.span.start == span.start)
                    && self.tokens[last].span.end == span.end;
                let over = self.drafts_over(span);
                if whole && !self.drafts[over].iter().any(|it| it.decision.is_some() && it.span.overlaps(span)) {
                    let decision = Decision::new(Kind::Politician, None, Via::Name, 0.6, vec![Evidence::Antecedent]);
                    let mut draft = Draft::made(span, first, decision);
                    draft.tokens.1 = last;
                    added.push(draft);
                }
            }
        }
        for draft in &added {
            for inside in self.drafts_over(draft.span) {
                if self.drafts[inside].span.overlaps(draft.span) {
                    self.drafts[inside].refused = true;
                }
            }
        }
        self.add_all(added);
    }

    fn add_all(&mut self, added: Vec<Draft>) {
        if !added.is_empty() {
            self.drafts.extend(added);
            self.drafts.sort_by_key(|draft| draft.span.start);
        }
    }

    /// `Herr Kollege Musterer`, `Frau Abgeordnete Musterer`: behind both a surname that no gazetteer holds, as most members
    /// of the Landtage have. What a document calls somebody once, with a title or the full name, it may call again: `Herr
    /// Musterer`, `des Abgeordneten Musterer`.
    pub(super) fn add_addressed_members(&mut self) {
        if !self.is_parliamentary() {
            return;
        }
        let mut named: Vec<&str> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for stem in ["Kolleg", "Abg"] {
            for at in memchr::memmem::find_iter(self.text.as_bytes(), stem) {
                let title = self.tokens.partition_point(|token| (token.span.start as usize) < at);
                if COLLEAGUES.contains(&self.word(title))
                    && self.is_of_one(title)
                    && let Some(name) = self.surname_behind(title)
                {
                    places.push(name);
                    named.push(self.word(name));
                }
            }
        }
        // `für die SPD-Fraktion Herr Musterer`
        for party in self.drafts.iter().filter(|it| it.kind() == Some(Kind::Party) && it.joined_after) {
            let group = party.tokens.1;
            if self.word(group).ends_with("Fraktion")
                && ADDRESSES.contains(&self.word(group + 1))
                && let Some(name) = self.surname_behind(group + 1)
            {
                places.push(name);
                named.push(self.word(name));
            }
        }
        let unknown = self.drafts.iter().filter(|draft| {
            draft.tokens.1 > draft.tokens.0
                && draft.decision.as_ref().is_some_and(|it| it.kind == Kind::Politician && it.entity.is_none())
        });
        named.extend(unknown.map(|draft| self.word(draft.tokens.1)).filter(|word| word.chars().count() > 2));
        named.sort_unstable();
        named.dedup();
        for surname in named {
            for at in memchr::memmem::find_iter(self.text.as_bytes(), surname) {
                let name = self.tokens.partition_point(|token| (token.span.start as usize) < at);
                let whole = |token: usize| matches!(self.word(token).strip_prefix(surname), Some("" | "s"));
                if self.tokens.get(name).is_some_and(|token| token.span.start as usize == at)
                    && whole(name)
                    && self.is_announced(name)
                {
                    places.push(name);
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        let mut added = Vec::new();
        for name in places {
            let span = self.tokens[name].span;
            let over = self.drafts_over(span);
            if !self.drafts[over].iter().any(|other| other.decision.is_some() && other.span.overlaps(span)) {
                let decision = Decision::new(Kind::Politician, None, Via::Surname, 0.6, vec![Evidence::TitleBefore]);
                added.push(Draft::made(span, name, decision));
            }
        }
        self.add_all(added);
    }

    /// Whether a title of members is in the singular and stands for a person: `Herrn Kollegen`, `Kollegin`, `Frau Abg.`;
    /// `den Abgeordneten Auskunft geben` is something else.
    fn is_of_one(&self, title: usize) -> bool {
        let before = self.word_before(title);
        match self.word(title) {
            "Kollege" | "Kollegin" => true,
            "Kollegen" => ADDRESSES.contains(&before) || matches!(before, "dem" | "des" | "vom" | "zum" | "beim"),
            "Kolleginnen" => false,
            _ => ADDRESSES.contains(&before),
        }
    }

    /// Whether a form of address or a title of one member stands before a surname, degrees left out.
    fn is_announced(&self, name: usize) -> bool {
        let title = (0..name).rev().find(|&at| !is_title(self.word(at)));
        title.is_some_and(|title| ADDRESSES.contains(&self.word(title)) || COLLEAGUES.contains(&self.word(title)))
    }

    /// A capitalised word directly behind a title, which no name of the gazetteers covers and no second capital follows: a
    /// surname.
    fn surname_behind(&self, title: usize) -> Option<usize> {
        let name = (title + 1..self.tokens.len()).find(|&at| !is_title(self.word(at)))?;
        let (word, next) = (self.word(name), self.word(name + 1));
        let gap = self.text.get(self.tokens[name - 1].span.end as usize..self.tokens[name].span.start as usize);
        let letters = word.chars().count();
        (matches!(gap, Some(" " | "\n"))
            && self.tokens[name].kind == TokenKind::Word
            && letters > 2
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
            && !next.starts_with(char::is_uppercase)
            && !super::address::is_title(word)
            && !is_office(word)
            && !POLITE.contains(&word)
            && !["präsident", "präsidentin", "sitzende", "sitzender", "sekretär", "sekretärin", "rat", "rätin"]
                .iter()
                .any(|end| word.ends_with(end)))
        .then_some(name)
    }

    /// The full name behind a title, degrees and forms of address left out.
    fn name_behind(&self, title: usize) -> Option<(usize, usize)> {
        let first = (title + 1..self.tokens.len())
            .find(|&at| !is_title(self.word(at)) && !ADDRESSES.contains(&self.word(at)))?;
        let second = self.sources.knowledge.is_first_name(self.word(first + 1));
        let last = if second && self.is_full_name(first, first + 2) { first + 2 } else { first + 1 };
        self.is_full_name(first, last).then_some((first, last))
    }

    /// `der französische Staatssekretär`, `US-Minister`.
    fn is_of_another_state(&self, title: usize) -> bool {
        let before = self.word_before(title).to_lowercase();
        FOREIGN.iter().any(|state| before.starts_with(state)) || self.word_before(title).ends_with("scher")
    }

    /// `der Londoner Bürgermeister`, `Wiens Bürgermeister`: the word before is a town's, and of no town that we have.
    fn is_of_a_foreign_town(&self, title: usize) -> bool {
        let before = self.word_before(title);
        let stem = before.strip_suffix("er").or_else(|| before.strip_suffix('s'));
        let Some(stem) = stem.filter(|stem| stem.len() > 2 && before.starts_with(char::is_uppercase)) else {
            return false;
        };
        // `Kölner`, `Dresdner`, `Bremer`, `Hallenser`, `Hannoveraner`
        let elided = stem.strip_suffix('n').unwrap_or(stem);
        let full = [stem.to_owned(), format!("{stem}en"), format!("{stem}e"), format!("{elided}en")];
        let shortened = ["ens", "an"].iter().filter_map(|end| stem.strip_suffix(end));
        let is_ours = |name: &str| {
            let found = self.sources.lexicon.lookup(name);
            found.iter().any(|found| {
                let kind = self.sources.lexicon.name(found.name).kind;
                matches!(kind, Some(Kind::Municipality | Kind::Land))
            })
        };
        !full.iter().map(String::as_str).chain(shortened).any(is_ours)
    }

    /// `Muster, Anna Maria (SPD)`: in an index the given names stand behind.
    fn follows_an_indexed_surname(&self, given: usize) -> bool {
        self.word_before(given) == ","
            && given >= 2
            && (self.begins_a_line(given - 2) || !self.word_before(given - 2).starts_with(char::is_alphabetic))
    }

    /// Whether the tokens are a known first name and words that can follow it in a name, in one line.
    fn is_full_name(&self, first: usize, last: usize) -> bool {
        last < self.tokens.len()
            && self.sources.knowledge.is_first_name(self.word(first))
            && self.word(last).chars().count() > 2
            && (first + 1..=last).all(|at| {
                let gap = self.text.get(self.tokens[at - 1].span.end as usize..self.tokens[at].span.start as usize);
                gap == Some(" ") && is_part_of_a_name(self.word(at), self.tokens[at].kind) && self.word(at) != "."
            })
            && self.word(last).starts_with(char::is_uppercase)
    }

    /// The names between two politicians, if there is nothing else between them.
    fn read_gap(&self, before: usize, behind: usize, made: &mut Vec<Draft>) {
        let (open, close) = (self.drafts[before].tokens.1 + 1, self.drafts[behind].tokens.0);
        // One or two names with titles, not a paragraph.
        if close < open + 4 || close > open + 12 || self.word(open) != "," || !self.is_parliamentary() {
            return;
        }
        let (start, end) = (self.drafts[before].span.end, self.drafts[behind].span.start);
        if self.text.get(start as usize..end as usize).is_none_or(|gap| gap.contains("\n\n")) {
            return;
        }
        let mut names = Vec::new();
        let mut from = open + 1;
        for at in open + 1..close {
            let word = self.word(at);
            if word == "," {
                names.push((from, at));
                from = at + 1;
            } else if from == at && is_title(word) {
                from = at + 1;
            } else if !is_part_of_a_name(word, self.tokens[at].kind) {
                return;
            }
        }
        // What is left behind the last comma is the title of the next one.
        if from != close || names.iter().any(|(from, to)| !(2..=4).contains(&to.saturating_sub(*from))) {
            return;
        }
        for (from, to) in names {
            let known = self.sources.knowledge.is_first_name(self.word(from));
            let span = Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end);
            let taken = self.drafts.iter().any(|other| other.decision.is_some() && other.span.overlaps(span));
            if known && !taken {
                let decision = Decision::new(Kind::Politician, None, Via::Name, 0.6, vec![Evidence::Company]);
                let mut draft = Draft::made(span, from, decision);
                draft.tokens.1 = to - 1;
                made.push(draft);
            }
        }
    }
}

/// Offices of governments, behind which a full name is that of a politician.
fn is_office(word: &str) -> bool {
    word.starts_with("Staatssekret")
        || word.starts_with("Landtagspräs")
        || matches!(word, "Bundesminister" | "Bundesministerin" | "Landrat" | "Landrätin" | "Minister" | "Ministerin")
}

fn is_title(word: &str) -> bool {
    super::address::DEGREES.contains(&word)
}

/// Whether a word can stand in a person's name: a capital, an initial, a particle of nobility.
fn is_part_of_a_name(word: &str, kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Abbreviation)
        && (word.starts_with(char::is_uppercase) || matches!(word, "von" | "van" | "de" | "der" | "zu"))
        || word == "."
}
