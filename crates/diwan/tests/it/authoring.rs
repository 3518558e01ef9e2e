//! The directory from an author's card to the register: four eyes, versions, what only the competent administration does,
//! the duties of owners, and whoever is told.

use clock::{Clock, DAY};
use reqwest::Method;
use serde_json::{Value, json};
use services::Attest;

use crate::world::{Answer, Person, TestDiwan, on_both_engines, on_both_engines_at};

const SERVICE: &str = "residence-certificate";
pub const ENTRIES: &str = "/api/v1/directory/entries";
const REASON: &str = "تغيرت الخدمة ولا بد من هذا الإجراء.";

/// The card and the form of a published service, as a program sends them.
pub fn submission(world: &TestDiwan, change: impl FnOnce(&mut Value)) -> Value {
    let entry = world.parts.services.directory.entry(SERVICE).expect("the service is published");
    let mut card = serde_json::to_value(&entry.card).expect("a card is JSON");
    change(&mut card);
    let process = crate::directory::told(&entry.card);
    json!({ "card": card, "form": entry.form.schema(), "process": process })
}

pub async fn registers(person: &Person, body: &Value) -> i64 {
    let answer = person.posts(ENTRIES, body).await.is(201).json();
    answer["version"].as_i64().expect("a version")
}

/// The legal reviewer attests the process, and the verifier publishes.
pub async fn publishes(world: &TestDiwan, slug: &str, version: i64) -> Answer {
    let (policies, clock) = (world.parts.services.policies.clone(), world.clock.clone());
    let attest =
        Attest { actor: world.actor("Halima").await, slug: slug.to_owned(), version, policies, clock };
    world.parts.store.write(attest).await.expect("the process is attested");
    world.person("Laila").posts(&format!("{ENTRIES}/{slug}/versions/{version}/publish"), &json!({})).await
}

/// A new service of the registry, in force.
pub async fn newly_published(world: &TestDiwan, slug: &str) {
    let new = submission(world, |card| {
        card["id"] = slug.into();
        card["name"] = json!({ "ar": "إثبات حياة", "en": "Proof of life" });
    });
    let version = registers(&world.person("Hamad"), &new).await;
    publishes(world, slug, version).await.is(200);
}

// proves: LY-SVC-24.2, LY-SVC-25.2, LY-SVC-13.3b
// refuses: POST /api/v1/directory/entries, GET /api/v1/directory/entries/{id}/versions/{version}
// refuses: POST /api/v1/directory/entries/{id}/versions/{version}/publish
// refuses: POST /api/v1/directory/entries/{id}/versions/{version}/send_back
#[tokio::test]
async fn a_change_is_in_force_when_somebody_else_approves_it() {
    on_both_engines(|world| async move {
        let (hamad, laila) = (world.person("Hamad"), world.person("Laila"));
        let changed = submission(&world, |card| {
            card["fee"]["amount_milli"] = 60_000.into();
            card["documents_none"] = false.into();
            card["document"] = json!([{ "id": "lease", "required": true,
                "title": { "ar": "عقد الإيجار", "en": "Lease" }, "help": { "ar": "", "en": "" } }]);
            card["conditions"][0]["en"] =
                "You have actually lived at the address for at least ninety days.".into();
        });
        world.person("Salma").posts(ENTRIES, &changed).await.refused(
            403,
            "directory.outside_mandate",
            &["LY-SVC-1.11"],
        );
        let version = registers(&hamad, &changed).await;
        let path = format!("{ENTRIES}/{SERVICE}/versions/{version}");
        world.person("Salma").gets(&path).await.refused(404, "not_found", &[]);

        // The verifier sees what changes, in words; the public sees what is in force.
        let seen = laila.gets(&path).await.is(200).json();
        let told: Vec<String> = seen["changes"]
            .as_array()
            .expect("changes")
            .iter()
            .map(|it| format!("{} {} {}", it["kind"], it["part"], it["aspect"]).replace('"', ""))
            .collect();
        assert_eq!(told[..3], ["changed fee ", "changed conditions ", "added documents "]);
        assert_eq!(told[3..], ["changed process before", "changed process after"], "it is told otherwise");
        assert_eq!(
            (&seen["changes"][0]["before"], &seen["changes"][0]["after"]),
            (&json!(0), &json!(60_000))
        );
        let live =
            async || world.stranger().gets(&format!("/api/v1/services/{SERVICE}")).await.is(200).json();
        assert_eq!(live().await["fee_milli"], 0);

        // Its author does not publish it, nor does anybody of the provider.
        let publish = format!("{path}/publish");
        hamad.posts(&publish, &json!({})).await.refused(409, "directory.update_unapproved", &["LY-SVC-25.2"]);
        world.person("Noura").posts(&publish, &json!({})).await.refused(
            403,
            "directory.not_competent",
            &["LY-SVC-22.3"],
        );
        let back = format!("{path}/send_back");
        hamad.posts(&back, &json!({ "reason": REASON })).await.refused(
            403,
            "directory.not_competent",
            &["LY-SVC-22.3"],
        );
        laila.posts(&back, &json!({ "reason": "no" })).await.refused(422, "directory.reason_missing", &[]);
        laila.posts(&back, &json!({ "reason": REASON })).await.is(200);
        laila.posts(&publish, &json!({})).await.refused(409, "directory.transition", &["LY-SVC-22.1"]);
        assert_eq!(live().await["fee_milli"], 0);

        let again = registers(&hamad, &changed).await;
        publishes(&world, SERVICE, again).await.is(200);
        publishes(&world, SERVICE, again).await.is(200);
        let now = live().await;
        assert_eq!((now["fee_milli"].as_i64(), now["version"].as_i64()), (Some(60_000), Some(again)));
        let unlisted = world.person("Salma").uploads("page.pdf", crate::world::PDF).await.id();
        let mut asked = crate::world::application(SERVICE, world.example(SERVICE));
        asked["documents"] = json!([{ "evidence": "passport", "document": unlisted }]);
        let refused = world.person("Salma").posts("/api/v1/requests", &asked).await;
        refused.refused(422, "request.unlisted_requirement", &["LY-SVC-13.3b"]);
    })
    .await;
}

