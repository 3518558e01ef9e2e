//! A device as pages show it, to its holder and to whoever keeps it alike.

use std::collections::HashMap;

use authz::Failure;
use language::Text;
use uuid::Uuid;
use web::Shell;

use super::{Device, Gap, KeptGap, Ownership, State, table};
use crate::Devices;

/// A pair of what is known.
pub(crate) struct Fact {
    pub term: String,
    pub value: String,
}

/// Something to mend, or that was mended.
pub(crate) struct GapRow {
    pub what: String,
    pub found: String,
    pub since: String,
    /// Empty while it is open.
    pub closed: String,
}

/// What a page of one device shows.
pub(crate) struct DeviceView {
    pub id: Uuid,
    pub name: String,
    pub state: String,
    pub signal: &'static str,
    pub facts: Vec<Fact>,
    pub gaps: Vec<GapRow>,
    /// What is still to be done before it is active, in the holder's words.
    pub missing: Vec<String>,
    /// When what falls short shuts it out; empty when nothing does.
    pub until: String,
    /// Releases that it does not report yet, each with its days.
    pub outstanding: Vec<String>,
    pub is_over: bool,
}

pub(crate) fn state_word(shell: &Shell, state: State) -> String {
    shell.t(&format!("device-state-{}", state.word().replace('_', "-")))
}

pub(crate) fn ownership_word(shell: &Shell, ownership: Ownership) -> String {
    shell.t(&format!("device-ownership-{}", ownership.word()))
}

/// What falls short, in one line.
pub(crate) fn gap_word(shell: &Shell, gap: &Gap) -> String {
    let Gap { name, asked, .. } = gap;
    match gap.kind.as_str() {
        "system" => shell.t2("device-gap-system", "name", name, "asked", asked),
        "application" => shell.t2("device-gap-application", "name", name, "asked", asked),
        "antivirus" => shell.t1("device-gap-antivirus", "count", asked.parse::<i64>().unwrap_or_default()),
        "banned" => shell.t1("device-gap-banned", "name", name),
        _ => shell.t("device-gap-bluetooth"),
    }
}

impl Devices {
    /// Names of persons, by id.
    pub(crate) async fn names(
        &self,
        people: impl IntoIterator<Item = Option<Uuid>>,
    ) -> Result<HashMap<Uuid, Text>, Failure> {
        let mut ids: Vec<Uuid> = people.into_iter().flatten().collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
    }

    pub(crate) async fn view(&self, shell: &Shell, device: &Device) -> Result<DeviceView, Failure> {
        let sql = self.store.read();
        let body = organisations::body(&sql, device.body).await?;
        let body = body.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default();
        let names = self.names([Some(device.holder), device.approved_by]).await?;
        let gaps = table::gaps(&sql, device.id).await?;
        let outstanding = self.outstanding(device).await?;
        let lacks = outstanding.iter().map(|it| {
            let release = format!("{} {}", it.system, it.version);
            shell.t2("system-release-outstanding", "release", release, "days", it.days)
        });
        Ok(DeviceView {
            outstanding: lacks.collect(),
            id: device.id,
            name: device.name.clone(),
            state: state_word(shell, device.state),
            signal: device.state.signal(),
            facts: facts(shell, device, body, &names),
            gaps: gaps.iter().map(|kept| gap_row(shell, kept)).collect(),
            missing: missing(shell, device),
            until: device.refused_from.map(|at| shell.moment(at)).unwrap_or_default(),
            is_over: device.state.is_over(),
        })
    }
}

fn facts(shell: &Shell, device: &Device, body: String, names: &HashMap<Uuid, Text>) -> Vec<Fact> {
    let name = |person: Uuid| names.get(&person).map(|name| shell.text(name).to_owned()).unwrap_or_default();
    let system = format!("{} {}", device.system, device.version);
    let listed = device
        .approved_at
        .zip(device.approved_by)
        .map(|(at, by)| shell.t2("device-listed-by", "who", name(by), "when", shell.day(at)));
    let day = |at: Option<clock::Timestamp>| at.map(|at| shell.moment(at)).unwrap_or_default();
    let pairs = [
        ("device-holder", name(device.holder)),
        ("device-body", body),
        ("device-ownership", ownership_word(shell, device.ownership)),
        ("device-system", system.trim().to_owned()),
        ("device-registered", shell.moment(device.registered_at)),
        ("device-listed", listed.unwrap_or_default()),
        ("device-enrolled", day(device.enrolled_at)),
        ("device-accepted", day(device.accepted_at)),
        ("device-reported", day(device.reported_at)),
        ("device-closing", device.closing.clone()),
    ];
    let told = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(key, value)| Fact { term: shell.t(key), value }).collect()
}

fn gap_row(shell: &Shell, kept: &KeptGap) -> GapRow {
    GapRow {
        what: gap_word(shell, &kept.gap),
        found: kept.gap.found.clone(),
        since: shell.day(kept.opened_at),
        closed: kept.closed_at.map(|at| shell.day(at)).unwrap_or_default(),
    }
}

fn missing(shell: &Shell, device: &Device) -> Vec<String> {
    if device.state.is_over() {
        return Vec::new();
    }
    if device.ownership == Ownership::Public {
        return vec![shell.t("device-missing-public")];
    }
    let steps = [
        ("device-missing-listed", device.approved_at.is_none()),
        ("device-missing-accepted", device.accepted_at.is_none()),
        ("device-missing-enrolled", device.key_id.is_none()),
    ];
    steps.into_iter().filter(|(_, open)| *open).map(|(key, _)| shell.t(key)).collect()
}
