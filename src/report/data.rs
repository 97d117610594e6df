//! What a report holds: the tables of a run, in the form in which its page reads them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::contexts::{self, Chosen, Place};
use super::facts::facts;
use super::laender::{MAP, POPULATION, POPULATION_DAY};
use super::pack::Pack;
use super::run::Run;
use super::{Language, ReportError, words};
use crate::document::{Flags, Kind, Modifier, Region};
use crate::gazetteer::Gazetteer;

/// Rows of mentions up to which their sentences are kept; beyond it they are counted per document.
const SENTENCE_ROWS: usize = 400_000;
/// Rows of mentions at most; beyond it the rarest entities have no rows, only their totals.
const ROWS: usize = 700_000;
/// Terms of topics at most.
const TERMS: usize = 90_000;
/// Characters of a headline: the first of these with which all fit into [`TITLES`].
const TITLE: [usize; 5] = [4000, 1000, 400, 200, 80];
/// Bytes of all headlines together.
const TITLES: usize = 1_300_000;
/// Characters of a form that stayed open.
const FORM: usize = 200;
/// Rows listed of what went wrong, and of what stayed open.
const LISTED: usize = 400;

/// Numbers of documents and entities by their ids.
struct Ids<'t> {
    documents: FxHashMap<&'t str, u32>,
    entities: FxHashMap<&'t str, u32>,
}

/// How often an entity stands in a sentence, or a document, in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    document: u32,
    sentence: u32,
    /// Number of the entity; of a mention that is not linked the number of entities plus that of its kind.
    entity: u32,
    /// 0 for none, else the number of the entity plus 1.
    holder: u32,
    /// Modifier (3 bits), region (2 bits), flags.
    how: u32,
}

/// Packs all that the page shows.
pub(super) fn pack(run: &Run, gazetteer: &Gazetteer, title: &str, language: Language) -> Result<String, ReportError> {
    let mut pack = Pack::default();
    let mut notes = json!({});
    pack.put("title", title);
    pack.put("version", env!("CARGO_PKG_VERSION"));
    pack.put("run", run.made_by.clone());
    pack.put("map", serde_json::from_str::<Value>(MAP)?);
    pack.put("population", POPULATION.iter().map(|(land, people)| json!([land, people])).collect::<Vec<_>>());
    pack.put("populationDay", POPULATION_DAY);
    pack.put("kind", Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    pack.put("kindLabel", Kind::ALL.iter().map(|kind| words::kinds(language, *kind)).collect::<Vec<_>>());
    pack.put(
        "modifierLabel",
        Modifier::ALL.iter().map(|modifier| words::modifier(language, *modifier)).collect::<Vec<_>>(),
    );
    pack.put("flagLabel", all_flags().names().map(|flag| words::flag(language, flag)).collect::<Vec<_>>());
    let ids = Ids { documents: documents(&mut pack, run, &mut notes)?, entities: entities(&mut pack, run, gazetteer)? };
    mentions(&mut pack, run, &ids, &mut notes)?;
    topics(&mut pack, run, &ids, &mut notes)?;
    errors(&mut pack, run)?;
    pack.put("notes", notes);
    Ok(pack.finish()?)
}

/// Documents by day, those without a day last.
fn documents<'t>(pack: &mut Pack, run: &'t Run, notes: &mut Value) -> Result<FxHashMap<&'t str, u32>, ReportError> {
    let sheet = &run.documents;
    let (ids, titles, kickers) = (sheet.texts("doc_id")?, sheet.texts("title")?, sheet.texts("kicker")?);
    let (sources, days, items) = (sheet.texts("source")?, sheet.days("date")?, sheet.counts("item")?);
    let (chars, duplicates) = (sheet.counts("chars")?, sheet.texts("duplicate_of")?);
    let mut order: Vec<usize> = (0..sheet.height()).collect();
    order.sort_by_key(|row| (days[*row].is_none(), days[*row], *row));

    let names: BTreeSet<&str> = sources.iter().map(|source| source.unwrap_or_default()).collect();
    let number: BTreeMap<&str, u32> = names.iter().zip(0..).map(|(source, number)| (*source, number)).collect();
    let first = days.iter().flatten().min().copied().unwrap_or(0);
    let column = |cells: &[Option<u32>]| order.iter().map(|row| cells[*row].unwrap_or(0)).collect::<Vec<_>>();
    let size = |most: usize| -> usize {
        titles.iter().chain(&kickers).flatten().map(|title| clipped(title, most).len()).sum()
    };
    let most = TITLE.into_iter().find(|most| size(*most) <= TITLES).unwrap_or(TITLE[TITLE.len() - 1]);
    notes["titleLength"] = json!(most);
    notes["longestTitle"] = json!(titles.iter().flatten().map(|title| title.chars().count()).max().unwrap_or(0));
    let text = |cells: &[Option<&str>]| {
        order.iter().map(|row| clipped(cells[*row].unwrap_or_default(), most)).collect::<Vec<_>>()
    };
    pack.put("docId", order.iter().map(|row| ids[*row].unwrap_or_default()).collect::<Vec<_>>());
    pack.put("docTitle", text(&titles));
    pack.put("docKicker", if kickers.iter().any(Option::is_some) { text(&kickers) } else { Vec::new() });
    pack.put("sources", names.into_iter().collect::<Vec<_>>());
    pack.put("firstDay", first);
    pack.put("hasDuplicates", sheet.has("duplicate_of") && duplicates.iter().any(Option::is_some));
    pack.column("docSource", order.iter().map(|row| number[sources[*row].unwrap_or_default()]));
    pack.alike("docItem", column(&items));
    // 0 is a document without day.
    pack.alike("docDay", order.iter().map(|row| days[*row].map_or(0, |day| (day - first) as u32 + 1)));
    pack.column("docChars", column(&chars));
    pack.column("docDuplicate", order.iter().map(|row| u32::from(duplicates[*row].is_some())));
    Ok(order.iter().zip(0..).filter_map(|(row, number)| Some((ids[*row]?, number))).collect())
}

