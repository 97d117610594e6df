// Axes, classes and lengths that the charts share.
import { ticks } from "d3-array";
import { s } from "../dom.js";

export const svg = (width, height, ...children) =>
  s("svg", { viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`, width: "100%", preserveAspectRatio: "xMinYMin meet" }, ...children);

/** Round steps of an axis that begins at zero; of counts no fractions. */
export function steps(max, wanted = 4, whole = true) {
  const list = ticks(0, max || 1, wanted);
  return whole ? list.filter((value) => Number.isInteger(value)) : list;
}

/** About how wide a text is. */
export const widthOf = (text, size = 12) => text.length * size * 0.56;

/**
 * Borders of up to `wanted` classes with about as many values each; zero is a class of its own. Borders are rounded to
 * figures that can be said.
 */
export function classes(values, wanted = 5, whole = true) {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const borders = [];
  for (let index = 1; index < wanted; index++) {
    const value = round(sorted[Math.floor((index * sorted.length) / wanted)] ?? 0, whole);
    if (value > (borders.at(-1) ?? sorted[0]) && value <= sorted.at(-1)) borders.push(value);
  }
  return {
    borders,
    max: sorted.at(-1) ?? 0,
    min: sorted[0] ?? 0,
    /** 0 for zero, 1 to 5 for the classes, dark at the end. */
    of(value) {
      if (!(value > 0)) return 0;
      const index = borders.filter((border) => value >= border).length;
      return Math.min(5, index + 1 + Math.max(0, Math.floor((5 - borders.length - 1) / 2)));
    },
  };
}

function round(value, whole) {
  if (value <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  const rounded = Math.round(value / unit) * unit;
  return whole ? Math.max(1, Math.round(rounded)) : Number(rounded.toPrecision(3));
}

/** Labels of the classes, for a legend: [class, text]. */
export function legendOf(scale, format, whole = true) {
  const edges = [scale.min, ...scale.borders];
  const entries = edges.map((edge, index) => {
    const next = edges[index + 1];
    const last = next === undefined ? scale.max : whole ? next - 1 : next;
    const text = next === undefined || !whole || last > edge ? `${format(edge)} – ${format(last)}` : format(edge);
    return [scale.of(edge), edge === last ? format(edge) : text];
  });
  return scale.max > 0 ? [[0, "0"], ...entries] : [[0, "0"]];
}
