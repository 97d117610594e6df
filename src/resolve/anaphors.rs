//! General words that stand for a name said before: `der Freistaat`, `das Bundesland`, `das Haus`, and `Land` beside
//! `Bund` (`Digitalkooperation zwischen Bund und Land`).

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};
use crate::gazetteer::{EntityKey, Mandate, ministry_of_office};

/// Names among which an antecedent is looked for; a table without marks is one sentence of thousands.
const MOST_BEFORE: usize = 200;

impl Reader<'_> {
    /// Adds mentions for general words whose antecedent is plain.
    pub(super) fn add_anaphors(&mut self) {
        let mut made = Vec::new();
        for &token in &self.signs.general {
            let token = token as usize;
            let word = self.word(token);
            // One Land beside the Federation, without article: that of the same sentence. `Bund und Land` without a
            // Land in the sentence is all of them.
            let paired =
                word == "Land" && token >= 2 && self.word(token - 1) == "und" && self.word(token - 2) == "Bund";
            let kind = match word {
                "Land" if paired => Kind::Land,
                "Freistaat" | "Freistaats" | "Freistaates" | "Bundesland" | "Bundeslandes" => Kind::Land,
                "Ministerium" | "Ministeriums" | "Haus" | "Ressort" => Kind::Ministry,
                "Minister" | "Ministers" | "Ministerin" => Kind::Office,
                "Behörde" => Kind::Body,
                "Gesetz" => Kind::Law,
                _ => continue,
            };
            let own = if kind == Kind::Ministry { self.own_house(token) } else { None };
            let feminine = matches!(word, "Ministerin" | "Behörde");
            let definite = match self.word_before(token) {
                // `die Minister` are several.
                "die" | "Die" => feminine,
                "der" | "Der" => true,
                "das" | "Das" | "dem" | "den" | "des" | "im" | "Im" | "vom" | "beim" => !feminine,
                _ => word.starts_with("Freistaat") && self.is_attributed(token),
            };
            if !paired && !definite && own.is_none() {
                continue;
            }
            let span = self.tokens[token].span;
            let next = self.tokens.get(token + 1).map_or(span.end, |token| token.span.start);
            // `das Bundesland Hessen`, `das Ministerium für Verkehr`, `das Hohe Haus`, `das Haus der Geschichte`.
            if self.drafts[self.drafts_over(Span::new(span.start, next + 1))]
                .iter()
                .any(|draft| draft.span.overlaps(span) || (draft.span.start == next && draft.decision.is_some()))
                || matches!(self.word(token + 1), "für" | "des" | "der" | "von")
                // `die Nichtäußerung der Behörde`, `Inkrafttreten des Gesetzes`: whatever authority, or the one at hand; at
                // the head of a sentence it is the one just named.
                || (matches!(kind, Kind::Body | Kind::Law) && !matches!(self.word_before(token), "Die" | "Das"))
                || (kind == Kind::Law && self.is_another_law(token))
                || self.names_its_portfolio(token)
            {
                continue;
            }
            let house = || Decision::new(kind, own, Via::Anaphor, 0.75, vec![Evidence::Antecedent]);
            if let Some(decision) = own.map(|_| house()).or_else(|| self.free_state(word)) {
                made.push(Draft::made(span, token, decision));
                continue;
            }
            let sentence = self.sentence_of(span.start);
            let fits = |draft: &&Draft| {
                draft.kind() == Some(kind)
                    && draft.entity().is_some_and(|entity| {
                        let entity = self.sources.gazetteer.entity(entity);
                        match kind {
                            Kind::Land => !word.starts_with("Freistaat") || is_free_state(&entity.id),
                            Kind::Office => self.is_minister(draft, feminine),
                            // Nobody calls the Grundgesetz so.
                            Kind::Law => {
                                entity.id != "law:gg"
                                    && (entity.name.ends_with("gesetz") || entity.name.contains("gesetz "))
                            }
                            _ => true,
                        }
                    })
            };
            let near = match kind {
                _ if paired => 0,
                Kind::Ministry => 2,
                Kind::Office | Kind::Body | Kind::Law => 1,
                _ => 6,
            };
            let before = self.drafts_before(span.start, near);
            let antecedent = before.iter().rev().find(fits);
            // `Ministerin Hubertz antwortet. Die Ministerin …`
            if let (None, Kind::Office, Some((person, office))) = (antecedent, kind, self.head_before(token, feminine))
            {
                let mut decision = Decision::new(kind, Some(office), Via::Anaphor, 0.75, vec![Evidence::Antecedent]);
                decision.holder = Some(person);
                made.push(Draft::made(span, token, decision));
                continue;
            }
            // `Verkehrsminister Schnieder plant das. Das Ministerium …`
            if let (None, "Ministerium" | "Ministeriums", Some(house)) = (antecedent, word, self.house_before(token)) {
                let decision = Decision::new(kind, Some(house), Via::Anaphor, 0.7, vec![Evidence::Antecedent]);
                made.push(Draft::made(span, token, decision));
                continue;
            }
            let Some(antecedent) = antecedent else { continue };
            // `Bayern und Sachsen kooperieren. Der Freistaat …`: two in the sentence that could be meant.
            let rival = |draft: &&Draft| {
                draft.entity() != antecedent.entity()
                    && self.sentence_of(draft.span.start) == self.sentence_of(antecedent.span.start)
            };
            if !paired && before.iter().filter(fits).any(|draft| rival(&draft)) {
                continue;
            }
            // `das Haus` is a ministry only right behind one.
            if matches!(word, "Haus" | "Ressort") && sentence - self.sentence_of(antecedent.span.start) > 1 {
                continue;
            }
            // `das Bundesverfassungsgericht … die Behörde` is another one.
            if kind == Kind::Body && !antecedent.entity().is_some_and(|entity| self.is_authority(entity)) {
                continue;
            }
            let mut decision = Decision::new(kind, antecedent.entity(), Via::Anaphor, 0.75, vec![Evidence::Antecedent]);
            decision.holder = antecedent.decision.as_ref().and_then(|told| told.holder);
            made.push(Draft::made(span, token, decision));
        }
        self.drafts.extend(made);
        self.drafts.sort_by_key(|draft| draft.span.start);
        self.add_pairs();
    }

    /// `der Freistaat`, in a text on the government of one.
    fn free_state(&self, word: &str) -> Option<Decision> {
        let land = self.cabinet.filter(|_| word.starts_with("Freistaat"))?;
        let told = || Decision::new(Kind::Land, Some(land), Via::Anaphor, 0.75, vec![Evidence::LandOfDocument]);
        is_free_state(&self.sources.gazetteer.entity(land).id).then(told)
    }

    /// `des modernen Freistaats`: an adjective between the definite article and the word.
    fn is_attributed(&self, token: usize) -> bool {
        let article = token.checked_sub(2).map_or("", |article| self.word(article));
        let adjective = self.word_before(token);
        adjective.starts_with(char::is_lowercase)
            && adjective.ends_with(['e', 'n'])
            && matches!(article, "der" | "Der" | "dem" | "den" | "des" | "im" | "Im" | "vom" | "beim")
    }

    /// `Das Ressort Arbeit`: it says itself which.
    fn names_its_portfolio(&self, token: usize) -> bool {
        self.word(token) == "Ressort" && self.sources.knowledge.is_portfolio(self.word(token + 1))
    }

    /// The drafts that end before a place in the text and begin in its sentence or in so many before it; the last ones of a
    /// sentence without end.
    fn drafts_before(&self, place: u32, sentences: usize) -> &[Draft] {
        let sentence = self.sentence_of(place).saturating_sub(sentences);
        let start = self.sentences.get(sentence).map_or(0, |sentence| sentence.span.start);
        let first = self.drafts.partition_point(|draft| draft.span.start < start);
        let mut last = self.drafts.partition_point(|draft| draft.span.start < place);
        while last > first && self.drafts[last - 1].span.end > place {
            last -= 1;
        }
        &self.drafts[first.max(last.saturating_sub(MOST_BEFORE))..last]
    }

    /// `Pistorius mahnte. Sein Ministerium …`, `Ihr Haus prüfe das`: the ministry of the one person of the sentence or the
    /// one before who heads any. `ihr Haus` within a sentence can be one to live in.
    fn own_house(&self, token: usize) -> Option<EntityKey> {
        let whose = self.word_before(token);
        let feminine = match whose {
            "Ihr" | "Ihrem" | "Ihres" => true,
            "Sein" | "Seinem" | "Seines" => false,
            "ihr" | "ihrem" | "ihres" if self.word(token) != "Haus" => true,
            "sein" | "seinem" | "seines" if self.word(token) != "Haus" => false,
            _ => return None,
        };
        let (_, office) = self.head_before(token, feminine)?;
        ministry_of_office(self.sources.gazetteer, office)
    }

    /// The ministry of the one minister's office that the sentence or the one before names as of now.
    fn house_before(&self, token: usize) -> Option<EntityKey> {
        let mut houses = self.drafts_before(self.tokens[token].span.start, 1).iter().filter_map(|draft| {
            let decision = draft.decision.as_ref().filter(|it| it.kind == Kind::Office && it.modifier.is_none())?;
            ministry_of_office(self.sources.gazetteer, decision.entity?)
        });
        let first = houses.next()?;
        houses.all(|other| other == first).then_some(first)
    }

    /// The one person of the sentence or the one before who heads a ministry, and the office.
    fn head_before(&self, token: usize, feminine: bool) -> Option<(EntityKey, EntityKey)> {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let gender = |person| gazetteer.entity(person).attributes.gender.as_ref();
        let start = self.tokens[token].span.start;
        let mut heads = self.drafts_before(start, 1).iter().filter_map(|draft| {
            let decision = draft.decision.as_ref()?;
            let (person, office) = match decision.kind {
                Kind::Office => (decision.holder?, decision.entity?),
                Kind::Politician => {
                    let person = decision.entity?;
                    let held = |office| ministry_of_office(gazetteer, office).is_some();
                    let on_day = |mandate: &&Mandate| mandate.period.contains(self.day) && held(mandate.office);
                    (person, knowledge.offices(gazetteer, person).find(on_day)?.office)
                }
                _ => return None,
            };
            let heads = ministry_of_office(gazetteer, office).is_some();
            (heads && gender(person) == if feminine { "f" } else { "m" }).then_some((person, office))
        });
        let first = heads.next()?;
        heads.all(|(_, office)| office == first.1).then_some(first)
    }

    /// `Das Gesetz zur Änderung …`, `Das Gesetz vom 19. Juli 2023`: another one, by its title or its day.
    fn is_another_law(&self, token: usize) -> bool {
        matches!(self.word(token + 1), "vom" | "zur" | "zum" | "über" | "zu" | "betreffend" | "(" | "–")
    }

    /// Whether an office is that of a minister, and its holder, who was named or holds it on the day, is called so.
    fn is_minister(&self, draft: &Draft, feminine: bool) -> bool {
        let Some(decision) = &draft.decision else { return false };
        let gender = |holder| self.sources.gazetteer.entity(holder).attributes.gender.as_ref();
        draft.span.of(self.text).to_lowercase().contains("minister")
            && !draft.span.of(self.text).contains("präsident")
            && decision.holder.is_some_and(|holder| gender(holder) == if feminine { "f" } else { "m" })
    }

    /// Whether a body is an authority, by its name: an office, agency or institute, not a court, council or fund.
    fn is_authority(&self, body: EntityKey) -> bool {
        let name = self.sources.gazetteer.entity(body).name.to_lowercase();
        ["amt", "behörde", "agentur", "anstalt", "zentrum", "institut"].iter().any(|word| name.contains(word))
    }

    /// `Vitako und die KGSt …, die beiden Verbände`: two of a kind in the sentence or the one before, and no third.
    fn add_pairs(&mut self) {
        let mut made = Vec::new();
        for at in memchr::memmem::find_iter(self.text.as_bytes(), b"beiden ") {
            let token = self.tokens.partition_point(|token| (token.span.start as usize) < at);
            if token == 0 || self.word(token) != "beiden" {
                continue;
            }
            let kind = match self.word(token + 1) {
                "Verbände" | "Verbänden" | "Organisationen" => Kind::Association,
                "Länder" | "Ländern" | "Bundesländer" | "Bundesländern" => Kind::Land,
                "Ministerien" | "Häuser" | "Ressorts" => Kind::Ministry,
                "Parteien" => Kind::Party,
                "Städte" | "Städten" | "Kommunen" => Kind::Municipality,
                "Behörden" => Kind::Body,
                _ => continue,
            };
            let span = Span::new(self.tokens[token].span.start, self.tokens[token + 1].span.end);
            let mut named: Vec<EntityKey> = Vec::new();
            for draft in self.drafts_before(span.start, 1) {
                if let Some(entity) = draft.entity().filter(|_| draft.kind() == Some(kind))
                    && !named.contains(&entity)
                {
                    named.push(entity);
                }
            }
            let over = &self.drafts[self.drafts_over(span)];
            if named.len() == 2 && !over.iter().any(|draft| draft.decision.is_some() && draft.span.overlaps(span)) {
                let mut decision = Decision::new(kind, None, Via::Anaphor, 0.75, vec![Evidence::Antecedent]);
                decision.candidates = named;
                made.push(Draft::made(span, token, decision));
            }
        }
        self.drafts.extend(made);
    }
}

fn is_free_state(land: &str) -> bool {
    matches!(land, "land:by" | "land:sn" | "land:th")
}
