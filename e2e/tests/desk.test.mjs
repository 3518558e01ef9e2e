// Hamad clears his desk by keys alone: twenty requests checked one after the other, each next one opening by itself.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { RESIDENCE, journey, path } from "../journey.mjs";
import { call, openBrowser, windowOf } from "../people.mjs";
import { e2eFolder } from "../world.mjs";

const REQUESTS = 20;
const VIEW = "/desk?service=residence-certificate&holder=open";
const chapter = journey();
let opened, page;
const sent = [];

before(async () => {
  opened = await openBrowser();
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: "residence-certificate", answers, documents: [], declaration: true };
  for (let made = 0; made < REQUESTS; made++) sent.push((await call(opened, "salma", "POST", "/api/v1/requests", body)).number);
  page = await windowOf(opened, "hamad");
});
after(() => opened.close());

const number = () => path(page).split("/")[2];

/** Presses a key that leads to another page. */
async function lead(key) {
  const loaded = page.waitForEvent("load");
  await page.keyboard.press(key);
  await loaded;
}

test("j and k move in the queue, Enter opens the case", chapter(async () => {
  await page.goto(VIEW);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const focused = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await lead("Enter");
  assert.equal(path(page), focused.split("?")[0]);
}));

test("a takes the case, and it can be taken back to the queue", chapter(async () => {
  await lead("a");
  assert.match(await page.locator(".holding").innerText(), /تتولى هذا الطلب/);
  await lead("u");
  assert.match(await page.locator(".holding").innerText(), /لم يتولَّ هذا الطلب أحد/);
}));

test("a check is taken back within its seconds", chapter(async () => {
  const first = number();
  await page.keyboard.press("v");
  await lead("Enter");
  assert.notEqual(number(), first);
  assert.ok(await page.locator(".toast form button").isVisible());
  await lead("u");
  assert.equal(number(), first);
  assert.match(await page.locator(".toast").innerText(), /تراجعت/);
}));

test("r opens the note of an item, and what it says goes back to the applicant", chapter(async () => {
  const returned = number();
  await page.keyboard.press("r");
  await page.keyboard.type("اكتب رقم العمارة كما هو في عقد الإيجار.");
  const loaded = page.waitForEvent("load");
  await page.keyboard.press("Control+Enter");
  await loaded;
  assert.notEqual(number(), returned);
  const seen = await call(opened, "salma", "GET", `/api/v1/requests/${returned}`);
  assert.equal(seen.state, "returned");
  sent.splice(sent.indexOf(returned), sent.includes(returned) ? 1 : 0);
}));

test("twenty requests are checked with two keys each", chapter(async () => {
  await page.goto(VIEW);
  await page.keyboard.press("j");
  await lead("Enter");
  const seconds = [];
  const done = [];
  while (done.length < REQUESTS - 1 && number()) {
    const started = performance.now();
    done.push(number());
    await page.keyboard.press("v");
    await lead("Enter");
    seconds.push((performance.now() - started) / 1000);
  }
  assert.ok(done.length >= REQUESTS - 1, `${done.length} were checked`);
  assert.equal(new Set(done).size, done.length, "none was opened twice");
  for (const one of done) assert.equal((await call(opened, "hamad", "GET", `/api/v1/requests/${one}`)).state, "verified");
  seconds.sort((a, b) => a - b);
  const median = seconds[Math.floor(seconds.length / 2)];
  const told = { requests: done.length, median_seconds: median, slowest_seconds: seconds.at(-1), machine_requests_an_hour: Math.round(3600 / median) };
  writeFileSync(join(e2eFolder, "test-results", "desk.json"), JSON.stringify(told, null, 2));
  console.log(`desk: ${JSON.stringify(told)}`);
  assert.ok(median < 6, `a request takes the machine ${median.toFixed(2)} s`);
}));
