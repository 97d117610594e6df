// The bar of filters: what it sets stands in the address, so that a filtered report can be bookmarked and sent.
import { count, documents, h, isoDate, iso, mentions, number, t } from "./dom.js";
import { LAENDER, NO_DAY } from "./model.js";
import { cleared, isFiltered } from "./state.js";

/** The bar; `set(change)` changes the state. Returned: the element, and `show(state, selection)` that brings it up to date. */
export function filterBar(data, set) {
  const days = [...data.docs.day].filter((day) => day !== NO_DAY);
  const [first, last] = [days[0], days.at(-1)];
  const bounds = days.length ? { min: iso(first), max: iso(last) } : {};
  const day = (name, label) =>
    field(label, h("input", { type: "date", id: `filter-${name}`, ...bounds, disabled: !days.length, change: (event) => set({ [name]: event.target.value }) }));
  const choice = (name, label, all, options) =>
    field(label, h("select", { id: `filter-${name}`, change: (event) => set({ [name]: event.target.value }) },
      h("option", { value: "" }, all), options.map(([value, text]) => h("option", { value }, text))));

  const kinds = data.kinds.filter((kind) => data.rows.kind.includes(kind.index));
  const lands = Object.keys(LAENDER).filter((code) => data.entities.land.includes(code));
  const byLabel = (a, b) => a[1].localeCompare(b[1], "de");
  const names = h("datalist", { id: "names" });
  const nameInput = h("input", { type: "text", id: "filter-name", list: "names", autocomplete: "off", placeholder: t("z. B. Bundesrat", "e.g. Bundesrat") });
  const known = new Map();
  data.entities.name.forEach((name, entity) => {
    if (!known.has(name)) known.set(name, entity);
    if (data.entities.abbreviation[entity] && !known.has(data.entities.abbreviation[entity])) known.set(data.entities.abbreviation[entity], entity);
    if (!known.has(data.entities.id[entity])) known.set(data.entities.id[entity], entity);
  });
  // Browsers become slow with long lists; the rarer names can still be typed.
  for (let entity = 0; entity < Math.min(600, data.entities.length); entity++) {
    names.append(h("option", { value: data.entities.name[entity] }, data.entities.abbreviation[entity]));
  }
  let chosenNames = [];
  nameInput.addEventListener("change", () => {
    const entity = known.get(nameInput.value.trim());
    nameInput.setAttribute("aria-invalid", String(entity === undefined && nameInput.value.trim() !== ""));
    if (entity === undefined) return;
    nameInput.value = "";
    set({ name: [...new Set([...chosenNames, data.entities.id[entity]])] });
  });
  let timer;
  const search = h("input", {
    type: "search", id: "filter-q", autocomplete: "off", placeholder: t("Überschriften und Namen", "headlines and names"),
    input: (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => set({ q: event.target.value.trim() }), 250);
    },
  });
  const duplicates = h("input", { type: "checkbox", id: "filter-dubletten", change: (event) => set({ dubletten: event.target.checked }) });
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const chips = h("ul", { class: "chips" });
  const reset = h("button", { type: "button", class: "reset", click: () => set(cleared()) }, t("Alle Filter aufheben", "Clear all filters"));
  const fields = h("div", { class: "fields" },
    day("von", t("Von", "From")),
    day("bis", t("Bis", "To")),
    choice("art", t("Art der Namen", "Kind of name"), t("alle Arten", "all kinds"), kinds.map((kind) => [kind.id, kind.label])),
    choice("land", "Land", t("alle Länder", "all Länder"), lands.map((code) => [code, LAENDER[code]]).sort(byLabel)),
    choice("thema", t("Thema", "Topic"), t("alle Themen", "all topics"), data.topics.id.map((id, index) => [id, data.topics.label[index]]).sort(byLabel)),
    field(t("Name", "Name"), nameInput),
    field(t("Suche", "Search"), search),
    choice("schritt", t("Zeitschritt", "Step of time"), t("passend", "fitting"), [["monat", t("Monat", "month")], ["quartal", t("Quartal", "quarter")], ["jahr", t("Jahr", "year")]]),
    data.hasDuplicates && h("label", { class: "check" }, duplicates, t("Dubletten mitzählen", "count duplicates too")),
  );
  // On a narrow screen the fields wait behind a button.
  const details = h("details", { class: "filter", open: innerWidth > 900 }, h("summary", {}, t("Filter", "Filters")), fields, names);
  const bar = h("search", { class: "filters", role: "search", "aria-label": t("Filter", "Filters") }, details, h("div", { class: "result" }, status, chips));

  function show(state, selection) {
    chosenNames = state.name;
    for (const name of ["von", "bis", "art", "land", "thema", "q", "schritt"]) {
      const input = bar.querySelector(`#filter-${name}`);
      if (document.activeElement !== input) input.value = state[name];
    }
    duplicates.checked = state.dubletten;
    const all = data.docs.length;
    const parts = [
      selection.documents === all ? documents(all) : t(`${number(selection.documents)} von ${documents(all).replace("Dokumente", "Dokumenten")}`, `${number(selection.documents)} of ${documents(all)}`),
      mentions(selection.mentions),
    ];
    if (selection.duplicates) parts.push(t(`${count(selection.duplicates, "Dublette", "Dubletten")} nicht mitgezählt`, `${number(selection.duplicates)} duplicates not counted`));
    status.textContent = parts.join(" · ");
    const labels = {
      von: (value) => t(`ab ${isoDate(value)}`, `from ${value}`),
      bis: (value) => t(`bis ${isoDate(value)}`, `to ${value}`),
      art: (value) => data.kinds.find((kind) => kind.id === value)?.label ?? value,
      land: (value) => LAENDER[value] ?? value,
      thema: (value) => data.topics.label[data.topics.byId.get(value)] ?? value,
      q: (value) => t(`„${value}“`, `“${value}”`),
    };
    const chip = (text, change) =>
      h("li", {}, h("button", { type: "button", click: () => set(change), "aria-label": t(`Filter ${text} aufheben`, `Clear the filter ${text}`) }, h("bdi", {}, text), h("span", { "aria-hidden": "true" }, " ×")));
    chips.replaceChildren(
      ...Object.keys(labels).filter((name) => state[name]).map((name) => chip(labels[name](state[name]), { [name]: "" })),
      ...state.name.map((id) => chip(data.entities.name[data.entities.byId.get(id)] ?? id, { name: state.name.filter((other) => other !== id) })),
    );
    if (isFiltered(state)) chips.append(h("li", {}, reset));
  }
  return { bar, show };
}

function field(label, input) {
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input);
}
