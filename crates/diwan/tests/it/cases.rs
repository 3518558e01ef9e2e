//! Cases: a clause, facts, sealed evidence, and steps that are taken in their order.

use serde_json::{Value, json};

use crate::{
    attacks::{CASES, NOBODY, WORDS, listed},
    world::{Person, TestDiwan, on_both_engines},
};

fn violation(world: &TestDiwan, name: &str) -> Value {
    json!({
        "body": "civil-registry",
        "control": "OM-SOC-C.3",
        "identifier": world.line(name).identifier,
        "title": "إعطاء كلمة المرور لزميل",
        "facts": WORDS,
    })
}

// proves: OM-SOC-C.3
// refuses: GET /api/v1/cases, POST /api/v1/cases, GET /api/v1/cases/{id}, POST /api/v1/cases/{id}/steps
// refuses: POST /api/v1/cases/{id}/evidence, POST /api/v1/cases/{id}/readers
// refuses: GET /compliance/cases, POST /compliance/cases, GET /compliance/cases/new, GET /compliance/cases/{id}
// refuses: POST /compliance/cases/{id}/steps, POST /compliance/cases/{id}/evidence
// refuses: POST /compliance/cases/{id}/readers
#[tokio::test]
async fn a_case_goes_through_its_steps_in_their_order_and_in_no_other() {
    on_both_engines(|world| async move {
        let (widad, hamad, salma) = (world.person("Widad"), world.person("Hamad"), world.person("Salma"));
        salma.gets(CASES).await.refused(403, "compliance.not_yours", &[]);
        salma.opens("/compliance/cases").await.is(403);
        hamad.posts(CASES, &violation(&world, "Aisha")).await.refused(403, "compliance.not_yours", &[]);
        hamad.opens("/compliance/cases/new").await.is(403);
        hamad.posts_form("/compliance/cases", &[("body", "civil-registry")]).await.is(403);
        let outsider = violation(&world, "Maryam");
        widad
            .posts(CASES, &outsider)
            .await
            .refused(422, "case.incomplete", &["OM-SOC-C.3"])
            .names(&[("identifier", "case_person")]);
        let bare =
            widad.posts_form("/compliance/cases", &[("body", "civil-registry"), ("title", "عنوان")]).await;
        let stays = bare.is(422).page();
        assert!(stays.contains("error-summary") && stays.contains("value=\"عنوان\""), "{stays}");

        let id = widad.posts(CASES, &violation(&world, "Hamad")).await.id();
        let (api, page) = (format!("{CASES}/{id}"), format!("/compliance/cases/{id}"));
        let seen = widad.gets(&api).await.is(200).json();
        assert_eq!(seen["steps"], json!(["notify", "hear", "examine", "decide", "refer"]));
        assert!(seen["edition"].as_str().is_some_and(|edition| edition.starts_with("om-social")), "{seen}");
        // Whom it is about does not learn of it; nor does another body, nor a colleague, until let in.
        for other in ["Hamad", "Rashid", "Aisha"] {
            let other = world.person(other);
            other.gets(&api).await.is(404);
            other.opens(&page).await.is(404);
            other.posts(&format!("{api}/steps"), &json!({ "step": "notify", "words": WORDS })).await.is(404);
            other.posts(&format!("{api}/evidence"), &json!({ "what": WORDS, "subject": "x" })).await.is(404);
            other.posts(&format!("{api}/readers"), &json!({ "identifier": NOBODY })).await.is(404);
            other.posts_form(&format!("{page}/steps"), &[("step", "notify")]).await.is(404);
            other.posts_form(&format!("{page}/evidence"), &[("subject", "x")]).await.is(404);
            other.posts_form(&format!("{page}/readers"), &[("reader", NOBODY)]).await.is(404);
        }
        let takes = async |step: &str| {
            widad.posts(&format!("{api}/steps"), &json!({ "step": step, "words": WORDS })).await
        };
        for skipped in ["hear", "decide", "refer", "preserve", ""] {
            takes(skipped).await.refused(409, "case.step_order", &["OM-SOC-C.3"]);
        }
        takes("notify").await.is(204);
        takes("notify").await.refused(409, "case.step_order", &["OM-SOC-C.3"]);
        let short = widad.posts_form(&format!("{page}/steps"), &[("step", "hear"), ("words", "لا")]).await;
        assert!(short.is(422).page().contains(">لا</textarea>"), "what was typed stays");
        widad.posts_form(&format!("{page}/steps"), &[("step", "hear"), ("words", WORDS)]).await.is(303);
        evidence_and_readers(&world, &widad, &id).await;
        for step in ["examine", "decide", "refer"] {
            takes(step).await.is(204);
        }
        takes("refer").await.refused(409, "case.step_order", &["OM-SOC-C.3"]);
        let closed = widad.gets(&api).await.is(200).json();
        assert!(closed["closed_at"].is_string() && closed["next_step"].is_null(), "{closed}");
        let taken: Vec<&str> =
            closed["taken"].as_array().into_iter().flatten().filter_map(|it| it["step"].as_str()).collect();
        assert_eq!(
            taken,
            ["notify", "hear", "examine", "decide", "refer"],
            "decision and referral with their words"
        );
        assert_eq!(listed(&widad, &format!("{CASES}?state=closed&kind=violation&q=لزميل")).await.len(), 1);
        assert_eq!(listed(&widad, &format!("{CASES}?state=open")).await.len(), 0);
        assert_eq!(listed(&hamad, CASES).await.len(), 0, "none about himself");
        widad.gets(&format!("{CASES}?state=nothing")).await.is(422);
    })
    .await;
}

