//! Collection over HTTP: the free slots, taking and giving back one, and the handover.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::extract::State;
use clock::Timestamp;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{NOT_COLLECTED, offer, table};
use crate::{
    Services,
    call::Call,
    entry::api::Words,
    request::{RequestNumber, State as RequestState},
};

/// Days of slots in one answer.
const PAGE_DAYS: usize = 5;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(slots))
        .routes(routes!(book))
        .routes(routes!(cancel))
        .routes(routes!(hand_over))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SlotParams {
    /// Where the answer before ended: the local day, counted since 1970.
    cursor: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SlotList {
    place: Words,
    items: Vec<SlotLine>,
    next: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SlotLine {
    #[schema(example = "2026-11-23T07:00:00Z")]
    starts_at: String,
    ends_at: String,
    /// Places left.
    free: i64,
}

/// Free slots for collecting what was issued
///
/// Only slots with a place left, five days at a time.
#[utoipa::path(get, path = "/api/v1/requests/{number}/slots", operation_id = "list_slots", tag = "requests",
    security(("token" = [])),
    params(("number" = String, Path, description = "The request's number"), SlotParams),
    responses((status = 200, body = SlotList), Refusals))]
async fn slots(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
    Query(params): Query<SlotParams>,
) -> Result<Json<SlotList>, web::Error> {
    let followed = services.follow(&actor, &number).await?;
    let (sql, now) = (services.store.read(), services.clock.now());
    let plan = table::plan_of(&sql, followed.request.entry).await?;
    let plan = plan.filter(|_| followed.request.state == RequestState::Completed).ok_or(NOT_COLLECTED)?;
    let calendar = &followed.provider.calendar;
    let (days, next) = offer::free_days(&sql, &plan, calendar, params.cursor, now, PAGE_DAYS).await?;
    let items = days.into_iter().flat_map(|day| day.slots).map(|slot| SlotLine {
        starts_at: slot.starts_at.to_string(),
        ends_at: slot.ends_at.to_string(),
        free: slot.free,
    });
    Ok(Json(SlotList { place: (&plan.place).into(), items: items.collect(), next }))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BookBody {
    /// The beginning of a free slot.
    #[schema(example = "2026-11-23T07:00:00Z")]
    starts_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct BookedBody {
    id: Uuid,
    starts_at: String,
}

/// Take a slot, or another one in its place
///
/// A full slot is refused with `appointment.full`; the errors name the next free ones.
#[utoipa::path(post, path = "/api/v1/requests/{number}/appointment", operation_id = "book_appointment", tag = "requests",
    security(("token" = [])), params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = BookBody, responses((status = 200, body = BookedBody), Refusals))]
async fn book(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<BookBody>,
) -> Result<Json<BookedBody>, web::Error> {
    let once = call.once(&format!("{number}/appointment"), &body)?;
    let starts_at: Timestamp = body
        .starts_at
        .parse()
        .map_err(|_| Refusal::new(Kind::Invalid, "web.json", &[]).with_item("starts_at", "shape", ""))?;
    let id = call.services.book(call.acting(&number, None), starts_at, once).await?;
    Ok(Json(BookedBody { id, starts_at: starts_at.to_string() }))
}

#[derive(Debug, Serialize, ToSchema)]
struct DoneBody {
    state: String,
}

/// Give the slot back
#[utoipa::path(post, path = "/api/v1/requests/{number}/appointment/cancel", operation_id = "cancel_appointment",
    tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DoneBody), Refusals))]
async fn cancel(call: Call, Path(number): Path<RequestNumber>) -> Result<Json<DoneBody>, web::Error> {
    let once = call.once(&format!("{number}/appointment/cancel"), &())?;
    call.services.cancel_appointment(call.acting(&number, None), once).await?;
    Ok(Json(DoneBody { state: "cancelled".to_owned() }))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandoverBody {
    /// The name of whoever collects.
    collected_by: String,
    /// The number of the paper that proves who they are.
    identifier: String,
}

/// Record who collected
#[utoipa::path(post, path = "/api/v1/appointments/{id}/handover", operation_id = "hand_over", tag = "desk",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = HandoverBody, responses((status = 200, body = DoneBody), Refusals))]
async fn hand_over(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<HandoverBody>,
) -> Result<Json<DoneBody>, web::Error> {
    let once = call.once(&format!("appointments/{id}"), &body)?;
    call.services.hand_over(&call.actor, id, &body.collected_by, &body.identifier, once).await?;
    Ok(Json(DoneBody { state: "handed_over".to_owned() }))
}
