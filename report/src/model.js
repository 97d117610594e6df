// The data of the report, ready to be counted.
import { summed } from "./unpack.js";

export const LAENDER = {
  bw: "Baden-Württemberg", by: "Bayern", be: "Berlin", bb: "Brandenburg", hb: "Bremen", hh: "Hamburg", he: "Hessen",
  mv: "Mecklenburg-Vorpommern", ni: "Niedersachsen", nw: "Nordrhein-Westfalen", rp: "Rheinland-Pfalz", sl: "Saarland",
  sn: "Sachsen", st: "Sachsen-Anhalt", sh: "Schleswig-Holstein", th: "Thüringen",
};
export const LAND_CODES = Object.keys(LAENDER);

/** Day of a document without one. */
export const NO_DAY = -1_000_000;

export function model(data) {
  const { columns } = data;
  const first = data.firstDay;
  const days = Int32Array.from(summed(columns.docDay), (value) => (value ? first + value - 1 : NO_DAY));
  const docs = {
    length: data.docId.length,
    id: data.docId,
    title: data.docTitle,
    kicker: data.docKicker,
    source: columns.docSource,
    item: summed(columns.docItem),
    day: days,
    chars: columns.docChars,
    duplicate: columns.docDuplicate,
  };
  const entities = {
    length: data.entityId.length,
    id: data.entityId,
    name: data.entityName,
    abbreviation: data.entityAbbreviation,
    land: data.entityLand,
    party: data.entityParty,
    parent: data.entityParent,
    wikidata: data.entityWikidata,
    ags: data.entityAgs,
    facts: data.entityFacts,
    kind: columns.entityKind,
    mentions: columns.entityMentions,
    documents: columns.entityDocuments,
    byId: new Map(data.entityId.map((id, index) => [id, index])),
  };
  const rows = {
    length: columns.rowEntity.length,
    doc: summed(columns.rowDoc),
    sentence: summed(columns.rowSentence),
    entity: columns.rowEntity,
    holder: columns.rowHolder,
    how: columns.rowHow,
    count: columns.rowCount,
  };
  rows.start = starts(rows.doc, docs.length);
  // Of a mention that is not linked only the kind is known.
  rows.kind = Uint8Array.from(rows.entity, (entity) => (entity < entities.length ? entities.kind[entity] : entity - entities.length));
  const tags = {
    length: columns.tagTopic.length,
    doc: summed(columns.tagDoc),
    topic: columns.tagTopic,
    score: columns.tagScore,
    termStart: starts2(columns.tagTerms),
    term: columns.tagTerm,
  };
  tags.start = starts(tags.doc, docs.length);
  const landNumber = new Map(LAND_CODES.map((code, index) => [code, index]));
  return {
    ...data,
    docs,
    entities,
    rows,
    tags,
    topics: { length: data.topicId.length, id: data.topicId, label: data.topicLabel, byId: new Map(data.topicId.map((id, index) => [id, index])) },
    kinds: data.kind.map((id, index) => ({ id, label: data.kindLabel[index], index })),
    /** Number of the Land of each entity in LAND_CODES, 255 for none. */
    landOf: Uint8Array.from(entities.land, (code) => landNumber.get(code) ?? 255),
    contexts: contexts(data),
  };
}

/** Where the rows of each document begin; one more than there are documents. */
function starts(docOfRow, documents) {
  const start = new Uint32Array(documents + 1);
  for (const doc of docOfRow) start[doc + 1]++;
  for (let i = 0; i < documents; i++) start[i + 1] += start[i];
  return start;
}

function starts2(counts) {
  const start = new Uint32Array(counts.length + 1);
  counts.forEach((count, index) => (start[index + 1] = start[index] + count));
  return start;
}

/** The sentences by entity and by document. */
function contexts(data) {
  const { columns } = data;
  const doc = summed(columns.contextDoc);
  const start = starts2(columns.contextMarks);
  const ofEntity = new Map();
  const ofDoc = new Map();
  const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
  data.context.forEach((_, index) => {
    push(ofDoc, doc[index], index);
    const entities = new Set(columns.markEntity.subarray(start[index], start[index + 1]));
    for (const entity of entities) push(ofEntity, entity, index);
  });
  const marks = (index) => {
    const list = [];
    for (let i = start[index]; i < start[index + 1]; i++) {
      list.push({ start: columns.markStart[i], end: columns.markStart[i] + columns.markLength[i], entity: columns.markEntity[i] });
    }
    return list;
  };
  return { length: data.context.length, text: data.context, doc, marks, ofEntity, ofDoc };
}

/** The name of an entity where there is little room. */
export function short(data, entity, length = 30) {
  const { abbreviation, name } = data.entities;
  const text = abbreviation[entity] || name[entity];
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
}

/** Headline of a document; where there is none, its id or the file that it is from. */
export function titleOf(data, doc) {
  const { title, id, source } = data.docs;
  return title[doc] || id[doc] || data.sources[source[doc]];
}
