//! Titles and forms of address before the names of persons.

use std::sync::LazyLock;

use super::Reader;
use super::draft::{Draft, Reading};
use super::signs::Beginnings;
use crate::document::{Evidence, Kind};

/// Titles that announce a person whatever office it is.
pub(super) const TITLES: &[&str] = &[
    "Minister",
    "Ministerin",
    "Bundesminister",
    "Bundesministers",
    "Bundesministerin",
    "Abg.",
    "Abgeordneter",
    "Abgeordnete",
    "Abgeordneten",
    "Staatssekretär",
    "Staatssekretärin",
    "Senator",
    "Senatorin",
    "Staatsminister",
    "Staatsministerin",
    "Parteichef",
    "Parteichefin",
    "Fraktionschef",
    "Fraktionschefin",
    "Kollege",
    "Kollegen",
    "Kollegin",
    "Kolleginnen",
];

/// Beginnings of titles of a party, its group or the house: `SPD-Vorsitzende`, `Unionsfraktionschef`.
const OF_PARTIES: &[&str] = &[
    "AfD-",
    "BSW-",
    "Bundestags",
    "CDU-",
    "CDU/CSU-",
    "CSU-",
    "Co-",
    "FDP-",
    "Fraktions",
    "Grünen",
    "Linken",
    "Partei",
    "SPD-",
    "Union",
];

/// Their ends.
const OFFICES_OF_PARTIES: &[&str] = &[
    "abgeordnete",
    "abgeordneter",
    "chef",
    "chefin",
    "generalsekretär",
    "generalsekretärin",
    "geschäftsführer",
    "geschäftsführerin",
    "kandidat",
    "kandidatin",
    "kollege",
    "kollegin",
    "minister",
    "ministerin",
    "politiker",
    "politikerin",
    "sprecher",
    "sprecherin",
    "vize",
    "vorsitzende",
    "vorsitzenden",
    "vorsitzender",
];

/// Whether a word before a surname is a title of politics.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
        || (OF_PARTIES.iter().any(|start| word.starts_with(start)) && {
            let word = word.to_lowercase();
            OFFICES_OF_PARTIES.iter().any(|end| word.ends_with(end))
        })
        || matches!(
            word,
            "Oppositionsführer"
                | "Oppositionsführerin"
                | "Generalsekretär"
                | "Generalsekretärin"
                | "Kanzlerkandidat"
                | "Kanzlerkandidatin"
                | "Spitzenkandidat"
                | "Spitzenkandidatin"
        )
}

/// Titles of the members of a house.
pub(super) const COLLEAGUES: &[&str] =
    &["Abg.", "Abgeordneter", "Abgeordnete", "Abgeordneten", "Kollege", "Kollegen", "Kollegin", "Kolleginnen"];

/// Forms of address: they announce a person, but not one of politics.
pub(super) const ADDRESSES: &[&str] = &["Herr", "Herrn", "Frau"];

/// Who presides over a sitting is a member of the house; but states and clubs have presidents too.
pub(super) const PRESIDENTS: &[&str] = &["Präsident", "Präsidentin", "Vizepräsident", "Vizepräsidentin"];

/// Titles in the plural, which hold for every surname of a list: `die Kollegen Hardt und Stegner`.
pub(super) const PLURAL_TITLES: &[&str] =
    &["Kollegen", "Kolleginnen", "Abgeordneten", "Abgeordnete", "Minister", "Ministerinnen"];

/// Offices by which one addresses somebody only in a parliament: `Herr Präsident!`, `Frau Ministerin`.
pub(super) const ADDRESSED_OFFICES: &[&str] = &[
    "Bundeskanzler",
    "Bundeskanzlerin",
    "Bundesminister",
    "Bundesministerin",
    "Minister",
    "Ministerin",
    "Ministerpräsident",
    "Ministerpräsidentin",
    "Präsident",
    "Präsidentin",
    "Senator",
    "Senatorin",
    "Staatssekretär",
    "Staatssekretärin",
];

/// Words by which one knows a speech or paper of a parliament: there `Herr Frei` is one of its members.
const PARLIAMENTARY: &[&str] = &[
    "Abg.",
    "Abgeordnete",
    "Abgeordneten",
    "Abgeordneter",
    "Beifall",
    "Bundestagspräsident",
    "Bundestagspräsidentin",
    "Drucksache",
    "Fraktion",
    "Fraktionen",
    "Kollege",
    "Kollegen",
    "Kollegin",
    "Kolleginnen",
    "Redezeit",
    "Regierungsbank",
    "Zuruf",
    "Zurufe",
    "Zwischenfrage",
    "Zwischenruf",
];

