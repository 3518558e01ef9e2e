//! Bodies over HTTP.

use std::{collections::HashMap, sync::Arc};

use axum::{extract::State, http::StatusCode};
use identity::Caller;
use organisations::Body;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    act::{BodyWish, FunctionWish},
    list::BodiesAsked,
};
use crate::{Bodies, people::AppointmentWish};

pub(crate) fn routes() -> OpenApiRouter<Arc<Bodies>> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(show))
        .routes(routes!(give))
        .routes(routes!(appoint))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BodyOfState {
    /// The body's slug.
    body: String,
    /// The slug of the body above it; empty where nobody is or you do not see it.
    parent: String,
    kind: &'static str,
    name_ar: String,
    name_en: String,
    functions: Vec<String>,
    phone: String,
    closed_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BodyTree {
    items: Vec<BodyOfState>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitLine {
    unit: String,
    /// The unit above it; empty for none.
    parent: String,
    name_ar: String,
    name_en: String,
    /// Whether it, or a unit above it, handles sensitive correspondence or data.
    handles_sensitive: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BodyShown {
    #[serde(flatten)]
    line: BodyOfState,
    units: Vec<UnitLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BodyMade {
    id: Uuid,
}

fn line(body: &Body, slugs: &HashMap<Uuid, String>) -> BodyOfState {
    BodyOfState {
        body: body.slug.clone(),
        parent: body.parent.and_then(|parent| slugs.get(&parent).cloned()).unwrap_or_default(),
        kind: body.kind.word(),
        name_ar: body.name.ar.clone(),
        name_en: body.name.en.clone(),
        functions: body.functions.clone(),
        phone: body.phone.clone(),
        closed_at: body.closed_at.map(|at| at.to_string()),
    }
}

fn slugs<'b>(bodies: impl IntoIterator<Item = &'b Body>) -> HashMap<Uuid, String> {
    bodies.into_iter().map(|body| (body.id, body.slug.clone())).collect()
}

/// The tree of bodies
///
/// All of it for the competent administration; for whoever keeps a body that body and those below.
#[utoipa::path(get, path = "/api/v1/bodies", operation_id = "list_bodies", tag = "bodies",
    security(("token" = [])), params(BodiesAsked), responses((status = 200, body = BodyTree), Refusals))]
async fn list(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Query(asked): Query<BodiesAsked>,
) -> Result<Json<BodyTree>, web::Error> {
    let tree = bodies.tree(&actor, &asked).await?;
    let slugs = slugs(tree.iter().map(|(_, body)| body));
    Ok(Json(BodyTree { items: tree.iter().map(|(_, body)| line(body, &slugs)).collect() }))
}

/// One body with its units
#[utoipa::path(get, path = "/api/v1/bodies/{body}", operation_id = "show_body", tag = "bodies",
    security(("token" = [])), params(("body" = String, Path)),
    responses((status = 200, body = BodyShown), Refusals))]
async fn show(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Json<BodyShown>, web::Error> {
    let sql = bodies.kernel.store.read();
    let body = bodies.acting(&actor).body(&sql, &slug).await?;
    let units = organisations::units(&sql, body.id).await?;
    let above = organisations::bodies(&sql).await?;
    let now = bodies.kernel.clock.now();
    let unit_line = |unit: &organisations::Unit| UnitLine {
        unit: unit.slug.clone(),
        parent: units
            .iter()
            .find(|it| Some(it.id) == unit.parent)
            .map(|it| it.slug.clone())
            .unwrap_or_default(),
        name_ar: unit.name.ar.clone(),
        name_en: unit.name.en.clone(),
        handles_sensitive: organisations::handles_sensitive(&units, unit.id, now).is_some(),
    };
    Ok(Json(BodyShown { line: line(&body, &slugs(&above)), units: units.iter().map(unit_line).collect() }))
}

/// Register a body
///
/// By the competent administration. A body without its kind is refused.
#[utoipa::path(post, path = "/api/v1/bodies", operation_id = "register_body", tag = "bodies",
    security(("token" = [])), request_body = BodyWish,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = BodyMade), Refusals))]
async fn register(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(wish): Json<BodyWish>,
) -> Result<(StatusCode, Json<BodyMade>), web::Error> {
    let once = key.once(&actor, "bodies", &wish, bodies.kernel.clock.now())?;
    let id = bodies.register(&actor, &wish, once).await?;
    Ok((StatusCode::CREATED, Json(BodyMade { id })))
}

/// Give a body a function
///
/// Of the whole state by the competent administration, of the body's own by its keepers. What one body alone may hold is
/// handed over in one act.
#[utoipa::path(post, path = "/api/v1/bodies/{body}/functions", operation_id = "give_body_function", tag = "bodies",
    security(("token" = [])), request_body = FunctionWish,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn give(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    key: IdempotencyKey,
    Json(wish): Json<FunctionWish>,
) -> Result<StatusCode, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let route = format!("bodies/{slug}/functions");
    let once = key.once(&actor, &route, &wish, bodies.kernel.clock.now())?;
    bodies.give(&actor, &body, &wish, once).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give somebody a role at a body
#[utoipa::path(post, path = "/api/v1/bodies/{body}/appointments", operation_id = "appoint", tag = "bodies",
    security(("token" = [])), request_body = AppointmentWish,
    params(("body" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = BodyMade), Refusals))]
async fn appoint(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    key: IdempotencyKey,
    Json(wish): Json<AppointmentWish>,
) -> Result<(StatusCode, Json<BodyMade>), web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let route = format!("bodies/{slug}/appointments");
    let once = key.once(&actor, &route, &wish, bodies.kernel.clock.now())?;
    let id = bodies.appoint(&actor, &body, &wish, once).await?;
    Ok((StatusCode::CREATED, Json(BodyMade { id })))
}
