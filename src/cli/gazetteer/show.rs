//! `ressort gazetteer show`: the dated story of one entity.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::{View, class, known, print_json};
use crate::date::{Date, Period};
use crate::document::Kind;
use crate::gazetteer::{Entity, EntityKey, Gazetteer, Mandate, Name, RoleWord};
use crate::write::period_object;

/// At most so many parts are printed as text; JSON has them all.
const PARTS: usize = 30;

/// What is told of an entity.
struct Story<'g> {
    gazetteer: &'g Gazetteer,
    key: EntityKey,
    entity: &'g Entity,
    /// By first day.
    names: Vec<&'g Name>,
    /// The office that heads it.
    head: Option<EntityKey>,
    /// Its own mandates: holders of an office, offices of a person.
    mandates: Vec<&'g Mandate>,
    /// Who led it.
    heads: Vec<&'g Mandate>,
    /// Words for the office, or for the one that heads it.
    words: Vec<&'g RoleWord>,
    /// What belongs to it.
    parts: Vec<&'g Entity>,
}

impl<'g> Story<'g> {
    fn new(gazetteer: &'g Gazetteer, key: EntityKey, day: Option<Date>) -> Self {
        let entity = gazetteer.entity(key);
        let during = |period: Period| day.is_none_or(|day| period.contains(day));
        let mut names: Vec<&Name> = entity.names.iter().filter(|name| during(name.valid)).collect();
        names.sort_by_key(|name| (name.class, name.valid.from));
        let head = entity.id.strip_prefix("ministry:").and_then(|path| gazetteer.get(&format!("office:{path}")));
        let is_own = |mandate: &&Mandate| mandate.office == key || mandate.person == key;
        let mandates = gazetteer.mandates().iter().filter(is_own).filter(|mandate| during(mandate.period)).collect();
        let heads = head.map_or(&[][..], |head| gazetteer.mandates_of(head));
        let office = head.unwrap_or(key);
        Self {
            gazetteer,
            key,
            entity,
            names,
            head,
            mandates,
            heads: heads.iter().filter(|mandate| during(mandate.period)).collect(),
            words: gazetteer.roles().iter().filter(|role| role.office == office && during(role.valid)).collect(),
            parts: gazetteer
                .entities()
                .map(|(_, part)| part)
                .filter(|part| part.attributes.parent == entity.id)
                .collect(),
        }
    }

    fn attributes(&self) -> [(&'static str, &'g str); 9] {
        let facts = &self.entity.attributes;
        [
            ("land", &facts.land),
            ("party", &facts.party),
            ("born", &facts.born),
            ("wikidata", &facts.wikidata),
            ("ags", &facts.ags),
            ("iso", &facts.iso),
            ("parent", &facts.parent),
            ("note", &facts.note),
            ("source", &facts.source),
        ]
    }

    /// The other side of a mandate: the person of an office, the office of a person.
    fn other(&self, mandate: &Mandate) -> &'g Entity {
        self.gazetteer.entity(if mandate.person == self.key { mandate.office } else { mandate.person })
    }

    fn json(&self, day: Option<Date>) -> Value {
        let mut object = json!({
            "entity": self.entity.id,
            "kind": self.entity.kind.as_str(),
            "name": self.gazetteer.name_on(self.key, day),
        });
        for (name, value) in self.attributes() {
            object[name] = known(value);
        }
        object["valid"] = period_object(self.entity.attributes.valid);
        let name =
            |name: &&Name| json!({ "text": name.text, "class": class(name.class), "valid": period_object(name.valid) });
        let mandate = |mandate: &&Mandate| {
            let other = self.other(mandate);
            json!({
                "entity": other.id,
                "name": other.name,
                "valid": period_object(mandate.period),
                "acting": mandate.acting,
            })
        };
        let word = |word: &&RoleWord| json!({ "masculine": word.masculine, "feminine": known(&word.feminine), "valid": period_object(word.valid) });
        object["names"] = self.names.iter().map(name).collect();
        object["mandates"] = self.mandates.iter().map(mandate).collect();
        object["office"] = self.head.map_or(Value::Null, |head| self.gazetteer.entity(head).id.as_ref().into());
        object["heads"] = self.heads.iter().map(mandate).collect();
        object["words"] = self.words.iter().map(word).collect();
        object["parts"] = self.parts.iter().map(|part| part.id.as_ref()).collect();
        object
    }

    fn print(&self, out: &mut impl Write, day: Option<Date>) -> std::io::Result<()> {
        let name = self.gazetteer.name_on(self.key, day);
        writeln!(out, "{}  {}  {name}", self.entity.id, self.entity.kind)?;
        writeln!(out, "  {:<13} {}", "valid", self.entity.attributes.valid)?;
        for (name, value) in self.attributes().iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(out, "  {name:<13} {value}")?;
        }
        for name in &self.names {
            let rule = name.rule.to_string();
            let needs = if rule.is_empty() { rule } else { format!(", needs {rule}") };
            writeln!(out, "  {:<13} {}  ({}{needs})", class(name.class), name.text, name.valid)?;
        }
        if let Some(head) = self.head {
            writeln!(out, "  {:<13} {}", "headed by", self.gazetteer.entity(head).id)?;
        }
        for word in &self.words {
            let feminine = if word.feminine.is_empty() { String::new() } else { format!(" / {}", word.feminine) };
            writeln!(out, "  {:<13} {}{feminine}  ({})", "word", word.masculine, word.valid)?;
        }
        let label = if self.entity.kind == Kind::Politician { "held" } else { "holder" };
        for (label, mandates) in [(label, &self.mandates), ("head", &self.heads)] {
            for mandate in mandates {
                let other = self.other(mandate);
                let acting = if mandate.acting { ", acting" } else { "" };
                writeln!(out, "  {label:<13} {}  {}  ({}{acting})", other.name, other.id, mandate.period)?;
            }
        }
        for part in self.parts.iter().take(PARTS) {
            writeln!(out, "  {:<13} {}  {}", "part", part.name, part.id)?;
        }
        if self.parts.len() > PARTS {
            writeln!(out, "  {:<13} and {} more", "", self.parts.len() - PARTS)?;
        }
        Ok(())
    }
}

pub(super) fn show(out: &mut impl Write, id: &str, view: &View) -> anyhow::Result<ExitCode> {
    let (gazetteer, day) = (view.load()?, view.day()?);
    let Some(key) = gazetteer.get(id) else {
        bail!("'{id}' is no entity of the gazetteers; 'ressort gazetteer lookup NAME' finds the id of a name");
    };
    let story = Story::new(&gazetteer, key, day);
    if view.is_json() {
        print_json(out, &story.json(day))?;
    } else {
        story.print(out, day)?;
    }
    Ok(ExitCode::SUCCESS)
}
