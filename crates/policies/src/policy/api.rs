//! Policies over HTTP: the register, one policy, and what its units do with it as a whole.

use std::sync::Arc;

use authz::Failure;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    Policy,
    list::{PoliciesAsked, PolicyFile},
    register::{PolicyWish, RegisterPolicy},
};
use crate::{
    Register, breach::ReportBreach, review::sign::SignReview, version::Version, version::api::VersionLine,
};

/// Policies of one answer.
const PAGE_POLICIES: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Arc<Register>> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(show))
        .routes(routes!(sign_review))
        .routes(routes!(report_breach))
}

/// A policy, with the version that its readers see.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyLine {
    id: Uuid,
    body: Uuid,
    kind: &'static str,
    owner_unit: Uuid,
    second_unit: Option<Uuid>,
    /// Whether it binds the staff of all bodies.
    everywhere: bool,
    /// Whose it is and where it stands, where it is of another authority.
    issuer: String,
    address: String,
    title_ar: String,
    title_en: String,
    issue: String,
    version: i64,
    /// `draft`, `approved`, `ahead`, `in_force` or `superseded`.
    state: &'static str,
    next_review_at: Option<String>,
    /// Past that day (OM-SOC-R.2).
    review_overdue: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct PolicyPage {
    items: Vec<PolicyLine>,
    next: Option<String>,
}

/// A signature under a review.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyReviewLine {
    unit: Uuid,
    person: Uuid,
    words: String,
    at: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct PolicyFull {
    #[serde(flatten)]
    line: PolicyLine,
    /// The review log: every version that you may see, in its order.
    versions: Vec<VersionLine>,
    reviews: Vec<PolicyReviewLine>,
    /// `revise`, `approve`, `consult`, `sign_review`, `follow_up`, `report_breach`.
    actions: Vec<&'static str>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyNew {
    /// `official_mail`, `social_media`, `remote_work`, `vpn_use`, `information_security`, `external` or `other`.
    kind: String,
    /// The unit that owns it; you are one of its members.
    owner_unit: Option<Uuid>,
    /// The unit that signs each review with the owner.
    second_unit: Option<Uuid>,
    title_ar: String,
    title_en: String,
    /// Binds the staff of all bodies; for the competent administration.
    everywhere: bool,
    /// Whose it is, where it is of another authority.
    issuer: String,
    /// Where that authority publishes it, with `https://`.
    address: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct PolicyMade {
    id: Uuid,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyReviewWords {
    /// What was looked at; at least ten characters.
    words: String,
    /// The day of the next review; the latest that is allowed when it is left out.
    next_review: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PolicyBreachReport {
    /// The number of the clause.
    clause: String,
    /// The national number of somebody who works at the body.
    identifier: String,
    /// The day on which it happened: `2026-03-01`.
    on: String,
    /// `publish`, `repost`, `comment`, `like`, `follow`, `interact`, `disclose` or `other`.
    act: String,
    /// At least ten characters.
    facts: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct PolicyBreachCase {
    /// The case that was opened: `/api/v1/cases/{id}`.
    case: Uuid,
}

fn line(register: &Register, policy: Policy, version: &Version, current: Option<Uuid>) -> PolicyLine {
    let now = register.clock.now();
    PolicyLine {
        id: policy.id,
        body: policy.body,
        kind: policy.kind.word(),
        owner_unit: policy.owner_unit,
        second_unit: policy.second_unit,
        everywhere: policy.is_everywhere,
        title_ar: version.content.title_ar.clone(),
        title_en: version.content.title_en.clone(),
        issue: version.content.issue.clone(),
        version: version.number,
        state: version.standing(current, now).word(),
        next_review_at: policy.next_review_at.map(|at| at.to_string()),
        review_overdue: policy.is_review_overdue(now),
        issuer: policy.issuer,
        address: policy.address,
    }
}

/// The policies that bind you, and those that you write or follow up
///
/// The newest first.
#[utoipa::path(get, path = "/api/v1/policies", operation_id = "list_policies", tag = "policies",
    security(("token" = [])), params(PoliciesAsked), responses((status = 200, body = PolicyPage), Refusals))]
async fn list(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Query(asked): Query<PoliciesAsked>,
) -> Result<Json<PolicyPage>, web::Error> {
    let (listed, next) = register.listed(&actor, &asked, PAGE_POLICIES).await?;
    let items = listed.into_iter().map(|it| line(&register, it.policy, &it.version, it.current)).collect();
    Ok(Json(PolicyPage { items, next: Some(next).filter(|next| !next.is_empty()) }))
}

/// Register a policy, with its first draft
///
/// For a member of the unit that will own it.
#[utoipa::path(post, path = "/api/v1/policies", operation_id = "register_policy", tag = "policies",
    security(("token" = [])), request_body = PolicyNew, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PolicyMade), Refusals))]
