// What a desk gains where JavaScript runs: keys for everything that a hand does all day, texts that fill a box, a way
// back that goes when its time is over. Every page works without it.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const UNDO_MILLISECONDS = 10_000;

  // A text that is chosen is written into its box, to be read and changed before it is sent.
  document.addEventListener("change", (event) => {
    const chosen = event.target.closest("[data-canned]");
    if (chosen) {
      const words = chosen.selectedOptions[0]?.dataset.words ?? "";
      const box = (chosen.form ?? document).querySelector(`[name="${CSS.escape(chosen.dataset.canned)}"]`);
      if (box && words) box.value = words.replaceAll("{item}", chosen.dataset.item ?? "");
      chosen.value = words ? "" : chosen.value;
      box?.focus();
    }
    if (event.target.id === "pick-all") all("#many [name=request]").forEach((box) => (box.checked = event.target.checked));
  });

  // The way back is offered for as long as it is open.
  const undo = one(".toast form[action*='/undo']");
  if (undo) setTimeout(() => undo.remove(), UNDO_MILLISECONDS);

  // `v` ticks what was shown and stands on the button; the press itself stays a second key.
  const verify = () => {
    const button = one("[data-key=v]");
    if (!button) return;
    all("#check [name=item]").forEach((box) => (box.checked = true));
    button.focus();
  };

  // `r` opens the note of the item at which one is, or of the first; from a note it goes to the button.
  const giveBack = () => {
    const here = document.activeElement.closest?.(".item") ?? one(".item");
    const note = here?.querySelector(".item-note");
    if (!note) return one("[data-key=r]")?.focus();
    note.open = true;
    note.querySelector("textarea").focus();
  };

  const press = (key) => one(`[data-key=${key}]`)?.click();
  const keys = {
    v: verify,
    r: giveBack,
    a: () => press("a"),
    n: () => press("n"),
    d: () => one("[data-key=d]")?.focus(),
    u: () => one(".toast form button")?.click(),
    x: () => {
      const box = document.activeElement.closest?.("li")?.querySelector("[name=request]");
      if (box) box.checked = !box.checked;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target.form?.id === "check") return one("[data-key=r]")?.click();
    const typing = event.target.closest("input:not([type=checkbox]),textarea,select,dialog[open],[contenteditable]");
    const off = localStorage.getItem("keys") === "off";
    if (typing || off || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
