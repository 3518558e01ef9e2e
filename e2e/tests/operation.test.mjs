// The administrator sees what is watched, is told of a mail server that does not answer, and sees to it; backups and their
// proof stand on the same page.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, windowOf } from "../people.mjs";
import { eventually, openWorld } from "../world.mjs";

let opened, backups;

before(async () => {
  backups = mkdtempSync(join(tmpdir(), "diwan-e2e-backups-"));
  const settings = {
    DIWAN_SMTP: "smtp://127.0.0.1:1",
    DIWAN_BACKUP: backups,
    DIWAN_BACKUP_PASSWORD: "correct horse battery staple",
  };
  opened = { ...(await openBrowser()), world: await openWorld(settings) };
});
after(async () => {
  await opened.close();
  await opened.world.close();
  rmSync(backups, { recursive: true, force: true });
});

test("a part that fails is told of, taken upon oneself, and the backup beside it is proven", async () => {
  const amal = await windowOf(opened, "amal");
  await amal.goto("/inbox");
  await amal.locator(".inbox-subject").first().click();
  await amal.waitForURL("**/operation/alerts/*");
  const button = amal.locator("form[action$='/acknowledge'] button[type=submit]");
  await button.click();
  await amal.locator(".error-summary").waitFor();
  await amal.locator("[name=note]").fill("نتصل بمشغل خادم البريد.");
  await button.click();
  await amal.getByText("نتصل بمشغل خادم البريد.").waitFor();
  assert.equal(await button.count(), 0);

  await amal.goto("/operation");
  assert.ok(await amal.locator(".notice a[href^='/operation/alerts/']").first().isVisible());
  await eventually("a backup that succeeded", async () => {
    await amal.reload();
    return (await amal.getByText("نجح", { exact: true }).count()) >= 2;
  }, 120_000);
  await amal.context().close();
});
