// What made the report, what it leaves out, what stayed open, and whose work is in it.
import { documents, h, number, quoted, t } from "../dom.js";
import { titleOf } from "../model.js";
import { table } from "../table.js";

export function about({ data, toDocument }) {
  return [method(data), h("h3", {}, t("Was offen blieb", "What stayed open")), open(data, toDocument), h("h3", {}, t("Was nicht gelesen wurde", "What was not read")), errors(data), h("h3", {}, t("Herkunft", "Origin")), origin(data)];
}

function method(data) {
  const { notes } = data;
  const points = [
    t("Gezählt wird, was in den Texten steht: eine Nennung ist ein Name an einer Stelle, ein Dokument zählt je Name einmal. Namen sind am Tag des Dokuments gelesen.", "What stands in the texts is counted: a mention is a name in one place, a document counts once for each name. Names are read as of the day of the document."),
    t("Der Filter „Art der Namen“ bestimmt, welche Nennungen zählen; alle anderen Filter wählen Dokumente aus. Mehrere Namen müssen alle im Dokument stehen. Die Suche findet Wörter in Überschriften und Namen, nicht im ganzen Text.", "The filter for the kind of name says which mentions count; all others choose documents. Of several names a document must have all. The search finds words in headlines and names, not in the whole text."),
    t(`Für jeden Namen sind höchstens ${notes.sentencesPerEntity} Sätze ausgewählt, gleichmäßig über seine Nennungen verteilt, der erste und der letzte sind dabei, und dazu die, die für andere Namen ausgewählt sind; zusammen ${number(data.context.length)} Sätze. Alle Sätze stehen in der Tabelle mentions.`, `Up to ${notes.sentencesPerEntity} sentences are chosen for each name, spread evenly over its mentions, the first and the last among them, and those chosen for other names are shown with it; ${number(data.context.length)} in all. The table mentions has all of them.`),
  ];
  if (notes.termsPerTopic < 5) points.push(t(`Von den Begriffen, die für ein Thema sprachen, stehen höchstens ${notes.termsPerTopic} je Dokument im Bericht.`, `Of the terms that spoke for a topic the report has at most ${notes.termsPerTopic} per document.`));
  if (notes.titleLength < notes.longestTitle) points.push(t(`Überschriften sind nach ${number(notes.titleLength)} Zeichen gekürzt, auch für die Suche.`, `Headlines are cut after ${number(notes.titleLength)} characters, for the search too.`));
  if (!notes.sentences) points.push(t("Der Lauf ist groß: Nennungen sind je Dokument gezählt, nicht je Satz.", "The run is large: mentions are counted per document, not per sentence."));
  if (notes.entitiesWithRows !== undefined) points.push(t(`Nur die ${number(notes.entitiesWithRows)} häufigsten Namen lassen sich filtern; von den übrigen fehlen die Nennungen.`, `Only the ${number(notes.entitiesWithRows)} most frequent names can be filtered; the mentions of the others are left out.`));
  if (data.hasDuplicates) points.push(t("Dokumente, die denselben Text wie ein früheres haben, zählen nicht mit, wenn man es nicht anders wählt.", "Documents with the same text as an earlier one do not count unless chosen otherwise."));
  return h("ul", { class: "method" }, points.map((point) => h("li", {}, point)));
}