fn entities<'t>(pack: &mut Pack, run: &'t Run, gazetteer: &Gazetteer) -> Result<FxHashMap<&'t str, u32>, ReportError> {
    let sheet = &run.entities;
    let ids = sheet.texts("entity")?;
    let kinds = sheet.texts("kind")?;
    for (key, column) in [
        ("entityName", "name"),
        ("entityAbbreviation", "abbreviation"),
        ("entityLand", "land"),
        ("entityParty", "party"),
        ("entityParent", "parent"),
        ("entityWikidata", "wikidata"),
        ("entityAgs", "ags"),
    ] {
        pack.put(key, sheet.texts(column)?.iter().map(|cell| cell.unwrap_or_default()).collect::<Vec<_>>());
    }
    pack.put("entityId", ids.iter().map(|id| id.unwrap_or_default()).collect::<Vec<_>>());
    pack.put("entityFacts", ids.iter().map(|id| id.map_or(Value::Null, |id| facts(gazetteer, id))).collect::<Vec<_>>());
    pack.column("entityKind", kinds.iter().map(|kind| number_of_kind(*kind)));
    pack.column("entityMentions", sheet.counts("mentions")?.into_iter().map(Option::unwrap_or_default));
    pack.column("entityDocuments", sheet.counts("documents")?.into_iter().map(Option::unwrap_or_default));
    Ok(ids.iter().zip(0..).filter_map(|(id, number)| Some(((*id)?, number))).collect())
}

