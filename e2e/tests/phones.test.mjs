// Huda puts her number on record, signs in with a code that comes by text message, and is asked for one again. The message
// goes over SMPP to a centre that shows it.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { journey, path, send } from "../journey.mjs";
import { openBrowser, window } from "../people.mjs";
import { eventually, texts } from "../world.mjs";

const NUMBER = "+218920000777";
const chapter = journey();
let opened, huda, seen = 0;

before(async () => {
  opened = await openBrowser();
  huda = await window(opened);
});
after(async () => {
  rmSync(join(opened.world.folder, "session-huda.json"), { force: true });
  await opened.close();
});

const main = () => huda.locator("main").innerText();

/** What the phone shows next. */
async function code() {
  const all = await eventually("a text message", async () => {
    const found = await texts(opened.world, NUMBER);
    return found.length > seen && found;
  });
  seen = all.length;
  assert.doesNotMatch(all[0].text, /:\/\/|www/);
  return all[0].text.match(/\d{6}/)[0];
}

async function givesPassword() {
  const person = opened.world.cast.huda;
  await huda.context().clearCookies({ name: "diwan_session" });
  await huda.goto("/sign-in?next=%2Faccount");
  await huda.locator("#identifier").fill(person.identifier);
  await huda.locator("#password").fill(person.password);
  await send(huda, huda.locator("form:has(#password) button[type=submit]"));
}

async function asks(number) {
  await huda.goto("/account/phone");
  await huda.locator("#phone").fill(number);
  await send(huda, huda.locator("form:has(#phone) button[type=submit]"));
}

test("a number from abroad or a temporary one is refused, and stays in its field", chapter(async () => {
  await givesPassword();
  for (const number of ["+21650000101", "091 990 0001"]) {
    await asks(number);
    assert.equal(await huda.locator("#phone").inputValue(), number);
    assert.ok(await huda.locator(".error-summary").isVisible());
  }
  assert.equal((await texts(opened.world, NUMBER)).length, 0);
}));

test("she puts her number on record with the code that came", chapter(async () => {
  await asks("092 000 0777");
  const sent = await code();
  await huda.locator("#code").fill("000000");
  await send(huda, huda.locator("form[action$='/confirm'] button[type=submit]"));
  assert.match(await main(), /المحاولات الباقية/);
  await huda.locator("#code").fill(sent);
  await send(huda, huda.locator("form[action$='/confirm'] button[type=submit]"));
  assert.match(await main(), /ليبيانا/);
}));

test("from then on signing in asks for a code, which counts once", chapter(async () => {
  await send(huda, huda.locator("form[action$='/factor'] button"));
  await givesPassword();
  assert.equal(path(huda), "/sign-in");
  assert.match(await main(), /••••777/);
  const sent = await code();
  await huda.locator("#code").fill(sent);
  await send(huda, huda.locator("form:has(#code) button[type=submit]"));
  assert.equal(path(huda), "/account");
  await givesPassword();
  await code();
  await huda.locator("#code").fill(sent);
  await send(huda, huda.locator("form:has(#code) button[type=submit]"));
  assert.equal(path(huda), "/sign-in");
  assert.ok(await huda.locator(".notice.refusal").isVisible());
}));

test("another code can be sent, and the account page tells of the number", chapter(async () => {
  await send(huda, huda.locator("button[name=text]"));
  await huda.locator("#code").fill(await code());
  await send(huda, huda.locator("form:has(#code) button[type=submit]"));
  assert.equal(path(huda), "/account");
  assert.match(await main(), /\+218920000777/);
}));

test("she gives the code up and removes the number", chapter(async () => {
  await huda.goto("/account/phone");
  for (const form of ["/factor/remove", "/phone/remove"]) {
    await huda.locator(`form[action$='${form}'] button`).click();
    await send(huda, huda.locator("#confirm button[value=yes]"));
  }
  await givesPassword();
  assert.equal(path(huda), "/account");
}));
