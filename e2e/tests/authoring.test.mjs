// A service from its author's desk to the first request for it: written with a form, returned with remarks, mended,
// attested, published, found by its name, and changed in a version whose difference the verifier reads.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fill, goOn as startOn, journey, path, send } from "../journey.mjs";
import { openBrowser, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const SLUG = `proof-of-life-${Date.now().toString(36)}`;
/** In Arabic letters alone: the name stands on the first page, whose weight counts, and a Latin one would bring a typeface. */
const ALIF_TO_YA = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
const NAME = `إثبات حياة ${[...SLUG.slice(-4)].map((sign) => ALIF_TO_YA[Number.parseInt(sign, 36) % ALIF_TO_YA.length]).join("")}`;
const REMARKS = "اذكر في الملخص لمن تُقدم هذه الإفادة، ليعرف صاحبها هل تنفعه.";
const FOUND_MS_MAX = 1_000;
const LAW = { ar: "القانون رقم 27 لسنة 2006 بشأن الأحوال المدنية، المادة 9", en: "Law No. 27 of 2006 on civil status, Article 9" };

/** One question that asks for nothing personal. */
const FORM = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: `https://diwan.example/forms/${SLUG}/1`,
  title: "طلب إثبات حياة",
  "x-en": { title: "Request for proof of life" },
  type: "object",
  additionalProperties: false,
  properties: { purpose: { type: "string", title: "الغرض من الإفادة", "x-en": { title: "Purpose" }, minLength: 3, maxLength: 120 } },
  required: ["purpose"],
  "x-steps": [{ id: "purpose", title: "الغرض", "x-en": { title: "Purpose" }, properties: ["purpose"] }],
  examples: [{ purpose: "صندوق الضمان" }],
};

/** The standard stages; what a process adds is its law, and what it was like before it was electronic. */
const PROCESS = `legal_basis = { ar = "${LAW.ar}", en = "${LAW.en}" }
before = [{ ar = "تحضر إلى المصلحة لتثبت أنك حي.", en = "You come to the Registry to show that you are alive." }]
after = [{ ar = "تطلب الإفادة من بيتك.", en = "You ask for the statement from home." }]
`;

const both = (name, ar, en) => ({ [`${name}.ar`]: ar, [`${name}.en`]: en });
const PARTS = {
  what: { ...both("name", NAME, `Proof of life ${SLUG.slice(-4)}`), ...both("summary", "إفادة رسمية بأنك حي.", "An official statement that you are alive."), ...both("description", "تصدر الإفادة من السجل المدني بعد مطابقة بياناتك.", "The statement is issued from the civil register once your details are matched."), id: SLUG, delivery: "e_service" },
  who: { audience: ["citizen"], themes: ["civil-status"], maturity: "fully_digital", assurance: "basic" },
  needs: { documents_none: true, ...both("conditions.0", "أن تكون مقيدًا في السجل المدني.", "You are entered in the civil register.") },
  gets: { ...both("fee.note", "الخدمة دون مقابل.", "The service is free."), ...both("acknowledgement", "استلمنا طلبك {number} في {delivered_at}، وننجزه قبل {due_at}.", "We received request {number} on {delivered_at} and finish it before {due_at}."), delivery_working_days: "2", fee: "0", ...both("output.0.title", "إفادة حياة", "Proof of life"), ...both("output.0.text", "تشهد المصلحة بأن {applicant_name} حي. صدرت على الطلب {number} في {issued_on}.", "The Registry states that {applicant_name} is alive. Issued on request {number} on {issued_on}."), "output.0.kind": "document" },
  way: {},
  law: { ...both("legal_basis", LAW.ar, LAW.en), ...both("complaint", "قدم شكواك من صفحة طلبك، أو اتصل بالرقم 1515.", "Complain from your request’s page, or call 1515."), ...both("contact.address", "مقر مصلحة الأحوال المدنية، مدينة الساحل", "Civil Registry headquarters, Sahel City"), "contact.phone": "1515" },
  form: {},
};
const STAGES = [
  ["استلام الطلب", "Request received", "مكتب استقبال الطلبات", "Requests intake office"],
  ["مطابقة البيانات", "Details matched", "قسم السجلات والمطابقة", "Records and matching section"],
  ["إصدار الإفادة", "Statement issued", "قسم الإصدار والتسليم", "Issuing and delivery section"],
];

let opened, hamad, halima, laila, salma;
const chapter = journey();
before(async () => {
  opened = await openBrowser();
  [hamad, halima, laila, salma] = [await windowOf(opened, "hamad"), await windowOf(opened, "halima"), await windowOf(opened, "laila"), await windowOf(opened, "salma")];
});
after(() => opened.close());

/** Fills a part; a list of words is a group of boxes. */
async function fillPart(page, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    if (Array.isArray(answer)) for (const word of answer) await page.locator(`main [name="${name}"][value="${word}"]`).check();
    else await fill(page, { [name]: answer });
  }
}

async function writeStages(page) {
  for (const [row, [ar, en, holderAr, holderEn]] of STAGES.entries()) {
    if (row > 0) await send(page, page.locator('button[name=_add][value="stage"]'));
    await fill(page, { ...both(`stage.${row}.title`, ar, en), ...both(`stage.${row}.holder`, holderAr, holderEn) });
  }
}

const writeForm = (page) => page.locator("textarea#form").fill(JSON.stringify(FORM, null, 2));

