//! Narrowings over HTTP.

use std::sync::Arc;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Call;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{Held, NewNarrowing, State, table, word_of};
use crate::Permissions;

/// Narrowings of one answer.
const PAGE_NARROWINGS: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Permissions>> {
    OpenApiRouter::new()
        .routes(routes!(list, propose))
        .routes(routes!(show))
        .routes(routes!(decide))
        .routes(routes!(end))
}

/// What an installation narrows of its policies.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyNarrowing {
    id: Uuid,
    capability: String,
    action: String,
    /// `without:<role>`, `assurance:substantial` or `assurance:high`.
    what: String,
    controls: Vec<String>,
    reason: String,
    /// `proposed`, `in_force`, `ending`, `ended` or `refused`.
    state: String,
    proposed_by: Uuid,
    /// RFC 3339.
    proposed_at: String,
    decided_by: Option<Uuid>,
    decided_at: Option<String>,
    words: String,
    end_reason: String,
    end_proposed_by: Option<Uuid>,
}

impl PolicyNarrowing {
    fn of(held: Held) -> PolicyNarrowing {
        PolicyNarrowing {
            id: held.id,
            what: word_of(&held.narrowing.what),
            capability: held.narrowing.capability,
            action: held.narrowing.action,
            controls: held.narrowing.controls,
            reason: held.reason,
            state: held.state.word().to_owned(),
            proposed_by: held.proposed_by,
            proposed_at: held.proposed_at.to_string(),
            decided_by: held.decided_by,
            decided_at: held.decided_at.map(|at| at.to_string()),
            words: held.words,
            end_reason: held.end_reason,
            end_proposed_by: held.end_proposed_by,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NarrowingPage {
    items: Vec<PolicyNarrowing>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NarrowingParams {
    /// Only those in this state.
    state: Option<String>,
    cursor: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NarrowingProposal {
    capability: String,
    action: String,
    /// `without:<role>`, `assurance:substantial` or `assurance:high`.
    what: String,
    /// Ids of controls that it is founded on.
    controls: Vec<String>,
    /// At least ten characters.
    reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NarrowingProposed {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NarrowingDecision {
    agrees: bool,
    /// At least ten characters: why.
    words: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NarrowingEnd {
    /// At least ten characters.
    reason: String,
}

/// What is narrowed, the newest first
///
/// For the competent administration.
#[utoipa::path(get, path = "/api/v1/permissions/narrowings", operation_id = "list_narrowings", tag = "permissions",
    security(("token" = [])), params(NarrowingParams),
    responses((status = 200, body = NarrowingPage), Refusals))]
async fn list(
    call: Call<Permissions>,
    Query(asked): Query<NarrowingParams>,
) -> Result<Json<NarrowingPage>, web::Error> {
    let (door, sql) = (&call.door, call.door.store.read());
    door.acting(&call.actor).check(&sql, "see_narrowings", None).await?;
    let state = asked.state.as_deref().and_then(State::named);
    let before: Uuid = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or(Uuid::max());
    let mut held = table::listed(&sql, state, before, PAGE_NARROWINGS as i64 + 1).await?;
    let next = Cursor::cut(&mut held, PAGE_NARROWINGS, |last| last.id)?;
    Ok(Json(NarrowingPage { items: held.into_iter().map(PolicyNarrowing::of).collect(), next }))
}

/// Propose to narrow what a policy allows
///
/// It is in force when another person of the competent administration has agreed.
#[utoipa::path(post, path = "/api/v1/permissions/narrowings", operation_id = "propose_narrowing", tag = "permissions",
    security(("token" = [])), request_body = NarrowingProposal,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = NarrowingProposed), Refusals))]
async fn propose(
    call: Call<Permissions>,
    Json(asked): Json<NarrowingProposal>,
) -> Result<Response, web::Error> {
    let key = call.once("narrowings", &asked, call.door.clock.now())?;
    let NarrowingProposal { capability, action, what, controls, reason } = asked;
    let wish = NewNarrowing { capability, action, what, controls, reason };
    let id = call.door.propose_narrowing(&call.actor, wish, key).await?;
    Ok((StatusCode::CREATED, Json(NarrowingProposed { id })).into_response())
}

/// One narrowing
#[utoipa::path(get, path = "/api/v1/permissions/narrowings/{id}", operation_id = "see_narrowing", tag = "permissions",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = PolicyNarrowing), Refusals))]
async fn show(call: Call<Permissions>, Path(id): Path<Uuid>) -> Result<Json<PolicyNarrowing>, web::Error> {
    Ok(Json(PolicyNarrowing::of(call.door.narrowing(&call.actor, id).await?)))
}

/// Agree to what was proposed, or do not
///
/// Never by whoever proposed it.
#[utoipa::path(post, path = "/api/v1/permissions/narrowings/{id}/decide", operation_id = "decide_narrowing",
    tag = "permissions", security(("token" = [])), request_body = NarrowingDecision,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn decide(
    call: Call<Permissions>,
    Path(id): Path<Uuid>,
    Json(asked): Json<NarrowingDecision>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("narrowings/decide", &(&id, &asked), call.door.clock.now())?;
    call.door.narrowing(&call.actor, id).await?;
    call.door.decide_narrowing(&call.actor, (id, asked.agrees), asked.words, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Propose that a narrowing ends
#[utoipa::path(post, path = "/api/v1/permissions/narrowings/{id}/end", operation_id = "end_narrowing",
    tag = "permissions", security(("token" = [])), request_body = NarrowingEnd,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    call: Call<Permissions>,
    Path(id): Path<Uuid>,
    Json(asked): Json<NarrowingEnd>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("narrowings/end", &(&id, &asked), call.door.clock.now())?;
    call.door.narrowing(&call.actor, id).await?;
    call.door.propose_end(&call.actor, id, asked.reason, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
