// Runs the compiled rules of a form, only what a change touches. The server runs the same program over all answers; a
// test compares both over random programs. Numbers are whole millionths, so that nothing drifts; null has no value.
(() => {
  "use strict";
  const ONE = 1000000n, END = 1000000000000n * ONE;
  const fit = (n) => (n < END && n > -END ? n : null);
  const size = (n) => (n < 0n ? -n : n);
  // Half away from zero.
  const quotient = (n, by) => {
    const whole = n / by, rest = n % by;
    return size(rest) * 2n >= size(by) ? whole + (n < 0n === by < 0n ? 1n : -1n) : whole;
  };
  const down = (n, by) => (n % by < 0n ? n / by - 1n : n / by);
  const whole = (n) => fit(BigInt(n) * ONE);

  const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
  const parse = (text) => {
    const read = NUMBER.exec(text);
    if (!read) return null;
    const part = read[3] ?? "0", exponent = Number(read[4] ?? 0);
    if (Math.abs(exponent) > 40 || read[2].length + part.length > 60) return null;
    const digits = (read[2] + part).replace(/^0+/, ""), shift = 6 + exponent - part.length;
    let n = 0n;
    if (digits) {
      if (digits.length + shift > 20) return null;
      if (shift >= 0) n = BigInt(digits) * 10n ** BigInt(shift);
      else {
        const kept = digits.length + shift;
        if (kept >= 0) n = BigInt(digits.slice(0, kept) || 0) + (digits[kept] >= "5" ? 1n : 0n);
      }
    }
    return fit(read[1] === "-" ? -n : n);
  };
  const written = (n) => {
    const s = size(n), part = String(s % ONE).padStart(6, "0").replace(/0+$/, "");
    return (n < 0n ? "-" : "") + s / ONE + (part && "." + part);
  };

  // Days since 1970.
  const leap = (y) => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const daysIn = (y, m) => (m === 2 ? 28 + leap(y) : [4, 6, 9, 11].includes(m) ? 30 : 31);
  const dayNumber = (y, m, d) => {
    if (m <= 2) y--;
    const era = Math.floor(y / 400), ofEra = y - era * 400;
    const ofYear = Math.floor((153 * ((m + 9) % 12) + 2) / 5) + d - 1;
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
  };
  const civil = (day) => {
    const z = day + 719468, era = Math.floor(z / 146097), e = z - era * 146097;
    const yoe = Math.floor((e - Math.floor(e / 1460) + Math.floor(e / 36524) - Math.floor(e / 146096)) / 365);
    const doy = e - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100)), mp = Math.floor((5 * doy + 2) / 153);
    const m = mp < 10 ? mp + 3 : mp - 9;
    return [yoe + era * 400 + (m <= 2 ? 1 : 0), m, doy - Math.floor((153 * mp + 2) / 5) + 1];
  };
  const dayOf = (iso) => {
    const read = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
    if (!read) return null;
    const [y, m, d] = read.slice(1).map(Number);
    return y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m) ? dayNumber(y, m, d) : null;
  };
  const iso = (day) => civil(day).map((n, i) => String(n).padStart(i ? 2 : 4, "0")).join("-");
  const FIRST = dayNumber(1, 1, 1), AFTER = dayNumber(10000, 1, 1);
  const addDays = (day, n) => (day + n >= FIRST && day + n < AFTER ? day + n : null);
  const addMonths = (day, n) => {
    const [y, m, d] = civil(day), at = y * 12 + m - 1 + n, year = Math.floor(at / 12), month = at - year * 12 + 1;
    return year >= 1 && year <= 9999 ? dayNumber(year, month, Math.min(d, daysIn(year, month))) : null;
  };
  const years = (from, to) => {
    if (to < from) return -years(to, from);
    const [y, m, d] = civil(from), [y2, m2, d2] = civil(to);
    return y2 - y - (m2 < m || (m2 === m && d2 < d) ? 1 : 0);
  };
  const trunc = (n) => Number(n / ONE);

  // A day and a row are numbers, an amount is a BigInt: types were checked when the form was published.
  const plus = (a, b) => fit(a + b);
  const calls = {
    "!": (a) => !a,
    "==": (a, b) => a === b,
    "!=": (a, b) => a !== b,
    "<": (a, b) => a < b,
    "<=": (a, b) => a <= b,
    "+": plus,
    "-": (a, b) => fit(a - b),
    "*": (a, b) => fit(quotient(a * b, ONE)),
    "/": (a, b) => (b === 0n ? null : fit(quotient(a * ONE, b))),
    "%": (a, b) => (b === 0n ? null : a % b),
    neg: (a) => -a,
    div: (a, b) => (b === 0n ? null : whole(a / b)),
    round: (a, places = 0n) => {
      const p = trunc(places);
      if (p < 0 || p > 6) return null;
      const unit = 10n ** BigInt(6 - p);
      return fit(quotient(a, unit) * unit);
    },
    floor: (a) => whole(down(a, ONE)),
    ceil: (a) => whole(-down(-a, ONE)),
    int: (a) => whole(a / ONE),
    abs: size,
    min: (a, b) => (b < a ? b : a),
    max: (a, b) => (b > a ? b : a),
    cat: (a, b) => a + b,
    len: (a) => whole([...a].length),
    starts: (a, b) => a.startsWith(b),
    ends: (a, b) => a.endsWith(b),
    contains: (a, b) => a.includes(b),
    trim: (a) => a.replace(/^ +| +$/g, ""),
    in: (a, list) => list.includes(a) || (list.includes(null) ? null : false),
    count: (list) => whole(list.length),
    sum: (list) => over(list, plus, 0n),
    least: (list) => over(list, calls.min, null),
    most: (list) => over(list, calls.max, null),
    days: (a, b) => whole(b - a),
    years: (a, b) => whole(years(a, b)),
    addDays: (a, n) => addDays(a, trunc(n)),
    addMonths: (a, n) => addMonths(a, trunc(n)),
    year: (a) => whole(civil(a)[0]),
    month: (a) => whole(civil(a)[1]),
    day: (a) => whole(civil(a)[2]),
  };
  // Rows that have no value yet are left out, so that a total shows while one types.
  const over = (list, step, start) => {
    let total = start;
    for (const value of list) {
      if (value === null) continue;
      total = total === null ? value : step(total, value);
      if (total === null) return null;
    }
    return total;
  };

  const each = {
    all: (given) => !given.includes(false) && (given.includes(null) ? null : true),
    exists: (given) => given.includes(true) || (given.includes(null) ? null : false),
    one: (given) => (given.includes(null) ? null : given.filter((g) => g === true).length === 1),
    map: (given) => given,
    filter: (given, list) => list.filter((_, i) => given[i] === true),
  };

  // An expression becomes a function of what is bound in its slots.
  const compile = (e, state) => {
    const part = (i) => compile(e[i], state);
    const [op] = e;
    switch (op) {
      case "b": case "s": case "d": return () => e[1];
      case "n": { const n = parse(e[1]); return () => n; }
      case "today": return () => state.today;
      case "v": return () => state.values[e[1]][0];
      case "rows": return () => Array.from({ length: state.rows(e[1]) }, (_, row) => row);
      case "c": return (bound) => state.values[e[1]][bound[e[2]]] ?? null;
      case "x": return (bound) => bound[e[1]];
      case "list": { const parts = e.slice(1).map((p) => compile(p, state)); return (bound) => parts.map((p) => p(bound)); }
      case "&&": case "||": {
        const by = op === "||", a = part(1), b = part(2);
        return (bound) => {
          const one = a(bound);
          if (one === by) return by;
          const other = b(bound);
          return other === by ? by : one === null || other === null ? null : !by;
        };
      }
      case "?": {
        const test = part(1), yes = part(2), no = part(3);
        return (bound) => { const t = test(bound); return t === null ? null : t ? yes(bound) : no(bound); };
      }
      case "has": { const a = part(1); return (bound) => a(bound) !== null; }
      case "else": { const a = part(1), b = part(2); return (bound) => a(bound) ?? b(bound); }
    }
    if (each[op]) {
      const list = part(1), slot = e[2], body = part(3), done = each[op];
      return (bound) => {
        const elements = list(bound);
        if (elements === null) return null;
        const given = elements.map((element) => { bound[slot] = element; return body(bound); });
        bound.length = slot;
        return done(given, elements);
      };
    }
    const call = calls[op], args = e.slice(1).map((p) => compile(p, state));
    if (args.length === 1) return (bound) => { const a = args[0](bound); return a === null ? null : call(a); };
    return (bound) => {
      const a = args[0](bound), b = args[1](bound);
      return a === null || b === null ? null : call(a, b);
    };
  };

  // What was answered, if it is of the kind that was asked for.
  const given = (kind, answer) => {
    if (answer === undefined || answer === null || answer === "") return null;
    switch (kind) {
      case "s": return typeof answer === "string" ? answer : null;
      case "b": return typeof answer === "boolean" ? answer : null;
      case "d": return typeof answer === "string" ? dayOf(answer) : null;
      case "n": return typeof answer === "number" ? parse(String(answer)) : null;
      case "i": { const n = typeof answer === "number" ? parse(String(answer)) : null; return n !== null && n % ONE === 0n ? n : null; }
    }
    return null;
  };
  const shown = (kind, value) => (typeof value === "bigint" ? written(value) : kind === "d" ? iso(value) : value);

  const start = (program, today) => {
    const { nodes, checks } = program, answers = {};
    const state = { today, values: nodes.map(() => [null]), asked: nodes.map(() => [false]) };
    const at = new Map(nodes.map((node, i) => [node.t === "p" ? "step." + node.k : node.g === undefined ? node.k : nodes[node.g].k + "." + node.k, i]));
    const place = nodes.map(() => 0), readers = nodes.map(() => []), checkReaders = nodes.map(() => []);
    program.order.forEach((node, i) => (place[node] = i));
    const columns = nodes.map((_, group) => nodes.flatMap((node, i) => (node.g === group ? [i] : [])));
    nodes.forEach((node, i) => {
      for (const from of node.r ?? []) readers[from].push([i, true]);
      for (const from of node.d ?? []) readers[from].push([i, false]);
      if (node.g !== undefined) readers[node.g].push([i, false]);
      if (node.p !== undefined) readers[node.p].push([i, false]);
    });
    checks.forEach((check, i) => {
      for (const from of check.r ?? []) checkReaders[from].push([i, true]);
      for (const from of [...(check.d ?? []), ...(check.g === undefined ? [] : [check.g])]) checkReaders[from].push([i, false]);
    });
    state.rows = (group) => (state.asked[group][0] && Array.isArray(answers[nodes[group].k]) ? answers[nodes[group].k].length : 0);
    const whens = nodes.map((node) => node.w && compile(node.w, state));
    const calculates = nodes.map((node) => node.c && compile(node.c, state));
    const tests = checks.map((check) => compile(check.e, state));
    const failed = checks.map(() => [false]);

    const one = (i, row) => {
      const node = nodes[i], inRow = node.g !== undefined;
      const asked = (node.p === undefined || state.asked[node.p][0]) && (!whens[i] || whens[i](inRow ? [row] : []) === true);
      let value = null;
      if (asked && calculates[i]) value = calculates[i](inRow ? [row] : []);
      else if (asked && node.t !== "r" && node.t !== "p") {
        value = given(node.t, inRow ? answers[nodes[node.g].k]?.[row]?.[node.k] : answers[node.k]);
      }
      return [asked, value];
    };

    // Nodes that must be looked at again, each with its rows; `true` stands for all of them.
    const run = (dirty) => {
      const changed = [], dirtyChecks = new Map();
      const mark = (map, key, rows) => {
        const known = map.get(key);
        if (rows === true || known === true) map.set(key, true);
        else if (known) rows.forEach((row) => known.add(row));
        else map.set(key, new Set(rows));
      };
      const queue = [...dirty.keys()].map((i) => place[i]);
      const waiting = new Uint8Array(nodes.length);
      let from = nodes.length;
      for (const p of queue) { waiting[p] = 1; if (p < from) from = p; }
      for (let p = from; p < nodes.length; p++) {
        if (!waiting[p]) continue;
        const i = program.order[p], node = nodes[i], inRow = node.g !== undefined;
        const count = inRow ? state.rows(node.g) : 1, marked = dirty.get(i);
        const rows = marked === true ? [...Array(count).keys()] : [...marked].filter((row) => row < count);
        const moved = new Set();
        let all = false;
        if (state.values[i].length !== count) { state.values[i].length = state.asked[i].length = count; all = true; }
        for (const row of rows) {
          const [asked, value] = one(i, row);
          if (asked === state.asked[i][row] && value === state.values[i][row]) continue;
          state.asked[i][row] = asked;
          state.values[i][row] = value;
          moved.add(row);
          changed.push([i, row]);
        }
        // A group moves with the number of its rows, which nobody sees in its value.
        if (node.t === "r" && marked === true) all = true;
        if (!all && !moved.size) continue;
        for (const [reader, own] of readers[i]) {
          mark(dirty, reader, own && !all ? moved : true);
          waiting[place[reader]] = 1;
        }
        for (const [check, own] of checkReaders[i]) mark(dirtyChecks, check, own && !all ? moved : true);
      }
      return { changed, checks: recheck(dirtyChecks) };
    };
    const recheck = (dirty) => {
      const out = [];
      for (const [i, marked] of dirty) {
        const group = checks[i].g, count = group === undefined ? 1 : state.rows(group);
        failed[i].length = count;
        const rows = marked === true ? [...Array(count).keys()] : [...marked].filter((row) => row < count);
        for (const row of rows) {
          const fails = tests[i](group === undefined ? [] : [row]) === false;
          if (fails !== failed[i][row]) { failed[i][row] = fails; out.push([i, row, fails]); }
        }
      }
      return out;
    };

    return {
      node: (path) => at.get(path),
      path: (i, row) => (nodes[i].g === undefined ? (nodes[i].t === "p" ? "step." : "") + nodes[i].k : `${nodes[nodes[i].g].k}.${row}.${nodes[i].k}`),
      kind: (i) => nodes[i].t,
      isCalculated: (i) => !!nodes[i].c,
      asked: (i, row = 0) => state.asked[i][row] ?? false,
      value: (i, row = 0) => (state.values[i][row] == null ? null : shown(nodes[i].t, state.values[i][row])),
      fails: (i, row = 0) => failed[i][row] === true,
      // All answers at once.
      load(all) {
        for (const key of Object.keys(answers)) delete answers[key];
        Object.assign(answers, structuredClone(all));
        checks.forEach((check, i) => (failed[i] = [false]));
        const dirty = new Map(nodes.map((_, i) => [i, true])), out = run(dirty);
        const rest = new Map(checks.map((_, i) => [i, true]));
        return { changed: out.changed, checks: [...out.checks, ...recheck(rest)] };
      },
      // One answer: `city`, or `floors` 2 `area`.
      set(key, value, row, column) {
        if (row === undefined) {
          answers[key] = value;
          return at.has(key) ? run(new Map([[at.get(key), true]])) : { changed: [], checks: [] };
        }
        answers[key][row][column] = value;
        const i = at.get(key + "." + column);
        return i === undefined ? { changed: [], checks: [] } : run(new Map([[i, new Set([row])]]));
      },
      // Other rows: added, removed, moved.
      setRows(key, rows) {
        answers[key] = rows;
        const group = at.get(key);
        const dirty = new Map([[group, true]]);
        for (const column of columns[group]) dirty.set(column, true);
        return run(dirty);
      },
      // As the server says it: what counts, what is not asked, what does not fit.
      outcome() {
        const out = { answers: {}, hidden: [], failed: [] };
        const kept = (i, row, raw, into) => {
          if (!state.asked[i][row]) return out.hidden.push(nodes[i].g === undefined ? nodes[i].k : `${nodes[nodes[i].g].k}.${row}.${nodes[i].k}`);
          if (!nodes[i].c) { if (raw !== undefined) into[nodes[i].k] = raw; return; }
          const value = state.values[i][row];
          if (value !== null) into[nodes[i].k] = typeof value === "bigint" ? Number(written(value)) : shown(nodes[i].t, value);
        };
        nodes.forEach((node, i) => {
          if (node.t === "p") { if (!state.asked[i][0]) out.hidden.push("step." + node.k); return; }
          if (node.g !== undefined) return;
          if (node.t !== "r") return kept(i, 0, answers[node.k], out.answers);
          if (!state.asked[i][0]) return out.hidden.push(node.k);
          if (answers[node.k] === undefined) return;
          out.answers[node.k] = answers[node.k].map((raw, row) => {
            const into = {};
            for (const column of columns[i]) kept(column, row, raw[nodes[column].k], into);
            return into;
          });
        });
        checks.forEach((check, i) => failed[i].forEach((fails, row) => fails && out.failed.push(check.g === undefined ? [check.id] : [check.id, row])));
        return out;
      },
    };
  };

  globalThis.DiwanRules = { start, parse, written, dayOf };
})();
