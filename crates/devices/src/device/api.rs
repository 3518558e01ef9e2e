//! Devices over HTTP: what devices themselves send, signed by their keys, and the inventory for whoever keeps it.
//!
//! A device signs as RFC 9421 has it, with Ed25519, over the method, the address, the type and the digest of the content
//! (RFC 9530) and an id of its own in `idempotency-key`; `docs/devices.md` shows each header. Any program may do so.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use courier::Signed;
use identity::Caller;
use ledger::VerifierKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, openapi::Refusals};

use super::{
    Device,
    desk::DevicesAsked,
    enrol::{CODE_WRONG, Enrol},
    posture::{APPLICATIONS_MAX, DevicePosture, SystemTold},
    report::{Report, Standing},
    table,
    ticket::KeepTicket,
};
use crate::Devices;

/// What arrived is not signed, or not by a device that is known. Which of them nobody learns.
const SIGNATURE: Refusal = Refusal::new(Kind::NotIdentified, "device.signature", &["KW-RW-9.5.3a"]);
/// Bytes of a hash as it travels, in hexadecimal digits.
const HASH_CHARACTERS: usize = 64;

pub(crate) fn routes() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(enrol))
        .routes(routes!(report))
        .routes(routes!(ticket))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceLine {
    id: Uuid,
    name: String,
    body: Uuid,
    holder: Uuid,
    /// `institution`, `personal` or `public`.
    ownership: &'static str,
    /// `pending`, `active`, `non_compliant`, `refused`, `lost` or `retired`.
    state: &'static str,
    system: String,
    version: String,
    registered_at: String,
    approved_at: Option<String>,
    approved_by: Option<Uuid>,
    enrolled_at: Option<String>,
    /// When its holder accepted the rules of care.
    accepted_at: Option<String>,
    reported_at: Option<String>,
    /// From when on what falls short of the baseline shuts it out.
    refused_from: Option<String>,
}

impl DeviceLine {
    fn of(device: Device) -> DeviceLine {
        let word = |at: Option<clock::Timestamp>| at.map(|at| at.to_string());
        DeviceLine {
            id: device.id,
            name: device.name,
            body: device.body,
            holder: device.holder,
            ownership: device.ownership.word(),
            state: device.state.word(),
            system: device.system,
            version: device.version,
            registered_at: device.registered_at.to_string(),
            approved_at: word(device.approved_at),
            approved_by: device.approved_by,
            enrolled_at: word(device.enrolled_at),
            accepted_at: word(device.accepted_at),
            reported_at: word(device.reported_at),
            refused_from: word(device.refused_from),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DevicePage {
    items: Vec<DeviceLine>,
    next: Option<String>,
}

/// Something that falls short of the baseline: a task until a report no longer shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceGap {
    /// `system`, `antivirus`, `application`, `banned` or `bluetooth`.
    kind: String,
    name: String,
    found: String,
    asked: String,
    opened_at: String,
    closed_at: Option<String>,
}

/// A recommended release that a device does not report yet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceOutstanding {
    system: String,
    version: String,
    days: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceShown {
    #[serde(flatten)]
    device: DeviceLine,
    gaps: Vec<DeviceGap>,
    /// Recommended releases that it does not report yet.
    outstanding: Vec<DeviceOutstanding>,
}

/// The inventory
///
/// Of your bodies for those who keep their devices, of all bodies for the competent administration.
#[utoipa::path(get, path = "/api/v1/devices", operation_id = "list_devices", tag = "devices",
    security(("token" = [])), params(DevicesAsked), responses((status = 200, body = DevicePage), Refusals))]
async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<DevicesAsked>,
) -> Result<Json<DevicePage>, web::Error> {
    let listed = devices.inventory(&actor, &asked).await?;
    let items = listed.devices.into_iter().map(DeviceLine::of).collect();
    Ok(Json(DevicePage { items, next: listed.next }))
}

/// One device, with what falls short on it
#[utoipa::path(get, path = "/api/v1/devices/{id}", operation_id = "show_device", tag = "devices",
    security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = DeviceShown), Refusals))]
async fn show(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DeviceShown>, web::Error> {
    let device = devices.kept(&actor, id).await?;
    let gaps = table::gaps(&devices.store.read(), id).await?;
    let gaps = gaps.into_iter().map(|kept| DeviceGap {
        kind: kept.gap.kind,
        name: kept.gap.name,
        found: kept.gap.found,
        asked: kept.gap.asked,
        opened_at: kept.opened_at.to_string(),
        closed_at: kept.closed_at.map(|at| at.to_string()),
    });
    let outstanding = devices.outstanding(&device).await?.into_iter();
    let outstanding = outstanding
        .map(|it| DeviceOutstanding { system: it.system, version: it.version, days: it.days })
        .collect();
    Ok(Json(DeviceShown { gaps: gaps.collect(), outstanding, device: DeviceLine::of(device) }))
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DeviceEnrolment {
    /// The code that the holder was given.
    #[schema(max_length = 43)]
    code: String,
    /// The public half of the device's key, as signed notes write verifier keys: `name+hash+key`. The name is the device's own
    /// and no other device's.
    #[schema(max_length = 200)]
    key: String,
    system: SystemTold,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceEnrolled {
    device: Uuid,
}

/// Hand in a device's key
///
/// By the code, signed with the very key. The code counts once.
#[utoipa::path(post, path = "/api/v1/devices/enrol", operation_id = "enrol_device", tag = "devices",
    request_body = DeviceEnrolment, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = DeviceEnrolled), Refusals))]
