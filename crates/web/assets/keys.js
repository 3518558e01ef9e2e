// Security keys (WebAuthn): a form with `data-key` asks the browser for one when it is sent, and goes on with the answer. What
// stands in the way is said in the form; without this script the form is sent as it is, and the page after it says so.
(() => {
  "use strict";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const read = (options) => {
    const { publicKey } = JSON.parse(options);
    publicKey.challenge = bytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
    for (const key of [...(publicKey.allowCredentials ?? []), ...(publicKey.excludeCredentials ?? [])]) key.id = bytes(key.id);
    return { publicKey };
  };
  const written = ({ id, rawId, type, response }) => {
    const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
    const told = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
    return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(told) });
  };
  const obstacle = (form) => {
    if (!globalThis.PublicKeyCredential) return form.dataset.missing;
    return form.dataset.origin === location.origin ? "" : form.dataset.elsewhere;
  };

  const ask = async (form, answer) => {
    const said = form.querySelector("[data-key-said]");
    const blocked = obstacle(form);
    const say = (words, isFault) => {
      said.textContent = words;
      said.classList.toggle("fault", isFault);
    };
    if (blocked) return say(blocked, true);
    say(form.dataset.waiting, false);
    try {
      const options = read(form.dataset.options);
      const key = form.dataset.key === "create" ? await navigator.credentials.create(options) : await navigator.credentials.get(options);
      answer.value = written(key);
      form.requestSubmit();
    } catch (error) {
      say(error.name === "InvalidStateError" ? form.dataset.known : form.dataset.stopped, true);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, answer = form.querySelector("[data-key-answer]");
    if (!form.dataset.key || !answer || answer.value) return;
    event.preventDefault();
    ask(form, answer);
  });
})();
