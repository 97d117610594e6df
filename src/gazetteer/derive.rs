//! Names that follow from others by rule: offices from ministries, ministries from the words for their heads.

use std::borrow::Cow;

use super::Gazetteer;
use super::entity::{Entity, EntityKey, NameClass, NameRule, RoleWord, Text};
use crate::date::Period;
use crate::document::Kind;

/// A name that no file states because a rule makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct DerivedName {
    /// The entity that it names.
    pub entity: EntityKey,
    /// Its base form.
    pub text: Text,
    /// When it was the name.
    pub valid: Period,
}

/// The ministry that an office heads, by its id: `office:bund/verkehr` heads `ministry:bund/verkehr`.
#[must_use]
pub fn ministry_of_office(gazetteer: &Gazetteer, office: EntityKey) -> Option<EntityKey> {
    let path = gazetteer.entity(office).id.strip_prefix("office:")?;
    gazetteer.get(&format!("ministry:{path}"))
}

/// `Bundespolizei-Gesetz`: a statute of one word, divided before its last part.
fn hyphenated(key: EntityKey, entity: &Entity) -> impl Iterator<Item = DerivedName> {
    let plain = entity.names.iter().filter(|name| name.class != NameClass::Abbreviation && name.rule == NameRule::None);
    plain.filter_map(move |name| {
        let head = name.text.strip_suffix("gesetz").filter(|head| head.len() > 5 && !head.contains([' ', '-']))?;
        Some(DerivedName { entity: key, text: Cow::Owned(format!("{head}-Gesetz")), valid: name.valid })
    })
}

impl Gazetteer {
    /// All names that follow by rule.
    ///
    /// - `Digitalminister` of the Federation is also `Bundesdigitalminister`;
    /// - the head of the `Bundesbank` is the `Bundesbankpräsident` and the `Bundesbankchef`;
    /// - its ministry is the `Digitalministerium`, `Bundesdigitalministerium`, `Digitalressort`;
    /// - the head of the `Bundesministerium für Verkehr` is the `Bundesminister für Verkehr`, and that of the
    ///   `Bayerisches Staatsministerium für Digitales` the `Staatsminister für Digitales`; that of the Federation also the
    ///   `Minister für Verkehr`;
    /// - the `Hessisches Ministerium für Digitalisierung und Innovation` is at home the `Ministerium für Digitalisierung
    ///   und Innovation`, and the department of an `Innensenator` the `Innenressort`;
    /// - the press divides long compounds, so that the `Bundespolizeigesetz` is also the `Bundespolizei-Gesetz`;
    /// - the `Sächsische Staatskanzlei` is also the `Staatskanzlei` of its Land.
    #[must_use]
    pub fn derived_names(&self) -> Vec<DerivedName> {
        let mut derived = Vec::new();
        for role in &self.roles {
            self.names_of_role(role, &mut derived);
        }
        for (key, entity) in self.entities() {
            if entity.kind == Kind::Law {
                derived.extend(hyphenated(key, entity));
            }
            if entity.kind == Kind::Ministry {
                self.titles_of_head(key, &mut derived);
                // `die sächsische Staatskanzlei`, `die Staatskanzlei in München`: whose it is says the Land beside it.
                for (end, word) in [("/staatskanzlei", "Staatskanzlei"), ("/senatskanzlei", "Senatskanzlei")] {
                    let named = entity.names.iter().any(|name| name.text.contains(word));
                    if entity.id.ends_with(end) && named {
                        derived.push(DerivedName { entity: key, text: word.into(), valid: entity.attributes.valid });
                    }
                }
            }
        }
        derived
    }

    fn names_of_role(&self, role: &RoleWord, derived: &mut Vec<DerivedName>) {
        if role.of_head {
            self.compounds_of_head(role, derived);
            return;
        }
        let mut push = |entity, text: Text| derived.push(DerivedName { entity, text, valid: role.valid });
        let federal = self.entity(role.office).id.starts_with("office:bund/");
        let with_prefix = |word: &str| -> Option<Text> {
            // `Bundeskanzler` stands in the file as it is; only one-word names take the prefix.
            let plain = federal && !word.starts_with("Bundes") && !word.contains(' ') && word.contains("minister");
            plain.then(|| Cow::Owned(format!("Bundes{}", lower_first(word))))
        };
        for word in [&role.masculine, &role.feminine] {
            if word.is_empty() {
                continue;
            }
            push(role.office, word.clone());
            if let Some(word) = with_prefix(word) {
                push(role.office, word);
            }
        }
        // `das Berliner Innenressort`: that of the Innensenator.
        if let (Some(stem), Some(ministry)) =
            (role.masculine.strip_suffix("senator"), ministry_of_office(self, role.office))
            && stem.len() > 2
        {
            push(ministry, Cow::Owned(format!("{stem}ressort")));
        }
        // `Premierminister`, `Staatsminister` and `Ministerpräsident` head no ministry of that name.
        let stem = role.masculine.strip_suffix("minister").filter(|stem| !stem.contains(' ') && stem.len() > 2);
        let Some(stem) = stem.filter(|stem| !matches!(*stem, "Staats" | "Bundes" | "Landes" | "Kanzleramts")) else {
            return;
        };
        let Some(ministry) = ministry_of_office(self, role.office) else { return };
        for end in ["ministerium", "ressort"] {
            let name = format!("{stem}{end}");
            if federal && end == "ministerium" && !stem.starts_with("Bundes") {
                push(ministry, Cow::Owned(format!("Bundes{}", lower_first(&name))));
            }
            push(ministry, Cow::Owned(name));
        }
    }

