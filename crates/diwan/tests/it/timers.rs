//! Timers: what happens when a time is over happens once, in spite of crashes and of two workers; it waits while the
//! applicant must act, and a new holiday moves it.

use std::{sync::Arc, time::Duration};

use authz::Assurance;
use clock::{Clock, DAY, HOUR};
use diwan::{serve, settings::ServeSettings};
use jobs::{Limits, Workers};
use language::Text;
use organisations::{Change, ChangeCalendar, Holiday, Scope};
use serde_json::{Value, json};
use services::State;
use store::Sql;
use tokio_util::sync::CancellationToken;

use crate::{
    clocks::{OPENS_UTC, quiet_sunday},
    processes::whose_turn,
    world::{TestDiwan, on_both_engines_at},
};

const SERVICE: &str = "residence-certificate";

/// The subjects of what lies in somebody's inbox about a request, oldest first.
pub async fn told(world: &TestDiwan, name: &str, number: &str) -> Vec<String> {
    let person = world.actor(name).await.person;
    let select = "SELECT key FROM notice WHERE person = $1 AND subject = $2 ORDER BY id";
    let values = vec![person.into(), format!("request/{number}").into()];
    let rows = world.parts.store.read().all(select, values).await.expect("notices can be read");
    rows.iter().map(|row| row.get("key").expect("a key")).collect()
}

/// How many people were told something of a request.
async fn notices(world: &TestDiwan, key: &str, number: &str) -> i64 {
    let select =
        format!("SELECT COUNT(*) AS n FROM notice WHERE key = '{key}' AND subject = 'request/{number}'");
    count(world, &select).await
}

async fn count(world: &TestDiwan, select: &str) -> i64 {
    let row = world.parts.store.read().one(select, vec![]).await.expect("rows can be counted");
    row.expect("a count").get("n").expect("a number")
}

/// Moves the clock to some hours after the Sunday's opening and works off what is due.
async fn at(world: &TestDiwan, hours: u32) {
    let moment = quiet_sunday() + OPENS_UTC + HOUR * hours;
    world.clock.advance(moment.since(world.clock.now()));
    world.works_off_its_jobs().await;
}

// proves: LY-SVC-16.3c
// refuses: GET /delays
// refuses: GET /api/v1/delays
#[tokio::test]
async fn who_waits_too_long_is_told_the_new_date_and_the_report_shows_it() {
    on_both_engines_at(
        || Clock::fixed(quiet_sunday() + OPENS_UTC),
        |world| async move {
            let (salma, hamad, laila) = (world.person("Salma"), world.person("Hamad"), world.person("Laila"));
            let number = salma.delivers(SERVICE).await;
            let promised = salma.sees(&number).await;
            // Two working days and the rest of Sunday: until Tuesday at closing.
            assert_eq!(promised["expected_at"], promised["due_at"]);
            at(&world, 54).await;
            assert_eq!(
                salma.sees(&number).await["expected_at"],
                promised["due_at"],
                "an hour before the end"
            );
            at(&world, 56).await;
            let late = salma.sees(&number).await;
            assert_eq!(late["due_at"], promised["due_at"], "what was promised stays on record");
            assert!(late["expected_at"].as_str() > promised["due_at"].as_str(), "{late}");
            let page = salma.gets(&format!("/requests/{number}")).await.is(200);
            assert!(page.page().contains("الموعد الجديد"), "the new day is said");
            world.works_off_its_jobs().await;
            assert_eq!(told(&world, "Salma", &number).await, ["request-delivered", "request-delayed"]);

            let report = laila.gets("/api/v1/delays?body=civil-registry&open=true").await.is(200).json();
            assert_eq!(report["items"][0]["number"], number.as_str());
            assert_eq!(report["items"][0]["expected_at"], late["expected_at"]);
            assert_eq!(report["items"][0]["holder"], "provider");
            let page = laila.gets("/delays").await.is(200);
            assert!(page.page().contains(&number));
            let other = laila.gets("/api/v1/delays?body=municipality").await.is(200).json();
            assert_eq!(other["items"], json!([]));
            // Officers and applicants have no such report; nor has the head of another body.
            let yours = ("delays.not_yours", ["LY-SVC-16.3c"]);
            for person in [&hamad, &salma] {
                person.gets("/api/v1/delays").await.refused(403, yours.0, &yours.1);
                person.gets("/delays").await.is(403);
            }
            let ibrahim = world.person("Ibrahim");
            ibrahim.gets("/api/v1/delays?body=civil-registry").await.refused(403, yours.0, &yours.1);

            // The new day is missed as well, and told anew; then it ends, and the line stays.
            at(&world, 24 * 5).await;
            assert_eq!(told(&world, "Salma", &number).await.len(), 3);
            hamad.takes(&number, "verify").await.is(200);
            world.person("Noura").takes(&number, "approve").await.is(200);
            world.works_off_its_jobs().await;
            let closed = laila.gets("/api/v1/delays?open=false").await.is(200).json();
            assert_eq!(closed["items"][0]["number"], number.as_str());
            at(&world, 24 * 40).await;
            assert_eq!(
                told(&world, "Salma", &number).await.last().map(String::as_str),
                Some("request-completed")
            );
        },
    )
    .await;
}

