//! `POST /api/v1/requests`.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Json, Path, openapi::Refusals};

use crate::{Application, RequestNumber, Services, Submitted, call::Call, entry::api::Words, request::Gap};

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
    /// What is done with an incomplete request: `refuse` it, or `keep` it under a number, its receipt not confirmed, for
    /// its applicant to complete.
    #[serde(default)]
    if_incomplete: IfIncomplete,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IfIncomplete {
    #[default]
    Refuse,
    Keep,
}

/// What completes a request whose receipt was not confirmed.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompleteBody {
    /// All answers to the service's form as it is today.
    #[schema(value_type = Object)]
    answers: Value,
    /// All documents, those included that had arrived.
    #[serde(default)]
    documents: Vec<Attached>,
    /// True accepts responsibility for the correctness of what is sent.
    #[serde(default)]
    declaration: bool,
}

/// Why receipt is not confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GapLine {
    /// A field of the form, `document.<id>`, or `declaration`.
    item: String,
    /// `required`, `unconfirmed`, or what is wrong with the value.
    code: String,
}

impl GapLine {
    pub(super) fn of(gaps: &[Gap]) -> Vec<GapLine> {
        gaps.iter().map(|gap| GapLine { item: gap.item.clone(), code: gap.code.clone() }).collect()
    }
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
    /// `received`, or `receipt_not_confirmed` for what was kept incomplete or could not be confirmed.
    state: String,
    /// The moment of delivery, RFC 3339; null while receipt is not confirmed.
    delivered_at: Option<String>,
    /// When it is expected to be finished, RFC 3339.
    due_at: Option<String>,
    /// Why receipt is not confirmed; empty for what was delivered.
    gaps: Vec<GapLine>,
    /// The provider's own words.
    acknowledgement: Words,
    /// The sealed receipt: verifiable offline with `diwan verify`; null while receipt is not confirmed.
    #[schema(value_type = Object)]
    receipt: Value,
    href: String,
    receipt_href: String,
}

/// Deliver a request
///
/// Complete requests get their number, moment of delivery, acknowledgement and sealed receipt in this answer;
/// others are refused with the list of what is open, or kept if you ask so. A request with data that the register does
/// not confirm gets a number and 202: its receipt is not confirmed before it is completed.
#[utoipa::path(post, path = "/api/v1/requests", tag = "requests", request_body = SubmitBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeating a call under its key acts once")),
    security(("token" = [])),
    responses((status = 201, body = SubmittedBody), (status = 202, body = SubmittedBody), Refusals))]
pub(crate) async fn submit(call: Call, Json(body): Json<SubmitBody>) -> Result<Response, web::Error> {
    let key = call.once("requests", &body)?;
    let application = Application {
        service: body.service,
        answers: body.answers,
        documents: body.documents.into_iter().map(|it| (it.evidence, it.document)).collect(),
        declaration: body.declaration,
        entity: body.on_behalf_of,
        email: body.email,
        keep: body.if_incomplete == IfIncomplete::Keep,
        completes: None,
    };
    let submitted = call.services.submit(&call.actor, application, key, None).await?;
    answered(&call.services, submitted).await
}

/// Complete a request whose receipt is not confirmed
///
/// It keeps its number and is delivered at the moment of this call, under the service as it is today.
#[utoipa::path(post, path = "/api/v1/requests/{number}/complete", operation_id = "complete_request", tag = "requests",
    request_body = CompleteBody, security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = SubmittedBody), Refusals))]
pub(crate) async fn complete(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<CompleteBody>,
) -> Result<Response, web::Error> {
    let key = call.once(&format!("{number}/complete"), &body)?;
    let (service, entity) = call.services.service_of(&call.actor, &number).await?;
    let application = Application {
        service: service.card.id.clone(),
        answers: body.answers,
        documents: body.documents.into_iter().map(|it| (it.evidence, it.document)).collect(),
        declaration: body.declaration,
        entity,
        completes: Some(number.clone()),
        ..Application::default()
    };
    let submitted = call.services.submit(&call.actor, application, key, None).await?;
    answered(&call.services, submitted).await
}

async fn answered(services: &Services, submitted: Submitted) -> Result<Response, web::Error> {
    let status = if submitted.is_delivered() { StatusCode::CREATED } else { StatusCode::ACCEPTED };
    let receipt = match submitted.is_delivered() {
        true => serde_json::to_value(services.receipt(submitted.leaf).await?)?,
        false => Value::Null,
    };
    let body = answer(&submitted, receipt);
    let mut headers = HeaderMap::new();
    if let Ok(location) = body.href.parse() {
        headers.insert(header::LOCATION, location);
    }
    Ok((status, headers, Json(body)).into_response())
}

fn answer(submitted: &Submitted, receipt: Value) -> SubmittedBody {
    let stamped = |at: i64| submitted.is_delivered().then(|| clock::Timestamp(at).to_string());
    SubmittedBody {
        state: submitted.state.clone(),
        delivered_at: stamped(submitted.delivered_at),
        due_at: stamped(submitted.due_at),
        gaps: GapLine::of(&submitted.gaps),
        acknowledgement: (&submitted.acknowledgement).into(),
        receipt,
        href: format!("/api/v1/requests/{}", submitted.number),
        receipt_href: format!("/api/v1/requests/{}/receipt", submitted.number),
        number: submitted.number.clone(),
    }
}
