// What pages gain where JavaScript runs. Every page works without it. No framework, no inline handler, no eval.
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);
  const one = (selector) => document.querySelector(selector);

  // Whoever sent a form with faults starts at the list of them.
  const focusFaults = () => one("[data-focus]")?.focus({ preventScroll: true });

  // Buttons that need JavaScript are hidden until it is here.
  const reveal = (root) => all("[data-copy],[data-print],[data-open],[data-needs-script]", root).forEach((part) => (part.hidden = false));

  // A question before something that cannot be undone; a yes presses the button once more.
  const ask = (button) => {
    const dialog = one("#confirm");
    dialog.querySelector("p").textContent = button.dataset.confirm;
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return button.focus();
      button.dataset.confirmed = "yes";
      button.click();
      delete button.dataset.confirmed;
    }, { once: true });
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span"), before = words.textContent;
    words.textContent = button.dataset.copied;
    setTimeout(() => (words.textContent = before), 3000);
  };

  // The theme changes at once; the link is still asked, so that the choice is kept.
  const choose = (link, event) => {
    event.preventDefault();
    document.documentElement.dataset.theme = link.dataset.value;
    all("[data-choice]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    fetch(link.href, { method: "HEAD" });
  };

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-copy],[data-print],[data-open],[data-confirm],[data-choice]");
    if (!at) return;
    if ("copy" in at.dataset) copy(at);
    else if ("print" in at.dataset) window.print();
    else if ("open" in at.dataset) document.getElementById(at.dataset.open)?.showModal();
    else if ("choice" in at.dataset) choose(at, event);
    else if (at.dataset.confirmed !== "yes") {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(at);
    }
  }, true);

  // The keys of the shell, and of a queue: j and k move, Enter opens. A desk brings more of its own.
  const move = (step) => {
    const links = [...all(".queue a")];
    const now = links.indexOf(document.activeElement);
    const from = now < 0 ? links.findIndex((link) => link.hasAttribute("aria-current")) : now;
    links[Math.min(Math.max(from + step, 0), links.length - 1)]?.focus();
  };
  const keys = {
    "?": () => one("#keys").showModal(),
    "/": () => one("#top-q,[type=search]")?.focus(),
    j: () => move(1),
    k: () => move(-1),
  };
  // Single keys get in the way of speech input, so they can be switched off.
  const single = one("#keys-on");
  single.checked = localStorage.getItem("keys") !== "off";
  single.addEventListener("change", () => localStorage.setItem("keys", single.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input,textarea,select,dialog[open],[contenteditable]");
    if (typing || !single.checked || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // A form that saves itself says when it has not yet.
  document.addEventListener("input", (event) => {
    const mark = event.target.form?.querySelector("[data-saved]") ?? one("[data-saved]");
    if (mark && event.target.form) mark.textContent = mark.dataset.unsaved;
  });

  const online = () => all("[data-offline]").forEach((banner) => (banner.hidden = navigator.onLine));
  addEventListener("online", online);
  addEventListener("offline", online);
  document.addEventListener("htmx:after:swap", () => reveal(document));
  reveal(document);
  online();
  focusFaults();
})();
