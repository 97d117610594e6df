// Who is named with whom: as a network, and as a matrix, which is more honest where there are many.
import { heat } from "../charts/heat.js";
import { network } from "../charts/network.js";
import { classes } from "../charts/scale.js";
import { documents, fine, h, number, t } from "../dom.js";
import { figure } from "../figure.js";
import { short } from "../model.js";
import { npmi, pairs } from "../select.js";
import { legend } from "./laender.js";
import { emptyBecause } from "./overview.js";

/** Links in a network that can still be read. */
const READABLE = 70;

export function networkSection({ data, selection, state, set, toEntity, go }) {
  const chosen = new Set(state.arten);
  const candidates = selection.ranked.filter((entity) => chosen.has(data.kind[data.entities.kind[entity]]));
  candidates.sort((a, b) => selection.docsOf[b] - selection.docsOf[a] || a - b);
  const nodes = candidates.slice(0, Math.max(5, Math.min(80, state.hoechstens)));
  const all = pairs(selection, nodes).map((pair) => ({ ...pair, npmi: npmi(pair.documents, selection.docsOf[nodes[pair.a]], selection.docsOf[nodes[pair.b]], selection.documents) }));
  const most = all[0]?.documents ?? 1;
  const fitting = Math.min(most, (all[READABLE]?.documents ?? 0) + 1);
  const least = Math.min(state.ab || fitting, most);
  const shown = all.filter((pair) => pair.documents >= least);
  const linked = [...new Set(shown.flatMap((pair) => [pair.a, pair.b]))].sort((a, b) => a - b);
  const place = new Map(linked.map((node, index) => [node, index]));
  const label = (node) => short(data, nodes[node]);
  const tip = ({ a, b, documents: docs, sentences }) =>
    `${data.entities.name[nodes[a]]} – ${data.entities.name[nodes[b]]}: ${documents(docs)}${sentences === null ? "" : t(`, ${number(sentences)} Sätze`, `, ${number(sentences)} sentences`)}`;
  const nothing = emptyBecause(selection, data) ?? (nodes.length < 2 ? t("Weniger als zwei Namen der gewählten Arten stehen in der Auswahl.", "Fewer than two names of the chosen kinds stand in the selection.") : shown.length ? null : t("Keine zwei Namen der gewählten Arten stehen in einem Dokument zusammen.", "No two names of the chosen kinds stand together in one document."));
  const isMatrix = state.form === "matrix";
  const scale = classes(shown.map((pair) => pair.documents));
  const cells = new Map(all.map((pair) => [pair.a * nodes.length + pair.b, pair]));
  const at = (x, y) => cells.get(Math.min(x, y) * nodes.length + Math.max(x, y));
  const open = (node) => go(toEntity(nodes[node]));
  const draw = (width) =>
    isMatrix
      ? heat(width, {
          rows: linked.map((node) => ({ label: label(node) })), columns: linked.map((node) => ({ label: label(node) })),
          cell: (y, x) => {
            if (x === y) return { blank: true };
            const pair = at(linked[x], linked[y]);
            const docs = pair?.documents ?? 0;
            return { level: docs >= least ? scale.of(docs) : 0, text: docs >= least ? number(docs) : "", tip: pair ? tip(pair) : `${data.entities.name[nodes[linked[y]]]} – ${data.entities.name[nodes[linked[x]]]}: ${documents(0)}` };
          },
          choose: (y, x) => set({ name: [data.entities.id[nodes[linked[y]]], data.entities.id[nodes[linked[x]]]] }),
        })
      : network(width, {
          nodes: linked.map((node) => ({ label: label(node), kind: data.kind[data.entities.kind[nodes[node]]], weight: selection.docsOf[nodes[node]], tip: `${data.entities.name[nodes[node]]}: ${documents(selection.docsOf[nodes[node]])}` })),
          links: shown.map((pair) => ({ a: place.get(pair.a), b: place.get(pair.b), weight: pair.documents, tip: tip(pair) })),
          choose: (index) => open(linked[index]),
        });
  const strongest = shown.slice(0, 3).map((pair) => tip(pair)).join("; ");
  const left = nodes.length - linked.length;
  const form = (value, text) => h("button", { type: "button", "aria-pressed": String(state.form === value), click: () => set({ form: value }) }, text);
  const kinds = data.kinds.filter((kind) => selection.kindMentions[kind.index]);
  const controls = h("div", { class: "controls" },
    h("div", { class: "switch", role: "group", "aria-label": t("Darstellung", "Form") }, form("netz", t("Netz", "Network")), form("matrix", "Matrix")),
    h("fieldset", { class: "kinds" }, h("legend", {}, t("Arten von Namen", "Kinds of names")), kinds.map((kind) =>
      h("label", { class: "check" }, h("input", { type: "checkbox", id: `kind-${kind.id}`, checked: chosen.has(kind.id), change: (event) => set({ arten: event.target.checked ? [...chosen, kind.id] : [...chosen].filter((one) => one !== kind.id) }, `#kind-${kind.id}`) }), h("span", { class: `dot ${kind.id}`, "aria-hidden": "true" }), kind.label))),
    slider("network-least", t("mindestens gemeinsame Dokumente", "documents in common, at least"), 1, most, least, (value) => set({ ab: value }, "#network-least")),
    slider("network-most", t("höchstens Namen", "names, at most"), 5, 80, nodes.length < state.hoechstens ? nodes.length : state.hoechstens, (value) => set({ hoechstens: value }, "#network-most")),
  );
  return [
    figure({
      title: t("Wer mit wem genannt wird", "Who is named with whom"),
      subtitle: t(`Verbunden sind Namen, die in mindestens ${documents(least).replace("Dokumente", "Dokumenten")} zusammen stehen.`, `Names are linked that stand together in at least ${documents(least)}.`),
      legend: isMatrix ? h("div", {}, controls, legend(scale, { format: number, label: t("gemeinsame Dokumente", "documents in common") })) : controls,
      file: t("wer-mit-wem", "who-with-whom"), empty: nothing, draw,
      alt: t(`${isMatrix ? "Matrix" : "Netz"} aus ${linked.length} Namen und ${shown.length} Verbindungen. Die stärksten: ${strongest}.`, `${isMatrix ? "Matrix" : "Network"} of ${linked.length} names and ${shown.length} links. The strongest: ${strongest}.`),
      note: [
        left > 0 ? t(`${number(left)} der ${number(nodes.length)} häufigsten Namen haben ab dieser Schwelle keine Verbindung und fehlen. `, `${number(left)} of the ${number(nodes.length)} most frequent names have no link at this threshold and are left out. `) : "",
        candidates.length > nodes.length ? t(`Gezeigt werden die ${number(nodes.length)} häufigsten von ${number(candidates.length)} Namen. `, `The ${number(nodes.length)} most frequent of ${number(candidates.length)} names are shown. `) : "",
        t("Gemeinsam genannt heißt nicht, dass sie miteinander zu tun haben.", "To be named together does not mean to have to do with each other."),
      ].join(""),
      data: {
        columns: [
          { label: t("Name", "Name"), value: (pair) => data.entities.name[nodes[pair.a]], show: (pair) => h("a", { href: toEntity(nodes[pair.a]) }, data.entities.name[nodes[pair.a]]) },
          { label: t("mit", "with"), value: (pair) => data.entities.name[nodes[pair.b]], show: (pair) => h("a", { href: toEntity(nodes[pair.b]) }, data.entities.name[nodes[pair.b]]) },
          { label: t("Dokumente", "Documents"), value: (pair) => pair.documents, numeric: true },
          ...(data.notes.sentences ? [{ label: t("Sätze", "Sentences"), value: (pair) => pair.sentences, numeric: true }] : []),
          { label: "NPMI", help: t("1: nur zusammen, 0: wie der Zufall, −1: nie", "1: only together, 0: as by chance, −1: never"), value: (pair) => Math.round(pair.npmi * 1e4) / 1e4, show: (pair) => fine(pair.npmi), numeric: true },
        ],
        rows: shown, sort: { column: 2, down: true },
      },
    }),
  ];
}

function slider(id, label, min, max, value, change) {
  return h("div", { class: "slider" }, h("label", { for: id }, label), h("input", { type: "range", id, min, max, value, disabled: max <= min, change: (event) => change(Number(event.target.value)) }), h("output", { for: id }, number(value)));
}
