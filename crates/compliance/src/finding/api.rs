//! Findings over HTTP.

use std::{collections::HashMap, sync::Arc};

use authz::{Actor, Failure};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use language::Text;
use organisations::Body;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{Finding, Standing, answer::AnswerFinding, judge::Judge, list::FindingsAsked, report::Report};
use crate::Door;
use crate::{Compliance, api::ControlText, call::Call};

/// Findings of one answer.
const PAGE_FINDINGS: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new()
        .routes(routes!(list, report))
        .routes(routes!(show))
        .routes(routes!(answer))
        .routes(routes!(close))
        .routes(routes!(send_back))
}

/// Something that a control asks for and that was found not to hold.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComplianceFinding {
    id: Uuid,
    control: String,
    /// The body's slug.
    body: String,
    /// What it is about, as the ledger names it; empty for the body as a whole.
    subject: String,
    what: ControlText,
    /// `low`, `medium`, `high` or `critical`.
    severity: String,
    /// `open`, `answered` or `closed`.
    state: String,
    late: bool,
    owner: Option<Uuid>,
    opened_at: String,
    due_at: String,
    answer: String,
    answered_at: Option<String>,
    closing: String,
    closed_at: Option<String>,
    /// How often it was found while it was open.
    times: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingPage {
    items: Vec<ComplianceFinding>,
    next: Option<String>,
}

/// A finding and what this caller may do about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingFull {
    #[serde(flatten)]
    line: ComplianceFinding,
    /// `answer`, `close`, `return`.
    actions: Vec<String>,
}

/// What an auditor found.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FindingReport {
    /// A body's slug.
    body: String,
    /// A control's id.
    control: String,
    /// As the ledger names it; empty for the body as a whole.
    subject: String,
    /// `low`, `medium`, `high` or `critical`: it decides the time limit.
    severity: String,
    /// At least ten characters.
    what: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingOpened {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FindingWords {
    /// At least ten characters.
    words: String,
}

fn line(kernel: &Compliance, bodies: &HashMap<Uuid, Body>, it: Finding) -> ComplianceFinding {
    ComplianceFinding {
        id: it.id,
        body: bodies.get(&it.body).map(|body| body.slug.clone()).unwrap_or_default(),
        what: ControlText::from(&Text::new(it.what.ar.clone(), it.what.en.clone())),
        severity: it.severity.word().to_owned(),
        state: it.standing.word().to_owned(),
        late: it.is_late(kernel.clock.now()),
        owner: it.owner,
        opened_at: it.opened_at.to_string(),
        due_at: it.due_at.to_string(),
        answered_at: it.answered_at.map(|at| at.to_string()),
        closed_at: it.closed_at.map(|at| at.to_string()),
        times: it.times,
        control: it.control,
        subject: it.subject,
        answer: it.answer,
        closing: it.closing,
    }
}

/// Findings
///
/// Of all bodies for those who oversee them; of the own body for its head, its administrators and its auditors; and those
/// that are yours to answer.
#[utoipa::path(get, path = "/api/v1/findings", operation_id = "list_findings", tag = "compliance",
    security(("token" = [])), params(FindingsAsked), responses((status = 200, body = FindingPage), Refusals))]
async fn list(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Query(asked): Query<FindingsAsked>,
) -> Result<Json<FindingPage>, web::Error> {
    let listed = kernel.findings(&actor, &asked, PAGE_FINDINGS).await?;
    let bodies = kernel.bodies_by_id().await?;
    let items = listed.findings.into_iter().map(|it| line(&kernel, &bodies, it)).collect();
    Ok(Json(FindingPage { items, next: Some(listed.next).filter(|next| !next.is_empty()) }))
}

/// One finding
#[utoipa::path(get, path = "/api/v1/findings/{id}", operation_id = "show_finding", tag = "compliance",
    security(("token" = [])), params(("id" = Uuid, Path)), responses((status = 200, body = FindingFull), Refusals))]
async fn show(
    State(kernel): State<Arc<Compliance>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<FindingFull>, web::Error> {
    let finding = kernel.finding(&actor, id).await?;
    let actions = kernel.finding_actions(&actor, &finding).await?;
    let actions = actions.into_iter().map(str::to_owned).collect();
    let bodies = kernel.bodies_by_id().await?;
    Ok(Json(FindingFull { line: line(&kernel, &bodies, finding), actions }))
}

impl Compliance {
    /// What the state allows and the policies permit.
    pub(crate) async fn finding_actions(
        &self,
        actor: &Actor,
        finding: &Finding,
    ) -> Result<Vec<&'static str>, Failure> {
        let sql = self.store.read();
        let (act, names): (&'static str, &[&'static str]) = match finding.standing {
            Standing::Open => ("answer_finding", &["answer"]),
            Standing::Answered => ("judge_finding", &["close", "return"]),
            Standing::Closed => return Ok(Vec::new()),
        };
        let may = self.acting(actor).may(&sql, act, Some(finding.body), finding.about()).await?;
        Ok(if may { names.to_vec() } else { Vec::new() })
    }
}

/// Report a finding
///
/// For auditors. The same thing at the same body is one finding as long as it is open: reported again, it is counted.
#[utoipa::path(post, path = "/api/v1/findings", operation_id = "report_finding", tag = "compliance",
    security(("token" = [])), request_body = FindingReport, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = FindingOpened), Refusals))]
async fn report(call: Call, Json(body): Json<FindingReport>) -> Result<Response, web::Error> {
    let key = call.once("findings", &body)?;
    let FindingReport { body, control, subject, severity, what } = body;
    let packs = call.kernel.packs.clone();
    let verb = Report { acting: call.acting(), packs, body, control, subject, severity, what };
    let id = call.kernel.carry_out(&call.actor, "findings", verb, key).await?;
    Ok((StatusCode::CREATED, Json(FindingOpened { id })).into_response())
}

/// Answer a finding
///
/// For its owner, and for the head and the administrators of the body.
#[utoipa::path(post, path = "/api/v1/findings/{id}/answer", operation_id = "answer_finding", tag = "compliance",
    security(("token" = [])), request_body = FindingWords,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn answer(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<FindingWords>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("findings/answer", &(&id, &body))?;
    let verb = AnswerFinding { acting: call.acting(), finding: id, answer: body.words };
    call.kernel.carry_out(&call.actor, &format!("finding/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Close a finding
///
/// For auditors, never for whoever owns or answered it.
#[utoipa::path(post, path = "/api/v1/findings/{id}/close", operation_id = "close_finding", tag = "compliance",
    security(("token" = [])), request_body = FindingWords,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn close(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<FindingWords>,
) -> Result<StatusCode, web::Error> {
    judge(&call, id, body, true).await
}

/// Send a finding back
///
/// The answer is not enough: the body gets it again, with a new time limit.
#[utoipa::path(post, path = "/api/v1/findings/{id}/return", operation_id = "return_finding", tag = "compliance",
    security(("token" = [])), request_body = FindingWords,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn send_back(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<FindingWords>,
) -> Result<StatusCode, web::Error> {
    judge(&call, id, body, false).await
}

async fn judge(call: &Call, id: Uuid, body: FindingWords, closes: bool) -> Result<StatusCode, web::Error> {
    let key = call.once("findings/judge", &(&id, &body, closes))?;
    let verb = Judge { acting: call.acting(), finding: id, closes, words: body.words };
    call.kernel.carry_out(&call.actor, &format!("finding/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
