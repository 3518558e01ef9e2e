//! What keeps an installation safe and awake: backups on schedule, restore tests, parts that are watched, alerts to named
//! people.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use authz::Assurance;
use clock::{Clock, DAY, HOUR, MINUTE};
use serde_json::{Value, json};

use crate::{
    template::{PROGRAM, Place},
    vault::backed_up,
    world::{Person, TestDiwan, on_both_engines},
};

const PARSER_VARIABLE: &str = "DIWAN_TEST_OPENMETRICS_PYTHON";

async fn with_backups() -> Vec<(Place, TestDiwan)> {
    let mut worlds = Vec::new();
    for mut place in Place::on_each_engine().await {
        backed_up(&mut place);
        let world = TestDiwan::open(&place, Clock::fixed(Clock::System.now())).await;
        worlds.push((place, world));
    }
    worlds
}

async fn watches(world: &TestDiwan) {
    looks(world, &world.parts.operation).await;
}

/// A clock that is moved would make an entry old that has just begun to wait for its place.
async fn looks(world: &TestDiwan, node: &operation::Operation) {
    while world.parts.ledger.sequence().await.expect("entries get their places") > 0 {}
    node.watch().await.expect("the watch can write down what it saw");
}

/// Time passes while the watch goes on, so that nobody calls it a gap.
async fn passes(world: &TestDiwan, time: Duration) {
    world.clock.advance(time.saturating_sub(MINUTE));
    watches(world).await;
    world.clock.advance(MINUTE);
    watches(world).await;
}

async fn overview(amal: &Person) -> Value {
    amal.gets("/api/v1/operation").await.is(200).json()
}

fn part<'a>(overview: &'a Value, name: &str) -> &'a Value {
    let parts = overview["parts"].as_array().expect("parts are listed");
    parts
        .iter()
        .find(|part| part["name"] == name)
        .unwrap_or_else(|| panic!("{name} is not watched: {parts:?}"))
}

fn open_about(overview: &Value, component: &str) -> Vec<Value> {
    let open = overview["open_alerts"].as_array().expect("alerts are listed");
    open.iter().filter(|alert| alert["component"] == component).cloned().collect()
}

/// How many of her notices lead to a path that begins so.
async fn told_of(amal: &Person, beginning: &str) -> usize {
    let inbox = amal.gets("/api/v1/inbox").await.is(200).json();
    let items = inbox["items"].as_array().expect("an inbox has items");
    items.iter().filter(|item| item["link"].as_str().is_some_and(|link| link.starts_with(beginning))).count()
}

// proves: KW-RW-9.1.2.d1
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_are_taken_on_schedule_and_a_missed_one_alerts() {
    for (place, world) in with_backups().await {
        let amal = world.person("Amal");
        watches(&world).await;
        assert_eq!(part(&overview(&amal).await, "backup")["state"], "warn");
        world.works_off_all_but_mail().await;
        watches(&world).await;
        let seen = overview(&amal).await;
        assert_eq!(part(&seen, "backup")["state"], "ok", "{seen}");
        let run = seen["runs"].as_array().and_then(|runs| runs.iter().find(|run| run["kind"] == "backup"));
        let run = run.expect("the backup is listed");
        assert_eq!((run["by"].as_str(), run["state"].as_str()), (Some("schedule"), Some("done")));
        assert_eq!(run["snapshot"].as_str().map(str::len), Some(64), "the hash of the whole");
        assert!(run["bytes"].as_i64() > Some(0) && run["started_at"].is_string(), "{run}");
        let id = run["id"].as_str().expect("an id").to_owned();
        let recorded = world.history(&format!("run/{id}")).await;
        assert_eq!(recorded[0].kind, "backup.taken");
        assert_eq!(recorded[0].controls, ["KW-RW-9.1.2.d1"]);
        let page = amal.reads("/operation").await;
        assert!(page.contains(&run["snapshot"].as_str().expect("a hash")[..8]), "the page shows it");

        // A day later the next one is ordered, and nobody carries it out.
        passes(&world, 25 * HOUR).await;
        assert_eq!(open_about(&overview(&amal).await, "backup"), Vec::<Value>::new());
        passes(&world, 2 * MINUTE).await;
        let seen = overview(&amal).await;
        assert_eq!(part(&seen, "backup")["state"], "fail", "{seen}");
        let open = open_about(&seen, "backup");
        assert_eq!(open.len(), 1, "{seen}");
        let alert = format!("/operation/alerts/{}", open[0]["id"].as_str().expect("an id"));
        assert_eq!(told_of(&amal, &alert).await, 1, "she is told, once");
        watches(&world).await;
        assert_eq!(told_of(&amal, &alert).await, 1);
        world.works_off_all_but_mail().await;
        watches(&world).await;
        assert_eq!(
            open_about(&overview(&amal).await, "backup"),
            Vec::<Value>::new(),
            "it is taken after all"
        );
        world.end();
        place.clear().await;
    }
}

