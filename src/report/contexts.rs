//! Which sentences a report shows for each entity, and where in them the mentions stand.

use std::collections::{BTreeMap, BTreeSet};

/// Sentences per entity: the first of these numbers with which all fit into [`BUDGET`].
const QUOTAS: [usize; 8] = [24, 16, 12, 8, 6, 4, 2, 1];
/// Bytes of text for all sentences together; a third of it remains when deflated.
const BUDGET: usize = 1_700_000;
/// Characters up to which a sentence is shown whole.
const LONG: usize = 640;
/// Characters shown before and behind a mention in a longer one.
const AROUND: usize = 280;

/// A linked mention with its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) document: u32,
    pub(super) sentence: u32,
    pub(super) entity: u32,
    /// Where it begins in the document, in code points.
    pub(super) start: u32,
    pub(super) surface: &'t str,
    pub(super) context: &'t str,
}

/// A sentence, or the part of a long one around a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) document: u32,
    pub(super) sentence: u32,
    pub(super) text: String,
    /// Begin and length in UTF-16 units, as browsers count, and the entity; in order and without overlap.
    pub(super) marks: Vec<(u32, u32, u32)>,
}

/// The sentences shown and how many each entity got at most.
pub(super) struct Chosen {
    pub(super) contexts: Vec<Context>,
    pub(super) quota: usize,
}

/// Chooses sentences of each entity, spread evenly over its mentions in the order of the documents. `places` are sorted by
/// document and start; entities are numbered from the most frequent.
pub(super) fn choose(places: &[Place<'_>]) -> Chosen {
    let mut of_entity: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        let list = of_entity.entry(place.entity).or_default();
        let is_same =
            |last: &usize| (places[*last].document, places[*last].sentence) == (place.document, place.sentence);
        if !list.last().is_some_and(is_same) {
            list.push(index);
        }
    }
    let mut picked = BTreeSet::new();
    let mut quota = 0;
    for candidate in QUOTAS {
        (picked, quota) = (BTreeSet::new(), candidate);
        let mut bytes = 0;
        for list in of_entity.values() {
            for index in spread(list, candidate) {
                if picked.insert(Key::of(places, index)) {
                    bytes += places[index].context.len().min(2 * LONG);
                }
            }
            // With one sentence each, the most frequent entities have it until the room is used.
            if bytes > BUDGET {
                break;
            }
        }
        if bytes <= BUDGET {
            break;
        }
    }
    let contexts = picked.into_iter().map(|key| context(places, key)).collect();
    Chosen { contexts, quota }
}

/// At most `count` of the items, evenly spaced, the first and the last among them.
fn spread(list: &[usize], count: usize) -> impl Iterator<Item = usize> {
    let end = list.len() - 1;
    let steps = count.min(list.len()) - 1;
    (0..=steps).map(move |step| list[(step * end).checked_div(steps).unwrap_or(0)])
}

/// A sentence, by its first mention; a long one by the mention around which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    first: usize,
    around: usize,
}

