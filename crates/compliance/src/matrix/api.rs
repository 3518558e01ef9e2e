//! How bodies stand, over HTTP.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{BodyLine, Place};
use crate::{Compliance, Control, browse::page_after};

/// Bodies, or controls, of one answer.
const PAGE_LINES: usize = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct MatrixAsked {
    cursor: Option<String>,
}

/// How one body stands.
#[derive(Debug, Serialize, ToSchema)]
struct MatrixBody {
    /// The body's slug.
    body: String,
    /// Findings that are not closed.
    findings: i64,
    findings_late: i64,
    attestations: i64,
    attestations_confirmed: i64,
    attestations_overdue: i64,
    /// Exemptions in force.
    exemptions: i64,
    /// Documents that bind it now.
    packs: usize,
    /// It provides services, and no document was assigned to it.
    gap: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct MatrixPage {
    items: Vec<MatrixBody>,
    next: Option<String>,
}

/// How one control stands at one body.
#[derive(Debug, Serialize, ToSchema)]
struct MatrixControl {
    control: String,
    /// `finding_late`, `attestation_late`, `finding`, `attestation_due`, `exempt`, `attested`, `enforced`, `partial`,
    /// `planned` or `reference`: the first that is true.
    state: String,
    findings: i64,
    /// Entries of the ledger that cite it and name this body.
    evidence: i64,
    attestation_due_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MatrixControls {
    items: Vec<MatrixControl>,
    next: Option<String>,
}

/// How bodies stand, the worst first
///
/// All bodies for those who oversee them, else your own.
#[utoipa::path(get, path = "/api/v1/compliance", operation_id = "list_compliance", tag = "compliance",
    security(("token" = [])), params(MatrixAsked), responses((status = 200, body = MatrixPage), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Query(asked): Query<MatrixAsked>,
) -> Result<Json<MatrixPage>, web::Error> {
    let sight = kernel.overseen(&kernel.acting(&actor)).await?;
    let after: Option<Place> = Cursor::decode_given(asked.cursor.as_deref())?;
    let mut lines = kernel.body_lines(&sight, after, PAGE_LINES + 1).await?;
    let next = Cursor::cut(&mut lines, PAGE_LINES, BodyLine::place)?;
    let line = |it: BodyLine| MatrixBody {
        body: it.body.slug,
        findings: it.findings.open + it.findings.answered,
        findings_late: it.findings.late,
        attestations: it.attestations.all,
        attestations_confirmed: it.attestations.confirmed,
        attestations_overdue: it.attestations.overdue,
        exemptions: it.exemptions,
        packs: it.packs,
        gap: it.is_gap,
    };
    Ok(Json(MatrixPage { items: lines.into_iter().map(line).collect(), next }))
}

/// How the controls stand at one body
///
/// Those of the documents that bind it, in their order.
#[utoipa::path(get, path = "/api/v1/compliance/bodies/{body}", operation_id = "show_compliance", tag = "compliance",
    security(("token" = [])), params(("body" = String, Path), MatrixAsked),
    responses((status = 200, body = MatrixControls), Refusals))]
async fn show(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Query(asked): Query<MatrixAsked>,
) -> Result<Json<MatrixControls>, web::Error> {
    let body = kernel.seen_body(&kernel.acting(&actor), &slug).await?;
    let held = kernel.held(body.id).await?;
    let after: Option<String> = Cursor::decode_given(asked.cursor.as_deref())?;
    let bound = kernel.bound(&held);
    let (page, next) = page_after(&kernel.packs, &bound, after.as_deref(), PAGE_LINES);
    let line = |it: &&Control| MatrixControl {
        control: it.id.clone(),
        state: held.standing(it).word().to_owned(),
        findings: held.findings(&it.id).open + held.findings(&it.id).answered,
        evidence: held.evidence(&it.id).map_or(0, |it| it.entries),
        attestation_due_at: held.attestation(&it.id).map(|it| it.due_at.to_string()),
    };
    let items = page.iter().map(line).collect();
    Ok(Json(MatrixControls { items, next: next.map(|id| Cursor::encode(&id)).transpose()? }))
}
