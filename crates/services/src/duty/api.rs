//! Duties over HTTP: a user reports an error; the owner sees what is to be done and answers; a provider files a change of the
//! law (LY-SVC-23.5, 25.1, 25.3).

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{
    Duty, DutyKind, close::CloseDuty, legal_change::FileLegalChange, owner::NameOwner, report::ReportError,
    table,
};
use crate::{Services, call::Call};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(report))
        .routes(routes!(list))
        .routes(routes!(answer))
        .routes(routes!(file))
        .routes(routes!(name_owner))
}

const PAGE_DUTIES: i64 = 50;

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ReportBody {
    /// What is wrong on the card; at least ten characters.
    words: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportedBody {
    id: Uuid,
    /// RFC 3339.
    due_at: String,
}

/// Report an error on a card
#[utoipa::path(post, path = "/api/v1/services/{id}/errors", operation_id = "report_error", tag = "directory",
    security(("token" = [])), request_body = ReportBody,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ReportedBody), Refusals))]
async fn report(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<ReportBody>,
) -> Result<Response, web::Error> {
    let key = call.once("errors", &(&id, &body))?;
    let clock = call.services.clock.clone();
    let verb = ReportError { person: call.actor.person, slug: id.clone(), words: body.words, clock };
    let duty = call.services.carry_out_entry(&call.actor, &format!("service/{id}"), verb, key).await?;
    let held = table::find(&call.services.store.read(), duty).await?.ok_or_else(Refusal::not_found)?;
    let answer = ReportedBody { id: duty, due_at: held.due_at.to_string() };
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyParams {
    /// `confirm`, `error_report`, `repeated_errors`, `legal_change` or `repeated_delay`.
    pub kind: Option<String>,
    pub cursor: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyPage {
    items: Vec<DutyLine>,
    next: Option<String>,
}

/// Something that the owner of a card has to do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyLine {
    id: Uuid,
    service: String,
    /// `confirm`, `error_report`, `repeated_errors`, `legal_change` or `repeated_delay`.
    kind: String,
    /// The service is flagged until it is updated, or confirmed with a reason.
    update_due: bool,
    owner: Uuid,
    words: String,
    reference: String,
    /// RFC 3339.
    opened_at: String,
    due_at: String,
}

/// What waits for the owners of cards
///
/// Of the bodies for which you write or answer; of all bodies for verifiers of the competent administration.
#[utoipa::path(get, path = "/api/v1/directory/duties", operation_id = "list_duties", tag = "directory",
    security(("token" = [])), params(DutyParams), responses((status = 200, body = DutyPage), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<DutyParams>,
) -> Result<Json<DutyPage>, web::Error> {
    let after = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(table::BEFORE_ALL);
    let kind = params.kind.as_deref().and_then(DutyKind::named);
    let mut duties = services.duties_for(&actor, kind, after, PAGE_DUTIES + 1).await?;
    let next = Cursor::cut(&mut duties, PAGE_DUTIES as usize, |last| (last.due_at.0, last.id))?;
    let mut items = Vec::with_capacity(duties.len());
    for duty in duties {
        let service = table::slug_of(&services.store.read(), duty.entry).await?.unwrap_or_default();
        items.push(line(duty, service));
    }
    Ok(Json(DutyPage { items, next }))
}

fn line(duty: Duty, service: String) -> DutyLine {
    DutyLine {
        id: duty.id,
        service,
        kind: duty.kind.word().to_owned(),
        update_due: duty.kind.makes_update_due(),
        owner: duty.owner,
        words: duty.words,
        reference: duty.reference,
        opened_at: duty.opened_at.to_string(),
        due_at: duty.due_at.to_string(),
    }
}

impl Services {
    /// The open duties that somebody works on or watches over, of one kind or of every kind.
    pub(crate) async fn duties_for(
        &self,
        actor: &Actor,
        kind: Option<DutyKind>,
        after: table::After,
        limit: i64,
    ) -> Result<Vec<Duty>, Failure> {
        let sql = self.store.read();
        if self.verifies(actor).await? {
            return Ok(table::open_at(&sql, None, kind, after, limit).await?);
        }
        let provides =
            |role: &&authz::Role| matches!(role.name.as_str(), "author" | "head" | "administrator");
        let mut bodies: Vec<Uuid> = actor.roles.iter().filter(provides).map(|role| role.body).collect();
        bodies.sort();
        bodies.dedup();
        if bodies.is_empty() {
            return Err(Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-23.5"]).into());
        }
        let mut duties = Vec::new();
        for body in bodies {
            duties.extend(table::open_at(&sql, Some(body), kind, after, limit).await?);
        }
        duties.sort_by_key(|duty| (duty.due_at, duty.id));
        duties.truncate(limit as usize);
        Ok(duties)
    }
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AnswerBody {
    /// Why nothing changes, or what was done; at least ten characters but for a confirmation.
    answer: String,
}

/// Answer a duty
///
/// What asks for an update is answered by a new version too, at the moment when it is published.
#[utoipa::path(post, path = "/api/v1/directory/duties/{id}/answer", operation_id = "answer_duty", tag = "directory",
    security(("token" = [])), request_body = AnswerBody,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn answer(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<AnswerBody>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("duties", &(&id, &body))?;
    call.services.answer_duty(&call.actor, id, body.answer, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl Services {
    pub(crate) async fn answer_duty(
        &self,
        actor: &Actor,
        duty: Uuid,
        answer: String,
        key: Option<store::OnceKey>,
    ) -> Result<(), Failure> {
        let verb = CloseDuty { acting: self.acting_on_directory(actor), duty, answer };
        self.carry_out_entry(actor, &format!("duty/{duty}"), verb, key).await
    }
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LegalChangeBody {
    /// Slugs of the services that it concerns.
    services: Vec<String>,
    /// The act that changed: `Law No. 3 of 2026`.
    reference: String,
    /// The day from which it holds: `2026-03-01`.
    effective_on: String,
    /// What changes.
    words: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LegalChangeFiledBody {
    /// The update tasks that were opened, in the order of the services.
    duties: Vec<Uuid>,
}

/// File a change of the law
///
/// The competent administration is told, and each service gets an update task.
#[utoipa::path(post, path = "/api/v1/directory/legal_changes", operation_id = "file_legal_change", tag = "directory",
    security(("token" = [])), request_body = LegalChangeBody, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = LegalChangeFiledBody), Refusals))]
async fn file(call: Call, Json(body): Json<LegalChangeBody>) -> Result<Response, web::Error> {
    let key = call.once("legal_changes", &body)?;
    let verb = FileLegalChange {
        acting: call.acting_on_directory(),
        services: body.services,
        reference: body.reference,
        effective_at: language::day_of(&body.effective_on).map(Timestamp::midnight),
        words: body.words,
    };
    let duties = call.services.carry_out_entry(&call.actor, "directory/legal_changes", verb, key).await?;
    Ok((StatusCode::CREATED, Json(LegalChangeFiledBody { duties })).into_response())
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct OwnerBody {
    /// Somebody who writes for the body.
    person: Uuid,
}

/// Name who answers for a card
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/owner", operation_id = "name_owner", tag = "directory",
    security(("token" = [])), request_body = OwnerBody,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn name_owner(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<OwnerBody>,
) -> Result<StatusCode, web::Error> {
    let key = call.once("owner", &(&id, &body))?;
    let acting = call.acting_on_directory();
    let verb = NameOwner { acting, slug: id.clone(), person: body.person };
    call.services.carry_out_entry(&call.actor, &format!("service/{id}"), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
