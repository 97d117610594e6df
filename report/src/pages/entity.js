// The page of one name: its story, when it is named, about what, with whom, and the sentences themselves.
import { rankBars, timeBars } from "../charts/bars.js";
import { clip, count, date, dayOf, documents, fine, h, isoDate, mentions, number, percent, quoted, t } from "../dom.js";
import { figure } from "../figure.js";
import { LAENDER, titleOf } from "../model.js";
import { emptyBecause } from "../sections/overview.js";
import { neighbours, series } from "../select.js";
import { table } from "../table.js";

export function entityPage(context, id) {
  const { data, selection, home, set } = context;
  const { entities } = data;
  const entity = entities.byId.get(id);
  if (entity === undefined) {
    return [h("h1", { tabindex: "-1" }, t("Dieser Name kommt nicht vor", "This name does not occur")), h("p", {}, h("code", {}, quoted(id)), " ", t("steht in keinem Dokument dieses Laufs.", "stands in no document of this run.")), h("p", {}, h("a", { href: home() }, t("Zum Überblick", "To the overview")))];
  }
  const total = { mentions: entities.mentions[entity], documents: entities.documents[entity] };
  const found = perDocument(context, entity);
  const docs = [...found.keys()];
  const sum = [...found.values()].reduce((one, other) => one + other, 0);
  const head = h("header", { class: "page-head" },
    h("p", { class: "kicker" }, data.kinds[entities.kind[entity]].label),
    h("h1", { tabindex: "-1" }, entities.name[entity], entities.abbreviation[entity] && entities.abbreviation[entity] !== entities.name[entity] && h("span", { class: "sub" }, entities.abbreviation[entity])),
    h("p", { class: "lead" }, sum === total.mentions ? t(`${mentions(sum)} in ${documents(docs.length).replace("Dokumente", "Dokumenten")}.`, `${mentions(sum)} in ${documents(docs.length)}.`) : t(`In der Auswahl ${mentions(sum)} in ${documents(docs.length).replace("Dokumente", "Dokumenten")}, im ganzen Lauf ${mentions(total.mentions)} in ${documents(total.documents).replace("Dokumente", "Dokumenten")}.`, `In the selection ${mentions(sum)} in ${documents(docs.length)}, in the whole run ${mentions(total.mentions)} in ${documents(total.documents)}.`)),
    facts(context, entity),
    h("p", { class: "actions" }, h("button", { type: "button", click: () => set({ name: [id] }, null, "dokumente") }, t("Seine Dokumente zeigen", "Show its documents"))),
  );
  if (!docs.length) {
    const held = total.mentions === 0 ? t("Dieser Name steht selbst in keinem Text; er gehört zu einem Amt, das genannt wird.", "This name stands in no text itself; it belongs to an office that is named.") : (emptyBecause(selection, data) ?? t("In den Dokumenten der Auswahl kommt er nicht vor.", "It does not occur in the documents of the selection."));
    return [head, h("p", { class: "empty" }, held), story(context, entity)];
  }
  return [head, story(context, entity), timeline(context, entity), holders(context, entity), about(context, entity, docs), neighbourhood(context, entity), contexts(context, entity, docs)];
}

/** Mentions of the entity in each marked document that names it. */
function perDocument({ data: { rows }, selection }, entity) {
  const found = new Map();
  for (let i = 0; i < rows.length; i++) {
    if (rows.entity[i] === entity && selection.marked[rows.doc[i]]) found.set(rows.doc[i], (found.get(rows.doc[i]) ?? 0) + rows.count[i]);
  }
  return found;
}

