//! Cases over HTTP.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use organisations::Body;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{
    Case,
    list::{CaseFile, CasesAsked},
    open::OpenViolation,
    readers::LetRead,
    seal::{AddEvidence, sealed},
    step::TakeStep,
};
use crate::Door;
use crate::{Compliance, api::ControlText, call::Call};

/// Cases of one answer.
const PAGE_CASES: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(show))
        .routes(routes!(take_step))
        .routes(routes!(add_evidence))
        .routes(routes!(let_read))
}

/// What is alleged under which clause, and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComplianceCase {
    id: Uuid,
    /// `forensic` or `violation`.
    kind: &'static str,
    /// The body's slug.
    body: String,
    /// The clause, as the id of a control.
    control: String,
    /// The law that it rests on besides, as the documents name it; empty for the clause alone.
    law: String,
    /// The edition of the document at the opening.
    edition: String,
    person: Option<Uuid>,
    /// What it came from, as the ledger names it; empty where somebody opened it.
    origin: String,
    title: ControlText,
    facts: ControlText,
    /// The steps in the order in which they must be taken.
    steps: Vec<String>,
    /// The one that comes next; nothing when the case is closed.
    next_step: Option<String>,
    opened_at: String,
    closed_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasePage {
    items: Vec<ComplianceCase>,
    next: Option<String>,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseStepTaken {
    step: String,
    words: String,
    by: Uuid,
    at: String,
}

/// What the ledger held about something at a moment, under one hash.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseEvidence {
    id: Uuid,
    what: String,
    /// What was sealed, as the ledger names it; several names with a blank between.
    subject: String,
    entries: i64,
    sha256: String,
    by: Uuid,
    at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseFull {
    #[serde(flatten)]
    line: ComplianceCase,
    taken: Vec<CaseStepTaken>,
    evidence: Vec<CaseEvidence>,
    readers: Vec<Uuid>,
    /// `step`, `evidence`, `reader`.
    actions: Vec<&'static str>,
}

/// A clause that somebody did not keep.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ViolationReport {
    /// A body's slug.
    body: String,
    /// The clause, as the id of a control.
    control: String,
    /// The law that it rests on besides: `iq-cybercrime`, as the register of documents names it; may be empty.
    law: String,
    /// The national number of the employee concerned.
    identifier: String,
    title: String,
    /// At least ten characters.
    facts: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseOpened {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CaseStepWords {
    /// The step that comes next.
    step: String,
    /// At least ten characters.
    words: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CaseEvidenceNamed {
    /// What it shows; at least ten characters.
    what: String,
    /// A name of the ledger: `person/…`, `request/26-…`.
    subject: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CaseReaderNamed {
    /// The national number of somebody who holds an office.
    identifier: String,
}

fn line(bodies: &HashMap<Uuid, Body>, it: Case) -> ComplianceCase {
    ComplianceCase {
        id: it.id,
        kind: it.kind.word(),
        body: bodies.get(&it.body).map(|body| body.slug.clone()).unwrap_or_default(),
        next_step: it.next().map(str::to_owned),
        control: it.control,
        law: it.law,
        edition: it.edition,
        person: it.person,
        origin: it.origin,
        title: ControlText::from(&it.title),
        facts: ControlText::from(&it.facts),
        steps: it.steps,
        opened_at: it.opened_at.to_string(),
        closed_at: it.closed_at.map(|at| at.to_string()),
    }
}

fn full(bodies: &HashMap<Uuid, Body>, file: CaseFile) -> CaseFull {
    let taken = file.taken.into_iter().map(|it| CaseStepTaken {
        step: it.step,
        words: it.words,
        by: it.by,
        at: it.at.to_string(),
    });
    let evidence = file.evidence.into_iter().map(|it| CaseEvidence {
        id: it.id,
        what: it.what,
        subject: it.subject,
        entries: it.entries,
        sha256: it.hash,
        by: it.by,
        at: it.at.to_string(),
    });
    CaseFull {
        line: line(bodies, file.case),
        taken: taken.collect(),
        evidence: evidence.collect(),
        readers: file.readers,
        actions: if file.may_work { vec!["step", "evidence", "reader"] } else { Vec::new() },
    }
}

/// Cases
///
/// Of the bodies at which you oversee or investigate, and those that you were let into; never one about yourself. The newest
/// first.
#[utoipa::path(get, path = "/api/v1/cases", operation_id = "list_cases", tag = "compliance",
    security(("token" = [])), params(CasesAsked), responses((status = 200, body = CasePage), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Query(asked): Query<CasesAsked>,
) -> Result<Json<CasePage>, web::Error> {
    let listed = kernel.cases(&actor, &asked, PAGE_CASES).await?;
    let bodies = kernel.bodies_by_id().await?;
    let items = listed.cases.into_iter().map(|it| line(&bodies, it)).collect();
    Ok(Json(CasePage { items, next: (!listed.next.is_empty()).then_some(listed.next) }))
}

/// Open a violation case
///
/// For the head, the administrators and the auditors of a body, about somebody who works there.
#[utoipa::path(post, path = "/api/v1/cases", operation_id = "open_case", tag = "compliance",
    security(("token" = [])), request_body = ViolationReport, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = CaseOpened), Refusals))]