fn mentions(pack: &mut Pack, run: &Run, ids: &Ids<'_>, notes: &mut Value) -> Result<(), ReportError> {
    let sheet = &run.mentions;
    let (documents, sentences, starts) = (sheet.texts("doc_id")?, sheet.counts("sentence")?, sheet.counts("start")?);
    let (entities, kinds, holders) = (sheet.texts("entity")?, sheet.texts("kind")?, sheet.texts("holder")?);
    let (modifiers, regions, flags) = (sheet.texts("modifier")?, sheet.texts("region")?, sheet.texts("flags")?);
    let (surfaces, contexts, candidates) =
        (sheet.texts("surface")?, sheet.texts("context")?, sheet.texts("candidates")?);
    let known = ids.entities.len() as u32;
    let entity_of = |id: Option<&str>| id.and_then(|id| ids.entities.get(id)).copied();

    let mut rows = Vec::with_capacity(sheet.height());
    let mut places = Vec::new();
    let mut open: BTreeMap<(&str, &str, &str), (u32, BTreeSet<u32>)> = BTreeMap::new();
    for row in 0..sheet.height() {
        let Some(&document) = documents[row].and_then(|id| ids.documents.get(id)) else { continue };
        let entity = entity_of(entities[row]);
        let sentence = sentences[row].unwrap_or(0);
        let (surface, kind) = (surfaces[row].unwrap_or_default(), kinds[row]);
        if let Some(entity) = entity {
            let (start, context) = (starts[row].unwrap_or(0), contexts[row].unwrap_or_default());
            places.push(Place { document, sentence, entity, start, surface, context });
        } else {
            let key = (surface, kind.unwrap_or_default(), candidates[row].unwrap_or_default());
            let (count, documents) = open.entry(key).or_default();
            *count += 1;
            documents.insert(document);
        }
        rows.push(Row {
            document,
            sentence,
            entity: entity.unwrap_or(known + number_of_kind(kind)),
            holder: entity_of(holders[row]).map_or(0, |holder| holder + 1),
            how: how(modifiers[row], regions[row], flags[row]),
        });
    }
    put_rows(pack, rows, known, notes);
    put_contexts(pack, &mut places, notes);
    let mut open: Vec<_> = open.into_iter().collect();
    // The sort is stable, so that of the same number the first in the alphabet comes first.
    open.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    notes["openForms"] = json!(open.len());
    let listed = open.iter().take(LISTED).map(|((surface, kind, candidates), (count, documents))| {
        json!([clipped(surface, FORM), kind, candidates, count, documents.len(), documents.first()])
    });
    pack.put("open", listed.collect::<Vec<_>>());
    Ok(())
}

fn put_rows(pack: &mut Pack, mut rows: Vec<Row>, known: u32, notes: &mut Value) {
    let with_sentences = rows.len() <= SENTENCE_ROWS;
    if !with_sentences {
        for row in &mut rows {
            (row.sentence, row.how) = (0, row.how & HOW_MODIFIER);
        }
    }
    rows.sort_unstable();
    let mut counted: Vec<(Row, u32)> = Vec::new();
    for row in rows {
        match counted.last_mut() {
            Some((last, count)) if *last == row => *count += 1,
            _ => counted.push((row, 1)),
        }
    }
    if counted.len() > ROWS {
        // Entities are numbered from the most frequent: the last ones go.
        let mut of_entity = vec![0_usize; known as usize + Kind::ALL.len()];
        for (row, _) in &counted {
            of_entity[row.entity as usize] += 1;
        }
        let mut left = counted.len();
        let mut kept = known;
        while left > ROWS && kept > 0 {
            kept -= 1;
            left -= of_entity[kept as usize];
        }
        counted.retain(|(row, _)| row.entity < kept || row.entity >= known);
        notes["entitiesWithRows"] = json!(kept);
    }
    notes["sentences"] = json!(with_sentences);
    pack.alike("rowDoc", counted.iter().map(|(row, _)| row.document));
    pack.alike("rowSentence", counted.iter().map(|(row, _)| row.sentence));
    pack.column("rowEntity", counted.iter().map(|(row, _)| row.entity));
    pack.column("rowHolder", counted.iter().map(|(row, _)| row.holder));
    pack.column("rowHow", counted.iter().map(|(row, _)| row.how));
    pack.column("rowCount", counted.iter().map(|(_, count)| *count));
}

