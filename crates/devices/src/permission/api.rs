//! Permissions over HTTP: for whoever keeps devices, and the configuration for the person, whose device made its own key.

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
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    Permission,
    desk::PermissionsAsked,
    end::RevokePermission,
    grant::{GrantVpn, PermissionWish},
    issue::{IssueConfiguration, key},
    table,
};
use crate::{
    Devices,
    vpn::{self, gateway},
};

pub(crate) fn routes() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new()
        .routes(routes!(list, grant))
        .routes(routes!(show))
        .routes(routes!(revoke))
        .routes(routes!(configuration))
}

/// A permission to work through a virtual private network.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnPermission {
    id: Uuid,
    vpn: Uuid,
    person: Uuid,
    device: Uuid,
    /// `ahead`, `granted`, `issued` or `ended`.
    state: &'static str,
    from_at: String,
    until_at: String,
    why: String,
    granted_by: Uuid,
    granted_at: String,
    issued_at: Option<String>,
    ended_at: Option<String>,
    /// `period`, `loss`, `device`, `vpn` or `revoked`; empty while it stands.
    ending: String,
}

impl VpnPermission {
    fn of(held: Permission, now: Timestamp) -> VpnPermission {
        VpnPermission {
            state: held.standing(now).word(),
            id: held.id,
            vpn: held.vpn,
            person: held.person,
            device: held.device,
            from_at: held.from_at.to_string(),
            until_at: held.until_at.to_string(),
            why: held.why,
            granted_by: held.granted_by,
            granted_at: held.granted_at.to_string(),
            issued_at: held.issued_at.map(|at| at.to_string()),
            ended_at: held.ended_at.map(|at| at.to_string()),
            ending: held.ending,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnPermissionPage {
    items: Vec<VpnPermission>,
    next: Option<String>,
}

/// One use: from when the gateway saw the device until it was silent for a while.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnUse {
    began_at: String,
    last_at: String,
    /// From where the device came.
    source: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnPermissionShown {
    #[serde(flatten)]
    permission: VpnPermission,
    /// The newest first, at most a hundred.
    uses: Vec<VpnUse>,
}

/// Permissions to work through virtual private networks
///
/// Of your bodies for those who keep devices, of all for the competent administration and for information security.
#[utoipa::path(get, path = "/api/v1/vpn/permissions", operation_id = "list_vpn_permissions", tag = "devices",
    security(("token" = [])), params(PermissionsAsked),
    responses((status = 200, body = VpnPermissionPage), Refusals))]
async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<PermissionsAsked>,
) -> Result<Json<VpnPermissionPage>, web::Error> {
    let (listed, now) = (devices.permissions(&actor, &asked).await?, devices.clock.now());
    let items = listed.permissions.into_iter().map(|held| VpnPermission::of(held, now)).collect();
    Ok(Json(VpnPermissionPage { items, next: listed.next }))
}

/// One permission, with its uses
#[utoipa::path(get, path = "/api/v1/vpn/permissions/{id}", operation_id = "show_vpn_permission", tag = "devices",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = VpnPermissionShown), Refusals))]
async fn show(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<VpnPermissionShown>, web::Error> {
    let held = devices.permission(&actor, id).await?;
    let uses = table::uses(&devices.store.read(), id).await?.into_iter().map(|it| VpnUse {
        began_at: it.began_at.to_string(),
        last_at: it.last_at.to_string(),
        source: it.source,
    });
    let uses = uses.collect();
    let permission = VpnPermission::of(held, devices.clock.now());
    Ok(Json(VpnPermissionShown { permission, uses }))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnGrant {
    /// A network of the device's body that is switched on.
    vpn: Uuid,
    /// A device that is allowed; the permission is its holder's.
    device: Uuid,
    /// The first day, local.
    #[schema(example = "2026-03-01")]
    from: String,
    /// The last day, local; at most a year after the first.
    #[schema(example = "2026-05-31")]
    until: String,
    /// At least ten characters.
    #[schema(max_length = 2000)]
    why: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnGranted {
    id: Uuid,
}

/// Allow the holder of a device to work through a network
#[utoipa::path(post, path = "/api/v1/vpn/permissions", operation_id = "grant_vpn", tag = "devices",
    security(("token" = [])), request_body = VpnGrant,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = VpnGranted), Refusals))]
async fn grant(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    once: IdempotencyKey,
    Json(asked): Json<VpnGrant>,
) -> Result<Response, web::Error> {
    let once = once.once(&actor, "vpn/permissions", &asked, devices.clock.now())?;
    let device = devices.kept(&actor, asked.device).await?;
    let wish =
        PermissionWish { vpn: asked.vpn.to_string(), from: asked.from, until: asked.until, why: asked.why };
    let verb = GrantVpn { acting: devices.acting(&actor), offset: devices.offset, device: device.id, wish };
    let id = devices.carry_out(&actor, &device.ledger_subject(), verb, once).await?;
    Ok((StatusCode::CREATED, Json(VpnGranted { id })).into_response())
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnRevocation {
    /// At least ten characters; the person reads it.
    #[schema(max_length = 2000)]
    reason: String,
}

/// Take a permission back
///
/// The gateway's file follows at once.
#[utoipa::path(post, path = "/api/v1/vpn/permissions/{id}/revoke", operation_id = "revoke_vpn", tag = "devices",
    security(("token" = [])), request_body = VpnRevocation,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn revoke(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    once: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<VpnRevocation>,
) -> Result<StatusCode, web::Error> {
    let once = once.once(&actor, "vpn/revoke", &(&id, &asked), devices.clock.now())?;
    let held = devices.permission(&actor, id).await?;
    let verb = RevokePermission { acting: devices.acting(&actor), permission: id, reason: asked.reason };
    devices.carry_out(&actor, &held.ledger_subject(), verb, once).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnKey {
    /// The public half of a key that the device made, as `wg pubkey` prints it. The private half never leaves the device.
    #[schema(min_length = 44, max_length = 44)]
    key: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnConfiguration {
    /// As `wg-quick` reads it, but for the private key, which the device adds.
    configuration: String,
}

/// Fetch your configuration, once
#[utoipa::path(post, path = "/api/v1/vpn/permissions/{id}/configuration", operation_id = "issue_vpn_configuration",
    tag = "devices", security(("token" = [])), request_body = VpnKey,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = VpnConfiguration), Refusals))]
async fn configuration(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    once: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<VpnKey>,
) -> Result<Response, web::Error> {
    let once = once.once(&actor, "vpn/configuration", &(&id, &asked), devices.clock.now())?;
    let held = devices.own_permission(&actor, id).await?;
    let verb = IssueConfiguration { acting: devices.acting(&actor), permission: id, key: key(&asked.key)? };
    devices.carry_out(&actor, &held.ledger_subject(), verb, once).await?;
    let vpn = vpn::table::find(&devices.store.read(), held.vpn).await?;
    let vpn = vpn.ok_or_else(authz::Refusal::not_found)?;
    let configuration = gateway::device_file(&vpn, held.place, None);
    Ok((StatusCode::CREATED, Json(VpnConfiguration { configuration })).into_response())
}
