//! The regulation as it runs: findings with four eyes, exemptions that end by themselves, attestations with a cadence, and how
//! every body stands.

mod oversight;

use clock::{Clock, DAY};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{
    authoring::{publishes, registers, submission},
    world::{Answer, PDF, Person, TestDiwan, on_both_engines, on_both_engines_at},
};

const WORDS: &str = "راجعنا ذلك مع مسؤول أمن المعلومات.";
const REASON: &str = "الحالة خاصة وموعد نهايتها معلوم.";

fn at_rest() -> Clock {
    Clock::fixed(Clock::System.now())
}

fn day(world: &TestDiwan, later: i64) -> String {
    let (year, month, day) = clock::civil_from_days(world.clock.now().day() + later);
    format!("{year:04}-{month:02}-{day:02}")
}

pub fn finding(body: &str, what: &str) -> Value {
    json!({ "body": body, "control": "LY-SVC-21.1", "severity": "high", "what": what })
}

async fn items(person: &Person, path: &str) -> Vec<Value> {
    let answer = person.gets(path).await.is(200).json();
    answer["items"].as_array().expect("items").clone()
}

pub async fn kinds(world: &TestDiwan, subject: &str) -> Vec<String> {
    world.history(subject).await.into_iter().map(|it| it.kind).collect()
}

// refuses: GET /api/v1/findings, POST /api/v1/findings, GET /api/v1/findings/{id}
// refuses: POST /api/v1/findings/{id}/answer, POST /api/v1/findings/{id}/close, POST /api/v1/findings/{id}/return
// refuses: GET /compliance/findings, POST /compliance/findings, GET /compliance/findings/new
// refuses: GET /compliance/findings/{id}, POST /compliance/findings/{id}/answer
// refuses: POST /compliance/findings/{id}/close, POST /compliance/findings/{id}/return
#[tokio::test]
async fn a_finding_is_answered_by_the_body_and_closed_by_somebody_else() {
    on_both_engines_at(at_rest, |world| async move {
        let (omar, widad, salma) = (world.person("Omar"), world.person("Widad"), world.person("Salma"));
        let hamad = world.person("Hamad");
        let list = "/api/v1/findings";
        salma.gets(list).await.refused(403, "compliance.not_yours", &[]);
        salma.opens("/compliance/findings").await.is(403);
        hamad.posts(list, &finding("civil-registry", WORDS)).await.refused(403, "compliance.not_yours", &[]);
        widad.opens("/compliance/findings/new?body=civil-registry").await.is(403);
        widad.posts_form("/compliance/findings", &[("body", "civil-registry")]).await.is(403);
        let wrong = json!({ "body": "civil-registry", "control": "LY-SVC-99", "what": "قصير" });
        let refused = omar.posts(list, &wrong).await.refused(422, "finding.incomplete", &[]);
        refused.names(&[("what", "too_short"), ("control", "choice"), ("severity", "choice")]);

        let id = omar.posts(list, &finding("civil-registry", WORDS)).await.id();
        // The same thing is one finding, however often it is found.
        assert_eq!(omar.posts(list, &finding("civil-registry", REASON)).await.id(), id);
        let other = omar.posts(list, &finding("municipality", WORDS)).await.id();
        let seen = omar.gets(&format!("{list}/{id}")).await.is(200).json();
        assert_eq!((seen["times"].as_i64(), seen["state"].as_str()), (Some(2), Some("open")));
        let owner = world.actor("Widad").await.person.to_string();
        assert_eq!(seen["owner"].as_str(), Some(owner.as_str()), "the head answers");

        // A body sees its own alone; whoever has no part in it does not learn that it exists.
        assert_eq!(items(&widad, list).await.len(), 1);
        assert_eq!(items(&hamad, list).await.len(), 0);
        assert_eq!(items(&omar, &format!("{list}?severity=high&q=LY-SVC-21.1&sort=severity")).await.len(), 2);
        assert_eq!(items(&omar, &format!("{list}?body=municipality")).await.len(), 1);
        assert_eq!(items(&omar, &format!("{list}?q=zzzz")).await.len(), 0);
        omar.gets(&format!("{list}?state=nothing")).await.is(422);
        widad.gets(&format!("{list}/{other}")).await.is(404);
        widad.posts(&format!("{list}/{other}/answer"), &json!({ "words": WORDS })).await.is(404);
        hamad.opens(&format!("/compliance/findings/{id}")).await.is(404);

        // First the answer, then the judgement, and never by the same person.
        let page = format!("/compliance/findings/{id}");
        let early = omar.posts(&format!("{list}/{id}/close"), &json!({ "words": WORDS })).await;
        early.refused(409, "finding.unanswered", &[]);
        omar.posts(&format!("{list}/{id}/return"), &json!({ "words": WORDS })).await.is(409);
        omar.posts(&format!("{list}/{id}/answer"), &json!({ "words": WORDS })).await.is(403);
        let stays = widad.posts_form(&format!("{page}/answer"), &[("answer", "لا")]).await.is(422).page();
        assert!(stays.contains("error-summary") && stays.contains(">لا</textarea>"), "{stays}");
        widad.posts_form(&format!("{page}/answer"), &[("answer", WORDS)]).await.is(303);
        widad.posts_form(&format!("{page}/close"), &[("words", WORDS)]).await.is(409);
        widad.posts_form(&format!("{page}/return"), &[("words", WORDS)]).await.is(409);
        omar.posts_form(&format!("{page}/return"), &[("words", REASON)]).await.is(303);
        widad.posts_form(&format!("{page}/answer"), &[("answer", WORDS)]).await.is(303);
        omar.posts_form(&format!("{page}/close"), &[("words", WORDS)]).await.is(303);
        omar.posts(&format!("{list}/{id}/close"), &json!({ "words": WORDS })).await.is(409);
        assert_eq!(
            kinds(&world, &format!("finding/{id}")).await,
            [
                "finding.opened",
                "finding.found_again",
                "finding.note",
                "finding.answered",
                "finding.sent_back",
                "finding.answered",
                "finding.closed"
            ]
        );
        // Found again after its closing, it is a new one.
        assert_ne!(omar.posts(list, &finding("civil-registry", WORDS)).await.id(), id);

        is_late_once(&world, &other).await;
    })
    .await;
}

