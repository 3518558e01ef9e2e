// Amal looks up who may publish, proposes that the act needs a security key, and Omar decides. Neither decides alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
import { openBrowser, windowOf } from "../people.mjs";

const chapter = journey();
const REASON = "تعليمات أمن المعلومات تطلب مفتاح أمان لهذا الفعل.";
let opened;

before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test("a permission is looked up, and narrowed by two people", chapter(async () => {
  const amal = await windowOf(opened, "amal");
  await amal.goto("/account");
  await amal.locator("a[href='/permissions']").first().click();
  await amal.waitForURL((url) => url.pathname === "/permissions");
  await amal.locator("form.filter input[name=q]").fill("نشر قالب");
  await amal.locator("form.filter button[type=submit]").click();
  await amal.waitForURL((url) => url.searchParams.has("q"));
  assert.equal(await amal.locator("tbody tr").count(), 0, "no act is called so");
  await amal.goto("/permissions?of=services&role=verifier");
  await amal.locator("a[href='/permissions/services/merge']").click();
  await amal.waitForURL((url) => url.pathname === "/permissions/services/merge");
  assert.match(await amal.locator("main").innerText(), /entry-verifier-acts/);
  await amal.locator("a[href^='/permissions/narrowings/new']").click();
  const form = amal.locator("form[action='/permissions/narrowings'][method=post]");
  await form.locator("input[value='assurance:high']").check();
  await send(amal, form.locator("button[type=submit]"));
  assert.equal(path(amal), "/permissions/narrowings", "a reason is asked for");
  assert.ok(await form.locator("input[value='assurance:high']").isChecked(), "what was chosen is still there");
  await form.locator("textarea[name=reason]").fill(REASON);
  await send(amal, form.locator("button[type=submit]"));
  const proposal = await amal.locator("tbody th a").first().getAttribute("href");
  await amal.goto(proposal);
  assert.equal(await amal.locator("form[action$='/decide']").count(), 0, "nobody decides on their own proposal");

  const omar = await windowOf(opened, "omar");
  await omar.goto(proposal);
  await omar.locator("textarea[name=words]").fill(REASON);
  await send(omar, omar.locator("button[value=agree]"));
  assert.match(await omar.locator("main").innerText(), /نافذ/);
  await amal.goto(proposal);
  await amal.locator("textarea[name=reason]").fill(REASON);
  await send(amal, amal.locator("form[action$='/end'] button[type=submit]"));
  await omar.goto(proposal);
  await omar.locator("textarea[name=words]").fill(REASON);
  await send(omar, omar.locator("button[value=agree]"));
  assert.match(await omar.locator("main").innerText(), /منتهٍ/);
  await amal.context().close();
  await omar.context().close();
}));
