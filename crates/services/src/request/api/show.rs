//! Reading requests over HTTP: the list, one request with its stages and actions, and everything to download.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use clock::Timestamp;
use identity::Caller;
use language::Lang;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{
    actions::{ActionLine, actions},
    deliver::GapLine,
};
use crate::{
    Services,
    entry::api::Words,
    request::{
        Correction, RequestNumber,
        checklist::{Requirement, checklist},
        follow::Followed,
        table,
    },
    timing::{Timing, table::Visit},
};

const PAGE_REQUESTS_DEFAULT: i64 = 20;
const PAGE_REQUESTS_MAX: i64 = 100;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows a page has; beyond 1 to 100 the nearest of the two counts.
    pub limit: Option<i64>,
}

impl PageParams {
    pub(crate) fn limit(&self) -> i64 {
        self.limit.unwrap_or(PAGE_REQUESTS_DEFAULT).clamp(1, PAGE_REQUESTS_MAX)
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestList {
    pub items: Vec<RequestLine>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestLine {
    pub number: String,
    pub service: String,
    pub service_name: Words,
    pub state: String,
    /// Null while receipt is not confirmed.
    pub delivered_at: Option<String>,
    pub due_at: Option<String>,
    pub href: String,
}

/// My requests, newest first
#[utoipa::path(get, path = "/api/v1/requests", operation_id = "list_requests", tag = "requests", params(PageParams), security(("token" = [])),
    responses((status = 200, body = RequestList), Refusals))]
pub(crate) async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<PageParams>,
) -> Result<Json<RequestList>, web::Error> {
    let before = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(Uuid::max());
    let limit = params.limit();
    let lines = table::of_applicant(&services.store.read(), actor.person, before, limit).await?;
    let next = match lines.last() {
        Some(last) if lines.len() as i64 == limit => Some(Cursor::encode(&last.id)?),
        _ => None,
    };
    let items = lines.into_iter().map(|line| request_line(&services, line)).collect();
    Ok(Json(RequestList { items, next }))
}

