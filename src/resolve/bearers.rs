//! Who bears a surname that stands in a compound, behind a title, beside a verb or behind a Land.

use super::address::{ADDRESSES, COLLEAGUES, gender_of_title};
use super::draft::{Draft, Reading};
use super::persons::only;
use super::words::{CALLED_SO, OF_LEADERS, PREFIXES, PREPOSITIONS, SHOPS, STRONG};
use super::{LATEST, Reader};
use crate::document::{Evidence, Kind};
use crate::gazetteer::{EntityKey, ministry_of_office};

impl Reader<'_> {
    /// Who is meant where a hyphen adds something: `Habeck-Ministerium`, `Post-Merkel-Ära`.
    pub(super) fn bearer_in_compound(
        &self,
        draft: usize,
        readings: &[Reading],
        common: bool,
    ) -> Option<(Reading, f32, Evidence)> {
        let own = &self.drafts[draft];
        let surface = own.span.of(self.text);
        // `der Klöckner-Konzern`, `die Merkel-Straße`: only called so.
        let tail = self.word(own.tokens.1).rsplit('-').next().unwrap_or("");
        if CALLED_SO.contains(&tail) || SHOPS.iter().any(|end| tail.ends_with(end)) {
            return None;
        }
        // `Habecks-Ministerium` is no German: the first part of a compound has no ending of a genitive.
        if readings.iter().all(|reading| reading.inflected) {
            return None;
        }
        // `Habeck-Ministerium`: named after a person of the document or in office. A common name counts where one who
        // leads bears it and the compound is a government's: `Merz-Kabinett`, not `Merz-Optik`.
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        // `Merkel-CDU`, `Lindner-FDP`: a party is called after the one who leads it.
        let of_party = self.drafts.get(draft + 1).is_some_and(|next| {
            next.tokens.0 == own.tokens.1 && self.readings(draft + 1).iter().any(|it| it.kind == Kind::Party)
        });
        let of_leaders = own.joined_before || of_party || OF_LEADERS.iter().any(|word| tail.starts_with(word));
        // `das Rhein-Main-Gebiet` where a Rhein speaks: the word, and not the man.
        if knowledge.is_word(surface) && !of_leaders && !self.is_institutional_tail(draft) {
            return None;
        }
        let governs = common && ((!knowledge.is_word(surface) && self.is_institutional_tail(draft)) || of_leaders);
        let fits = |reading: &&Reading| {
            // `die Merkel-Raute`: of the one who led until lately, too.
            (!common
                && (self.is_in_office(reading.entity)
                    || knowledge.was_prominent(gazetteer, reading.entity, self.day)))
                // `die Post-Merkel-Ära`, `das Scholz-Lager`: years after, of those who led.
                || (!common && of_leaders && knowledge.ever_prominent(gazetteer, reading.entity))
                || (governs && knowledge.is_prominent(gazetteer, reading.entity, self.day))
        };
        self.known_bearer(draft, readings).or_else(|| {
            // `der Özdemir-Vorstoß`: the minister rather than a state secretary of the name.
            let leads = |reading: &&Reading| {
                (!common || of_leaders) && knowledge.is_prominent(gazetteer, reading.entity, self.day)
            };
            let holder = only(readings.iter().filter(leads)).or_else(|| only(readings.iter().filter(fits)))?;
            Some((holder, 0.8, Evidence::HolderOnDay))
        })
    }

    /// `Frau Schneider` is none of the gentlemen of that name, nor is `Frau Minister Schneider`; `Herr Lüders` is nobody who
    /// is called `Lüder`, for in the nominative there is no -s of a genitive.
    pub(super) fn of_gender_and_case(&self, two_before: &str, title: &str, readings: &[Reading]) -> Vec<Reading> {
        let address = if ADDRESSES.contains(&two_before) { two_before } else { "" };
        let gender = gender_of_title(two_before, title).or_else(|| gender_of_title("", address));
        let nominative = [title, address].contains(&"Herr");
        let fits = |reading: &&Reading| {
            let known = self.sources.gazetteer.entity(reading.entity).attributes.gender.as_ref();
            gender.is_none_or(|gender| !matches!(known, "m" | "f") || known == gender)
                && !(nominative && reading.inflected)
        };
        readings.iter().filter(fits).copied().collect()
    }

    /// `Baumann (AfD)`, `Herr Curio von der AfD`: only one of the name sits for the party. In an index (`Brandner, Stephan
    /// (AfD)`) it is the first name that stands there.
    pub(super) fn bearer_of_party(&self, draft: usize, readings: &[Reading], announced: bool) -> Option<Reading> {
        let given = self.sources.knowledge.is_first_name(self.drafts[draft].span.of(self.text));
        let party = self.party_behind(draft).filter(|_| !given);
        let party = party.or_else(|| self.party_joined_behind(draft).filter(|_| announced))?;
        let of = |reading: &&Reading| self.is_member_of(reading.entity, party);
        let sitting = |reading: &&Reading| of(reading) && self.sits(reading.entity);
        only(readings.iter().filter(of)).or_else(|| only(readings.iter().filter(sitting)))
    }

    /// Who is meant behind a title: `Minister Dobrindt`, `Herr Kollege Müller`.
    pub(super) fn titled_bearer(
        &self,
        title: &str,
        before: &str,
        readings: &[Reading],
        in_office: Option<Reading>,
    ) -> Option<(Reading, f32, Evidence)> {
        // `Bundesminister Schmidt` leads a ministry, whoever else of the name sits or holds an office.
        let leads =
            |reading: &&Reading| self.sources.knowledge.is_prominent(self.sources.gazetteer, reading.entity, self.day);
        if title.starts_with("Bundesminister")
            && let Some(reading) = only(readings.iter().filter(leads))
        {
            return Some((reading, 0.85, Evidence::TitleBefore));
        }
        // `der Minister Özdemir` heads a ministry, a parliamentary state secretary of the name does not.
        let heads = |reading: &&Reading| {
            let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
            let mut held = knowledge.offices(gazetteer, reading.entity).filter(|it| it.period.contains(self.day));
            held.any(|mandate| ministry_of_office(gazetteer, mandate.office).is_some())
        };
        if (title.starts_with("Minister") || title.starts_with("Senator"))
            && let Some(reading) = only(readings.iter().filter(heads))
        {
            return Some((reading, 0.8, Evidence::TitleBefore));
        }
        // `Herr Kollege Müller` is one of the house, not the head of an authority; which of several, it does not say.
        let sits = |reading: &&Reading| self.sits(reading.entity);
        let reading = match readings.iter().filter(sits).count() {
            // `der Abgeordnete Klein` is no commissioner.
            // `ihr Hamburger Kollege Grote`: one of another government.
            0 if COLLEAGUES.contains(&title) && !is_of_another_government(before) => self.contemporary(readings)?,
            0 => in_office.or_else(|| self.contemporary(readings))?,
            _ if COLLEAGUES.contains(&title) => {
                in_office.filter(|office| sits(&office)).or_else(|| self.member(readings))?
            }
            _ => in_office.or_else(|| self.member(readings)).or_else(|| self.contemporary(readings))?,
        };
        Some((reading, 0.8, Evidence::TitleBefore))
    }

    /// Who of those in office is meant beside a verb, another politician, or the office that the document names.
    pub(super) fn acting_bearer(
        &self,
        draft: usize,
        title: &str,
        readings: &[Reading],
        common: bool,
    ) -> Option<Reading> {
        let own = &self.drafts[draft];
        // `sagte Baumann`: a member of the house rather than a state secretary whom nothing else names.
        let official = |reading: &Reading| (common || readings.len() > 1) && self.is_official(reading.entity);
        let named_by_office = |reading: &Reading| self.is_named_by_an_office(reading.entity);
        let in_office =
            only(readings.iter().filter(|reading| {
                self.is_in_office(reading.entity) && (!official(reading) || named_by_office(reading))
            }));
        let head = self.heads_a_sentence(draft);
        // `sagte Wildberger`: a verb beside the name of one who is in office.
        let verb_before =
            (title.ends_with("te") || STRONG.contains(&title)) && title.starts_with(char::is_lowercase) && !head;
        let reading = in_office.filter(|_| self.day != LATEST && !head || !common);
        if let Some(reading) = reading
            && (verb_before || (!common && (self.speaks(draft) || self.acts(draft))))
        {
            return Some(reading);
        }
        // `da regiert Söder mit Aiwanger`: one politician with another.
        if let Some(reading) = in_office.filter(|_| !common && self.day != LATEST && title == "mit")
            && draft.checked_sub(1).is_some_and(|other| {
                self.drafts[other].kind() == Some(Kind::Politician)
                    && self.sentence_of(self.drafts[other].span.start) == self.sentence_of(own.span.start)
            })
        {
            return Some(reading);
        }
        // `Pegel warnte`, where the document names the office that Pegel holds.
        let named = in_office.filter(|reading| common && self.is_named_by_an_office(reading.entity));
        named.filter(|_| self.speaks(draft))
    }

    /// Who is in office for the Land, or in the portfolio, that stands in brackets behind the surname: `Reul (NRW)`, `Lies
    /// (Niedersachsen, SPD)`, `Bas (Arbeit)`.
    pub(super) fn in_office_by_brackets(&self, draft: usize, readings: &[Reading]) -> Option<Reading> {
        let open = self.drafts[draft].tokens.1 + 1;
        if self.word(open) != "(" || !matches!(self.word(open + 2), ")" | "," | "/") {
            return None;
        }
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let next = self.drafts.get(draft + 1).filter(|next| next.tokens.0 == open + 1);
        let land = next.filter(|next| next.kind() == Some(Kind::Land)).and_then(Draft::entity);
        let house = next.filter(|next| next.kind() == Some(Kind::Ministry)).and_then(Draft::entity);
        let portfolio = self.word(open + 1);
        let fits = |reading: &&Reading| {
            let mut held = knowledge.offices(gazetteer, reading.entity).filter(|it| it.period.contains(self.day));
            held.any(|mandate| {
                let office = gazetteer.entity(mandate.office);
                match (land, house) {
                    (Some(land), _) => knowledge.land_of(gazetteer, mandate.office) == Some(land),
                    (_, Some(house)) => office.attributes.parent.as_ref() == gazetteer.entity(house).id.as_ref(),
                    _ => has_portfolio(&office.name, portfolio),
                }
            })
        };
        only(readings.iter().filter(fits))
    }

    /// The reading that leads the Land whose genitive stands directly before the surname.
    pub(super) fn head_of_land_before(&self, draft: usize, readings: &[Reading]) -> Option<Reading> {
        let before = draft.checked_sub(1).filter(|&before| self.between(before, draft) == " ")?;
        let land = self.drafts[before].entity().filter(|_| self.drafts[before].kind() == Some(Kind::Land))?;
        if !self.drafts[before].span.of(self.text).ends_with('s') {
            return None;
        }
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let governs = |reading: &&Reading| {
            knowledge.offices(gazetteer, reading.entity).any(|mandate| {
                mandate.period.contains(self.day) && knowledge.land_of(gazetteer, mandate.office) == Some(land)
            })
        };
        let leads =
            |reading: &&Reading| governs(reading) && knowledge.is_prominent(gazetteer, reading.entity, self.day);
        // `Hessens Poseck`: one of its ministers.
        only(readings.iter().filter(leads)).or_else(|| only(readings.iter().filter(governs)))
    }

    /// `Post-Merkel-Ära`: what stands before the surname in its token is no name.
    pub(super) fn follows_a_prefix(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        let start = self.tokens[own.tokens.0].span.start as usize;
        let before = self.text.get(start..own.span.start as usize).unwrap_or("");
        PREFIXES.contains(&before.trim_end_matches(['-', '\u{2011}']))
    }

    /// `Herr Merz vom Bauhof`, `Frau Bas aus der Kita`: outside of a house, whoever is told apart by where he works is not one
    /// whom everybody knows; `Herr Merz von der CDU`, `Herr Frei vom Kanzleramt` are.
    pub(super) fn is_of_somewhere_else(&self, draft: usize) -> bool {
        let last = self.drafts[draft].tokens.1;
        let noun = match (self.word(last + 1), self.word(last + 2)) {
            ("vom", _) => last + 2,
            ("von" | "aus", "der" | "dem") => last + 3,
            _ => return false,
        };
        let name = |other: usize| self.drafts[other].tokens.0 == noun && !self.readings(other).is_empty();
        self.word(noun).starts_with(char::is_uppercase)
            && !(draft + 1 < self.drafts.len() && name(draft + 1))
            && !self.is_parliamentary()
    }

    /// `Merz will Tempo, Klingbeil Geld`, `Laschet gewinnt, Röttgen verliert`: two clauses with nothing but a comma between,
    /// of which a politician is the subject of the first; the second may do without its verb.
    pub(super) fn contrasts_with_a_politician(&self, draft: usize) -> bool {
        const WORDS: usize = 4;
        let Some(before) = draft.checked_sub(1) else { return false };
        let Some(clause) = self.between(before, draft).trim_end().strip_suffix(',') else { return false };
        self.drafts[before].kind() == Some(Kind::Politician)
            && clause.trim_start().starts_with(char::is_lowercase)
            && clause.split_whitespace().count() <= WORDS
            && !clause.contains(['.', ':', ';', '!', '?', ',', '\n'])
    }

    /// Whether the person is an official of no known party who never led a government or a ministry.
    pub(super) fn is_official(&self, person: EntityKey) -> bool {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        gazetteer.entity(person).attributes.party.is_empty() && !knowledge.ever_prominent(gazetteer, person)
    }

    /// Whether an office in the document is that of the person.
    pub(super) fn is_named_by_an_office(&self, person: EntityKey) -> bool {
        let held = |draft: &Draft| draft.decision.as_ref().is_some_and(|decision| decision.holder == Some(person));
        self.drafts.iter().any(held)
    }

    /// `Merz in Paris`: a few words without a full stop, with a preposition behind the name.
    pub(super) fn is_in_a_headline(&self, draft: usize) -> bool {
        const WORDS: usize = 10;
        let own = &self.drafts[draft];
        let placed =
            matches!(self.word(own.tokens.1 + 1), "in" | "im" | "bei" | "vor" | "zu" | "zur" | "zum" | "gegen" | "für");
        let line = own.tokens.1 + 1..self.tokens.len().min(own.tokens.1 + 1 + WORDS);
        let end = line.clone().find(|&token| matches!(self.word(token), "." | "!" | "?"));
        let sentence = self.sentences.get(self.sentence_of(own.span.start)).map_or(0, |sentence| sentence.span.end);
        let last = self.tokens.get(own.tokens.1 + WORDS).map_or(u32::MAX, |token| token.span.start);
        placed && sentence <= last && end.is_none_or(|end| self.tokens[end].span.start >= sentence)
    }
}

