//! The directory's trees and rules over HTTP: anybody reads them, the competent administration changes them
//! (LY-SVC-22.2, 23.4).

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use language::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Path, Query, openapi::Refusals};

use super::{Words, register::NoParams};
use crate::{
    Services,
    call::Call,
    classification::{self, Tree, edit::EditTerm},
    rulebook::{self, Rules, set::SetRules},
};
use authz::{Failure, Refusal};

pub(super) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(trees)).routes(routes!(edit)).routes(routes!(rules, set_rules))
}

/// A word that services are sorted by.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TermLine {
    tree: Tree,
    #[schema(example = "civil-status")]
    word: String,
    /// The word above it; empty at the top.
    parent: String,
    name: Words,
    retired: bool,
}

/// The trees that services are sorted by
#[utoipa::path(get, path = "/api/v1/directory/classification", operation_id = "list_classification", tag = "directory",
    responses((status = 200, body = Vec<TermLine>), Refusals))]
async fn trees(
    State(services): State<Arc<Services>>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<Vec<TermLine>>, web::Error> {
    Ok(services.tree_lines().await?)
}

impl Services {
    async fn tree_lines(&self) -> Result<Json<Vec<TermLine>>, Failure> {
        let terms = classification::table::all(&self.store.read()).await?;
        Ok(Json(classification::ordered(terms).into_iter().map(term_line).collect()))
    }

    async fn rules_body(&self) -> Result<Json<RulesBody>, Failure> {
        let held = rulebook::table::current(&self.store.read()).await?;
        let since = held.at.map(|at| at.to_string());
        Ok(Json(RulesBody { version: held.version, since, rules: held.rules }))
    }
}

fn term_line(term: classification::Term) -> TermLine {
    TermLine {
        tree: term.tree,
        word: term.word,
        parent: term.parent,
        name: (&term.name).into(),
        retired: term.retired_at.is_some(),
    }
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TermBody {
    name_ar: String,
    name_en: String,
    /// The word above it; empty at the top.
    parent: String,
    /// The smaller, the earlier it is listed.
    place: i64,
    /// No longer chosen; what bears it keeps it.
    retired: bool,
}

/// Add, rename, move or retire a word
#[utoipa::path(put, path = "/api/v1/directory/classification/{tree}/{word}", operation_id = "set_term",
    tag = "directory", security(("token" = [])), request_body = TermBody,
    params(("tree" = String, Path, description = "`theme` or `life_event`"), ("word" = String, Path)),
    responses((status = 200, body = Vec<TermLine>), Refusals))]
async fn edit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((tree, word)): Path<(String, String)>,
    Json(body): Json<TermBody>,
) -> Result<Json<Vec<TermLine>>, web::Error> {
    let tree = Tree::named(&tree).ok_or_else(Refusal::not_found)?;
    let verb = EditTerm {
        acting: services.acting_on_directory(&actor),
        tree,
        word,
        parent: body.parent,
        name: Text::new(body.name_ar, body.name_en),
        place: body.place,
        retired: body.retired,
    };
    services.carry_out_entry(&actor, "directory/classification", verb, None).await?;
    Ok(services.tree_lines().await?)
}

/// The rules of the register, and since when they hold.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RulesBody {
    /// 0 is what the program brings.
    version: i64,
    /// RFC 3339.
    since: Option<String>,
    rules: Rules,
}

/// The rules of the register
#[utoipa::path(get, path = "/api/v1/directory/rules", operation_id = "show_rules", tag = "directory",
    responses((status = 200, body = RulesBody), Refusals))]
async fn rules(
    State(services): State<Arc<Services>>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<RulesBody>, web::Error> {
    Ok(services.rules_body().await?)
}

/// Change the rules of the register
///
/// A new version that binds every provider from now on.
#[utoipa::path(post, path = "/api/v1/directory/rules", operation_id = "set_rules", tag = "directory",
    security(("token" = [])), request_body = Rules, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = RulesBody), Refusals))]
async fn set_rules(call: Call, Json(body): Json<Rules>) -> Result<Json<RulesBody>, web::Error> {
    let key = call.once("rules", &body)?;
    let verb = SetRules { acting: call.acting_on_directory(), rules: body };
    call.services.carry_out_entry(&call.actor, "directory/rules", verb, key).await?;
    Ok(call.services.rules_body().await?)
}