// proves: KW-RW-9.1.2.d2
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_test_compares_all_and_a_failed_or_overdue_one_is_red() {
    for (place, world) in with_backups().await {
        let amal = world.person("Amal");
        watches(&world).await;
        world.works_off_all_but_mail().await;
        watches(&world).await;
        world.works_off_all_but_mail().await;
        watches(&world).await;
        let seen = overview(&amal).await;
        assert_eq!(part(&seen, "restore_test")["state"], "ok", "{seen}");
        let run =
            seen["runs"].as_array().and_then(|runs| runs.iter().find(|run| run["kind"] == "restore_test"));
        let id = run.and_then(|run| run["id"].as_str()).expect("the test is listed").to_owned();
        let recorded = world.history(&format!("run/{id}")).await;
        assert_eq!(
            (recorded[0].kind.as_str(), recorded[0].controls.as_slice()),
            ("restore_test.passed", &["KW-RW-9.1.2.d2".to_owned()][..],)
        );
        let evidence = &recorded[0].body.as_ref().expect("it has a body")["evidence"];
        assert!(evidence["tables"]["rows"].as_u64() > Some(100), "{evidence}");
        assert!(evidence["log"]["root"].as_str().is_some_and(|root| root.len() == 64), "{evidence}");
        assert!(!std::fs::read_dir(place.data.join("scratch")).is_ok_and(|mut left| left.next().is_some()));

        passes(&world, 30 * DAY + 2 * HOUR).await;
        // Her token of a month ago has ended.
        let amal = world.surely("Amal", Assurance::Substantial).await;
        let seen = overview(&amal).await;
        assert_eq!(part(&seen, "restore_test")["state"], "fail", "overdue: {seen}");
        assert_eq!(open_about(&seen, "restore_test").len(), 1);
        spoil(&place.data.join("vault/data"));
        world.works_off_all_but_mail().await;
        watches(&world).await;
        let seen = overview(&amal).await;
        let failed = seen["runs"].as_array().is_some_and(|runs| {
            runs.iter().any(|run| run["kind"] == "restore_test" && run["state"] == "failed")
        });
        assert!(failed, "a spoilt repository fails the test: {seen}");
        assert_eq!(part(&seen, "restore_test")["state"], "fail");
        assert_eq!(world.history_of("restore_test.failed").await, 1);
        assert_eq!(open_about(&seen, "restore_test").len(), 1, "it rings, once for the event");
        world.end();
        place.clear().await;
    }
}

fn spoil(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            spoil(&entry.path());
        } else {
            let mut bytes = std::fs::read(entry.path()).expect("a pack can be read");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(entry.path(), bytes).expect("a pack can be written");
        }
    }
}

// proves: KW-RW-9.1.2.e1
// refuses: GET /operation, GET /operation/runs, GET /operation/alerts, GET /operation/alerts/{alert}
// refuses: POST /operation/alerts/{alert}/acknowledge, GET /api/v1/operation, GET /api/v1/operation/alerts
// refuses: POST /api/v1/operation/alerts/{alert}/acknowledge
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_that_fails_or_falls_silent_is_told_of_and_taken() {
    for place in Place::on_each_engine().await {
        let world = TestDiwan::open(&place, Clock::fixed(Clock::System.now())).await;
        let amal = world.person("Amal");
        watches(&world).await;
        let seen = overview(&amal).await;
        for name in ["database", "documents", "ledger", "jobs", "clock", "disk"] {
            assert_eq!(part(&seen, name)["state"], "ok", "{seen}");
            assert!(part(&seen, name)["checked_at"].is_string());
        }
        assert_eq!(part(&seen, "mail")["state"], "off");

        // The folder of documents is gone: within one look somebody is told.
        let (folder, aside) = (place.data.join("documents"), place.data.join("documents-gone"));
        std::fs::rename(&folder, &aside).expect("a folder can be moved");
        std::fs::write(&folder, "").expect("a file can stand in its way");
        world.clock.advance(MINUTE);
        watches(&world).await;
        let seen = overview(&amal).await;
        assert_eq!(part(&seen, "documents")["state"], "fail", "{seen}");
        let health = world.stranger().gets("/health").await.is(503).json();
        assert_eq!(health["parts"]["documents"], "down");
        let words = health["parts"].as_object().expect("parts").values().map(Value::to_string);
        let plain = ["\"ok\"", "\"warn\"", "\"fail\"", "\"off\"", "\"down\""];
        assert!(words.into_iter().all(|word| plain.contains(&word.as_str())), "words alone: {health}");
        assert_eq!((&health["parts"]["disk"], &health["parts"]["mail"]), (&json!("ok"), &json!("off")));
        let alert = open_about(&seen, "documents")[0]["id"].as_str().expect("an id").to_owned();
        let led = told_of(&amal, &format!("/operation/alerts/{alert}")).await;
        assert_eq!(led, 1, "the named people are told");
        taken_by_amal(&world, &alert).await;

        std::fs::remove_file(&folder).expect("the file can go");
        std::fs::rename(&aside, &folder).expect("a folder can be moved");
        world.clock.advance(MINUTE);
        watches(&world).await;
        assert_eq!(open_about(&overview(&amal).await, "documents"), Vec::<Value>::new());
        let history = world.history(&format!("alert/{alert}")).await;
        let (refused, done): (Vec<&str>, Vec<&str>) =
            history.iter().map(|entry| entry.kind.as_str()).partition(|kind| *kind == "refused");
        assert_eq!(done, ["alert.opened", "alert.acknowledged", "alert.cleared"]);
        assert_eq!(refused.len(), 4, "what was refused with an article stands beside it");

        silent_node(&world).await;
        gap(&world).await;
        world.end();
        place.clear().await;
    }
}

