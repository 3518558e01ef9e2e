//! The officer's desk: who holds what, what is found, what is read and by whom, and what is done to many at once.

use serde_json::{Value, json};

use crate::world::{Answer, NOBODYS_NUMBER, PDF, Person, encoded, on_both_engines};

const SERVICE: &str = "residence-certificate";
const ROAD: &str = "road-damage-report";
const REASON: &str = "العنوان المذكور لا يطابق القيد في السجل.";

/// Where a page leads after an act.
fn leads_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").to_owned()
}

async fn tasks(person: &Person, query: &str) -> Vec<Value> {
    let list = person.gets(&format!("/api/v1/tasks?{query}")).await.is(200).json();
    list["items"].as_array().cloned().unwrap_or_default()
}

fn numbers(tasks: &[Value]) -> Vec<&str> {
    tasks.iter().filter_map(|task| task["request"].as_str()).collect()
}

async fn whole(person: &Person, path: &str) -> String {
    String::from_utf8(person.gets(path).await.is(200).bytes).expect("a page is text")
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
        assert!(whole_text(&late).contains("سبقك زميل"), "{}", late.text());
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
        let told = leads_to(&hamad.posts_form("/desk/hand", &many).await);
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

fn whole_text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.bytes).into_owned()
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
        let page = whole_text(&again);
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
        let place = leads_to(&hamad.posts_form(&verify, &[("all", "true")]).await);
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
        let place = leads_to(&hamad.posts_form(&verify, &[("all", "true")]).await);
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
        let page = whole(&salma, &format!("/requests/{number}")).await;
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
            let page = whole_text(&answer);
            (page.contains(&number), page.contains(&other))
        };
        assert_eq!(found("سلمى الورفلي").await, (true, false));
        assert_eq!(found("الورفلى").await, (true, false), "as people type it");
        assert_eq!(found("٢١٩٨٨٠٤١٢٧٣٦").await, (true, false));
        assert_eq!(found("huda haddad").await, (false, true));
        assert_eq!(found("سلمى حداد").await, (false, false));
        assert_eq!(leads_to(&hamad.gets(&format!("/desk?q={number}")).await), format!("/desk/{number}"));
        // An officer of another body finds nothing of it.
        let page = world.person("Khalid").gets(&format!("/desk?q={}", encoded("سلمى"))).await.is(200);
        assert!(!whole_text(&page).contains(&number));
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

// refuses: POST /desk/views, POST /desk/views/{id}/forget
#[tokio::test]
async fn a_view_is_kept_under_a_name_and_only_a_head_shares_one() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        world.person("Salma").delivers(SERVICE).await;
        let view = [("name", "ما لم يتولّه أحد"), ("view", "holder=nobody")];
        hamad.posts_form("/desk/views", &view).await.is(303);
        let page = whole(&hamad, "/desk?holder=nobody").await;
        assert!(page.contains("ما لم يتولّه أحد"), "it stands on the desk");
        let id = page.split("/desk/views/").nth(1).and_then(|rest| rest.split('/').next());
        let id = id.expect("it can be forgotten").to_owned();
        assert!(!whole(&world.person("Aisha"), "/desk").await.contains("ما لم يتولّه أحد"));
        hamad.posts_form("/desk/views", &[("name", ""), ("view", "")]).await.is(422);
        hamad.posts_form("/desk/views", &[("name", "للكل"), ("view", ""), ("shared", "1")]).await.is(403);
        world.person("Salma").posts_form("/desk/views", &view).await.is(403);
        let forget = format!("/desk/views/{id}/forget");
        world.person("Aisha").posts_form(&forget, &[]).await.is(404);
        hamad.posts_form(&forget, &[]).await.is(303);
        assert!(!whole(&hamad, "/desk").await.contains("ما لم يتولّه أحد"));
        let shared = [("name", "متأخر البلدية"), ("view", "due=late"), ("shared", "1")];
        world.person("Rashid").posts_form("/desk/views", &shared).await.is(303);
        assert!(whole(&world.person("Khalid"), "/desk").await.contains("متأخر البلدية"));
    })
    .await;
}