fn request_line(services: &Services, line: table::Line) -> RequestLine {
    let entry = services.directory.entry_by_id(line.entry);
    let (service, service_name) = entry.map_or_else(
        || (String::new(), Words { ar: String::new(), en: String::new() }),
        |entry| (entry.card.id.clone(), (&entry.card.name).into()),
    );
    let is_delivered = line.state.was_received();
    RequestLine {
        service,
        service_name,
        state: line.state.word().to_owned(),
        delivered_at: is_delivered.then(|| line.delivered_at.to_string()),
        due_at: is_delivered.then(|| line.due_at.to_string()),
        href: format!("/api/v1/requests/{}", line.number),
        number: line.number,
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsualDays {
    half: u32,
    most: u32,
}

/// Time until the request last changed hands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeSpent {
    /// Working time of the provider.
    provider_working_seconds: u64,
    /// Working time of other bodies, by their own calendars.
    other_working_seconds: u64,
    /// Time that passed while the applicant was asked for something; it counts against nobody.
    applicant_seconds: u64,
    /// Each visit to a stage, oldest first: the sums can be checked.
    visits: Vec<VisitLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitLine {
    stage: String,
    /// `provider`, `other` or `applicant`.
    holder: String,
    from: String,
    until: Option<String>,
    /// By the calendar of whoever held it; zero while it goes on.
    working_seconds: u64,
}

impl TimeSpent {
    fn of(timing: &Timing, visits: &[Visit]) -> TimeSpent {
        TimeSpent {
            provider_working_seconds: timing.provider.as_secs(),
            other_working_seconds: timing.other.as_secs(),
            applicant_seconds: timing.applicant.as_secs(),
            visits: visits
                .iter()
                .map(|visit| VisitLine {
                    stage: visit.stage.clone(),
                    holder: visit.holder.word().to_owned(),
                    from: visit.began_at.to_string(),
                    until: visit.ended_at.map(|at| at.to_string()),
                    working_seconds: visit.working.as_secs(),
                })
                .collect(),
        }
    }
}

/// A request as this caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestBody {
    #[schema(example = "26-4817-2093-51")]
    number: String,
    service: String,
    service_name: Words,
    /// Slug of the providing body.
    provider: String,
    state: String,
    /// The stage of the service's process at which it is.
    stage: String,
    /// Moves with every change; send it with an action to act on what you saw.
    revision: i64,
    /// Null while receipt is not confirmed.
    delivered_at: Option<String>,
    /// By when it must be complete, while receipt is not confirmed; then it is closed.
    complete_by: Option<String>,
    /// Expected end.
    due_at: Option<String>,
    /// The day that the applicant was told last: another one than `due_at` once the promise cannot be kept.
    expected_at: Option<String>,
    /// Half of the requests for this service end within the first, nine in ten within the second.
    usual_working_days: Option<UsualDays>,
    /// Who needed how much of its time.
    time: Option<TimeSpent>,
    is_late: bool,
    /// Who holds it now; null when it is closed or with the applicant.
    holder: Option<Words>,
    held_since: String,
    on_behalf_of: Option<Uuid>,
    acknowledgement: Words,
    #[schema(value_type = Object)]
    answers: Value,
    documents: Vec<DocumentLine>,
    stages: Vec<StageNowLine>,
    /// Everything that the service requires, how it stands, and where it came from.
    checklist: Vec<RequirementLine>,
    /// Why receipt is not confirmed.
    gaps: Vec<GapLine>,
    /// The version of the responsibility statement that was accepted, and when.
    declaration: String,
    declared_at: Option<String>,
    corrections: Vec<Correction>,
    /// Why it was refused.
    decision: String,
    outputs: Vec<OutputNowLine>,
    receipt_href: String,
    /// What this caller may do now.
    actions: Vec<ActionLine>,
}

/// A requirement of the service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequirementLine {
    /// A field, a step of the form, or `document.<id>`.
    item: String,
    title: Words,
    /// `given`, `verified`, `open`, `to_correct`, `not_confirmed` or `optional`.
    state: String,
    /// `answered`, `uploaded`, `person` (the register of persons), or empty.
    origin: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentLine {
    evidence: String,
    name: String,
    media_type: String,
    bytes: i64,
    sha256: String,
    href: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StageNowLine {
    id: String,
    title: Words,
    holder: Words,
    /// `done`, `now`, `needs_you`, `next` or `refused`.
    progress: String,
    at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutputNowLine {
    id: String,
    kind: String,
    title: Words,
    delivered_at: String,
    /// The sealed PDF.
    href: String,
    verify_href: String,
}

/// One request
#[utoipa::path(get, path = "/api/v1/requests/{number}", operation_id = "show_request", tag = "requests", security(("token" = [])),
    params(("number" = String, Path, description = "The request's number")),
    responses((status = 200, body = RequestBody), Refusals))]
pub(crate) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
) -> Result<Json<RequestBody>, web::Error> {
    let followed = services.follow(&actor, &number).await?;
    Ok(Json(body(&services, followed)))
}