fn put_contexts(pack: &mut Pack, places: &mut [Place<'_>], notes: &mut Value) {
    places.sort_by_key(|place| (place.document, place.start));
    let Chosen { contexts, quota } = contexts::choose(places);
    notes["sentencesPerEntity"] = json!(quota);
    pack.put("context", contexts.iter().map(|context| context.text.as_str()).collect::<Vec<_>>());
    pack.alike("contextDoc", contexts.iter().map(|context| context.document));
    pack.column("contextMarks", contexts.iter().map(|context| context.marks.len() as u32));
    let marks = || contexts.iter().flat_map(|context| &context.marks);
    pack.column("markStart", marks().map(|mark| mark.0));
    pack.column("markLength", marks().map(|mark| mark.1));
    pack.column("markEntity", marks().map(|mark| mark.2));
}

fn topics(pack: &mut Pack, run: &Run, ids: &Ids<'_>, notes: &mut Value) -> Result<(), ReportError> {
    let sheet = &run.topics;
    let (documents, topics, labels) = (sheet.texts("doc_id")?, sheet.texts("topic")?, sheet.texts("label")?);
    let (scores, ranks, terms) = (sheet.thousandths("score")?, sheet.counts("rank")?, sheet.texts("terms")?);
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    let mut rows = Vec::new();
    for row in 0..sheet.height() {
        let (Some(&document), Some(topic)) = (documents[row].and_then(|id| ids.documents.get(id)), topics[row]) else {
            continue;
        };
        known.entry(topic).or_insert(labels[row].unwrap_or(topic));
        rows.push((document, ranks[row].unwrap_or(0), topic, row));
    }
    rows.sort_unstable();
    let number: BTreeMap<&str, u32> = known.keys().zip(0..).map(|(topic, number)| (*topic, number)).collect();
    pack.put("topicId", known.keys().copied().collect::<Vec<_>>());
    pack.put("topicLabel", known.values().copied().collect::<Vec<_>>());
    pack.alike("tagDoc", rows.iter().map(|row| row.0));
    pack.column("tagTopic", rows.iter().map(|row| number[row.2]));
    pack.column("tagScore", rows.iter().map(|row| scores[row.3]));

    let terms_of =
        |row: usize, most: usize| terms[row].unwrap_or_default().split('|').filter(|term| !term.is_empty()).take(most);
    let total = |most: usize| rows.iter().map(|row| terms_of(row.3, most).count()).sum::<usize>();
    let most = (0..=5).rev().find(|most| total(*most) <= TERMS).unwrap_or(0);
    notes["termsPerTopic"] = json!(most);
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for term in rows.iter().flat_map(|row| terms_of(row.3, most)) {
        *counts.entry(term).or_default() += 1;
    }
    // Frequent terms have small numbers, which take one byte.
    let mut frequent: Vec<(&str, u32)> = counts.into_iter().collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let number: BTreeMap<&str, u32> = frequent.iter().zip(0..).map(|((term, _), number)| (*term, number)).collect();
    pack.put("term", frequent.iter().map(|(term, _)| *term).collect::<Vec<_>>());
    pack.column("tagTerms", rows.iter().map(|row| terms_of(row.3, most).count() as u32));
    pack.column("tagTerm", rows.iter().flat_map(|row| terms_of(row.3, most)).map(|term| number[term]));
    Ok(())
}

fn errors(pack: &mut Pack, run: &Run) -> Result<(), ReportError> {
    let sheet = &run.errors;
    let (sources, items, stages) = (sheet.texts("source")?, sheet.counts("item")?, sheet.texts("stage")?);
    let messages = sheet.texts("message")?;
    let listed =
        (0..sheet.height().min(LISTED)).map(|row| json!([sources[row], items[row], stages[row], messages[row]]));
    pack.put("errors", listed.collect::<Vec<_>>());
    pack.put("errorCount", sheet.height());
    Ok(())
}

/// The bits of [`Row::how`] that stay where rows are counted per document.
const HOW_MODIFIER: u32 = 7;

fn how(modifier: Option<&str>, region: Option<&str>, flags: Option<&str>) -> u32 {
    let modifier = modifier.and_then(|name| Modifier::ALL.iter().position(|known| known.as_str() == name));
    let region = match region {
        Some(name) if name == Region::Kicker.as_str() => 2,
        Some(name) if name == Region::Title.as_str() => 1,
        _ => 0,
    };
    let flags = all_flags()
        .names()
        .enumerate()
        .filter(|(_, name)| flags.is_some_and(|flags| flags.split('|').any(|flag| flag == *name)))
        .map(|(bit, _)| 1 << bit)
        .sum::<u32>();
    modifier.map_or(0, |number| number as u32 + 1) | region << 3 | flags << 5
}

/// All flags, in their fixed order.
fn all_flags() -> Flags {
    let mut all = Flags::default();
    for flag in [Flags::QUOTED, Flags::HEADLINE, Flags::NEGATED, Flags::HISTORIC, Flags::SPEAKER] {
        all.set(flag, true);
    }
    all
}

fn number_of_kind(name: Option<&str>) -> u32 {
    // A kind that this version does not know is an association: the widest of them.
    Kind::ALL.iter().position(|kind| Some(kind.as_str()) == name).unwrap_or(Kind::ALL.len() - 1) as u32
}

/// The text up to a bound, on one line.
fn clipped(text: &str, most: usize) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(most) {
        line.truncate(end);
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::pack::tests::{column, unpack};

    fn rows(documents: u32, entities: u32) -> Vec<Row> {
        let row = |document, entity| Row { document, sentence: entity / 4, entity, holder: 0, how: 2 | 1 << 5 };
        (0..documents).flat_map(|document| (0..entities).map(move |entity| row(document, entity))).collect()
    }

    fn packed(rows: Vec<Row>, known: u32) -> (Value, Vec<u32>, Vec<u32>, Vec<u32>) {
        let (mut pack, mut notes) = (Pack::default(), json!({}));
        put_rows(&mut pack, rows, known, &mut notes);
        let (header, bytes) = unpack(&pack.finish().unwrap());
        let [entities, how, counts] = ["rowEntity", "rowHow", "rowCount"].map(|name| column(&header, &bytes, name));
        (notes, entities, how, counts)
    }

    #[test]
    fn the_same_entity_in_the_same_sentence_is_one_row_with_a_count() {
        let mut three = rows(1, 2);
        three.push(three[1]);
        let (notes, entities, how, counts) = packed(three, 2);
        assert_eq!((entities, counts), (vec![0, 1], vec![1, 2]));
        assert_eq!(how, [2 | 1 << 5; 2]);
        assert_eq!(notes, json!({"sentences": true}));
    }

    #[test]
    fn large_runs_are_counted_per_document_and_the_rarest_go_first() {
        let (notes, entities, how, _) = packed(rows(4_100, 100), 100);
        assert_eq!(notes, json!({"sentences": false}));
        assert_eq!((entities.len(), how[0]), (410_000, 2));

        // The last kind of entity that is known has the fewest rows; a mention that is not linked stays.
        let mut many = rows(8_000, 100);
        many.push(Row { entity: 103, ..many[0] });
        let (notes, entities, ..) = packed(many, 100);
        assert_eq!(notes, json!({"sentences": false, "entitiesWithRows": 87}));
        assert_eq!(entities.len(), 87 * 8_000 + 1);
        assert!(entities.contains(&103) && !entities.contains(&87));
    }

    #[test]
    fn how_a_mention_stands_is_one_number() {
        assert_eq!(how(None, Some("body"), None), 0);
        assert_eq!(how(Some("former"), Some("title"), Some("quoted|speaker")), 1 | 1 << 3 | 0b10001 << 5);
        assert_eq!(how(Some("unknown"), Some("kicker"), Some("unknown")), 2 << 3);
    }

    #[test]
    fn long_headlines_are_cut_at_a_character() {
        assert_eq!(clipped("Größere\n  Förderung", 4), "Größ…");
        assert_eq!(clipped("Größe", 5), "Größe");
    }
}