/// She says what she does, once; nobody else may.
async fn taken_by_amal(world: &TestDiwan, alert: &str) {
    let (amal, salma) = (world.person("Amal"), world.person("Salma"));
    let page = format!("/operation/alerts/{alert}");
    let form = format!("{page}/acknowledge");
    let call = format!("/api/v1/operation/alerts/{alert}/acknowledge");
    for path in ["/operation", "/operation/runs", "/operation/alerts", page.as_str()] {
        salma.opens(path).await.is(403);
        assert!(amal.reads(path).await.contains("<h1>"));
    }
    for path in ["/api/v1/operation", "/api/v1/operation/alerts"] {
        salma.gets(path).await.refused(403, "not_allowed", &["KW-RW-9.1.2.e1"]);
    }
    let note = json!({ "note": "I look into it" });
    for other in ["Salma", "Hamad"] {
        let other = world.person(other);
        other.posts(&call, &note).await.refused(404, "not_found", &[]);
        other.posts_form(&form, &[("note", "I look into it")]).await.is(404);
    }
    amal.posts(&call, &json!({ "note": " " }))
        .await
        .refused(422, "alert.note_missing", &["KW-RW-9.1.2.e1"])
        .names(&[("note", "required")]);
    let stays = amal.posts_form(&form, &[("note", &"a".repeat(501))]).await.is(422).page();
    assert!(stays.contains(&"a".repeat(501)), "what was typed is still there");
    let key = "the-same-call";
    let said = json!({ "note": "The disk is being replaced" });
    let first = amal.posts_once(&call, key, &said).await.is(200).json();
    assert_eq!(amal.posts_once(&call, key, &said).await.is(200).json(), first);
    let again = json!({ "note": "Again" });
    amal.posts(&call, &again).await.refused(409, "alert.acknowledged", &["KW-RW-9.1.2.e1"]);
    let late = amal.posts_form(&form, &[("note", "I typed this meanwhile")]).await.is(409).page();
    assert!(late.contains("I typed this meanwhile"), "what was typed is still there");
    assert!(amal.reads(&page).await.contains("The disk is being replaced"));
    amal.gets("/operation/alerts/00000000-0000-7000-8000-000000000000").await.is(404);
}

/// A node that stops without a word is told of by the others within the time; one that says goodbye is not.
async fn silent_node(world: &TestDiwan) {
    let amal = world.person("Amal");
    let other = other_node(world, 7);
    looks(world, &other).await;
    let polite = other_node(world, 8);
    looks(world, &polite).await;
    polite.leave().await;
    for _ in 0..5 {
        world.clock.advance(MINUTE);
        watches(world).await;
    }
    let seen = overview(&amal).await;
    let about_nodes = seen["open_alerts"].as_array().expect("alerts are listed").clone();
    let about_nodes: Vec<&str> = about_nodes.iter().filter_map(|alert| alert["component"].as_str()).collect();
    assert_eq!(about_nodes, [format!("node/{}", other.node)], "after five minutes: {seen}");
    looks(world, &other).await;
    assert_eq!(overview(&amal).await["open_alerts"], json!([]));
}

