// The directory as people browse it, without a browser: every published service is found, read and can be begun.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sharedWorld } from "../world.mjs";

/** A service and every way that leads to it. */
const SERVICE = "residence-certificate";
const WAYS = ["life_event=moving-home", "audience=citizen", "body=civil-registry", "topic=civil-status", "q=شَهَادَةُ إِقَامَة", "q=شهاده اقامه"];
const PAGES_MAX = 20;
let world;

before(() => {
  world = sharedWorld();
});

async function page(path) {
  const response = await fetch(world.base + path, { headers: { cookie: "lang=ar" } });
  assert.equal(response.status, 200, path);
  return response.text();
}

/** Slugs in the order of the list, over all its pages. */
async function listed(query) {
  const found = [];
  for (let number = 1; number <= PAGES_MAX; number++) {
    const html = await page(`/services?${query}&page=${number}`);
    const here = [...html.matchAll(/class="card-title"><a href="\/services\/([a-z0-9-]+)"/g)].map((match) => match[1]);
    if (here.length === 0 || found.includes(here[0])) break;
    found.push(...here);
  }
  return found;
}

// proves: LY-SVC-23.2
test("the same service is found by life event, beneficiary, provider, subject and words in any spelling", async () => {
  for (const way of WAYS) {
    assert.ok((await listed(encodeURI(way))).includes(SERVICE), way);
  }
});

// proves: LY-SVC-1.04
test("every published service is found, read and begun, with its provider, version and date", async () => {
  const services = await listed("sort=name");
  assert.ok(services.length >= 40, `${services.length} services`);
  for (const service of services) {
    const card = await page(`/services/${service}`);
    assert.ok(card.includes(`href="/services/${service}/apply"`), `${service} can be begun`);
    const [, record] = card.match(/<dl class="record">([\s\S]*?)<\/dl>/) ?? assert.fail(`${service} has no record`);
    const [verified, version] = [...record.matchAll(/<dd>([\s\S]*?)<\/dd>/g)].map((match) => match[1].trim());
    assert.match(verified, /\d{4}/, `${service}: when it was verified`);
    assert.match(version, /\d/, `${service}: its version`);
    assert.match(card, /href="\/services\?body=[a-z-]+"/, `${service}: its provider`);
  }
});
