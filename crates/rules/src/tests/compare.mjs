// Reads programs and answers with what the server made of them; runs `rules.js` over all answers at once, and once more
// over the differences to the answers before. The first thing that is not equal ends it.
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { runInThisContext } from "node:vm";

runInThisContext(readFileSync(new URL("../rules.js", import.meta.url), "utf8"));
const sorted = (outcome) => ({ ...outcome, failed: outcome.failed.map(String).sort(), hidden: [...outcome.hidden].sort() });

/** From the answers before to these, as somebody who types: cell by cell where the rows are as many. */
function retyped(state, before, after) {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    if (Array.isArray(now) && Array.isArray(old) && now.length === old.length) {
      now.forEach((row, i) => {
        for (const column of new Set([...Object.keys(old[i]), ...Object.keys(row)])) {
          if (old[i][column] !== row[column]) state.set(key, row[column], i, column);
        }
      });
    } else if (Array.isArray(now) || Array.isArray(old)) state.setRows(key, now && structuredClone(now));
    else if (old !== now) state.set(key, now);
  }
}

let program, before, state, cases = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const read = JSON.parse(line);
  if (read.program) {
    program = read.program;
    state = globalThis.DiwanRules.start(program, read.today);
    before = undefined;
    continue;
  }
  cases++;
  const expected = sorted(read.expected);
  const fresh = globalThis.DiwanRules.start(program, state.today ?? 20513);
  fresh.load(read.answers);
  if (before) retyped(state, before, read.answers);
  else state.load(read.answers);
  for (const [how, ours] of [["at once", fresh], ["retyped", state]]) {
    const got = JSON.parse(JSON.stringify(sorted(ours.outcome())));
    if (!isDeepStrictEqual(got, expected)) {
      console.error(`case ${cases}, ${how}:`, JSON.stringify({ program, before, answers: read.answers, got, expected }, null, 1));
      process.exit(1);
    }
  }
  before = read.answers;
}
console.log(`${cases} answers alike in Rust and JavaScript`);
