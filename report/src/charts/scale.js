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

const pen = document.createElement("canvas").getContext("2d");

/** How wide a text is in the type of the charts: words of many wide letters (`Wohnungswesen`) are not cut by counting them. */
export function widthOf(text, size = 12, weight = 400) {
  const font = `${weight} ${size}px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
  if (pen.font !== font) pen.font = font;
  return pen.measureText(text).width;
}

/** As much of a text as has room, with an ellipsis for what has not. */
export function fitted(text, room, size, weight) {
  if (widthOf(text, size, weight) <= room) return text;
  let kept = text.length - 1;
  while (kept > 0 && widthOf(`${text.slice(0, kept).trimEnd()}…`, size, weight) > room) kept -= 1;
  return `${text.slice(0, kept).trimEnd()}…`;
}

/**
 * Up to `wanted` classes of like values (natural breaks over square roots, so that one outlier does not swallow the rest);
 * zero is a class of its own. Borders are values that occur.
 */
export function classes(values, wanted = 5) {
  const sorted = [...new Set(values.filter((value) => value > 0))].sort((a, b) => a - b);
  const borders = breaks(thinned(sorted, 300), wanted);
  return {
    borders,
    /** The greatest value of each class. */
    tops: [...borders, Infinity].map((border) => sorted.findLast((value) => value < border) ?? 0),
    min: sorted[0] ?? 0,
    /** 0 for zero, 1 to 5 for the classes, dark at the end. */
    of(value) {
      if (!(value > 0)) return 0;
      const index = borders.filter((border) => value >= border).length;
      return Math.min(5, index + 1 + Math.max(0, Math.floor((5 - borders.length - 1) / 2)));
    },
  };
}

const thinned = (list, most) => (list.length <= most ? list : Array.from({ length: most }, (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))]));

/** The first value of each class but the lowest, so that the squared distances from the means of the classes are least. */
function breaks(sorted, wanted) {
  const count = Math.min(wanted, sorted.length);
  if (count < 2) return [];
  const sums = [0];
  const squares = [0];
  for (const value of sorted.map(Math.sqrt)) {
    sums.push(sums.at(-1) + value);
    squares.push(squares.at(-1) + value * value);
  }
  const cost = (from, to) => squares[to] - squares[from] - (sums[to] - sums[from]) ** 2 / (to - from);
  let best = sorted.map((_, index) => cost(0, index + 1));
  const choices = [];
  for (let round = 1; round < count; round++) {
    const choice = [];
    best = best.map((_, last) => {
      let least = Infinity;
      for (let first = round; first <= last; first++) {
        const sum = best[first - 1] + cost(first, last + 1);
        if (sum < least) [least, choice[last]] = [sum, first];
      }
      return least;
    });
    choices.push(choice);
  }
  const borders = [];
  let last = sorted.length - 1;
  for (const choice of choices.reverse()) {
    borders.unshift(sorted[choice[last]]);
    last = choice[last] - 1;
  }
  return borders;
}

/** Labels of the classes, for a legend: [class, text]. */
export function legendOf(scale, format) {
  const starts = [scale.min, ...scale.borders];
  const entries = starts.map((start, index) => {
    const [from, to] = [format(start), format(scale.tops[index])];
    return [scale.of(start), from === to ? from : `${from} – ${to}`];
  });
  return scale.min > 0 ? [[0, "0"], ...entries] : [[0, "0"]];
}
