//! The devices of the demo: the rules that they are measured by, one device in every state, and the networks of their body.

use std::collections::HashMap;

use authz::Failure;
use clock::{DAY, Timestamp};
use devices::{NewDevice, NewPermission, NewVpn};
use ledger::Keys;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    files::{self, DeviceFile, VpnFile},
    history::SAMPLE_PDF,
    people::Cast,
};
use crate::parts::Parts;

/// The body whose devices these are.
const BODY: &str = "civil-registry";
/// Who sets the rules for all bodies, and who keeps the devices of this one.
const SETS_RULES: &str = "amal";
const KEEPS: &str = "aisha";
/// Who sees to information security at the implementing body.
const JUDGES: &str = "sanad";
/// How long approvals and permissions of the demo hold, from the day of its loading.
const APPROVED_DAYS: u32 = 180;
const ALLOWED_DAYS: u32 = 90;

pub async fn hand_out(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let amal = cast.actor(parts, SETS_RULES).await?;
    let files = files::devices()?;
    for rule in files.rule {
        let about = (rule.name.as_str(), rule.least.as_str());
        parts.devices.set_device_rule(&amal, &rule.kind, about, &rule.why).await?;
    }
    for release in &files.release {
        let about = (release.system.as_str(), release.version.as_str());
        let published = day(parts, parts.clock.now() - DAY * release.days_ago);
        parts.devices.enter_release(&amal, about, &published, &release.note).await?;
    }
    let mut devices = HashMap::new();
    for (place, file) in files.device.iter().enumerate() {
        let key = parts.settings.demo_folder().join("devices").join(format!("{place}.key"));
        devices.insert(file.name.clone(), one(parts, cast, file, key).await?);
    }
    for file in &files.vpn {
        network(parts, cast, file, &devices).await?;
    }
    Ok(())
}

/// A network as far as it came, and who may work through it.
async fn network(
    parts: &Parts,
    cast: &Cast,
    file: &VpnFile,
    devices: &HashMap<String, Uuid>,
) -> Result<(), Failure> {
    let (keeper, judge) = (cast.actor(parts, KEEPS).await?, cast.actor(parts, JUDGES).await?);
    let new = NewVpn {
        body: BODY,
        name: &file.name,
        interface: &file.interface,
        gateway: &file.gateway,
        range: &file.range,
        routes: &file.routes,
        is_draft: file.draft,
    };
    let vpn = parts.devices.register_vpn(&keeper, new).await?;
    if file.purpose.is_empty() {
        return Ok(());
    }
    let name = format!("{}.pdf", file.interface);
    let shown = parts.documents.put_bytes(judge.person, &name, SAMPLE_PDF, Default::default()).await?;
    let attested =
        (file.purpose.as_str(), file.ownership.as_str(), day(parts, parts.clock.now() + DAY * APPROVED_DAYS));
    let attested = (attested.0, attested.1, attested.2.as_str());
    parts.devices.approve_vpn(&judge, vpn, attested, (shown.id, shown.name)).await?;
    parts.devices.activate_vpn(&keeper, vpn).await?;
    for (device, why) in &file.allowed {
        let Some(device) = devices.get(device) else { continue };
        let now = parts.clock.now();
        let (from, until) = (day(parts, now), day(parts, now + DAY * ALLOWED_DAYS));
        let new = NewPermission { vpn, device: *device, from: &from, until: &until, why };
        parts.devices.grant_vpn(&keeper, new).await?;
    }
    Ok(())
}

/// The local day of a moment, as it is typed.
fn day(parts: &Parts, at: Timestamp) -> String {
    let (year, month, day) = clock::civil_from_days(parts.site.offset.local(at).day());
    format!("{year:04}-{month:02}-{day:02}")
}

async fn one(
    parts: &Parts,
    cast: &Cast,
    file: &DeviceFile,
    key: std::path::PathBuf,
) -> Result<Uuid, Failure> {
    let (holder, by) = (cast.actor(parts, &file.holder).await?, cast.actor(parts, &file.by).await?);
    let keeper = cast.actor(parts, KEEPS).await?;
    let number = &cast.member(&file.holder)?.person.identifier;
    let new = NewDevice {
        body: BODY,
        holder: if file.holder == file.by { "" } else { number },
        name: &file.name,
        ownership: &file.ownership,
    };
    let device: Uuid = parts.devices.register_device(&by, new).await?;
    if (file.listed && file.ownership == "personal") || !file.refused.is_empty() {
        parts.devices.decide_device(&keeper, device, &file.refused).await?;
    }
    if file.ready {
        std::fs::create_dir_all(parts.settings.demo_folder().join("devices"))?;
        let keys = Keys::load_or_create_named(key, &format!("device-{device}"))?;
        let key = keys.sign_as(|_| Vec::new()).0;
        let key_id = key.id();
        parts.devices.make_ready(&holder, device, key).await?;
        parts.devices.take_report(&key_id, posture(parts, file)).await?;
    }
    if !file.lost.is_empty() {
        let loss = parts.devices.report_device_lost(&keeper, number, device, &file.lost).await?;
        parts.devices.enable_account(&keeper, loss, &file.found).await?;
    }
    Ok(device)
}

/// What the device says of itself.
fn posture(parts: &Parts, file: &DeviceFile) -> Value {
    let (year, month, day) = clock::civil_from_days(parts.clock.now().day());
    let today = format!("{year:04}-{month:02}-{day:02}");
    let antivirus = file.fresh.then(|| json!({ "name": "clamav", "definitions_on": today }));
    let applications: Vec<Value> =
        file.applications.iter().map(|(name, version)| json!({ "name": name, "version": version })).collect();
    json!({
        "system": { "name": file.system, "version": file.version, "kernel": "" },
        "antivirus": antivirus,
        "disk_encrypted": file.fresh,
        "bluetooth_discoverable": false,
        "applications": applications,
    })
}
