//! Tables whose rows are complete when their document is: documents, mentions, topics, errors.

use super::column::{Count, Day, Score, Text, table};
use crate::document::{Annotation, CharIndex, Document, Evidence, Failure, Modifier, Span};
use crate::gazetteer::{EntityKey, Gazetteer};

table! {
    /// One row per document.
    Documents {
        doc_id: Text, source: Text, item: Count, title: Text, kicker: Text, date: Day, date_source: Text,
        language: Text, chars: Count, tokens: Count, sentences: Count, mentions: Count, topic: Text,
        as_of: Day, as_of_source: Text, duplicate_of: Text,
    }
}

table! {
    /// One row per mention.
    Mentions {
        doc_id: Text, mention: Count, start: Count, end: Count, start_byte: Count, end_byte: Count, sentence: Count,
        surface: Text, kind: Text, entity: Text, name: Text, via: Text, holder: Text, modifier: Text, land: Text,
        region: Text, confidence: Score, context: Text, candidates: Text, evidence: Text,
        flags: Text,
    }
}

table! {
    /// One row per document and topic.
    Topics { doc_id: Text, topic: Text, label: Text, score: Score, rank: Count, terms: Text }
}

table! {
    /// One row per thing that went wrong.
    Errors { source: Text, item: Count, stage: Text, message: Text }
}

impl Documents {
    pub(super) fn push(&mut self, document: &Document, annotation: &Annotation) {
        let chars = CharIndex::new(&document.text).chars_before(document.text.len() as u32);
        self.doc_id.push(document.id.as_str());
        self.source.push(document.source.as_str());
        self.item.push(document.item);
        self.title.push(document.title.as_deref());
        self.kicker.push(document.kicker.as_deref());
        self.date.push(document.date);
        self.date_source.push(document.date_source.map(crate::document::DateSource::as_str));
        self.language.push(document.language.as_deref());
        self.chars.push(chars);
        self.tokens.push(annotation.tokens.len() as u32);
        self.sentences.push(annotation.sentences.len() as u32);
        self.mentions.push(annotation.mentions.len() as u32);
        self.topic.push(annotation.topics.first().map(|topic| &*topic.topic));
        self.as_of.push(annotation.date.day());
        self.as_of_source.push(annotation.date.as_str());
        self.duplicate_of.push(document.duplicate_of.as_deref());
    }
}

impl Mentions {
    pub(super) fn push(&mut self, gazetteer: &Gazetteer, document: &Document, annotation: &Annotation) {
        if annotation.mentions.is_empty() {
            return;
        }
        let chars = CharIndex::new(&document.text);
        let id = |key: EntityKey| gazetteer.entity(key).id.as_ref();
        for (number, mention) in annotation.mentions.iter().enumerate() {
            let context = annotation.sentences.get(mention.sentence as usize).map(|sentence| sentence.span);
            let candidates: Vec<&str> = mention.candidates.iter().map(|key| id(*key)).collect();
            let evidence: Vec<&str> = mention.evidence.iter().copied().map(Evidence::as_str).collect();
            self.doc_id.push(document.id.as_str());
            self.mention.push(number as u32);
            self.start.push(chars.chars_before(mention.span.start));
            self.end.push(chars.chars_before(mention.span.end));
            self.start_byte.push(mention.span.start);
            self.end_byte.push(mention.span.end);
            self.sentence.push(mention.sentence);
            self.surface.push(mention.span.of(&document.text));
            self.kind.push(mention.kind.as_str());
            self.entity.push(mention.entity.map(id));
            self.name.push(mention.entity.map(|key| gazetteer.name_on(key, annotation.date.day())));
            self.via.push(mention.via.as_str());
            self.holder.push(mention.holder.map(id));
            self.modifier.push(mention.modifier.map(Modifier::as_str));
            self.land.push_known(mention.entity.map_or("", |key| gazetteer.land_code(key)));
            self.region.push(mention.region.as_str());
            self.confidence.push(mention.confidence);
            self.context.push(context.map(|sentence| context_of(&document.text, sentence, mention.span)));
            self.candidates.push_known(&candidates.join("|"));
            self.evidence.push_known(&evidence.join("|"));
            self.flags.push_known(&mention.flags.names().collect::<Vec<_>>().join("|"));
        }
    }
}

impl Topics {
    pub(super) fn push(&mut self, document: &Document, annotation: &Annotation) {
        for (rank, topic) in (1..).zip(&annotation.topics) {
            let terms: Vec<&str> = topic.terms.iter().map(|term| term.text.as_str()).collect();
            self.doc_id.push(document.id.as_str());
            self.topic.push(&*topic.topic);
            self.label.push(&*topic.label);
            self.score.push(topic.score);
            self.rank.push(rank);
            self.terms.push_known(&terms.join("|"));
        }
    }
}

impl Errors {
    pub(super) fn push(&mut self, failure: &Failure) {
        self.source.push(failure.source.as_str());
        self.item.push(failure.item);
        self.stage.push(failure.stage.as_str());
        self.message.push(failure.message.as_str());
    }
}

/// A sentence longer than this is no sentence (a list, a table, a text without marks): a mention in it gets the text
/// around it, or rows would grow with the square of the document.
pub(crate) const LONGEST_CONTEXT: u32 = 2000;

/// The sentence of a mention, or so much of it around the mention as fits, cut at blanks.
fn context_of(text: &str, sentence: Span, mention: Span) -> &str {
    if sentence.end - sentence.start <= LONGEST_CONTEXT {
        return sentence.of(text);
    }
    let side = (LONGEST_CONTEXT / 2) as usize;
    let (from, to) = (mention.start as usize, mention.end as usize);
    let left = text.floor_char_boundary(from.saturating_sub(side).max(sentence.start as usize));
    let right = text.ceil_char_boundary((to + side).min(sentence.end as usize));
    let left = text[left..from].find(' ').map_or(left, |at| left + at + 1);
    let right = text[to..right].rfind(' ').map_or(right, |at| to + at);
    &text[left..right]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_of_an_endless_sentence_is_cut_at_blanks() {
        let text = format!("{} BMDS {}", "Wörter ".repeat(400), "ohne Ende ".repeat(400));
        let at = text.find("BMDS").unwrap() as u32;
        let context = context_of(&text, Span::new(0, text.len() as u32), Span::new(at, at + 4));
        assert!(context.len() < 2010 && context.contains(" BMDS ohne "));
        assert!(context.starts_with("Wörter ") && (context.ends_with(" Ende") || context.ends_with(" ohne")));
        let tight = "x".repeat(5000);
        assert_eq!(context_of(&tight, Span::new(0, 5000), Span::new(2000, 2010)).len(), 2010);
    }
}
