//! The desk: who may verify and decide, in which order, and what must be said with it.

use authz::Assurance;
use serde_json::json;

use crate::world::{NOBODYS_NUMBER, TestDiwan, on_both_engines};

const SERVICE: &str = "residence-certificate";
const REASON: &str = "العنوان المذكور لا يطابق القيد في السجل.";

pub fn every_item(world: &TestDiwan, service: &str) -> serde_json::Value {
    let answers = world.example(service);
    json!({ "items": answers.as_object().expect("answers").keys().collect::<Vec<_>>() })
}

// refuses: GET /api/v1/requests/{number}, GET /api/v1/requests/{number}/receipt
// refuses: GET /api/v1/requests/{number}/outputs/{part}, GET /api/v1/requests/{number}/documents/{document}
// refuses: POST /api/v1/requests/{number}/verify, POST /api/v1/requests/{number}/send_back
// refuses: POST /api/v1/requests/{number}/approve, POST /api/v1/requests/{number}/refuse
// refuses: POST /api/v1/requests/{number}/resubmit, POST /api/v1/requests/{number}/pass_on
#[tokio::test]
async fn to_others_a_request_does_not_exist() {
    on_both_engines(|world| async move {
        let number = world.person("Salma").delivers(SERVICE).await;
        let bodies = [
            ("verify", every_item(&world, SERVICE)),
            ("send_back", json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] })),
            ("pass_on", json!({})),
            ("approve", json!({})),
            ("refuse", json!({ "reason": REASON })),
            ("resubmit", json!({ "answers": world.example(SERVICE) })),
        ];
        // Another applicant, officers of other bodies, the verifier of the directory, an auditor, an administrator.
        for name in ["Huda", "Khalid", "Rashid", "Maryam", "Laila", "Omar", "Amal"] {
            let person = world.person(name);
            for number in [number.as_str(), NOBODYS_NUMBER, "26-not-a-number"] {
                let base = format!("/api/v1/requests/{number}");
                for path in [
                    "",
                    "/receipt",
                    "/outputs/certificate",
                    "/documents/00000000-0000-7000-8000-000000000000",
                ] {
                    person.gets(&format!("{base}{path}")).await.refused(404, "not_found", &[]);
                }
                for (act, body) in &bodies {
                    person.acts(number, act, body.clone()).await.refused(404, "not_found", &[]);
                }
            }
        }
        assert_eq!(world.person("Salma").sees(&number).await["state"], "received");
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/approve, POST /api/v1/requests/{number}/refuse
// proves: LY-SVC-16.1, LY-SVC-17.1a
#[tokio::test]
async fn only_the_laid_down_order_is_possible() {
    on_both_engines(|world| async move {
        let (salma, hamad, noura) = (world.person("Salma"), world.person("Hamad"), world.person("Noura"));
        let number = salma.delivers(SERVICE).await;
        let items = every_item(&world, SERVICE);
        let refusal = json!({ "reason": REASON });
        let resubmission = json!({ "answers": world.example(SERVICE) });

        let unverified = ("request.unverified", ["LY-SVC-16.1"]);
        noura.acts(&number, "approve", json!({})).await.refused(409, unverified.0, &unverified.1);
        noura.acts(&number, "refuse", refusal.clone()).await.refused(409, unverified.0, &unverified.1);
        let partly = hamad.acts(&number, "verify", json!({ "items": ["address", "city", "purpose"] })).await;
        partly
            .refused(409, unverified.0, &unverified.1)
            .names(&[("residing_since", "unverified"), ("household_members", "unverified")]);
        assert_eq!(salma.sees(&number).await["state"], "received");

        let transition = ("process.transition", ["LY-SVC-17.1a"]);
        salma.acts(&number, "resubmit", resubmission.clone()).await.refused(409, transition.0, &transition.1);
        hamad.acts(&number, "verify", items.clone()).await.is(200);
        hamad.acts(&number, "verify", items.clone()).await.refused(409, transition.0, &transition.1);
        noura.acts(&number, "approve", json!({})).await.is(200);
        for act in ["approve", "refuse"] {
            noura.acts(&number, act, refusal_or_nothing(act, &refusal)).await.refused(
                409,
                transition.0,
                &transition.1,
            );
        }
        world.works_off_its_jobs().await;
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        hamad.acts(&number, "send_back", correction).await.refused(409, transition.0, &transition.1);
        hamad.acts(&number, "verify", items).await.refused(409, transition.0, &transition.1);
        salma.acts(&number, "resubmit", resubmission).await.refused(409, transition.0, &transition.1);
        for person in [&salma, &hamad, &noura] {
            assert!(person.may(&number).await.is_empty(), "a closed request offers nothing");
        }
        let noted = world.history(&format!("request/{number}")).await;
        let refused = noted.iter().filter(|entry| entry.kind == "refused").count();
        assert_eq!(refused, 10, "each refusal with an article stands in the ledger");
    })
    .await;
}

fn refusal_or_nothing(act: &str, refusal: &serde_json::Value) -> serde_json::Value {
    if act == "refuse" { refusal.clone() } else { json!({}) }
}

