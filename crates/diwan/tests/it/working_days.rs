//! Working days: who changes them, how each change is told, and that dates of open requests follow.

use clock::{Clock, DAY, Timestamp};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{
    clocks::{OPENS_UTC, quiet_sunday},
    timers::told,
    world::{Answer, Person, TestDiwan, on_both_engines_at},
};

const SERVICE: &str = "residence-certificate";
const CHANGES: &str = "/api/v1/calendar/changes";
const REASON: &str = "عطلة أعلنها مجلس الوزراء";
const SOURCE: &str = "قرار مجلس الوزراء رقم 40";

fn word(day: Timestamp) -> String {
    day.to_string()[..10].to_owned()
}

fn feast(day: &str) -> Value {
    json!({ "add": [{ "day": day, "name_ar": "عيد", "name_en": "Feast" }], "reason": REASON, "source": SOURCE })
}

async fn due(world: &TestDiwan, person: &Person, number: &str) -> (String, String) {
    world.works_off_its_jobs().await;
    let seen = person.sees(number).await;
    let read = |name: &str| seen[name].as_str().unwrap_or_default()[..10].to_owned();
    (read("due_at"), read("expected_at"))
}

// refuses: POST /api/v1/calendar/changes, GET /calendar/change
#[tokio::test]
async fn dates_of_open_requests_follow_the_working_days() {
    let sunday = quiet_sunday();
    on_both_engines_at(
        || Clock::fixed(sunday + OPENS_UTC),
        |world| async move {
            let (salma, hamad, laila) = (world.person("Salma"), world.person("Hamad"), world.person("Laila"));
            let (number, returned) = (salma.delivers(SERVICE).await, salma.delivers(SERVICE).await);
            let on = |days: u32| word(sunday + DAY * days);
            assert_eq!(due(&world, &salma, &number).await.0, on(2));

            // Neither applicants nor officers change a calendar; a head changes that of her own body alone.
            let monday = feast(&on(1));
            salma.posts(CHANGES, &monday).await.refused(403, "not_allowed", &["LY-SVC-16.3c"]);
            hamad.posts(CHANGES, &monday).await.refused(403, "not_allowed", &["LY-SVC-16.3c"]);
            world.person("Widad").posts(CHANGES, &monday).await.refused(
                403,
                "not_allowed",
                &["LY-SVC-16.3c"],
            );
            let mut elsewhere = monday.clone();
            elsewhere["body"] = "municipality".into();
            assert!(matches!(world.person("Widad").posts(CHANGES, &elsewhere).await.status, 403 | 404));
            let unsaid = json!({ "add": monday["add"], "reason": " ", "source": "" });
            let refused = laila.posts(CHANGES, &unsaid).await;
            refused
                .refused(422, "calendar.change_incomplete", &[])
                .names(&[("reason", "too_short"), ("source", "too_short")]);
            let past = feast(&word(Timestamp(sunday.0 - 40 * 86_400_000_000)));
            laila.posts(CHANGES, &past).await.refused(409, "calendar.day_past", &[]);

            // The state's Monday is a holiday: one day later, and told once with what says so.
            laila.posts(CHANGES, &monday).await.is(201);
            assert_eq!(due(&world, &salma, &number).await, (on(3), on(3)));
            let notices = ["request-delivered", "request-date-moved"];
            assert_eq!(told(&world, "Salma", &number).await, notices);
            assert_eq!(told(&world, "Salma", &returned).await, notices);
            laila.posts(CHANGES, &monday).await.is(201);
            assert_eq!(due(&world, &salma, &number).await.0, on(3));
            assert_eq!(told(&world, "Salma", &number).await, notices, "nobody is told twice");
            let history = world.history(&format!("request/{number}")).await;
            assert_eq!(history.iter().filter(|entry| entry.kind == "request.date_moved").count(), 1);
            let task = hamad.gets("/api/v1/tasks").await.is(200).json();
            assert_eq!(task["items"][0]["due_at"].as_str().map(|at| &at[..10]), Some(on(3).as_str()));
        },
    )
    .await;
}

