//! `/operation`: how the installation does, in one look.

use std::sync::Arc;

use askama::Template;
use authz::Failure;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use backup::Keep;
use clock::Timestamp;
use identity::Caller;
use serde::Deserialize;
use web::{Page, Shell, components::Link};

use crate::{
    Operation,
    alert::{self, page::AlertLine},
    component::{self, Component, Said},
    run::{self, Kind, page::RunLine},
};

/// Rows of a page of runs or of alerts.
pub(crate) const PAGE_ROWS: usize = 30;
/// Runs and gaps on the first page.
const NEWEST_ROWS: i64 = 6;

pub(crate) fn routes() -> Router<Arc<Operation>> {
    Router::new().route("/operation", get(show)).merge(run::page::routes()).merge(alert::page::routes())
}

/// Where a page of a list begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub cursor: String,
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
#[template(path = "overview.html")]
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

async fn show(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Response, web::Error> {
    operation.permitted(&actor, "see").await?;
    Ok(Page(operation.overview(shell).await?).into_response())
}

impl Operation {
    async fn overview(&self, shell: Shell) -> Result<Overview, Failure> {
        let sql = self.store.read();
        let open = alert::table::open(&sql).await?;
        let mut parts = component::table::components(&sql).await?;
        parts.sort_by_key(|part| part.state.urgency());
        let runs = run::table::list(&sql, run::table::AFTER_ALL, NEWEST_ROWS).await?;
        let nodes = component::table::nodes(&sql).await?;
        let gaps = component::table::gaps(&sql, NEWEST_ROWS).await?;
        Ok(Overview {
            views: views(&shell),
            open: open.iter().map(|alert| self.alert_line(&shell, alert)).collect(),
            parts: parts.iter().map(|part| self.part_line(&shell, part)).collect(),
            schedule: self.schedule(&shell).await?,
            runs: runs.iter().map(|run| RunLine::of(&self.texts, &shell, run)).collect(),
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

    pub(crate) fn say(&self, shell: &Shell, said: &Said) -> String {
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
            since: shell.ago(part.since),
        }
    }
}

/// The three views of how the installation does.
pub(crate) fn views(shell: &Shell) -> Vec<Link> {
    let view = |path: &str, key: &str| Link::new(path, shell.t(key)).current(shell.path == path);
    vec![
        view("/operation", "operation-now"),
        view("/operation/runs", "operation-runs"),
        view("/operation/alerts", "operation-alerts"),
    ]
}