async function handInProcess(page, proposal) {
  await page.goto(`${proposal}/process`);
  await page.locator("#file-process").setInputFiles({ name: "process.toml", mimeType: "application/toml", buffer: Buffer.from(PROCESS) });
  await send(page, page.locator('form[action$="/process/file"] button'));
  await page.goto(`${proposal}/check`);
}

/** What the verifier has before her, by its way in from the desk. */
async function openWaiting(page) {
  await page.goto("/directory");
  await page.locator(`.directory-rows a[href^="/directory/entries/${SLUG}/versions/"]`).first().click();
  await page.waitForURL(new RegExp(`/directory/entries/${SLUG}/versions/\\d+$`));
  return Number(path(page).split("/").at(-1));
}

async function attest(version) {
  await halima.goto(`/services/${SLUG}/process?version=${version}`);
  await send(halima, halima.locator('form[action$="/process/attest"] button'));
}

/** The button below a part; the lists above it have buttons of their own. */
const goOn = (page) => page.locator("form.proposal > .actions button").first();
const proposalOf = (page) => path(page).split("/").slice(0, 4).join("/");
const submit = (page) => send(page, page.locator('main form[action$="/submit"] button'));
const publish = (page) => send(page, page.locator('form[action$="/publish"] button'));

test("an author writes a card with a form, is told what is missing, and submits it", chapter(async () => {
  await hamad.goto("/directory");
  await send(hamad, hamad.locator('form[action="/directory/proposals"] button'));
  const proposal = proposalOf(hamad);
  for (const [part, answers] of Object.entries(PARTS)) {
    assert.equal(path(hamad), `${proposal}/${part}`);
    if (part === "law") await checkMissing(proposal);
    await fillPart(hamad, answers);
    if (part === "way") await writeStages(hamad);
    if (part === "form") await writeForm(hamad);
    await send(hamad, goOn(hamad));
  }
  await handInProcess(hamad, proposal);
  assert.equal(await hamad.locator(".notice.needs-you").count(), 0, await hamad.locator("main").innerText());
  await submit(hamad);
  assert.equal(path(hamad), "/directory");
  assert.ok(await hamad.locator(".toast").isVisible());
}));

/** Half-way, the last page names each thing that is missing and leads to the part where it is written. */
async function checkMissing(proposal) {
  await hamad.goto(`${proposal}/check`);
  const missing = hamad.locator(".notice.needs-you a");
  assert.ok((await missing.count()) > 0);
  assert.ok((await missing.evaluateAll((links) => links.map((link) => link.getAttribute("href")))).every((href) => href.startsWith(proposal)));
  await hamad.goto(`${proposal}/law`);
}

test("the verifier reads it, returns it with remarks, and the author mends it", chapter(async () => {
  await openWaiting(laila);
  assert.match(await laila.locator("main").innerText(), new RegExp(NAME));
  await laila.locator(".decide details summary").click();
  const returning = laila.locator('form[action$="/return"]');
  await returning.locator("textarea").fill(REMARKS);
  await send(laila, returning.locator("button"));
  await hamad.goto(`/directory/entries/${SLUG}`);
  assert.match(await hamad.locator("main").innerText(), new RegExp(REMARKS));
  await send(hamad, hamad.locator('form[action$="/propose"] button'));
  await fill(hamad, both("summary", "إفادة رسمية بأنك حي، لمن يصرف لك معاشًا.", "An official statement that you are alive, for whoever pays your pension."));
  await send(hamad, goOn(hamad));
  await hamad.goto(`${proposalOf(hamad)}/check`);
  await submit(hamad);
}));

test("nothing is published before the law was looked at; then a citizen finds it within a second and begins it", chapter(async () => {
  const version = await openWaiting(laila);
  await publish(laila);
  assert.ok(await laila.locator(".notice.refusal, .error-summary").first().isVisible(), "published without a legal review");
  await attest(version);
  await openWaiting(laila);
  await publish(laila);
  const published = Date.now();
  const search = `${opened.world.base}/search?q=${encodeURIComponent(NAME)}`;
  await eventually("the service among what is found", async () => (await (await fetch(search)).text()).includes(`href="/services/${SLUG}"`));
  const passed = Date.now() - published;
  assert.ok(passed <= FOUND_MS_MAX, `found after ${passed} ms`);
  await salma.goto(`/search?q=${encodeURIComponent(NAME)}`);
  await salma.locator(`main a[href="/services/${SLUG}"]`).first().click();
  await send(salma, salma.locator('form[action$="/apply"] button.start'));
  await fill(salma, { purpose: "صندوق الضمان الاجتماعي" });
  await send(salma, startOn(salma));
  assert.match(path(salma), /^\/drafts\/[^/]+\/summary$/);
}));

test("of a changed version the verifier reads the difference, word by word", chapter(async () => {
  await hamad.goto(`/directory/entries/${SLUG}`);
  await send(hamad, hamad.locator('form[action$="/propose"] button'));
  await hamad.goto(`${proposalOf(hamad)}/gets`);
  await fill(hamad, { delivery_working_days: "5" });
  await send(hamad, goOn(hamad));
  await hamad.goto(`${proposalOf(hamad)}/check`);
  assert.equal(await hamad.locator(".changes .change").count(), 1);
  await submit(hamad);
  const version = await openWaiting(laila);
  assert.equal(await laila.locator(".changes .change").count(), 1);
  assert.match(await laila.locator(".changes").innerText(), /يوما عمل.*5 أيام عمل/s);
  await attest(version);
  await openWaiting(laila);
  await publish(laila);
  await salma.goto(`/services/${SLUG}/history`);
  assert.equal(await salma.locator(".version-told").count(), 2);
}));
