//! The officer's desk: who holds what, what is found, what is read and by whom.

use serde_json::{Value, json};

use crate::world::{NOBODYS_NUMBER, PDF, Person, encoded, on_both_engines};

const SERVICE: &str = "residence-certificate";
const ROAD: &str = "road-damage-report";

/// Tasks on somebody's desk.
pub async fn tasks(person: &Person, query: &str) -> Vec<Value> {
    let list = person.gets(&format!("/api/v1/tasks?{query}")).await.is(200).json();
    list["items"].as_array().cloned().unwrap_or_default()
}

pub fn numbers(tasks: &[Value]) -> Vec<&str> {
    tasks.iter().filter_map(|task| task["request"].as_str()).collect()
}

#[tokio::test]
async fn a_queue_is_narrowed_ordered_and_paged() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let mut sent = Vec::new();
        for _ in 0..3 {
            sent.push(salma.delivers(SERVICE).await);
        }
        let surely = world.surely("Salma", authz::Assurance::Substantial).await;
        let birth = surely.delivers("birth-certificate").await;
        assert_eq!(
            numbers(&tasks(&hamad, &format!("service={SERVICE}&sort=newest")).await),
            [&sent[2], &sent[1], &sent[0]]
        );
        assert_eq!(numbers(&tasks(&hamad, "service=birth-certificate").await), [&birth]);
        assert_eq!(numbers(&tasks(&hamad, "sort=oldest&limit=2").await), [&sent[0], &sent[1]]);
        assert!(tasks(&hamad, "due=late").await.is_empty());
        assert!(tasks(&hamad, "kind=decision").await.is_empty());
        assert_eq!(tasks(&hamad, "from=2020-01-01&to=2090-01-01").await.len(), 4);
        assert!(tasks(&hamad, "to=2020-01-01").await.is_empty());

        // Three pages of two, one, and nothing: every task once.
        let first = hamad.gets("/api/v1/tasks?limit=2&sort=oldest").await.is(200).json();
        let cursor = first["next"].as_str().expect("there is more");
        let rest = tasks(&hamad, &format!("limit=2&sort=oldest&cursor={cursor}")).await;
        assert_eq!(numbers(&rest), [&sent[2], &birth]);

        // What its applicant has corrected stands first, and is marked.
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        hamad.acts(&sent[2], "send_back", correction).await.is(200);
        salma.acts(&sent[2], "resubmit", json!({ "answers": world.example(SERVICE) })).await.is(200);
        let urgent = tasks(&hamad, "").await;
        assert_eq!(
            (urgent[0]["request"].as_str(), &urgent[0]["is_answered"]),
            (Some(sent[2].as_str()), &json!(true))
        );
        assert_eq!(numbers(&tasks(&hamad, "answered=1").await), [&sent[2]]);
        hamad.gets("/api/v1/tasks?nonsense=1").await.refused(422, "web.query", &[]);
    })
    .await;
}

// refuses: POST /desk/{number}/{act}, POST /desk/hand, POST /desk/presence
#[tokio::test]
async fn a_task_has_one_holder_and_nobody_takes_what_they_did_not_see() {
    on_both_engines(|world| async move {
        let (hamad, aisha) = (world.person("Hamad"), world.person("Aisha"));
        let number = world.person("Salma").delivers(SERVICE).await;
        let take = format!("/desk/{number}/take");
        hamad.posts_form(&take, &[("holder", "")]).await.is(303);
        // Both had the page on which nobody held it; the second one is told and nothing moves.
        let late = aisha.posts_form(&take, &[("holder", "")]).await.is(409);
        assert!(late.page().contains("سبقك زميل"), "{}", late.text());
        assert_eq!(numbers(&tasks(&hamad, "holder=mine").await), [&number]);
        assert!(tasks(&aisha, "holder=open").await.is_empty());
        aisha.posts_form(&format!("/desk/{number}/put_back"), &[]).await.is(403);

        // Handed to somebody who is not there, to nobody, to a colleague.
        let give = format!("/desk/{number}/give");
        hamad.posts_form(&give, &[("to", "")]).await.is(422);
        let salma = world.actor("Salma").await.person.to_string();
        hamad.posts_form(&give, &[("to", &salma)]).await.is(403);
        let colleague = world.actor("Aisha").await.person.to_string();
        aisha.posts_form("/desk/presence", &[("away", "1")]).await.is(303);
        hamad.posts_form(&give, &[("to", &colleague)]).await.is(409);
        aisha.posts_form("/desk/presence", &[("away", "")]).await.is(303);
        hamad.posts_form(&give, &[("to", &colleague)]).await.is(303);
        assert_eq!(numbers(&tasks(&aisha, "holder=mine").await), [&number]);

        // Many at once: what could not be moved is counted, what could is moved.
        let other = world.person("Salma").delivers(SERVICE).await;
        let many = [("request", number.as_str()), ("request", other.as_str()), ("act", "take")];
        let told = hamad.posts_form("/desk/hand", &many).await.leads_to();
        assert!(told.contains("moved=2&left_out=0"), "{told}");
        hamad.posts_form("/desk/hand", &[("act", "take")]).await.is(422);
        world.person("Salma").posts_form("/desk/presence", &[("away", "1")]).await.is(403);
        let moves = world.history(&format!("request/{number}")).await;
        assert_eq!(moves.iter().filter(|entry| entry.kind == "task.assigned").count(), 3);

        // Corrected work comes back to whoever had it.
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        hamad.acts(&other, "send_back", correction).await.is(200);
        let answers = json!({ "answers": world.example(SERVICE) });
        world.person("Salma").acts(&other, "resubmit", answers).await.is(200);
        assert!(numbers(&tasks(&hamad, "holder=mine").await).contains(&other.as_str()));
    })
    .await;
}

