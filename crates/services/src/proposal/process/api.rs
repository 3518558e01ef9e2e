//! Drafts of cards and their processes over HTTP: what the editor does, for programs that write processes.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::{extract::State, http::StatusCode};
use identity::Caller;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, openapi::Refusals};

use super::{Draft, change::ChangeProcess, kept, undo::UndoChange};
use crate::{
    Services,
    call::Call,
    entry::{
        api::authoring::{ChangeLine, line as change_line},
        reading,
    },
    proposal::begin::Begin,
};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(show, change)).routes(routes!(undo))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BeginBody {
    /// The service of which it is the next version; an empty card when it is left out.
    #[schema(example = "residence-certificate")]
    service: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BegunBody {
    id: Uuid,
    /// Where its process is read and changed.
    process: String,
}

/// Begin a card, or the next version of a service
///
/// By an author of the body. A draft that is open already for this service is given back.
#[utoipa::path(post, path = "/api/v1/directory/proposals", operation_id = "begin_proposal", tag = "directory",
    security(("token" = [])), request_body = BeginBody, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = BegunBody), Refusals))]
async fn begin(call: Call, Json(body): Json<BeginBody>) -> Result<(StatusCode, Json<BegunBody>), web::Error> {
    let key = call.once("proposals", &body)?;
    let Call { services, actor, .. } = call;
    if !actor.holds_anywhere("author") {
        return Err(Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-24.1b"]).into());
    }
    let verb = Begin { actor: actor.clone(), from: body.service, clock: services.clock.clone() };
    let id = services.carry_out_entry(&actor, "directory/proposals", verb, key).await?;
    let process = format!("/api/v1/directory/proposals/{id}/process");
    Ok((StatusCode::CREATED, Json(BegunBody { id, process })))
}

/// Something that keeps the process from being carried out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingLine {
    /// `process`, `before`, `stage.decision`, `output.certificate`.
    field: String,
    code: String,
    detail: String,
}

/// The process of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftBody {
    /// Give it back with a change.
    revision: i64,
    /// Whether nobody has written one, so that the service would run along the standard process.
    is_standard: bool,
    #[schema(value_type = Object)]
    process: Value,
    findings: Vec<FindingLine>,
    /// What differs from the version in force; null for a service that is not in force.
    changes: Option<Vec<ChangeLine>>,
}

impl Services {
    async fn draft_body(&self, actor: &Actor, id: Uuid) -> Result<DraftBody, Failure> {
        let proposal = self.own_proposal(actor, id).await?;
        let draft = Draft::of(&proposal)?;
        let findings = self.draft_findings(&proposal, &draft.card, &draft.process).await?;
        let changes = self.process_changes(&proposal.slug, &draft.process).await?;
        let line = |item: authz::Item| FindingLine {
            field: item.field.to_string(),
            code: item.code.to_string(),
            detail: item.detail.to_string(),
        };
        Ok(DraftBody {
            revision: proposal.revision,
            is_standard: draft.is_standard,
            process: serde_json::to_value(&draft.process)?,
            findings: findings.into_iter().map(line).collect(),
            changes: changes.map(|all| all.into_iter().map(change_line).collect()),
        })
    }
}

/// The process of a draft, with what is wrong with it
#[utoipa::path(get, path = "/api/v1/directory/proposals/{id}/process", operation_id = "show_draft_process",
    tag = "directory", security(("token" = [])), params(("id" = Uuid, Path, description = "The draft")),
    responses((status = 200, body = DraftBody), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DraftBody>, web::Error> {
    Ok(Json(services.draft_body(&actor, id).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcessChangeBody {
    /// The revision that was read; without it the current one is replaced.
    #[serde(default)]
    revision: Option<i64>,
    /// As `GET` gives it; null takes the standard process.
    #[serde(default)]
    #[schema(value_type = Object)]
    process: Value,
}

/// Replace the process of a draft
///
/// Kept whatever is missing in it; what is wrong comes back as findings.
#[utoipa::path(put, path = "/api/v1/directory/proposals/{id}/process", operation_id = "change_draft_process",
    tag = "directory", security(("token" = [])), request_body = ProcessChangeBody,
    params(("id" = Uuid, Path, description = "The draft")),
    responses((status = 200, body = DraftBody), Refusals))]
async fn change(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Json(body): Json<ProcessChangeBody>,
) -> Result<Json<DraftBody>, web::Error> {
    let process = match &body.process {
        Value::Null => String::new(),
        given => reading::process(&given.to_string())?.as_ref().map(kept).transpose()?.unwrap_or_default(),
    };
    let clock = services.clock.clone();
    let verb = ChangeProcess { actor: actor.clone(), id, process, revision: body.revision, clock };
    services.carry_out_entry(&actor, "directory/proposals", verb, None).await?;
    Ok(Json(services.draft_body(&actor, id).await?))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UndoBody {
    revision: Option<i64>,
}

/// Take the last change of a draft's process back
#[utoipa::path(post, path = "/api/v1/directory/proposals/{id}/process/undo", operation_id = "undo_draft_process",
    tag = "directory", security(("token" = [])), request_body = UndoBody,
    params(("id" = Uuid, Path, description = "The draft"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DraftBody), Refusals))]
async fn undo(
    call: Call,
    Path(id): Path<Uuid>,
    Json(body): Json<UndoBody>,
) -> Result<Json<DraftBody>, web::Error> {
    let key = call.once("undo", &id)?;
    let Call { services, actor, .. } = call;
    let clock = services.clock.clone();
    let verb = UndoChange { actor: actor.clone(), id, revision: body.revision, clock };
    services.carry_out_entry(&actor, "directory/proposals", verb, key).await?;
    Ok(Json(services.draft_body(&actor, id).await?))
}
