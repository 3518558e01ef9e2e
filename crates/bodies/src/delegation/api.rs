//! Delegations over HTTP.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use clock::Timestamp;
use identity::Caller;
use organisations::Delegation;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::act::DelegationWish;
use crate::Bodies;

pub(crate) fn routes() -> OpenApiRouter<Arc<Bodies>> {
    OpenApiRouter::new()
        .routes(routes!(list, ask))
        .routes(routes!(show))
        .routes(routes!(decide))
        .routes(routes!(end))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct DelegationsAsked {
    /// From the answer before.
    cursor: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegationLine {
    id: Uuid,
    body: Uuid,
    delegator: Uuid,
    delegate: Uuid,
    powers: Vec<String>,
    topics: String,
    /// `asked`, `refused`, `ahead`, `in_force` or `ended`.
    state: &'static str,
    from: String,
    /// The first moment at which it no longer holds.
    until: String,
    decided_by: Option<Uuid>,
    decided_at: Option<String>,
    ended_by: Option<Uuid>,
    reason: String,
}

impl DelegationLine {
    fn of(it: Delegation, now: Timestamp) -> DelegationLine {
        DelegationLine {
            id: it.id,
            body: it.body,
            delegator: it.delegator,
            delegate: it.delegate,
            state: it.state(now).word(),
            from: it.from.to_string(),
            until: it.over_at.to_string(),
            decided_by: it.decided_by,
            decided_at: it.decided_at.map(|at| at.to_string()),
            ended_by: it.ended_by,
            powers: it.powers,
            topics: it.topics,
            reason: it.reason,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegationPage {
    items: Vec<DelegationLine>,
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegationMade {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DelegationRuling {
    approves: bool,
    /// Needed for a no.
    reason: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DelegationEnd {
    reason: String,
}

/// Delegations that you gave or were given
#[utoipa::path(get, path = "/api/v1/delegations", operation_id = "list_delegations", tag = "bodies",
    security(("token" = [])), params(DelegationsAsked),
    responses((status = 200, body = DelegationPage), Refusals))]
async fn list(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Query(asked): Query<DelegationsAsked>,
) -> Result<Json<DelegationPage>, web::Error> {
    let (found, next) = bodies.delegations_of(&actor, &asked.cursor).await?;
    let now = bodies.kernel.clock.now();
    Ok(Json(DelegationPage {
        items: found.into_iter().map(|it| DelegationLine::of(it, now)).collect(),
        next,
    }))
}

/// One delegation
#[utoipa::path(get, path = "/api/v1/delegations/{id}", operation_id = "show_delegation", tag = "bodies",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = DelegationLine), Refusals))]
async fn show(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DelegationLine>, web::Error> {
    let it = bodies.acting(&actor).delegation(&bodies.kernel.store.read(), id).await?;
    Ok(Json(DelegationLine::of(it, bodies.kernel.clock.now())))
}

/// Ask to delegate powers of your own
///
/// To a colleague at the same body, for a period, in named matters. It holds once a keeper of the body approved it.
#[utoipa::path(post, path = "/api/v1/delegations", operation_id = "ask_delegation", tag = "bodies",
    security(("token" = [])), request_body = DelegationWish,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = DelegationMade), Refusals))]
async fn ask(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(wish): Json<DelegationWish>,
) -> Result<(StatusCode, Json<DelegationMade>), web::Error> {
    let once = key.once(&actor, "delegations", &wish, bodies.kernel.clock.now())?;
    let id = bodies.ask_delegation(&actor, &wish, once).await?;
    Ok((StatusCode::CREATED, Json(DelegationMade { id })))
}

/// Approve or refuse a delegation
#[utoipa::path(post, path = "/api/v1/delegations/{id}/decide", operation_id = "decide_delegation", tag = "bodies",
    security(("token" = [])), request_body = DelegationRuling,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn decide(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    key: IdempotencyKey,
    Json(ruling): Json<DelegationRuling>,
) -> Result<StatusCode, web::Error> {
    let once = key.once(&actor, &format!("delegations/{id}/decide"), &ruling, bodies.kernel.clock.now())?;
    bodies.decide_delegation(&actor, id, (ruling.approves, &ruling.reason), once).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a delegation before its time
#[utoipa::path(post, path = "/api/v1/delegations/{id}/end", operation_id = "end_delegation", tag = "bodies",
    security(("token" = [])), request_body = DelegationEnd,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    key: IdempotencyKey,
    Json(asked): Json<DelegationEnd>,
) -> Result<StatusCode, web::Error> {
    let once = key.once(&actor, &format!("delegations/{id}/end"), &asked, bodies.kernel.clock.now())?;
    bodies.end_delegation(&actor, id, &asked.reason, once).await?;
    Ok(StatusCode::NO_CONTENT)
}
