// What a keystroke costs in a very large form: 700 questions, 500 rules, a group of 120 rows. The form is published through
// the API of a real Diwan and filled in Chromium, as a person would. Two figures for each keystroke:
//
//   at once     from the event to everything right on the page, style and layout included, by the page's own clock
//   next frame  the main thread's CPU time of a real keystroke, from the key until its frame is handed over, as traced
//
// Started by `bin/bench form`; needs e2e/node_modules. DIWAN_BIN names the program.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { call, openBrowser, signIn, window } from "../e2e/people.mjs";
import { openWorld, projectFolder } from "../e2e/world.mjs";

const STEPS = 28, IN_STEP = 25, ROWS = 120, RULES = 500, GOAL_MS = 16;
const KEYS_EACH = Number(process.env.BENCH_KEYS ?? 60);
const SERVICE = "residence-certificate";
/** Between keystrokes; the pause after which the page saves is longer. */
const PAUSE_MS = 60;
/** By then the page has saved, which is no part of a keystroke. */
const SAVED_MS = 1_500;

const title = (ar, en) => ({ title: ar, "x-en": { title: en } });
const number = (ar, en, more = {}) => ({ type: "number", ...title(ar, en), ...more });
const fault = (rule) => ({ rule, ...title("راجع هذا الرقم", "Look at this number again") });
const two = (place) => String(place).padStart(2, "0");

/** A step of 25 questions: amounts, conditions on them, sums over them and over the step before. */
function questions(step) {
  const s = two(step), key = (place) => `q${s}_${two(place)}`, list = {};
  for (let place = 0; place < IN_STEP; place++) {
    const [ar, en] = [`السؤال ${step + 1}.${place + 1}`, `Question ${step + 1}.${place + 1}`];
    if (place < 5) list[key(place)] = number(ar, en, { "x-check": fault(`${key(place)} <= 100000.0 * rate + 1.0`) });
    else if (place < 12) list[key(place)] = { type: "string", maxLength: 200, ...title(ar, en) };
    else if (place < 19) list[key(place)] = number(ar, en, { "x-when": `${key(0)} > ${place}.0 || rate > ${60 + place}.0` });
    else if (place < 24) list[key(place)] = number(ar, en, { "x-calculate": `round(${key(place - 19)} * rate, 2)` });
    else {
      const before = step === 0 ? "site_total" : `q${two(step - 1)}_24`;
      const own = [19, 20, 21, 22, 23].map((it) => `(has(${key(it)}) ? ${key(it)} : 0.0)`).join(" + ");
      list[key(place)] = number(ar, en, { "x-calculate": `${own} + (has(${before}) ? ${before} : 0.0)` });
    }
  }
  return list;
}

/** 120 rows of eight cells, two of them computed, one conditional, one checked. */
const group = {
  type: "array",
  ...title("القطع", "Plots"),
  maxItems: 300,
  items: {
    type: "object",
    ...title("قطعة", "Plot"),
    additionalProperties: false,
    properties: {
      name: { type: "string", ...title("الاسم", "Name") },
      use: {
        type: "string",
        ...title("الاستعمال", "Use"),
        oneOf: [{ const: "home", ...title("سكن", "Home") }, { const: "shop", ...title("محل", "Shop") }],
      },
      length: number("الطول", "Length", { "x-check": fault("row.length < 1000.0") }),
      width: number("العرض", "Width"),
      storeys: number("الطوابق", "Storeys"),
      shops: number("المحال", "Shops", { "x-when": "row.use == 'shop'" }),
      area: number("المساحة", "Area", { "x-calculate": "round(row.length * row.width, 2)" }),
      fee: number("الرسم", "Fee", { "x-calculate": "round(row.area * rate + (has(row.storeys) ? row.storeys * rate : 0.0), 2)" }),
    },
  },
};

/** Counted as authors write them: each condition, calculation and check is one. */
const rulesIn = (part) =>
  Object.entries(part).reduce((sum, [name, inner]) => {
    const own = ["x-when", "x-calculate", "x-check"].includes(name) ? 1 : 0;
    return sum + own + (inner && typeof inner === "object" ? rulesIn(inner) : 0);
  }, 0);

