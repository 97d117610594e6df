// Bars over time, small multiples of them, and sparklines.
import { number, s } from "../dom.js";
import { fitted, steps, svg, widthOf } from "./scale.js";

const TOP = 18;
const BOTTOM = 34;

/** Bars over time with an axis that begins at zero. */
export function timeBars(width, { bins, values, format = number, whole = true, height = 190, marks = [] }) {
  const max = Math.max(...values, 0);
  const scale = steps(max, 4, whole);
  const top = Math.max(max, scale.at(-1) ?? 1, whole ? 1 : 0);
  const left = Math.max(...scale.map((value) => widthOf(format(value), 12))) + 10;
  const band = (width - left - 4) / Math.max(1, bins.length);
  const y = (value) => TOP + (1 - value / top) * (height - TOP - BOTTOM);
  const root = svg(width, height);
  for (const value of scale) {
    root.append(
      s("line", { class: value ? "grid" : "axis", x1: left, x2: width, y1: y(value), y2: y(value) }),
      s("text", { class: "tick", x: left - 8, y: y(value) + 4, "text-anchor": "end" }, format(value)),
    );
  }
  // Few columns do not become slabs.
  const gap = Math.max(Math.min(24, band * 0.24), band - 84);
  const best = values.indexOf(max);
  bins.labels.forEach((label, index) => {
    const x = left + index * band;
    root.append(
      s("rect", { class: "bar", x: x + gap / 2, width: Math.max(1, band - gap), y: y(values[index]), height: Math.max(0, y(0) - y(values[index])) }),
      s("rect", { class: "hit", x, width: band, y: TOP, height: height - TOP - BOTTOM, "data-tip": `${label}: ${format(values[index])}` }),
    );
    if (index === best && max > 0) root.append(s("text", { class: "value", x: x + band / 2, y: y(max) - 5, "text-anchor": x + band / 2 > width - 30 ? "end" : "middle" }, format(max)));
  });
  for (const mark of marks) {
    const x = left + (mark.at + 0.5) * band;
    const isRight = x > width * 0.6;
    root.append(
      s("line", { class: "event", x1: x, x2: x, y1: TOP - 10, y2: y(0) }),
      s("text", { class: "event", x: x + (isRight ? -4 : 4), y: TOP - 4 + (mark.row ?? 0) * 12, "text-anchor": isRight ? "end" : "start" }, mark.label),
    );
  }
  root.append(...timeLabels(bins, left, band, height, width));
  return root;
}

/** Labels below the axis: as many months as fit, each year once. */
function timeLabels(bins, left, band, height, width) {
  const nodes = [];
  const names = bins.labels.map((label) => (bins.step === "jahr" ? label : label.replace(/ \d{4}$/, "").replace(/\. Quartal/, ". Q")));
  const need = Math.max(...names.map((name) => widthOf(name, 12)), 1) + 8;
  const every = Math.max(1, Math.ceil(need / band));
  let year = null;
  let lastYear = -Infinity;
  names.forEach((name, index) => {
    const x = left + (index + 0.5) * band;
    const isShown = index % every === 0 && x + need / 2 < width + 8;
    if (isShown) nodes.push(s("text", { class: "tick", x, y: height - 18, "text-anchor": "middle" }, name));
    const next = bins.years[index];
    if (bins.step !== "jahr" && next !== year && (isShown || every > 6) && x - lastYear > 40) {
      year = next;
      lastYear = x;
      nodes.push(s("text", { class: "tick year", x, y: height - 3, "text-anchor": "middle" }, String(next)));
    }
  });
  return nodes;
}

