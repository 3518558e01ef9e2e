//! Forms: who agrees to them, what happens to a draft when its form changes, and two devices on one draft.

use authz::Failure;
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};
use services::{Attest, Publish, Register};

use crate::directory::told;
use crate::world::{Answer, Person, TestDiwan, on_both_engines};

const SERVICE: &str = "residence-certificate";

/// The published form with something changed.
fn form(world: &TestDiwan, change: impl Fn(&mut Value)) -> String {
    let entry = world.parts.services.directory.entry(SERVICE).expect("the service is published");
    let mut form: Value = serde_json::from_str(entry.form.source()).expect("a form is JSON");
    change(&mut form);
    form.to_string()
}

async fn register(world: &TestDiwan, form: String) -> Result<i64, Failure> {
    let card = world.parts.services.directory.entry(SERVICE).expect("published").card.clone();
    let (policies, clock) = (world.parts.services.policies.clone(), world.clock.clone());
    let (slug, process) = (card.id.clone(), Some(told(&card)));
    let actor = world.actor("Hamad").await;
    let verb = Register { actor, card, form, process, policies: policies.clone(), clock: clock.clone() };
    let version = world.parts.store.write(verb).await?.version;
    let actor = world.actor("Halima").await;
    world.parts.store.write(Attest { actor, slug, version, policies, clock }).await?;
    Ok(version)
}

async fn publish(world: &TestDiwan, version: i64) -> Result<(), Failure> {
    let (policies, clock) = (world.parts.services.policies.clone(), world.clock.clone());
    let actor = world.actor("Laila").await;
    world.parts.store.write(Publish { actor, slug: SERVICE.to_owned(), version, policies, clock }).await?;
    world.parts.services.directory.refresh(&world.parts.store).await.map(drop)
}

/// Puts the form into force with something changed.
pub async fn publishes_form(world: &TestDiwan, change: impl Fn(&mut Value)) {
    let version = register(world, form(world, change)).await.expect("it is registered");
    publish(world, version).await.expect("it is published");
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>, code: &str, control: &str) -> Vec<String> {
    let failure = outcome.expect_err("it is refused");
    let refusal = failure.refusal().unwrap_or_else(|| panic!("{failure}"));
    assert_eq!((refusal.code, refusal.controls), (code, [control].as_slice()));
    refusal.items.iter().map(|item| item.field.clone()).collect()
}

/// What a browser posts.
async fn posts_form(person: &Person, path: &str, body: &str) -> Answer {
    let call = person.call(Method::POST, path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    Answer::to(call.body(body.to_owned())).await
}

/// A page as a whole; `text` is cut for messages.
fn page(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.bytes).into_owned()
}

/// A draft of the service, by the button on its card.
async fn begins(person: &Person) -> String {
    let opened = posts_form(person, &format!("/services/{SERVICE}/apply"), "").await.is(303);
    let place = opened.header("location").to_owned();
    place.rsplit_once('/').expect("a step").0.to_owned()
}

// proves: LY-SVC-10.1b, LY-SVC-10.2, LY-SVC-10.1a
#[tokio::test]
async fn a_form_is_used_after_it_was_agreed_to_against_the_standard() {
    on_both_engines(|world| async move {
        let bare = form(&world, |form| drop(form["properties"]["city"].as_object_mut().expect("a field").remove("x-en")));
        let version = register(&world, bare).await.expect("it is registered");
        assert_eq!(refused(publish(&world, version).await, "forms.not_agreed", "LY-SVC-10.2"), ["city"]);
        let paper = |electronic: bool| {
            form(&world, |form| {
                form["x-paper"] = json!([
                    { "title": "طلب شهادة إقامة", "x-en": { "title": "Request" }, "reference": "إ-1", "electronic": true },
                    { "title": "إفادة المختار", "x-en": { "title": "Statement" }, "reference": "إ-2", "electronic": electronic },
                ]);
            })
        };
        let version = register(&world, paper(false)).await.expect("it is registered");
        refused(publish(&world, version).await, "forms.paper_only", "LY-SVC-10.1b");
        let version = register(&world, paper(true)).await.expect("it is registered");
        publish(&world, version).await.expect("it is published");
        let card = page(&world.stranger().gets(&format!("/services/{SERVICE}?lang=en")).await.is(200));
        assert!(card.contains("Paper forms turned electronic"), "the card says how many were converted");
        let history = world.history(&format!("service/{SERVICE}")).await;
        let published = history.iter().filter(|entry| entry.kind == "entry.published");
        let last = published.max_by_key(|entry| entry.body.as_ref().map(|body| body["version"].as_i64()));
        let body = last.and_then(|entry| entry.body.clone()).expect("a body");
        assert_eq!((body["version"].as_i64(), &body["form_standard"]), (Some(version), &json!("DIWAN-FORM-1.0")));
    })
    .await;
}

