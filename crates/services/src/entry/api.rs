//! The directory over HTTP: the list and the card, as programs read them.

pub(crate) mod authoring;
pub(crate) mod register;
mod whole;

use std::sync::Arc;

use authz::Refusal;
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use language::{Lang, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{Card, Entry, search};
use crate::Services;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .merge(authoring::routes())
        .merge(register::routes())
        .merge(whole::routes())
}

const PAGE_ENTRIES_DEFAULT: usize = 20;
const PAGE_ENTRIES_MAX: usize = 100;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListParams {
    /// Words in Arabic or English, in any spelling; at most 200 characters count.
    pub q: Option<String>,
    /// Language of the answer: `ar` or `en`.
    #[param(inline)]
    pub lang: Option<LangParam>,
    /// Kind of beneficiary.
    pub audience: Option<String>,
    pub theme: Option<String>,
    pub life_event: Option<String>,
    /// Slug of the providing body.
    pub provider: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many entries a page has; beyond 1 to 100 the nearest of the two counts.
    #[param(minimum = 0)]
    pub limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LangParam {
    Ar,
    En,
}

impl From<LangParam> for Lang {
    fn from(param: LangParam) -> Lang {
        match param {
            LangParam::Ar => Lang::Ar,
            LangParam::En => Lang::En,
        }
    }
}

/// Two languages of one text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Words {
    pub ar: String,
    pub en: String,
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Words {
        Words { ar: text.ar.clone(), en: text.en.clone() }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceList {
    pub items: Vec<ServiceLine>,
    /// Give it back as `cursor` for the next page; null at the end.
    pub next: Option<String>,
    pub total: usize,
}

/// A service in a list, in the language asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceLine {
    #[schema(example = "residence-certificate")]
    pub id: String,
    pub name: String,
    pub summary: String,
    /// Slug of the providing body.
    pub provider: String,
    pub provider_name: String,
    pub audience: Vec<String>,
    /// Thousandths of a dinar.
    pub fee_milli: u64,
    pub delivery_working_days: u32,
    pub href: String,
}

/// A page of the directory
#[utoipa::path(get, path = "/api/v1/services", operation_id = "list_services", tag = "directory", params(ListParams),
    responses((status = 200, body = ServiceList), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Query(params): Query<ListParams>,
) -> Result<Json<ServiceList>, web::Error> {
    let lang = params.lang.map_or(Lang::Ar, Lang::from);
    let start: usize = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(0);
    let limit = params.limit.unwrap_or(PAGE_ENTRIES_DEFAULT).clamp(1, PAGE_ENTRIES_MAX);
    let query = search::Query {
        words: params.q.unwrap_or_default(),
        audience: params.audience,
        theme: params.theme,
        life_event: params.life_event,
        body: params.provider,
        by_name: false,
    };
    let found = services.directory.search(&query, lang, start..start.saturating_add(limit));
    let total = found.total;
    let items: Vec<ServiceLine> = found.hits.iter().map(|hit| line(&services, &hit.entry, lang)).collect();
    let end = start.saturating_add(items.len());
    let next = if end < total { Some(Cursor::encode(&end)?) } else { None };
    Ok(Json(ServiceList { items, next, total }))
}

fn line(services: &Services, entry: &Entry, lang: Lang) -> ServiceLine {
    let card = &entry.card;
    let provider = services.directory.provider(entry.body);
    ServiceLine {
        id: card.id.clone(),
        name: card.name.get(lang).to_owned(),
        summary: card.summary.get(lang).to_owned(),
        provider: card.body.clone(),
        provider_name: provider.map(|provider| provider.name.get(lang).to_owned()).unwrap_or_default(),
        audience: card.audience.clone(),
        fee_milli: card.fee_milli(),
        delivery_working_days: card.delivery_working_days.unwrap_or_default(),
        href: format!("/api/v1/services/{}", card.id),
    }
}

/// The whole card, in both languages, with the form that a request must answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceCard {
    #[schema(example = "residence-certificate")]
    pub id: String,
    pub version: i64,
    pub name: Words,
    pub summary: Words,
    pub description: Words,
    /// Slug of the providing body.
    pub provider: String,
    pub provider_name: Words,
    pub audience: Vec<String>,
    pub themes: Vec<String>,
    pub life_events: Vec<String>,
    pub conditions: Vec<Words>,
    pub documents: Vec<EvidenceLine>,
    /// Thousandths of a dinar.
    pub fee_milli: u64,
    pub fee_note: Option<Words>,
    pub delivery_working_days: u32,
    pub outputs: Vec<OutputLine>,
    pub stages: Vec<StageLine>,
    pub rights: Vec<Words>,
    pub obligations: Vec<Words>,
    pub legal_basis: Words,
    pub complaint: Words,
    pub assurance: String,
    pub maturity: String,
    /// When the competent administration last verified it, RFC 3339.
    pub verified_at: String,
    pub form: FormLine,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceLine {
    pub id: String,
    pub required: bool,
    pub title: Words,
    pub help: Words,
    /// Files that may stand for it together.
    pub files_max: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutputLine {
    pub id: String,
    /// `document`, `measure` or `administrative_act`.
    pub kind: String,
    pub title: Words,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StageLine {
    pub id: String,
    pub title: Words,
    pub holder: Words,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormLine {
    /// JSON Schema 2020-12; its `examples[0]` is a complete valid answer.
    #[schema(value_type = Object)]
    pub schema: Value,
}

/// One service
///
/// As linked data after CPSV-AP 3.2 to whoever accepts `application/ld+json`.
#[utoipa::path(get, path = "/api/v1/services/{id}", operation_id = "show_service", tag = "directory",
    params(("id" = String, Path, description = "The service's slug")),
    responses((status = 200, body = ServiceCard), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let entry = services.directory.entry(&id).ok_or_else(Refusal::not_found)?;
    if wants_linked_data(&headers) {
        let mut node = services.linked(&entry);
        node["@context"] = super::cpsv::context();
        return Ok(web::etagged(&headers, LINKED_DATA, serde_json::to_vec(&node)?));
    }
    let body = serde_json::to_vec(&card(&services, &entry))?;
    Ok(web::etagged(&headers, "application/json", body))
}

const LINKED_DATA: &str = "application/ld+json";

fn wants_linked_data(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|line| line.to_str().ok()).unwrap_or_default();
    accepts.split(',').any(|kind| kind.trim().starts_with(LINKED_DATA))
}

fn card(services: &Services, entry: &Entry) -> ServiceCard {
    let card: &Card = &entry.card;
    let words = |texts: &[Text]| texts.iter().map(Words::from).collect();
    let provider = services.directory.provider(entry.body);
    ServiceCard {
        id: card.id.clone(),
        version: entry.version,
        name: (&card.name).into(),
        summary: (&card.summary).into(),
        description: (&card.description).into(),
        provider: card.body.clone(),
        provider_name: provider
            .map_or(Words { ar: String::new(), en: String::new() }, |it| (&it.name).into()),
        audience: card.audience.clone(),
        themes: card.themes.clone(),
        life_events: card.life_events.clone(),
        conditions: words(&card.conditions),
        documents: card.documents.iter().map(evidence).collect(),
        fee_milli: card.fee_milli(),
        fee_note: card.fee.as_ref().map(|fee| (&fee.note).into()),
        delivery_working_days: card.delivery_working_days.unwrap_or_default(),
        outputs: card
            .outputs
            .iter()
            .map(|it| OutputLine {
                id: it.id.clone(),
                kind: it.kind.word().into(),
                title: (&it.title).into(),
            })
            .collect(),
        stages: card
            .stages
            .iter()
            .map(|it| StageLine { id: it.id.clone(), title: (&it.title).into(), holder: (&it.holder).into() })
            .collect(),
        rights: words(&card.rights),
        obligations: words(&card.obligations),
        legal_basis: (&card.legal_basis).into(),
        complaint: (&card.complaint).into(),
        assurance: card.assurance.clone(),
        maturity: card.maturity.clone(),
        verified_at: entry.verified_at.to_string(),
        form: FormLine { schema: entry.form.schema().clone() },
    }
}

fn evidence(it: &super::Evidence) -> EvidenceLine {
    EvidenceLine {
        id: it.id.clone(),
        required: it.required,
        title: (&it.title).into(),
        help: (&it.help).into(),
        files_max: it.files_max(),
    }
}
