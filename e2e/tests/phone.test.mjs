// Salma asks for a residence certificate on her phone, in Arabic; Hamad returns it; she corrects; Hamad verifies, Noura
// signs; and what comes out can be verified by anybody. Each test goes on where the one before it ended.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { RESIDENCE, declareAndSend, fill, goOn, journey, path, send } from "../journey.mjs";
import { PHONE, openBrowser, signIn, window } from "../people.mjs";
import { eventually, letters, program } from "../world.mjs";

const run = promisify(execFile);
const INSTRUCTION = "اكتب العنوان كما هو في فاتورة الكهرباء.";
const chapter = journey();
let opened, salma, hamad, noura, number, verification, pdf;

before(async () => {
  opened = await openBrowser();
  salma = await window(opened, { size: PHONE });
  hamad = await window(opened);
  noura = await window(opened);
  await withoutQuietHours();
});
after(() => opened.close());

/** Whatever the hour at which this runs, no letter waits for the morning. */
async function withoutQuietHours() {
  const { base, cast } = opened.world;
  const choice = { modes: {}, offset_minutes: 120, quiet: null, digest_hour: 8 };
  const headers = { authorization: `Bearer ${cast.salma.token}`, "content-type": "application/json" };
  const answer = await fetch(`${base}/api/v1/notifications`, { method: "PUT", headers, body: JSON.stringify(choice) });
  assert.equal(answer.status, 200);
}

test("a misspelt search finds the residence certificate first", chapter(async () => {
  await salma.goto("/");
  await salma.locator("main input[name=q]").fill("شهاده اقامه");
  await salma.keyboard.press("Enter");
  await salma.waitForURL(/\/services\?/);
  const first = salma.locator("main .card-title a").first();
  assert.equal((await first.innerText()).trim(), "شهادة إقامة");
  await first.click();
  await salma.waitForURL(/\/services\/residence-certificate$/);
}));

test("the card leads through sign-in to the first question", chapter(async () => {
  const start = salma.locator("main a.start, main .actions a.button").first();
  await start.click();
  await salma.waitForURL(/\/sign-in/);
  const next = new URL(salma.url()).searchParams.get("next");
  assert.match(next, /^\/services\/residence-certificate/);
  await signIn(salma, opened.world.cast.salma, next);
  await send(salma, salma.locator("main button.start"));
  assert.match(path(salma), /^\/drafts\/[0-9a-f-]+\/residence$/);
}));

// proves: LY-SVC-13.2a
test("a wrong answer is refused on the same page and nothing is typed twice", chapter(async () => {
  await fill(salma, { ...RESIDENCE[0], address: "حي" });
  const refused = await send(salma, goOn(salma));
  assert.equal(refused.status(), 422);
  const summary = salma.locator(".error-summary");
  assert.equal(await summary.evaluate((element) => element === document.activeElement), true, "focus is on the summary");
  assert.deepEqual(await summary.locator("a").evaluateAll((links) => links.map((link) => link.hash)), ["#address"]);
  assert.equal(await salma.locator("#address").getAttribute("aria-invalid"), "true");
  assert.equal(await salma.locator("[name=city]").inputValue(), RESIDENCE[0].city);
  await salma.reload();
  await salma.goto(salma.url());
  assert.equal(await salma.locator("[name=address]").inputValue(), "حي", "the draft was kept as it was typed");
  await salma.locator("[name=address]").fill(RESIDENCE[0].address);
  await send(salma, goOn(salma));
  await fill(salma, RESIDENCE[1]);
  await send(salma, goOn(salma));
  assert.match(path(salma), /\/summary$/);
}));

test("the summary shows every answer and is sent only with the declaration", chapter(async () => {
  const shown = await salma.locator("main .answers").allInnerTexts();
  assert.ok(shown.join("\n").includes(RESIDENCE[0].address));
  assert.ok(shown.join("\n").includes("التسجيل في مدرسة أو جامعة"));
  const refused = await send(salma, salma.locator("form.sending button.start"));
  assert.equal(refused.status(), 422);
  assert.ok(await salma.locator(".error-summary").isVisible());
  number = await declareAndSend(salma);
}));

// proves: LY-SVC-16.3b
test("the request's page shows every stage and who holds it now", chapter(async () => {
  await salma.goto(`/requests/${number}`);
  const stages = salma.locator(".timeline > li");
  assert.ok((await stages.count()) >= 3);
  assert.ok((await stages.first().innerText()).match(/\d/), "a stage that was passed has its time");
  assert.match(await salma.locator("main").innerText(), /الأحوال المدنية/);
}));

