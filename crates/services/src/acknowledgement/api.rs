//! A provider's acknowledgement over HTTP.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use language::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Path, openapi::Refusals};

use crate::{Services, entry::ACKNOWLEDGEMENT_PLACEHOLDERS};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(show, word))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WordsBody {
    #[schema(example = "استلمنا طلبك رقم {number} في {delivered_at}، ونجيبك قبل {due_at}.")]
    ar: String,
    #[schema(example = "We received your request {number} on {delivered_at} and answer by {due_at}.")]
    en: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct WordedView {
    ar: String,
    en: String,
    /// Since when the provider's own words count; absent where those of the card do.
    set_at: Option<String>,
    /// The places that the words may have, each between braces.
    placeholders: Vec<&'static str>,
}

/// The acknowledgement of a service, for its provider
#[utoipa::path(get, path = "/api/v1/services/{id}/acknowledgement", operation_id = "show_acknowledgement",
    tag = "services", params(("id" = String, Path, description = "The service's id")), security(("token" = [])),
    responses((status = 200, body = WordedView), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<WordedView>, web::Error> {
    let (_, worded) = services.worded(&actor, &id).await?;
    Ok(Json(WordedView {
        ar: worded.text.ar,
        en: worded.text.en,
        set_at: worded.set_at.map(|at| at.to_string()),
        placeholders: ACKNOWLEDGEMENT_PLACEHOLDERS.to_vec(),
    }))
}

/// Word the acknowledgement of a service
#[utoipa::path(put, path = "/api/v1/services/{id}/acknowledgement", operation_id = "word_acknowledgement",
    tag = "services", params(("id" = String, Path, description = "The service's id")), request_body = WordsBody,
    security(("token" = [])), responses((status = 200, body = WordedView), Refusals))]
async fn word(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(body): Json<WordsBody>,
) -> Result<Json<WordedView>, web::Error> {
    services.word(&actor, &id, Text::new(body.ar, body.en)).await?;
    show(State(services), Caller(actor), Path(id)).await
}
