// The world of the browser tests: the real program with the demo state, a real mail server that keeps what it takes,
// both on free ports and in a folder of their own, both stopped by their process id.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const e2eFolder = dirname(fileURLToPath(import.meta.url));
export const projectFolder = dirname(e2eFolder);
export const program = resolve(projectFolder, process.env.DIWAN_BIN ?? "target/debug/diwan");
const centre = resolve(dirname(program), "smsc");

/** The demo state is loaded at the start, and a build machine may be busy. */
const START_MS_MAX = 180_000;
const STOP_MS_MAX = 20_000;
const POLL_MS = 200;

/** A world that nobody else uses. `settings` are environment variables on top of its own. */
export async function openWorld(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "diwan-e2e-"));
  const running = [];
  const close = async () => {
    for (const process of running.reverse()) await stop(process);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const mail = await startMail(folder, running);
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const data = join(folder, "data");
    const variables = { ...process.env, DIWAN_DATA: data, DIWAN_LISTEN: `127.0.0.1:${port}`, DIWAN_PUBLIC_ADDRESS: base };
    delete variables.DIWAN_DATABASE_URL;
    if (mail) variables.DIWAN_SMTP = mail.address;
    const texting = await startTexting(folder, running);
    // The one private address at which systems of these tests may be told something.
    Object.assign(variables, { DIWAN_SMPP: texting.line, DIWAN_SMPP_PASSWORD: "demo", DIWAN_ENDPOINT_NETWORKS: "127.0.0.2" });
    const log = join(folder, "diwan.log");
    const server = start(program, ["serve", "--demo"], log, { ...variables, ...settings });
    running.push(server);
    await answers(base, server, log);
    const description = { base, data, folder, mailFolder: mail?.folder ?? null, textsPage: texting.page };
    return { ...description, description, cast: castOf(data), log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The world that `run.mjs` opened for all test files. */
export function sharedWorld() {
  if (!process.env.DIWAN_E2E_WORLD) throw new Error("start the browser tests with: npm test");
  const description = JSON.parse(process.env.DIWAN_E2E_WORLD);
  return { ...description, cast: castOf(description.data) };
}

function castOf(data) {
  const cast = JSON.parse(readFileSync(join(data, "demo", "cast.json"), "utf8"));
  return Object.fromEntries(cast.map((person) => [person.name.toLowerCase(), person]));
}

/** Without the variable there is no mail server, and the one test that reads letters says so and fails. */
async function startMail(folder, running) {
  const python = process.env.DIWAN_TEST_SMTP_PYTHON;
  if (!python) return null;
  const [port, kept] = [await freePort(), join(folder, "mail")];
  mkdirSync(kept);
  const script = join(projectFolder, "crates/notify/tests/server.py");
  const server = spawn(python, [script, String(port), kept], { stdio: ["pipe", "pipe", "inherit"] });
  running.push(server);
  await new Promise((ready, failed) => {
    server.stdout.once("data", ready);
    server.once("exit", () => failed(new Error("the mail server ended before it was ready")));
  });
  return { address: `smtp://127.0.0.1:${port}`, folder: kept };
}

/** An SMS centre that shows what it is given. */
async function startTexting(folder, running) {
  const [smpp, page] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const log = join(folder, "smsc.log");
  running.push(start(centre, ["--smpp", smpp, "--page", page], log, process.env));
  const line = () => readFileSync(log, "utf8").includes("SMPP at");
  await eventually("the SMS centre", line, START_MS_MAX);
  return { line: `smpp://diwan@${smpp}`, page: `http://${page}` };
}

/** The text messages that reached a number, the newest first. */
export async function texts(world, number) {
  const answer = await fetch(`${world.textsPage}/messages?to=${encodeURIComponent(number)}`);
  return answer.json();
}

function start(file, words, log, env) {
  if (!existsSync(file)) throw new Error(`${file} is missing: cargo build -p diwan -p smsc`);
  const out = openSync(log, "a");
  return spawn(file, words, { env, stdio: ["ignore", out, out] });
}

async function stop(process) {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((done) => process.once("exit", done));
  process.kill("SIGTERM");
  const late = setTimeout(() => process.kill("SIGKILL"), STOP_MS_MAX);
  await ended;
  clearTimeout(late);
}

async function answers(base, server, log) {
  const words = () => (existsSync(log) ? readFileSync(log, "utf8") : "");
  for (const end = Date.now() + START_MS_MAX; Date.now() < end; ) {
    if (server.exitCode !== null) throw new Error(`the program ended at once:\n${words()}`);
    const response = await fetch(`${base}/health`).catch(() => null);
    if (response?.ok) return;
    await pause(POLL_MS);
  }
  throw new Error(`the program did not answer:\n${words()}`);
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** What `look` finds, as soon as it finds something. */
export async function eventually(what, look, msMax = 60_000) {
  for (const end = Date.now() + msMax; Date.now() < end; await pause(POLL_MS)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`waited ${msMax} ms in vain for ${what}`);
}

/** The letters that reached an address, with their decoded subjects. */
export function letters(world, address) {
  if (!world.mailFolder) throw new Error("no mail server: set DIWAN_TEST_SMTP_PYTHON to a python that has aiosmtpd");
  const files = readdirSync(world.mailFolder).filter((name) => name.endsWith(".eml")).sort();
  return files
    .map((name) => readFileSync(join(world.mailFolder, name), "utf8").replace(/\r\n/g, "\n"))
    .filter((text) => header(text, "To").includes(address))
    .map((text) => ({ subject: decodedWords(header(text, "Subject")), text }));
}

function header(text, name) {
  const head = text.split("\n\n")[0].replace(/\n[ \t]+/g, " ");
  return head.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
}

/** RFC 2047 words; blanks between two of them belong to neither. */
function decodedWords(value) {
  const word = /=\?utf-8\?([bq])\?([^?]*)\?=(?:\s+(?==\?))?/gi;
  const bytes = (kind, text) =>
    kind.toLowerCase() === "b"
      ? Buffer.from(text, "base64").toString("latin1")
      : text.replace(/_/g, " ").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  // A letter may be cut between two words, so that the bytes are joined before they are read.
  const plain = (run) => Buffer.from(run.replace(word, (_, kind, text) => bytes(kind, text)), "latin1").toString("utf8");
  return value.replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=\s*)+/gi, (run) => plain(run.trimEnd()) + (/\s$/.test(run) ? " " : "")).trim();
}
