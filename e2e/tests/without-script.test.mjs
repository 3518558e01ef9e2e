// Everything works without JavaScript: Salma asks for a new identity card and hands in her photograph.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PICTURE, declareAndSend, fill, goOn, path, send } from "../journey.mjs";
import { PHONE, openBrowser, signIn, window } from "../people.mjs";

const ANSWERS = [
  { replacement_reason: "lost", incident_date: "2025-10-19", incident_place: "السوق المركزي، مدينة الساحل", police_report_number: "2025118" },
  { collection_office: "sahel" },
];
let opened, salma;

before(async () => {
  opened = await openBrowser();
  salma = await window(opened, { size: PHONE, script: false });
});
after(() => opened.close());

test("without JavaScript a person searches, applies, hands in a document and sends", async () => {
  await signIn(salma, opened.world.cast.salma, "/");
  await salma.locator("main input[name=q]").fill("بدل فاقد بطاقة");
  await salma.locator("main form[role=search] button[type=submit]").click();
  await salma.locator(".card-title a[href='/services/national-id-replacement']").click();
  await send(salma, salma.locator("main button.start"));
  for (const answers of ANSWERS) {
    await fill(salma, answers);
    await send(salma, goOn(salma));
  }
  assert.match(path(salma), /\/documents$/);
  await handIn("photo");
  await send(salma, salma.locator("main > * > form > .actions button[type=submit]").last());
  assert.match(path(salma), /\/summary$/);
  const number = await declareAndSend(salma);
  await salma.goto(`/requests/${number}`);
  assert.ok((await salma.locator("main").innerText()).includes(PICTURE.name));
});

/** A document that is required is asked for before the summary lets anybody send. */
async function handIn(evidence) {
  const missing = await send(salma, goOn(salma));
  assert.equal(missing.status(), 422);
  await salma.locator(`input[id="document.${evidence}"]`).setInputFiles(PICTURE);
  await send(salma, salma.locator(`form[action*="/documents/${evidence}"] button[type=submit]`).last());
  assert.ok((await salma.locator(".file-now").innerText()).includes(PICTURE.name));
}
