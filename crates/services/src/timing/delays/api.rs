//! The delay report over HTTP.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Query, openapi::Refusals};

use super::{NEWEST, Wanted};
use crate::{Services, entry::api::Words, timing::table::Delay};

const PAGE_DELAYS_DEFAULT: i64 = 25;
const PAGE_DELAYS_MAX: i64 = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DelayParams {
    /// Slug of a body; the competent administration alone may leave it out and see all of them.
    body: Option<String>,
    /// Slug of a service.
    service: Option<String>,
    /// `true`: those that are still open; `false`: those that have ended.
    open: Option<bool>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// How many rows a page has; beyond 1 to 100 the nearest of the two counts.
    limit: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DelayList {
    items: Vec<DelayLine>,
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DelayLine {
    number: String,
    service: String,
    service_name: Words,
    /// Slug of the providing body.
    provider: String,
    /// The stage of the service's process at which it is.
    stage: String,
    /// Who holds it: `provider`, `other` (another body), `applicant`, or `nobody` when it is closed.
    holder: String,
    held_since: String,
    /// The end that was promised at the delivery.
    due_at: String,
    /// The day that the applicant was told last.
    expected_at: String,
    /// When it was found that the promise would not be kept.
    found_at: String,
    closed_at: Option<String>,
}

/// Requests that missed, or will miss, the date that was promised
///
/// For the head of the body, and for the competent administration. The latest finding comes first.
#[utoipa::path(get, path = "/api/v1/delays", operation_id = "list_delays", tag = "desk", params(DelayParams),
    security(("token" = [])), responses((status = 200, body = DelayList), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<DelayParams>,
) -> Result<Json<DelayList>, web::Error> {
    let before = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(NEWEST);
    let limit = params.limit.unwrap_or(PAGE_DELAYS_DEFAULT).clamp(1, PAGE_DELAYS_MAX);
    let wanted = Wanted {
        body: params.body.unwrap_or_default(),
        service: params.service.unwrap_or_default(),
        open: params.open,
    };
    let delays = services.delays(&actor, &wanted, before, limit).await?;
    let next = match delays.last() {
        Some(last) if delays.len() as i64 == limit => Some(Cursor::encode(&(last.late_at.0, last.request))?),
        _ => None,
    };
    Ok(Json(DelayList { items: delays.into_iter().map(|delay| line(&services, delay)).collect(), next }))
}

fn line(services: &Services, delay: Delay) -> DelayLine {
    let entry = services.directory.entry_by_id(delay.entry);
    let (service, service_name) = entry.map_or_else(
        || (String::new(), Words { ar: String::new(), en: String::new() }),
        |entry| (entry.card.id.clone(), (&entry.card.name).into()),
    );
    DelayLine {
        service,
        service_name,
        provider: services.directory.provider(delay.body).map(|body| body.slug.clone()).unwrap_or_default(),
        number: delay.number,
        stage: delay.stage,
        holder: delay.holder.word().to_owned(),
        held_since: delay.since.to_string(),
        due_at: delay.due_at.to_string(),
        expected_at: delay.expected_at.to_string(),
        found_at: delay.late_at.to_string(),
        closed_at: delay.closed_at.map(|at| at.to_string()),
    }
}
