//! What an applicant does after sending: take it back, apply again, appeal, and keep everything.

use std::io::Read;

use clock::{Clock, DAY, HOUR};
use serde_json::{Value, json};

use crate::{
    collecting::completed,
    world::{NOBODYS_NUMBER, TestDiwan, on_both_engines, on_both_engines_at},
};

const SERVICE: &str = "residence-certificate";
const REASON: &str = "العنوان المذكور لا يطابق القيد في السجل.";
const GROUNDS: &str = "العنوان صحيح، وقد حدثته في السجل قبل أسبوع.";

async fn refused(world: &TestDiwan) -> String {
    let number = world.person("Salma").delivers(SERVICE).await;
    world.person("Hamad").takes(&number, "verify").await.is(200);
    world.person("Noura").acts(&number, "refuse", json!({ "reason": REASON })).await.is(200);
    number
}

// refuses: POST /api/v1/requests/{number}/withdraw, GET /requests/{number}/withdraw
// refuses: POST /requests/{number}/withdraw, GET /requests/{number}/again, POST /requests/{number}/again
#[tokio::test]
async fn what_is_undecided_can_be_taken_back_and_begun_anew() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let number = salma.delivers(SERVICE).await;
        for other in ["Huda", "Khalid"] {
            for unknown in [number.as_str(), NOBODYS_NUMBER] {
                world.person(other).acts(unknown, "withdraw", json!({})).await.refused(404, "not_found", &[]);
                world.person(other).gets(&format!("/requests/{unknown}/withdraw")).await.is(404);
                world.person(other).gets(&format!("/requests/{unknown}/again")).await.is(404);
                world.person(other).posts_form(&format!("/requests/{unknown}/again"), &[]).await.is(404);
            }
        }
        hamad.acts(&number, "withdraw", json!({})).await.refused(403, "not_allowed", &["LY-SVC-16.3a"]);
        salma.opens(&format!("/requests/{number}/again")).await.is(409);
        let path = format!("/requests/{number}/withdraw");
        let long = "س".repeat(1_001);
        let told = salma.posts_form(&path, &[("reason", &long), ("revision", "1")]).await.is(422);
        assert!(told.page().contains(&long), "what was typed is still there");
        salma.posts_form(&path, &[("revision", "9")]).await.is(409);
        salma.posts_form(&path, &[("reason", "لم أعد أحتاجها"), ("revision", "1")]).await.is(303);
        let seen = salma.sees(&number).await;
        assert_eq!(
            (seen["state"].as_str(), seen["actions"].as_array().map(Vec::len)),
            (Some("withdrawn"), Some(0))
        );
        let progress: Vec<&str> = seen["stages"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["progress"].as_str())
            .collect();
        assert_eq!(progress, ["done", "withdrawn"], "what would have come is not shown");

        // Nobody works on it any more, and no act leads on.
        for (person, act, body) in [
            (&hamad, "verify", json!({ "items": [] })),
            (&salma, "resubmit", json!({ "answers": world.example(SERVICE) })),
            (&world.person("Noura"), "approve", json!({})),
        ] {
            person.acts(&number, act, body).await.refused(409, "process.transition", &["LY-SVC-17.1a"]);
        }
        salma.acts(&number, "withdraw", json!({})).await.refused(409, "request.decided", &["LY-SVC-17.1a"]);
        let tasks = hamad.gets("/api/v1/tasks").await.is(200).json();
        assert!(!tasks.to_string().contains(&number), "its task is closed");
        let kinds: Vec<String> =
            world.history(&format!("request/{number}")).await.iter().map(|it| it.kind.clone()).collect();
        assert!(kinds.contains(&"request.withdrawn".to_owned()), "{kinds:?}");

        // A new draft takes along what she wrote.
        let offered = salma.opens(&format!("/requests/{number}/again")).await.is(200);
        assert!(offered.page().contains("/again"));
        let begun = salma.posts_form(&format!("/requests/{number}/again"), &[]).await.is(303);
        let draft = salma.opens(begun.header("location")).await.is(200);
        let address = world.example(SERVICE)["address"].as_str().expect("an address").to_owned();
        assert!(draft.page().contains(&address), "the old answer is in the new draft");
        // What is decided is not taken back.
        let done = completed(&world, &salma).await;
        salma.acts(&done, "withdraw", json!({})).await.refused(409, "request.decided", &["LY-SVC-17.1a"]);
        assert_eq!(salma.opens(&format!("/requests/{done}/withdraw")).await.is(303).status, 303);
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/appeal, POST /api/v1/appeals/{id}/decide
// refuses: GET /requests/{number}/appeal, POST /requests/{number}/appeal
// refuses: GET /desk/appeals, GET /desk/appeals/{id}, POST /desk/appeals/{id}/decide
#[tokio::test]
async fn a_refusal_is_appealed_once_in_time_and_decided_by_somebody_else() {
    on_both_engines_at(
        || Clock::fixed(Clock::System.now()),
        |world| async move {
            let (salma, noura, widad) = (world.person("Salma"), world.person("Noura"), world.person("Widad"));
            let open = salma.delivers(SERVICE).await;
            let file = |number: &str, grounds: &str| {
                let (path, body) =
                    (format!("/api/v1/requests/{number}/appeal"), json!({ "grounds": grounds }));
                let salma = salma.clone();
                async move { salma.posts(&path, &body).await }
            };
            let control = ["LY-SVC-17.1b"];
            file(&open, GROUNDS).await.refused(409, "appeal.not_possible", &control);
            let number = refused(&world).await;
            for other in ["Huda", "Khalid"] {
                let path = format!("/api/v1/requests/{number}/appeal");
                world.person(other).posts(&path, &json!({ "grounds": GROUNDS })).await.refused(
                    404,
                    "not_found",
                    &[],
                );
                world.person(other).gets(&format!("/requests/{number}/appeal")).await.is(404);
            }
            let path = format!("/requests/{number}/appeal");
            let told = salma.posts_form(&path, &[("grounds", "ظلم")]).await;
            assert!(told.is(422).page().contains("ظلم"), "what was typed is still there");
            let appeal = file(&number, GROUNDS).await.is(200).word("id");
            file(&number, GROUNDS).await.refused(409, "appeal.repeated", &control);
            assert!(salma.opens(&format!("/requests/{number}")).await.page().contains("تظلمك قيد النظر"));

            // It lies with the head, who is told; nobody else sees it.
            let inbox = widad.gets("/api/v1/inbox").await.is(200).json();
            assert!(
                inbox["items"][0]["link"].as_str().is_some_and(|link| link.ends_with(&appeal)),
                "{inbox}"
            );
            let path = format!("/api/v1/appeals/{appeal}/decide");
            let uphold = json!({ "outcome": "uphold", "reasons": "ثبت أن العنوان محدث في السجل." });
            for other in ["Salma", "Hamad", "Noura", "Rashid"] {
                world.person(other).posts(&path, &uphold).await.refused(404, "not_found", &[]);
                world.person(other).gets(&format!("/desk/appeals/{appeal}")).await.is(404);
                world.person(other).posts_form(&format!("/desk/appeals/{appeal}/decide"), &[]).await.is(404);
            }
            noura.opens("/desk/appeals").await.is(403);
            assert!(widad.opens("/desk/appeals").await.is(200).page().contains(&appeal));
            let short = json!({ "outcome": "reject", "reasons": "القرار صحيح في موضوعه.", "remedy": "" });
            widad
                .posts(&path, &short)
                .await
                .refused(422, "appeal.reasons_missing", &control)
                .names(&[("remedy", "required")]);
            let told = widad
                .posts_form(&format!("/desk/appeals/{appeal}/decide"), &[("reasons", "سبب مكتوب كامل")])
                .await;
            assert!(told.is(422).page().contains("سبب مكتوب كامل"));
            widad.posts(&path, &uphold).await.is(200);
            widad.posts(&path, &uphold).await.refused(409, "appeal.decided", &control);

            goes_back_to_the_decision(&world, &number).await;
            rejected_and_late(&world).await;
        },
    )
    .await;
}

