// Topics over time, by ministry and by Land.
import { multiples } from "../charts/bars.js";
import { heat } from "../charts/heat.js";
import { classes } from "../charts/scale.js";
import { documents, h, number, percent, t } from "../dom.js";
import { figure } from "../figure.js";
import { LAENDER, LAND_CODES, short } from "../model.js";
import { topicsBy } from "../select.js";
import { legend } from "./laender.js";
import { emptyBecause, scaleSwitch } from "./overview.js";

/** Topics and ministries shown. */
const [TOPICS, MINISTRIES] = [24, 16];

export function topicsSection(context) {
  const { data, selection, state, set } = context;
  const { bins, topicByBin, topicDocs, docsByBin } = selection;
  const ranked = [...topicDocs.keys()].filter((topic) => topicDocs[topic]).sort((a, b) => topicDocs[b] - topicDocs[a] || a - b);
  const nothing = emptyBecause(selection, data) ?? (ranked.length ? null : data.topics.length ? t("Kein Dokument der Auswahl hat ein Thema.", "No document of the selection has a topic.") : t("Der Lauf hat keine Themen vergeben.", "The run gave no topics."));
  const share = (topic, bin) => (docsByBin[bin] ? topicByBin[topic][bin] / docsByBin[bin] : 0);
  const shown = ranked.slice(0, TOPICS);
  const shared = state.skala === "gemeinsame";
  const undatedOnly = bins.length ? null : t("Kein Dokument der Auswahl hat ein Datum.", "No document of the selection has a date.");
  const overTime = figure({
    title: t("Themen im Zeitverlauf", "Topics over time"),
    subtitle: t("Anteil der Dokumente mit dem Thema. Ein Dokument kann mehrere Themen haben, die Anteile ergeben zusammen mehr als 100 %.", "Share of documents with the topic. A document can have several, so the shares add up to more than 100 %."),
    legend: nothing ? null : scaleSwitch(state, set), file: t("themen-im-zeitverlauf", "topics-over-time"), empty: nothing ?? undatedOnly,
    alt: t(`Kleine Säulendiagramme der ${shown.length} häufigsten Themen. Vorn: ${shown.slice(0, 3).map((topic) => `${data.topics.label[topic]} ${percent(topicDocs[topic] / selection.documents)}`).join(", ")}.`, `Small columns of the ${shown.length} most frequent topics.`),
    draw: (width) => multiples(width, { bins, shared, format: percent, whole: false, items: shown.map((topic) => ({ label: data.topics.label[topic], total: t(`${number(topicDocs[topic])} Dok. · ${percent(topicDocs[topic] / selection.documents)}`, `${number(topicDocs[topic])} doc. · ${percent(topicDocs[topic] / selection.documents)}`), values: bins.labels.map((_, bin) => share(topic, bin)) })) }),
    note: ranked.length > shown.length ? t(`Gezeigt werden die ${shown.length} häufigsten von ${ranked.length} Themen; die Tabelle hat alle.`, `The ${shown.length} most frequent of ${ranked.length} topics are shown; the table has all of them.`) : null,
    data: {
      columns: [
        { label: t("Thema", "Topic"), value: (topic) => data.topics.label[topic], show: (topic) => h("button", { type: "button", class: "link", click: () => set({ thema: data.topics.id[topic] }) }, data.topics.label[topic]) },
        { label: t("Dokumente", "Documents"), value: (topic) => topicDocs[topic], numeric: true },
        ...bins.labels.slice(0, 60).map((label, bin) => ({ label, value: (topic) => Math.round(share(topic, bin) * 1e4) / 1e4, show: (topic) => percent(share(topic, bin)), numeric: true })),
      ],
      rows: ranked, sort: { column: 1, down: true }, page: 50,
    },
  });
  const ministry = data.kind.indexOf("ministry");
  const kindOf = (entity) => data.entities.kind[entity];
  // Of a filter for a kind only that kind is counted; who leads a heat map must not depend on it.
  const leading = mostDocuments(selection, (entity) => kindOf(entity) === ministry).slice(0, MINISTRIES);
  const number_ = new Map(leading.map((entity, index) => [entity, index]));
  const byMinistry = grid(context, {
    title: t("Themen der Ministerien", "Topics of the ministries"), file: t("themen-nach-ministerium", "topics-by-ministry"), shown, ranked, nothing,
    columns: leading.map((entity) => ({ label: short(data, entity, 22), title: data.entities.name[entity], change: { name: [data.entities.id[entity]] } })),
    counts: topicsBy(selection, { count: leading.length, of: (entity) => number_.get(entity) ?? -1 }),
    none: t("In der Auswahl wird kein Ministerium genannt.", "No ministry is named in the selection."),
    what: t("Von den Dokumenten, die das Ministerium nennen, haben so viele das Thema.", "Of the documents that name the ministry, so many have the topic."),
  });
  const lands = LAND_CODES.map((code, index) => ({ code, index })).sort((a, b) => LAENDER[a.code].localeCompare(LAENDER[b.code], "de"));
  const order = new Map(lands.map((land, index) => [land.index, index]));
  const byLand = grid(context, {
    title: t("Themen der Länder", "Topics of the Länder"), file: t("themen-nach-land", "topics-by-land"), shown, ranked, nothing,
    columns: lands.map(({ code }) => ({ label: LAENDER[code], title: LAENDER[code], change: { land: code } })),
    counts: topicsBy(selection, { count: lands.length, of: (entity) => order.get(data.landOf[entity]) ?? -1 }),
    none: t("In der Auswahl wird kein Land genannt.", "No Land is named in the selection."),
    what: t("Von den Dokumenten, die das Land oder etwas aus ihm nennen, haben so viele das Thema.", "Of the documents that name the Land or something of it, so many have the topic."),
  });
  return [overTime, byMinistry, byLand];
}