function form() {
  const properties = {}, steps = [];
  for (let step = 0; step < STEPS; step++) {
    const own = questions(step), keys = Object.keys(own);
    if (step === 0) {
      // The group, what it adds up to, and the number on which everything hangs take the places of three plain questions.
      for (const key of ["q00_09", "q00_10", "q00_11"]) delete own[key];
      const first = { rate: number("السعر", "Rate"), plots: group, site_total: number("مجموع الرسوم", "All fees", { "x-calculate": "plots.map(p, p.fee).sum()" }) };
      Object.assign(properties, first, own);
      steps.push({ id: "s00", ...title("القسم 1", "Part 1"), properties: [...Object.keys(first), ...Object.keys(own)] });
    } else {
      Object.assign(properties, own);
      steps.push({ id: `s${two(step)}`, ...title(`القسم ${step + 1}`, `Part ${step + 1}`), properties: keys });
    }
  }
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", ...title("نموذج كبير", "A large form"), type: "object", additionalProperties: false, properties, "x-steps": steps };
  // What is still missing of the rules: checks between neighbours.
  const plain = Object.keys(properties).filter((key) => properties[key].type === "string");
  for (let place = 0; rulesIn(schema) < RULES; place++) properties[plain[place]]["x-check"] = fault(`size(${plain[place]}) < 150 + int(rate)`);
  return schema;
}

/** Registered, attested and published, each by whoever may. */
async function publish(opened, schema) {
  const at = `/api/v1/directory/entries`;
  const live = await call(opened, "hamad", "GET", `${at}/${SERVICE}/versions/1`);
  const card = { ...live.card, documents_none: true, document: [] };
  const { version } = await call(opened, "hamad", "POST", at, { card, form: schema, process: live.process });
  await call(opened, "halima", "POST", `/api/v1/services/${SERVICE}/process/attest`, { version });
  await call(opened, "laila", "POST", `${at}/${SERVICE}/versions/${version}/publish`, {});
}

/** Answers to the group and the amounts, as the page itself posts them. */
function answers() {
  const posted = new URLSearchParams({ rate: "2.5", plots: String(ROWS) });
  for (let row = 0; row < ROWS; row++) {
    const cells = { name: `قطعة ${row + 1}`, use: row % 3 ? "home" : "shop", length: 20 + (row % 7), width: 15.5, storeys: 1 + (row % 4) };
    for (const [key, value] of Object.entries(cells)) posted.set(`plots.${row}.${key}`, String(value));
  }
  for (let place = 0; place < 5; place++) posted.set(`q00_${two(place)}`, String(10 + place));
  return posted.toString();
}

const percentile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(list.length * share) - 1)];

/** Every keystroke writes another value; the answer counts when layout is done. */
async function atOnce(page, name) {
  return page.evaluate(
    ([name, keys]) => {
      const input = document.querySelector(`[name="${CSS.escape(name)}"]`);
      input.scrollIntoView({ block: "center" });
      input.focus();
      const took = [], before = input.value;
      for (let key = 0; key < keys; key++) {
        input.value = /\d/.test(before) ? String(1 + ((key * 37) % 90)) + (key % 3 ? "" : ".5") : "نص ".repeat(1 + (key % 9));
        const began = performance.now();
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        document.documentElement.getBoundingClientRect();
        input.getBoundingClientRect();
        took.push(performance.now() - began);
      }
      return took;
    },
    [name, KEYS_EACH],
  );
}

/** Real keys, and what the main thread computed from the key until its frame was handed over: CPU time, as Chromium traces it. */
async function nextFrame(page, browser, name) {
  const input = page.locator(`[name="${name}"]`);
  await input.fill("");
  await input.focus();
  await page.waitForTimeout(SAVED_MS);
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
  for (let key = 0; key < KEYS_EACH; key++) {
    await page.keyboard.press(key % 4 === 3 ? "Backspace" : String(1 + (key % 9)));
    await page.waitForTimeout(PAUSE_MS);
  }
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  return frames(traceEvents);
}

/** The tasks of the main thread between each key and the frame that shows what it changed. */
function frames(events) {
  const keys = events.filter((it) => it.name === "EventDispatch" && it.args.data.type === "keydown").sort((a, b) => a.ts - b.ts);
  const own = events.filter((it) => keys.length && it.pid === keys[0].pid && it.tid === keys[0].tid);
  const tasks = own.filter((it) => it.name === "RunTask"), commits = own.filter((it) => it.name === "Commit").sort((a, b) => a.ts - b.ts);
  return keys.map((key, place) => {
    const until = keys[place + 1]?.ts ?? Infinity;
    // The frame that shows the change is the first one that was handed over after the key was let go or typed.
    const typed = own.find((it) => it.name === "EventDispatch" && it.args.data.type === "input" && it.ts > key.ts && it.ts < until);
    const end = commits.find((it) => it.ts > (typed ?? key).ts && it.ts < until);
    const last = end ? end.ts + (end.dur ?? 0) : until;
    const within = tasks.filter((it) => it.ts + it.dur > key.ts && it.ts < last);
    return within.reduce((sum, it) => sum + (it.tdur ?? it.dur), 0) / 1000;
  });
}

