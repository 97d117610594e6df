// The map of the Länder.
import { roving, s } from "../dom.js";
import { LAENDER } from "../model.js";
import { svg } from "./scale.js";

/** Länder too small for a label inside: where it stands instead. */
const BESIDE = { hb: [-20, -16], hh: [34, -22], be: [0, -20], sl: [-16, 22] };

/** Width at which the style sheet stops the map from growing. */
const WIDEST = 480;

/** The map; `of(code)` gives { level, text, tip } of a Land, `choose(code)` is called on click and Enter. */
export function landMap(width, map, { of, choose, chosen }) {
  const margin = 14;
  // Labels are as large as other text, however small the map is drawn.
  const enlarged = (map.width + 2 * margin) / Math.min(width, WIDEST);
  const root = svg(map.width + 2 * margin, map.height + 2 * margin);
  root.classList.add("map");
  const shapes = s("g", { transform: `translate(${margin} ${margin})` });
  const labels = s("g", { transform: `translate(${margin} ${margin})`, "aria-hidden": "true" });
  const codes = Object.keys(map.laender).sort((a, b) => LAENDER[a].localeCompare(LAENDER[b], "de"));
  const items = codes.map((code) => {
    const { level, text, tip } = of(code);
    const { path, at } = map.laender[code];
    const shape = s("path", {
      d: path, class: `land q${level}${chosen === code ? " chosen" : ""}`, "data-land": code, "data-tip": tip, "aria-label": tip, role: "button",
      "aria-pressed": String(chosen === code), click: () => choose(code),
    });
    const [x, y] = BESIDE[code] ? [at[0] + BESIDE[code][0], at[1] + BESIDE[code][1]] : at;
    const tone = BESIDE[code] ? "beside" : `on q${level}`;
    const label = (name, size, below, content) => {
      const node = s("text", { class: `${name} ${tone}`, x, y: y + below * enlarged, "text-anchor": "middle" }, content);
      node.style.fontSize = `${size * enlarged}px`;
      return node;
    };
    labels.append(label("land-name", 11, -2, code.toUpperCase()), label("land-value", 13, 12, text));
    return shape;
  });
  // City states lie inside of others, and the chosen one must not have its border painted over.
  const small = (code) => (["be", "hb", "hh"].includes(code) ? 1 : 0);
  const order = [...codes.keys()].sort((a, b) => (codes[a] === chosen) - (codes[b] === chosen) || small(codes[a]) - small(codes[b]));
  shapes.append(...order.map((index) => items[index]));
  roving(items, 4);
  root.append(shapes, labels);
  return root;
}
