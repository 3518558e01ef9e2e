// The regulation as it runs: an auditor finds something, the body answers, somebody else closes; a body asks to be let off an
// article and is told why or why not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
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