/// Nobody answered it, nor the one that took the place of the closed one.
async fn is_late_once(world: &TestDiwan, id: &str) {
    world.clock.advance(DAY * 30);
    world.parts.compliance.keep_house().await.expect("reminders go out");
    world.parts.compliance.keep_house().await.expect("again");
    assert_eq!(kinds(world, &format!("finding/{id}")).await, ["finding.opened", "finding.late"]);
    assert_eq!(items(&world.person("Omar"), "/api/v1/findings?state=late").await.len(), 2);
    let told = world.person("Rashid").gets("/api/v1/inbox").await.is(200).json().to_string();
    assert!(told.contains("LY-SVC-21.1"), "{told}");
}

// refuses: POST /api/v1/findings/{id}/close
#[tokio::test]
async fn nobody_judges_what_was_theirs_to_answer() {
    on_both_engines(|world| async move {
        let (omar, amal) = (world.person("Omar"), world.person("Amal"));
        let id = omar.posts("/api/v1/findings", &finding("digital-authority", WORDS)).await.id();
        amal.posts(&format!("/api/v1/findings/{id}/answer"), &json!({ "words": WORDS })).await.is(204);
        // Appointed auditor as well, the one who answered still does not judge.
        let person = world.actor("Amal").await.person;
        let body = organisations::body_by_slug(&world.parts.store.read(), "digital-authority").await;
        let body = body.expect("readable").expect("there").id;
        let now = world.clock.now();
        let appoint = organisations::Appoint {
            actor: None,
            at: now,
            person,
            body,
            unit: None,
            role: "auditor".into(),
            from: now - DAY,
            until: None,
        };
        world.parts.store.write(appoint).await.expect("appointed");
        let close = format!("/api/v1/findings/{id}/close");
        amal.posts(&close, &json!({ "words": WORDS })).await.refused(409, "finding.own", &[]);
        omar.posts(&close, &json!({ "words": WORDS })).await.is(204);
    })
    .await;
}

fn wish(world: &TestDiwan, change: impl FnOnce(&mut Value)) -> Value {
    let mut wish = json!({
        "body": "civil-registry",
        "controls": ["LY-SVC-20.1b"],
        "justification": WORDS,
        "from": day(world, 0),
        "until": day(world, 30),
    });
    change(&mut wish);
    wish
}

