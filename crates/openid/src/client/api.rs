//! Systems over HTTP, for whoever administers a body.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    Client, change::ChangeClient, desk::SystemsAsked, end::EndClient, level_word, register::RegisterClient,
    wish::ClientWish,
};
use crate::OpenId;

pub(crate) fn routes() -> OpenApiRouter<Arc<OpenId>> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(show, change))
        .routes(routes!(secret))
        .routes(routes!(end))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SystemLine {
    /// The `client_id` of the system.
    id: Uuid,
    body: Uuid,
    name_ar: String,
    name_en: String,
    /// `confidential` or `public`.
    kind: &'static str,
    redirect_uris: Vec<String>,
    after_logout_uris: Vec<String>,
    logout_uri: String,
    /// Of `profile`, `email` and `phone`.
    scopes: Vec<&'static str>,
    /// `basic` or `substantial`.
    assurance: &'static str,
    secret_at: Option<String>,
    registered_at: String,
    registered_by: Uuid,
    ended_at: Option<String>,
}

impl SystemLine {
    fn of(client: Client) -> SystemLine {
        SystemLine {
            id: client.id,
            body: client.body,
            name_ar: client.name.ar,
            name_en: client.name.en,
            kind: client.kind.word(),
            redirect_uris: client.redirect_uris,
            after_logout_uris: client.after_logout_uris,
            logout_uri: client.logout_uri,
            scopes: client.scopes.iter().map(|scope| scope.word()).collect(),
            assurance: level_word(client.assurance),
            secret_at: client.secret_at.map(|at| at.to_string()),
            registered_at: client.registered_at.to_string(),
            registered_by: client.registered_by,
            ended_at: client.ended_at.map(|at| at.to_string()),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SystemPage {
    items: Vec<SystemLine>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SystemTelling {
    /// The slug of one of your bodies; it stays what it is when a system is changed.
    #[schema(example = "civil-registry")]
    body: String,
    #[schema(max_length = 120)]
    name_ar: String,
    #[schema(max_length = 120)]
    name_en: String,
    /// `confidential` or `public`.
    #[schema(example = "confidential")]
    kind: String,
    /// Where people are sent back to, compared letter by letter: `https://…`, or `http://` on the person's own machine.
    #[schema(max_items = 10)]
    redirect_uris: Vec<String>,
    /// Where people may be sent after they signed out here.
    #[schema(max_items = 10)]
    after_logout_uris: Vec<String>,
    /// Where logout tokens are posted; empty for none.
    logout_uri: String,
    /// Of `profile`, `email` and `phone`.
    scopes: Vec<String>,
    /// `basic` or `substantial`.
    #[schema(example = "basic")]
    assurance: String,
}

impl SystemTelling {
    fn wish(self) -> ClientWish {
        ClientWish {
            body: self.body,
            name_ar: self.name_ar,
            name_en: self.name_en,
            kind: self.kind,
            redirect_uris: self.redirect_uris,
            after_logout_uris: self.after_logout_uris,
            logout_uri: self.logout_uri,
            scopes: self.scopes,
            assurance: self.assurance,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SystemRegistered {
    id: Uuid,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SystemSecret {
    /// Shown this once. The one before is void.
    secret: String,
}

/// Connected systems
///
/// Of the bodies that you administer, the newest first.
#[utoipa::path(get, path = "/api/v1/systems", operation_id = "list_systems", tag = "openid",
    security(("token" = [])), params(SystemsAsked), responses((status = 200, body = SystemPage), Refusals))]
async fn list(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Query(asked): Query<SystemsAsked>,
) -> Result<Json<SystemPage>, web::Error> {
    let listed = openid.systems(&actor, &asked).await?;
    Ok(Json(SystemPage {
        items: listed.clients.into_iter().map(SystemLine::of).collect(),
        next: listed.next,
    }))
}

/// Connect a system
///
/// Its id is the `client_id`. A confidential system gets its secret by a call of its own.
#[utoipa::path(post, path = "/api/v1/systems", operation_id = "register_system", tag = "openid",
    security(("token" = [])), request_body = SystemTelling,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = SystemRegistered), Refusals))]
async fn register(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(asked): Json<SystemTelling>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "systems", &asked, openid.clock.now())?;
    let (acting, reach) = (openid.acting(&actor), openid.courier.reach().clone());
    let verb = RegisterClient { acting, reach, wish: asked.wish() };
    let id = openid.carry_out(&actor, "systems", verb, key).await?;
    Ok((StatusCode::CREATED, Json(SystemRegistered { id })).into_response())
}

/// One connected system
#[utoipa::path(get, path = "/api/v1/systems/{id}", operation_id = "show_system", tag = "openid",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = SystemLine), Refusals))]
async fn show(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<SystemLine>, web::Error> {
    Ok(Json(SystemLine::of(openid.kept(&actor, id).await?)))
}

/// Change a connected system
#[utoipa::path(put, path = "/api/v1/systems/{id}", operation_id = "change_system", tag = "openid",
    security(("token" = [])), request_body = SystemTelling, params(("id" = Uuid, Path)),
    responses((status = 204), Refusals))]
async fn change(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Json(asked): Json<SystemTelling>,
) -> Result<StatusCode, web::Error> {
    openid.kept(&actor, id).await?;
    let (acting, reach) = (openid.acting(&actor), openid.courier.reach().clone());
    let verb = ChangeClient { acting, reach, client: id, wish: asked.wish() };
    openid.carry_out(&actor, &format!("system/{id}"), verb, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a new secret for a confidential system
///
/// The one before is void at once. No idempotency key is taken, since the answer would have to be kept.
#[utoipa::path(post, path = "/api/v1/systems/{id}/secret", operation_id = "renew_system_secret", tag = "openid",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 201, body = SystemSecret), Refusals))]
async fn secret(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let secret = openid.renew_secret(&actor, id).await?;
    Ok((StatusCode::CREATED, Json(SystemSecret { secret })).into_response())
}

/// Take a connected system out of use
#[utoipa::path(post, path = "/api/v1/systems/{id}/end", operation_id = "end_system", tag = "openid",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "systems/end", &id, openid.clock.now())?;
    let verb = EndClient { acting: openid.acting(&actor), client: id };
    openid.carry_out(&actor, &format!("system/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