// proves: LY-SVC-25.1
#[tokio::test]
async fn a_service_that_is_late_again_and_again_is_due_for_an_update() {
    on_both_engines_at(
        || Clock::fixed(quiet_sunday() + OPENS_UTC),
        |world| async move {
            let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
            let duties = || async {
                let duties = hamad.gets("/api/v1/directory/duties").await.is(200).json();
                let all = duties["items"].as_array().cloned().unwrap_or_default();
                all.into_iter().filter(|duty| duty["kind"] == "repeated_delay").collect::<Vec<Value>>()
            };
            for _ in 0..4 {
                salma.delivers(SERVICE).await;
            }
            at(&world, 56).await;
            assert!(duties().await.is_empty(), "four that are late do not make it repeated");
            for _ in 0..2 {
                salma.delivers(SERVICE).await;
            }
            at(&world, 24 * 10).await;
            let due = duties().await;
            assert_eq!((due.len(), &due[0]["update_due"]), (1, &json!(true)), "flagged, once: {due:?}");
            let answer = format!("/api/v1/directory/duties/{}/answer", due[0]["id"].as_str().expect("an id"));
            hamad.posts(&answer, &json!({})).await.refused(422, "directory.reason_missing", &[]);
            let said = json!({ "answer": "عاد الموظفون من إجازة العيد، والمدة تكفي." });
            hamad.posts(&answer, &said).await.is(204);
            assert!(duties().await.is_empty());
        },
    )
    .await;
}

#[tokio::test]
async fn a_timer_waits_while_the_applicant_must_act_and_for_a_new_holiday() {
    on_both_engines_at(
        || Clock::fixed(quiet_sunday() + OPENS_UTC),
        |world| async move {
            let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
            let (returned, steady) = (salma.delivers(SERVICE).await, salma.delivers(SERVICE).await);
            at(&world, 2).await;
            let correction =
                json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
            hamad.acts(&returned, "send_back", correction).await.is(200);
            at(&world, 33).await;
            // Tuesday becomes a holiday: every node counts with it, and the timer that runs is moved by a day.
            let body = organisations::body_by_slug(&world.parts.store.read(), "civil-registry").await;
            let body = body.expect("bodies can be read").expect("the body is there").id;
            let tuesday = quiet_sunday().day() + 2;
            let at_now = world.clock.now();
            let name = Text::new("عيد", "Feast");
            let feast = ChangeCalendar {
                actor: None,
                at: at_now,
                scope: Scope::Body(body),
                change: Change::Add { holidays: vec![Holiday { day: tuesday, name }] },
                reason: "عيد رسمي".into(),
                source: "القانون رقم 5".into(),
            };
            world.parts.store.write(feast).await.expect("a holiday can be set");
            let directory = &world.parts.services.directory;
            assert!(directory.refresh(&world.parts.store).await.expect("the directory is read"));
            let known = directory.provider(body).expect("the provider is known");
            assert!(!known.calendar.is_working_day(tuesday));
            at(&world, 56).await;
            assert_eq!(told(&world, "Salma", &steady).await, ["request-delivered"]);
            at(&world, 80).await;
            assert_eq!(told(&world, "Salma", &steady).await, ["request-delivered", "request-delayed"]);

            // The other one lay with its applicant for a week: none of its time is over.
            at(&world, 24 * 8).await;
            assert_eq!(told(&world, "Salma", &returned).await, ["request-delivered", "request-returned"]);
            salma.acts(&returned, "resubmit", json!({ "answers": world.example(SERVICE) })).await.is(200);
            at(&world, 24 * 9 + 2).await;
            assert_eq!(told(&world, "Salma", &returned).await.len(), 2);
            let time = salma.sees(&returned).await["time"].clone();
            assert_eq!(time["provider_working_seconds"], 2 * 3_600);
            assert_eq!(time["applicant_seconds"], (24 * 8 - 2) * 3_600);
            assert_eq!(time["visits"].as_array().map(Vec::len), Some(3), "{time}");
            assert_eq!(time["visits"][1]["holder"], "applicant");
            at(&world, 24 * 11).await;
            assert_eq!(
                told(&world, "Salma", &returned).await.last().map(String::as_str),
                Some("request-delayed")
            );
        },
    )
    .await;
}

