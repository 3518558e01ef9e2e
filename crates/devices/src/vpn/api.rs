//! Networks over HTTP.

use std::sync::Arc;

use authz::Actor;
use axum::{
    extract::State as Stated,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize};
use store::Verb;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{IdempotencyKey, Json, Path, Query, openapi::Refusals};

use super::{
    Vpn,
    activate::ActivateVpn,
    approve::{ApproveVpn, Attested},
    declare::DeclareVpn,
    desk::VpnsAsked,
    end::EndVpn,
    register::{RegisterVpn, VpnWish},
};
use crate::Devices;

pub(crate) fn routes() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(show))
        .routes(routes!(declare))
        .routes(routes!(approve))
        .routes(routes!(activate))
        .routes(routes!(end))
}

/// A virtual private network in the register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnLine {
    id: Uuid,
    body: Uuid,
    name: String,
    /// `draft`, `waiting`, `approved`, `active`, `expired` or `ended`.
    state: &'static str,
    interface: String,
    gateway: String,
    /// Empty until the gateway's file was written.
    gateway_key: String,
    range: String,
    routes: String,
    registered_by: Uuid,
    purpose: String,
    ownership: String,
    /// The file that shows both.
    document: Option<Uuid>,
    approved_by: Option<Uuid>,
    approved_at: Option<String>,
    expires_at: Option<String>,
    activated_at: Option<String>,
    ended_at: Option<String>,
}

impl VpnLine {
    fn of(vpn: Vpn, now: Timestamp) -> VpnLine {
        let word = |at: Option<Timestamp>| at.map(|at| at.to_string());
        VpnLine {
            id: vpn.id,
            body: vpn.body,
            state: vpn.state(now).word(),
            name: vpn.name,
            interface: vpn.interface,
            gateway: vpn.gateway,
            gateway_key: vpn.gateway_key,
            range: vpn.range.to_string(),
            routes: vpn.routes,
            registered_by: vpn.registered_by,
            purpose: vpn.purpose,
            ownership: vpn.ownership,
            document: vpn.document,
            approved_by: vpn.approved_by,
            approved_at: word(vpn.approved_at),
            expires_at: word(vpn.expires_at),
            activated_at: word(vpn.activated_at),
            ended_at: word(vpn.ended_at),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnPage {
    items: Vec<VpnLine>,
    next: Option<String>,
}

/// The register of networks
///
/// Of your bodies for those who keep devices, of all for the competent administration and for information security.
#[utoipa::path(get, path = "/api/v1/vpn/profiles", operation_id = "list_vpns", tag = "devices",
    security(("token" = [])), params(VpnsAsked), responses((status = 200, body = VpnPage), Refusals))]
async fn list(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<VpnsAsked>,
) -> Result<Json<VpnPage>, web::Error> {
    let (listed, now) = (devices.vpns(&actor, &asked).await?, devices.clock.now());
    let items = listed.vpns.into_iter().map(|vpn| VpnLine::of(vpn, now)).collect();
    Ok(Json(VpnPage { items, next: listed.next }))
}

/// One network
#[utoipa::path(get, path = "/api/v1/vpn/profiles/{id}", operation_id = "show_vpn", tag = "devices",
    security(("token" = [])), params(("id" = Uuid, Path)), responses((status = 200, body = VpnLine), Refusals))]
async fn show(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<VpnLine>, web::Error> {
    let vpn = devices.vpn(&actor, id).await?;
    Ok(Json(VpnLine::of(vpn, devices.clock.now())))
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnRegistered {
    /// The body's slug.
    body: String,
    #[schema(max_length = 80)]
    name: String,
    /// Whether it is free of charge: `no`, or empty as long as that is not declared. `yes` is refused.
    free: String,
    /// Whether it is open to the public: the same.
    public: String,
    /// Of the gateway.
    #[schema(max_length = 15, example = "wg0")]
    interface: String,
    #[schema(max_length = 200, example = "vpn.example.gov:51820")]
    gateway: String,
    /// From which addresses are given: a private network of IPv4, from /20 to /30.
    #[schema(example = "10.77.0.0/24")]
    range: String,
    /// What is reached through it, separated by commas.
    #[schema(example = "10.0.0.0/8")]
    routes: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VpnMade {
    id: Uuid,
}

/// Register a network
///
/// As long as it is not declared neither free of charge nor open to the public, it is a draft that admits nobody.
#[utoipa::path(post, path = "/api/v1/vpn/profiles", operation_id = "register_vpn", tag = "devices",
    security(("token" = [])), request_body = VpnRegistered,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = VpnMade), Refusals))]
