//! What arrives incomplete, or says otherwise than a register, is no request that was received: its applicant is told so
//! and completes it; and each requirement shows how it stands and where it came from.

use authz::Assurance;
use clock::{Clock, DAY, HOUR};
use serde_json::{Value, json};

use crate::{
    forms::publishes_form,
    timers,
    world::{PDF, Person, TestDiwan, application, on_both_engines, on_both_engines_at},
};

const SERVICE: &str = "residence-certificate";

/// The newest notice about a request.
async fn told(person: &Person, number: &str) -> Value {
    let inbox = person.gets("/api/v1/inbox").await.is(200).json();
    let items = inbox["items"].as_array().expect("items").clone();
    let about = format!("request/{number}");
    items.into_iter().find(|item| item["about"] == about).expect("they were told")
}

async fn kinds(world: &TestDiwan, number: &str) -> Vec<String> {
    world.history(&format!("request/{number}")).await.into_iter().map(|entry| entry.kind).collect()
}

/// How a requirement stands, and where it came from.
fn stands(seen: &Value, item: &str) -> (String, String) {
    let list = seen["checklist"].as_array().expect("a checklist");
    let line = list.iter().find(|line| line["item"] == item).unwrap_or_else(|| panic!("no {item}: {list:?}"));
    let word = |member: &str| line[member].as_str().unwrap_or_default().to_owned();
    (word("state"), word("origin"))
}

/// No desk has it, no time runs, nobody decides on it; its applicant is told what to do.
async fn nobody_has_it(world: &TestDiwan, salma: &Person, number: &str, item: &str) {
    let seen = salma.sees(number).await;
    for member in ["holder", "due_at", "delivered_at", "declared_at"] {
        assert_eq!(seen[member], Value::Null, "{member}");
    }
    assert_eq!(salma.may(number).await, ["complete", "withdraw"]);
    let queue = world.person("Hamad").gets("/api/v1/tasks").await.is(200).json();
    assert!(!queue.to_string().contains(number));
    assert_eq!(stands(&seen, item), ("open".into(), String::new()));
    let page = salma.gets(&format!("/requests/{number}?lang=en")).await.is(200).page();
    assert!(
        page.contains("Receipt of your request is not confirmed") && page.contains("Complete and send it")
    );
}

