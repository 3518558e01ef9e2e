//! The same over JSON: how the installation does, its alerts, and taking one upon oneself.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use language::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, IdempotencyKey, Json, Path, Query, openapi::Refusals};

use crate::{
    Operation,
    alert::{self, Alert},
    component::{self, Component},
    run::{self, Run},
};

const PAGE_ALERTS: usize = 50;
/// Runs that the overview lists.
const RUNS_LISTED: i64 = 20;

pub(crate) fn routes() -> OpenApiRouter<Arc<Operation>> {
    OpenApiRouter::new().routes(routes!(overview)).routes(routes!(list_alerts)).routes(routes!(acknowledge))
}

/// A part that is watched.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchedPart {
    name: String,
    /// `ok`, `warn`, `fail` or `off`.
    state: String,
    /// In English.
    said: String,
    /// RFC 3339.
    checked_at: String,
    since: String,
}

/// A backup or a restore test.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperationRun {
    id: Uuid,
    /// `backup` or `restore_test`.
    kind: String,
    /// `schedule` or `hand`.
    by: String,
    /// `running`, `done` or `failed`.
    state: String,
    started_at: String,
    ended_at: Option<String>,
    /// SHA-256 of the backup.
    snapshot: String,
    files: i64,
    bytes: i64,
    added_bytes: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperationOverview {
    parts: Vec<WatchedPart>,
    runs: Vec<OperationRun>,
    open_alerts: Vec<OperationAlert>,
}

/// Something that is watched failed or fell silent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperationAlert {
    id: Uuid,
    component: String,
    /// In English.
    said: String,
    /// RFC 3339.
    opened_at: String,
    cleared_at: Option<String>,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<Uuid>,
    note: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperationAlertPage {
    items: Vec<OperationAlert>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationAlertParams {
    pub cursor: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AcknowledgeBody {
    /// What is done about it; at most 500 characters.
    note: String,
}

/// How the installation does
///
/// For administrators of the competent administration.
#[utoipa::path(get, path = "/api/v1/operation", operation_id = "see_operation", tag = "operation",
    security(("token" = [])), responses((status = 200, body = OperationOverview), Refusals))]
async fn overview(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
) -> Result<Json<OperationOverview>, web::Error> {
    operation.permitted(&actor, "see").await?;
    let sql = operation.store.read();
    let parts = component::table::components(&sql).await?;
    let runs = run::table::list(&sql, run::table::AFTER_ALL, RUNS_LISTED).await?;
    let open = alert::table::open(&sql).await?;
    Ok(Json(OperationOverview {
        parts: parts.iter().map(|part| operation.part(part)).collect(),
        runs: runs.into_iter().map(OperationRun::of).collect(),
        open_alerts: open.iter().map(|alert| operation.alert(alert)).collect(),
    }))
}

/// Alerts, the newest first
///
/// For administrators of the competent administration.
#[utoipa::path(get, path = "/api/v1/operation/alerts", operation_id = "list_alerts", tag = "operation",
    security(("token" = [])), params(OperationAlertParams),
    responses((status = 200, body = OperationAlertPage), Refusals))]
async fn list_alerts(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    Query(params): Query<OperationAlertParams>,
) -> Result<Json<OperationAlertPage>, web::Error> {
    operation.permitted(&actor, "see").await?;
    let after = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(alert::table::AFTER_ALL);
    let sql = operation.store.read();
    let mut alerts = alert::table::list(&sql, after, PAGE_ALERTS as i64 + 1).await?;
    let next = Cursor::cut(&mut alerts, PAGE_ALERTS, |last| (last.opened_at.0, last.id))?;
    Ok(Json(OperationAlertPage { items: alerts.iter().map(|alert| operation.alert(alert)).collect(), next }))
}

/// Take an alert upon yourself
///
/// Acknowledged once; asked again it is refused with `alert.acknowledged`. With an `Idempotency-Key` the same call answers
/// the same again.
#[utoipa::path(post, path = "/api/v1/operation/alerts/{alert}/acknowledge", operation_id = "acknowledge_alert",
    tag = "operation", security(("token" = [])), request_body = AcknowledgeBody,
    params(("alert" = Uuid, Path)), responses((status = 200, body = OperationAlert), Refusals))]
async fn acknowledge(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(alert): Path<Uuid>,
    Json(body): Json<AcknowledgeBody>,
) -> Result<Json<OperationAlert>, web::Error> {
    let key = key.once(&actor, "alerts/acknowledge", &(alert, &body), operation.clock.now())?;
    operation.acknowledge(&actor, alert, body.note, key).await?;
    let found = alert::table::find(&operation.store.read(), alert).await?;
    Ok(Json(operation.alert(&found.ok_or_else(authz::Refusal::not_found)?)))
}

impl Operation {
    fn part(&self, part: &Component) -> WatchedPart {
        WatchedPart {
            name: part.name.clone(),
            state: part.state.word().to_owned(),
            said: part.said.sentence(&self.texts, Lang::En),
            checked_at: part.checked_at.to_string(),
            since: part.since.to_string(),
        }
    }

    fn alert(&self, alert: &Alert) -> OperationAlert {
        OperationAlert {
            id: alert.id,
            component: alert.component.clone(),
            said: alert.said.sentence(&self.texts, Lang::En),
            opened_at: alert.opened_at.to_string(),
            cleared_at: alert.cleared_at.map(|at| at.to_string()),
            acknowledged_at: alert.acknowledged_at.map(|at| at.to_string()),
            acknowledged_by: alert.acknowledged_by,
            note: alert.note.clone(),
        }
    }
}

impl OperationRun {
    fn of(run: Run) -> OperationRun {
        OperationRun {
            id: run.id,
            kind: run.kind.word().to_owned(),
            by: run.by.word().to_owned(),
            state: run.state.word().to_owned(),
            started_at: run.started_at.to_string(),
            ended_at: run.ended_at.map(|at| at.to_string()),
            snapshot: run.snapshot,
            files: run.files,
            bytes: run.bytes,
            added_bytes: run.added_bytes,
        }
    }
}
