//! In which language a text is: German, unless it proves otherwise.

use whatlang::{Detector, Lang};

/// Bytes that are looked at, at the beginning and in the middle each.
const SAMPLE: usize = 1200;
/// So many German words settle it, if they are dense.
const SETTLED: u32 = 6;
/// A text of fewer words says too little: headlines, names, rows of a table.
const FEW_WORDS: u32 = 8;

/// The language of a text, as a two-letter code where there is one (`nds` for Low German); `None` where it cannot be
/// told, as for a headline or a list of names.
///
/// The small words tell: German is settled after a line or two, and only what has few of them is looked at closely.
/// Another language needs proof, in small words of its own or in many words that are no names, since documents that are
/// taken for foreign are left out: lists of names, tables and headlines are no proof.
///
/// ```
/// use ressort::read::language;
///
/// assert_eq!(language("Das Kabinett hat am Mittwoch den Entwurf eines Gesetzes beschlossen, mit dem es weitergeht."), Some("de"));
/// assert_eq!(language("The cabinet has adopted the draft of a law that is to be the basis for the reform."), Some("en"));
/// assert_eq!(language("Anlage 3: Haushalt 2025"), None);
/// ```
#[must_use]
pub fn language(text: &str) -> Option<&'static str> {
    let mut count = Count::default();
    let begin = part(text, 0);
    if count.add(begin) {
        return Some("de");
    }
    let middle = if text.len() > 3 * SAMPLE { part(text, text.len() / 2) } else { "" };
    if count.add(middle) {
        return Some("de");
    }
    count.verdict(begin, middle)
}

/// A part of the text that begins at about `from`.
fn part(text: &str, from: usize) -> &str {
    let from = text.ceil_char_boundary(from);
    &text[from..text.floor_char_boundary((from + SAMPLE).min(text.len()))]
}

#[derive(Debug, Default)]
struct Count {
    words: u32,
    small: u32,
    german: u32,
    low_german: u32,
    foreign: u32,
}

impl Count {
    /// Counts words; whether the text is German beyond doubt.
    fn add(&mut self, text: &str) -> bool {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            self.words += 1;
            self.small += u32::from(word.starts_with(char::is_lowercase));
            let mut letters = [0; LONGEST];
            let Some(letters) = letters.get_mut(..word.len()) else { continue };
            letters.copy_from_slice(word.as_bytes());
            letters.make_ascii_lowercase();
            match of_word(letters) {
                Some(Small::German) => self.german += 1,
                Some(Small::LowGerman) => self.low_german += 1,
                Some(Small::Foreign) => self.foreign += 1,
                None => {}
            }
            if self.german >= SETTLED && self.german * 10 >= self.words && self.german > 2 * self.low_german {
                return true;
            }
        }
        false
    }

    fn verdict(&self, begin: &str, middle: &str) -> Option<&'static str> {
        let share = |number: u32, percent: u32| number * 100 >= self.words * percent;
        if self.low_german >= 3 && share(self.low_german, 8) && self.low_german > self.foreign.max(self.german) / 2 {
            return Some("nds");
        }
        if self.german >= 2 && share(self.german, 8) && self.german > self.foreign {
            return Some("de");
        }
        if self.words < FEW_WORDS {
            return other_script(begin);
        }
        let sample = [begin, " ", middle].concat();
        let found = Detector::new().detect(&sample)?;
        if found.lang() == Lang::Deu {
            return (self.german > 0 || found.is_reliable()).then_some("de");
        }
        // Particles of names (`van`, `de`, `Le`) look like small words: names are written with a capital, prose is not.
        let prose = share(self.small, 40);
        let by_small_words = self.foreign >= 2 && share(self.foreign, 8) && self.foreign > 2 * self.german && prose;
        // Languages whose small words are not known here.
        let by_letters = found.is_reliable() && self.german == 0 && self.words >= 20 && prose;
        let proven = by_small_words || by_letters || other_script(&sample).is_some();
        proven.then(|| code(found.lang()))
    }
}