async fn enrol(
    State(devices): State<Arc<Devices>>,
    headers: HeaderMap,
    content: Bytes,
) -> Result<Response, web::Error> {
    let signed = devices.letter(&headers, "/api/v1/devices/enrol", &content)?;
    let asked: DeviceEnrolment = read(&content)?;
    let key: VerifierKey = asked.key.parse().map_err(|_| SIGNATURE)?;
    signed.by(&key).map_err(|_| SIGNATURE)?;
    if !identity::is_secret(&asked.code) {
        return Err(CODE_WRONG.into());
    }
    let verb = Enrol {
        letter: signed.id,
        code_hash: identity::secret_hash(&asked.code),
        key,
        system: asked.system,
        clock: devices.clock.clone(),
    };
    let device = devices.store.write(verb).await?;
    devices.ledger.wake();
    Ok((StatusCode::CREATED, Json(DeviceEnrolled { device })).into_response())
}

/// How a device stands after its report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceReported {
    device: Uuid,
    /// As in the inventory.
    state: String,
    /// How many things fall short of the baseline.
    open: usize,
}

/// Report how a device stands
///
/// Signed by the device. 200 when nothing falls short of the baseline, 202 when something does; its holder finds it under
/// `/account/devices`.
#[utoipa::path(post, path = "/api/v1/devices/reports", operation_id = "report_device", tag = "devices",
    request_body = DevicePosture, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DeviceReported), (status = 202, body = DeviceReported), Refusals))]
async fn report(
    State(devices): State<Arc<Devices>>,
    headers: HeaderMap,
    content: Bytes,
) -> Result<Response, web::Error> {
    let signed = devices.letter(&headers, "/api/v1/devices/reports", &content)?;
    let key_id = devices.signer(&signed).await?;
    let posture: DevicePosture = read(&content)?;
    if posture.applications.len() > APPLICATIONS_MAX {
        return Err(Refusal::new(Kind::TooLarge, "web.too_large", &[]).into());
    }
    let verb = Report { letter: signed.id, key_id, posture, clock: devices.clock.clone() };
    let Standing { device, state, open } = devices.store.write(verb).await?;
    devices.ledger.wake();
    let status = if open == 0 { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(DeviceReported { device, state, open })).into_response())
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DeviceTicket {
    /// SHA-256 of a secret that the device made, in hexadecimal digits. The secret is 32 random bytes in base64url; opened at
    /// `/account/device?ticket=…` by the holder within two minutes, it shows the device there.
    #[schema(min_length = 64, max_length = 64)]
    hash: String,
}

/// Hand in a ticket by which a device shows itself in a browser
#[utoipa::path(post, path = "/api/v1/devices/tickets", operation_id = "hand_in_device_ticket", tag = "devices",
    request_body = DeviceTicket, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn ticket(
    State(devices): State<Arc<Devices>>,
    headers: HeaderMap,
    content: Bytes,
) -> Result<StatusCode, web::Error> {
    let signed = devices.letter(&headers, "/api/v1/devices/tickets", &content)?;
    let key_id = devices.signer(&signed).await?;
    let asked: DeviceTicket = read(&content)?;
    let wrong =
        || Refusal::new(Kind::Invalid, "device.ticket_malformed", &[]).with_item("hash", "pattern", "");
    let hash = bytes(&asked.hash).ok_or_else(wrong)?;
    devices.store.write(KeepTicket { letter: signed.id, key_id, hash, clock: devices.clock.clone() }).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl Devices {
    /// A letter to this path as it was signed; its key is not asked yet.
    fn letter(&self, headers: &HeaderMap, path: &str, content: &[u8]) -> Result<Signed, Refusal> {
        let target = format!("{}{path}", self.public_address);
        courier::signed(headers, &target, content, self.clock.now().seconds()).map_err(|_| SIGNATURE)
    }

    /// The key of the device that signed a letter.
    async fn signer(&self, signed: &Signed) -> Result<String, Failure> {
        let device = table::by_key(&self.store.read(), &signed.key_id).await?.ok_or(SIGNATURE)?;
        let key: VerifierKey = device.key_line.parse().map_err(|_| SIGNATURE)?;
        signed.by(&key).map_err(|_| SIGNATURE)?;
        Ok(signed.key_id.clone())
    }
}

fn read<T: serde::de::DeserializeOwned>(content: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(content).map_err(|_| Refusal::new(Kind::Invalid, "device.letter_malformed", &[]))
}

/// What hexadecimal digits stand for.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let fits = digits.len() == HASH_CHARACTERS && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let pairs = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok());
    fits.then(|| pairs.collect()).flatten()
}
