//! Extractors whose refusals are problems and pages like all others, and never repeat what was typed.

use authz::{Actor, Failure, Item, Kind, Refusal};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use store::OnceKey;

use crate::Error;

/// A JSON body, asked or answered.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// The parts of the path. One that does not parse names nothing: 404.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

/// The query, as `T` with defaults where a parameter may be missing.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// A form as browsers post it.
#[derive(Clone, Copy, Debug)]
pub struct Form<T>(pub T);

/// Under which key the caller may repeat this call, when it sent one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

/// As long as `store::OnceKey` takes.
const KEY_CHARACTERS_MAX: usize = OnceKey::KEY_CHARACTERS_MAX;

impl IdempotencyKey {
    /// Under which name a call on this route is remembered, when it came with a key. `asked` tells a repeated call from
    /// another one under the same key.
    pub fn once(
        &self,
        actor: &Actor,
        route: &str,
        asked: &impl Serialize,
        now: Timestamp,
    ) -> Result<Option<OnceKey>, Failure> {
        let Some(key) = &self.0 else { return Ok(None) };
        let asked = serde_json::to_vec(asked)?;
        Ok(Some(OnceKey::new(format!("{}/{route}", actor.person), key.clone(), &asked, now)))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>, Error> {
        if !is_json(request.headers()) {
            return Err(content_type());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        let mut source = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut source)
            .map_err(|error| misshapen(&error.path().to_string(), error.inner()))?;
        source.end().map_err(|error| misshapen(".", &error))?;
        Ok(Json(value))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Error> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Path(value)).map_err(|_| Error::not_found())
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>, Error> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        let refusal = || Refusal::new(Kind::Invalid, "web.query", &[]);
        query.map(|axum::extract::Query(value)| Query(value)).map_err(|_| refusal().into())
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Form<T>, Error> {
        use axum::extract::rejection::FormRejection;
        let form = axum::extract::Form::from_request(request, state).await;
        form.map(|axum::extract::Form(value)| Form(value)).map_err(|rejection| match rejection {
            FormRejection::InvalidFormContentType(_) => content_type(),
            FormRejection::BytesRejection(rejection) => unread(rejection),
            _ => Refusal::new(Kind::Invalid, "web.form", &[]).into(),
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IdempotencyKey, Error> {
        let Some(given) = parts.headers.get("idempotency-key") else { return Ok(IdempotencyKey(None)) };
        let visible = given.as_bytes().iter().all(u8::is_ascii_graphic);
        match given.to_str() {
            Ok(key) if visible && (1..=KEY_CHARACTERS_MAX).contains(&key.len()) => {
                Ok(IdempotencyKey(Some(key.to_owned())))
            }
            _ => Err(Refusal::new(Kind::Invalid, "idempotency.key_invalid", &[])
                .with_item("Idempotency-Key", "idempotency_key", &KEY_CHARACTERS_MAX.to_string())
                .into()),
        }
    }
}

/// `application/json` or `application/…+json`.
fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let media_type = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

fn content_type() -> Error {
    let refusal = Refusal::new(Kind::Invalid, "web.content_type", &[]);
    Error::from(refusal).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// The body was too large, or did not arrive whole.
fn unread(rejection: BytesRejection) -> Error {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::new(Kind::TooLarge, "web.too_large", &[]).into();
    }
    let refusal = Refusal::new(Kind::Invalid, "web.body", &[]);
    Error::from(refusal).with_status(StatusCode::BAD_REQUEST)
}

/// Not JSON at all is 400; JSON of another shape is 422 and says where. The parser's own message may repeat
/// what was sent, so only the name of a missing field is taken from it.
fn misshapen(path: &str, error: &serde_json::Error) -> Error {
    let refusal = Refusal::new(Kind::Invalid, "web.json", &[]);
    if !error.is_data() {
        let place = format!("{}:{}", error.line(), error.column());
        let item = Item { field: String::new(), code: "json".into(), detail: place };
        return Error::from(refusal.with_items(vec![item])).with_status(StatusCode::BAD_REQUEST);
    }
    let path = if path == "." { "" } else { path };
    let message = error.to_string();
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let (field, code) = match missing {
        Some(name) if path.is_empty() => (name.to_owned(), "required"),
        Some(name) => (format!("{path}.{name}"), "required"),
        None => (path.to_owned(), "shape"),
    };
    refusal.with_item(&field, code, "").into()
}