    /// The `Präsident` of the `Bundesbank` is the `Bundesbankpräsident` and the `Bundesbankchef`.
    fn compounds_of_head(&self, role: &RoleWord, derived: &mut Vec<DerivedName>) {
        const SHORTEST: usize = 7;
        let Some(body) = self.get(&self.entity(role.office).attributes.parent) else { return };
        let is_plain = |text: &str| text.len() >= SHORTEST && text.chars().skip(1).all(char::is_lowercase);
        for name in &self.entity(body).names {
            let formal = matches!(name.class, NameClass::Full | NameClass::Short);
            if !formal || name.rule != NameRule::None || !is_plain(&name.text) {
                continue;
            }
            // `Bundesamtschef`, but `Bundesbankchef`.
            let link = if ["amt", "gericht", "dienst"].iter().any(|end| name.text.ends_with(end)) { "s" } else { "" };
            for title in [role.masculine.as_ref(), role.feminine.as_ref(), "Chef", "Chefin"] {
                let text = format!("{}{link}{}", name.text, lower_first(title));
                if !title.is_empty() && !title.contains(' ') && derived.iter().all(|known| known.text != text) {
                    derived.push(DerivedName { entity: role.office, text: Cow::Owned(text), valid: role.valid });
                }
            }
        }
    }

    /// `Bundesministerium für Verkehr` is headed by the `Bundesminister für Verkehr`.
    fn titles_of_head(&self, ministry: EntityKey, derived: &mut Vec<DerivedName>) {
        let entity = self.entity(ministry);
        let Some(office) = entity.id.strip_prefix("ministry:").and_then(|path| self.get(&format!("office:{path}")))
        else {
            return;
        };
        let land = entity.attributes.land.as_ref();
        let land_name = self.get(&format!("land:{land}")).map(|key| self.entity(key).name.as_ref());
        for name in entity.names.iter().filter(|name| name.class == NameClass::Full) {
            let Some(at) = name.text.find("inisterium ") else { continue };
            let head_start = name.text[..at].rfind(' ').map_or(0, |space| space + 1);
            let head = &name.text[head_start..at];
            let mut portfolio = &name.text[at + "inisterium ".len()..];
            if let Some(land) = land_name {
                for tail in [format!(" des Landes {land}"), format!(" {land}")] {
                    portfolio = portfolio.strip_suffix(tail.as_str()).unwrap_or(portfolio);
                }
            }
            let mut push =
                |entity, text| derived.push(DerivedName { entity, text: Cow::Owned(text), valid: name.valid });
            for end in ["inister", "inisterin"] {
                push(office, format!("{head}{end} {portfolio}"));
            }
            // `das Ministerium für Digitalisierung und Innovation` in a text from Hessen: whose it is, is plain there.
            if land_name.is_some() && matches!(head, "M" | "Staatsm") {
                push(ministry, format!("{head}inisterium {portfolio}"));
            }
            // `der Minister für Digitales und Staatsmodernisierung`: who speaks of the Federation need not say so.
            if head == "Bundesm" {
                push(ministry, format!("Ministerium {portfolio}"));
                push(office, format!("Minister {portfolio}"));
                push(office, format!("Ministerin {portfolio}"));
            }
        }
    }
}

fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(id: &str) -> Vec<String> {
        let gazetteer = Gazetteer::embedded();
        let key = gazetteer.get(id).unwrap();
        gazetteer
            .derived_names()
            .into_iter()
            .filter(|name| name.entity == key)
            .map(|name| name.text.into_owned())
            .collect()
    }

    #[test]
    fn the_head_of_a_ministry_has_its_titles() {
        let names = names_of("office:bund/verkehr");
        for name in [
            "Bundesminister für Digitales und Verkehr",
            "Bundesministerin für Verkehr",
            "Ministerin für Digitales und Verkehr",
            "Bundesdigitalminister",
            "Verkehrsministerin",
        ] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
        let names = names_of("office:by/digitales");
        assert!(names.iter().any(|known| known == "Staatsminister für Digitales"), "{names:?}");
    }

    #[test]
    fn a_ministry_is_called_after_its_head() {
        let names = names_of("ministry:bund/digitales");
        for name in ["Digitalministerium", "Bundesdigitalministerium"] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
    }
}