function open(data, toDocument) {
  const lead = data.open.length
    ? h("p", {}, t(`${number(data.notes.openForms)} Formen ließen sich keinem Namen sicher zuordnen. Sie sind nicht geraten, sondern stehen hier mit dem, was in Frage kam.`, `${number(data.notes.openForms)} forms could not be linked for certain. Nothing is guessed: here they are, with what they could be.`))
    : null;
  return h("div", {}, lead, table({
    caption: t("Nicht zugeordnete Nennungen", "Mentions that are not linked"), file: t("offen", "open"), page: 10, sort: { column: 3, down: true },
    empty: t("Jede Nennung ist einem Namen zugeordnet.", "Every mention is linked."),
    columns: [
      { label: t("Form", "Form"), value: (row) => row[0], show: (row) => quoted(row[0]) },
      { label: t("Art", "Kind"), value: (row) => data.kinds.find((kind) => kind.id === row[1])?.label ?? row[1] },
      { label: t("in Frage kommt", "could be"), value: (row) => row[2], show: (row) => (row[2] ? row[2].split("|").map((id) => [h("code", {}, id), " "]) : t("steht in keiner Namensliste", "in no gazetteer")) },
      { label: t("Nennungen", "Mentions"), value: (row) => row[3], numeric: true },
      { label: t("Dokumente", "Documents"), value: (row) => row[4], numeric: true },
      { label: t("zuerst in", "first in"), value: (row) => titleOf(data, row[5]), show: (row) => h("a", { href: toDocument(row[5]) }, quoted(titleOf(data, row[5]).slice(0, 60))) },
    ],
    rows: data.open,
  }));
}

function errors(data) {
  return table({
    caption: t("Fehler", "Errors"), file: t("fehler", "errors"), page: 10,
    empty: t("Alles wurde gelesen; der Lauf meldet keinen Fehler.", "Everything was read; the run reports no error."),
    columns: [
      { label: t("Quelle", "Source"), value: (row) => row[0], show: (row) => quoted(row[0] ?? "") },
      { label: "Nr.", value: (row) => row[1], numeric: true },
      { label: t("Schritt", "Stage"), value: (row) => row[2] },
      { label: t("Meldung", "Message"), value: (row) => row[3], show: (row) => quoted(row[3] ?? "") },
    ],
    rows: data.errors,
  });
}

function origin(data) {
  const run = data.run ?? {};
  const gazetteers = Object.entries(run.gazetteers ?? {});
  const facts = [
    [t("Programm", "Program"), `ressort ${run.version ?? "?"}${run.version === data.version ? "" : t(`; Bericht: ${data.version}`, `; report: ${data.version}`)}`],
    [t("Aufruf", "Call"), (run.arguments ?? []).join(" ") || t("unbekannt: der Ordner hat keine run.json", "unknown: the folder has no run.json")],
    [t("Themenmodell", "Topic model"), run.model ?? t("keines", "none")],
    [t("Dokumente", "Documents"), documents(data.docs.length)],
    [t("Quellen", "Sources"), number(data.sources.length)],
  ];
  return h("div", {},
    h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, quoted(value))])),
    gazetteers.length > 0 && h("details", {}, h("summary", {}, t(`${gazetteers.length} Namenslisten mit Prüfsummen`, `${gazetteers.length} gazetteers with hashes`)), h("ul", { class: "hashes" }, gazetteers.map(([file, hash]) => h("li", {}, h("code", {}, `${file} ${hash}`))))),
    h("ul", { class: "method" },
      h("li", {}, t(`Umrisse der Länder: ${data.map.source}; Verordnung zur Festlegung der Nutzungsbestimmungen für die Bereitstellung von Geodaten des Bundes (GeoNutzV). Vereinfacht, nur Landflächen.`, `Outlines of the Länder: ${data.map.source}; GeoNutzV. Simplified, land areas only.`)),
      h("li", {}, t(`Einwohner der Länder am ${data.populationDay}: Statistisches Bundesamt (Destatis), Bevölkerungsfortschreibung auf Grundlage des Zensus 2022; Datenlizenz Deutschland – Namensnennung – Version 2.0.`, `Inhabitants on ${data.populationDay}: Statistisches Bundesamt (Destatis), based on the Zensus 2022; Datenlizenz Deutschland – Namensnennung – Version 2.0.`)),
      h("li", {}, t("Diagramme mit Teilen von D3 (ISC-Lizenz, im Quelltext dieser Datei).", "Charts with parts of D3 (ISC licence, in the source of this file).")),
      h("li", {}, t("Diese Datei lädt nichts aus dem Netz nach und schickt nichts hinaus.", "This file loads nothing from the network and sends nothing out.")),
    ));
}
