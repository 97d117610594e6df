//! Who was in office and what the ministries were called, walked day by day.
//!
//! Periods are half-open, so a handover leaves neither a day without a holder nor one with two.

use std::collections::{BTreeMap, BTreeSet};

use ressort::date::{Date, Period};
use ressort::document::Kind;
use ressort::gazetteer::{Entity, EntityKey, Gazetteer, NameClass};

/// Ministries that did not exist for a time between two times in which they did.
const INTERRUPTED: [(&str, &str, &str); 1] = [
    // Divided between Wirtschaft und Arbeit and Gesundheit und Soziale Sicherung.
    ("ministry:bund/arbeit", "2002-10-22", "2005-11-22"),
];

/// Portfolios and days without a known head.
const EMPTY: [(&str, &str, &str); 2] = [
    // Who led it between Seehofer and Aigner is not confirmed.
    ("office:bund/landwirtschaft", "2008-10-27", "2008-10-31"),
    ("office:bund/arbeit", "2002-10-22", "2005-11-22"),
];

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn days(from: &str, to: &str) -> impl Iterator<Item = Date> {
    let last = day(to);
    std::iter::successors(Some(day(from)), move |day| day.tomorrow().ok().filter(|next| *next <= last))
}

fn covers(list: &[(&str, &str, &str)], id: &str, on: Date) -> bool {
    list.iter().any(|(known, from, to)| *known == id && day(from) <= on && on < day(to))
}

/// Runs of equal complaints, so that a gap of ten years is one line and not three thousand.
#[derive(Default)]
struct Complaints(BTreeMap<String, (Date, Date)>, Vec<String>);

impl Complaints {
    fn push(&mut self, what: String, on: Date) {
        match self.0.get_mut(&what) {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == on) => *last = on,
            Some((first, last)) => {
                self.1.push(format!("{what}: {first}..{last}"));
                (*first, *last) = (on, on);
            }
            None => {
                self.0.insert(what, (on, on));
            }
        }
    }

    fn assert_none(self) {
        let runs = self.0.into_iter().map(|(what, (first, last))| format!("{what}: {first}..{last}"));
        let all: Vec<String> = self.1.into_iter().chain(runs).collect();
        assert!(all.is_empty(), "\n{}", all.join("\n"));
    }
}

fn federal_ministries(gazetteer: &Gazetteer) -> Vec<(EntityKey, &Entity)> {
    let of_federation = |entity: &&Entity| entity.kind == Kind::Ministry && entity.id.starts_with("ministry:bund/");
    let found: Vec<_> = gazetteer.entities().filter(|(_, entity)| of_federation(entity)).collect();
    assert!(found.len() >= 19, "{} ministries of the Federation", found.len());
    found
}

