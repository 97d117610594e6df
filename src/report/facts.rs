//! What the gazetteer knows about an entity beside its row in the table: names through time, offices and their holders.

use serde_json::{Value, json};

use crate::date::Period;
use crate::gazetteer::{EntityKey, Gazetteer, Mandate, NameClass};

/// Names and mandates shown of one entity.
const SHOWN: usize = 60;

/// The facts as an object with the keys `names` (text, from, to), `held` (person or office by id and name, from, to,
/// acting) and `gender`; null where the gazetteer does not know more than the table.
pub(super) fn facts(gazetteer: &Gazetteer, id: &str) -> Value {
    let Some(key) = gazetteer.get(id) else { return Value::Null };
    let entity = gazetteer.entity(key);
    let mut names: Vec<_> = entity
        .names
        .iter()
        .filter(|name| matches!(name.class, NameClass::Full | NameClass::Short | NameClass::Abbreviation))
        .filter(|name| name.text != entity.name || !name.valid.is_always())
        .collect();
    names.sort_by_key(|name| (name.valid.from, name.valid.to.is_none(), name.valid.to, name.class));
    let names: Vec<Value> =
        names.iter().take(SHOWN).map(|name| with_period(vec![json!(name.text)], name.valid)).collect();
    let held: Vec<Value> = mandates(gazetteer, key)
        .iter()
        .take(SHOWN)
        .map(|mandate| {
            let other = gazetteer.entity(if mandate.person == key { mandate.office } else { mandate.person });
            let mut cells = vec![json!(other.id), json!(other.name)];
            if mandate.acting {
                cells.push(json!(true));
            }
            json!([cells, period(mandate.period)])
        })
        .collect();
    let gender = entity.attributes.gender.as_ref();
    if names.is_empty() && held.is_empty() && gender.is_empty() {
        return Value::Null;
    }
    json!({ "names": names, "held": held, "gender": gender })
}

/// The offices of a person, the holders of an office or of the one that heads a ministry; latest first.
fn mandates(gazetteer: &Gazetteer, key: EntityKey) -> Vec<Mandate> {
    let id = &gazetteer.entity(key).id;
    let office = id.strip_prefix("ministry:").and_then(|path| gazetteer.get(&format!("office:{path}"))).unwrap_or(key);
    let mut mandates: Vec<Mandate> = if id.starts_with("politician:") {
        gazetteer.mandates().iter().filter(|mandate| mandate.person == key).copied().collect()
    } else {
        gazetteer.mandates_of(office).to_vec()
    };
    mandates.sort_by_key(|mandate| std::cmp::Reverse(mandate.period.from));
    mandates
}

fn with_period(mut cells: Vec<Value>, valid: Period) -> Value {
    cells.push(period(valid));
    Value::Array(cells)
}

/// From and to as text; an empty text is an open end.
fn period(period: Period) -> Value {
    let day = |day: Option<crate::date::Date>| day.map_or_else(String::new, |day| day.to_string());
    json!([day(period.from), day(period.to)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ministry_has_its_names_and_those_who_led_it() {
        let facts = facts(&Gazetteer::embedded(), "ministry:bund/wirtschaft");
        let text = facts.to_string();
        assert!(text.contains(r#""BMWK",["2021-12-08","2025-05-06"]"#), "{text}");
        assert!(text.contains(r#"["politician:robert-habeck","Robert Habeck"],["2021-12-08","2025-05-06"]"#), "{text}");
        assert_eq!(super::facts(&Gazetteer::embedded(), "ministry:no/such"), Value::Null);
    }
}