// refuses: POST /api/v1/requests/{number}/verify, POST /api/v1/requests/{number}/approve
#[tokio::test]
async fn each_role_does_its_own_part_and_nobody_their_own_request() {
    on_both_engines(|world| async move {
        let (hamad, noura) = (world.person("Hamad"), world.person("Noura"));
        let number = world.person("Salma").delivers(SERVICE).await;
        assert_eq!(world.person("Salma").may(&number).await, ["withdraw"]);
        assert_eq!(hamad.may(&number).await, ["verify", "send_back"]);
        noura.acts(&number, "verify", every_item(&world, SERVICE)).await.refused(
            403,
            "not_allowed",
            &["LY-SVC-16.1", "LY-SVC-17.1a"],
        );
        hamad.takes(&number, "verify").await.is(200);
        hamad.acts(&number, "approve", json!({})).await.refused(
            403,
            "not_allowed",
            &["LY-SVC-16.1", "LY-SVC-17.1a"],
        );
        hamad.acts(&number, "refuse", json!({ "reason": REASON })).await.refused(
            403,
            "not_allowed",
            &["LY-SVC-16.1", "LY-SVC-17.1a"],
        );
        assert_eq!(noura.may(&number).await, ["send_back", "approve", "refuse"]);

        let own = hamad.delivers(SERVICE).await;
        assert_eq!(hamad.may(&own).await, ["withdraw"], "of one's own request only what applicants may");
        hamad.acts(&own, "verify", every_item(&world, SERVICE)).await.refused(
            403,
            "request.own",
            &["LY-SVC-16.1"],
        );
        let own = noura.delivers(SERVICE).await;
        hamad.takes(&own, "verify").await.is(200);
        noura.acts(&own, "approve", json!({})).await.refused(403, "request.own", &["LY-SVC-16.1"]);

        // With a password alone an officer is a member of the public.
        let unsure = world.surely("Hamad", Assurance::Basic).await;
        unsure.gets(&format!("/api/v1/requests/{number}")).await.refused(404, "not_found", &[]);
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/refuse
#[tokio::test]
async fn a_refusal_is_reasoned_and_told() {
    on_both_engines(|world| async move {
        let (salma, noura) = (world.person("Salma"), world.person("Noura"));
        let number = salma.delivers(SERVICE).await;
        world.person("Hamad").takes(&number, "verify").await.is(200);
        let long = "س".repeat(2_001);
        for (reason, word) in
            [("", "required"), ("   ", "required"), ("لا", "too_short"), (long.as_str(), "too_long")]
        {
            let refused = noura.acts(&number, "refuse", json!({ "reason": reason })).await;
            refused.refused(422, "request.reason_missing", &["LY-SVC-17.1b"]).names(&[("reason", word)]);
        }
        // Marks that cannot be seen reach neither the database nor the applicant.
        let marked = format!("\u{0}{REASON}\u{202e}");
        noura.acts(&number, "refuse", json!({ "reason": marked })).await.is(200);
        let seen = salma.sees(&number).await;
        assert_eq!((seen["state"].as_str(), seen["decision"].as_str()), (Some("refused"), Some(REASON)));
        assert!(seen["outputs"].as_array().is_some_and(Vec::is_empty));
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        assert!(inbox["items"][0]["body"].as_str().is_some_and(|body| body.contains(REASON)), "{inbox}");
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/approve, POST /api/v1/requests/{number}/verify
#[tokio::test]
async fn two_who_act_on_the_same_page_do_not_overwrite_each_other() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        let number = world.person("Salma").delivers(SERVICE).await;
        let revision = hamad.sees(&number).await["revision"].clone();
        let correction = json!({
            "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة كاملاً." }], "revision": revision,
        });
        hamad.acts(&number, "send_back", correction).await.is(200);
        let mut late = every_item(&world, SERVICE);
        late["revision"] = revision;
        hamad.acts(&number, "verify", late).await.refused(409, "request.changed", &[]);
        assert_eq!(hamad.sees(&number).await["state"], "returned");
    })
    .await;
}

// refuses: GET /api/v1/tasks
#[tokio::test]
async fn a_desk_shows_its_own_tasks() {
    on_both_engines(|world| async move {
        let number = world.person("Salma").delivers(SERVICE).await;
        let tasks = |name: &'static str| {
            let person = world.person(name);
            async move { person.gets("/api/v1/tasks").await.is(200).json()["items"].clone() }
        };
        assert_eq!(tasks("Hamad").await[0]["request"], number.as_str());
        assert_eq!(tasks("Hamad").await[0]["kind"], "verification");
        for name in ["Noura", "Khalid", "Maryam", "Salma", "Omar"] {
            assert_eq!(tasks(name).await, json!([]), "{name} has nothing to do with it");
        }
        world.person("Hamad").takes(&number, "verify").await.is(200);
        assert_eq!(tasks("Hamad").await, json!([]));
        assert_eq!(tasks("Noura").await[0]["kind"], "decision");
        world.stranger().gets("/api/v1/tasks").await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
    })
    .await;
}