async fn register(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Json(asked): Json<VpnRegistered>,
) -> Result<Response, web::Error> {
    let key = key.once(&actor, "vpn/profiles", &asked, devices.clock.now())?;
    let VpnRegistered { body, name, free, public, interface, gateway, range, routes } = asked;
    let wish = VpnWish { body, name, free, public, interface, gateway, range, routes };
    let verb = RegisterVpn { acting: devices.acting(&actor), wish };
    let id = devices.carry_out(&actor, "vpns", verb, key).await?;
    Ok((StatusCode::CREATED, Json(VpnMade { id })).into_response())
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnDeclared {
    /// `no`; `yes` is refused.
    free: String,
    /// The same.
    public: String,
}

/// Declare of a draft that it is neither free of charge nor open to the public
#[utoipa::path(post, path = "/api/v1/vpn/profiles/{id}/declare", operation_id = "declare_vpn", tag = "devices",
    security(("token" = [])), request_body = VpnDeclared,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn declare(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<VpnDeclared>,
) -> Result<StatusCode, web::Error> {
    let once = key.once(&actor, "vpn/declare", &(&id, &asked), devices.clock.now())?;
    let acting = devices.acting(&actor);
    let verb = DeclareVpn { acting, vpn: id, free: asked.free, public: asked.public };
    devices.about_vpn(&actor, id, verb, once).await
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnAttested {
    /// What work it is built for; at least ten characters.
    #[schema(max_length = 2000)]
    purpose: String,
    /// Whose it is and who runs it; at least ten characters.
    #[schema(max_length = 2000)]
    ownership: String,
    /// The last day, at most a year ahead.
    #[schema(example = "2027-03-01")]
    expires_on: String,
    /// A file of yours that shows both.
    document: Option<Uuid>,
}

/// Attest what a network is for and whose it is
///
/// For officers of information security, and never for whoever registered it.
#[utoipa::path(post, path = "/api/v1/vpn/profiles/{id}/approve", operation_id = "approve_vpn", tag = "devices",
    security(("token" = [])), request_body = VpnAttested,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn approve(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<VpnAttested>,
) -> Result<StatusCode, web::Error> {
    let once = key.once(&actor, "vpn/approve", &(&id, &asked), devices.clock.now())?;
    let document = match asked.document {
        Some(document) => documents::find(&devices.store.read(), document).await?.map(|it| (it.id, it.name)),
        None => None,
    };
    let VpnAttested { purpose, ownership, expires_on, .. } = asked;
    let attested = Attested { purpose, ownership, expires_on };
    let (acting, offset) = (devices.acting(&actor), devices.offset);
    let verb = ApproveVpn { acting, offset, vpn: id, attested, document };
    devices.about_vpn(&actor, id, verb, once).await
}

/// Switch an approved network on for its body
///
/// Refused as long as the body has not published its policy on the use of such networks.
#[utoipa::path(post, path = "/api/v1/vpn/profiles/{id}/activate", operation_id = "activate_vpn", tag = "devices",
    security(("token" = [])), params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn activate(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    let once = key.once(&actor, "vpn/activate", &id, devices.clock.now())?;
    let verb = ActivateVpn { acting: devices.acting(&actor), vpn: id, book: devices.tunnels.book() };
    devices.about_vpn(&actor, id, verb, once).await
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VpnEnding {
    /// At least ten characters.
    #[schema(max_length = 2000)]
    reason: String,
}

/// End a network, and every permission to use it
#[utoipa::path(post, path = "/api/v1/vpn/profiles/{id}/end", operation_id = "end_vpn", tag = "devices",
    security(("token" = [])), request_body = VpnEnding,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn end(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<VpnEnding>,
) -> Result<StatusCode, web::Error> {
    let once = key.once(&actor, "vpn/end", &(&id, &asked), devices.clock.now())?;
    let verb = EndVpn { acting: devices.acting(&actor), vpn: id, reason: asked.reason };
    devices.about_vpn(&actor, id, verb, once).await
}

impl Devices {
    /// An act on a network that this person sees.
    async fn about_vpn<V>(
        &self,
        actor: &Actor,
        id: Uuid,
        verb: V,
        once: Option<store::OnceKey>,
    ) -> Result<StatusCode, web::Error>
    where
        V: Verb<Answer = (), Error = authz::Failure>,
    {
        let vpn = self.vpn(actor, id).await?;
        self.carry_out(actor, &vpn.ledger_subject(), verb, once).await?;
        Ok(StatusCode::NO_CONTENT)
    }
}
