//! What was said about a request, over HTTP.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use identity::Caller;
use language::Digits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Shell, openapi::Refusals};

use super::Told;
use crate::{Services, request::RequestNumber};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(give)).routes(routes!(again))
}

#[derive(Debug, Serialize, ToSchema)]
struct ToldView {
    /// Where letters about this request go; empty when there is no address.
    email: String,
    /// The address was given on the request itself.
    given: bool,
    notices: Vec<NoticeView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct NoticeView {
    id: Uuid,
    subject: String,
    sent_at: String,
    read_at: Option<String>,
    deliveries: Vec<DeliveryView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DeliveryView {
    /// `email` or `sms`.
    means: &'static str,
    address: String,
    /// `queued`, `digest`, `sent`, `delayed`, `bounced`, `failed`, `stopped`, `off` or `no_means`.
    state: &'static str,
    at: String,
    /// What the mail server answered.
    reason: Option<String>,
    retry_at: Option<String>,
    /// POST here sends it again.
    send_again: Option<String>,
}

fn view(services: &Services, shell: &Shell, told: Told) -> ToldView {
    let (number, may) = (told.request.number.to_string(), told.may_send_again);
    let notices = told.notices.into_iter().map(|(notice, deliveries)| {
        let offset = crate::export::lists::offset();
        let words = notify::words_of(&notice, &services.texts, shell.lang, Digits::Latin, offset);
        let delivery = |delivery: notify::Delivery| DeliveryView {
            means: delivery.means.code(),
            state: delivery.state.code(),
            at: delivery.at.to_string(),
            retry_at: delivery.retry_at.map(|at| at.to_string()),
            send_again: (may && delivery.state.may_be_retried())
                .then(|| format!("/api/v1/requests/{number}/notices/{}/send_again", notice.id)),
            address: delivery.address,
            reason: delivery.reason,
        };
        NoticeView {
            id: notice.id,
            subject: words.subject(),
            sent_at: notice.sent_at.to_string(),
            read_at: notice.read_at.map(|at| at.to_string()),
            deliveries: deliveries.into_iter().map(delivery).collect(),
        }
    });
    ToldView { notices: notices.collect(), email: told.email, given: told.is_given }
}

/// What was said about a request, and how each letter went
///
/// For its applicant and its provider, newest first.
#[utoipa::path(get, path = "/api/v1/requests/{number}/notices", operation_id = "list_request_notices", tag = "requests",
    params(("number" = String, Path, description = "The request's number")), security(("token" = [])),
    responses((status = 200, body = ToldView), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
) -> Result<Json<ToldView>, web::Error> {
    let told = services.told_about(&actor, &number).await?;
    Ok(Json(view(&services, &shell, told)))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmailBody {
    #[schema(example = "salma@mail.example")]
    email: String,
}

/// Give the address for letters about a request
#[utoipa::path(put, path = "/api/v1/requests/{number}/email", operation_id = "give_request_email", tag = "requests",
    params(("number" = String, Path, description = "The request's number")), request_body = EmailBody,
    security(("token" = [])), responses((status = 204, description = "Letters go there from now on"), Refusals))]
async fn give(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
    Json(body): Json<EmailBody>,
) -> Result<StatusCode, web::Error> {
    services.give_email(&actor, &number, &body.email).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send a letter again that did not arrive
#[utoipa::path(post, path = "/api/v1/requests/{number}/notices/{id}/send_again", operation_id = "send_notice_again",
    tag = "requests", params(("number" = String, Path, description = "The request's number"),
    ("id" = Uuid, Path, description = "The message")), security(("token" = [])),
    responses((status = 204, description = "It is queued again"), Refusals))]
async fn again(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((number, notice)): Path<(RequestNumber, Uuid)>,
) -> Result<StatusCode, web::Error> {
    services.send_again(&actor, &number, notice).await?;
    Ok(StatusCode::NO_CONTENT)
}
