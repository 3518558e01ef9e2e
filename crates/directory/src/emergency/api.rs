//! Who is named for emergencies, over HTTP.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use compliance::Door;
use identity::{Caller, Fresh};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    Emergency,
    name::{EmergencyWish, NameForEmergency},
    withdraw::WithdrawEmergency,
};
use crate::{Desk, Directories, connection::subject_of};

pub(crate) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list, name)).routes(routes!(withdraw))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EmergencyLine {
    id: Uuid,
    person: Uuid,
    reason: String,
    named_by: Uuid,
    named_at: String,
    /// The first moment at which it no longer counts.
    until: String,
    ended_at: Option<String>,
    /// How often somebody got in by it.
    uses: i64,
    used_at: Option<String>,
}

impl EmergencyLine {
    fn of(held: Emergency) -> EmergencyLine {
        EmergencyLine {
            id: held.id,
            person: held.person,
            reason: held.reason,
            named_by: held.named_by,
            named_at: held.named_at.to_string(),
            until: held.until.to_string(),
            ended_at: held.ended_at.map(|at| at.to_string()),
            uses: held.uses,
            used_at: held.used_at.map(|at| at.to_string()),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EmergencyLines {
    items: Vec<EmergencyLine>,
    next: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct EmergenciesAsked {
    /// From the answer before.
    cursor: String,
}

/// Who gets in while the staff directory of a body is silent
///
/// For administrators of the body, the newest first.
#[utoipa::path(get, path = "/api/v1/staff-directories/{body}/emergencies", operation_id = "list_emergencies",
    tag = "staff-directory", security(("token" = [])), params(("body" = String, Path), EmergenciesAsked),
    responses((status = 200, body = EmergencyLines), Refusals))]
async fn list(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Query(asked): Query<EmergenciesAsked>,
) -> Result<Json<EmergencyLines>, web::Error> {
    let body = directories.own_body(&actor, "see", &slug).await?;
    let listed = directories.emergencies(&actor, body, &asked.cursor).await?;
    let items = listed.emergencies.into_iter().map(EmergencyLine::of).collect();
    Ok(Json(EmergencyLines { items, next: listed.next }))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EmergencyNamed {
    id: Uuid,
}

/// Name somebody for emergencies
///
/// While the directory is silent, this person signs in with the password that is kept here. Each use is told to those who
/// answer for security.
#[utoipa::path(post, path = "/api/v1/staff-directories/{body}/emergencies", operation_id = "name_for_emergency",
    tag = "staff-directory", security(("token" = [])), request_body = EmergencyWish,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = EmergencyNamed), Refusals))]
async fn name(
    State(directories): State<Arc<Directories>>,
    Fresh(Caller(actor)): Fresh,
    key: IdempotencyKey,
    Path(slug): Path<String>,
    Json(wish): Json<EmergencyWish>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "emergencies", &(&slug, &wish), directories.clock.now())?;
    let body = directories.own_body(&actor, "name", &slug).await?;
    let verb = NameForEmergency { acting: directories.acting(&actor), body, wish };
    let id = directories.carry_out(&actor, &subject_of(body), verb, key).await?;
    Ok((StatusCode::CREATED, Json(EmergencyNamed { id })).into_response())
}

/// Withdraw somebody who was named for emergencies
#[utoipa::path(post, path = "/api/v1/emergencies/{id}/end", operation_id = "withdraw_emergency",
    tag = "staff-directory", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn withdraw(
    State(directories): State<Arc<Directories>>,
    Fresh(Caller(actor)): Fresh,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "emergencies/end", &id, directories.clock.now())?;
    let held = directories.emergency(&actor, id).await?;
    let verb = WithdrawEmergency { acting: directories.acting(&actor), emergency: id };
    directories.carry_out(&actor, &held.ledger_subject(), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
