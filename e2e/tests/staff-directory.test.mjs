// Amal connects the staff directory of her body: what does not work is named at its field and its step, and nothing typed is
// lost but the password. She names Omar for the day on which the directory is silent, and ends it again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fill, journey, path, send } from "../journey.mjs";
import { openBrowser, PHONE, signIn, window, windowOf } from "../people.mjs";

const chapter = journey();
const DAY_MS = 86_400_000;
const REASON = "يراجع التنبيهات حين لا يجيب دليل الموظفين.";
let opened, amal;

before(async () => {
  opened = await openBrowser();
  amal = await window(opened, { size: PHONE });
  await signIn(amal, opened.world.cast.amal, "/desk/staff-directory");
});
after(() => opened.close());

const main = (page) => page.locator("main").innerText();

test("a directory that does not work is not put in force, and says what failed", chapter(async () => {
  assert.match(await main(amal), /لا دليل متصل/);
  await fill(amal, { host: "10.20.0.5", channel: "ldaps", reader: "CN=diwan,DC=example", secret: "typed", base: "DC=example" });
  const answer = await send(amal, amal.locator("form[action^='/desk/staff-directory?'] button[type=submit]"));
  assert.equal(answer.status(), 422);
  assert.match(await amal.locator(".error-summary").innerText(), /شبكة لا تتصل بها هذه المنصة/);
  assert.match(await amal.locator(".timeline li.refused").innerText(), /الوصول إلى الخادم/);
  assert.equal(await amal.locator("[name=host]").inputValue(), "10.20.0.5");
  assert.equal(await amal.locator("[name=secret]").inputValue(), "");
  await amal.goto("/desk/staff-directory");
  assert.match(await main(amal), /لا دليل متصل/);
}));

test("somebody is named for emergencies, is told, and is named no longer", chapter(async () => {
  await amal.goto("/desk/staff-directory");
  await amal.getByRole("link", { name: "دخول الطوارئ" }).click();
  assert.equal(path(amal), "/desk/staff-directory/emergencies");
  const named = opened.world.cast.halima;
  const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10);
  await fill(amal, { person: opened.world.cast.amal.identifier, until, reason: REASON });
  const name = () => send(amal, amal.locator("form[action^='/desk/staff-directory/emergencies?'] button[type=submit]"));
  await name();
  assert.match(await main(amal), /لا يسمّي أحد نفسه/);
  assert.equal(await amal.locator("[name=reason]").inputValue(), REASON);
  await fill(amal, { person: named.identifier });
  await name();
  assert.ok(await amal.locator(".notice.done").isVisible());
  const row = amal.locator("tbody tr").filter({ hasText: REASON });
  assert.match(await row.innerText(), /سارٍ/);
  const told = await windowOf(opened, "halima");
  await told.goto("/inbox");
  assert.match(await main(told), /لدخول الطوارئ/);
  await send(amal, row.locator("button[type=submit]"));
  assert.match(await amal.locator("tbody tr").filter({ hasText: REASON }).innerText(), /انتهى/);
}));

test("whoever keeps no directory is told whose it is", chapter(async () => {
  const noura = await windowOf(opened, "noura");
  const answer = await noura.goto("/desk/staff-directory");
  assert.equal(answer.status(), 403);
  assert.match(await main(noura), /مسؤول المنصة في الجهة/);
}));
