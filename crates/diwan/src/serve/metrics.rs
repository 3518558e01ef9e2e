//! `GET /metrics`: counts of what waits and what went wrong, as OpenMetrics. No name and no number of a person.

use std::sync::Arc;

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use prometheus_client::{
    encoding::text::encode,
    metrics::{family::Family, gauge::Gauge},
    registry::Registry,
};

use crate::parts::Parts;

pub fn routes(parts: &Arc<Parts>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(parts.clone())
}

type Labels = Vec<(String, String)>;

async fn show(State(parts): State<Arc<Parts>>) -> Result<impl IntoResponse, web::Error> {
    let mut registry = Registry::with_prefix("diwan");
    let leaves: Gauge = Gauge::default();
    let lag: Gauge = Gauge::default();
    let jobs: Family<Labels, Gauge> = Family::default();
    registry.register("ledger_leaves", "Entries in the newest signed checkpoint", leaves.clone());
    registry.register("ledger_lag_seconds", "How long the oldest entry waits for its place", lag.clone());
    let services: Gauge = Gauge::default();
    let search: Gauge = Gauge::default();
    registry.register("jobs", "Jobs by kind and state", jobs.clone());
    registry.register("directory_services", "Services that can be found on this node", services.clone());
    registry.register("search_index_bytes", "Memory that finding them takes", search.clone());
    let (found, bytes) = parts.services.directory.search_size();
    services.set(found as i64);
    search.set(bytes as i64);
    let standing = parts.ledger.standing().await?;
    leaves.set(standing.size as i64);
    lag.set(standing.lag.as_secs() as i64);
    for count in jobs::counts(&parts.store.read()).await? {
        let gauge = |state: &str, value: i64| {
            let labels =
                vec![("kind".to_owned(), count.kind.clone()), ("state".to_owned(), state.to_owned())];
            jobs.get_or_create(&labels).set(value);
        };
        gauge("waiting", count.waiting);
        gauge("running", count.running);
        gauge("dead", count.dead);
    }
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(([("content-type", "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}
