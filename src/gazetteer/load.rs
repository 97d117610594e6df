//! From rows to entities.

use std::path::{Path, PathBuf};

use super::Gazetteer;
use super::embedded;
use super::entity::{Attributes, Entity, EntityKey, Mandate, Name, NameClass, NameRule, RoleWord, Text};
use super::error::{GazetteerError, Problem};
use super::table::{Row, Table};
use super::user::NameIndex;
use crate::date::Period;
use crate::document::Kind;

/// Columns of entity files, in their order; a user's file may have any of them, in any order.
pub(super) const ENTITY_COLUMNS: &[&str] = &[
    "id",
    "kind",
    "name",
    "full",
    "short",
    "abbr",
    "adjective",
    "demonym",
    "rule",
    "wikidata",
    "ags",
    "iso",
    "land",
    "party",
    "gender",
    "born",
    "parent",
    "valid_from",
    "valid_to",
    "note",
    "source",
];

/// Collects the built-in gazetteers and the user's own.
#[derive(Debug, Clone, Default)]
pub struct GazetteerBuilder {
    files: Vec<PathBuf>,
    without_embedded: bool,
}

impl GazetteerBuilder {
    /// Adds a file of the user's own: TSV or CSV with a header; of the columns only `name` (or `id`) and `kind` are
    /// required. A row whose id exists adds its names and overrides what else it states.
    #[must_use]
    pub fn file(mut self, path: impl AsRef<Path>) -> Self {
        self.files.push(path.as_ref().to_owned());
        self
    }

    /// Leaves the built-in gazetteers out.
    #[must_use]
    pub fn without_embedded(mut self) -> Self {
        self.without_embedded = true;
        self
    }

    /// Loads everything.
    ///
    /// # Errors
    /// [`GazetteerError`] where a file cannot be read, or with all its problems where rows of it are wrong.
    pub fn build(self) -> Result<Gazetteer, GazetteerError> {
        let mut loader = Loader::default();
        if !self.without_embedded {
            loader.embedded();
        }
        for path in &self.files {
            loader.user_table(&Table::read(path)?);
        }
        let (gazetteer, problems) = loader.finish();
        if problems.is_empty() { Ok(gazetteer) } else { Err(GazetteerError::Invalid { problems }) }
    }
}

/// Rows of the built-in tables, rounded up: room for them is made at once.
const ABOUT_SO_MANY: usize = 24_000;

/// Takes in tables one after another, and notes what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Loader {
    pub(super) gazetteer: Gazetteer,
    problems: Vec<Problem>,
    /// By name: the built-in entities that bear it. Filled when the first list of the user's comes.
    pub(super) built_in: NameIndex,
}

impl Loader {
    pub(super) fn embedded(&mut self) {
        self.gazetteer.entities.reserve(ABOUT_SO_MANY);
        self.gazetteer.by_id.reserve(ABOUT_SO_MANY);
        for (kind, table) in embedded::entities() {
            self.entities(&table, Some(kind));
        }
        self.names(&embedded::names());
        self.roles(&embedded::roles());
        self.mandates(&embedded::mandates());
        let blockers = embedded::blockers();
        let phrase = blockers.column("phrase");
        self.gazetteer.blockers.extend(blockers.rows.iter().map(|row| row.cell(phrase)));
        self.fingerprint(&blockers);
    }

    pub(super) fn user_table(&mut self, table: &Table) {
        if table.column("kind").is_none() {
            self.problem(table, 1, "there is no column 'kind'".to_owned(), "add it: ministry, politician, programme …");
            return;
        }
        if table.column("name").is_none() && table.column("id").is_none() {
            self.problem(table, 1, "there is neither a column 'name' nor 'id'".to_owned(), "add a column 'name'");
            return;
        }
        self.index_names();
        self.entities(table, None);
    }

    pub(super) fn finish(mut self) -> (Gazetteer, Vec<Problem>) {
        self.gazetteer.mandates.sort_by_key(|mandate| (mandate.office, mandate.period.from));
        (self.gazetteer, self.problems)
    }

    fn fingerprint(&mut self, table: &Table) {
        self.gazetteer.fingerprints.push((table.file.clone(), table.fingerprint));
    }

    pub(super) fn problem(&mut self, table: &Table, line: u64, what: String, remedy: &str) {
        self.problems.push(Problem::new(&table.file, line, what, remedy));
    }

