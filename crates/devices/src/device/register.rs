//! A device comes into the inventory: its holder offers one of their own, or an officer enters it.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use identity::Person;
use language::Text;
use serde::Deserialize;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Device, NAME_CHARACTERS_MAX, Ownership, State, table};
use crate::{
    authority::{About, Acting, keepers_of},
    telling::message,
};

/// Devices that one person may hold in the inventory at a time.
const HELD_MAX: usize = 20;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "device.incomplete", &["KW-RW-9.1.2.j1"]);
const TOO_MANY: Refusal = Refusal::new(Kind::Conflict, "device.too_many", &["KW-RW-9.1.2.j1"]);

/// A device as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DeviceWish {
    /// A body's slug.
    pub body: String,
    /// The holder's national number; empty for whoever calls.
    pub holder: String,
    pub name: String,
    pub ownership: String,
}

pub(crate) struct RegisterDevice {
    pub acting: Acting,
    pub wish: DeviceWish,
}

impl Verb for RegisterDevice {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.wish.body).await?;
        let offers = self.wish.holder.trim().is_empty();
        // Where no body is named, whoever keeps the devices of one is told so, and nobody else.
        let bodies = body.as_ref().map_or_else(|| self.acting.actor.bodies(), |body| vec![body.id]);
        let act = if offers { "offer" } else { "register" };
        self.acting.check(tx, act, &About { bodies, holder: None }).await?;
        let ownership = Ownership::named(if offers { "personal" } else { &self.wish.ownership });
        let Some(body) = body else { return Err(self.gaps(false, true, ownership.is_some()).into()) };
        let holder = self.holder(tx).await?;
        let (Some(holder), Some(ownership)) = (&holder, ownership) else {
            return Err(self.gaps(true, holder.is_some(), ownership.is_some()).into());
        };
        let refusal = self.gaps(true, true, true);
        if !refusal.items.is_empty() {
            return Err(refusal.into());
        }
        let held = table::of_holder(tx, holder.id, 200).await?;
        if held.iter().filter(|device| !device.state.is_over()).count() >= HELD_MAX {
            return Err(TOO_MANY.into());
        }
        let at = self.acting.clock.now();
        let device = self.device(body.id, holder.id, ownership, at);
        let stems = language::stems(&format!("{} {} {}", device.name, holder.name.ar, holder.name.en));
        table::insert(tx, &device, &format!(" {stems} ")).await?;
        record(tx, "device.registered", &device, Some(self.acting.actor.person), at).await?;
        self.tell(tx, &device, &holder.name, at).await?;
        Ok(device.id)
    }
}

impl RegisterDevice {
    async fn holder(&self, tx: &Tx) -> Result<Option<Person>, Failure> {
        let typed = self.wish.holder.trim();
        if typed.is_empty() {
            return Ok(identity::person(tx, self.acting.actor.person).await?);
        }
        let Some(number) = identity::identifier(typed) else { return Ok(None) };
        Ok(identity::person_by_identifier(tx, &number).await?)
    }

    /// Everything that is missing, at once.
    fn gaps(&self, body: bool, holder: bool, ownership: bool) -> Refusal {
        let characters = self.wish.name.trim().chars().count();
        let checks = [
            ("body", "choice", body),
            ("holder", "device_holder", holder),
            ("ownership", "choice", ownership),
            ("name", "required", characters > 0),
            ("name", "too_long", characters <= NAME_CHARACTERS_MAX),
        ];
        let open = checks.into_iter().filter(|(_, _, fits)| !fits);
        let detail =
            |code: &str| if code == "too_long" { NAME_CHARACTERS_MAX.to_string() } else { String::new() };
        let items = open.map(|(field, code, _)| Item {
            field: field.into(),
            code: code.into(),
            detail: detail(code),
        });
        INCOMPLETE.with_items(items.collect())
    }

    /// What an institution owns stands on the list as soon as somebody other than its holder enters it.
    fn device(&self, body: Uuid, holder: Uuid, ownership: Ownership, at: Timestamp) -> Device {
        let by = self.acting.actor.person;
        let listed = ownership == Ownership::Institution && by != holder;
        Device {
            id: Uuid::now_v7(),
            body,
            holder,
            name: self.wish.name.trim().to_owned(),
            ownership,
            state: State::Pending,
            code_hash: None,
            code_expires_at: None,
            key_id: None,
            key_line: String::new(),
            enrolled_at: None,
            accepted_at: None,
            approved_at: listed.then_some(at),
            approved_by: listed.then_some(by),
            system: String::new(),
            version: String::new(),
            reported_at: None,
            refused_from: None,
            registered_at: at,
            registered_by: by,
            closing: String::new(),
        }
    }

    async fn tell(&self, tx: &Tx, device: &Device, holder: &Text, at: Timestamp) -> Result<(), Failure> {
        if device.approved_at.is_none() && device.ownership != Ownership::Public {
            let mut keepers = keepers_of(tx, &[device.body], at).await?;
            keepers.retain(|keeper| *keeper != device.holder && *keeper != self.acting.actor.person);
            compliance::tell(tx, &keepers, at, |to| {
                message(to, "device-offered", device.ledger_subject(), device.desk_href())
                    .text("holder", holder)
                    .word("device", &device.name)
            })
            .await?;
        }
        if device.holder != self.acting.actor.person && device.ownership != Ownership::Public {
            asks_to_accept(tx, device, at).await?;
        }
        Ok(())
    }
}

/// Asks the holder for what makes the device usable.
pub(crate) async fn asks_to_accept(tx: &Tx, device: &Device, at: Timestamp) -> Result<(), Failure> {
    compliance::tell(tx, &[device.holder], at, |to| {
        message(to, "device-accept", device.ledger_subject(), device.own_href()).word("device", &device.name)
    })
    .await
}

/// Each step of a device in the ledger.
pub(crate) async fn record(
    tx: &Tx,
    kind: &'static str,
    device: &Device,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: device.ledger_subject(),
        actor: by,
        controls: &["KW-RW-9.1.2.j1"],
        body: json!({ "body": device.body, "holder": device.holder, "ownership": device.ownership.word(),
            "state": device.state.word(), "words": device.closing }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
