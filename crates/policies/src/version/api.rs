//! Versions over HTTP: they are opened, written, heard about, approved and published.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, openapi::Refusals};

use super::{
    PolicyContent, Version, approve::Approve, consult::Consult, open::OpenRevision, publish::Publish,
    save::SaveDraft,
};
use crate::Register;

pub(crate) fn routes() -> OpenApiRouter<Arc<Register>> {
    OpenApiRouter::new()
        .routes(routes!(open))
        .routes(routes!(show))
        .routes(routes!(save))
        .routes(routes!(consult))
        .routes(routes!(approve))
        .routes(routes!(publish))
}

/// A line of the review log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionLine {
    number: i64,
    issue: String,
    /// `draft`, `approved`, `ahead`, `in_force` or `superseded`.
    state: &'static str,
    reviewed_on: String,
    modified_by: String,
    reviewer: String,
    reasons: String,
    parts: String,
    in_force_at: Option<String>,
    published_by: Option<Uuid>,
    published_at: Option<String>,
    /// Whether those whom it binds were told of it.
    notifies: bool,
}

impl VersionLine {
    pub(crate) fn of(it: &Version, current: Option<Uuid>, now: Timestamp) -> VersionLine {
        VersionLine {
            number: it.number,
            issue: it.content.issue.clone(),
            state: it.standing(current, now).word(),
            reviewed_on: it.content.reviewed_on.clone(),
            modified_by: it.content.modified_by.clone(),
            reviewer: it.content.reviewer.clone(),
            reasons: it.content.reasons.clone(),
            parts: it.content.parts.clone(),
            in_force_at: it.in_force_at.map(|at| at.to_string()),
            published_by: it.published_by,
            published_at: it.published_at.map(|at| at.to_string()),
            notifies: it.notifies,
        }
    }
}

/// What somebody of the implementing body said.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyConsultation {
    person: Uuid,
    opinion: String,
    at: String,
}

/// The approval by the head of the owning unit.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyApproval {
    by: Option<Uuid>,
    at: Option<String>,
    /// The entry of the ledger that holds it.
    entry: Option<Uuid>,
    /// Whether the text is still the one that was approved.
    holds: bool,
    /// Its place in the log.
    index: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PolicyVersion {
    #[serde(flatten)]
    line: VersionLine,
    content: PolicyContent,
    /// Of the content; an approval names it.
    sha256: String,
    approval: Option<PolicyApproval>,
    consultations: Vec<PolicyConsultation>,
}

#[derive(Debug, Serialize, ToSchema)]
struct RevisionOpened {
    number: i64,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyDraft {
    content: PolicyContent,
    /// The hash of the draft that you read; another one means that somebody saved since.
    sha256: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyOpinion {
    /// At least ten characters.
    opinion: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyApprovalGiven {
    /// The hash of the draft that you read.
    sha256: String,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyPublication {
    /// The first day in force: `2026-03-01`; today or later.
    from: String,
    /// Whether those whom it binds are told.
    notify: bool,
    /// The day of the next review, for the first version; the latest that is allowed when it is left out.
    next_review: String,
}

impl Default for PolicyPublication {
    fn default() -> PolicyPublication {
        PolicyPublication { from: String::new(), notify: true, next_review: String::new() }
    }
}

/// Open a revision
///
/// For the members of the owning unit. The draft begins with the text of the last version.
#[utoipa::path(post, path = "/api/v1/policies/{id}/versions", operation_id = "open_policy_revision", tag = "policies",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RevisionOpened), Refusals))]
async fn open(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "policies/versions", &id, register.clock.now())?;
    register.file(&actor, id).await?;
    let verb = OpenRevision { acting: register.acting(&actor), policy: id };
    let number = register.carry_out(&actor, &format!("policy/{id}"), verb, key).await?;
    Ok((StatusCode::CREATED, Json(RevisionOpened { number })).into_response())
}

/// One version
#[utoipa::path(get, path = "/api/v1/policies/{id}/versions/{number}", operation_id = "show_policy_version",
    tag = "policies", security(("token" = [])), params(("id" = Uuid, Path), ("number" = i64, Path)),
    responses((status = 200, body = PolicyVersion), Refusals))]
async fn show(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Path((id, number)): Path<(Uuid, i64)>,
) -> Result<Json<PolicyVersion>, web::Error> {
    let (file, version, heard) = register.version_file(&actor, id, number).await?;
    let approval = register.approval(&version).await?.map(|it| PolicyApproval {
        by: version.approved_by,
        at: version.approved_at.map(|at| at.to_string()),
        entry: version.approval_entry,
        holds: it.holds,
        index: it.index,
    });
    let said = |it: super::table::Consultation| PolicyConsultation {
        person: it.person,
        opinion: it.opinion,
        at: it.at.to_string(),
    };
    Ok(Json(PolicyVersion {
        line: VersionLine::of(&version, file.current.map(|it| it.id), register.clock.now()),
        sha256: version.content.hash(),
        content: version.content,
        approval,
        consultations: heard.into_iter().map(said).collect(),
    }))
}

/// Write the draft
///
/// For the members of the owning unit. The whole content is replaced; an approval that was given is taken away.
#[utoipa::path(put, path = "/api/v1/policies/{id}/draft", operation_id = "write_policy_draft", tag = "policies",
    security(("token" = [])), request_body = PolicyDraft, params(("id" = Uuid, Path)),
    responses((status = 204), Refusals))]
async fn save(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Json(body): Json<PolicyDraft>,
) -> Result<StatusCode, web::Error> {
    register.file(&actor, id).await?;
    let (content, seen) = (body.content, body.sha256);
    let verb = SaveDraft { acting: register.acting(&actor), policy: id, content, seen };
    register.carry_out(&actor, &format!("policy/{id}"), verb, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say what the implementing body thinks of a draft on VPN use
#[utoipa::path(post, path = "/api/v1/policies/{id}/consultations", operation_id = "consult_on_policy", tag = "policies",
    security(("token" = [])), request_body = PolicyOpinion,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn consult(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(body): Json<PolicyOpinion>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "policies/consultations", &(&id, &body), register.clock.now())?;
    register.file(&actor, id).await?;
    let verb = Consult { acting: register.acting(&actor), policy: id, opinion: body.opinion };
    register.carry_out(&actor, &format!("policy/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Approve the draft
///
/// For the head of the owning unit, who names the hash of what was read.
#[utoipa::path(post, path = "/api/v1/policies/{id}/approval", operation_id = "approve_policy", tag = "policies",
    security(("token" = [])), request_body = PolicyApprovalGiven,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn approve(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(body): Json<PolicyApprovalGiven>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "policies/approval", &(&id, &body), register.clock.now())?;
    register.file(&actor, id).await?;
    let verb = Approve { acting: register.acting(&actor), policy: id, sha256: body.sha256 };
    register.carry_out(&actor, &format!("policy/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Publish what was approved
///
/// For the members of the owning unit. All nine metadata, the six fields of the review log and the approval must be there.
#[utoipa::path(post, path = "/api/v1/policies/{id}/publication", operation_id = "publish_policy", tag = "policies",
    security(("token" = [])), request_body = PolicyPublication,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn publish(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(body): Json<PolicyPublication>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "policies/publication", &(&id, &body), register.clock.now())?;
    register.file(&actor, id).await?;
    let PolicyPublication { from, notify, next_review } = body;
    let (acting, packs) = (register.acting(&actor), register.packs.clone());
    let verb = Publish { acting, packs, policy: id, from, notifies: notify, next_review };
    register.carry_out(&actor, &format!("policy/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
