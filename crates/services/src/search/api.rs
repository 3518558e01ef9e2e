//! Suggestions for programs.

use std::sync::Arc;

use axum::extract::State;
use language::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Query, openapi::Refusals};

use super::suggest::SUGGESTIONS_MAX;
use crate::{Services, entry::api::LangParam};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(suggest))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SuggestParams {
    /// What has been typed so far, the last word perhaps in part; at most 200 characters count.
    q: Option<String>,
    /// Language of the answer: `ar` or `en`.
    #[param(inline)]
    lang: Option<LangParam>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SuggestionList {
    items: Vec<Suggestion>,
    /// The words as they were probably meant, if they were not taken as they stand.
    meant: Option<String>,
    /// Synonyms that were looked for besides.
    also: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Suggestion {
    #[schema(example = "residence-certificate")]
    id: String,
    name: String,
    provider_name: String,
    href: String,
}

/// Services for what has been typed so far
#[utoipa::path(get, path = "/api/v1/services/suggest", operation_id = "suggest_services", tag = "directory",
    params(SuggestParams), responses((status = 200, body = SuggestionList), Refusals))]
async fn suggest(
    State(services): State<Arc<Services>>,
    Query(params): Query<SuggestParams>,
) -> Result<Json<SuggestionList>, web::Error> {
    let lang = params.lang.map_or(Lang::Ar, Lang::from);
    let words = params.q.unwrap_or_default();
    let found = services.directory.suggest(&words, SUGGESTIONS_MAX);
    let items = found.hits.iter().map(|hit| {
        let card = &hit.entry.card;
        let provider = services.directory.provider(hit.entry.body);
        Suggestion {
            id: card.id.clone(),
            name: card.name.get(lang).to_owned(),
            provider_name: provider.map(|provider| provider.name.get(lang).to_owned()).unwrap_or_default(),
            href: format!("/api/v1/services/{}", card.id),
        }
    });
    let items = items.collect();
    Ok(Json(SuggestionList { items, meant: found.reading.meant(&words), also: found.reading.also }))
}
