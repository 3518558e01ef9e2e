//! `GET /health`: whether this node lives, and each of its parts: what it cannot serve without is asked now, the rest is as
//! the watch saw it last. A word for each and nothing else, since anybody may ask.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use serde::Serialize;

use crate::parts::Parts;

/// Entries that wait longer than this for the ledger mean that the sequencer stands still.
const LEDGER_LAG_MAX: Duration = Duration::from_secs(30);

pub fn routes(parts: &Arc<Parts>) -> Router {
    Router::new().route("/health", get(show)).with_state(parts.clone())
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    parts: BTreeMap<String, &'static str>,
}

async fn show(State(parts): State<Arc<Parts>>) -> impl IntoResponse {
    let ledger = parts.ledger.standing().await.is_ok_and(|standing| standing.lag < LEDGER_LAG_MAX);
    let checks = [
        ("database", parts.store.ping().await.is_ok()),
        ("documents", parts.documents.ping().await.is_ok()),
        ("ledger", ledger),
    ];
    let well = checks.iter().all(|(_, well)| *well);
    let word = |well| if well { "ok" } else { "down" };
    // The database may be what is down, and then the rest is not known.
    let seen = operation::seen(&parts.store).await.unwrap_or_default();
    let seen = seen.into_iter().map(|(part, state)| (part, state.word()));
    let asked = checks.into_iter().map(|(part, well)| (part.to_owned(), word(well)));
    let health =
        Health { status: word(well), version: env!("CARGO_PKG_VERSION"), parts: seen.chain(asked).collect() };
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health))
}
