// The map of the Länder.
import { landMap } from "../charts/map.js";
import { classes, legendOf } from "../charts/scale.js";
import { decimal, documents, h, iso, isoDate, mentions, number, t } from "../dom.js";
import { figure } from "../figure.js";
import { LAENDER, LAND_CODES } from "../model.js";
import { laender } from "../select.js";
import { table } from "../table.js";
import { documentTable } from "./documents.js";
import { emptyBecause } from "./overview.js";

export function laenderSection(context) {
  const { data, selection, state, set, toDocument } = context;
  const { bins } = selection;
  const bin = state.zeit === "" ? -1 : Math.min(Number(state.zeit), bins.length - 1);
  const counts = laender(selection, bin);
  const people = new Map(data.population);
  const rows = LAND_CODES.map((code, index) => {
    const { mentions: found, documents: docs } = counts[state.umfang === "all" ? "all" : "own"][index];
    return { code, mentions: found, documents: docs, share: counts.documents ? (docs / counts.documents) * 1000 : 0, perMillion: (found / people.get(code)) * 1e6 };
  });
  const measures = {
    absolut: { label: t("Nennungen", "mentions"), value: (row) => row.mentions, format: number },
    dokument: { label: t("Dokumente von 1.000", "documents of 1,000"), value: (row) => row.share, format: decimal },
    einwohner: { label: t("Nennungen je Mio. Einwohner", "mentions per million inhabitants"), value: (row) => row.perMillion, format: decimal },
  };
  const measure = measures[state.mass] ?? measures.dokument;
  const scale = classes(rows.map(measure.value));
  const of = (code) => {
    const row = rows[LAND_CODES.indexOf(code)];
    const value = measure.value(row);
    return { level: scale.of(value), text: measure.format(value), tip: `${LAENDER[code]}: ${measure.format(value)} ${measure.label} (${mentions(row.mentions)}, ${documents(row.documents)})` };
  };
  const when = bin < 0 ? t("gesamter Zeitraum", "the whole time") : bins.labels[bin];
  const what = state.umfang === "all" ? t("Land, seine Ministerien, Behörden, Kommunen, Ämter …", "the Land, its ministries, authorities, municipalities, offices …") : t("nur das Land selbst (Bayern, bayerisch)", "only the Land itself (Bayern, bayerisch)");
  const found = rows.reduce((sum, row) => sum + row.mentions, 0);
  const nothing = emptyBecause(selection, data);
  const none = found ? null : state.art && !["land"].includes(state.art) ? null : t("In diesem Zeitraum wird kein Land genannt.", "No Land is mentioned in this time.");
  const top = [...rows].sort((a, b) => measure.value(b) - measure.value(a));
  const map = figure({
    title: t("Welche Länder vorkommen", "Which Länder are named"),
    subtitle: `${measure.label[0].toUpperCase()}${measure.label.slice(1)} · ${when} · ${what}`,
    className: "map-figure",
    file: t(`laender-${state.mass}`, `laender-${state.mass}`),
    empty: nothing,
    legend: h("div", {}, controls(context, measures, bin), legend(scale, measure), none && h("p", { class: "empty" }, none)),
    alt: t(`Karte der 16 Länder nach ${measure.label}, ${when}. Vorn: ${top.slice(0, 3).map((row) => `${LAENDER[row.code]} ${measure.format(measure.value(row))}`).join(", ")}.`, `Map of the 16 Länder by ${measure.label}, ${when}. First: ${top.slice(0, 3).map((row) => `${LAENDER[row.code]} ${measure.format(measure.value(row))}`).join(", ")}.`),
    draw: (width) => landMap(width, data.map, { of, chosen: state.gewaehlt, choose: (code) => set({ gewaehlt: state.gewaehlt === code ? "" : code }, `[data-land="${code}"]`) }),
    note: t(`Karte: ${data.map.source}. Einwohner am ${isoDate(data.populationDay)}: Statistisches Bundesamt (Destatis), Bevölkerungsfortschreibung auf Grundlage des Zensus 2022.`, `Map: ${data.map.source}. Inhabitants on ${data.populationDay}: Statistisches Bundesamt (Destatis), based on the Zensus 2022.`),
  });
  const list = table({
    caption: t("Die Länder in Zahlen", "The Länder in numbers"), file: t("laender", "laender"), page: 16, sort: { column: state.mass === "absolut" ? 1 : state.mass === "einwohner" ? 4 : 3, down: true },
    columns: [
      { label: "Land", value: (row) => LAENDER[row.code], show: (row) => h("button", { type: "button", class: "link", "aria-pressed": String(state.gewaehlt === row.code), click: () => set({ gewaehlt: state.gewaehlt === row.code ? "" : row.code }) }, LAENDER[row.code]) },
      { label: t("Nennungen", "Mentions"), value: (row) => row.mentions, numeric: true },
      { label: t("Dokumente", "Documents"), value: (row) => row.documents, numeric: true },
      { label: t("Dok. von 1.000", "Doc. of 1,000"), value: (row) => Math.round(row.share * 100) / 100, show: (row) => decimal(row.share), numeric: true },
      { label: t("je Mio. Einw.", "per million"), value: (row) => Math.round(row.perMillion * 100) / 100, show: (row) => decimal(row.perMillion), numeric: true },
    ],
    rows,
  });
  return [h("div", { class: "beside" }, map, h("div", {}, list)), chosenLand(context, bin)];

  function chosenLand({ selection: { marked }, data: { docs, rows: all, landOf } }, only) {
    const land = LAND_CODES.indexOf(state.gewaehlt);
    if (land < 0) return h("p", { class: "hint" }, t("Ein Land auf der Karte oder in der Tabelle wählen, um seine Dokumente zu sehen.", "Choose a Land on the map or in the table to see its documents."));
    const kind = data.kind.indexOf("land");
    const found = [];
    for (let doc = 0; doc < docs.length; doc++) {
      if (!marked[doc] || (only >= 0 && bins.of[doc] !== only)) continue;
      for (let i = all.start[doc]; i < all.start[doc + 1]; i++) {
        if (all.entity[i] < data.entities.length && landOf[all.entity[i]] === land && (state.umfang === "all" || all.kind[i] === kind)) {
          found.push(doc);
          break;
        }
      }
    }
    return h("section", { class: "chosen-land" },
      h("h3", {}, t(`${LAENDER[state.gewaehlt]}: ${documents(found.length)}`, `${LAENDER[state.gewaehlt]}: ${documents(found.length)}`), h("span", { class: "sub" }, when)),
      h("p", {}, h("button", { type: "button", click: () => set({ land: state.gewaehlt }) }, t("Den ganzen Bericht auf dieses Land filtern", "Filter the whole report for this Land"))),
      documentTable({ data, docs: found, toDocument, page: 8, file: `${t("dokumente", "documents")}-${state.gewaehlt}` }));
  }
}

