//! Powers that somebody gives to a colleague for a time, and what is done by them.

use clock::{Clock, DAY};
use serde_json::{Value, json};

use crate::world::{Answer, TestDiwan, on_both_engines_at};

const SERVICE: &str = "residence-certificate";
const TOPICS: &str = "طلبات شهادات الإقامة مدة الإجازة";
const CODE: &str = "identity.delegation_expired";

/// What somebody asks to delegate at the civil registry, from today until the day after tomorrow.
fn wish(world: &TestDiwan, delegate: &str, powers: &[&str]) -> Value {
    let (today, until) = (world.clock.now().to_string(), (world.clock.now() + DAY * 2).to_string());
    json!({ "body": "civil-registry", "delegate": world.line(delegate).identifier, "powers": powers,
        "topics": TOPICS, "from": &today[..10], "until": &until[..10] })
}

/// A delegation that waits for its approval.
pub async fn asked(world: &TestDiwan, delegator: &str, delegate: &str, powers: &[&str]) -> String {
    let wish = wish(world, delegate, powers);
    world.person(delegator).posts("/api/v1/delegations", &wish).await.id()
}

async fn rules(world: &TestDiwan, name: &str, id: &str, approves: bool) -> Answer {
    let ruling = json!({ "approves": approves, "reason": "" });
    world.person(name).posts(&format!("/api/v1/delegations/{id}/decide"), &ruling).await
}

/// A request that waits for its decision.
async fn verified(world: &TestDiwan) -> String {
    let number = world.person("Salma").delivers(SERVICE).await;
    world.person("Hamad").takes(&number, "verify").await.is(200);
    number
}

/// Tries it without knowing whether it is offered.
async fn approves(world: &TestDiwan, name: &str, number: &str) -> Answer {
    world.person(name).acts(number, "approve", json!({})).await
}

/// Who acted on a request in whose name, entry by entry, as the ledger has it.
async fn on_behalf(world: &TestDiwan, number: &str, kind: &str) -> Vec<(String, String)> {
    let entries = world.history(&format!("request/{number}")).await;
    let of_kind = entries.into_iter().filter(|entry| entry.kind == kind);
    let word = |body: &Value, member: &str| body[member].as_str().unwrap_or_default().to_owned();
    of_kind
        .filter_map(|entry| entry.body)
        .map(|body| (word(&body, "on_behalf_of"), word(&body, "delegation")))
        .collect()
}

fn by_nobody() -> Vec<(String, String)> {
    vec![(String::new(), String::new())]
}

// proves: KW-RW-9.1.1b
// refuses: POST /api/v1/delegations/{id}/decide, POST /api/v1/delegations, GET /api/v1/delegations/{id}
#[tokio::test]
async fn what_is_done_by_delegation_is_logged_as_such_and_ends_with_it() {
    on_both_engines_at(
        || Clock::fixed(Clock::System.now()),
        |world| async move {
            let (first, second, third) =
                (verified(&world).await, verified(&world).await, verified(&world).await);
            let noura = world.actor("Noura").await.person.to_string();
            approves(&world, "Aisha", &first).await.refused(
                403,
                "not_allowed",
                &["LY-SVC-16.1", "LY-SVC-17.1a"],
            );

            let id = asked(&world, "Noura", "Aisha", &["decider"]).await;
            approves(&world, "Aisha", &first).await.refused(
                403,
                "not_allowed",
                &["LY-SVC-16.1", "LY-SVC-17.1a"],
            );
            for side in ["Noura", "Aisha"] {
                rules(&world, side, &id, true).await.refused(409, "delegation.own", &["KW-RW-9.1.1b"]);
            }
            for other in ["Hamad", "Rashid", "Salma"] {
                rules(&world, other, &id, true).await.refused(404, "not_found", &[]);
                world.person(other).gets(&format!("/api/v1/delegations/{id}")).await.is(404);
            }
            rules(&world, "Widad", &id, true).await.is(204);
            rules(&world, "Widad", &id, true).await.refused(409, "delegation.state", &["KW-RW-9.1.1b"]);
            let seen = world.person("Aisha").gets(&format!("/api/v1/delegations/{id}")).await.is(200).json();
            assert_eq!((&seen["state"], &seen["powers"]), (&json!("in_force"), &json!(["decider"])));

            world.person("Aisha").takes(&first, "approve").await.is(200);
            assert_eq!(on_behalf(&world, &first, "request.approved").await, [(noura, id.clone())]);
            assert_eq!(on_behalf(&world, &first, "request.verified").await, by_nobody());
            world.person("Noura").takes(&second, "approve").await.is(200);
            assert_eq!(on_behalf(&world, &second, "request.approved").await, by_nobody());

            // What is held by delegation is not passed on, and gives no say over other delegations.
            let passed_on = wish(&world, "Hamad", &["decider"]);
            let passed_on = world.person("Aisha").posts("/api/v1/delegations", &passed_on).await;
            passed_on.refused(403, "delegation.sub_delegation", &["KW-RW-9.1.1b"]);

            world.clock.advance(DAY * 3);
            approves(&world, "Aisha", &third).await.refused(403, CODE, &["KW-RW-9.1.1b"]);
            let seen = world.person("Noura").gets(&format!("/api/v1/delegations/{id}")).await.is(200).json();
            assert_eq!(seen["state"], "ended");
            world.person("Noura").takes(&third, "approve").await.is(200);
        },
    )
    .await;
}

