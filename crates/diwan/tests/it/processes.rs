//! Processes as data: each service of the demo runs along its own, other bodies are asked on the way, and a version
//! comes into force only with a process that can be carried out and that a legal reviewer has attested.

use authz::{Actor, Assurance, Failure};
use identity::IssueToken;
use language::Text;
use reqwest::Method;
use serde_json::{Value, json};
use services::{Attest, Card, Process, Publish, Register, RequestNumber};

use crate::{
    directory::told,
    world::{Answer, Person, TestDiwan, on_both_engines},
};

/// Somebody who sits at the desk on which a request lies now.
pub async fn whose_turn(world: &TestDiwan, number: &str) -> Option<Person> {
    let number: RequestNumber = number.parse().expect("a number");
    let desk = world.parts.services.desk_of(&number).await.expect("requests can be read")?;
    let (sql, now) = (world.parts.store.read(), world.clock.now());
    let people = organisations::people_with(&sql, &desk.role, desk.body, now).await.expect("appointments");
    let person = *people.first().expect("somebody sits at each desk");
    let (token, issue) = IssueToken::new(person, "turn", Assurance::Substantial, 30, now).expect("a token");
    world.parts.store.write(issue).await.expect("a token is issued");
    Some(world.bearer(&token))
}

/// Takes a request along the first way at each desk, and returns the stages that it passed.
async fn carried_through(world: &TestDiwan, number: &str) -> Vec<String> {
    let mut passed = Vec::new();
    while let Some(person) = whose_turn(world, number).await {
        passed.push(person.sees(number).await["stage"].as_str().expect("a stage").to_owned());
        let may = person.may(number).await;
        let act = ["verify", "pass_on", "approve"].into_iter().find(|act| may.iter().any(|may| may == act));
        person.takes(number, act.expect("a desk offers a way on")).await.is(200);
    }
    world.works_off_its_jobs().await;
    passed
}

/// Services whose processes differ, and the desks over which they lead.
const COURSES: [(&str, &[&str]); 8] = [
    ("residence-certificate", &["verification", "decision"]),
    ("building-permit", &["verification", "inspection", "title-opinion", "decision"]),
    ("event-permit", &["verification", "health-opinion", "decision"]),
    ("land-survey-request", &["verification", "survey", "decision"]),
    ("medical-practice-licence", &["verification", "committee", "decision"]),
    ("property-transfer", &["verification", "registrar", "decision"]),
    ("trade-licence-renewal", &["verification", "decision"]),
    ("name-correction", &["verification", "decision"]),
];

