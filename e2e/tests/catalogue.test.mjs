// What the directory exports, held against what other catalogues read: the official shapes of CPSV-AP, and its own schema.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { e2eFolder, sharedWorld } from "../world.mjs";

const FOLDER = join(e2eFolder, "catalogue");
const SHAPES = join(FOLDER, "cpsv-ap-3.2.0.shacl.ttl");
/** Classes of the export of which the shapes speak, by the end of their address; each must be held against them. */
const CLASSES = ["PublicService", "PublicOrganisation", "Output", "Evidence", "Event", "LifeEvent", "Cost", "Channel", "ContactPoint", "Concept", "LinguisticSystem"];
let world;

before(() => {
  world = sharedWorld();
});

async function kept(path, name) {
  const response = await fetch(world.base + path);
  assert.equal(response.status, 200, path);
  const [file, text] = [join(world.folder, name), await response.text()];
  writeFileSync(file, text);
  return { file, value: JSON.parse(text) };
}

function held(...words) {
  const python = process.env.DIWAN_TEST_CATALOGUE_PYTHON;
  assert.ok(python, "DIWAN_TEST_CATALOGUE_PYTHON names a python with pyshacl and jsonschema; bin/test sets it");
  const run = spawnSync(python, [join(FOLDER, "conforms.py"), ...words], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  assert.ok(run.stdout, run.stderr);
  return JSON.parse(run.stdout);
}

test("the whole directory as linked data conforms to the official shapes of CPSV-AP", async () => {
  const { file, value } = await kept("/api/v1/directory.jsonld", "directory.jsonld");
  const told = held("shacl", SHAPES, file);
  assert.deepEqual(told.violations, []);
  const services = told.held["http://purl.org/vocab/cpsv#PublicService"];
  assert.equal(services, value["@graph"].length, "each service is one node that is held against the shapes");
  assert.ok(services >= 40, `${services} services`);
  const classes = Object.keys(told.held);
  for (const name of CLASSES) assert.ok(classes.some((known) => known.endsWith(name)), `${name} is held`);
});

test("the shapes refuse an export in which something is missing", async () => {
  const { value } = await kept("/api/v1/directory.jsonld", "directory.jsonld");
  const [first] = value["@graph"];
  delete first["dct:title"];
  delete first["cv:hasCompetentAuthority"];
  const file = join(world.folder, "broken.jsonld");
  writeFileSync(file, JSON.stringify(value));
  const { violations } = held("shacl", SHAPES, file);
  assert.ok(violations.length >= 2, "a check that cannot fail is none");
  assert.ok(violations.every((violation) => violation.startsWith(first["@id"])), violations.join("\n"));
});

// proves: LY-SVC-23.1
test("the whole directory validates against the one schema of cards", async () => {
  const schema = await kept("/api/v1/directory/schema", "card.schema.json");
  const whole = await kept("/api/v1/directory/export", "export.json");
  const told = held("schema", schema.file, whole.file);
  assert.deepEqual(told.violations, []);
  assert.ok(told.services >= 40, `${told.services} services`);
});