#[tokio::test]
async fn whoever_was_slower_sees_who_was_faster_and_keeps_what_they_typed() {
    on_both_engines(|world| async move {
        let (hamad, aisha) = (world.person("Hamad"), world.person("Aisha"));
        let number = world.person("Salma").delivers(SERVICE).await;
        let revision = hamad.sees(&number).await["revision"].to_string();
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        hamad.acts(&number, "send_back", correction).await.is(200);
        let typed = [("revision", revision.as_str()), ("note.address", "اكتب رقم العمارة أيضًا.")];
        let late = aisha.posts_form(&format!("/desk/{number}/send_back"), &typed).await;
        // Aisha never worked on it and it lies on no desk now, so its data are closed to her; Hamad sees both.
        assert!([403, 409].contains(&late.status), "{}", late.text());
        let again = hamad.posts_form(&format!("/desk/{number}/send_back"), &typed).await.is(409);
        let page = again.page();
        for words in ["سبقك حمد سالم الزنتاني", "أُعيد للتصحيح", "اكتب رقم العمارة أيضًا."]
        {
            assert!(page.contains(words), "{words}");
        }
    })
    .await;
}

// proves: LY-SVC-16.1
#[tokio::test]
async fn a_check_is_taken_back_within_seconds_and_never_later() {
    let clock = || clock::Clock::fixed(clock::Clock::System.now());
    crate::world::on_both_engines_at(clock, |world| async move {
        let (hamad, noura) = (world.person("Hamad"), world.person("Noura"));
        let number = world.person("Salma").delivers(SERVICE).await;
        let verify = format!("/desk/{number}/verify");
        let place = hamad.posts_form(&verify, &[("all", "true")]).await.leads_to();
        let left = place.rsplit("left=").next().expect("the page says what it left").to_owned();
        assert_eq!(tasks(&noura, "").await.len(), 1);
        let undo = format!("/desk/{number}/undo?left={left}");
        noura.posts_form(&undo, &[]).await.is(403);
        hamad.posts_form(&undo, &[]).await.is(303);
        assert_eq!(hamad.sees(&number).await["state"], "received");
        assert!(tasks(&noura, "").await.is_empty());
        assert_eq!(numbers(&tasks(&hamad, "holder=mine").await), [&number]);
        noura.acts(&number, "approve", json!({})).await.refused(409, "request.unverified", &["LY-SVC-16.1"]);
        hamad.posts_form(&undo, &[]).await.is(409);
        let place = hamad.posts_form(&verify, &[("all", "true")]).await.leads_to();
        let left = place.rsplit("left=").next().expect("the page says what it left").to_owned();
        world.clock.advance(std::time::Duration::from_secs(14));
        hamad.posts_form(&format!("/desk/{number}/undo?left={left}"), &[]).await.is(409);
        assert_eq!(noura.sees(&number).await["state"], "verified");
        let kinds: Vec<String> =
            world.history(&format!("request/{number}")).await.into_iter().map(|entry| entry.kind).collect();
        assert!(kinds.contains(&"request.verification_undone".to_owned()), "{kinds:?}");
    })
    .await;
}

