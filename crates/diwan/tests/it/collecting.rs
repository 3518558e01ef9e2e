//! Collecting what was issued by appointment: times, the last place, the reminder, the handover.

use std::sync::Arc;

use clock::{Clock, DAY, HOUR};
use serde_json::{Value, json};

use crate::world::{Answer, NOBODYS_NUMBER, Person, TestDiwan, on_both_engines, on_both_engines_at};

const SERVICE: &str = "residence-certificate";

/// A request whose certificate is issued.
pub async fn completed(world: &TestDiwan, applicant: &Person) -> String {
    let number = applicant.delivers(SERVICE).await;
    world.person("Hamad").takes(&number, "verify").await.is(200);
    world.person("Noura").takes(&number, "approve").await.is(200);
    world.works_off_its_jobs().await;
    number
}

async fn slots(person: &Person, number: &str) -> Vec<String> {
    let answer = person.gets(&format!("/api/v1/requests/{number}/slots")).await.is(200).json();
    let items = answer["items"].as_array().expect("slots").iter();
    items.filter_map(|slot| slot["starts_at"].as_str()).map(str::to_owned).collect()
}

async fn books(person: &Person, number: &str, slot: &str) -> Answer {
    person.posts(&format!("/api/v1/requests/{number}/appointment"), &json!({ "starts_at": slot })).await
}

async fn newest_notice(person: &Person) -> String {
    let inbox = person.gets("/api/v1/inbox").await.is(200).json();
    inbox["items"][0]["subject"].as_str().unwrap_or_default().to_owned()
}

// refuses: GET /api/v1/requests/{number}/slots, POST /api/v1/requests/{number}/appointment
// refuses: POST /api/v1/requests/{number}/appointment/cancel, POST /api/v1/appointments/{id}/handover
// refuses: GET /requests/{number}/appointment, POST /requests/{number}/appointment
// refuses: POST /requests/{number}/appointment/cancel, GET /requests/{number}/appointment.ics
// refuses: GET /desk/appointments/{id}, POST /desk/appointments/{id}/handover
// proves: LY-SVC-18.5b
#[tokio::test]
async fn an_output_is_collected_by_appointment() {
    on_both_engines_at(
        || Clock::fixed(Clock::System.now()),
        |world| async move {
            let (salma, huda, hamad) = (world.person("Salma"), world.person("Huda"), world.person("Hamad"));
            let number = salma.delivers(SERVICE).await;
            let base = format!("/requests/{number}/appointment");
            salma.gets(&format!("/api/v1/requests/{number}/slots")).await.refused(
                409,
                "appointment.not_collected",
                &["LY-SVC-18.5b"],
            );
            salma.opens(&base).await.is(409);
            hamad.takes(&number, "verify").await.is(200);
            world.person("Noura").takes(&number, "approve").await.is(200);
            world.works_off_its_jobs().await;

            let free = slots(&salma, &number).await;
            books(&salma, &number, "2020-01-01T07:00:00Z")
                .await
                .refused(422, "appointment.not_offered", &["LY-SVC-18.5b"])
                .names(&[("slot", "slot_not_offered")]);
            books(&salma, &number, "soon").await.is(422);
            for other in [&huda, &world.person("Rashid")] {
                for unknown in [number.as_str(), NOBODYS_NUMBER] {
                    books(other, unknown, &free[0]).await.refused(404, "not_found", &[]);
                    let path = format!("/api/v1/requests/{unknown}/appointment/cancel");
                    other.posts(&path, &json!({})).await.refused(404, "not_found", &[]);
                    other.gets(&format!("/requests/{unknown}/appointment.ics")).await.is(404);
                }
                other.posts_form(&base, &[("slot", &free[0])]).await.is(404);
                other.posts_form(&format!("{base}/cancel"), &[]).await.is(404);
            }
            // An officer sees the request and still does not book for its applicant.
            books(&hamad, &number, &free[0]).await.refused(403, "not_allowed", &["LY-SVC-18.5b"]);

            // She takes a time, moves it, gives it back, and takes one again.
            let id = books(&salma, &number, &free[0]).await.is(200).word("id");
            assert!(newest_notice(&salma).await.contains("موعدك"), "she is told");
            assert_eq!(
                salma.posts_form(&base, &[("slot", &free[1])]).await.is(303).header("location"),
                format!("{base}?done=booked")
            );
            let file = salma.opens(&format!("{base}.ics")).await.is(200);
            assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
            let stamp = free[1].replace(['-', ':'], "");
            assert!(file.text().contains(&format!("DTSTART:{stamp}\r\n")), "{}", file.text());
            salma.posts_form(&format!("{base}/cancel"), &[]).await.is(303);
            salma.posts(&format!("/api/v1/requests/{number}/appointment/cancel"), &json!({})).await.refused(
                409,
                "appointment.none_open",
                &["LY-SVC-18.5b"],
            );
            salma.opens(&format!("{base}.ics")).await.is(409);
            let last = free.last().expect("a free slot").clone();
            let booked = books(&salma, &number, &last).await.is(200).word("id");
            assert_ne!(id, booked);

            is_reminded_once(&world, &last).await;
            hands_over(&world, &booked, &number).await;
        },
    )
    .await;
}

