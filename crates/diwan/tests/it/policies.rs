//! A body's own policies: written by one unit, approved by its head, acknowledged by everybody whom they bind.

use authz::Assurance;
use clock::{Clock, DAY, MINUTE, Timestamp};
use organisations::{Appoint, EndAppointment};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, Person, TestDiwan, on_both_engines, on_both_engines_at};

const POLICIES: &str = "/api/v1/policies";
const WORDS: &str = "راجعنا النص مع القسم ووجدناه صالحاً.";
const TEXT_AR: &str = "# النطاق\n1. تسري على الجميع.\n2. لا تطرح شكاوى الموظفين في التواصل الاجتماعي.\n3. يرد الاستقبال من الحساب الرسمي.\n4. إعادة النشر والتفاعل والمتابعة والإعجاب والتعليق في حكم النشر، وما في المجموعة المغلقة قد يصير عاماً.";
const TEXT_EN: &str = "# Scope\n1. It binds everybody.\n2. Staff complaints are not raised on social networks.\n3. Intake answers from the official account.\n4. Reposting, interacting, following, liking and commenting count as publishing, and a closed group may become public.";

async fn unit(world: &TestDiwan, body: &str, slug: &str) -> Uuid {
    let sql = world.parts.store.read();
    let body = organisations::body_by_slug(&sql, body).await.expect("it can be read").expect("a body");
    let units = organisations::units(&sql, body.id).await.expect("they can be read");
    units.into_iter().find(|unit| unit.slug == slug).expect("a unit").id
}

/// Today at the body, which is not always the day in UTC.
pub fn today(world: &TestDiwan) -> String {
    let east = u32::try_from(world.parts.site.offset.minutes).unwrap_or_default();
    (world.clock.now() + MINUTE * east).to_string()[..10].to_owned()
}

async fn registered(world: &TestDiwan, noura: &Person, kind: &str) -> String {
    let (owner, second) =
        (unit(world, "civil-registry", "decision").await, unit(world, "civil-registry", "reception").await);
    let new = json!({ "kind": kind, "owner_unit": owner, "second_unit": second, "title_ar": "سياسة", "title_en": "Policy" });
    noura.posts(POLICIES, &new).await.id()
}

async fn content(world: &TestDiwan) -> Value {
    json!({
        "title_ar": "سياسة", "title_en": "Policy", "subject_ar": "الموضوع", "subject_en": "Subject",
        "preparer": "نورة", "classification": "internal", "issue": "1.0", "storage_place": "ديوان",
        "text_ar": TEXT_AR, "text_en": TEXT_EN, "reviewed_on": today(world), "modified_by": "نورة",
        "reviewer": "وداد", "reasons": "أول إصدار", "parts": "كله", "separate": "2",
        "extra_unit": unit(world, "civil-registry", "reception").await, "extra": "3", "due_days": 14, "repeat_months": 12,
    })
}

async fn saves(noura: &Person, id: &str, content: &Value) -> Answer {
    noura.puts(&format!("{POLICIES}/{id}/draft"), &json!({ "content": content })).await
}

async fn approves(widad: &Person, id: &str, number: i64) {
    let draft = widad.gets(&format!("{POLICIES}/{id}/versions/{number}")).await.is(200).json();
    let seen = json!({ "sha256": draft["sha256"] });
    widad.posts(&format!("{POLICIES}/{id}/approval"), &seen).await.is(204);
}

/// A policy of the civil registry that is in force from now on.
pub async fn published(world: &TestDiwan, kind: &str) -> String {
    let (noura, widad) = (world.person("Noura"), world.person("Widad"));
    let id = registered(world, &noura, kind).await;
    saves(&noura, &id, &content(world).await).await.is(204);
    approves(&widad, &id, 1).await;
    noura.posts(&format!("{POLICIES}/{id}/publication"), &json!({ "from": today(world) })).await.is(204);
    id
}

async fn open_of(person: &Person) -> Vec<(String, String)> {
    let mine = person.gets("/api/v1/acknowledgements").await.is(200).json();
    let items = mine["items"].as_array().cloned().unwrap_or_default();
    let word = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
    let open = items.iter().filter(|it| it["state"] != "acknowledged");
    open.map(|it| (word(it, "clause"), word(it, "id"))).collect()
}

