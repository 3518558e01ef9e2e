//! Endpoints over HTTP: a body sets where it is told, reads what became of each delivery, and has one sent again. The keys
//! by which its own system knows our letters are public.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{Delivery, Standing, table};
use crate::{Services, call::Call};

/// Deliveries of one answer.
const PAGE_DELIVERIES: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(keys))
        .routes(routes!(show, set, end))
        .routes(routes!(try_it))
        .routes(routes!(list))
        .routes(routes!(send_again))
}

/// A public key as RFC 8037 writes it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndpointKey {
    #[schema(example = "OKP")]
    kty: &'static str,
    #[schema(example = "Ed25519")]
    crv: &'static str,
    /// The `keyid` of signatures.
    #[schema(example = "diwan.example/ledger+1a2b3c4d")]
    kid: String,
    /// The public key, in base64url.
    x: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndpointKeys {
    /// The one that signs now, then those that signed before.
    keys: Vec<EndpointKey>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndpointBody {
    #[schema(example = "https://registry.example/diwan/events")]
    address: String,
}

/// Where a body is told of what concerns it.
#[derive(Debug, Serialize, ToSchema)]
struct EndpointView {
    /// The body's slug.
    body: String,
    address: String,
    set_at: String,
    /// Since when nothing arrives there; absent while it answers.
    failing_since: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct TrialBody {
    /// The delivery that tries the address.
    delivery: Uuid,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct DeliveryParams {
    /// `waiting`, `delivered` or `failed`.
    state: Option<String>,
    /// From the answer before.
    cursor: Option<String>,
}

/// An event on its way to a body.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryLine {
    /// The `Idempotency-Key` under which it is posted, however often.
    id: Uuid,
    /// `request.delivered`, `request.corrected`, `request.withdrawn`, `request.arrived` or `endpoint.tried`.
    event: String,
    /// The request's number; absent for a trial.
    number: Option<String>,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    tries: i64,
    /// The last status, or why there was none: `unreachable`, `untrusted`, `slow`, `broken`, `out_of_reach`, `address`
    /// or `no_endpoint`. Absent before the first try.
    answer: Option<String>,
    created_at: String,
    tried_at: Option<String>,
    /// When it was acknowledged or given up.
    ended_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryPage {
    items: Vec<DeliveryLine>,
    next: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeysAsked {
    /// Only the key that a signature names.
    kid: Option<String>,
}

/// The keys that sign what endpoints are told
///
/// A JSON Web Key Set. Each delivery carries a signature by RFC 9421 over method, address, content type, content digest and
/// `Idempotency-Key`.
#[utoipa::path(get, path = "/api/v1/directory/endpoint-keys", operation_id = "list_endpoint_keys", tag = "directory",
    params(KeysAsked), responses((status = 200, body = EndpointKeys), Refusals))]
async fn keys(
    State(services): State<Arc<Services>>,
    Query(asked): Query<KeysAsked>,
) -> Result<Json<EndpointKeys>, web::Error> {
    let held = services.courier.keys().verifying();
    let named = |key: &&ledger::VerifierKey| asked.kid.as_ref().is_none_or(|kid| key.id() == *kid);
    let named: Vec<&ledger::VerifierKey> = held.iter().filter(named).collect();
    if named.is_empty() {
        return Err(Refusal::not_found().into());
    }
    let key = |key: &ledger::VerifierKey| EndpointKey {
        kty: "OKP",
        crv: "Ed25519",
        kid: key.id(),
        x: URL_SAFE_NO_PAD.encode(key.public()),
    };
    Ok(Json(EndpointKeys { keys: named.into_iter().map(key).collect() }))
}

/// Where a body is told
#[utoipa::path(get, path = "/api/v1/directory/endpoints/{body}", operation_id = "show_endpoint", tag = "directory",
    params(("body" = String, Path, description = "The body's slug")), security(("token" = [])),
    responses((status = 200, body = EndpointView), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Json<EndpointView>, web::Error> {
    let body = services.body_told(&actor, &slug).await?;
    let held = table::find(&services.store.read(), body.id).await.map_err(Failure::from)?;
    let held = held.ok_or_else(Refusal::not_found)?;
    Ok(Json(EndpointView {
        body: slug,
        address: held.address,
        set_at: held.set_at.to_string(),
        failing_since: held.failing_since.map(|at| at.to_string()),
    }))
}

/// Set where a body is told
///
/// A trial is sent at once; its outcome stands among the deliveries.
#[utoipa::path(put, path = "/api/v1/directory/endpoints/{body}", operation_id = "set_endpoint", tag = "directory",
    params(("body" = String, Path, description = "The body's slug"), ("Idempotency-Key" = Option<String>, Header)),
    request_body = EndpointBody, security(("token" = [])), responses((status = 200, body = TrialBody), Refusals))]
async fn set(
    call: Call,
    Path(slug): Path<String>,
    Json(body): Json<EndpointBody>,
) -> Result<Json<TrialBody>, web::Error> {
    let key = call.once("endpoint", &(&slug, &body))?;
    let delivery = call.services.set_endpoint(&call.actor, &slug, &body.address, key).await?;
    Ok(Json(TrialBody { delivery }))
}

/// Tell a body no more
#[utoipa::path(delete, path = "/api/v1/directory/endpoints/{body}", operation_id = "end_endpoint", tag = "directory",
    params(("body" = String, Path, description = "The body's slug")), security(("token" = [])),
    responses((status = 204), Refusals))]