// proves: LY-SVC-12.2
#[tokio::test]
async fn without_a_form_there_is_no_service_and_no_request_beside_it() {
    on_both_engines(|world| async move {
        refused(register(&world, " ".into()).await, "forms.required", "LY-SVC-12.2");
        let salma = world.person("Salma");
        let old = world.example(SERVICE);
        let newer = form(&world, |form| {
            let mut question = form["properties"]["purpose"].clone();
            question["title"] = json!("لماذا تحتاج إليها؟");
            let properties = form["properties"].as_object_mut().expect("questions");
            properties.remove("purpose");
            properties.insert("reason".into(), question);
            form["required"] = json!(["address", "city", "residing_since", "household_members", "reason"]);
            form["x-steps"][1]["properties"] = json!(["reason"]);
            let purpose = form["examples"][0]["purpose"].take();
            form["examples"][0].as_object_mut().expect("answers").remove("purpose");
            form["examples"][0]["reason"] = purpose;
        });
        let version = register(&world, newer).await.expect("it is registered");
        publish(&world, version).await.expect("it is published");
        let answer = salma.submits(SERVICE, old).await;
        let answer = answer.refused(422, "request.incomplete", &["LY-SVC-13.4", "LY-SVC-13.2a"]);
        answer.names(&[("reason", "required"), ("purpose", "unknown")]);
        salma.submits(SERVICE, world.example(SERVICE)).await.is(201);
    })
    .await;
}

// refuses: POST /api/v1/services/{id}/versions/{version}/form-approval
// proves: LY-SVC-13.2b
#[tokio::test]
async fn both_sides_agree_to_a_new_version_and_drafts_are_told_what_changed() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let draft = begins(&salma).await;
        let step = format!("{draft}/residence?lang=en");
        posts_form(&salma, &step, "address=%D8%AD%D9%8A&household_members=5&_later=1").await.is(303);
        let shown = page(&salma.gets(&step).await.is(200));
        assert!(!shown.contains("This form changed after you began"));

        let newer = form(&world, |form| {
            form["properties"]["house_number"] =
                json!({ "type": "string", "title": "رقم المبنى", "x-en": { "title": "House number" } });
            form["properties"].as_object_mut().expect("questions").remove("household_members");
            form["required"] = json!(["address", "city", "residing_since", "purpose", "house_number"]);
            form["x-steps"][0]["properties"] = json!(["address", "city", "residing_since", "house_number"]);
        });
        let version = register(&world, newer).await.expect("it is registered");
        let approval = format!("/api/v1/services/{SERVICE}/versions/{version}/form-approval");
        let no = json!({ "agrees": false });
        salma.posts(&approval, &no).await.refused(403, "directory.outside_mandate", &["LY-SVC-1.11"]);
        assert_eq!(hamad.posts(&approval, &no).await.is(200).json()["approvals"], json!([]));
        refused(publish(&world, version).await, "forms.co_approval", "LY-SVC-13.2b");
        let agreed = hamad.posts(&approval, &json!({ "agrees": true })).await.is(200).json();
        assert_eq!(agreed["approvals"][0]["side"], "provider");
        publish(&world, version).await.expect("both agreed");
        hamad.posts(&approval, &no).await.refused(409, "forms.already_live", &["LY-SVC-13.2b"]);

        let shown = page(&salma.gets(&step).await.is(200));
        for said in ["This form changed after you began", "House number", "No longer asked", "حي"] {
            assert!(shown.contains(said), "{said}");
        }
        posts_form(&salma, &step, "address=%D8%AD%D9%8A&_read=1").await.is(303);
        let shown = page(&salma.gets(&step).await.is(200));
        assert!(!shown.contains("This form changed after you began"), "it was read");
    })
    .await;
}

