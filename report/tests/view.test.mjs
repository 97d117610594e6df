// The document view in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import serious from "./axe.mjs";
import { archive, hostile, launch, open, ressort, settled } from "./browser.mjs";

let browser;
let view;
before(async () => {
  browser = await launch();
  const run = archive();
  ressort("show", run.input, "--html", "-o", `${run.tables}/ansicht.html`);
  view = pathToFileURL(`${run.tables}/ansicht.html`).href;
});
after(() => browser?.close());

test("mentions say what they are when pointed at and when focused", async () => {
  const page = await open(browser, view);
  const mention = page.locator(".text a.m", { hasText: "Bundesdigitalminister" }).first();
  await mention.hover();
  const card = page.locator(".card-tip");
  assert.match(await card.innerText(), /office:bund\/verkehr.*Volker Wissing.*Sicherheit \d+ %/s);
  await page.mouse.move(2, 2);
  assert.equal(await card.isVisible(), false);
  await page.locator(".text a.m").first().focus();
  assert.ok(await card.isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await card.isVisible(), false);
  assert.ok((await page.locator(".topics li .terms").count()) > 5);
  assert.deepEqual(page.complaints, []);
  assert.deepEqual(page.requests, []);
  await page.done();
});

test("mentions of each kind have a colour of their own", async () => {
  const page = await open(browser, view);
  const colours = await page.evaluate(() => {
    const of = {};
    for (const one of document.querySelectorAll(".text a.m")) of[one.classList[1]] = getComputedStyle(one).borderBottomColor + getComputedStyle(one).borderBottomStyle;
    return of;
  });
  assert.ok(Object.keys(colours).length >= 8);
  assert.equal(new Set(Object.values(colours)).size, Object.keys(colours).length);
  await page.done();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious, ${colorScheme}`, async () => {
    const page = await open(browser, view, { colorScheme });
    assert.deepEqual(await serious(page), []);
    await page.done();
  });
}

test("it works without its script, on paper and on narrow screens", async () => {
  const page = await open(browser, view, { javaScriptEnabled: false, width: 390 });
  await page.locator(".text a.m").first().click();
  assert.match(page.url(), /#d0m0$/);
  await page.done();
  const narrow = await open(browser, view, { width: 390 });
  assert.equal(await narrow.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await narrow.emulateMedia({ media: "print" });
  assert.ok(await narrow.locator(".mentions").first().isVisible());
  await narrow.done();
});

test("whatever a document holds is text", async () => {
  const run = hostile();
  ressort("show", run.input, "--html", "-o", `${run.tables}/ansicht.html`);
  const page = await open(browser, pathToFileURL(`${run.tables}/ansicht.html`).href);
  await settled(page);
  assert.equal(await page.evaluate(() => window.evil), undefined);
  assert.equal(await page.locator("img").count(), 0);
  assert.match(await page.textContent(".text"), /<\/script><script>window\.evil = 1<\/script><img/);
  assert.deepEqual(page.complaints, []);
  await page.done();
});
