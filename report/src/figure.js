// A chart with its headline, what it leaves out, its table, and buttons that take it along.
import { download, h, t } from "./dom.js";
import { table } from "./table.js";

/**
 * A figure. `draw(width)` gives an SVG element that is as wide; `data` is what `table()` takes, beside the chart; `alt` says
 * in words what the chart shows.
 */
export function figure({ title, subtitle, note, file, draw, data, alt, empty, open = false, level = "h3", legend = null, className = "" }) {
  const chart = h("div", { class: "chart" });
  const caption = h("figcaption", {}, h(level, {}, title), subtitle && h("p", { class: "subtitle" }, subtitle));
  const root = h("figure", { class: `figure ${className}` }, caption, legend, chart);
  if (empty) {
    chart.append(h("p", { class: "empty" }, empty));
    return root;
  }
  let width = 0;
  const redraw = (next) => {
    if (Math.abs(next - width) < 4 || next < 40) return;
    width = next;
    const svg = draw(width);
    if (alt) {
      if (!svg.querySelector("[tabindex]")) svg.setAttribute("role", "img");
      else svg.setAttribute("role", "group");
      svg.setAttribute("aria-label", alt);
    }
    chart.replaceChildren(svg);
  };
  watch(chart, redraw);
  const buttons = h("div", { class: "tools" },
    h("button", { type: "button", click: () => download(`${file}.svg`, "image/svg+xml", standalone(chart.querySelector("svg"), title)) }, "SVG"),
    h("button", { type: "button", click: () => savePng(chart.querySelector("svg"), title, file) }, "PNG"),
  );
  for (const button of buttons.children) button.setAttribute("aria-label", t(`${title} als ${button.textContent} speichern`, `Save ${title} as ${button.textContent}`));
  if (note) root.append(h("p", { class: "note" }, note));
  root.append(buttons);
  if (data) {
    root.append(h("details", { class: "data", open }, h("summary", {}, t("Als Tabelle", "As a table")), table({ caption: title, file, ...data })));
  }
  return root;
}

const observer = new ResizeObserver((entries) => {
  for (const entry of entries) entry.target.redraw?.(Math.round(entry.contentRect.width));
});

/** Draws the charts that have not been drawn yet. */
export function drawCharts(root) {
  for (const chart of root.querySelectorAll(".chart")) if (!chart.firstChild) chart.redraw?.(chart.clientWidth);
}

/** Calls back with the width of an element, at once and whenever it changes. */
function watch(element, redraw) {
  element.redraw = redraw;
  observer.observe(element);
}

const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "dominant-baseline", "paint-order", "stroke-linejoin", "font-variant-numeric",
];

/** The SVG as a file of its own: what the style sheet says stands at each element. */
function standalone(svg, title) {
  const copy = svg.cloneNode(true);
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value && value !== "none" && value !== "normal") to[index].setAttribute(name, value);
    }
    if (style.fill === "none") to[index].setAttribute("fill", "none");
    for (const name of ["class", "tabindex", "role", "data-tip", "aria-label"]) to[index].removeAttribute(name);
  });
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", width);
  paper.setAttribute("height", height);
  paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name, paper);
  return new XMLSerializer().serializeToString(copy);
}

async function savePng(svg, title, file) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const url = URL.createObjectURL(new Blob([standalone(svg, title)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => download(`${file}.png`, "image/png", blob));
}
