// Filters, and what is counted of the documents that pass them.
import { dayOf, iso, monthName, lang } from "./dom.js";
import { LAND_CODES, NO_DAY } from "./model.js";

const fold = (text) => text.toLocaleLowerCase("de").normalize("NFKC");

/** What the filters leave: a mark per document, and the rows of mentions that count. */
export function select(data, filter) {
  const { docs, rows, tags, entities } = data;
  const from = filter.von ? dayOf(filter.von) : -Infinity;
  const to = filter.bis ? dayOf(filter.bis) : Infinity;
  const dated = Boolean(filter.von || filter.bis);
  const land = LAND_CODES.indexOf(filter.land);
  const topic = filter.thema ? (data.topics.byId.get(filter.thema) ?? -2) : -1;
  const kind = data.kinds.findIndex((one) => one.id === filter.art);
  const names = (filter.name || []).map((id) => entities.byId.get(id) ?? -2);
  const words = fold(filter.q || "").split(/\s+/).filter(Boolean);
  const named = words.map((word) => entitiesWith(data, word));

  const marked = new Uint8Array(docs.length);
  let documents = 0;
  let duplicates = 0;
  let undated = 0;
  for (let doc = 0; doc < docs.length; doc++) {
    const day = docs.day[doc];
    if (dated && (day === NO_DAY || day < from || day > to)) continue;
    if (topic !== -1 && !has(tags.topic, tags.start, doc, (value) => value === topic)) continue;
    if (land >= 0 && !has(rows.entity, rows.start, doc, (value) => data.landOf[value] === land)) continue;
    if (!names.every((name) => has(rows.entity, rows.start, doc, (value) => value === name))) continue;
    if (words.length) {
      const text = fold(`${docs.title[doc]} ${docs.kicker[doc] ?? ""}`);
      const found = (word, index) => text.includes(word) || has(rows.entity, rows.start, doc, (value) => named[index].has(value));
      if (!words.every(found)) continue;
    }
    if (docs.duplicate[doc] && !filter.dubletten) {
      duplicates++;
      continue;
    }
    marked[doc] = 1;
    documents++;
    if (day === NO_DAY) undated++;
  }
  const selection = { data, filter, marked, documents, duplicates, undated, kind, bins: binsOf(data, marked, filter.schritt) };
  return Object.assign(selection, tally(selection));
}

function has(values, start, doc, test) {
  for (let i = start[doc]; i < start[doc + 1]; i++) if (test(values[i])) return true;
  return false;
}

/** Entities whose name or abbreviation contains the word. */
function entitiesWith(data, word) {
  const found = new Set();
  for (let entity = 0; entity < data.entities.length; entity++) {
    const text = fold(`${data.entities.name[entity]} ${data.entities.abbreviation[entity]}`);
    if (text.includes(word)) found.add(entity);
  }
  return found;
}

