//! Intakes from storage media over HTTP.

use std::sync::Arc;

use axum::{
    extract::{DefaultBodyLimit, Multipart, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, openapi::Refusals};

use super::{Carrier, INTAKES_SHOWN, Intake, Scan, table};
use crate::{
    Services,
    call::Call,
    request::{RequestNumber, act::visible},
    upload::UPLOAD_BYTES_MAX,
};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list, take)).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

/// The words first, then the files, as `multipart/form-data`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the body; the body itself is streamed and never held as a whole")]
pub(crate) struct IntakeBody {
    /// Why the records could not be supplied automatically.
    reason: String,
    carrier: Carrier,
    /// What is written on the carrier.
    label: String,
    handed_by: String,
    /// May stand several times.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IntakeLine {
    id: Uuid,
    reason: String,
    carrier: Carrier,
    label: String,
    handed_by: String,
    at: String,
    files: Vec<FileLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileLine {
    name: String,
    sha256: String,
    bytes: i64,
    /// What the malware scanner said.
    scan: Scan,
    /// Absent for a file that was not kept.
    document: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IntakeId {
    id: Uuid,
}

/// What came on storage media for a request
#[utoipa::path(get, path = "/api/v1/requests/{number}/intakes", operation_id = "list_intakes", tag = "requests",
    security(("token" = [])), params(("number" = String, Path)),
    responses((status = 200, body = Vec<IntakeLine>), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
) -> Result<Json<Vec<IntakeLine>>, web::Error> {
    let request = visible(&services.store.read(), &services.policies, &actor, &number).await?;
    let held = table::of_request(&services.store.read(), request.id, INTAKES_SHOWN).await?;
    Ok(Json(held.into_iter().map(line).collect()))
}

/// Take in records from storage media
///
/// Each file is hashed and scanned; one in which malware is found is recorded and not kept.
#[utoipa::path(post, path = "/api/v1/requests/{number}/intakes", operation_id = "take_intake", tag = "requests",
    security(("token" = [])), params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = IntakeBody, content_type = "multipart/form-data"),
    responses((status = 201, body = IntakeId), Refusals))]
async fn take(
    call: Call,
    Path(number): Path<RequestNumber>,
    form: Multipart,
) -> Result<Response, web::Error> {
    call.services.may_take_media(&call.actor, &number).await?;
    let mut posted = call.services.posted_media(&call.actor, form).await?;
    let files: Vec<&str> = posted.files.iter().map(|file| file.sha256.as_str()).collect();
    let once = call.once(&format!("{number}/intakes"), &(posted.word("reason"), files))?;
    let id = call.services.take_media(&call.actor, &number, &mut posted, once).await?;
    Ok((StatusCode::CREATED, Json(IntakeId { id })).into_response())
}

fn line(held: Intake) -> IntakeLine {
    let files = held.files.into_iter().map(|file| FileLine {
        name: file.name,
        sha256: file.sha256,
        bytes: file.bytes,
        scan: file.scan,
        document: file.document,
    });
    IntakeLine {
        id: held.id,
        reason: held.reason,
        carrier: held.carrier,
        label: held.label,
        handed_by: held.handed_by,
        at: held.at.to_string(),
        files: files.collect(),
    }
}
