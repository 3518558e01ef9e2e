//! The whole way of a request: asked for, acknowledged, verified, approved, issued, fetched, verified by anybody.

use ledger::verify_handed_in;
use serde_json::Value;

use crate::world::{TestDiwan, on_both_engines};

const SERVICE: &str = "residence-certificate";

/// What the applicant's inbox holds about a request, newest first.
async fn notices(world: &TestDiwan, number: &str) -> Vec<Value> {
    let inbox = world.person("Salma").gets("/api/v1/inbox").await.is(200).json();
    let items = inbox["items"].as_array().expect("an inbox has items").clone();
    items.into_iter().filter(|item| item["about"] == format!("request/{number}")).collect()
}

fn progress(seen: &Value) -> Vec<String> {
    let stages = seen["stages"].as_array().expect("a request has stages");
    stages.iter().map(|stage| stage["progress"].as_str().unwrap_or_default().to_owned()).collect()
}

// proves: LY-SVC-14.1a, LY-SVC-15.1, LY-SVC-16.3a, LY-SVC-16.3b, LY-SVC-17.1a, LY-SVC-18.1a, LY-SVC-18.4
#[tokio::test]
async fn a_certificate_from_the_request_to_its_output() {
    on_both_engines(|world| async move {
        let (salma, hamad, noura) = (world.person("Salma"), world.person("Hamad"), world.person("Noura"));
        // The workers of this installation have a mail server.
        let ready = notify::Announce { email: true, now: world.clock.now() };
        world.parts.store.write(ready).await.expect("a worker says what it can send by");
        let delivered = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
        let number = delivered["number"].as_str().expect("a delivered request has a number");

        // The acknowledgement was there with the number, before any job ran.
        let first = notices(&world, number).await;
        assert_eq!(first.len(), 1, "{first:?}");
        assert!(first[0]["body"].as_str().is_some_and(|body| body.contains(number)), "{first:?}");
        assert_eq!(first[0]["sent_at"], delivered["delivered_at"]);
        assert_eq!(first[0]["deliveries"][0]["means"], "email");
        assert_eq!(first[0]["deliveries"][0]["state"], "queued");

        let seen = salma.sees(number).await;
        assert_eq!(progress(&seen), ["done", "now", "next", "next"]);
        assert!(seen["holder"]["ar"].as_str().is_some_and(|holder| !holder.is_empty()));
        assert_eq!(hamad.sees(number).await["delivered_at"], delivered["delivered_at"]);

        assert_eq!(hamad.takes(number, "verify").await.is(200).word("state"), "verified");
        assert_eq!(progress(&salma.sees(number).await), ["done", "done", "now", "next"]);
        assert_eq!(noura.takes(number, "approve").await.is(200).word("state"), "approved");
        assert_eq!(
            salma.sees(number).await["outputs"],
            Value::Array(vec![]),
            "nothing is readable before its time"
        );

        world.works_off_its_jobs().await;
        let done = salma.sees(number).await;
        assert_eq!(
            (done["state"].as_str(), progress(&done).as_slice()),
            (Some("completed"), &["done"; 4].map(String::from)[..])
        );
        assert!(
            done["stages"].as_array().expect("stages").iter().all(|stage| stage["at"].is_string()),
            "{done}"
        );
        assert_eq!(done["delivered_at"], delivered["delivered_at"], "the moment of delivery never changes");
        assert_eq!(done["acknowledgement"], delivered["acknowledgement"]);

        let last = notices(&world, number).await;
        assert_eq!(last.len(), 2, "one notice for the receipt, one for the output: {last:?}");
        assert_eq!(last[0]["link"], format!("/requests/{number}"));
        assert!(last[0]["body"].as_str().is_some_and(|body| body.contains("شهادة إقامة")), "{last:?}");

        let output = &done["outputs"][0];
        let reading = noura.sees(number).await["outputs"][0]["delivered_at"].clone();
        salma.gets(output["href"].as_str().expect("an output has an address")).await.is(200);
        assert_eq!(salma.sees(number).await["outputs"][0]["delivered_at"], output["delivered_at"]);
        assert_eq!(reading, output["delivered_at"], "both sides see one moment");
    })
    .await;
}

