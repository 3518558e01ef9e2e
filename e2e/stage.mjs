// Sets the stage for the list of pages: requests in every state and drafts half and wholly filled, all by the same doors
// that people and programs use.
import { PICTURE, declareAndSend, fill, goOn, send, RESIDENCE } from "./journey.mjs";
import { call, windowOf } from "./people.mjs";
import { eventually } from "./world.mjs";

const INSTRUCTION = "اكتب العنوان كما هو في فاتورة الكهرباء.";
const REASON = "العنوان المذكور لا يطابق القيد في السجل.";

/** Answers for `home-business-permit`: a service with two steps and documents. */
const BUSINESS = [
  { project_name: "بيت الكعك", activity: "cooking", activity_description: "كعك وحلويات تقليدية تعد حسب الطلب.", outside_workers: "1", sales_channel: "online" },
  { district: "south", landmark: "خلف صيدلية الشفاء", tenure: "owned", work_area_m2: "18" },
];

export async function prepare(opened) {
  const received = await submit(opened);
  const returned = await submit(opened);
  await act(opened, "hamad", returned, "send_back", { corrections: [{ item: "address", instruction: INSTRUCTION }] });
  const [verified, refused, completed] = [await checked(opened), await checked(opened), await checked(opened)];
  const withdrawn = await submit(opened);
  await act(opened, "salma", withdrawn, "withdraw", {});
  const unconfirmed = await arrive(opened);
  await act(opened, "noura", refused, "refuse", { reason: REASON });
  await act(opened, "noura", completed, "approve", {});
  const salma = await windowOf(opened, "salma");
  const verification = await verificationOf(opened, salma, completed);
  const after = await goOnAfter(opened, refused, completed);
  const exported = await exportMade(opened);
  const sentDraft = await sendOne(salma);
  const fullDraft = await fillOne(salma, "home-business-permit", BUSINESS);
  const draft = await begin(salma, "food-handler-certificate");
  await salma.context().close();
  const hamad = await windowOf(opened, "hamad");
  const permitDraft = await begin(hamad, "building-permit");
  await hamad.context().close();
  const yusuf = await windowOf(opened, "yusuf");
  const companyDraft = await begin(yusuf, "trade-name-reservation");
  await yusuf.context().close();
  const broken = await brokenProposal(opened);
  const { proposal, waiting } = await write(opened);
  const below = await call(opened, "aisha", "GET", "/api/v1/devices?state=non_compliant");
  const losses = await call(opened, "aisha", "GET", "/api/v1/losses");
  const networks = await call(opened, "aisha", "GET", "/api/v1/vpn/profiles?state=waiting");
  const permissions = await call(opened, "aisha", "GET", "/api/v1/vpn/permissions");
  const [network, permission] = [networks.items[0].id, permissions.items[0].id];
  const [device, loss] = [below.items[0].id, losses.items[0].id];
  const [attack] = (await call(opened, "sanad", "GET", "/api/v1/attacks?state=due")).items.map(({ id }) => id);
  const [matter] = (await call(opened, "widad", "GET", "/api/v1/cases?state=open")).items.map(({ id }) => id);
  const { system, systemAsks } = await systemsOf(opened);
  return { ...after, system, systemAsks, device, loss, network, permission, attack, case: matter, exported, broken, proposal, waiting, unconfirmed, withdrawn, received, returned, verified, refused, completed, verification, sentDraft, fullDraft, draft, permitDraft, companyDraft };
}

/** A draft whose process cannot be carried out as it is. */
async function brokenProposal(opened) {
  const { id, process } = await call(opened, "hamad", "POST", "/api/v1/directory/proposals", { service: "birth-certificate" });
  const draft = await call(opened, "hamad", "GET", process);
  draft.process.stage[1].moves.pop();
  draft.process.stage[1].working_days = 30;
  await call(opened, "hamad", "PUT", process, { revision: draft.revision, process: draft.process });
  return id;
}

/** A card that its author is writing, and a version of another that waits for the verifier. */
async function write(opened) {
  const hamad = await windowOf(opened, "hamad");
  const propose = async (service) => {
    await hamad.goto(`/directory/entries/${service}`);
    await send(hamad, hamad.locator('form[action$="/propose"] button'));
    return hamad.url().split("/")[5];
  };
  const submitted = await propose("name-correction");
  await hamad.goto(`/directory/proposals/${submitted}/gets`);
  await fill(hamad, { delivery_working_days: "12" });
  await send(hamad, hamad.locator("form.proposal > .actions button").first());
  await hamad.goto(`/directory/proposals/${submitted}/check`);
  await send(hamad, hamad.locator('form[action$="/submit"] button'));
  const proposal = await propose("marriage-registration");
  await hamad.context().close();
  return { proposal, waiting: "/directory/entries/name-correction/versions/2" };
}