// proves: LY-SVC-16.3b
#[tokio::test]
async fn each_service_runs_along_its_own_process_to_its_end() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", Assurance::High).await;
        for (service, course) in COURSES {
            let number = salma.delivers(service).await;
            assert_eq!(carried_through(&world, &number).await, course, "{service}");
            let seen = salma.sees(&number).await;
            assert_eq!((&seen["state"], &seen["stage"]), (&json!("completed"), &json!("completed")));
            let stages = seen["stages"].as_array().expect("stages");
            let ids: Vec<&str> = stages.iter().filter_map(|stage| stage["id"].as_str()).collect();
            let expected: Vec<&str> = ["received"].iter().chain(course).chain(&["output"]).copied().collect();
            assert_eq!(ids, expected, "{service}");
            for stage in stages {
                assert_eq!(stage["progress"], "done", "{service}: {stage}");
                assert!(stage["at"].is_string() && stage["holder"]["ar"].is_string(), "{service}: {stage}");
            }
        }
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/pass_on
// proves: LY-SVC-17.1a
#[tokio::test]
async fn another_body_is_asked_and_says_what_it_thinks() {
    on_both_engines(|world| async move {
        let salma = world.surely("Salma", Assurance::Substantial).await;
        let (khalid, ibrahim) = (world.person("Khalid"), world.person("Ibrahim"));
        let number = salma.delivers("building-permit").await;
        let request = format!("/api/v1/requests/{number}");
        ibrahim.gets(&request).await.refused(404, "not_found", &[]);
        let transition = ("process.transition", ["LY-SVC-17.1a"]);
        khalid.acts(&number, "pass_on", json!({})).await.refused(409, transition.0, &transition.1);
        khalid.takes(&number, "verify").await.is(200);

        let missing = khalid.acts(&number, "pass_on", json!({ "words": " " })).await;
        missing.refused(422, "request.opinion_missing", &["LY-SVC-17.1a"]).names(&[("words", "required")]);
        let found = json!({ "to": "decision", "words": "الموقع مطابق للمخططات." });
        khalid.acts(&number, "pass_on", found).await.refused(409, transition.0, &transition.1);
        khalid.takes(&number, "pass_on").await.is(200);
        let seen = salma.sees(&number).await;
        assert_eq!(seen["holder"]["en"], "Property files section, Land Registration Authority");
        assert_eq!(seen["stages"][3]["progress"], "now");
        assert_eq!(seen["stages"][4]["progress"], "next");

        // The desk of the other body sees it now, and what it does is its own part alone.
        assert_eq!(ibrahim.gets("/api/v1/tasks").await.is(200).json()["items"][0]["kind"], "opinion");
        assert_eq!(ibrahim.may(&number).await, ["pass_on"]);
        khalid.acts(&number, "pass_on", json!({ "words": "الموقع مطابق." })).await.refused(
            403,
            "not_allowed",
            &["LY-SVC-16.1", "LY-SVC-17.1a"],
        );
        ibrahim.acts(&number, "approve", json!({})).await.refused(
            409,
            "request.unverified",
            &["LY-SVC-16.1"],
        );
        ibrahim.takes(&number, "pass_on").await.is(200);
        assert!(ibrahim.may(&number).await.is_empty(), "it has said what it thinks");
        assert_eq!(ibrahim.gets("/api/v1/tasks").await.is(200).json()["items"], json!([]));
        world.person("Rashid").takes(&number, "approve").await.is(200);
        let history = world.history(&format!("request/{number}")).await;
        assert_eq!(history.iter().filter(|entry| entry.kind == "request.passed_on").count(), 2);
    })
    .await;
}

/// A version of the residence certificate with a process of the test's choice.
struct Version<'w> {
    world: &'w TestDiwan,
    card: Card,
    form: String,
}

impl Version<'_> {
    async fn of(world: &TestDiwan) -> Version<'_> {
        let entry = world.parts.services.directory.entry("residence-certificate").expect("it is published");
        Version { world, card: entry.card.clone(), form: entry.form.source().to_owned() }
    }

    async fn registered(&self, process: Option<Process>) -> i64 {
        let register = Register {
            actor: self.world.actor("Hamad").await,
            card: self.card.clone(),
            form: self.form.clone(),
            process,
            policies: self.world.parts.services.policies.clone(),
            clock: self.world.clock.clone(),
        };
        self.world.parts.store.write(register).await.expect("it is registered").version
    }

    async fn attested(&self, version: i64, actor: Actor) -> Result<(), Failure> {
        let (policies, clock) = (self.world.parts.services.policies.clone(), self.world.clock.clone());
        let attest = Attest { actor, slug: self.card.id.clone(), version, policies, clock };
        self.world.parts.store.write(attest).await
    }

    async fn published(&self, version: i64) -> Result<(), Failure> {
        let (policies, clock) = (self.world.parts.services.policies.clone(), self.world.clock.clone());
        let (actor, slug) = (self.world.actor("Laila").await, self.card.id.clone());
        self.world.parts.store.write(Publish { actor, slug, version, policies, clock }).await
    }

    /// The code with which a process is kept from coming into force, and the fields that are named.
    async fn refused(&self, process: Option<Process>) -> (&'static str, Vec<String>) {
        let version = self.registered(process).await;
        let refusal = self.published(version).await.expect_err("it is refused");
        let refusal = refusal.refusal().expect("a refusal").clone();
        let items = refusal.items.iter().map(|item| format!("{} {}", item.field, item.code));
        (refusal.code, items.collect())
    }
}

