// A body says where its own system is told of requests; and a datum that the register of persons does not confirm keeps a
// request from being received until it is corrected.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fill, goOn, journey, numberOf, path, send } from "../journey.mjs";
import { openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const chapter = journey();
let opened;

before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test("the head registers an address, sees the trial in the log, and stops the notices", chapter(async () => {
  const rashid = await windowOf(opened, "rashid");
  await rashid.goto("/directory/endpoints");
  const form = rashid.locator("form[action='/directory/endpoints/municipality']");
  await form.locator("[name=address]").fill("http://city.example/events");
  await send(rashid, form.locator("button[type=submit]"));
  assert.ok(await rashid.locator(".error-summary").isVisible());
  assert.equal(await form.locator("[name=address]").inputValue(), "http://city.example/events");
  await form.locator("[name=address]").fill("https://127.0.0.1/events");
  await send(rashid, form.locator("button[type=submit]"));
  assert.ok(await rashid.locator(".error-summary").isVisible(), "this machine is no address of a body");
  await form.locator("[name=address]").fill("https://localhost:1/events");
  await send(rashid, form.locator("button[type=submit]"));
  assert.equal(path(rashid), "/directory/endpoints");
  await eventually("the trial was sent", async () => {
    await rashid.reload();
    return /شبكة غير مسموح بها/.test(await rashid.locator("main table").innerText());
  });
  await rashid.locator(".tabs a[href*='state=failed']").click();
  await rashid.waitForURL("**state=failed");
  await rashid.goto("/directory/endpoints");
  rashid.on("dialog", (dialog) => dialog.accept());
  await rashid.locator("form[action$='/end'] button").click();
  const sure = rashid.locator("dialog[open] button[value=yes], dialog[open] .button.danger");
  if (await sure.count()) await sure.first().click();
  await rashid.waitForURL("**done=ended");
  assert.match(await rashid.locator("main table").innerText(), /لا عنوان مسجل/);
  await rashid.context().close();
}));

// proves: LY-SVC-15.3b
test("what the register does not confirm is told with its way out, and is received once it is corrected", chapter(async () => {
  const salma = await windowOf(opened, "salma");
  await salma.goto("/services/family-record-extract/apply");
  if (await salma.locator("main form button.start").count()) await salma.locator("main form button.start").first().click();
  await salma.waitForURL(/\/drafts\/[^/]+\/record/);
  const field = salma.locator("main [name=national_number]");
  const own = await field.inputValue();
  assert.match(own, /^\d{12}$/, "what is known is filled in");
  const mistyped = own.slice(0, 10) + own[11] + own[10];
  await fill(salma, { national_number: mistyped, family_record_number: "305118", registry_office: "sahel" });
  await goOn(salma).click();
  await salma.waitForURL(/\/extract/);
  await fill(salma, { extract_scope: "whole_family", purpose: "housing", language: "ar" });
  await goOn(salma).click();
  await salma.waitForURL(/\/summary/);
  await salma.locator('main [name="declaration"]').check();
  await send(salma, salma.locator("form.sending button.start"));
  await salma.waitForURL(/\/requests\/\d\d-/);
  const asks = await salma.locator(".notice.needs-you").first().innerText();
  assert.match(asks, /رقمك الوطني/);
  assert.match(asks, /السجل المدني/);
  const request = path(salma);
  await salma.goto("/inbox");
  assert.match(await salma.locator("main").innerText(), /لم نؤكد استلام طلبك/);
  await salma.goto(request);
  await send(salma, salma.locator("form[action$='/complete'] button"));
  await salma.waitForURL(/\/drafts\//);
  const draft = path(salma).split("/").slice(0, 3).join("/");
  await salma.goto(`${draft}/record`);
  await fill(salma, { national_number: own });
  await goOn(salma).click();
  await salma.waitForURL(/\/extract/);
  await salma.goto(`${draft}/summary`);
  await salma.locator('main [name="declaration"]').check();
  await send(salma, salma.locator("form.sending button.start"));
  const number = await numberOf(salma);
  assert.equal(request, `/requests/${number}`, "it keeps its number");
  await salma.context().close();
}));
