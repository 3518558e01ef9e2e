//! The readable files that the demo is made from, built into the program.

use authz::Failure;
use include_dir::{Dir, include_dir};
use language::Text;
use serde::Deserialize;

use super::DemoError;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo");

/// Devices and the rules that they are measured by.
#[derive(Debug, Deserialize)]
pub struct Devices {
    pub rule: Vec<RuleFile>,
    pub device: Vec<DeviceFile>,
    pub vpn: Vec<VpnFile>,
    pub release: Vec<ReleaseFile>,
}

/// A release that the maker of a system recommends.
#[derive(Debug, Deserialize)]
pub struct ReleaseFile {
    pub system: String,
    pub version: String,
    /// So many days before the loading of the demo.
    pub days_ago: u32,
    pub note: String,
}

/// A network, and how far it came.
#[derive(Debug, Deserialize)]
pub struct VpnFile {
    pub name: String,
    pub interface: String,
    pub gateway: String,
    pub range: String,
    pub routes: String,
    #[serde(default)]
    pub draft: bool,
    /// What information security attests; empty where it did not yet.
    #[serde(default)]
    pub purpose: String,
    #[serde(default)]
    pub ownership: String,
    /// Why the holder of which device may work through it.
    #[serde(default)]
    pub allowed: std::collections::BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
pub struct RuleFile {
    pub kind: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub least: String,
    pub why: String,
}

#[derive(Debug, Deserialize)]
pub struct DeviceFile {
    pub holder: String,
    /// Who enters it; the holder where it is offered.
    pub by: String,
    pub ownership: String,
    pub name: String,
    /// Whether it is put on the list.
    #[serde(default)]
    pub listed: bool,
    /// Why it is refused.
    #[serde(default)]
    pub refused: String,
    /// Whether its holder accepted the rules and its key is there.
    #[serde(default)]
    pub ready: bool,
    #[serde(default)]
    pub system: String,
    #[serde(default)]
    pub version: String,
    /// Whether the definitions of its antivirus software are of today.
    #[serde(default)]
    pub fresh: bool,
    #[serde(default)]
    pub applications: std::collections::BTreeMap<String, String>,
    /// How it was lost, and why the account was opened again.
    #[serde(default)]
    pub lost: String,
    #[serde(default)]
    pub found: String,
}

#[derive(Debug, Deserialize)]
pub struct Bodies {
    pub body: Vec<BodyFile>,
}

#[derive(Debug, Deserialize)]
pub struct BodyFile {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub functions: Vec<String>,
    /// Themes in which the body may offer services.
    pub fields: Vec<String>,
    pub name: Text,
    pub short: Text,
    pub mandate: Text,
    pub city: Text,
    pub phone: String,
    /// The body above it.
    #[serde(default)]
    pub parent: String,
    #[serde(default)]
    pub unit: Vec<UnitFile>,
}

#[derive(Debug, Deserialize)]
pub struct UnitFile {
    pub id: String,
    pub name: Text,
}

/// What is added to the bodies: missions, units below units, delegations.
#[derive(Debug, Deserialize)]
pub struct Tree {
    pub body: Vec<BodyFile>,
    pub unit: Vec<BranchFile>,
    pub sensitive: Vec<SensitiveFile>,
    pub delegation: Vec<DelegationFile>,
}

/// A unit of a body that is there already.
#[derive(Debug, Deserialize)]
pub struct BranchFile {
    pub body: String,
    pub id: String,
    #[serde(default)]
    pub parent: String,
    /// What it sees to.
    #[serde(default)]
    pub function: String,
    pub name: Text,
}

#[derive(Debug, Deserialize)]
pub struct SensitiveFile {
    pub body: String,
    pub unit: String,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
pub struct DelegationFile {
    pub body: String,
    pub delegator: String,
    pub delegate: String,
    pub powers: Vec<String>,
    pub topics: String,
    /// In days from now.
    pub from: u32,
    pub until: u32,
    #[serde(default)]
    pub approver: String,
    /// Who ended it before its time.
    #[serde(default)]
    pub ended: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Deserialize)]
pub struct Holidays {
    pub change: Vec<HolidaysFile>,
}

/// Holidays with the act of law that says so.
#[derive(Debug, Deserialize)]
pub struct HolidaysFile {
    pub reason: String,
    pub source: String,
    pub day: Vec<HolidayFile>,
}

#[derive(Debug, Deserialize)]
pub struct HolidayFile {
    /// Every year when it is left out.
    pub year: Option<i64>,
    pub month: u8,
    pub day: u8,
    /// How many days it lasts.
    pub days: i64,
    pub name: Text,
}

#[derive(Debug, Deserialize)]
pub struct People {
    pub entity: Vec<EntityFile>,
    pub person: Vec<PersonFile>,
}

#[derive(Debug, Deserialize)]
pub struct EntityFile {
    pub id: String,
    pub kind: String,
    pub registration_number: String,
    pub name: Text,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PersonFile {
    pub handle: String,
    pub name: Text,
    pub identifier: String,
    pub kind: String,
    pub email: String,
    pub phone: String,
    pub language: String,
    pub role: Text,
    #[serde(default)]
    pub appointment: Vec<AppointmentFile>,
    #[serde(default)]
    pub mandate: Vec<MandateFile>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct AppointmentFile {
    pub body: String,
    pub unit: String,
    pub role: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct MandateFile {
    pub entity: String,
}

fn text(path: &str) -> Result<&'static str, DemoError> {
    let file = FILES.get_file(path).and_then(include_dir::File::contents_utf8);
    file.ok_or_else(|| DemoError::File(path.to_owned()))
}

pub fn bodies() -> Result<Bodies, Failure> {
    Ok(toml::from_str(text("bodies.toml")?)?)
}

/// The days on which nobody works, with what says so.
pub fn holidays() -> Result<Holidays, Failure> {
    Ok(toml::from_str(text("holidays.toml")?)?)
}

pub fn tree() -> Result<Tree, Failure> {
    Ok(toml::from_str(text("tree.toml")?)?)
}

pub fn devices() -> Result<Devices, Failure> {
    Ok(toml::from_str(text("devices.toml")?)?)
}

/// The systems at which people sign in with their account.
#[derive(Debug, Deserialize)]
pub struct Systems {
    pub system: Vec<SystemFile>,
}

#[derive(Debug, Deserialize)]
pub struct SystemFile {
    pub by: String,
    pub body: String,
    pub name: Text,
    pub kind: String,
    pub redirect_uris: String,
    pub logout_uri: String,
    pub scopes: String,
    pub assurance: String,
    /// Whether its secret was made.
    pub secret: bool,
    /// Who signed in there.
    pub people: Vec<String>,
}

pub fn systems() -> Result<Systems, Failure> {
    Ok(toml::from_str(text("systems.toml")?)?)
}

/// The policies of one body.
#[derive(Debug, Deserialize)]
pub struct Policies {
    pub policy: Vec<PolicyFile>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PolicyFile {
    pub kind: String,
    /// Whether a second unit signs its reviews.
    #[serde(default)]
    pub second: bool,
    /// Whether its first version is a month old.
    #[serde(default)]
    pub begins: bool,
    /// Whether it is still being written.
    #[serde(default)]
    pub draft: bool,
    pub title: Text,
    pub subject: Text,
    #[serde(default)]
    pub separate: String,
    #[serde(default)]
    pub extra: String,
    #[serde(default)]
    pub repeat_months: i64,
    /// What the implementing body said.
    #[serde(default)]
    pub opinion: String,
    /// Handles of those who acknowledged its first version.
    #[serde(default)]
    pub acknowledged: Vec<String>,
    pub version: Vec<PolicyVersionFile>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PolicyVersionFile {
    pub issue: String,
    pub reasons: String,
    pub parts: String,
    #[serde(default)]
    pub notifies: bool,
    pub ar: String,
    pub en: String,
}

pub fn policies() -> Result<Policies, Failure> {
    Ok(toml::from_str(text("policies.toml")?)?)
}

pub fn people() -> Result<People, Failure> {
    Ok(toml::from_str(text("people.toml")?)?)
}

/// What the competent administration asks of providers.
#[derive(Debug, Deserialize)]
pub struct Standards {
    pub standard: Vec<StandardFile>,
}

#[derive(Debug, Deserialize)]
pub struct StandardFile {
    pub id: String,
    pub kind: String,
    pub title: Text,
    pub summary: Text,
    /// Name of a file in `demo/standards`.
    pub file: String,
    /// `draft`, `published` or `in_force`.
    pub state: String,
}

pub fn standards() -> Result<Standards, Failure> {
    Ok(toml::from_str(text("standards.toml")?)?)
}

/// The text of a standard.
pub fn standard_text(file: &str) -> Result<&'static str, DemoError> {
    text(&format!("standards/{file}"))
}

/// A service as the files tell it.
pub struct ServiceFile {
    pub card: services::Card,
    /// The form's JSON Schema.
    pub form: &'static str,
    pub process: services::Process,
}

/// Every service: its card, its form, and the process by which it is carried out; by slug.
pub fn services() -> Result<Vec<ServiceFile>, Failure> {
    let folder = FILES.get_dir("services").ok_or_else(|| DemoError::File("services".to_owned()))?;
    let mut found = Vec::new();
    for file in folder.files() {
        let path = file.path().display().to_string();
        let Some(stem) = path.strip_suffix(".toml").filter(|stem| !stem.ends_with(".process")) else {
            continue;
        };
        let (form, process) = (format!("{stem}.form.json"), format!("{stem}.process.toml"));
        found.push(ServiceFile { card: read(&path)?, form: text(&form)?, process: read(&process)? });
    }
    Ok(found)
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, DemoError> {
    toml::from_str(text(path)?).map_err(|error| DemoError::File(format!("{path}: {error}")))
}
