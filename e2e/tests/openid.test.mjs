// Amal connects a system of her body; Huda signs in there with her account, sees what it learns, and leaves: the system hears of
// it. Nothing that could sign anybody in stays in the browser.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { fill, journey, send } from "../journey.mjs";
import { openBrowser, PHONE, signIn, window, windowOf } from "../people.mjs";
import { eventually } from "../world.mjs";

const chapter = journey();
let opened, amal, huda, archive;

before(async () => {
  opened = await openBrowser();
  archive = await openArchive();
  amal = await windowOf(opened, "amal");
  huda = await window(opened, { size: PHONE });
});
after(async () => {
  for (const server of archive.servers) server.close();
  await opened.close();
});

const main = (page) => page.locator("main").innerText();
const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));

const listens = async (server, host) => {
  await new Promise((resolve) => server.listen(0, host, resolve));
  return `http://${host}:${server.address().port}`;
};

/** A system of a body, with a session of its own: `/` sends people to sign in, `/back` takes their code, `/over` their farewell. */
async function openArchive() {
  const system = { left: [], verifier: randomBytes(32).toString("base64url") };
  const answers = async (request, response) => {
    const url = new URL(request.url, system.address);
    const say = (text) => response.setHeader("content-type", "text/html").end(`<!doctype html><title>a</title><p>${text}</p>`);
    if (url.pathname === "/over") {
      const parts = [];
      for await (const part of request) parts.push(part);
      system.left.push(claims(new URLSearchParams(Buffer.concat(parts).toString()).get("logout_token")));
      return response.end();
    }
    if (url.pathname === "/back") return say(await system.takes(url.searchParams));
    response.writeHead(302, { location: system.asks() }).end();
  };
  // People come to one address; the world of these tests lets farewells go to the other alone.
  system.servers = [createServer(answers), createServer(answers)];
  [system.address, system.farewells] = await Promise.all(system.servers.map((server, at) => listens(server, `127.0.0.${at + 1}`)));
  system.asks = () => {
    const challenge = createHash("sha256").update(system.verifier).digest("base64url");
    const asked = { client_id: system.id, redirect_uri: `${system.address}/back`, response_type: "code", scope: "openid profile email" };
    return `${opened.world.base}/openid/authorize?${new URLSearchParams({ ...asked, state: "s", code_challenge: challenge, code_challenge_method: "S256" })}`;
  };
  system.takes = async (answer) => {
    if (answer.has("error")) return answer.get("error");
    const body = new URLSearchParams({ grant_type: "authorization_code", code: answer.get("code"), redirect_uri: `${system.address}/back`, code_verifier: system.verifier });
    const authorization = `Basic ${Buffer.from(`${system.id}:${system.secret}`).toString("base64")}`;
    const tokens = await (await fetch(`${opened.world.base}/openid/token`, { method: "POST", body, headers: { authorization } })).json();
    system.known = claims(tokens.id_token);
    const told = await fetch(`${opened.world.base}/openid/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    return `Welcome, ${(await told.json()).name}`;
  };
  return system;
}

test("an administrator connects a system and takes its secret along", chapter(async () => {
  await amal.goto("/desk/systems");
  await amal.getByRole("link", { name: "اربط نظامًا" }).click();
  await fill(amal, { body: "digital-authority", name_ar: "سجل الزيارات", name_en: "Visits", kind: "confidential", assurance: "basic", logout_uri: `${archive.farewells}/over` });
  await amal.locator("input[name=scopes][value=profile]").check();
  await fill(amal, { redirect_uris: "http://visits.example/back" });
  const wrong = await send(amal, amal.locator("main form.stack button[type=submit]"));
  assert.equal(wrong.status(), 422);
  assert.match(await main(amal), /اكتب عناوين كاملة/);
  assert.equal(await amal.locator("[name=name_ar]").inputValue(), "سجل الزيارات");
  await fill(amal, { redirect_uris: `${archive.address}/back` });
  await send(amal, amal.locator("main form.stack button[type=submit]"));
  archive.id = new URL(amal.url()).pathname.split("/").pop();
  await send(amal, amal.locator("form[action$='/secret'] button"));
  archive.secret = (await amal.locator(".notice code").innerText()).trim();
  await amal.goto(`/desk/systems/${archive.id}`);
  assert.ok(!(await amal.content()).includes(archive.secret), "it is shown once");
}));

test("somebody signs in there with their account here, and is asked once what it learns", chapter(async () => {
  await huda.goto(`${archive.address}/`);
  assert.match(huda.url(), /\/sign-in\?next=/);
  await huda.locator("#identifier").fill(opened.world.cast.huda.identifier);
  await huda.locator("#password").fill(opened.world.cast.huda.password);
  await huda.locator("main form button[type=submit]").first().click();
  await huda.waitForURL(/\/openid\/authorize/);
  assert.match(await main(huda), /سجل الزيارات/);
  assert.match(await main(huda), /الهيئة/);
  await huda.locator("button[value=agree]").click();
  await huda.waitForURL((url) => url.href.startsWith(archive.address));
  assert.match(await huda.locator("body").innerText(), /Welcome, \S+/);
  await huda.goto(`${archive.address}/`);
  assert.match(huda.url(), /\/back\?code=/, "the second time nobody is asked");
}));

test("without scripts the way is the same", chapter(async () => {
  const plain = await window(opened, { script: false });
  await signIn(plain, opened.world.cast.huda, "/account/systems");
  await plain.goto(`${archive.address}/`);
  assert.match(await plain.locator("body").innerText(), /Welcome, \S+/);
  await plain.context().close();
}));

// proves: LY-MAIL-3B.4a
test("whoever signs out leaves the system too, and nothing stays in the browser", chapter(async () => {
  const held = () => huda.evaluate(async () => [...Object.values(localStorage), ...Object.values(sessionStorage), ...(await indexedDB.databases()).map((one) => one.name)]);
  await huda.goto("/account/systems");
  assert.match(await main(huda), /سجل الزيارات/);
  assert.deepEqual(await held(), [], "no script keeps anything while somebody is signed in");
  const session = async () => (await huda.context().cookies()).find((cookie) => cookie.name === "diwan_session");
  assert.equal((await session()).expires, -1, "the cookie goes with the window");
  await huda.goto("/account");
  await send(huda, huda.locator("form[action='/sign-out'] button"));
  assert.equal(await session(), undefined);
  assert.deepEqual(await held(), []);
  await eventually("the farewell", () => archive.left.length > 0);
  assert.ok(archive.left.some((token) => token.aud === archive.id && token.sub === archive.known.sub));
  await huda.goto("/sign-in");
  assert.equal(await huda.locator("main input[type=checkbox]").count(), 0, "nobody is offered to stay signed in");
}));

test("a person takes back what they agreed to", chapter(async () => {
  await signIn(huda, opened.world.cast.huda, "/account/systems");
  const row = huda.locator("tr", { hasText: "سجل الزيارات" });
  await row.locator("button").click();
  await send(huda, huda.locator("dialog#confirm button[value=yes]"));
  assert.doesNotMatch(await huda.locator("main table, main .empty").first().innerText(), /سجل الزيارات/);
  await huda.goto(`${archive.address}/`);
  assert.match(await main(huda), /سجل الزيارات/, "the system asks anew");
  await huda.locator("button[value=decline]").click();
  await huda.waitForURL((url) => url.href.startsWith(archive.address));
  assert.match(await huda.locator("body").innerText(), /access_denied/);
}));