/// Nine metadata and six fields of the review log come first, then the approval of the head.
async fn is_complete_and_approved_before_it_is_in_force(world: &TestDiwan, id: &str) {
    let noura = world.person("Noura");
    let api = format!("{POLICIES}/{id}");
    // Nine metadata, then six fields of the review log, then the head's approval of exactly this text.
    let publish =
        || async { noura.posts(&format!("{api}/publication"), &json!({ "from": today(world) })).await };
    let full = content(world).await;
    for missing in ["subject_ar", "title_en", "preparer", "classification", "issue", "storage_place"] {
        let mut draft = full.clone();
        draft[missing] = "".into();
        saves(&noura, id, &draft).await.is(204);
        publish()
            .await
            .refused(422, "policy.metadata_missing", &["OM-SOC-0.1"])
            .names(&[(missing, "required")]);
    }
    noura.posts(&format!("{api}/publication"), &json!({})).await.refused(
        422,
        "policy.metadata_missing",
        &["OM-SOC-0.1"],
    );
    for missing in ["reviewed_on", "modified_by", "reviewer", "reasons", "parts"] {
        let mut draft = full.clone();
        draft[missing] = "".into();
        saves(&noura, id, &draft).await.is(204);
        publish()
            .await
            .refused(422, "policy.review_log_missing", &["OM-SOC-0.2"])
            .names(&[(missing, "required")]);
    }
    is_approved_as_it_stands(world, id).await;
}

/// The head approves exactly this text, surely identified; what changes afterwards is approved again.
async fn is_approved_as_it_stands(world: &TestDiwan, id: &str) {
    let (noura, widad) = (world.person("Noura"), world.person("Widad"));
    let api = format!("{POLICIES}/{id}");
    let full = content(world).await;
    let publish =
        || async { noura.posts(&format!("{api}/publication"), &json!({ "from": today(world) })).await };
    let mut wrong = full.clone();
    wrong["separate"] = "9".into();
    saves(&noura, id, &wrong).await.is(422).names(&[("separate", "policy_clause_unknown")]);
    saves(&noura, id, &full).await.is(204);
    publish().await.refused(409, "policy.not_approved", &["OM-SOC-0.3"]);
    let approval = format!("{api}/approval");
    noura.posts(&approval, &json!({ "sha256": "" })).await.refused(403, "policy.not_yours", &[]);
    let weak = world.surely("Widad", Assurance::Basic).await;
    weak.posts(&approval, &json!({ "sha256": "" })).await.refused(
        401,
        "identity.assurance_required",
        &["LY-SVC-8.1"],
    );
    widad.posts(&approval, &json!({ "sha256": "" })).await.refused(409, "policy.changed", &[]);
    approves(&widad, id, 1).await;
    let mut changed = full.clone();
    changed["text_en"] = TEXT_EN.replace("everybody", "all staff").into();
    saves(&noura, id, &changed).await.is(204);
    publish().await.refused(409, "policy.not_approved", &["OM-SOC-0.3"]);
    approves(&widad, id, 1).await;
    publish().await.is(204);
}

/// In force at its one address, with an approval that anyone can verify.
async fn is_read_by_its_body_alone(world: &TestDiwan, id: &str) {
    let (aisha, rashid) = (world.person("Aisha"), world.person("Rashid"));
    let (api, page) = (format!("{POLICIES}/{id}"), format!("/policies/{id}"));
    // In force at its one address, for the body and for nobody else; the approval can be verified.
    let seen = aisha.gets(&api).await.is(200).json();
    assert_eq!((seen["state"].as_str(), seen["issue"].as_str()), (Some("in_force"), Some("1.0")));
    rashid.gets(&api).await.is(404);
    rashid.opens(&page).await.is(404);
    while world.parts.ledger.sequence().await.expect("the log is sequenced") > 0 {}
    let version = aisha.gets(&format!("{api}/versions/1")).await.is(200).json();
    assert!(version["approval"]["holds"] == true && version["approval"]["index"].is_number(), "{version}");
    let proof = aisha.gets(&format!("{page}/versions/1/approval")).await.is(200);
    let keys = world.parts.ledger.keys().verifying();
    ledger::verify_file(&proof.bytes, &keys).expect("the proof verifies");
    let read = aisha.reads(&format!("{page}?lang=en")).await;
    for shown in
        ["Civil Registry", "Subject", "نورة", "Internal", "In force", "1.0", "ديوان", "Widad", "Verified"]
    {
        assert!(read.contains(shown), "{shown}: {read}");
    }
}

