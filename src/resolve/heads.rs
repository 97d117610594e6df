//! Heads of authorities: `BKA-Präsident`, `die Präsidentin des Bundesamts …, Claudia Plattner`, `Chef der Bundesbank Joachim
//! Nagel`. The name of the authority says which office is meant; the word for it alone says nothing, and in the genitive
//! (`der Präsident des BKA warnte`) no office is meant unless who holds it is named.

use super::Reader;
use super::address::is_degrees;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Modifier, Span, Via};
use crate::gazetteer::EntityKey;

/// What the press calls whoever leads something.
const CHIEFS: (&str, &str) = ("Chef", "Chefin");

/// Words between the title and the authority.
const OF: &[&str] = &["des", "der", "vom", "von"];

/// Articles and numbers before `Präsidenten` where there are several.
const SEVERAL: &[&str] = &["die", "Die", "alle", "Alle", "beide", "beiden", "zwei", "drei", "ehemalige", "frühere"];

impl Reader<'_> {
    /// Adds mentions for the heads of the authorities that the document names.
    pub(super) fn add_heads(&mut self) {
        let mut made = Vec::new();
        for body in 0..self.drafts.len() {
            let named = self.drafts[body]
                .entity()
                .filter(|_| matches!(self.drafts[body].kind(), Some(Kind::Body | Kind::Association)));
            let Some(entity) = named else { continue };
            let roles = self.sources.knowledge.roles_of_heads(entity);
            for office in roles.iter().map(|&role| self.sources.gazetteer.roles()[role as usize].office) {
                let found = self.title_joined(body, roles).or_else(|| self.title_of(body, roles));
                if let Some((span, token, joined)) = found
                    && !self.drafts.iter().any(|draft| draft.span.overlaps(span) && draft.decision.is_some())
                {
                    let decision = Decision::new(Kind::Office, Some(office), Via::Role, 0.9, vec![]);
                    let mut draft = Draft::made(span, token, decision);
                    draft.joined_before = joined;
                    made.push((draft, body));
                    break;
                }
            }
        }
        if made.is_empty() {
            return;
        }
        let spans: Vec<Span> = made.iter().map(|(draft, _)| draft.span).collect();
        let bodies: Vec<Span> = made.iter().map(|&(_, body)| self.drafts[body].span).collect();
        self.drafts.extend(made.into_iter().map(|(draft, _)| draft));
        self.drafts.sort_by_key(|draft| draft.span.start);
        for (span, body) in spans.into_iter().zip(bodies) {
            let Some(draft) = self.drafts.iter().position(|draft| draft.span == span && draft.decision.is_some())
            else {
                continue;
            };
            self.settle_head(draft, body);
        }
    }

    /// `BKA-Präsident`: place and token of the title, and that something stands before it in its token.
    fn title_joined(&self, body: usize, roles: &[u32]) -> Option<(Span, usize, bool)> {
        let own = &self.drafts[body];
        let token = own.tokens.1;
        let whole = self.tokens.get(token)?.span;
        let title = self.text.get(own.span.end as usize..whole.end as usize)?.strip_prefix(['-', '\u{2011}'])?;
        self.is_title_of(roles, title).then(|| (Span::new(whole.end - title.len() as u32, whole.end), token, true))
    }

    /// `Präsident des Bundeskriminalamts`: place and token of the title before the authority.
    fn title_of(&self, body: usize, roles: &[u32]) -> Option<(Span, usize, bool)> {
        let own = &self.drafts[body];
        let token = own.tokens.0.checked_sub(2)?;
        let close = |token: usize| {
            let (one, other) = (self.tokens[token].span, self.tokens[token + 1].span);
            self.text.get(one.end as usize..other.start as usize).is_some_and(|gap| gap == " " || gap == "\n")
        };
        let title = self.word(token);
        let fits = !own.joined_before
            && !own.joined_after
            && OF.contains(&self.word(token + 1))
            && close(token)
            && close(token + 1)
            && self.is_title_of(roles, title)
            && !self.is_title_of_several(title, token);
        fits.then(|| (self.tokens[token].span, token, false))
    }

    /// Whether a word is what the head of the authority is called, in any case of the singular.
    fn is_title_of(&self, roles: &[u32], word: &str) -> bool {
        let own = roles.iter().map(|&role| &self.sources.gazetteer.roles()[role as usize]);
        own.filter(|role| role.valid.contains(self.day))
            .map(|role| (role.masculine.as_ref(), role.feminine.as_ref()))
            .chain([CHIEFS])
            .any(|(masculine, feminine)| is_form_of(word, masculine) || word == feminine)
    }

    /// `die Präsidenten des BKA und des BND`, `die Chefs von BKA und BND`: a genitive has its article.
    fn is_title_of_several(&self, title: &str, token: usize) -> bool {
        let before = self.word_before(token);
        (title.ends_with("en") && SEVERAL.contains(&before))
            || (title.ends_with('s') && !matches!(before, "des" | "eines") && !before.ends_with("en"))
    }

    /// Who is meant: the person named with the title, else the holder on the day.
    fn settle_head(&mut self, draft: usize, body: Span) {
        let Some(office) = self.drafts[draft].entity() else { return };
        let first = self.drafts[draft].tokens.0;
        let modifier = self.modifier_before(first).or_else(|| self.is_retired(draft).then_some(Modifier::Former));
        let end = body.end.max(self.drafts[draft].span.end);
        let (named, stranger) = self.head_named(draft, end, office);
        // `Die Präsidentin des Bundesamts warnte`: the authority speaks, and is named; an office with its holder is where
        // the person is named, too, or where one word holds both.
        if named.is_none() && !self.drafts[draft].joined_before {
            self.drafts[draft].decision = None;
            self.drafts[draft].refused = true;
            return;
        }
        let holder = match named {
            Some(person) => Some(person),
            None if stranger => None,
            None => self.holder(draft, office, modifier),
        };
        if let Some(decision) = &mut self.drafts[draft].decision {
            decision.modifier = modifier;
            decision.holder = holder;
            match (named, holder) {
                (Some(_), _) => {
                    decision.confidence = 0.97;
                    decision.evidence.push(Evidence::NamedHolder);
                }
                (None, Some(_)) if modifier.is_none() => decision.evidence.push(Evidence::HolderOnDay),
                _ => {}
            }
        }
    }

    /// The person named behind title and authority or before them, where that person ever led it; else whether somebody
    /// else is named behind.
    fn head_named(&self, draft: usize, end: u32, office: EntityKey) -> (Option<EntityKey>, bool) {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let led = |persons: Vec<EntityKey>| {
            let held = |person: &&EntityKey| knowledge.held(gazetteer, **person, office, self.day);
            let ever = |person: &&EntityKey| knowledge.offices(gazetteer, **person).any(|it| it.office == office);
            persons.iter().find(held).or_else(|| persons.iter().find(ever)).copied()
        };
        // `Präsidentin des Bundesamts für Sicherheit in der Informationstechnik (BSI), Claudia Plattner`
        let rest = self.text.get(end as usize..).unwrap_or("");
        let short = rest.strip_prefix(" (").and_then(|rest| rest.find(')')).filter(|&length| length < 20);
        let from = end + short.map_or(0, |length| length as u32 + 3);
        let behind = (draft + 1..self.drafts.len()).find(|&other| self.drafts[other].span.start >= from);
        if let Some(behind) = behind {
            let gap = self.text.get(from as usize..self.drafts[behind].span.start as usize).unwrap_or("\0");
            if is_degrees(gap) || gap.trim_end() == "," {
                let persons = self.persons_at(behind);
                let somebody = !persons.is_empty() && is_degrees(gap);
                let person = led(persons);
                if person.is_some() || somebody {
                    return (person, somebody);
                }
            }
        }
        let before = self.person_before(draft).and_then(|(before, _)| led(self.persons_at(before)));
        // `BKA-Präsident Musterknab`: somebody of whom nothing is known.
        let next = self.tokens.partition_point(|token| token.span.start < from);
        let close = self
            .tokens
            .get(next)
            .is_some_and(|token| self.text.get(from as usize..token.span.start as usize) == Some(" "));
        (before, close && self.word(next).starts_with(char::is_uppercase))
    }
}

