//! The staff directory of a body over HTTP.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{extract::State, http::StatusCode};
use compliance::Door;
use identity::{Caller, Fresh};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, openapi::Refusals};

use super::{end::EndConnection, subject_of, table, wish::ConnectionWish};
use crate::{Desk, Directories};

pub(crate) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(show, set)).routes(routes!(try_out)).routes(routes!(end))
}

/// The directory of a body. The password of the account that looks people up is never shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffDirectoryView {
    host: String,
    port: u16,
    /// `ldaps`, `starttls` or `plain`.
    channel: &'static str,
    authorities: String,
    base: String,
    filter: String,
    attribute: String,
    reader: String,
    set_at: String,
    answered_at: Option<String>,
    failed_at: Option<String>,
    /// Why it failed last, as a word; empty when it never did.
    fault: String,
    said: String,
}

impl Directories {
    /// A body of the caller by its slug. Bodies are public, so another one is refused and not hidden.
    pub(crate) async fn own_body(
        &self,
        actor: &Actor,
        act: &'static str,
        slug: &str,
    ) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(&self.store.read(), slug).await?;
        let body = body.ok_or_else(Refusal::not_found)?.id;
        self.acting(actor).check(act, body, None)?;
        Ok(body)
    }
}

/// The staff directory of a body
///
/// For administrators of the body.
#[utoipa::path(get, path = "/api/v1/staff-directories/{body}", operation_id = "show_staff_directory",
    tag = "staff-directory", security(("token" = [])), params(("body" = String, Path)),
    responses((status = 200, body = StaffDirectoryView), Refusals))]
async fn show(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Json<StaffDirectoryView>, web::Error> {
    let body = directories.own_body(&actor, "see", &slug).await?;
    let sql = directories.store.read();
    let kept = table::find(&sql, body).await?.ok_or_else(Refusal::not_found)?;
    let health = table::health(&sql, body).await?.unwrap_or_default();
    Ok(Json(StaffDirectoryView {
        host: kept.host,
        port: kept.port,
        channel: kept.channel.word(),
        authorities: kept.authorities,
        base: kept.base,
        filter: kept.filter,
        attribute: kept.attribute,
        reader: kept.reader,
        set_at: kept.set_at.to_string(),
        answered_at: health.answered_at.map(|at| at.to_string()),
        failed_at: health.failed_at.map(|at| at.to_string()),
        fault: health.fault,
        said: health.said,
    }))
}

/// Put a staff directory in force
///
/// It is tried first, with the account of whoever asks, and stored only when that worked. From then on the staff of the body
/// sign in with the password of the directory.
#[utoipa::path(put, path = "/api/v1/staff-directories/{body}", operation_id = "set_staff_directory",
    tag = "staff-directory", security(("token" = [])), params(("body" = String, Path)),
    request_body = ConnectionWish, responses((status = 204), Refusals))]
async fn set(
    State(directories): State<Arc<Directories>>,
    Fresh(Caller(actor)): Fresh,
    Path(slug): Path<String>,
    Json(wish): Json<ConnectionWish>,
) -> Result<StatusCode, web::Error> {
    let body = directories.own_body(&actor, "set", &slug).await?;
    match directories.set_connection(&actor, body, &wish).await? {
        None => Ok(StatusCode::NO_CONTENT),
        Some(fault) => Err(fault.refusal().into()),
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffDirectoryTrial {
    works: bool,
    /// At which of `reach`, `secure`, `reader`, `search` and `account` it failed; empty when it works.
    stage: &'static str,
    /// What failed, as a word.
    fault: &'static str,
    /// What the other side said.
    said: String,
}

/// Try the staff directory that is in force
///
/// With the account of whoever asks; nothing is changed.
#[utoipa::path(post, path = "/api/v1/staff-directories/{body}/trial", operation_id = "try_staff_directory",
    tag = "staff-directory", security(("token" = [])), params(("body" = String, Path)),
    responses((status = 200, body = StaffDirectoryTrial), Refusals))]
async fn try_out(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Json<StaffDirectoryTrial>, web::Error> {
    let body = directories.own_body(&actor, "see", &slug).await?;
    let fault = directories.try_connection(&actor, body).await?;
    Ok(Json(StaffDirectoryTrial {
        works: fault.is_none(),
        stage: fault.as_ref().map_or("", |fault| fault.stage.word()),
        fault: fault.as_ref().map_or("", |fault| fault.word),
        said: fault.map(|fault| fault.said).unwrap_or_default(),
    }))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct StaffDirectoryEnding {
    /// At least ten characters.
    #[schema(max_length = 2000)]
    reason: String,
}

/// Take a staff directory out of force
///
/// The passwords that are kept here count again. Who answers for security is told.
#[utoipa::path(post, path = "/api/v1/staff-directories/{body}/end", operation_id = "end_staff_directory",
    tag = "staff-directory", security(("token" = [])), request_body = StaffDirectoryEnding,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    State(directories): State<Arc<Directories>>,
    Fresh(Caller(actor)): Fresh,
    key: IdempotencyKey,
    Path(slug): Path<String>,
    Json(asked): Json<StaffDirectoryEnding>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "staff-directories/end", &(&slug, &asked), directories.clock.now())?;
    let body = directories.own_body(&actor, "end", &slug).await?;
    let verb = EndConnection { acting: directories.acting(&actor), body, reason: asked.reason };
    directories.carry_out(&actor, &subject_of(body), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
