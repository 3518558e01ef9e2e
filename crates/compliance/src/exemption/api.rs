//! Exemptions over HTTP.

use std::{collections::HashMap, sync::Arc};

use authz::{Actor, Failure, Refusal};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use organisations::Body;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{
    Exemption, Standing,
    ask::{AskExemption, Wish},
    decide::DecideExemption,
    end::EndExemption,
    table,
};
use crate::Door;
use crate::{Compliance, authority::NOT_YOURS, call::Call};

/// Exemptions of one answer.
const PAGE_EXEMPTIONS: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new()
        .routes(routes!(list, ask))
        .routes(routes!(show))
        .routes(routes!(decide))
        .routes(routes!(end))
}

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct ExemptionsAsked {
    /// `asked`, `in_force`, `ahead`, `refused` or `ended`.
    pub state: String,
    pub cursor: String,
    #[param(ignore)]
    pub done: String,
}

/// A body that is let off articles for a time, or that asked for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionLine {
    id: Uuid,
    /// The body's slug.
    body: String,
    /// The document, where it is meant as a whole.
    pack: String,
    controls: Vec<String>,
    /// What it is limited to, as the ledger names it; empty for everything that the body does.
    subject: String,
    justification: String,
    /// `asked`, `in_force`, `ahead`, `refused` or `ended`.
    state: String,
    starts_at: String,
    ends_at: String,
    asked_at: String,
    decided_by: Option<Uuid>,
    decided_at: Option<String>,
    reason: String,
    end_reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionPage {
    items: Vec<ExemptionLine>,
    next: Option<String>,
}

/// What a body asks for.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ExemptionWish {
    /// A body's slug.
    body: String,
    /// A document's id, to be let off all of it; else empty.
    pack: String,
    controls: Vec<String>,
    /// `service/…` to be let off for one service alone; else empty.
    subject: String,
    /// At least ten characters.
    justification: String,
    /// The first day: `2026-03-01`.
    from: String,
    /// The last day.
    until: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionAsked {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ExemptionRuling {
    grants: bool,
    /// At least ten characters.
    reason: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ExemptionEnd {
    /// At least ten characters.
    reason: String,
}

pub(super) struct Listed {
    pub held: Vec<Exemption>,
    pub next: String,
}

impl Compliance {
    pub(super) async fn exemptions(
        &self,
        actor: &Actor,
        asked: &ExemptionsAsked,
        page: usize,
    ) -> Result<Listed, Failure> {
        if actor.roles.is_empty() {
            return Err(NOT_YOURS.into());
        }
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        let standing = match asked.state.as_str() {
            "" => None,
            word => {
                let wrong = || Refusal::new(authz::Kind::Invalid, "exemption.incomplete", &["LY-SVC-5.e"]);
                Some(Standing::named(word).ok_or_else(|| wrong().with_item("state", "choice", ""))?)
            }
        };
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let place = (before, self.clock.now());
        let mut held = table::listed(&sql, &sight, standing, place, page as i64 + 1).await?;
        let next = Cursor::cut(&mut held, page, |last| last.id)?.unwrap_or_default();
        Ok(Listed { held, next })
    }

    /// An exemption that this person may see, with the controls that it names.
    pub(super) async fn exemption(
        &self,
        actor: &Actor,
        id: Uuid,
    ) -> Result<(Exemption, Vec<String>), Failure> {
        let sql = self.store.read();
        let held = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let sight = self.acting(actor).sight(&sql).await?;
        if !sight.sees(held.body) && held.asked_by != actor.person {
            return Err(Refusal::not_found().into());
        }
        let controls = table::controls_of(&sql, id).await?;
        Ok((held, controls))
    }

    async fn exemption_line(
        &self,
        bodies: &HashMap<Uuid, Body>,
        held: Exemption,
    ) -> Result<ExemptionLine, Failure> {
        let controls = table::controls_of(&self.store.read(), held.id).await?;
        Ok(ExemptionLine {
            id: held.id,
            body: bodies.get(&held.body).map(|body| body.slug.clone()).unwrap_or_default(),
            controls,
            state: held.standing(self.clock.now()).word().to_owned(),
            pack: held.pack,
            subject: held.subject,
            justification: held.justification,
            starts_at: held.starts_at.to_string(),
            ends_at: held.ends_at.to_string(),
            asked_at: held.asked_at.to_string(),
            decided_by: held.decided_by,
            decided_at: held.decided_at.map(|at| at.to_string()),
            reason: held.reason,
            end_reason: held.end_reason,
        })
    }
}

/// Exemptions
///
/// Of all bodies for those who oversee them, of the own body for its people, and those that you asked for.
#[utoipa::path(get, path = "/api/v1/exemptions", operation_id = "list_exemptions", tag = "compliance",
    security(("token" = [])), params(ExemptionsAsked), responses((status = 200, body = ExemptionPage), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Query(asked): Query<ExemptionsAsked>,
) -> Result<Json<ExemptionPage>, web::Error> {
    let listed = kernel.exemptions(&actor, &asked, PAGE_EXEMPTIONS).await?;
    let bodies = kernel.bodies_by_id().await?;
    let mut items = Vec::with_capacity(listed.held.len());
    for held in listed.held {
        items.push(kernel.exemption_line(&bodies, held).await?);
    }
    Ok(Json(ExemptionPage { items, next: Some(listed.next).filter(|next| !next.is_empty()) }))
}

/// One exemption
#[utoipa::path(get, path = "/api/v1/exemptions/{id}", operation_id = "show_exemption", tag = "compliance",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = ExemptionLine), Refusals))]
async fn show(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ExemptionLine>, web::Error> {
    let (held, _) = kernel.exemption(&actor, id).await?;
    let bodies = kernel.bodies_by_id().await?;
    Ok(Json(kernel.exemption_line(&bodies, held).await?))
}

/// Ask for an exemption
///
/// For the head, the administrators and the authors of a body, with a justification.
#[utoipa::path(post, path = "/api/v1/exemptions", operation_id = "ask_exemption", tag = "compliance",
    security(("token" = [])), request_body = ExemptionWish, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ExemptionAsked), Refusals))]
