// Somebody guesses at the password of Mansour. He sees it on his account page and answers; the officer of the implementing body sees
// the alert, its networks and its warnings; and a case goes on step by step, in its order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
import { call, openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const chapter = journey();
const GUESSES = 5;
const WORDS = "راجعنا سجلات الدخول مع مسؤول أمن المعلومات.";
let opened;

before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test("whoever is guessed at sees it, answers, and the officer sees the answer", chapter(async () => {
  const person = opened.world.cast.mansour;
  // He came in by the usual door before the guessing began; the lock does not end what is open.
  const mansour = await windowOf(opened, "mansour");
  for (let guess = 0; guess < GUESSES; guess++) {
    const body = JSON.stringify({ identifier: person.identifier, password: `guess ${guess}` });
    const said = await fetch(`${opened.world.base}/api/v1/sessions`, { method: "POST", headers: { "content-type": "application/json" }, body });
    assert.equal(said.status, 401);
  }
  const link = await eventually("the warning on the account page", async () => {
    await mansour.goto("/account");
    const there = mansour.locator("a[href='/account/warning']").first();
    return (await there.count()) > 0 && there.getAttribute("href");
  });
  await mansour.goto(link);
  assert.match(await mansour.locator("main").innerText(), new RegExp(`${GUESSES}`));

  const sanad = await windowOf(opened, "sanad");
  await sanad.goto("/desk");
  await sanad.locator("a[href='/compliance/attacks']").first().click();
  await sanad.waitForURL((url) => url.pathname === "/compliance/attacks");
  await sanad.goto(`/compliance/attacks?q=${person.identifier}`);
  const alert = await sanad.locator("tbody th a").first().getAttribute("href");
  const warned = await eventually("the warning by text message", async () => {
    await sanad.goto(alert);
    const text = await sanad.locator("main").innerText();
    return text.includes("+218910000115") && text;
  });
  assert.match(warned, /127\.0\.0\.1/);
  assert.equal(await sanad.locator("form[action$='/reset']").count(), 0, "not before the warnings went unanswered");

  await send(mansour, mansour.locator("form[action='/account/warning'] button"));
  assert.equal(path(mansour), "/account/warning");
  assert.ok(await mansour.locator(".notice.done").isVisible());
  await sanad.goto(alert);
  assert.match(await sanad.locator("main").innerText(), /قال صاحب الحساب إنه هو/);
  await mansour.context().close();
  await sanad.context().close();
}));

test("a case is opened under a clause and goes through its steps in their order", chapter(async () => {
  const widad = await windowOf(opened, "widad");
  await widad.goto("/compliance/cases/new");
  const form = widad.locator("form[action='/compliance/cases'][method=post]");
  await form.locator("[name=title]").fill("دخول بحساب زميل");
  await send(widad, form.locator("button[type=submit]"));
  assert.ok(await widad.locator(".error-summary").isVisible());
  assert.equal(await form.locator("[name=title]").inputValue(), "دخول بحساب زميل");
  await form.locator("[name=body]").selectOption("civil-registry");
  await form.locator("[name=identifier]").fill(opened.world.cast.aisha.identifier);
  await form.locator("[name=control]").selectOption("LY-SVC-21.1");
  await form.locator("[name=facts]").fill(WORDS);
  await send(widad, form.locator("button[type=submit]"));
  const matter = path(widad);
  for (const step of ["notify", "hear", "examine", "decide", "refer"]) {
    const next = widad.locator("form[action$='/steps']");
    assert.equal(await next.locator("[name=step]").inputValue(), step);
    await next.locator("[name=words]").fill(WORDS);
    await send(widad, next.locator("button[type=submit]"));
  }
  assert.equal(await widad.locator("form[action$='/steps']").count(), 0);
  assert.match(await widad.locator("main").innerText(), /مغلقة/);
  const skipped = call(opened, "widad", "POST", `/api/v1${matter.replace("/compliance", "")}/steps`, { step: "hear", words: WORDS });
  await assert.rejects(skipped, /409.*case\.step_order/s);
  await widad.context().close();
}));
