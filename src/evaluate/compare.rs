//! One document: gold beside prediction.

use std::collections::BTreeSet;

use super::gold::{CharSpan, GoldDocument, GoldMention};
use super::mistake::{Layer, Mistake, one_line, sentence_at};
use super::scores::Counts;
use super::{Evaluation, Found, Prediction};

/// Governments, the armed forces and international institutions.
///
/// The pipeline finds them, and its users may want them; but the guides by which names of German politics are marked
/// leave them out. Found where the gold marks nothing, they count neither as right nor as wrong.
///
/// ```
/// assert!(ressort::evaluate::NOT_ANNOTATED.contains(&"body:bundesregierung"));
/// ```
pub const NOT_ANNOTATED: &[&str] = &[
    // Governments and the armed forces.
    "body:bundesregierung",
    "body:bundeswehr",
    // Institutions and agencies of the European Union.
    "body:berec",
    "body:easa",
    "body:efsa",
    "body:eib",
    "body:ema",
    "body:enisa",
    "body:esma",
    "body:eu",
    "body:eugh",
    "body:europaeische-kommission",
    "body:europaeischer-rat",
    "body:europaeisches-parlament",
    "body:europol",
    "body:ezb",
    "parliament:europaeisches-parlament",
    // Other international institutions.
    "body:egmr",
    "body:nato",
    "body:un",
    "body:who",
];

/// What becomes of a mention that was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is the gold's mention.
    Hit,
    /// It counts neither way.
    Neither,
    /// The gold has no such mention.
    Extra,
}

/// Compares what was found in a document with its gold; see [the module](super) for the rules.
///
/// ```
/// use ressort::evaluate::{Prediction, compare, read_gold};
///
/// let line = br#"{"text": "In Hessen.", "mentions": [{"surface": "Hessen", "kind": "land", "entity": "land:he"}]}"#;
/// let gold = read_gold("gold.jsonl", line);
/// let evaluation = compare(&gold.documents[0], &Prediction::default());
/// assert_eq!(evaluation.scores.kinds["land"].missed, 1);
/// ```
#[must_use]
pub fn compare(gold: &GoldDocument, prediction: &Prediction) -> Evaluation {
    let mut comparison = Comparison { gold, prediction, evaluation: Evaluation::default() };
    comparison.evaluation.scores.documents = 1;
    if let Some(mentions) = &gold.mentions {
        comparison.mentions(mentions);
    }
    comparison.sentences();
    let right = comparison.evaluation.mistakes.is_empty();
    if gold.mentions.is_some() {
        comparison.evaluation.scores.wholly_right.count(right);
    }
    comparison.tokens();
    comparison.evaluation.mistakes.sort_by_key(|mistake| mistake.start);
    comparison.evaluation
}

struct Comparison<'a> {
    gold: &'a GoldDocument,
    prediction: &'a Prediction,
    evaluation: Evaluation,
}