// proves: LY-SVC-15.3a, LY-SVC-13.3a, LY-SVC-14.2
// refuses: POST /api/v1/requests/{number}/complete, POST /requests/{number}/complete
#[tokio::test]
async fn what_lacks_its_forms_is_not_confirmed_and_is_completed() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", Assurance::Substantial).await;
        let (hamad, huda) = (world.person("Hamad"), world.person("Huda"));
        let service = "name-correction";
        let entry = world.parts.services.directory.entry(service).expect("it is published");
        let evidence: Vec<String> =
            entry.card.documents.iter().filter(|it| it.required).map(|it| it.id.clone()).collect();
        let mut asked = application(service, world.example(service));
        salma.posts("/api/v1/requests", &asked).await.is(422);
        asked["declaration"] = json!(false);
        asked["if_incomplete"] = json!("keep");
        let arrived = salma.posts("/api/v1/requests", &asked).await.is(202).json();
        let number = arrived["number"].as_str().expect("a number").to_owned();
        assert_eq!(
            (&arrived["state"], &arrived["delivered_at"], &arrived["receipt"]),
            (&json!("receipt_not_confirmed"), &Value::Null, &Value::Null)
        );
        assert_eq!(kinds(&world, &number).await, ["request.not_confirmed"]);

        // The notice lists each missing form by its name.
        let notice = told(&salma, &number).await["body"].as_str().expect("words").to_owned();
        for evidence in entry.card.documents.iter().filter(|it| it.required) {
            assert!(notice.contains(&evidence.title.ar), "{notice}");
        }
        let item = format!("document.{}", evidence[0]);
        nobody_has_it(&world, &salma, &number, &item).await;

        // Others have nothing to complete; what is still open is refused, and what is complete is delivered at that moment.
        let href = format!("/api/v1/requests/{number}/complete");
        let complete = |documents: Value, declaration: bool| {
            json!({ "answers": world.example(service), "documents": documents, "declaration": declaration })
        };
        huda.posts(&href, &complete(json!([]), true)).await.refused(404, "not_found", &[]);
        huda.posts_form(&format!("/requests/{number}/complete"), &[]).await.is(404);
        let open = salma.posts(&href, &complete(json!([]), true)).await;
        open.refused(422, "request.incomplete", &["LY-SVC-13.4", "LY-SVC-13.2a"]);
        let mut documents = Vec::new();
        for id in &evidence {
            documents.push(json!({ "evidence": id, "document": salma.uploads("page.pdf", PDF).await.id() }));
        }
        let unsigned = salma.posts(&href, &complete(json!(documents), false)).await;
        unsigned.refused(422, "request.declaration_missing", &["LY-SVC-14.2"]);
        let delivered = salma.posts(&href, &complete(json!(documents), true)).await.is(201).json();
        assert_eq!((&delivered["number"], &delivered["state"]), (&json!(number), &json!("received")));
        assert_eq!(kinds(&world, &number).await, ["request.not_confirmed", "request.delivered"]);
        let again = salma.posts(&href, &complete(json!(documents), true)).await;
        again.refused(409, "request.already_received", &["LY-SVC-15.3a"]);

        // Each requirement shows how it stands and where it came from, until the office has checked it.
        let seen = salma.sees(&number).await;
        assert_eq!(seen["delivered_at"], delivered["delivered_at"]);
        assert_eq!(stands(&seen, &item), ("given".into(), "uploaded".into()));
        let step = entry.form.steps()[0].id.clone();
        assert_eq!(stands(&seen, &step), ("given".into(), "answered".into()));
        // The statement: which text, and when, apart from the delivery.
        let history = world.history(&format!("request/{number}")).await;
        let receipt = history.iter().find(|it| it.kind == "request.delivered").expect("a receipt");
        let receipt = receipt.body.clone().expect("a body");
        assert_eq!((&receipt["declared_at"], &receipt["declaration"]), (&seen["declared_at"], &seen["declaration"]));
        assert!(seen["declared_at"].is_string() && seen["declaration"] == "2026-1", "{seen}");
        hamad.takes(&number, "verify").await.is(200);
        assert_eq!(stands(&salma.sees(&number).await, &item), ("verified".into(), "uploaded".into()));
        let page = salma.gets(&format!("/requests/{number}?lang=en")).await.is(200).page();
        assert!(page.contains("What the service requires") && page.contains("Checked by the office"));
    })
    .await;
}

// proves: LY-SVC-15.3b, LY-SVC-13.3a
#[tokio::test]
async fn what_the_register_does_not_confirm_is_not_received() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        publishes_form(&world, |form| {
            let number = json!({ "type": "string", "title": "الرقم الوطني", "x-en": { "title": "National number" },
                "x-source": "person.national_number" });
            form["properties"]["national_number"] = number;
            form["x-steps"][0]["properties"].as_array_mut().expect("fields").push(json!("national_number"));
        })
        .await;
        let own = identity::person(&world.parts.store.read(), world.actor("Salma").await.person).await;
        let own = own.expect("persons can be read").expect("she is registered").identifier;
        let answers = |national_number: &str| {
            let mut answers = world.example(SERVICE);
            answers["national_number"] = json!(national_number);
            answers
        };
        let arrived = salma.submits(SERVICE, answers("119900000000")).await.is(202).json();
        let number = arrived["number"].as_str().expect("a number").to_owned();
        assert_eq!(arrived["gaps"], json!([{ "item": "national_number", "code": "unconfirmed" }]));
        let notice = told(&salma, &number).await["body"].as_str().expect("words").to_owned();
        assert!(notice.contains("الرقم الوطني") && notice.contains("السجل المدني"), "which datum, and how to go on: {notice}");
        assert_eq!(stands(&salma.sees(&number).await, "residence").0, "not_confirmed");

        // In the browser it is completed where it was typed, and what still differs stays on the page.
        let begun = salma.posts_form(&format!("/requests/{number}/complete"), &[]).await.is(303);
        let summary = begun.header("location").to_owned();
        let draft = summary.trim_end_matches("/summary").to_owned();
        let sends = || salma.posts_form(&summary, &[("declaration", "true")]);
        let still = sends().await.is(422).page();
        assert!(still.contains("لا يطابق سجل الأشخاص"));
        let step = [
            ("address", "حي الزيتون، شارع النخيل، عمارة 12، شقة 7"),
            ("city", "مدينة الساحل"),
            ("residing_since", "2021-09-01"),
            ("household_members", "5"),
            ("national_number", own.as_str()),
        ];
        salma.posts_form(&format!("{draft}/residence"), &step).await.is(303);
        let sent = sends().await.is(303);
        assert_eq!(sent.header("location"), format!("{draft}/sent"));
        let seen = salma.sees(&number).await;
        assert_eq!(seen["state"], "received");
        assert_eq!(stands(&seen, "national_number"), ("given".into(), "person".into()));
        assert_eq!(kinds(&world, &number).await, ["request.not_confirmed", "request.delivered"]);
    })
    .await;
}

