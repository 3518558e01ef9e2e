//! `/api/v1/uploads`: files that go on after a broken line, in the tus protocol 1.0 (core, creation, expiration and
//! termination), so that any client of that protocol works. A client names the file in `Upload-Metadata` as `filename`,
//! and, where it is for a draft, `draft` and `evidence`.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use clock::Timestamp;
use identity::Caller;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Error, Path, openapi::Refusals};

use super::{EXPIRED, Place, Upload, begin::Meant};
use crate::{Services, call::Call};

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,expiration,termination";
/// Characters of what a sender says of a file.
const METADATA_CHARACTERS_MAX: usize = 4_096;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const KNOWN_VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const SIZE_MAX: HeaderName = HeaderName::from_static("tus-max-size");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const METHOD: HeaderName = HeaderName::from_static("x-http-method-override");
/// What the upload became; not of the protocol.
const DOCUMENT: HeaderName = HeaderName::from_static("diwan-document");

const OTHER_VERSION: Refusal = Refusal::new(Kind::Invalid, "upload.version", &[]);
const HEADER: Refusal = Refusal::new(Kind::Invalid, "upload.header", &[]);
const NAMELESS: Refusal = Refusal::new(Kind::Invalid, "document.name_invalid", &[]);
const MEDIA_TYPE: Refusal = Refusal::new(Kind::Invalid, "upload.media_type", &[]);

pub(super) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(create, capabilities))
        .routes(routes!(look, append, end, instead))
        .layer(from_fn(in_protocol))
}

/// A call that names another version is not understood, but for the question what is spoken here; every answer names ours.
async fn in_protocol(request: Request, next: Next) -> Response {
    let spoken = request.headers().get(RESUMABLE).is_none_or(|version| version == VERSION);
    let mut response = match spoken || request.method() == Method::OPTIONS {
        true => next.run(request).await,
        false => {
            let refused = Error::from(OTHER_VERSION.with_item("tus-resumable", "choice", VERSION));
            let mut response = refused.with_status(StatusCode::PRECONDITION_FAILED).into_response();
            response.headers_mut().insert(KNOWN_VERSIONS, HeaderValue::from_static(VERSION));
            response
        }
    };
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// What is spoken here
///
/// The version and the extensions of the protocol, and the largest file.
#[utoipa::path(options, path = "/api/v1/uploads", operation_id = "upload_capabilities", tag = "documents",
    responses((status = 204, description = "In the headers `Tus-Version`, `Tus-Extension` and `Tus-Max-Size`")))]
async fn capabilities(State(services): State<Arc<Services>>) -> Response {
    let size = HeaderValue::from(services.documents.file_bytes_max());
    let headers = [
        (KNOWN_VERSIONS, HeaderValue::from_static(VERSION)),
        (EXTENSION, HeaderValue::from_static(EXTENSIONS)),
        (SIZE_MAX, size),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Begin to send a file
///
/// The protocol is tus 1.0: send the bytes with `PATCH` to the address in `Location`; after a broken line ask with `HEAD`
/// how far it came. `Upload-Metadata` names the file as `filename`; with `draft` and `evidence` it is attached there.
#[utoipa::path(post, path = "/api/v1/uploads", operation_id = "begin_upload", tag = "documents",
    security(("token" = [])),
    params(("Tus-Resumable" = String, Header), ("Upload-Length" = u64, Header),
        ("Upload-Metadata" = String, Header, description = "`filename` and its value in Base64, pairs apart by commas"),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, description = "Its address is in `Location`"), Refusals))]
async fn create(call: Call, headers: HeaderMap) -> Result<Response, Error> {
    let metadata = text(&headers, METADATA).unwrap_or_default().to_owned();
    let bytes = number(&headers, LENGTH).ok_or_else(|| bad(LENGTH))?;
    let meant = meant(metadata, bytes)?;
    let key = call.once("uploads", &(bytes, &meant.metadata))?;
    let upload = call.services.begin_upload(&call.actor, meant, key).await?;
    let place = HeaderValue::try_from(format!("/api/v1/uploads/{}", upload.id))?;
    let headers = [(header::LOCATION, place), (EXPIRES, date(upload.expires_at)?)];
    Ok((StatusCode::CREATED, headers).into_response())
}

/// How far an upload came
#[utoipa::path(head, path = "/api/v1/uploads/{id}", operation_id = "look_at_upload", tag = "documents",
    security(("token" = [])), params(("id" = Uuid, Path), ("Tus-Resumable" = String, Header)),
    responses((status = 200, description = "In the headers `Upload-Offset` and `Upload-Length`"), Refusals))]
async fn look(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Error> {
    let upload = services.own_upload(&actor, id).await.map_err(gone)?;
    let mut response = (StatusCode::OK, stand(&upload)?).into_response();
    let headers = response.headers_mut();
    headers.insert(LENGTH, upload.bytes.into());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if !upload.metadata.is_empty() {
        headers.insert(METADATA, HeaderValue::try_from(upload.metadata)?);
    }
    Ok(response)
}

/// Send the next bytes
///
/// What arrived before the line broke is kept. The answer to the last byte comes when the whole was checked and taken in;
/// `Diwan-Document` is then the id under which it can be attached.
#[utoipa::path(patch, path = "/api/v1/uploads/{id}", operation_id = "go_on_with_upload", tag = "documents",
    security(("token" = [])),
    params(("id" = Uuid, Path), ("Tus-Resumable" = String, Header), ("Upload-Offset" = u64, Header)),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 204, description = "The new place is in `Upload-Offset`"), Refusals))]
