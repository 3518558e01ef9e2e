//! The devices of the demo: the rules that they are measured by, and one device in every state.

use authz::Failure;
use devices::NewDevice;
use ledger::Keys;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    files::{self, DeviceFile},
    people::Cast,
};
use crate::parts::Parts;

/// The body whose devices these are.
const BODY: &str = "civil-registry";
/// Who sets the rules for all bodies, and who keeps the devices of this one.
const SETS_RULES: &str = "amal";
const KEEPS: &str = "aisha";

pub async fn hand_out(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let amal = cast.actor(parts, SETS_RULES).await?;
    let files = files::devices()?;
    for rule in files.rule {
        let about = (rule.name.as_str(), rule.least.as_str());
        parts.devices.set_device_rule(&amal, &rule.kind, about, &rule.why).await?;
    }
    for (place, file) in files.device.iter().enumerate() {
        let key = parts.settings.demo_folder().join("devices").join(format!("{place}.key"));
        one(parts, cast, file, key).await?;
    }
    Ok(())
}

async fn one(parts: &Parts, cast: &Cast, file: &DeviceFile, key: std::path::PathBuf) -> Result<(), Failure> {
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
    Ok(())
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
