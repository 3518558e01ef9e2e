//! OSCAL over HTTP: what the regulation says and what Diwan implements is public; how a body stands is for whoever sees it.

use std::sync::Arc;

use authz::Refusal;
use axum::{extract::State, http::HeaderMap, response::Response};
use identity::Caller;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Path, Query, etagged, openapi::Refusals};

use crate::{Compliance, Packs, browse::unknown};

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new()
        .routes(routes!(catalog))
        .routes(routes!(profile))
        .routes(routes!(component_definition))
        .routes(routes!(body_profile))
        .routes(routes!(assessment_results))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct OscalAsked {
    /// One document alone: `ly-services`, `ly-mail`, `om-social`, `iq-social` or `kw-remote`.
    pack: Option<String>,
}

impl OscalAsked {
    /// The documents that are asked for, and the name of the answer.
    fn selected(&self, packs: &Arc<Packs>) -> Result<(Arc<Packs>, String), Refusal> {
        match &self.pack {
            None => Ok((packs.clone(), "all".to_owned())),
            Some(pack) => {
                let selected = packs.select(&[pack]).map_err(|_| unknown("pack"))?;
                Ok((Arc::new(selected), pack.clone()))
            }
        }
    }
}

/// The catalog in OSCAL
///
/// Every control of every document, by chapter, in both languages, with its numbers. OSCAL 1.1.3.
#[utoipa::path(get, path = "/api/v1/oscal/catalog", operation_id = "oscal_catalog", tag = "controls",
    params(OscalAsked), responses((status = 200, body = Value, content_type = "application/json"), Refusals))]
async fn catalog(
    State(kernel): State<Arc<Compliance>>,
    Query(asked): Query<OscalAsked>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let (selected, name) = asked.selected(&kernel.packs)?;
    Ok(answer(&headers, &selected.oscal_catalog(&name, kernel.clock.now()))?)
}

/// The profile of this installation in OSCAL
///
/// All documents in force, each number set to the strictest value that one of them asks for.
#[utoipa::path(get, path = "/api/v1/oscal/profile", operation_id = "oscal_profile", tag = "controls",
    params(OscalAsked), responses((status = 200, body = Value, content_type = "application/json"), Refusals))]
async fn profile(
    State(kernel): State<Arc<Compliance>>,
    Query(asked): Query<OscalAsked>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let (selected, name) = asked.selected(&kernel.packs)?;
    Ok(answer(&headers, &selected.oscal_profile(&name, "Diwan", kernel.clock.now()))?)
}

/// What Diwan implements in OSCAL
///
/// For each control how far it is implemented, where it is enforced and which tests prove it.
#[utoipa::path(get, path = "/api/v1/oscal/component-definition", operation_id = "oscal_component_definition",
    tag = "controls", params(OscalAsked), responses((status = 200, body = Value, content_type = "application/json"), Refusals))]
async fn component_definition(
    State(kernel): State<Arc<Compliance>>,
    Query(asked): Query<OscalAsked>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let (selected, name) = asked.selected(&kernel.packs)?;
    Ok(answer(&headers, &selected.oscal_component_definition(&name, kernel.clock.now()))?)
}

/// The profile of a body in OSCAL
///
/// The controls of the documents that bind it now.
#[utoipa::path(get, path = "/api/v1/compliance/bodies/{body}/oscal/profile", operation_id = "oscal_body_profile",
    tag = "compliance", security(("token" = [])), params(("body" = String, Path, description = "A body's slug")),
    responses((status = 200, body = Value, content_type = "application/json"), Refusals))]
async fn body_profile(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let body = kernel.seen_body(&kernel.acting(&actor), &slug).await?;
    Ok(answer(&headers, &kernel.oscal_body_profile(&body).await?)?)
}

/// How a body stands in OSCAL
///
/// Assessment results: how each control that binds it stands, with evidence from the ledger, and every finding.
#[utoipa::path(get, path = "/api/v1/compliance/bodies/{body}/oscal/assessment-results",
    operation_id = "oscal_assessment_results", tag = "compliance", security(("token" = [])),
    params(("body" = String, Path, description = "A body's slug")),
    responses((status = 200, body = Value, content_type = "application/json"), Refusals))]
async fn assessment_results(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let body = kernel.seen_body(&kernel.acting(&actor), &slug).await?;
    Ok(answer(&headers, &kernel.oscal_results(&body).await?)?)
}

fn answer(headers: &HeaderMap, document: &Value) -> Result<Response, serde_json::Error> {
    Ok(etagged(headers, "application/json", serde_json::to_vec(document)?))
}