async fn append(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    // What is not there is not found, whatever was sent.
    let upload = services.own_upload(&actor, id).await.map_err(gone)?;
    if text(&headers, header::CONTENT_TYPE) != Some("application/offset+octet-stream") {
        return Err(Error::from(MEDIA_TYPE).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let offset = number(&headers, OFFSET).ok_or_else(|| bad(OFFSET))?;
    let upload = services.append(&actor, upload, offset, body).await.map_err(gone)?;
    Ok((StatusCode::NO_CONTENT, stand(&upload)?).into_response())
}

/// Give an upload up
///
/// What arrived of it is removed. A document that it became stays.
#[utoipa::path(delete, path = "/api/v1/uploads/{id}", operation_id = "end_upload", tag = "documents",
    security(("token" = [])), params(("id" = Uuid, Path), ("Tus-Resumable" = String, Header)),
    responses((status = 204), Refusals))]
async fn end(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Error> {
    services.end_upload(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The same through a proxy that knows no other methods
///
/// `X-HTTP-Method-Override` says what is meant: `PATCH`, `HEAD` or `DELETE`.
#[utoipa::path(post, path = "/api/v1/uploads/{id}", operation_id = "upload_by_other_method", tag = "documents",
    security(("token" = [])),
    params(("id" = Uuid, Path), ("X-HTTP-Method-Override" = String, Header),
        ("Idempotency-Key" = Option<String>, Header, description = "Not needed: the offset tells a call that is repeated")),
    responses((status = 204), Refusals))]
async fn instead(
    state: State<Arc<Services>>,
    caller: Caller,
    id: Path<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    match text(&headers, METHOD) {
        Some("PATCH") => append(state, caller, id, headers, body).await,
        Some("HEAD") => look(state, caller, id).await,
        Some("DELETE") => Ok(end(state, caller, id).await?.into_response()),
        _ => {
            // What is not there is not found, whatever was sent.
            state.0.own_upload(&caller.0, id.0).await.map_err(gone)?;
            Err(bad(METHOD).into())
        }
    }
}

/// Where an upload stands, as every answer about it says.
fn stand(upload: &Upload) -> Result<HeaderMap, authz::Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(OFFSET, upload.arrived.into());
    headers.insert(EXPIRES, date(upload.expires_at)?);
    if let Some(document) = upload.document {
        headers.insert(DOCUMENT, HeaderValue::try_from(document.to_string())?);
    }
    Ok(headers)
}

/// An upload that was there and is over is gone, and nobody needs to ask again.
fn gone(failure: authz::Failure) -> Error {
    let expired = failure.refusal().is_some_and(|refusal| refusal.code == EXPIRED.code);
    let error = Error::from(failure);
    if expired { error.with_status(StatusCode::GONE) } else { error }
}

fn bad(name: HeaderName) -> Refusal {
    HEADER.with_item(name.as_str(), "required", "")
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number(headers: &HeaderMap, name: HeaderName) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

/// `Sun, 01 Mar 2026 07:30:00 GMT`, as HTTP writes dates.
fn date(at: Timestamp) -> Result<HeaderValue, authz::Failure> {
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_micros(at.micros().max(0) as u64);
    Ok(HeaderValue::try_from(httpdate::fmt_http_date(time))?)
}

/// Reads what the sender says of a file.
fn meant(metadata: String, bytes: u64) -> Result<Meant, Refusal> {
    if metadata.len() > METADATA_CHARACTERS_MAX {
        return Err(bad(METADATA));
    }
    let said = |name: &str| -> Result<Option<String>, Refusal> {
        let mut pairs =
            metadata.split(',').map(|pair| pair.trim().split_once(' ').unwrap_or((pair.trim(), "")));
        let Some((_, value)) = pairs.find(|(key, _)| *key == name) else { return Ok(None) };
        let bytes = STANDARD.decode(value.trim()).map_err(|_| bad(METADATA))?;
        String::from_utf8(bytes).map(Some).map_err(|_| bad(METADATA))
    };
    let draft = match said("draft")? {
        None => None,
        Some(id) => Some(id.parse().map_err(|_| bad(METADATA))?),
    };
    let evidence = said("evidence")?.unwrap_or_default();
    let name = said("filename")?.filter(|name| !name.trim().is_empty()).ok_or(NAMELESS)?;
    let place = draft.map(|draft| Place { draft, evidence });
    Ok(Meant { name, metadata, bytes, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(metadata: &str, expected: &str) {
        let told = match meant(metadata.to_owned(), 7) {
            Err(refusal) => refusal.code.to_owned(),
            Ok(meant) => {
                let place = meant.place.map(|place| format!(" {} {}", place.draft, place.evidence));
                format!("{}{}", meant.name, place.unwrap_or_default())
            }
        };
        assert_eq!(told, expected, "{metadata}");
    }

    #[test]
    fn what_a_sender_says_is_read_or_refused() {
        check("", "document.name_invalid");
        check("filename", "document.name_invalid");
        check("filename bGVhc2UucGRm", "lease.pdf");
        check("filename 2LnZgtivLnBkZg==,is_confidential", "عقد.pdf");
        check("filename bGVhc2U=, evidence bGVhc2U=", "lease");
        let draft = "draft MDE4ZjAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx,evidence bGVhc2U=,filename YQ==";
        check(draft, "a 018f0000-0000-7000-8000-000000000001 lease");
        check("filename ***", "upload.header");
        check("draft bGVhc2U=,filename YQ==", "upload.header");
        check("filename /w==", "upload.header");
    }
}
