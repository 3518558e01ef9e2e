// `npm test`: opens one world, runs every test file against it, one after the other, and closes it.
//   npm test                      all files
//   npm test -- tests/phone.test.mjs
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { e2eFolder, openWorld } from "./world.mjs";

const results = join(e2eFolder, "test-results");
mkdirSync(results, { recursive: true });
mkdirSync(join(e2eFolder, "screenshots"), { recursive: true });

const named = process.argv.slice(2);
const every = readdirSync(join(e2eFolder, "tests")).filter((name) => name.endsWith(".test.mjs"));
const files = named.length > 0 ? named : every.sort().map((name) => join("tests", name));
const reports = ["spec", "stdout", "junit", join(results, "junit.xml")];
const words = ["--test", "--test-concurrency=1", ...files];
for (const [at, option] of ["reporter", "reporter-destination", "reporter", "reporter-destination"].entries()) {
  words.splice(-files.length, 0, `--test-${option}=${reports[at]}`);
}

const world = await openWorld();
let status = 1;
try {
  const env = { ...process.env, DIWAN_E2E_WORLD: JSON.stringify(world.description) };
  const tests = spawn(process.execPath, words, { cwd: e2eFolder, env, stdio: "inherit" });
  status = await new Promise((done) => tests.once("exit", (code) => done(code ?? 1)));
  if (status !== 0) console.error(readFileSync(world.log, "utf8").split("\n").slice(-40).join("\n"));
} finally {
  await world.close();
}
process.exitCode = status;
