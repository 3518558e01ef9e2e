//! Uploading a document over HTTP, before it is attached to a request.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::{
    extract::{DefaultBodyLimit, Multipart},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use clock::DAY;
use compliance::Door;
use documents::{Accept, Classification, Document};
use serde::{Deserialize, Serialize};
use store::{Once, Tx, Verb};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, openapi::Refusals};

use super::{UNATTACHED_DAYS_MAX, UPLOAD_BYTES_MAX};
use crate::{Services, call::Call};

pub(super) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

/// A file, as `multipart/form-data`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the body; the body itself is streamed and never held as a whole")]
pub(crate) struct UploadBody {
    /// What it is classified as; confidential and above stays outside the portal.
    classification: Option<String>,
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct UploadedBody {
    /// Attach it to a request under this id.
    id: Uuid,
    name: String,
    media_type: String,
    bytes: u64,
    sha256: String,
    /// `clean`, or `unscanned` where no scanner is configured.
    state: String,
}

/// Upload a document
///
/// PDF, JPEG, PNG, Word, Excel or plain text, told by its content; encrypted at rest.
#[utoipa::path(post, path = "/api/v1/documents", tag = "documents", security(("token" = [])),
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body(content = UploadBody, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadedBody), Refusals))]
async fn upload(call: Call, mut form: Multipart) -> Result<Response, web::Error> {
    let taken = call.services.take_file(call.actor.person, &mut form).await;
    let document = call.services.noted(&call.actor, "document", taken).await?.ok_or_else(no_file)?;
    let key = call.once("documents", &(&document.sha256, &document.name))?;
    let body = call.services.store.write(Once { key, verb: Answered(uploaded(document)) }).await?;
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// Remembers the answer to an upload, so that repeating it under its key gives the document of the first time; the
/// second copy belongs to nothing and goes when its time is over.
struct Answered(UploadedBody);

impl Verb for Answered {
    type Answer = UploadedBody;
    type Error = authz::Failure;

    async fn apply(&self, _: &Tx) -> Result<UploadedBody, authz::Failure> {
        Ok(self.0.clone())
    }
}

fn no_file() -> Refusal {
    Refusal::new(Kind::Invalid, "document.missing", &[]).with_item("file", "required", "")
}

fn uploaded(document: Document) -> UploadedBody {
    UploadedBody {
        id: document.id,
        media_type: document.media_type.as_str().to_owned(),
        state: document.state.as_str().to_owned(),
        name: document.name,
        bytes: document.bytes,
        sha256: document.sha256,
    }
}

impl Services {
    /// Streams the next field `file` of a form into the documents; nothing when no file was chosen.
    pub(crate) async fn take_file(
        &self,
        owner: Uuid,
        form: &mut Multipart,
    ) -> Result<Option<Document>, authz::Failure> {
        let mut classification = None;
        while let Some(field) = form.next_field().await.map_err(malformed)? {
            match field.name() {
                Some("classification") => {
                    let word = field.text().await.map_err(malformed)?;
                    classification = Some(Classification::named(word.trim()).ok_or_else(unknown_level)?);
                }
                Some("file") => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    if name.is_empty() {
                        continue;
                    }
                    let retention_until = Some(self.clock.now() + DAY * UNATTACHED_DAYS_MAX);
                    let accept = Accept { classification, retention_until, ..Accept::default() };
                    return Ok(Some(self.documents.put(owner, &name, field, accept).await?));
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

fn malformed(_: axum::extract::multipart::MultipartError) -> Refusal {
    Refusal::new(Kind::Invalid, "document.form_malformed", &[])
}

fn unknown_level() -> Refusal {
    Refusal::new(Kind::Invalid, "document.classification_unknown", &["LY-SVC-4.2a"]).with_item(
        "classification",
        "choice",
        "",
    )
}