/// A revision is its unit's alone, and can be published without telling anybody.
async fn is_revised_by_its_unit(world: &TestDiwan, id: &str) {
    let (noura, widad) = (world.person("Noura"), world.person("Widad"));
    let (aisha, hamad) = (world.person("Aisha"), world.person("Hamad"));
    let (api, page) = (format!("{POLICIES}/{id}"), format!("/policies/{id}"));
    let full = content(world).await;
    // Only the owning unit opens a revision; it can be published without telling anybody, and the log says so.
    hamad.posts(&format!("{api}/versions"), &json!({})).await.refused(
        403,
        "policy.not_the_owner",
        &["OM-SOC-R.1"],
    );
    noura.posts_form(&format!("{page}/versions"), &[]).await.is(303);
    noura.posts(&format!("{api}/versions"), &json!({})).await.refused(409, "policy.draft_open", &[]);
    let mut second = full.clone();
    second["issue"] = "1.1".into();
    second["text_ar"] = format!("{TEXT_AR}\n5. جديد.").into();
    second["text_en"] = format!("{TEXT_EN}\n5. New.").into();
    saves(&noura, id, &second).await.is(204);
    approves(&widad, id, 2).await;
    let silently = json!({ "from": today(world), "notify": false });
    noura.posts(&format!("{api}/publication"), &silently).await.is(204);
    world.works_off_all_but_mail().await;
    let log = aisha.gets(&api).await.is(200).json()["versions"].clone();
    assert_eq!((log[0]["state"].as_str(), log[1]["state"].as_str()), (Some("superseded"), Some("in_force")));
    assert!(
        log[1]["notifies"] == false
            && log[1]["published_by"].is_string()
            && log[1]["published_at"].is_string()
    );
    assert!(aisha.reads(&format!("{page}?lang=en")).await.contains("without telling anybody"));
    let inbox = aisha.gets("/api/v1/inbox").await.is(200).page();
    assert!(!inbox.contains("1.1"), "{inbox}");
    aisha.gets(&format!("{api}/versions/1")).await.is(200);
    let compared = aisha.reads(&format!("{page}/compare?from=1&to=2&lang=en")).await;
    assert!(compared.contains("2 clauses differ") && compared.contains("New"), "{compared}");
}