async fn goes_back_to_the_decision(world: &TestDiwan, number: &str) {
    let (salma, noura) = (world.person("Salma"), world.person("Noura"));
    // Upheld: the decision is open again, and its history stays.
    assert_eq!(salma.sees(number).await["state"], "verified");
    assert_eq!(noura.may(number).await, ["send_back", "approve", "refuse"]);
    noura.takes(number, "approve").await.is(200);
    world.works_off_its_jobs().await;
    assert_eq!(salma.sees(number).await["state"], "completed");
    let kinds: Vec<String> =
        world.history(&format!("request/{number}")).await.iter().map(|it| it.kind.clone()).collect();
    for kind in ["request.refused", "appeal.filed", "appeal.upheld", "request.approved"] {
        assert_eq!(kinds.iter().filter(|it| *it == kind).count(), 1, "{kind} in {kinds:?}");
    }
}

async fn rejected_and_late(world: &TestDiwan) {
    let (salma, widad) = (world.person("Salma"), world.person("Widad"));
    let [rejected, late] = [refused(world).await, refused(world).await];
    let body = json!({ "grounds": GROUNDS });
    let filed = salma.posts(&format!("/api/v1/requests/{rejected}/appeal"), &body).await.is(200);
    let reject = json!({ "outcome": "reject", "reasons": "القرار صحيح في موضوعه.", "remedy": "الطعن أمام القضاء خلال ستين يومًا." });
    widad.posts(&format!("/api/v1/appeals/{}/decide", filed.word("id")), &reject).await.is(200);
    let seen = salma.opens(&format!("/requests/{rejected}")).await.is(200);
    assert!(seen.page().contains("الطعن أمام القضاء"), "the way that is left is named");
    assert_eq!(salma.sees(&rejected).await["state"], "refused");
    // On the last day it is in time; a moment later it is not.
    world.clock.advance(DAY * 30);
    let other = salma.posts(&format!("/api/v1/requests/{late}/appeal"), &body).await;
    other.is(200);
    let [delayed, too_late] = [salma.delivers(SERVICE).await, refused(world).await];
    world.clock.advance(DAY * 30 + HOUR);
    let refusal = salma.posts(&format!("/api/v1/requests/{too_late}/appeal"), &body).await;
    refusal.refused(409, "appeal.too_late", &["LY-SVC-17.1b"]);
    // A request past its date may be appealed for the delay; nothing is reopened by it.
    salma.posts(&format!("/api/v1/requests/{delayed}/appeal"), &body).await.is(200);
    assert_eq!(salma.sees(&delayed).await["state"], "received");
}

