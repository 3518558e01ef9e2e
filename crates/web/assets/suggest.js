// Suggestions under a search field while somebody types: a combobox with a list, after the ARIA practices. The field
// itself is a plain one, so that a search without JavaScript, or with the list closed, is sent like any form.
(() => {
  "use strict";
  const WAIT_MS = 120;
  const LETTERS_MIN = 2;
  let made = 0;

  const arm = (input) => {
    const list = document.createElement("ul"), said = document.createElement("p");
    list.id = `suggestions-${++made}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    said.className = "unseen";
    said.setAttribute("role", "status");
    input.parentElement.append(list, said);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    let asked, timer, at = -1;

    const options = () => [...list.children];
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(-1);
    };
    const choose = (to) => {
      at = to;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options()[at].id);
      options()[at].scrollIntoView({ block: "nearest" });
    };
    const ask = async () => {
      asked?.abort();
      const words = input.value.trim();
      if (words.length < LETTERS_MIN) return show(false);
      asked = new AbortController();
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
        const answer = await fetch(address, { signal: asked.signal });
        if (!answer.ok) return show(false);
        const found = new DOMParser().parseFromString(await answer.text(), "text/html");
        list.replaceChildren(...found.querySelectorAll("[role=option]"));
        options().forEach((option, place) => (option.id = `${list.id}-${place}`));
        said.textContent = found.querySelector("[data-said]")?.dataset.said ?? "";
        at = -1;
        show(list.children.length > 0 && document.activeElement === input);
      } catch (error) {
        if (error.name !== "AbortError") show(false);
      }
    };
    const go = (option) => (location.href = option.dataset.href);

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      const count = list.children.length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) return void ask();
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose(at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
      } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
        event.preventDefault();
        go(options()[at]);
      }
    });
    input.addEventListener("blur", () => show(false));
    // Before the field loses the focus, so that the list is still there.
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  };
  document.querySelectorAll("input[data-suggest]").forEach(arm);
})();
