//! How a person chooses to be told, and what comes of it.

use std::sync::Arc;

use clock::{Clock, DAY, HOUR, Timestamp};
use language::Lang;
use notify::{Kinds, Message};
use serde_json::{Value, json};
use store::Store;
use testkit::database::stores;

use super::{
    NOON, SALMA, Tell, decided,
    inbox::{ask, ask_with, portal},
    mail_config, ready,
    server::{Server, free_port, python},
    workers,
};

const MIGRATIONS: [store::Migrations; 2] = [jobs::MIGRATIONS, notify::MIGRATIONS];
const CALL: &str = "/api/v1/notifications";

pub fn kinds() -> Arc<Kinds> {
    let text = "[[kind]]\nkey='news'\nmodule='m'\ntopic='requests'\nmeans=['email']\n
        [[kind]]\nkey='asks'\nmodule='m'\ntopic='requests'\nmeans=['email']\nasks=true\n
        [[kind]]\nkey='law'\nmodule='m'\ntopic='law'\nmeans=['email']\nrequired=true\n";
    Arc::new(Kinds::parse(text).unwrap())
}

fn news(number: &str) -> Message {
    decided(SALMA, number).of_kind(kinds().find("news"))
}

async fn tell(store: &Store, message: Message, at: Timestamp) {
    let tell = Tell::salma("", "salma@mail.example", Lang::En);
    store.write(Tell { message, at: Some(at), ..tell }).await.unwrap();
}

/// How each of Salma's deliveries stands, the newest first.
async fn states(store: &Store) -> Vec<&'static str> {
    let notices = notify::list(&store.read(), SALMA, None, 20).await.unwrap();
    let mut states = Vec::new();
    for notice in notices {
        states.push(notify::deliveries(&store.read(), &[notice.id]).await.unwrap()[0].state.code());
    }
    states
}

async fn choose(store: &Store, mode: &str) -> Value {
    let body = json!({ "modes": { "requests": mode }, "offset_minutes": 120, "digest_hour": 8,
        "quiet": { "from": 22, "until": 7 } });
    let (status, _, answer) = ask_with(portal(store, Some(SALMA)), "PUT", CALL, &body.to_string()).await;
    assert_eq!(status, 200, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

#[tokio::test]
async fn a_letter_of_the_day_is_sent_once_and_loses_nothing() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let (clock, server) = (Clock::fixed(NOON), Server::start(&python, free_port(), &[]));
        let config = mail_config(format!("smtp://127.0.0.1:{}", server.port));
        let nodes = [workers(&store, &clock, Some(config.clone())), workers(&store, &clock, Some(config))];
        assert_eq!(choose(&store, "daily").await["modes"]["requests"], "daily");
        for number in ["26-1", "26-2", "26-1"] {
            tell(&store, news(number), NOON).await;
        }
        tell(&store, decided(SALMA, "26-9").of_kind(kinds().find("law")), NOON).await;
        // What was put off comes although the mode is another one now.
        choose(&store, "off").await;
        tell(&store, news("26-3"), NOON).await;
        assert_eq!(states(&store).await, ["off", "queued", "digest", "digest", "digest"]);
        let both = async || {
            let (one, other) = (nodes[0].drain(), nodes[1].drain());
            let (one, other) = futures_join(one, other).await;
            one.unwrap() + other.unwrap()
        };
        assert_eq!(both().await, 1, "what the law asks for does not wait");
        clock.advance(DAY);
        assert_eq!(both().await, 1);
        clock.advance(DAY);
        assert_eq!(both().await, 0);
        assert_eq!(states(&store).await, ["off", "sent", "sent", "sent", "sent"]);
        assert_eq!(server.letters().len(), 2);
        let digest = server.understood(&python, 2);
        assert_eq!(digest[0], "Today’s letter: 3 things are new");
        let (first, second) = (digest[3].find("26-1 - Your request 26-1"), digest[3].find("26-2 - Your"));
        assert!(first < second && first.is_some(), "grouped by request: {}", digest[3]);
        assert_eq!(digest[3].matches("26-1 was decided").count(), 2);
        assert_eq!(digest[5], "[]");
    }
}

/// Two workers at the same time.
async fn futures_join<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    tokio::join!(one, other)
}

