//! The matrix over HTTP.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, openapi::Refusals};

use crate::Permissions;

pub(crate) fn routes() -> OpenApiRouter<Arc<Permissions>> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A role that may do something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermittedRole {
    /// `any` where the process or a table names it.
    role: String,
    /// Where it is held: `own` (the body concerned), `administration`, `either`, `implementing_body`, `supervising_body`.
    at: String,
    /// What the person must be to the thing besides.
    person: Option<String>,
}

/// One act on one kind of thing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermittedAct {
    capability: String,
    action: String,
    /// The kind of thing that it is done to.
    kind: String,
    roles: Vec<PermittedRole>,
    /// Whoever may by what they are to the thing: `applicant`.
    persons: Vec<String>,
    anyone: bool,
    /// Ids of the policies that permit it.
    permits: Vec<String>,
    /// Ids of the policies that set limits.
    limits: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionMatrix {
    items: Vec<PermittedAct>,
}

/// Which role may do what
///
/// Worked out from the policies in force as the program came; what the installation narrows is in
/// `/api/v1/permissions/narrowings`.
#[utoipa::path(get, path = "/api/v1/permissions", operation_id = "list_permissions", tag = "permissions",
    security(("token" = [])), responses((status = 200, body = PermissionMatrix), Refusals))]
async fn list(State(door): State<Arc<Permissions>>, Caller(_): Caller) -> Json<PermissionMatrix> {
    let items = door.policies.matrix().map(|row| PermittedAct {
        capability: row.capability.to_owned(),
        action: row.action.clone(),
        kind: row.kind.clone(),
        roles: row
            .roles
            .iter()
            .map(|held| PermittedRole {
                role: held.role.clone(),
                at: held.at.clone(),
                person: held.person.clone(),
            })
            .collect(),
        persons: row.persons.clone(),
        anyone: row.anyone,
        permits: row.permits.clone(),
        limits: row.limits.clone(),
    });
    Json(PermissionMatrix { items: items.collect() })
}
