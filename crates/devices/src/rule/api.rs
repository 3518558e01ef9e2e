//! The baseline over HTTP: published to everybody who is signed in.

use std::sync::Arc;

use axum::extract::State;
use identity::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, openapi::Refusals};

use super::table;
use crate::Devices;

pub(crate) fn routes() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceRuleLine {
    id: Uuid,
    /// `banned`, `system`, `application` or `antivirus`.
    kind: &'static str,
    /// Of the system or application; empty for the antivirus software.
    name: String,
    /// The oldest version that is allowed, or days; empty for what is banned.
    least: String,
    why: String,
    made_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceRules {
    items: Vec<DeviceRuleLine>,
}

/// The baseline for devices, and the applications that are banned from use from outside
#[utoipa::path(get, path = "/api/v1/devices/rules", operation_id = "list_device_rules", tag = "devices",
    security(("token" = [])), responses((status = 200, body = DeviceRules), Refusals))]
async fn list(State(devices): State<Arc<Devices>>, _caller: Caller) -> Result<Json<DeviceRules>, web::Error> {
    let rules = table::in_force(&devices.store.read()).await?;
    let items = rules.into_iter().map(|rule| DeviceRuleLine {
        id: rule.id,
        kind: rule.kind.word(),
        name: rule.name,
        least: rule.least,
        why: rule.why,
        made_at: rule.made_at.to_string(),
    });
    Ok(Json(DeviceRules { items: items.collect() }))
}