    fn entities(&mut self, table: &Table, file_kind: Option<Kind>) {
        self.fingerprint(table);
        for column in &table.header {
            if !ENTITY_COLUMNS.contains(&column.as_ref()) {
                let remedy = format!("remove it, or name it one of {}", ENTITY_COLUMNS.join(", "));
                self.problem(table, 1, format!("'{column}' is no column of a gazetteer"), &remedy);
            }
        }
        let column = |name: &str| table.column(name);
        let (id, kind, name) = (column("id"), column("kind"), column("name"));
        let classes = [
            (column("full"), NameClass::Full),
            (column("short"), NameClass::Short),
            (column("abbr"), NameClass::Abbreviation),
            (column("adjective"), NameClass::Adjective),
            (column("demonym"), NameClass::Demonym),
        ];
        let (from, to, rule) = (column("valid_from"), column("valid_to"), column("rule"));
        let attributes =
            ["wikidata", "ags", "iso", "land", "party", "gender", "born", "parent", "note", "source"].map(column);
        let rows = table.rows.len();
        if self.gazetteer.entities.capacity() < self.gazetteer.entities.len() + rows {
            self.gazetteer.entities.reserve(rows);
            self.gazetteer.by_id.reserve(rows);
        }
        for row in &table.rows {
            if row.cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            let row_kind = match file_kind {
                Some(kind) => kind,
                None => match row.text(kind).parse::<Kind>() {
                    Ok(kind) => kind,
                    Err(error) => {
                        self.problem(table, row.line, error.to_string(), "correct the kind");
                        continue;
                    }
                },
            };
            let label = row.cell(name);
            let row_id = match row.cell(id) {
                id if !id.is_empty() => id,
                _ if label.is_empty() => {
                    self.problem(table, row.line, "the row has neither an id nor a name".to_owned(), "give it a name");
                    continue;
                }
                _ => self.id_of(row_kind, &label),
            };
            if !row_id.strip_prefix(row_kind.as_str()).is_some_and(|rest| rest.starts_with(':') && is_path(&rest[1..]))
            {
                let remedy = format!("write it {row_kind}:path, in a-z, 0-9, '-' and '/'");
                self.problem(table, row.line, format!("'{row_id}' is no id of the kind {row_kind}"), &remedy);
                continue;
            }
            let valid = match Period::parse(row.text(from), row.text(to)) {
                Ok(valid) => valid,
                Err(error) => {
                    self.problem(table, row.line, error.to_string(), "correct the date or leave the cell empty");
                    continue;
                }
            };
            if file_kind.is_none() && self.edit(table, row, row_kind, &label) {
                continue;
            }
            let Some(rule) = self.rule(table, row, rule) else { continue };
            let mut names = Vec::with_capacity(1);
            // `Ministerpräsident (Hessen)` is for tables: in a text the Land is a mention of its own.
            let for_tables = matches!(row_kind, Kind::Office | Kind::Ministry) && label.ends_with(')');
            if !label.is_empty() && !for_tables {
                names.push(Name {
                    text: label.clone(),
                    class: NameClass::Full,
                    valid: Period::ALWAYS,
                    rule: rule.clone(),
                });
            }
            for (column, class) in classes {
                if row.text(column).is_empty() {
                    continue;
                }
                for text in row.values(column) {
                    if !names.iter().any(|name| name.text == text) {
                        names.push(Name { text, class, valid: Period::ALWAYS, rule: rule.clone() });
                    }
                }
            }
            let [wikidata, ags, iso, land, party, gender, born, parent, note, source] =
                attributes.map(|column| row.cell(column));
            let attributes = Attributes { wikidata, ags, iso, land, party, gender, born, parent, valid, note, source };
            self.add(
                table,
                row,
                Entity { id: row_id, kind: row_kind, name: label, names, attributes, off: false },
                file_kind.is_some(),
            );
        }
    }

    fn add(&mut self, table: &Table, row: &Row, entity: Entity, embedded: bool) {
        let Some(key) = self.gazetteer.get(&entity.id) else {
            if entity.name.is_empty() {
                self.problem(table, row.line, format!("'{}' is new and has no name", entity.id), "give it a name");
                return;
            }
            let key = EntityKey(self.gazetteer.entities.len() as u32);
            self.gazetteer.by_id.insert(entity.id.clone(), key);
            self.gazetteer.entities.push(entity);
            if !embedded {
                self.take_over(key);
            }
            return;
        };
        if embedded {
            self.problem(table, row.line, format!("'{}' stands here twice", entity.id), "remove one of the rows");
            return;
        }
        let known = &mut self.gazetteer.entities[key.0 as usize];
        if !entity.name.is_empty() {
            known.name = entity.name;
        }
        for name in entity.names {
            if !known.names.iter().any(|other| other.text == name.text) {
                known.names.push(name);
            }
        }
        known.attributes.override_with(entity.attributes);
        self.take_over(key);
    }

    fn names(&mut self, table: &Table) {
        self.fingerprint(table);
        let [id, name, class, from, to, rule] =
            ["id", "name", "class", "valid_from", "valid_to", "rule"].map(|c| table.column(c));
        for row in &table.rows {
            let Some(key) = self.known(table, row, &row.cell(id)) else { continue };
            let class = match row.cell(class).as_ref() {
                "full" => NameClass::Full,
                "short" => NameClass::Short,
                "abbreviation" => NameClass::Abbreviation,
                "adjective" => NameClass::Adjective,
                "surname" => NameClass::Surname,
                other => {
                    let what = format!("'{other}' is no class of a name");
                    self.problem(table, row.line, what, "write full, short, abbreviation, adjective or surname");
                    continue;
                }
            };
            let Some(rule) = self.rule(table, row, rule) else { continue };
            let Some(valid) = self.period(table, row, from, to) else { continue };
            let names = &mut self.gazetteer.entities[key.0 as usize].names;
            let text = row.cell(name);
            // A name with dates or a rule replaces the undated one of the entity's own row.
            names.retain(|known| known.text != text || !known.valid.is_always() || known.rule != NameRule::None);
            names.push(Name { text, class, valid, rule });
        }
    }

