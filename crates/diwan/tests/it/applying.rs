//! Asking for a service: what must be there before a request is delivered, and that nothing is written otherwise.

use authz::Assurance;
use serde_json::{Value, json};

use crate::world::{PDF, Person, TestDiwan, application, on_both_engines};

const SERVICE: &str = "residence-certificate";
const INCOMPLETE: &[&str] = &["LY-SVC-13.4", "LY-SVC-13.2a"];

async fn has_nothing(person: &Person) {
    let list = person.gets("/api/v1/requests").await.is(200).json();
    assert_eq!(list["items"], json!([]), "no request was written");
    let inbox = person.gets("/api/v1/inbox").await.is(200).json();
    assert_eq!(inbox["items"], json!([]), "nobody was told of a request that does not exist");
}

/// The example with one answer changed, or taken away.
fn with(world: &TestDiwan, service: &str, field: &str, answer: Option<Value>) -> Value {
    let mut answers = world.example(service);
    let answers_map = answers.as_object_mut().expect("answers are an object");
    match answer {
        Some(answer) => drop(answers_map.insert(field.to_owned(), answer)),
        None => drop(answers_map.remove(field)),
    }
    answers
}

// refuses: POST /api/v1/requests
// proves: LY-SVC-13.4
#[tokio::test]
async fn an_incomplete_request_is_refused_with_its_list() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let required = ["address", "city", "residing_since", "household_members", "purpose"];
        let all: Vec<(&str, &str)> = required.iter().map(|field| (*field, "required")).collect();
        salma.submits(SERVICE, json!({})).await.refused(422, "request.incomplete", INCOMPLETE).names(&all);
        for (field, answer, word) in [
            ("city", None, "required"),
            ("city", Some(json!("س")), "too_short"),
            ("city", Some(json!("س".repeat(61))), "too_long"),
            ("city", Some(json!(7)), "type"),
            ("residing_since", Some(json!("2021-13-45")), "date"),
            ("household_members", Some(json!(0)), "too_small"),
            ("household_members", Some(json!(31)), "too_large"),
            ("purpose", Some(json!("holiday")), "choice"),
            ("favourite_colour", Some(json!("green")), "unknown"),
        ] {
            let answers = with(&world, SERVICE, field, answer);
            let refused =
                salma.submits(SERVICE, answers).await.refused(422, "request.incomplete", INCOMPLETE);
            refused.names(&[(field, word)]);
        }
        has_nothing(&salma).await;
        let refused = world.history(&format!("service/{SERVICE}")).await;
        let refused: Vec<_> = refused.iter().filter(|entry| entry.kind == "refused").collect();
        assert_eq!(refused.len(), 10, "each refusal stands in the ledger");
        assert!(refused.iter().all(|entry| entry.controls == INCOMPLETE));
        assert_eq!(refused[0].body.as_ref().expect("a body")["code"], "request.incomplete");
    })
    .await;
}

// proves: LY-SVC-13.4
#[tokio::test]
async fn a_missing_document_is_named_like_a_missing_answer() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", Assurance::Substantial).await;
        let answers = with(&world, "name-correction", "record_number", None);
        salma
            .submits("name-correction", answers)
            .await
            .refused(422, "request.incomplete", INCOMPLETE)
            .names(&[("record_number", "required"), ("document.older-document", "required")]);
        has_nothing(&salma).await;
    })
    .await;
}

// refuses: POST /api/v1/requests
// proves: LY-SVC-14.2
#[tokio::test]
async fn responsibility_must_be_accepted() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let mut asked = application(SERVICE, world.example(SERVICE));
        for declaration in [json!(false), Value::Null] {
            asked["declaration"] = declaration.clone();
            if declaration.is_null() {
                asked.as_object_mut().expect("an object").remove("declaration");
            }
            let refused = salma.posts("/api/v1/requests", &asked).await;
            refused
                .refused(422, "request.declaration_missing", &["LY-SVC-14.2"])
                .names(&[("declaration", "required")]);
        }
        has_nothing(&salma).await;
    })
    .await;
}

