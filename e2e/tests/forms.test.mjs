// A large form as its applicant meets it, here Hamad, who builds: rows that are added up while one types, questions that come and go, several files
// for one document, files that go on after a broken line and a closed page; and what its author sees beforehand.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as tus from "tus-js-client";
import { PICTURE, goOn, journey, path, send } from "../journey.mjs";
import { openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const MIB = 1 << 20;
const chapter = journey();
let opened, hamad, documents;

before(async () => {
  opened = await openBrowser();
  hamad = await windowOf(opened, "hamad");
  hamad.on("dialog", (dialog) => dialog.accept());
});
after(() => opened.close());

/** A PDF of a size that lies on the disk, so that its moment of change stays the same. */
function pdf(name, bytes) {
  const file = join(opened.world.folder, name);
  writeFileSync(file, Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(bytes - 15, 32), Buffer.from("%%EOF\n")]));
  return file;
}
const slot = (id) => hamad.locator(`[data-slot="${id}"]`);
const names = (id) => slot(id).locator(".file-list .file-name").allInnerTexts();
const has = (id, expected) => eventually(`${expected} in ${id}`, async () => (await names(id)).join() === expected.join());

test("rows add up and questions come and go while somebody types", chapter(async () => {
  await hamad.goto("/services/building-permit/apply");
  await send(hamad, hamad.locator("main button.start"));
  const draft = path(hamad).split("/")[2];
  documents = `/drafts/${draft}/documents`;
  await hamad.goto(`/drafts/${draft}/works`);
  await fillRow(0, { level: "ground", use: "home", area_m2: "120.5" });
  const output = (name) => hamad.locator(`output[data-computed="${name}"]`);
  await eventually("the sum", async () => (await output("built_area_m2").innerText()).trim() === "120.5");
  assert.equal(await hamad.locator('[data-asked="floor_list.0.shops"]').isVisible(), false);
  for (let row = 1; row <= 3; row++) {
    await hamad.locator("[data-row-act=add]").click();
    await fillRow(row, { level: "upper", use: row === 3 ? "shop" : "home", area_m2: "100" });
  }
  await eventually("the sum of four", async () => (await output("built_area_m2").innerText()).trim() === "420.5");
  assert.equal(await hamad.locator('[data-asked="floor_list.3.shops"]').isVisible(), true);
  await hamad.locator("[data-row]").nth(3).locator("[data-row-act=remove]").click();
  await eventually("the sum of three", async () => (await output("built_area_m2").innerText()).trim() === "320.5");
}));

async function fillRow(row, cells) {
  for (const [column, value] of Object.entries(cells)) {
    const input = hamad.locator(`[name="floor_list.${row}.${column}"]`);
    if ((await input.evaluate((part) => part.localName)) === "select") await input.selectOption(value);
    else await input.fill(value);
  }
}

test("several files stand for one document, in an order of one's own", chapter(async () => {
  await hamad.goto(documents);
  await slot("drawings").locator("input[type=file]").setInputFiles([pdf("ground.pdf", 4_000), pdf("first.pdf", 5_000)]);
  await has("drawings", ["ground.pdf", "first.pdf"]);
  await send(hamad, slot("drawings").locator("button[name=up]").nth(1));
  await has("drawings", ["first.pdf", "ground.pdf"]);
  await send(hamad, slot("drawings").locator("button[name=file]").first());
  await has("drawings", ["ground.pdf"]);
}));

test("files are dropped where they belong, and what does not fit is said in its place", chapter(async () => {
  const drop = (id, files) =>
    hamad.evaluate(([id, files]) => {
      const carried = new DataTransfer();
      for (const [name, type, base64] of files) carried.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
      const target = document.querySelector(`[data-slot="${id}"] .drop`);
      for (const name of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(name, { dataTransfer: carried, bubbles: true, cancelable: true }));
    }, [id, files]);
  const picture = PICTURE.buffer.toString("base64");
  await drop("site-photos", [["north.png", "image/png", picture], ["south.png", "image/png", picture]]);
  await has("site-photos", ["north.png", "south.png"]);
  assert.match(await hamad.locator("[data-news]").innerText(), /south\.png/);
  await drop("site-photos", [["tool.exe", "application/x-msdownload", Buffer.from("MZ\x90 a program").toString("base64")]]);
  const fault = slot("site-photos").locator(".upload .fault");
  await fault.waitFor();
  assert.match(await fault.innerText(), /نوع الملف غير مقبول/);
  await has("site-photos", ["north.png", "south.png"]);
}));

