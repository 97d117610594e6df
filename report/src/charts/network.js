// Who with whom as nodes and links. The layout is computed at once and is the same whenever the data are.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { roving, s } from "../dom.js";
import { svg, widthOf } from "./scale.js";

/** Nodes are { label, kind, weight, tip }, links { a, b, weight, tip } by number of node. */
export function network(width, { nodes, links, choose }) {
  const isNarrow = width < 600;
  const height = isNarrow ? width * 1.35 : Math.min(640, width * 0.72);
  const most = Math.max(...nodes.map((node) => node.weight), 1);
  const strongest = Math.max(...links.map((link) => link.weight), 1);
  const points = nodes.map((node) => ({ ...node, radius: (4 + 14 * Math.sqrt(node.weight / most)) * (isNarrow ? 0.6 : 1) }));
  const edges = links.map((link) => ({ ...link, source: link.a, target: link.b }));
  forceSimulation(points)
    .force("charge", forceManyBody().strength(-260).distanceMax(360))
    .force("link", forceLink(edges).distance((edge) => 110 - 60 * Math.sqrt(edge.weight / strongest)).strength(0.25))
    .force("x", forceX(0).strength(isNarrow ? 0.14 : 0.04))
    .force("y", forceY(0).strength(isNarrow ? 0.05 : 0.09))
    .force("collide", forceCollide((point) => point.radius + 15))
    .stop()
    .tick(320);
  const letters = isNarrow ? 14 : 24;
  const label = (point) => (point.label.length > letters ? `${point.label.slice(0, letters - 1).trimEnd()}…` : point.label);
  const pad = { x: 12, y: 16 };
  const range = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = range(points.flatMap((point) => [point.x - point.radius - 4, point.x + point.radius + 6 + widthOf(label(point), 12)]));
  const [top, bottom] = range(points.flatMap((point) => [point.y - point.radius, point.y + point.radius]));
  const scale = Math.min(1.6, (width - 2 * pad.x) / (right - left || 1), (height - 2 * pad.y) / (bottom - top || 1));
  const place = (x, y) => [width / 2 + (x - (left + right) / 2) * scale, height / 2 + (y - (top + bottom) / 2) * scale];
  for (const point of points) [point.x, point.y] = place(point.x, point.y);
  const root = svg(width, height);
  root.classList.add("network");
  const lines = s("g", { "aria-hidden": "true" });
  const items = [];
  const touching = points.map(() => new Set());
  for (const edge of edges) {
    const line = s("line", {
      class: "edge", x1: edge.source.x, y1: edge.source.y, x2: edge.target.x, y2: edge.target.y,
      "stroke-width": (0.8 + 6 * Math.sqrt(edge.weight / strongest)).toFixed(1), "data-tip": edge.tip,
    });
    lines.append(line);
    touching[edge.a].add(line);
    touching[edge.b].add(line);
  }
  root.append(lines);
  const names = s("g", { "aria-hidden": "true" });
  const spots = labelSpots(points, label, width, height);
  points.forEach((point, index) => {
    const mark = (isOn) => () => {
      root.classList.toggle("focused", isOn);
      touching[index].forEach((line) => line.classList.toggle("near", isOn));
    };
    const name = label(point);
    const item = s("g", {
      class: `node ${point.kind}`, "data-tip": point.tip, "aria-label": point.tip, role: "button", click: () => choose(index),
      pointerenter: mark(true), pointerleave: mark(false), focus: mark(true), blur: mark(false),
    }, s("circle", { cx: point.x, cy: point.y, r: point.radius }));
    items.push(item);
    root.append(item);
    const { x, y, anchor } = spots[index];
    names.append(s("text", { class: "node-name", x, y, "text-anchor": anchor }, name));
  });
  roving(items, 1);
  // Names last, so that no circle covers them.
  root.append(names);
  return root;
}

/** Where each name stands: beside, below or above its circle, wherever it covers least of what is there. */
function labelSpots(points, label, width, height) {
  const taken = points.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const overlap = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const order = [...points.keys()].sort((a, b) => points[b].weight - points[a].weight || a - b);
  const spots = [];
  for (const index of order) {
    const { x, y, radius } = points[index];
    const long = widthOf(label(points[index]), 12) + 2;
    const candidates = [
      { x: x + radius + 4, y: y + 4, anchor: "start", left: x + radius + 4 },
      { x: x - radius - 4, y: y + 4, anchor: "end", left: x - radius - 4 - long },
      { x, y: y + radius + 13, anchor: "middle", left: x - long / 2 },
      { x, y: y - radius - 5, anchor: "middle", left: x - long / 2 },
    ].map((spot) => ({ ...spot, box: { left: spot.left, right: spot.left + long, top: spot.y - 10, bottom: spot.y + 3 } }));
    const cost = ({ box }) => taken.reduce((sum, other, at) => sum + (at === index ? 0 : overlap(box, other)), 0) + (box.left < 0 || box.right > width || box.bottom > height ? 1e6 : 0);
    const best = candidates.reduce((one, other) => (cost(other) < cost(one) ? other : one));
    spots[index] = best;
    taken.push(best.box);
  }
  return spots;
}
