//! Losses over HTTP.

use std::sync::Arc;

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
    Loss,
    desk::LossesAsked,
    enable::Enable,
    report::{LossWish, ReportLoss},
};
use crate::Devices;

pub(crate) fn routes() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new().routes(routes!(list, report)).routes(routes!(enable))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LossLine {
    id: Uuid,
    person: Uuid,
    /// Nothing where the device is not in the inventory.
    device: Option<Uuid>,
    lost_at: String,
    reported_at: String,
    reported_by: Uuid,
    words: String,
    enabled_at: Option<String>,
    enabled_by: Option<Uuid>,
    /// Why the account was opened again.
    reason: String,
}

impl LossLine {
    fn of(loss: Loss) -> LossLine {
        LossLine {
            id: loss.id,
            person: loss.person,
            device: loss.device,
            lost_at: loss.lost_at.to_string(),
            reported_at: loss.reported_at.to_string(),
            reported_by: loss.reported_by,
            words: loss.words,
            enabled_at: loss.enabled_at.map(|at| at.to_string()),
            enabled_by: loss.enabled_by,
            reason: loss.reason,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LossPage {
    items: Vec<LossLine>,
    next: Option<String>,
}

/// Reports of loss
///
/// Of people of your bodies for those who keep devices, of all for the competent administration.
#[utoipa::path(get, path = "/api/v1/losses", operation_id = "list_losses", tag = "devices",
    security(("token" = [])), params(LossesAsked), responses((status = 200, body = LossPage), Refusals))]
async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<LossesAsked>,
) -> Result<Json<LossPage>, web::Error> {
    let listed = devices.losses(&actor, &asked).await?;
    Ok(Json(LossPage { items: listed.losses.into_iter().map(LossLine::of).collect(), next: listed.next }))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LossReport {
    /// The national number of whoever lost it; empty for yourself.
    #[schema(max_length = 40)]
    person: String,
    /// The device's id; empty where it is not in the inventory.
    #[schema(max_length = 36)]
    device: String,
    /// The day of the loss, local.
    #[schema(example = "2026-03-01")]
    lost_on: String,
    /// The time of the loss, local.
    #[schema(example = "14:30")]
    lost_at: String,
    #[schema(max_length = 2000)]
    words: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LossReported {
    id: Uuid,
}

/// Report that a device was lost
///
/// Yours, or somebody's for whom you keep devices. It shuts the account at once, ends its sessions and tokens, and takes the
/// device's key.
#[utoipa::path(post, path = "/api/v1/losses", operation_id = "report_loss", tag = "devices",
    security(("token" = [])), request_body = LossReport,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = LossReported), Refusals))]
async fn report(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(asked): Json<LossReport>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "losses", &asked, devices.clock.now())?;
    let LossReport { person, device, lost_on, lost_at, words } = asked;
    let wish = LossWish { person, device, lost_on, lost_at, words };
    let verb = ReportLoss { acting: devices.acting(&actor), offset: devices.offset, wish };
    let id = devices.carry_out(&actor, "losses", verb, key).await?;
    Ok((StatusCode::CREATED, Json(LossReported { id })).into_response())
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AccountEnabling {
    /// At least ten characters: how you made sure who it is.
    reason: String,
}

/// Open an account again that was shut by a loss
///
/// For those who keep devices, never for the person itself.
#[utoipa::path(post, path = "/api/v1/losses/{id}/enable", operation_id = "enable_account", tag = "devices",
    security(("token" = [])), request_body = AccountEnabling,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn enable(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<AccountEnabling>,
) -> Result<StatusCode, web::Error> {
    let key = key.once(&actor, "losses/enable", &(&id, &asked), devices.clock.now())?;
    let loss = devices.loss(&actor, id).await?;
    let verb = Enable { acting: devices.acting(&actor), loss: id, reason: asked.reason };
    devices.carry_out(&actor, &loss.ledger_subject(), verb, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
