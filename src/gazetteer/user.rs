//! What a user's list does to the built-in entries: it adds, takes precedence, replaces, switches off.

use std::borrow::Cow;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::entity::{EntityKey, Text};
use super::load::Loader;
use super::table::{Row, Table};
use crate::document::Kind;
use crate::fingerprint::fnv1a;
use crate::text::fold;

/// Which entities bear a name.
pub(super) type NameIndex = FxHashMap<Text, Vec<EntityKey>>;

impl Loader {
    /// The names that are there before the first list of the user's.
    pub(super) fn index_names(&mut self) {
        if !self.built_in.is_empty() {
            return;
        }
        for (key, entity) in self.gazetteer.entities() {
            for name in &entity.names {
                let keys = self.built_in.entry(name.text.clone()).or_default();
                if keys.last() != Some(&key) {
                    keys.push(key);
                }
            }
        }
    }

    /// The id of a row that states none: that of the one built-in entity of the kind with this name, else a new one.
    pub(super) fn id_of(&self, kind: Kind, label: &str) -> Text {
        let mut bearers = self.bearers(kind, label);
        match (bearers.next(), bearers.next()) {
            (Some(key), None) => self.gazetteer.entity(key).id.clone(),
            _ => Cow::Owned(id_from(kind, label)),
        }
    }

    fn bearers(&self, kind: Kind, label: &str) -> impl Iterator<Item = EntityKey> {
        let keys = self.built_in.get(label).map_or(&[][..], Vec::as_slice);
        keys.iter().copied().filter(move |&key| self.gazetteer.entity(key).kind == kind)
    }

    /// Carries out `off` and `only` in the column `rule`; whether the row is done with that.
    ///
    /// - `off` with an id alone switches the entity off; with a name too, only that name of it; with a name and no id,
    ///   the name of all entities of the kind.
    /// - `only`: the names of this row are all that the entity has.
    pub(super) fn edit(&mut self, table: &Table, row: &Row, kind: Kind, label: &str) -> bool {
        let rule = row.text(table.column("rule"));
        if rule != "off" && rule != "only" {
            return false;
        }
        let id = row.text(table.column("id"));
        let keys: Vec<EntityKey> = if id.is_empty() {
            self.bearers(kind, label).collect()
        } else {
            self.gazetteer.get(id).into_iter().collect()
        };
        if keys.is_empty() && rule == "off" {
            let what = if id.is_empty() {
                format!("no {kind} has the name '{label}'")
            } else {
                format!("there is no entity '{id}'")
            };
            self.problem(table, row.line, what, "correct it; 'ressort gazetteer lookup NAME' shows what there is");
            return true;
        }
        for key in keys {
            let entity = &mut self.gazetteer.entities[key.0 as usize];
            if rule == "off" && !label.is_empty() {
                entity.names.retain(|name| name.text != label);
            } else {
                entity.names.clear();
                entity.off = true;
            }
        }
        rule == "off"
    }

    /// The user's names win over built-in ones: whoever lists a name wants it to mean what the list says.
    pub(super) fn take_over(&mut self, owner: EntityKey) {
        let Self { gazetteer, built_in, .. } = self;
        for index in 0..gazetteer.entity(owner).names.len() {
            // Few names of a list are also ours.
            let name = &gazetteer.entity(owner).names[index].text;
            let Some(keys) = built_in.get(name) else { continue };
            let name = name.clone();
            for key in keys.iter().filter(|&&key| key != owner) {
                gazetteer.entities[key.0 as usize].names.retain(|other| other.text != name);
            }
        }
    }
}

/// `kind:path` with a path made of the name: `Netzwerk Junge Bürgermeister*innen` becomes
/// `netzwerk-junge-buergermeister-innen`. A name without Latin letters gets a number that stands for it.
fn id_from(kind: Kind, name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 16);
    id.push_str(kind.as_str());
    id.push(':');
    let start = id.len();
    for c in fold(name).chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if id.len() > start && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    if id.len() == start {
        let _ = write!(id, "x{:x}", fnv1a(name.as_bytes())); // a String takes everything
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gazetteer;

    fn with_list(list: &str) -> Result<Gazetteer, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eigene.csv");
        std::fs::write(&path, list).unwrap();
        Gazetteer::builder().file(&path).build().map_err(|error| error.to_string())
    }

    fn names<'g>(gazetteer: &'g Gazetteer, id: &str) -> Vec<&'g str> {
        gazetteer.entity(gazetteer.get(id).unwrap()).names.iter().map(|name| name.text.as_ref()).collect()
    }

    #[test]
    fn ids_are_ascii() {
        assert_eq!(
            id_from(Kind::Association, "Netzwerk Junge Bürgermeister*innen"),
            "association:netzwerk-junge-buergermeister-innen"
        );
        assert_eq!(id_from(Kind::Programme, "(Neu)Start KfZ"), "programme:neu-start-kfz");
        assert!(id_from(Kind::Body, "内閣").starts_with("body:x"));
    }

    #[test]
    fn a_known_name_is_the_known_entity() {
        let gazetteer = with_list("name;kind\nOnlinezugangsgesetz;law\n").unwrap();
        assert!(gazetteer.get("law:onlinezugangsgesetz").is_none());
    }

    #[test]
    fn entries_are_switched_off_whole_or_by_name() {
        let gazetteer =
            with_list("id;name;kind;rule\nlaw:ozg;;law;off\nlaw:bgb;BGB;law;off\n;Grundgesetz;law;off\n").unwrap();
        assert!(names(&gazetteer, "law:ozg").is_empty());
        assert_eq!(names(&gazetteer, "law:bgb").iter().filter(|name| **name == "BGB").count(), 0);
        assert!(names(&gazetteer, "law:bgb").contains(&"Bürgerliches Gesetzbuch"));
        assert!(!names(&gazetteer, "law:gg").contains(&"Grundgesetz"));
    }

    #[test]
    fn entries_are_replaced() {
        let gazetteer = with_list("id;name;kind;rule\nlaw:ozg;Zugangsgesetz;law;only\n").unwrap();
        assert_eq!(names(&gazetteer, "law:ozg"), ["Zugangsgesetz"]);
    }

    #[test]
    fn names_of_the_list_win() {
        let gazetteer = with_list("name;kind;id\nDeutschland-Stack;association;association:stack-ag\n").unwrap();
        assert_eq!(names(&gazetteer, "association:stack-ag"), ["Deutschland-Stack"]);
        assert!(!names(&gazetteer, "programme:d-stack").contains(&"Deutschland-Stack"));
    }

    #[test]
    fn what_cannot_be_switched_off_is_said() {
        let error = with_list("name;kind;rule\nMondgesetz;law;off\n").unwrap_err();
        assert!(error.contains("eigene.csv:2: no law has the name 'Mondgesetz'; correct it"), "{error}");
        let error = with_list("name;kind;rule\nMondgesetz;law;streng\n").unwrap_err();
        assert!(error.contains("eigene.csv:2: 'streng' is no rule of a name; write context,"), "{error}");
    }
}
