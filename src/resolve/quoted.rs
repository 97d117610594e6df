//! Programmes that a noun announces and quotation marks enclose: `das Förderprogramm „Junges Wohnen“`.

use super::Reader;
use super::draft::{Decision, Draft};
use crate::document::{Evidence, Kind, Span, Via};

/// Nouns, or ends of compounds, of which a name in quotation marks is the name of a programme. `Initiative` and
/// `Plattform` are none of them: clubs and media call themselves so.
const NOUNS: &[&str] =
    &["programm", "projekt", "förderlinie", "förderrichtlinie", "strategie", "modellvorhaben", "aktionsplan"];

/// The most tokens between the marks: more is a sentence that somebody said.
const LONGEST: usize = 16;

impl Reader<'_> {
    /// Adds what stands in quotation marks directly behind a noun for a programme, unless a programme was found in it.
    /// The name begins with a capital or a figure, so that `das Programm „läuft gut“` stays a quotation.
    pub(super) fn add_quoted_programmes(&mut self) {
        let mut made = Vec::new();
        for (number, &open) in self.signs.quotes.iter().enumerate() {
            let open = open as usize;
            if !matches!(self.word(open), "„" | "»" | "\"") || !is_programme_noun(self.word_before(open)) {
                continue;
            }
            let Some(close) = self.signs.quotes.get(number + 1).map(|&close| close as usize) else { continue };
            if close < open + 2 || close > open + 1 + LONGEST || !matches!(self.word(close), "“" | "”" | "«" | "\"")
            {
                continue;
            }
            let span = Span::new(self.tokens[open + 1].span.start, self.tokens[close - 1].span.end);
            let name = span.of(self.text);
            let capital = name.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            // `Programm „X“`, where a letter stands for a name.
            if !capital || letters < 3 || name.contains("\n\n") {
                continue;
            }
            // `Förderprogramm „Soziale Stadt“`: a name that needs company has it in the noun before it.
            let known = self.drafts.iter().position(|other| other.span == span).and_then(|other| {
                let mut readings = self.readings(other).iter().filter(|reading| reading.kind == Kind::Programme);
                readings.next().map(|reading| reading.entity).filter(|_| readings.next().is_none())
            });
            let confidence = if known.is_some() { 0.85 } else { 0.7 };
            made.push(Draft::made(
                span,
                open + 1,
                Decision::new(Kind::Programme, known, Via::Name, confidence, vec![Evidence::Form]),
            ));
        }
        for draft in made {
            let inner = |other: &Draft| other.decision.is_some() && other.span.overlaps(draft.span);
            if self.drafts.iter().any(|other| inner(other) && other.kind() == Some(Kind::Programme)) {
                continue;
            }
            // The longest name wins: a Land or law in the name of a programme is no mention of its own.
            for other in self.drafts.iter_mut().filter(|other| inner(other)) {
                other.decision = None;
                other.refused = true;
            }
            self.drafts.push(draft);
        }
        self.drafts.sort_by_key(|draft| draft.span.start);
    }
}

/// Whether a word is a noun for a programme, in any of its cases in the singular.
fn is_programme_noun(word: &str) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let word = word.to_lowercase();
    let stem = word.strip_suffix("es").or_else(|| word.strip_suffix('s')).unwrap_or(&word);
    NOUNS.iter().any(|noun| stem.ends_with(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_for_programmes_in_their_cases() {
        for word in ["Programm", "Bundesprogramms", "Förderprogrammes", "Strategie", "Projektes", "Modellvorhabens"] {
            assert!(is_programme_noun(word), "{word}");
        }
        for word in ["Initiative", "Plattform", "Programmierer", "programm", ""] {
            assert!(!is_programme_noun(word), "{word}");
        }
    }
}
