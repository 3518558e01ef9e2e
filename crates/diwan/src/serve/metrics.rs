//! `GET /metrics`: what waits, what went wrong and how long answers take, as OpenMetrics. No name and no number of a
//! person: a route is named by its pattern.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use clock::DAY;
use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use store::GROUP_CLASSES;

use crate::parts::Parts;

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// The shortest answer that is told apart, in seconds; each class is twice as long as the one before.
const SHORTEST_SECONDS: f64 = 0.001;
const CLASSES: u16 = 14;

type Labels = Vec<(String, String)>;
type Gauges = Family<Labels, Gauge>;

/// What is counted while the node runs.
#[derive(Clone)]
pub(super) struct Meters {
    answers: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Default for Meters {
    fn default() -> Meters {
        let histogram: fn() -> Histogram =
            || Histogram::new(exponential_buckets(SHORTEST_SECONDS, 2.0, CLASSES));
        Meters { answers: Family::new_with_constructor(histogram) }
    }
}

/// The same routes, their answers measured.
pub(super) fn measured(router: Router, meters: &Meters) -> Router {
    router.layer(from_fn_with_state(meters.clone(), measure))
}

async fn measure(State(meters): State<Meters>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = known(request.method());
    // What no route answers is one line, whatever was asked for.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = format!("{}xx", response.status().as_u16() / 100);
    let labels = vec![label("method", method), label("route", route), label("status", status)];
    meters.answers.get_or_create(&labels).observe(began.elapsed().as_secs_f64());
    response
}

/// A caller may invent methods, and each would be a line of its own for good.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn label(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

pub(super) fn routes(parts: &Arc<Parts>, meters: &Meters) -> Router {
    Router::new().route("/metrics", get(show)).with_state((parts.clone(), meters.clone()))
}

async fn show(State((parts, meters)): State<(Arc<Parts>, Meters)>) -> Result<impl IntoResponse, web::Error> {
    let mut registry = Registry::with_prefix("diwan");
    let said = "How long answers took, by method, pattern of the route, and class of the status";
    registry.register_with_unit("answer", said, Unit::Seconds, meters.answers.clone());
    memory(&mut registry, &parts);
    database(&mut registry, &parts);
    ledger(&mut registry, &parts).await?;
    jobs(&mut registry, &parts).await?;
    letters(&mut registry, &parts).await?;
    operation(&mut registry, &parts).await?;
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(([("content-type", MEDIA_TYPE)], text))
}

fn gauge(registry: &mut Registry, name: &str, said: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, said, gauge);
}

fn gauges(registry: &mut Registry, name: &str, said: &str) -> Gauges {
    let gauges = Gauges::default();
    registry.register(name, said, gauges.clone());
    gauges
}

fn number(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

fn memory(registry: &mut Registry, parts: &Parts) {
    let (found, bytes) = parts.services.directory.search_size();
    gauge(registry, "directory_services", "Services that can be found on this node", number(found));
    gauge(registry, "search_index_bytes", "Memory that finding them takes", number(bytes));
}

fn database(registry: &mut Registry, parts: &Parts) {
    let load = parts.store.load();
    let connections = gauges(registry, "database_connections", "Connections of this node, by state");
    for (state, count) in [("used", load.used), ("open", load.open), ("max", load.max)] {
        connections.get_or_create(&vec![label("state", state)]).set(number(count));
    }
    gauge(registry, "writes_waiting", "Verbs that wait for the writer of SQLite", number(load.waiting));
    let Some(groups) = load.groups else { return };
    let commits: Family<Labels, Counter> = Family::default();
    let said = "Commits by the class of the number of verbs that shared them";
    registry.register("commit_groups", said, commits.clone());
    for (class, count) in GROUP_CLASSES.iter().zip(groups.commits) {
        commits.get_or_create(&vec![label("verbs_max", class.to_string())]).inc_by(count);
    }
    let verbs: Counter = Counter::default();
    verbs.inc_by(groups.verbs);
    registry.register("commit_verbs", "Verbs that were committed in groups", verbs);
}

async fn ledger(registry: &mut Registry, parts: &Parts) -> Result<(), web::Error> {
    let standing = parts.ledger.standing().await?;
    gauge(registry, "ledger_leaves", "Entries in the newest signed checkpoint", number(standing.size));
    let said = "How long the oldest entry waits for its place";
    gauge(registry, "ledger_lag_seconds", said, number(standing.lag.as_secs()));
    Ok(())
}

async fn jobs(registry: &mut Registry, parts: &Parts) -> Result<(), web::Error> {
    let sql = parts.store.read();
    let (now, counted) = (parts.clock.now(), gauges(registry, "jobs", "Jobs by kind and state"));
    let done: Family<Labels, Counter> = Family::default();
    registry.register("jobs_done", "Jobs that were done, by kind", done.clone());
    for count in jobs::counts(&sql).await? {
        let states = [
            ("waiting", count.waiting),
            ("running", count.running),
            ("retrying", count.retrying),
            ("dead", count.dead),
        ];
        for (state, value) in states {
            let labels = vec![label("kind", count.kind.as_str()), label("state", state)];
            counted.get_or_create(&labels).set(value);
        }
        done.get_or_create(&vec![label("kind", count.kind.as_str())]).inc_by(count.done.unsigned_abs());
    }
    let queue = jobs::queue(&sql, now).await?;
    gauge(registry, "jobs_due", "Jobs that are due and that no worker has taken", queue.due);
    let age = queue.oldest_due.map_or(0, |since| now.since(since).as_secs());
    gauge(registry, "jobs_oldest_due_seconds", "How long the first of them waits", number(age));
    Ok(())
}

async fn letters(registry: &mut Registry, parts: &Parts) -> Result<(), web::Error> {
    let said = "Deliveries of the notices of the last day, by means and state";
    let letters = gauges(registry, "notice_deliveries", said);
    for (means, state, count) in notify::outcomes(&parts.store.read(), parts.clock.now() - DAY).await? {
        letters.get_or_create(&vec![label("means", means), label("state", state)]).set(count);
    }
    Ok(())
}

/// Ages are absent until there is something that is old.
async fn operation(registry: &mut Registry, parts: &Parts) -> Result<(), web::Error> {
    let now = parts.clock.now();
    let [backup, test] = operation::last_good(&parts.store).await?;
    if let Some(at) = backup {
        let said = "How long ago the last good backup began";
        gauge(registry, "backup_age_seconds", said, number(now.since(at).as_secs()));
    }
    if let Some(at) = test {
        let said = "How long ago the last restore test that passed began";
        gauge(registry, "restore_test_age_seconds", said, number(now.since(at).as_secs()));
    }
    let parts_seen = gauges(registry, "component_failing", "1 where a part that is watched fails");
    for (component, state) in operation::seen(&parts.store).await? {
        let failing = i64::from(state == operation::State::Fail);
        parts_seen.get_or_create(&vec![label("component", component)]).set(failing);
    }
    Ok(())
}
