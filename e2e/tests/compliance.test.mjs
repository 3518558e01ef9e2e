// The regulation as it runs: an auditor finds something, the body answers, somebody else closes; a body asks to be let off an
// article and is told why or why not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
import { eventually } from "../world.mjs";
import { openBrowser, windowOf } from "../people.mjs";

const chapter = journey();
const WORDS = "راجعنا ذلك مع مسؤول أمن المعلومات.";
let opened;

before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test("a finding is refused until it is whole, then answered by the body and closed by the auditor", chapter(async () => {
  const omar = await windowOf(opened, "omar");
  await omar.goto("/compliance/findings/new");
  const form = omar.locator("form[action='/compliance/findings'][method=post]");
  await form.locator("[name=what]").fill(WORDS);
  await send(omar, form.locator("button[type=submit]"));
  assert.ok(await omar.locator(".error-summary").isVisible());
  assert.equal(await form.locator("[name=what]").inputValue(), WORDS);
  await form.locator("[name=body]").selectOption("civil-registry");
  await form.locator("[name=control]").selectOption("LY-SVC-13.4");
  await form.locator("[name=severity][value=medium]").check();
  await send(omar, form.locator("button[type=submit]"));
  assert.equal(path(omar), "/compliance/findings");
  const link = await omar.locator("tbody th a", { hasText: WORDS }).first().getAttribute("href");

  const widad = await windowOf(opened, "widad");
  await widad.goto(link);
  await widad.locator("[name=answer]").fill(WORDS);
  await send(widad, widad.locator("form[action$='/answer'] button"));
  assert.equal(await widad.locator("form[action$='/close']").count(), 0);
  await widad.context().close();

  await omar.goto(link);
  await omar.locator("[name=words]").fill(WORDS);
  await send(omar, omar.locator("form[action$='/close'] button.button:not(.quiet)"));
  assert.match(await omar.locator(".toast").innerText(), /أُغلقت/);
  await omar.context().close();
}));

test("an exemption is asked for with reasons and decided with reasons", chapter(async () => {
  const hamad = await windowOf(opened, "hamad");
  await hamad.goto("/compliance/exemptions/new");
  const form = hamad.locator("form[action='/compliance/exemptions'][method=post]");
  await form.locator("[name=controls]").fill("LY-SVC-20.1b");
  await send(hamad, form.locator("button[type=submit]"));
  assert.ok(await hamad.locator(".error-summary").isVisible());
  assert.equal(await form.locator("[name=controls]").inputValue(), "LY-SVC-20.1b");
  await form.locator("[name=justification]").fill(WORDS);
  await form.locator("[name=from]").fill("2030-01-01");
  await form.locator("[name=until]").fill("2030-03-01");
  await send(hamad, form.locator("button[type=submit]"));
  const link = await hamad.locator("tbody th a").first().getAttribute("href");
  await hamad.context().close();

  const amal = await windowOf(opened, "amal");
  await amal.goto(link);
  await amal.locator("[name=reason]").fill(WORDS);
  await send(amal, amal.locator("button[name=ruling][value=grant]"));
  assert.match(await amal.locator(".toast").innerText(), /مُنح/);
  await amal.context().close();
}));

test("an auditor goes from a document to a control, to a body, and takes both out", chapter(async () => {
  const omar = await windowOf(opened, "omar");
  await omar.goto("/controls");
  await omar.locator("a[href='/controls/packs/ly-services']").first().click();
  await omar.waitForURL("**/controls/packs/ly-services");
  const catalog = await omar.request.get(await omar.locator("a[href^='/api/v1/oscal/catalog']").getAttribute("href"));
  assert.equal((await catalog.json()).catalog.metadata["oscal-version"], "1.1.3");
  await omar.locator("tbody a", { hasText: "المادة 21" }).click();
  await omar.locator("a[href='/controls/LY-SVC-21.1']").click();
  await omar.waitForURL("**/controls/LY-SVC-21.1");
  const one = omar.locator("tbody a[href='/compliance/bodies/municipality/LY-SVC-21.1']");
  assert.equal(await one.count(), 1, "every body that it binds is listed");
  await omar.goto("/compliance/bodies/municipality");
  const document = omar.locator("section[aria-labelledby='pack-ly-services']");
  await document.locator("summary").click();
  await document.locator("a", { hasText: "المادة 21" }).click();
  await eventually("two controls of this article", async () => {
    const told = await omar.locator("[role=status]").allInnerTexts();
    return told.some((words) => /ضابطان/.test(words));
  });
  const file = await omar.request.get(await omar.locator("a[href*='/export']").first().getAttribute("href"));
  assert.match(await file.text(), /LY-SVC-21\.1/);
  await omar.context().close();
}));

test("a body asks a control of itself and is told what is missing", chapter(async () => {
  const widad = await windowOf(opened, "widad");
  const own = "/compliance/bodies/civil-registry/own";
  await widad.goto(own);
  const form = widad.locator(`form[action='${own}']`);
  await form.locator("[name=duty]").fill(WORDS);
  await form.locator("[name=cadence_days]").fill("0");
  await send(widad, form.locator("button[type=submit]"));
  assert.ok(await widad.locator(".error-summary").isVisible());
  assert.equal(await form.locator("[name=duty]").inputValue(), WORDS);
  await form.locator("[name=title]").fill("مراجعة سجل الزوار");
  await form.locator("[name=cadence_days]").fill("٦٠");
  await form.locator("[name=owner]").selectOption({ index: 1 });
  await send(widad, form.locator("button[type=submit]"));
  assert.equal(path(widad), own);
  assert.ok(await widad.locator("tbody th a", { hasText: "مراجعة سجل الزوار" }).isVisible());
  await widad.goto("/compliance/bodies/civil-registry?pack=own");
  assert.ok(await widad.locator("tbody th a", { hasText: "مراجعة سجل الزوار" }).isVisible());
  await widad.context().close();
}));