// proves: LY-SVC-11.1, LY-SVC-11.3, LY-SVC-4.3
#[tokio::test]
async fn no_version_comes_into_force_without_a_process_that_can_be_carried_out() {
    on_both_engines(|world| async move {
        let version = Version::of(&world).await;
        let whole = || told(&version.card);
        let published = world.parts.services.directory.entry("building-permit").expect("it is published");
        assert!(published.process.before.len() > 2 && published.process.after.len() > 2, "both are stored");

        assert_eq!(version.refused(None).await.0, "process.missing");
        let untold = Process { before: Vec::new(), ..whole() };
        let missing = version.refused(Some(untold)).await;
        assert_eq!(missing, ("process.missing", vec!["before required".to_owned()]));
        let lawless = Process { legal_basis: Text::new(" ", ""), ..whole() };
        assert_eq!(version.refused(Some(lawless)).await.0, "directory.legal_basis_missing");

        let mut stuck = whole();
        stuck.stages[1].moves.retain(|way| way.to != "output");
        let (code, items) = version.refused(Some(stuck)).await;
        assert_eq!(code, "process.invalid");
        assert!(items.contains(&"stage.output unreachable".to_owned()), "{items:?}");
        let mut empty = whole();
        empty.stages[0].party =
            serde_json::from_value(json!({ "kind": "provider", "role": "member" })).expect("a party");
        empty.stages[1].party =
            serde_json::from_value(json!({ "kind": "body", "body": "atlantis", "role": "officer" }))
                .expect("a party");
        let (_, items) = version.refused(Some(empty)).await;
        assert_eq!(items, ["stage.verification nobody_can_act", "stage.decision body_unknown"]);

        // Whole, but no legal reviewer has put a name to it; nor may just anybody.
        let waiting = version.registered(Some(whole())).await;
        let refusal = version.published(waiting).await.expect_err("nobody has attested it");
        let refusal = refusal.refusal().expect("a refusal");
        assert_eq!((refusal.code, refusal.controls), ("process.legal_review_missing", &["LY-SVC-11.3"][..]));
        for name in ["Hamad", "Laila", "Noura", "Salma"] {
            assert!(
                version.attested(waiting, world.actor(name).await).await.is_err(),
                "{name} is no reviewer"
            );
        }
        version.attested(waiting, world.actor("Halima").await).await.expect("Halima reviews laws");
        version.published(waiting).await.expect("now it comes into force");
        let history = world.history("service/residence-certificate").await;
        let attested =
            history.iter().rfind(|entry| entry.kind == "process.attested").expect("it is recorded");
        assert_eq!(attested.actor, Some(world.actor("Halima").await.person));
    })
    .await;
}

// proves: LY-SVC-17.1a
#[tokio::test]
async fn a_request_ends_under_the_process_with_which_it_began() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let before = salma.delivers("residence-certificate").await;
        let version = Version::of(&world).await;
        let mut process = told(&version.card);
        let party = json!({ "kind": "body", "body": "municipality", "role": "officer" });
        process.stages[1].party = serde_json::from_value(party).expect("a party");
        process.stages[1].title = Text::new("قرار البلدية", "Decision of the municipality");
        let number = version.registered(Some(process)).await;
        version.attested(number, world.actor("Halima").await).await.expect("it is attested");
        version.published(number).await.expect("it is published");
        world.parts.services.directory.refresh(&world.parts.store).await.expect("the directory is read anew");

        let after = salma.delivers("residence-certificate").await;
        let (hamad, khalid) = (world.person("Hamad"), world.person("Khalid"));
        for request in [&before, &after] {
            hamad.takes(request, "verify").await.is(200);
        }
        khalid.gets(&format!("/api/v1/requests/{before}")).await.refused(404, "not_found", &[]);
        assert_eq!(khalid.may(&after).await, ["send_back", "approve", "refuse"]);
        world.person("Noura").takes(&before, "approve").await.is(200);
        let title = |seen: &Value| seen["stages"][2]["title"]["en"].clone();
        assert_eq!(title(&salma.sees(&after).await), "Decision of the municipality");
        assert_ne!(title(&salma.sees(&before).await), "Decision of the municipality");
    })
    .await;
}

