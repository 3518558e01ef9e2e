//! Storage agreements over HTTP: an official reads those of their bodies, the competent administration all of them.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::extract::State;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Query, openapi::Refusals};

use super::{Agreement, page::NO_DESK, table};
use crate::{Services, entry::api::Words};

/// Agreements of one answer.
const PAGE_AGREEMENTS: i64 = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ListParams {
    /// A body's slug.
    body: Option<String>,
    /// From the answer before.
    cursor: Option<String>,
}

/// An agreement on where a provider's documents are kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreementLine {
    id: Uuid,
    /// The provider's slug.
    body: String,
    /// The name of the storage.
    location: String,
    site: Words,
    retention_years: i64,
    /// Roles at the provider that open documents there.
    access: Vec<String>,
    /// `proposed`, `in_force` or `ended`.
    state: String,
    proposed_at: String,
    approved_at: Option<String>,
    ended_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreementPage {
    items: Vec<AgreementLine>,
    next: Option<String>,
}

/// Where providers keep their documents
#[utoipa::path(get, path = "/api/v1/directory/storage", operation_id = "list_storage_agreements", tag = "directory",
    security(("token" = [])), params(ListParams), responses((status = 200, body = AgreementPage), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<ListParams>,
) -> Result<Json<AgreementPage>, web::Error> {
    Ok(Json(services.agreement_lines(&actor, &params).await?))
}

impl Services {
    async fn agreement_lines(&self, actor: &Actor, params: &ListParams) -> Result<AgreementPage, Failure> {
        let sql = self.store.read();
        let body = match &params.body {
            Some(slug) => {
                let body = organisations::body_by_slug(&sql, slug).await?;
                Some(body.ok_or_else(Refusal::not_found)?.id)
            }
            None => None,
        };
        let all = self.acting_on_directory(actor).check_whole(&sql, "end_storage").await.is_ok();
        let own = body.is_some_and(|body| actor.bodies().contains(&body));
        if !all && !own {
            return Err(NO_DESK.into());
        }
        let before = Cursor::decode_given::<Uuid>(params.cursor.as_deref())?;
        let held = table::listed(&sql, body, before, PAGE_AGREEMENTS + 1).await?;
        let next = match held.get(PAGE_AGREEMENTS as usize) {
            Some(_) => {
                held.get(PAGE_AGREEMENTS as usize - 1).map(|last| Cursor::encode(&last.id)).transpose()?
            }
            None => None,
        };
        let items =
            held.into_iter().take(PAGE_AGREEMENTS as usize).map(|held| self.agreement(held)).collect();
        Ok(AgreementPage { items, next })
    }

    fn agreement(&self, held: Agreement) -> AgreementLine {
        AgreementLine {
            id: held.id,
            body: self.directory.provider(held.body).map(|it| it.slug.clone()).unwrap_or_default(),
            location: held.terms.location,
            site: (&held.terms.site).into(),
            retention_years: held.terms.retention_years,
            access: held.terms.access,
            state: held.standing.word().to_owned(),
            proposed_at: held.proposed_at.to_string(),
            approved_at: held.approved_at.map(|at| at.to_string()),
            ended_at: held.ended_at.map(|at| at.to_string()),
        }
    }
}
