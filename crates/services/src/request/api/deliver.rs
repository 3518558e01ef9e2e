//! `POST /api/v1/requests`.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Json, openapi::Refusals};

use crate::{Application, Submitted, call::Call, entry::api::Words};

/// A request for a service.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubmitBody {
    /// The service's id.
    #[schema(example = "residence-certificate")]
    service: String,
    /// Answers to the service's form; its schema is in the service's card.
    #[schema(value_type = Object)]
    answers: Value,
    /// Documents that were uploaded before, one for each piece of evidence on the card.
    #[serde(default)]
    documents: Vec<Attached>,
    /// True accepts responsibility for the correctness of what is sent.
    #[serde(default)]
    declaration: bool,
    /// The legal entity on whose behalf it is made; needs a mandate.
    #[serde(default)]
    on_behalf_of: Option<Uuid>,
    /// Where letters about it go; without it, to the address of the account.
    #[serde(default)]
    #[schema(example = "salma@mail.example")]
    email: String,
}

/// An uploaded document, and what it is evidence of.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attached {
    /// Id of the evidence on the card.
    pub evidence: String,
    /// Id that the upload answered with.
    pub document: Uuid,
}

/// What a delivered request gets at once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubmittedBody {
    #[schema(example = "26-4817-2093-51")]
    number: String,
    state: String,
    /// The moment of delivery, RFC 3339.
    delivered_at: String,
    /// When it is expected to be finished, RFC 3339.
    due_at: String,
    /// The provider's own words.
    acknowledgement: Words,
    /// The sealed receipt: verifiable offline with `diwan verify`.
    #[schema(value_type = Object)]
    receipt: Value,
    href: String,
    receipt_href: String,
}

/// Deliver a request
///
/// Complete requests get their number, moment of delivery, acknowledgement and sealed receipt in this answer;
/// others are refused with the list of what is open.
#[utoipa::path(post, path = "/api/v1/requests", tag = "requests", request_body = SubmitBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeating a call under its key acts once")),
    security(("token" = [])),
    responses((status = 201, body = SubmittedBody), Refusals))]
pub(crate) async fn submit(call: Call, Json(body): Json<SubmitBody>) -> Result<Response, web::Error> {
    let key = call.once("requests", &body)?;
    let application = Application {
        service: body.service,
        answers: body.answers,
        documents: body.documents.into_iter().map(|it| (it.evidence, it.document)).collect(),
        declaration: body.declaration,
        entity: body.on_behalf_of,
        email: body.email,
    };
    let submitted = call.services.submit(&call.actor, application, key, None).await?;
    let receipt = call.services.receipt(submitted.leaf).await?;
    let body = answer(&submitted, serde_json::to_value(&receipt)?);
    let mut headers = HeaderMap::new();
    if let Ok(location) = body.href.parse() {
        headers.insert(header::LOCATION, location);
    }
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}

fn answer(submitted: &Submitted, receipt: Value) -> SubmittedBody {
    SubmittedBody {
        state: submitted.state.clone(),
        delivered_at: clock::Timestamp(submitted.delivered_at).to_string(),
        due_at: clock::Timestamp(submitted.due_at).to_string(),
        acknowledgement: (&submitted.acknowledgement).into(),
        receipt,
        href: format!("/api/v1/requests/{}", submitted.number),
        receipt_href: format!("/api/v1/requests/{}/receipt", submitted.number),
        number: submitted.number.clone(),
    }
}
