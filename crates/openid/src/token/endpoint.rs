//! `POST /openid/token`: a system exchanges its code. It speaks the language of RFC 6749, since every library reads that: an
//! error is a word in JSON, not a problem of ours.

use std::sync::Arc;

use authz::Failure;
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use web::Form;

use super::{TOKEN_LIFE, claims, exchange::Exchange};
use crate::{
    OpenId,
    asked::Pairs,
    client::{Client, ClientKind, scope_words},
};

/// Letters of a proof: fewer could be guessed (RFC 7636, 4.1).
const VERIFIER_CHARACTERS: std::ops::RangeInclusive<usize> = 43..=128;

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new().route("/openid/token", post(exchange))
}

/// Why there is no token.
struct NoToken {
    status: StatusCode,
    error: &'static str,
}

const CLIENT: NoToken = NoToken { status: StatusCode::UNAUTHORIZED, error: "invalid_client" };
const REQUEST: NoToken = NoToken { status: StatusCode::BAD_REQUEST, error: "invalid_request" };
const GRANT: NoToken = NoToken { status: StatusCode::BAD_REQUEST, error: "invalid_grant" };
const GRANT_TYPE: NoToken = NoToken { status: StatusCode::BAD_REQUEST, error: "unsupported_grant_type" };

/// No, or something of ours that broke.
enum Outcome {
    No(NoToken),
    Broken(Failure),
}

impl From<NoToken> for Outcome {
    fn from(no: NoToken) -> Outcome {
        Outcome::No(no)
    }
}

impl<E: Into<Failure>> From<E> for Outcome {
    fn from(error: E) -> Outcome {
        Outcome::Broken(error.into())
    }
}

impl IntoResponse for NoToken {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(json!({ "error": self.error }))).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let asks = header::HeaderValue::from_static("Basic realm=\"diwan\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, asks);
        }
        response
    }
}

async fn exchange(
    State(openid): State<Arc<OpenId>>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    match openid.exchange(&headers, &Pairs(pairs)).await {
        Ok(tokens) => Ok(Json(tokens).into_response()),
        Err(Outcome::No(no)) => Ok(no.into_response()),
        Err(Outcome::Broken(failure)) => Err(failure.into()),
    }
}

impl OpenId {
    async fn exchange(&self, headers: &HeaderMap, pairs: &Pairs) -> Result<Value, Outcome> {
        let client = self.client_that_calls(headers, pairs).await?;
        if pairs.one("grant_type") != "authorization_code" {
            return Err(GRANT_TYPE.into());
        }
        let (code, verifier) = (pairs.one("code"), pairs.one("code_verifier"));
        if code.is_empty() || !VERIFIER_CHARACTERS.contains(&verifier.len()) {
            return Err(REQUEST.into());
        }
        let (token, now) = (identity::new_one_time_secret(), self.clock.now());
        let verb = Exchange {
            code_hash: identity::secret_hash(code),
            client: client.id,
            redirect_uri: pairs.one("redirect_uri").to_owned(),
            verifier: verifier.to_owned(),
            token_hash: identity::secret_hash(&token),
            at: now,
        };
        let given = self.write(verb).await?.ok_or(GRANT)?;
        let claims = claims::of_sign_in(&self.issuer, client.id, &given, &token, now);
        let scope = format!("openid {}", scope_words(&given.scopes));
        Ok(json!({
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": TOKEN_LIFE.as_secs(),
            "scope": scope.trim_end(),
            "id_token": self.sign("JWT", &claims).await?,
        }))
    }

    /// The system that calls, once it has shown what it must: a secret in one place, or none at all where it can keep none.
    async fn client_that_calls(&self, headers: &HeaderMap, pairs: &Pairs) -> Result<Client, Outcome> {
        let basic =
            headers.get(header::AUTHORIZATION).map(|line| line.to_str().ok().and_then(basic).ok_or(CLIENT));
        let posted = pairs.one("client_secret");
        let (id, secret) = match basic {
            Some(_) if !posted.is_empty() => return Err(REQUEST.into()),
            Some(given) => given?,
            None => (pairs.one("client_id").to_owned(), posted.to_owned()),
        };
        let client = self.client_named(&id).await?.ok_or(CLIENT)?;
        let shown = (!secret.is_empty()).then(|| identity::secret_hash(&secret));
        let fits = match client.kind {
            ClientKind::Confidential => client.secret_hash.is_some() && client.secret_hash == shown,
            ClientKind::Public => shown.is_none(),
        };
        if fits { Ok(client) } else { Err(CLIENT.into()) }
    }
}

/// Name and secret of the header (RFC 6749, 2.3.1): both are encoded as in a form.
fn basic(line: &str) -> Option<(String, String)> {
    let (scheme, given) = line.split_once(' ')?;
    let given = scheme.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(given.trim()).ok()).flatten()?;
    let given = String::from_utf8(given).ok()?;
    let (id, secret) = given.split_once(':')?;
    let plain =
        |word: &str| percent_decode_str(&word.replace('+', " ")).decode_utf8().ok().map(|it| it.into_owned());
    Some((plain(id)?, plain(secret)?))
}