// proves: LY-SVC-19.3
// refuses: GET /api/v1/exemptions, POST /api/v1/exemptions, GET /api/v1/exemptions/{id}
// refuses: POST /api/v1/exemptions/{id}/decide, POST /api/v1/exemptions/{id}/end
// refuses: GET /compliance/exemptions, POST /compliance/exemptions, GET /compliance/exemptions/new
// refuses: GET /compliance/exemptions/{id}, POST /compliance/exemptions/{id}/decide
// refuses: POST /compliance/exemptions/{id}/end
#[tokio::test]
async fn an_exemption_is_asked_for_with_reasons_and_decided_with_reasons() {
    on_both_engines(|world| async move {
        let (hamad, amal, salma) = (world.person("Hamad"), world.person("Amal"), world.person("Salma"));
        let list = "/api/v1/exemptions";
        salma.gets(list).await.refused(403, "compliance.not_yours", &[]);
        salma.opens("/compliance/exemptions").await.is(403);
        salma.opens("/compliance/exemptions/new").await.is(403);
        salma.posts(list, &wish(&world, |_| {})).await.is(403);
        salma.posts_form("/compliance/exemptions", &[("body", "civil-registry")]).await.is(403);
        let bare = wish(&world, |wish| wish["justification"] = json!(""));
        let refused = hamad.posts(list, &bare).await;
        refused.refused(422, "exemption.justification_missing", &["LY-SVC-19.3"]);
        let unknown = wish(&world, |wish| wish["controls"] = json!(["LY-SVC-99"]));
        let refused = hamad.posts(list, &unknown).await.refused(422, "exemption.incomplete", &["LY-SVC-5.e"]);
        refused.names(&[("controls", "exemption_scope")]);

        let id = hamad.posts(list, &wish(&world, |_| {})).await.id();
        let page = format!("/compliance/exemptions/{id}");
        for stranger in [&salma, &world.person("Rashid")] {
            stranger.gets(&format!("{list}/{id}")).await.is(404);
            stranger.opens(&page).await.is(404);
            stranger.posts(&format!("{list}/{id}/end"), &json!({ "reason": REASON })).await.is(404);
        }
        let grant = json!({ "grants": true, "reason": REASON });
        world.person("Widad").posts(&format!("{list}/{id}/decide"), &grant).await.is(403);
        amal.posts(&format!("{list}/{id}/end"), &json!({ "reason": REASON })).await.is(409);
        let bare = [("ruling", "refuse"), ("reason", "لا")];
        amal.posts_form(&format!("{page}/decide"), &bare).await.is(422);
        let told = [("ruling", "refuse"), ("reason", REASON)];
        amal.posts_form(&format!("{page}/decide"), &told).await.is(303);
        amal.posts(&format!("{list}/{id}/decide"), &grant).await.refused(
            409,
            "exemption.decided",
            &["LY-SVC-5.e"],
        );
        world.person("Hamad").posts_form(&format!("{page}/end"), &[("reason", REASON)]).await.is(403);

        // The provider sees the outcome and its reasons, and was told.
        let seen = hamad.gets(&format!("{list}/{id}")).await.is(200).json();
        assert_eq!((seen["state"].as_str(), seen["reason"].as_str()), (Some("refused"), Some(REASON)));
        assert!(hamad.reads(&page).await.contains(REASON));
        let told = hamad.gets("/api/v1/inbox").await.is(200).json().to_string();
        assert!(told.contains(REASON), "{told}");
        assert_eq!(items(&hamad, &format!("{list}?state=refused")).await.len(), 1);

        // Nobody decides what they asked for themselves.
        let own = wish(&world, |wish| wish["body"] = json!("digital-authority"));
        let own = amal.posts(list, &own).await.id();
        let refused = amal.posts(&format!("{list}/{own}/decide"), &grant).await;
        refused.refused(409, "exemption.own_request", &["LY-SVC-5.e"]);
    })
    .await;
}

