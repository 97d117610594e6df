//! What is found in a document.

use std::fmt;
use std::str::FromStr;

use super::Span;
use crate::date::Date;
use crate::gazetteer::EntityKey;

/// Everything found in one document. Spans refer to the document's text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotation {
    /// Tokens in reading order; between them lies white space only.
    pub tokens: Vec<Token>,
    /// Sentences in reading order; every token lies in exactly one.
    pub sentences: Vec<Sentence>,
    /// Mentions in reading order; they neither nest nor overlap.
    pub mentions: Vec<Mention>,
    /// Topics, best first.
    pub topics: Vec<TopicScore>,
    /// The day as of which names were linked, and where it is from.
    pub date: DateBasis,
}

/// The day as of which a document's names were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateBasis {
    /// The document's own date.
    Document(Date),
    /// The document has no date; on this day all persons held the offices that stand before their names.
    Holders(Date),
    /// The document has no date; this is the middle one of the days that its text names in full.
    Text(Date),
    /// No date known: names and offices are read as of their latest meaning, with lower confidence.
    #[default]
    Latest,
}

impl DateBasis {
    /// The day, or `None` where the latest reading was taken.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Document(day) | Self::Holders(day) | Self::Text(day) => Some(day),
            Self::Latest => None,
        }
    }

    /// The name in tables and JSON: `document`, `holders`, `text` or `latest`.
    ///
    /// ```
    /// assert_eq!(ressort::document::DateBasis::Latest.as_str(), "latest");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Holders(_) => "holders",
            Self::Text(_) => "text",
            Self::Latest => "latest",
        }
    }
}

/// A word, number, mark … of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it looks like.
    pub kind: TokenKind,
}

/// What a token looks like, decided from its characters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with inner hyphens, apostrophes and gender marks: `OZG-Umsetzung`, `geht's`, `Minister:innen`.
    Word,
    /// An abbreviation with its full stop: `Dr.`, `z.B.`, `Abs.`.
    Abbreviation,
    /// A cardinal number: `1.000`, `2,5`, `19/24112`, `2.0`.
    Number,
    /// An ordinal with its full stop: `16.` in `16. Digital-Gipfel`.
    Ordinal,
    /// A date in digits: `09.10.2025`, `2025-10-09`.
    Date,
    /// A time of day: `14:30`.
    Time,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// `#Digitalgipfel`.
    Hashtag,
    /// `@bmds`.
    Handle,
    /// An HTML entity that slipped through: `&nbsp;`.
    HtmlEntity,
    /// An HTML tag that slipped through: `<b>`.
    HtmlTag,
    /// A punctuation mark, or a run of the same mark.
    Punctuation,
    /// Any other sign: currency, `%`, `§`, emoji, emoticons.
    Symbol,
}

/// A sentence, heading or list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// From the first byte of its first token to the last byte of its last.
    pub span: Span,
}

/// A name, office or reference found in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands: the name itself, without article.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: Kind,
    /// The entity it is linked to; `None` where the text does not decide among several.
    pub entity: Option<EntityKey>,
    /// The possible entities, where `entity` is `None`.
    pub candidates: Vec<EntityKey>,
    /// How it was recognised.
    pub via: Via,
    /// For an office: who held it on the day.
    pub holder: Option<EntityKey>,
    /// That the office or name is not meant as of now.
    pub modifier: Option<Modifier>,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Why it was accepted.
    pub evidence: Vec<Evidence>,
    /// Index of its sentence in [`Annotation::sentences`].
    pub sentence: u32,
    /// Part of the document in which it stands.
    pub region: Region,
    /// How it stands there: quoted, in a headline, as the speaker …
    pub flags: Flags,
}

/// How a mention stands in its text; several can be true of one.
///
/// ```
/// use ressort::document::Flags;
///
/// let mut flags = Flags::default();
/// flags.set(Flags::QUOTED, true);
/// assert!(flags.has(Flags::QUOTED));
/// assert_eq!(flags.names().collect::<Vec<_>>(), ["quoted"]);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

impl Flags {
    /// Between quotation marks: somebody's words.
    pub const QUOTED: Self = Self(1);
    /// In the kicker or headline.
    pub const HEADLINE: Self = Self(2);
    /// The text says that there is none.
    pub const NEGATED: Self = Self(4);
    /// The text speaks of earlier times: `das damalige BMWK`.
    pub const HISTORIC: Self = Self(8);
    /// The one whose words are told: `sagte Wissing`.
    pub const SPEAKER: Self = Self(16);

    const NAMES: [(Self, &'static str); 5] = [
        (Self::QUOTED, "quoted"),
        (Self::HEADLINE, "headline"),
        (Self::NEGATED, "negated"),
        (Self::HISTORIC, "historic"),
        (Self::SPEAKER, "speaker"),
    ];

    /// Whether all flags of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets or clears the flags of `other`.
    pub fn set(&mut self, other: Self, on: bool) {
        self.0 = if on { self.0 | other.0 } else { self.0 & !other.0 };
    }

    /// The names in tables and JSON, in a fixed order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(flag, _)| self.has(*flag)).map(|(_, name)| name)
    }
}