// proves: OM-SOC-0.1, OM-SOC-0.2, OM-SOC-0.3, OM-SOC-R.1, OM-SOC-R.4a
// refuses: GET /api/v1/policies, POST /api/v1/policies, GET /api/v1/policies/{id}, POST /api/v1/policies/{id}/versions
// refuses: GET /api/v1/policies/{id}/versions/{number}, PUT /api/v1/policies/{id}/draft, GET /policies, POST /policies
// refuses: POST /api/v1/policies/{id}/approval, POST /api/v1/policies/{id}/publication, GET /policies/new
// refuses: GET /policies/{id}, POST /policies/{id}/versions, GET /policies/{id}/versions/{number}
// refuses: GET /policies/{id}/versions/{number}/approval, POST /policies/{id}/acts/{act}, GET /policies/{id}/draft
// refuses: POST /policies/{id}/draft, GET /policies/{id}/compare
#[tokio::test]
async fn a_policy_is_written_by_its_unit_approved_by_its_head_and_published_whole() {
    on_both_engines(|world| async move {
        let (noura, aisha, salma) = (world.person("Noura"), world.person("Aisha"), world.person("Salma"));
        salma.gets(POLICIES).await.refused(403, "policy.not_yours", &[]);
        salma.opens("/policies").await.is(403);
        salma.opens("/policies/new").await.is(403);
        let owner = unit(&world, "civil-registry", "decision").await;
        let new = json!({ "kind": "social_media", "owner_unit": owner, "title_ar": "س", "title_en": "P" });
        aisha.posts(POLICIES, &new).await.refused(403, "policy.not_the_owner", &["OM-SOC-R.1"]);
        let stays = noura.posts_form("/policies", &[("title_ar", "عنوان")]).await.is(422).page();
        assert!(stays.contains("error-summary") && stays.contains("value=\"عنوان\""));

        let id = registered(&world, &noura, "social_media").await;
        let (api, page) = (format!("{POLICIES}/{id}"), format!("/policies/{id}"));
        for path in ["", "/versions/1"] {
            aisha.gets(&format!("{api}{path}")).await.is(404);
            aisha.opens(&format!("{page}{path}")).await.is(404);
        }
        for path in ["/draft", "/compare", "/versions/1/approval"] {
            aisha.opens(&format!("{page}{path}")).await.is(404);
        }
        aisha.posts_form(&format!("{page}/draft"), &[]).await.is(404);
        aisha.posts_form(&format!("{page}/acts/approve"), &[]).await.is(404);
        aisha.posts_form(&format!("{page}/versions"), &[]).await.is(404);

        is_complete_and_approved_before_it_is_in_force(&world, &id).await;
        is_read_by_its_body_alone(&world, &id).await;
        is_revised_by_its_unit(&world, &id).await;
    })
    .await;
}

// proves: OM-SOC-C.2, OM-SOC-R.4b, OM-SOC-S.1, OM-SOC-P4.a, OM-SOC-P4.c, IQ-SOC-10.1.1, IQ-SOC-10.2, IQ-SOC-10.3, IQ-SOC-10.4
// refuses: GET /account/policies, POST /account/policies/{id}, GET /policies/{id}/people, GET /policies/{id}/people.csv
// refuses: GET /api/v1/acknowledgements, POST /api/v1/acknowledgements/{id}, GET /api/v1/policies/{id}/acknowledgements
// refuses: POST /api/v1/policies/{id}/breaches
#[tokio::test]
async fn everybody_whom_it_binds_acknowledges_it_and_a_breach_cites_what_they_acknowledged() {
    let now = Clock::System.now();
    on_both_engines_at(
        move || Clock::fixed(now),
        |world| async move {
            let id = published(&world, "social_media").await;
            world.works_off_all_but_mail().await;
            let (noura, aisha, hamad) = (world.person("Noura"), world.person("Aisha"), world.person("Hamad"));
            let (api, page) = (format!("{POLICIES}/{id}"), format!("/policies/{id}"));
            // Intake acknowledges a clause of its own besides.
            let clauses = |open: Vec<(String, String)>| open.into_iter().map(|it| it.0).collect::<Vec<_>>();
            assert_eq!(clauses(open_of(&aisha).await), ["", "2"]);
            assert_eq!(clauses(open_of(&hamad).await), ["", "2", "3"]);
            assert!(aisha.gets("/api/v1/inbox").await.is(200).page().contains(&page));
            world.stranger().gets("/api/v1/acknowledgements").await.is(401);
            world.stranger().opens("/account/policies").await.is(303);
            for path in ["people", "people.csv"] {
                aisha.opens(&format!("{page}/{path}")).await.is(403);
            }
            aisha.gets(&format!("{api}/acknowledgements")).await.refused(403, "policy.not_yours", &[]);
            let whole = open_of(&aisha).await[0].1.clone();
            hamad.posts(&format!("/api/v1/acknowledgements/{whole}"), &json!({})).await.is(404);
            hamad.posts_form(&format!("/account/policies/{whole}"), &[]).await.is(404);
            aisha.posts_form(&format!("/account/policies/{whole}"), &[]).await.is(303);
            assert_eq!(clauses(open_of(&aisha).await), ["2"], "the clause is acknowledged by itself");
            let mine = aisha.gets("/api/v1/acknowledgements").await.is(200).json();
            assert_eq!(mine["policies"][0]["is_current"], true);

            joins_and_leaves(&world, &aisha).await;
            breach(&world, &noura, &id).await;

            // A newer version makes the acknowledgement outdated at once.
            noura.posts(&format!("{api}/versions"), &json!({})).await.is(201);
            saves(&noura, &id, &content(&world).await).await.is(204);
            approves(&world.person("Widad"), &id, 2).await;
            noura
                .posts(&format!("{api}/publication"), &json!({ "from": today(&world), "notify": false }))
                .await
                .is(204);
            world.works_off_all_but_mail().await;
            let mine = aisha.gets("/api/v1/acknowledgements").await.is(200).json();
            let own = &mine["policies"][0];
            assert_eq!((own["version"].as_i64(), own["last_acknowledged"].as_i64()), (Some(2), Some(1)));
            assert!(
                own["is_current"] == false
                    && aisha.reads("/account/policies?lang=en").await.contains("newer version")
            );
            aisha.posts(&format!("/api/v1/acknowledgements/{whole}"), &json!({})).await.refused(
                409,
                "policy.outdated",
                &["OM-SOC-R.4b"],
            );

            becomes_overdue(&world, &id).await;
        },
    )
    .await;
}