// proves: LY-SVC-10.3, LY-SVC-4.1
#[tokio::test]
async fn everything_handed_out_verifies_offline() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let delivered = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
        let number = delivered["number"].as_str().expect("a delivered request has a number").to_owned();
        world.person("Hamad").takes(&number, "verify").await.is(200);
        world.person("Noura").takes(&number, "approve").await.is(200);
        world.works_off_its_jobs().await;

        let keys = world.parts.ledger.keys().verifying();
        let in_answer = serde_json::to_vec_pretty(&delivered["receipt"]).expect("a receipt is JSON");
        let fetched = salma.gets(&format!("/api/v1/requests/{number}/receipt")).await.is(200);
        for receipt in [&in_answer, &fetched.bytes] {
            let verified = verify_handed_in(receipt, &keys).expect("a receipt verifies");
            let statement = verified.seal.statement;
            assert_eq!(statement.actor, Some(world.actor("Salma").await.person));
            assert_eq!(statement.body["number"], number.as_str());
            assert_eq!(statement.body["on_behalf_of"], Value::Null);
            assert!(statement.body["declaration"].as_str().is_some_and(|version| !version.is_empty()));
            assert!(verified.seal.inclusion.is_some(), "the receipt carries its place in the log");
        }

        let output = salma.sees(&number).await["outputs"][0].clone();
        let pdf = salma.gets(output["href"].as_str().expect("an output has an address")).await.is(200);
        assert!(pdf.bytes.starts_with(b"%PDF-"));
        let sealed = verify_handed_in(&pdf.bytes, &keys).expect("an output verifies");
        assert_eq!(sealed.seal.statement.body["number"], number.as_str());

        // Whoever holds the code learns that it was issued, and not to whom.
        let code = sealed.seal.statement.body["code"].as_str().expect("an output has a code").to_owned();
        let page = world.stranger().gets(&format!("/verify/{code}")).await.is(200);
        let page = String::from_utf8(page.bytes).expect("a page is UTF-8");
        assert!(page.contains("شهادة إقامة") && !page.contains("سلمى"));

        // One letter of the file, and anybody is told that it is not what was issued.
        let mut altered = pdf.bytes.clone();
        altered[200] ^= 1;
        assert!(verify_handed_in(&altered, &keys).is_err());
        for (file, status) in [(pdf.bytes, 200), (altered, 422)] {
            let part = reqwest::multipart::Part::bytes(file).file_name("certificate.pdf");
            let form = reqwest::multipart::Form::new().part("file", part);
            let call = world.stranger().call(reqwest::Method::POST, "/verify").multipart(form);
            crate::world::Answer::to(call).await.is(status);
        }
    })
    .await;
}

// proves: LY-SVC-12.3
#[tokio::test]
async fn the_applicant_fetches_everything_of_a_request() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", authz::Assurance::Substantial).await;
        let number = salma.delivers("name-correction").await;
        world.person("Hamad").takes(&number, "verify").await.is(200);
        world.person("Noura").takes(&number, "approve").await.is(200);
        world.works_off_its_jobs().await;
        let seen = salma.sees(&number).await;
        assert_eq!(seen["answers"], world.example("name-correction"));
        let document = salma.gets(seen["documents"][0]["href"].as_str().expect("an address")).await.is(200);
        assert_eq!(document.bytes, crate::world::PDF);
        assert!(document.header("content-disposition").starts_with("attachment"));
        salma.gets(seen["outputs"][0]["href"].as_str().expect("an address")).await.is(200);
        salma.gets(seen["receipt_href"].as_str().expect("an address")).await.is(200);
        assert_eq!(notices(&world, &number).await.len(), 2);
    })
    .await;
}