#[tokio::test]
async fn an_exemption_switches_off_its_articles_for_its_holder_until_its_last_day() {
    on_both_engines_at(at_rest, |world| async move {
        let (hamad, laila, amal) = (world.person("Hamad"), world.person("Laila"), world.person("Amal"));
        let held = items(&laila, "/api/v1/directory/storage?body=civil-registry").await;
        let agreement = held[0]["id"].as_str().expect("an id").to_owned();
        let end = format!("/directory/storage/{agreement}/end");
        laila.posts_form(&end, &[("reason", WORDS)]).await.is(303);
        let version = registers(&hamad, &submission(&world, |_| {})).await;
        let missing = |answer: Answer| answer.refused(409, "documents.storage_agreement", &["LY-SVC-20.1b"]);
        missing(publishes(&world, "residence-certificate", version).await);

        // For another service of the same body it changes nothing, and from another article neither.
        let grants = async |change: &dyn Fn(&mut Value)| {
            let id = hamad.posts("/api/v1/exemptions", &wish(&world, change)).await.id();
            let grant = json!({ "grants": true, "reason": REASON });
            amal.posts(&format!("/api/v1/exemptions/{id}/decide"), &grant).await.is(204);
            id
        };
        grants(&|wish| wish["subject"] = json!("service/birth-certificate")).await;
        grants(&|wish| wish["controls"] = json!(["LY-SVC-20.1a"])).await;
        grants(&|wish| wish["from"] = json!(day(&world, 3))).await;
        let publish = format!("/api/v1/directory/entries/residence-certificate/versions/{version}/publish");
        missing(laila.posts(&publish, &json!({})).await);
        let id = grants(&|_| {}).await;
        laila.posts(&publish, &json!({})).await.is(200);

        // While it holds, nothing is found on that article; its end is warned of, comes by itself, and is in the ledger.
        let found =
            json!({ "body": "civil-registry", "control": "LY-SVC-20.1b", "severity": "low", "what": WORDS });
        let omar = world.person("Omar");
        omar.posts("/api/v1/findings", &found).await.refused(409, "finding.exempt", &["LY-SVC-5.e"]);
        world
            .parts
            .compliance
            .assign_pack(&world.actor("Amal").await, "ly-services", "civil-registry", &day(&world, -1))
            .await
            .expect("assigned");
        let state = async || {
            let standing = omar.gets("/api/v1/compliance/bodies/civil-registry").await.is(200).json();
            let more = standing["next"].as_str().expect("there is more").to_owned();
            let path = format!("/api/v1/compliance/bodies/civil-registry?cursor={more}");
            let both = [standing, omar.gets(&path).await.is(200).json()];
            let lines = both.iter().flat_map(|it| it["items"].as_array().expect("items").clone());
            let line = lines.into_iter().find(|it| it["control"] == "LY-SVC-20.1b").expect("the control");
            line["state"].as_str().expect("a state").to_owned()
        };
        assert_eq!(state().await, "exempt");
        world.clock.advance(DAY * 32);
        assert_ne!(state().await, "exempt");
        let next = registers(&hamad, &submission(&world, |_| {})).await;
        missing(publishes(&world, "residence-certificate", next).await);
        world.parts.compliance.keep_house().await.expect("its end is noted");
        world.parts.compliance.keep_house().await.expect("once");
        let told = kinds(&world, &format!("exemption/{id}")).await;
        assert_eq!(told, ["exemption.asked", "exemption.granted", "exemption.over"]);
        let ended = hamad.gets(&format!("/api/v1/exemptions/{id}")).await.is(200).json();
        assert_eq!(ended["state"], "ended");
    })
    .await;
}

pub async fn assigns(world: &TestDiwan, body: &str) {
    let path = "/api/v1/compliance/packs/ly-services/bodies";
    let from = day(world, -1);
    world.person("Amal").posts(path, &json!({ "body": body, "from": from })).await.is(204);
    world.parts.compliance.keep_house().await.expect("attestations open");
}