impl Key {
    fn of(places: &[Place<'_>], index: usize) -> Self {
        let place = &places[index];
        let is_same = |other: &Place<'_>| (other.document, other.sentence) == (place.document, place.sentence);
        let before = places[..index].iter().rev().take_while(|other| is_same(other)).count();
        let first = index - before;
        let is_long = place.context.chars().nth(LONG).is_some();
        Self { first, around: if is_long { index } else { first } }
    }
}

fn context(places: &[Place<'_>], key: Key) -> Context {
    let place = &places[key.first];
    let in_sentence: Vec<&Place<'_>> = places[key.first..]
        .iter()
        .take_while(|other| (other.document, other.sentence) == (place.document, place.sentence))
        .collect();
    let chars: Vec<char> = place.context.chars().collect();
    let Some(start) = start_of_sentence(&chars, &in_sentence) else {
        // A mention that does not stand in its sentence: the text without marks.
        let text = chars.iter().take(LONG).collect();
        return Context { document: place.document, sentence: place.sentence, text, marks: Vec::new() };
    };
    let at = |place: &Place<'_>| (place.start - start) as usize;
    let (mut from, mut to) = (0, chars.len());
    if chars.len() > LONG {
        let (around, length) = (&places[key.around], places[key.around].surface.chars().count());
        from = word_border(&chars, at(around).saturating_sub(AROUND));
        to = word_border(&chars, (at(around) + length + AROUND).min(chars.len()));
    }
    let mut text = String::new();
    if from > 0 {
        text.push_str("… ");
    }
    let shift = text.encode_utf16().count();
    text.extend(&chars[from..to]);
    if to < chars.len() {
        text.push_str(" …");
    }
    let units = |chars: &[char]| chars.iter().map(|char| char.len_utf16()).sum::<usize>();
    let marks = in_sentence
        .iter()
        .map(|place| (at(place), at(place) + place.surface.chars().count(), place.entity))
        .filter(|(begin, end, _)| *begin >= from && *end <= to)
        .map(|(begin, end, entity)| {
            ((shift + units(&chars[from..begin])) as u32, units(&chars[begin..end]) as u32, entity)
        })
        .collect();
    Context { document: place.document, sentence: place.sentence, text, marks }
}

/// The next place at or behind `at` where a word ends.
fn word_border(chars: &[char], at: usize) -> usize {
    if at == 0 {
        0
    } else {
        chars[at..].iter().position(|char| char.is_whitespace()).map_or(chars.len(), |step| at + step)
    }
}

/// Where the sentence begins in its document, in code points: the place that puts all surfaces where they stand in it.
fn start_of_sentence(chars: &[char], places: &[&Place<'_>]) -> Option<u32> {
    let stands = |place: &Place<'_>, at: usize| {
        let mut rest = chars.get(at..).unwrap_or_default().iter();
        place.surface.chars().all(|char| rest.next() == Some(&char))
    };
    let first = places.first()?;
    (0..chars.len()).filter(|at| stands(first, *at)).find_map(|at| {
        let start = first.start.checked_sub(at as u32)?;
        let fit = |place: &&Place<'_>| place.start.checked_sub(start).is_some_and(|at| stands(place, at as usize));
        places.iter().all(fit).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place<'t>(start: u32, surface: &'t str, context: &'t str, entity: u32) -> Place<'t> {
        Place { document: 0, sentence: 3, entity, start, surface, context }
    }

    #[test]
    fn all_mentions_say_where_the_sentence_begins() {
        // `Hessen` stands twice; only the second reading also puts `Bayern` right.
        let text = "Hessen 😀 und Hessen, Bayern.";
        let chosen = choose(&[place(113, "Hessen", text, 0), place(121, "Bayern", text, 1)]);
        assert_eq!(chosen.contexts.len(), 1);
        assert_eq!(chosen.contexts[0].text, text);
        // In UTF-16 the emoji counts two.
        assert_eq!(chosen.contexts[0].marks, [(14, 6, 0), (22, 6, 1)]);
    }

    #[test]
    fn long_sentences_are_cut_around_the_mention() {
        let text = format!("{}Bayern {}", "Wort ".repeat(300), "Wort ".repeat(300));
        let chosen = choose(&[place(1500, "Bayern", &text, 0)]);
        let Context { text, marks, .. } = &chosen.contexts[0];
        assert!(text.starts_with("…  Wort") && text.ends_with("Wort …"), "{text}");
        assert!(text.chars().count() < LONG);
        let (begin, length, _) = marks[0];
        assert_eq!(
            &text.encode_utf16().skip(begin as usize).take(length as usize).collect::<Vec<_>>(),
            &"Bayern".encode_utf16().collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_mention_that_does_not_stand_in_its_sentence_is_not_marked() {
        let chosen = choose(&[place(5, "Bayern", "Hessen zahlt.", 0)]);
        assert_eq!(chosen.contexts[0].marks, []);
    }

    #[test]
    fn the_first_and_the_last_are_among_those_spread() {
        let list: Vec<usize> = (0..100).collect();
        let picked: Vec<usize> = spread(&list, 4).collect();
        assert_eq!(picked, [0, 33, 66, 99]);
        assert_eq!(spread(&list[..2], 4).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(spread(&list, 1).collect::<Vec<_>>(), [0]);
    }
}