const FIELDS = [
  ["a plain text that no rule reads", "s00", "q00_08"],
  ["an amount that shows and hides seven questions", "s00", "q00_00"],
  ["a cell of row 1 (its area, its fee, the sum, every total)", "s00", "plots.0.length"],
  ["a cell of row 60", "s00", "plots.59.length"],
  ["a cell of row 120", "s00", "plots.119.width"],
  ["a cell of row 60 that no rule reads", "s00", "plots.59.name"],
  ["the rate, which 420 rules and all 120 rows read", "s00", "rate"],
  ["an amount of step 14 that is in every later total", "s13", "q13_01"],
];

const schema = form();
const size = { questions: Object.keys(schema.properties).length, rules: rulesIn(schema), rows: ROWS, bytes: JSON.stringify(schema).length };
console.log(JSON.stringify(size));
const world = await openWorld({ DIWAN_CALLS_PER_SECOND: "0" });
process.env.DIWAN_E2E_WORLD = JSON.stringify(world.description);
let opened;
try {
  opened = await openBrowser();
  await publish(opened, schema);
  const page = await window(opened);
  await signIn(page, opened.world.cast.salma, "/");
  await page.goto(`/services/${SERVICE}/apply`);
  await page.locator("main button.start").click();
  await page.waitForURL(/\/drafts\//);
  const draft = new URL(page.url()).pathname.split("/")[2];
  const kept = await page.evaluate(
    ([draft, body]) => fetch(`/drafts/${draft}/keep/s00`, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } }).then((answer) => answer.status),
    [draft, answers()],
  );
  if (kept !== 200) throw new Error(`the answers were not kept: ${kept}`);
  const rows = [];
  let at;
  for (const [what, step, name] of FIELDS) {
    if (at !== step) await page.goto(`/drafts/${draft}/${(at = step)}`);
    const once = await atOnce(page, name), frame = await nextFrame(page, opened.browser, name);
    rows.push({ what, name, keystrokes: once.length, once_p50_ms: percentile(once, 0.5), once_p99_ms: percentile(once, 0.99), frame_p50_ms: percentile(frame, 0.5), frame_p99_ms: percentile(frame, 0.99), once, frame });
    const shown = rows.at(-1);
    console.log(`${what}: at once p50 ${shown.once_p50_ms.toFixed(1)} p99 ${shown.once_p99_ms.toFixed(1)} ms, frame p50 ${shown.frame_p50_ms.toFixed(1)} p99 ${shown.frame_p99_ms.toFixed(1)} ms`);
  }
  write(rows);
} finally {
  await opened?.close();
  await world.close();
}

function write(rows) {
  const all = (key) => rows.flatMap((row) => row[key]);
  const total = ["once", "frame"].map((key) => [0.5, 0.99].map((share) => percentile(all(key), share)));
  const cell = (value) => value.toFixed(1);
  const line = (what, keystrokes, figures) => `| ${what} | ${keystrokes} | ${figures.map(cell).join(" | ")} |`;
  const lines = [
    "# bin/bench form", "",
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores. A form of ${size.questions} questions, ${size.rules} rules and a group of ${ROWS} rows of eight cells (${Math.round(size.bytes / 1024)} KiB), published and filled in Chromium. Goal: ${GOAL_MS} ms at p99.`, "",
    "“At once” is from the event to everything right on the page, with style and layout, by the page's clock. “Next frame” is the CPU time of the main thread for a real key, until the frame that shows the change is handed over.", "",
    "| keystrokes in | count | at once p50 ms | p99 ms | next frame p50 ms | p99 ms |", "|---|---|---|---|---|---|",
    ...rows.map((row) => line(row.what, row.keystrokes, [row.once_p50_ms, row.once_p99_ms, row.frame_p50_ms, row.frame_p99_ms])),
    line("**all**", all("once").length, total.flat()), "",
    "Rules mean the same in the browser and on the server: `RULES_CASES=100000 cargo nextest run -p rules the_browser_computes` compares them over 100,000 random answers, and `bin/bench form` runs it first.",
  ];
  const folder = join(projectFolder, "bench/results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "form.md"), lines.join("\n") + "\n");
  const plain = rows.map(({ once, frame, ...row }) => row);
  writeFileSync(join(folder, "form.json"), JSON.stringify({ ...size, rows: plain, all: { once_p99_ms: total[0][1], frame_p99_ms: total[1][1] } }, null, 1) + "\n");
  console.log(`all: at once p99 ${cell(total[0][1])} ms, next frame p99 ${cell(total[1][1])} ms; written to bench/results/form.md`);
}
