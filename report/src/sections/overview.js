// How much there is, and when.
import { multiples, timeBars } from "../charts/bars.js";
import { date, decimal, documents, h, mentions, number, t } from "../dom.js";
import { figure } from "../figure.js";

export function overview({ data, selection, state, set }) {
  const { bins, docsByBin, mentions: all, documents: count, ranked, kindByBin, kindMentions, kindDocs } = selection;
  const figures = h("dl", { class: "key-figures" },
    key(number(count), count === 1 ? t("Dokument", "document") : t("Dokumente", "documents")),
    key(number(all), all === 1 ? t("Nennung", "mention") : t("Nennungen", "mentions")),
    key(number(ranked.length), t("verschiedene Namen", "different names")),
    key(decimal(count ? all / count : 0), t("Nennungen je Dokument", "mentions per document")),
    data.errorCount > 0 && key(number(data.errorCount), t("nicht lesbar", "unreadable")),
  );
  const span = bins.length ? t(`${date(bins.first)} bis ${date(bins.last)}`, `${date(bins.first)} to ${date(bins.last)}`) : t("ohne Datum", "no dates");
  const undated = selection.undated ? t(` ${documents(selection.undated)} ohne Datum fehlen hier.`, ` ${documents(selection.undated)} without date are left out here.`) : "";
  const step = { monat: t("Monat", "month"), quartal: t("Quartal", "quarter"), jahr: t("Jahr", "year") }[bins.step];
  const nothing = emptyBecause(selection, data);
  const best = docsByBin.indexOf(Math.max(...docsByBin));
  const byTime = figure({
    title: t(`Dokumente je ${step}`, `Documents per ${step}`),
    subtitle: nothing ? null : span,
    note: undated || null,
    file: t("dokumente-im-zeitverlauf", "documents-over-time"),
    empty: nothing ?? (bins.length ? null : t("Kein Dokument der Auswahl hat ein Datum.", "No document of the selection has a date.")),
    alt: bins.length ? t(`Säulen: Dokumente je ${step}, ${span}. Die meisten, ${number(docsByBin[best])}, im Zeitraum ${bins.labels[best]}.`, `Columns: documents per ${step}, ${span}. Most of them, ${number(docsByBin[best])}, in ${bins.labels[best]}.`) : "",
    draw: (width) => timeBars(width, { bins, values: [...docsByBin] }),
    data: { columns: [{ label: step, value: (row) => row[0] }, { label: t("Dokumente", "documents"), value: (row) => row[1], numeric: true }], rows: bins.labels.map((label, index) => [label, docsByBin[index]]), page: 60 },
  });
  const kinds = data.kinds.filter((kind) => kindMentions[kind.index]).sort((a, b) => kindMentions[b.index] - kindMentions[a.index]);
  const shared = state.skala === "gemeinsame";
  const byKind = figure({
    title: t("Nennungen nach Art des Namens", "Mentions by kind of name"),
    subtitle: shared ? t("Alle Säulen haben denselben Maßstab.", "All columns have the same scale.") : t("Jede Art hat ihren eigenen Maßstab; die höchste Säule ist beschriftet.", "Each kind has a scale of its own; the highest column is labelled."),
    legend: nothing ? null : scaleSwitch(state, set),
    file: t("nennungen-nach-art", "mentions-by-kind"),
    empty: nothing ?? (kinds.length ? (bins.length ? null : t("Kein Dokument der Auswahl hat ein Datum.", "No document of the selection has a date.")) : t("In der Auswahl steht kein Name.", "No name stands in the selection.")),
    alt: t(`Kleine Säulendiagramme: Nennungen je ${step} für ${kinds.length} Arten von Namen. ${kinds.slice(0, 3).map((kind) => `${kind.label}: ${mentions(kindMentions[kind.index])}`).join(", ")}.`, `Small columns: mentions per ${step} for ${kinds.length} kinds of names.`),
    draw: (width) => multiples(width, { bins, shared, items: kinds.map((kind) => ({ label: kind.label, total: t(`${number(kindMentions[kind.index])} in ${number(kindDocs[kind.index])} Dok.`, `${number(kindMentions[kind.index])} in ${number(kindDocs[kind.index])} doc.`), values: [...kindByBin[kind.index]] })) }),
    data: { columns: [{ label: step, value: (row) => row[0] }, ...kinds.map((kind) => ({ label: kind.label, value: (row) => kindByBin[kind.index][row[1]], numeric: true }))], rows: bins.labels.map((label, index) => [label, index]), page: 60 },
  });
  const kept = data.notes.entitiesWithRows;
  const left = kept === undefined ? null : h("p", { class: "note" }, t(`Der Lauf ist sehr groß: gezählt sind hier die ${number(kept)} häufigsten Namen. Die Nennungen der übrigen ${number(data.entities.length - kept)} stehen nur in den Tabellen.`, `The run is very large: the ${number(kept)} most frequent names are counted here. The mentions of the other ${number(data.entities.length - kept)} stand in the tables only.`));
  return [figures, left, byTime, byKind];
}

export function scaleSwitch(state, set) {
  const button = (value, label) => h("button", { type: "button", "aria-pressed": String(state.skala === value), click: () => set({ skala: value }) }, label);
  return h("div", { class: "switch", role: "group", "aria-label": t("Maßstab", "Scale") }, button("eigene", t("eigener Maßstab", "own scales")), button("gemeinsame", t("gemeinsamer Maßstab", "one scale")));
}

/** Why there is nothing to show. */
export function emptyBecause(selection, data) {
  if (!data.docs.length) return t("Der Lauf hat kein Dokument gelesen.", "The run has read no document.");
  if (!selection.documents) return t("Kein Dokument entspricht allen Filtern. Heben Sie einen auf, um wieder etwas zu sehen.", "No document passes all filters. Clear one of them to see something again.");
  return null;
}

function key(value, label) {
  return h("div", {}, h("dt", {}, label), h("dd", {}, value));
}
