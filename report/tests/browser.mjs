// A browser, and runs of the program to look at.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.RESSORT ?? join(target, "debug", "ressort");
const counts = join(target, "debug", "examples", "report_counts");
const gold = process.env.RESSORT_GOLD ?? resolve(root, "..", "shared", "gold");
const sample = join(gold, "dip", "dev.jsonl.gz");

const folder = mkdtempSync(join(tmpdir(), "ressort-report-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export const ressort = (...args) => execFileSync(program, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });

/** Runs the program over a file and makes the report; the folder of the tables and the page's address. */
export function make(name, input, { text, args = [] } = {}) {
  const file = join(folder, input);
  writeFileSync(file, text);
  const tables = join(folder, name);
  ressort("extract", input, "-o", name, "--format", "parquet");
  ressort("report", name, ...args);
  return { tables, input, page: join(tables, "report.html"), url: pathToFileURL(join(tables, "report.html")).href };
}

/** What polars counts for each filter. */
export const expected = (tables, filters) => JSON.parse(execFileSync(counts, [tables, JSON.stringify(filters)], { encoding: "utf8" }));

export const archive = () => make("archivseite", "archivseite.txt", { text: readFileSync(join(root, "examples", "archive_page.txt")) });

/** The sample of the Bundestag's documentation; null where it does not lie beside the checkout. */
export function parliament() {
  if (!existsSync(sample)) {
    console.error(`WARNING: no ${sample}; the tests of the report with 10,150 documents do NOT run`);
    if (process.env.RESSORT_REQUIRE_GOLD) throw new Error(`${sample} is required and missing`);
    return null;
  }
  return make("bundestag", "bundestag-2020.jsonl", { text: gunzipSync(readFileSync(sample)), args: ["--title", "Der Bundestag im Jahr 2020"] });
}

/** Documents that try to be markup. */
export const EVIL = `</script><script>window.evil = 1</script><img src=x onerror="window.evil = 2"> 'a' "b" \u202eBMDS & Bayern`;
export const hostile = () =>
  make("boese", "boese.jsonl", { text: JSON.stringify({ id: EVIL, title: EVIL, date: "2025-10-09", text: `${EVIL}. Das BMDS lädt Bayern ein.` }) + "\n", args: ["--title", EVIL] });

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--force-color-profile=srgb", "--lang=de-DE"], env: { ...process.env, LANGUAGE: "de" } });
}

/** A page that has been opened, with what it complained about and asked for. */
export async function open(browser, url, { hash = "", width = 1280, height = 900, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "de-DE", timezoneId: "Europe/Berlin", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const [complaints, requests] = [[], []];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => (complaints.push(`dialog ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url && !/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(url + hash);
  if (url.endsWith("report.html")) await page.waitForSelector("html[data-ready]");
  return Object.assign(page, { complaints, requests, done: () => context.close() });
}

/** The counts that the bar of filters shows. */
export async function shown(page) {
  const text = await page.locator(".status").textContent();
  const numbers = text.replaceAll(".", "").match(/\d+/g).map(Number);
  const isPart = /von/.test(text.split("·")[0]);
  return { documents: numbers[0], mentions: numbers[isPart ? 2 : 1] };
}

export const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
