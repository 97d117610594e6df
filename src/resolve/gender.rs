//! The grammatical gender of names, from the noun that heads them: an article that does not agree speaks of something
//! else (`die BMZ` is a fire alarm system, the ministry is neuter).

/// Genders as a set, for an article fits several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Genders(u8);

impl Genders {
    pub(super) const MASCULINE: Self = Self(1);
    pub(super) const FEMININE: Self = Self(2);
    pub(super) const NEUTER: Self = Self(4);
    const MASCULINE_OR_FEMININE: Self = Self(3);
    const MASCULINE_OR_NEUTER: Self = Self(5);

    /// Whether they have a gender in common.
    pub(super) fn agree(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Ends of nouns that tell their gender: suffixes (Duden, Grammatik: `-ung`, `-heit`, `-schaft`, `-tion` are feminine) and
/// the last parts of compounds, which give a compound its gender. Longer ends stand before the shorter ones they end in.
const ENDS: &[(&str, Genders)] = &[
    ("ministerium", Genders::NEUTER),
    ("präsidium", Genders::NEUTER),
    ("gremium", Genders::NEUTER),
    ("zentrum", Genders::NEUTER),
    ("amt", Genders::NEUTER),
    ("gesetzbuch", Genders::NEUTER),
    ("buch", Genders::NEUTER),
    ("gesetz", Genders::NEUTER),
    ("gericht", Genders::NEUTER),
    ("institut", Genders::NEUTER),
    ("register", Genders::NEUTER),
    ("portal", Genders::NEUTER),
    ("konto", Genders::NEUTER),
    ("cockpit", Genders::NEUTER),
    ("netzwerk", Genders::NEUTER),
    ("werk", Genders::NEUTER),
    ("netz", Genders::NEUTER),
    ("system", Genders::NEUTER),
    ("programm", Genders::NEUTER),
    ("projekt", Genders::NEUTER),
    ("management", Genders::NEUTER),
    ("verfahren", Genders::NEUTER),
    ("büro", Genders::NEUTER),
    ("kollegium", Genders::NEUTER),
    ("abkommen", Genders::NEUTER),
    ("haus", Genders::NEUTER),
    ("kreuz", Genders::NEUTER),
    ("forum", Genders::NEUTER),
    ("labor", Genders::NEUTER),
    ("agentur", Genders::FEMININE),
    ("anstalt", Genders::FEMININE),
    ("stelle", Genders::FEMININE),
    ("behörde", Genders::FEMININE),
    ("kammer", Genders::FEMININE),
    ("konferenz", Genders::FEMININE),
    ("bank", Genders::FEMININE),
    ("cloud", Genders::FEMININE),
    ("strategie", Genders::FEMININE),
    ("agenda", Genders::FEMININE),
    ("akademie", Genders::FEMININE),
    ("polizei", Genders::FEMININE),
    ("partei", Genders::FEMININE),
    ("kanzlei", Genders::FEMININE),
    ("linie", Genders::FEMININE),
    ("infrastruktur", Genders::FEMININE),
    ("wehr", Genders::FEMININE),
    ("akte", Genders::FEMININE),
    ("nummer", Genders::FEMININE),
    ("kasse", Genders::FEMININE),
    ("kooperation", Genders::FEMININE),
    ("plattform", Genders::FEMININE),
    ("schule", Genders::FEMININE),
    ("ung", Genders::FEMININE),
    ("heit", Genders::FEMININE),
    ("keit", Genders::FEMININE),
    ("schaft", Genders::FEMININE),
    ("tion", Genders::FEMININE),
    ("sion", Genders::FEMININE),
    ("union", Genders::FEMININE),
    ("tät", Genders::FEMININE),
    ("rat", Genders::MASCULINE),
    ("rath", Genders::MASCULINE),
    ("verbund", Genders::MASCULINE),
    ("bund", Genders::MASCULINE),
    ("verband", Genders::MASCULINE),
    ("verein", Genders::MASCULINE),
    ("pakt", Genders::MASCULINE),
    ("plan", Genders::MASCULINE),
    ("gipfel", Genders::MASCULINE),
    ("hof", Genders::MASCULINE),
    ("dienst", Genders::MASCULINE),
    ("tag", Genders::MASCULINE),
    ("vertrag", Genders::MASCULINE),
    ("ausschuss", Genders::MASCULINE),
    ("kreis", Genders::MASCULINE),
    ("fonds", Genders::MASCULINE),
    ("dienstleister", Genders::MASCULINE),
    ("betrieb", Genders::MASCULINE),
    ("rundfunk", Genders::MASCULINE),
    ("standard", Genders::MASCULINE),
    ("stack", Genders::MASCULINE),
    ("act", Genders::MASCULINE),
    ("anwalt", Genders::MASCULINE),
    ("beauftragter", Genders::MASCULINE_OR_FEMININE),
    ("beauftragte", Genders::MASCULINE_OR_FEMININE),
];

/// The gender of a name; `None` where its head does not tell it.
pub(super) fn of_name(name: &str) -> Option<Genders> {
    // The head is the last word before the first small one: `Bundesanstalt für Immobilienaufgaben`, but not `Städte- und
    // Gemeindebund`.
    let mut head = "";
    for word in name.split(' ') {
        if word.starts_with(char::is_lowercase) && word != "und" && word != "u." {
            break;
        }
        if word != "und" {
            head = word;
        }
    }
    let head = head.rsplit('-').next().unwrap_or(head).to_lowercase();
    let last = head.as_bytes().last();
    let fits = |end: &str| end.as_bytes().last() == last && head.ends_with(end);
    let end = ENDS.iter().filter(|(end, _)| fits(end)).max_by_key(|(end, _)| end.len())?;
    Some(end.1)
}

/// The genders with which an article agrees in the singular; `None` where the word is none. `die` and `den` are plural
/// too, but names of institutions are singular.
pub(super) fn of_article(word: &str) -> Option<Genders> {
    Some(match word {
        "das" | "Das" | "dieses" | "Dieses" | "ins" | "fürs" => Genders::NEUTER,
        "die" | "Die" | "diese" | "Diese" | "zur" | "Zur" => Genders::FEMININE,
        "den" | "Den" | "diesen" => Genders::MASCULINE,
        "der" | "Der" | "dieser" | "Dieser" => Genders::MASCULINE_OR_FEMININE,
        "des" | "dem" | "Dem" | "im" | "Im" | "am" | "Am" | "vom" | "Vom" | "zum" | "Zum" | "beim" | "Beim"
        | "diesem" => Genders::MASCULINE_OR_NEUTER,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_give_names_their_gender() {
        for (name, gender) in [
            ("Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung", Genders::NEUTER),
            ("Deutsche Verwaltungscloud", Genders::FEMININE),
            ("Föderales Informationsmanagement", Genders::NEUTER),
            ("Deutscher Städte- und Gemeindebund", Genders::MASCULINE),
            ("Bundesagentur für Arbeit", Genders::FEMININE),
            ("Interoperable Europe Act", Genders::MASCULINE),
            ("Nationaler Normenkontrollrat", Genders::MASCULINE),
            ("Deutschland-Stack", Genders::MASCULINE),
        ] {
            assert_eq!(of_name(name), Some(gender), "{name}");
        }
        assert_eq!(of_name("Dataport"), None);
    }

    #[test]
    fn articles_agree_or_not() {
        let agree = |article: &str, name: &str| of_article(article).unwrap().agree(of_name(name).unwrap());
        assert!(agree("das", "Bundesministerium der Finanzen"));
        assert!(!agree("die", "Bundesministerium der Finanzen"));
        assert!(agree("der", "Bundesagentur für Arbeit"));
        assert!(!agree("das", "Portalverbund"));
        assert_eq!(of_article("mit"), None);
    }
}
