//! `/operation`: how the installation does, in one look; below it the runs and the alerts of before.

use std::{sync::Arc, time::Duration};

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backup::Keep;
use clock::{MINUTE, Timestamp};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use crate::{
    Operation,
    alert::{self, Alert, acknowledge::NOTE_CHARACTERS_MAX},
    component::{self, Component, Said},
    run::{self, By, Kind, Run},
};

/// Rows of a page of runs or of alerts.
const PAGE_ROWS: usize = 30;
/// Runs and gaps on the first page.
const NEWEST_ROWS: i64 = 6;

pub(crate) fn routes() -> Router<Arc<Operation>> {
    Router::new()
        .route("/operation", get(show))
        .route("/operation/runs", get(show_runs))
        .route("/operation/alerts", get(show_alerts))
        .route("/operation/alerts/{alert}", get(show_alert))
        .route("/operation/alerts/{alert}/acknowledge", post(acknowledge))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
}

struct PartLine {
    name: String,
    state: String,
    signal: &'static str,
    said: String,
    advice: String,
    checked: String,
    since: String,
}

struct RunLine {
    kind: String,
    by: String,
    state: String,
    signal: &'static str,
    began: String,
    took: String,
    size: String,
    added: String,
    /// Shortened: the first letters are enough to name it at the console.
    snapshot: String,
    why: String,
}

struct AlertLine {
    href: String,
    component: String,
    said: String,
    opened: String,
    state: String,
    signal: &'static str,
}

struct GapLine {
    from: String,
    until: String,
}

struct NodeLine {
    name: String,
    role: String,
    started: String,
    heard: String,
}

#[derive(Template)]
#[template(path = "page/overview.html")]
struct Overview {
    views: Vec<Link>,
    open: Vec<AlertLine>,
    parts: Vec<PartLine>,
    schedule: Vec<(String, String)>,
    runs: Vec<RunLine>,
    nodes: Vec<NodeLine>,
    gaps: Vec<GapLine>,
    alert_minutes: i64,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "page/runs.html")]
struct RunsPage {
    views: Vec<Link>,
    runs: Vec<RunLine>,
    first: String,
    next: String,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "page/alerts.html")]
struct AlertsPage {
    views: Vec<Link>,
    alerts: Vec<AlertLine>,
    first: String,
    next: String,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "page/alert.html")]
struct AlertPage {
    trail: Vec<Link>,
    faults: Vec<Fault>,
    /// Why it was refused, where no field is to be mended.
    refused: Option<Refusal>,
    line: AlertLine,
    advice: String,
    facts: Vec<(String, String)>,
    /// Empty when somebody has acknowledged it.
    fields: Vec<Field>,
    action: String,
    shell: Shell,
}

