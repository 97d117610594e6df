// Tables that can be sorted, paged and taken along as CSV.
import { csv, download, h, number, t } from "./dom.js";

const PAGE = 20;

/**
 * A table. Columns: { label, value(row), show(row)?, numeric?, help? }; `value` is what is sorted and written to CSV, `show`
 * the content of the cell.
 */
export function table({ caption, columns, rows, file, sort = null, page = PAGE, empty, hideCaption = true }) {
  const root = h("div", { class: "table" });
  if (!rows.length) {
    root.append(h("p", { class: "empty" }, empty ?? t("Keine Zeilen.", "No rows.")));
    return root;
  }
  let order = sort ? { column: sort.column, down: sort.down ?? true } : null;
  let shown = page;
  const body = h("tbody");
  const head = h("tr");
  const more = h("div", { class: "more" });
  const headers = columns.map((column, index) => {
    const button = h("button", { type: "button", class: "sort", click: () => by(index) }, column.label, h("span", { class: "arrow", "aria-hidden": "true" }));
    if (column.help) button.title = column.help;
    const cell = h("th", { scope: "col", class: column.numeric ? "numeric" : null }, column.plain ? column.label : button);
    head.append(cell);
    return cell;
  });

  function by(index) {
    order = order?.column === index ? { column: index, down: !order.down } : { column: index, down: Boolean(columns[index].numeric) };
    draw();
  }

  function sorted() {
    if (!order) return rows;
    const { value } = columns[order.column];
    const sign = order.down ? -1 : 1;
    const compare = (a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === y) return 0;
      // What is unknown comes last, whatever the direction.
      if (x === null || x === undefined || x === "") return 1;
      if (y === null || y === undefined || y === "") return -1;
      return sign * (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "de"));
    };
    return [...rows].sort(compare);
  }

  function draw() {
    headers.forEach((cell, index) => {
      if (columns[index].plain) return;
      const direction = order?.column === index ? (order.down ? "descending" : "ascending") : "none";
      cell.setAttribute("aria-sort", direction);
    });
    body.replaceChildren(
      ...sorted().slice(0, shown).map((row) =>
        h("tr", {}, columns.map((column, index) => {
          const content = column.show ? column.show(row) : column.numeric && typeof column.value(row) === "number" ? number(column.value(row)) : (column.value(row) ?? "");
          return h(index === (columns.heading ?? 0) ? "th" : "td", { class: [column.numeric && "numeric", column.class].filter(Boolean).join(" ") || null, scope: index === (columns.heading ?? 0) ? "row" : null }, content);
        })),
      ),
    );
    const left = rows.length - shown;
    const tools = [
      h("span", { class: "count" }, left > 0 ? t(`${number(shown)} von ${number(rows.length)} Zeilen`, `${number(shown)} of ${number(rows.length)} rows`) : t(`${number(rows.length)} Zeilen`, `${number(rows.length)} rows`)),
      left > 0 && h("button", { type: "button", click: () => ((shown += Math.max(page, shown)), draw()) }, t("Mehr zeigen", "Show more")),
      h("button", { type: "button", class: "csv", click: () => save() }, t("Tabelle als CSV", "Table as CSV")),
    ];
    more.replaceChildren(...tools.filter(Boolean));
  }

  const save = () =>
    download(`${file}.csv`, "text/csv;charset=utf-8", csv([columns.filter((one) => one.value).map((one) => one.label), ...sorted().map((row) => columns.filter((one) => one.value).map((one) => one.value(row)))]));

  draw();
  root.append(
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", {}, h("caption", { class: hideCaption ? "visually-hidden" : null }, caption), h("thead", {}, head), body)),
    more,
  );
  return root;
}
