// What the page of a form gains where JavaScript runs: rules at once, rows without a reload, answers kept while typing and
// through a broken line. Every page of a form works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-rules]");
  if (!form) return;
  const data = form.dataset, rules = data.rules ? globalThis.DiwanRules : null;

  // Either script of digits, without marks that nobody sees.
  const folded = (text) => text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)).replace(/٫/g, ".").replace(/٬/g, "");
  const plain = (text) => text.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "").trim();
  const digits = (text) => (data.digits === "arabic" ? text.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]).replace(".", "٫") : text);
  const read = (kind, typed) => {
    const text = plain(typed);
    if (text === "") return undefined;
    if (kind === "b") return text === "true" ? true : text === "false" ? false : undefined;
    if (kind === "s") return text;
    const latin = folded(text);
    if (kind === "d") return latin;
    if (kind === "i") return /^[+-]?\d+$/.test(latin) ? Number(latin) : text;
    return rules.parse(latin) === null ? text : Number(latin);
  };

  const PAUSE_MS = 900;
  let state, elements, outputs, checks, timer;
  const at = (path) => { const [key, row, column] = path.split("."); return { key, row: column === undefined ? undefined : Number(row), column }; };
  const look = () => {
    elements = new Map([...form.querySelectorAll("[data-asked]")].map((part) => [part.dataset.asked, part]));
    outputs = new Map([...form.querySelectorAll("[data-computed]")].map((part) => [part.dataset.computed, part]));
    checks = new Map();
    for (const part of form.querySelectorAll("[data-check]")) {
      const row = part.closest("[data-row]");
      checks.set(part.dataset.check + (row ? ":" + [...row.parentNode.children].indexOf(row) : ""), part);
    }
    sight.disconnect();
    for (const row of form.querySelectorAll("[data-row]")) sight.observe(row);
  };
  // Rows out of sight are written when nothing else is to be done, or when they come near.
  const near = new WeakSet(), unwritten = new Map(), AT_ONCE = 20;
  const sight = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) { near.add(target); write(target); } else near.delete(target);
    }
  }, { rootMargin: "50%" });
  const write = (row) => {
    const parts = unwritten.get(row);
    unwritten.delete(row);
    parts?.forEach(([node, at]) => draw(node, at));
  };
  const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  let waits = false;
  const writeRest = () => {
    waits = false;
    [...unwritten.keys()].slice(0, AT_ONCE).forEach(write);
    if (unwritten.size) { waits = true; whenIdle(writeRest); }
  };
  // The text that is there already is rewritten, which costs a fraction of a new one, and what is the same stays.
  const say = (part, said) => {
    const text = part.firstChild;
    if (text === null) part.append(said);
    else if (text.data !== said) text.data = said;
  };
  const show = (node, row) => {
    const line = elements.get(state.path(node, row))?.closest("[data-row]");
    if (!line || near.has(line)) return draw(node, row);
    const parts = unwritten.get(line) ?? new Map();
    unwritten.set(line, parts.set(node + ":" + row, [node, row]));
    if (!waits) { waits = true; whenIdle(writeRest); }
  };
  const draw = (node, row) => {
    const path = state.path(node, row), element = elements.get(path), hidden = !state.asked(node, row);
    if (element && element.hidden !== hidden) element.hidden = hidden;
    const output = outputs.get(path);
    if (!output) return;
    const value = state.value(node, row);
    const said = value === true ? data.yes : value === false ? data.no : value;
    say(output, value === null ? output.dataset.empty : digits(String(said)));
  };
  // What does not fit is said when somebody leaves the field, and unsaid at once.
  let late = [];
  const judge = (list, now) => {
    for (const [check, row, fails] of list) {
      if (fails && !now) { late.push([check, row, fails]); continue; }
      const part = checks.get(program.checks[check].id + (program.checks[check].g === undefined ? "" : ":" + row));
      if (part) part.hidden = !state.fails(check, row);
    }
  };
  const apply = ({ changed, checks: said }, now) => {
    for (const [node, row] of changed) show(node, row);
    judge(said, now);
  };
  const program = rules && JSON.parse(data.rules);
  if (program) {
    state = rules.start(program, Number(data.today));
    look();
    state.load(JSON.parse(data.answers));
    for (const group of form.querySelectorAll("[data-group]")) state.setRows(group.dataset.group, rowsOf(group));
  }

  function changed(input) {
    if (!state || !input.name || input.name.startsWith("_") || input.type === "hidden") return;
    const { key, row, column } = at(input.name), node = state.node(column ? key + "." + column : key);
    if (node === undefined) return;
    const value = input.type === "radio" ? form.querySelector(`[name="${CSS.escape(input.name)}"]:checked`)?.value ?? "" : input.value;
    apply(state.set(key, read(state.kind(node), value), row, column), false);
  }
  form.addEventListener("input", (event) => { changed(event.target); later(); });
  form.addEventListener("change", (event) => {
    changed(event.target);
    if (state) { const due = late; late = []; judge(due, true); }
    later();
  });

  // Rows: added, repeated, removed and moved in place. Each cell carries the number of its row in its name.
  function rowsOf(group) {
    const key = group.dataset.group;
    return [...group.querySelectorAll("[data-row]")].map((row) => {
      const cells = {};
      for (const input of row.querySelectorAll("input,select,textarea")) {
        const { column } = at(input.name), node = state.node(key + "." + column);
        const value = node === undefined ? undefined : read(state.kind(node), input.value);
        if (value !== undefined) cells[column] = value;
      }
      return cells;
    });
  }
  const NAMES = ["id", "name", "for", "aria-describedby", "data-asked", "data-computed"];
  const number = (group) => {
    [...unwritten.keys()].forEach(write);
    const key = group.dataset.group, rows = [...group.querySelectorAll("[data-row]")];
    const cell = new RegExp(`(^|\\s)${key}\\.\\d+\\.`, "g"), act = new RegExp(`^(${key}\\.\\w+\\.)\\d+$`);
    rows.forEach((row, place) => {
      for (const part of row.querySelectorAll("*")) {
        for (const name of NAMES) {
          const value = part.getAttribute(name);
          if (value) part.setAttribute(name, value.replace(cell, `$1${key}.${place}.`));
        }
        if (part.dataset.rowAct) part.value = part.value.replace(act, `$1${place}`);
        if (part.dataset.rowAct === "up") part.disabled = place === 0;
        if (part.dataset.rowAct === "down") part.disabled = place === rows.length - 1;
      }
      row.querySelector(".row-number").textContent = digits(String(place + 1));
    });
    group.querySelector(`input[type=hidden][name="${key}"]`).value = rows.length;
    const full = rows.length >= Number(group.dataset.max);
    group.querySelectorAll("[data-row-act=add],[data-row-act=copy]").forEach((button) => (button.disabled = full));
    const room = group.querySelector("[data-room]");
    room.textContent = room.textContent.replace(/^\D*[\d٠-٩]+/, (start) => start.replace(/[\d٠-٩]+/, digits(String(rows.length))));
    look();
    if (!state) return;
    const moved = state.setRows(key, rowsOf(group));
    rows.forEach((_, row) => program.nodes.forEach((node, i) => node.g === state.node(key) && show(i, row)));
    apply(moved, true);
  };
  const emptied = (row) => {
    row.querySelectorAll(".fault:not(.check)").forEach((fault) => fault.remove());
    row.querySelectorAll(".check").forEach((check) => (check.hidden = true));
    row.querySelectorAll(".wrong").forEach((part) => part.classList.remove("wrong"));
    for (const input of row.querySelectorAll("input,select,textarea")) { input.value = ""; input.removeAttribute("aria-invalid"); }
    return row;
  };
  const acts = {
    add: (row, rows) => rows.at(-1) && rows.at(-1).after(emptied(rows.at(-1).cloneNode(true))),
    copy: (row) => {
      const copy = row.cloneNode(true), from = row.querySelectorAll("select,textarea");
      copy.querySelectorAll("select,textarea").forEach((part, i) => (part.value = from[i].value));
      row.after(copy);
    },
    remove: (row, rows) => (rows.length > 1 ? row.remove() : emptied(row)),
    up: (row) => row.previousElementSibling?.before(row),
    down: (row) => row.nextElementSibling?.after(row),
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-act]");
    if (!button) return;
    const group = button.closest("[data-group]"), rows = [...group.querySelectorAll("[data-row]")], act = button.dataset.rowAct;
    if (act === "add" && !rows.length) return;
    event.preventDefault();
    const row = button.closest("[data-row]"), place = rows.indexOf(row);
    acts[act](row, rows);
    number(group);
    const now = group.querySelectorAll("[data-row]");
    const goal = act === "add" ? now[now.length - 1] : act === "copy" ? now[place + 1] : null;
    if (goal) goal.querySelector("input:not([type=hidden]),select,textarea")?.focus();
    else (row?.isConnected ? row.querySelector(`[data-row-act=${act}]:not(:disabled)`) : null ?? group.querySelector("[data-row-act=add]"))?.focus();
    later();
  });

  // A preview keeps nothing.
  function later() { clearTimeout(timer); if (data.keep) timer = setTimeout(keep, PAUSE_MS); }
  if (!data.keep) return;
  // Kept while typing. Through a broken line the answers wait here and go when it is back.
  const KEPT_HERE_MS = 24 * 3600 * 1000, name = "draft " + data.keep;
  const mark = () => form.querySelector("[data-saved]");
  const seen = form.querySelector("[name=_seen]");
  const body = () => new URLSearchParams([...new FormData(form)].filter(([key]) => !/_paste$|^_rows$/.test(key))).toString();
  let sending = false, again = false;
  async function keep() {
    if (sending) { again = true; return; }
    sending = true;
    const sent = body();
    try {
      const answer = await fetch(data.keep, { method: "POST", body: sent, headers: { "content-type": "application/x-www-form-urlencoded" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const kept = await answer.json();
      seen.value = kept.revision;
      mark().textContent = kept.others.length ? data.elsewhere : kept.said;
      localStorage.removeItem(name);
    } catch {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), body: sent }));
      mark().textContent = data.keptHere;
    }
    sending = false;
    if (again) { again = false; later(); }
  }
  addEventListener("online", () => localStorage.getItem(name) && keep());
  form.addEventListener("submit", () => { clearTimeout(timer); localStorage.removeItem(name); });
  // What a broken line left behind is sent first, then the page is read anew.
  const left = JSON.parse(localStorage.getItem(name) ?? "null");
  if (left) {
    localStorage.removeItem(name);
    if (Date.now() - left.at < KEPT_HERE_MS) {
      fetch(data.keep, { method: "POST", body: left.body, headers: { "content-type": "application/x-www-form-urlencoded" } })
        .then((answer) => (answer.ok ? location.reload() : Promise.reject(answer.status)))
        .catch(() => localStorage.setItem(name, JSON.stringify(left)));
    }
  }
})();
