// Noura delegates the power to decide to Aisha, Widad approves, Aisha sees it and gives it back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fill, journey, send } from "../journey.mjs";
import { openBrowser, PHONE, signIn, window, windowOf } from "../people.mjs";

const chapter = journey();
let opened, noura, widad, aisha;

before(async () => {
  opened = await openBrowser();
  noura = await window(opened, { size: PHONE });
  await signIn(noura, opened.world.cast.noura, "/account");
  widad = await windowOf(opened, "widad");
  aisha = await windowOf(opened, "aisha");
});
after(() => opened.close());

const main = (page) => page.locator("main").innerText();
const TOPICS = "طلبات شهادات الإقامة يوم الخميس";
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
let address;

test("powers are delegated from the account page, and what is missing is said on it", chapter(async () => {
  await noura.locator("a[href='/account/delegations']").first().click();
  await fill(noura, { topics: TOPICS, from: day(0) });
  await send(noura, noura.locator("form.stack button[type=submit]"));
  assert.equal(await noura.locator("#topics").inputValue(), TOPICS);
  assert.ok(await noura.locator(".wrong").count() >= 3);
  await fill(noura, { delegate: opened.world.cast.aisha.identifier, until: day(2) });
  await noura.locator("input[name=powers]").first().check();
  await send(noura, noura.locator("form.stack button[type=submit]"));
  await noura.locator("tbody th a").first().click();
  assert.match(await main(noura), /ينتظر الموافقة/);
  address = new URL(noura.url()).pathname;
}));

test("the head of the body approves it", chapter(async () => {
  await widad.goto("/desk/bodies/civil-registry/delegations");
  await widad.locator(`a[href='${address}']`).click();
  assert.match(await main(widad), new RegExp(TOPICS));
  await send(widad, widad.locator("form[action*='approves'] button"));
  assert.doesNotMatch(await main(widad), /ينتظر الموافقة/);
}));

test("the delegate sees it and gives it back with a reason", chapter(async () => {
  await aisha.goto(address);
  assert.match(await main(aisha), /سار/);
  await fill(aisha, { why: "عادت صاحبة القرار" });
  await send(aisha, aisha.locator("form[action$='/end'] button"));
  assert.match(await main(aisha), /عادت صاحبة القرار/);
  assert.equal(await aisha.locator("form[action$='/end']").count(), 0);
}));

test("the head gives a role and ends it", chapter(async () => {
  await widad.goto("/desk/bodies/civil-registry/people");
  await fill(widad, { person: opened.world.cast.tariq.identifier, role: "author" });
  await send(widad, widad.locator("form.stack button[type=submit]"));
  const row = widad.locator("tr", { hasText: "طارق" });
  assert.equal(await row.count(), 1);
  assert.match(await row.innerText(), /سار/);
}));
