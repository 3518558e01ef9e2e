// Runs schemathesis against the API: every answer must be documented, of the documented type and shape, and never a 5xx.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { e2eFolder, openWorld } from "../world.mjs";

const EXAMPLES_PER_CALL = 30;
const RUN_SECONDS_MAX = 900;
const PEOPLE = ["salma", "hamad"];

/** What does not fit this API, each with its reason. */
const LEFT_OUT = {
  // Whether a service exists, a cursor is ours or a person may apply is no matter of the schema: 422 is the right answer.
  positive_data_acceptance: "the rules go further than the schema",
};
/** Not `stateful`: it follows the list of tokens and ends the very token that it calls with. */
const PHASES = ["examples", "coverage", "fuzzing"];

const python = process.argv[2];
if (!python) {
  console.error("usage: e2e/api/run PYTHON");
  process.exit(2);
}

function check(base, name, token) {
  const results = join(e2eFolder, "test-results");
  mkdirSync(results, { recursive: true });
  const words = ["run", `${base}/api/openapi.json`, "--header", `Authorization: Bearer ${token}`, "--no-color"];
  // What is sent piece by piece follows the tus protocol, whose answers are its own; a client of that protocol tries it in `tests/forms.test.mjs`.
  words.push("--exclude-path-regex", "^/api/v1/uploads");
  words.push("--checks", "all", "--exclude-checks", Object.keys(LEFT_OUT).join(","), "--phases", PHASES.join(","));
  words.push("--max-examples", String(EXAMPLES_PER_CALL), "--generation-deterministic");
  words.push("--continue-on-failure", "--request-timeout", "60", "--warnings", "off");
  words.push("--report", "junit", "--report-junit-path", join(results, `api-${name}.xml`));
  console.log(`▸ the API as ${name}`);
  const run = spawn(join(dirname(python), "schemathesis"), words, { stdio: "inherit", cwd: results });
  const late = setTimeout(() => run.kill("SIGTERM"), RUN_SECONDS_MAX * 1000);
  return new Promise((done, failed) => {
    run.once("error", failed);
    run.once("exit", (code) => {
      clearTimeout(late);
      done(code ?? 1);
    });
  });
}

let status = 0;
if (process.env.BASE) {
  status = await check(process.env.BASE, "caller", process.env.TOKEN);
} else {
  // The limit of calls is tested elsewhere; here it would only hide the answers.
  const world = await openWorld({ DIWAN_CALLS_PER_SECOND: "0" });
  try {
    for (const name of PEOPLE) status = Math.max(status, await check(world.base, name, world.cast[name].token));
  } finally {
    await world.close();
  }
}
process.exitCode = status;
