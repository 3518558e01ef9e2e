//! What every system reads first: where the endpoints are and what they understand, and the keys that sign.

use std::sync::Arc;

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use serde_json::{Value, json};

use crate::{OpenId, client::Scope};

/// How long a system may keep the keys; a token under a key that it does not know makes it ask again.
const KEYS_CACHED_SECONDS: u32 = 300;

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new()
        .route("/.well-known/openid-configuration", get(configuration))
        .route("/openid/jwks", get(keys))
}

async fn configuration(State(openid): State<Arc<OpenId>>) -> web::Json<Value> {
    let at = |path: &str| format!("{}/openid/{path}", openid.issuer);
    let scopes: Vec<&str> =
        std::iter::once("openid").chain(Scope::ALL.iter().map(|scope| scope.word())).collect();
    web::Json(json!({
        "issuer": openid.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("end-session"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "subject_types_supported": ["pairwise"],
        "acr_values_supported": ["basic", "substantial"],
        "prompt_values_supported": ["none", "login", "consent"],
        "claims_supported": ["sub", "auth_time", "acr", "amr", "sid", "name", "locale", "email", "email_verified",
            "phone_number", "phone_number_verified"],
        "ui_locales_supported": ["ar", "en"],
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "authorization_response_iss_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": false,
    }))
}

async fn keys(State(openid): State<Arc<OpenId>>) -> Result<impl IntoResponse, web::Error> {
    let cached = format!("public, max-age={KEYS_CACHED_SECONDS}");
    Ok(([("cache-control", cached)], web::Json(json!({ "keys": openid.published_keys().await? }))))
}