// refuses: GET /api/v1/calendar, GET /api/v1/calendar/changes, GET /calendar, GET /calendar/holidays.ics
#[tokio::test]
async fn a_body_keeps_days_and_hours_of_its_own() {
    let sunday = quiet_sunday();
    on_both_engines_at(
        || Clock::fixed(sunday + OPENS_UTC),
        |world| async move {
            let (salma, hamad, widad) = (world.person("Salma"), world.person("Hamad"), world.person("Widad"));
            let (number, returned) = (salma.delivers(SERVICE).await, salma.delivers(SERVICE).await);
            let on = |days: u32| word(sunday + DAY * days);
            // Two days by its head; the second moves by a day, which changes nothing more, and is taken back.
            let mut monday = feast(&on(1));
            monday["body"] = "civil-registry".into();
            widad.posts(CHANGES, &monday).await.is(201);
            assert_eq!(due(&world, &salma, &number).await.0, on(3));
            let mut own = feast(&on(2));
            own["body"] = "civil-registry".into();
            widad.posts(CHANGES, &own).await.is(201);
            assert_eq!(due(&world, &salma, &number).await.0, on(4));
            let change = |what: Value| {
                let mut body = json!({ "body": "civil-registry", "reason": REASON, "source": SOURCE });
                for (name, value) in what.as_object().expect("an object") {
                    body[name] = value.clone();
                }
                body
            };
            widad.posts(CHANGES, &change(json!({ "day": on(2), "to": on(3) }))).await.is(201);
            assert_eq!(due(&world, &salma, &number).await.0, on(4));
            widad.posts(CHANGES, &change(json!({ "day": on(2) }))).await.refused(404, "not_found", &[]);
            widad.posts(CHANGES, &change(json!({ "day": on(3) }))).await.is(201);
            assert_eq!(due(&world, &salma, &number).await.0, on(3));

            // While it lies with its applicant, the date moves all the same.
            let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
            hamad.acts(&returned, "send_back", correction).await.is(200);
            widad.posts(CHANGES, &own).await.is(201);
            assert_eq!(due(&world, &salma, &returned).await.0, on(4));

            // Shorter hours: promised days stay days.
            let hours = json!({ "hours": { "weekend": ["friday", "saturday"], "opens": "09:00", "closes": "13:00" } });
            widad.posts(CHANGES, &change(hours)).await.is(201);
            assert_eq!(due(&world, &salma, &number).await.0, on(4));
            let seen = world.stranger().gets("/api/v1/calendar?body=civil-registry").await.is(200).json();
            assert_eq!((&seen["hours"]["opens"], &seen["hours"]["closes"]), (&json!("09:00"), &json!("13:00")));

            let made = world.stranger().gets(&format!("{CHANGES}?body=civil-registry&limit=2")).await.is(200).json();
            assert_eq!((made["items"][0]["act"].as_str(), &made["items"][1]["days"]), (Some("hours"), &json!([on(2)])));
            let cursor = made["next"].as_str().expect("there is more");
            let more = world.stranger().gets(&format!("{CHANGES}?body=civil-registry&cursor={cursor}")).await;
            assert_eq!(more.is(200).json()["items"].as_array().map(Vec::len), Some(4));
            world.stranger().gets("/api/v1/calendar?body=atlantis").await.refused(404, "not_found", &[]);
            world.stranger().gets(&format!("{CHANGES}?body=atlantis")).await.refused(404, "not_found", &[]);
            world.stranger().gets("/calendar?body=atlantis").await.is(404);
            world.stranger().gets("/calendar/holidays.ics?body=atlantis").await.is(404);
            assert_eq!(salma.gets("/calendar/change?what=add").await.status, 403);
        },
    )
    .await;
}

// refuses: POST /calendar/change, POST /calendar/file
#[tokio::test]
async fn the_page_takes_days_and_files_and_keeps_what_was_typed() {
    let sunday = quiet_sunday();
    on_both_engines_at(
        || Clock::fixed(sunday + OPENS_UTC),
        |world| async move {
            let laila = world.person("Laila");
            let day = word(sunday + DAY * 8);
            let open = laila.gets("/calendar/change?what=add").await.is(200).page();
            assert!(open.contains("name=\"source\""));
            let typed = [("what", "add"), ("day", &*day), ("name_ar", "عيد"), ("reason", REASON)];
            let refused = laila.posts_form("/calendar/change", &typed).await;
            assert_eq!(refused.status, 422);
            assert!(refused.page().contains(&day) && refused.page().contains("error-summary"));
            let whole: Vec<(&str, &str)> =
                typed.iter().copied().chain([("name_en", "Feast"), ("source", SOURCE)]).collect();
            assert_eq!(laila.posts_form("/calendar/change", &whole).await.status, 303);
            let year = day[..4].to_owned();
            let shown = world.stranger().gets(&format!("/calendar?year={year}")).await.is(200).page();
            assert!(shown.contains("عيد") && shown.contains(SOURCE) && !shown.contains("/calendar/change"));

            let file = world.stranger().gets(&format!("/calendar/holidays.ics?year={year}")).await.is(200).page();
            assert!(file.contains(&format!("DTSTART;VALUE=DATE:{}", day.replace('-', ""))), "{file}");
            let sends = async |text: &str| {
                let form = Form::new()
                    .text("body", "civil-registry")
                    .text("reason", REASON)
                    .text("source", SOURCE)
                    .part("file", Part::text(text.to_owned()).file_name("holidays.ics"));
                let call = laila.call(reqwest::Method::POST, "/calendar/file").multipart(form);
                Answer::to(call.header("origin", world.address.clone())).await
            };
            assert_eq!(sends("hello").await.status, 422);
            let next = day.replace('-', "");
            let feast = format!(
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{next}\r\nSUMMARY:يوم الأرشيف\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            assert_eq!(sends(&feast).await.status, 303);
            let own = world.stranger().gets(&format!("/calendar?body=civil-registry&year={year}")).await;
            assert!(own.is(200).page().contains("يوم الأرشيف"));
        },
    )
    .await;
}