// refuses: GET /api/v1/delegations, POST /api/v1/delegations, POST /api/v1/delegations/{id}/end, POST /delegations/{id}/decide
// refuses: POST /account/delegations, POST /delegations/{id}/end, GET /delegations/{id}, GET /account/delegations
#[tokio::test]
async fn a_delegation_is_asked_whole_refused_with_a_reason_and_ended_early_by_either_side() {
    on_both_engines_at(
        || Clock::fixed(Clock::System.now()),
        |world| async move {
            let (noura, widad) = (world.person("Noura"), world.person("Widad"));
            let refused = |wish: Value| {
                let noura = noura.clone();
                async move { noura.posts("/api/v1/delegations", &wish).await.is(422) }
            };
            let outsider = refused(wish(&world, "Rashid", &["decider"])).await;
            outsider.names(&[("delegate", "delegate")]);
            refused(wish(&world, "Noura", &["decider"])).await.names(&[("delegate", "delegate")]);
            refused(wish(&world, "Aisha", &["head"])).await.names(&[("powers", "powers")]);
            let mut backwards = wish(&world, "Aisha", &["decider"]);
            backwards["until"] = "2020-01-01".into();
            refused(backwards).await.names(&[("until", "period_order")]);
            let yusuf = world.person("Yusuf");
            let none = yusuf.posts("/api/v1/delegations", &wish(&world, "Aisha", &["decider"])).await;
            none.refused(403, "org.not_yours", &[]);
            world.stranger().opens("/account/delegations").await.is(303);
            world.stranger().gets("/api/v1/delegations").await.is(401);
            let page =
                noura.posts_form("/account/delegations", &[("topics", TOPICS), ("powers", "decider")]).await;
            assert!(page.is(422).page().contains(TOPICS), "what was typed is still there");

            let asked = asked(&world, "Noura", "Aisha", &["decider"]).await;
            let path = format!("/delegations/{asked}");
            world.person("Rashid").opens(&path).await.is(404);
            widad.posts_form(&format!("{path}/decide"), &[("reason", "")]).await.is(422);
            widad.posts_form(&format!("{path}/decide"), &[("reason", "لا حاجة إليه الآن")]).await.is(303);
            assert!(noura.reads(&path).await.contains("لا حاجة إليه الآن"));

            let number = verified(&world).await;
            let held = crate::delegations::asked(&world, "Noura", "Aisha", &["decider"]).await;
            widad.posts_form(&format!("/delegations/{held}/decide?approves=yes"), &[]).await.is(303);
            assert!(world.person("Aisha").may(&number).await.contains(&"approve".to_owned()));
            world.person("Rashid").posts_form(&format!("/delegations/{held}/end"), &[]).await.is(404);
            noura.posts_form(&format!("/delegations/{held}/end"), &[("why", "")]).await.is(422);
            let why = json!({ "reason": "عادت صاحبة القرار" });
            let end = format!("/api/v1/delegations/{held}/end");
            world.person("Rashid").posts(&end, &why).await.is(404);
            noura.posts(&end, &why).await.is(204);
            noura.posts(&end, &why).await.refused(409, "delegation.state", &["KW-RW-9.1.1b"]);
            approves(&world, "Aisha", &number).await.refused(403, CODE, &["KW-RW-9.1.1b"]);
        },
    )
    .await;
}