/** Entities by the number of marked documents that name them. */
function mostDocuments({ data, marked }, test) {
  const counts = new Map();
  const last = new Map();
  const { rows } = data;
  for (let i = 0; i < rows.length; i++) {
    const [entity, doc] = [rows.entity[i], rows.doc[i]];
    if (!marked[doc] || entity >= data.entities.length || !test(entity) || last.get(entity) === doc) continue;
    last.set(entity, doc);
    counts.set(entity, (counts.get(entity) ?? 0) + 1);
  }
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
}

function grid({ data, selection, set }, { title, file, shown, ranked, columns, counts, none, what, nothing }) {
  const used = columns.map((_, index) => index).filter((index) => counts.total[index]);
  const share = (topic, column) => (counts.total[column] ? counts.counts[topic][column] / counts.total[column] : 0);
  const scale = classes(shown.flatMap((topic) => used.map((column) => share(topic, column) * 100)));
  return figure({
    title, subtitle: what, file, empty: nothing ?? (used.length ? null : none),
    legend: h("div", {}, legend(scale, { format: (value) => percent(value / 100), label: t("Anteil der Dokumente", "share of documents") })),
    alt: t(`Raster aus ${shown.length} Themen und ${used.length} Spalten; jede Zelle ist ein Anteil an Dokumenten. Die Tabelle darunter hat alle Werte.`, `Grid of ${shown.length} topics and ${used.length} columns; each cell is a share of documents. The table below has all values.`),
    draw: (width) => heat(width, {
      rows: shown.map((topic) => ({ label: data.topics.label[topic] })), columns: used.map((column) => columns[column]),
      cell: (y, x) => {
        const value = share(shown[y], used[x]);
        const docs = counts.counts[shown[y]][used[x]];
        return { level: scale.of(value * 100), text: docs ? String(Math.round(value * 100)) : "", tip: `${data.topics.label[shown[y]]} · ${columns[used[x]].title}: ${percent(value)} (${t(`${number(docs)} von ${documents(counts.total[used[x]]).replace("Dokumente", "Dokumenten")}`, `${number(docs)} of ${documents(counts.total[used[x]])}`)})` };
      },
      choose: (y, x) => set({ thema: data.topics.id[shown[y]], ...columns[used[x]].change }),
    }),
    note: t("Zahlen in Prozent. Eine Zelle filtert den Bericht auf ihre Dokumente. Spalten mit wenigen Dokumenten schwanken stark: die Tabelle nennt die Anzahl.", "Numbers in per cent. A cell filters the report for its documents. Columns with few documents vary much: the table has the numbers."),
    data: {
      columns: [{ label: t("Thema", "Topic"), value: (topic) => data.topics.label[topic] }, ...used.map((column) => ({ label: `${columns[column].title} (${number(counts.total[column])})`, value: (topic) => counts.counts[topic][column], numeric: true }))],
      rows: ranked, page: 50,
    },
  });
}