/// A topic of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicScore {
    /// Id, such as `area/verkehr` or `digital/ai`.
    pub topic: std::sync::Arc<str>,
    /// Name for people: `Verkehr`.
    pub label: std::sync::Arc<str>,
    /// Probability, 0 to 1.
    pub score: f32,
    /// The terms of this text that spoke most for it, strongest first.
    pub terms: Vec<TopicTerm>,
}

/// A term that spoke for a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicTerm {
    /// The term as it stands in the text.
    pub text: String,
    /// What it added to the topic's score before it became a probability.
    pub weight: f32,
}

/// The text is none of the names that an enum has in tables and options.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is no {what}: one of {known}")]
pub struct UnknownName {
    /// What was asked for: `kind`, `via` …
    pub what: &'static str,
    /// The text that was given.
    pub text: String,
    /// The names that exist.
    pub known: String,
}

/// An enum whose variants have one fixed name each in tables, JSON and options.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident ($what:literal) { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All values, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in tables, JSON and options.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, UnknownName> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| UnknownName {
                    what: $what,
                    text: text.to_owned(),
                    known: Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

named! {
    /// What an entity is.
    Kind ("kind") {
        /// A ministry of the Federation or a Land.
        Ministry = "ministry",
        /// An authority, agency, court, council or public IT provider.
        Body = "body",
        /// A parliament or one of its committees.
        Parliament = "parliament",
        /// A person in politics.
        Politician = "politician",
        /// An office that people hold for a time.
        Office = "office",
        /// A party or its parliamentary group.
        Party = "party",
        /// One of the 16 Länder.
        Land = "land",
        /// A town, municipality or district.
        Municipality = "municipality",
        /// A programme, strategy, platform, standard or project.
        Programme = "programme",
        /// A statute, ordinance or directive.
        Law = "law",
        /// A named event.
        Event = "event",
        /// An association, company or initiative.
        Association = "association",
    }
}

named! {
    /// How a mention was recognised.
    Via ("via") {
        /// A name as it stands in the gazetteer.
        Name = "name",
        /// An abbreviation.
        Abbreviation = "abbreviation",
        /// A name with an ending of its own: `Bundesministeriums der Finanzen`.
        Inflected = "inflected",
        /// The adjective of a Land: `bayerische`.
        Adjective = "adjective",
        /// Part of a hyphen compound: `OZG` in `OZG-Umsetzung`.
        Compound = "compound",
        /// An elliptic part of a coordination: `Wirtschafts-` in `Wirtschafts- und Digitalministerium`.
        Coordination = "coordination",
        /// An office, named by its function.
        Role = "role",
        /// A person, named by the surname only.
        Surname = "surname",
        /// A general word that stands for a name said before: `der Freistaat`.
        Anaphor = "anaphor",
    }
}

named! {
    /// That an office or name is not meant as of the document's day.
    Modifier ("modifier") {
        /// `der frühere Minister`, `das damalige BMWK`.
        Former = "former",
        /// `der scheidende Kanzler`.
        Outgoing = "outgoing",
        /// `der designierte Kanzler`.
        Designated = "designated",
        /// `der kommissarische Minister`.
        Acting = "acting",
        /// `der neue Minister`.
        New = "new",
        /// `wäre ein Digitalminister`.
        Irrealis = "irrealis",
        /// `einen Digitalminister gibt es nicht`.
        Negated = "negated",
    }
}

named! {
    /// Part of a document.
    Region ("region") {
        /// The word before the headline.
        Kicker = "kicker",
        /// The headline.
        Title = "title",
        /// All the rest.
        Body = "body",
    }
}

named! {
    /// A reason for which a mention was accepted or linked.
    Evidence ("evidence") {
        /// The name means one entity only.
        UniqueName = "unique-name",
        /// The name was valid on the document's day.
        ValidOnDay = "valid-on-day",
        /// The name is historic on the document's day, and says so.
        HistoricName = "historic-name",
        /// The holder of the office on the document's day.
        HolderOnDay = "holder-on-day",
        /// The person named beside the office held it.
        NamedHolder = "named-holder",
        /// A Land stands beside the office.
        LandBeside = "land-beside",
        /// The Land is that of the document.
        LandOfDocument = "land-of-document",
        /// The full name stands in the same document.
        FullNameInDocument = "full-name-in-document",
        /// An office or title stands before the surname.
        TitleBefore = "title-before",
        /// A party or its group stands behind the name.
        PartyBehind = "party-behind",
        /// The document defines the abbreviation, or gives the long form.
        LongFormInDocument = "long-form-in-document",
        /// Other names of politics or administration stand near it.
        Company = "company",
        /// Part of a hyphen compound.
        CompoundPart = "compound-part",
        /// The general word fits the last name of its kind.
        Antecedent = "antecedent",
        /// The form of the word says what it is (`…gesetz`), and no gazetteer holds it.
        Form = "form",
        /// A section of a law stands before it: `§ 31a BtMG`.
        Citation = "citation",
        /// No date is known: the latest reading.
        LatestReading = "latest-reading",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse::<Kind>().as_ref(), Ok(kind));
        }
        let error = "ministerium".parse::<Kind>().unwrap_err();
        assert!(error.to_string().starts_with("'ministerium' is no kind: one of ministry, body"));
    }
}
