//! Tokens over JSON.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Json, Path};

use crate::{Caller, EndToken, Fresh, Identity, Token, session::assurance_word, token};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenInput {
    /// What the caller knows it by.
    #[schema(max_length = 60, example = "My accounting program")]
    name: String,
    /// How long it is good.
    #[schema(minimum = 1, maximum = 365, example = 90)]
    days: u32,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TokenView {
    id: Uuid,
    name: String,
    assurance: &'static str,
    issued_at: String,
    last_used_at: String,
    expires_at: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TokenIssued {
    id: Uuid,
    /// For `Authorization: Bearer`. Shown this once.
    token: String,
    expires_at: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Tokens {
    items: Vec<TokenView>,
}

impl From<Token> for TokenView {
    fn from(token: Token) -> TokenView {
        TokenView {
            id: token.id,
            name: token.name,
            assurance: assurance_word(token.assurance),
            issued_at: token.issued_at.to_string(),
            last_used_at: token.last_used_at.to_string(),
            expires_at: token.expires_at.to_string(),
        }
    }
}

/// The caller's tokens that are still good, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/tokens",
    tag = "identity",
    security(("token" = [])),
    operation_id = "list_tokens",
    responses((status = 200, description = "Open tokens", body = Tokens), web::openapi::Refusals)
)]
pub(super) async fn list(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
) -> Result<Json<Tokens>, web::Error> {
    let open = token::table::open_tokens(&identity.store.read(), actor.person, identity.clock.now()).await?;
    Ok(Json(Tokens { items: open.into_iter().map(TokenView::from).collect() }))
}

/// Issues a token with the assurance of this session. Only a session may ask, and only of somebody who showed lately who they are (`auth.step_up_required`).
#[utoipa::path(
    post,
    path = "/api/v1/tokens",
    tag = "identity",
    security(("token" = [])),
    operation_id = "issue_token",
    request_body = TokenInput,
    responses((status = 201, description = "Issued", body = TokenIssued), web::openapi::Refusals)
)]
pub(super) async fn issue(
    State(identity): State<Arc<Identity>>,
    Fresh(Caller(actor)): Fresh,
    Json(input): Json<TokenInput>,
) -> Result<(StatusCode, Json<TokenIssued>), web::Error> {
    let (shown, token) = identity.issue_token(&actor, &input.name, input.days).await?;
    let issued = TokenIssued { id: token.id, token: shown, expires_at: token.expires_at.to_string() };
    Ok((StatusCode::CREATED, Json(issued)))
}

/// Ends a token of the caller.
#[utoipa::path(
    delete,
    path = "/api/v1/tokens/{id}",
    tag = "identity",
    security(("token" = [])),
    operation_id = "end_token",
    params(("id" = Uuid, Path, description = "The token")),
    responses((status = 204, description = "It has ended"), web::openapi::Refusals)
)]
pub(super) async fn end(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    Path(token): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    identity.write(EndToken { at: identity.clock.now(), person: actor.person, token }).await?;
    Ok(StatusCode::NO_CONTENT)
}
