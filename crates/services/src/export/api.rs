//! Lists as files over HTTP.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::{Caller, MaybeCaller};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, Shell, openapi::Refusals};

use super::{Export, Narrowed, lists::nobody};
use crate::{Services, call::Call, request::api::show::PageParams};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(at_once))
        .routes(routes!(list, ask))
        .routes(routes!(show))
        .routes(routes!(file))
        .routes(routes!(stop))
        .routes(routes!(resume))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Formed {
    /// `csv` (the default), `json` or `ndjson`.
    form: Option<String>,
}

/// A list as a file, at once
///
/// `requests`, `desk`, `delays`, `appeals`, `advice`, `copies`, `services`, `register`, `bodies`, `duties`, `words`,
/// `subscriptions`, `controls`, `inbox`, `notices` or `history`, narrowed by the same words as its page. `services`,
/// `register`, `bodies` and `controls` need no sign-in. A list of more than 10,000 rows is refused with
/// `export.too_long`; ask for it as an export.
#[utoipa::path(get, path = "/api/v1/lists/{list}", operation_id = "take_list", tag = "exports",
    params(("list" = String, Path, description = "Which list"), Formed, Narrowed), security((), ("token" = [])),
    responses((status = 200, description = "The file", content_type = "text/csv"), Refusals))]
async fn at_once(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Path(list): Path<String>,
    Query(formed): Query<Formed>,
    Query(narrowed): Query<Narrowed>,
) -> Result<Response, web::Error> {
    let form = formed.form.as_deref().unwrap_or("csv");
    let actor = caller.unwrap_or_else(nobody);
    let taking = services.taking(&actor, (&list, form), narrowed, shell.lang)?;
    Ok(services.take_at_once(taking).await?)
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Asked {
    /// As in `/api/v1/lists/{list}`.
    list: String,
    /// `csv`, `json` or `ndjson`.
    form: String,
    /// What narrows the list, as in the address of its page.
    #[serde(default)]
    narrowed: Narrowed,
}

#[derive(Debug, Serialize, ToSchema)]
struct ExportView {
    id: Uuid,
    list: &'static str,
    form: &'static str,
    narrowed: Narrowed,
    /// `asked`, `running`, `stopped`, `ready`, `failed` or `expired`.
    state: &'static str,
    /// Rows that are written so far.
    rows: i64,
    /// How many there will be, where somebody counts.
    expected_rows: Option<i64>,
    /// How long the rest takes at the pace so far.
    remaining_seconds: Option<u64>,
    bytes: i64,
    asked_at: String,
    /// When the last part was written.
    changed_at: String,
    expires_at: String,
    /// Why it could not be made.
    reason: Option<String>,
    /// Where the file is, once it is ready.
    file: Option<String>,
    /// What you may do now: `stop`, `resume`, `fetch`.
    actions: &'static [&'static str],
}

#[derive(Debug, Serialize, ToSchema)]
struct ExportList {
    items: Vec<ExportView>,
    next: Option<String>,
}

fn view(services: &Services, export: Export) -> ExportView {
    let now = services.clock.now();
    let state = export.standing(now);
    let remaining = export.remaining().filter(|_| export.acts(now).contains(&"stop"));
    ExportView {
        id: export.id,
        list: export.list.code(),
        form: export.form.code(),
        state,
        rows: export.rows,
        expected_rows: export.expected,
        remaining_seconds: remaining.map(|remaining| remaining.as_secs()),
        actions: export.acts(now),
        bytes: export.bytes,
        asked_at: export.asked_at.to_string(),
        changed_at: export.changed_at.to_string(),
        expires_at: export.expires_at.to_string(),
        reason: (!export.reason.is_empty()).then_some(export.reason),
        file: (state == "ready").then(|| format!("/api/v1/exports/{}/file", export.id)),
        narrowed: export.narrowed,
    }
}

/// My exports, newest first
#[utoipa::path(get, path = "/api/v1/exports", operation_id = "list_exports", tag = "exports", params(PageParams),
    security(("token" = [])), responses((status = 200, body = ExportList), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<PageParams>,
) -> Result<Json<ExportList>, web::Error> {
    let before = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(Uuid::max());
    let limit = params.limit();
    let mut found = services.exports_of(&actor, before, limit + 1).await?;
    let next = Cursor::cut(&mut found, limit as usize, |last| last.id)?;
    Ok(Json(ExportList { items: found.into_iter().map(|export| view(&services, export)).collect(), next }))
}

/// Ask for a list as a file, however long it is
#[utoipa::path(post, path = "/api/v1/exports", operation_id = "ask_for_export", tag = "exports", request_body = Asked,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeating a call under its key acts once")),
    security(("token" = [])), responses((status = 201, body = ExportView), Refusals))]
async fn ask(call: Call, shell: Shell, Json(asked): Json<Asked>) -> Result<Response, web::Error> {
    let once = call.once("exports", &asked)?;
    let Call { services, actor, .. } = call;
    let taking = services.taking(&actor, (&asked.list, &asked.form), asked.narrowed, shell.lang)?;
    let id = services.ask_for(&taking, once).await?;
    let export = services.export_of(&actor, id).await?;
    Ok((StatusCode::CREATED, Json(view(&services, export))).into_response())
}

/// How far an export has come
#[utoipa::path(get, path = "/api/v1/exports/{id}", operation_id = "show_export", tag = "exports",
    params(("id" = Uuid, Path, description = "The export")), security(("token" = [])),
    responses((status = 200, body = ExportView), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ExportView>, web::Error> {
    Ok(Json(view(&services, services.export_of(&actor, id).await?)))
}

/// The file of an export that is ready
#[utoipa::path(get, path = "/api/v1/exports/{id}/file", operation_id = "fetch_export", tag = "exports",
    params(("id" = Uuid, Path, description = "The export")), security(("token" = [])),
    responses((status = 200, description = "The file", content_type = "text/csv"), Refusals))]
async fn file(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    Ok(services.take_made(&actor, id).await?)
}

/// Stop an export that is being made
///
/// What was written stays until the export expires.
#[utoipa::path(post, path = "/api/v1/exports/{id}/stop", operation_id = "stop_export", tag = "exports",
    params(("id" = Uuid, Path, description = "The export")), security(("token" = [])),
    responses((status = 200, body = ExportView), Refusals))]
async fn stop(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ExportView>, web::Error> {
    services.stop_export(&actor, id).await?;
    Ok(Json(view(&services, services.export_of(&actor, id).await?)))
}

/// Go on with an export that was stopped or failed, from where it stopped
#[utoipa::path(post, path = "/api/v1/exports/{id}/resume", operation_id = "resume_export", tag = "exports",
    params(("id" = Uuid, Path, description = "The export")), security(("token" = [])),
    responses((status = 200, body = ExportView), Refusals))]
async fn resume(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ExportView>, web::Error> {
    services.resume_export(&actor, id).await?;
    Ok(Json(view(&services, services.export_of(&actor, id).await?)))
}