async fn is_reminded_once(world: &TestDiwan, slot: &str) {
    let salma = world.person("Salma");
    // The day before she is reminded, once.
    world.works_off_its_jobs().await;
    assert!(!newest_notice(&salma).await.contains("تذكير"));
    let starts: clock::Timestamp = slot.parse().expect("a moment");
    world.clock.advance(starts.since(world.clock.now()) - DAY + HOUR);
    world.works_off_its_jobs().await;
    world.works_off_its_jobs().await;
    assert!(newest_notice(&salma).await.contains("تذكير"), "she is reminded");
    let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
    let reminders = inbox["items"].as_array().into_iter().flatten();
    let reminders = reminders.filter(|it| it["subject"].as_str().is_some_and(|it| it.contains("تذكير")));
    assert_eq!(reminders.count(), 1, "the slots that were given back remind nobody");
}

async fn hands_over(world: &TestDiwan, booked: &str, number: &str) {
    let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
    let path = format!("/api/v1/appointments/{booked}/handover");
    let who = json!({ "collected_by": "سلمى خالد", "identifier": "219880412736" });
    for other in ["Salma", "Khalid", "Noura"] {
        world.person(other).posts(&path, &who).await.refused(404, "not_found", &[]);
        world.person(other).gets(&format!("/desk/appointments/{booked}")).await.is(404);
        let form = format!("/desk/appointments/{booked}/handover");
        world.person(other).posts_form(&form, &[("collected_by", "x"), ("identifier", "1")]).await.is(404);
    }
    hamad
        .posts(&path, &json!({ "collected_by": " ", "identifier": "" }))
        .await
        .refused(422, "appointment.collector_missing", &["LY-SVC-18.5b"])
        .names(&[("collected_by", "required"), ("identifier", "required")]);
    hamad.posts(&path, &who).await.is(200);
    hamad.posts(&path, &who).await.refused(409, "appointment.none_open", &["LY-SVC-18.5b"]);
    let seen = salma.opens(&format!("/requests/{number}/appointment")).await.is(200);
    assert!(seen.page().contains("سلمى خالد"), "she sees who collected");
    let acts: Vec<String> = world
        .history(&format!("request/{number}"))
        .await
        .iter()
        .filter(|entry| entry.kind.starts_with("appointment"))
        .map(|entry| entry.kind.clone())
        .collect();
    let expected = ["booked", "moved", "cancelled", "booked", "handed_over"];
    assert_eq!(acts, expected.map(|act| format!("appointment.{act}")));
    let handover = world.history(&format!("request/{number}")).await;
    let officer = world.actor("Hamad").await.person;
    assert!(handover.iter().any(|it| it.kind == "appointment.handed_over" && it.actor == Some(officer)));
}

// refuses: POST /api/v1/requests/{number}/appointment
// refuses: GET /desk/appointments, GET /desk/appointments/plans, POST /desk/appointments/plans
#[tokio::test]
async fn the_last_place_is_given_once() {
    on_both_engines(|world| async move {
        let (salma, widad) = (world.person("Salma"), world.person("Widad"));
        for other in ["Salma", "Hamad", "Noura"] {
            world.person(other).gets("/desk/appointments/plans").await.is(403);
            world.person(other).posts_form("/desk/appointments/plans", &[("service", SERVICE)]).await.is(403);
        }
        salma.opens("/desk/appointments").await.is(403);
        let plan = |capacity| {
            [
                ("service", SERVICE),
                ("place_ar", "مكتب السجل"),
                ("place_en", "Registry office"),
                ("days", "6"),
                ("days", "0"),
                ("days", "1"),
                ("days", "2"),
                ("days", "3"),
                ("opens", "٠٩:٠٠"),
                ("closes", "12:00"),
                ("slot_minutes", "60"),
                ("capacity", capacity),
            ]
        };
        let refused = widad.posts_form("/desk/appointments/plans", &plan("none")).await.is(422);
        assert!(refused.page().contains("Registry office"), "what was typed is there");
        widad.posts_form("/desk/appointments/plans", &plan("2")).await.is(303);

        let mut numbers = Vec::new();
        for _ in 0..9 {
            numbers.push(completed(&world, &salma).await);
        }
        let free = slots(&salma, &numbers[0]).await;
        let (salma, slot) = (Arc::new(salma), Arc::new(free[0].clone()));
        let calls = numbers.iter().cloned().map(|number| {
            let (salma, slot) = (salma.clone(), slot.clone());
            tokio::spawn(async move { (books(&salma, &number, &slot).await, number) })
        });
        let mut late = Vec::new();
        for call in calls.collect::<Vec<_>>() {
            let (answer, number) = call.await.expect("a call ends");
            if answer.status != 200 {
                let problem = answer.refused(409, "appointment.full", &["LY-SVC-18.5b"]).problem();
                late.push((number, problem));
            }
        }
        assert_eq!(late.len(), numbers.len() - 2, "two places, two bookings");
        assert!(!slots(&salma, &numbers[0]).await.contains(&slot), "a full slot is not offered");
        // Everybody else is told the next free times, and gets one of them.
        for (number, problem) in late.iter().take(2) {
            let named: Vec<&Value> = problem["errors"].as_array().into_iter().flatten().collect();
            assert_eq!(named.len(), 3, "{problem}");
            assert!(named.iter().all(|error| error["code"] == "next_free"));
            books(&salma, number, &free[1]).await.is(200);
        }
        let (number, _) = late.last().expect("somebody was late");
        let told =
            salma.posts_form(&format!("/requests/{number}/appointment"), &[("slot", &slot)]).await.is(409);
        assert!(told.page().contains(&free[2]), "the page offers the next free time");
    })
    .await;
}