async fn ask(call: Call, Json(body): Json<ExemptionWish>) -> Result<Response, web::Error> {
    let key = call.once("exemptions", &body)?;
    let ExemptionWish { body, pack, controls, subject, justification, from, until } = body;
    let wish = Wish { body, pack, controls, subject, justification, from, until };
    let verb = AskExemption { acting: call.acting(), packs: call.kernel.packs.clone(), wish };
    let id = call.kernel.carry_out(&call.actor, "exemptions", verb, key).await?;
    Ok((StatusCode::CREATED, Json(ExemptionAsked { id })).into_response())
}

/// Grant or refuse an exemption
///
/// For the competent administration, with its reasons; never for whoever asked.
#[utoipa::path(post, path = "/api/v1/exemptions/{id}/decide", operation_id = "decide_exemption", tag = "compliance",
    security(("token" = [])), request_body = ExemptionRuling,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn decide(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<ExemptionRuling>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("exemptions/decide", &(&id, &body))?;
    call.kernel.exemption(&call.actor, id).await?;
    let verb =
        DecideExemption { acting: call.acting(), exemption: id, grants: body.grants, reason: body.reason };
    call.kernel.carry_out(&call.actor, &format!("exemption/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End an exemption before its day
///
/// For the competent administration, with its reasons.
#[utoipa::path(post, path = "/api/v1/exemptions/{id}/end", operation_id = "end_exemption", tag = "compliance",
    security(("token" = [])), request_body = ExemptionEnd,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<ExemptionEnd>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("exemptions/end", &(&id, &body))?;
    call.kernel.exemption(&call.actor, id).await?;
    let verb = EndExemption { acting: call.acting(), exemption: id, reason: body.reason };
    call.kernel.carry_out(&call.actor, &format!("exemption/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