/** Steps of time from the first to the last document, without gaps; the number of each document's step in `of`. */
function binsOf(data, marked, wanted) {
  const { day } = data.docs;
  let [first, last] = [Infinity, -Infinity];
  for (let doc = 0; doc < day.length; doc++) {
    if (!marked[doc] || day[doc] === NO_DAY) continue;
    first = Math.min(first, day[doc]);
    last = Math.max(last, day[doc]);
  }
  const of = new Int32Array(day.length).fill(-1);
  if (first > last) return { step: wanted || "monat", labels: [], short: [], of, length: 0, first, last };
  const months = (value) => {
    const at = new Date(value * 86_400_000);
    return at.getUTCFullYear() * 12 + at.getUTCMonth();
  };
  const span = months(last) - months(first) + 1;
  const step = wanted || (span <= 60 ? "monat" : span <= 180 ? "quartal" : "jahr");
  const size = { monat: 1, quartal: 3, jahr: 12 }[step];
  const base = Math.floor(months(first) / size);
  const length = Math.floor(months(last) / size) - base + 1;
  for (let doc = 0; doc < day.length; doc++) {
    if (marked[doc] && day[doc] !== NO_DAY) of[doc] = Math.floor(months(day[doc]) / size) - base;
  }
  const labels = Array.from({ length }, (_, index) => label(step, (base + index) * size));
  const edge = (index) => {
    const month = (base + index) * size;
    return dayOf(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`);
  };
  return {
    step, length, of, labels, first, last,
    years: Array.from({ length }, (_, index) => Math.floor(((base + index) * size) / 12)),
    from: (index) => iso(edge(index)),
    to: (index) => iso(edge(index + 1) - 1),
    /** The step of a day, also outside of the range. */
    at: (value) => Math.floor(months(value) / size) - base,
  };
}

function label(step, month) {
  const [year, index] = [Math.floor(month / 12), month % 12];
  if (step === "jahr") return String(year);
  if (step === "quartal") return lang === "de" ? `${index / 3 + 1}. Quartal ${year}` : `Q${index / 3 + 1} ${year}`;
  return `${monthName(index)} ${year}`;
}

/** Counts over all marked documents. */
function tally({ data, marked, bins, kind }) {
  const { docs, rows, tags, entities } = data;
  const width = Math.max(1, bins.length);
  const all = entities.length + data.kinds.length;
  const docsByBin = new Uint32Array(width);
  const mentionsOf = new Uint32Array(all);
  const docsOf = new Uint32Array(all);
  const firstDoc = new Int32Array(all).fill(-1);
  const lastDoc = new Int32Array(all).fill(-1);
  const kindByBin = data.kinds.map(() => new Uint32Array(width));
  const kindMentions = new Uint32Array(data.kinds.length);
  const kindDocs = new Uint32Array(data.kinds.length);
  const topicByBin = Array.from({ length: data.topics.length }, () => new Uint32Array(width));
  const topicDocs = new Uint32Array(data.topics.length);
  const seenKind = new Int32Array(data.kinds.length).fill(-1);
  let mentions = 0;
  for (let doc = 0; doc < docs.length; doc++) {
    if (!marked[doc]) continue;
    const bin = bins.of[doc];
    if (bin >= 0) docsByBin[bin]++;
    for (let i = rows.start[doc]; i < rows.start[doc + 1]; i++) {
      const [of, many] = [rows.kind[i], rows.count[i]];
      if (kind >= 0 && of !== kind) continue;
      const entity = rows.entity[i];
      mentions += many;
      mentionsOf[entity] += many;
      kindMentions[of] += many;
      if (bin >= 0) kindByBin[of][bin] += many;
      if (seenKind[of] !== doc) {
        seenKind[of] = doc;
        kindDocs[of]++;
      }
      if (lastDoc[entity] === doc) continue;
      docsOf[entity]++;
      if (firstDoc[entity] < 0) firstDoc[entity] = doc;
      lastDoc[entity] = doc;
    }
    for (let i = tags.start[doc]; i < tags.start[doc + 1]; i++) {
      topicDocs[tags.topic[i]]++;
      if (bin >= 0) topicByBin[tags.topic[i]][bin]++;
    }
  }
  const ranked = [];
  for (let entity = 0; entity < entities.length; entity++) if (mentionsOf[entity]) ranked.push(entity);
  ranked.sort((a, b) => mentionsOf[b] - mentionsOf[a] || docsOf[b] - docsOf[a] || (entities.id[a] < entities.id[b] ? -1 : 1));
  return {
    mentions, docsByBin, mentionsOf, docsOf, firstDoc, lastDoc, kindByBin, kindMentions, kindDocs, topicByBin, topicDocs,
    /** Entities that are mentioned, most frequent first. */
    ranked,
  };
}

/** Mentions of each of the entities by step of time. */
export function series(selection, wanted) {
  const { data, marked, bins } = selection;
  const { rows } = data;
  const place = new Map(wanted.map((entity, index) => [entity, index]));
  const values = wanted.map(() => new Uint32Array(Math.max(1, bins.length)));
  for (let i = 0; i < rows.length; i++) {
    const index = place.get(rows.entity[i]);
    const doc = rows.doc[i];
    if (index !== undefined && marked[doc] && bins.of[doc] >= 0) values[index][bins.of[doc]] += rows.count[i];
  }
  return values;
}

/** Mentions and documents of the Länder: `own` of the Land itself, `all` of whatever belongs to it; in one step of time or all. */
export function laender(selection, bin = -1) {
  const { data, marked, bins } = selection;
  const { rows, docs } = data;
  const landKind = data.kind.indexOf("land");
  const make = () => LAND_CODES.map(() => ({ mentions: 0, documents: 0, seen: -1 }));
  const result = { own: make(), all: make(), documents: 0 };
  for (let doc = 0; doc < docs.length; doc++) {
    if (!marked[doc] || (bin >= 0 && bins.of[doc] !== bin)) continue;
    result.documents++;
    for (let i = rows.start[doc]; i < rows.start[doc + 1]; i++) {
      const entity = rows.entity[i];
      const land = entity < data.entities.length ? data.landOf[entity] : 255;
      if (land === 255) continue;
      for (const [list, counts] of [["own", rows.kind[i] === landKind], ["all", true]]) {
        if (!counts) continue;
        const one = result[list][land];
        one.mentions += rows.count[i];
        if (one.seen !== doc) [one.seen, one.documents] = [doc, one.documents + 1];
      }
    }
  }
  return result;
}

/** Documents and sentences that two of the entities share: [a, b, documents, sentences], a before b in the list. */
export function pairs(selection, wanted) {
  const { data, marked } = selection;
  const { rows, docs } = data;
  const place = new Map(wanted.map((entity, index) => [entity, index]));
  const size = wanted.length;
  const together = new Uint32Array(size * size);
  const sentences = new Uint32Array(size * size);
  const add = (target, list) => {
    const sorted = [...list].sort((a, b) => a - b);
    for (let x = 0; x < sorted.length; x++) for (let y = x + 1; y < sorted.length; y++) target[sorted[x] * size + sorted[y]]++;
  };
  for (let doc = 0; doc < docs.length; doc++) {
    if (!marked[doc]) continue;
    const inDoc = new Set();
    let inSentence = new Set();
    let sentence = -1;
    for (let i = rows.start[doc]; i < rows.start[doc + 1]; i++) {
      const index = place.get(rows.entity[i]);
      if (index === undefined) continue;
      if (rows.sentence[i] !== sentence) {
        if (inSentence.size > 1) add(sentences, inSentence);
        [sentence, inSentence] = [rows.sentence[i], new Set()];
      }
      inSentence.add(index);
      inDoc.add(index);
    }
    if (inSentence.size > 1) add(sentences, inSentence);
    if (inDoc.size > 1) add(together, inDoc);
  }
  const list = [];
  for (let x = 0; x < size; x++) {
    for (let y = x + 1; y < size; y++) {
      const shared = together[x * size + y];
      if (shared) list.push({ a: x, b: y, documents: shared, sentences: data.notes.sentences ? sentences[x * size + y] : null });
    }
  }
  return list.sort((p, q) => q.documents - p.documents || q.sentences - p.sentences);
}

/** Entities that stand in the same documents as this one, most frequent first. */
export function neighbours(selection, entity) {
  const { data, marked, docsOf, documents } = selection;
  const { rows, docs } = data;
  const shared = new Map();
  let own = 0;
  for (let doc = 0; doc < docs.length; doc++) {
    if (!marked[doc]) continue;
    const [start, end] = [rows.start[doc], rows.start[doc + 1]];
    const sentences = new Set();
    for (let i = start; i < end; i++) if (rows.entity[i] === entity) sentences.add(rows.sentence[i]);
    if (!sentences.size) continue;
    own++;
    const seen = new Map();
    for (let i = start; i < end; i++) {
      const other = rows.entity[i];
      if (other === entity || other >= data.entities.length || (selection.kind >= 0 && rows.kind[i] !== selection.kind)) continue;
      const list = seen.get(other) ?? new Set();
      if (sentences.has(rows.sentence[i])) list.add(rows.sentence[i]);
      seen.set(other, list);
    }
    for (const [other, list] of seen) {
      const one = shared.get(other) ?? { entity: other, documents: 0, sentences: 0 };
      one.documents++;
      one.sentences += list.size;
      shared.set(other, one);
    }
  }
  for (const one of shared.values()) one.npmi = npmi(one.documents, own, docsOf[one.entity], documents);
  return [...shared.values()].sort((a, b) => b.documents - a.documents || b.sentences - a.sentences || a.entity - b.entity);
}

/** Normalised pointwise mutual information, as the table cooccurrences has it. */
export function npmi(both, a, b, all) {
  if (both === all) return 0;
  return Math.log((both / all) / ((a / all) * (b / all))) / -Math.log(both / all);
}

/** Documents of each topic among those with an entity of a column: counts[topic][column], and documents per column. */
export function topicsBy(selection, columns) {
  const { data, marked } = selection;
  const { rows, tags, docs } = data;
  const counts = Array.from({ length: data.topics.length }, () => new Uint32Array(columns.count));
  const total = new Uint32Array(columns.count);
  for (let doc = 0; doc < docs.length; doc++) {
    if (!marked[doc]) continue;
    const seen = new Set();
    for (let i = rows.start[doc]; i < rows.start[doc + 1]; i++) {
      const column = rows.entity[i] < data.entities.length ? columns.of(rows.entity[i]) : -1;
      if (column >= 0) seen.add(column);
    }
    for (const column of seen) {
      total[column]++;
      for (let i = tags.start[doc]; i < tags.start[doc + 1]; i++) counts[tags.topic[i]][column]++;
    }
  }
  return { counts, total };
}
