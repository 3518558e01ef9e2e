//! Every door, tried by somebody who may not: the tables are checked against the description of the API, so that a new
//! call without a refusal is found here.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, NOBODYS_NUMBER, TestDiwan, on_both_engines};

/// Calls that anybody may make; each has refusals of its own elsewhere.
pub const OPEN: [&str; 26] = [
    "GET /api/v1/directory/endpoint-keys",
    "OPTIONS /api/v1/uploads",
    "GET /api/v1/calendar",
    "GET /api/v1/standards",
    "GET /api/v1/standards/{id}",
    "GET /api/v1/lists/{list}",
    "GET /api/v1/services",
    "GET /api/v1/services/{id}",
    "GET /api/v1/services/suggest",
    "GET /api/v1/controls",
    "GET /api/v1/controls/{id}",
    "GET /api/v1/oscal/catalog",
    "GET /api/v1/oscal/profile",
    "GET /api/v1/oscal/component-definition",
    "POST /api/v1/sessions",
    "GET /api/v1/directory/register",
    "GET /api/v1/directory/register/{id}",
    "GET /api/v1/directory/schema",
    "GET /api/v1/services/{id}/process",
    "GET /api/v1/directory/export",
    "GET /api/v1/directory.jsonld",
    "GET /api/v1/directory/maturity",
    "GET /api/v1/directory/classification",
    "GET /api/v1/directory/rules",
    "GET /api/v1/calendar",
    "GET /api/v1/calendar/changes",
];
pub const NOBODYS_ID: &str = "00000000-0000-7000-8000-000000000000";