// refuses: POST /api/v1/requests
#[tokio::test]
async fn only_listed_documents_of_ones_own_are_taken() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", Assurance::Substantial).await;
        let own = salma.uploads("deed.pdf", PDF).await.id();
        let foreign = world.person("Huda").uploads("deed.pdf", PDF).await.id();
        let send = async |evidence: &str, document: &str, more: &[Value]| {
            let mut asked = application("name-correction", world.example("name-correction"));
            let mut documents = vec![json!({ "evidence": evidence, "document": document })];
            documents.extend_from_slice(more);
            asked["documents"] = documents.into();
            salma.posts("/api/v1/requests", &asked).await
        };
        let unlisted = "request.unlisted_requirement";
        send("horoscope", &own, &[]).await.refused(422, unlisted, &["LY-SVC-13.3b"]);
        let twice = json!({ "evidence": "older-document", "document": own });
        send("older-document", &own, &[twice]).await.refused(422, unlisted, &["LY-SVC-13.3b"]);
        let refused = send("older-document", &foreign, &[]).await;
        refused
            .refused(422, "request.incomplete", &["LY-SVC-13.4"])
            .names(&[("document.older-document", "document_unknown")]);
        has_nothing(&salma).await;
    })
    .await;
}

// refuses: POST /api/v1/requests
// proves: LY-SVC-8.1
#[tokio::test]
async fn the_level_of_the_service_is_asked_for_and_kept() {
    on_both_engines(|world| async move {
        let answers = world.example("birth-certificate");
        let stranger = world.stranger().submits("birth-certificate", answers.clone()).await;
        stranger.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
        let basic = world.person("Salma").submits("birth-certificate", answers.clone()).await;
        basic.refused(401, "identity.assurance_required", &["LY-SVC-8.1"]);
        has_nothing(&world.person("Salma")).await;
        let sure = world.surely("Salma", Assurance::Substantial).await;
        let delivered = sure.submits("birth-certificate", answers).await.is(201).json();
        assert_eq!(delivered["receipt"]["statement"]["body"]["assurance"], 2);
    })
    .await;
}

// refuses: POST /api/v1/requests
#[tokio::test]
async fn a_service_is_for_its_beneficiaries() {
    on_both_engines(|world| async move {
        let huda = world.surely("Huda", Assurance::Substantial).await;
        let refused = huda.submits("name-correction", world.example("name-correction")).await;
        refused.refused(403, "request.not_eligible", &["LY-SVC-1.03"]);
        huda.submits("nonsense", json!({})).await.refused(404, "directory.unknown", &[]);
        has_nothing(&huda).await;
    })
    .await;
}

// refuses: POST /api/v1/requests
// proves: LY-SVC-1.12
#[tokio::test]
async fn acting_for_a_company_needs_its_mandate() {
    on_both_engines(|world| async move {
        let yusuf = world.person("Yusuf");
        let company = yusuf.gets("/api/v1/me").await.is(200).json()["mandates"][0]["entity"].clone();
        let mut asked = application("road-damage-report", world.example("road-damage-report"));
        asked["on_behalf_of"] = company.clone();
        let salma = world.person("Salma");
        salma.posts("/api/v1/requests", &asked).await.refused(403, "identity.no_mandate", &["LY-SVC-1.12"]);
        has_nothing(&salma).await;
        let delivered = yusuf.posts("/api/v1/requests", &asked).await.is(201).json();
        let seen = yusuf.sees(delivered["number"].as_str().expect("a number")).await;
        assert_eq!(seen["on_behalf_of"], company);
        let statement = &delivered["receipt"]["statement"];
        assert_eq!(statement["body"]["on_behalf_of"], company);
        assert_eq!(statement["actor"], json!(world.actor("Yusuf").await.person));

        // A company is no citizen: what is for citizens alone it does not get.
        asked["service"] = SERVICE.into();
        asked["answers"] = world.example(SERVICE);
        yusuf.posts("/api/v1/requests", &asked).await.refused(403, "request.not_eligible", &["LY-SVC-1.03"]);
    })
    .await;
}