// refuses: GET /desk/assignment, POST /desk/assignment, GET /desk/load
#[tokio::test]
async fn a_rule_gives_new_work_to_whoever_is_there() {
    on_both_engines(|world| async move {
        let (khalid, rashid) = (world.person("Khalid"), world.person("Rashid"));
        for page in ["/desk/assignment", "/desk/load"] {
            khalid.gets(page).await.is(403);
            rashid.gets(page).await.is(200);
        }
        let rule = [("role", "officer"), ("service", ROAD), ("way", "least_load")];
        khalid.posts_form("/desk/assignment", &rule).await.is(403);
        rashid.posts_form("/desk/assignment", &[("role", "officer"), ("way", "by_lot")]).await.is(422);
        rashid
            .posts_form("/desk/assignment", &[("role", "officer"), ("service", SERVICE), ("way", "by_hand")])
            .await
            .is(422);
        rashid.posts_form("/desk/assignment", &rule).await.is(303);
        let number = world.person("Salma").delivers(ROAD).await;
        assert_eq!(numbers(&tasks(&khalid, "holder=mine").await), [&number]);
        khalid.posts_form("/desk/presence", &[("away", "1")]).await.is(303);
        let second = world.person("Salma").delivers(ROAD).await;
        assert_eq!(numbers(&tasks(&khalid, "holder=nobody").await), [&second]);
        // Nobody is handed their own request.
        khalid.posts_form("/desk/presence", &[("away", "")]).await.is(303);
        let own = khalid.delivers(ROAD).await;
        assert!(!numbers(&tasks(&khalid, "holder=mine").await).contains(&own.as_str()));
        let load = whole(&rashid, "/desk/load").await;
        assert!(load.contains("خالد بشير المصراتي"), "the head reads who has how much");
    })
    .await;
}

