//! The same call twice acts once, and another call under its key is refused.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::world::{application, on_both_engines};

const SERVICE: &str = "residence-certificate";
const CALLS_AT_ONCE: usize = 16;

// refuses: POST /api/v1/requests
#[tokio::test]
async fn a_key_names_one_request() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let asked = application(SERVICE, world.example(SERVICE));
        let first = salma.posts_once("/api/v1/requests", "key-1", &asked).await.is(201).json();
        let again = salma.posts_once("/api/v1/requests", "key-1", &asked).await.is(201).json();
        assert_eq!((&first["number"], &first["delivered_at"]), (&again["number"], &again["delivered_at"]));
        let mut other = asked.clone();
        other["answers"]["city"] = "طرابلس".into();
        salma.posts_once("/api/v1/requests", "key-1", &other).await.refused(
            422,
            "idempotency.key_reused",
            &[],
        );
        let long = "k".repeat(201);
        for key in [long.as_str(), "two words"] {
            salma.posts_once("/api/v1/requests", key, &asked).await.refused(
                422,
                "idempotency.key_invalid",
                &[],
            );
        }
        // Keys are each caller's own.
        let huda = world.person("Huda").posts_once("/api/v1/requests", "key-1", &asked).await.is(201).json();
        assert_ne!(huda["number"], first["number"]);
        assert_eq!(requests(&salma.gets("/api/v1/requests").await.is(200).json()).len(), 1);
    })
    .await;
}

fn requests(list: &Value) -> BTreeSet<String> {
    let items = list["items"].as_array().expect("a list has items");
    items.iter().filter_map(|item| item["number"].as_str()).map(str::to_owned).collect()
}

#[tokio::test]
async fn sixteen_at_once_are_one() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let asked = application(SERVICE, world.example(SERVICE));
        let mut calls = JoinSet::new();
        for _ in 0..CALLS_AT_ONCE {
            let (salma, asked) = (salma.clone(), asked.clone());
            calls.spawn(async move {
                salma.posts_once("/api/v1/requests", "one", &asked).await.is(201).word("number")
            });
        }
        let numbers: BTreeSet<String> = calls.join_all().await.into_iter().collect();
        assert_eq!(numbers.len(), 1, "{numbers:?}");
        assert_eq!(requests(&salma.gets("/api/v1/requests").await.is(200).json()), numbers);
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        assert_eq!(inbox["items"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

// refuses: POST /api/v1/requests/{number}/verify
#[tokio::test]
async fn an_act_may_be_repeated_under_its_key() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        let number = world.person("Salma").delivers(SERVICE).await;
        let path = format!("/api/v1/requests/{number}/verify");
        let answers = world.example(SERVICE);
        let body = json!({ "items": answers.as_object().expect("answers").keys().collect::<Vec<_>>() });
        for _ in 0..2 {
            assert_eq!(hamad.posts_once(&path, "v", &body).await.is(200).word("state"), "verified");
        }
        let revision = hamad.sees(&number).await["revision"].clone();
        hamad.posts_once(&path, "w", &body).await.refused(409, "process.transition", &["LY-SVC-17.1a"]);
        assert_eq!(hamad.sees(&number).await["revision"], revision);
    })
    .await;
}
