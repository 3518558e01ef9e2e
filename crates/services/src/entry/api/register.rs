//! The register over HTTP: every service ever published with its versions, the schema of a card, the whole directory, and
//! how far bodies have come (LY-SVC-22.1, 23.1, 1.07).

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use clock::DAY;
use futures::stream;
use identity::MaybeCaller;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::Words;
use crate::{
    Services,
    entry::{
        Card, Entry, EntryState, cpsv, maturity,
        version::{Version, table},
    },
    rulebook,
};

pub(super) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(history))
        .routes(routes!(schema))
        .routes(routes!(export))
        .routes(routes!(linked_data))
        .routes(routes!(progress))
}

/// The JSON Schema of a card and of the whole directory; both are in one document.
pub(crate) const CARD_SCHEMA: &str = include_str!("../card.schema.json");

const PAGE_VERSIONS_DEFAULT: i64 = 50;
const PAGE_VERSIONS_MAX: i64 = 200;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterParams {
    /// Slug of the providing body.
    pub body: Option<String>,
    /// `published`, `suspended`, `merged` or `superseded`.
    pub state: Option<String>,
    pub cursor: Option<String>,
    /// How many versions a page has; beyond 1 to 200 the nearest of the two counts.
    #[param(minimum = 0)]
    pub limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterPage {
    items: Vec<RegisterLine>,
    /// Give it back as `cursor` for the next page; null at the end.
    next: Option<String>,
}

/// A version that is or was in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterLine {
    service: String,
    version: i64,
    name: Words,
    /// Slug of the providing body.
    provider: String,
    state: String,
    /// When it was registered, verified, and came into its present state; RFC 3339.
    registered_at: String,
    published_at: Option<String>,
    state_since: String,
    /// The service that took it up.
    merged_into: Option<String>,
    href: String,
}

/// The register of services
///
/// Every version that was ever published, with its dates and its state. Nothing is removed from it.
#[utoipa::path(get, path = "/api/v1/directory/register", operation_id = "list_register", tag = "directory",
    params(RegisterParams), responses((status = 200, body = RegisterPage), Refusals))]
async fn register(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    Query(params): Query<RegisterParams>,
) -> Result<Json<RegisterPage>, web::Error> {
    services.may_read_register(caller.as_ref()).await?;
    let limit = params
        .limit
        .and_then(|limit| i64::try_from(limit).ok())
        .unwrap_or(PAGE_VERSIONS_DEFAULT)
        .clamp(1, PAGE_VERSIONS_MAX);
    let state = match params.state.as_deref() {
        None => None,
        Some(word) => Some(EntryState::named(word).ok_or_else(|| unknown("state"))?),
    };
    let body = match params.body.as_deref() {
        None => None,
        Some(slug) => Some(services.directory.provider_by_slug(slug).ok_or_else(|| unknown("body"))?.id),
    };
    let after = Cursor::decode_given(params.cursor.as_deref())?;
    let asked = table::Asked { body, state, published_only: true, newest_only: false, after };
    let mut found = table::register(&services.store.read(), &asked, limit + 1).await?;
    let next = Cursor::cut(&mut found, limit as usize, |last| (last.card.id.clone(), last.version))?;
    Ok(Json(RegisterPage { items: found.iter().map(line).collect(), next }))
}

fn unknown(field: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "web.query", &[]).with_item(field, "enum", "")
}

fn line(version: &Version) -> RegisterLine {
    RegisterLine {
        service: version.card.id.clone(),
        version: version.version,
        name: (&version.card.name).into(),
        provider: version.card.body.clone(),
        state: version.state.word().to_owned(),
        registered_at: version.registered_at.to_string(),
        published_at: version.verified_at.map(|at| at.to_string()),
        state_since: version.state_at.to_string(),
        merged_into: version.merged_into.clone(),
        href: format!("/api/v1/directory/register/{}", version.card.id),
    }
}

impl Services {
    /// The rules say whether anybody reads the register, or whoever holds an office (LY-SVC-22.2).
    pub(crate) async fn may_read_register(&self, caller: Option<&Actor>) -> Result<(), Failure> {
        let rules = rulebook::table::current(&self.store.read()).await?.rules;
        match rules.register_is_public || caller.is_some_and(|actor| !actor.roles.is_empty()) {
            true => Ok(()),
            false => {
                Err(Refusal::new(Kind::NotAllowed, "directory.register_closed", &["LY-SVC-22.2"]).into())
            }
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryHistory {
    service: String,
    versions: Vec<RegisterLine>,
}

/// Every version of one service that was ever in force
#[utoipa::path(get, path = "/api/v1/directory/register/{id}", operation_id = "show_register_entry", tag = "directory",
    params(("id" = String, Path, description = "The service's slug")),
    responses((status = 200, body = EntryHistory), Refusals))]
async fn history(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    Path(id): Path<String>,
) -> Result<Json<EntryHistory>, web::Error> {
    services.may_read_register(caller.as_ref()).await?;
    let versions = table::of_entry(&services.store.read(), &id).await?;
    let versions: Vec<RegisterLine> =
        versions.iter().filter(|version| version.verified_at.is_some()).map(line).collect();
    match versions.is_empty() {
        true => Err(Refusal::not_found().into()),
        false => Ok(Json(EntryHistory { service: id, versions })),
    }
}

/// The schema of a card
///
/// JSON Schema 2020-12; `$defs/directory` is the schema of the whole directory as it is exported.
#[utoipa::path(get, path = "/api/v1/directory/schema", operation_id = "show_card_schema", tag = "directory",
    responses((status = 200, body = Object, content_type = "application/schema+json"), Refusals))]