// refuses: GET /desk/texts, POST /desk/texts, POST /desk/texts/{id}/remove
// proves: LY-SVC-16.2
#[tokio::test]
async fn a_canned_text_is_sent_in_the_applicants_language() {
    on_both_engines(|world| async move {
        let (khalid, rashid, huda) = (world.person("Khalid"), world.person("Rashid"), world.person("Huda"));
        let text = [
            ("used_for", "correction"),
            ("name_ar", "مكان أوضح"),
            ("name_en", "Clearer place"),
            ("words_ar", "{applicant}، صف {item} وصفًا يُهتدى به."),
            ("words_en", "{applicant}, describe {item} so that it can be found."),
        ];
        khalid.gets("/desk/texts").await.is(403);
        khalid.posts_form("/desk/texts", &text).await.is(403);
        let mut wrong = text;
        wrong[4] = ("words_en", "{somebody}, describe it.");
        let refused = rashid.posts_form("/desk/texts", &wrong).await.is(422);
        assert!(whole_text(&refused).contains("describe it."), "what was typed stays");
        rashid.posts_form("/desk/texts", &text).await.is(303);
        let number = huda.delivers(ROAD).await;
        let case = whole(&khalid, &format!("/desk/{number}")).await;
        let item = case.split("name=\"canned.").nth(1).and_then(|rest| rest.split('"').next());
        let item = item.expect("each item offers texts").to_owned();
        let id = case.split("<option value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let id = id
            .filter(|value| value.len() == 36)
            .find(|id| case.contains(&format!("{id}\" data-words")))
            .expect("the text")
            .to_owned();

        // Without an instruction nothing goes back; with the text chosen and the box empty, the text is the instruction.
        let back = format!("/desk/{number}/send_back");
        let empty = format!("note.{item}");
        khalid.posts_form(&back, &[(empty.as_str(), "")]).await.is(422);
        let chosen = format!("canned.{item}");
        khalid.posts_form(&back, &[(empty.as_str(), ""), (chosen.as_str(), &id)]).await.is(303);
        let seen = huda.sees(&number).await;
        let instruction = seen["corrections"][0]["instruction"].as_str().expect("an instruction").to_owned();
        assert!(instruction.starts_with("Huda Mustafa Haddad, describe "), "{instruction}");
        // Only that item can be corrected.
        let mut answers = world.example(ROAD);
        let other = answers
            .as_object()
            .expect("answers")
            .keys()
            .find(|key| {
                **key != item
                    && answers[*key].is_string()
                    && answers[*key].as_str().is_some_and(|word| word.contains(' '))
            })
            .cloned();
        if let Some(other) = other {
            answers[&other] = json!("شيء آخر تمامًا في هذا الموضع");
            huda.acts(&number, "resubmit", json!({ "answers": answers })).await.refused(
                422,
                "request.item_not_returned",
                &["LY-SVC-16.2"],
            );
        }
        huda.acts(&number, "resubmit", json!({ "answers": world.example(ROAD) })).await.is(200);
        rashid.posts_form(&format!("/desk/texts/{id}/remove"), &[]).await.is(303);
        rashid.posts_form(&format!("/desk/texts/{id}/remove"), &[]).await.is(404);
        assert!(!whole(&khalid, &format!("/desk/{number}")).await.contains(&id));
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

// refuses: GET /desk/advice, POST /desk/advice/{id}
#[tokio::test]
async fn advice_is_asked_of_a_colleague_and_binds_nobody() {
    on_both_engines(|world| async move {
        let (hamad, noura) = (world.person("Hamad"), world.person("Noura"));
        let number = world.person("Salma").delivers(SERVICE).await;
        let ask = format!("/desk/{number}/ask");
        let of = format!("person.{}", world.actor("Noura").await.person);
        let stranger = format!("person.{}", world.actor("Khalid").await.person);
        hamad.posts_form(&ask, &[("of", &of), ("question", "")]).await.is(422);
        hamad.posts_form(&ask, &[("of", &stranger), ("question", "ما رأيك؟")]).await.is(422);
        hamad
            .posts_form(&ask, &[("of", &of), ("question", "هل يكفي هذا العنوان؟"), ("days", "٢")])
            .await
            .is(303);
        // The question opens the case to whom it is asked of, for that purpose.
        let owed = whole(&noura, "/desk/advice").await;
        assert!(owed.contains("هل يكفي هذا العنوان؟"));
        let case = whole(&noura, &format!("/desk/{number}")).await;
        let id = case.split("/desk/advice/").nth(1).and_then(|rest| rest.split('"').next());
        let give = format!("/desk/advice/{}", id.expect("she may answer"));
        hamad.posts_form(&give, &[("answer", "يكفي بلا شك.")]).await.is(404);
        noura.posts_form(&give, &[("answer", "")]).await.is(422);
        noura.posts_form(&give, &[("answer", "يكفي إن ذُكر رقم العمارة.")]).await.is(303);
        noura.posts_form(&give, &[("answer", "بل لا يكفي.")]).await.is(409);
        assert!(whole(&hamad, &format!("/desk/{number}")).await.contains("يكفي إن ذُكر رقم العمارة."));
        hamad.takes(&number, "verify").await.is(200);
        world.person("Salma").gets("/desk/advice").await.is(403);
        world.person("Salma").posts_form(&give, &[("answer", "رأيي أنا.")]).await.is(404);
    })
    .await;
}

// refuses: POST /desk/batches/preview, POST /desk/batches, GET /desk/batches/{id}
#[tokio::test]
async fn many_are_decided_after_a_preview_each_by_itself() {
    on_both_engines(|world| async move {
        let (salma, hamad, noura) = (world.person("Salma"), world.person("Hamad"), world.person("Noura"));
        let mut sent = Vec::new();
        for _ in 0..4 {
            let number = salma.delivers(SERVICE).await;
            hamad.takes(&number, "verify").await.is(200);
            sent.push(number);
        }
        let unverified = salma.delivers(SERVICE).await;
        let own = noura.delivers(SERVICE).await;
        hamad.takes(&own, "verify").await.is(200);
        let mut picked: Vec<(&str, &str)> = sent.iter().map(|number| ("request", number.as_str())).collect();
        picked.extend([("request", unverified.as_str()), ("request", own.as_str()), ("act", "approve")]);
        let preview = noura.posts_form("/desk/batches/preview", &picked).await.is(200);
        let page = whole_text(&preview);
        let seen: Vec<String> = page
            .split("name=\"seen\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect();
        assert_eq!(seen.len(), 4, "the unverified one and her own are left out: {page}");
        assert!(page.contains("لا يصح هذا القرار عليه الآن"), "and it says why");
        hamad.posts_form("/desk/batches/preview", &[("act", "verify"), ("request", &sent[0])]).await.is(422);
        noura.posts_form("/desk/batches/preview", &[("act", "approve")]).await.is(422);

        // One moves between preview and confirmation; the others are decided all the same.
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        noura.acts(&sent[3], "send_back", correction).await.is(200);
        let mut confirm: Vec<(&str, &str)> = seen.iter().map(|seen| ("seen", seen.as_str())).collect();
        confirm.push(("act", "approve"));
        let place = leads_to(&noura.posts_form("/desk/batches", &confirm).await);
        world.works_off_its_jobs().await;
        let page = whole(&noura, &place).await;
        assert_eq!(page.matches("tag done").count(), 3, "{page}");
        for number in &sent[..3] {
            assert_eq!(salma.sees(number).await["state"], "completed");
            let kinds: Vec<String> = world
                .history(&format!("request/{number}"))
                .await
                .into_iter()
                .map(|entry| entry.kind)
                .collect();
            assert_eq!(kinds.iter().filter(|kind| *kind == "request.approved").count(), 1, "{kinds:?}");
        }
        assert_eq!(salma.sees(&sent[3]).await["state"], "returned");
        world.works_off_its_jobs().await;
        hamad.gets(&place).await.is(404);

        // A refusal in a batch is reasoned like any other.
        let refuse = [("seen", seen[0].as_str()), ("act", "refuse"), ("reason", "")];
        noura.posts_form("/desk/batches", &refuse).await.is(422);
        let last = salma.delivers(SERVICE).await;
        hamad.takes(&last, "verify").await.is(200);
        let revision = noura.sees(&last).await["revision"].to_string();
        let seen = format!("{last}@{revision}");
        let refuse = [("seen", seen.as_str()), ("act", "refuse"), ("reason", REASON)];
        noura.posts_form("/desk/batches", &refuse).await.is(303);
        world.works_off_its_jobs().await;
        assert_eq!(salma.sees(&last).await["decision"], REASON);
    })
    .await;
}

// refuses: GET /desk/assisted, POST /desk/assisted, GET /desk/assisted/{id}, POST /desk/assisted/{id}
// proves: LY-SVC-13.1
#[tokio::test]
async fn an_officer_enters_a_request_for_somebody_who_is_here_and_agrees() {
    on_both_engines(|world| async move {
        let (hamad, salma) = (world.person("Hamad"), world.person("Salma"));
        // In the portal there is one way in, and none of it names somebody else.
        let mut forged = crate::world::application(SERVICE, world.example(SERVICE));
        forged["applicant"] = json!(world.actor("Salma").await.person);
        assert_eq!(hamad.posts("/api/v1/requests", &forged).await.status, 422);
        salma.gets("/desk/assisted").await.is(403);
        let said = |service: &'static str, identifier: &'static str, consent: &'static str| {
            [
                ("service", service),
                ("identifier", identifier),
                ("identified_by", "بطاقة شخصية 5512340"),
                ("reason", "كفيفة ولا قارئ شاشة لديها."),
                ("consent", consent),
            ]
        };
        let begin = "/desk/assisted";
        hamad.posts_form(begin, &said(SERVICE, "219880412736", "")).await.is(422);
        hamad.posts_form(begin, &said(SERVICE, "219880412700", "true")).await.is(422);
        hamad.posts_form(begin, &said(ROAD, "219880412736", "true")).await.is(403);
        hamad.posts_form(begin, &said(SERVICE, "119840193527", "true")).await.is(403);
        salma.posts_form(begin, &said(SERVICE, "219910257184", "true")).await.is(403);
        let place = leads_to(&hamad.posts_form(begin, &said(SERVICE, "219880412736", "true")).await);
        world.person("Aisha").gets(&place).await.is(404);
        assert!(whole(&hamad, &place).await.contains("سلمى عبد السلام الورفلي"));

        // The form is as strict as for anybody; then the request is hers, and marked for good.
        let fill = |declared: bool| {
            let mut form = reqwest::multipart::Form::new();
            for (name, value) in world.example(SERVICE).as_object().expect("answers") {
                let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                form = form.text(name.clone(), word);
            }
            if declared { form.text("declaration", "true") } else { form }
        };
        let post = |form| hamad.call(reqwest::Method::POST, &place).multipart(form);
        Answer::to(post(fill(false))).await.is(422);
        let case = leads_to(&Answer::to(post(fill(true))).await);
        let number = case.rsplit('/').next().expect("a number").to_owned();
        assert_eq!(salma.sees(&number).await["state"], "received");
        let page = whole(&salma, &format!("/requests/{number}")).await;
        for words in ["حمد سالم الزنتاني", "كفيفة ولا قارئ شاشة لديها."] {
            assert!(page.contains(words), "{words}");
        }
        assert_eq!(leads_to(&hamad.gets(&place).await), case, "it is entered once");
        Answer::to(post(fill(true))).await.is(422);
        let history = world.history(&format!("request/{number}")).await;
        let marked =
            history.iter().find(|entry| entry.kind == "request.assisted").expect("it is in the ledger");
        assert_eq!(marked.actor, Some(world.actor("Hamad").await.person));
        let body = marked.body.clone().expect("it says how");
        assert!(body["consent_at"].is_string() && body["reason"] == "كفيفة ولا قارئ شاشة لديها.");
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
