//! Words beside the names of persons, by which they are told from other things.

/// Words before a noun, never before a surname that stands for a person.
pub(super) const DETERMINERS: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "am", "im", "vom",
    "zum", "zur", "beim", "ins", "ans", "kein", "keine", "viele", "einige", "alle", "diese", "dieser", "dieses",
    "jeder", "jede",
];

/// Words that follow a surname in the name of a company.
pub(super) const COMPANY: &[&str] = &[
    "AG",
    "GmbH",
    "Group",
    "Holding",
    "Immobilien",
    "KG",
    "Media",
    "OHG",
    "SE",
    "Verlag",
    "Verlagsgruppe",
    "Ventures",
];

/// Prepositions that take persons.
pub(super) const PREPOSITIONS: &[&str] =
    &["an", "auf", "bei", "durch", "für", "gegen", "mit", "nach", "neben", "ohne", "unter", "von", "über", "wie"];

/// Verbs of speech and decision behind a subject.
pub(super) const SPEECH: &[&str] = &[
    "sagt",
    "betont",
    "erklärt",
    "kündigt",
    "warnt",
    "fordert",
    "kritisiert",
    "verteidigt",
    "will",
    "plant",
    "lobt",
    "verspricht",
    "stellt",
    "legt",
    "sieht",
    "weist",
    "räumt",
    "hält",
];

/// Strong verbs in the past tense, of what persons do.
pub(super) const STRONG: &[&str] = &[
    "bat",
    "berief",
    "beschloss",
    "blieb",
    "empfing",
    "fuhr",
    "gab",
    "ging",
    "griff",
    "hielt",
    "kam",
    "lud",
    "ließ",
    "nahm",
    "rief",
    "sah",
    "schlug",
    "schrieb",
    "schwieg",
    "sprach",
    "traf",
    "trat",
    "verlor",
    "versprach",
    "warb",
    "warf",
    "wies",
    "wich",
    "widersprach",
    "zog",
];

/// Things that are called after somebody: `Flughafen Willy Brandt`, `Grundschule Anne Frank`.
pub(super) const NAMED_AFTER: &[&str] = &[
    "Airport",
    "Brücke",
    "Flughafen",
    "Flughafens",
    "Forum",
    "Gymnasium",
    "Gesamtschule",
    "Grundschule",
    "Halle",
    "Kaserne",
    "Platz",
    "Preis",
    "Schule",
    "Schwimmhalle",
    "Stadion",
    "Stiftung",
    "Universität",
];