// refuses: GET /desk/{number}, GET /desk/{number}/pages/{document}, GET /desk/{number}/pages/{document}/{page}
// proves: LY-SVC-6.4b
#[tokio::test]
async fn a_record_is_opened_for_a_purpose_and_its_owner_sees_by_whom() {
    on_both_engines(|world| async move {
        let (salma, hamad, noura) = (world.person("Salma"), world.person("Hamad"), world.person("Noura"));
        let number = salma.delivers(SERVICE).await;
        let path = format!("/api/v1/requests/{number}");
        // It lies on the desk of those who check; whoever decides has nothing to do with it yet.
        noura.gets(&path).await.refused(403, "data.purpose_missing", &["LY-SVC-6.4b"]);
        noura.gets(&format!("/desk/{number}")).await.is(403);
        hamad.takes(&number, "verify").await.is(200);
        noura.gets(&path).await.is(200);
        // Hamad worked on it; his colleague did not, and it left their desk.
        hamad.gets(&path).await.is(200);
        world.person("Aisha").gets(&path).await.refused(403, "data.purpose_missing", &["LY-SVC-6.4b"]);
        let read = world.history(&format!("readings/{number}")).await;
        let purposes: Vec<&str> =
            read.iter().filter_map(|entry| entry.body.as_ref()?["purpose"].as_str()).collect();
        assert_eq!(purposes, ["task", "task", "own_work"]);
        let page = salma.reads(&format!("/requests/{number}")).await;
        for words in ["من اطلع على بياناتك", "نورة علي الشريف", "حمد سالم الزنتاني", "للعمل على الطلب"]
        {
            assert!(page.contains(words), "{words}");
        }
        assert!(!page.contains("عائشة"), "who was refused has read nothing");
        let refused = world.history(&format!("request/{number}")).await;
        assert_eq!(refused.iter().filter(|entry| entry.kind == "refused").count(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_request_is_found_by_number_name_and_the_words_of_its_answers() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let number = salma.delivers(SERVICE).await;
        let other = world.person("Huda").delivers(SERVICE).await;
        let found = async |typed: &str| {
            let answer = hamad.gets(&format!("/desk?q={}", encoded(typed))).await.is(200);
            let page = answer.page();
            (page.contains(&number), page.contains(&other))
        };
        assert_eq!(found("سلمى الورفلي").await, (true, false));
        assert_eq!(found("الورفلى").await, (true, false), "as people type it");
        assert_eq!(found("٢١٩٨٨٠٤١٢٧٣٦").await, (true, false));
        assert_eq!(found("huda haddad").await, (false, true));
        assert_eq!(found("سلمى حداد").await, (false, false));
        assert_eq!(hamad.gets(&format!("/desk?q={number}")).await.leads_to(), format!("/desk/{number}"));
        // An officer of another body finds nothing of it.
        let page = world.person("Khalid").gets(&format!("/desk?q={}", encoded("سلمى"))).await.is(200);
        assert!(!page.page().contains(&number));
        // A corrected answer is found by its new words.
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        hamad.acts(&number, "send_back", correction).await.is(200);
        let mut answers = world.example(SERVICE);
        answers["city"] = json!("زمردستان");
        salma.acts(&number, "resubmit", json!({ "answers": answers })).await.is(200);
        assert_eq!(found("زمردستان").await, (true, false));
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/send_back
#[tokio::test]
async fn nobody_is_asked_for_what_the_card_does_not_list() {
    on_both_engines(|world| async move {
        let (khalid, salma) = (world.person("Khalid"), world.person("Salma"));
        let number = salma.delivers(ROAD).await;
        let ask =
            |item: &str| json!({ "corrections": [{ "item": item, "instruction": "أرفق هذا المستند." }] });
        let refused = khalid.acts(&number, "send_back", ask("document.horoscope")).await;
        refused
            .refused(422, "request.unlisted_requirement", &["LY-SVC-13.3b"])
            .names(&[("document.horoscope", "unlisted")]);
        assert_eq!(salma.sees(&number).await["state"], "received");
        khalid.acts(&number, "send_back", ask("document.photo")).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_document_is_shown_beside_the_answers_without_being_opened() {
    on_both_engines(|world| async move {
        let (salma, khalid) = (world.person("Salma"), world.person("Khalid"));
        let photo = salma.uploads("page.pdf", PDF).await.id();
        let mut asked = crate::world::application(ROAD, world.example(ROAD));
        asked["documents"] = json!([{ "evidence": "photo", "document": photo }]);
        let number = salma.posts("/api/v1/requests", &asked).await.is(201).word("number");
        let picture = format!("/desk/{number}/pages/{photo}/0");
        let drawn = khalid.gets(&picture).await.is(200);
        assert_eq!((drawn.header("content-type"), &drawn.bytes[1..4]), ("image/png", &b"PNG"[..]));
        assert!(drawn.header("content-security-policy").contains("sandbox"));
        khalid.gets(&format!("/desk/{number}/pages/{photo}/1")).await.is(404);
        khalid.gets(&format!("/desk/{number}/pages/{photo}")).await.is(200);
        for name in ["Hamad", "Huda"] {
            world.person(name).gets(&picture).await.is(404);
        }
        assert_eq!(world.person("Hamad").gets(&format!("/desk/{NOBODYS_NUMBER}")).await.status, 404);
    })
    .await;
}