impl Comparison<'_> {
    fn mentions(&mut self, gold: &[GoldMention]) {
        let found = &self.prediction.mentions;
        let (partners, fates) = self.align(gold);
        for (index, (other, fate)) in
            found.iter().zip(&fates).enumerate().filter(|(_, (_, fate))| **fate != Fate::Neither)
        {
            let meant =
                partners.iter().position(|partner| *partner == Some(index)).and_then(|at| gold[at].entity.as_ref());
            let linked = meant.is_none_or(|meant| other.entity.as_ref() == Some(meant));
            self.evaluation.scores.count_confidence(other.confidence, *fate == Fate::Hit && linked);
        }
        let mut missed = Vec::new();
        for (mention, partner) in gold.iter().zip(&partners).filter(|(mention, _)| !mention.uncertain) {
            if let Some(partner) = partner {
                self.evaluation.scores.count(mention.kind, Counts { hit: 1, ..Counts::default() });
                self.links(mention, &found[*partner]);
            } else {
                self.evaluation.scores.count(mention.kind, Counts { missed: 1, ..Counts::default() });
                let place = self.place(mention, &fates);
                let instead = found
                    .iter()
                    .zip(&fates)
                    .filter(|(other, fate)| **fate != Fate::Hit && place.is_some_and(|span| span.overlaps(other.span)));
                let instead: Vec<_> = instead.map(|(other, _)| described(other)).collect();
                missed.extend(place);
                self.mistake(
                    Layer::Mention(mention.kind),
                    place.unwrap_or_default().start,
                    Some(quoted(&mention.surface, mention.entity.as_deref())),
                    (!instead.is_empty()).then(|| instead.join(" and ")),
                );
            }
        }
        for (other, _) in found.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Extra) {
            self.evaluation.scores.count(other.kind, Counts { extra: 1, ..Counts::default() });
            // What stands where a gold mention was missed is named there.
            if !missed.iter().any(|span| span.overlaps(other.span)) {
                self.mistake(Layer::Mention(other.kind), other.span.start, None, Some(described(other)));
            }
        }
        self.non_mentions(&fates);
    }

    /// Where a mention that was missed stands: without offsets, where its surface first stands outside of all hits.
    fn place(&self, mention: &GoldMention, fates: &[Fate]) -> Option<CharSpan> {
        let found = &self.prediction.mentions;
        let hit = |span: CharSpan| {
            found.iter().zip(fates).any(|(other, fate)| *fate == Fate::Hit && other.span.overlaps(span))
        };
        let mut places = occurrences(&self.gold.document.text, &mention.surface);
        mention.span.or_else(|| places.find(|&span| !hit(span)))
    }

    /// Which found mention stands for which of the gold, and what becomes of each found one.
    fn align(&self, gold: &[GoldMention]) -> (Vec<Option<usize>>, Vec<Fate>) {
        let found = &self.prediction.mentions;
        let mut partners = vec![None; gold.len()];
        let mut fates = vec![Fate::Extra; found.len()];
        for with_offsets in [true, false] {
            for (mention, partner) in gold.iter().zip(&mut partners) {
                if mention.uncertain || mention.span.is_some() != with_offsets {
                    continue;
                }
                *partner = (0..found.len()).find(|&index| {
                    let other = &found[index];
                    let same_place = mention.span.map_or(other.surface == mention.surface, |span| span == other.span);
                    fates[index] == Fate::Extra && other.kind == mention.kind && same_place
                });
                if let Some(index) = *partner {
                    fates[index] = Fate::Hit;
                }
            }
        }
        for mention in gold.iter().filter(|mention| mention.uncertain) {
            let spared = |span: CharSpan, fates: &[Fate]| -> Vec<usize> {
                (0..found.len())
                    .filter(|&index| fates[index] == Fate::Extra && found[index].span.overlaps(span))
                    .collect()
            };
            let indices = if let Some(span) = mention.span {
                spared(span, &fates)
            } else {
                let places = occurrences(&self.gold.document.text, &mention.surface);
                places.map(|span| spared(span, &fates)).find(|indices| !indices.is_empty()).unwrap_or_default()
            };
            for index in indices {
                fates[index] = Fate::Neither;
            }
        }
        for (other, fate) in found.iter().zip(&mut fates) {
            let outside = other.entity.as_deref().is_some_and(|entity| NOT_ANNOTATED.contains(&entity));
            let marked = gold.iter().filter_map(|mention| mention.span).any(|span| span.overlaps(other.span));
            if *fate == Fate::Extra && outside && !marked {
                *fate = Fate::Neither;
            }
        }
        (partners, fates)
    }

    /// Entity and holder of a mention that was found.
    fn links(&mut self, mention: &GoldMention, other: &Found) {
        let layer = Layer::Mention(mention.kind);
        if let Some(entity) = &mention.entity {
            let right = other.entity.as_ref() == Some(entity);
            self.evaluation.scores.linking.count(right);
            if !right {
                let expected = quoted(&mention.surface, Some(entity));
                self.mistake(layer, other.span.start, Some(expected), Some(described(other)));
            }
        }
        if let Some(holder) = &mention.holder {
            let right = other.holder.as_ref() == Some(holder);
            self.evaluation.scores.holders.count(right);
            if !right {
                let expected = format!("'{}' held by {holder}", mention.surface);
                let found = other.holder.as_deref().unwrap_or("nobody");
                self.mistake(layer, other.span.start, Some(expected), Some(format!("held by {found}")));
            }
        }
    }

    fn non_mentions(&mut self, fates: &[Fate]) {
        for place in &self.gold.non_mentions {
            let found = self.prediction.mentions.iter().zip(fates).find(|(other, fate)| {
                **fate == Fate::Extra
                    && other.span.overlaps(place.span)
                    && place.kind.is_none_or(|kind| kind == other.kind)
            });
            self.evaluation.scores.non_mentions_found.count(found.is_some());
            if let Some((other, _)) = found {
                let expected = format!("no mention ({})", place.why);
                self.mistake(Layer::NonMention, place.span.start, Some(expected), Some(described(other)));
            }
        }
    }

    fn sentences(&mut self) {
        let found = &self.prediction.sentences;
        if let Some(gold) = &self.gold.sentences {
            self.evaluation.scores.sentences = self.spans(Layer::Sentence, gold, found);
        }
        if let Some(gold) = &self.gold.sentence_starts {
            let gold: BTreeSet<u32> = gold.iter().copied().collect();
            let found: BTreeSet<u32> = found.iter().map(|sentence| sentence.start).collect();
            for &start in gold.difference(&found) {
                self.mistake(Layer::Sentence, start, Some(format!("a beginning at {start}")), None);
            }
            for &start in found.difference(&gold) {
                self.mistake(Layer::Sentence, start, None, Some(format!("a beginning at {start}")));
            }
            self.evaluation.scores.sentence_starts = counts(&gold, &found);
        }
    }

    fn tokens(&mut self) {
        if let Some(gold) = &self.gold.tokens {
            self.evaluation.scores.tokens = self.spans(Layer::Token, gold, &self.prediction.tokens);
        }
    }

    fn spans(&mut self, layer: Layer, gold: &[CharSpan], found: &[CharSpan]) -> Counts {
        let text = &self.gold.document.text;
        let all: BTreeSet<CharSpan> = found.iter().copied().collect();
        for &span in gold.iter().filter(|span| !all.contains(span)) {
            let instead: Vec<_> =
                found.iter().filter(|other| other.overlaps(span)).map(|other| quoted(other.of(text), None)).collect();
            self.mistake(layer, span.start, Some(quoted(span.of(text), None)), Some(instead.join(" ")));
        }
        counts(&gold.iter().copied().collect(), &all)
    }

    fn mistake(&mut self, layer: Layer, start: u32, expected: Option<String>, found: Option<String>) {
        let document = &self.gold.document;
        let sentence = sentence_at(&document.text, &self.prediction.sentences, start);
        self.evaluation.mistakes.push(Mistake {
            document: document.id.clone(),
            layer,
            start,
            expected,
            found,
            sentence,
        });
    }
}

fn counts<T: Ord>(gold: &BTreeSet<T>, found: &BTreeSet<T>) -> Counts {
    let hit = gold.intersection(found).count() as u32;
    Counts { hit, missed: gold.len() as u32 - hit, extra: found.len() as u32 - hit }
}

/// All places at which `part` stands in `text`.
fn occurrences(text: &str, part: &str) -> impl Iterator<Item = CharSpan> {
    let len = part.chars().count() as u32;
    text.match_indices(part).map(move |(byte, _)| {
        let start = text[..byte].chars().count() as u32;
        CharSpan::new(start, start + len)
    })
}

fn quoted(surface: &str, entity: Option<&str>) -> String {
    let surface = one_line(surface);
    entity.map_or_else(|| format!("'{surface}'"), |entity| format!("'{surface}' {entity}"))
}

fn described(found: &Found) -> String {
    let entity = found.entity.as_deref().unwrap_or("unlinked");
    format!("{} '{}' {entity}", found.kind, one_line(&found.surface))
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