#[tokio::test]
async fn at_night_only_what_cannot_wait_is_sent() {
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let night = NOON + HOUR * 12;
        tell(&store, news("26-1"), night).await;
        let id = notify::list(&store.read(), SALMA, None, 1).await.unwrap()[0].id;
        let waiting = notify::deliveries(&store.read(), &[id]).await.unwrap().remove(0);
        let seven = Timestamp(NOON.0) + HOUR * 17;
        assert_eq!((waiting.state.code(), waiting.retry_at), ("queued", Some(seven)));
        let clock = Clock::fixed(night);
        assert_eq!(workers(&store, &clock, None).drain().await.unwrap(), 0);
        clock.advance(HOUR * 5);
        assert_eq!(workers(&store, &clock, None).drain().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_letter_carries_its_own_way_out() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let (clock, server) = (Clock::fixed(NOON), Server::start(&python, free_port(), &[]));
        let workers = workers(&store, &clock, Some(mail_config(format!("smtp://127.0.0.1:{}", server.port))));
        tell(&store, decided(SALMA, "26-9").of_kind(kinds().find("law")), NOON).await;
        workers.drain().await.unwrap();
        tell(&store, news("26-1"), NOON).await;
        workers.drain().await.unwrap();
        let letters = server.letters();
        assert!(!letters[0].contains("List-Unsubscribe"), "what the law asks for cannot be left");
        assert!(letters[1].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", letters[1]);
        let unfolded = letters[1].replace("\n ", "");
        let way = unfolded.split("List-Unsubscribe: <https://services.example").nth(1).unwrap();
        let way = way.split('>').next().unwrap();
        let (status, _, page) = ask(portal(&store, None), "GET", way).await;
        assert!(status == 200 && page.contains("أوقف هذه الرسائل"), "{page}");
        tell(&store, news("26-2"), NOON).await;
        let (status, ..) = ask_with(portal(&store, None), "POST", way, "List-Unsubscribe=One-Click").await;
        assert_eq!(status, 200);
        tell(&store, news("26-3"), NOON).await;
        assert_eq!(states(&store).await[..2], ["off", "queued"]);
    }
}

// refuses: GET /account/notifications
// refuses: POST /account/notifications
// refuses: GET /api/v1/notifications
// refuses: PUT /api/v1/notifications
// refuses: GET /notifications/leave/{code}
// refuses: POST /notifications/leave/{code}
#[tokio::test]
async fn what_cannot_be_chosen_is_refused() {
    for store in stores(&MIGRATIONS).await {
        for (method, path, status) in [
            ("GET", "/account/notifications", 303),
            ("POST", "/account/notifications", 401),
            ("GET", CALL, 401),
            ("GET", "/notifications/leave/0123", 404),
            ("POST", "/notifications/leave/0123", 404),
        ] {
            let (found, _, body) = ask_with(portal(&store, None), method, path, "a=b").await;
            assert_eq!(found, status, "{method} {path}: {body}");
        }
        let asked = |topic: &str, offset: i64, hour: i64| json!({ "modes": { topic: "off" }, "offset_minutes": offset, "digest_hour": hour, "quiet": null });
        for (body, field) in [
            (asked("law", 120, 8), "modes.law"),
            (asked("nothing", 120, 8), "modes.nothing"),
            (asked("requests", 17, 8), "offset_minutes"),
            (asked("requests", 120, 24), "digest_hour"),
        ] {
            let (status, _, answer) =
                ask_with(portal(&store, Some(SALMA)), "PUT", CALL, &body.to_string()).await;
            let problem: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!((status.as_u16(), problem["code"].as_str()), (422, Some("notify.choice_invalid")));
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let form = "mode-requests=daily&quiet_from=&quiet_until=7&digest_hour=99&offset_minutes=120";
        let (status, _, page) =
            ask_with(portal(&store, Some(SALMA)), "POST", "/account/notifications", form).await;
        assert_eq!(status, 422);
        assert!(page.contains("error-summary") && page.contains("value=\"daily\" checked"), "{page}");
        let form = form.replace("99", "9");
        let (status, location, _) =
            ask_with(portal(&store, Some(SALMA)), "POST", "/account/notifications", &form).await;
        assert_eq!((status.as_u16(), location.as_deref()), (303, Some("/account/notifications?saved=1")));
        let (_, _, answer) = ask(portal(&store, Some(SALMA)), "GET", CALL).await;
        let chosen: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(
            chosen,
            json!({ "modes": { "requests": "daily" }, "offset_minutes": 120, "quiet": null, "digest_hour": 9 })
        );
    }
}
