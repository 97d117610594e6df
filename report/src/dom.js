// Elements, words, numbers and dates. Everything is set as text: nothing here reads markup.

/** @type {"de" | "en"} */
export const lang = document.documentElement.lang === "en" ? "en" : "de";
const locale = lang === "de" ? "de-DE" : "en-GB";

/** The word in the language of the report. */
export const t = (german, english) => (lang === "de" ? german : english);

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: `h("p", { class: "note" }, "text", child)`. Functions become listeners, null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Text of a document: its direction stays inside. */
export const quoted = (text, attributes = {}) => h("bdi", attributes, text);

const plain = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const number = (value) => plain.format(value);
export const decimal = (value) => tenths.format(value);
export const fine = (value) => hundredths.format(value);
/** A share from 0 to 1. */
export const percent = (share) => `${share > 0 && share < 0.1 ? tenths.format(share * 100) : plain.format(Math.round(share * 100))} %`;

const DAY = 86_400_000;
/** 2020-03-01 of days since 1970. */
export const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);

/** A day for people: 1.3.2020. */
export function date(day) {
  if (day === null || day === undefined || day < -100_000) return t("ohne Datum", "no date");
  return isoDate(iso(day));
}

/** An ISO day for people. */
export function isoDate(text) {
  const [year, month, day] = text.split("-").map(Number);
  return lang === "de" ? `${day}.${month}.${year}` : text;
}

const MONTHS = t("Jan. Feb. März April Mai Juni Juli Aug. Sep. Okt. Nov. Dez.", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split(" ");
export const monthName = (month) => MONTHS[month];

/** `1 Dokument`, `2 Dokumente`. */
export const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
export const documents = (value) => count(value, t("Dokument", "document"), t("Dokumente", "documents"));
export const mentions = (value) => count(value, t("Nennung", "mention"), t("Nennungen", "mentions"));

export const clip = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

/** Hands a file to the user; nothing leaves the page. */
export function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Cells of a CSV file as RFC 4180 has them; what a spreadsheet would run as a formula is defused. */
export function csv(rows) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** One tooltip for all elements that carry data-tip, on pointer and focus. */
export function tooltips() {
  const box = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  document.body.append(box);
  const show = (event) => {
    const target = event.target.closest?.("[data-tip]");
    box.hidden = !target;
    if (!target) return;
    box.textContent = target.dataset.tip;
    const area = target.getBoundingClientRect();
    const own = box.getBoundingClientRect();
    const left = Math.max(6, Math.min(innerWidth - own.width - 6, area.left + area.width / 2 - own.width / 2));
    const above = area.top - own.height - 8;
    box.style.left = `${left}px`;
    box.style.top = `${above > 4 ? above : area.bottom + 8}px`;
  };
  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
  addEventListener("scroll", () => (box.hidden = true), { passive: true });
  addEventListener("keydown", (event) => event.key === "Escape" && (box.hidden = true));
}

/** Arrow keys move among the items of a grid, of which one at a time can be reached by Tab. */
export function roving(items, columns = 1) {
  if (!items.length) return;
  let at = 0;
  items.forEach((item, index) => {
    item.setAttribute("tabindex", index === 0 ? "0" : "-1");
    item.addEventListener("focus", () => {
      items[at].setAttribute("tabindex", "-1");
      at = index;
      item.setAttribute("tabindex", "0");
    });
    item.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
      let next = index + (steps[event.key] ?? 0);
      if (event.key === "Home") next = 0;
      if (event.key === "End") next = items.length - 1;
      if (next !== index && items[next]) {
        event.preventDefault();
        items[next].focus();
      } else if ((event.key === "Enter" || event.key === " ") && !(item instanceof HTMLElement)) {
        event.preventDefault();
        item.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      }
    });
  });
}