/// `ihr Kollege`, `sein bayerischer Kollege`, `der Hamburger Kollege`
fn is_of_another_government(before: &str) -> bool {
    matches!(before, "ihr" | "ihre" | "ihrem" | "ihren" | "ihrer" | "sein" | "seine" | "seinem" | "seinen" | "seiner")
        || ["ischer", "ische", "ischen", "ischem"].iter().any(|end| before.ends_with(end))
        || (before.starts_with(char::is_uppercase) && before.ends_with("er") && before.len() > 4)
}

/// Whether a minister's title names a portfolio: `Bundesminister für Arbeit und Soziales` for `Arbeit`, `Bundesminister des
/// Innern` for `Innen` or `Inneres`.
fn has_portfolio(title: &str, portfolio: &str) -> bool {
    let stem = match portfolio {
        "Innen" | "Inneres" => "Innern",
        "Außen" | "Äußeres" => "Auswärtigen",
        "Bauen" | "Bau" => "Bauwesen",
        "Agrar" => "Landwirtschaft",
        _ => portfolio,
    };
    let is_minister =
        title.starts_with("Bundesminister") || title.starts_with("Minister") || title.starts_with("Senator");
    is_minister
        && stem.len() > 3
        && title.split([' ', ',']).skip(1).any(|word| word == stem || word.strip_suffix(['s', 'n']) == Some(stem))
}

/// `steigendem`, `hohes`, `deutscher`: an adjective in the form that it has without an article.
pub(super) fn is_strong_adjective(word: &str) -> bool {
    const ENDS: &[&str] = &["em", "es", "ender", "iger", "licher", "ischer", "ende", "ige", "liche", "ische"];
    word.len() > 4 && word.starts_with(char::is_lowercase) && ENDS.iter().any(|end| word.ends_with(end))
}

/// `mit ganzer Kraft`, `aus eigener Kraft`: between a preposition and a noun without an article stands an adjective with
/// the ending that the article would have.
pub(super) fn is_declined_behind(preposition: &str, word: &str) -> bool {
    (PREPOSITIONS.contains(&preposition) || matches!(preposition, "aus" | "in" | "zu"))
        && word.len() > 4
        && word.starts_with(char::is_lowercase)
        && ["er", "em"].iter().any(|end| word.ends_with(end))
}