function facts({ data, toEntity }, entity) {
  const { entities } = data;
  const known = entities.facts[entity] ?? {};
  const parent = entities.byId.get(entities.parent[entity]);
  const list = [
    ["Land", LAENDER[entities.land[entity]]],
    [t("Partei", "Party"), partyName(data, entities.party[entity])],
    [t("gehört zu", "belongs to"), parent !== undefined ? h("a", { href: toEntity(parent) }, entities.name[parent]) : entities.parent[entity] && h("code", {}, entities.parent[entity])],
    ["AGS", entities.ags[entity]],
    ["Wikidata", entities.wikidata[entity]],
    [t("Kennung", "Id"), h("code", {}, entities.id[entity])],
  ].filter(([, value]) => value);
  const gender = { f: t("Frau", "woman"), m: t("Mann", "man"), d: t("divers", "diverse") }[known.gender];
  if (gender) list.unshift([t("Geschlecht", "Gender"), gender]);
  return h("dl", { class: "facts inline" }, list.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function partyName(data, party) {
  const entity = data.entities.byId.get(`party:${party}`);
  return party && (entity === undefined ? party.toUpperCase() : data.entities.abbreviation[entity] || data.entities.name[entity]);
}

/** Names through time and who held the office, as the gazetteer has them. */
function story({ data, toEntity }, entity) {
  const known = data.entities.facts[entity];
  if (!known) return null;
  const id = data.entities.id[entity];
  const [of, isPerson] = [slug(id), id.startsWith("politician:")];
  const from = { label: t("von", "from"), value: (row) => row.days[0], show: (row) => (row.days[0] ? isoDate(row.days[0]) : "") };
  const to = { label: t("bis", "to"), value: (row) => row.days[1], show: (row) => (row.days[1] ? isoDate(row.days[1]) : t("heute", "today")) };
  const held = known.held.map(([[other, name, acting], days]) => ({ entity: data.entities.byId.get(other), name, acting, days }));
  const names = known.names.map(([name, days]) => ({ name, days }));
  const part = (title, file, label, rows, show) => rows.length > 0 && h("div", {}, h("h2", {}, title), table({ caption: title, file: `${file}-${of}`, page: 8, rows, columns: [{ label, value: (row) => row.name, show }, from, to] }));
  if (!names.length && !held.length) return null;
  const heading = isPerson ? t("Ämter", "Offices") : id.startsWith("ministry:") ? t("An der Spitze", "At its head") : t("Wer das Amt innehatte", "Who held it");
  return h("section", { class: "stories", "aria-label": t("Geschichte", "Story") },
    part(t("Namen im Lauf der Zeit", "Names through time"), t("namen", "names"), t("Name", "Name"), names),
    part(heading, t("aemter", "offices"), isPerson ? t("Amt", "Office") : t("Person", "Person"), held, (row) => [row.entity === undefined ? row.name : h("a", { href: toEntity(row.entity) }, row.name), row.acting ? t(" (kommissarisch)", " (acting)") : ""]));
}

/** Days within the range on which a name or a holder changed. */
function changes(known, bins) {
  const inside = (days) => days[0] && dayOf(days[0]) > bins.first && dayOf(days[0]) <= bins.last;
  const list = [
    ...known.names.filter(([, days]) => inside(days)).map(([name, days]) => ({ day: days[0], label: t(`ab ${isoDate(days[0])}: ${name}`, `from ${days[0]}: ${name}`) })),
    ...known.held.filter(([, days]) => inside(days)).map(([[, name], days]) => ({ day: days[0], label: t(`ab ${isoDate(days[0])}: ${name}`, `from ${days[0]}: ${name}`) })),
  ];
  return list.slice(0, 4).map((one, index) => ({ at: bins.at(dayOf(one.day)), label: one.label, row: index % 2 }));
}

function timeline({ data, selection }, entity) {
  const { bins } = selection;
  const [values] = series(selection, [entity]);
  const step = { monat: t("Monat", "month"), quartal: t("Quartal", "quarter"), jahr: t("Jahr", "year") }[bins.step];
  const best = values.indexOf(Math.max(...values));
  return figure({
    level: "h2", title: t(`Nennungen je ${step}`, `Mentions per ${step}`), file: `${t("verlauf", "course")}-${slug(data.entities.id[entity])}`,
    empty: bins.length ? null : t("Kein Dokument der Auswahl hat ein Datum.", "No document of the selection has a date."),
    alt: bins.length ? t(`Säulen: Nennungen von ${data.entities.name[entity]} je ${step}; die meisten, ${number(values[best])}, im Zeitraum ${bins.labels[best]}.`, `Columns: mentions of ${data.entities.name[entity]} per ${step}; most of them, ${number(values[best])}, in ${bins.labels[best]}.`) : "",
    draw: (width) => timeBars(width, { bins, values: [...values], height: 200, marks: data.entities.facts[entity] ? changes(data.entities.facts[entity], bins) : [] }),
    data: { columns: [{ label: step, value: (row) => row[0] }, { label: t("Nennungen", "Mentions"), value: (row) => row[1], numeric: true }], rows: bins.labels.map((label, index) => [label, values[index]]), page: 60 },
  });
}

/** Of an office: who was meant, by step of time. */
function holders({ data, selection, toEntity }, entity) {
  const { rows } = data;
  const { bins } = selection;
  const counts = new Map();
  for (let i = 0; i < rows.length; i++) {
    if (rows.entity[i] !== entity || !selection.marked[rows.doc[i]]) continue;
    const key = `${bins.of[rows.doc[i]]}|${rows.holder[i]}`;
    counts.set(key, (counts.get(key) ?? 0) + rows.count[i]);
  }
  if (!data.entities.id[entity].startsWith("office:")) return null;
  const list = [...counts].map(([key, many]) => [...key.split("|").map(Number), many]).sort((a, b) => a[0] - b[0] || b[2] - a[2]);
  return h("section", {}, h("h2", {}, t("Wer gemeint war", "Who was meant")), table({
    caption: t("Wer gemeint war", "Who was meant"), file: `${t("amtsinhaber", "holders")}-${slug(data.entities.id[entity])}`,
    columns: [
      { label: t("Zeit", "Time"), value: (row) => row[0], show: (row) => bins.labels[row[0]] ?? t("ohne Datum", "no date") },
      { label: t("Person", "Person"), value: (row) => (row[1] ? data.entities.name[row[1] - 1] : ""), show: (row) => (row[1] ? h("a", { href: toEntity(row[1] - 1) }, data.entities.name[row[1] - 1]) : t("nicht aufgelöst", "not resolved")) },
      { label: t("Nennungen", "Mentions"), value: (row) => row[2], numeric: true },
    ],
    rows: list,
  }));
}

function about({ data, selection }, entity, docs) {
  const { tags } = data;
  const counts = new Map();
  for (const doc of docs) for (let i = tags.start[doc]; i < tags.start[doc + 1]; i++) counts.set(tags.topic[i], (counts.get(tags.topic[i]) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const share = (topic) => selection.topicDocs[topic] / selection.documents;
  const items = ranked.slice(0, 10).map(([topic, many]) => ({ label: data.topics.label[topic], value: many / docs.length, text: t(`${percent(many / docs.length)} (sonst ${percent(share(topic))})`, `${percent(many / docs.length)} (else ${percent(share(topic))})`) }));
  return figure({
    level: "h2", title: t("Worum es geht", "What it is about"), subtitle: t("Anteil seiner Dokumente mit dem Thema, daneben der Anteil in der ganzen Auswahl.", "Share of its documents with the topic, beside it the share in the whole selection."),
    file: `${t("themen", "topics")}-${slug(data.entities.id[entity])}`,
    empty: items.length ? null : t("Keines dieser Dokumente hat ein Thema.", "None of these documents has a topic."),
    alt: t(`Balken: ${items.slice(0, 3).map((item) => `${item.label} ${item.text}`).join(", ")}.`, `Bars: ${items.slice(0, 3).map((item) => `${item.label} ${item.text}`).join(", ")}.`),
    draw: (width) => rankBars(width, { items, max: Math.max(...items.map((item) => item.value)) }),
    data: { columns: [{ label: t("Thema", "Topic"), value: (row) => data.topics.label[row[0]] }, { label: t("Dokumente", "Documents"), value: (row) => row[1], numeric: true }, { label: t("Anteil", "Share"), value: (row) => Math.round((row[1] / docs.length) * 1e4) / 1e4, show: (row) => percent(row[1] / docs.length), numeric: true }, { label: t("in der Auswahl", "in the selection"), value: (row) => Math.round(share(row[0]) * 1e4) / 1e4, show: (row) => percent(share(row[0])), numeric: true }], rows: ranked },
  });
}

function neighbourhood({ data, selection, toEntity }, entity) {
  const list = neighbours(selection, entity);
  const columns = [
    { label: "Name", value: (row) => data.entities.name[row.entity], show: (row) => h("a", { href: toEntity(row.entity) }, data.entities.name[row.entity]) },
    { label: t("Art", "Kind"), value: (row) => data.kinds[data.entities.kind[row.entity]].label },
    { label: t("Partei", "Party"), value: (row) => partyName(data, data.entities.party[row.entity]) || "" },
    { label: "Land", value: (row) => LAENDER[data.entities.land[row.entity]] ?? "" },
    { label: t("gemeinsame Dokumente", "documents in common"), value: (row) => row.documents, numeric: true },
    ...(data.notes.sentences ? [{ label: t("Sätze", "sentences"), value: (row) => row.sentences, numeric: true }] : []),
    { label: "NPMI", help: t("1: nur zusammen, 0: wie der Zufall, −1: nie", "1: only together, 0: as by chance, −1: never"), value: (row) => Math.round(row.npmi * 1e4) / 1e4, show: (row) => fine(row.npmi), numeric: true },
    { label: t("Kennung", "Id"), value: (row) => data.entities.id[row.entity], show: (row) => h("code", {}, data.entities.id[row.entity]) },
  ];
  return h("section", {}, h("h2", {}, t("Mit wem zusammen", "With whom")), table({ caption: t("Mit wem zusammen", "With whom"), file: `${t("nachbarn", "neighbours")}-${slug(data.entities.id[entity])}`, columns, rows: list, page: 12, sort: { column: 4, down: true }, empty: t("In diesen Dokumenten steht kein anderer Name.", "No other name stands in these documents.") }));
}

function contexts({ data, selection, toDocument, toEntity }, entity, docs) {
  const list = (data.contexts.ofEntity.get(entity) ?? []).filter((index) => selection.marked[data.contexts.doc[index]]);
  const all = data.entities.mentions[entity];
  return h("section", { class: "contexts" },
    h("h2", {}, t("Im Wortlaut", "In the text")),
    h("p", { class: "lead" }, list.length ? t(`${count(list.length, "Satz", "Sätze")} aus ${documents(docs.length).replace("Dokumente", "Dokumenten")} der Auswahl${all > list.length ? ", gleichmäßig über die Nennungen verteilt; alle stehen in der Tabelle mentions" : ""}.`, `${count(list.length, "sentence", "sentences")} of ${documents(docs.length)} of the selection${all > list.length ? ", spread evenly over the mentions; the table mentions has all" : ""}.`) : t("Der Bericht enthält aus diesen Dokumenten keinen Satz; sie stehen in der Tabelle mentions.", "The report has no sentence of these documents; they stand in the table mentions.")),
    paged(list, (index) => h("li", {}, sentence({ data, toEntity }, index, entity), cite({ data, toDocument }, data.contexts.doc[index]))));
}

/** A list that shows some of its entries and, on demand, more. */
function paged(list, entry, page = 10) {
  const shown = h("ol", {});
  const more = h("button", { type: "button" });
  const grow = () => {
    const from = shown.childElementCount;
    shown.append(...list.slice(from, from + page).map(entry));
    more.hidden = shown.childElementCount >= list.length;
    more.textContent = t(`Mehr zeigen (noch ${number(list.length - shown.childElementCount)})`, `Show more (${number(list.length - shown.childElementCount)} left)`);
    if (from) shown.children[from]?.querySelector("a")?.focus();
  };
  more.addEventListener("click", grow);
  grow();
  return [shown, more];
}

/** A sentence with its mentions marked, that of the page most. */
export function sentence({ data, toEntity }, index, of = -1) {
  const text = data.contexts.text[index];
  const parts = [];
  let at = 0;
  for (const { start, end, entity } of data.contexts.marks(index)) {
    parts.push(text.slice(at, start));
    const word = quoted(text.slice(start, end));
    const kind = data.kind[data.entities.kind[entity]];
    parts.push(entity === of ? h("mark", { class: `m ${kind}` }, word) : h("a", { class: `m quiet ${kind}`, href: toEntity(entity), title: data.entities.name[entity] }, word));
    at = end;
  }
  parts.push(text.slice(at));
  return h("blockquote", { dir: "auto" }, parts);
}

function cite({ data, toDocument }, doc) {
  return h("p", { class: "cite" }, date(data.docs.day[doc]), " · ", h("a", { href: toDocument(doc) }, quoted(clip(titleOf(data, doc), 240))), " · ", quoted(data.sources[data.docs.source[doc]]));
}

export const slug = (id) => id.replaceAll(/[^a-z0-9]+/g, "-");
