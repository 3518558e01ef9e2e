// The cast in front of browsers: each signs in through the page, the way a person does.
import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { pause, sharedWorld } from "./world.mjs";

/** Machines that build and test at once are slow. */
export const WAIT_MS_MAX = Number(process.env.DIWAN_E2E_WAIT_MS ?? 60_000);
const CODE_SECONDS = 30;
const BROWSER = process.env.DIWAN_CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-sync",
  "--no-first-run",
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** One browser for a test file. */
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
  const world = sharedWorld();
  return { browser, world, close: () => browser.close() };
}

/** A browser window of nobody yet. */
export async function window({ browser, world }, { size = DESKTOP, lang = "ar", script = true, state } = {}) {
  const context = await browser.newContext({
    baseURL: world.base,
    viewport: size,
    locale: lang === "ar" ? "ar-LY" : "en-GB",
    javaScriptEnabled: script,
    acceptDownloads: true,
    storageState: state,
  });
  context.setDefaultTimeout(WAIT_MS_MAX);
  await context.addCookies([{ name: "lang", value: lang, url: world.base }]);
  return context.newPage();
}

/** A window in which one of the cast is signed in; who signed in before in this world keeps the session. */
export async function windowOf(opened, handle, options = {}) {
  const kept = join(opened.world.folder, `session-${handle}.json`);
  const page = await window(opened, { ...options, state: existsSync(kept) ? kept : undefined });
  if (!existsSync(kept)) {
    await signIn(page, opened.world.cast[handle]);
    await page.context().storageState({ path: kept });
    await page.context().addCookies([{ name: "lang", value: options.lang ?? "ar", url: opened.world.base }]);
  }
  return page;
}

/** Identifier and password, then the code where the person has one; a code that was used waits for the next. */
export async function signIn(page, person, next = "/account") {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator("#identifier").fill(person.identifier);
  await page.locator("#password").fill(person.password);
  await page.locator("main form button[type=submit]").click();
  if (!person.totp_secret) return page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  for (const attempt of [1, 2]) {
    await page.locator("#code").fill(code(person.totp_secret));
    await page.locator("main form button[type=submit]").click();
    await page.waitForLoadState();
    if (!new URL(page.url()).pathname.startsWith("/sign-in")) return;
    if (attempt === 1) await pause((CODE_SECONDS - ((Date.now() / 1000) % CODE_SECONDS)) * 1000 + 500);
  }
  throw new Error(`${person.name} could not sign in: ${await page.locator("main").innerText()}`);
}

/** RFC 6238 with SHA-1 and six digits, as authenticator apps count. */
export function code(secret, seconds = Date.now() / 1000) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / CODE_SECONDS)));
  const mac = createHmac("sha1", base32(secret)).update(step).digest();
  const number = mac.readUInt32BE(mac[mac.length - 1] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function base32(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.replace(/=+$/, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((eight) => Number.parseInt(eight, 2)));
}

/** Calls the API as one of the cast: how tests set a stage that they do not test. */
export async function call({ world }, handle, method, path, body) {
  const response = await fetch(world.base + path, {
    method,
    headers: { authorization: `Bearer ${world.cast[handle].token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
