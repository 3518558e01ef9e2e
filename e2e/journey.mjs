// The steps of an application that several journeys take, by what stands in the page: names of fields, roles, addresses.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";

/** Answers as `demo/services/residence-certificate.form.json` asks for them, page by page. */
export const RESIDENCE = [
  { address: "حي الزيتون، شارع النخيل، عمارة 12، شقة 7", city: "مدينة الساحل", residing_since: "2021-09-01", household_members: "٥" },
  { purpose: "school_enrolment" },
];

/** The smallest picture that is one: a document for tests. */
export const PICTURE = {
  name: "photo.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  ),
};

/** Fills fields by their names, whatever kind they are. */
export async function fill(page, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    const field = page.locator(`main [name="${name}"]`);
    const kind = await field.first().evaluate((element) => (element.localName === "select" ? "select" : element.type));
    if (kind === "select") await field.selectOption(answer);
    else if (kind === "radio") await page.locator(`main [name="${name}"][value="${answer}"]`).check();
    else if (kind === "checkbox") await field.setChecked(answer);
    else await field.fill(answer);
  }
}

/** The button that sends the form of a step and goes on. */
export const goOn = (page) => page.locator("main form .actions button[type=submit]").first();

/** Presses a button and gives the answer to the form that it sends, once the page that follows is there. */
export async function send(page, button) {
  const isForm = (response) => response.request().method() === "POST" && response.request().isNavigationRequest();
  const [answer] = await Promise.all([page.waitForResponse(isForm), page.waitForEvent("load"), button.click()]);
  return answer;
}

/** The number on the page after sending. */
export async function numberOf(page) {
  await page.waitForURL(/\/drafts\/[^/]+\/sent/);
  const number = (await page.locator(".panel-number").innerText()).trim();
  assert.match(number, /^\d{2}-\d{4}-\d{4}-\d{2}$/);
  return number;
}

export const path = (page) => new URL(page.url()).pathname;

/** Ticks the declaration and sends. */
export async function declareAndSend(page) {
  await page.locator('main [name="declaration"]').check();
  await send(page, page.locator("form.sending button.start"));
  return numberOf(page);
}

/** A journey told in several tests: where one fails, those after it say so at once instead of waiting in vain. */
export function journey() {
  let stopped = false;
  return (chapter) => async () => {
    assert.equal(stopped, false, "the journey ended at an earlier test");
    stopped = true;
    await chapter();
    stopped = false;
  };
}