/// Past its day it is overdue, reminded of and listed by unit; a year later it is asked again.
async fn becomes_overdue(world: &TestDiwan, id: &str) {
    let noura = world.person("Noura");
    let (api, page) = (format!("{POLICIES}/{id}"), format!("/policies/{id}"));
    let clauses = |open: Vec<(String, String)>| open.into_iter().map(|it| it.0).collect::<Vec<_>>();
    for (_, open) in open_of(&noura).await {
        noura.posts(&format!("/api/v1/acknowledgements/{open}"), &json!({})).await.is(204);
    }
    world.clock.advance(DAY * 15);
    world.parts.register.keep_house().await.expect("the house is kept");
    let noura = world.surely("Noura", Assurance::Substantial).await;
    let aisha = world.surely("Aisha", Assurance::Substantial).await;
    let listed = noura.gets(&format!("{api}/acknowledgements?state=overdue")).await.is(200).json();
    let aisha_id = world.actor("Aisha").await.person.to_string();
    let items = listed["items"].as_array().cloned().unwrap_or_default();
    assert!(items.iter().any(|it| it["person"] == aisha_id.as_str() && it["clause"] == "2"), "{listed}");
    let all = &listed["shares"][0];
    assert!(all["people"].as_i64() >= Some(4) && all["acknowledged"] == 1, "{all}");
    assert!(listed["shares"].as_array().is_some_and(|it| it.iter().any(|it| it["unit"].is_string())));
    assert!(aisha.gets("/api/v1/inbox").await.is(200).page().contains("/account/policies"));
    let file = noura.gets(&format!("{page}/people.csv?state=overdue&lang=en")).await.is(200).page();
    assert!(file.contains("Overdue") && file.contains("Aisha"), "{file}");
    assert!(noura.reads(&format!("{page}/people?lang=en")).await.contains("Records and matching section"));
    assert_eq!(open_of(&noura).await.len(), 0);
    world.clock.advance(DAY * 361);
    world.parts.register.keep_house().await.expect("the house is kept");
    let noura = world.surely("Noura", Assurance::Substantial).await;
    assert_eq!(clauses(open_of(&noura).await), ["", "2"], "the yearly refresher");
}

/// Whoever joins intake is asked on the first day; whoever left is not counted.
async fn joins_and_leaves(world: &TestDiwan, aisha: &Person) {
    let reception = unit(world, "civil-registry", "reception").await;
    let (salma, at) = (world.actor("Salma").await.person, world.clock.now());
    let body =
        organisations::unit(&world.parts.store.read(), reception).await.expect("read").expect("a unit").body;
    let role = "officer".to_owned();
    let joins =
        Appoint { actor: None, at, person: salma, body, unit: Some(reception), role, from: at, until: None };
    let held = world.parts.store.write(joins).await.expect("an appointment");
    world.parts.register.keep_house().await.expect("the house is kept");
    let clauses: Vec<String> = open_of(&world.person("Salma")).await.into_iter().map(|it| it.0).collect();
    assert_eq!(clauses, ["", "2", "3"]);
    let end = EndAppointment { actor: None, at: Timestamp(at.0), appointment: held.id };
    world.parts.store.write(end).await.expect("it ends");
    assert_eq!(open_of(&world.person("Salma")).await.len(), 0);
    assert_eq!(open_of(aisha).await.len(), 1);
}

