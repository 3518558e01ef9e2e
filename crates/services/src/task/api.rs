//! The desk over HTTP: the open tasks of the bodies at which the caller holds a role.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Query, openapi::Refusals};

use super::queue::{After, Asked, Task};
use crate::{Services, entry::api::Words};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
}

const PAGE_TASKS_DEFAULT: i64 = 20;
const PAGE_TASKS_MAX: i64 = 100;

/// What narrows and orders the list; each may be left out.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TaskParams {
    /// `verification`, `opinion` or `decision`.
    kind: String,
    /// A service's slug.
    service: String,
    /// `mine`, `nobody`, `open` (mine or nobody's), or the id of a colleague.
    holder: String,
    /// `late`, `today` or `week`.
    due: String,
    /// Delivered on this day or later: `2026-03-01`.
    from: String,
    /// Delivered on this day or before.
    to: String,
    /// `1`: only what its applicant has corrected.
    answered: String,
    /// `urgent`, `oldest` or `newest`.
    sort: String,
    /// Where the page before ended.
    cursor: Option<String>,
    /// How many rows a page has; beyond 1 to 100 the nearest of the two counts.
    limit: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskList {
    pub items: Vec<TaskLine>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskLine {
    /// `verification`, `opinion` or `decision`.
    pub kind: String,
    /// The stage of the service's process.
    pub stage: String,
    pub request: String,
    pub service: String,
    pub service_name: Words,
    /// The officer who holds it; null when nobody does.
    pub holder: Option<String>,
    /// Its applicant has corrected it and waits again.
    pub is_answered: bool,
    pub opened_at: String,
    pub due_at: String,
    pub is_late: bool,
    pub href: String,
}

/// Tasks on my desk, narrowed and ordered; most urgent first unless asked otherwise
#[utoipa::path(get, path = "/api/v1/tasks", operation_id = "list_tasks", tag = "desk", params(TaskParams), security(("token" = [])),
    responses((status = 200, body = TaskList), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<TaskParams>,
) -> Result<Json<TaskList>, web::Error> {
    let limit = params.limit.unwrap_or(PAGE_TASKS_DEFAULT).clamp(1, PAGE_TASKS_MAX);
    let after: Option<After> = Cursor::decode_given(params.cursor.as_deref())?;
    let TaskParams { kind, service, holder, due, from, to, answered, sort, .. } = params;
    let asked = Asked { kind, service, holder, due, from, to, answered, sort, ..Asked::default() };
    let wanted = services.wanted(&asked);
    let after = after.unwrap_or_else(|| wanted.sort.start());
    let tasks = services.desk(&actor, &wanted, after, limit).await?;
    let next = match tasks.last() {
        Some(last) if tasks.len() as i64 == limit => Some(Cursor::encode(&(last.place, last.id))?),
        _ => None,
    };
    let items = tasks.into_iter().map(|task| line(&services, task)).collect();
    Ok(Json(TaskList { items, next }))
}

fn line(services: &Services, task: Task) -> TaskLine {
    let entry = services.directory.entry_by_id(task.entry);
    let (service, service_name) = entry.map_or_else(
        || (String::new(), Words { ar: String::new(), en: String::new() }),
        |entry| (entry.card.id.clone(), (&entry.card.name).into()),
    );
    TaskLine {
        kind: task.kind.word().to_owned(),
        stage: task.stage,
        service,
        service_name,
        holder: task.holder.map(|holder| holder.to_string()),
        is_answered: task.answered,
        opened_at: task.opened_at.to_string(),
        due_at: task.due_at.to_string(),
        is_late: services.clock.now() > task.due_at,
        href: format!("/api/v1/requests/{}", task.number),
        request: task.number,
    }
}