// refuses: GET /api/v1/attestations, POST /api/v1/attestations/{body}/{control}/confirm
// refuses: POST /api/v1/attestations/{body}/attester
// refuses: GET /compliance/attestations, GET /compliance/attestations/{id}/document
// refuses: GET /compliance/bodies/{slug}/{control}, POST /compliance/bodies/{slug}/{control}
// refuses: POST /compliance/bodies/{slug}/{control}/attester
#[tokio::test]
async fn what_no_software_sees_a_person_confirms_at_a_cadence() {
    on_both_engines_at(at_rest, |world| async move {
        let (widad, noura, salma) = (world.person("Widad"), world.person("Noura"), world.person("Salma"));
        salma.gets("/api/v1/attestations").await.refused(403, "compliance.not_yours", &[]);
        salma.opens("/compliance/attestations").await.is(403);
        assigns(&world, "civil-registry").await;
        let mine = "/api/v1/attestations?mine=yes";
        let asked = items(&widad, mine).await;
        assert_eq!(asked.len(), 6, "every attested control of the document, once");
        assert_eq!(items(&noura, mine).await.len(), 0);
        assert_eq!(asked[0]["state"], "due");

        let control = "/compliance/bodies/civil-registry/LY-SVC-21.1";
        let confirm = "/api/v1/attestations/civil-registry/LY-SVC-21.1/confirm";
        let words = json!({ "outcome": "holds", "words": WORDS });
        noura.opens(control).await.is(403);
        noura.posts(confirm, &words).await.is(403);
        widad.posts("/api/v1/attestations/civil-registry/LY-SVC-1.1/confirm", &words).await.is(404);
        let refused = widad.posts(confirm, &json!({})).await.refused(422, "attestation.incomplete", &[]);
        refused.names(&[("outcome", "required"), ("words", "too_short")]);

        // The head names somebody else, who confirms with a document.
        let named = json!({ "control": "LY-SVC-21.1", "person": world.actor("Noura").await.person });
        let attester = "/api/v1/attestations/civil-registry/attester";
        noura.posts(attester, &named).await.is(403);
        let stranger = json!({ "person": world.actor("Rashid").await.person });
        widad.posts(attester, &stranger).await.refused(422, "attestation.not_of_the_body", &[]);
        noura.posts_form(&format!("{control}/attester"), &[("person", "")]).await.is(403);
        widad.posts(attester, &named).await.is(204);
        assert_eq!(items(&noura, mine).await.len(), 1);
        let form = |outcome: &'static str, words: &'static str| {
            let file = Part::bytes(PDF).file_name("checklist.pdf");
            Form::new().text("outcome", outcome).text("words", words).part("file", file)
        };
        let post = |form: Form| Answer::to(noura.call(reqwest::Method::POST, control).multipart(form));
        let stays = post(form("holds", "نعم")).await.is(422).page();
        assert!(stays.contains("error-summary") && stays.contains(">نعم</textarea>"), "{stays}");
        post(form("holds", WORDS)).await.is(303);
        let page = noura.reads(control).await;
        let from = page.find("/compliance/attestations/").expect("the document is linked");
        let link: String = page[from..].chars().take_while(|letter| *letter != '"').collect();
        assert_eq!(widad.gets(&link).await.is(200).bytes, PDF);
        salma.gets(&link).await.is(404);

        // It holds for the cadence, is asked for again before its end, and is overdue after it.
        let state = async || {
            let all = items(&widad, "/api/v1/attestations?body=civil-registry").await;
            let line = all.into_iter().find(|it| it["control"] == "LY-SVC-21.1").expect("the control");
            line["state"].as_str().expect("a state").to_owned()
        };
        assert_eq!(state().await, "confirmed");
        world.clock.advance(DAY * 170);
        assert_eq!(state().await, "due");
        world.parts.compliance.keep_house().await.expect("it is asked for");
        world.clock.advance(DAY * 11);
        world.parts.compliance.keep_house().await.expect("it is reminded of");
        assert_eq!(state().await, "overdue");
        let told = noura.gets("/api/v1/inbox").await.is(200).json();
        let told = told["items"].as_array().expect("items").len();
        assert!(told >= 2, "asked, then reminded");
        assert_eq!(items(&widad, "/api/v1/attestations?state=overdue").await.len(), 6);

        // That it does not hold is a finding of its own.
        noura.posts(confirm, &json!({ "outcome": "fails", "words": REASON })).await.is(204);
        let found = items(&noura, "/api/v1/findings").await;
        assert_eq!((found.len(), &found[0]["control"]), (1, &json!("LY-SVC-21.1")));
        assert_eq!(state().await, "failed");
    })
    .await;
}

