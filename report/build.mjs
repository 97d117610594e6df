// Bundles the scripts and styles of the two pages into dist/, which the program embeds, with the policy that allows
// exactly them.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const isc = readFileSync(new URL("node_modules/d3-shape/LICENSE", import.meta.url), "utf8").trim();
const licences = { report: `/*! Contains parts of D3 (https://d3js.org), under this licence:\n${isc}\n*/`, view: "" };

for (const page of ["report", "view"]) {
  const options = { bundle: true, minify: true, legalComments: "inline", logLevel: "warning", charset: "utf8" };
  await build({
    ...options,
    entryPoints: [`${folder}src/${page}.js`],
    outfile: `${folder}dist/${page}.js`,
    format: "iife",
    target: ["chrome103", "firefox113", "safari16.4"],
    banner: { js: licences[page] },
  });
  await build({ ...options, entryPoints: [`${folder}src/${page}.css`], outfile: `${folder}dist/${page}.css` });
  const text = (ending) => readFileSync(`${folder}dist/${page}.${ending}`, "utf8");
  if (/<\/(script|style)/i.test(text("js") + text("css"))) throw new Error(`${page} would end its own element`);
  const hash = (ending) => `'sha256-${createHash("sha256").update(text(ending)).digest("base64")}'`;
  const policy =
    `default-src 'none'; script-src ${hash("js")}; style-src ${hash("css")}; img-src data: blob:; ` +
    "base-uri 'none'; form-action 'none'";
  writeFileSync(`${folder}dist/${page}.csp`, policy + "\n");
  console.log(`${page}: ${text("js").length} + ${text("css").length} bytes`);
}
