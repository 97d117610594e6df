//! Are the persons of reference lists found, each with the identifier and the party that the list has?
//!
//! The lists lie outside of the project: in the folder that `RESSORT_FACTS` names, or in `../shared/facts`. Where they
//! are absent the test is skipped, unless `RESSORT_REQUIRE_FACTS` is set.
#![allow(clippy::print_stderr)] // that a test was skipped is for the person who runs it

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ressort::document::Kind;
use ressort::{Entity, Layers, Pipeline};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().expect("the built-in gazetteers load")
});

/// A member of the government and of no party, whom the list gives the group that he spoke for.
const OF_NO_PARTY: &str = "Wolfram Weimer";

/// Rows of the list that are no person to be found, with the reason.
const NOT_FOUND: [(&str, &str); 2] = [
    ("Q2143508", "the same name and day of birth as Q69677: one person"),
    ("Q65497730", "the list has no name for it"),
];

fn rows(file: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let folder = std::env::var_os("RESSORT_FACTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts"), PathBuf::from);
    let path = folder.join(file);
    if !path.is_file() {
        assert!(
            std::env::var_os("RESSORT_REQUIRE_FACTS").is_none(),
            "RESSORT_REQUIRE_FACTS is set, but there is no {}",
            path.display()
        );
        eprintln!("SKIPPED: no {}; name its folder in RESSORT_FACTS", path.display());
        return None;
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let row =
        |line: &str| header.iter().map(|name| (*name).to_owned()).zip(line.split('\t').map(str::to_owned)).collect();
    Some(lines.map(row).collect())
}

fn persons_called(name: &str) -> Vec<&'static Entity> {
    let readings = PIPELINE.lookup(name, None);
    let persons = readings.into_iter().filter(|reading| reading.kind == Kind::Politician);
    persons.map(|reading| PIPELINE.gazetteer().entity(reading.entity)).collect()
}

#[test]
fn members_of_the_bundestag_since_1949_are_found_with_identifier_and_year() {
    let Some(rows) = rows("bundestag_persons_wikidata_2022.tsv") else { return };
    assert!(rows.len() > 4_600, "{} rows", rows.len());
    let mut missed = Vec::new();
    for row in &rows {
        let (id, name, born) = (&row["wikidata"], &row["name"], &row["birth_date"]);
        if NOT_FOUND.iter().any(|(known, _)| known == id) {
            continue;
        }
        let year = born.get(..4).unwrap_or("");
        let fits = |person: &&Entity| {
            person.attributes.wikidata.as_ref() == id && person.attributes.born.get(..4).unwrap_or("") == year
        };
        if persons_called(name).iter().filter(|person| fits(person)).count() != 1 {
            let found: Vec<_> = persons_called(name).iter().map(|person| person.id.to_string()).collect();
            missed.push(format!("{id} {name} {born}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), rows.len(), missed.join("\n"));
}

#[test]
fn who_spoke_in_the_bundestag_of_2025_is_found_with_the_party() {
    let Some(rows) = rows("bundestag_speakers_2025.tsv") else { return };
    assert!(rows.len() > 600, "{} rows", rows.len());
    let mut missed = Vec::new();
    for row in &rows {
        let parties: &[&str] = match row["group"].as_str() {
            "AfD" => &["afd"],
            "CDU/CSU" => &["cdu", "csu"],
            "DIE LINKE" => &["linke"],
            "GRÜNE" => &["gruene"],
            "SPD" => &["spd"],
            "fraktionslos" => &["ssw"],
            // Guests and rows without a name.
            _ => continue,
        };
        let name = &row["name"];
        if name == OF_NO_PARTY {
            continue;
        }
        let persons = persons_called(name);
        if !persons.iter().any(|person| parties.contains(&person.attributes.party.as_ref())) {
            let found: Vec<_> = persons.iter().map(|person| (&person.id, &person.attributes.party)).collect();
            missed.push(format!("{name} ({}): {found:?}", row["group"]));
        }
    }
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), rows.len(), missed.join("\n"));
}

#[test]
fn namesakes_stay_apart() {
    let mut by_name: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    for (_, entity) in PIPELINE.gazetteer().entities().filter(|(_, entity)| entity.kind == Kind::Politician) {
        by_name.entry(&entity.name).or_default().push(entity);
    }
    by_name.retain(|_, persons| persons.len() > 1);
    assert!(by_name.len() >= 15 && by_name["Gerhard Schröder"].len() == 2, "{by_name:?}");
    for (name, persons) in by_name {
        let found: Vec<_> = persons_called(name).iter().map(|person| &person.id).collect();
        // The year of birth tells them apart, and where no source has it, the Land in whose Landtag they sit.
        let with_year_or_land = |person: &&&Entity| {
            let year = person.attributes.born.get(..4);
            let land = || year.is_none() && person.attributes.note.as_ref() == "Landtag";
            person.id.rsplit_once('-').is_some_and(|(_, end)| year == Some(end) || (end.len() == 2 && land()))
        };
        assert!(persons.iter().all(|person| found.contains(&&person.id)), "{name}: {found:?}");
        // Whoever had the plain id first keeps it.
        assert!(persons.iter().filter(with_year_or_land).count() + 1 >= persons.len(), "{name}: {persons:?}");
    }
}