async fn breach(world: &TestDiwan, noura: &Person, id: &str) {
    let path = format!("{POLICIES}/{id}/breaches");
    let report = |act: &str, clause: &str| {
        json!({ "clause": clause, "identifier": world.line("Aisha").identifier, "on": today(world), "act": act,
            "facts": "طرحت شكوى من زميل في مجموعة عامة." })
    };
    world.person("Hamad").posts(&path, &report("comment", "2")).await.refused(403, "policy.not_yours", &[]);
    let wrong = noura.posts(&path, &report("dance", "9")).await;
    wrong
        .refused(422, "policy.breach_incomplete", &["OM-SOC-P4.c"])
        .names(&[("clause", "policy_clause_unknown"), ("act", "enum")]);
    for act in ["repost", "interact", "follow", "like", "comment"] {
        let case = noura.posts(&path, &report(act, "4")).await.is(201).word("case");
        let case = world.person("Widad").gets(&format!("/api/v1/cases/{case}")).await.is(200).json();
        assert_eq!(
            (case["kind"].as_str(), case["edition"].as_str()),
            (Some("violation"), Some("social_media 1.0 · 4"))
        );
        let attached = case["evidence"][1]["subject"].as_str().unwrap_or_default().to_owned();
        assert!(attached.starts_with("acknowledgement/"), "{case}");
        let entries = world.history(&attached).await;
        assert_eq!(entries.last().map(|it| it.kind.as_str()), Some("policy.acknowledged"));
    }
}

/// At most 24 months later both units sign; until then the review is overdue.
async fn is_reviewed_by_both_units(world: &TestDiwan, id: &str) {
    let api = format!("{POLICIES}/{id}");
    let next =
        world.person("Noura").gets(&api).await.is(200).json()["next_review_at"].as_str().map(str::to_owned);
    let latest = (world.clock.now() + DAY * 720).to_string();
    assert_eq!(next.as_deref(), Some(latest.as_str()), "at most 24 months later");
    world.clock.advance(DAY * 721);
    world.parts.register.keep_house().await.expect("the house is kept");
    let mut by = Vec::new();
    for name in ["Widad", "Hamad", "Aisha"] {
        by.push(world.surely(name, Assurance::Substantial).await);
    }
    let [widad, hamad, aisha] = by.as_slice() else { return };
    for signer in [widad, hamad] {
        assert!(signer.gets("/api/v1/inbox").await.is(200).page().contains(&format!("/policies/{id}")));
    }
    assert_eq!(widad.gets(&api).await.is(200).json()["review_overdue"], true);
    assert!(widad.reads(&format!("/policies/{id}?lang=en")).await.contains("Review overdue"));
    assert!(widad.reads("/policies?review=overdue&lang=en").await.contains("Review overdue"));
    let (reviews, words) = (format!("{api}/reviews"), json!({ "words": WORDS }));
    aisha.posts(&reviews, &words).await.refused(403, "policy.not_yours", &[]);
    widad.posts(&reviews, &words).await.is(204);
    widad.posts(&reviews, &words).await.refused(409, "policy.review_signed", &["OM-SOC-R.2"]);
    assert_eq!(widad.gets(&api).await.is(200).json()["review_overdue"], true, "one of two has signed");
    hamad.posts(&reviews, &words).await.is(204);
    let seen = widad.gets(&api).await.is(200).json();
    let after = (world.clock.now() + DAY * 720).to_string();
    assert_eq!(
        (seen["review_overdue"].as_bool(), seen["next_review_at"].as_str()),
        (Some(false), Some(after.as_str()))
    );
}

