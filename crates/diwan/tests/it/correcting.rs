//! A request goes back with instructions and comes again with exactly what was marked.

use serde_json::json;

use crate::world::{PDF, on_both_engines};

const SERVICE: &str = "residence-certificate";
const CONTROLS: &[&str] = &["LY-SVC-16.2"];

// refuses: POST /api/v1/requests/{number}/send_back, POST /api/v1/requests/{number}/resubmit
// proves: LY-SVC-16.2
#[tokio::test]
async fn only_what_was_marked_is_corrected() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let number = salma.delivers(SERVICE).await;
        let before = salma.sees(&number).await;
        let long = "س".repeat(601);
        let missing = "request.instruction_missing";
        hamad
            .acts(&number, "send_back", json!({ "corrections": [] }))
            .await
            .refused(422, missing, CONTROLS)
            .names(&[("corrections", "required")]);
        for (item, instruction, word) in [
            ("city", "", "instruction_required"),
            ("city", "لا", "too_short"),
            ("city", long.as_str(), "too_long"),
            ("favourite_colour", "اكتب اللون المفضل.", "unlisted"),
        ] {
            let corrections = json!({ "corrections": [{ "item": item, "instruction": instruction }] });
            let refused = hamad.acts(&number, "send_back", corrections).await;
            refused.refused(422, missing, CONTROLS).names(&[(item, word)]);
        }
        let instruction = "اكتب اسم المدينة كما هو في السجل.";
        let corrections = json!({ "corrections": [{ "item": "city", "instruction": instruction }] });
        hamad.acts(&number, "send_back", corrections).await.is(200);

        let returned = salma.sees(&number).await;
        assert_eq!(returned["corrections"], json!([{ "item": "city", "instruction": instruction }]));
        assert_eq!(returned["stages"][1]["progress"], "needs_you");
        assert_eq!(salma.may(&number).await, ["resubmit", "withdraw"]);
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        assert_eq!(inbox["items"][0]["about"], format!("request/{number}"));
        assert_eq!(inbox["items"].as_array().map(Vec::len), Some(2), "the return is told");

        let mut answers = world.example(SERVICE);
        answers["city"] = "طرابلس".into();
        let mut more = answers.clone();
        more["address"] = "شارع آخر، عمارة 9، شقة 1".into();
        let not_marked = "request.item_not_returned";
        salma
            .acts(&number, "resubmit", json!({ "answers": more }))
            .await
            .refused(422, not_marked, CONTROLS)
            .names(&[("address", "not_marked")]);
        let mut empty = answers.clone();
        empty["city"] = "".into();
        salma.acts(&number, "resubmit", json!({ "answers": empty })).await.refused(
            422,
            "request.incomplete",
            &["LY-SVC-13.4"],
        );
        salma.acts(&number, "resubmit", json!({ "answers": answers })).await.is(200);

        let again = hamad.sees(&number).await;
        assert_eq!(again["answers"]["city"], "طرابلس");
        assert_eq!(again["delivered_at"], before["delivered_at"], "a correction is no new delivery");
        assert_eq!(hamad.may(&number).await, ["verify", "send_back"]);
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/resubmit
// proves: LY-SVC-16.2
#[tokio::test]
async fn a_marked_document_is_replaced_and_no_other() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", authz::Assurance::Substantial).await;
        let hamad = world.person("Hamad");
        let number = salma.delivers("name-correction").await;
        let answers = world.example("name-correction");
        let other = salma.uploads("judgment.pdf", PDF).await.id();
        let instruction = "أرفق نسخة واضحة من الوثيقة.";
        let corrections =
            json!({ "corrections": [{ "item": "document.older-document", "instruction": instruction }] });
        hamad.acts(&number, "send_back", corrections).await.is(200);
        let unmarked =
            json!({ "answers": answers, "documents": [{ "evidence": "judgment", "document": other }] });
        salma
            .acts(&number, "resubmit", unmarked)
            .await
            .refused(422, "request.item_not_returned", CONTROLS)
            .names(&[("document.judgment", "not_marked")]);
        let marked =
            json!({ "answers": answers, "documents": [{ "evidence": "older-document", "document": other }] });
        salma.acts(&number, "resubmit", marked).await.is(200);
        let seen = hamad.sees(&number).await;
        assert_eq!(seen["documents"].as_array().map(Vec::len), Some(1));
        assert_eq!(seen["documents"][0]["name"], "judgment.pdf");
    })
    .await;
}
