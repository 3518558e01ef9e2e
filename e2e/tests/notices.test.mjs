// Salma chooses how she is told, finds what needs her first, puts things away, and sees how a letter went.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { RESIDENCE, journey, path, send } from "../journey.mjs";
import { PHONE, call, openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const chapter = journey();
const INSTRUCTION = "اكتب رقم العمارة كما هو في عقد الإيجار.";
let opened, salma, hamad, number;

const modes = (page, code) => page.locator(`main input[type=radio][value="${code}"]`);

before(async () => {
  opened = await openBrowser();
  salma = await windowOf(opened, "salma", { size: PHONE });
  hamad = await windowOf(opened, "hamad");
});
after(() => opened.close());

test("she chooses the letter of the day and quiet hours, and finds them kept", chapter(async () => {
  await salma.goto("/account/notifications");
  const daily = modes(salma, "daily");
  const topics = await daily.count();
  assert.ok(topics >= 1);
  for (let topic = 0; topic < topics; topic++) await daily.nth(topic).check();
  await send(salma, salma.locator("main form button[type=submit]").first());
  assert.equal(path(salma), "/account/notifications");
  assert.match(await salma.locator("main").innerText(), /حُفظ/);
  await salma.reload();
  assert.ok(await modes(salma, "daily").first().isChecked());
  const { modes: kept } = await call(opened, "salma", "GET", "/api/v1/notifications");
  assert.equal(Object.values(kept).filter((mode) => mode === "daily").length, topics);
}));

test("what is never put off stands there without a choice", chapter(async () => {
  assert.ok((await salma.locator("main fieldset.choice-topic").count()) >= (await modes(salma, "daily").count()));
}));

test("a request that comes back needs her, and stands in its own tab", chapter(async () => {
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: "residence-certificate", answers, documents: [], declaration: true };
  number = (await call(opened, "salma", "POST", "/api/v1/requests", body)).number;
  const corrections = [{ item: "address", instruction: INSTRUCTION }];
  await call(opened, "hamad", "POST", `/api/v1/requests/${number}/send_back`, { corrections });
  await salma.goto("/inbox?show=needs_you");
  const line = salma.locator(".inbox-lines li").filter({ hasText: number });
  assert.ok(await line.first().isVisible());
  await salma.goto("/inbox");
  assert.ok(await salma.locator(".inbox-lines li").first().isVisible());
}));

test("opening it leads to the request, and marks it read", chapter(async () => {
  await salma.goto("/inbox?show=needs_you");
  const line = salma.locator(".inbox-lines li").filter({ hasText: number }).first();
  await line.locator("a.inbox-subject").click();
  await salma.waitForURL(/\/requests\//);
  const { items } = await call(opened, "salma", "GET", "/api/v1/inbox");
  assert.ok(items.find((item) => item.subject.includes(number) || item.link.includes(number)).read_at);
}));

test("what was done with is put away, and comes back from the archive", chapter(async () => {
  await salma.goto("/inbox");
  const first = salma.locator(".inbox-lines li").first();
  const href = await first.locator("a.inbox-subject").getAttribute("href");
  await send(salma, first.locator("button[value=archive]"));
  assert.equal(await salma.locator(`a.inbox-subject[href="${href}"]`).count(), 0);
  await salma.goto("/inbox?show=archived");
  const kept = salma.locator(".inbox-lines li").filter({ has: salma.locator(`a.inbox-subject[href="${href}"]`) });
  await send(salma, kept.locator("button[value=restore]"));
  await salma.goto("/inbox");
  assert.equal(await salma.locator(`a.inbox-subject[href="${href}"]`).count(), 1);
}));

test("both sides see how each letter about the request went", chapter(async () => {
  await eventually("a letter that was tried", async () => {
    await salma.goto(`/requests/${number}/notices`);
    return (await salma.locator(".told-letter").count()) > 0;
  });
  await hamad.goto(`/requests/${number}/notices`);
  assert.equal(await hamad.locator(".told > li").count(), await salma.locator(".told > li").count());
  assert.ok(await hamad.locator(`main a[href^="/exports/new?list=notices"]`).isVisible());
}));

test("she goes back to being told at once", chapter(async () => {
  await salma.goto("/account/notifications");
  const once = modes(salma, "at_once");
  for (let topic = 0; topic < (await once.count()); topic++) await once.nth(topic).check();
  await send(salma, salma.locator("main form button[type=submit]").first());
  assert.ok(await modes(salma, "at_once").first().isChecked());
}));
