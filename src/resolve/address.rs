//! Titles and forms of address before the names of persons.

use std::sync::LazyLock;

use super::Reader;
use super::signs::Beginnings;
use crate::document::Kind;

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
];

/// Titles of the members of a house.
pub(super) const COLLEAGUES: &[&str] =
    &["Abg.", "Abgeordneter", "Abgeordnete", "Abgeordneten", "Kollege", "Kollegen", "Kollegin"];

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
    "Zuruf",
    "Zwischenfrage",
    "Zwischenruf",
];

/// Words for who is in a parliament: with `Meine Damen und Herren`, they show a speech in one.
const IN_THE_HOUSE: &[&str] =
    &["AfD", "Bundesregierung", "Bundestag", "CDU", "CDU/CSU", "CSU", "FDP", "SPD", "Grünen", "Koalition"];

/// Academic degrees, which stand between a title and a name.
pub(super) const DEGREES: &[&str] =
    &["Dr.", "Prof.", "h.", "c.", "Dr", "Prof", "med.", "jur.", "rer.", "pol.", "nat.", "Dr.-Ing.", "Ing."];

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
                    || (ADDRESSES.contains(&word) && ADDRESSED_OFFICES.contains(&self.word(index + 1)))
                    || (greeted && in_the_house)
            })
        })
    }
}

/// How the words begin by which [`Reader::is_parliamentary`] knows a parliament.
static TELLING: LazyLock<Beginnings> = LazyLock::new(|| {
    Beginnings::of([PARLIAMENTARY, IN_THE_HOUSE, ADDRESSES, &["Damen"]].into_iter().flatten().copied())
});

/// The gender of whom a title or form of address announces; `Kollegen` may be many.
pub(super) fn gender_of_title(title: &str) -> Option<&'static str> {
    match title {
        "Frau" | "Kollegin" => Some("f"),
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