// refuses: GET /api/v1/requests/{number}/archive, GET /requests/{number}/archive.zip
// refuses: GET /requests/{number}/summary.pdf
// proves: LY-SVC-12.3
#[tokio::test]
async fn everything_of_a_request_is_kept_singly_and_as_one_archive() {
    on_both_engines(|world| async move {
        let (rashid, salma) = (world.person("Rashid"), world.person("Salma"));
        let number = salma.delivers("road-damage-report").await;
        world.person("Khalid").takes(&number, "verify").await.is(200);
        rashid.takes(&number, "approve").await.is(200);
        world.works_off_its_jobs().await;
        for other in ["Huda", "Hamad"] {
            for unknown in [number.as_str(), NOBODYS_NUMBER] {
                let person = world.person(other);
                person.gets(&format!("/api/v1/requests/{unknown}/archive")).await.refused(
                    404,
                    "not_found",
                    &[],
                );
                person.opens(&format!("/requests/{unknown}/archive.zip")).await.is(404);
                person.opens(&format!("/requests/{unknown}/summary.pdf")).await.is(404);
            }
        }
        let archive = salma.gets(&format!("/api/v1/requests/{number}/archive")).await.is(200);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive.bytes)).expect("a ZIP");
        let mut read = |path: &str| {
            let mut bytes = Vec::new();
            zip.by_name(path)
                .unwrap_or_else(|_| panic!("{path}"))
                .read_to_end(&mut bytes)
                .expect("it is whole");
            bytes
        };
        let told: Value = serde_json::from_slice(&read("request.json")).expect("request.json");
        let seen = salma.sees(&number).await;
        for member in ["number", "state", "answers", "delivered_at"] {
            assert_eq!(told[member], seen[member], "{member}");
        }
        assert!(told["messages"].as_array().is_some_and(|messages| messages.len() >= 2), "{told}");
        assert!(told["messages"][0]["body"].as_str().is_some_and(|body| !body.is_empty()));
        // Every file that it names is in it, and is the file that is there singly.
        let documents = told["documents"].as_array().expect("documents");
        for (document, listed) in documents.iter().zip(seen["documents"].as_array().expect("documents")) {
            let single = salma.gets(listed["href"].as_str().expect("an address")).await.is(200);
            assert_eq!(read(document["path"].as_str().expect("a path")), single.bytes);
        }
        for (output, listed) in told["outputs"]
            .as_array()
            .into_iter()
            .flatten()
            .zip(seen["outputs"].as_array().into_iter().flatten())
        {
            let single = salma.gets(listed["href"].as_str().expect("an address")).await.is(200);
            let kept = read(output["path"].as_str().expect("a path"));
            assert!(kept.starts_with(b"%PDF-") && single.bytes.starts_with(b"%PDF-"));
        }
        assert!(read("summary.pdf").starts_with(b"%PDF-") && read("receipt.pdf").starts_with(b"%PDF-"));
        let receipt: Value = serde_json::from_slice(&read("receipt.json")).expect("receipt.json");
        assert!(receipt.is_object());
        salma.opens(&format!("/requests/{number}/archive.zip")).await.is(200);
        salma.opens(&format!("/requests/{number}/summary.pdf")).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn my_requests_are_found_narrowed_and_ordered() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let (open, returned) = (salma.delivers(SERVICE).await, salma.delivers(SERVICE).await);
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        world.person("Hamad").acts(&returned, "send_back", correction).await.is(200);
        let done = completed(&world, &salma).await;
        for _ in 0..20 {
            salma.delivers(SERVICE).await;
        }
        let list = async |query: &str| salma.opens(&format!("/requests{query}")).await.is(200).page();
        let place = |text: &str, number: &str| text.find(&format!("/requests/{number}\""));
        let first = list("").await;
        assert!(place(&first, &returned).is_some(), "what needs me leads, however old");
        assert!(place(&first, &returned) < place(&first, &open).or(Some(usize::MAX)));
        assert!(place(&first, &done).is_none(), "what is over comes last");
        let next = first
            .split("cursor=")
            .nth(1)
            .and_then(|rest| rest.split(['"', '&']).next())
            .expect("a next page");
        let second = list(&format!("?cursor={next}")).await;
        assert!(place(&second, &done).is_some() && place(&second, &open).is_some());
        assert!(place(&list("?show=closed").await, &done).is_some());
        assert!(place(&list("?show=needs").await, &open).is_none());
        let digits: String = open.chars().filter(char::is_ascii_digit).collect();
        let found = list(&format!("?q={}", &digits[2..10])).await;
        assert!(place(&found, &open).is_some() && place(&found, &returned).is_none());
        assert!(place(&list("?q=%D8%B4%D9%87%D8%A7%D8%AF%D9%87&show=closed").await, &done).is_some());
        assert!(list("?q=zzzz").await.contains("لا طلب بهذه الشروط"));
        assert!(place(&list("?service=birth-certificate").await, &open).is_none());
        salma.opens("/requests?cursor=%25").await.is(422);
    })
    .await;
}
