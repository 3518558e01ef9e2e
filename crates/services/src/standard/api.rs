//! Standards over HTTP, for everybody (LY-SVC-19.2).

use std::sync::Arc;

use authz::{Failure, Refusal};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{StandardKind, Version, table};
use crate::{Services, entry::api::Words};

/// Standards of one answer.
const PAGE_STANDARDS: i64 = 50;
/// Versions of one standard that are told; a standard has tens of them in its life.
pub(super) const VERSIONS_TOLD: i64 = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ListParams {
    /// From the answer before.
    cursor: Option<String>,
}

/// A version of a requirement, a standard or a policy.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StandardLine {
    #[schema(example = "document-formats")]
    id: String,
    kind: StandardKind,
    version: i64,
    title: Words,
    summary: Words,
    /// `published`, `in_force`, `superseded` or `ended`.
    state: String,
    published_at: Option<String>,
    in_force_at: Option<String>,
    ended_at: Option<String>,
    /// Where the file is downloaded.
    file: String,
    sha256: String,
    bytes: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StandardPage {
    items: Vec<StandardLine>,
    next: Option<String>,
}

/// What every provider has to follow
///
/// One line a standard: the version in force, or the newest that was published.
#[utoipa::path(get, path = "/api/v1/standards", operation_id = "list_standards", tag = "directory",
    params(ListParams), responses((status = 200, body = StandardPage), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Query(params): Query<ListParams>,
) -> Result<Json<StandardPage>, web::Error> {
    Ok(Json(services.standard_lines(&params).await?))
}

/// Every published version of a standard
#[utoipa::path(get, path = "/api/v1/standards/{id}", operation_id = "show_standard", tag = "directory",
    params(("id" = String, Path)), responses((status = 200, body = Vec<StandardLine>), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Path(slug): Path<String>,
) -> Result<Json<Vec<StandardLine>>, web::Error> {
    let versions = services.public_versions(&slug).await?;
    Ok(Json(versions.iter().map(line).collect()))
}

impl Services {
    async fn standard_lines(&self, params: &ListParams) -> Result<StandardPage, Failure> {
        let after = Cursor::decode_given::<String>(params.cursor.as_deref())?.unwrap_or_default();
        let held = table::listed(&self.store.read(), true, &after, PAGE_STANDARDS + 1).await?;
        let last = held.get(PAGE_STANDARDS as usize - 1).filter(|_| held.len() > PAGE_STANDARDS as usize);
        let next = last.map(|last| Cursor::encode(&last.slug)).transpose()?;
        Ok(StandardPage { items: held.iter().take(PAGE_STANDARDS as usize).map(line).collect(), next })
    }

    /// What the public sees of a standard; 404 for one of which nothing was published.
    pub(super) async fn public_versions(&self, slug: &str) -> Result<Vec<Version>, Failure> {
        let mut versions = table::of(&self.store.read(), slug, VERSIONS_TOLD).await?;
        versions.retain(Version::is_public);
        match versions.is_empty() {
            true => Err(Refusal::not_found().into()),
            false => Ok(versions),
        }
    }
}

fn line(version: &Version) -> StandardLine {
    StandardLine {
        id: version.slug.clone(),
        kind: version.kind,
        version: version.version,
        title: (&version.title).into(),
        summary: (&version.summary).into(),
        state: version.standing.word().to_owned(),
        published_at: version.published_at.map(|at| at.to_string()),
        in_force_at: version.in_force_at.map(|at| at.to_string()),
        ended_at: version.ended_at.map(|at| at.to_string()),
        file: version.file_href(),
        sha256: version.sha256.clone(),
        bytes: version.bytes,
    }
}