/** What may follow a decision: an appeal, an appointment, a copy by post. */
async function goOnAfter(opened, refused, completed) {
  const post = (path, body) => call(opened, "salma", "POST", `/api/v1/requests/${path}`, body);
  const appealable = await checked(opened);
  await act(opened, "noura", appealable, "refuse", { reason: REASON });
  const appeal = (await post(`${refused}/appeal`, { grounds: "العنوان صحيح، وقد حدثته في السجل قبل أسبوع." })).id;
  const { items } = await call(opened, "salma", "GET", `/api/v1/requests/${completed}/slots`);
  const appointment = (await post(`${completed}/appointment`, { starts_at: items[0].starts_at })).id;
  const day = Math.floor((Date.parse(items[0].starts_at) / 3_600_000 + 2) / 24);
  const copy = (await post(`${completed}/copy`, { recipient: "سلمى خالد", street: "شارع الاستقلال 12", city: "مدينة الساحل" })).id;
  return { appealable, appeal, appointment, appointmentDay: day, copy };
}

/** A file that is made and waits to be fetched. */
async function exportMade(opened) {
  const { id } = await call(opened, "salma", "POST", "/api/v1/exports", { list: "requests", form: "csv" });
  await eventually("the file", async () => (await call(opened, "salma", "GET", `/api/v1/exports/${id}`)).state === "ready");
  return id;
}

async function submit(opened) {
  const answers = { ...RESIDENCE[0], ...RESIDENCE[1], household_members: 5 };
  const body = { service: "residence-certificate", answers, documents: [], declaration: true };
  return (await call(opened, "salma", "POST", "/api/v1/requests", body)).number;
}

/** A request that came without what it needs, by a door at which nobody is there to complete it. */
async function arrive(opened) {
  const body = { service: "home-business-permit", answers: { project_name: "بيت الكعك" }, documents: [], if_incomplete: "keep" };
  return (await call(opened, "salma", "POST", "/api/v1/requests", body)).number;
}

const act = (opened, who, number, word, body) => call(opened, who, "POST", `/api/v1/requests/${number}/${word}`, body);

/** A request of which every item was verified. */
async function checked(opened) {
  const number = await submit(opened);
  const { actions } = await call(opened, "hamad", "GET", `/api/v1/requests/${number}`);
  const verify = actions.find((action) => action.name === "verify");
  await act(opened, "hamad", number, "verify", verify.input.examples[0]);
  return number;
}

async function verificationOf(opened, salma, number) {
  await eventually("the output", async () => (await call(opened, "salma", "GET", `/api/v1/requests/${number}`)).outputs.length > 0);
  await salma.goto(`/requests/${number}`);
  return salma.locator(".outputs a[href*='/verify/']").first().getAttribute("href");
}

const draftOf = (page) => new URL(page.url()).pathname.split("/")[2];

async function begin(page, service) {
  await page.goto(`/services/${service}/apply`);
  await send(page, page.locator("main button.start"));
  return draftOf(page);
}

async function sendOne(page) {
  const draft = await begin(page, "residence-certificate");
  for (const answers of RESIDENCE) {
    await fill(page, answers);
    await send(page, goOn(page));
  }
  await declareAndSend(page);
  return draft;
}

/** Fills every step and hands in the first document. */
async function fillOne(page, service, steps) {
  const draft = await begin(page, service);
  for (const answers of steps) {
    await fill(page, answers);
    await send(page, goOn(page));
  }
  await page.locator("input[type=file]").first().setInputFiles(PICTURE);
  await page.locator(".file-now").first().waitFor();
  return draft;
}

/** A connected system of the demo, and the address at which another one asks a person to agree. */
async function systemsOf(opened) {
  const systems = await call(opened, "amal", "GET", "/api/v1/systems");
  const [kept, open] = ["confidential", "public"].map((kind) => systems.items.find((one) => one.kind === kind));
  const asked = new URLSearchParams({
    client_id: open.id,
    redirect_uri: open.redirect_uris[0],
    response_type: "code",
    scope: "openid profile",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  return { system: kept.id, systemAsks: `/openid/authorize?${asked}` };
}
