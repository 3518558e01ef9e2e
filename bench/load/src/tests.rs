//! The tool against a small server that sometimes forgets.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use serde_json::{Value, json};

use crate::{
    What, Whom,
    check::{check, duplicates},
    numbers::{self, Acknowledged},
    percentile::milliseconds,
    run::run,
    server::{Server, ours},
};

#[test]
fn only_this_machine_is_loaded() {
    for (base, expected) in [
        ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
        ("http://127.8.0.1:8080/", Some("http://127.8.0.1:8080")),
        ("http://[::1]:8080", Some("http://[::1]:8080")),
        ("http://localhost:8080", Some("http://127.0.0.1:8080")),
        ("http://localhost.example:8080", None),
        ("http://127.0.0.1.example:8080", None),
        ("http://10.0.0.1:8080", None),
        ("http://user@127.0.0.1:8080", None),
        ("http://127.0.0.1:8080@services.example:80", None),
        ("http://127.0.0.1:8080/path", None),
        ("https://127.0.0.1:8080", None),
        ("http://services.example", None),
        ("http://127.0.0.1:0", None),
    ] {
        assert_eq!(ours(base).as_deref(), expected, "{base}");
    }
}

#[test]
fn percentiles_are_exact() {
    let micros: Vec<u64> = (1..=100).map(|number| number * 1_000).collect();
    assert_eq!(milliseconds(&micros, 0.50), 50.0);
    assert_eq!(milliseconds(&micros, 0.99), 99.0);
    assert_eq!(milliseconds(&micros, 1.0), 100.0);
    assert_eq!(milliseconds(&micros[..1], 0.50), 1.0);
    assert_eq!(milliseconds(&[], 0.99), 0.0);
}

#[test]
fn a_number_or_a_key_used_twice_is_a_duplicate() {
    let one = |number: &str, key: &str| Acknowledged { number: number.into(), key: key.into(), token: 0 };
    assert_eq!(duplicates(&[one("1", "a"), one("2", "b")]), 0);
    assert_eq!(duplicates(&[one("1", "a"), one("1", "a")]), 0, "the same answer to a repeated call");
    assert_eq!(duplicates(&[one("1", "a"), one("1", "b")]), 1);
    assert_eq!(duplicates(&[one("1", "a"), one("2", "a")]), 1);
}

/// A server that acknowledges everything and forgets each seventh submission.
#[derive(Default)]
struct Forgetful {
    kept: HashMap<String, String>,
    seen: usize,
}

type Shared = Arc<Mutex<Forgetful>>;

async fn submit(
    State(server): State<Shared>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    assert_eq!(body["answers"], json!({ "city": "الساحل" }));
    assert_eq!(body["declaration"], true);
    assert!(headers["authorization"].to_str().unwrap().starts_with("Bearer token-"));
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let mut server = server.lock().unwrap();
    if let Some((number, _)) = server.kept.iter().find(|(_, kept)| **kept == key) {
        return (StatusCode::CREATED, Json(json!({ "number": number })));
    }
    server.seen += 1;
    let number = format!("26-{}", server.seen);
    if !server.seen.is_multiple_of(7) {
        server.kept.insert(number.clone(), key);
    }
    (StatusCode::CREATED, Json(json!({ "number": number })))
}

async fn show(State(server): State<Shared>, Path(number): Path<String>) -> (StatusCode, Json<Value>) {
    match server.lock().unwrap().kept.contains_key(&number) {
        true => (StatusCode::OK, Json(json!({ "number": number }))),
        false => (StatusCode::NOT_FOUND, Json(json!({}))),
    }
}

async fn list(State(server): State<Shared>) -> Json<Value> {
    let items: Vec<Value> =
        server.lock().unwrap().kept.keys().map(|number| json!({ "number": number })).collect();
    Json(json!({ "items": items, "next": null }))
}

async fn card() -> Json<Value> {
    Json(json!({ "documents": [], "form": { "schema": { "examples": [{ "city": "الساحل" }] } } }))
}

async fn forgetful() -> String {
    let routes = Router::new()
        .route("/api/v1/requests", get(list).post(submit))
        .route("/api/v1/requests/{number}", get(show))
        .route("/api/v1/services/{id}", get(card))
        .with_state(Shared::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    base
}

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("load-{name}-{}", uuid::Uuid::now_v7()))
}

#[tokio::test]
async fn what_is_forgotten_is_found() {
    let tokens = file("tokens");
    std::fs::write(&tokens, "token-a\n\ntoken-b\n").unwrap();
    let server = Server::open(&Whom { base: forgetful().await, token_file: tokens }).unwrap();
    let numbers = file("numbers");
    let what = What {
        service: "residence-certificate".into(),
        clients: 4,
        rate: Some(100),
        idempotency: false,
        repeat_seconds: 0,
        numbers: Some(numbers.clone()),
    };
    let report = run(&server, &what, 1).await.unwrap();
    assert_eq!((report.acknowledged, report.errors), (100, 0));
    assert!(report.p50_ms <= report.p99_ms && report.p99_ms <= report.max_ms);
    let written = numbers::read(&numbers).unwrap();
    assert_eq!(written.iter().filter(|one| one.token == 1).count(), 50, "the tokens take turns");
    let checked = check(&server, &numbers).await.unwrap();
    assert_eq!((checked.asked, checked.missing, checked.duplicates, checked.others), (100, 14, 0, Some(0)));
    assert!(!checked.is_clean());

    let twice = What { idempotency: true, numbers: None, ..what };
    let report = run(&server, &twice, 1).await.unwrap();
    assert!(report.differing > 0, "a forgotten call gets another number when it is repeated");
}
