// Maryam offers her laptop and it comes on the list; then she loses it, and another browser that is open ends at once, until
// an officer has seen her and opens the account again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fill, journey, path, send } from "../journey.mjs";
import { openBrowser, PHONE, signIn, window, windowOf } from "../people.mjs";
import { program } from "../world.mjs";

/** How soon another browser has to know. */
const ENDS_WITHIN_MS = 1_000;
const chapter = journey();
let opened, maryam, amal, data;

before(async () => {
  opened = await openBrowser();
  maryam = await window(opened, { size: PHONE });
  await signIn(maryam, opened.world.cast.maryam, "/account/devices");
  amal = await windowOf(opened, "amal");
  data = mkdtempSync(join(tmpdir(), "diwan-agent-"));
});
after(() => opened.close());

const main = (page) => page.locator("main").innerText();
const agent = (...words) => execFileSync(program, ["--data", data, "agent", ...words], { encoding: "utf8" });

test("an employee offers a device and an officer puts it on the list", chapter(async () => {
  await fill(maryam, { name: "حاسوب مريم" });
  await send(maryam, maryam.locator("form.stack button[type=submit]"));
  await maryam.getByRole("link", { name: "حاسوب مريم" }).click();
  assert.match(await main(maryam), /أن يعتمده مسؤول الأجهزة/);
  await amal.goto("/desk/devices?state=pending");
  await amal.getByRole("link", { name: "حاسوب مريم" }).click();
  await send(amal, amal.locator("button[value=list]"));
  assert.doesNotMatch(await main(amal), /أن يعتمده مسؤول الأجهزة/);
}));

test("the device hands in its key, reports, and shows itself in the browser", chapter(async () => {
  await maryam.reload();
  await fill(maryam, { care: true, hidden: true });
  await send(maryam, maryam.locator("form[action$='/accept'] button[type=submit]"));
  await send(maryam, maryam.locator("form[action$='/code'] button[type=submit]"));
  const line = await maryam.locator("main code").first().innerText();
  const words = line.trim().split(" ").slice(2);
  assert.match(agent(...words), /enrolled/);
  assert.match(agent("report"), /Reported/);
  const link = agent("open").trim();
  await maryam.goto(new URL(link).pathname + new URL(link).search);
  await send(maryam, maryam.locator("main form button[type=submit]"));
  assert.match(await main(maryam), /حاسوب مريم/);
  await maryam.goto("/account");
  assert.match(await main(maryam), /حاسوب مريم/);
}));

test("a lost device is reported in one step, and another browser ends within a second", chapter(async () => {
  const other = await window(opened);
  await signIn(other, opened.world.cast.maryam, "/desk");
  await maryam.goto("/account");
  await maryam.locator("a[href='/account/devices/loss']").first().click();
  await send(maryam, maryam.locator("main form button[type=submit]"));
  const reported = Date.now();
  const answer = await other.goto("/desk");
  assert.equal(answer.status(), 401);
  assert.ok(Date.now() - reported < ENDS_WITHIN_MS, `${Date.now() - reported} ms`);
  assert.match(await main(other), /موقوف/);
  // The browser has forgotten the session: what is public opens again.
  assert.equal((await other.goto("/services")).status(), 200);
  await other.context().close();
}));

test("an officer who has seen the person opens the account again", chapter(async () => {
  await amal.goto("/desk/devices/losses?state=open");
  await amal.getByRole("link", { name: /مريم/ }).click();
  await send(amal, amal.locator("form[action$='/enable'] button[type=submit]"));
  assert.match(await main(amal), /اذكر|أسباب/);
  await fill(amal, { reason: "حضرت صاحبة الحساب بهويتها وغيّرنا كلمة المرور." });
  await send(amal, amal.locator("form[action$='/enable'] button[type=submit]"));
  assert.match(path(amal), /losses/);
  await signIn(maryam, opened.world.cast.maryam, "/desk");
  assert.equal(path(maryam), "/desk");
}));
