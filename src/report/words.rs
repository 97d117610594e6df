//! What the names of the tables are called for people.

use super::Language;
use crate::document::{Evidence, Kind, Modifier, Via};

/// A kind in the plural, as a heading.
pub(super) fn kinds(language: Language, kind: Kind) -> &'static str {
    let (german, english) = match kind {
        Kind::Ministry => ("Ministerien", "Ministries"),
        Kind::Body => ("Behörden und Gremien", "Authorities and councils"),
        Kind::Parliament => ("Parlamente", "Parliaments"),
        Kind::Politician => ("Politikerinnen und Politiker", "Politicians"),
        Kind::Office => ("Ämter", "Offices"),
        Kind::Party => ("Parteien", "Parties"),
        Kind::Land => ("Länder", "Länder"),
        Kind::Municipality => ("Kommunen", "Municipalities"),
        Kind::Programme => ("Programme", "Programmes"),
        Kind::Law => ("Gesetze", "Laws"),
        Kind::Event => ("Veranstaltungen", "Events"),
        Kind::Association => ("Verbände und Unternehmen", "Associations and companies"),
    };
    choose(language, german, english)
}

/// One thing of a kind.
pub(super) fn kind(language: Language, kind: Kind) -> &'static str {
    let (german, english) = match kind {
        Kind::Ministry => ("Ministerium", "ministry"),
        Kind::Body => ("Behörde oder Gremium", "authority or council"),
        Kind::Parliament => ("Parlament", "parliament"),
        Kind::Politician => ("Person", "person"),
        Kind::Office => ("Amt", "office"),
        Kind::Party => ("Partei", "party"),
        Kind::Land => ("Land", "Land"),
        Kind::Municipality => ("Kommune", "municipality"),
        Kind::Programme => ("Programm", "programme"),
        Kind::Law => ("Gesetz", "law"),
        Kind::Event => ("Veranstaltung", "event"),
        Kind::Association => ("Verband oder Unternehmen", "association or company"),
    };
    choose(language, german, english)
}

/// How a mention was recognised.
pub(super) fn via(language: Language, via: Via) -> &'static str {
    let (german, english) = match via {
        Via::Name => ("am Namen", "by its name"),
        Via::Abbreviation => ("an der Abkürzung", "by its abbreviation"),
        Via::Inflected => ("am gebeugten Namen", "by its inflected name"),
        Via::Adjective => ("am Adjektiv", "by its adjective"),
        Via::Compound => ("als Teil eines Kompositums", "as a part of a compound"),
        Via::Coordination => {
            ("als Teil einer Aufzählung mit Ergänzungsstrich", "as an elliptic part of a coordination")
        }
        Via::Role => ("an der Amtsbezeichnung", "by the word for the office"),
        Via::Surname => ("am Nachnamen", "by the surname"),
        Via::Anaphor => ("als Wiederaufnahme eines Namens", "as a word that stands for a name said before"),
    };
    choose(language, german, english)
}

/// That a mention is not meant as of now.
pub(super) fn modifier(language: Language, modifier: Modifier) -> &'static str {
    let (german, english) = match modifier {
        Modifier::Former => ("früher", "former"),
        Modifier::Outgoing => ("scheidend", "outgoing"),
        Modifier::Designated => ("designiert", "designated"),
        Modifier::Acting => ("kommissarisch", "acting"),
        Modifier::New => ("neu", "new"),
        Modifier::Irrealis => ("nur gedacht", "hypothetical"),
        Modifier::Negated => ("verneint", "negated"),
    };
    choose(language, german, english)
}

/// How a mention stands, by the name of its flag.
pub(super) fn flag(language: Language, flag: &str) -> &str {
    let (german, english) = match flag {
        "quoted" => ("zitiert", "quoted"),
        "headline" => ("in der Überschrift", "in the headline"),
        "negated" => ("verneint", "negated"),
        "historic" => ("historisch", "historic"),
        "speaker" => ("spricht", "speaks"),
        other => (other, other),
    };
    match language {
        Language::German => german,
        Language::English => english,
    }
}

/// Why a mention was accepted.
pub(super) fn evidence(language: Language, evidence: Evidence) -> &'static str {
    let (german, english) = match evidence {
        Evidence::UniqueName => ("der Name ist eindeutig", "the name means only this"),
        Evidence::ValidOnDay => ("so hieß es an dem Tag", "it was the name on the day"),
        Evidence::HistoricName => ("der Name ist an dem Tag historisch", "the name is historic on the day"),
        Evidence::HolderOnDay => ("hatte das Amt an dem Tag inne", "the holder on the day"),
        Evidence::NamedHolder => {
            ("die daneben genannte Person hatte das Amt", "the person named with it held the office")
        }
        Evidence::LandBeside => ("das Land steht daneben", "the Land stands beside it"),
        Evidence::LandOfDocument => ("es ist das Land des Dokuments", "it is the Land of the document"),
        Evidence::FullNameInDocument => ("der volle Name steht im Dokument", "the full name stands in the document"),
        Evidence::TitleBefore => ("ein Amt oder Titel steht davor", "an office or title stands before it"),
        Evidence::PartyBehind => ("die Partei steht dahinter", "the party stands behind it"),
        Evidence::LongFormInDocument => ("die Langform steht im Dokument", "the long form stands in the document"),
        Evidence::Company => (
            "andere Namen aus Politik oder Verwaltung stehen nahe",
            "other names of politics or administration stand near",
        ),
        Evidence::CompoundPart => ("es ist Teil eines Kompositums", "it is part of a compound"),
        Evidence::Antecedent => {
            ("es nimmt den letzten Namen seiner Art auf", "it stands for the last name of its kind")
        }
        Evidence::Form => ("die Wortform sagt, was es ist", "the form of the word says what it is"),
        Evidence::Citation => ("eine Vorschrift ist davor zitiert", "a section is cited before it"),
        Evidence::LatestReading => ("ohne Datum gilt die neueste Lesart", "no date is known, so the latest reading"),
    };
    choose(language, german, english)
}

fn choose(language: Language, german: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::German => german,
        Language::English => english,
    }
}
