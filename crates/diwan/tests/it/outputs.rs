//! What a decision must say for each kind of output, and that the applicant is told it.

use authz::Assurance;
use serde_json::json;

use crate::world::on_both_engines;

// refuses: POST /api/v1/requests/{number}/approve
// proves: LY-SVC-18.2
#[tokio::test]
async fn a_measure_is_described_and_told() {
    on_both_engines(|world| async move {
        let (salma, rashid) = (world.person("Salma"), world.person("Rashid"));
        let number = salma.delivers("road-damage-report").await;
        world.person("Khalid").takes(&number, "verify").await.is(200);
        for (measures, word) in [("", "required"), ("سنصلح", "too_short")] {
            let refused = rashid.acts(&number, "approve", json!({ "measures": measures })).await;
            refused.refused(422, "output.measure_missing", &["LY-SVC-18.2"]).names(&[("measures", word)]);
        }
        let measures = "يردم الفريق الحفرة ويعيد رصف المكان يوم الأحد.";
        rashid.acts(&number, "approve", json!({ "measures": measures })).await.is(200);
        world.works_off_its_jobs().await;
        assert_eq!(salma.sees(&number).await["state"], "completed");
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        assert!(inbox["items"][0]["body"].as_str().is_some_and(|body| body.contains(measures)), "{inbox}");
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/approve
// proves: LY-SVC-18.3
#[tokio::test]
async fn an_administrative_act_is_named_and_told() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", Assurance::Substantial).await;
        let noura = world.person("Noura");
        let number = salma.delivers("name-correction").await;
        world.person("Hamad").takes(&number, "verify").await.is(200);
        for (named, missing) in [
            (json!({}), &[("act_number", "required"), ("act_date", "required")][..]),
            (json!({ "act_number": "12/2026" }), &[("act_date", "required")]),
            (json!({ "act_number": "  ", "act_date": "2026-01-04" }), &[("act_number", "required")]),
            (json!({ "act_number": "12/2026", "act_date": "9000-01-01" }), &[("act_date", "after_today")]),
        ] {
            let refused = noura.acts(&number, "approve", named).await;
            refused.refused(422, "output.act_missing", &["LY-SVC-18.3"]).names(missing);
        }
        let named = json!({ "act_number": "12/2026", "act_date": "2026-01-04" });
        noura.acts(&number, "approve", named.clone()).await.is(200);
        world.works_off_its_jobs().await;
        let seen = salma.sees(&number).await;
        assert_eq!(
            (seen["state"].as_str(), seen["outputs"][0]["kind"].as_str()),
            (Some("completed"), Some("administrative_act"))
        );
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        let body: String = inbox["items"][0]["body"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .filter(|c| *c < '\u{2000}')
            .collect();
        assert!(body.contains("رقم 12/2026 بتاريخ 4 يناير 2026"), "act, number and date are told: {body}");
        let page = salma.gets(&format!("/requests/{number}?lang=en")).await.is(200).page();
        assert!(page.contains("12/2026") && page.contains("January 2026"), "they stand on the page");
        let issued = world.history(&format!("request/{number}")).await;
        let issued = issued.iter().find(|entry| entry.kind == "output.issued").expect("it was issued");
        assert_eq!(issued.body.as_ref().expect("a body")["act"], named, "two values");
    })
    .await;
}