// refuses: GET /api/v1/services/{id}/process, GET /api/v1/services/{id}/process/play
// refuses: POST /api/v1/services/{id}/process/attest, GET /services/{slug}/process
// refuses: POST /services/{slug}/process/attest
// proves: LY-SVC-17.1b
#[tokio::test]
async fn a_process_is_read_by_all_and_played_and_attested_by_those_who_review_it() {
    on_both_engines(|world| async move {
        let base = "/api/v1/services/building-permit/process";
        let seen = world.stranger().gets(base).await.is(200).json();
        assert_eq!(seen["attested_by"]["en"], "Halima Said Albaraasi");
        for list in ["before", "after", "rights", "obligations", "stages"] {
            assert!(seen[list].as_array().is_some_and(|list| list.len() > 1), "{list}");
        }
        let page = world.stranger().gets("/services/building-permit/process").await.is(200);
        let page = String::from_utf8(page.bytes).expect("a page is text");
        assert!(page.contains("<svg class=\"process-picture\"") && page.contains("رأي التسجيل العقاري"));
        assert!(!page.contains("process-play"), "a passer-by plays nothing");

        // Rights and obligations stand on the card, where one begins, and stay with the version of each request.
        let entry = world.parts.services.directory.entry("building-permit").expect("it is published");
        let card = world.stranger().gets("/services/building-permit").await.is(200);
        let card = String::from_utf8(card.bytes).expect("a page is text");
        for text in entry.process.rights.iter().chain(&entry.process.obligations) {
            assert!(card.contains(&text.ar), "{}", text.en);
        }
        let number = world.surely("Salma", Assurance::Substantial).await.delivers("building-permit").await;
        let history = world.history(&format!("request/{number}")).await;
        let version = &history[0].body.as_ref().expect("the delivery is told")["service_version"];
        let kept = world.stranger().gets(&format!("{base}?version={version}")).await.is(200).json();
        assert_eq!((&kept["rights"], &kept["obligations"]), (&seen["rights"], &seen["obligations"]));
        let play = format!("{base}/play");
        world.stranger().gets(&play).await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
        for name in ["Salma", "Hamad"] {
            world.person(name).gets(&play).await.refused(404, "not_found", &[]);
        }
        let laila = world.person("Laila");
        let stages = async |path: &str| -> Vec<String> {
            let played = laila.gets(&format!("{play}?path={path}")).await.is(200).json();
            let scenes = played["scenes"].as_array().expect("scenes").clone();
            assert!(
                scenes.windows(2).all(|two| two[0]["until"] == two[1]["from"]),
                "time goes on: {scenes:?}"
            );
            assert!(scenes[0]["who"][0]["en"].is_string(), "somebody would act");
            scenes.iter().map(|scene| scene["stage"].as_str().expect("a stage").to_owned()).collect()
        };
        let granted = ["verification", "inspection", "title-opinion", "decision", "output", "completed"];
        assert_eq!(stages("granted").await, granted);
        assert_eq!(stages("silent").await, granted, "the law answers for the land registry");
        assert_eq!(stages("corrected").await[..3], ["verification", "correction", "verification"]);
        assert_eq!(stages("refused").await.last().map(String::as_str), Some("refused"));

        // A version that waits exists for its reviewers alone, with what is wrong with it.
        let version = Version::of(&world).await;
        let waiting = version.registered(Some(told(&version.card))).await;
        let path = format!("/services/residence-certificate/process?version={waiting}");
        world.person("Salma").gets(&format!("/api/v1{path}")).await.refused(404, "not_found", &[]);
        world.person("Salma").gets(&path).await.is(404);
        laila.gets(&format!("{path}&path=granted")).await.is(200);
        let attest = "/api/v1/services/residence-certificate/process/attest";
        let asked = json!({ "version": waiting });
        world.person("Salma").posts(attest, &asked).await.refused(403, "not_allowed", &["LY-SVC-11.3"]);
        let form = |person: Person| {
            let call = person.call(Method::POST, "/services/residence-certificate/process/attest");
            let call = call.header("content-type", "application/x-www-form-urlencoded");
            Answer::to(call.body(format!("version={waiting}")))
        };
        form(laila.clone()).await.is(403);
        form(world.person("Halima")).await.is(303);
        let seen = world.person("Halima").posts(attest, &asked).await.is(200).json();
        assert_eq!(seen["attested_by"]["en"], "Halima Said Albaraasi");
        version.published(waiting).await.expect("it comes into force");
    })
    .await;
}
