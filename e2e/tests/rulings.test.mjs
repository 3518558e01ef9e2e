// What is settled before a service is published: a provider proposes where its documents are kept, the administration
// approves, and everybody reads and downloads the standards in force.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
import { openBrowser, window, windowOf } from "../people.mjs";

const chapter = journey();
let opened;

before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test("a proposal is refused until it is whole, keeps what was typed, and is approved by somebody else", chapter(async () => {
  const hamad = await windowOf(opened, "hamad");
  await hamad.goto("/directory/storage");
  const form = hamad.locator("form[action='/directory/storage']");
  await form.locator("[name=site_ar]").fill("مركز البيانات الوطني");
  await send(hamad, form.locator("button[type=submit]"));
  assert.ok(await hamad.locator(".error-summary").isVisible());
  assert.equal(await form.locator("[name=site_ar]").inputValue(), "مركز البيانات الوطني");
  await form.locator("[name=location]").selectOption("civil-registry");
  await form.locator("[name=site_en]").fill("National data centre");
  await form.locator("[name=retention_years]").fill("١٥");
  await form.locator("[name=access][value=officer]").check();
  await send(hamad, form.locator("button[type=submit]"));
  assert.equal(path(hamad), "/directory/storage");
  await hamad.context().close();

  const laila = await windowOf(opened, "laila");
  await laila.goto("/directory/storage");
  await send(laila, laila.locator("form[action$='/approve'] button").first());
  assert.match(await laila.locator(".toast").innerText(), /اعتُمد/);
  await laila.context().close();
}));

test("standards in force are read and downloaded by everybody", chapter(async () => {
  const page = await window(opened);
  await page.goto("/standards");
  await page.locator("a[href='/standards/document-formats']").click();
  await page.waitForURL("**/standards/document-formats");
  assert.equal(await page.locator(".standards > li").count(), 2);
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".standards a[download]").first().click()]);
  assert.match(file.suggestedFilename(), /document-formats-2/);
  await page.context().close();
}));
