// Huda asks for the same certificate in English, on a wide screen, and never touches a mouse.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { journey, numberOf, path } from "../journey.mjs";
import { openBrowser, window } from "../people.mjs";

/** More stops than any page has on the way to what is looked for. */
const TABS_MAX = 140;
const chapter = journey();
let opened, page;

before(async () => {
  opened = await openBrowser();
  page = await window(opened, { lang: "en" });
});
after(() => opened.close());

/** Moves on with Tab until `selector` has the focus; every stop on the way must be seen. */
async function tabTo(selector) {
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused, selector);
    assert.ok(at.visible, `the focus is visible on ${at.what}`);
    if (at.found) return;
  }
  assert.fail(`no Tab leads to ${selector} on ${page.url()}`);
}

/** Runs in the page: whether the focus shows, on the element or on the box drawn around it, and stands where looked for. */
function focused(selector) {
  const element = document.activeElement;
  if (!element || element === document.body) return { visible: true, found: false, what: "the page itself" };
  const outlined = (part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  };
  const box = element.getBoundingClientRect();
  // The browser draws the ring of a calendar button itself, inside the date field, where no page can see it.
  const drawn = outlined(element) || outlined(element.parentElement) || element.type === "date";
  const visible = drawn && box.width > 1 && box.height > 1;
  return { visible, found: element.matches(selector), what: `${location.pathname} ${element.outerHTML.slice(0, 120)}` };
}

/** Presses Enter on what leads to another page: a link, a field, or the button of a form. */
async function press() {
  const loaded = page.waitForEvent("load");
  await page.keyboard.press("Enter");
  await loaded;
}

test("the skip link is the first stop, is seen, and leads past the head of the page", chapter(async () => {
  await page.goto("/");
  await tabTo("a.skip");
  assert.ok(await page.locator("a.skip").isVisible());
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
}));

test("a search and the card are reached by keys alone", chapter(async () => {
  await tabTo("main input[name=q]");
  await page.keyboard.type("residence");
  await press();
  await tabTo(".card-title a[href='/services/residence-certificate']");
  await press();
  assert.equal(path(page), "/services/residence-certificate");
  await tabTo("main .actions a, main button.start");
  await press();
  assert.equal(path(page), "/sign-in");
}));

test("signing in, answering and sending need no mouse", chapter(async () => {
  const { identifier, password } = opened.world.cast.huda;
  await tabTo("#identifier");
  await page.keyboard.type(identifier);
  await tabTo("#password");
  await page.keyboard.type(password);
  await press();
  await tabTo("main button.start");
  await press();
  await answerByKeys();
  assert.match(path(page), /\/summary$/);
  await tabTo("main [name=declaration]");
  await page.keyboard.press("Space");
  assert.ok(await page.locator("main [name=declaration]").isChecked());
  await tabTo("form.sending button.start");
  await press();
  const number = await numberOf(page);
  await tabTo(`main a[href="/requests/${number}"]`);
  await press();
  assert.equal(path(page), `/requests/${number}`);
}));

async function answerByKeys() {
  await tabTo("[name=address]");
  await page.keyboard.type("12 Palm Street, Zaytoun district, flat 7");
  await tabTo("[name=city]");
  await page.keyboard.type("Sahel City");
  await tabTo("[name=residing_since]");
  // The same whether the browser asks for the day or the month first.
  await page.keyboard.type("09092021");
  assert.equal(await page.locator("[name=residing_since]").inputValue(), "2021-09-09");
  await tabTo("[name=household_members]");
  await page.keyboard.type("5");
  await tabTo("main form .actions button[type=submit]");
  await press();
  await tabTo("[name=purpose]");
  await page.keyboard.type("A bank");
  assert.notEqual(await page.locator("[name=purpose]").inputValue(), "");
  await tabTo("main form .actions button[type=submit]");
  await press();
}
