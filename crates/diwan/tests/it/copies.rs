//! A paper copy by post: asked for, printed in a batch, dispatched, and told.

use serde_json::{Value, json};

use crate::{
    collecting::completed,
    world::{NOBODYS_NUMBER, TestDiwan, on_both_engines},
};

// refuses: POST /api/v1/requests/{number}/copy, POST /api/v1/copies/{id}/dispatch
// refuses: GET /requests/{number}/copy, POST /requests/{number}/copy
// refuses: GET /desk/copies, POST /desk/copies/print, GET /desk/copies/{id}, POST /desk/copies/{id}/dispatch
// proves: LY-SVC-18.5a, LY-SVC-18.4
#[tokio::test]
async fn a_paper_copy_is_asked_for_printed_and_posted() {
    on_both_engines(|world| async move {
        let (salma, hamad, khalid) = (world.person("Salma"), world.person("Hamad"), world.person("Khalid"));
        let address =
            json!({ "recipient": "سلمى خالد", "street": "شارع الاستقلال 12", "city": "مدينة الساحل" });
        let control = ["LY-SVC-18.5a"];
        let open = salma.delivers("residence-certificate").await;
        let path = |number: &str| format!("/api/v1/requests/{number}/copy");
        salma.posts(&path(&open), &address).await.refused(409, "copy.not_offered", &control);
        let number = completed(&world, &salma).await;
        let delivered = salma.sees(&number).await["outputs"][0]["delivered_at"].clone();
        assert!(delivered.is_string(), "stamped when she can read it");
        for unknown in [number.as_str(), NOBODYS_NUMBER] {
            khalid.posts(&path(unknown), &address).await.refused(404, "not_found", &[]);
            khalid.gets(&format!("/requests/{unknown}/copy")).await.is(404);
            khalid.posts_form(&format!("/requests/{unknown}/copy"), &[]).await.is(404);
        }
        hamad.posts(&path(&number), &address).await.refused(403, "not_allowed", &["LY-SVC-18.5a"]);
        let blank = json!({ "recipient": "  ", "street": "x", "city": "y".repeat(121) });
        salma
            .posts(&path(&number), &blank)
            .await
            .refused(422, "copy.address_missing", &control)
            .names(&[("recipient", "required"), ("city", "too_long")]);
        let fields = [("recipient", "سلمى"), ("street", "شارع الاستقلال 12"), ("city", "")];
        let told = salma.posts_form(&format!("/requests/{number}/copy"), &fields).await.is(422);
        assert!(told.page().contains("شارع الاستقلال 12"), "what was typed is there");
        let copy = salma.posts(&path(&number), &address).await.is(200).word("id");
        salma.posts(&path(&number), &address).await.refused(409, "copy.under_way", &control);

        is_printed_and_posted(&world, &number, &copy).await;
        // Reading and posting do not move the moment of delivery, which both sides see.
        salma.gets(&format!("/requests/{number}/outputs/certificate")).await.is(200);
        for person in [&salma, &hamad] {
            let seen: Value = person.sees(&number).await;
            assert_eq!(seen["outputs"][0]["delivered_at"], delivered);
            let page = person.gets(&format!("/requests/{number}")).await.is(200);
            assert!(page.page().contains("متاح لك منذ"), "its page says since when");
        }
    })
    .await;
}

async fn is_printed_and_posted(world: &TestDiwan, number: &str, copy: &str) {
    let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
    let control = ["LY-SVC-18.5a"];
    // Only the desk of the provider sees it; it is not posted before it is printed.
    let leaves = json!({ "carrier": "البريد الوطني", "tracking": "LY123456789" });
    let dispatch = format!("/api/v1/copies/{copy}/dispatch");
    for other in ["Salma", "Khalid", "Noura"] {
        let other = world.person(other);
        other.posts(&dispatch, &leaves).await.refused(404, "not_found", &[]);
        other.gets(&format!("/desk/copies/{copy}")).await.is(404);
        other.posts_form(&format!("/desk/copies/{copy}/dispatch"), &[]).await.is(404);
        other.posts_form("/desk/copies/print", &[("copies", copy)]).await.is(404);
    }
    salma.gets("/desk/copies").await.is(403);
    hamad.posts(&dispatch, &leaves).await.refused(409, "copy.not_printed", &control);
    hamad.posts_form("/desk/copies/print", &[]).await.is(422);
    for _ in 0..2 {
        let batch = hamad.posts_form("/desk/copies/print", &[("copies", copy)]).await.is(200);
        assert_eq!(batch.header("content-type"), "application/pdf");
        assert!(batch.bytes.starts_with(b"%PDF-"));
    }
    hamad
        .posts(&dispatch, &json!({ "carrier": "", "tracking": "" }))
        .await
        .refused(422, "copy.carrier_missing", &control)
        .names(&[("carrier", "required"), ("tracking", "required")]);
    hamad.posts(&dispatch, &leaves).await.is(200);
    hamad.posts(&dispatch, &leaves).await.refused(409, "copy.dispatched", &control);

    // She is told, and her request says how it left; the ledger holds every print.
    let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
    assert!(inbox["items"][0]["body"].as_str().is_some_and(|body| body.contains("LY123456789")), "{inbox}");
    let seen = salma.gets(&format!("/requests/{number}")).await.is(200);
    let seen = seen.page();
    assert!(seen.contains("LY123456789") && seen.contains("البريد الوطني"));
    let history = world.history(&format!("request/{number}")).await;
    let kinds: Vec<&str> =
        history.iter().map(|it| it.kind.as_str()).filter(|it| it.starts_with("copy")).collect();
    assert_eq!(kinds, ["copy.asked", "copy.printed", "copy.reprinted", "copy.dispatched"]);
}
