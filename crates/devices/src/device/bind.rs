//! A session learns that it is used with this device. From then on the device's standing is the session's (KW-RW-9.5.2).

use authz::{Failure, Kind, Refusal};
use identity::{Bound, Zone};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Device, Ownership, table};
use crate::authority::Acting;

/// Used, too old, or of somebody else's device: nobody learns which.
pub(crate) const TICKET_WRONG: Refusal =
    Refusal::new(Kind::Conflict, "device.ticket_wrong", &["KW-RW-9.5.3a"]);

pub(crate) struct Bind {
    pub acting: Acting,
    pub session: Uuid,
    /// From where the call comes.
    pub zone: Zone,
    pub ticket: Vec<u8>,
}

impl Verb for Bind {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let at = self.acting.clock.now();
        let device = match table::ticket(tx, &self.ticket, at).await? {
            Some(id) => table::find(tx, id).await?,
            None => None,
        };
        let device = device.filter(|device| device.holder == self.acting.actor.person).ok_or(TICKET_WRONG)?;
        if !table::use_up_ticket(tx, &self.ticket).await? {
            return Err(TICKET_WRONG.into());
        }
        if let Some(refusal) = device.turned_away(&table::open_gaps(tx, device.id).await?, at) {
            return Err(refusal.into());
        }
        let zone = device.zone(self.zone);
        let bound = Bound { device: device.id, name: &device.name, zone };
        identity::bind_device(tx, self.session, &bound, at).await?;
        let entry = ledger::Entry {
            kind: "session.device_shown",
            subject: format!("person/{}", device.holder),
            actor: Some(device.holder),
            controls: &["KW-RW-9.5.2", "KW-RW-9.1.2.c"],
            body: json!({ "session": self.session, "device": device.id, "zone": zone.word() }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Device {
    /// In which zone a session with this device is: a personal one is kept apart wherever it calls from, and one that an
    /// institution owns is no nearer than its address.
    pub(crate) fn zone(&self, called_from: Zone) -> Zone {
        match (self.ownership, called_from) {
            (Ownership::Institution, Zone::Main) => Zone::Main,
            _ => Zone::Dmz,
        }
    }
}