/// Whether a word is a form of a masculine title in the singular: `Präsidenten`, `Chefs`, `Vorsitzende`.
fn is_form_of(word: &str, title: &str) -> bool {
    let Some(ending) = word.strip_prefix(title) else {
        // `der Vorsitzende`, `dem Vorsitzenden`: declined like an adjective.
        let stem = title.strip_suffix('r').filter(|stem| stem.ends_with("nde") || stem.ends_with("gte"));
        return stem.is_some_and(|stem| word.strip_prefix(stem).is_some_and(|ending| matches!(ending, "" | "n")));
    };
    ending.is_empty() || if title.ends_with("ent") { ending == "en" } else { ending == "s" }
}

#[cfg(test)]
mod tests {
    use super::is_form_of;

    #[test]
    fn titles_in_their_cases() {
        for (word, title) in [
            ("Präsident", "Präsident"),
            ("Präsidenten", "Präsident"),
            ("Chefs", "Chef"),
            ("Vorstandsvorsitzende", "Vorstandsvorsitzender"),
            ("Vorstandsvorsitzenden", "Vorstandsvorsitzender"),
            ("Direktors", "Direktor"),
        ] {
            assert!(is_form_of(word, title), "{word}");
        }
        for (word, title) in
            [("Präsidentenamt", "Präsident"), ("Präsidents", "Präsident"), ("Chefin", "Chef"), ("Vize", "Chef")]
        {
            assert!(!is_form_of(word, title), "{word}");
        }
    }
}