// proves: LY-SVC-3.1, KW-RW-5.1
// refuses: GET /api/v1/compliance, GET /api/v1/compliance/bodies/{body}, GET /compliance, GET /compliance/bodies/{slug}
// refuses: GET /api/v1/compliance/packs/{pack}/bodies, POST /api/v1/compliance/packs/{pack}/bodies
// refuses: GET /compliance/packs/{pack}, POST /compliance/packs/{pack}
#[tokio::test]
async fn every_body_stands_in_the_matrix_with_what_binds_it() {
    on_both_engines(|world| async move {
        let (omar, amal, widad) = (world.person("Omar"), world.person("Amal"), world.person("Widad"));
        let (noura, salma) = (world.person("Noura"), world.person("Salma"));
        for (stranger, path) in [
            (&salma, "/api/v1/compliance"),
            (&noura, "/api/v1/compliance"),
            (&noura, "/api/v1/compliance/bodies/civil-registry"),
            (&widad, "/api/v1/compliance/bodies/municipality"),
            (&widad, "/api/v1/compliance/packs/ly-services/bodies"),
        ] {
            stranger.gets(path).await.refused(403, "compliance.not_yours", &[]);
        }
        salma.opens("/compliance").await.is(403);
        widad.opens("/compliance/bodies/municipality").await.is(403);
        noura.opens("/compliance/packs/ly-services").await.is(403);

        // A body with services and no document is a gap, until one is assigned.
        let bodies = organisations::bodies(&world.parts.store.read()).await.expect("readable");
        let lines = items(&omar, "/api/v1/compliance").await;
        assert_eq!(lines.len(), bodies.len(), "every registered body");
        let line = |lines: &[Value], slug: &str| {
            lines.iter().find(|it| it["body"] == slug).expect("the body stands there").clone()
        };
        assert_eq!(line(&lines, "civil-registry")["gap"], true);
        assert!(omar.reads("/compliance").await.contains("refused"));
        let path = "/api/v1/compliance/packs/kw-remote/bodies";
        let from = day(&world, -10);
        let said = json!({ "body": "civil-registry", "from": from });
        widad.posts(path, &said).await.is(403);
        widad.posts_form("/compliance/packs/kw-remote", &[("body", "civil-registry")]).await.is(403);
        let wrong = amal.posts(path, &json!({ "body": "civil-registry", "from": "soon" })).await;
        wrong.refused(422, "compliance.assignment_incomplete", &["LY-SVC-3.1"]).names(&[("from", "date")]);
        amal.posts(path, &said).await.is(204);
        let page = [("body", "health-ministry"), ("from", from.as_str())];
        amal.posts_form("/compliance/packs/kw-remote", &page).await.is(303);
        let bound = items(&omar, path).await;
        assert_eq!(bound.len(), 2);
        assert!(bound[0]["from"].as_str().is_some_and(|it| it.starts_with(&day(&world, -11)[..7])));
        assert!(
            omar.reads("/compliance/packs/kw-remote").await.contains("/compliance/bodies/civil-registry")
        );
        let lines = items(&omar, "/api/v1/compliance").await;
        assert_eq!(line(&lines, "civil-registry")["gap"], false);
        assert_eq!(line(&lines, "civil-registry")["packs"], 1);

        // The worst comes first; a head sees the own body alone and is led to it.
        omar.posts("/api/v1/findings", &finding("land-registry", WORDS)).await.is(201);
        assert_eq!(items(&omar, "/api/v1/compliance").await[0]["body"], "land-registry");
        assert_eq!(items(&widad, "/api/v1/compliance").await.len(), 1);
        assert_eq!(widad.opens("/compliance").await.leads_to(), "/compliance/bodies/civil-registry");
        let own = widad.reads("/compliance/bodies/civil-registry").await;
        assert!(own.contains("KW-RW-1.1") && !own.contains("LY-SVC-1.0"), "what binds it, and nothing else");
        amal.gets("/api/v1/compliance/bodies/nowhere").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn evidence_is_counted_from_the_ledger_once() {
    on_both_engines(|world| async move {
        let omar = world.person("Omar");
        assigns(&world, "civil-registry").await;
        omar.posts("/api/v1/findings", &finding("civil-registry", WORDS)).await.is(201);
        let told = async || {
            while world.parts.ledger.sequence().await.expect("the log is sequenced") > 0 {}
            world.parts.compliance.count_evidence().await.expect("counted");
            world.parts.compliance.count_evidence().await.expect("and not twice");
            let page = omar.reads("/compliance/bodies/civil-registry/LY-SVC-21.1?lang=en").await;
            let page = page.replace(['\u{2068}', '\u{2069}'], "");
            let from = page.find("at this body: ").expect("the evidence is told");
            page[from..].chars().take_while(|letter| *letter != '<').collect::<String>()
        };
        assert_eq!(told().await, "at this body: 1 · on the whole platform: 1");
        omar.posts("/api/v1/findings", &finding("civil-registry", WORDS)).await.is(201);
        omar.posts("/api/v1/findings", &finding("municipality", WORDS)).await.is(201);
        // The finding that was found again is noted with its new words beside the count.
        assert_eq!(told().await, "at this body: 3 · on the whole platform: 4");
    })
    .await;
}