async fn register(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(body): Json<PolicyNew>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "policies", &body, register.clock.now())?;
    let PolicyNew { kind, owner_unit, second_unit, title_ar, title_en, everywhere, issuer, address } = body;
    let is_everywhere = everywhere;
    let wish =
        PolicyWish { kind, owner_unit, second_unit, title_ar, title_en, is_everywhere, issuer, address };
    let verb = RegisterPolicy { acting: register.acting(&actor), wish };
    let id = register.carry_out(&actor, "policies", verb, key).await?;
    Ok((StatusCode::CREATED, Json(PolicyMade { id })).into_response())
}

/// A policy at its stable address, with the version in force
#[utoipa::path(get, path = "/api/v1/policies/{id}", operation_id = "show_policy", tag = "policies",
    security(("token" = [])), params(("id" = Uuid, Path)), responses((status = 200, body = PolicyFull), Refusals))]
async fn show(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<PolicyFull>, web::Error> {
    Ok(Json(full(&register, register.file(&actor, id).await?)?))
}

fn full(register: &Register, file: PolicyFile) -> Result<PolicyFull, Failure> {
    let now = register.clock.now();
    let current = file.current.as_ref().map(|it| it.id);
    let shown = file.current.as_ref().or(file.versions.last());
    let shown = shown.ok_or_else(authz::Refusal::not_found)?;
    let reviews = file.reviews.iter().map(|it| PolicyReviewLine {
        unit: it.unit,
        person: it.person,
        words: it.words.clone(),
        at: it.at.to_string(),
    });
    Ok(PolicyFull {
        reviews: reviews.collect(),
        versions: file.versions.iter().map(|it| VersionLine::of(it, current, now)).collect(),
        actions: file.may.words(),
        line: line(register, file.policy.clone(), shown, current),
    })
}

/// Sign the review of a policy for your unit
///
/// For the heads of the owning unit and of the second one. With both signatures the next review is counted anew.
#[utoipa::path(post, path = "/api/v1/policies/{id}/reviews", operation_id = "sign_policy_review", tag = "policies",
    security(("token" = [])), request_body = PolicyReviewWords,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn sign_review(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(body): Json<PolicyReviewWords>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "policies/reviews", &(&id, &body), register.clock.now())?;
    register.file(&actor, id).await?;
    let PolicyReviewWords { words, next_review } = body;
    let (acting, packs) = (register.acting(&actor), register.packs.clone());
    let verb = SignReview { acting, packs, policy: id, words, next_review };
    register.carry_out(&actor, &format!("policy/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Report that somebody did not keep a clause
///
/// For the owning unit and for those who lead or audit the body. It opens a violation case with the version that was in
/// force on that day and the employee's acknowledgement.
#[utoipa::path(post, path = "/api/v1/policies/{id}/breaches", operation_id = "report_policy_breach", tag = "policies",
    security(("token" = [])), request_body = PolicyBreachReport,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PolicyBreachCase), Refusals))]
async fn report_breach(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(body): Json<PolicyBreachReport>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "policies/breaches", &(&id, &body), register.clock.now())?;
    register.file(&actor, id).await?;
    let PolicyBreachReport { clause, identifier, on, act, facts } = body;
    let acting = register.acting(&actor);
    let verb = ReportBreach { acting, policy: id, clause, identifier, on, act, facts };
    let case = register.carry_out(&actor, &format!("policy/{id}"), verb, key).await?;
    Ok((StatusCode::CREATED, Json(PolicyBreachCase { case })).into_response())
}