#[tokio::test]
async fn the_law_answers_in_the_place_of_whoever_was_silent() {
    on_both_engines_at(
        || Clock::fixed(quiet_sunday() + OPENS_UTC),
        |world| async move {
            let salma = world.surely("Salma", Assurance::Substantial).await;
            let number = salma.delivers("trade-licence-renewal").await;
            let officer = whose_turn(&world, &number).await.expect("it lies on a desk");
            officer.takes(&number, "verify").await.is(200);
            // Three working days at the decision: reminded after one, its head told after two, renewed by law after three.
            at(&world, 8).await;
            assert!(notices(&world, "timer-remind", &number).await > 0);
            assert_eq!(notices(&world, "timer-escalated", &number).await, 0);
            at(&world, 24 + 8).await;
            assert!(notices(&world, "timer-escalated", &number).await > 0);
            assert_eq!(salma.sees(&number).await["state"], "verified");
            at(&world, 48 + 8).await;
            let seen = salma.sees(&number).await;
            assert_eq!(seen["state"], State::Completed.word(), "{seen}");
            let history = world.history(&format!("request/{number}")).await;
            let lapsed: Vec<&Value> = history
                .iter()
                .filter(|entry| entry.kind == "request.lapsed")
                .filter_map(|entry| entry.body.as_ref())
                .collect();
            assert_eq!(lapsed.len(), 1);
            assert!(lapsed[0]["legal_basis"].as_str().is_some_and(|words| !words.is_empty()));
        },
    )
    .await;
}

/// Requests of the trial in which workers die; `bin/bench clocks` asks for more.
const REQUESTS_DEFAULT: usize = 16;

fn requests() -> usize {
    std::env::var("DIWAN_TIMER_REQUESTS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(REQUESTS_DEFAULT)
}

/// Two nodes' workers on one database, each stopped and started again while the clock leaps over their leases: the worst
/// that can happen to a timer, since the same job is then run by both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_timer_fires_once_whoever_runs_it_and_however_often_they_die() {
    on_both_engines_at(
        || Clock::fixed(quiet_sunday() + OPENS_UTC),
        |world| async move {
            let salma = world.surely("Salma", Assurance::Substantial).await;
            for number in 0..requests() {
                let service = if number % 2 == 0 { SERVICE } else { "trade-licence-renewal" };
                salma.delivers(service).await;
                world.clock.advance(Duration::from_secs(97));
            }
            for _ in 0..20 {
                let stop = CancellationToken::new();
                let nodes = [0, 1].map(|_| {
                    let workers = Arc::new(workers(&world));
                    let cancel = stop.clone();
                    tokio::spawn(async move { workers.run(cancel).await })
                });
                for _ in 0..4 {
                    world.clock.advance(HOUR * 5);
                    tokio::time::sleep(Duration::from_millis(60)).await;
                }
                // One is killed in the middle of whatever it does, the other is told to stop.
                nodes[0].abort();
                stop.cancel();
                for node in nodes {
                    let _ = node.await;
                }
            }
            world.clock.advance(DAY);
            world.works_off_its_jobs().await;
            let fired = count(&world, "SELECT COUNT(*) AS n FROM timer WHERE fired_at IS NOT NULL").await;
            let entries = "SELECT COUNT(*) AS n FROM ledger_entry WHERE kind = 'timer.fired'";
            assert_eq!(count(&world, entries).await, fired, "an entry for each timer that fired");
            let now = world.clock.now().0;
            let open = format!("SELECT COUNT(*) AS n FROM timer WHERE fired_at IS NULL AND due_at <= {now}");
            assert_eq!(count(&world, &open).await, 0, "what was due has fired");
            let delays = "SELECT COUNT(*) AS n FROM ledger_entry WHERE kind = 'request.delayed'";
            let told = "SELECT COUNT(*) AS n FROM notice WHERE key = 'request-delayed'";
            assert_eq!(count(&world, told).await, count(&world, delays).await, "each delay was told once");
            let dead = "SELECT COUNT(*) AS n FROM job WHERE state = 'dead' AND kind = 'services.timer'";
            assert_eq!(count(&world, dead).await, 0);
            assert!(fired as usize >= requests() * 3, "{fired} timers fired");
            eprintln!("{} requests, {fired} timers, each once", requests());
        },
    )
    .await;
}

fn workers(world: &TestDiwan) -> Workers {
    let works = serve::works(&world.parts, &ServeSettings::default()).expect("the works can be made");
    let limits = Limits { idle_poll: Duration::from_millis(10), ..Limits::default() };
    Workers::new(world.parts.store.clone(), world.clock.clone(), works).with_limits(limits)
}
