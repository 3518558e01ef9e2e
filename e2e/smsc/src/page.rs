//! What phones would show, as a page and as JSON; and an HTTP gateway beside the SMPP line.

use std::sync::atomic::Ordering;

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::Html,
    routing::{get, post},
};
use serde::Deserialize;

use crate::{Centre, Received, now};

/// Seconds after which the page looks again by itself.
const LOOKS_EVERY: u32 = 3;

pub fn pages(centre: Centre) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/messages", get(messages))
        .route("/send", post(send))
        .with_state(centre)
}

#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
}

async fn messages(State(centre): State<Centre>, Query(wanted): Query<Wanted>) -> Json<Vec<Received>> {
    Json(centre.received(wanted.to.as_deref()))
}

async fn page(State(centre): State<Centre>) -> Html<String> {
    let rows: String = centre.received(None).iter().map(row).collect();
    let rows =
        if rows.is_empty() { "<p>No message yet · لا رسائل بعد</p>".to_owned() } else { rows };
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>SMS centre</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"refresh\" content=\"{LOOKS_EVERY}\">\
         <style>body{{font:18px/1.6 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}}\
         article{{border:1px solid #ccc;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}}\
         p{{margin:0}} .to{{color:#555;font-size:.85em}}</style></head>\
         <body><h1>SMS centre · مركز الرسائل</h1>{rows}</body></html>"
    ))
}

fn row(message: &Received) -> String {
    let Received { from, to, text, parts, .. } = message;
    format!(
        "<article><p class=\"to\"><bdi>{}</bdi> → <bdi>{}</bdi> · {parts}</p><p dir=\"auto\">{}</p></article>",
        escaped(from),
        escaped(to),
        escaped(text)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[derive(Deserialize)]
struct Given {
    to: String,
    from: String,
    text: String,
}

/// An operator's gateway: the password of the line is its token.
async fn send(State(centre): State<Centre>, headers: HeaderMap, Json(given): Json<Given>) -> StatusCode {
    let expected = format!("Bearer {}", centre.habits.password);
    if headers.get(AUTHORIZATION).is_none_or(|line| line.as_bytes() != expected.as_bytes()) {
        return StatusCode::UNAUTHORIZED;
    }
    if !centre.has_room() {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    let id = format!("h{:08x}", centre.kept.ids.fetch_add(1, Ordering::Relaxed) + 1);
    let Given { to, from, text } = given;
    centre.keep(Received { id, from, to, text, parts: 1, at: now() });
    StatusCode::ACCEPTED
}