async fn open(call: Call, Json(body): Json<ViolationReport>) -> Result<Response, web::Error> {
    let key = call.once("cases", &body)?;
    let ViolationReport { body, control, law, identifier, title, facts } = body;
    let packs = call.kernel.packs.clone();
    let verb = OpenViolation { acting: call.acting(), packs, body, control, law, identifier, title, facts };
    let id = call.kernel.carry_out(&call.actor, "cases", verb, key).await?;
    Ok((StatusCode::CREATED, Json(CaseOpened { id })).into_response())
}

/// A case
#[utoipa::path(get, path = "/api/v1/cases/{id}", operation_id = "show_case", tag = "compliance",
    security(("token" = [])), params(("id" = Uuid, Path)), responses((status = 200, body = CaseFull), Refusals))]
async fn show(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<CaseFull>, web::Error> {
    let file = kernel.case_file(&actor, id).await?;
    Ok(Json(full(&kernel.bodies_by_id().await?, file)))
}

/// Take the next step
///
/// Steps are taken in the order of the procedure; another one than the next is refused. The last one closes the case.
#[utoipa::path(post, path = "/api/v1/cases/{id}/steps", operation_id = "take_case_step", tag = "compliance",
    security(("token" = [])), request_body = CaseStepWords,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn take_step(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<CaseStepWords>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("cases/steps", &(&id, &body))?;
    let verb = TakeStep { acting: call.acting(), case: id, step: body.step, words: body.words };
    call.kernel.carry_out(&call.actor, &format!("case/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Seal evidence
///
/// What the ledger holds about something now goes into the case under one hash.
#[utoipa::path(post, path = "/api/v1/cases/{id}/evidence", operation_id = "seal_case_evidence", tag = "compliance",
    security(("token" = [])), request_body = CaseEvidenceNamed,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn add_evidence(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<CaseEvidenceNamed>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("cases/evidence", &(&id, &body))?;
    // Whoever may not see the case does not make the ledger be read.
    call.kernel.case_file(&call.actor, id).await?;
    let seal = sealed(&call.kernel.store.read(), &[body.subject.trim().to_owned()]).await?;
    let verb = AddEvidence { acting: call.acting(), case: id, what: body.what, seal };
    call.kernel.carry_out(&call.actor, &format!("case/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let somebody read a case
///
/// Somebody who holds an office, and never the person whom the case is about.
#[utoipa::path(post, path = "/api/v1/cases/{id}/readers", operation_id = "let_read_case", tag = "compliance",
    security(("token" = [])), request_body = CaseReaderNamed,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn let_read(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<CaseReaderNamed>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("cases/readers", &(&id, &body))?;
    let verb = LetRead { acting: call.acting(), case: id, identifier: body.identifier };
    call.kernel.carry_out(&call.actor, &format!("case/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
