//! The files that come with the program.

use super::table::Table;
use crate::document::Kind;

/// Entity files, each with the kind of its rows.
const ENTITIES: &[(&str, Kind, &str)] = &[
    ("laender.tsv", Kind::Land, include_str!("../../gazetteers/laender.tsv")),
    ("ministries.tsv", Kind::Ministry, include_str!("../../gazetteers/ministries.tsv")),
    ("offices.tsv", Kind::Office, include_str!("../../gazetteers/offices.tsv")),
    ("parties.tsv", Kind::Party, include_str!("../../gazetteers/parties.tsv")),
    ("parliaments.tsv", Kind::Parliament, include_str!("../../gazetteers/parliaments.tsv")),
    ("bodies.tsv", Kind::Body, include_str!("../../gazetteers/bodies.tsv")),
    ("programmes.tsv", Kind::Programme, include_str!("../../gazetteers/programmes.tsv")),
    ("laws.tsv", Kind::Law, include_str!("../../gazetteers/laws.tsv")),
    ("events.tsv", Kind::Event, include_str!("../../gazetteers/events.tsv")),
    ("associations.tsv", Kind::Association, include_str!("../../gazetteers/associations.tsv")),
    ("municipalities.tsv", Kind::Municipality, include_str!("../../gazetteers/municipalities.tsv")),
    ("politicians.tsv", Kind::Politician, include_str!("../../gazetteers/politicians.tsv")),
];

const NAMES: &str = include_str!("../../gazetteers/names.tsv");
const MANDATES: &str = include_str!("../../gazetteers/mandates.tsv");
const ROLES: &str = include_str!("../../gazetteers/roles.tsv");
const BLOCKERS: &str = include_str!("../../gazetteers/blockers.tsv");
const EXAMPLES: &str = include_str!("../../gazetteers/examples.tsv");

pub(super) fn entities() -> impl Iterator<Item = (Kind, Table)> {
    ENTITIES.iter().map(|(file, kind, text)| (*kind, Table::embedded(file, text)))
}

pub(super) fn names() -> Table {
    Table::embedded("names.tsv", NAMES)
}

pub(super) fn mandates() -> Table {
    Table::embedded("mandates.tsv", MANDATES)
}

pub(super) fn roles() -> Table {
    Table::embedded("roles.tsv", ROLES)
}

pub(super) fn blockers() -> Table {
    Table::embedded("blockers.tsv", BLOCKERS)
}

pub(super) fn examples() -> Table {
    Table::embedded("examples.tsv", EXAMPLES)
}
