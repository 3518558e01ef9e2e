//! Own controls of a body over HTTP.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, openapi::Refusals};

use super::{
    OwnControl,
    add::{AddOwnControl, Wish},
    end::EndOwnControl,
    table,
};
use crate::Door;
use crate::{Compliance, call::Call};

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(end))
}

/// What a body asks of itself beyond the documents.
#[derive(Debug, Serialize, ToSchema)]
struct OwnControlLine {
    id: String,
    title: String,
    duty: String,
    /// What it is limited to, as the ledger names it; empty for everything that the body does.
    subject: String,
    cadence_days: i64,
    added_at: String,
    ended_at: Option<String>,
}

/// At most 200: a body has no more in its life.
#[derive(Debug, Serialize, ToSchema)]
struct OwnControls {
    items: Vec<OwnControlLine>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct OwnControlWish {
    title: String,
    /// What has to hold; at least ten characters.
    duty: String,
    /// `service/residence-certificate`; empty for everything that the body does.
    subject: String,
    /// Every how many days it is confirmed, 1 to 730.
    cadence_days: i64,
    /// Who follows it up: somebody with a role at the body.
    owner: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
struct OwnControlAdded {
    /// By which it is confirmed, as any attested control.
    id: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct OwnControlEnd {
    /// At least ten characters.
    reason: String,
}

/// The own controls of a body, ended ones too
#[utoipa::path(get, path = "/api/v1/compliance/bodies/{body}/controls", operation_id = "list_own_controls",
    tag = "compliance", security(("token" = [])), params(("body" = String, Path)),
    responses((status = 200, body = OwnControls), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Json<OwnControls>, web::Error> {
    let body = kernel.seen_body(&kernel.acting(&actor), &slug).await?;
    let held = table::of_body(&kernel.store.read(), body.id).await?;
    let line = |it: OwnControl| OwnControlLine {
        id: it.id,
        title: it.title,
        duty: it.duty,
        subject: it.subject,
        cadence_days: it.cadence_days,
        added_at: it.added_at.to_string(),
        ended_at: it.ended_at.map(|at| at.to_string()),
    };
    Ok(Json(OwnControls { items: held.into_iter().map(line).collect() }))
}

/// Add an own control to a body
///
/// For its head and its administrators. It is confirmed at `POST /api/v1/attestations/{body}/{control}/confirm`.
#[utoipa::path(post, path = "/api/v1/compliance/bodies/{body}/controls", operation_id = "add_own_control",
    tag = "compliance", security(("token" = [])), request_body = OwnControlWish,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = OwnControlAdded), Refusals))]
async fn add(
    call: Call,
    Path(slug): Path<String>,
    Json(asked): Json<OwnControlWish>,
) -> Result<Response, web::Error> {
    let key = call.once("own_controls", &(&slug, &asked))?;
    let OwnControlWish { title, duty, subject, cadence_days, owner } = asked;
    let wish = Wish { title, duty, subject, cadence_days: cadence_days.to_string(), owner };
    let name = format!("body/{slug}");
    let verb = AddOwnControl { acting: call.acting(), body: slug, wish };
    let id = call.kernel.carry_out(&call.actor, &name, verb, key).await?;
    Ok((StatusCode::CREATED, Json(OwnControlAdded { id })).into_response())
}

/// End an own control of a body
#[utoipa::path(post, path = "/api/v1/compliance/bodies/{body}/controls/{control}/end",
    operation_id = "end_own_control", tag = "compliance", security(("token" = [])), request_body = OwnControlEnd,
    params(("body" = String, Path), ("control" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    call: Call,
    Path((slug, control)): Path<(String, String)>,
    Json(asked): Json<OwnControlEnd>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("own_controls/end", &(&slug, &control, &asked))?;
    let subject = format!("control/{control}");
    let verb = EndOwnControl { acting: call.acting(), body: slug, control, reason: asked.reason };
    call.kernel.carry_out(&call.actor, &subject, verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
