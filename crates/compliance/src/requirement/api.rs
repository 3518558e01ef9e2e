//! Requirements of one body over HTTP.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{
    end::EndRequirement,
    set::{RequirementWish, SetRequirement},
};
use crate::Door;
use crate::{Compliance, call::Call};

/// Requirements of one answer.
const PAGE_REQUIREMENTS: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new().routes(routes!(list, set)).routes(routes!(end))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct RequirementsAsked {
    cursor: String,
}

/// What one body has to keep beyond the documents.
#[derive(Debug, Serialize, ToSchema)]
struct BodyRequirement {
    id: Uuid,
    /// A number of the documents; empty for a duty in words.
    parameter: String,
    value: String,
    duty: String,
    reason: String,
    from: String,
    /// `body` or `competent_administration`.
    origin: &'static str,
    /// `ahead`, `in_force` or `ended`.
    state: &'static str,
    end_reason: String,
}

/// A number that is stricter for this body than in the documents.
#[derive(Debug, Serialize, ToSchema)]
struct EffectiveValue {
    parameter: String,
    value: String,
    /// What the documents ask of everybody.
    baseline: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct BodyRequirements {
    items: Vec<BodyRequirement>,
    next: Option<String>,
    /// The numbers in force that are stricter than the documents.
    effective: Vec<EffectiveValue>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct RequirementBody {
    /// A number of the documents, as `/api/v1/controls/{id}` names it; empty for a duty in words.
    parameter: String,
    /// Stricter than the documents ask: `60 days`.
    value: String,
    /// What is to be kept, where it is no number.
    duty: String,
    /// At least ten characters.
    reason: String,
    /// The first day: `2026-03-01`; today or later.
    from: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct RequirementSet {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct RequirementEnd {
    /// At least ten characters.
    reason: String,
}

/// What one body has to keep beyond the documents
///
/// For those who see how the body stands. The newest first.
#[utoipa::path(get, path = "/api/v1/compliance/bodies/{body}/requirements", operation_id = "list_requirements",
    tag = "compliance", security(("token" = [])), params(("body" = String, Path), RequirementsAsked),
    responses((status = 200, body = BodyRequirements), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Query(asked): Query<RequirementsAsked>,
) -> Result<Json<BodyRequirements>, web::Error> {
    let listed = kernel.requirements(&actor, &slug, &asked.cursor, PAGE_REQUIREMENTS).await?;
    let now = kernel.clock.now();
    let line = |it: super::Requirement| BodyRequirement {
        state: it.standing(now).word(),
        origin: if it.is_national { "competent_administration" } else { "body" },
        id: it.id,
        from: it.from_at.to_string(),
        parameter: it.parameter,
        value: it.value,
        duty: it.duty,
        reason: it.reason,
        end_reason: it.end_reason,
    };
    let effective = listed.effective.values().filter_map(|it| {
        let baseline = kernel.packs.parameter(&it.id)?.value.to_string();
        Some(EffectiveValue { parameter: it.id.clone(), value: it.value.to_string(), baseline })
    });
    Ok(Json(BodyRequirements {
        effective: effective.collect(),
        items: listed.held.into_iter().map(line).collect(),
        next: Some(listed.next).filter(|next| !next.is_empty()),
    }))
}

/// Require more of one body
///
/// For the body's head and administrators; and for the competent administration, which attaches it. A number must be
/// stricter than the documents ask.
#[utoipa::path(post, path = "/api/v1/compliance/bodies/{body}/requirements", operation_id = "set_requirement",
    tag = "compliance", security(("token" = [])), request_body = RequirementBody,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RequirementSet), Refusals))]
async fn set(
    call: Call,
    Path(slug): Path<String>,
    Json(body): Json<RequirementBody>,
) -> Result<Response, web::Error> {
    let key = call.once("requirements", &(&slug, &body))?;
    let RequirementBody { parameter, value, duty, reason, from } = body;
    let subject = format!("body/{slug}");
    let wish = RequirementWish { body: slug, parameter, value, duty, reason, from };
    let verb = SetRequirement { acting: call.acting(), packs: call.kernel.packs.clone(), wish };
    let id = call.kernel.carry_out(&call.actor, &subject, verb, key).await?;
    Ok((StatusCode::CREATED, Json(RequirementSet { id })).into_response())
}

/// End a requirement
///
/// The body ends its own; what the competent administration attached, it alone ends.
#[utoipa::path(post, path = "/api/v1/compliance/requirements/{id}/end", operation_id = "end_requirement",
    tag = "compliance", security(("token" = [])), request_body = RequirementEnd,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<RequirementEnd>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("requirements/end", &(&id, &body))?;
    let verb = EndRequirement { acting: call.acting(), requirement: id, reason: body.reason };
    call.kernel.carry_out(&call.actor, &format!("requirement/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