async fn schema(headers: HeaderMap, Query(NoParams {}): Query<NoParams>) -> Response {
    web::etagged(&headers, "application/schema+json", CARD_SCHEMA.as_bytes().to_vec())
}

/// A call without parameters refuses those that it does not know, as the others do.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoParams {}

/// What is told of an entry to everybody: all of its card but the addresses of those who are told of changes.
pub(crate) fn public_card(card: &Card) -> Card {
    let mut card = card.clone();
    for party in &mut card.stakeholders {
        party.email = None;
    }
    card
}

/// The whole directory
///
/// Every service in force with its card and its form, streamed; valid against `$defs/directory` of the schema.
#[utoipa::path(get, path = "/api/v1/directory/export", operation_id = "export_directory", tag = "directory",
    responses((status = 200, body = Object), Refusals))]
async fn export(
    State(services): State<Arc<Services>>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, web::Error> {
    let opening = format!("{{\"generated_at\":\"{}\",\"services\":[", services.clock.now());
    Ok(streamed(&services, "application/json", opening, |_, entry| {
        let line = json!({ "version": entry.version, "verified_at": entry.verified_at.to_string(),
            "card": public_card(&entry.card), "form": entry.form.schema() });
        serde_json::to_string(&line)
    }))
}

/// The whole directory as linked data
///
/// JSON-LD after CPSV-AP 3.2, with terms of our own for what it has none for.
#[utoipa::path(get, path = "/api/v1/directory.jsonld", operation_id = "export_linked_data", tag = "directory",
    responses((status = 200, body = Object, content_type = "application/ld+json"), Refusals))]
async fn linked_data(
    State(services): State<Arc<Services>>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, web::Error> {
    let opening = format!("{{\"@context\":{},\"@graph\":[", cpsv::context());
    Ok(streamed(&services, "application/ld+json", opening, |services, entry| {
        serde_json::to_string(&services.linked(entry))
    }))
}

/// A long answer leaves as it is made, entry by entry.
fn streamed(
    services: &Arc<Services>,
    media_type: &'static str,
    opening: String,
    say: fn(&Services, &Entry) -> Result<String, serde_json::Error>,
) -> Response {
    let held = services.clone();
    let said = services.directory.entries().into_iter().enumerate().map(move |(place, entry)| {
        let comma = if place == 0 { "" } else { "," };
        say(&held, &entry).map(|text| Bytes::from(format!("{comma}{text}"))).map_err(std::io::Error::other)
    });
    let first = std::iter::once(Ok(Bytes::from(opening)));
    let last = std::iter::once(Ok(Bytes::from_static(b"]}")));
    let body = Body::from_stream(stream::iter(first.chain(said).chain(last)));
    ([(header::CONTENT_TYPE, media_type)], body).into_response()
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgressParams {
    /// Slug of a body; all of them when it is left out.
    pub body: Option<String>,
}

/// How many services stood at each level at the end of a month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProgressLine {
    /// RFC 3339.
    at: String,
    fully_digital: usize,
    partly_digital: usize,
    manual: usize,
}

/// Months that are told.
pub(crate) const PROGRESS_MONTHS: u32 = 12;

/// How far services have come from paper to the screen
#[utoipa::path(get, path = "/api/v1/directory/maturity", operation_id = "show_maturity", tag = "directory",
    params(ProgressParams), responses((status = 200, body = Vec<ProgressLine>), Refusals))]
async fn progress(
    State(services): State<Arc<Services>>,
    Query(params): Query<ProgressParams>,
) -> Result<Json<Vec<ProgressLine>>, web::Error> {
    let body = match params.body.as_deref() {
        None => None,
        Some(slug) => Some(services.directory.provider_by_slug(slug).ok_or_else(|| unknown("body"))?.id),
    };
    let steps = maturity::table::steps(&services.store.read(), body).await?;
    let now = services.clock.now();
    let lines = (0..PROGRESS_MONTHS).rev().map(|month| {
        let at = now - DAY * (month * 30);
        let [fully_digital, partly_digital, manual] = maturity::counted(&steps, at);
        ProgressLine { at: at.to_string(), fully_digital, partly_digital, manual }
    });
    Ok(Json(lines.collect()))
}
