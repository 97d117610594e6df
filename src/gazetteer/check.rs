//! What is wrong with the built-in files beyond what loading refuses.

use rustc_hash::FxHashMap;
use unicode_normalization::is_nfc;

use super::Gazetteer;
use super::embedded;
use super::entity::{EntityKey, Mandate, NameClass, NameRule};
use super::error::Problem;
use super::load::Loader;
use super::table::{Row, Table};
use crate::date::Period;
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

/// Whether several people can hold an office at a time: its note says so.
fn has_several_holders(gazetteer: &Gazetteer, office: EntityKey) -> bool {
    gazetteer.entity(office).attributes.note.starts_with("mehrere")
}

/// Mandates that end before they begin, lie outside of the office's existence, or overlap where the office has one
/// holder.
fn check_mandates(gazetteer: &Gazetteer, table: &Table, problems: &mut Vec<Problem>) {
    let mut push = |mandate: &Mandate, what: String, remedy: &str| {
        let line = line_of(table, gazetteer, mandate);
        problems.push(Problem::new(&table.file, line, what, remedy));
    };
    // Of the mandates of the office at hand, the one that lasts longest so far.
    let mut longest: Option<&Mandate> = None;
    for mandate in gazetteer.mandates() {
        let (office, person) = (gazetteer.entity(mandate.office), &gazetteer.entity(mandate.person).id);
        let period = mandate.period;
        if let (Some(from), Some(to)) = (period.from, period.to)
            && to <= from
        {
            push(mandate, format!("the mandate of {person} ends before it begins ({period})"), "correct the dates");
        }
        if !office.attributes.valid.overlaps(&period) {
            let what = format!("{} exists {}, the mandate of {person} is {period}", office.id, office.attributes.valid);
            push(mandate, what, "correct the dates, or those of the office");
        }
        if longest.is_some_and(|before| before.office != mandate.office) {
            longest = None;
        }
        if let Some(before) = longest.filter(|_| !has_several_holders(gazetteer, mandate.office))
            && before.period.overlaps(&period)
        {
            let first = &gazetteer.entity(before.person).id;
            let what =
                format!("{} has two holders at a time: {first} ({}) and {person} ({period})", office.id, before.period);
            push(mandate, what, "correct the dates: the end is the day of the handover");
        }
        let lasts_longer = longest.is_none_or(|before| match (before.period.to, period.to) {
            (Some(before), Some(end)) => before < end,
            (None, _) => false,
            (Some(_), None) => true,
        });
        if lasts_longer {
            longest = Some(mandate);
        }
    }
}

/// The line of a mandate, found by person, office and first day.
fn line_of(table: &Table, gazetteer: &Gazetteer, mandate: &Mandate) -> u64 {
    let [person, office, from] = ["person", "office", "from"].map(|column| table.column(column));
    let (person_id, office_id) = (&gazetteer.entity(mandate.person).id, &gazetteer.entity(mandate.office).id);
    let day = |text: &str| Period::parse(text, "").ok().and_then(|period| period.from);
    let is_it = |row: &&Row| {
        row.cell(person) == person_id.as_ref()
            && row.cell(office) == office_id.as_ref()
            && day(&row.cell(from)) == mandate.period.from
    };
    table.rows.iter().find(is_it).map_or(0, |row| row.line)
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