/// The language of a text in letters that are not Latin.
fn other_script(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(400);
    let (latin, other) = letters.fold((0, 0), |(latin, other), c| {
        if c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c) { (latin + 1, other) } else { (latin, other + 1) }
    });
    if other < 12 || other < 2 * latin {
        return None;
    }
    Detector::new().detect(text).map(|found| code(found.lang()))
}

enum Small {
    German,
    LowGerman,
    Foreign,
}

/// Bytes of the longest word below.
const LONGEST: usize = 8;

/// Whose small word it is. Words of several languages (`die`, `in`, `den`, `man`, `des`, `es`) are nobody's.
fn of_word(word: &[u8]) -> Option<Small> {
    Some(match word {
        b"und" | b"der" | b"das" | b"dem" | b"ist" | b"nicht" | b"ein" | b"eine" | b"einen" | b"einer" | b"einem"
        | b"eines" | b"mit" | b"auf" | b"von" | b"vom" | b"zur" | b"zum" | b"auch" | b"sich" | b"werden" | b"wird"
        | b"wurde" | b"wurden" | b"bei" | b"nach" | b"oder" | b"aus" | b"wie" | b"durch" | b"sind" | b"hat"
        | b"haben" | b"wir" | b"ich" | b"sie" | b"dass" | b"unter" | b"sowie" | b"noch" | b"kein" | b"keine"
        | b"nur" | b"soll" | b"sollen" | b"kann" | b"zwischen" | b"sein" | b"seine" | b"ihre" => Small::German,
        b"nich" | b"vun" | b"hebbt" | b"dor" | b"ok" | b"un" | b"wi" | b"ik" | b"mien" | b"dien" | b"sien" | b"wat"
        | b"dat" | b"weer" | b"kamen" | b"kunn" | b"schall" => Small::LowGerman,
        b"the" | b"and" | b"of" | b"to" | b"that" | b"for" | b"with" | b"are" | b"this" | b"from" | b"have"
        | b"has" | b"is" | b"be" | b"it" | b"by" | b"which" | b"will" | b"le" | b"la" | b"les" | b"et" | b"du"
        | b"est" | b"une" | b"dans" | b"pour" | b"que" | b"qui" | b"sur" | b"pas" | b"au" | b"aux" | b"par"
        | b"avec" | b"sont" | b"de" | b"het" | b"een" | b"van" | b"niet" | b"met" | b"voor" | b"zijn" | b"wordt"
        | b"ook" | b"naar" | b"aan" | b"en" | b"op" | b"bij" | b"te" | b"og" | b"det" | b"at" | b"til" | b"som"
        | b"af" | b"ikke" | b"har" | b"med" | b"er" | b"och" | b"att" | b"inte" | b"av" | b"ett" | b"na" | b"nie"
        | b"do" | b"jest" | b"oraz" | b"dla" | b"ve" | b"bir" | b"bu" | b"ile" | b"olarak" | b"el" | b"los"
        | b"las" | b"por" | b"con" | b"una" | b"del" | b"il" | b"di" | b"che" | b"per" | b"della" | b"non"
        | b"sono" => Small::Foreign,
        _ => match std::str::from_utf8(word).unwrap_or_default() {
            "für" | "über" | "daß" => Small::German,
            "för" | "sünd" | "ünner" | "dörch" | "över" | "lüüd" => Small::LowGerman,
            "på" | "är" | "się" | "że" | "için" | "été" | "à" => Small::Foreign,
            _ => return None,
        },
    })
}