// proves: OM-SOC-R.2, LY-MAIL-2.01f
// refuses: POST /api/v1/policies/{id}/reviews, POST /api/v1/policies/{id}/consultations
#[tokio::test]
async fn the_implementing_body_is_heard_and_both_units_sign_each_review() {
    let now = Clock::System.now();
    on_both_engines_at(
        move || Clock::fixed(now),
        |world| async move {
            let (noura, widad, sanad) = (world.person("Noura"), world.person("Widad"), world.person("Sanad"));
            let id = registered(&world, &noura, "vpn_use").await;
            let api = format!("{POLICIES}/{id}");
            saves(&noura, &id, &content(&world).await).await.is(204);
            approves(&widad, &id, 1).await;
            let body = world.actor("Widad").await.bodies()[0];
            let has = async || {
                let (sql, kind) = (world.parts.store.read(), ::policies::PolicyKind::VpnUse);
                ::policies::has_in_force(&sql, body, kind, world.clock.now()).await.expect("it can be read")
            };
            let first = json!({ "from": today(&world) });
            let publication = format!("{api}/publication");
            noura.posts(&publication, &first).await.refused(
                409,
                "vpn.consultation_missing",
                &["LY-MAIL-2.01f"],
            );
            let opinion = json!({ "opinion": "نوافق على النص." });
            noura.posts(&format!("{api}/consultations"), &opinion).await.refused(
                403,
                "policy.not_yours",
                &[],
            );
            sanad.posts(&format!("{api}/consultations"), &opinion).await.is(204);
            assert!(!has().await);
            let far = json!({ "from": today(&world), "next_review": "2099-01-01" });
            noura.posts(&publication, &far).await.refused(422, "policy.review_too_late", &["OM-SOC-R.2"]);
            noura.posts(&publication, &first).await.is(204);
            assert!(has().await);
            let read = noura.reads(&format!("/policies/{id}?lang=en")).await;
            assert!(
                read.contains("نوافق على النص.") && read.contains("Sanad"),
                "the opinion stands with the policy"
            );

            is_reviewed_by_both_units(&world, &id).await;
        },
    )
    .await;
}

// proves: LY-MAIL-3.01a
#[tokio::test]
async fn a_policy_of_another_authority_binds_the_staff_of_all_bodies() {
    on_both_engines(|world| async move {
        let (omar, at) = (world.actor("Omar").await.person, world.clock.now());
        let audit = unit(&world, "digital-authority", "audit").await;
        let body = organisations::unit(&world.parts.store.read(), audit).await.expect("read").expect("a unit").body;
        let role = "head".to_owned();
        let heads = Appoint { actor: None, at, person: omar, body, unit: Some(audit), role, from: at, until: None };
        world.parts.store.write(heads).await.expect("an appointment");
        let omar = world.person("Omar");
        let mut new = json!({ "kind": "external", "owner_unit": audit, "title_ar": "ضوابط", "title_en": "Rules",
            "everywhere": true, "issuer": "هيئة أمن المعلومات", "address": "http://x" });
        omar.posts(POLICIES, &new).await.is(422).names(&[("address", "policy_address")]);
        new["address"] = "https://authority.example/rules".into();
        let id = omar.posts(POLICIES, &new).await.id();
        let mut draft = content(&world).await;
        (draft["extra_unit"], draft["extra"]) = (Value::Null, "".into());
        saves(&omar, &id, &draft).await.is(204);
        approves(&omar, &id, 1).await;
        omar.posts(&format!("{POLICIES}/{id}/publication"), &json!({ "from": today(&world) })).await.is(204);
        world.works_off_all_but_mail().await;
        let (rashid, hamad) = (world.person("Rashid"), world.person("Hamad"));
        assert_eq!(open_of(&rashid).await.len(), 2);
        assert_eq!(open_of(&hamad).await.len(), 2);
        assert!(rashid.reads(&format!("/policies/{id}")).await.contains("https://authority.example/rules"));
        let board = format!("{POLICIES}/{id}/acknowledgements");
        let shares = omar.gets(&board).await.is(200).json()["shares"].clone();
        let bodies: std::collections::BTreeSet<String> =
            shares.as_array().into_iter().flatten().filter_map(|it| it["body"].as_str().map(str::to_owned)).collect();
        assert!(bodies.len() >= 5, "by organisation: {shares}");
    })
    .await;
}
