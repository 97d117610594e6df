// The most frequent names of each kind.
import { sparkline } from "../charts/bars.js";
import { date, h, number, t } from "../dom.js";
import { LAENDER } from "../model.js";
import { series } from "../select.js";
import { table } from "../table.js";
import { emptyBecause } from "./overview.js";

/** Names in each card. */
const TOP = 6;

export function names({ data, selection, toEntity }) {
  const { ranked, mentionsOf, docsOf, firstDoc, lastDoc } = selection;
  const nothing = emptyBecause(selection, data);
  if (nothing || !ranked.length) return [h("p", { class: "empty" }, nothing ?? t("In der Auswahl steht kein Name, den die Namenslisten kennen.", "No name that the gazetteers know stands in the selection."))];
  const kinds = data.kinds.map((kind) => ({ kind, list: ranked.filter((entity) => data.entities.kind[entity] === kind.index) })).filter((one) => one.list.length);
  kinds.sort((a, b) => selection.kindMentions[b.kind.index] - selection.kindMentions[a.kind.index]);
  const wanted = kinds.flatMap((one) => one.list.slice(0, TOP));
  const lines = new Map(series(selection, wanted).map((values, index) => [wanted[index], values]));
  const cards = h("div", { class: "cards" }, kinds.map(({ kind, list }) =>
    h("div", { class: "card" },
      h("h3", {}, kind.label, h("span", { class: "sub" }, t(`${number(list.length)} ${list.length === 1 ? "Name" : "Namen"}`, `${number(list.length)} ${list.length === 1 ? "name" : "names"}`))),
      h("ol", { class: "ranking" }, list.slice(0, TOP).map((entity) =>
        h("li", {},
          h("a", { href: toEntity(entity) }, data.entities.name[entity]),
          sparkline([...lines.get(entity)], 64, 18),
          h("span", { class: "number" }, number(mentionsOf[entity])),
        ))),
    )));
  const all = ranked.slice(0, 60);
  const sparks = new Map(series(selection, all).map((values, index) => [all[index], values]));
  const spark = (entity) => {
    if (!sparks.has(entity)) sparks.set(entity, series(selection, [entity])[0]);
    return sparkline([...sparks.get(entity)]);
  };
  const columns = [
    { label: "Name", value: (entity) => data.entities.name[entity], show: (entity) => h("a", { href: toEntity(entity) }, data.entities.name[entity]) },
    { label: t("Art", "Kind"), value: (entity) => data.kinds[data.entities.kind[entity]].label },
    { label: "Land", value: (entity) => LAENDER[data.entities.land[entity]] ?? "" },
    { label: t("Nennungen", "Mentions"), value: (entity) => mentionsOf[entity], numeric: true },
    { label: t("Dokumente", "Documents"), value: (entity) => docsOf[entity], numeric: true },
    { label: t("je 1.000 Dok.", "per 1,000 doc."), value: (entity) => Math.round((docsOf[entity] / selection.documents) * 10_000) / 10, numeric: true },
    { label: t("Verlauf", "Course"), plain: true, show: spark },
    { label: t("zuerst", "first"), value: (entity) => day(data, firstDoc[entity]), show: (entity) => date(data.docs.day[firstDoc[entity]]), numeric: true },
    { label: t("zuletzt", "last"), value: (entity) => day(data, lastDoc[entity]), show: (entity) => date(data.docs.day[lastDoc[entity]]), numeric: true },
    { label: t("Kennung", "Id"), value: (entity) => data.entities.id[entity], show: (entity) => h("code", {}, data.entities.id[entity]) },
  ];
  return [
    h("p", { class: "lead" }, t("Je Art die häufigsten Namen mit ihrem Verlauf, jeder im eigenen Maßstab. Ein Name führt zu seiner Seite.", "The most frequent names of each kind with their course, each on a scale of its own. A name leads to its page.")),
    cards,
    h("h3", {}, t("Alle Namen", "All names")),
    table({ caption: t("Alle Namen", "All names"), file: t("namen", "names"), columns, rows: ranked, sort: { column: 3, down: true } }),
  ];
}

function day(data, doc) {
  return doc < 0 || data.docs.day[doc] < -100_000 ? null : new Date(data.docs.day[doc] * 86_400_000).toISOString().slice(0, 10);
}
