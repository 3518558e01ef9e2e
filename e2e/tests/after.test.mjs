// After the decision: Salma collects her certificate by appointment, keeps everything, appeals a refusal, and takes a
// request back; the head of the registry sets times and decides. Each test goes on where the one before it ended.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { RESIDENCE, journey, path, send } from "../journey.mjs";
import { PHONE, call, openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const run = promisify(execFile);
const chapter = journey();
const REASON = "العنوان المذكور لا يطابق القيد في السجل.";
let opened, salma, hamad, widad, completed, refused, open;

const act = (who, number, word, body) => call(opened, who, "POST", `/api/v1/requests/${number}/${word}`, body);

async function submit() {
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: "residence-certificate", answers, documents: [], declaration: true };
  return (await call(opened, "salma", "POST", "/api/v1/requests", body)).number;
}

async function checked() {
  const number = await submit();
  const { actions } = await call(opened, "hamad", "GET", `/api/v1/requests/${number}`);
  await act("hamad", number, "verify", actions.find((action) => action.name === "verify").input.examples[0]);
  return number;
}

before(async () => {
  opened = await openBrowser();
  [completed, refused, open] = [await checked(), await checked(), await submit()];
  await act("noura", completed, "approve", {});
  await act("noura", refused, "refuse", { reason: REASON });
  await eventually("the certificate", async () => (await call(opened, "salma", "GET", `/api/v1/requests/${completed}`)).outputs.length > 0);
  salma = await windowOf(opened, "salma", { size: PHONE });
  hamad = await windowOf(opened, "hamad");
  widad = await windowOf(opened, "widad");
});
after(() => opened.close());

test("she chooses a time with one touch, and keeps it in her calendar", chapter(async () => {
  await salma.goto(`/requests/${completed}`);
  await salma.locator(`main a[href$="/appointment"]`).click();
  await send(salma, salma.locator("button.slot").first());
  assert.match(path(salma), /\/appointment$/);
  const coming = salma.waitForEvent("download");
  await salma.locator(`main a[href$=".ics"]`).click();
  assert.match((await coming).suggestedFilename(), /\.ics$/);
  await salma.goto(`/requests/${completed}`);
  assert.match(await salma.locator("main").innerText(), /موعد استلامك/);
}));

test("Hamad finds her on the day and records who collected", chapter(async () => {
  const { items } = await call(opened, "salma", "GET", "/api/v1/inbox");
  assert.ok(items.some((item) => item.subject.includes("موعدك")));
  for (let day = 0; day < 8; day++) {
    await hamad.goto(`/desk/appointments?day=${Math.floor(Date.now() / 86_400_000) + day}`);
    if (await hamad.locator(".coming-act a").count()) break;
  }
  await hamad.locator(".coming-act a").first().click();
  await hamad.locator("#identifier").fill("  ");
  assert.equal((await send(hamad, hamad.locator("main form .actions button"))).status(), 422);
  await hamad.locator("#identifier").fill("219880412736");
  await send(hamad, hamad.locator("main form .actions button"));
  assert.match(path(hamad), /^\/desk\/appointments$/);
}));

test("everything comes as one archive that opens", chapter(async () => {
  await salma.goto(`/requests/${completed}`);
  const coming = salma.waitForEvent("download");
  await salma.locator(`main a[href$="/archive.zip"]`).click();
  const file = join(opened.world.folder, "archive.zip");
  await (await coming).saveAs(file);
  const { stdout } = await run("python3", ["-m", "zipfile", "-l", file]);
  for (const name of ["request.json", "summary.pdf", "receipt.pdf", "outputs/"]) assert.ok(stdout.includes(name), name);
}));

test("she appeals a refusal, and the head upholds it", chapter(async () => {
  await salma.goto(`/requests/${refused}`);
  await salma.locator(`main a[href$="/appeal"]`).click();
  assert.match(await salma.locator("main").innerText(), new RegExp(REASON));
  await salma.locator("#grounds").fill("العنوان صحيح، وقد حدثته في السجل قبل أسبوع.");
  await send(salma, salma.locator("main form .actions button"));
  assert.match(await salma.locator("main").innerText(), /تظلمك قيد النظر/);
  await widad.goto("/desk/appeals");
  await widad.locator(`.rows a`, { hasText: refused }).click();
  await widad.locator("input[value=uphold]").check();
  await widad.locator("#reasons").fill("ثبت أن العنوان محدث في السجل، فيعاد النظر في الطلب.");
  await send(widad, widad.locator("main form .actions button"));
  await salma.goto(`/requests/${refused}`);
  assert.match(await salma.locator("main").innerText(), /قُبل تظلمك/);
  assert.equal((await call(opened, "salma", "GET", `/api/v1/requests/${refused}`)).state, "verified");
}));

test("she takes a request back, and begins anew from what she wrote", chapter(async () => {
  await salma.goto(`/requests/${open}`);
  await salma.locator(`main a[href$="/withdraw"]`).click();
  await send(salma, salma.locator("main form .actions button"));
  assert.match(await salma.locator(".request-line .tag").first().innerText(), /مسحوب/);
  await salma.locator(`main a[href$="/again"]`).click();
  await send(salma, salma.locator("main form .actions button"));
  assert.match(path(salma), /^\/drafts\/[0-9a-f-]+\/summary$/);
  assert.ok((await salma.locator("main").innerText()).includes(RESIDENCE[0].address));
  // The next journey begins from nothing.
  await salma.goto(path(salma).replace("summary", "discard"));
  await send(salma, salma.locator("main form button[type=submit]").first());
}));

test("the head sets the times, and what cannot be kept is refused where it was typed", chapter(async () => {
  await widad.goto("/desk/appointments/plans");
  await widad.locator("select[name=service]").selectOption("residence-certificate");
  await widad.locator("#place_ar").fill("مكتب السجل المدني، الدور الأول");
  await widad.locator("#place_en").fill("Civil registry office, first floor");
  await widad.locator("#capacity").fill("0");
  assert.equal((await send(widad, widad.locator("main form .actions button"))).status(), 422);
  assert.equal(await widad.locator("#place_en").inputValue(), "Civil registry office, first floor");
  await widad.locator("#capacity").fill("٣");
  await send(widad, widad.locator("main form .actions button"));
  assert.match(await widad.locator(".plan-lines").innerText(), /الدور الأول/);
}));
