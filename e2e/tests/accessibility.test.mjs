// Every page in both languages at three widths: no axe violation, nothing that scrolls sideways, no number turned round,
// language and direction right, nothing in the console, nothing against the content policy. A picture of each is kept for whoever looks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PAGES } from "../pages.mjs";
import { openBrowser, window, windowOf } from "../people.mjs";
import { prepare } from "../stage.mjs";
import { e2eFolder } from "../world.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const LANGUAGES = { ar: { dir: "rtl", picture: 390 }, en: { dir: "ltr", picture: 1280 } };
const WIDTHS = [320, 768, 1280];
const HEIGHT = 900;
/** What Chromium says of a request whose page was left before it was answered. */
const LEFT_BEHIND = "net::ERR_ABORTED";

let opened, stage;
const windows = new Map();

before(async () => {
  opened = await openBrowser();
  stage = await prepare(opened);
});
after(() => opened.close());

for (const page of PAGES) {
  for (const [lang, expected] of Object.entries(LANGUAGES)) {
    test(`${page.name} in ${lang}`, () => look(page, lang, expected));
  }
}

/** One window for each person and language, so that signing in is done once. */
async function windowFor(who, lang) {
  const key = `${who} ${lang}`;
  if (!windows.has(key)) windows.set(key, await (who ? windowOf(opened, who, { lang }) : window(opened, { lang })));
  return windows.get(key);
}

async function look({ name, who, path, ready, act, status = 200 }, lang, expected) {
  const page = await windowFor(who, lang);
  if (ready) await ready(page, who && opened.world.cast[who]);
  const complaints = listen(page, status);
  try {
    await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
    const answer = await page.goto(typeof path === "function" ? path(stage) : path);
    assert.equal(answer.status(), status);
    if (act) await act(page, who && opened.world.cast[who]);
    await page.evaluate(AXE);
    const found = [];
    for (const width of WIDTHS) found.push(...(await problems(page, width)));
    const head = await page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title, h1: document.querySelectorAll("h1").length }));
    await page.setViewportSize({ width: expected.picture, height: HEIGHT });
    await page.screenshot({ path: join(e2eFolder, "screenshots", `${name}-${lang}-${expected.picture}.png`), fullPage: true });
    assert.deepEqual({ lang: head.lang, dir: head.dir }, { lang, dir: expected.dir });
    assert.deepEqual([...found, ...complaints.said], []);
  } finally {
    complaints.stop();
  }
}

/** What the browser complains about; that a page is refused on purpose is no complaint, nor that what was still loading is left behind with the page before. */
function listen(page, status) {
  const said = [];
  const refused = (text) => [status, 422].some((code) => code >= 400 && text.includes(`status of ${code}`));
  const onConsole = (message) => ["error", "warning"].includes(message.type()) && !refused(message.text()) && said.push(`console: ${message.text()}`);
  const onError = (error) => said.push(`script: ${error.message}`);
  const onFailed = (request) => request.failure()?.errorText !== LEFT_BEHIND && said.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`);
  page.on("console", onConsole).on("pageerror", onError).on("requestfailed", onFailed);
  const stop = () => page.off("console", onConsole).off("pageerror", onError).off("requestfailed", onFailed);
  return { said, stop };
}

async function problems(page, width) {
  await page.setViewportSize({ width, height: HEIGHT });
  const { sideways, unread, violations } = await page.evaluate(inspect, RULES);
  const turned = await page.evaluate(turnedNumbers);
  const wide = sideways.length > 0 ? [`scrolls sideways because of ${sideways.join(" | ")}`] : [];
  return [...wide, ...unread.map((face) => `typeface not loaded: ${face}`), ...turned, ...violations].map((problem) => `${width} px: ${problem}`);
}

/** Runs in the page: the elements that stick out at either side, the typefaces that did not come, and what axe says. */
async function inspect(rules) {
  await document.fonts.ready;
  const root = document.scrollingElement;
  const brief = (element) => element.outerHTML.slice(0, 140).replace(/\s+/g, " ");
  const sticksOut = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
  };
  const scrolls = root.scrollWidth > root.clientWidth;
  const sideways = scrolls ? [...document.body.querySelectorAll("*")].filter(sticksOut).slice(0, 3).map(brief) : [];
  if (scrolls && sideways.length === 0) sideways.push("an element that cannot be told");
  const unread = [...document.fonts].filter((face) => face.status === "error").map((face) => `${face.family} ${face.weight}`);
  const { violations } = await window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  const told = violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) => `${rule.id} at ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ").slice(0, 260)}`));
  return { sideways, unread, violations: told };
}

/** Runs in the page: numbers of requests and telephones that stand on the screen from right to left, amid Arabic words. */
function turnedNumbers() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const leftOf = (node, at) => {
    const letter = document.createRange();
    letter.setStart(node, at);
    letter.setEnd(node, at + 1);
    return letter.getBoundingClientRect();
  };
  while (texts.nextNode()) {
    for (const number of texts.currentNode.data.matchAll(/\d{2}-\d{4}-\d{4}-\d{2}|\+\d{6,}/g)) {
      const first = leftOf(texts.currentNode, number.index);
      const last = leftOf(texts.currentNode, number.index + number[0].length - 1);
      const oneLine = first.width > 0 && Math.abs(first.top - last.top) < first.height / 2;
      if (oneLine && first.left > last.left) found.push(`${number[0]} is turned round in: ${texts.currentNode.data.trim().slice(0, 90)}`);
    }
  }
  return found;
}
