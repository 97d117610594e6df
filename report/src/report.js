// The page of a report: reads the data, follows the address, draws what it asks for.
import { h, t, tooltips } from "./dom.js";
import { filterBar } from "./filters.js";
import { model, titleOf } from "./model.js";
import { documentPage } from "./pages/document.js";
import { entityPage } from "./pages/entity.js";
import { about } from "./sections/about.js";
import { documentsSection } from "./sections/documents.js";
import { laenderSection } from "./sections/laender.js";
import { names } from "./sections/names.js";
import { networkSection } from "./sections/network.js";
import { overview } from "./sections/overview.js";
import { topicsSection } from "./sections/topics.js";
import { drawCharts } from "./figure.js";
import { select } from "./select.js";
import { FILTERS, link, part, read } from "./state.js";
import { themeButton } from "./theme.js";
import { unpack } from "./unpack.js";

const SECTIONS = [
  ["ueberblick", t("Überblick", "Overview"), overview],
  ["namen", t("Namen", "Names"), names],
  ["laender", t("Länder", "Länder"), laenderSection],
  ["netz", t("Wer mit wem", "Who with whom"), networkSection],
  ["themen", t("Themen", "Topics"), topicsSection],
  ["dokumente", t("Dokumente", "Documents"), documentsSection],
  ["methode", t("Daten und Methode", "Data and method"), about],
];
/** What each section depends on beside the filters. */
const SETTINGS = { ueberblick: ["skala"], laender: ["mass", "umfang", "zeit", "gewaehlt"], netz: ["form", "arten", "ab", "hoechstens"], themen: ["skala"] };
const SHARED = [...FILTERS, "schritt", "dubletten"];

async function start() {
  const app = document.getElementById("app");
  if (!("DecompressionStream" in window)) {
    app.textContent = t("Dieser Browser ist zu alt für den Bericht: es braucht Chromium ab 103, Firefox ab 113 oder Safari ab 16.4.", "This browser is too old for the report: it takes Chromium 103, Firefox 113 or Safari 16.4.");
    return;
  }
  const data = model(await unpack(document.getElementById("data").textContent));
  document.getElementById("data").remove();
  let { route, rest, state } = read();
  let selection;
  const set = (change, focus = null, target = route) => {
    const isPage = target === route && (route === "name" || route === "dokument");
    location.hash = link(isPage ? `${route}/${part(rest)}` : target, state, change).slice(1);
    refocus = focus;
  };
  let refocus = null;
  const { bar, show } = filterBar(data, set);
  const nav = h("nav", { class: "sections", "aria-label": t("Abschnitte", "Sections") });
  const main = h("main", { id: "main", tabindex: "-1" });
  const heading = h("p", { class: "brand" }, h("a", {}, data.title));
  const home = () => link("", state);
  app.replaceChildren(
    h("a", { class: "skip", href: "#main", click: (event) => (event.preventDefault(), main.focus()) }, t("Zum Inhalt", "Skip to content")),
    h("header", { class: "masthead" }, h("div", { class: "topbar" }, heading, nav, h("button", { type: "button", class: "theme", click: () => print() }, t("Drucken", "Print")), themeButton())),
    h("div", { class: "filter-band" }, bar),
    main,
    h("footer", { class: "foot" }, h("p", {}, t(`Erzeugt mit ressort ${data.version}. Diese Datei lädt nichts aus dem Netz nach.`, `Made with ressort ${data.version}. This file loads nothing from the network.`)), h("p", {}, data.map.source)),
  );
  const sections = new Map();
  let shownKey = "";
  let before = {};

  function context() {
    return {
      data, selection, state, set, home,
      toEntity: (entity) => link(`name/${part(data.entities.id[entity])}`, state),
      toDocument: (doc) => link(`dokument/${part(data.docs.id[doc])}`, state),
      go: (href) => (location.hash = href.slice(1)),
    };
  }

  function draw() {
    ({ route, rest, state } = read());
    const filterKey = JSON.stringify(SHARED.map((name) => state[name]));
    const isFiltered = filterKey !== before.filter;
    if (isFiltered) selection = select(data, state);
    show(state, selection);
    const isPage = route === "name" || route === "dokument";
    const pageKey = isPage ? `${route}/${rest}` : "main";
    const isNew = pageKey !== shownKey;
    nav.replaceChildren(h("ul", {}, SECTIONS.map(([id, label]) => h("li", {}, h("a", { href: link(id, state), "aria-current": !isPage && (route || "ueberblick") === id ? "true" : null }, label)))));
    heading.firstChild.href = home();
    if (isPage) {
      if (isNew || isFiltered) main.replaceChildren(h("div", { class: "page" }, h("p", { class: "back" }, h("a", { href: home() }, t("← Zum Bericht", "← To the report"))), route === "name" ? entityPage(context(), rest) : documentPage(context(), rest)));
      document.title = `${route === "name" ? (data.entities.name[data.entities.byId.get(rest)] ?? rest) : titleOf(data, Math.max(0, data.docs.id.indexOf(rest)))} – ${data.title}`;
    } else {
      document.title = data.title;
      if (isNew) {
        main.replaceChildren(h("h1", { tabindex: "-1" }, data.title), ...SECTIONS.map(([id, label]) => {
          const body = h("div", { class: "body" });
          sections.set(id, body);
          return h("section", { class: "section", id: `s-${id}`, "aria-labelledby": `h-${id}` }, h("h2", { id: `h-${id}`, tabindex: "-1" }, label), body);
        }));
      }
      for (const [id, , render] of SECTIONS) {
        const key = JSON.stringify((SETTINGS[id] ?? []).map((name) => state[name]));
        // What does not depend on the change stays as it is; links to pages carry the filters only when they change.
        if (isNew || isFiltered || key !== before[id]) sections.get(id).replaceChildren(...render(context()).flat().filter(Boolean));
        before[id] = key;
      }
    }
    before.filter = filterKey;
    // Drawn at once, so that the page has its length before it is scrolled.
    drawCharts(main);
    if (refocus) document.querySelector(refocus)?.focus({ preventScroll: true });
    else if (isNew && isPage) {
      scrollTo(0, 0);
      main.querySelector("h1")?.focus({ preventScroll: true });
    } else if (!isPage && route && (isNew || route !== before.route)) requestAnimationFrame(() => scrollToSection(route, isNew));
    else if (isNew && !isPage && shownKey) scrollTo(0, 0);
    before.route = isPage ? "" : route;
    refocus = null;
    shownKey = pageKey;
  }

  function scrollToSection(id) {
    const target = document.getElementById(`h-${id}`);
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }
  // A click on the section that the address already names leads there, too.
  nav.addEventListener("click", (event) => {
    const anchor = event.target.closest("a");
    if (anchor && anchor.hash === location.hash) scrollToSection(route || "ueberblick");
  });
  addEventListener("hashchange", draw);
  tooltips();
  draw();
  document.documentElement.dataset.ready = Math.round(performance.now());
}

start().catch((error) => {
  const app = document.getElementById("app");
  app.replaceChildren(h("main", { class: "opening" }, h("h1", {}, t("Der Bericht lässt sich nicht öffnen", "The report cannot be opened")), h("p", {}, String(error?.message ?? error))));
  throw error;
});