pub async fn described(world: &TestDiwan) -> BTreeSet<String> {
    let description = world.stranger().gets("/api/openapi.json").await.is(200).json();
    let paths = description["paths"].as_object().expect("a description has paths");
    let calls = paths.iter().flat_map(|(path, calls)| {
        let methods = calls.as_object().into_iter().flat_map(|calls| calls.keys());
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    calls.collect()
}

/// The path with nobody's number and nobody's ids in its places.
pub fn nobodys(path: &str) -> String {
    path.replace("{number}", NOBODYS_NUMBER)
        .replace("{part}", "certificate")
        .replace("{document}", NOBODYS_ID)
        .replace("{alert}", NOBODYS_ID)
        .replace("{id}", NOBODYS_ID)
}

/// A body that would do, were it not for who sends it.
pub fn body(call: &str) -> Value {
    let correction = json!({ "item": "city", "instruction": "اكتب اسم المدينة." });
    match call.rsplit('/').next().unwrap_or_default() {
        "decide" if call.contains("/narrowings/") => json!({ "agrees": false, "words": "" }),
        "decide" if call.contains("/exemptions/") => json!({ "grants": false, "reason": "" }),
        "decide" if call.contains("/delegations/") => json!({ "approves": false, "reason": "" }),
        "{body}" if call.contains("/staff-directories/") => json!({}),
        "{body}" => json!({ "address": "https://system.example/diwan" }),
        "requests" => json!({ "service": "residence-certificate", "answers": {}, "declaration": true }),
        "verify" => json!({ "items": [] }),
        "send_back" => json!({ "corrections": [correction] }),
        "refuse" => json!({ "reason": "العنوان لا يطابق القيد." }),
        "email" => json!({ "email": "salma@mail.example" }),
        "acknowledgement" => json!({ "ar": "", "en": "" }),
        "resubmit" => json!({ "answers": {} }),
        "tokens" => json!({ "name": "test", "days": 1 }),
        "decide" => json!({ "outcome": "reject", "reasons": "لا سند لها.", "remedy": "القضاء الإداري." }),
        "handover" => json!({ "collected_by": "سالم أحمد", "identifier": "119840193527" }),
        "appeal" => json!({ "grounds": "العنوان صحيح، وقد حدثته في السجل قبل أسبوع." }),
        "appointment" => json!({ "starts_at": "2026-11-23T07:00:00Z" }),
        "complete" => json!({ "answers": {}, "declaration": true }),
        "copy" => json!({ "recipient": "سلمى", "street": "شارع الاستقلال 12", "city": "مدينة الساحل" }),
        "messages" => json!({ "words": "متى يصدر القرار؟" }),
        "dispatch" => json!({ "carrier": "البريد", "tracking": "RR1" }),
        "bodies" => json!({ "body": "municipality", "from": "2026-03-01" }),
        "attest" => json!({ "version": 1 }),
        _ => json!({}),
    }
}

async fn tries(world: &TestDiwan, who: Option<&str>, call: &str) -> Answer {
    let (method, path) = call.split_once(' ').expect("a call is a method and a path");
    let person = who.map_or_else(|| world.stranger(), |name| world.person(name));
    let method: Method = method.parse().expect("a method");
    let request = person.call(method.clone(), &nobodys(path));
    match method {
        Method::POST if path.ends_with("/documents") => {
            let part = reqwest::multipart::Part::bytes(crate::world::PDF).file_name("page.pdf");
            Answer::to(request.multipart(reqwest::multipart::Form::new().part("file", part))).await
        }
        Method::POST | Method::PUT => Answer::to(request.json(&body(call))).await,
        _ => Answer::to(request).await,
    }
}

// refuses: GET /api/v1/me, GET /api/v1/inbox, POST /api/v1/inbox/{id}/read
// refuses: GET /api/v1/sessions, DELETE /api/v1/sessions, DELETE /api/v1/sessions/{id}
// refuses: GET /api/v1/tokens, POST /api/v1/tokens, DELETE /api/v1/tokens/{id}
// refuses: GET /api/v1/requests, POST /api/v1/requests, GET /api/v1/requests/{number}
// refuses: GET /api/v1/tasks, POST /api/v1/documents
#[tokio::test]
async fn nobody_calls_without_signing_in() {
    on_both_engines(|world| async move {
        let calls = described(&world).await;
        assert!(calls.len() >= 25, "{calls:?}");
        for open in OPEN {
            assert!(calls.contains(open), "{open} is not described any more");
        }
        for call in calls.iter().filter(|call| !OPEN.contains(&call.as_str())) {
            let answer = tries(&world, None, call).await;
            assert_eq!(answer.status, 401, "{call}: {}", answer.text());
            // An answer to HEAD has no words.
            if call.starts_with("HEAD ") {
                continue;
            }
            let problem = answer.problem();
            assert!(
                problem["code"].as_str().is_some_and(|code| code != "web.unavailable"),
                "{call}: {problem}"
            );
            let forged = world.bearer("dwn_forged");
            let (method, path) = call.split_once(' ').expect("a call is a method and a path");
            let forged = forged.call(method.parse().expect("a method"), &nobodys(path));
            assert_eq!(Answer::to(forged).await.status, 401, "{call} with a forged token");
        }
    })
    .await;
}

// refuses: POST /api/v1/inbox/{id}/read, GET /api/v1/controls/{id}
// refuses: DELETE /api/v1/sessions/{id}, DELETE /api/v1/tokens/{id}
#[tokio::test]
async fn what_is_not_there_is_not_found() {
    on_both_engines(|world| async move {
        let mut others = Vec::new();
        for call in described(&world).await.iter().filter(|call| call.contains('{')) {
            let answer = tries(&world, Some("Hamad"), call).await;
            if answer.status != 404 {
                others.push(format!("{call}: {} {}", answer.status, answer.text()));
            }
        }
        assert_eq!(others, Vec::<String>::new());
        for path in ["/api/v1/nonsense", "/api/v2/requests", "/nonsense"] {
            assert_eq!(world.person("Hamad").gets(path).await.status, 404, "{path}");
        }
        let wrong = world.person("Hamad").call(Method::PUT, "/api/v1/requests");
        Answer::to(wrong).await.refused(405, "web.method", &[]);
    })
    .await;
}

// refuses: GET /api/v1/controls
#[tokio::test]
async fn the_controls_refuse_what_they_do_not_know() {
    on_both_engines(|world| async move {
        for query in ["pack=nonsense", "state=nonsense", "colour=green", "cursor=nonsense"] {
            let answer = world.stranger().gets(&format!("/api/v1/controls?{query}")).await;
            assert_eq!(answer.status, 422, "{query}: {}", answer.text());
        }
    })
    .await;
}

// refuses: POST /api/v1/sessions, POST /api/v1/tokens
#[tokio::test]
async fn the_keys_are_not_handed_out() {
    on_both_engines(|world| async move {
        let anybody = world.stranger();
        for (identifier, password) in [("219880412736", "wrong"), ("000000000000", "wrong"), ("", "")] {
            let asked = json!({ "identifier": identifier, "password": password });
            let refused = anybody.posts("/api/v1/sessions", &asked).await;
            assert!(matches!(refused.status, 401 | 422), "{}", refused.text());
        }
        // A token gives birth to no token.
        let refused =
            world.person("Salma").posts("/api/v1/tokens", &json!({ "name": "more", "days": 9 })).await;
        refused.refused(403, "auth.session_required", &["LY-SVC-8.1"]);
        // Nobody reads or ends what is another's: Huda's ids are nothing to Salma.
        let number = world.person("Huda").delivers("residence-certificate").await;
        let notice =
            world.person("Huda").gets("/api/v1/inbox").await.is(200).json()["items"][0]["id"].clone();
        let path = format!("/api/v1/inbox/{}/read", notice.as_str().expect("a notice has an id"));
        world.person("Salma").posts(&path, &json!({})).await.refused(404, "not_found", &[]);
        world.person("Salma").gets(&format!("/api/v1/requests/{number}")).await.refused(
            404,
            "not_found",
            &[],
        );
        let inbox = world.person("Huda").gets("/api/v1/inbox").await.is(200).json();
        assert!(inbox["items"][0]["read_at"].is_null());
    })
    .await;
}

/// Pages that are somebody's own: whoever is not signed in is led to the door.
const OWN_PAGES: [&str; 72] = [
    "GET /account",
    "POST /account/preferences",
    "POST /account/sessions/end",
    "POST /account/sessions/{id}/end",
    "POST /account/tokens",
    "POST /account/tokens/{id}/end",
    "GET /requests",
    "GET /requests/{number}",
    "GET /requests/{number}/correct",
    "GET /requests/{number}/receipt.pdf",
    "GET /requests/{number}/receipt.json",
    "GET /requests/{number}/outputs/{part}",
    "GET /requests/{number}/documents/{document}",
    "GET /desk",
    "GET /desk/{number}",
    "POST /desk/{number}/verify",
    "GET /services/residence-certificate/apply",
    "POST /services/residence-certificate/apply",
    "GET /drafts/{id}/for-whom",
    "GET /drafts/{id}/residence",
    "GET /drafts/{id}/documents",
    "GET /drafts/{id}/summary",
    "POST /drafts/{id}/summary",
    "GET /drafts/{id}/sent",
    "GET /drafts/{id}/discard",
    "POST /drafts/{id}/discard",
    "POST /drafts/{id}/for-whom",
    "POST /drafts/{id}/residence",
    "POST /drafts/{id}/keep/residence",
    "POST /drafts/{id}/documents",
    "POST /drafts/{id}/documents/lease",
    "POST /drafts/{id}/documents/lease/remove",
    "POST /drafts/{id}/documents/lease/arrange",
    "GET /directory/proposals/{id}/preview",
    "POST /directory/proposals/{id}/preview",
    "GET /directory/entries/{id}/versions/1/preview",
    "POST /directory/entries/{id}/versions/1/preview",
    "GET /directory",
    "GET /directory/entries/{id}",
    "POST /directory/entries/{id}/suspend",
    "POST /directory/entries/{id}/restore",
    "POST /directory/entries/{id}/merge",
    "POST /directory/entries/{id}/classify",
    "POST /directory/entries/{id}/owner",
    "POST /directory/entries/{id}/law",
    "POST /directory/entries/{id}/propose",
    "POST /directory/duties/{id}/answer",
    "GET /directory/entries/{id}/versions/1",
    "POST /directory/entries/{id}/versions/1/publish",
    "POST /directory/entries/{id}/versions/1/return",
    "POST /directory/proposals",
    "GET /directory/proposals/{id}",
    "GET /directory/proposals/{id}/what",
    "POST /directory/proposals/{id}/what",
    "POST /directory/proposals/{id}/keep/what",
    "GET /calendar/change",
    "POST /calendar/change",
    "GET /directory/proposals/{id}/process",
    "POST /directory/proposals/{id}/process",
    "POST /directory/proposals/{id}/process/keep",
    "GET /directory/proposals/{id}/process/play",
    "GET /directory/proposals/{id}/process.toml",
    "GET /directory/proposals/{id}/process.json",
    "POST /directory/proposals/{id}/submit",
    "POST /directory/proposals/{id}/put_away",
    "GET /directory/classification",
    "POST /directory/classification",
    "GET /directory/rules",
    "POST /directory/rules",
    "GET /services/residence-certificate/report",
    "POST /services/residence-certificate/report",
    "POST /browse/follow",
];

// refuses: GET /account, POST /account/preferences, POST /account/sessions/end, POST /account/sessions/{id}/end
// refuses: POST /account/tokens, POST /account/tokens/{id}/end
// refuses: GET /requests, GET /requests/{number}
// refuses: GET /requests/{number}/receipt.pdf, GET /requests/{number}/receipt.json
// refuses: GET /requests/{number}/outputs/{part}, GET /requests/{number}/documents/{document}
// refuses: GET /desk, GET /desk/{number}, POST /desk/{number}/{act}
// refuses: GET /services/{slug}/apply, POST /services/{slug}/apply
// refuses: GET /drafts/{id}/for-whom, GET /drafts/{id}/{step}, GET /drafts/{id}/documents, GET /drafts/{id}/summary
// refuses: POST /drafts/{id}/for-whom, POST /drafts/{id}/{step}, POST /drafts/{id}/keep/{step}
// refuses: POST /drafts/{id}/documents, POST /drafts/{id}/documents/{evidence}
// refuses: POST /drafts/{id}/documents/{evidence}/remove
// refuses: POST /drafts/{id}/summary, GET /drafts/{id}/sent, GET /drafts/{id}/discard, POST /drafts/{id}/discard
// refuses: GET /directory, GET /directory/entries/{slug}, POST /directory/entries/{slug}/suspend
// refuses: POST /directory/entries/{slug}/restore, POST /directory/entries/{slug}/merge
// refuses: POST /directory/entries/{slug}/classify, POST /directory/entries/{slug}/owner
// refuses: POST /directory/entries/{slug}/law, POST /directory/entries/{slug}/propose
// refuses: POST /directory/duties/{id}/answer, GET /directory/entries/{slug}/versions/{version}
// refuses: POST /directory/entries/{slug}/versions/{version}/publish
// refuses: POST /directory/entries/{slug}/versions/{version}/return, POST /directory/proposals
// refuses: GET /directory/proposals/{id}, GET /directory/proposals/{id}/{part}, POST /directory/proposals/{id}/{part}
// refuses: POST /directory/proposals/{id}/keep/{part}, POST /directory/proposals/{id}/submit
// refuses: POST /directory/proposals/{id}/put_away, GET /directory/classification, POST /directory/classification
// refuses: GET /directory/proposals/{id}/process, POST /directory/proposals/{id}/process
// refuses: POST /directory/proposals/{id}/process/keep, GET /directory/proposals/{id}/process.toml
// refuses: GET /directory/proposals/{id}/process.json, GET /directory/proposals/{id}/process/play
// refuses: GET /directory/rules, POST /directory/rules, GET /services/{slug}/report, POST /services/{slug}/report
// refuses: POST /browse/follow, GET /directory/proposals/{id}/preview, POST /directory/proposals/{id}/preview
// refuses: GET /directory/entries/{slug}/versions/{version}/preview
// refuses: POST /directory/entries/{slug}/versions/{version}/preview
#[tokio::test]
async fn pages_of_ones_own_lead_a_stranger_to_the_door() {
    on_both_engines(|world| async move {
        let mut wrong = Vec::new();
        for page in OWN_PAGES {
            let (method, path) = page.split_once(' ').expect("a page has a method and a path");
            let call = world.stranger().call(method.parse().expect("a method"), &nobodys(path));
            let call = call.header("content-type", "application/x-www-form-urlencoded").body("");
            let answer = Answer::to(call).await;
            if answer.status != 303 || !answer.header("location").starts_with("/sign-in") {
                wrong.push(format!("{page}: {} {}", answer.status, answer.header("location")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

/// Nobody gives themselves what was not asked for: a body with a member that the description does not know is refused before
/// anything is done with it, whatever the member.
#[tokio::test]
async fn no_body_carries_more_than_is_described() {
    on_both_engines(|world| async move {
        let description = world.stranger().gets("/api/openapi.json").await.is(200).json();
        let (mut wrong, mut tried) = (Vec::new(), 0);
        for (path, calls) in description["paths"].as_object().expect("paths") {
            for (method, said) in calls.as_object().into_iter().flatten() {
                let call = format!("{} {path}", method.to_uppercase());
                let takes_json = said["requestBody"]["content"]["application/json"].is_object();
                if !takes_json {
                    continue;
                }
                let schema = &said["requestBody"]["content"]["application/json"]["schema"];
                let named = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
                let schema = named.map_or(schema, |name| &description["components"]["schemas"][name]);
                let mut body = body(&call);
                for member in ["is_administrator", "roles", "__proto__"] {
                    body[member] = json!(["administrator"]);
                }
                let method: Method = method.to_uppercase().parse().expect("a method");
                let request = world.person("Amal").call(method, &nobodys(path)).json(&body);
                let answer = Answer::to(request).await;
                tried += 1;
                let problem: Value = serde_json::from_slice(&answer.bytes).unwrap_or_default();
                let is_refused = answer.status == 422 && problem["code"] == "web.json";
                // Where something else is asked first, the description at least takes no other member.
                let is_closed = answer.status >= 400 && schema["additionalProperties"] == false;
                if !is_refused && !is_closed {
                    wrong.push(format!("{call}: {} {}", answer.status, problem["code"]));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(tried > 60, "only {tried} were tried");
    })
    .await;
}
