//! The rules of the register as tables, on each engine.

use authz::Failure;
use clock::{MINUTE, Timestamp};
use language::Text;
use store::Store;
use testkit::database::stores;
use uuid::Uuid;

use crate::*;

const NOW: Timestamp = Timestamp(1_772_357_400_000_000);

async fn fresh() -> Vec<Store> {
    stores(&[ledger::MIGRATIONS, MIGRATIONS]).await
}

fn registering(slug: &str, kind: Option<BodyKind>, functions: &[&str]) -> RegisterBody {
    RegisterBody {
        at: NOW,
        slug: slug.into(),
        kind,
        name: Text::new("مصلحة الأحوال المدنية", "Civil Registry"),
        short: Text::new("الأحوال المدنية", "Civil Registry"),
        functions: functions.iter().map(|name| (*name).to_owned()).collect(),
        ..RegisterBody::default()
    }
}

fn word<T>(outcome: Result<T, Failure>) -> String {
    match outcome {
        Ok(_) => "done".into(),
        Err(Failure::Refused(refusal)) => refusal.to_string(),
        Err(Failure::Broken(error)) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_body_is_registered_once_with_its_kind_and_one_is_the_competent_administration() {
    for store in fresh().await {
        for (slug, kind, functions, outcome) in [
            ("no-kind", None, &[][..], "org.type_missing LY-SVC-1.05"),
            ("civil-registry", Some(BodyKind::Authority), &[], "done"),
            ("civil-registry", Some(BodyKind::Authority), &[], "org.slug_taken"),
            ("digital", Some(BodyKind::Authority), &[COMPETENT_ADMINISTRATION, "archive"], "done"),
            (
                "second",
                Some(BodyKind::Ministry),
                &[COMPETENT_ADMINISTRATION],
                "org.function_taken LY-SVC-1.02",
            ),
            ("third", Some(BodyKind::Municipality), &["archive"], "done"),
        ] {
            assert_eq!(word(store.write(registering(slug, kind, functions)).await), outcome, "{slug}");
        }
        let slugs: Vec<String> =
            bodies(&store.read()).await.unwrap().into_iter().map(|body| body.slug).collect();
        assert_eq!(slugs, ["civil-registry", "digital", "third"]);
        let digital = body_by_slug(&store.read(), "digital").await.unwrap().unwrap();
        assert!(digital.has_function(COMPETENT_ADMINISTRATION));
        assert_eq!(holder_of(&store.read(), COMPETENT_ADMINISTRATION).await.unwrap(), Some(digital.id));
        assert_eq!(body(&store.read(), digital.id).await.unwrap(), Some(digital));
    }
}

#[tokio::test]
async fn a_function_is_given_later_but_never_twice() {
    for store in fresh().await {
        let first = store.write(registering("first", Some(BodyKind::Authority), &[])).await.unwrap();
        let second = store.write(registering("second", Some(BodyKind::Authority), &[])).await.unwrap();
        let give = |body: Uuid| GiveFunction {
            actor: None,
            at: NOW,
            body,
            unit: None,
            function: COMPETENT_ADMINISTRATION.into(),
        };
        assert_eq!(word(store.write(give(first.id)).await), "done");
        assert_eq!(word(store.write(give(first.id)).await), "done");
        assert_eq!(word(store.write(give(second.id)).await), "org.function_taken LY-SVC-1.02");
        assert_eq!(word(store.write(give(Uuid::now_v7())).await), "not_found");
    }
}

#[tokio::test]
async fn two_bodies_that_ask_at_the_same_moment_do_not_both_become_competent() {
    for store in fresh().await {
        let asking = (0..8).map(|n| {
            let slug = format!("body-{n}");
            let store = store.clone();
            tokio::spawn(async move {
                let verb = registering(&slug, Some(BodyKind::Ministry), &[COMPETENT_ADMINISTRATION]);
                word(store.write(verb).await)
            })
        });
        let mut done = 0;
        for asked in asking.collect::<Vec<_>>() {
            match asked.await.unwrap().as_str() {
                "done" => done += 1,
                other => assert_eq!(other, "org.function_taken LY-SVC-1.02"),
            }
        }
        assert_eq!(done, 1);
    }
}

#[tokio::test]
async fn a_role_is_held_from_its_first_moment_until_before_its_last() {
    for store in fresh().await {
        let body = store.write(registering("body", Some(BodyKind::Authority), &[])).await.unwrap();
        let other = store.write(registering("other", Some(BodyKind::Authority), &[])).await.unwrap();
        let add = AddUnit {
            actor: None,
            at: NOW,
            body: body.id,
            slug: "desk".into(),
            name: Text::new("مكتب", "Desk"),
            parent: None,
        };
        let unit = store.write(add.clone()).await.unwrap();
        assert_eq!(word(store.write(add).await), "org.slug_taken");
        assert_eq!(units(&store.read(), body.id).await.unwrap(), std::slice::from_ref(&unit));

        let person = Uuid::now_v7();
        let appoint = Appoint {
            actor: None,
            at: NOW,
            person,
            body: body.id,
            unit: Some(unit.id),
            role: "officer".into(),
            from: NOW,
            until: Some(NOW + MINUTE),
        };
        for (case, verb, outcome) in [
            ("as it should be", appoint.clone(), "done"),
            ("a role of nobody", Appoint { role: "king".into(), ..appoint.clone() }, "org.role_unknown"),
            ("it ends as it starts", Appoint { until: Some(NOW), ..appoint.clone() }, "org.period_invalid"),
            ("a unit of another body", Appoint { body: other.id, ..appoint.clone() }, "not_found"),
            ("no such body", Appoint { body: person, unit: None, ..appoint.clone() }, "not_found"),
        ] {
            assert_eq!(word(store.write(verb).await), outcome, "{case}");
        }
        for (at, held) in [(NOW - MINUTE, 0), (NOW, 1), (NOW + MINUTE, 0)] {
            assert_eq!(roles_of(&store.read(), person, at).await.unwrap().len(), held);
            assert_eq!(people_with(&store.read(), "officer", body.id, at).await.unwrap().len(), held);
        }
    }
}

#[tokio::test]
async fn an_appointment_that_ended_is_still_known() {
    for store in fresh().await {
        let body = store.write(registering("body", Some(BodyKind::Authority), &[])).await.unwrap();
        let person = Uuid::now_v7();
        let appoint = Appoint {
            actor: None,
            at: NOW,
            person,
            body: body.id,
            unit: None,
            role: "head".into(),
            from: NOW,
            until: None,
        };
        let held = store.write(appoint).await.unwrap();
        let end = |at| EndAppointment { actor: None, at, appointment: held.id };
        assert_eq!(word(store.write(end(NOW + MINUTE)).await), "done");
        assert_eq!(word(store.write(end(NOW + MINUTE * 2)).await), "done");
        let known = appointments_of(&store.read(), person).await.unwrap();
        assert_eq!(known.len(), 1);
        assert_eq!(known[0].until, Some(NOW + MINUTE));
        assert!(known[0].holds_at(NOW) && !known[0].holds_at(NOW + MINUTE));
        let stranger = EndAppointment { actor: None, at: NOW, appointment: person };
        assert_eq!(word(store.write(stranger).await), "not_found");
    }
}

#[tokio::test]
async fn a_calendar_is_what_was_set_and_the_default_otherwise() {
    for store in fresh().await {
        let body = store.write(registering("body", Some(BodyKind::Authority), &[])).await.unwrap();
        assert_eq!(calendar(&store.read(), body.id).await.unwrap(), Calendar::default());
        let hours = Hours {
            weekend_days: Hours::SATURDAY | Hours::SUNDAY,
            opens_minute: 540,
            closes_minute: 960,
            offset_minutes: -60,
        };
        let changing = |scope, change| ChangeCalendar {
            actor: None,
            at: NOW,
            scope,
            change,
            reason: "عيد رسمي".into(),
            source: "القانون رقم 5".into(),
        };
        let own = Scope::Body(body.id);
        let set = |hours| changing(own, Change::Hours { hours });
        assert_eq!(word(store.write(set(hours)).await), "done");
        assert_eq!(word(store.write(set(Hours { weekend_days: 0x7f, ..hours })).await), "org.hours_invalid");
        assert_eq!(word(store.write(set(Hours { opens_minute: 960, ..hours })).await), "org.hours_invalid");
        let feast = |day| Change::Add { holidays: vec![Holiday { day, name: Text::new("عيد", "Feast") }] };
        assert_eq!(word(store.write(changing(own, feast(20_514))).await), "done");
        assert_eq!(word(store.write(changing(own, feast(20_514))).await), "done");
        let unsaid = ChangeCalendar { source: " ".into(), ..changing(own, feast(20_515)) };
        assert_eq!(word(store.write(unsaid).await), "calendar.change_incomplete");
        let set = calendar(&store.read(), body.id).await.unwrap();
        assert_eq!(set, Calendar::new(hours, [20_514]));

        // The whole state keeps another day, and the moon moves the body's own.
        assert_eq!(word(store.write(changing(Scope::State, feast(20_521))).await), "done");
        let moves = |from, to| changing(own, Change::Move { from, to });
        assert_eq!(word(store.write(moves(20_514, 20_515)).await), "done");
        assert_eq!(word(store.write(moves(20_514, 20_515)).await), "not_found");
        assert_eq!(word(store.write(moves(20_515, 20_515)).await), "calendar.day_taken");
        let both = holidays(&store.read(), Some(body.id), 20_500, 20_522).await.unwrap();
        let both: Vec<(i64, bool)> = both.iter().map(|(it, of_state)| (it.day, *of_state)).collect();
        assert_eq!(both, [(20_515, false), (20_521, true)]);
        assert_eq!(calendar(&store.read(), body.id).await.unwrap(), Calendar::new(hours, [20_515, 20_521]));

        let before = generation(&store.read()).await.unwrap();
        let reopen = || changing(own, Change::Remove { day: 20_515 });
        assert_eq!(word(store.write(reopen()).await), "done");
        assert_eq!(word(store.write(reopen()).await), "not_found");
        assert_eq!(calendar(&store.read(), body.id).await.unwrap(), Calendar::new(hours, [20_521]));
        let made = calendar_changes(&store.read(), own, i64::MAX, 9).await.unwrap();
        assert_eq!(made.iter().map(|it| it.version).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        assert_eq!(generation(&store.read()).await.unwrap(), before + 1);
    }
}