// proves: LY-SVC-13.2a
#[tokio::test]
async fn two_devices_never_overwrite_each_other_unseen() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let draft = begins(&salma).await;
        let keep = format!("{draft}/keep/residence?lang=en");
        let kept = posts_form(&salma, &keep, "city=Sabha&_seen=1").await.is(200).json();
        assert_eq!((&kept["revision"], &kept["others"]), (&json!(2), &json!([])));
        let kept = posts_form(&salma, &keep, "city=Ghat&_seen=1").await.is(200).json();
        assert_eq!((&kept["revision"], &kept["others"]), (&json!(3), &json!(["city"])));
        let step = format!("{draft}/residence?lang=en");
        let shown = page(&salma.gets(&step).await.is(200));
        assert!(shown.contains("Ghat") && shown.contains("Sabha"), "both answers are shown");
        posts_form(&salma, &step, "city=Ghat&_seen=3&_take=city").await.is(303);
        let shown = page(&salma.gets(&step).await.is(200));
        assert!(shown.contains("Sabha") && !shown.contains("Ghat"), "the other answer was taken");
        // What is missing is listed, and what was typed is still there.
        let wrong = page(&posts_form(&salma, &step, "city=S&_seen=4").await.is(422));
        assert!(wrong.contains("error-summary") && wrong.contains("value=\"S\""));
    })
    .await;
}

// refuses: GET /directory/entries/{slug}/versions/{version}/preview
// refuses: POST /directory/entries/{slug}/versions/{version}/preview
// refuses: GET /directory/proposals/{id}/preview, POST /directory/proposals/{id}/preview
#[tokio::test]
async fn an_author_sees_the_form_as_its_applicant_will_and_nothing_is_stored() {
    on_both_engines(|world| async move {
        let (hamad, salma, tariq) = (world.person("Hamad"), world.person("Salma"), world.person("Tariq"));
        let drafts = async || -> i64 {
            let count = "SELECT COUNT(*) AS found FROM draft";
            let row =
                store::Sql::one(&world.parts.store.read(), count, vec![]).await.expect("it can be read");
            row.expect("a count").get("found").expect("a number")
        };
        let before = drafts().await;
        let preview = "/directory/entries/birth-certificate/versions/1/preview";
        for other in [&salma, &tariq] {
            other.gets(preview).await.is(404);
            posts_form(other, preview, "_go=next").await.is(404);
        }
        let example = page(&hamad.gets(&format!("{preview}?lang=en")).await.is(200));
        assert!(example.contains("Preview of the form") && example.contains("data-rules="));
        // A condition: whoever asks for oneself is not asked by what right.
        let asked = |relation: &str| {
            let answers = json!({ "relation": relation }).to_string();
            format!(
                "_answers={}&_step=holder&relation={relation}&_go=holder",
                crate::world::encoded(&answers)
            )
        };
        let own = page(&posts_form(&hamad, preview, &asked("self")).await.is(200));
        let others = page(&posts_form(&hamad, preview, &asked("parent")).await.is(200));
        assert_ne!(own.matches(" hidden>").count(), others.matches(" hidden>").count());
        // What is missing is said as the applicant will be told.
        let empty = page(&hamad.gets(&format!("{preview}?empty=1")).await.is(200));
        let step = empty.split("name=\"_step\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let body = format!("_answers=%7B%7D&_step={}&_go=next", step.expect("a step is shown"));
        posts_form(&hamad, preview, &body).await.is(422);

        // The same for what is still being written; a form that cannot be read says why on its page.
        let opened = posts_form(&hamad, "/directory/entries/birth-certificate/propose", "").await.is(303);
        let proposal = opened.header("location").split('/').nth(3).expect("an id").to_owned();
        let preview = format!("/directory/proposals/{proposal}/preview");
        hamad.gets(&preview).await.is(200);
        tariq.gets(&preview).await.is(404);
        posts_form(&tariq, &preview, "").await.is(404);
        let broken = "form=%7B%22type%22%3A7%7D&process=";
        posts_form(&hamad, &format!("/directory/proposals/{proposal}/form"), broken).await.is(303);
        let told = page(&hamad.gets(&format!("{preview}?lang=en")).await.is(200));
        assert!(told.contains("Preview of the form") && !told.contains("name=\"_step\""));
        assert_eq!(drafts().await, before);
    })
    .await;
}
