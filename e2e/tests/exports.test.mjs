// Salma takes her requests out as a file: what she gets is what the page shows, in her language; a file that is made for
// her says how far it is and is hers alone; and who does not see a list gets no file of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { RESIDENCE, journey, path, send } from "../journey.mjs";
import { PHONE, call, openBrowser, window, windowOf } from "../people.mjs";

const chapter = journey();
const BYTE_ORDER_MARK = "\ufeff";
let opened, salma, huda, asked;

const numbers = (page) => page.locator("main .rows a[href^='/requests/'] .number").allInnerTexts();

async function downloaded(page, button) {
  const coming = page.waitForEvent("download");
  await button.click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

before(async () => {
  opened = await openBrowser();
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: "residence-certificate", answers, documents: [], declaration: true };
  for (let made = 0; made < 3; made++) await call(opened, "salma", "POST", "/api/v1/requests", body);
  salma = await windowOf(opened, "salma", { size: PHONE });
  huda = await windowOf(opened, "huda");
});
after(() => opened.close());

test("the file of her open requests holds what the page shows, with Arabic headers", chapter(async () => {
  await salma.goto("/requests?show=open");
  const shown = await numbers(salma);
  assert.ok(shown.length >= 3);
  await salma.locator("main a[href^='/exports/new']").click();
  assert.match(await salma.locator("h1").innerText(), /طلباتي/);
  const { name, text } = await downloaded(salma, salma.locator("main form button[type=submit]"));
  assert.match(name, /طلباتي.*\.csv$/);
  assert.ok(text.startsWith(`${BYTE_ORDER_MARK}رقم الطلب,`));
  const rows = text.trimEnd().split("\r\n").slice(1);
  const plain = (number) => number.replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit));
  for (const number of shown) assert.ok(rows.some((row) => row.startsWith(plain(number))), `${number} is in the file`);
}));

test("programs get the same as JSON", chapter(async () => {
  await salma.goto("/exports/new?list=requests");
  await salma.locator("[name=form][value=json]").check();
  const { name, text } = await downloaded(salma, salma.locator("main form button[type=submit]"));
  assert.match(name, /\.json$/);
  assert.ok(JSON.parse(text).length >= 3);
}));

test("a file that is made for her says how far it is, and is there to fetch", chapter(async () => {
  asked = await call(opened, "salma", "POST", "/api/v1/exports", { list: "inbox", form: "ndjson" });
  await salma.goto(`/exports/${asked.id}`);
  await salma.locator(`main a[href="/exports/${asked.id}/file"]`).waitFor();
  const { name, text } = await downloaded(salma, salma.locator(`main a[href="/exports/${asked.id}/file"]`));
  assert.match(name, /\.ndjson$/);
  const made = await call(opened, "salma", "GET", `/api/v1/exports/${asked.id}`);
  assert.equal(text.trimEnd().split("\n").length, made.rows);
  assert.deepEqual(made.actions, ["fetch"]);
  await salma.goto("/inbox");
  assert.match(await salma.locator("main .inbox-lines").innerText(), /صندوق الرسائل/);
  await salma.goto("/exports");
  assert.ok(await salma.locator(`main a[href="/exports/${asked.id}"]`).isVisible());
}));

test("she stops one and goes on with it by buttons, without a script", chapter(async () => {
  // No worker is quicker than a person who asks the API to stop at once; where one is, there is nothing to stop.
  const other = await call(opened, "salma", "POST", "/api/v1/exports", { list: "services", form: "json" });
  const token = { authorization: `Bearer ${opened.world.cast.salma.token}` };
  const stop = await fetch(`${opened.world.base}/api/v1/exports/${other.id}/stop`, { method: "POST", headers: token });
  const plain = await windowOf(opened, "salma", { script: false });
  await plain.goto(`/exports/${other.id}`);
  if (stop.status === 409) return assert.ok(await plain.locator(`main a[href$="/file"]`).isVisible());
  assert.equal(stop.status, 200);
  await send(plain, plain.locator(`main form[action$="/resume"] button`));
  assert.equal(path(plain), `/exports/${other.id}`);
}));

test("somebody else's file does not exist, and an officer's list is refused", chapter(async () => {
  assert.equal((await huda.goto(`/exports/${asked.id}`)).status(), 404);
  assert.equal((await huda.goto(`/exports/${asked.id}/file`)).status(), 404);
  assert.equal((await huda.goto("/exports/new?list=desk")).status(), 403);
  assert.equal((await huda.goto("/exports/new?list=duties")).status(), 403);
}));

test("a stranger takes the public directory, and signs in for anything else", chapter(async () => {
  const stranger = await window(opened);
  await stranger.goto("/services");
  await stranger.locator("main a[href^='/exports/new']").click();
  const { text } = await downloaded(stranger, stranger.locator("main form button[type=submit]"));
  assert.ok(text.includes("residence-certificate"));
  assert.equal((await stranger.goto("/exports/new?list=requests")).status(), 401);
  assert.ok(await stranger.locator("main a[href^='/sign-in?next=']").isVisible());
}));
