//! The runs as a page, the newest first.

use std::{sync::Arc, time::Duration};

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use clock::MINUTE;
use identity::Caller;
use language::Texts;
use uuid::Uuid;
use web::{Cursor, Page, Query, Shell, components::Link};

use super::{By, Kind, Run, RunState, table};
use crate::{
    Operation,
    overview::{Asked, PAGE_ROWS, views},
};

/// Letters of a hash that are enough to name it at the console.
const SHORT_HASH_LETTERS: usize = 8;

pub(crate) fn routes() -> Router<Arc<Operation>> {
    Router::new().route("/operation/runs", get(show))
}

/// One run in a table.
pub(crate) struct RunLine {
    pub kind: String,
    pub by: String,
    pub state: String,
    pub signal: &'static str,
    pub began: String,
    pub took: String,
    pub size: String,
    pub added: String,
    pub snapshot: String,
    pub why: String,
    /// What a restore test that passed has compared.
    pub proof: String,
}

#[derive(Template)]
#[template(path = "run/list.html")]
struct RunsPage {
    views: Vec<Link>,
    runs: Vec<RunLine>,
    first: String,
    next: String,
    shell: Shell,
}

async fn show(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    operation.permitted(&actor, "see").await?;
    let after: Option<(i64, Uuid)> = Cursor::decode_given(Some(&asked.cursor))?;
    let sql = operation.store.read();
    let mut runs = table::list(&sql, after.unwrap_or(table::AFTER_ALL), PAGE_ROWS as i64 + 1).await?;
    let next = Cursor::cut(&mut runs, PAGE_ROWS, |last| (last.started_at.0, last.id))?;
    Ok(Page(RunsPage {
        views: views(&shell),
        runs: runs.iter().map(|run| RunLine::of(&operation.texts, &shell, run)).collect(),
        first: if after.is_some() { "/operation/runs".to_owned() } else { String::new() },
        next: next.map(|cursor| shell.with("cursor", &cursor)).unwrap_or_default(),
        shell,
    })
    .into_response())
}

impl RunLine {
    pub(crate) fn of(texts: &Texts, shell: &Shell, run: &Run) -> RunLine {
        let took = run.ended_at.map(|end| end.since(run.started_at));
        let by = if run.by == By::Hand { "operation-by-hand" } else { "operation-by-schedule" };
        RunLine {
            kind: shell.t(&format!("operation-kind-{}", run.kind.word().replace('_', "-"))),
            by: shell.t(by),
            state: shell.t(&format!("operation-run-{}", run.state.word())),
            signal: run.state.signal(),
            began: shell.moment(run.started_at),
            took: took.map(|took| length(shell, took)).unwrap_or_default(),
            size: if run.bytes > 0 { shell.size(run.bytes) } else { String::new() },
            added: if run.added_bytes > 0 { shell.size(run.added_bytes) } else { String::new() },
            snapshot: run.snapshot.chars().take(SHORT_HASH_LETTERS).collect(),
            why: if run.state == RunState::Failed { run.said.clone() } else { String::new() },
            proof: proof(texts, shell, run).unwrap_or_default(),
        }
    }
}

/// From the evidence that the run has kept.
fn proof(texts: &Texts, shell: &Shell, run: &Run) -> Option<String> {
    if run.kind != Kind::RestoreTest || run.state != RunState::Done {
        return None;
    }
    let found: serde_json::Value = serde_json::from_str(&run.said).ok()?;
    let count = |pointer: &str| found.pointer(pointer).and_then(serde_json::Value::as_i64);
    let root = found.pointer("/log/root").and_then(serde_json::Value::as_str)?;
    let root: String = root.chars().take(SHORT_HASH_LETTERS).collect();
    let args = [
        ("rows", shell.num(count("/tables/rows")?).into()),
        ("documents", shell.num(count("/documents/whole")?).into()),
        ("entries", shell.num(count("/log/size")?).into()),
        ("root", language::isolated(&root).into()),
    ];
    Some(texts.say(shell.lang, "operation-run-proof", &args))
}

/// In seconds below a minute, then as people say it.
fn length(shell: &Shell, took: Duration) -> String {
    if took < MINUTE {
        return shell.t1("operation-seconds", "seconds", took.as_secs());
    }
    shell.in_digits(language::span(took, shell.lang, language::Digits::Latin))
}
