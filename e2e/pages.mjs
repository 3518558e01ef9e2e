// Every page of the product as data: who looks at it, where it lies, and what it answers. A page that is not in this list
// is not tested, so that a new page comes with its line.

/** `path` takes what `stage.mjs` prepared; `act` brings the page into a state that has no address of its own. */
export const PAGES = [
  { name: "home", path: "/" },
  { name: "home-signed-in", who: "salma", path: "/" },
  { name: "services", path: "/services" },
  { name: "services-found", path: "/services?q=%D8%B4%D9%87%D8%A7%D8%AF%D8%A9" },
  { name: "services-narrowed", path: "/services?life_event=moving-home&audience=citizen" },
  { name: "services-nothing-found", path: "/services?q=zzzzqqqq" },
  { name: "card", path: "/services/residence-certificate" },
  { name: "card-signed-in", who: "salma", path: "/services/family-record-extract" },
  { name: "card-not-eligible", who: "huda", path: "/services/national-id-replacement" },
  { name: "apply", who: "salma", path: "/services/residence-certificate/apply" },
  { name: "draft-for-whom", who: "yusuf", path: (stage) => `/drafts/${stage.companyDraft}/for-whom` },
  { name: "draft-step-1", who: "salma", path: (stage) => `/drafts/${stage.draft}/work` },
  { name: "draft-step-wrong", who: "salma", path: (stage) => `/drafts/${stage.draft}/work`, act: sendEmpty },
  { name: "draft-step-2", who: "salma", path: (stage) => `/drafts/${stage.draft}/test` },
  { name: "draft-documents", who: "salma", path: (stage) => `/drafts/${stage.draft}/documents` },
  { name: "draft-documents-filled", who: "salma", path: (stage) => `/drafts/${stage.fullDraft}/documents` },
  { name: "draft-summary-open", who: "salma", path: (stage) => `/drafts/${stage.draft}/summary` },
  { name: "draft-summary", who: "salma", path: (stage) => `/drafts/${stage.fullDraft}/summary` },
  { name: "draft-discard", who: "salma", path: (stage) => `/drafts/${stage.draft}/discard` },
  { name: "sent", who: "salma", path: (stage) => `/drafts/${stage.sentDraft}/sent` },
  { name: "requests", who: "salma", path: "/requests" },
  { name: "requests-empty", who: "amal", path: "/requests" },
  { name: "status-received", who: "salma", path: (stage) => `/requests/${stage.received}` },
  { name: "status-returned", who: "salma", path: (stage) => `/requests/${stage.returned}` },
  { name: "status-verified", who: "salma", path: (stage) => `/requests/${stage.verified}` },
  { name: "status-refused", who: "salma", path: (stage) => `/requests/${stage.refused}` },
  { name: "status-completed", who: "salma", path: (stage) => `/requests/${stage.completed}` },
  { name: "correct", who: "salma", path: (stage) => `/requests/${stage.returned}/correct` },
  { name: "desk", who: "hamad", path: "/desk" },
  { name: "desk-received", who: "hamad", path: (stage) => `/desk/${stage.received}` },
  { name: "desk-returned", who: "hamad", path: (stage) => `/desk/${stage.returned}` },
  { name: "desk-to-decide", who: "noura", path: (stage) => `/desk/${stage.verified}` },
  { name: "templates", who: "hamad", path: "/templates" },
  { name: "templates-to-agree", who: "laila", path: "/templates" },
  { name: "template", who: "hamad", path: "/templates/residence-certificate/certificate" },
  { name: "desk-narrowed", who: "hamad", path: "/desk?holder=nobody&sort=newest" },
  { name: "desk-search", who: "hamad", path: "/desk?q=%D8%B3%D9%84%D9%85%D9%89" },
  { name: "desk-nothing-found", who: "hamad", path: "/desk?q=zzzzqqqq" },
  { name: "desk-advice", who: "hamad", path: "/desk/advice" },
  { name: "desk-assisted", who: "hamad", path: "/desk/assisted" },
  { name: "desk-load", who: "rashid", path: "/desk/load" },
  { name: "desk-assignment", who: "rashid", path: "/desk/assignment" },
  { name: "desk-texts", who: "rashid", path: "/desk/texts" },
  { name: "desk-no-purpose", who: "noura", path: (stage) => `/desk/${stage.received}`, status: 403 },
  { name: "inbox", who: "salma", path: "/inbox" },
  { name: "inbox-empty", who: "amal", path: "/inbox" },
  { name: "account", who: "hamad", path: "/account" },
  { name: "sign-in", path: "/sign-in" },
  { name: "controls", path: "/controls" },
  { name: "control", path: "/controls/LY-SVC-13.4" },
  { name: "verify", path: "/verify" },
  { name: "verify-code", path: (stage) => stage.verification },
  { name: "verify-code-unknown", path: "/verify/00000000000000000000000000000000", status: 404 },
  { name: "gallery", path: "/gallery" },
  { name: "not-found", path: "/no-such-page", status: 404 },
  { name: "request-of-another", who: "huda", path: (stage) => `/requests/${stage.received}`, status: 404 },
];

/** Sends a step as it stands; the answer is the same page with what is wrong. */
async function sendEmpty(page) {
  await page.locator("main form .actions button[type=submit]").first().click();
  await page.locator(".error-summary").waitFor();
  return 422;
}