// proves: LY-SVC-22.1, LY-SVC-22.3
// refuses: POST /api/v1/directory/entries/{id}/suspend, POST /api/v1/directory/entries/{id}/restore
// refuses: POST /api/v1/directory/entries/{id}/merge, POST /api/v1/directory/entries/{id}/classify
// refuses: GET /api/v1/directory/register/{id}
#[tokio::test]
async fn only_the_administration_keeps_the_register_and_nothing_leaves_it() {
    on_both_engines(|world| async move {
        let (hamad, laila, anybody) = (world.person("Hamad"), world.person("Laila"), world.stranger());
        newly_published(&world, "proof-of-life").await;
        let here = format!("{ENTRIES}/proof-of-life");
        let acts = [
            ("suspend", json!({ "reason": REASON })),
            ("restore", json!({ "reason": REASON })),
            ("classify", json!({ "themes": ["family"], "audience": ["citizen"] })),
            ("merge", json!({ "into": SERVICE, "reason": REASON })),
        ];
        for (act, body) in &acts {
            let refused = hamad.posts(&format!("{here}/{act}"), body).await;
            refused.refused(403, "directory.not_competent", &["LY-SVC-22.3"]);
        }
        let shown = async || anybody.gets("/api/v1/services/proof-of-life").await.status;
        assert_eq!(shown().await, 200);
        for (act, body) in &acts {
            laila.posts(&format!("{here}/{act}"), body).await.is(200);
            let visible = matches!(*act, "restore" | "classify");
            assert_eq!(shown().await == 200, visible, "after {act}");
        }
        laila.posts(&format!("{here}/merge"), &acts[3].1).await.refused(
            409,
            "directory.transition",
            &["LY-SVC-22.1"],
        );
        let held = anybody.gets("/api/v1/directory/register/proof-of-life").await.is(200).json();
        let states: Vec<(i64, String)> = held["versions"]
            .as_array()
            .expect("versions")
            .iter()
            .map(|it| (it["version"].as_i64().unwrap_or(0), it["state"].as_str().unwrap_or("").to_owned()))
            .collect();
        assert_eq!(states, [(2, "merged".to_owned()), (1, "superseded".to_owned())]);
        assert_eq!(held["versions"][0]["merged_into"], SERVICE);
        anybody.gets("/api/v1/directory/register/nonsense").await.refused(404, "not_found", &[]);

        // Page after page the register tells every version once.
        let (mut cursor, mut lines) = (String::new(), Vec::new());
        loop {
            let page =
                anybody.gets(&format!("/api/v1/directory/register?limit=2{cursor}")).await.is(200).json();
            lines.extend(
                page["items"]
                    .as_array()
                    .expect("items")
                    .iter()
                    .map(|it| it["href"].to_string() + &it["version"].to_string()),
            );
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let once: std::collections::BTreeSet<&String> = lines.iter().collect();
        assert_eq!(once.len(), lines.len());
        assert_eq!(lines.len(), world.parts.services.directory.entries().len() + 2);
        let merged =
            anybody.gets("/api/v1/directory/register?state=merged&body=civil-registry").await.is(200).json();
        assert_eq!(merged["items"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

// proves: LY-SVC-22.2, LY-SVC-23.4
// refuses: GET /api/v1/directory/register, POST /api/v1/directory/rules, GET /directory/register
// refuses: PUT /api/v1/directory/classification/{tree}/{word}
#[tokio::test]
async fn the_administration_sets_the_rules_and_the_trees_and_providers_keep_to_them() {
    on_both_engines(|world| async move {
        let (hamad, amal, anybody) = (world.person("Hamad"), world.person("Amal"), world.stranger());
        let mut rules = anybody.gets("/api/v1/directory/rules").await.is(200).json()["rules"].clone();
        rules["required_parts"] = json!(["rights"]);
        rules["register_is_public"] = false.into();
        hamad.posts("/api/v1/directory/rules", &rules).await.refused(
            403,
            "directory.not_competent",
            &["LY-SVC-22.3"],
        );
        let mut loose = rules.clone();
        loose["confirm_every_days"] = 5_000.into();
        let refused = amal.posts("/api/v1/directory/rules", &loose).await;
        refused
            .refused(422, "directory.rules_invalid", &["LY-SVC-22.2"])
            .names(&[("confirm_every_days", "too_big")]);
        let set = amal.posts("/api/v1/directory/rules", &rules).await.is(200).json();
        assert_eq!(set["version"], 1);
        anybody.gets("/api/v1/directory/register").await.refused(
            403,
            "directory.register_closed",
            &["LY-SVC-22.2"],
        );
        anybody.gets("/directory/register").await.is(403);
        hamad.gets("/api/v1/directory/register").await.is(200);
        let bare = submission(&world, |card| card["rights"] = json!([]));
        hamad.posts(ENTRIES, &bare).await.names(&[("rights", "required")]);

        let term = |word: &str| format!("/api/v1/directory/classification/theme/{word}");
        let put = async |person: &Person, path: &str, body: Value| {
            Answer::to(person.call(Method::PUT, path).json(&body)).await
        };
        let named =
            json!({ "name_ar": "المواريث", "name_en": "Inheritance", "parent": "family", "place": 35 });
        put(&hamad, &term("inheritance"), named.clone()).await.refused(
            403,
            "directory.not_competent",
            &["LY-SVC-23.4"],
        );
        let chosen = submission(&world, |card| card["themes"] = json!(["housing", "inheritance"]));
        hamad.posts(ENTRIES, &chosen).await.refused(403, "directory.outside_mandate", &["LY-SVC-1.11"]);
        let chosen = submission(&world, |card| card["life_events"] = json!(["inheriting"]));
        hamad.posts(ENTRIES, &chosen).await.refused(422, "directory.term_unknown", &["LY-SVC-23.4"]);
        put(&amal, &term("inheritance"), named.clone()).await.is(200);
        let event = "/api/v1/directory/classification/life_event/inheriting";
        put(&amal, event, json!({ "name_ar": "أرث", "name_en": "Inheriting" })).await.is(200);
        hamad.posts(ENTRIES, &chosen).await.is(201);
        put(
            &amal,
            &term("deeper"),
            json!({ "name_ar": "أعمق", "name_en": "Deeper", "parent": "inheritance" }),
        )
        .await
        .refused(422, "directory.term_invalid", &["LY-SVC-23.4"])
        .names(&[("parent", "choice")]);
        put(&amal, "/api/v1/directory/classification/colour/green", named).await.refused(
            404,
            "not_found",
            &[],
        );
        let kinds: Vec<String> =
            world.history("directory/theme").await.into_iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, ["directory.term_set"]);
    })
    .await;
}

async fn subjects(person: &Person) -> Vec<String> {
    let inbox = person.gets("/api/v1/inbox").await.is(200).json();
    let items = inbox["items"].as_array().expect("items").clone();
    items.iter().filter_map(|it| it["subject"].as_str().or(it["title"].as_str())).map(str::to_owned).collect()
}

async fn open_duties(person: &Person) -> Vec<Value> {
    let duties = person.gets("/api/v1/directory/duties").await.is(200).json();
    duties["items"].as_array().cloned().unwrap_or_default()
}

// proves: LY-SVC-25.1, LY-SVC-25.3
// refuses: POST /api/v1/services/{id}/errors, GET /api/v1/directory/duties
// refuses: POST /api/v1/directory/duties/{id}/answer, POST /api/v1/directory/legal_changes
// refuses: POST /api/v1/directory/entries/{id}/owner
#[tokio::test]
async fn an_owner_answers_for_the_card() {
    let start = || Clock::fixed(Clock::System.now());
    on_both_engines_at(start, |world| async move {
        let (hamad, salma) = (world.person("Hamad"), world.person("Salma"));
        let errors = format!("/api/v1/services/{SERVICE}/errors");
        let words = json!({ "words": "رقم الهاتف المذكور لا يرد عليه أحد." });
        salma.posts(&errors, &json!({ "words": "x" })).await.refused(422, "directory.reason_missing", &[]);
        salma.posts("/api/v1/services/nonsense/errors", &words).await.refused(404, "not_found", &[]);
        let reported = salma.posts(&errors, &words).await.is(201).json();
        let due: Vec<Value> = open_duties(&hamad).await;
        assert_eq!((due.len(), &due[0]["kind"], &due[0]["due_at"]), (1, &json!("error_report"), &reported["due_at"]));
        salma.gets("/api/v1/directory/duties").await.refused(403, "directory.no_desk", &["LY-SVC-23.5"]);

        // Its owner answers, and whoever reported it is told; nobody else may.
        let answer = format!("/api/v1/directory/duties/{}/answer", reported["id"].as_str().expect("an id"));
        let said = json!({ "answer": "صححنا رقم الهاتف مع شركة الاتصالات." });
        salma.posts(&answer, &said).await.refused(404, "not_found", &[]);
        hamad.posts(&answer, &json!({})).await.refused(422, "directory.reason_missing", &[]);
        let before = subjects(&salma).await.len();
        hamad.posts(&answer, &said).await.is(204);
        hamad.posts(&answer, &said).await.refused(409, "directory.duty_closed", &["LY-SVC-23.5"]);
        assert_eq!(subjects(&salma).await.len(), before + 1);

        // Reports that repeat make an update due, until it is made or refused with a reason.
        for name in ["Huda", "Yusuf"] {
            world.person(name).posts(&errors, &words).await.is(201);
        }
        let flagged = open_duties(&hamad).await.into_iter().find(|it| it["update_due"] == true).expect("flagged");
        assert_eq!(flagged["kind"], "repeated_errors");
        let unchanged = format!("/api/v1/directory/duties/{}/answer", flagged["id"].as_str().expect("an id"));
        hamad.posts(&unchanged, &json!({})).await.refused(422, "directory.reason_missing", &[]);
        hamad.posts(&unchanged, &said).await.is(204);

        // A change of the law: the administration is told, the service gets a task, a new version answers it.
        let change = json!({ "services": [SERVICE], "reference": "القانون رقم 3 لسنة 2026", "effective_on": "2026-12-01",
            "words": "صارت الشهادة صالحة سنة كاملة." });
        salma.posts("/api/v1/directory/legal_changes", &change).await.refused(403, "not_allowed", &["LY-SVC-23.5", "LY-SVC-25.3"]);
        let gap = json!({ "services": [SERVICE], "effective_on": "2026-13-01" });
        let refused = hamad.posts("/api/v1/directory/legal_changes", &gap).await;
        refused.names(&[("reference", "required"), ("effective_on", "required")]);
        let before = subjects(&world.person("Laila")).await.len();
        hamad.posts("/api/v1/directory/legal_changes", &change).await.is(201);
        assert_eq!(subjects(&world.person("Laila")).await.len(), before + 1);
        let flag = open_duties(&world.person("Laila")).await;
        assert!(flag.iter().any(|it| it["kind"] == "legal_change" && it["update_due"] == true), "{flag:?}");
        world.clock.advance(DAY);
        let next = submission(&world, |card| card["legal_basis"]["en"] = "Law No. 3 of 2026, Article 1".into());
        let version = registers(&hamad, &next).await;
        publishes(&world, SERVICE, version).await.is(200);
        assert!(open_duties(&hamad).await.iter().all(|it| it["update_due"] == false));
    })
    .await;
}

// proves: LY-SVC-23.5
#[tokio::test]
async fn an_owner_is_asked_to_confirm_the_card_at_a_cadence() {
    let start = || Clock::fixed(Clock::System.now());
    on_both_engines_at(start, |world| async move {
        let hamad = world.person("Hamad");
        let words = json!({ "words": "رقم الهاتف المذكور لا يرد عليه أحد." });
        world.person("Salma").posts(&format!("/api/v1/services/{SERVICE}/errors"), &words).await.is(201);
        let hamads = world.actor("Hamad").await.person.to_string();
        let owned = open_duties(&hamad).await;
        assert_eq!((&owned[0]["owner"], owned[0]["due_at"].is_string()), (&json!(hamads), true));
        assert_eq!(world.parts.services.remind_owners().await.expect("looked after"), 0);
        // The cadence: half a year later the owner is asked to confirm, once; late, they are reminded.
        world.clock.advance(DAY * 170);
        world.parts.services.remind_owners().await.expect("asked");
        assert_eq!(world.parts.services.remind_owners().await.expect("asked once"), 0);
        let asked = open_duties(&hamad).await;
        let confirm =
            asked.iter().find(|it| it["kind"] == "confirm" && it["service"] == SERVICE).expect("asked");
        let path = format!("/api/v1/directory/duties/{}/answer", confirm["id"].as_str().expect("an id"));
        hamad.posts(&path, &json!({})).await.is(204);
        assert!(
            !open_duties(&hamad).await.iter().any(|it| it["kind"] == "confirm" && it["service"] == SERVICE)
        );
        let kinds: Vec<String> =
            world.history(&format!("service/{SERVICE}")).await.into_iter().map(|entry| entry.kind).collect();
        assert!(kinds.contains(&"entry.confirmed".to_owned()), "{kinds:?}");

        // The body names another of its authors, and nobody else.
        let laila = world.actor("Laila").await.person;
        let owner = format!("{ENTRIES}/{SERVICE}/owner");
        hamad.posts(&owner, &json!({ "person": laila })).await.refused(
            422,
            "directory.owner_unknown",
            &["LY-SVC-23.5"],
        );
    })
    .await;
}

// proves: LY-SVC-1.09, LY-SVC-23.3
// refuses: GET /api/v1/subscriptions, POST /api/v1/subscriptions
#[tokio::test]
async fn those_whom_it_concerns_are_told() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let follow = json!({ "tree": "theme", "word": "housing" });
        salma.posts("/api/v1/subscriptions", &json!({ "tree": "theme", "word": "nonsense" })).await.refused(
            404,
            "not_found",
            &[],
        );
        for _ in 0..2 {
            salma.posts("/api/v1/subscriptions", &follow).await.is(204);
        }
        assert_eq!(
            salma.gets("/api/v1/subscriptions").await.is(200).json().as_array().map(Vec::len),
            Some(1)
        );
        world.works_off_its_jobs().await;
        let (mine, theirs) = (subjects(&salma).await.len(), subjects(&world.person("Khalid")).await.len());

        newly_published(&world, "proof-of-life").await;
        world.works_off_its_jobs().await;
        assert_eq!(
            subjects(&salma).await.len(),
            mine + 1,
            "a new service is told to whoever follows its theme"
        );
        assert_eq!(subjects(&world.person("Khalid")).await.len(), theirs);

        // A changed version is told to its stakeholders: the municipality among them, by its own people.
        let changed = submission(&world, |card| card["delivery_working_days"] = 3.into());
        let version = registers(&hamad, &changed).await;
        publishes(&world, SERVICE, version).await.is(200);
        world.works_off_its_jobs().await;
        assert_eq!(subjects(&salma).await.len(), mine + 1, "a change is not a new service");
        assert_eq!(subjects(&world.person("Khalid")).await.len(), theirs + 1);
        let entry = world.parts.services.directory.entry(SERVICE).expect("in force");
        let told = world.parts.services.stakeholders_told(entry.id).await.expect("told");
        let means: Vec<&str> = told.iter().map(|it| it.means.as_str()).collect();
        assert_eq!(means, ["inbox", "email"], "one line a stakeholder, stored");
        salma
            .posts("/api/v1/subscriptions", &json!({ "tree": "theme", "word": "housing", "end": true }))
            .await
            .is(204);
        assert_eq!(
            salma.gets("/api/v1/subscriptions").await.is(200).json().as_array().map(Vec::len),
            Some(0)
        );
    })
    .await;
}

// proves: LY-SVC-23.1, LY-SVC-24.1b, LY-SVC-1.07
// refuses: GET /api/v1/directory/maturity
#[tokio::test]
async fn the_directory_leaves_in_the_schema_in_which_it_came() {
    on_both_engines(|world| async move {
        let (anybody, hamad) = (world.stranger(), world.person("Hamad"));
        let mut schema = anybody.gets("/api/v1/directory/schema").await.is(200).json();
        let card = jsonschema::validator_for(&schema).expect("a schema");
        schema["$ref"] = "#/$defs/directory".into();
        let whole = jsonschema::validator_for(&schema).expect("a schema");
        let export = anybody.gets("/api/v1/directory/export").await.is(200).json();
        let errors: Vec<String> = whole.iter_errors(&export).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let entries = world.parts.services.directory.entries();
        assert_eq!(export["services"].as_array().map(Vec::len), Some(entries.len()));
        assert!(!export.to_string().contains("@partners"), "addresses of stakeholders are not told");

        // What the machine interface refuses, the schema refuses; what it takes, the schema takes.
        let whole = submission(&world, |_| {});
        assert!(card.is_valid(&whole["card"]));
        for (field, named) in
            [("name", "name"), ("fee", "fee"), ("output", "outputs"), ("conditions", "conditions")]
        {
            let gap = submission(&world, |card| drop(card.as_object_mut().expect("a card").remove(field)));
            assert!(!card.is_valid(&gap["card"]), "{field}");
            let refused = hamad.posts(ENTRIES, &gap).await;
            refused.names(&[(named, "required")]);
        }
        let heavy =
            submission(&world, |card| card["summary"]["en"] = "Pursuant to the law. ".repeat(20).into());
        let warned = hamad.posts(ENTRIES, &heavy).await.is(201).json();
        let codes: Vec<&str> = warned["warnings"]
            .as_array()
            .expect("warnings")
            .iter()
            .filter_map(|it| it["code"].as_str())
            .collect();
        assert!(codes.contains(&"too_long") && codes.contains(&"heavy_word"), "{codes:?}");

        let linked = anybody.gets("/api/v1/directory.jsonld").await.is(200).json();
        assert_eq!(linked["@graph"].as_array().map(Vec::len), Some(entries.len()));
        let one = Answer::to(
            anybody
                .call(Method::GET, &format!("/api/v1/services/{SERVICE}"))
                .header("accept", "application/ld+json"),
        );
        assert_eq!(one.await.is(200).json()["@type"], "cpsv:PublicService");

        let months = anybody.gets("/api/v1/directory/maturity?body=civil-registry").await.is(200).json();
        let own = entries.iter().filter(|entry| entry.card.body == "civil-registry").count();
        let now = months.as_array().and_then(|months| months.last()).cloned().expect("a month");
        let all: i64 =
            ["fully_digital", "partly_digital", "manual"].iter().filter_map(|it| now[*it].as_i64()).sum();
        assert_eq!((months.as_array().map(Vec::len), all), (Some(12), own as i64));
        anybody.gets("/api/v1/directory/maturity?body=atlantis").await.refused(422, "web.query", &[]);
    })
    .await;
}
