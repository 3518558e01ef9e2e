//! Assignments over HTTP.

use std::sync::Arc;

use authz::Refusal;
use axum::{extract::State, http::StatusCode};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{assign::AssignPack, table};
use crate::Door;
use crate::{Compliance, authority::About, call::Call};

/// Bodies of one answer.
const PAGE_BODIES: usize = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new().routes(routes!(list, assign))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct AssignmentsAsked {
    cursor: Option<String>,
}

/// A body that a document binds.
#[derive(Debug, Serialize, ToSchema)]
struct PackBody {
    /// The body's slug.
    body: String,
    /// RFC 3339.
    from: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct PackBodies {
    items: Vec<PackBody>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct AssignmentBody {
    /// A body's slug.
    body: String,
    /// The first day: `2026-03-01`.
    from: String,
}

/// The bodies that a document binds, with their first days
#[utoipa::path(get, path = "/api/v1/compliance/packs/{pack}/bodies", operation_id = "list_pack_bodies",
    tag = "compliance", security(("token" = [])), params(("pack" = String, Path), AssignmentsAsked),
    responses((status = 200, body = PackBodies), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(pack): Path<String>,
    Query(asked): Query<AssignmentsAsked>,
) -> Result<Json<PackBodies>, web::Error> {
    let sql = kernel.store.read();
    let pack = kernel.packs.pack(&pack).ok_or_else(Refusal::not_found)?;
    kernel.acting(&actor).check(&sql, "see_all", None, About::default()).await?;
    let after = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or((i64::MIN, Uuid::nil()));
    let mut held = table::of_pack(&sql, &pack.id, after, PAGE_BODIES as i64 + 1).await?;
    let next = Cursor::cut(&mut held, PAGE_BODIES, |last| (last.from_at.0, last.body))?;
    let bodies = kernel.bodies_by_id().await?;
    let line = |it: super::Assignment| PackBody {
        body: bodies.get(&it.body).map(|body| body.slug.clone()).unwrap_or_default(),
        from: it.from_at.to_string(),
    };
    Ok(Json(PackBodies { items: held.into_iter().map(line).collect(), next }))
}

/// Say that a document binds a body, from a day on
///
/// For the competent administration. Said again, it moves the day.
#[utoipa::path(post, path = "/api/v1/compliance/packs/{pack}/bodies", operation_id = "assign_pack",
    tag = "compliance", security(("token" = [])), request_body = AssignmentBody,
    params(("pack" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn assign(
    call: Call,
    Path(pack): Path<String>,
    Json(body): Json<AssignmentBody>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("assignments", &(&pack, &body))?;
    let subject = format!("pack/{pack}");
    let packs = call.kernel.packs.clone();
    packs.pack(&pack).ok_or_else(Refusal::not_found)?;
    let verb = AssignPack { acting: call.acting(), packs, pack, body: body.body, from: body.from };
    call.kernel.carry_out(&call.actor, &subject, verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