/// The ledger's entries about a person go in under one hash; a colleague is let in, the person concerned never.
async fn evidence_and_readers(world: &TestDiwan, widad: &Person, id: &str) {
    let (api, page) = (format!("{CASES}/{id}"), format!("/compliance/cases/{id}"));
    let subject = format!("person/{}", world.actor("Hamad").await.person);
    let nothing = json!({ "what": WORDS, "subject": "person/nobody" });
    let refused = widad.posts(&format!("{api}/evidence"), &nothing).await.refused(
        422,
        "case.incomplete",
        &["OM-SOC-C.3"],
    );
    refused.names(&[("subject", "case_subject")]);
    widad.posts(&format!("{api}/evidence"), &json!({ "what": WORDS, "subject": subject })).await.is(204);
    widad.posts_form(&format!("{page}/evidence"), &[("what", WORDS), ("subject", &subject)]).await.is(303);
    let evidence = widad.gets(&api).await.is(200).json()["evidence"].clone();
    assert_eq!(evidence[0]["sha256"], evidence[1]["sha256"], "the same entries have the same hash");
    let own = json!({ "identifier": world.line("Hamad").identifier });
    widad.posts(&format!("{api}/readers"), &own).await.is(422);
    let aisha = world.line("Aisha").identifier.clone();
    widad.posts_form(&format!("{page}/readers"), &[("reader", &aisha)]).await.is(303);
    let aisha = world.person("Aisha");
    aisha.gets(&api).await.is(200);
    assert_eq!(listed(&aisha, CASES).await.len(), 1);
    aisha.posts(&format!("{api}/steps"), &json!({ "step": "examine", "words": WORDS })).await.is(403);
}

// proves: IQ-SOC-8.2
#[tokio::test]
async fn a_violation_rests_on_a_law_that_the_documents_name() {
    on_both_engines(|world| async move {
        let widad = world.person("Widad");
        let register = world.stranger().reads("/controls/packs/iq-social?lang=en").await;
        let form = widad.reads("/compliance/cases/new?lang=en").await;
        for law in ["telecommunications laws", "laws on electronic information", "cybercrime laws"] {
            assert!(register.contains(law), "{law} stands in the document's register");
            assert!(form.contains(law), "{law} is offered as a ground");
        }
        let mut asked = violation(&world, "Hamad");
        asked["control"] = json!("IQ-SOC-8.2");
        asked["law"] = json!("iq-nothing");
        let refused = widad.posts(CASES, &asked).await.refused(422, "case.incomplete", &["OM-SOC-C.3"]);
        refused.names(&[("law", "choice")]);
        asked["law"] = json!("iq-cybercrime");
        let id = widad.posts(CASES, &asked).await.id();
        assert_eq!(widad.gets(&format!("{CASES}/{id}")).await.is(200).json()["law"], "iq-cybercrime");
        assert!(widad.reads(&format!("/compliance/cases/{id}?lang=en")).await.contains("cybercrime laws"));
    })
    .await;
}
