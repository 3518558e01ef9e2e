//! Releases over HTTP, with the share of patched devices of each body.

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
use web::{IdempotencyKey, Json, openapi::Refusals};

use super::enter::{EnterRelease, ReleaseWish};
use crate::Devices;

pub(crate) fn routes() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new().routes(routes!(list, enter))
}

/// The devices of a body against a release.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PatchShare {
    body: Uuid,
    /// Devices that report the release or a later version.
    patched: i64,
    /// Devices that report its system.
    devices: i64,
    percent: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseLine {
    id: Uuid,
    system: String,
    version: String,
    published_on: String,
    note: String,
    /// Of the bodies whose devices you keep.
    shares: Vec<PatchShare>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PatchReport {
    items: Vec<ReleaseLine>,
}

/// Recommended releases, and the share of patched devices of each body
#[utoipa::path(get, path = "/api/v1/devices/releases", operation_id = "list_device_releases", tag = "devices",
    security(("token" = [])), responses((status = 200, body = PatchReport), Refusals))]
async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
) -> Result<Json<PatchReport>, web::Error> {
    let report = devices.patch_report(&actor).await?;
    let items = report.into_iter().map(|(release, shares)| {
        let (year, month, day) = clock::civil_from_days(release.published_on);
        ReleaseLine {
            id: release.id,
            system: release.system,
            version: release.version,
            published_on: format!("{year:04}-{month:02}-{day:02}"),
            note: release.note,
            shares: shares
                .into_iter()
                .map(|it| PatchShare {
                    body: it.body,
                    patched: it.patched,
                    devices: it.devices,
                    percent: it.percent(),
                })
                .collect(),
        }
    });
    Ok(Json(PatchReport { items: items.collect() }))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ReleaseEntered {
    /// As the system names itself.
    #[schema(max_length = 120, example = "debian")]
    system: String,
    #[schema(max_length = 120, example = "12.9")]
    version: String,
    /// The day of its publication, not in the future.
    #[schema(example = "2026-03-01")]
    published: String,
    #[schema(max_length = 2000)]
    note: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseMade {
    id: Uuid,
}

/// Enter a release that the maker of a system recommends
///
/// For the competent administration. Each device that does not report it shows for how many days.
#[utoipa::path(post, path = "/api/v1/devices/releases", operation_id = "enter_device_release", tag = "devices",
    security(("token" = [])), request_body = ReleaseEntered,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = ReleaseMade), Refusals))]
async fn enter(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(asked): Json<ReleaseEntered>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "devices/releases", &asked, devices.clock.now())?;
    let ReleaseEntered { system, version, published, note } = asked;
    let wish = ReleaseWish { system, version, published, note };
    let verb = EnterRelease { acting: devices.acting(&actor), offset: devices.offset, wish };
    let id = devices.carry_out(&actor, "device-releases", verb, key).await?;
    Ok((StatusCode::CREATED, Json(ReleaseMade { id })).into_response())
}