test("a file goes on after a broken line and after the page was closed", chapter(async () => {
  const offsets = [];
  let carried = 1;
  await hamad.route("**/api/v1/uploads/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    if (carried-- <= 0) return route.abort("connectionreset");
    const response = await route.fetch();
    offsets.push(Number(route.request().headers()["upload-offset"]));
    return route.fulfill({ response });
  });
  const large = pdf("survey.pdf", 5 * MIB);
  await slot("drawings").locator("input[type=file]").setInputFiles(large);
  await slot("drawings").locator(".upload-state", { hasText: "انقطع الاتصال" }).waitFor();
  carried = 1;
  await eventually("it goes on by itself", async () => offsets.length === 2);
  assert.deepEqual(offsets, [0, MIB]);
  await slot("drawings").locator(".upload-share", { hasText: "40" }).waitFor();
  await hamad.reload();
  const rest = slot("drawings").locator(".rest");
  assert.match(await rest.innerText(), /survey\.pdf.*40/s);
  carried = 99;
  await slot("drawings").locator("input[type=file]").setInputFiles(large);
  await has("drawings", ["ground.pdf", "survey.pdf"]);
  assert.deepEqual(offsets.slice(2), [2 * MIB, 3 * MIB, 4 * MIB]);
  assert.equal(await rest.count(), 0);
  await hamad.unroute("**/api/v1/uploads/*");
}));

test("a file waits while it is held, and is given up", chapter(async () => {
  await hamad.route("**/api/v1/uploads/*", async (route) => {
    await new Promise((done) => setTimeout(done, 400));
    await route.continue().catch(() => {});
  });
  await slot("soil-report").locator("input[type=file]").setInputFiles(pdf("soil.pdf", 4 * MIB));
  const acts = slot("soil-report").locator(".upload-acts button");
  await acts.first().click();
  assert.match(await slot("soil-report").locator(".upload-state").innerText(), /موقوف/);
  await acts.first().click();
  assert.match(await slot("soil-report").locator(".upload-state").innerText(), /يُرسل/);
  await acts.last().click();
  await eventually("it is gone", async () => (await slot("soil-report").locator(".upload").count()) === 0);
  await hamad.unroute("**/api/v1/uploads/*");
}));

test("any client of the tus protocol sends, stops, goes on and ends", chapter(async () => {
  const bytes = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(3 * MIB, 32), Buffer.from("%%EOF\n")]);
  const headers = { authorization: `Bearer ${opened.world.cast.salma.token}` };
  const options = { endpoint: `${opened.world.base}/api/v1/uploads`, headers, chunkSize: MIB, metadata: { filename: "plan.pdf" }, retryDelays: [] };
  const sent = (more) =>
    new Promise((done, failed) => {
      const upload = new tus.Upload(bytes, { ...options, ...more, onError: failed, onSuccess: () => done({ upload, whole: true }), onChunkComplete: () => more?.once && upload.abort().then(() => done({ upload })) });
      upload.start();
    });
  const first = await sent({ once: true });
  const resumed = [];
  const second = await sent({ uploadUrl: first.upload.url, onBeforeRequest: (request) => resumed.push(`${request.getMethod()} ${request.getHeader("Upload-Offset") ?? ""}`) });
  assert.equal(second.whole, true);
  assert.deepEqual(resumed.map((line) => line.trim()), ["HEAD", `PATCH ${MIB}`, `PATCH ${2 * MIB}`, `PATCH ${3 * MIB}`]);
  const third = await sent({ once: true });
  await tus.Upload.terminate(third.upload.url, { headers, retryDelays: [] });
  await assert.rejects(sent({ uploadUrl: third.upload.url, endpoint: undefined }));
}));

test("an author sees the form as its applicant will, in both languages", chapter(async () => {
  await hamad.goto("/directory/entries/birth-certificate/versions/1/preview");
  const name = hamad.locator('[data-asked="holder_name"]');
  await hamad.locator('[name=relation][value="self"]').check();
  assert.equal(await name.isVisible(), false);
  await hamad.locator('[name=relation][value="child"]').check();
  assert.equal(await name.isVisible(), true);
  await hamad.locator("button[formaction*='lang=en']").click();
  await hamad.locator("h1", { hasText: "Whose certificate" }).waitFor();
  assert.equal(await hamad.locator('[name=relation][value="child"]').isChecked(), true, "what was typed travels along");
  await hamad.locator('[name="holder_name"]').fill("Salma");
  await goOn(hamad).click();
  await hamad.locator("h1", { hasText: "The entry" }).waitFor();
  await hamad.locator(".preview-steps button").last().click();
  await goOn(hamad).click();
  await hamad.locator("h1", { hasText: "What would be sent" }).waitFor();
  assert.match(await hamad.locator(".facts").innerText(), /Salma/);
}));
