// What the page shows, in the fragment of its address: #/karte?von=2020-03-01&land=by

/** Filters and settings with the values that the fragment leaves out. */
const DEFAULTS = {
  von: "", bis: "", art: "", land: "", thema: "", name: [], q: "", dubletten: false, schritt: "",
  // Map
  mass: "dokument", umfang: "own", zeit: "", gewaehlt: "",
  // Network
  form: "netz", arten: ["ministry", "politician", "land", "programme"], ab: 0, hoechstens: 40,
  // Small multiples
  skala: "eigene",
};
export const FILTERS = ["von", "bis", "art", "land", "thema", "name", "q"];

export function read() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const given = new URLSearchParams(query);
  const state = {};
  for (const [name, value] of Object.entries(DEFAULTS)) {
    const text = given.get(name);
    if (text === null) state[name] = value;
    else if (Array.isArray(value)) state[name] = text.split("|").filter(Boolean);
    else if (typeof value === "number") state[name] = Number(text) || 0;
    else if (typeof value === "boolean") state[name] = text === "1";
    else state[name] = text;
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(state.von)) state.von = "";
  if (!/^\d{4}-\d\d-\d\d$/.test(state.bis)) state.bis = "";
  const [route, ...rest] = path.split("/").map(decode);
  return { route, rest: rest.join("/"), state };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The fragment that leads to a page with this state. */
export function link(route, state, change = {}) {
  const next = { ...state, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(DEFAULTS)) {
    const given = next[name];
    if (Array.isArray(value) ? given.join("|") === value.join("|") : given === value) continue;
    query.set(name, Array.isArray(value) ? given.join("|") : value === false ? "1" : given);
  }
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%7C", "|");
  return `#/${route}${text ? `?${text}` : ""}`;
}

/** A part of a route: ids keep their colons and slashes. */
export const part = (id) => encodeURIComponent(id).replaceAll("%2F", "/").replaceAll("%3A", ":");

export const isFiltered = (state) => FILTERS.some((name) => (Array.isArray(state[name]) ? state[name].length : state[name]));

export const cleared = () => Object.fromEntries(FILTERS.map((name) => [name, DEFAULTS[name]]));