/** Small charts side by side: items are { label, values, total, href? }. */
export function multiples(width, { bins, items, format = number, shared = false, least = 185, whole = true }) {
  const columns = Math.max(1, Math.floor((width + 20) / (least + 20)));
  const cell = (width - (columns - 1) * 20) / columns;
  const height = 124;
  const rows = Math.ceil(items.length / columns);
  const common = Math.max(...items.flatMap((item) => [...item.values]), 0);
  const root = svg(width, rows * height);
  items.forEach((item, index) => {
    const [x0, y0] = [(index % columns) * (cell + 20), Math.floor(index / columns) * height];
    const own = Math.max(...item.values, 0);
    const top = (shared ? common : own) || 1;
    const [low, high] = [y0 + 94, y0 + 48];
    const band = cell / Math.max(1, bins.length);
    const gap = Math.max(Math.min(3, band * 0.2), band - 40);
    const y = (value) => low - (value / top) * (low - high);
    const label = fitted(item.label, cell, 13, 600);
    const group = s("g", {},
      s("text", { class: "label", x: x0, y: y0 + 12 }, label),
      s("text", { class: "tick", x: x0, y: y0 + 27 }, item.total),
      s("line", { class: "axis", x1: x0, x2: x0 + cell, y1: low, y2: low }),
    );
    const best = item.values.indexOf(own);
    item.values.forEach((value, bin) => {
      const x = x0 + bin * band;
      if (value > 0) group.append(s("rect", { class: bin === best ? "bar best" : "bar", x: x + gap / 2, width: Math.max(0.8, band - gap), y: y(value), height: Math.max(0.5, low - y(value)) }));
      group.append(s("rect", { class: "hit", x, width: band, y: high, height: low - high, "data-tip": `${item.label}, ${bins.labels[bin]}: ${format(value)}` }));
    });
    if (own > 0) {
      const x = x0 + (best + 0.5) * band;
      const text = format(own);
      const half = widthOf(text, 11) / 2;
      group.append(s("text", { class: "value small", x: Math.max(x0 + half, Math.min(x0 + cell - half, x)), y: y(own) - 3, "text-anchor": "middle" }, text));
    }
    group.append(
      s("text", { class: "tick small", x: x0, y: low + 13 }, bins.labels[0] ?? ""),
      bins.length > 1 ? s("text", { class: "tick small", x: x0 + cell, y: low + 13, "text-anchor": "end" }, bins.labels.at(-1)) : "",
    );
    root.append(group);
  });
  return root;
}

/** A line without axis, for a table cell; decoration, the numbers stand beside it. */
export function sparkline(values, width = 96, height = 22) {
  const root = svg(width, height);
  root.setAttribute("class", "spark");
  root.setAttribute("aria-hidden", "true");
  root.setAttribute("width", width);
  root.setAttribute("height", height);
  const max = Math.max(...values, 1);
  const band = width / values.length;
  values.forEach((value, index) => {
    if (value > 0) {
      const tall = Math.max(1, (value / max) * (height - 2));
      root.append(s("rect", { class: value === max ? "bar best" : "bar", x: index * band, width: Math.max(0.7, band - Math.min(2, band * 0.25)), y: height - 1 - tall, height: tall }));
    }
  });
  root.append(s("line", { class: "axis", x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5 }));
  return root;
}

/** Horizontal bars with their names and values: items are { label, value, text }. */
export function rankBars(width, { items, max = Math.max(...items.map((item) => item.value), 0) }) {
  const line = 24;
  const left = Math.min(width * 0.5, Math.max(...items.map((item) => widthOf(item.label, 12.5))) + 10);
  const right = Math.max(...items.map((item) => widthOf(item.text, 13))) + 8;
  const root = svg(width, items.length * line + 4);
  items.forEach((item, index) => {
    const y = index * line;
    const long = Math.max(0, (item.value / (max || 1)) * (width - left - right));
    const label = fitted(item.label, left - 8, 12.5);
    root.append(
      s("text", { class: "label plain", x: left - 8, y: y + 16, "text-anchor": "end" }, label),
      s("rect", { class: "bar", x: left, y: y + 5, width: long, height: line - 10 }),
      s("text", { class: "value", x: left + long + 6, y: y + 16 }, item.text),
      s("rect", { class: "hit", x: 0, y, width, height: line, "data-tip": `${item.label}: ${item.text}` }),
    );
  });
  return root;
}