/// Words for who is in a parliament: with `Meine Damen und Herren`, they show a speech in one.
const IN_THE_HOUSE: &[&str] =
    &["AfD", "Bundesregierung", "Bundestag", "CDU", "CDU/CSU", "CSU", "FDP", "SPD", "Grünen", "Koalition"];

/// Academic degrees, which stand between a title and a name.
pub(super) const DEGREES: &[&str] = &[
    "Dr.",
    "Prof.",
    "Professor",
    "Professorin",
    "h.",
    "c.",
    "Dr",
    "Prof",
    "med.",
    "jur.",
    "rer.",
    "pol.",
    "nat.",
    "Dr.-Ing.",
    "Ing.",
];

impl Reader<'_> {
    /// The last word before a surname, without academic degrees. In a list (`die Kollegen Hardt und Stegner`) it is the
    /// plural before the first of them.
    pub(super) fn title_before(&self, draft: usize) -> Option<&str> {
        let mut nearest = None;
        let (mut at, mut listed) = (self.drafts[draft].tokens.0, draft);
        while let Some(before) = at.checked_sub(1) {
            let word = self.word(before);
            at = before;
            if DEGREES.contains(&word) {
                continue;
            }
            if nearest.is_none() || PLURAL_TITLES.contains(&word) {
                nearest = Some(word);
            }
            let joined = matches!(word, "und" | "sowie" | ",");
            match listed.checked_sub(1).map(|other| &self.drafts[other]) {
                Some(other) if joined && other.tokens.1 + 1 == before && other.kind() == Some(Kind::Politician) => {
                    (at, listed) = (other.tokens.0, listed - 1);
                }
                _ => break,
            }
        }
        nearest
    }

    /// Who is meant by `Herr` or `Frau` and a surname.
    pub(super) fn addressed_bearer(
        &self,
        readings: &[Reading],
        in_office: Option<Reading>,
        common: bool,
        surface: &str,
    ) -> Option<(Reading, f32, Evidence)> {
        let (gazetteer, knowledge) = (self.sources.gazetteer, self.sources.knowledge);
        let parliamentary = self.is_parliamentary();
        // `Herr Spahn`: among many of a common name somebody else may be meant, but not where one alone bears it.
        let rare = readings.len() == 1 && !knowledge.is_word(surface);
        let leads = |reading: &Reading| {
            self.sits(reading.entity) || knowledge.is_prominent(gazetteer, reading.entity, self.day)
        };
        let member = self.member(readings);
        // In the house `Herr Schwarz` is one of it, not the minister of a Land.
        let reading = in_office
            .filter(|_| !common || rare || parliamentary)
            // Of several that sit, none is meant more than the others, and less so the head of an authority.
            .filter(|reading| !parliamentary || leads(reading) || !readings.iter().any(|it| self.sits(it.entity)));
        let spoken_to = || member.or_else(|| self.lately_prominent(readings)).or_else(|| self.contemporary(readings));
        // `Wo ist Herr Lauterbach?`: known, though out of office.
        let reading = reading.or_else(|| self.lately_prominent(readings).filter(|_| !common || rare));
        let reading = reading.or_else(|| parliamentary.then(spoken_to).flatten());
        // `Frau Badum hat gefragt`: an excerpt that names politics, and a name that one alone bears in the house.
        let political = [Kind::Party, Kind::Parliament, Kind::Politician, Kind::Office, Kind::Ministry, Kind::Law];
        let named = || self.accepted.has_any(&political) || self.addresses_several_members();
        let reading = reading.or_else(|| member.filter(|_| (!common || rare) && named()));
        // `Frau Reiche trifft sich`, beside another politician: the minister, though her name is a word.
        let led = || in_office.filter(|reading| knowledge.is_prominent(gazetteer, reading.entity, self.day));
        let reading = reading.or_else(|| led().filter(|_| self.accepted.has_any(&[Kind::Politician, Kind::Party])));
        reading.map(|reading| (reading, 0.7, Evidence::TitleBefore))
    }

    /// `Herr Luczak und Frau Wegge streiten`: two of the house with a form of address vouch for each other.
    fn addresses_several_members(&self) -> bool {
        *self.several_addressed.get_or_init(|| {
            let is_addressed = |draft: &Draft| ADDRESSES.contains(&self.word_before(draft.tokens.0));
            let sits = |draft: usize| self.readings(draft).iter().any(|reading| self.sits(reading.entity));
            let mut members = (0..self.drafts.len()).filter(|&draft| is_addressed(&self.drafts[draft]) && sits(draft));
            members.nth(1).is_some()
        })
    }

    /// `Herr Abg. Muster`, `Herr Minister`: the form of address, not somebody of the surname `Herr`.
    pub(super) fn is_form_of_address(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        ADDRESSES.contains(&own.span.of(self.text))
            && !own.joined_after
            && self.word(own.tokens.1 + 1).starts_with(char::is_uppercase)
    }

    /// `Frau und Herr Müller wollen bauen`: a couple that a speaker makes up; politicians are named one by one.
    pub(super) fn is_of_a_couple(&self, draft: usize) -> bool {
        let first = self.drafts[draft].tokens.0;
        let at = |back: usize| first.checked_sub(back).map_or("", |token| self.word(token));
        matches!((at(3), at(1)), ("Frau", "Herr" | "Herrn") | ("Herr" | "Herrn", "Frau")) && at(2) == "und"
    }

    /// `Herr Hofmann` where `Markus Hofmann (Grüne)` speaks, whom the gazetteers do not know: nobody else of the name.
    pub(super) fn is_of_an_unknown_person(&self, surname: &str) -> bool {
        let unknown = self.unknown_surnames.get_or_init(|| {
            let is_unknown = |draft: &&Draft| {
                draft.tokens.1 > draft.tokens.0
                    && draft.decision.as_ref().is_some_and(|it| {
                        it.kind == Kind::Politician && it.entity.is_none() && it.candidates.is_empty()
                    })
            };
            self.drafts.iter().filter(is_unknown).map(|draft| self.word(draft.tokens.1)).collect()
        });
        unknown.contains(surname) || surname.strip_suffix('s').is_some_and(|surname| unknown.contains(surname))
    }

    /// `Frau Hubig, Ihr Entwurf`, `Herr Merz, das haben Sie gesagt`: who is spoken to behind the form of address.
    fn is_vocative(&self, name: usize) -> bool {
        const NEAR: usize = 4;
        matches!(self.word(name + 1), "," | "!")
            && (name + 2..name + 2 + NEAR)
                .map(|token| self.word(token))
                .take_while(|word| !matches!(*word, "." | "!" | "?"))
                .any(|word| matches!(word, "Sie" | "Ihr" | "Ihre" | "Ihren" | "Ihrem" | "Ihnen"))
    }

    /// Whether the text is a speech or paper of a parliament, by its words.
    pub(super) fn is_parliamentary(&self) -> bool {
        *self.parliamentary.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let (mut greeted, mut in_the_house) = (false, false);
            self.tokens.iter().enumerate().filter(|(_, token)| TELLING.may_be(bytes, token)).any(|(index, token)| {
                let word = token.span.of(self.text);
                greeted |= word == "Damen";
                in_the_house |= IN_THE_HOUSE.contains(&word);
                PARLIAMENTARY.contains(&word)
                    || (ADDRESSES.contains(&word)
                        && (ADDRESSED_OFFICES.contains(&self.word(index + 1)) || self.is_vocative(index + 1)))
                    || (greeted && in_the_house)
            })
        })
    }
}

