//! The desk over HTTP: the open tasks of the bodies at which the caller holds a role.

use std::sync::Arc;

use authz::Actor;
use axum::extract::State;
use identity::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Query, openapi::Refusals};

use super::{
    Task,
    table::{self, Narrowed},
};
use crate::{
    Services,
    entry::api::Words,
    request::{Desk, api::show::PageParams},
};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
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
    pub opened_at: String,
    pub due_at: String,
    pub is_late: bool,
    pub href: String,
}

/// Tasks on my desk, most urgent first
#[utoipa::path(get, path = "/api/v1/tasks", operation_id = "list_tasks", tag = "desk", params(PageParams), security(("token" = [])),
    responses((status = 200, body = TaskList), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<PageParams>,
) -> Result<Json<TaskList>, web::Error> {
    let after = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or((i64::MIN, Uuid::nil()));
    let limit = params.limit();
    let tasks = services.desk(&actor, after, limit).await?;
    let next = match tasks.last() {
        Some(last) if tasks.len() as i64 == limit => Some(Cursor::encode(&(last.due_at.0, last.id))?),
        _ => None,
    };
    let items = tasks.into_iter().map(|task| line(&services, task)).collect();
    Ok(Json(TaskList { items, next }))
}

impl Services {
    /// Open tasks of every desk that the person sits at, merged, most urgent first.
    pub async fn desk(
        &self,
        actor: &Actor,
        after: table::After,
        limit: i64,
    ) -> Result<Vec<Task>, authz::Failure> {
        let mut tasks = Vec::new();
        for desk in desks(actor) {
            let narrowed = Narrowed::default();
            tasks.extend(table::open_at(&self.store.read(), &desk, narrowed, after, limit).await?);
        }
        tasks.sort_by_key(|task| (task.due_at, task.id));
        tasks.truncate(limit as usize);
        Ok(tasks)
    }
}

/// Roles on whose desks no requests are laid.
const ROLES_WITHOUT_DESK: [&str; 5] = ["author", "verifier", "legal_reviewer", "auditor", "administrator"];

/// The desks at which a person sits: one for each body and role.
pub(crate) fn desks(actor: &Actor) -> Vec<Desk> {
    let mut desks: Vec<Desk> = Vec::new();
    for role in actor.roles.iter().filter(|role| !ROLES_WITHOUT_DESK.contains(&role.name.as_str())) {
        let desk = Desk { role: role.name.clone(), body: role.body };
        if !desks.contains(&desk) {
            desks.push(desk);
        }
    }
    desks
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
        opened_at: task.opened_at.to_string(),
        due_at: task.due_at.to_string(),
        is_late: services.clock.now() > task.due_at,
        href: format!("/api/v1/requests/{}", task.number),
        request: task.number,
    }
}