/// The two-letter code, where there is one.
fn code(language: Lang) -> &'static str {
    match language {
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Nld => "nl",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Ita => "it",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Cat => "ca",
        Lang::Tur => "tr",
        Lang::Ell => "el",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Pes => "fa",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Hin => "hi",
        Lang::Epo => "eo",
        Lang::Lat => "la",
        Lang::Afr => "af",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_of_all_sorts() {
        for text in [
            "Der Landtag hat am Donnerstag über den Antrag der Fraktion beraten und ihn in den Ausschuss überwiesen.",
            "Im Jänner beschloss der Nationalrat, dass die Verordnung für alle Länder gilt und nicht befristet ist.",
            "Der Bundesrat hat die Botschaft verabschiedet, dass die Kantone gemäss Gesetz die Kosten tragen müssen.",
            "Wir haben uns mit dem Cloud Computing und dem Digital Services Act beschäftigt; das ist nicht einfach.",
            "(Beifall bei der SPD – Zuruf von der AfD: Das ist doch nicht wahr!) Ich komme zum Schluss.",
            "The Digital Services Act. So heißt das Gesetz, mit dem die Europäische Union die großen Plattformen zu mehr \
             Sorgfalt verpflichtet und das seit dem Februar auch für kleinere gilt.",
        ] {
            assert_eq!(language(text), Some("de"), "{text}");
        }
        // English at the head, German behind.
        let mixed = format!(
            "{} {}",
            "Abstract: the act is of use. ".repeat(100),
            "Das Gesetz ist nicht mit dem Recht vereinbar. ".repeat(100)
        );
        assert_eq!(language(&mixed), Some("de"));
    }

    #[test]
    fn lists_tables_and_headlines_are_never_foreign() {
        for text in [
            "",
            "BMDS",
            "Digital Summit 2025",
            "Smart City Day in Jena",
            "Le Pen in Berlin",
            "La Ola im Bundestag",
            "Özdemir, Cem; Yılmaz, Ayşe; Demir, Murat; Kaya, Fatma; Öztürk, Emre; Şahin, Deniz; Aydın, Zeynep; Arslan, Can",
            "Anwesend: Schmidt (Berlin), van der Meer, de Maizière, Le Bret, Jensen, Nowak, Kowalski, Garcia, Rossi, Smith",
            "Einzelplan 09 Titel 532 01 Soll 2024 Ist 2024 Soll 2025 TEUR 1 200 980 1 150 TEUR 45 44 60 Summe 1 245",
            "Fachkräfte gesucht",
            "Neue App für Jena",
            "Open Source, Cloud, Low Code, Smart Government, Big Data, E-ID, OZG",
            "Antworten auf Anfragen, Drucksachen 21/100, 21/101, 21/102; Anlagen 1, 2, 3; Seiten 4, 5, 6",
        ] {
            assert!(matches!(language(text), None | Some("de")), "{text}: {:?}", language(text));
        }
    }

    #[test]
    fn other_languages_are_told() {
        for (code, text) in [
            (
                "en",
                "The Federal Ministry for Digital Affairs has published its report on the state of the administration.",
            ),
            (
                "fr",
                "Le ministère a présenté les résultats de la réforme, qui sont dans le rapport publié par le gouvernement.",
            ),
            (
                "nl",
                "Het ministerie heeft een rapport gepubliceerd over de digitale overheid, waarin ook de gemeenten van het land worden genoemd.",
            ),
            (
                "da",
                "Ministeriet har offentliggjort en rapport om den digitale forvaltning, som også er til gavn for kommunerne og det danske folk.",
            ),
            (
                "pl",
                "Ministerstwo opublikowało raport na temat cyfrowej administracji, który jest dostępny dla wszystkich i nie wymaga logowania.",
            ),
            (
                "tr",
                "Bakanlık, dijital yönetim için bir rapor yayımladı ve bu rapor belediyeler ile birlikte hazırlanmış bir çalışma olarak sunuldu.",
            ),
            ("ru", "Министерство опубликовало доклад о цифровом управлении."),
            ("uk", "Міністерство оприлюднило звіт про цифрове урядування, який доступний для всіх громадян."),
            (
                "fi",
                "Ministeriö on julkaissut raportin digitaalisesta hallinnosta, ja siinä käsitellään myös kuntien tehtäviä sekä niiden rahoitusta, joka kasvaa ensi vuonna selvästi enemmän kuin aiemmin oli arvioitu.",
            ),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
        let low = "Wi hebbt dat in'n Landdag seggt: De Plattdüütschen sünd nich minner weert, un dor schall keen een wat an ännern.";
        assert_eq!(language(low), Some("nds"));
    }
}
