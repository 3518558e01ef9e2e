//! Appeals over HTTP: filing one, and deciding it.

use std::sync::Arc;

use authz::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, openapi::Refusals};

use super::{decide::Outcome, file::CONTROLS};
use crate::{Services, call::Call, request::RequestNumber};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(file)).routes(routes!(decide))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AppealBody {
    /// Why the refusal is wrong, or what the delay does to you.
    grounds: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct FiledBody {
    id: Uuid,
    state: String,
}

/// Appeal against a refusal or a delay
#[utoipa::path(post, path = "/api/v1/requests/{number}/appeal", operation_id = "file_appeal", tag = "requests",
    security(("token" = [])), params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AppealBody, responses((status = 200, body = FiledBody), Refusals))]
async fn file(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<AppealBody>,
) -> Result<Json<FiledBody>, web::Error> {
    let once = call.once(&format!("{number}/appeal"), &body)?;
    let id = call.services.file_appeal(call.acting(&number, None), body.grounds, once).await?;
    Ok(Json(FiledBody { id, state: "open".to_owned() }))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecideBody {
    /// `uphold` or `reject`.
    outcome: String,
    reasons: String,
    /// The way that is left; needed with a rejection.
    #[serde(default)]
    remedy: String,
}

/// Decide an appeal
#[utoipa::path(post, path = "/api/v1/appeals/{id}/decide", operation_id = "decide_appeal", tag = "desk",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = DecideBody, responses((status = 200, body = FiledBody), Refusals))]
async fn decide(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<DecideBody>,
) -> Result<Json<FiledBody>, web::Error> {
    let once = call.once(&format!("appeals/{id}"), &body)?;
    call.services.appeal_seen(&call.actor, id).await?;
    let outcome = outcome_named(&body.outcome, body.remedy)?;
    let state = call.services.decide_appeal(&call.actor, id, outcome, body.reasons, once).await?;
    Ok(Json(FiledBody { id, state }))
}

pub(super) fn outcome_named(word: &str, remedy: String) -> Result<Outcome, Refusal> {
    match word {
        "uphold" => Ok(Outcome::Uphold),
        "reject" => Ok(Outcome::Reject { remedy }),
        _ => Err(Refusal::new(Kind::Invalid, "appeal.reasons_missing", CONTROLS)
            .with_item("outcome", "choice", "")),
    }
}