/// Days that the regulation gives to complete what arrived, and how many of them are left when that is said again.
const COMPLETION_DAYS: u32 = 60;
const REMINDER_DAYS: u32 = 7;

#[tokio::test]
async fn what_is_never_completed_is_closed_once_after_a_reminder() {
    let now = Clock::System.now();
    on_both_engines_at(
        || Clock::fixed(now),
        |world| async move {
            let salma = world.surely("Salma", Assurance::Substantial).await;
            let service = "name-correction";
            let mut asked = application(service, world.example(service));
            asked["if_incomplete"] = json!("keep");
            let arrive = async || salma.posts("/api/v1/requests", &asked).await.is(202).word("number");
            let (forgotten, completed) = (arrive().await, arrive().await);
            let until = (now + DAY * COMPLETION_DAYS).to_string();
            assert_eq!(salma.sees(&forgotten).await["complete_by"], until);
            let packs = compliance::Packs::load();
            let days =
                packs.parameter("receipt.completion.limit").expect("the regulation names it").value.clone();
            assert_eq!(days.duration(), Some(DAY * COMPLETION_DAYS));
            let begun = salma.posts_form(&format!("/requests/{forgotten}/complete"), &[]).await.leads_to();

            world.clock.advance(DAY * (COMPLETION_DAYS - REMINDER_DAYS) - HOUR);
            world.works_off_its_jobs().await;
            assert_eq!(timers::told(&world, "Salma", &forgotten).await, ["request-not-confirmed"]);
            world.clock.advance(HOUR);
            world.works_off_its_jobs().await;
            assert_eq!(
                timers::told(&world, "Salma", &forgotten).await,
                ["request-not-confirmed", "request-expires"],
                "a week before the end"
            );
            // Two months outlive a token.
            let salma = world.surely("Salma", Assurance::Substantial).await;
            let withdrawn = json!({ "reason": "" });
            salma.acts(&completed, "withdraw", withdrawn).await.is(200);
            world.clock.advance(DAY * REMINDER_DAYS - HOUR);
            world.works_off_its_jobs().await;
            assert_eq!(
                salma.sees(&forgotten).await["state"],
                "receipt_not_confirmed",
                "an hour before the end"
            );
            world.clock.advance(HOUR);
            for _ in 0..2 {
                world.works_off_its_jobs().await;
                world.clock.advance(DAY);
            }
            let seen = salma.sees(&forgotten).await;
            assert_eq!((&seen["state"], &seen["complete_by"]), (&json!("expired"), &Value::Null));
            assert_eq!(salma.may(&forgotten).await, Vec::<String>::new());
            let told = ["request-not-confirmed", "request-expires", "request-expired"];
            assert_eq!(timers::told(&world, "Salma", &forgotten).await, told);
            assert_eq!(kinds(&world, &forgotten).await, ["request.not_confirmed", "request.expired"], "once");
            assert_eq!(salma.sees(&completed).await["state"], "withdrawn", "what was taken back stays so");

            // Nothing is left to complete, and the answers are there for another try.
            salma.gets(&begun).await.is(404);
            let complete = json!({ "answers": asked["answers"], "documents": [], "declaration": true });
            let late = salma.posts(&format!("/api/v1/requests/{forgotten}/complete"), &complete).await;
            late.refused(409, "request.expired", &["LY-SVC-15.3a", "LY-SVC-15.3b"]);
            let page = salma.reads(&format!("/requests/{forgotten}?lang=en")).await;
            assert!(
                page.contains("closed because it was not completed")
                    && !page.contains("Complete and send it")
            );
            salma.gets(&format!("/requests/{forgotten}/again")).await.is(200);
        },
    )
    .await;
}