    fn roles(&mut self, table: &Table) {
        self.fingerprint(table);
        let [masculine, feminine, office, from, to, rule] =
            ["masculine", "feminine", "office", "valid_from", "valid_to", "rule"].map(|c| table.column(c));
        for row in &table.rows {
            let Some(office) = self.known(table, row, &row.cell(office)) else { continue };
            let Some(valid) = self.period(table, row, from, to) else { continue };
            self.gazetteer.roles.push(RoleWord {
                masculine: row.cell(masculine),
                feminine: row.cell(feminine),
                office,
                valid,
                of_head: row.cell(rule) == "head",
            });
        }
    }

    fn mandates(&mut self, table: &Table) {
        self.fingerprint(table);
        let [person, office, from, to, acting] = ["person", "office", "from", "to", "acting"].map(|c| table.column(c));
        for row in &table.rows {
            let Some(person) = self.known(table, row, &row.cell(person)) else { continue };
            let Some(office) = self.known(table, row, &row.cell(office)) else { continue };
            let Some(period) = self.period(table, row, from, to) else { continue };
            let acting = row.cell(acting) == "acting";
            self.gazetteer.mandates.push(Mandate { person, office, period, acting });
        }
    }

    fn rule(&mut self, table: &Table, row: &Row, column: Option<usize>) -> Option<NameRule> {
        let text = row.text(column);
        // `only` has done its work when the row is read.
        let rule = if text == "only" { Some(NameRule::None) } else { NameRule::parse(text) };
        if rule.is_none() {
            let remedy = format!("write {}", NameRule::KNOWN);
            self.problem(table, row.line, format!("'{text}' is no rule of a name"), &remedy);
        }
        rule
    }

    fn known(&mut self, table: &Table, row: &Row, id: &str) -> Option<EntityKey> {
        let key = self.gazetteer.get(id);
        if key.is_none() {
            self.problem(
                table,
                row.line,
                format!("there is no entity '{id}'"),
                "correct the id, or add the entity to the file of its kind",
            );
        }
        key
    }

    fn period(&mut self, table: &Table, row: &Row, from: Option<usize>, to: Option<usize>) -> Option<Period> {
        match Period::parse(row.text(from), row.text(to)) {
            Ok(period) => Some(period),
            Err(error) => {
                self.problem(table, row.line, error.to_string(), "correct the date or leave the cell empty");
                None
            }
        }
    }
}

impl Attributes {
    fn override_with(&mut self, other: Self) {
        let replace = |mine: &mut Text, theirs: Text| {
            if !theirs.is_empty() {
                *mine = theirs;
            }
        };
        replace(&mut self.wikidata, other.wikidata);
        replace(&mut self.ags, other.ags);
        replace(&mut self.iso, other.iso);
        replace(&mut self.land, other.land);
        replace(&mut self.party, other.party);
        replace(&mut self.gender, other.gender);
        replace(&mut self.born, other.born);
        replace(&mut self.parent, other.parent);
        replace(&mut self.note, other.note);
        replace(&mut self.source, other.source);
        if !other.valid.is_always() {
            self.valid = other.valid;
        }
    }
}

fn is_path(path: &str) -> bool {
    !path.is_empty() && path.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_load_without_a_problem() {
        let mut loader = Loader::default();
        loader.embedded();
        let (gazetteer, problems) = loader.finish();
        assert!(problems.is_empty(), "{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        assert!(gazetteer.entities.len() > 1000);
    }

    #[test]
    fn a_users_list_needs_two_columns_and_overrides() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eigene.csv");
        std::fs::write(&path, "name;kind;id\nMondplanungsgesetz;law;\nOZG neu;law;law:ozg\n").unwrap();
        let gazetteer = Gazetteer::builder().file(&path).build().unwrap();
        assert!(gazetteer.get("law:mondplanungsgesetz").is_some());
        let ozg = gazetteer.entity(gazetteer.get("law:ozg").unwrap());
        assert_eq!(ozg.name, "OZG neu");
        assert!(ozg.names.iter().any(|name| name.text == "Onlinezugangsgesetz"));
    }

    #[test]
    fn mistakes_name_their_place_and_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eigene.tsv");
        std::fs::write(&path, "name\tkind\tvalid_from\nA-Gesetz\tlaw\t31.02.2025\nB\tbehörde\t\n").unwrap();
        let error = Gazetteer::builder().file(&path).build().unwrap_err().to_string();
        assert!(error.contains("eigene.tsv:2: '31.02.2025' is no date"), "{error}");
        assert!(error.contains("eigene.tsv:3: 'behörde' is no kind: one of ministry"), "{error}");
    }
}