/// How the words begin by which [`Reader::is_parliamentary`] knows a parliament.
static TELLING: LazyLock<Beginnings> = LazyLock::new(|| {
    Beginnings::of([PARLIAMENTARY, IN_THE_HOUSE, ADDRESSES, &["Damen"]].into_iter().flatten().copied())
});

/// The gender of whom a title or form of address announces, with the article before it; `Kollegen` may be many.
pub(super) fn gender_of_title(article: &str, title: &str) -> Option<&'static str> {
    match title {
        // An adjective by its endings: `der Abgeordnete` is a man, `die Abgeordnete` a woman.
        "Abgeordnete" | "Vorsitzende" => match article {
            "der" | "Der" => Some("m"),
            "die" | "Die" => Some("f"),
            _ => None,
        },
        "Abgeordneten" | "Kollegen" if matches!(article, "des" | "dem" | "Des" | "Dem") => Some("m"),
        "Frau" | "Kollegin" | "Kolleginnen" => Some("f"),
        "Herr" | "Herrn" | "Kollege" | "Abgeordneter" | "Präsident" | "Vizepräsident" => Some("m"),
        _ if title.ends_with("in") && (TITLES.contains(&title) || PRESIDENTS.contains(&title)) => Some("f"),
        // A woman may be called by the masculine too, and `die Minister` are many: they say nothing.
        _ => None,
    }
}

/// Whether a text between an office and a name consists of degrees and forms of address only.
pub(super) fn is_degrees(between: &str) -> bool {
    !between.contains("\n\n")
        && between.split_whitespace().all(|word| DEGREES.contains(&word) || matches!(word, "Herr" | "Frau"))
}
