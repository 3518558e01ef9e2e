//! Sessions over JSON: signing in, and what else is signed in.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Json, Path};

use crate::{
    Caller, Credentials, EndAllSessions, EndSession, Identity, Origin, PERSISTENT_FORBIDDEN, Session, Step,
    confirmation::page::Typed, cookies, session::assurance_word,
};

const CODE_REQUIRED: Refusal = Refusal::new(Kind::NotIdentified, "auth.code_required", &["LY-SVC-8.1"]);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInInput {
    /// The national number, in digits of any script.
    #[schema(max_length = 40, example = "119900000001")]
    identifier: String,
    #[schema(max_length = 512)]
    password: String,
    /// Of the second factor, for whoever has one.
    #[schema(max_length = 12)]
    code: Option<String>,
    /// No session outlives its time: `true` is refused with `auth.persistent_session_forbidden`.
    #[serde(default, alias = "remember")]
    persistent: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    id: Uuid,
    /// Family of browser and system.
    device: String,
    assurance: &'static str,
    started_at: String,
    last_seen_at: String,
    ends_at: String,
    /// What the person showed last: `password`, `app`, `key`, `sms` or `recovery`.
    factor: String,
    /// From where it was opened: `main`, `dmz` or `outside`; empty where it is not known.
    zone: &'static str,
    /// What its holder calls the device that showed itself in it; empty when none did.
    bound_device: String,
    /// Whether this call came with it.
    current: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Sessions {
    items: Vec<SessionView>,
}

impl SessionView {
    fn of(session: Session, current: Option<Uuid>) -> SessionView {
        SessionView {
            current: Some(session.id) == current,
            id: session.id,
            device: session.device,
            assurance: assurance_word(session.assurance),
            started_at: session.started_at.to_string(),
            last_seen_at: session.last_seen_at.to_string(),
            ends_at: session.ends_at.to_string(),
            factor: session.factor,
            zone: session.zone.map(crate::Zone::word).unwrap_or_default(),
            bound_device: session.bound_name,
        }
    }
}

/// The open sessions of the caller, the latest used first.
#[utoipa::path(
    get,
    path = "/api/v1/sessions",
    tag = "identity",
    security(("token" = [])),
    operation_id = "list_sessions",
    responses((status = 200, description = "Open sessions", body = Sessions), web::openapi::Refusals)
)]
pub(super) async fn list(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
) -> Result<Json<Sessions>, web::Error> {
    let open = identity.sessions(&caller.0).await?;
    let current = caller.session();
    Ok(Json(Sessions { items: open.into_iter().map(|one| SessionView::of(one, current)).collect() }))
}

/// Signs in. The session travels in the cookie `diwan_session`.
#[utoipa::path(
    post,
    path = "/api/v1/sessions",
    tag = "identity",
    operation_id = "sign_in",
    request_body = SignInInput,
    responses((status = 201, description = "Signed in", body = SessionView), web::openapi::Refusals)
)]
pub(super) async fn open(
    State(identity): State<Arc<Identity>>,
    origin: Origin,
    Json(input): Json<SignInInput>,
) -> Result<Response, web::Error> {
    if input.persistent {
        return Err(PERSISTENT_FORBIDDEN.into());
    }
    let typed = Credentials { identifier: input.identifier, password: input.password, code: input.code };
    match identity.sign_in(&typed, &origin).await? {
        Step::CodeNeeded { .. } => Err(CODE_REQUIRED.with_item("code", "required", "").into()),
        Step::Opened(opened) => {
            let lines = identity.session_cookies(&opened);
            let current = Some(opened.session.id);
            let view = Json(SessionView::of(opened.session, current));
            let mut response = (StatusCode::CREATED, view).into_response();
            cookies::add(response.headers_mut(), lines);
            Ok(response)
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmInput {
    /// Of the second factor, or a recovery code, for whoever has one.
    #[schema(max_length = 24)]
    #[serde(default)]
    code: String,
    /// For whoever has no second factor.
    #[schema(max_length = 512)]
    #[serde(default)]
    password: String,
}

/// Shows again who sits at this session. What is sensitive asks for it with `auth.step_up_required`.
#[utoipa::path(
    post,
    path = "/api/v1/sessions/confirm",
    tag = "identity",
    security(("token" = [])),
    operation_id = "confirm_session",
    request_body = ConfirmInput,
    responses((status = 204, description = "Shown"), web::openapi::Refusals)
)]
pub(super) async fn confirm(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    origin: Origin,
    Json(input): Json<ConfirmInput>,
) -> Result<StatusCode, web::Error> {
    let typed = Typed::spoken(input.code, input.password);
    identity.confirm(&caller, &typed, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends every session of the caller but the one of this call.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions",
    tag = "identity",
    security(("token" = [])),
    operation_id = "end_other_sessions",
    responses((status = 204, description = "They have ended"), web::openapi::Refusals)
)]
pub(super) async fn end_others(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
) -> Result<StatusCode, web::Error> {
    let (person, keep) = (caller.0.person, caller.session());
    identity.write(EndAllSessions { actor: person, at: identity.clock.now(), person, keep }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one session of the caller.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/{id}",
    tag = "identity",
    security(("token" = [])),
    operation_id = "end_session",
    params(("id" = Uuid, Path, description = "The session")),
    responses((status = 204, description = "It has ended"), web::openapi::Refusals)
)]
pub(super) async fn end(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    Path(session): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    identity.write(EndSession { at: identity.clock.now(), person: actor.person, session }).await?;
    Ok(StatusCode::NO_CONTENT)
}
