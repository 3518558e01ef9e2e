// A process changed in the browser: Hamad edits it, the check says what is wrong, he mends it and submits; Halima plays it
// with two people and attests it; Laila publishes it. And a holiday that moves a citizen's date.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { RESIDENCE, journey, path, send } from "../journey.mjs";
import { call, openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const SERVICE = "residence-certificate";
const NAME = "مراجعة رئيس المكتب";
const chapter = journey();
let opened, hamad, halima, laila, editor, version;

before(async () => {
  opened = await openBrowser();
  const begun = await call(opened, "hamad", "POST", "/api/v1/directory/proposals", { service: SERVICE });
  editor = `/directory/proposals/${begun.id}/process`;
  hamad = await windowOf(opened, "hamad");
  halima = await windowOf(opened, "halima");
  laila = await windowOf(opened, "laila");
});
after(() => opened.close());

const order = (page, what) => page.locator(`button[name="_do"][value="${what}"]`);
const field = (page, name) => page.locator(`main [name="${name}"]`);

test("a new stage is found to lead nowhere, and the check says so beside it", chapter(async () => {
  await hamad.goto(editor);
  assert.equal(await hamad.locator(".process-beside .whole").count(), 1, "it can be carried out as it is");
  await send(hamad, order(hamad, "stage.add"));
  const box = hamad.locator("details.stage-box[open]");
  assert.match(await box.locator(".found").innerText(), /لا يخرج منها/);
  assert.match(await hamad.locator(".process-beside .notice").innerText(), /اكتب اسم المرحلة/);
}));

test("every change is kept at once, and the findings follow without a new page", chapter(async () => {
  await field(hamad, "stage.4.title_ar").fill(NAME);
  await field(hamad, "stage.4.title_en").fill("Head of the office reviews");
  await field(hamad, "stage.4.holder_ar").click();
  await eventually("the name is no finding any more", async () => !/اكتب اسم المرحلة/.test(await hamad.locator("#beside").innerText()));
  assert.match(await hamad.locator("#beside .process-picture").innerHTML(), new RegExp(NAME));
  const told = (await call(opened, "hamad", "GET", `/api/v1${editor}`)).process.stage[4].title.ar;
  assert.equal(told, NAME, "nobody pressed a button");
}));

test("he mends what is wrong, undoes a mistake, and nothing is wrong any more", chapter(async () => {
  await order(hamad, "stage.4.remove").click();
  await hamad.waitForLoadState();
  assert.equal(await hamad.getByText(NAME).count(), 0);
  await send(hamad, order(hamad, "undo"));
  assert.ok((await hamad.getByText(NAME).count()) > 0, "the stage is back");
  const box = hamad.locator("#stage-4");
  if ((await box.getAttribute("open")) === null) await box.locator("summary").first().click();
  await send(hamad, order(hamad, "stage.4.move.add"));
  await field(hamad, "stage.4.move.0.act").selectOption("pass_on");
  await field(hamad, "stage.4.move.0.to").selectOption("decision");
  await field(hamad, "stage.4.working_days").fill("١");
  await send(hamad, order(hamad, "stage.4.up"));
  const first = hamad.locator("#stage-0");
  if ((await first.getAttribute("open")) === null) await first.locator("summary").first().click();
  await field(hamad, "stage.0.move.0.to").selectOption("stage-1");
  await send(hamad, hamad.locator("main form.process-edit .actions button:not([name])").first());
  assert.match(path(hamad), /\/check$/);
  assert.match(await hamad.locator("main").innerText(), /فرق/);
  assert.equal(await hamad.locator(`main .needs-you a[href$="/process"]`).count(), 0, await hamad.locator("main").innerText());
  await send(hamad, hamad.locator(`form[action$="/submit"] button`));
  assert.equal(path(hamad), "/directory");
}));

test("Halima plays it with a citizen and with a resident, and attests it", chapter(async () => {
  const { items } = await call(opened, "laila", "GET", `/api/v1/directory/register?limit=1`);
  assert.ok(items.length);
  version = 2;
  await halima.goto(`/services/${SERVICE}/process?version=${version}`);
  for (const [person, goes] of [["citizen", true], ["no-mandate", false]]) {
    await field(halima, "person").selectOption(person);
    await field(halima, "path").selectOption("corrected");
    await halima.locator(".process-play button").click();
    await halima.waitForLoadState();
    assert.ok((await halima.locator(".process-door li").count()) >= 2);
    const scenes = await halima.locator(".process-scenes").count();
    assert.equal(scenes, goes ? 1 : 0, person);
    if (!goes) continue;
    const told = await halima.locator(".process-scenes").innerText();
    assert.match(told, new RegExp(NAME));
    assert.match(told, /يعيد الطلب للتصحيح مرة/);
    assert.match(told, /إشعار إلى مقدم الطلب/);
  }
  await send(halima, halima.locator(".process-attest button"));
}));

test("Laila publishes it, and requests run along it", chapter(async () => {
  await laila.goto(`/directory/entries/${SERVICE}/versions/${version}`);
  assert.match(await laila.locator("main").innerText(), new RegExp(NAME));
  await send(laila, laila.locator(`form[action$="/publish"] button`));
  const live = await call(opened, "laila", "GET", `/api/v1/services/${SERVICE}/process`);
  assert.equal(live.version, version);
  assert.ok(live.stages.some((stage) => stage.title.ar === NAME));
}));

test("a holiday moves the date of an open request, and its applicant is told why", chapter(async () => {
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: SERVICE, answers, documents: [], declaration: true };
  const { number, due_at: due } = await call(opened, "salma", "POST", "/api/v1/requests", body);
  await laila.goto("/calendar");
  await laila.locator(`main a[href*="what=add"]`).click();
  await send(laila, laila.locator("main form .actions button"));
  assert.ok((await laila.locator(".error-summary li").count()) >= 1, "a change without a day and a reason is none");
  await field(laila, "day").fill(due.slice(0, 10));
  await field(laila, "name_ar").fill("يوم عطلة");
  await field(laila, "name_en").fill("A day off");
  await field(laila, "reason").fill("إعلان مجلس الوزراء");
  await field(laila, "source").fill("قرار مجلس الوزراء رقم 77");
  await send(laila, laila.locator("main form .actions button"));
  assert.equal(path(laila), "/calendar");
  await eventually("a later date", async () => (await call(opened, "salma", "GET", `/api/v1/requests/${number}`)).due_at > due);
  const { items } = await call(opened, "salma", "GET", "/api/v1/inbox");
  assert.ok(items.some((item) => item.subject.includes(number) && /موعد/.test(item.subject)), JSON.stringify(items[0]));
}));
