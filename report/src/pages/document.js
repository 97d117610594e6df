// What the report has of one document.
import { date, h, number, percent, quoted, t } from "../dom.js";
import { LAENDER, titleOf } from "../model.js";
import { table } from "../table.js";
import { sentence, slug } from "./entity.js";

export function documentPage(context, id) {
  const { data, home, toEntity } = context;
  const doc = data.docs.id.indexOf(id);
  if (doc < 0) return [h("h1", { tabindex: "-1" }, t("Dieses Dokument gibt es nicht", "There is no such document")), h("p", {}, h("code", {}, quoted(id))), h("p", {}, h("a", { href: home() }, t("Zum Überblick", "To the overview")))];
  const { rows, tags, docs, contexts } = data;
  const source = data.sources[docs.source[doc]];
  const isAddress = /^https?:\/\//.test(source);
  const found = new Map();
  for (let i = rows.start[doc]; i < rows.start[doc + 1]; i++) {
    const one = found.get(rows.entity[i]) ?? { entity: rows.entity[i], kind: rows.kind[i], count: 0, holders: new Set(), how: new Set() };
    one.count += rows.count[i];
    if (rows.holder[i]) one.holders.add(rows.holder[i] - 1);
    words(data, rows.how[i]).forEach((word) => one.how.add(word));
    found.set(rows.entity[i], one);
  }
  const topics = [];
  for (let i = tags.start[doc]; i < tags.start[doc + 1]; i++) {
    const terms = [...tags.term.subarray(tags.termStart[i], tags.termStart[i + 1])].map((term) => data.term[term]);
    topics.push(h("li", {}, h("strong", {}, data.topics.label[tags.topic[i]]), ` ${percent(tags.score[i] / 1000)}`, terms.length > 0 && h("span", { class: "terms" }, " – ", terms.map((term, index) => [index ? ", " : "", quoted(term)]))));
  }
  const list = contexts.ofDoc.get(doc) ?? [];
  const name = (entity) => (entity < data.entities.length ? h("a", { href: toEntity(entity) }, data.entities.name[entity]) : t("nicht zugeordnet", "not linked"));
  return [
    h("header", { class: "page-head" },
      docs.kicker[doc] && h("p", { class: "kicker" }, quoted(docs.kicker[doc])),
      h("h1", { tabindex: "-1" }, quoted(titleOf(data, doc))),
      h("p", { class: "lead" }, date(docs.day[doc]), " · ", isAddress ? h("a", { href: source, rel: "noopener noreferrer" }, quoted(source)) : quoted(source), docs.item[doc] > 0 && t(`, Eintrag ${number(docs.item[doc] + 1)}`, `, item ${number(docs.item[doc] + 1)}`), " · ", h("code", {}, quoted(id)), ` · ${number(docs.chars[doc])} ${t("Zeichen", "characters")}`),
      docs.duplicate[doc] > 0 && h("p", {}, t("Ein früheres Dokument hat denselben Text.", "An earlier document has the same text.")),
    ),
    h("h2", {}, t("Themen", "Topics")),
    topics.length ? h("ol", { class: "topic-list" }, topics) : h("p", { class: "empty" }, t("Kein Thema ist wahrscheinlich genug.", "No topic is likely enough.")),
    h("h2", {}, t("Namen", "Names")),
    table({
      caption: t("Namen", "Names"), file: `${t("namen", "names")}-${slug(id.toLowerCase())}`, page: 30, sort: { column: 2, down: true },
      empty: t("In diesem Dokument steht kein Name, den die Namenslisten kennen.", "No name that the gazetteers know stands in this document."),
      columns: [
        { label: "Name", value: (row) => data.entities.name[row.entity] ?? "", show: (row) => name(row.entity) },
        { label: t("Art", "Kind"), value: (row) => data.kinds[row.kind].label },
        { label: t("Nennungen", "Mentions"), value: (row) => row.count, numeric: true },
        { label: "Land", value: (row) => LAENDER[data.entities.land[row.entity]] ?? "" },
        { label: t("Amtsinhaber", "Held by"), value: (row) => [...row.holders].map((holder) => data.entities.name[holder]).join(", "), show: (row) => [...row.holders].map((holder, index) => [index ? ", " : "", name(holder)]) },
        { label: t("Wie", "How"), value: (row) => [...row.how].join(", ") },
      ],
      rows: [...found.values()],
    }),
    h("section", { class: "contexts" },
      h("h2", {}, t("Im Wortlaut", "In the text")),
      h("p", { class: "lead" }, list.length ? t("Die Sätze dieses Dokuments, die der Bericht enthält. Den ganzen Text zeigt ressort show.", "The sentences of this document that the report has. The whole text is shown by ressort show.") : t("Der Bericht enthält aus diesem Dokument keinen Satz. Den ganzen Text zeigt ressort show.", "The report has no sentence of this document. The whole text is shown by ressort show.")),
      h("ol", {}, list.map((index) => h("li", {}, sentence({ data, toEntity }, index))))),
  ];
}

/** How a mention stands, in words. */
export function words(data, how) {
  const list = [];
  if (how & 7) list.push(data.modifierLabel[(how & 7) - 1]);
  if ((how >> 3) & 3) list.push(((how >> 3) & 3) === 2 ? t("in der Dachzeile", "in the kicker") : t("in der Überschrift", "in the headline"));
  data.flagLabel.forEach((label, bit) => (how >> (5 + bit)) & 1 && !list.includes(label) && list.push(label));
  return list;
}
