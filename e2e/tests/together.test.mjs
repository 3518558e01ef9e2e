// Two officers on one request at the same moment, and a request that arrived incomplete: nobody's work is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PICTURE, RESIDENCE, declareAndSend, journey, path, send } from "../journey.mjs";
import { PHONE, call, openBrowser, windowOf } from "../people.mjs";

const NOTE = "اكتب رقم المبنى أيضًا، فهو غير مقروء في صورة العقد.";
const chapter = journey();
let opened, number, hamad, aisha;

before(async () => {
  opened = await openBrowser();
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: "residence-certificate", answers, documents: [], declaration: true };
  number = (await call(opened, "salma", "POST", "/api/v1/requests", body)).number;
  [hamad, aisha] = [await windowOf(opened, "hamad"), await windowOf(opened, "aisha")];
});
after(() => opened.close());

test("who comes second is told so and loses nothing", chapter(async () => {
  await hamad.goto(`/desk/${number}`);
  await aisha.goto(`/desk/${number}`);
  for (const box of await hamad.locator('#check input[name="item"]').all()) await box.check();
  const verified = await send(hamad, hamad.locator('button[formaction$="/verify"]'));
  assert.equal(verified.status(), 303, await hamad.locator("main").innerText());
  await aisha.locator("details.item-note summary").first().click();
  await aisha.locator('textarea[name^="note."]').first().fill(NOTE);
  const answer = await send(aisha, aisha.locator('button[formaction$="/send_back"]').first());
  assert.equal(answer.status(), 409, await aisha.locator("main").innerText());
  const main = await aisha.locator("main").innerText();
  assert.match(main, /سبقك زميل/);
  const typed = await aisha.locator("main textarea").evaluateAll((areas) => areas.map((area) => area.value));
  assert.ok(main.includes(NOTE) || typed.includes(NOTE), `what she wrote is still there: ${main} ${typed}`);
  const { state, stage } = await call(opened, "salma", "GET", `/api/v1/requests/${number}`);
  assert.ok(state !== "returned" && stage !== "verification", "what the first did stands");
}));

test("a request that arrived incomplete is completed by its applicant under its number", chapter(async () => {
  const form = { project_name: "بيت الكعك", activity: "cooking", activity_description: "كعك وحلويات تقليدية تعد حسب الطلب.",
    outside_workers: 1, sales_channel: "online", district: "south", landmark: "خلف صيدلية الشفاء", tenure: "owned", work_area_m2: 18 };
  const body = { service: "home-business-permit", answers: form, documents: [], declaration: false, if_incomplete: "keep" };
  const arrived = await call(opened, "salma", "POST", "/api/v1/requests", body);
  assert.equal(arrived.state, "receipt_not_confirmed");
  const salma = await windowOf(opened, "salma", { size: PHONE });
  await salma.goto(`/requests/${arrived.number}`);
  assert.match(await salma.locator("main").innerText(), /لم نؤكد استلام طلبك/);
  await send(salma, salma.locator('form[action$="/complete"] button'));
  const draft = path(salma).split("/")[2];
  await salma.goto(`/drafts/${draft}/documents`);
  for (const gap of arrived.gaps.filter((gap) => gap.item.startsWith("document."))) {
    const evidence = gap.item.slice("document.".length);
    const slot = salma.locator(`[data-slot="${evidence}"]`);
    await slot.locator("input[type=file]").setInputFiles(PICTURE);
    await slot.locator(".file-now").waitFor();
  }
  await salma.goto(`/drafts/${draft}/summary`);
  assert.equal(await declareAndSend(salma), arrived.number);
  await salma.goto(`/requests/${arrived.number}`);
  assert.match(await salma.locator(".checklist").innerText(), /ملف مرفوع/);
}));
