// A grid of coloured cells with their numbers: who with whom, what with whom.
import { roving, s } from "../dom.js";
import { fitted, svg, widthOf } from "./scale.js";

/**
 * Rows and columns are { label, title? }; `cell(row, column)` gives { level, text, tip, blank? }; `choose(row, column)` is
 * called on click and Enter.
 */
export function heat(width, { rows, columns, cell, choose, longest = 210 }) {
  const left = Math.min(longest, width * 0.4, Math.max(...rows.map((row) => widthOf(row.label, 12.5))) + 10);
  const top = Math.min(130, Math.max(...columns.map((column) => widthOf(column.label, 12.5))) * 0.86 + 16);
  const size = Math.max(12, Math.min(46, (width - left - top * 0.5) / columns.length));
  const tall = Math.max(18, Math.min(28, size));
  const full = Math.max(left + size * columns.length + top * 0.5, 120);
  const root = svg(full, top + tall * rows.length + 4);
  columns.forEach((column, index) => {
    const x = left + (index + 0.5) * size;
    root.append(s("text", { class: "label plain", transform: `translate(${x + 3} ${top - 7}) rotate(-55)` }, fitted(column.label, 138, 12.5)));
  });
  const items = [];
  rows.forEach((row, y) => {
    root.append(s("text", { class: "label plain", x: left - 8, y: top + y * tall + tall / 2 + 4, "text-anchor": "end" }, fitted(row.label, left - 8, 12.5)));
    columns.forEach((column, x) => {
      const { level, text, tip, blank } = cell(y, x);
      const box = { x: left + x * size + 0.5, y: top + y * tall + 0.5, width: size - 1, height: tall - 1 };
      if (blank) {
        root.append(s("rect", { class: "blank", ...box }));
        return;
      }
      const shape = s("rect", { class: `cell q${level}`, ...box, "data-tip": tip, "aria-label": tip, role: choose ? "button" : "img", click: choose ? () => choose(y, x) : null });
      items.push(shape);
      root.append(shape);
      if (text && widthOf(text, 10.5) < size - 2) root.append(s("text", { class: `cell-value on q${level}`, x: box.x + box.width / 2, y: box.y + box.height / 2 + 4, "text-anchor": "middle", "aria-hidden": "true" }, text));
    });
  });
  roving(items, columns.length);
  return root;
}
