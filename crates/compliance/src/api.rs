//! The controls over HTTP, as programs read them. Public: the regulation is.

use std::{collections::BTreeMap, sync::Arc};

use authz::Refusal;
use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Path, Query, etagged, openapi::Refusals};

use crate::{ControlState, Enforcement, Filter, Packs, browse::page_after, listing::Line};

const PAGE_CONTROLS_DEFAULT: usize = 50;
const PAGE_CONTROLS_MAX: usize = 500;

/// `/api/v1/controls` and `/api/v1/controls/{id}`.
pub fn api() -> OpenApiRouter<Arc<Packs>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ListParams {
    /// Words in Arabic or English, in any spelling, or the beginning of an id.
    q: Option<String>,
    /// `ly-services`, `ly-mail`, `om-social`, `iq-social` or `kw-remote`.
    pack: Option<String>,
    module: Option<String>,
    /// Who is bound, by the English word: `service provider`.
    actor: Option<String>,
    /// A chapter or article, by the English word: `Art. 13`.
    chapter: Option<String>,
    /// `prevent`, `do`, `detect`, `record`, `attest` or `reference`.
    enforcement: Option<String>,
    /// `enforced`, `partial`, `planned` or `reference`.
    state: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// How many controls a page has; beyond 1 to 500 the nearest of the two counts.
    #[param(minimum = 0)]
    limit: Option<usize>,
}

impl ListParams {
    fn filter(&self, packs: &Packs) -> Result<Filter, Refusal> {
        let fields = [
            ("q", &self.q),
            ("pack", &self.pack),
            ("module", &self.module),
            ("actor", &self.actor),
            ("chapter", &self.chapter),
            ("enforcement", &self.enforcement),
            ("state", &self.state),
        ];
        let given: BTreeMap<&str, &str> =
            fields.into_iter().filter_map(|(field, word)| Some((field, word.as_deref()?))).collect();
        Filter::read(packs, &given)
    }
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ControlText {
    pub ar: String,
    pub en: String,
}

impl From<&language::Text> for ControlText {
    fn from(text: &language::Text) -> ControlText {
        ControlText { ar: text.ar.clone(), en: text.en.clone() }
    }
}

/// A control in a list.
#[derive(Serialize, ToSchema)]
struct ControlLine {
    id: String,
    pack: String,
    article: ControlText,
    /// What software can do about it.
    enforcement: &'static str,
    module: String,
    /// How far the product has come with it.
    state: &'static str,
    /// Files that enforce it.
    r#where: Vec<String>,
    /// Tests that prove it.
    tests: Vec<String>,
    title: ControlText,
}

impl From<Line<'_>> for ControlLine {
    fn from(line: Line<'_>) -> ControlLine {
        ControlLine {
            id: line.id.to_owned(),
            pack: line.pack.to_owned(),
            article: line.article.into(),
            enforcement: Enforcement::as_str(line.enforcement),
            module: line.module.to_owned(),
            state: ControlState::as_str(line.state),
            r#where: line.r#where.to_vec(),
            tests: line.tests.to_vec(),
            title: line.title.into(),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct ControlPage {
    items: Vec<ControlLine>,
    /// The cursor of the next page, when there is one.
    next: Option<String>,
    /// How many fit in all.
    total: usize,
}

/// A control with its duty and its numbers.
#[derive(Serialize, ToSchema)]
struct ControlFull {
    #[serde(flatten)]
    line: ControlLine,
    /// Who is bound.
    actor: ControlText,
    /// The duty in our own words.
    duty: ControlText,
    /// Codes with which the product refuses because of it.
    codes: Vec<String>,
    parameters: Vec<ControlParameter>,
    /// What is known to be missing.
    missing: Option<ControlText>,
}

/// A parameter with the value in force.
#[derive(Serialize, ToSchema)]
struct ControlParameter {
    id: String,
    title: ControlText,
    /// `90 days`; empty where the deployment owes it.
    value: String,
    /// `lower`, `higher` or `union`.
    stricter: String,
    /// The packs whose value is the one in force.
    decided_by: Vec<String>,
}

/// The controls in force, in the order of the documents.
#[utoipa::path(
    get,
    path = "/api/v1/controls",
    operation_id = "list_controls",
    params(ListParams),
    responses((status = 200, body = ControlPage), Refusals),
    tag = "controls"
)]
async fn list(
    State(packs): State<Arc<Packs>>,
    Query(params): Query<ListParams>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let after: Option<String> = Cursor::decode_given(params.cursor.as_deref())?;
    let limit = params.limit.unwrap_or(PAGE_CONTROLS_DEFAULT).clamp(1, PAGE_CONTROLS_MAX);
    let found = params.filter(&packs)?.find(&packs);
    let (page, next) = page_after(&packs, &found, after.as_deref(), limit);
    let page = ControlPage {
        items: page.into_iter().map(|control| Line::from(control).into()).collect(),
        next: next.map(|id| Cursor::encode(&id)).transpose()?,
        total: found.len(),
    };
    Ok(etagged(&headers, "application/json", serde_json::to_vec(&page)?))
}

/// One control.
#[utoipa::path(
    get,
    path = "/api/v1/controls/{id}",
    operation_id = "show_control",
    params(("id" = String, Path, description = "`LY-SVC-13.4`")),
    responses((status = 200, body = ControlFull), Refusals),
    tag = "controls"
)]
async fn show(
    State(packs): State<Arc<Packs>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let control = packs.control(&id).ok_or_else(web::Error::not_found)?;
    let parameters = control.parameters.iter().filter_map(|id| packs.parameter(id));
    let full = ControlFull {
        line: Line::from(control).into(),
        actor: (&control.actor).into(),
        duty: (&control.duty).into(),
        codes: control.codes.clone(),
        parameters: parameters.map(parameter).collect(),
        missing: control.proof.partial.as_ref().map(ControlText::from),
    };
    Ok(etagged(&headers, "application/json", serde_json::to_vec(&full)?))
}

fn parameter(resolved: &crate::Resolved) -> ControlParameter {
    let deciding = resolved.origins.iter().filter(|origin| origin.decides);
    ControlParameter {
        id: resolved.id.clone(),
        title: (&resolved.title).into(),
        value: resolved.value.to_string(),
        stricter: match resolved.stricter {
            crate::Stricter::Lower => "lower",
            crate::Stricter::Higher => "higher",
            crate::Stricter::Union => "union",
        }
        .to_owned(),
        decided_by: deciding.map(|origin| origin.pack.clone()).collect(),
    }
}