// proves: LY-SVC-16.2
test("Hamad returns it only with an instruction, and Salma corrects only what he marked", chapter(async () => {
  await signIn(hamad, opened.world.cast.hamad, `/desk/${number}`);
  const back = hamad.locator('button[formaction$="/send_back"]');
  assert.equal((await send(hamad, back)).status(), 422);
  await note(hamad, "address", INSTRUCTION);
  await send(hamad, hamad.locator('button[formaction$="/send_back"]'));
  await salma.goto("/inbox");
  const newest = salma.locator("main a[href^='/inbox/']").first();
  await newest.press("Enter");
  await salma.waitForURL(new RegExp(`/requests/${number}`));
  assert.ok((await salma.locator("main").innerText()).includes(INSTRUCTION));
  await salma.locator(`main a[href="/requests/${number}/correct"]`).click();
  const asked = await salma.locator("form.corrections :is(input:not([type=hidden]), textarea, select)").evaluateAll((fields) => fields.map((field) => field.name));
  assert.deepEqual(asked, ["address"]);
  await salma.locator("form.corrections [name=address]").fill(`${RESIDENCE[0].address}، قرب المدرسة`);
  await send(salma, goOn(salma));
  assert.equal(path(salma), `/requests/${number}`);
}));

/** Opens the note of an item and writes into it. */
async function note(page, item, words) {
  const box = page.locator(`textarea[name="note.${item}"]`);
  if (!(await box.isVisible())) await page.locator("details.item-note", { has: box }).locator("summary").click();
  await box.fill(words);
}

// proves: LY-SVC-16.3a
test("each step shows at once on her page, with its time and a notice", chapter(async () => {
  const stateWord = async () => {
    await salma.goto(`/requests/${number}`);
    return (await salma.locator(".request-line .tag").first().innerText()).trim();
  };
  const words = [await stateWord()];
  await hamad.goto(`/desk/${number}`);
  await hamad.locator("#all").check();
  await send(hamad, hamad.locator('button[formaction$="/verify"]'));
  words.push(await stateWord());
  await signIn(noura, opened.world.cast.noura, `/desk/${number}`);
  await send(noura, noura.locator(`form[action="/desk/${number}/approve"] button[type=submit]`));
  const done = salma.locator(".notice.done");
  await eventually("the certificate", async () => words.push(await stateWord()) && (await done.count()) > 0);
  assert.ok(new Set(words).size >= 3, `the state changed in words: ${words}`);
  const unread = await fetch(`${opened.world.base}/api/v1/inbox`, { headers: { authorization: `Bearer ${opened.world.cast.salma.token}` } });
  const notices = (await unread.json()).items.filter((item) => item.link.includes(number));
  // Received, returned, completed: the steps that the applicant must hear of.
  assert.equal(notices.length, 3);
}));

// proves: LY-SVC-18.1a
test("the notice of completion in her inbox leads to the certificate", chapter(async () => {
  await salma.goto("/inbox");
  await salma.locator("main a[href^='/inbox/']").first().press("Enter");
  await salma.waitForURL(new RegExp(`/requests/${number}`));
  const coming = salma.waitForEvent("download");
  await salma.locator(".outputs a.button").first().click();
  pdf = join(opened.world.folder, "certificate.pdf");
  await (await coming).saveAs(pdf);
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
}));

// proves: LY-SVC-10.3
test("anybody can verify the certificate, and a changed one is found out", chapter(async () => {
  const told = await run(program, ["verify", pdf], { env: { ...process.env, DIWAN_DATA: opened.world.data } });
  assert.match(told.stdout, /untouched/);
  verification = await salma.locator(".outputs a[href*='/verify/']").first().getAttribute("href");
  const { stdout } = await run("pdftotext", [pdf, "-"]);
  const code = verification.split("/").at(-1);
  assert.ok(stdout.replace(/\s/g, "").includes(code), "the certificate bears its verification address");
  const anybody = await window(opened, { lang: "en" });
  assert.equal((await anybody.goto(verification)).status(), 200);
  assert.ok((await anybody.locator("main").innerText()).includes(number));
  await anybody.goto("/verify");
  await anybody.locator("#file").setInputFiles(pdf);
  assert.equal((await send(anybody, anybody.locator(".verify-form button"))).status(), 200);
  await anybody.goto("/verify");
  await anybody.locator("#file").setInputFiles(changed(pdf));
  assert.equal((await send(anybody, anybody.locator(".verify-form button"))).status(), 422);
  assert.ok(await anybody.locator(".verdict.refused").isVisible());
}));

/** The same file with one byte changed in its middle. */
function changed(file) {
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)] ^= 1;
  const copy = file.replace(".pdf", "-changed.pdf");
  writeFileSync(copy, bytes);
  return copy;
}

test("the letters reached her with subjects in Arabic that name the request", chapter(async () => {
  const found = await eventually("letters", () => {
    const about = letters(opened.world, "salma@diwan.example").filter(({ subject }) => subject.includes(number));
    return about.length >= 3 && about;
  });
  for (const { subject } of found) assert.match(subject, /[\u0621-\u064a]/);
}));