async fn show(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Response, web::Error> {
    operation.permitted(&actor, "see").await?;
    Ok(Page(operation.overview(shell).await?).into_response())
}

async fn show_runs(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    operation.permitted(&actor, "see").await?;
    let after: Option<(i64, Uuid)> = Cursor::decode_given(Some(&asked.cursor))?;
    let sql = operation.store.read();
    let mut runs =
        run::table::list(&sql, after.unwrap_or(run::table::AFTER_ALL), PAGE_ROWS as i64 + 1).await?;
    let next = Cursor::cut(&mut runs, PAGE_ROWS, |last| (last.started_at.0, last.id))?;
    Ok(Page(RunsPage {
        views: views(&shell),
        runs: runs.iter().map(|run| run_line(&shell, run)).collect(),
        first: if after.is_some() { "/operation/runs".to_owned() } else { String::new() },
        next: next.map(|cursor| format!("/operation/runs?cursor={cursor}")).unwrap_or_default(),
        shell,
    })
    .into_response())
}

async fn show_alerts(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    operation.permitted(&actor, "see").await?;
    let after: Option<(i64, Uuid)> = Cursor::decode_given(Some(&asked.cursor))?;
    let sql = operation.store.read();
    let mut alerts =
        alert::table::list(&sql, after.unwrap_or(alert::table::AFTER_ALL), PAGE_ROWS as i64 + 1).await?;
    let next = Cursor::cut(&mut alerts, PAGE_ROWS, |last| (last.opened_at.0, last.id))?;
    Ok(Page(AlertsPage {
        views: views(&shell),
        alerts: alerts.iter().map(|alert| operation.alert_line(&shell, alert)).collect(),
        first: if after.is_some() { "/operation/alerts".to_owned() } else { String::new() },
        next: next.map(|cursor| format!("/operation/alerts?cursor={cursor}")).unwrap_or_default(),
        shell,
    })
    .into_response())
}

async fn show_alert(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(alert): Path<Uuid>,
) -> Result<Response, web::Error> {
    Ok(Page(operation.alert_page(&actor, shell, alert, "", None).await?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    note: String,
}

async fn acknowledge(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(alert): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    match operation.acknowledge(&actor, alert, typed.note.clone(), None).await {
        Ok(()) => Ok(see_other(&format!("/operation/alerts/{alert}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let page = operation.alert_page(&actor, shell, alert, &typed.note, Some(refusal)).await?;
            Ok(stay(kind, page))
        }
    }
}

impl Operation {
    async fn overview(&self, shell: Shell) -> Result<Overview, Failure> {
        let sql = self.store.read();
        let open = alert::table::open(&sql).await?;
        let parts = component::table::components(&sql).await?;
        let runs = run::table::list(&sql, run::table::AFTER_ALL, NEWEST_ROWS).await?;
        let nodes = component::table::nodes(&sql).await?;
        let gaps = component::table::gaps(&sql, NEWEST_ROWS).await?;
        Ok(Overview {
            views: views(&shell),
            open: open.iter().map(|alert| self.alert_line(&shell, alert)).collect(),
            parts: parts.iter().map(|part| self.part_line(&shell, part)).collect(),
            schedule: self.schedule(&shell).await?,
            runs: runs.iter().map(|run| run_line(&shell, run)).collect(),
            nodes: nodes
                .iter()
                .map(|node| NodeLine {
                    name: node.id.simple().to_string()[..8].to_owned(),
                    role: shell.t(&format!("operation-role-{}", node.role)),
                    started: shell.moment(node.started_at),
                    heard: shell.ago(node.beat_at),
                })
                .collect(),
            gaps: gaps
                .iter()
                .map(|gap| GapLine { from: shell.moment(gap.from), until: shell.moment(gap.until) })
                .collect(),
            alert_minutes: (self.alert_time().as_secs() / 60) as i64,
            shell,
        })
    }

    /// How often, when the last good one was, and when the next one is due.
    async fn schedule(&self, shell: &Shell) -> Result<Vec<(String, String)>, Failure> {
        let mut lines = Vec::new();
        let Some(backups) = &self.place.backups else {
            return Ok(vec![(shell.t("operation-schedule"), shell.t("operation-backup-off"))]);
        };
        for kind in Kind::ALL {
            let hours = (self.cadence(kind).as_secs() / 3_600) as i64;
            let word = kind.word().replace('_', "-");
            lines.push((
                shell.t(&format!("operation-kind-{word}")),
                shell.t1("operation-every", "hours", hours),
            ));
            if let Some(done) = run::table::last_done(&self.store.read(), kind).await? {
                let next: Timestamp = done.started_at + self.cadence(kind);
                lines.push((shell.t(&format!("operation-next-{word}")), shell.moment(next)));
            }
        }
        let Keep { daily, weekly, monthly } = backups.keep;
        let kept = [("days", daily.into()), ("weeks", weekly.into()), ("months", monthly.into())];
        let kept = self.texts.say(shell.lang, "operation-keeps", &kept);
        lines.push((shell.t("operation-kept"), shell.in_digits(kept)));
        Ok(lines)
    }

    fn say(&self, shell: &Shell, said: &Said) -> String {
        shell.in_digits(said.sentence(&self.texts, shell.lang))
    }

    fn part_line(&self, shell: &Shell, part: &Component) -> PartLine {
        PartLine {
            name: shell.t(&component::key(&part.name)),
            state: shell.t(&format!("operation-state-{}", part.state.word())),
            signal: part.state.signal(),
            said: self.say(shell, &part.said),
            advice: part.said.advice(&self.texts, shell.lang).unwrap_or_default(),
            checked: shell.ago(part.checked_at),
            since: shell.moment(part.since),
        }
    }

    fn alert_line(&self, shell: &Shell, alert: &Alert) -> AlertLine {
        let (word, signal) = match (alert.is_open(), alert.acknowledged_at) {
            (true, None) => ("new", "needs-you"),
            (true, Some(_)) => ("taken", "waiting"),
            (false, _) => ("over", "done"),
        };
        AlertLine {
            href: format!("/operation/alerts/{}", alert.id),
            component: shell.t(&component::key(&alert.component)),
            said: self.say(shell, &alert.said),
            opened: shell.moment(alert.opened_at),
            state: shell.t(&format!("operation-alert-{word}")),
            signal,
        }
    }

    async fn alert_page(
        &self,
        actor: &Actor,
        shell: Shell,
        alert: Uuid,
        typed: &str,
        refusal: Option<Refusal>,
    ) -> Result<AlertPage, Failure> {
        self.permitted(actor, "see").await?;
        let sql = self.store.read();
        let alert = alert::table::find(&sql, alert).await?.ok_or_else(Refusal::not_found)?;
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let mut facts = vec![(shell.t("operation-opened"), shell.moment(alert.opened_at))];
        if let (Some(at), Some(by)) = (alert.acknowledged_at, alert.acknowledged_by) {
            let who = identity::person(&sql, by).await?;
            let who = who.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default();
            facts.push((shell.t("operation-acknowledged-by"), who));
            facts.push((shell.t("operation-acknowledged"), shell.moment(at)));
            facts.push((shell.t("operation-note"), alert.note.clone()));
        }
        if let Some(at) = alert.cleared_at {
            facts.push((shell.t("operation-cleared"), shell.moment(at)));
        }
        if alert.acknowledged_at.is_some() && !typed.is_empty() {
            facts.push((shell.t("operation-note-unsent"), typed.to_owned()));
        }
        let note = Field::area(&shell, "note", shell.t("operation-note"))
            .hint(shell.t("operation-note-hint"))
            .attribute("maxlength", &NOTE_CHARACTERS_MAX.to_string())
            .rows(3)
            .value(typed)
            .faults(&faults);
        let fields = if alert.acknowledged_at.is_none() { vec![note] } else { Vec::new() };
        Ok(AlertPage {
            trail: vec![
                Link::new("/operation", shell.t("operation-title")),
                Link::new("/operation/alerts", shell.t("operation-alerts")),
            ],
            refused: refusal.filter(|refusal| refusal.items.is_empty()),
            faults: named(faults, &fields),
            advice: alert.said.advice(&self.texts, shell.lang).unwrap_or_default(),
            line: self.alert_line(&shell, &alert),
            facts,
            fields,
            action: format!("/operation/alerts/{}/acknowledge", alert.id),
            shell,
        })
    }
}

/// The three views of how the installation does.
fn views(shell: &Shell) -> Vec<Link> {
    let view = |path: &str, key: &str| Link::new(path, shell.t(key)).current(shell.path == path);
    vec![
        view("/operation", "operation-now"),
        view("/operation/runs", "operation-runs"),
        view("/operation/alerts", "operation-alerts"),
    ]
}

fn run_line(shell: &Shell, run: &Run) -> RunLine {
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
        snapshot: run.snapshot.chars().take(8).collect(),
        why: if run.state == run::RunState::Failed { run.said.clone() } else { String::new() },
    }
}

/// In seconds below a minute, then as people say it.
fn length(shell: &Shell, took: Duration) -> String {
    if took < MINUTE {
        return shell.t1("operation-seconds", "seconds", took.as_secs());
    }
    shell.in_digits(language::span(took, shell.lang, language::Digits::Latin))
}
