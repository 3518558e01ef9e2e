// `npm test`: opens one world, runs every test file against it, one after the other, and closes it.
//   npm test                      all files
//   npm test -- tests/phone.test.mjs
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { e2eFolder, openWorld } from "./world.mjs";

const LOG_LINES_MAX = 40;
const results = join(e2eFolder, "test-results");
mkdirSync(results, { recursive: true });
mkdirSync(join(e2eFolder, "screenshots"), { recursive: true });

const named = process.argv.slice(2);
const every = readdirSync(join(e2eFolder, "tests")).filter((name) => name.endsWith(".test.mjs"));
const files = named.length > 0 ? named : every.sort().map((name) => join("tests", name));
const words = ["--test", "--test-concurrency=1"];
words.push("--test-reporter=spec", "--test-reporter-destination=stdout");
words.push("--test-reporter=junit", `--test-reporter-destination=${join(results, "junit.xml")}`, ...files);

/** What the program itself found worth a warning. */
function complaints(log) {
  const lines = readFileSync(log, "utf8").split("\n").filter((line) => /WARN|ERROR|panicked/.test(line));
  return ["the program said:", ...lines.slice(-LOG_LINES_MAX)].join("\n");
}

const world = await openWorld();
let status = 1;
try {
  const env = { ...process.env, DIWAN_E2E_WORLD: JSON.stringify(world.description) };
  const tests = spawn(process.execPath, words, { cwd: e2eFolder, env, stdio: "inherit" });
  status = await new Promise((done) => tests.once("exit", (code) => done(code ?? 1)));
  if (status !== 0) console.error(complaints(world.log));
} finally {
  await world.close();
}
process.exitCode = status;
