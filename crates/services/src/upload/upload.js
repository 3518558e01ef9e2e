// What handing in files gains where JavaScript runs: files are dropped or chosen, sent piece by piece in the tus protocol,
// paused, and gone on with after a broken line or a closed page. Without it each file is a form of its own.
(() => {
  "use strict";
  const page = document.querySelector("[data-uploads]");
  if (!page) return;
  const { uploads, draft, bytesMax, digits, lang } = page.dataset;
  const CALL_BYTES = 1 << 20, WAIT_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
  const words = JSON.parse(page.dataset.words);
  const said = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const number = (value) => (digits === "arabic" ? String(value).replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]) : String(value));
  const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const isolated = (name) => "\u2068" + name + "\u2069";
  const news = page.querySelector("[data-news]");
  const tell = (text) => (news.textContent = text);

  /** One call of the protocol; `body` reports how much of it has gone. */
  const call = (task, method, address, headers, body) =>
    new Promise((done, broken) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      for (const [name, value] of Object.entries({ "tus-resumable": "1.0.0", accept: "application/json", "accept-language": lang, ...headers })) request.setRequestHeader(name, value);
      if (body) request.upload.onprogress = (event) => show(task, task.offset + event.loaded);
      request.onload = () => done(request);
      request.onerror = request.onabort = request.ontimeout = () => broken(new Error("line"));
      task.request = request;
      request.send(body);
    });

  const metadata = (task) => {
    const pairs = { filename: task.file.name, draft, evidence: task.slot.dataset.slot, modified: String(task.file.lastModified) };
    return Object.entries(pairs).map(([name, value]) => `${name} ${encoded(value)}`).join(",");
  };
  /** What the server refused for good; what is the line's or the server's own fault is tried again. */
  class Refused extends Error {}
  const checked = (request, ...good) => {
    if (good.includes(request.status)) return request;
    if (request.status === 409 && request.responseText.includes("upload.offset_differs")) throw new Error("offset");
    if (request.status >= 500 || [408, 423, 429].includes(request.status)) throw new Error("server");
    let problem = {};
    try { problem = JSON.parse(request.responseText); } catch { /* a proxy's page says nothing to a person */ }
    const sentences = [problem.title, ...(problem.errors ?? []).map((error) => error.message), problem.detail].filter(Boolean);
    throw new Refused(sentences.map((sentence) => sentence.replace(/\.$/, "")).join(". ") + ".");
  };

  const begin = async (task) => {
    const headers = { "upload-length": String(task.file.size), "upload-metadata": metadata(task) };
    task.address = checked(await call(task, "POST", uploads, headers), 201).getResponseHeader("location");
    task.offset = 0;
  };
  const ask = async (task) => {
    const request = await call(task, "HEAD", task.address, {});
    if ([404, 410].includes(request.status)) return (task.address = undefined);
    task.offset = Number(checked(request, 200).getResponseHeader("upload-offset"));
  };
  const step = async (task) => {
    if (!task.address) await begin(task);
    else if (task.offset === undefined) await ask(task);
    if (!task.address) return;
    if (task.offset < task.file.size) {
      const headers = { "upload-offset": String(task.offset), "content-type": "application/offset+octet-stream" };
      const request = await call(task, "PATCH", task.address, headers, task.file.slice(task.offset, task.offset + CALL_BYTES));
      if ([404, 410].includes(request.status)) return (task.address = undefined);
      task.offset = Number(checked(request, 204).getResponseHeader("upload-offset"));
    }
  };

  /** Sends a file to its end, through as many broken lines as it takes. */
  async function send(task) {
    for (let failures = 0; ; ) {
      if (task.ended) return;
      if (task.paused) await new Promise((go) => (task.go = go));
      try {
        await step(task);
        failures = 0;
        show(task, task.offset ?? 0);
        state(task, "going");
        if (task.offset >= task.file.size) return;
      } catch (error) {
        if (task.ended) return;
        if (error instanceof Refused) throw error;
        task.offset = undefined;
        if (task.paused) continue;
        state(task, "waiting");
        const pause = WAIT_MS[Math.min(failures++, WAIT_MS.length - 1)];
        await new Promise((go) => { task.go = go; setTimeout(go, pause); });
      }
    }
  }
  addEventListener("online", () => tasks.forEach((task) => !task.paused && task.go?.()));

  // One file after the other for a document, so that they stand in the order in which they were chosen.
  const tasks = new Set();
  const queues = new Map();
  const queue = (task) => {
    const before = queues.get(task.slot.dataset.slot) ?? Promise.resolve();
    queues.set(task.slot.dataset.slot, before.then(() => run(task)));
  };
  async function run(task) {
    if (task.ended) return;
    tasks.add(task);
    if (!task.paused) state(task, "going");
    try {
      await send(task);
      if (task.ended) return;
      task.line.remove();
      await renew(task.slot);
      tell(said("done", { name: isolated(task.file.name) }));
    } catch (error) {
      failed(task, error.message);
    } finally {
      tasks.delete(task);
    }
  }
  // A file on its way is not lost, but whoever leaves has to choose it again.
  addEventListener("beforeunload", (event) => tasks.size > 0 && event.preventDefault());

  // ---- What is shown ----
  const element = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) key in made && key !== "type" ? (made[key] = value) : made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const line = (task) => {
    task.bar = element("progress", { max: task.file.size, value: 0, "aria-label": said("progress", { name: isolated(task.file.name) }) });
    task.share = element("span", { className: "upload-share" });
    task.words = element("span", { className: "upload-state soft" });
    task.pause = element("button", { type: "button", className: "link-button", textContent: words.pause, onclick: () => hold(task) });
    const stop = element("button", { type: "button", className: "link-button", textContent: words.stop, onclick: () => giveUp(task) });
    for (const button of [task.pause, stop]) button.append(element("span", { className: "unseen", textContent: " " + task.file.name }));
    const name = element("bdi", { className: "file-name", textContent: task.file.name });
    return element("div", { className: "upload" }, element("p", {}, name), task.bar, element("p", { className: "upload-line" }, task.share, task.words), element("p", { className: "upload-acts" }, task.pause, stop));
  };
  const show = (task, sent) => {
    task.bar.value = sent;
    task.share.textContent = number(Math.floor((100 * sent) / task.file.size)) + (digits === "arabic" ? "٪" : "%");
  };
  const state = (task, now) => {
    if (task.state === now) return;
    task.state = now;
    task.words.textContent = words[now];
    if (now !== "going" && now !== "queued") tell(`${isolated(task.file.name)}: ${words[now]}`);
  };
  const hold = (task) => {
    task.paused = !task.paused;
    task.pause.firstChild.data = task.paused ? words.resume : words.pause;
    state(task, task.paused ? "held" : "going");
    if (task.paused) task.request?.abort();
    else task.go?.();
  };
  const giveUp = (task) => {
    task.ended = true;
    task.request?.abort();
    task.go?.();
    tasks.delete(task);
    task.line.remove();
    if (task.address) fetch(task.address, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } });
    tell(said("stopped", { name: isolated(task.file.name) }));
    task.slot.querySelector("input[type=file]")?.focus();
  };
  const failed = (task, sentence) => {
    const again = element("button", { type: "button", className: "link-button", textContent: words.dismiss, onclick: () => { task.line.remove(); task.slot.querySelector("input[type=file]")?.focus(); } });
    task.line.replaceChildren(element("p", { className: "fault", role: "alert" }, element("bdi", { className: "file-name", textContent: task.file.name }), " ", sentence), again);
    task.line.classList.add("wrong");
  };
  /** The slot as the server has it now; what is still on its way here stays. */
  const renew = async (slot) => {
    const answer = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = read.querySelector(`[data-slot="${CSS.escape(slot.dataset.slot)}"]`);
    if (!fresh) return;
    const going = slot.querySelector("[data-going]"), here = slot.contains(document.activeElement) && !going.contains(document.activeElement);
    fresh.querySelector("[data-going]").replaceWith(going);
    slot.className = fresh.className;
    slot.dataset.count = fresh.dataset.count;
    slot.replaceChildren(...fresh.childNodes);
    dress(slot);
    if (here) slot.querySelector("h2").focus();
  };

  // ---- Files in ----
  /** An upload that stopped, whose file this is: the same name, size and moment of change. */
  const restOf = (slot, file) =>
    [...slot.querySelectorAll("[data-rest]")].find((rest) => {
      const modified = rest.dataset.metadata.split(",").includes(`modified ${encoded(String(file.lastModified))}`);
      return modified && rest.dataset.name === file.name && Number(rest.dataset.bytes) === file.size;
    });
  const take = (slot, files) => {
    const max = Number(slot.dataset.max);
    let room = max > 1 ? max - Number(slot.dataset.count) - slot.querySelectorAll(".upload:not(.wrong,.rest)").length : 1;
    for (const file of files) {
      const task = { slot, file };
      task.line = line(task);
      slot.querySelector("[data-going]").append(task.line);
      if (room-- <= 0) { failed(task, said("many", { max: number(max) })); continue; }
      if (file.size === 0) { failed(task, words.empty); continue; }
      if (file.size > Number(bytesMax)) { failed(task, said("large", { max: number(Math.floor(bytesMax / 1048576)) })); continue; }
      const rest = restOf(slot, file);
      if (rest) { task.address = rest.dataset.rest; rest.remove(); }
      show(task, 0);
      state(task, "queued");
      tell(said("begun", { name: isolated(file.name) }));
      queue(task);
    }
  };
  const dress = (slot) => {
    const input = slot.querySelector("input[type=file]");
    if (!input) return;
    const box = input.closest(".drop");
    box.classList.add("ready");
    slot.querySelector("form.file-form button[type=submit]").hidden = true;
    input.addEventListener("change", () => { take(slot, [...input.files]); input.value = ""; });
  };
  for (const slot of page.querySelectorAll("[data-slot]")) {
    dress(slot);
    const over = (event) => event.dataTransfer?.types.includes("Files") && slot.querySelector(".drop");
    slot.addEventListener("dragover", (event) => { if (over(event)) { event.preventDefault(); slot.classList.add("over"); } });
    slot.addEventListener("dragleave", (event) => slot.contains(event.relatedTarget) || slot.classList.remove("over"));
    slot.addEventListener("drop", (event) => {
      if (!over(event)) return;
      event.preventDefault();
      slot.classList.remove("over");
      take(slot, [...event.dataTransfer.files]);
    });
  }
  // A file that misses its place does not open in the page's stead.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
})();
