// Searching with the keyboard alone: suggestions while somebody types, a mended word, and help.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, window } from "../people.mjs";

let opened, page;
before(async () => {
  opened = await openBrowser();
  page = await window(opened);
});
after(() => opened.close());

test("suggestions open while somebody types, and are walked and chosen by keys", async () => {
  await page.goto("/");
  const box = page.locator("main input[name=q]");
  await box.pressSequentially("شهادة اقا");
  const first = page.locator("main [role=option]").first();
  await first.waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  assert.match(await first.innerText(), /شهادة إقامة/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), await first.getAttribute("id"));
  await page.keyboard.press("Escape");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("ArrowDown");
  await first.waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/services\/residence-certificate$/);
});

test("a mistyped word is mended and said, and help answers a question", async () => {
  await page.goto("/search?q=" + encodeURIComponent("شهداة ميلاد"));
  assert.match(await page.locator(".told").first().innerText(), /شهادة ميلاد/);
  assert.equal(await page.locator("main mark").first().innerText(), "شهادة");
  await page.locator("main input[name=q]").fill("كيف أتابع طلبي");
  await page.keyboard.press("Enter");
  await page.locator("a[href='/help/follow']").first().click();
  assert.match(await page.locator("h1").innerText(), /أتابع طلبي/);
});
