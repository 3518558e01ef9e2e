//! The provider's approval of a form over the API.

use std::sync::Arc;

use authz::Failure;
use axum::extract::State;
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{IdempotencyKey, Json, Path, openapi::Refusals};

use super::approval::{Approval, Approve};
use crate::Services;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(approve))
}

/// Whether the provider agrees to the form of a waiting version.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApprovalBody {
    agrees: bool,
}

/// Who agreed so far, and against which version of the standard.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApprovedBody {
    approvals: Vec<SideBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SideBody {
    /// `provider` or `administration`.
    side: String,
    standard: String,
    at: String,
}

/// Agree to the form of a version, or take the approval back
///
/// Registering a version gives the provider's approval; without it the version is not published.
#[utoipa::path(post, path = "/api/v1/services/{id}/versions/{version}/form-approval", tag = "services",
    security(("token" = [])),
    params(("id" = String, Path), ("version" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ApprovalBody,
    responses((status = 200, body = ApprovedBody), Refusals))]
async fn approve(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    // The act is the same however often it is repeated.
    IdempotencyKey(_): IdempotencyKey,
    Path((slug, version)): Path<(String, i64)>,
    Json(body): Json<ApprovalBody>,
) -> Result<Json<ApprovedBody>, web::Error> {
    let subject = format!("service/{slug}");
    let (policies, clock) = (services.policies.clone(), services.clock.clone());
    let verb = Approve { actor: actor.clone(), slug, version, agrees: body.agrees, policies, clock };
    let outcome: Result<Vec<Approval>, Failure> = services.store.write(verb).await;
    let approvals = services.noted(&actor, &subject, outcome).await?;
    let side = |approval: Approval| SideBody {
        side: approval.side,
        standard: approval.standard,
        at: approval.at.to_string(),
    };
    Ok(Json(ApprovedBody { approvals: approvals.into_iter().map(side).collect() }))
}
