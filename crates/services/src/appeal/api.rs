//! Appeals over HTTP: filing one, and deciding it.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::extract::State;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, openapi::Refusals};

use super::{decide::Outcome, file::CONTROLS};
use crate::{Services, request::RequestNumber};

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
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<AppealBody>,
) -> Result<Json<FiledBody>, web::Error> {
    let asked = serde_json::to_vec(&body).unwrap_or_default();
    let once = key.map(|key| services.once(&actor, &format!("{number}/appeal"), key, &asked));
    let id = services.file_appeal(services.acting(&actor, &number, None), body.grounds, once).await?;
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
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<DecideBody>,
) -> Result<Json<FiledBody>, web::Error> {
    let asked = serde_json::to_vec(&body).unwrap_or_default();
    let once = key.map(|key| services.once(&actor, &format!("appeals/{id}"), key, &asked));
    services.appeal_seen(&actor, id).await?;
    let outcome = outcome_named(&body.outcome, body.remedy)?;
    let state = services.decide_appeal(&actor, id, outcome, body.reasons, once).await?;
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