function controls({ selection: { bins }, state, set }, measures, bin) {
  const choice = (group, value, label) =>
    h("button", { type: "button", "aria-pressed": String(state[group] === value), click: () => set({ [group]: value }) }, label);
  const slider = h("input", {
    type: "range", id: "map-time", min: -1, max: bins.length - 1, step: 1, value: bin, disabled: bins.length < 2,
    "aria-valuetext": bin < 0 ? t("gesamter Zeitraum", "the whole time") : bins.labels[bin],
    input: (event) => set({ zeit: Number(event.target.value) < 0 ? "" : event.target.value }, "#map-time"),
  });
  return h("div", { class: "controls" },
    h("div", { class: "switch", role: "group", "aria-label": t("Maß", "Measure") }, choice("mass", "dokument", t("von 1.000 Dokumenten", "of 1,000 documents")), choice("mass", "absolut", t("Nennungen", "mentions")), choice("mass", "einwohner", t("je Mio. Einwohner", "per million"))),
    h("div", { class: "switch", role: "group", "aria-label": t("Was gezählt wird", "What is counted") }, choice("umfang", "own", t("das Land selbst", "the Land itself")), choice("umfang", "all", t("samt allem, was dazu gehört", "with all that belongs to it"))),
    h("div", { class: "slider" }, h("label", { for: "map-time" }, t("Zeit", "Time")), slider, h("output", { for: "map-time" }, bin < 0 ? t("gesamter Zeitraum", "the whole time") : bins.labels[bin])),
  );
}

/** Classes with their borders, from none to most. */
export function legend(scale, { format, label }) {
  return h("ul", { class: "legend", "aria-label": t(`Farben: ${label}`, `Colours: ${label}`) }, legendOf(scale, format).map(([level, text]) => h("li", {}, h("span", { class: `swatch q${level}`, "aria-hidden": "true" }), text)));
}