#[test]
fn a_ministry_has_one_name_on_each_day() {
    let gazetteer = Gazetteer::embedded();
    let ministries = federal_ministries(&gazetteer);
    let mut wrong = Complaints::default();
    for (_, ministry) in ministries {
        let names: Vec<_> = ministry.names.iter().filter(|name| name.class == NameClass::Full).collect();
        for on in days("1998-10-27", "2026-06-30") {
            let now: BTreeSet<&str> =
                names.iter().filter(|name| name.valid.contains(on)).map(|name| name.text.as_ref()).collect();
            let exists = ministry.attributes.valid.contains(on) && !covers(&INTERRUPTED, &ministry.id, on);
            if now.len() != usize::from(exists) {
                wrong.push(format!("{} is called {now:?}", ministry.id), on);
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn a_portfolio_has_one_minister_on_each_day() {
    let gazetteer = Gazetteer::embedded();
    let mut wrong = Complaints::default();
    let mut handovers = 0;
    for (_, ministry) in federal_ministries(&gazetteer) {
        let path = ministry.id.strip_prefix("ministry:").expect("the id of a ministry");
        // The press office is led by a state secretary, not by a member of the government.
        let Some(office) = gazetteer.get(&format!("office:{path}")) else {
            assert_eq!(ministry.id, "ministry:bund/presse", "a ministry without an office of its head");
            continue;
        };
        let (id, valid) = (&gazetteer.entity(office).id, ministry.attributes.valid);
        let mandates = gazetteer.mandates_of(office);
        handovers += mandates.len();
        for on in days("1998-10-27", "2026-06-30") {
            let now: Vec<&str> = mandates
                .iter()
                .filter(|mandate| mandate.period.contains(on))
                .map(|mandate| gazetteer.entity(mandate.person).id.as_ref())
                .collect();
            let led = valid.contains(on) && !covers(&EMPTY, id, on);
            if now.len() != usize::from(led) {
                wrong.push(format!("{id} is held by {now:?}"), on);
            }
        }
    }
    assert!(handovers > 150, "{handovers} mandates of ministers");
    wrong.assert_none();
}

#[test]
fn a_land_has_one_head_of_government_on_each_day() {
    let gazetteer = Gazetteer::embedded();
    let laender: Vec<&Entity> =
        gazetteer.entities().map(|(_, entity)| entity).filter(|entity| entity.kind == Kind::Land).collect();
    assert_eq!(laender.len(), 16);
    let mut wrong = Complaints::default();
    for land in laender {
        let code = land.id.strip_prefix("land:").expect("the id of a Land");
        let office = gazetteer.get(&format!("office:{code}/regierungschef")).expect("the office of its head");
        let mandates = gazetteer.mandates_of(office);
        for on in days("1990-10-03", "2026-06-30") {
            let now: Vec<&str> = mandates
                .iter()
                .filter(|mandate| mandate.period.contains(on))
                .map(|mandate| gazetteer.entity(mandate.person).id.as_ref())
                .collect();
            if now.len() != 1 {
                wrong.push(format!("{code} is led by {now:?}"), on);
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn chancellors_and_presidents_follow_one_another_without_a_gap() {
    let gazetteer = Gazetteer::embedded();
    let since = [
        ("office:bund/kanzler", "1949-09-15"),
        ("office:bund/praesident", "1949-09-13"),
        ("office:bundesrat/praesident", "1999-11-01"),
        ("office:bundestag/praesident", "1998-10-26"),
    ];
    let mut wrong = Complaints::default();
    for (id, from) in since {
        let mandates = gazetteer.mandates_of(gazetteer.get(id).expect("the office"));
        for on in days(from, "2026-06-30") {
            let now = mandates.iter().filter(|mandate| mandate.period.contains(on)).count();
            if now != 1 {
                wrong.push(format!("{id} has {now} holders"), on);
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn who_leads_ad_interim_is_marked() {
    let gazetteer = Gazetteer::embedded();
    let acting = |office: &str, on: &str| {
        let office = gazetteer.get(office).expect("the office");
        let mandate = gazetteer.mandates_of(office).iter().find(|mandate| mandate.period.contains(day(on)));
        mandate.map(|mandate| (gazetteer.entity(mandate.person).id.as_ref().to_owned(), mandate.acting))
    };
    let of = |id: &str, acting: bool| Some((format!("politician:{id}"), acting));
    assert_eq!(acting("office:nw/regierungschef", "2002-10-30"), of("michael-vesper", true));
    assert_eq!(acting("office:st/regierungschef", "1990-10-10"), of("karl-hermann-steinberg", true));
    assert_eq!(acting("office:hh/regierungschef", "2018-03-20"), of("katharina-fegebank", true));
    assert_eq!(acting("office:bund/finanzen", "2017-12-24"), of("peter-altmaier", true));
    assert_eq!(acting("office:bund/finanzen", "2018-12-24"), of("olaf-scholz", false));
}

#[test]
fn periods_of_offices_and_mandates_are_known_from_both_sides() {
    let gazetteer = Gazetteer::embedded();
    let office = gazetteer.get("office:bund/raumordnung").expect("a ministry of the past");
    let last = gazetteer.mandates_of(office).last().expect("its last minister");
    assert_eq!(gazetteer.entity(last.person).name, "Eduard Oswald");
    assert!(last.period.overlaps(&Period::parse("1998-05-01", "").expect("a date")));
}