async fn end(call: Call, Path(slug): Path<String>) -> Result<Response, web::Error> {
    call.services.end_endpoint(&call.actor, &slug).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Try a body's address
#[utoipa::path(post, path = "/api/v1/directory/endpoints/{body}/trials", operation_id = "try_endpoint",
    tag = "directory",
    params(("body" = String, Path, description = "The body's slug"), ("Idempotency-Key" = Option<String>, Header)),
    security(("token" = [])), responses((status = 201, body = TrialBody), Refusals))]
async fn try_it(call: Call, Path(slug): Path<String>) -> Result<Response, web::Error> {
    let key = call.once("endpoint/trials", &slug)?;
    let delivery = call.services.try_endpoint(&call.actor, &slug, key).await?;
    Ok((StatusCode::CREATED, Json(TrialBody { delivery })).into_response())
}

/// What was sent to a body's endpoint, newest first
#[utoipa::path(get, path = "/api/v1/directory/endpoints/{body}/deliveries", operation_id = "list_deliveries",
    tag = "directory", params(("body" = String, Path, description = "The body's slug"), DeliveryParams),
    security(("token" = [])), responses((status = 200, body = DeliveryPage), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Query(params): Query<DeliveryParams>,
) -> Result<Json<DeliveryPage>, web::Error> {
    let body = services.body_told(&actor, &slug).await?;
    let standing = params.state.as_deref().map(|word| Standing::named(word).ok_or_else(unknown_state));
    let before = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(Uuid::max());
    let limit = PAGE_DELIVERIES as i64 + 1;
    let sql = services.store.read();
    let mut held = table::deliveries(&sql, body.id, standing.transpose()?, before, limit).await?;
    let next = Cursor::cut(&mut held, PAGE_DELIVERIES, |last| last.id).map_err(Failure::from)?;
    Ok(Json(DeliveryPage { items: held.into_iter().map(line).collect(), next }))
}

/// Send a delivery again that was given up
#[utoipa::path(post, path = "/api/v1/directory/endpoints/{body}/deliveries/{id}/retry",
    operation_id = "retry_delivery", tag = "directory",
    params(("body" = String, Path, description = "The body's slug"), ("id" = Uuid, Path),
        ("Idempotency-Key" = Option<String>, Header)),
    security(("token" = [])), responses((status = 204), Refusals))]
async fn send_again(call: Call, Path((slug, id)): Path<(String, Uuid)>) -> Result<Response, web::Error> {
    let key = call.once("endpoint/retry", &(&slug, id))?;
    call.services.send_delivery_again(&call.actor, &slug, id, key).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn unknown_state() -> Refusal {
    Refusal::new(Kind::Invalid, "web.body", &[]).with_item("state", "choice", "")
}

fn line(delivery: Delivery) -> DeliveryLine {
    DeliveryLine {
        id: delivery.id,
        event: delivery.event.word().to_owned(),
        number: Some(delivery.number).filter(|number| !number.is_empty()),
        state: delivery.standing.word().to_owned(),
        tries: delivery.tries,
        answer: Some(delivery.answer).filter(|answer| !answer.is_empty()),
        created_at: delivery.created_at.to_string(),
        tried_at: delivery.tried_at.map(|at| at.to_string()),
        ended_at: delivery.ended_at.map(|at| at.to_string()),
    }
}
