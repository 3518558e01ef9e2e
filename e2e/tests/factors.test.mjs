// Huda makes her account safe: two security keys, recovery codes, and the second factor asked for again. The keys are those
// that Chromium plays itself, as a browser's own tests do.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
import { openBrowser, window } from "../people.mjs";

const chapter = journey();
let opened, huda, browser, keys, codes;

/** Keys know a site by its name, which on this machine is not the number that the other tests use. */
const named = () => ({ ...opened, world: { ...opened.world, base: opened.world.base.replace("127.0.0.1", "localhost") } });

before(async () => {
  opened = await openBrowser();
  huda = await window(named());
  browser = await huda.context().newCDPSession(huda);
  await browser.send("WebAuthn.enable");
  keys = { home: await plugIn(), office: await plugIn() };
});
after(async () => {
  rmSync(join(opened.world.folder, "session-huda.json"), { force: true });
  await opened.close();
});

async function plugIn() {
  const options = { protocol: "ctap2", transport: "usb", hasResidentKey: false, hasUserVerification: false, automaticPresenceSimulation: false };
  return (await browser.send("WebAuthn.addVirtualAuthenticator", { options })).authenticatorId;
}

/** Only this key is touched from now on. */
async function touch(wanted) {
  for (const authenticatorId of Object.values(keys))
    await browser.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: authenticatorId === wanted });
}

async function givesPassword() {
  const person = opened.world.cast.huda;
  await huda.context().clearCookies({ name: "diwan_session" });
  await huda.goto("/sign-in?next=%2Faccount");
  await huda.locator("#identifier").fill(person.identifier);
  await huda.locator("#password").fill(person.password);
  await send(huda, huda.locator("main form button[type=submit]"));
}

const main = () => huda.locator("main").innerText();
const useKey = () => huda.locator("form[data-key] button[type=submit]");

async function adds(name, key) {
  await touch(key);
  await huda.goto("/account/keys/new");
  await huda.locator("#name").fill(name);
  await huda.locator("form[data-key] button[type=submit]").click();
  await huda.waitForURL(/\/account\/keys\?done=added/);
  assert.match(await main(), new RegExp(name));
}

test("where the site is opened by a number, the page says where keys work", chapter(async () => {
  const elsewhere = await window(opened);
  const person = opened.world.cast.huda;
  await elsewhere.goto("/sign-in?next=%2Faccount%2Fkeys%2Fnew");
  await elsewhere.locator("#identifier").fill(person.identifier);
  await elsewhere.locator("#password").fill(person.password);
  await send(elsewhere, elsewhere.locator("main form button[type=submit]"));
  await elsewhere.locator("#name").fill("مفتاح");
  await elsewhere.locator("form[data-key] button[type=submit]").click();
  assert.match(await elsewhere.locator("[data-key-said]").innerText(), /localhost/);
  await elsewhere.context().close();
}));

test("she adds two keys, each with a name", chapter(async () => {
  await givesPassword();
  assert.equal(path(huda), "/account");
  await adds("مفتاح البيت", keys.home);
  await adds("مفتاح المكتب", keys.office);
  assert.equal(await huda.locator("main tbody tr").count(), 2);
}));

test("a key that was added before is told so", chapter(async () => {
  await huda.goto("/account/keys/new");
  await huda.locator("#name").fill("مرة أخرى");
  await huda.locator("form[data-key] button[type=submit]").click();
  await huda.locator("[data-key-said].fault").waitFor();
  assert.equal(path(huda), "/account/keys/new");
}));

test("she makes recovery codes, which are shown once", chapter(async () => {
  await huda.goto("/account/recovery");
  await send(huda, huda.locator("form[action='/account/recovery'] button"));
  codes = await huda.locator(".codes code").allInnerTexts();
  assert.equal(codes.length, 10);
  await huda.goto("/account/recovery");
  assert.equal(await huda.locator(".codes code").count(), 0);
}));

test("the password leads to the question for a key, and one of them opens", chapter(async () => {
  await givesPassword();
  assert.equal(path(huda), "/sign-in");
  await touch(keys.home);
  await useKey().click();
  await huda.waitForURL(/\/account$/);
}));

test("what a key answered once is refused when it is sent again", chapter(async () => {
  await givesPassword();
  let copied;
  await huda.route("**/sign-in", (route) => {
    copied = route.request().postData();
    return route.continue();
  });
  await useKey().click();
  await huda.waitForURL(/\/account$/);
  await huda.unroute("**/sign-in");
  assert.match(copied, /answer=/);
  await givesPassword();
  const again = await huda.evaluate(async (body) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch("/sign-in", { method: "POST", headers, body });
    return { status: answer.status, page: await answer.text() };
  }, copied);
  assert.equal(again.status, 401);
  assert.match(again.page, /LY-MAIL-2\.02c/);
}));

test("she removes one key and signs in with the other", chapter(async () => {
  await givesPassword();
  await useKey().click();
  await huda.waitForURL(/\/account$/);
  await huda.goto("/account/keys");
  await huda.locator("main tbody tr", { hasText: "مفتاح البيت" }).getByRole("link").click();
  await huda.locator("form[action$='/remove'] button").click();
  await send(huda, huda.locator("#confirm button[value=yes]"));
  assert.equal(await huda.locator("main tbody tr").count(), 1);
  await givesPassword();
  await touch(keys.office);
  await useKey().click();
  await huda.waitForURL(/\/account$/);
}));

test("a recovery code opens once", chapter(async () => {
  for (const attempt of ["opens", "is used"]) {
    await givesPassword();
    await huda.locator("#code").fill(codes[0].toLowerCase());
    await send(huda, huda.locator("main form:not([data-key]) button[type=submit]"));
    assert.equal(path(huda), attempt === "opens" ? "/account" : "/sign-in", attempt);
  }
  await huda.locator("#code").fill(codes[1]);
  await send(huda, huda.locator("main form:not([data-key]) button[type=submit]"));
  assert.equal(path(huda), "/account");
}));

test("with the last key gone the password opens alone again", chapter(async () => {
  await huda.goto("/account/keys");
  await huda.locator("main tbody tr").getByRole("link").click();
  await huda.locator("form[action$='/remove'] button").click();
  await send(huda, huda.locator("#confirm button[value=yes]"));
  await givesPassword();
  assert.equal(path(huda), "/account");
}));
