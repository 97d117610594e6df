//! Parties whose names are words too: `die Linke`, `die Grünen`, `die Union`.

use super::Reader;
use super::beside::land_of_seat;
use super::company::{POLITICAL, is_indefinite_article};
use crate::document::{Evidence, Kind, Via};

impl Reader<'_> {
    /// `die Linke`, `die Grünen`: a party or a sort of people?
    pub(super) fn context_of_party(&self, draft: usize, before: &str, politics: bool) -> Option<(f32, Evidence)> {
        // `Grünen-Chefin`, `Linken-Fraktion`: what the hyphen adds is a noun.
        let own = &self.drafts[draft];
        let compound = own.joined_after
            && !own.joined_before
            && self.text[own.span.end as usize..]
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if compound {
            return Some((0.85, Evidence::CompoundPart));
        }
        let grouped = is_group(before) || matches!(before, "[" | "(");
        // `Oliver Krischer und Mona Neubaur (beide Grüne)`
        let bracketed = own.tokens.0 >= 2 && self.word(own.tokens.0 - 2) == "(";
        let grouped = grouped || (bracketed && matches!(before, "beide" | "alle" | "jeweils"));
        // `die Fraktion der Grünen`, `Abgeordnete von den Linken`: a noun for a group, and an article behind it.
        let grouped = grouped || (matches!(before, "der" | "den") && self.follows_a_group(own.tokens.0));
        // `für Die Linke`: a capital article inside of a sentence belongs to a name.
        let named = own.span.of(self.text).starts_with("Die ") && !self.heads_a_sentence(draft);
        let articled = matches!(
            before,
            "die" | "Die" | "DIE" | "der" | "den" | "Den" | "Der" | "von" | "bei" | "und" | "," | "/" | "mit"
        );
        // `Die Linke fordert im Bundestag`: the name brings its article along.
        let articled = articled || own.span.of(self.text).starts_with("Die ");
        // `Wir Grüne sagen`, `ihr Linken`: who says so in politics speaks of a party.
        let ours = matches!(before, "Wir" | "wir" | "uns" | "Uns");
        let articled = articled || ours || matches!(before, "ihr" | "Ihr");
        // `die Grünen im Bundestag`: only groups sit in parliaments.
        let end = self.drafts[draft].tokens.1;
        let seated = matches!(self.word(end + 1), "im" | "in")
            && ["Bundestag", "Landtag", "Europaparlament", "Abgeordnetenhaus", "Stadtrat", "Kreistag", "Parlament"]
                .iter()
                .any(|house| self.word(end + 2).starts_with(house) || self.word(end + 3).starts_with(house));
        // `Linke und Grüne lehnen ab`: at the head of a sentence names of parties need no article beside each other.
        let listed = !counts_people(before)
            && self.has_open_party_behind(draft)
            // `Grüne und Linke kritisieren Guenther`: with nothing but a verb behind the two, they are no adjectives.
            && (politics || (self.heads_a_sentence(draft) && self.is_followed_by_a_verb(draft + 1)));
        // `Streit um die Rente: Grüne fordern Aufklärung`: headlines leave out articles. An adjective would have its noun
        // behind it, or another one that ends as it does, not a verb.
        let listed = listed
            || politics
                && matches!(own.span.of(self.text), "Grüne" | "Gruene" | "Linke" | "Union")
                && (before == ":" || self.heads_a_sentence(draft))
                && self.is_followed_by_a_verb(draft);
        // `Grüne: Özdemir bleibt`: what the news of a line are about, and a name of politics in it.
        let listed = listed
            || self.is_kicker(draft)
                && self.word(end + 1) == ":"
                && draft + 1 < self.drafts.len()
                && self.readings(draft + 1).iter().any(|next| matches!(next.kind, Kind::Politician | Kind::Party));
        // `haben wir Linken uns zerlegt`: nobody else calls themselves so.
        let ours = ours && matches!(own.span.of(self.text), "Linken" | "Grünen" | "Linke" | "Grüne");
        // `den Haushältern der Grünen`, in a text on an authority: the noun in the plural means nobody else in public life.
        // Not `die Grünen in Österreich`.
        let in_public =
            || own.span.of(self.text) == "Grünen" && self.word(end + 1) != "in" && self.accepted.has_any(&POLITICAL);
        let articled_in_politics = articled && (politics || self.is_parliamentary() || in_public());
        // `Hessische Grüne`, `Kieler Grüne`: those of a Land are its party, where no noun follows that is green.
        let regional = (self.is_of_a_land_before(draft) || land_of_seat(before).is_some())
            && !self.word(end + 1).starts_with(char::is_uppercase);
        (grouped
            || named
            || ours
            || listed
            || articled_in_politics
            || regional
            || seated
            || self.has_party_beside(draft))
        .then_some((0.85, Evidence::Company))
        // `mit den Grünen und der Linken`: two names that could both be parties vouch for each other.
        .or_else(|| (articled && self.has_open_party_beside(draft)).then_some((0.75, Evidence::Company)))
        .or_else(|| {
            (matches!(before, "die" | "Die") && self.is_group_subject(draft)).then_some((0.7, Evidence::Company))
        })
    }

    /// `die Mitgliedstaaten der Union`: in European law the Union is the European one.
    pub(super) fn is_european_union(&self, draft: usize) -> bool {
        let span = self.drafts[draft].span;
        // `Kollegen von der Union`: the European one has no members in the chamber.
        span.of(self.text) == "Union" && !self.follows_a_group(self.drafts[draft].tokens.0) && {
            let sentence =
                self.sentences.get(self.sentence_of(span.start)).map_or("", |sentence| sentence.span.of(self.text));
            ["EU-", "EU ", "uropäisch", "itgliedst"].iter().any(|sign| sentence.contains(sign))
                // `der freie Verkehr innerhalb der Union`, in a paper on acts of European law.
                || (self.cites_acts() && !self.names_a_party(span.start))
        }
    }

    /// Whether the document cites an act of the European Union: `Verordnung (EU) 2024/1689`.
    fn cites_acts(&self) -> bool {
        let union =
            |&open: &u32| matches!(self.word(open as usize + 1), "EU" | "EG") && self.word(open as usize + 2) == ")";
        self.signs.brackets.iter().any(union)
    }

    /// Whether the sentence at an offset names a party that needs no company.
    fn names_a_party(&self, at: u32) -> bool {
        let sentence = self.sentence_of(at);
        self.drafts
            .iter()
            .any(|draft| draft.kind() == Some(Kind::Party) && self.sentence_of(draft.span.start) == sentence)
    }

    /// Whether a noun for members of a group stands before, with `von`, `aus` or an article between.
    fn follows_a_group(&self, token: usize) -> bool {
        (token.saturating_sub(3)..token)
            .rev()
            .map(|before| self.word(before))
            .find(|word| !matches!(*word, "der" | "den" | "von" | "aus" | "bei"))
            .is_some_and(|word| {
                is_group(word) || matches!(word, "Herren" | "Beifall" | "Zuruf" | "Lachen" | "Antrag" | "Antrags")
            })
    }

    /// Whether the adjective of a Land stands directly before.
    fn is_of_a_land_before(&self, draft: usize) -> bool {
        draft.checked_sub(1).is_some_and(|before| {
            self.between(before, draft) == " "
                && self.drafts[before]
                    .decision
                    .as_ref()
                    .is_some_and(|land| land.kind == Kind::Land && land.via == Via::Adjective)
        })
    }

    /// Whether a party was named within a few words.
    fn has_party_beside(&self, draft: usize) -> bool {
        let near = |other: usize| {
            let (first, second) = (draft.min(other), draft.max(other));
            self.drafts[other].kind() == Some(Kind::Party) && self.between(first, second).len() < 30
        };
        (draft > 0 && near(draft - 1)) || (draft + 1 < self.drafts.len() && near(draft + 1))
    }

    /// Whether a name that could be a party follows, joined by a comma or conjunction alone.
    fn has_open_party_behind(&self, draft: usize) -> bool {
        draft + 1 < self.drafts.len()
            && matches!(self.between(draft, draft + 1).trim(), "und" | "oder" | "sowie" | "wie" | ",")
            && self.readings(draft + 1).iter().any(|reading| reading.kind == Kind::Party)
    }

    /// Whether a name that could be a party stands within a few words, joined by `und`, `oder` or a comma.
    fn has_open_party_beside(&self, draft: usize) -> bool {
        let near = |other: usize| {
            let (first, second) = (draft.min(other), draft.max(other));
            let gap = self.between(first, second);
            let joined =
                gap.len() < 12 && gap.split_whitespace().any(|word| matches!(word, "und" | "oder" | "sowie" | ","));
            // `Mit den Grünen haben wir verhandelt, mit den Linken auch`: the same preposition sets them side by side.
            let (before, after) = (self.drafts[first].tokens.0, self.drafts[second].tokens.0);
            let repeated = gap.len() < 60
                && before > 1
                && self.word(before - 1) == self.word(after - 1)
                && self.word(before - 2).eq_ignore_ascii_case(self.word(after - 2))
                && self.word(after - 2).starts_with(char::is_lowercase)
                && self.sentence_of(self.drafts[first].span.start) == self.sentence_of(self.drafts[second].span.start);
            (joined || repeated) && self.readings(other).iter().any(|reading| reading.kind == Kind::Party)
        };
        (draft > 0 && near(draft - 1)) || (draft + 1 < self.drafts.len() && near(draft + 1))
    }

    /// Whether a word in small letters follows that ends like a verb in the present tense, and like no adjective in the plural.
    fn is_followed_by_a_verb(&self, draft: usize) -> bool {
        let next = self.word(self.drafts[draft].tokens.1 + 1);
        next.starts_with(char::is_lowercase)
            && next.len() > 3
            && (["t", "en", "rn", "ln"].iter().any(|end| next.ends_with(end))
                || matches!(next, "sind" | "will" | "soll" | "kann" | "muss" | "darf"))
            && !matches!(next, "nicht" | "statt" | "samt" | "seit" | "gegen" | "neben" | "wegen" | "zwischen")
    }

    /// Whether a verb in the singular or plural follows directly, as behind a group: `die Linke wählt`, `die Union gewann`.
    fn is_group_subject(&self, draft: usize) -> bool {
        let next = self.word(self.drafts[draft].tokens.1 + 1);
        next.starts_with(char::is_lowercase)
            && (next.ends_with('t') || next.ends_with("te") || next.ends_with("en") || next.ends_with("ann"))
    }
}

/// Nouns for the members of a party in a parliament.
fn is_group(word: &str) -> bool {
    matches!(
        word,
        "Fraktion"
            | "Fraktionen"
            | "Partei"
            | "Bundestagsfraktion"
            | "Landtagsfraktion"
            | "Abgeordneten"
            | "Abgeordnete"
            | "Abgeordneter"
            | "Kollegen"
            | "Kolleginnen"
            | "Kollege"
            | "Kollegin"
    )
}

/// `viele Linke`, `ein Grüner`: people of a kind, whatever else the document names.
pub(super) fn counts_people(before: &str) -> bool {
    matches!(
        before,
        "viele"
            | "Viele"
            | "einige"
            | "manche"
            | "Manche"
            | "mehrere"
            | "Mehrere"
            | "alle"
            | "Alle"
            | "linke"
            | "junge"
    ) || is_indefinite_article(before)
}
