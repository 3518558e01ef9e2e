//! `/openid/userinfo`: what a person agreed to show, for whoever holds the access token.

use std::sync::Arc;

use authz::Failure;
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use identity::PhonePurpose;
use serde_json::{Value, json};

use super::{claims, table};
use crate::{OpenId, consent};

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new().route("/openid/userinfo", get(show).post(show))
}

async fn show(State(openid): State<Arc<OpenId>>, headers: HeaderMap) -> Result<Response, web::Error> {
    let given = headers.get(header::AUTHORIZATION).and_then(|line| line.to_str().ok());
    let token = given.and_then(|line| line.split_once(' '));
    let token =
        token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let claims = match token {
        Some(token) => openid.told(token).await?,
        None => None,
    };
    Ok(claims.map_or_else(refused, |claims| Json(claims).into_response()))
}

/// RFC 6750, 3.
fn refused() -> Response {
    let asks = [(header::WWW_AUTHENTICATE, "Bearer realm=\"diwan\", error=\"invalid_token\"")];
    (StatusCode::UNAUTHORIZED, asks, Json(json!({ "error": "invalid_token" }))).into_response()
}

impl OpenId {
    /// What a token opens; nothing once it, its session or the person's consent has ended.
    async fn told(&self, token: &str) -> Result<Option<Value>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let Some(token) = table::token(&sql, &identity::secret_hash(token), now).await? else {
            return Ok(None);
        };
        if identity::open_session(&sql, token.session, now).await?.is_none() {
            return Ok(None);
        }
        let Some(consent) = consent::table::find(&sql, token.client, token.person).await? else {
            return Ok(None);
        };
        let Some(person) = identity::person(&sql, token.person).await? else { return Ok(None) };
        let phone = identity::phone(&sql, person.id).await?;
        let proven = phone.is_some_and(|phone| {
            phone.number == person.phone && phone.purposes().contains(&PhonePurpose::SecondFactor)
        });
        Ok(Some(claims::of_person(consent.subject, &token.scopes, &person, proven)))
    }
}