fn body(services: &Services, followed: Followed) -> RequestBody {
    let Followed { request, entry, provider, .. } = &followed;
    let base = format!("/api/v1/requests/{}", request.number);
    let documents = request.documents.iter().map(|it| DocumentLine {
        evidence: it.evidence.clone(),
        name: it.name.clone(),
        media_type: it.media_type.clone(),
        bytes: it.bytes,
        sha256: it.sha256.clone(),
        href: format!("{base}/documents/{}", it.document),
    });
    let outputs = followed.outputs.iter().map(|it| OutputNowLine {
        id: it.part.clone(),
        kind: it.kind.clone(),
        title: entry
            .card
            .outputs
            .iter()
            .find(|output| output.id == it.part)
            .map_or(Words { ar: it.part.clone(), en: it.part.clone() }, |output| (&output.title).into()),
        delivered_at: it.delivered_at.to_string(),
        href: format!("{base}/outputs/{}", it.part),
        verify_href: format!("{}/verify/{}", services.public_address, it.code),
    });
    let is_delivered = request.checks.gaps.is_empty();
    let stamped = |at: Timestamp| is_delivered.then(|| at.to_string());
    RequestBody {
        number: request.number.to_string(),
        service: entry.card.id.clone(),
        service_name: (&entry.card.name).into(),
        provider: provider.slug.clone(),
        state: request.state.word().to_owned(),
        stage: request.stage.clone(),
        revision: request.revision,
        delivered_at: stamped(request.delivered_at),
        complete_by: followed.complete_by.map(|at| at.to_string()),
        due_at: stamped(request.due_at),
        expected_at: stamped(followed.new_day().unwrap_or(request.due_at)),
        usual_working_days: followed.usual.map(|usual| UsualDays { half: usual.half, most: usual.most }),
        time: followed.timing.as_ref().map(|timing| TimeSpent::of(timing, &followed.visits)),
        is_late: followed.is_late,
        holder: followed.holder.as_ref().map(Words::from),
        held_since: followed.held_since.to_string(),
        on_behalf_of: request.entity,
        acknowledgement: (&request.acknowledgement).into(),
        answers: request.answers.clone(),
        documents: documents.collect(),
        stages: followed.stages.iter().map(stage_line).collect(),
        checklist: checklist(entry, request).iter().map(requirement_line).collect(),
        gaps: GapLine::of(&request.checks.gaps),
        declaration: request.declaration.clone(),
        declared_at: request.declared_at.map(|at| at.to_string()),
        corrections: request.checks.corrections.clone(),
        decision: request.checks.decision.clone(),
        outputs: outputs.collect(),
        receipt_href: format!("{base}/receipt"),
        actions: actions(&followed),
    }
}

fn requirement_line(requirement: &Requirement) -> RequirementLine {
    RequirementLine {
        item: requirement.item.clone(),
        title: (&requirement.title).into(),
        state: requirement.standing.word().to_owned(),
        origin: requirement.origin.word().to_owned(),
    }
}

fn stage_line(stage: &crate::request::follow::StageNow) -> StageNowLine {
    StageNowLine {
        id: stage.id.clone(),
        title: (&stage.title).into(),
        holder: (&stage.holder).into(),
        progress: stage.progress.word().to_owned(),
        at: stage.at.map(|at| at.to_string()),
    }
}

/// The sealed receipt
///
/// Verifiable offline with `diwan verify`.
#[utoipa::path(get, path = "/api/v1/requests/{number}/receipt", tag = "requests", security(("token" = [])),
    params(("number" = String, Path, description = "The request's number")),
    responses((status = 200, body = Object), Refusals))]
pub(crate) async fn receipt(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
    headers: HeaderMap,
) -> Result<Response, web::Error> {
    let seal = services.receipt_of(&actor, &number).await?;
    Ok(web::etagged(&headers, "application/json", seal.to_json()))
}

/// An output as a sealed PDF
#[utoipa::path(get, path = "/api/v1/requests/{number}/outputs/{part}", tag = "requests", security(("token" = [])),
    params(("number" = String, Path, description = "The request's number"),
        ("part" = String, Path, description = "The output's id")),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), Refusals))]
pub(crate) async fn output(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((number, part)): Path<(RequestNumber, String)>,
) -> Result<Response, web::Error> {
    Ok(services.output_file(&actor, &number, &part, Lang::Ar).await?)
}

/// Everything of a request as one ZIP archive
///
/// `request.json`, a sealed summary and receipt, every document and every output.
#[utoipa::path(get, path = "/api/v1/requests/{number}/archive", operation_id = "archive_request", tag = "requests",
    security(("token" = [])),
    params(("number" = String, Path, description = "The request's number")),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>), Refusals))]
pub(crate) async fn archive(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    Ok(services.archive(&actor, &number, Lang::Ar).await?)
}

/// A document that was supplied with the request
#[utoipa::path(get, path = "/api/v1/requests/{number}/documents/{document}", tag = "requests",
    security(("token" = [])),
    params(("number" = String, Path, description = "The request's number"),
        ("document" = Uuid, Path, description = "The document's id")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), Refusals))]
pub(crate) async fn document(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((number, document)): Path<(RequestNumber, Uuid)>,
) -> Result<Response, web::Error> {
    Ok(services.supplied_file(&actor, &number, document).await?)
}
