//! Attestations over HTTP.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{confirm::Confirm, list::AttestationsAsked, name::NameAttester};
use crate::Door;
use crate::{Compliance, call::Call};

/// Attestations of one answer.
const PAGE_ATTESTATIONS: usize = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(confirm)).routes(routes!(name))
}

/// What a person confirms for a body, again and again.
#[derive(Debug, Serialize, ToSchema)]
struct AttestationLine {
    control: String,
    /// The body's slug.
    body: String,
    /// Who is named to confirm; nobody where it is whoever leads the body.
    person: Option<Uuid>,
    /// `confirmed`, `due`, `overdue` or `failed`.
    state: String,
    confirmed_at: Option<String>,
    due_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct AttestationPage {
    items: Vec<AttestationLine>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct AttestationWords {
    /// `holds` or `fails`: that the duty does not hold opens a finding.
    outcome: String,
    /// What was looked at; at least ten characters.
    words: String,
    /// A document of yours that shows it, from `POST /api/v1/documents`.
    document: Option<Uuid>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct AttesterNamed {
    /// Empty for all attestations of the body.
    control: String,
    /// Somebody with a role at the body; nobody gives it back to whoever leads it.
    person: Option<Uuid>,
}

/// Attestations
///
/// The next that is due first: of all bodies for those who oversee them, of the own body for its people, and those that
/// are yours to confirm.
#[utoipa::path(get, path = "/api/v1/attestations", operation_id = "list_attestations", tag = "compliance",
    security(("token" = [])), params(AttestationsAsked),
    responses((status = 200, body = AttestationPage), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Query(asked): Query<AttestationsAsked>,
) -> Result<Json<AttestationPage>, web::Error> {
    let listed = kernel.attestations(&actor, &asked, PAGE_ATTESTATIONS).await?;
    let (bodies, now) = (kernel.bodies_by_id().await?, kernel.clock.now());
    let line = |it: super::Attestation| AttestationLine {
        body: bodies.get(&it.body).map(|body| body.slug.clone()).unwrap_or_default(),
        person: it.person,
        state: it.standing(now).word().to_owned(),
        confirmed_at: it.confirmed_at.map(|at| at.to_string()),
        due_at: it.due_at.to_string(),
        control: it.control,
    };
    let items = listed.held.into_iter().map(line).collect();
    Ok(Json(AttestationPage { items, next: Some(listed.next).filter(|next| !next.is_empty()) }))
}

/// Confirm a duty for a body
#[utoipa::path(post, path = "/api/v1/attestations/{body}/{control}/confirm", operation_id = "confirm_attestation",
    tag = "compliance", security(("token" = [])), request_body = AttestationWords,
    params(("body" = String, Path), ("control" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn confirm(
    call: Call,
    Path((slug, control)): Path<(String, String)>,
    Json(body): Json<AttestationWords>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("attestations/confirm", &(&slug, &control, &body))?;
    let subject = format!("attestation/{slug}/{control}");
    let document = match body.document {
        Some(id) => {
            let found = documents::find(&call.kernel.store.read(), id).await?;
            Some((id, found.map(|it| it.name).unwrap_or_default()))
        }
        None => None,
    };
    let (acting, packs) = (call.acting(), call.kernel.packs.clone());
    let AttestationWords { outcome, words, .. } = body;
    let verb = Confirm { acting, packs, body: slug, control, outcome, words, document };
    call.kernel.carry_out(&call.actor, &subject, verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Name who confirms for a body
///
/// For its head and its administrators, and for the competent administration.
#[utoipa::path(post, path = "/api/v1/attestations/{body}/attester", operation_id = "name_attester",
    tag = "compliance", security(("token" = [])), request_body = AttesterNamed,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn name(
    call: Call,
    Path(slug): Path<String>,
    Json(body): Json<AttesterNamed>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("attestations/attester", &(&slug, &body))?;
    let subject = format!("attestation/{slug}/");
    let verb = NameAttester { acting: call.acting(), body: slug, control: body.control, person: body.person };
    call.kernel.carry_out(&call.actor, &subject, verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
