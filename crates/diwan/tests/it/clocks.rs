//! Time limits count the working days of the provider, and stand still while the applicant must act.

use clock::{Clock, DAY, HOUR, MINUTE, Timestamp, civil_from_days};
use serde_json::json;

use crate::world::{on_both_engines, on_both_engines_at};

const SERVICE: &str = "residence-certificate";
/// The provider's wall clock is two hours ahead of UTC.
pub const OPENS_UTC: std::time::Duration = std::time::Duration::from_secs(6 * 3_600);

/// Midnight UTC of a Sunday soon, with no public holiday in the two weeks after it.
pub fn quiet_sunday() -> Timestamp {
    let known: toml::Value =
        toml::from_str(include_str!("../../../../demo/holidays.toml")).expect("the holidays of the demo");
    let days = known["change"].as_array().into_iter().flatten();
    let days = days.flat_map(|change| change["day"].as_array().into_iter().flatten());
    let days: Vec<(Option<i64>, i64, i64, i64)> = days
        .map(|day| {
            let number = |name: &str| day.get(name).and_then(toml::Value::as_integer);
            let whole = |name: &str| number(name).expect("a number");
            (number("year"), whole("month"), whole("day"), whole("days"))
        })
        .collect();
    let holiday = |day: i64| {
        days.iter().any(|(year, month, first, length)| {
            (0..*length).any(|more| {
                let (is_year, is_month, is_day) = civil_from_days(day - more);
                year.is_none_or(|year| year == is_year)
                    && (i64::from(is_month), i64::from(is_day)) == (*month, *first)
            })
        })
    };
    let today = Clock::System.now().day();
    let sunday = (today + 1..today + 90)
        .find(|day| (day + 4).rem_euclid(7) == 0 && !(*day..day + 14).any(holiday))
        .expect("most fortnights have no holiday");
    Timestamp::midnight(sunday)
}

/// Two working days end at closing time on Tuesday when they begin on Sunday; over the weekend they take longer.
#[tokio::test]
async fn two_working_days_are_two_working_days() {
    let sunday = quiet_sunday();
    let closing = |day: u32| sunday + DAY * day + HOUR * 13;
    let cases = [
        (sunday + OPENS_UTC, closing(2)),
        (sunday + HOUR * 12 + MINUTE * 59, closing(2)),
        (sunday + HOUR * 13, closing(3)),
        (sunday + DAY * 3 + OPENS_UTC, closing(7)),
        (sunday + DAY * 4 + HOUR * 14, closing(9)),
        (sunday + DAY * 5 + OPENS_UTC, closing(9)),
    ];
    on_both_engines_at(
        || Clock::fixed(sunday),
        |world| async move {
            let salma = world.person("Salma");
            for (sent_at, due_at) in cases {
                world.clock.advance(sent_at.since(world.clock.now()));
                let delivered = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
                assert_eq!(delivered["delivered_at"], sent_at.to_string());
                assert_eq!(delivered["due_at"], due_at.to_string(), "sent at {sent_at}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn time_with_the_applicant_does_not_count() {
    let start = quiet_sunday() + OPENS_UTC;
    on_both_engines_at(
        || Clock::fixed(start),
        |world| async move {
            let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
            let number = salma.delivers(SERVICE).await;
            let before = salma.sees(&number).await;
            let correction =
                json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
            hamad.acts(&number, "send_back", correction).await.is(200);
            world.clock.advance(DAY * 5);
            salma.acts(&number, "resubmit", json!({ "answers": world.example(SERVICE) })).await.is(200);
            let after = salma.sees(&number).await;
            assert_eq!(after["delivered_at"], before["delivered_at"]);
            assert_eq!(after["is_late"], false);
            assert_ne!(after["due_at"], before["due_at"]);
            world.clock.advance(DAY * 7);
            assert_eq!(salma.sees(&number).await["is_late"], true);
            assert_eq!(hamad.gets("/api/v1/tasks").await.is(200).json()["items"][0]["is_late"], true);
        },
    )
    .await;
}

// proves: LY-SVC-15.2
#[tokio::test]
async fn the_acknowledgement_is_the_providers_own_with_its_places_filled() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let delivered = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
        let number = delivered["number"].as_str().expect("a number");
        for lang in ["ar", "en"] {
            let words = delivered["acknowledgement"][lang].as_str().expect("an acknowledgement");
            assert!(words.contains(number) && !words.contains('{'), "{words}");
        }
        crate::directory::changes_its_acknowledgement(&world, "طلبك {number} عندنا.", "We have {number}.")
            .await;
        let next = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
        let words: String = next["acknowledgement"]["en"]
            .as_str()
            .expect("words")
            .chars()
            .filter(|c| *c < '\u{2000}')
            .collect();
        assert_eq!(words, format!("We have {}.", next["number"].as_str().expect("a number")));
        crate::directory::refuses_placeholder(&world).await;
    })
    .await;
}
