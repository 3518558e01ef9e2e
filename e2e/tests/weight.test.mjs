// The first page of somebody who was never here, on a slow line: everything that travels, counted on the wire.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, openBrowser, window } from "../people.mjs";

const FIRST_PAGE_BYTES_MAX = 60 * 1024;
let opened;

before(async () => {
  opened = await openBrowser();
});
after(() => opened.close());

for (const lang of ["ar", "en"]) {
  test(`the first page in ${lang} weighs at most 60 KB`, async () => {
    const page = await window(opened, { size: PHONE, lang });
    const wire = await page.context().newCDPSession(page);
    const [names, weights] = [new Map(), new Map()];
    wire.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, new URL(response.url).pathname));
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => weights.set(requestId, encodedDataLength));
    await wire.send("Network.enable");
    await page.goto("/", { waitUntil: "networkidle" });
    const bytes = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    const told = [...weights].map(([id, weight]) => `${names.get(id)} ${weight}`).join(", ");
    assert.ok(weights.size >= 4, `what was loaded: ${told}`);
    assert.ok(bytes <= FIRST_PAGE_BYTES_MAX, `${bytes} bytes: ${told}`);
  });
}
