//! Alerts over HTTP, for officers of the implementing body.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::{Attack, Caller, Ladder};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{
    ladder::WarningLadder,
    list::{AttackFile, AttacksAsked},
    standing,
};
use crate::{Compliance, call::Call};

/// Alerts of one answer.
const PAGE_ATTACKS: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(reset))
        .routes(routes!(hand_over))
        .routes(routes!(ladder, set_ladder))
}

/// Wrong guesses at one account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttackLine {
    id: Uuid,
    person: Uuid,
    /// `open`, `due`, `answered` or `reset`.
    state: &'static str,
    /// Whether its password may be ended now.
    reset_allowed: bool,
    guesses: i64,
    first_at: String,
    last_at: String,
    warnings: i64,
    /// The case that opened when the password was ended.
    case: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttackPage {
    items: Vec<AttackLine>,
    next: Option<String>,
}

/// A network that guesses came from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttackNetwork {
    network: String,
    guesses: i64,
    first_at: String,
    last_at: String,
}

/// A warning by text message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttackWarning {
    phone: String,
    text: String,
    at: String,
    /// How far it has come, as for other deliveries: `queued`, `sent`, `delayed`, `failed`, `no_means`.
    result: Option<&'static str>,
    /// What the gateway said.
    reason: Option<String>,
    result_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttackFull {
    #[serde(flatten)]
    line: AttackLine,
    sources: Vec<AttackNetwork>,
    warnings_sent: Vec<AttackWarning>,
    /// `reset`, `code`.
    actions: Vec<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResetDone {
    /// The forensic case that opened with it.
    case: Uuid,
}

/// Which document was looked at before the code is handed over.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DocumentSeen {
    /// At least ten characters.
    document: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeHanded {
    /// Told this once; good once, for a day.
    code: String,
}

fn line(kernel: &Compliance, ladder: Ladder, it: &Attack) -> AttackLine {
    let now = kernel.clock.now();
    AttackLine {
        id: it.id,
        person: it.person,
        state: standing(it, ladder, now),
        reset_allowed: it.is_reset_allowed(ladder, now),
        guesses: it.guesses,
        first_at: it.first_at.to_string(),
        last_at: it.last_at.to_string(),
        warnings: it.warnings,
        case: it.matter,
    }
}

fn full(kernel: &Compliance, file: AttackFile) -> AttackFull {
    let line = line(kernel, file.ladder, &file.attack);
    let reset = line.reset_allowed.then_some("reset");
    let code = file.lacks_password.then_some("code");
    AttackFull {
        actions: reset.into_iter().chain(code).collect(),
        line,
        sources: file
            .sources
            .into_iter()
            .map(|it| AttackNetwork {
                network: it.network,
                guesses: it.guesses,
                first_at: it.first_at.to_string(),
                last_at: it.last_at.to_string(),
            })
            .collect(),
        warnings_sent: file
            .warnings
            .into_iter()
            .map(|(it, delivery)| AttackWarning {
                phone: it.phone,
                text: it.text,
                at: it.at.to_string(),
                result: delivery.as_ref().map(|delivery| delivery.state.code()),
                result_at: delivery.as_ref().map(|delivery| delivery.at.to_string()),
                reason: delivery.and_then(|delivery| delivery.reason),
            })
            .collect(),
    }
}

/// Alerts
///
/// Attacks on accounts, the newest first.
#[utoipa::path(get, path = "/api/v1/attacks", operation_id = "list_attacks", tag = "compliance",
    security(("token" = [])), params(AttacksAsked), responses((status = 200, body = AttackPage), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Query(asked): Query<AttacksAsked>,
) -> Result<Json<AttackPage>, web::Error> {
    let listed = kernel.attacks(&actor, &asked, PAGE_ATTACKS).await?;
    let items = listed.attacks.iter().map(|it| line(&kernel, listed.ladder, it)).collect();
    Ok(Json(AttackPage { items, next: (!listed.next.is_empty()).then_some(listed.next) }))
}

/// An alert
///
/// With the networks, the warnings and how each of them travelled.
#[utoipa::path(get, path = "/api/v1/attacks/{id}", operation_id = "show_attack", tag = "compliance",
    security(("token" = [])), params(("id" = Uuid, Path)), responses((status = 200, body = AttackFull), Refusals))]
async fn show(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<AttackFull>, web::Error> {
    let file = kernel.attack_file(&actor, id).await?;
    Ok(Json(full(&kernel, file)))
}

/// End the password
///
/// When enough warnings went unanswered: the password and all sessions end at once, the heads are told, and a forensic case
/// opens.
#[utoipa::path(post, path = "/api/v1/attacks/{id}/reset", operation_id = "reset_attacked_password", tag = "compliance",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ResetDone), Refusals))]
async fn reset(call: Call, Path(id): Path<Uuid>) -> Result<Response, web::Error> {
    let key = call.once("attacks/reset", &id)?;
    let case = call.kernel.reset_password(&call.actor, id, key).await?;
    Ok((StatusCode::CREATED, Json(ResetDone { case })).into_response())
}

/// Hand over a code
///
/// To somebody whose password was ended, in person, after looking at a document. The answer tells the code this once; it is
/// not kept, so a repeated call makes a new one and voids the first.
#[utoipa::path(post, path = "/api/v1/attacks/{id}/code", operation_id = "hand_over_entry_code", tag = "compliance",
    security(("token" = [])), request_body = DocumentSeen, params(("id" = Uuid, Path)),
    responses((status = 201, body = CodeHanded), Refusals))]
async fn hand_over(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Json(body): Json<DocumentSeen>,
) -> Result<Response, web::Error> {
    let code = kernel.hand_over(&actor, id, &body.document).await?;
    Ok((StatusCode::CREATED, Json(CodeHanded { code })).into_response())
}

/// The ladder of warnings
#[utoipa::path(get, path = "/api/v1/attacks/ladder", operation_id = "show_warning_ladder", tag = "compliance",
    security(("token" = [])), responses((status = 200, body = WarningLadder), Refusals))]
async fn ladder(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
) -> Result<Json<WarningLadder>, web::Error> {
    let ladder = kernel.ladder_seen(&actor).await?;
    Ok(Json(WarningLadder::of(ladder)))
}

/// Set the ladder of warnings
///
/// For the administrators and the head of the implementing body: stricter than the packs, never looser. Open alerts follow.
#[utoipa::path(post, path = "/api/v1/attacks/ladder", operation_id = "set_warning_ladder", tag = "compliance",
    security(("token" = [])), request_body = WarningLadder, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn set_ladder(call: Call, Json(body): Json<WarningLadder>) -> Result<StatusCode, web::Error> {
    let key = call.once("attacks/ladder", &body)?;
    call.kernel.set_ladder(&call.actor, body, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
