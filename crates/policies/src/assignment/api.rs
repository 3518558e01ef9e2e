//! Acknowledgements over HTTP: one's own, and those that a policy asks of everybody.

use std::sync::Arc;

use authz::Failure;
use axum::{extract::State, http::StatusCode};
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    Assignment,
    acknowledge::Acknowledge,
    board::{BoardAsked, Share},
    ledger_subject,
};
use crate::Register;

/// Assignments of one answer.
const PAGE_ASSIGNMENTS: usize = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Register>> {
    OpenApiRouter::new().routes(routes!(mine)).routes(routes!(acknowledge)).routes(routes!(of_policy))
}

/// Something that somebody has to acknowledge.
#[derive(Debug, Serialize, ToSchema)]
struct AcknowledgementLine {
    id: Uuid,
    policy: Uuid,
    person: Uuid,
    body: Uuid,
    unit: Option<Uuid>,
    /// The number of a clause; empty for the policy as a whole.
    clause: String,
    /// `acknowledged`, `outstanding` or `overdue`.
    state: &'static str,
    due_at: String,
    acknowledged_at: Option<String>,
}

/// A policy that binds you.
#[derive(Debug, Serialize, ToSchema)]
struct OwnPolicyLine {
    policy: Uuid,
    title_ar: String,
    title_en: String,
    /// The version in force.
    version: i64,
    /// The newest version that you acknowledged as a whole.
    last_acknowledged: Option<i64>,
    /// Whether these two are the same.
    is_current: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct OwnAcknowledgements {
    policies: Vec<OwnPolicyLine>,
    items: Vec<AcknowledgementLine>,
}

/// How far the people are who are asked the same.
#[derive(Debug, Serialize, ToSchema)]
struct AcknowledgementShare {
    /// The number of a clause; empty for the policy as a whole.
    clause: String,
    /// Nothing over everybody who is asked.
    body: Option<Uuid>,
    unit: Option<Uuid>,
    people: i64,
    acknowledged: i64,
    overdue: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct AcknowledgementPage {
    items: Vec<AcknowledgementLine>,
    next: Option<String>,
    /// First over everybody, then unit by unit, from the appointments as they are now.
    shares: Vec<AcknowledgementShare>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct AcknowledgementsAsked {
    /// `overdue`, `outstanding` or `acknowledged`.
    state: String,
    unit: Option<Uuid>,
    cursor: String,
}

fn line(it: Assignment, now: clock::Timestamp) -> AcknowledgementLine {
    AcknowledgementLine {
        id: it.id,
        policy: it.policy,
        person: it.person,
        body: it.body,
        unit: it.unit,
        state: it.standing(now).word(),
        due_at: it.due_at.to_string(),
        acknowledged_at: it.acknowledged_at.map(|at| at.to_string()),
        clause: it.clause,
    }
}

/// What you have to acknowledge, and what you have acknowledged
///
/// Of the versions in force; what is open first.
#[utoipa::path(get, path = "/api/v1/acknowledgements", operation_id = "list_own_acknowledgements", tag = "policies",
    security(("token" = [])), responses((status = 200, body = OwnAcknowledgements), Refusals))]
async fn mine(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
) -> Result<Json<OwnAcknowledgements>, web::Error> {
    let now = register.clock.now();
    let (own, held) = register.own(&actor).await?;
    let policies = own.into_iter().map(|it| OwnPolicyLine {
        policy: it.policy,
        title_ar: it.title.ar,
        title_en: it.title.en,
        version: it.version,
        is_current: it.last_acknowledged == Some(it.version),
        last_acknowledged: it.last_acknowledged,
    });
    let items = held.into_iter().map(|it| line(it, now)).collect();
    Ok(Json(OwnAcknowledgements { policies: policies.collect(), items }))
}

/// Acknowledge a policy, or one clause of it
#[utoipa::path(post, path = "/api/v1/acknowledgements/{id}", operation_id = "acknowledge_policy", tag = "policies",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn acknowledge(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "acknowledgements", &id, register.clock.now())?;
    let verb = Acknowledge { acting: register.acting(&actor), assignment: id };
    register.carry_out(&actor, &ledger_subject(id), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who has acknowledged the version in force
///
/// For those who own it, lead or audit the body, and oversee all bodies.
#[utoipa::path(get, path = "/api/v1/policies/{id}/acknowledgements", operation_id = "list_acknowledgements",
    tag = "policies", security(("token" = [])), params(("id" = Uuid, Path), AcknowledgementsAsked),
    responses((status = 200, body = AcknowledgementPage), Refusals))]
async fn of_policy(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Query(asked): Query<AcknowledgementsAsked>,
) -> Result<Json<AcknowledgementPage>, web::Error> {
    let unit = asked.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let asked = BoardAsked { state: asked.state, unit, cursor: asked.cursor };
    Ok(Json(page(&register, &actor, id, &asked).await?))
}

async fn page(
    register: &Register,
    actor: &authz::Actor,
    id: Uuid,
    asked: &BoardAsked,
) -> Result<AcknowledgementPage, Failure> {
    let board = register.board(actor, id, asked, PAGE_ASSIGNMENTS).await?;
    let now = register.clock.now();
    let share = |it: Share| AcknowledgementShare {
        clause: it.clause,
        body: it.body,
        unit: it.unit,
        people: it.counted.people,
        acknowledged: it.counted.acknowledged,
        overdue: it.counted.overdue,
    };
    Ok(AcknowledgementPage {
        items: board.held.into_iter().map(|it| line(it, now)).collect(),
        next: Some(board.next).filter(|next| !next.is_empty()),
        shares: board.shares.into_iter().map(share).collect(),
    })
}
