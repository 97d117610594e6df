//! Entities, names and mandates as the gazetteer files state them.

use std::borrow::Cow;
use std::fmt;

use crate::date::Period;
use crate::document::Kind;

/// Text of a gazetteer: borrowed where it is part of the program, owned where it was read from a file.
pub(crate) type Text = Cow<'static, str>;

/// A small number that stands for one entity of one [`Gazetteer`](super::Gazetteer).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey(pub(crate) u32);

/// A ministry, person, Land, law … of the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Published identifier, `kind:path`; it never changes.
    pub id: Text,
    /// What it is.
    pub kind: Kind,
    /// The name shown in tables: today's, or the last one.
    pub name: Text,
    /// All names, dated ones too.
    pub names: Vec<Name>,
    /// What else is known.
    pub attributes: Attributes,
    /// Whether a user's list switched its built-in names off; names that rules make are off too.
    pub off: bool,
}

/// What is known about an entity beside its names. Empty texts are unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    /// Wikidata item, `Q…`.
    pub wikidata: Text,
    /// Official key of a municipality or Land.
    pub ags: Text,
    /// ISO 3166-2 code of a Land.
    pub iso: Text,
    /// Code of the Land it belongs to, `he`; empty for the Federation.
    pub land: Text,
    /// Party of a politician, as the path of its id: `spd`.
    pub party: Text,
    /// `m`, `f` or `d`.
    pub gender: Text,
    /// Date or year of birth.
    pub born: Text,
    /// Id of the entity it belongs to.
    pub parent: Text,
    /// When it existed.
    pub valid: Period,
    /// A remark.
    pub note: Text,
    /// Where the facts are from.
    pub source: Text,
}

/// A name of an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// As written in the gazetteer, without ending.
    pub text: Text,
    /// What sort of name it is; decides which forms of it are found.
    pub class: NameClass,
    /// When it was the name.
    pub valid: Period,
    /// What it needs to be accepted.
    pub rule: NameRule,
}

/// What sort of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameClass {
    /// Official or usual name; takes endings.
    Full,
    /// Short or colloquial name; takes endings.
    Short,
    /// Abbreviation: exact case, at most a genitive `s`.
    Abbreviation,
    /// Adjective of a Land; takes adjective endings unless it ends in `-er`.
    Adjective,
    /// What its people are called; never a mention of the entity.
    Demonym,
    /// Surname of a person.
    Surname,
}

/// What a name needs beside its letters to be accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum NameRule {
    /// Nothing: the name is enough.
    #[default]
    None,
    /// Political or administrative company in the document.
    Context,
    /// Exactly this spelling.
    Exact,
    /// Another Land beside it, or a hyphen compound.
    Land,
    /// A norm before it (`§ 17 BMG`), or its long form in the document.
    Cited,
    /// A place where it stands: a preposition or a word for a town before it, the Kreis or Land behind it.
    Place,
    /// A word for a town before it or the Kreis or Land behind it: prepositions precede the common word too
    /// (`nach Norden`, `im Wald`).
    Typed,
    /// One of these entities in the same document, by id.
    With(Vec<Text>),
}

impl NameRule {
    /// The rule as files write it; `None` where there is no such rule.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "" => Self::None,
            "context" => Self::Context,
            "exact" => Self::Exact,
            "land" => Self::Land,
            "cited" => Self::Cited,
            "place" => Self::Place,
            "typed" => Self::Typed,
            other => {
                let ids = other.strip_prefix("with=")?;
                Self::With(ids.split('|').map(|id| Cow::Owned(id.to_owned())).collect())
            }
        })
    }

    /// The rules, for messages.
    pub(super) const KNOWN: &str =
        "context, exact, land, cited, place, typed or with=ID; in a list of your own also off or only";

    /// Whether the name asks for a place around it.
    pub(crate) fn is_of_place(&self) -> bool {
        matches!(self, Self::Place | Self::Typed)
    }
}

/// What a text must have beside the name; empty where the name is enough.
///
/// ```
/// use ressort::gazetteer::NameRule;
/// assert_eq!(NameRule::Cited.to_string(), "the citation of a norm before it, or its long form");
/// assert_eq!(NameRule::None.to_string(), "");
/// ```
impl fmt::Display for NameRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "",
            Self::Context => "political or administrative company",
            Self::Exact => "exactly this spelling",
            Self::Land => "another Land beside it",
            Self::Cited => "the citation of a norm before it, or its long form",
            Self::Place => "a place around it: a preposition, a word for a town, its Kreis or Land",
            Self::Typed => "a word for a town before it, or its Kreis or Land behind it",
            Self::With(ids) => return write!(f, "one of {} in the document", ids.join(", ")),
        })
    }
}

/// A word for an office, in both genders.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleWord {
    /// `Digitalminister`.
    pub masculine: Text,
    /// `Digitalministerin`; empty where there is no such form.
    pub feminine: Text,
    /// The office that it names.
    pub office: EntityKey,
    /// When it named that office.
    pub valid: Period,
    /// Whether it names the office only together with the authority that it leads: `Präsident`.
    pub of_head: bool,
}

/// Who held an office from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mandate {
    /// The person.
    pub person: EntityKey,
    /// The office.
    pub office: EntityKey,
    /// The days on which it was held.
    pub period: Period,
    /// Whether somebody stood in for a holder.
    pub acting: bool,
}
