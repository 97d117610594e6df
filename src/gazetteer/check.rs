//! What is wrong with the built-in files beyond what loading refuses.

use rustc_hash::FxHashMap;
use unicode_normalization::is_nfc;

use super::Gazetteer;
use super::embedded;
use super::entity::{EntityKey, NameClass, NameRule};
use super::error::Problem;
use super::load::Loader;
use super::table::Table;
use crate::document::Kind;

/// Checks the built-in gazetteers: ids, dates, references, columns, order, sources, overlapping mandates of offices
/// with one holder, names that mean several entities without a rule.
///
/// Each problem prints as `file:line: what; what to do`.
///
/// ```
/// assert_eq!(ressort::gazetteer::check_embedded(), []);
/// ```
#[must_use]
pub fn check_embedded() -> Vec<Problem> {
    let mut loader = Loader::default();
    loader.embedded();
    let (gazetteer, mut problems) = loader.finish();
    let tables: Vec<Table> = embedded::entities()
        .map(|(_, table)| table)
        .chain([embedded::names(), embedded::mandates(), embedded::roles(), embedded::blockers(), embedded::examples()])
        .collect();
    for table in &tables {
        check_form(table, &mut problems);
        check_references(table, &gazetteer, &mut problems);
    }
    check_mandates(&gazetteer, &embedded::mandates(), &mut problems);
    check_ambiguity(&gazetteer, &mut problems);
    problems
}

/// Sources, blanks, composed letters, order.
fn check_form(table: &Table, problems: &mut Vec<Problem>) {
    let mut push = |line, what: String, remedy: &str| problems.push(Problem::new(&table.file, line, what, remedy));
    let source = table.column("source").or_else(|| table.column("note"));
    if source.is_none() {
        push(1, "there is no column 'source'".to_owned(), "add it: every fact has a source");
    }
    let mut before: Option<&[super::entity::Text]> = None;
    for row in &table.rows {
        if row.cells.len() != table.header.len() {
            let what = format!("the row has {} cells, the header {}", row.cells.len(), table.header.len());
            push(row.line, what, "add or remove tabs");
        }
        if table.column("source").is_some() && row.cell(source).is_empty() {
            push(row.line, "the row has no source".to_owned(), "say where the fact is from");
        }
        for cell in &row.cells {
            if cell.trim() != cell.as_ref() || !is_nfc(cell) {
                push(row.line, format!("'{cell}' has blanks around it or letters in parts"), "run gazetteer fmt");
            }
        }
        if before.is_some_and(|before| before >= row.cells.as_slice()) {
            push(row.line, "the row is out of order or stands twice".to_owned(), "run gazetteer fmt");
        }
        before = Some(&row.cells);
    }
}

/// Ids in cells that must exist.
fn check_references(table: &Table, gazetteer: &Gazetteer, problems: &mut Vec<Problem>) {
    let [parent, land, party, entity] = ["parent", "land", "party", "entity"].map(|column| table.column(column));
    for row in &table.rows {
        let mut missing = |id: String| {
            if gazetteer.get(&id).is_none() {
                problems.push(Problem::new(
                    &table.file,
                    row.line,
                    format!("there is no entity '{id}'"),
                    "correct the id",
                ));
            }
        };
        let cell = |column| row.cell(column).into_owned();
        if !cell(parent).is_empty() {
            missing(cell(parent));
        }
        if !cell(land).is_empty() {
            missing(format!("land:{}", cell(land)));
        }
        for party in row.values(party) {
            missing(format!("party:{party}"));
        }
        if table.file == "examples.tsv" && cell(entity) != "-" {
            missing(cell(entity));
        }
    }
}

/// Offices that several people hold at a time.
fn has_several_holders(id: &str) -> bool {
    id.contains("staatssekretaer")
        || id.contains("staatsminister")
        || id.ends_with("/vorsitz")
        || id.contains("/sprecher")
}

fn check_mandates(gazetteer: &Gazetteer, table: &Table, problems: &mut Vec<Problem>) {
    let line_of = |person: &str, office: &str| {
        let [p, o] = ["person", "office"].map(|column| table.column(column));
        table.rows.iter().find(|row| row.cell(p) == person && row.cell(o) == office).map_or(0, |row| row.line)
    };
    for pair in gazetteer.mandates().windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        let office = &gazetteer.entity(one.office).id;
        if one.office != other.office || has_several_holders(office) {
            continue;
        }
        if one.period.overlaps(&other.period) {
            let (first, second) = (&gazetteer.entity(one.person).id, &gazetteer.entity(other.person).id);
            let what =
                format!("{office} has two holders at a time: {first} ({}) and {second} ({})", one.period, other.period);
            problems.push(Problem::new(
                &table.file,
                line_of(second, office),
                what,
                "correct the dates: the end is the day of the handover",
            ));
        }
    }
}

/// Names that mean several entities at the same time, with nothing to tell them apart.
fn check_ambiguity(gazetteer: &Gazetteer, problems: &mut Vec<Problem>) {
    let mut seen: FxHashMap<&str, (EntityKey, usize)> = FxHashMap::default();
    for (key, entity) in gazetteer.entities() {
        // Offices and Land ministries share words, and namesakes names: what stands beside them decides.
        if matches!(entity.kind, Kind::Office | Kind::Politician | Kind::Ministry) {
            continue;
        }
        for (index, name) in entity.names.iter().enumerate() {
            if name.class == NameClass::Demonym || name.rule != NameRule::None {
                continue;
            }
            let Some(&(other, other_index)) = seen.get(name.text.as_ref()) else {
                seen.insert(&name.text, (key, index));
                continue;
            };
            let other_entity = gazetteer.entity(other);
            // A Land and its city share the name; the resolver tells them apart.
            let city_state = entity.kind == Kind::Municipality && other_entity.kind == Kind::Land;
            if other != key && !city_state && other_entity.names[other_index].valid.overlaps(&name.valid) {
                let what = format!("'{}' means {} and {} without a rule", name.text, other_entity.id, entity.id);
                problems.push(Problem::new("names.tsv", 0, what, "give one of them a row with a rule in names.tsv"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_gazetteers_have_no_problem() {
        let problems = super::check_embedded();
        assert!(problems.is_empty(), "{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
