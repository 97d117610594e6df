// The pictures of the README. They are always taken, so that the test sees what people see, and kept with
// RESSORT_SCREENSHOTS=1.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import UPNG from "upng-js";
import { archive, launch, open, parliament, ressort, root, settled } from "./browser.mjs";

const kept = join(root, "report", "screenshots");
let browser;
let runs;
before(async () => {
  browser = await launch();
  runs = { archive: archive(), parliament: parliament() };
  const { input, tables } = runs.archive;
  ressort("show", input, "--html", "-o", `${tables}/ansicht.html`);
  runs.view = { url: pathToFileURL(`${tables}/ansicht.html`).href };
});
after(() => browser?.close());

const PICTURES = [
  { name: "overview", run: "parliament", height: 820 },
  { name: "laender", run: "parliament", hash: "#/laender?mass=einwohner", at: "#s-laender", height: 860 },
  { name: "network-dark", run: "parliament", hash: "#/netz?arten=ministry|politician|land|body|party", at: "#s-netz", colorScheme: "dark", height: 900 },
  { name: "topics", run: "parliament", hash: "#/themen", at: "#s-themen figure:nth-of-type(2)", height: 900 },
  { name: "name", run: "parliament", hash: "#/name/ministry:bund/inneres?von=2020-04-01", height: 980 },
  { name: "narrow", run: "parliament", width: 390, height: 844 },
  { name: "document", run: "view", hover: '.text a.m:has-text("Bundesdigitalminister")', height: 620 },
];

for (const { name, run, hash, at, hover, width = 1180, height, colorScheme } of PICTURES) {
  test(`a picture: ${name}`, async (context) => {
    if (!runs[run]) return context.skip("no sample beside the checkout");
    const page = await open(browser, runs[run].url, { hash, width, height, colorScheme });
    await settled(page);
    if (at) await page.locator(at).first().evaluate((one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - document.querySelector(".filter-band").offsetHeight));
    if (hover) await page.locator(hover).first().hover();
    await page.waitForTimeout(200);
    const picture = await page.screenshot();
    assert.ok(picture.length > 15_000, "a page of one colour is smaller");
    if (process.env.RESSORT_SCREENSHOTS) {
      mkdirSync(kept, { recursive: true });
      // A palette is enough for text and flat colours, and a third of the size.
      const image = UPNG.decode(picture);
      writeFileSync(join(kept, `${name}.png`), Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, 96)));
    }
    assert.ok(readFileSync(join(kept, `${name}.png`)).length > 15_000, "the README shows it");
    await page.done();
  });
}
