//! Paper copies over HTTP: asking for one, and saying how it left.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, openapi::Refusals};

use super::Address;
use crate::{Services, call::Call, request::RequestNumber};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(dispatch))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CopyBody {
    recipient: String,
    street: String,
    city: String,
    #[serde(default)]
    phone: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct CopyAnswer {
    id: Uuid,
    state: String,
}

/// Ask for a paper copy by post
#[utoipa::path(post, path = "/api/v1/requests/{number}/copy", operation_id = "ask_for_copy", tag = "requests",
    security(("token" = [])), params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = CopyBody, responses((status = 200, body = CopyAnswer), Refusals))]
async fn ask(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<CopyBody>,
) -> Result<Json<CopyAnswer>, web::Error> {
    let once = call.once(&format!("{number}/copy"), &body)?;
    let CopyBody { recipient, street, city, phone } = body;
    let address = Address { recipient, street, city, phone };
    let id = call.services.ask_for_copy(call.acting(&number, None), address, once).await?;
    Ok(Json(CopyAnswer { id, state: "asked".to_owned() }))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DispatchBody {
    carrier: String,
    /// The number under which the carrier lets it be followed.
    tracking: String,
}

/// Record that a paper copy left
#[utoipa::path(post, path = "/api/v1/copies/{id}/dispatch", operation_id = "dispatch_copy", tag = "desk",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = DispatchBody, responses((status = 200, body = CopyAnswer), Refusals))]
async fn dispatch(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<DispatchBody>,
) -> Result<Json<CopyAnswer>, web::Error> {
    let once = call.once(&format!("copies/{id}"), &body)?;
    call.services.dispatch_copy(&call.actor, id, body.carrier, body.tracking, once).await?;
    Ok(Json(CopyAnswer { id, state: "dispatched".to_owned() }))
}
