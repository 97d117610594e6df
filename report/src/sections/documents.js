// The documents of the selection.
import { clip, date, h, iso, number, quoted, t } from "../dom.js";
import { NO_DAY, titleOf } from "../model.js";
import { table } from "../table.js";
import { emptyBecause } from "./overview.js";

export function documentsSection({ data, selection, toDocument }) {
  const docs = [];
  for (let doc = 0; doc < data.docs.length; doc++) if (selection.marked[doc]) docs.push(doc);
  return [documentTable({ data, docs, toDocument, empty: emptyBecause(selection, data), file: t("dokumente", "documents") })];
}

export function documentTable({ data, docs, toDocument, empty, page = 15, file }) {
  const { rows, tags } = data;
  const topic = (doc) => (tags.start[doc] < tags.start[doc + 1] ? data.topics.label[tags.topic[tags.start[doc]]] : "");
  const found = (doc) => {
    let sum = 0;
    for (let i = rows.start[doc]; i < rows.start[doc + 1]; i++) sum += rows.count[i];
    return sum;
  };
  const columns = [
    { label: t("Datum", "Date"), value: (doc) => (data.docs.day[doc] === NO_DAY ? null : iso(data.docs.day[doc])), show: (doc) => date(data.docs.day[doc]), numeric: true },
    { label: t("Überschrift", "Headline"), class: "title", value: (doc) => titleOf(data, doc), show: (doc) => h("a", { href: toDocument(doc) }, data.docs.kicker[doc] ? [quoted(data.docs.kicker[doc], { class: "kicker" }), ": "] : "", quoted(clip(titleOf(data, doc), 240))) },
    { label: t("Erstes Thema", "First topic"), value: topic },
    { label: t("Nennungen", "Mentions"), value: found, numeric: true },
    { label: t("Kennung", "Id"), value: (doc) => data.docs.id[doc], show: (doc) => h("code", {}, quoted(data.docs.id[doc])) },
  ];
  columns.heading = 1;
  return table({ caption: t(`${number(docs.length)} Dokumente`, `${number(docs.length)} documents`), file, columns, rows: docs, page, sort: { column: 0, down: true }, empty });
}