pub fn other_node(world: &TestDiwan, number: u8) -> operation::Operation {
    let own = &world.parts.operation;
    operation::Operation {
        store: own.store.clone(),
        clock: own.clock.clone(),
        ledger: own.ledger.clone(),
        documents: own.documents.clone(),
        policies: own.policies.clone(),
        packs: own.packs.clone(),
        texts: own.texts.clone(),
        node: uuid::Uuid::from_u128(u128::from(number)),
        started: own.started,
        place: own.place.clone(),
    }
}

/// Nobody looked for a while: nothing is known of that time, and that is said.
async fn gap(world: &TestDiwan) {
    let amal = world.person("Amal");
    assert!(amal.reads("/operation?lang=en").await.contains("never interrupted"));
    world.clock.advance(20 * MINUTE);
    watches(world).await;
    assert!(!amal.reads("/operation?lang=en").await.contains("never interrupted"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_are_openmetrics_and_name_no_person() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let number = salma.delivers("residence-certificate").await;
        salma.sees(&number).await;
        salma.gets("/nothing-here").await.is(404);
        watches(&world).await;
        let answer = world.stranger().gets("/metrics").await.is(200);
        assert_eq!(
            answer.header("content-type"),
            "application/openmetrics-text; version=1.0.0; charset=utf-8"
        );
        let text = String::from_utf8(answer.bytes).expect("it is text");
        assert!(text.ends_with("# EOF\n"));
        for name in [
            "diwan_answer_seconds_bucket",
            "diwan_database_connections{state=\"max\"}",
            "diwan_jobs_oldest_due_seconds",
            "diwan_ledger_lag_seconds",
            "diwan_notice_deliveries",
            "diwan_component_failing{component=\"database\"} 0",
        ] {
            assert!(text.contains(name), "{name}: {text}");
        }
        assert!(text.contains("route=\"/api/v1/requests/{number}\"") && !text.contains(&number));
        is_openmetrics(&text);
    })
    .await;
}

/// By the parser of the Prometheus project.
fn is_openmetrics(text: &str) {
    let Ok(python) = std::env::var(PARSER_VARIABLE) else {
        assert!(
            std::env::var("CI").is_err(),
            "{PARSER_VARIABLE} must name a Python with prometheus_client under CI"
        );
        eprintln!("not parsed: {PARSER_VARIABLE} is not set");
        return;
    };
    let program = "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse; \
        print(len(list(parse(sys.stdin.read()))))";
    let mut child = Command::new(python)
        .args(["-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the parser starts");
    let mut input = child.stdin.take().expect("it reads");
    input.write_all(text.as_bytes()).expect("it takes all");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let families: u32 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or_default();
    assert!(output.status.success() && families > 10, "{families} families were read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_says_what_to_do_in_both_languages() {
    for place in Place::on_each_engine().await {
        let world = TestDiwan::open(&place, Clock::System).await;
        while world.parts.ledger.sequence().await.expect("entries get their places") > 0 {}
        world.end();
        let asks = |lang: &str, smtp: &str| {
            let mut command = Command::new(PROGRAM);
            command.args(["doctor", "--format", "json", "--lang", lang]).env("DIWAN_SMTP", smtp);
            command.env("DIWAN_DATA", &place.data).env("DIWAN_DATABASE_URL", &place.database_url);
            let output = command.output().expect("the program starts");
            let said: Value = serde_json::from_slice(&output.stdout).expect("it says JSON");
            (output.status.code(), said)
        };
        let state = |said: &Value, part: &str| {
            let found = said["findings"].as_array().expect("findings").iter().find(|one| one["part"] == part);
            found.map(|one| (one["state"].clone(), one["do"].clone())).expect(part)
        };
        let (code, said) = asks("en", "");
        assert_eq!((code, said["ok"].as_bool()), (Some(0), Some(true)), "{said}");
        for part in ["database", "documents", "ledger", "jobs", "clock", "disk", "keys", "log", "texts"] {
            assert_eq!(state(&said, part).0, "ok", "{said}");
        }
        assert_eq!(
            state(&said, "backup"),
            (json!("warn"), json!("Set DIWAN_BACKUP and DIWAN_BACKUP_PASSWORD_FILE."))
        );
        let (code, said) = asks("ar", "smtp://127.0.0.1:1");
        assert_eq!(code, Some(1), "a mail server that is set and does not answer: {said}");
        let (found, advice) = state(&said, "mail");
        assert!(found == "fail" && advice.as_str().is_some_and(|words| words.contains("تأكد")), "{said}");
        place.clear().await;
    }
}
